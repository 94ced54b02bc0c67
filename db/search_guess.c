/* What a span of typed words may be: a telephone number, an age, something known by a synonym, an
 * area, an organization. Knows nothing of the other words. */
#include <stdio.h>
#include <string.h>

#include "db/area_name.h"
#include "db/internal.h"
#include "db/search_row.h"
#include "db/search_set.h"
#include "db/search_words.h"
#include "i18n/key.h"
#include "i18n/khmer.h"

enum {
    AGE_BARE = 25,      /* a bare number above it is hardly an age */
    AGE_MOST = 99,      /* "over 14": up to this */
    LETTERS_TYPING = 4, /* a shorter Latin word may become any other while it is typed */
    AREA_UNITS = 9,     /* syllables or words of the longest name of an area */
};

static void set(struct meaning *m, int kind, const char *value)
{
    m->known = true;
    m->kind = kind;
    memcpy(m->value, value, strlen(value) + 1);
}

static bool is_latin(const struct text *key)
{
    for (size_t i = 0; i < key->len; i++)
        if ((unsigned char)key->bytes[i] >= 0x80)
            return false;
    return true;
}

static size_t count_letters(const struct text *key)
{
    size_t n = 0;
    for (size_t i = 0; i < key->len; i++)
        n += key->bytes[i] >= 'a' && key->bytes[i] <= 'z';
    return n;
}

/* --- telephone numbers
 * -------------------------------------------------------------------------------- */

/* Digits of a telephone number, with what people put between them. Several groups of digits are one
 * only when they are many, or begin as numbers do. */
static bool is_phone(const struct span *span, enum reading reading, struct meaning *m)
{
    char digits[32];
    size_t n = 0;
    bool parted = false;
    for (size_t i = 0; i < span->key.len; i++) {
        char c = span->key.bytes[i];
        if ((c >= '0' && c <= '9') || (c == '+' && i == 0)) {
            if (n == 30)
                return false;
            digits[n++] = c;
        } else if (!strchr(" -./()", c)) {
            return false;
        } else {
            parted = true;
        }
    }
    digits[n] = '\0';
    bool begins = *digits == '0' || *digits == '+';
    if (n - (*digits == '+') < 3 || n == 0 ||
        (parted && !begins && n < (reading > READ_CERTAIN ? 4 : 6)))
        return false;
    set(m, FILTER_PHONE, digits);
    return true;
}

/* --- ages
 * --------------------------------------------------------------------------------------------- */

struct rest {
    const char *at;
    size_t len;
};

static void trim(struct rest *r)
{
    while (r->len && *r->at == ' ')
        r->at++, r->len--;
    while (r->len && r->at[r->len - 1] == ' ')
        r->len--;
}

/* Takes the first of the words off that stands at that end. */
static bool strip(struct rest *r, const char *const *words, bool front)
{
    for (; *words; words++) {
        size_t n = strlen(*words);
        if (r->len < n || memcmp(front ? r->at : r->at + r->len - n, *words, n) != 0)
            continue;
        if (front)
            r->at += n;
        r->len -= n;
        trim(r);
        return true;
    }
    return false;
}

/* One or two digits at the front. */
static bool read_years(struct rest *r, int *ret_years)
{
    size_t n = 0;
    int years = 0;
    while (n < r->len && r->at[n] >= '0' && r->at[n] <= '9' && n < 3)
        years = years * 10 + (r->at[n++] - '0');
    if (n == 0 || n > 2 || (n == 2 && *r->at == '0'))
        return false;
    r->at += n;
    r->len -= n;
    trim(r);
    *ret_years = years;
    return true;
}

enum bound { BOUND_EXACT, BOUND_BELOW, BOUND_UP_TO, BOUND_ABOVE, BOUND_FROM };

static enum bound strip_bound(struct rest *r)
{
    static const char *const below[] = {"younger than", "less than", "under", "below", "<",
                                        "ក្រោម",         "តិចជាង",     NULL};
    static const char *const up_to[] = {"up to", "at most", "until", "មិនលើស", "ត្រឹម", NULL};
    static const char *const above[] = {"older than", "more than", "over", "above", ">",
                                        "លើសពី",       "លើស",       "ធំជាង", NULL};
    static const char *const from[] = {"at least", "from", "ចាប់ពី", NULL};
    return strip(r, below, true)   ? BOUND_BELOW
           : strip(r, up_to, true) ? BOUND_UP_TO
           : strip(r, above, true) ? BOUND_ABOVE
           : strip(r, from, true)  ? BOUND_FROM
                                   : BOUND_EXACT;
}

