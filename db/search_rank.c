/* The order of candidates, in C: nearest first, then by how well the name fits, then by kind,
 * certainty and name. Everything it needs is in the row. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "db/search_plan.h"
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
    bool part;
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

/* Where a run stands best in a name. REASON_TEXT: nowhere. */
static struct fit fit_run(const struct name *name, const char *bytes, size_t len)
{
    struct fit best = {REASON_TEXT, true};
    for (size_t at = 0; at + len <= name->len; at++) {
        if (lower(name->bytes[at]) != bytes[0] || !same_at(name, at, bytes, len))
            continue;
        struct fit fit = {starts_word(name, at) ? REASON_NAME_WORD : REASON_NAME,
                          cuts(name, at + len)};
        if (at == 0)
            fit.reason = REASON_NAME_PREFIX;
        if (fit.reason < best.reason || (fit.reason == best.reason && !fit.part))
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
                            cuts(name, plan->key_len)};
    }
    struct fit worst = {REASON_NAME_WORD, false};
    for (size_t i = 0; i < plan->run_count; i++) {
        struct fit fit = fit_run(name, plan->runs[i].bytes, plan->runs[i].len);
        if (fit.reason < REASON_NAME_WORD)
            fit.reason = REASON_NAME_WORD;
        if (fit.reason > worst.reason)
            worst.reason = fit.reason;
        worst.part |= fit.part;
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
    if (lang == LANG_KM) {
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

static bool in_codes(const char *codes, const char *area)
{
    size_t len = strlen(area);
    for (const char *p = codes; *p;) {
        if (strncmp(p, area, len) == 0)
            return true;
        p += strcspn(p, " ");
        p += *p == ' ';
    }
    return false;
}

static bool in_places(const struct place_names *places, sqlite3_stmt *s, size_t run)
{
    const char *located = column_text(s, ROW_LOCATED), *covers = column_text(s, ROW_COVERS);
    for (size_t i = 0; i < places->count; i++)
        if (places->rows[i].runs >> run & 1 &&
            (in_codes(located, places->rows[i].code) || in_codes(covers, places->rows[i].code)))
            return true;
    return false;
}

/* Runs that stand in neither name: in the kind, the place, or some other text. */
static enum reason reason_beyond(const struct search *search, const struct plan *plan,
                                 const struct place_names *places, sqlite3_stmt *s,
                                 const struct name names[LANG_COUNT])
{
    enum reason worst = REASON_NAME;
    for (size_t i = 0; i < plan->run_count; i++) {
        const struct run *run = &plan->runs[i];
        if (fit_run(&names[LANG_KM], run->bytes, run->len).reason != REASON_TEXT ||
            fit_run(&names[LANG_EN], run->bytes, run->len).reason != REASON_TEXT)
            continue;
        enum reason reason = in_types(search, column_text(s, ROW_TYPES), run) ? REASON_TYPE
                             : in_places(places, s, i)                        ? REASON_AREA
                                                                              : REASON_TEXT;
        if (reason > worst)
            worst = reason;
    }
    return worst;
}

/* Latin must begin a word; Khmer may stand anywhere. */
static bool is_in(const struct name *name, const struct run *run)
{
    enum reason reason = fit_run(name, run->bytes, run->len).reason;
    return (unsigned char)*run->bytes < 0x80 ? reason <= REASON_NAME_WORD : reason != REASON_TEXT;
}

/* Does a text of the service or its organization hold the run? */
static enum status is_in_texts(struct db *db, sqlite3_stmt *row, const struct run *run,
                               bool *ret_in)
{
    sqlite3_stmt *s;
    struct uuid service = {0};
    struct text key = TEXT_INIT;
    bool found, in = false;
    enum status status = db_query(db, QUERY_DOC_SERVICE, &s);
    if (status != STATUS_OK)
        return status;
    (void)column_id(row, ROW_SERVICE, &service);
    bind_id(s, ":service", &service);
    status = db_step(db, s, &found);
    for (int i = DOC_FIRST_TEXT; status == STATUS_OK && found && !in && i < DOC_TEXTS_END; i++) {
        const char *text = column_text(s, i);
        text_clear(&key);
        key_make(&key, text, strlen(text), KEY_STRICT);
        struct name name = {.bytes = key.bytes, .len = key.len};
        in = is_in(&name, run);
    }
    sqlite3_reset(s);
    text_release(&key);
    *ret_in = in;
    return status;
}

/* Runs the index was not asked for: *ret_there false when one of them stands nowhere. */
static enum status look(struct db *db, const struct search *search, const struct plan *plan,
                        const struct place_names *places, struct doubt *doubt, sqlite3_stmt *s,
                        bool *ret_there)
{
    enum status status = STATUS_OK;
    bool there = true;
    for (size_t i = 0; status == STATUS_OK && there && i < plan->run_count; i++) {
        const struct run *run = &plan->runs[i];
        if (!(doubt->runs >> i & 1))
            continue;
        struct name km = name_of(s, LANG_KM), en = name_of(s, LANG_EN);
        there = is_in(&km, run) || is_in(&en, run) ||
                in_types(search, column_text(s, ROW_TYPES), run) || in_places(places, s, i);
        if (there || doubt->shallow >> i & 1 || !doubt->texts)
            continue;
        doubt->texts--;
        status = is_in_texts(db, s, run, &there);
    }
    *ret_there = there;
    return status;
}

static struct fit fit_row(const struct search *search, const struct plan *plan,
                          const struct place_names *places, sqlite3_stmt *s)
{
    const struct name names[LANG_COUNT] = {name_of(s, LANG_KM), name_of(s, LANG_EN)};
    struct fit km = fit_name(plan, &names[LANG_KM]), en = fit_name(plan, &names[LANG_EN]);
    struct fit best = km.reason < en.reason || (km.reason == en.reason && !km.part) ? km : en;
    if (best.reason == REASON_TEXT)
        best.reason = reason_beyond(search, plan, places, s, names);
    return best;
}

static uint8_t lowest_kind(uint64_t kinds)
{
    uint8_t kind = 0;
    while (kind < KIND_BITS && !(kinds >> kind & 1))
        kind++;
    return kind;
}

static struct candidate of_row(const struct plan *plan, sqlite3_stmt *s, const struct relation *r)
{
    int64_t facets = sqlite3_column_int64(s, ROW_FACETS);
    bool unverified = sqlite3_column_int64(s, ROW_VERIFIED) < 0;
    return (struct candidate){
        .docid = sqlite3_column_int64(s, ROW_DOCID),
        .level = (uint8_t)r->nearness,
        .how = (uint8_t)r->how,
        .kind = lowest_kind((uint64_t)sqlite3_column_int64(s, ROW_KINDS)),
        .doubts = (uint8_t)((facets & FACET_UNCONFIRMED ? 2 : 0) + unverified),
        .order = sqlite3_column_int64(s, plan->lang == LANG_KM ? ROW_ORDER_KM : ROW_ORDER_EN),
    };
}

enum status rank_row(struct db *db, const struct plan *plan, const struct place_names *places,
                     struct doubt *doubt, sqlite3_stmt *s, struct candidates *out, bool *ret_added)
{
    *ret_added = false;
    if (!plan_passes(plan, (uint64_t)sqlite3_column_int64(s, ROW_KINDS),
                     sqlite3_column_int64(s, ROW_FACETS)))
        return STATUS_OK;
    struct relation r =
        plan_relation(plan, column_text(s, ROW_LOCATED), column_text(s, ROW_COVERS));
    if (!r.any)
        return STATUS_OK;
    struct search *search;
    bool there = false;
    enum status status = search_terms(db, &search);
    if (status == STATUS_OK)
        status = look(db, search, plan, places, doubt, s, &there);
    if (status != STATUS_OK || !there || candidates_know(out, sqlite3_column_int64(s, ROW_DOCID)))
        return status;
    struct fit fit = fit_row(search, plan, places, s);
    struct candidate row = of_row(plan, s, &r);
    row.reason = fit.reason;
    row.part = fit.part;
    row.text_only = fit.reason > REASON_NAME_WORD;
    add(out, &row);
    *ret_added = true;
    return STATUS_OK;
}

void rank_phone(const struct plan *plan, sqlite3_stmt *s, bool whole, struct candidates *out)
{
    struct relation r =
        plan_relation(plan, column_text(s, ROW_LOCATED), column_text(s, ROW_COVERS));
    if (!r.any || candidates_know(out, sqlite3_column_int64(s, ROW_DOCID)) ||
        !plan_passes(plan, (uint64_t)sqlite3_column_int64(s, ROW_KINDS),
                     sqlite3_column_int64(s, ROW_FACETS)))
        return;
    struct candidate row = of_row(plan, s, &r);
    row.reason = REASON_PHONE;
    row.part = !whole;
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
        a->level - b->level,
        a->text_only - b->text_only,
        (a->reason == REASON_NAME_EXACT ? 0 : 1) - (b->reason == REASON_NAME_EXACT ? 0 : 1),
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

void rank_sort(struct candidates *c)
{
    if (c->count)
        qsort(c->rows, c->count, sizeof *c->rows, compare);
}

void rank_page(const struct plan *plan, const struct candidates *c, bool full,
               struct found *ret_found)
{
    size_t from = plan->offset < c->count ? plan->offset : c->count;
    size_t end = c->count - from > plan->limit ? from + plan->limit : c->count;
    struct found found = {.total = c->count, .more = end < c->count || full};
    found.rows = mem_zalloc(end - from + 1, sizeof *found.rows);
    for (size_t i = from; i < end; i++)
        found.rows[found.count++] = (struct found_row){c->rows[i].docid, c->rows[i].reason};
    *ret_found = found;
}
