/* Khmer in Latin letters. A run of Khmer is read as clusters (a consonant, its coengs, its vowel
 * and signs), clusters as syllables: which of them only close the one before is a guess, for the
 * script does not tell. The vowel's letters depend on the series of the consonant. */
#include "i18n/roman.h"

#include <stdlib.h>
#include <string.h>

#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/khmer_class.h"
#include "i18n/roman_letter.h"
#include "i18n/roman_word.h"

enum { WORD_CLUSTERS = 40, CLUSTER_COENGS = 3 };

enum {
    LETTER_KO = 0x1782,
    LETTER_NGO = 0x1784,
    LETTER_CO = 0x1785,
    LETTER_BO = 0x1794,
    LETTER_YO = 0x1799,
    LETTER_RO = 0x179A,
    LETTER_LO = 0x179B,
    LETTER_VO = 0x179C,
    LETTER_HO = 0x17A0,
    LETTER_QO = 0x17A2,
    VOWEL_AA = 0x17B6,
    VOWEL_I = 0x17B7,
    VOWEL_U = 0x17BB,
    VOWEL_UU = 0x17BC,
    VOWEL_E = 0x17C1,
    VOWEL_AI = 0x17C3,
    VOWEL_AU = 0x17C5,
    SIGN_TRIISAP = 0x17CA,
    SIGN_NIKAHIT = 0x17C6,
    SIGN_REAHMUK = 0x17C7,
    SIGN_YUUKAL = 0x17C8,
    SIGN_MUUSIKATOAN = 0x17C9,
    SIGN_BANTOC = 0x17CB,
    SIGN_ROBAT = 0x17CC,
    SIGN_TOANDAKHIAT = 0x17CD,
    SIGN_SAMYOK = 0x17D0,
    SIGN_VIRIAM = 0x17D1,
};

struct cluster {
    char32_t base, coengs[CLUSTER_COENGS];
    size_t coeng_count;
    char32_t vowel; /* 0: none written */
    char32_t shifter;
    bool nikahit, reahmuk, yuukal, bantoc, samyok, silent;
    size_t
        from; /* first of base and coengs that is left; what stands before it closed a syllable */
};

struct word {
    struct cluster clusters[WORD_CLUSTERS];
    size_t count;
};

/* --- clusters -------------------------------------------------------------------------------- */

static void add_mark(struct cluster *c, char32_t cp)
{
    switch (cp) {
    case SIGN_NIKAHIT:
        c->nikahit = true;
        return;
    case SIGN_REAHMUK:
        c->reahmuk = true;
        return;
    case SIGN_YUUKAL:
        c->yuukal = true;
        return;
    case SIGN_BANTOC:
        c->bantoc = true;
        return;
    case SIGN_SAMYOK:
        c->samyok = true;
        return;
    case SIGN_TOANDAKHIAT:
    case SIGN_VIRIAM:
        c->silent = true;
        return;
    case SIGN_MUUSIKATOAN:
    case SIGN_TRIISAP:
        c->shifter = cp;
        return;
    default:
        break;
    }
    if (cp >= VOWEL_AA && cp <= 0x17C5)
        c->vowel = cp;
}

/* Reads clusters from s as long as they are Khmer letters and there is room; bytes read. */
static size_t read_word(const char *s, size_t len, struct word *ret_word)
{
    size_t at = 0;
    bool join = false;
    struct cluster *c = NULL;
    ret_word->count = 0;
    while (at < len) {
        char32_t cp;
        size_t n = khmer_decode(s + at, len - at, &cp);
        if (khmer_is_base(cp)) {
            if (join && c && c->coeng_count < CLUSTER_COENGS) {
                c->coengs[c->coeng_count++] = cp;
            } else if (!join) {
                if (ret_word->count == WORD_CLUSTERS)
                    break;
                c = &ret_word->clusters[ret_word->count++];
                *c = (struct cluster){.base = cp};
            }
            join = false;
        } else if (cp == KHMER_COENG) {
            join = c != NULL;
        } else if (khmer_is_mark(cp)) {
            if (c)
                add_mark(c, cp);
        } else if (cp != ZWNJ && cp != ZWJ) {
            break;
        }
        at += n;
    }
    return at;
}

static size_t part_count(const struct cluster *c)
{
    return 1 + c->coeng_count;
}

static char32_t part(const struct cluster *c, size_t nth)
{
    return nth == 0 ? c->base : c->coengs[nth - 1];
}

static const struct roman_letter *letter(char32_t cp)
{
    return &roman_letters_of[cp - 0x1780];
}

static bool is_vowel_letter(char32_t cp)
{
    return cp >= 0x17A3;
}