static void years_of(enum bound bound, int years, int *ret_from, int *ret_to)
{
    *ret_from = bound == BOUND_EXACT || bound == BOUND_FROM ? years
                : bound == BOUND_ABOVE                      ? years + 1
                                                            : 0;
    *ret_to = bound == BOUND_EXACT   ? years
              : bound == BOUND_BELOW ? (years > 0 ? years - 1 : 0)
              : bound == BOUND_UP_TO ? years
              : *ret_from > AGE_MOST ? *ret_from
                                     : AGE_MOST;
}

/* The words around the number: it is an age for sure. */
static bool strip_age_words(struct rest *r, bool *ret_months)
{
    static const char *const before[] = {"aged", "ages", "age", "អាយុ", NULL};
    static const char *const after[] = {"years old", "year old", "years", "year", "yrs",
                                        "yr",        "y/o",      "yo",    "ឆ្នាំ",  NULL};
    static const char *const months[] = {"months old", "month old", "months", "month", "ខែ", NULL};
    bool named = strip(r, before, true);
    if (strip(r, after, false))
        return true;
    bool counted = strip(r, months, false);
    *ret_months |= counted;
    return named || counted;
}

/* "14 years", "age 14", "under 5", "5-10", "អាយុ 14 ឆ្នាំ", "ក្រោម 5 ឆ្នាំ"; a bare number only when more
 * was typed after it, unless nothing else explains it (bold). */
static bool is_age(const struct span *span, enum reading reading, struct meaning *m)
{
    struct rest r = {span->key.bytes, span->key.len};
    static const char *const between[] = {"to", "-", "until", "and", "ដល់", NULL};
    bool months = false, named = strip_age_words(&r, &months);
    enum bound bound = strip_bound(&r);
    int years, to;
    named |= strip_age_words(&r, &months) || bound != BOUND_EXACT;
    if (!read_years(&r, &years))
        return false;
    bool range = strip(&r, between, true);
    if (range && (!read_years(&r, &to) || to < years || bound != BOUND_EXACT))
        return false;
    if (r.len)
        return false;
    bool bare = span->key.len <= 2;
    bool may = reading > READ_CERTAIN || (!span->last && !span->alone);
    if (!named && !(may && years <= AGE_BARE && (range || (bare && years > 0))))
        return false;
    if (!range)
        years_of(bound, years, &years, &to);
    if (months) {
        years /= 12;
        to = to > AGE_MOST ? AGE_MOST : to / 12;
    }
    char value[24];
    if (years == to)
        snprintf(value, sizeof value, "%d", years);
    else
        snprintf(value, sizeof value, "%d-%d", years, to);
    set(m, FILTER_AGE, value);
    return true;
}

/* --- synonyms
 * ---------------------------------------------------------------------------------------- */

/* Too little yet, while it is typed: it may become any other word. */
static bool is_too_early(const struct span *span, enum reading reading)
{
    if (!span->last || reading > READ_CERTAIN)
        return false;
    if (is_latin(&span->key))
        return count_letters(&span->key) < LETTERS_TYPING &&
               count_letters(&span->key) == span->key.len;
    return khmer_syllable(span->key.bytes, span->key.len) == span->key.len;
}

static enum status from_synonyms(struct db *db, const struct span *span, struct meaning *m)
{
    const struct synonym_list *list;
    struct text key = TEXT_INIT;
    enum status status = search_synonyms(db, &list);
    if (status == STATUS_OK) {
        synonym_key(&key, span->key.bytes, span->key.len);
        const struct synonym *found = synonym_find(list, key.bytes);
        if (found && strlen(found->value) < FILTER_VALUE)
            set(m, found->kind, found->value);
    }
    text_release(&key);
    return status;
}

/* --- areas
 * -------------------------------------------------------------------------------------------- */

/* A single syllable between zero width spaces, or inside a run, is too little to be a place. */
static bool may_be_area(const struct span *span)
{
    if (span->key.len < 2 || span->end - span->first > AREA_UNITS)
        return false;
    return !span->loose || khmer_syllable(span->key.bytes, span->key.len) < span->key.len;
}

static enum status from_areas(struct db *db, const struct span *span, struct meaning *m)
{
    struct area_list list = {0};
    enum status status = area_find_key(db, span->key.bytes, span->key.len, &list);
    if (status == STATUS_OK && list.count)
        set(m, FILTER_AREA, list.rows[0].code);
    for (size_t i = 0; status == STATUS_OK && i < list.count && m->area_count < GUESS_AREAS; i++)
        memcpy(m->areas[m->area_count++], list.rows[i].code, AREA_CODE);
    area_list_release(&list);
    return status;
}

