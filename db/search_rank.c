/* The order of candidates, in C: nearest first, then by how well the name fits, then by kind,
 * certainty and name. Everything it needs is in the row. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "db/search_plan.h"
#include "db/search_sound.h"
#include "i18n/key.h"
#include "i18n/khmer.h"

/* --- candidates ----------------------------------------------------------------------------------
 */

void candidates_release(struct candidates *c)
{
    free(c->rows);
    free(c->seen);
    *c = (struct candidates){0};
}

static int64_t *seen_slot(const struct candidates *c, int64_t docid)
{
    size_t at = ((uint64_t)docid * 0x9E3779B97F4A7C15u >> 32) & (c->seen_room - 1);
    while (c->seen[at] && c->seen[at] != docid)
        at = (at + 1) & (c->seen_room - 1);
    return &c->seen[at];
}

static void grow_seen(struct candidates *c)
{
    int64_t *old = c->seen;
    size_t room = c->seen_room;
    c->seen_room = room ? room * 2 : 1024;
    c->seen = mem_zalloc(c->seen_room, sizeof *c->seen);
    for (size_t i = 0; i < room; i++)
        if (old[i])
            *seen_slot(c, old[i]) = old[i];
    free(old);
}

bool candidates_know(struct candidates *c, int64_t docid)
{
    if (c->seen_count * 2 >= c->seen_room)
        grow_seen(c);
    int64_t *slot = seen_slot(c, docid);
    if (*slot)
        return true;
    *slot = docid;
    c->seen_count++;
    return false;
}

static void add(struct candidates *c, const struct candidate *row)
{
    if (c->count == c->room) {
        c->room = c->room ? c->room * 2 : 128;
        c->rows = mem_realloc(c->rows, c->room, sizeof *c->rows);
    }
    c->rows[c->count++] = *row;
}

/* --- how well a name fits ------------------------------------------------------------------------
 */

/* The name of a row as a search key. */
struct name {
    struct row_key key;
    const unsigned char *starts; /* of words, as distances; NULL: after whatever is no letter */
    size_t start_count;
};

struct fit {
    enum reason reason;
    uint8_t part; /* as in struct candidate */
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool same_at(const struct name *name, size_t at, const char *bytes, size_t len)
{
    if (at + len > name->key.len)
        return false;
    if (!name->key.fold)
        return memcmp(name->key.bytes + at, bytes, len) == 0;
    for (size_t i = 0; i < len; i++)
        if (lower(name->key.bytes[at + i]) != bytes[i])
            return false;
    return true;
}

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9');
}

static bool starts_word(const struct name *name, size_t at)
{
    if (at == 0 || !is_word_byte(name->key.bytes[at - 1]))
        return true;
    size_t start = 0;
    for (size_t i = 0; i < name->start_count; i++) {
        start += name->starts[i];
        if (start >= at)
            return start == at;
    }
    return false;
}

/* Is a place between two letters, so that what was typed is not all of the syllable or word? */
static bool cuts(const struct name *name, size_t at)
{
    if (at == name->key.len || !is_word_byte(name->key.bytes[at]))
        return false;
    if ((unsigned char)name->key.bytes[at] < 0x80)
        return (unsigned char)name->key.bytes[at - 1] < 0x80;
    char32_t cp = 0;
    const unsigned char *c = (const unsigned char *)name->key.bytes + at;
    if (c[0] == 0xE1 && at + 2 < name->key.len)
        cp = (char32_t)((c[0] & 15) << 12 | (c[1] & 63) << 6 | (c[2] & 63));
    return khmer_is_mark(cp);
}

/* How what was typed ends at a place: with a word, inside one, inside a syllable. */
static uint8_t end_at(const struct name *name, size_t at)
{
    if (cuts(name, at))
        return 2;
    bool khmer = at < name->key.len && (unsigned char)name->key.bytes[at] >= 0x80;
    return khmer && name->starts && !starts_word(name, at);
}