/* Nothing but consonants is written. */
static bool is_bare(const struct cluster *c)
{
    return !c->vowel && !c->nikahit && !c->reahmuk && !c->yuukal && !c->samyok &&
           !is_vowel_letter(c->base);
}

/* --- series ---------------------------------------------------------------------------------- */

/* The last strong letter decides; weak ones (the sonorants) count where no strong one stands. */
static bool is_first_series(const struct cluster *c, bool spread)
{
    if (c->shifter)
        return c->shifter == SIGN_MUUSIKATOAN;
    bool written = c->vowel || c->nikahit || c->reahmuk;
    for (size_t i = part_count(c); i-- > c->from;)
        if (!letter(part(c, i))->weak)
            return letter(part(c, i))->first;
    return (spread && written) || letter(part(c, c->from))->first;
}

/* --- vowels ---------------------------------------------------------------------------------- */

static const char *vowel_letters(const struct cluster *c, bool first, bool coda_bantoc,
                                 bool coda_ng)
{
    if (c->nikahit && c->vowel == VOWEL_AA)
        return coda_ng ? (first ? "a" : "ea") : first ? "am" : "oam";
    if (c->nikahit && !c->vowel)
        return first ? "am" : "um";
    if (c->nikahit && c->vowel == VOWEL_U)
        return first ? "om" : "um";
    if (c->samyok && !c->vowel)
        return first ? "a" : "oa";
    if (c->vowel == VOWEL_AA && coda_bantoc)
        return first ? "a" : "oa";
    if (c->reahmuk && !c->vowel)
        return first ? "ah" : "eah";
    if (c->yuukal && !c->vowel)
        return first ? "ak" : "eak";
    const struct roman_vowel *vowel = &roman_vowels[c->vowel ? c->vowel - VOWEL_AA + 1 : 0];
    return first ? vowel->first : vowel->second;
}

static void add_vowel(struct text *out, const struct cluster *c, bool first, bool coda_bantoc,
                      const struct cluster *coda)
{
    bool coda_ng = coda && coda->base == LETTER_NGO;
    if (c->samyok && coda && coda->base == LETTER_YO) {
        text_adds(out, first ? "a" : "e"); /* ជ័យ */
        return;
    }
    if (c->vowel == VOWEL_UU && coda && coda->base == LETTER_VO) {
        text_adds(out, "o"); /* ផ្លូវ */
        return;
    }
    if (is_vowel_letter(c->base) && !c->coeng_count && !c->vowel && !c->nikahit && !c->reahmuk)
        return;
    if (coda && coda->base == LETTER_CO && (c->vowel == VOWEL_E || c->vowel == VOWEL_I)) {
        text_adds(out, c->vowel == VOWEL_E && first ? "a" : "e"); /* ស្ដេច, លិច */
        return;
    }
    text_adds(out, vowel_letters(c, first, coda_bantoc, coda_ng));
    if (c->nikahit && c->vowel && c->vowel != VOWEL_AA && c->vowel != VOWEL_U)
        text_addc(out, 'm');
    if (c->reahmuk && c->vowel)
        text_addc(out, 'h');
}

/* --- syllables ------------------------------------------------------------------------------- */

static bool is_nasal(char32_t cp)
{
    return cp == 0x1784 || cp == 0x1789 || cp == 0x178E || cp == 0x1793 || cp == 0x1798;
}

/* The first letter of this cluster closes the syllable before: កណ្ដាល is ka-n-dal. */
static bool splits(const struct cluster *c, bool after_long)
{
    if (!c->coeng_count)
        return false;
    char32_t base = c->base, below = c->coengs[0];
    if (letter(base)->skeleton == letter(below)->skeleton)
        return true;
    return !after_long && (is_nasal(base) || base == LETTER_LO || base == LETTER_YO);
}

/* A nasal over its own stop or over lo begins no word: it closes a syllable. */
static bool must_split(const struct cluster *c)
{
    if (!c->coeng_count || !is_nasal(c->base))
        return false;
    char below = letter(c->coengs[0])->skeleton;
    switch (letter(c->base)->skeleton) {
    case 'g':
        return below == 'k';
    case 'n':
        return below == 't' || below == 'c' || below == 'l';
    default:
        return below == 'p';
    }
}

/* A cluster that ends a word after a bare letter and still has a vowel of its own: ពង្រ, pong-ro. */
static bool is_open_ending(const struct cluster *c)
{
    return c->coeng_count == 1 && is_nasal(c->base) && letter(c->coengs[0])->weak &&
           c->coengs[0] != LETTER_YO;
}

/* How many clusters from `at` on are bare letters, up to one with a bantoc; *ret_closed: the last
 * of them ends a syllable, for a word or a syllable with a beginning of its own follows. */
