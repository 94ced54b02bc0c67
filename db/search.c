/* One search: understand, find, and load the page that is shown; see search.h. */
#include "db/search.h"

#include <stdlib.h>
#include <string.h>

#include "db/search_plan.h"
#include "db/search_suggest.h"

void result_release(struct result *r)
{
    arena_release(&r->arena);
    *r = (struct result){0};
}

/* --- the page
 * ------------------------------------------------------------------------------------------ */

static void copy_row(const struct plan *plan, const struct row *row, struct arena *arena,
                     struct hit *hit)
{
    struct relation r = plan_relation(plan, row->located, row->covers);
    hit->id = row->service;
    hit->name_km = arena_strdup(arena, row->name[LANG_KM]);
    hit->name_en = arena_strdup(arena, row->name[LANG_EN]);
    hit->organization_km = hit->organization_en = "";
    hit->abbreviation_km = hit->abbreviation_en = "";
    hit->types = arena_strdup(arena, row->types);
    hit->located = arena_strdup(arena, row->located);
    hit->covers = arena_strdup(arena, row->covers);
    hit->phones = arena_strdup(arena, row->phones);
    hit->status = (int)(row->facets >> FACET_STATUS_SHIFT & 7);
    hit->verified = row->verified;
    hit->needs_contact = row->facets & FACET_NEEDS_CONTACT;
    hit->unconfirmed = row->facets & FACET_UNCONFIRMED;
    hit->nearness = r.nearness;
    hit->covers_asked = r.covers;
}

static enum status load_hit(struct db *db, const struct plan *plan, int64_t docid,
                            struct arena *arena, struct hit *hit)
{
    const struct row *row;
    const struct owner *owner;
    enum status status = row_get(db, docid, &row);
    if (status != STATUS_OK || !row)
        return status == STATUS_OK ? db_refuse(db, STATUS_CORRUPT, "search row is gone") : status;
    copy_row(plan, row, arena, hit);
    if (!row->has_organization)
        return STATUS_OK;
    status = owner_get(db, &row->organization, &owner);
    if (status != STATUS_OK)
        return status;
    hit->organization_km = arena_strdup(arena, owner->name[LANG_KM]);
    hit->organization_en = arena_strdup(arena, owner->name[LANG_EN]);
    hit->abbreviation_km = arena_strdup(arena, owner->abbreviation[LANG_KM]);
    hit->abbreviation_en = arena_strdup(arena, owner->abbreviation[LANG_EN]);
    return STATUS_OK;
}

static enum status load_page(struct db *db, const struct plan *plan, const struct found *found,
                             struct result *result)
{
    enum status status = STATUS_OK;
    result->rows = arena_alloc(&result->arena, (found->count + 1) * sizeof *result->rows);
    for (size_t i = 0; status == STATUS_OK && i < found->count; i++) {
        struct hit *hit = &result->rows[i];
        status = load_hit(db, plan, found->rows[i].docid, &result->arena, hit);
        hit->reason = found->rows[i].reason;
        result->count = i + 1;
    }
    result->total = (int64_t)found->total;
    result->total_exact = found->exact;
    result->more = plan->offset + found->count < found->total;
    memcpy(result->filters, plan->filters, sizeof result->filters);
    result->filter_count = plan->filter_count;
    result->text = arena_strdup(&result->arena, plan->text);
    return status;
}

/* --- the ways to read the words, until one finds something
 * ---------------------------------------------- */

static enum status find(struct db *db, const struct plan *plan, struct found *ret_found)
{
    if (plan->phone)
        return find_phone(db, plan, ret_found);
    return plan->run_count ? find_text(db, plan, ret_found) : find_listed(db, plan, ret_found);
}

