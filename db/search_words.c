/* Understanding typed words: spans of them that are the name of an area or a kind of service, a
 * telephone number, an age, a sex or "24 hours". */
#include "db/search_words.h"

#include <stdlib.h>
#include <string.h>

#include "db/area_name.h"
#include "db/internal.h"
#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/utf8.h"

enum { SPAN_SEGMENTS = 5, AGE_MOST = 25 };

/* --- pieces
 * ---------------------------------------------------------------------------------------- */

enum gap { GAP_NONE, GAP_WEAK, GAP_SPACE };

static enum gap gap_at(const char *s, size_t len, size_t *ret_bytes)
{
    char32_t cp;
    *ret_bytes = utf8_decode(s, len, &cp);
    if (cp == ZWSP)
        return GAP_WEAK;
    return cp <= ' ' || cp == 0xA0 || cp == 0x3000 ? GAP_SPACE : GAP_NONE;
}

void words_split(const char *typed, struct words *ret_words)
{
    struct words *w = ret_words;
    *w = (struct words){.typed = typed};
    size_t len = strlen(typed), n;
    enum gap before = GAP_SPACE;
    for (size_t at = 0; at < len && w->segment_count < WORDS_SEGMENTS;) {
        enum gap gap = gap_at(typed + at, len - at, &n);
        if (gap != GAP_NONE) {
            before = gap > before ? gap : before;
            at += n;
            continue;
        }
        struct segment *segment = &w->segments[w->segment_count];
        segment->at = at;
        segment->weak_start = before == GAP_WEAK;
        if (w->segment_count)
            segment[-1].weak_end = segment->weak_start;
        while (at < len && gap_at(typed + at, len - at, &n) == GAP_NONE)
            at += n;
        segment->len = at - segment->at;
        w->segment_count++;
        before = GAP_NONE;
    }
    w->typing = before == GAP_NONE && w->segment_count > 0;
}

/* --- what a span may be
 * ------------------------------------------------------------------------------ */

struct span {
    const struct words *words;
    size_t first, end; /* segments */
    size_t at, len;    /* bytes of the words */
    struct text key;
    bool last;  /* what is still being typed belongs to it */
    bool loose; /* an end of it is only a zero width space */
};

static void add_guess(struct words *w, const struct span *span, enum filter_kind kind,
                      const char *value, size_t len)
{
    struct guess *guess = &w->guesses[w->guess_count++];
    *guess = (struct guess){.kind = kind, .at = span->at, .len = span->len};
    memcpy(guess->value, value, len);
    guess->value[len] = '\0';
}

/* Digits of a telephone number, with what people put between them. */
static bool is_phone(const struct span *span, char ret_digits[32])
{
    size_t n = 0;
    for (size_t i = 0; i < span->key.len; i++) {
        char c = span->key.bytes[i];
        if ((c >= '0' && c <= '9') || (c == '+' && i == 0)) {
            if (n == 30)
                return false;
            ret_digits[n++] = c;
        } else if (!strchr(" -./()", c)) {
            return false;
        }
    }
    ret_digits[n] = '\0';
    return n - (*ret_digits == '+') >= 3 && *ret_digits != '\0';
}

static bool is_one_of(const struct text *key, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(key->bytes, *list) == 0)
            return true;
    return false;
}

static bool is_all_day(const struct span *span)
{
    static const char *const all_day[] = {"24h",     "24 h",  "24/7",    "24hours", "24 hours",
                                          "24 hour", "24hrs", "24-hour", "24 hrs",  "24ម៉ោង",
                                          "24 ម៉ោង",  "24ម",   NULL};
    return is_one_of(&span->key, all_day);
}

static const char *sex_of(const struct span *span)
{
    static const char *const female[] = {"girl",   "girls", "female", "females",
                                         "ក្មេងស្រី", "កុមារី",  "យុវតី",    NULL};
    static const char *const male[] = {"boy", "boys", "male", "males", "ក្មេងប្រុស", NULL};
    return is_one_of(&span->key, female) ? "female" : is_one_of(&span->key, male) ? "male" : NULL;
}

static bool strip(const char **at, size_t *len, const char *word, bool front)
{
    size_t n = strlen(word);
    if (*len < n || memcmp(front ? *at : *at + *len - n, word, n) != 0)
        return false;
    if (front)
        *at += n;
    *len -= n;
    return true;
}