static size_t bare_run(const struct word *w, size_t at, bool *ret_closed)
{
    size_t n = 0;
    for (; at + n < w->count; n++) {
        const struct cluster *c = &w->clusters[at + n];
        bool last = at + n + 1 == w->count;
        if (n && (last && is_bare(c) ? is_open_ending(c) : must_split(c))) {
            *ret_closed = true;
            return n - 1;
        }
        if (!is_bare(c) || (n && c->coeng_count && !last)) {
            *ret_closed = false;
            return n;
        }
        if (c->bantoc) {
            *ret_closed = true;
            return n + 1;
        }
    }
    *ret_closed = true;
    return n;
}

static bool is_doubled(const struct cluster *c)
{
    return c->coeng_count == 1 && letter(c->base)->skeleton == letter(c->coengs[0])->skeleton;
}

static bool takes_no_coda(const struct cluster *c, const struct cluster *next)
{
    if (c->reahmuk || c->yuukal || c->vowel == VOWEL_AI || c->vowel == VOWEL_AU)
        return true;
    return c->nikahit && !(c->vowel == VOWEL_AA && next->base == LETTER_NGO);
}

/* The cluster after `at` closes the syllable of `at`. */
static bool is_coda(const struct word *w, size_t at)
{
    const struct cluster *c = &w->clusters[at];
    if (at + 1 >= w->count)
        return false;
    const struct cluster *next = &w->clusters[at + 1];
    bool last = at + 2 >= w->count;
    if (!is_bare(next) || next->shifter || takes_no_coda(c, next))
        return false;
    if (next->coeng_count && !last)
        return is_doubled(next); /* ខេត្ត, មជ្ឈ */
    bool closed, bare = is_bare(c);
    size_t run = bare_run(w, bare ? at : at + 1, &closed);
    if (bare)
        return run % 2 == 0 && run > 0;
    return run > 0 && (!closed || run % 2 == 1);
}

/* Ho above a letter is not said, or makes the f and g that Khmer lacks. True: that letter too. */
static bool add_ho(struct text *out, char32_t below)
{
    if (below == LETTER_VO || below == LETTER_KO)
        text_addc(out, below == LETTER_VO ? 'f' : 'g');
    return below == LETTER_VO || below == LETTER_KO;
}

static void add_onset(struct text *out, const struct cluster *c)
{
    size_t parts = part_count(c);
    for (size_t i = c->from; i < parts; i++) {
        char32_t cp = part(c, i);
        bool below = i + 1 < parts && part(c, i + 1) != LETTER_QO;
        bool puh = cp == LETTER_BO && (c->shifter == SIGN_MUUSIKATOAN || below);
        if (cp == LETTER_HO && i + 1 < parts)
            i += add_ho(out, part(c, i + 1));
        else
            text_adds(out, puh ? "p" : letter(cp)->onset);
    }
}

/* Of the syllable of c. A yo under another letter is not said there (រាជ្យ), nor
 * the ro of អូរ or a ho above a letter (ព្រហ្ម). */
static void add_coda(struct text *out, const struct cluster *c, const struct cluster *coda,
                     size_t parts)
{
    for (size_t i = coda->from; i < parts; i++) {
        char32_t cp = part(coda, i);
        if ((i && cp == LETTER_YO) ||
            (cp == LETTER_RO && c->vowel == VOWEL_UU && c->base == LETTER_QO))
            continue;
        if (cp != LETTER_HO || i + 1 == parts)
            text_adds(out, letter(cp)->coda);
    }
}

/* A last short i or u that is written and not said: ភូមិ, ធាតុ. */
static bool is_mute_ending(const struct word *w, size_t at)
{
    const struct cluster *c = &w->clusters[at];
    return at > 0 && at + 1 == w->count && (c->vowel == VOWEL_I || c->vowel == VOWEL_U) &&
           !c->nikahit && !c->reahmuk && w->clusters[at - 1].vowel;
}

/* A syllable whose consonant gives its series to a weak one that follows: ចម្រើន, សាលា. */
static bool spreads(const struct cluster *c, bool closed, bool split)
{
    if (split)
        return !c->vowel;
    return closed ? c->nikahit : !c->vowel || c->vowel == VOWEL_U || c->vowel == VOWEL_AA;
}

/* Takes out what is written and not said. */
static void drop_silent(struct word *w)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->count; i++)
        if (!w->clusters[i].silent)
            w->clusters[kept++] = w->clusters[i];
    w->count = kept;
}