/* Where a run stands best in a name. REASON_TEXT: nowhere. */
static struct fit fit_run(const struct name *name, const char *bytes, size_t len)
{
    struct fit best = {REASON_TEXT, 2};
    for (size_t at = 0; at + len <= name->key.len; at++) {
        if (lower(name->key.bytes[at]) != bytes[0] || !same_at(name, at, bytes, len))
            continue;
        struct fit fit = {starts_word(name, at) ? REASON_NAME_WORD : REASON_NAME,
                          end_at(name, at + len)};
        if (at == 0)
            fit.reason = REASON_NAME_PREFIX;
        if (fit.reason < best.reason || (fit.reason == best.reason && fit.part < best.part))
            best = fit;
        if (best.reason <= REASON_NAME_PREFIX || (best.reason == REASON_NAME_WORD && !best.part))
            break;
    }
    return best;
}

/* All runs in one name: as good as the worst of them; PREFIX and EXACT are said of the whole text.
 */
static struct fit fit_name(const struct plan *plan, const struct name *name)
{
    if (same_at(name, 0, plan->key, plan->key_len)) {
        bool all = plan->key_len == name->key.len;
        return (struct fit){all ? REASON_NAME_EXACT : REASON_NAME_PREFIX,
                            end_at(name, plan->key_len)};
    }
    struct fit worst = {REASON_NAME_WORD, 0};
    for (size_t i = 0; i < plan->run_count; i++) {
        struct fit fit = fit_run(name, plan->runs[i].bytes, plan->runs[i].len);
        if (fit.reason < REASON_NAME_WORD)
            fit.reason = REASON_NAME_WORD;
        if (fit.reason > worst.reason)
            worst.reason = fit.reason;
        if (fit.part > worst.part)
            worst.part = fit.part;
    }
    return worst;
}

static struct name name_of(const struct row *row, enum lang lang)
{
    struct name name = {.key = row->key[lang]};
    if (lang == LANG_KM && name.key.len) {
        name.starts = row->starts;
        name.start_count = row->start_count;
    }
    return name;
}

/* --- what else may have fitted -------------------------------------------------------------------
 */

static bool in_types(const struct search *search, const char *types, const struct run *run)
{
    for (size_t i = 0; i < search->terms.count; i++) {
        const char *code = search->terms.rows[i].code, *at = strstr(types, code);
        size_t len = strlen(code);
        if (!at || (at[len] && at[len] != ' ') || (at > types && at[-1] != ' '))
            continue;
        for (size_t k = 2 * i; k < 2 * i + 2; k++)
            if (strstr(search->term_keys[k], run->bytes))
                return true;
    }
    return false;
}

static bool in_places(struct place_names *places, const struct row *row, size_t run)
{
    return places_have(places, row->located, run) || places_have(places, row->covers, run);
}

void ranking_init(struct ranking *r, const struct plan *plan, const struct search *search)
{
    *r = (struct ranking){.plan = plan, .search = search};
    text_init(&r->work);
    for (size_t i = 0; i < PLAN_RUNS; i++)
        text_init(&r->bare[i]);
    for (size_t i = 0; i < plan->run_count; i++)
        text_squeeze(plan->runs[i].bytes, plan->runs[i].len, &r->bare[i]);
}

void ranking_release(struct ranking *r)
{
    for (size_t i = 0; i < PLAN_RUNS; i++)
        text_release(&r->bare[i]);
    text_release(&r->work);
    places_release(&r->places);
}

static enum status in_owner(struct db *db, const struct row *row, const struct run *run,
                            bool *ret_in)
{
    const struct owner *owner;
    *ret_in = false;
    if (!row->has_organization)
        return STATUS_OK;
    enum status status = owner_get(db, &row->organization, &owner);
    *ret_in = status == STATUS_OK && strstr(owner->keys, run->bytes);
    return status;
}

