/* Questions and their right answers, drawn from the directory by a fixed sequence. Every set says
 * its rule; none of them knows an engine. */
#include "tests/eval/eval.h"

#include "db/synonym.h"
#include "i18n/khmer.h"
#include "i18n/roman.h"

enum { OF_A_SET = 200, TRIES = 40000, TERM_MOST = 120, SETS = 24 };

struct maker {
    const struct corpus *corpus;
    uint64_t random;
    struct set *sets;
    size_t count;
};

static struct set *new_set(struct maker *m, const char *name, double wanted)
{
    if (m->count == SETS)
        bench_die("too many sets");
    struct set *set = &m->sets[m->count++];
    *set = (struct set){.name = name, .wanted = wanted};
    set->questions = mem_zalloc(OF_A_SET, sizeof *set->questions);
    return set;
}

static bool is_asked(const struct set *set, const char *typed)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->questions[i].typed, typed) == 0)
            return true;
    return false;
}

/* Takes `right`. */
static void add_question(struct set *set, const char *typed, struct right right)
{
    if (!*typed || !right.count || set->count == OF_A_SET || is_asked(set, typed)) {
        free(right.bits);
        return;
    }
    set->questions[set->count++] = (struct question){mem_strdup(typed), right};
}

/* --- terms ------------------------------------------------------------------------------------ */

static size_t syllables_in(const char *s, size_t len)
{
    size_t n = 0;
    for (size_t at = 0; at < len; n++)
        at += khmer_syllable(s + at, len - at);
    return n;
}

static bool is_khmer(const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        char32_t cp;
        at += utf8_decode(s + at, len - at, &cp);
        if (!khmer_is_char(cp) || khmer_is_digit(cp) || (cp >= 0x17D4 && cp <= 0x17DA))
            return false;
    }
    return len > 0;
}

/* `words` neighbouring ICU words of the Khmer name of a service or its organization, written
 * together. False: none there. */
static bool draw_term(struct maker *m, size_t words, char term[TERM_MOST])
{
    const struct item *item = &m->corpus->items[bench_below(&m->random, m->corpus->count)];
    size_t fields = item->field_count < 2 ? item->field_count : 2;
    if (!fields)
        return false;
    const struct passage *field = &item->fields[bench_below(&m->random, fields)];
    if (field->word_count <= words)
        return false;
    size_t at = bench_below(&m->random, field->word_count - words);
    size_t from = field->words[at], end = field->words[at + words];
    if (end - from >= TERM_MOST || !is_khmer(field->text + from, end - from))
        return false;
    memcpy(term, field->text + from, end - from);
    term[end - from] = '\0';
    return true;
}

/* The first part of its syllables, rounded up. */
static void cut_term(char *term, size_t percent)
{
    size_t len = strlen(term), all = syllables_in(term, len), keep = (all * percent + 99) / 100;
    size_t at = 0;
    for (size_t n = 0; n < keep; n++)
        at += khmer_syllable(term + at, len - at);
    term[at] = '\0';
}

/* Terms of one word (or of two to four), typed so far. Right is every service that holds what is
 * typed. */
static void ask_terms(struct maker *m, const char *name, bool phrases, size_t percent)
{
    struct set *set = new_set(m, name, 1.0);
    set->as_text = set->recall = true;
    for (size_t i = 0; i < TRIES && set->count < OF_A_SET; i++) {
        char term[TERM_MOST];
        if (!draw_term(m, phrases ? 2 + bench_below(&m->random, 3) : 1, term))
            continue;
        if (syllables_in(term, strlen(term)) < 2)
            continue;
        cut_term(term, percent);
        add_question(set, term, corpus_holding(m->corpus, term, false));
    }
}

/* Single words that ten services or more hold as a whole word; a hit is right when it stands in it
 * so. */
static void ask_words(struct maker *m, const char *name, bool one_syllable, bool as_text,
                      double wanted)
{
    struct set *set = new_set(m, name, wanted);
    set->as_text = as_text;
    set->precision = true;
    for (size_t i = 0; i < TRIES && set->count < OF_A_SET; i++) {
        char term[TERM_MOST];
        if (!draw_term(m, 1, term))
            continue;
        if ((syllables_in(term, strlen(term)) == 1) != one_syllable || is_asked(set, term))
            continue;
        struct right right = corpus_holding(m->corpus, term, true);
        if (right.count >= EVAL_TEN)
            add_question(set, term, right);
        else
            free(right.bits);
    }
}

/* --- other spellings that look the same ---------------------------------------------------------
 */

struct respelling {
    const char *from, *to;
};

