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

/* The name as a search key: its own, or the lower case of what is shown. */
struct name {
    const char *bytes;
    size_t len;
    const unsigned char *starts; /* of words, as distances; NULL: after whatever is no letter */
    size_t start_count;
    bool fold;
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
    if (at + len > name->len)
        return false;
    if (!name->fold)
        return memcmp(name->bytes + at, bytes, len) == 0;
    for (size_t i = 0; i < len; i++)
        if (lower(name->bytes[at + i]) != bytes[i])
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
    if (at == 0 || !is_word_byte(name->bytes[at - 1]))
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
    if (at == name->len || !is_word_byte(name->bytes[at]))
        return false;
    if ((unsigned char)name->bytes[at] < 0x80)
        return (unsigned char)name->bytes[at - 1] < 0x80;
    char32_t cp = 0;
    const unsigned char *c = (const unsigned char *)name->bytes + at;
    if (c[0] == 0xE1 && at + 2 < name->len)
        cp = (char32_t)((c[0] & 15) << 12 | (c[1] & 63) << 6 | (c[2] & 63));
    return khmer_is_mark(cp);
}

/* How what was typed ends at a place: with a word, inside one, inside a syllable. */
static uint8_t end_at(const struct name *name, size_t at)
{
    if (cuts(name, at))
        return 2;
    bool khmer = at < name->len && (unsigned char)name->bytes[at] >= 0x80;
    return khmer && name->starts && !starts_word(name, at);
}