/* A run that stands in neither name as it was typed. The index has its tokens: a run of several may
 * yet be none, which costs reading all texts. */
static enum status fit_beyond(struct db *db, struct ranking *r, const struct row *row, size_t at,
                              const struct name names[LANG_COUNT], enum reason *ret_reason,
                              bool *ret_holds)
{
    const struct run *run = &r->plan->runs[at];
    bool in;
    *ret_holds = true;
    *ret_reason = REASON_TEXT;
    if (in_types(r->search, row->types, run)) {
        *ret_reason = REASON_TYPE;
        return STATUS_OK;
    }
    if (in_places(&r->places, row, at)) {
        *ret_reason = REASON_AREA;
        return STATUS_OK;
    }
    enum status status = in_owner(db, row, run, &in);
    if (status != STATUS_OK || in) {
        *ret_reason = REASON_ORGANIZATION;
        return status;
    }
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (text_holds(names[lang].key.bytes, names[lang].key.len, &r->bare[at], &r->work)) {
            *ret_reason = REASON_LOOSE;
            return STATUS_OK;
        }
    if (r->plan->relaxed || run->token_count < 3 || !r->checks)
        return STATUS_OK;
    r->checks--;
    return doc_holds(db, &row->service, run, &r->bare[at], ret_holds);
}

/* Runs that stand in neither name: in the kind, the place, or some other text. */
static enum status fit_elsewhere(struct db *db, struct ranking *r, const struct row *row,
                                 const struct name names[LANG_COUNT], enum reason *ret_reason,
                                 bool *ret_holds)
{
    enum reason worst = REASON_NAME;
    enum status status = STATUS_OK;
    *ret_holds = true;
    for (size_t i = 0; status == STATUS_OK && *ret_holds && i < r->plan->run_count; i++) {
        const struct run *run = &r->plan->runs[i];
        enum reason reason;
        if (fit_run(&names[LANG_KM], run->bytes, run->len).reason != REASON_TEXT ||
            fit_run(&names[LANG_EN], run->bytes, run->len).reason != REASON_TEXT)
            continue;
        status = fit_beyond(db, r, row, i, names, &reason, ret_holds);
        if (status == STATUS_OK && reason > worst)
            worst = reason;
    }
    *ret_reason = worst;
    return status;
}

static enum status fit_row(struct db *db, struct ranking *r, const struct row *row,
                           struct fit *ret_fit, bool *ret_holds)
{
    const struct name names[LANG_COUNT] = {name_of(row, LANG_KM), name_of(row, LANG_EN)};
    struct fit km = fit_name(r->plan, &names[LANG_KM]), en = fit_name(r->plan, &names[LANG_EN]);
    *ret_fit = km.reason < en.reason || (km.reason == en.reason && km.part < en.part) ? km : en;
    *ret_holds = true;
    if (ret_fit->reason != REASON_TEXT)
        return STATUS_OK;
    return fit_elsewhere(db, r, row, names, &ret_fit->reason, ret_holds);
}

static uint8_t lowest_kind(uint64_t kinds)
{
    uint8_t kind = 0;
    while (kind < KIND_BITS && !(kinds >> kind & 1))
        kind++;
    return kind;
}

static uint8_t place_in_need(const struct plan *plan, uint64_t kinds)
{
    size_t place = 0;
    while (plan->need && place < plan->need_kind_count && !(kinds >> plan->need_kinds[place] & 1))
        place++;
    return (uint8_t)place;
}

static struct candidate of_row(const struct plan *plan, const struct row *row,
                               const struct relation *r)
{
    return (struct candidate){
        .docid = row->docid,
        .level = (uint8_t)r->nearness,
        .how = (uint8_t)r->how,
        .need = place_in_need(plan, row->kinds),
        .kind = lowest_kind(row->kinds),
        .doubts = (uint8_t)((row->facets & FACET_UNCONFIRMED ? 2 : 0) + (row->verified < 0)),
        .order = row->order[plan->lang],
    };
}