/* What people type for what looks the same (Unicode Technical Note 61 lists the cases). */
static const struct respelling respellings[] = {
    {"\u17D2\u178F", "\u17D2\u178A"},       /* coeng ta as coeng da */
    {"\u17D2\u178A", "\u17D2\u178F"},       /* and the other way */
    {"\u17BE", "\u17C1\u17B8"},             /* oe as e and ii */
    {"\u17C4", "\u17C1\u17B6"},             /* oo as e and aa */
    {"\u17B6\u17C6", "\u17C6\u17B6"},       /* the sign before the vowel */
    {"\u17BB\u17C6", "\u17C6\u17BB"},       /* the same below */
    {"\u17C9\u17B8", "\u17BB\u17B8"},       /* a lowered shifter as u */
    {"\u17CA\u17B8", "\u17BB\u17B8"},       /* the same for the other one */
    {"\u17C9\u17B6", "\u17B6\u17C9"},       /* the shifter after the vowel */
    {"\u17D2\u179A", "\u200B\u17D2\u179A"}, /* a zero width space inside a syllable */
    {"\u17A7\u1780", "\u17A8"},             /* the letter that is both */
    {"\u17B1", "\u17B2"},                   /* one word in two letters */
    {"\u17CB", "\u17CB\u17CB"},             /* a sign twice */
    {"\u17C7", "\u200C\u17C7"},             /* a joiner that shows nothing */
};

static bool respell(const char *term, const struct respelling *r, struct text *out)
{
    const char *at = strstr(term, r->from);
    if (!at || strlen(r->to) < strlen(r->from))
        return false;
    text_add(out, term, (size_t)(at - term));
    text_adds(out, r->to);
    text_adds(out, at + strlen(r->from));
    return true;
}

/* Coeng ro typed before another coeng. */
static bool turn_coengs(const char *term, struct text *out)
{
    static const char ro[] = "\u17D2\u179A";
    for (const char *at = strstr(term, ro); at; at = strstr(at + 1, ro)) {
        if (at - term < 6 || memcmp(at - 6, "\u17D2", 3) != 0)
            continue;
        text_add(out, term, (size_t)(at - 6 - term));
        text_adds(out, ro);
        text_add(out, at - 6, 6);
        text_adds(out, at + 6);
        return true;
    }
    return false;
}

static void ask_respelled(struct maker *m)
{
    struct set *set = new_set(m, "look-alike spelling", .99);
    enum { KINDS = sizeof respellings / sizeof *respellings };
    set->as_text = set->recall = true;
    for (size_t i = 0; i < TRIES && set->count < OF_A_SET; i++) {
        char term[TERM_MOST];
        if (!draw_term(m, 1 + bench_below(&m->random, 3), term))
            continue;
        struct text typed = TEXT_INIT;
        size_t kind = bench_below(&m->random, KINDS + 1);
        bool other =
            kind == KINDS ? turn_coengs(term, &typed) : respell(term, &respellings[kind], &typed);
        if (other)
            add_question(set, typed.bytes, corpus_holding(m->corpus, term, false));
        text_release(&typed);
    }
}

/* --- Latin letters -------------------------------------------------------------------------------
 */

/* A letter left out, put in, replaced, or two neighbours swapped; not the first one. */
static void make_error(struct maker *m, char *s)
{
    size_t len = strlen(s), at = 1 + bench_below(&m->random, len > 2 ? len - 2 : 1);
    char letter = (char)('a' + bench_below(&m->random, 26)), other;
    if (len < 3)
        return;
    switch (bench_below(&m->random, 4)) {
    case 0:
        memmove(s + at, s + at + 1, len - at);
        return;
    case 1:
        memmove(s + at + 1, s + at, len - at + 1);
        s[at] = letter;
        return;
    case 2:
        s[at] = letter;
        return;
    default:
        other = s[at];
        s[at] = s[at + 1];
        s[at + 1] = other;
    }
}

/* Two or three Khmer words of a name in Latin letters, 6 letters at least for each error. Right is
 * every service that holds the Khmer. */
static void ask_romanised(struct maker *m, const char *name, size_t errors, bool as_text)
{
    struct set *set = new_set(m, name, 0);
    set->as_text = as_text;
    for (size_t i = 0; i < TRIES && set->count < OF_A_SET; i++) {
        char term[TERM_MOST], typed[2 * TERM_MOST];
        struct text latin = TEXT_INIT;
        if (!draw_term(m, 2 + bench_below(&m->random, 2), term))
            continue;
        roman_latin(&latin, term, strlen(term));
        size_t len = latin.len;
        bool fits = len >= 8 && len >= 6 * errors && len + errors < sizeof typed;
        if (fits)
            memcpy(typed, latin.bytes, len + 1);
        for (size_t e = 0; fits && e < errors; e++)
            make_error(m, typed);
        for (char *p = typed; fits && *p; p++)
            *p = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
        if (fits)
            add_question(set, typed, corpus_holding(m->corpus, term, false));
        text_release(&latin);
    }
}