static void trim(const char **at, size_t *len)
{
    while (*len && **at == ' ')
        ++*at, --*len;
    while (*len && (*at)[*len - 1] == ' ')
        --*len;
}

/* "14 years", "age 14", "អាយុ 14 ឆ្នាំ"; a bare number only when more was typed after it. */
static bool is_age(const struct span *span, char ret_years[4])
{
    static const char *const before[] = {"aged", "age", "អាយុ"};
    static const char *const after[] = {"years old", "year old", "years", "year",
                                        "yrs",       "yo",       "y/o",   "ឆ្នាំ"};
    const char *at = span->key.bytes;
    size_t len = span->key.len;
    bool named = false;
    for (size_t i = 0; i < sizeof before / sizeof *before && !named; i++)
        named = strip(&at, &len, before[i], true);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (strip(&at, &len, after[i], false)) {
            named = true;
            break;
        }
    trim(&at, &len);
    if (len < 1 || len > 2 || strspn(at, "0123456789") < len || (len == 2 && *at == '0'))
        return false;
    memcpy(ret_years, at, len);
    ret_years[len] = '\0';
    bool alone = span->words->segment_count == span->end - span->first;
    return named || (!span->last && !alone && atoi(ret_years) > 0 && atoi(ret_years) <= AGE_MOST);
}

/* Abbreviations in use for kinds of service, as search keys without dots and spaces. */
static const char *code_of_abbreviation(const char *key)
{
    static const struct {
        const char *key, *code;
    } list[] = {
        {"ccwc", "B1"},  {"គកនក", "B1"},    {"wccc", "B2"},   {"គកសក", "B2"},
        {"dosvy", "B3"}, {"pdosvy", "B3"},  {"dosavy", "B3"}, {"osvy", "B3"},
        {"osasw", "B3"}, {"មន្ទីរសអយ", "B3"}, {"សអយ", "B3"},
    };
    struct text plain = TEXT_INIT;
    for (const char *p = key; *p; p++)
        if (*p != '.' && *p != ' ')
            text_addc(&plain, *p);
    const char *code = NULL;
    for (size_t i = 0; i < sizeof list / sizeof *list && !code; i++)
        if (strcmp(plain.bytes, list[i].key) == 0)
            code = list[i].code;
    text_release(&plain);
    return code;
}

/* The key is the whole name, or one of its alternatives: "hotline" of "hotline / helpline". */
static bool is_name_of_term(const char *name, const struct text *key)
{
    for (const char *at = strstr(name, key->bytes); at; at = strstr(at + 1, key->bytes)) {
        const char *end = at + key->len;
        bool from = at == name || (at - name >= 2 && at[-1] == ' ' && at[-2] == '/');
        bool to = !*end || (end[0] == ' ' && end[1] == '/') || *end == ':';
        if (from && to)
            return true;
    }
    return false;
}

static const char *code_of_term(const struct search *search, const struct span *span)
{
    const char *code = code_of_abbreviation(span->key.bytes);
    for (size_t i = 0; !code && span->key.len > 2 && i < search->terms.count; i++)
        if (is_name_of_term(search->term_keys[2 * i], &span->key) ||
            is_name_of_term(search->term_keys[2 * i + 1], &span->key))
            code = search->terms.rows[i].code;
    return code;
}

static const char *tier_of(const struct span *span)
{
    static const char *const names[3][4] = {{"tier 1", "tier1", "promotive", NULL},
                                            {"tier 2", "tier2", "preventive", NULL},
                                            {"tier 3", "tier3", "response", NULL}};
    static const char *const numbers[] = {"1", "2", "3"};
    for (size_t i = 0; i < 3; i++)
        if (is_one_of(&span->key, names[i]))
            return numbers[i];
    return NULL;
}

/* A single syllable between zero width spaces is too little to be a place. */
static bool may_be_area(const struct span *span)
{
    if (span->key.len < 2)
        return false;
    return !span->loose || khmer_syllable(span->key.bytes, span->key.len) < span->key.len;
}