/* How far the words are from what they sound like in the names of the service and its organization;
 * SOUND_FAR: they sound otherwise. */
static enum status hear_row(struct db *db, const struct row *row, const char *words,
                            unsigned *ret_far)
{
    struct sound_text texts[LANG_COUNT + 1];
    size_t count = 0;
    const struct owner *owner;
    enum status status = STATUS_OK;
    const struct sound_text *names = row_sounds(db, row);
    for (; count < LANG_COUNT; count++)
        texts[count] = names[count];
    if (row->has_organization)
        status = owner_get(db, &row->organization, &owner);
    if (row->has_organization && status == STATUS_OK)
        texts[count++] = *owner_sound(db, &row->organization, owner);
    if (status == STATUS_OK)
        *ret_far = sound_of_texts(words, strlen(words), texts, count);
    return status;
}

/* A service that was found by the sound of a word: behind all others, what is nearer first. */
static enum status rank_heard(struct db *db, const struct row *row, const char *words,
                              struct candidate *candidate, bool *ret_holds)
{
    unsigned far = SOUND_FAR;
    enum status status = hear_row(db, row, words, &far);
    *ret_holds = status == STATUS_OK && far < SOUND_FAR;
    candidate->reason = REASON_SOUND;
    candidate->loose = 2;
    candidate->exact = false;
    candidate->part = (uint8_t)far;
    candidate->text_only = true;
    return status;
}

enum status rank_row(struct db *db, struct ranking *r, const struct row *row, struct mark mark,
                     struct candidates *out, bool *ret_holds)
{
    struct relation where = plan_relation(r->plan, row->located, row->covers);
    struct fit fit;
    struct candidate candidate = of_row(r->plan, row, &where);
    if (*mark.heard) {
        enum status status = rank_heard(db, row, mark.heard, &candidate, ret_holds);
        if (status == STATUS_OK && *ret_holds)
            add(out, &candidate);
        return status;
    }
    enum status status = fit_row(db, r, row, &fit, ret_holds);
    if (status != STATUS_OK || !*ret_holds)
        return status;
    candidate.reason = mark.loose ? REASON_LOOSE : fit.reason;
    candidate.loose = mark.loose;
    candidate.exact = mark.exact || fit.reason == REASON_NAME_EXACT;
    candidate.part = candidate.exact ? 0 : fit.part;
    candidate.text_only = candidate.reason > REASON_NAME && !candidate.exact;
    add(out, &candidate);
    return STATUS_OK;
}

void rank_phone(const struct plan *plan, const struct row *row, bool whole, struct candidates *out)
{
    struct relation r = plan_relation(plan, row->located, row->covers);
    if (candidates_know(out, row->docid))
        return;
    struct candidate candidate = of_row(plan, row, &r);
    candidate.reason = REASON_PHONE;
    candidate.part = whole ? 0 : 1;
    candidate.text_only = !whole; /* the whole number first, wherever it is */
    candidate.level = whole ? 0 : candidate.level;
    add(out, &candidate);
}

/* --- order
 * ----------------------------------------------------------------------------------------- */

static int compare(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    const int steps[] = {
        a->loose - b->loose,
        a->level - b->level,
        a->need - b->need,
        a->text_only - b->text_only,
        b->exact - a->exact,
        a->part - b->part,
        a->how - b->how,
        (int)a->reason - (int)b->reason,
        a->kind - b->kind,
        a->doubts - b->doubts,
        (a->order > b->order) - (a->order < b->order),
        (a->docid > b->docid) - (a->docid < b->docid),
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i])
            return steps[i];
    return 0;
}

void rank_sort(struct candidates *c, size_t from)
{
    if (c->count > from)
        qsort(c->rows + from, c->count - from, sizeof *c->rows, compare);
}