static void add_word(struct text *out, struct word *w)
{
    drop_silent(w);
    bool spread = false;
    for (size_t i = 0; i < w->count; i++) {
        struct cluster *c = &w->clusters[i];
        if (is_mute_ending(w, i)) {
            add_coda(out, c, c, part_count(c));
            continue;
        }
        bool first = is_first_series(c, spread);
        add_onset(out, c);
        struct cluster *next = i + 1 < w->count ? &w->clusters[i + 1] : NULL;
        bool coda = is_coda(w, i);
        add_vowel(out, c, first, coda && next->bantoc, coda ? next : NULL);
        bool split = false;
        if (coda) {
            add_coda(out, c, next, part_count(next));
            i++;
        } else if (next && !takes_no_coda(c, next) && splits(next, c->vowel != 0)) {
            add_coda(out, c, next, 1);
            next->from = 1;
            split = true;
        }
        spread = first && spreads(c, coda || c->nikahit, split);
    }
}

/* --- texts ----------------------------------------------------------------------------------- */

static void capitalize(struct text *out, size_t from)
{
    if (out->len - from > 1 && out->bytes[from] >= 'a' && out->bytes[from] <= 'z')
        out->bytes[from] = (char)(out->bytes[from] - 'a' + 'A');
}

/* Khmer from s on, as one word or more when it is very long; bytes read. */
static size_t add_khmer(struct text *out, const char *s, size_t len)
{
    struct word word;
    size_t read = read_word(s, len, &word);
    add_word(out, &word);
    return read;
}

static void add_other(struct text *out, const char *s, size_t n, char32_t cp)
{
    if (khmer_is_digit(cp))
        text_addc(out, (char)('0' + (cp - 0x17E0)));
    else if (cp == ZWSP)
        text_addc(out, ' ');
    else
        text_add(out, s, n);
}

/* A space before what follows, unless there is one, or nothing to part. */
static void part_words(struct text *out, size_t start)
{
    if (out->len > start && out->bytes[out->len - 1] != ' ' &&
        strchr("(/-\"'", out->bytes[out->len - 1]) == NULL)
        text_addc(out, ' ');
}

/* One word; words of digits and signs pass as they are. */
static void add_latin_word(struct text *out, size_t start, const char *s, size_t len)
{
    bool parted = false;
    for (size_t at = 0; at < len;) {
        char32_t cp;
        size_t n = khmer_decode(s + at, len - at, &cp);
        if (!khmer_is_base(cp)) {
            if (!khmer_is_mark(cp) && cp != ZWNJ && cp != ZWJ)
                add_other(out, s + at, n, cp);
            at += n;
            continue;
        }
        if (!parted)
            part_words(out, start);
        parted = true;
        size_t from = out->len;
        at += add_khmer(out, s + at, len - at);
        capitalize(out, from);
    }
}

void roman_latin(struct text *out, const char *s, size_t len)
{
    size_t start = out->len, count;
    size_t *bounds = roman_bounds(s, len, &count);
    for (size_t i = 0; i + 1 < count; i++)
        add_latin_word(out, start, s + bounds[i], bounds[i + 1] - bounds[i]);
    free(bounds);
}

int roman_words(const char *s, size_t len,
                int (*visit)(void *context, const char *skeleton, size_t skeleton_len),
                void *context)
{
    size_t count;
    size_t *bounds = roman_bounds(s, len, &count);
    struct text skeleton = TEXT_INIT;
    int stop = 0;
    for (size_t i = 0; i + 1 < count && !stop; i++) {
        roman_skeleton(&skeleton, s + bounds[i], bounds[i + 1] - bounds[i]);
        bool joins = skeleton.len == 1 && (unsigned char)s[bounds[i]] >= 0x80 && i + 2 < count;
        if (joins) /* ធីរៈ: more often a piece of a name than a word */
            continue;
        if (skeleton.len)
            stop = visit(context, skeleton.bytes, skeleton.len);
        text_clear(&skeleton);
    }
    text_release(&skeleton);
    free(bounds);
    return stop;
}

void roman_letters(struct text *out, const char *s, size_t len)
{
    struct text key = TEXT_INIT;
    for (size_t at = 0; at < len;) {
        char32_t cp;
        size_t n = khmer_decode(s + at, len - at, &cp);
        unsigned char c = (unsigned char)s[at];
        if (khmer_is_base(cp)) {
            at += add_khmer(out, s + at, len - at);
            continue;
        }
        if (c >= 'A' && c <= 'Z')
            text_addc(out, (char)(c - 'A' + 'a'));
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            text_addc(out, (char)c);
        else if (khmer_is_digit(cp))
            text_addc(out, (char)('0' + (cp - 0x17E0)));
        else if (c >= 0x80 && !khmer_is_char(cp)) {
            text_clear(&key);
            key_make(&key, s + at, n, KEY_STRICT);
            for (size_t i = 0; i < key.len; i++)
                if (key.bytes[i] >= 'a' && key.bytes[i] <= 'z')
                    text_addc(out, key.bytes[i]);
        }
        at += n;
    }
    text_release(&key);
}