static enum status guess_area(struct db *db, const struct span *span, struct words *w,
                              bool *ret_found)
{
    struct area_list list = {0};
    enum status status = area_find_key(db, span->key.bytes, span->key.len, &list);
    if (status == STATUS_OK && list.count) {
        add_guess(w, span, FILTER_AREA, list.rows[0].code, strlen(list.rows[0].code));
        struct guess *guess = &w->guesses[w->guess_count - 1];
        for (size_t i = 0; i < list.count && guess->area_count < GUESS_AREAS; i++)
            memcpy(guess->areas[guess->area_count++], list.rows[i].code, AREA_CODE);
    }
    *ret_found = status == STATUS_OK && list.count > 0;
    area_list_release(&list);
    return status;
}

static enum status guess_span(struct db *db, const struct search *search, const struct span *span,
                              struct words *w, bool *ret_found)
{
    char digits[32];
    const char *value;
    *ret_found = true;
    if (is_all_day(span))
        add_guess(w, span, FILTER_ALL_DAY, "", 0);
    else if (is_phone(span, digits))
        add_guess(w, span, FILTER_PHONE, digits, strlen(digits));
    else if (is_age(span, digits))
        add_guess(w, span, FILTER_AGE, digits, strlen(digits));
    else if ((value = sex_of(span)))
        add_guess(w, span, FILTER_SEX, value, strlen(value));
    else if ((value = tier_of(span)))
        add_guess(w, span, FILTER_TIER, value, strlen(value));
    else if ((value = code_of_term(search, span)))
        add_guess(w, span, value[1] ? FILTER_TYPE : FILTER_GROUP, value, strlen(value));
    else if (may_be_area(span))
        return guess_area(db, span, w, ret_found);
    else
        *ret_found = false;
    return STATUS_OK;
}

/* --- all spans
 * ---------------------------------------------------------------------------------------- */

static bool is_refused(const struct query *query, const struct guess *guess)
{
    for (size_t i = 0; i < query->refused_count && i < QUERY_FILTERS; i++) {
        const struct filter *refused = &query->refused[i];
        if (refused->kind != guess->kind)
            continue;
        if (strcmp(refused->value, guess->value) == 0)
            return true;
        for (size_t k = 0; k < guess->area_count; k++)
            if (strcmp(refused->value, guess->areas[k]) == 0)
                return true;
    }
    return false;
}

static void make_span(const struct words *w, size_t first, size_t end, struct span *span)
{
    const struct segment *from = &w->segments[first], *to = &w->segments[end - 1];
    text_clear(&span->key);
    span->words = w;
    span->first = first;
    span->end = end;
    span->at = from->at;
    span->len = to->at + to->len - from->at;
    span->last = w->typing && end == w->segment_count;
    span->loose = from->weak_start || to->weak_end;
    key_make(&span->key, w->typed + span->at, span->len, KEY_STRICT);
}

/* A telephone number of which one or two digits are typed says nothing yet. */
static void wait_for_number(struct words *words)
{
    struct span span = {.key = TEXT_INIT};
    size_t last = words->segment_count;
    if (last && words->typing && !words->segments[last - 1].used) {
        make_span(words, last - 1, last, &span);
        bool digits = span.key.len == strspn(span.key.bytes, "0123456789");
        if (digits && span.key.len > 0 && span.key.len <= 2 && *span.key.bytes == '0')
            words->segments[last - 1].used = true;
    }
    text_release(&span.key);
}

enum status words_understand(struct db *db, const struct query *query, struct words *words)
{
    struct search *search;
    enum status status = search_terms(db, &search);
    struct span span = {.key = TEXT_INIT};
    for (size_t first = 0; status == STATUS_OK && first < words->segment_count; first++) {
        size_t end = first + SPAN_SEGMENTS;
        if (end > words->segment_count)
            end = words->segment_count;
        bool found = false;
        for (; status == STATUS_OK && end > first && words->guess_count < WORDS_GUESSES; end--) {
            make_span(words, first, end, &span);
            if (!span.key.len)
                continue;
            status = guess_span(db, search, &span, words, &found);
            if (found && is_refused(query, &words->guesses[words->guess_count - 1])) {
                words->guess_count--;
                found = false;
            }
            if (found)
                break;
        }
        for (size_t i = first; found && i < end; i++)
            words->segments[i].used = true;
        if (found)
            first = end - 1;
    }
    text_release(&span.key);
    wait_for_number(words);
    return status;
}