/* --- mixed words
 * ----------------------------------------------------------------------------------- */

struct words_of_kind {
    const char *code;
    const char *words[4];
};

/* Words of the table of synonyms and of the classification, by kind; two in each language. */
static const struct words_of_kind kind_words[] = {
    {"A1", {"hotline", "helpline", "ទូរស័ព្ទបន្ទាន់", "ទូរស័ព្ទជំនួយ"}},
    {"A3", {"shelter", "safe house", "ជម្រក", "ផ្ទះសុវត្ថិភាព"}},
    {"C6", {"foster care", "foster family", "ថែទាំតាមរយៈគ្រួសារមិនជាប់សាច់ញាតិ", "គ្រួសារចិញ្ចឹម"}},
    {"D1", {"health centre", "health center", "មណ្ឌលសុខភាព", "មណ្ឌលសុខភាព"}},
    {"F1", {"legal aid", "lawyer", "ជំនួយផ្នែកច្បាប់", "មេធាវី"}},
    {"F4", {"birth registration", "birth certificate", "ការចុះបញ្ជីកំណើត", "សំបុត្រកំណើត"}},
    {"G2", {"vocational training", "job training", "ការបណ្តុះបណ្តាលវិជ្ជាជីវៈ", "វិជ្ជាជីវៈ"}},
};

static bool has_kind(const struct item *item, const char *code)
{
    for (size_t i = 0; i < item->kind_count; i++)
        if (strcmp(item->kinds[i], code) == 0)
            return true;
    return false;
}

/* The district or province of a service and a word for its kind, in either order and either
 * script, the place with errors. Right is every service of the kind there. */
static void ask_mixed(struct maker *m, const char *name, size_t errors, double wanted)
{
    struct set *set = new_set(m, name, wanted);
    for (size_t i = 0; i < TRIES && set->count < OF_A_SET; i++) {
        const struct item *item = &m->corpus->items[bench_below(&m->random, m->corpus->count)];
        const struct words_of_kind *k =
            &kind_words[bench_below(&m->random, sizeof kind_words / sizeof *kind_words)];
        struct area_list path = {0};
        if (!item->area_count || !has_kind(item, k->code) ||
            area_path(m->corpus->db, item->areas[0], &path) != STATUS_OK)
            continue;
        const struct area *area = &path.rows[path.count > 1 ? bench_below(&m->random, 2) : 0];
        bool khmer = !errors && bench_below(&m->random, 2);
        char place[TERM_MOST];
        snprintf(place, sizeof place, "%s", khmer ? area->name_km : area->name_en);
        for (size_t e = 0; e < errors && strlen(place) >= 6; e++)
            make_error(m, place);
        const char *word = k->words[bench_below(&m->random, 4)];
        struct text typed = TEXT_INIT;
        if (bench_below(&m->random, 2))
            text_addf(&typed, "%s %s", place, word);
        else
            text_addf(&typed, "%s %s", word, place);
        add_question(set, typed.bytes, corpus_of_kind_in(m->corpus, k->code, area->code));
        text_release(&typed);
        area_list_release(&path);
    }
}

struct set *questions_make(const struct corpus *c, size_t *ret_count)
{
    struct maker m = {c, 20260701, mem_zalloc(SETS, sizeof(struct set)), 0};
    ask_terms(&m, "phrases, all typed", true, 100);
    ask_terms(&m, "phrases, 70 % typed", true, 70);
    ask_terms(&m, "phrases, 40 % typed", true, 40);
    ask_terms(&m, "words, all typed", false, 100);
    ask_terms(&m, "words, 70 % typed", false, 70);
    ask_terms(&m, "words, 40 % typed", false, 40);
    ask_respelled(&m);
    ask_words(&m, "word of several syllables", false, true, .97);
    ask_words(&m, "word of one syllable", true, true, .73);
    ask_words(&m, "the same, as in the box", true, false, 0);
    ask_romanised(&m, "in Latin letters", 0, true);
    ask_romanised(&m, "in Latin letters, one error", 1, true);
    ask_romanised(&m, "in Latin letters, two errors", 2, true);
    ask_romanised(&m, "in Latin letters, three errors", 3, true);
    ask_romanised(&m, "in Latin letters, as in the box", 0, false);
    ask_mixed(&m, "place and kind", 0, 0);
    ask_mixed(&m, "place with an error, kind", 1, 0);
    *ret_count = m.count;
    return m.sets;
}

void questions_free(struct set *sets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t q = 0; q < sets[i].count; q++) {
            free(sets[i].questions[q].typed);
            free(sets[i].questions[q].right.bits);
        }
        free(sets[i].questions);
    }
    free(sets);
}