/* --- organizations
 * ------------------------------------------------------------------------------------ */

static enum status organization_of(struct db *db, size_t doc, char ret_id[UUID_TEXT])
{
    const struct row *row;
    enum status status = row_get(db, (int64_t)doc, &row);
    *ret_id = '\0';
    if (status == STATUS_OK && row && row->has_organization)
        uuid_format(&row->organization, ret_id);
    return status;
}

/* A name or abbreviation of one organization with several services. Where it has one service, the
 * words find that as text; where many organizations are called so, it is a sort of them. */
static enum status from_organizations(struct db *db, const struct span *span, struct meaning *m)
{
    char key[EXACT_MOST], id[UUID_TEXT], tag[UUID_TEXT + 1];
    const struct set *called, *of_it;
    if (span->key.len < 3 || span->key.len > sizeof key || !sets_are_ready(db))
        return STATUS_OK;
    for (size_t i = 0; i < span->key.len; i++)
        key[i] = span->key.bytes[i] == ' ' ? '_' : span->key.bytes[i];
    enum status status = sets_word(db, "x", key, span->key.len, &called);
    if (status != STATUS_OK || set_is_empty(called))
        return status;
    status = organization_of(db, set_next(called, 0), id);
    if (status != STATUS_OK || !*id)
        return status;
    snprintf(tag, sizeof tag, "o%s", id);
    status = sets_tag(db, tag, &of_it);
    size_t count = status == STATUS_OK ? set_count(called) : 0;
    if (count > 1 && set_count_meet(called, of_it) == count)
        set(m, FILTER_ORGANIZATION, id);
    return status;
}

/* --- all
 * ---------------------------------------------------------------------------------------------- */

static enum status find_meaning(struct db *db, const struct span *span, enum reading reading,
                                struct meaning *m)
{
    if (is_phone(span, reading, m) || is_age(span, reading, m))
        return STATUS_OK;
    enum status status = STATUS_OK;
    if (!is_too_early(span, reading))
        status = from_synonyms(db, span, m);
    if (status == STATUS_OK && !m->known && may_be_area(span))
        status = from_areas(db, span, m);
    if (status == STATUS_OK && !m->known && !is_too_early(span, reading) && !span->loose)
        status = from_organizations(db, span, m);
    return status;
}

/* Everything that decides what a span means. */
static void add_situation(const struct span *span, enum reading reading, struct text *out)
{
    const char how[] = {reading > READ_CERTAIN ? 'b' : 'c', span->last ? 'l' : '-',
                        span->loose ? 'w' : '-', span->alone ? 'a' : '-',
                        span->end - span->first > AREA_UNITS ? 'u' : '-'};
    text_add(out, how, sizeof how);
    text_add(out, span->key.bytes, span->key.len);
}

enum status span_meaning(struct db *db, const struct span *span, enum reading reading,
                         struct meaning *ret_meaning)
{
    struct text key = TEXT_INIT;
    bool ready = sets_are_ready(db); /* else nothing of organizations is known */
    add_situation(span, reading, &key);
    enum status status = STATUS_OK;
    if (!ready || !meaning_recall(db, MEMORY_MEANING, &key, ret_meaning)) {
        ret_meaning->known = false;
        ret_meaning->area_count = 0;
        status = find_meaning(db, span, reading, ret_meaning);
        if (status == STATUS_OK && ready)
            meaning_keep(db, MEMORY_MEANING, &key, ret_meaning);
    }
    text_release(&key);
    return status;
}

/* --- what was found lately -----------------------------------------------------------------------
 */

bool meaning_recall(struct db *db, enum memory_sort sort, const struct text *key,
                    struct meaning *ret_meaning)
{
    const struct meaning *kept = memory_get(search_cache(db), sort, key->bytes, key->len);
    if (kept)
        memcpy(ret_meaning, kept,
               offsetof(struct meaning, areas) + kept->area_count * sizeof *kept->areas);
    return kept != NULL;
}

void meaning_keep(struct db *db, enum memory_sort sort, const struct text *key,
                  const struct meaning *meaning)
{
    struct arena *arena;
    size_t size = offsetof(struct meaning, areas) + meaning->area_count * sizeof *meaning->areas;
    memcpy(memory_put(search_cache(db), sort, key->bytes, key->len, size, &arena), meaning, size);
}
