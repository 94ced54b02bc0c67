/* Khmer in Latin letters: where words begin and end, and what stands between them. How one word is
 * written is roman_word.c's. */
#include "i18n/roman.h"

#include <stdlib.h>
#include <string.h>

#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/khmer_class.h"
#include "i18n/roman_letter.h"
#include "i18n/roman_word.h"
#include "i18n/wrap.h"

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
    size_t read = roman_word_read(s, len, &word);
    roman_word_add(out, &word);
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

/* A piece of one letter without a vowel, which no word is: ICU cuts so what its dictionary lacks.
 */
static bool is_crumb(const char *s, size_t len)
{
    char32_t cp;
    return len > 0 && khmer_decode(s, len, &cp) == len && khmer_is_base(cp) && cp < 0x17A3;
}

/* Words that names of places and institutions begin with; ICU's dictionary has many such names as
 * one word. The commonest first words of data/area.tsv, units, kinds of institution. */
static const char *const heads[] = {
    "កំពង់",     "ព្រៃ",         "ព្រែក",  "អូរ",   "ស្វាយ", "កោះ",  "បឹង",    "ត្រពាំង",   "ស្រែ",    "ព្រះ",
    "ទួល",      "គោក",         "ទឹក",    "ក្រាំង", "ភ្នំ",   "ពាម",  "ថ្ម",    "ផ្សារ",    "បន្ទាយ",  "ស្ទឹង",
    "ឫស្សី",     "វាល",         "ពោធិ៍",   "ដូន",   "ជ្រោយ", "អន្លង់", "សំរោង",  "អណ្ដូង",    "អណ្តូង",   "ដំណាក់",
    "ជ្រៃ",     "ក្បាល",        "ចំការ",  "វិហារ", "វត្ត",  "វត្ដ",  "ស្ពាន",  "សាលា",    "មណ្ឌល",   "អង្គរ",
    "ភូមិ",      "ខេត្ត",        "ស្រុក",   "ក្រុង",  "ខណ្ឌ",  "ឃុំ",    "សង្កាត់", "មជ្ឈមណ្ឌល", "អង្គការ", "មន្ទីរ",
    "ការិយាល័យ", "គណៈកម្មាធិការ", "សមាគម", "មូលនិធិ", "ផ្ទះ",  "សេវា",
};

/* Bytes of the head that s begins with, when more of a word than a letter follows; 0: none. */
static size_t head_of(const char *s, size_t len)
{
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t n = strlen(heads[i]);
        char32_t cp;
        if (n + 3 >= len || memcmp(s, heads[i], n) != 0)
            continue;
        khmer_decode(s + n, len - n, &cp);
        struct word rest;
        if (khmer_is_base(cp) && roman_word_read(s + n, len - n, &rest) &&
            (rest.count > 1 || !roman_cluster_is_bare(&rest.clusters[0])))
            return n;
    }
    return 0;
}

static bool joins_before(const char *s, const size_t *bounds, size_t i)
{
    char32_t before = 0;
    if (i == 0 || bounds[i] < 3 || !is_crumb(s + bounds[i], bounds[i + 1] - bounds[i]))
        return false;
    utf8_decode(s + bounds[i] - 3, 3, &before);
    return khmer_is_char(before) && !khmer_is_digit(before);
}

static bool is_ascii(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)s[i] >= 0x80)
            return false;
    return true;
}

/* Words between spaces, each with the space after it: what ICU costs is spared. */
static size_t *blank_bounds(const char *s, size_t len, size_t *ret_count)
{
    size_t kept = 0;
    size_t *bounds = mem_alloc((len + 2) * sizeof *bounds);
    for (size_t i = 0; i < len; i++)
        if (i == 0 || s[i - 1] == ' ')
            bounds[kept++] = i;
    bounds[kept++] = len;
    *ret_count = kept;
    return bounds;
}

/* Words of s as bounds: ICU's, crumbs joined to what stands before them, heads parted. *ret_count
 * bounds; free(). */
static size_t *word_bounds(const char *s, size_t len, size_t *ret_count)
{
    size_t count, kept = 0;
    if (is_ascii(s, len))
        return blank_bounds(s, len, ret_count);
    size_t *icu = wrap_words(s, len, &count);
    size_t *bounds = mem_alloc((len + 2) * sizeof *bounds);
    for (size_t at = 0, i = 0; at < len;) {
        bounds[kept++] = at;
        size_t head = head_of(s + at, len - at);
        at += head;
        while (i + 1 < count && (head ? icu[i] < at : icu[i] <= at || joins_before(s, icu, i)))
            i++;
        if (!head)
            at = icu[i];
    }
    bounds[kept++] = len;
    free(icu);
    *ret_count = kept;
    return bounds;
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
    size_t *bounds = word_bounds(s, len, &count);
    for (size_t i = 0; i + 1 < count; i++)
        add_latin_word(out, start, s + bounds[i], bounds[i + 1] - bounds[i]);
    free(bounds);
}

int roman_words(const char *s, size_t len,
                int (*visit)(void *context, const char *skeleton, size_t skeleton_len),
                void *context)
{
    size_t count;
    size_t *bounds = word_bounds(s, len, &count);
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