static enum status try(struct db *db, const struct query *query, enum reading reading, bool relaxed,
                       bool heard, struct plan *plan, struct found *found)
{
    enum status status = plan_make(db, query, reading, relaxed, plan);
    if (status != STATUS_OK)
        return status;
    if (relaxed && !plan->run_count && !plan->phone)
        return STATUS_OK; /* there is no text to be relaxed about */
    if (heard && !plan->run_count)
        return STATUS_OK;
    plan->heard = heard;
    if (reading == READ_SOFT && !plan->softened)
        return STATUS_OK; /* nothing that could be left out */
    status = find(db, plan, found);
    return status;
}

enum status plan_count(struct db *db, const struct plan *plan, int64_t *ret_count)
{
    size_t mark = sets_mark(db);
    struct found found = {0};
    enum status status;
    if (plan->phone) {
        status = find_phone(db, plan, &found);
        if (status == STATUS_OK)
            *ret_count = (int64_t)found.total;
        free(found.rows);
    } else {
        status = count_text(db, plan, ret_count);
    }
    sets_release(db, mark);
    return status;
}

/* From the surest reading of the words to the plainest. When none finds anything, the plan that
 * understood most stays. */
static enum status search_words(struct db *db, const struct query *query, struct plan *ret_plan,
                                struct found *ret_found, bool *ret_widened)
{
    static const struct {
        enum reading reading;
        bool relaxed, heard;
    } ways[] = {{READ_CERTAIN, false, false}, {READ_CERTAIN, true, false},
                {READ_BOLD, false, false},    {READ_BOLD, true, false},
                {READ_CERTAIN, false, true},  {READ_BOLD, false, true},
                {READ_SOFT, false, false},    {READ_TEXT, false, false},
                {READ_TEXT, true, false},     {READ_TEXT, false, true}};
    bool guessed = false;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct plan plan = {0};
        struct found found = {0};
        size_t mark = sets_mark(db);
        if (ways[i].reading == READ_TEXT && !guessed)
            break;
        enum status status =
            try(db, query, ways[i].reading, ways[i].relaxed, ways[i].heard, &plan, &found);
        if (status != STATUS_OK) {
            plan_release(&plan);
            return status;
        }
        guessed |= plan.guessed;
        bool more = ways[i].reading == READ_BOLD && plan.filter_count > ret_plan->filter_count;
        if (i > 0 && !found.total && !more) {
            free(found.rows);
            plan_release(&plan);
            sets_release(db, mark);
            continue;
        }
        free(ret_found->rows);
        plan_release(ret_plan);
        *ret_plan = plan;
        *ret_found = found;
        *ret_widened = ways[i].reading == READ_TEXT || ways[i].reading == READ_SOFT ||
                       (ways[i].relaxed && plan.phone);
        if (found.total)
            break;
    }
    return STATUS_OK;
}

static enum status run(struct db *db, enum query_id statement)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, statement, &s);
    return status == STATUS_OK ? db_run(db, s) : status;
}

enum status search_run(struct db *db, const struct query *query, struct result *ret_result)
{
    struct plan plan = {0};
    struct found found = {0};
    struct result result = {0};
    /* one look at the file for its many statements: one state of it, and one lock */
    bool own = sqlite3_get_autocommit(db->sqlite) != 0;
    enum status status = own ? run(db, QUERY_READ_BEGIN) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    if (db->depth > 0)
        status = search_write_changes(db);
    if (status == STATUS_OK)
        status = sets_begin(db);
    if (status == STATUS_OK)
        status = search_words(db, query, &plan, &found, &result.widened);
    if (status == STATUS_OK)
        status = load_page(db, &plan, &found, &result);
    if (status == STATUS_OK && query->want_facets && found.hits)
        status = facets_count(db, &plan, &found, &result);
    if (status == STATUS_OK)
        status = search_suggest(db, query, &plan, &result);
    if (own && status == STATUS_OK)
        status = run(db, QUERY_READ_END);
    else if (own)
        (void)run(db, QUERY_READ_END);
    free(found.rows);
    plan_release(&plan);
    if (status == STATUS_OK)
        *ret_result = result;
    else
        result_release(&result);
    return status;
}