/* Where a run stands best in a name. REASON_TEXT: nowhere. */
static struct fit fit_run(const struct name *name, const char *bytes, size_t len)
{
    struct fit best = {REASON_TEXT, 2};
    for (size_t at = 0; at + len <= name->len; at++) {
        if (lower(name->bytes[at]) != bytes[0] || !same_at(name, at, bytes, len))
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
        bool all = plan->key_len == name->len;
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

static struct name name_of(sqlite3_stmt *s, enum lang lang)
{
    int key = lang == LANG_KM ? ROW_KEY_KM : ROW_KEY_EN;
    bool own = sqlite3_column_type(s, key) != SQLITE_NULL;
    int column = own ? key : lang == LANG_KM ? ROW_NAME_KM : ROW_NAME_EN;
    struct name name = {.bytes = column_text(s, column), .fold = !own};
    name.len = (size_t)sqlite3_column_bytes(s, column);
    if (lang == LANG_KM && name.len) {
        name.starts = sqlite3_column_blob(s, ROW_WORDS);
        name.start_count = (size_t)sqlite3_column_bytes(s, ROW_WORDS);
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

static bool in_places(const struct place_names *places, sqlite3_stmt *s, size_t run)
{
    return places_have(places, column_text(s, ROW_LOCATED), run) ||
           places_have(places, column_text(s, ROW_COVERS), run);
}

/* The names of an organization as search keys, a line each; kept from row to row. */
static enum status owner_keys(struct db *db, struct ranking *r, const struct uuid *id,
                              const char **ret_keys)
{
    enum { MOST = sizeof r->owners / sizeof *r->owners };
    for (size_t i = 0; i < r->owner_count && i < MOST; i++)
        if (uuid_equal(&r->owners[i].id, id)) {
            *ret_keys = r->owners[i].keys;
            return STATUS_OK;
        }
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_ORGANIZATION_NAMES, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    status = db_step(db, s, &row);
    struct text keys = TEXT_INIT;
    for (int i = 0; status == STATUS_OK && row && i < 4; i++) {
        const char *name = column_text(s, i);
        key_make(&keys, name, strlen(name), KEY_STRICT);
        text_addc(&keys, '\n');
        if (i >= 2) /* abbreviations are also typed without their dots */
            for (; *name; name++)
                if (*name != '.')
                    text_addc(&keys, lower(*name));
        text_addc(&keys, '\n');
    }
    sqlite3_reset(s);
    struct owner *owner = &r->owners[r->owner_count % MOST];
    if (r->owner_count++ >= MOST)
        free(owner->keys);
    *owner = (struct owner){*id, text_take(&keys)};
    *ret_keys = owner->keys;
    return status;
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
    enum { MOST = sizeof r->owners / sizeof *r->owners };
    for (size_t i = 0; i < r->owner_count && i < MOST; i++)
        free(r->owners[i].keys);
    r->owner_count = 0;
    free(r->places.runs);
    r->places.runs = NULL;
}

static enum status in_owner(struct db *db, struct ranking *r, sqlite3_stmt *s,
                            const struct run *run, bool *ret_in)
{
    struct uuid id;
    const char *keys = "";
    *ret_in = false;
    if (!column_id(s, ROW_ORGANIZATION, &id))
        return STATUS_OK;
    enum status status = owner_keys(db, r, &id, &keys);
    *ret_in = status == STATUS_OK && strstr(keys, run->bytes);
    return status;
}

/* A run that stands in neither name as it was typed. The index has its tokens: a run of several may
 * yet be none, which costs reading all texts. */
static enum status fit_beyond(struct db *db, struct ranking *r, sqlite3_stmt *s, size_t at,
                              const struct name names[LANG_COUNT], enum reason *ret_reason,
                              bool *ret_holds)
{
    const struct run *run = &r->plan->runs[at];
    bool in;
    struct uuid service;
    *ret_holds = true;
    *ret_reason = REASON_TEXT;
    if (in_types(r->search, column_text(s, ROW_TYPES), run)) {
        *ret_reason = REASON_TYPE;
        return STATUS_OK;
    }
    if (in_places(&r->places, s, at)) {
        *ret_reason = REASON_AREA;
        return STATUS_OK;
    }
    enum status status = in_owner(db, r, s, run, &in);
    if (status != STATUS_OK || in) {
        *ret_reason = REASON_ORGANIZATION;
        return status;
    }
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (text_holds(names[lang].bytes, names[lang].len, &r->bare[at], &r->work)) {
            *ret_reason = REASON_LOOSE;
            return STATUS_OK;
        }
    if (r->plan->relaxed || run->token_count < 3 || !r->checks ||
        !column_id(s, ROW_SERVICE, &service))
        return STATUS_OK;
    r->checks--;
    return doc_holds(db, &service, run, &r->bare[at], ret_holds);
}

/* Runs that stand in neither name: in the kind, the place, or some other text. */
static enum status fit_elsewhere(struct db *db, struct ranking *r, sqlite3_stmt *s,
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
        status = fit_beyond(db, r, s, i, names, &reason, ret_holds);
        if (status == STATUS_OK && reason > worst)
            worst = reason;
    }
    *ret_reason = worst;
    return status;
}

static enum status fit_row(struct db *db, struct ranking *r, sqlite3_stmt *s, struct fit *ret_fit,
                           bool *ret_holds)
{
    const struct name names[LANG_COUNT] = {name_of(s, LANG_KM), name_of(s, LANG_EN)};
    struct fit km = fit_name(r->plan, &names[LANG_KM]), en = fit_name(r->plan, &names[LANG_EN]);
    *ret_fit = km.reason < en.reason || (km.reason == en.reason && km.part < en.part) ? km : en;
    *ret_holds = true;
    if (ret_fit->reason != REASON_TEXT)
        return STATUS_OK;
    return fit_elsewhere(db, r, s, names, &ret_fit->reason, ret_holds);
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

static struct candidate of_row(const struct plan *plan, sqlite3_stmt *s, const struct relation *r)
{
    int64_t facets = sqlite3_column_int64(s, ROW_FACETS);
    bool unverified = sqlite3_column_int64(s, ROW_VERIFIED) < 0;
    uint64_t kinds = (uint64_t)sqlite3_column_int64(s, ROW_KINDS);
    return (struct candidate){
        .docid = sqlite3_column_int64(s, ROW_DOCID),
        .level = (uint8_t)r->nearness,
        .how = (uint8_t)r->how,
        .need = place_in_need(plan, kinds),
        .kind = lowest_kind(kinds),
        .doubts = (uint8_t)((facets & FACET_UNCONFIRMED ? 2 : 0) + unverified),
        .order = sqlite3_column_int64(s, plan->lang == LANG_KM ? ROW_ORDER_KM : ROW_ORDER_EN),
    };
}

/* How far the words are from what they sound like in the names of the service and its organization;
 * SOUND_FAR: they sound otherwise. */
static enum status hear_row(struct db *db, struct ranking *r, sqlite3_stmt *s, const char *words,
                            unsigned *ret_far)
{
    const char *texts[3] = {column_text(s, ROW_NAME_KM), column_text(s, ROW_NAME_EN), ""};
    struct uuid id;
    enum status status = STATUS_OK;
    if (column_id(s, ROW_ORGANIZATION, &id))
        status = owner_keys(db, r, &id, &texts[2]);
    if (status == STATUS_OK)
        *ret_far = sound_of_texts(words, strlen(words), texts, 3);
    return status;
}

/* A service that was found by the sound of a word: behind all others, what is nearer first. */
static enum status rank_heard(struct db *db, struct ranking *r, sqlite3_stmt *s, const char *words,
                              struct candidate *row, bool *ret_holds)
{
    unsigned far = SOUND_FAR;
    enum status status = hear_row(db, r, s, words, &far);
    *ret_holds = status == STATUS_OK && far < SOUND_FAR;
    row->reason = REASON_SOUND;
    row->loose = 2;
    row->exact = false;
    row->part = (uint8_t)far;
    row->text_only = true;
    return status;
}

enum status rank_row(struct db *db, struct ranking *r, sqlite3_stmt *s, struct mark mark,
                     struct candidates *out, bool *ret_holds)
{
    struct relation where =
        plan_relation(r->plan, column_text(s, ROW_LOCATED), column_text(s, ROW_COVERS));
    struct fit fit;
    struct candidate row = of_row(r->plan, s, &where);
    if (*mark.heard) {
        enum status status = rank_heard(db, r, s, mark.heard, &row, ret_holds);
        if (status == STATUS_OK && *ret_holds)
            add(out, &row);
        return status;
    }
    enum status status = fit_row(db, r, s, &fit, ret_holds);
    if (status != STATUS_OK || !*ret_holds)
        return status;
    row.reason = mark.loose ? REASON_LOOSE : fit.reason;
    row.loose = mark.loose;
    row.exact = mark.exact || fit.reason == REASON_NAME_EXACT;
    row.part = row.exact ? 0 : fit.part;
    row.text_only = row.reason > REASON_NAME && !row.exact;
    add(out, &row);
    return STATUS_OK;
}

void rank_phone(const struct plan *plan, sqlite3_stmt *s, bool whole, struct candidates *out)
{
    struct relation r =
        plan_relation(plan, column_text(s, ROW_LOCATED), column_text(s, ROW_COVERS));
    if (candidates_know(out, sqlite3_column_int64(s, ROW_DOCID)))
        return;
    struct candidate row = of_row(plan, s, &r);
    row.reason = REASON_PHONE;
    row.part = whole ? 0 : 1;
    row.text_only = !whole; /* the whole number first, wherever it is */
    row.level = whole ? 0 : row.level;
    add(out, &row);
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
