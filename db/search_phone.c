/* Services by the beginning of a telephone number, in whatever form it was typed. */
#include <stdlib.h>
#include <string.h>

#include "db/search_plan.h"

enum { NUMBERS_MOST = 100 };

struct finder {
    struct db *db;
    const struct plan *plan;
    const struct set *filter;
    struct set *hits;
    struct candidates candidates;
    bool full;
};

static enum status docid_of(struct db *db, const struct uuid *service, int64_t *ret_docid)
{
    sqlite3_stmt *s;
    bool there;
    enum status status = db_query(db, QUERY_ROW_ID, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", service);
    status = db_step(db, s, &there);
    if (status == STATUS_OK)
        *ret_docid = there ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return status;
}

static enum status add_service(struct finder *f, const struct uuid *service, bool whole)
{
    int64_t docid;
    const struct row *row;
    enum status status = docid_of(f->db, service, &docid);
    if (status != STATUS_OK || !docid || !set_has(f->filter, (size_t)docid))
        return status;
    status = row_get(f->db, docid, &row);
    if (status == STATUS_OK && row) {
        set_put(f->hits, (size_t)docid);
        rank_phone(f->plan, row, whole, &f->candidates);
    }
    return status;
}

static enum status add_services(struct finder *f, enum query_id query, const struct uuid *owner,
                                bool whole)
{
    sqlite3_stmt *s;
    enum status status = db_query(f->db, query, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", owner);
    bool row;
    struct uuid service;
    while ((status = db_step(f->db, s, &row)) == STATUS_OK && row)
        if (column_id(s, 0, &service) && (status = add_service(f, &service, whole)) != STATUS_OK) {
            sqlite3_reset(s);
            break;
        }
    return status;
}

static enum status add_owner(struct finder *f, const struct uuid *owner, bool whole)
{
    size_t before = f->candidates.seen_count;
    enum status status = add_service(f, owner, whole);
    if (status == STATUS_OK && f->candidates.seen_count == before)
        status = add_services(f, QUERY_SERVICES_NOW_AT_LOCATION, owner, whole);
    if (status == STATUS_OK && f->candidates.seen_count == before)
        status = add_services(f, QUERY_SERVICES_OF_ORGANIZATION, owner, whole);
    return status;
}

static enum status add_numbers(struct finder *f, const char *start, const char *digits)
{
    sqlite3_stmt *s;
    enum status status = db_query(f->db, QUERY_PHONES_BEGIN, &s);
    if (status != STATUS_OK)
        return status;
    struct text low = TEXT_INIT, high = TEXT_INIT;
    text_addf(&low, "%s%s", start, digits);
    text_addf(&high, "%s:", low.bytes); /* ':' follows '9' */
    bind_text_len(s, ":low", low.bytes, low.len);
    bind_text_len(s, ":high", high.bytes, high.len);
    bind_int(s, ":limit", NUMBERS_MOST);
    size_t count = 0;
    bool row;
    while ((status = db_step(f->db, s, &row)) == STATUS_OK && row) {
        struct uuid owner;
        count++;
        if (!column_id(s, 0, &owner))
            continue;
        status = add_owner(f, &owner, strcmp(column_text(s, 1), low.bytes) == 0);
        if (status != STATUS_OK)
            break;
    }
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    f->full |= count == NUMBERS_MOST;
    text_release(&low);
    text_release(&high);
    return status;
}

/* Numbers are stored as short codes or with + and the country. */
static enum status add_forms(struct finder *f, const char *digits)
{
    if (*digits == '+')
        return add_numbers(f, "", digits);
    if (strncmp(digits, "00", 2) == 0)
        return add_numbers(f, "+", digits + 2);
    if (*digits == '0')
        return add_numbers(f, "+855", digits + 1);
    static const char *const starts[] = {"", "+", "+855"};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof starts / sizeof *starts; i++)
        status = add_numbers(f, starts[i], digits);
    return status;
}

/* The page; all numbers looked at were ranked. */
static void take_page(const struct finder *f, struct found *ret_found)
{
    const struct candidates *c = &f->candidates;
    size_t from = f->plan->offset < c->count ? f->plan->offset : c->count;
    size_t end = c->count - from > f->plan->limit ? from + f->plan->limit : c->count;
    struct found found = {.total = c->count, .exact = !f->full, .hits = f->hits};
    found.rows = mem_zalloc(end - from + 1, sizeof *found.rows);
    for (size_t i = from; i < end; i++)
        found.rows[found.count++] = (struct found_row){c->rows[i].docid, c->rows[i].reason};
    *ret_found = found;
}

enum status find_phone(struct db *db, const struct plan *plan, struct found *ret_found)
{
    struct finder f = {.db = db, .plan = plan, .hits = sets_scratch(db)};
    enum status status = filter_set(db, plan, &f.filter);
    if (status == STATUS_OK)
        status = add_forms(&f, plan->phone);
    if (status == STATUS_OK) {
        rank_sort(&f.candidates, 0);
        take_page(&f, ret_found);
    }
    candidates_release(&f.candidates);
    return status;
}
