/* Services by the beginning of a telephone number, in whatever form it was typed. */
#include <stdlib.h>
#include <string.h>

#include "db/search_memory.h"
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

/* --- whose numbers begin so ----------------------------------------------------------------------
 */

/* Services with a number that begins so, whatever the filters: typing on asks for the same ones. */
struct numbers {
    struct numbered {
        int64_t docid;
        bool whole; /* the number is no longer than what was typed */
    } * rows;
    size_t count, room;
    bool full; /* there may be more */
};

struct collector {
    struct db *db;
    struct arena *arena;
    struct numbers *numbers;
    bool whole; /* of the number at hand */
};

static enum status add_service(struct collector *c, const struct uuid *service)
{
    sqlite3_stmt *s;
    bool there;
    enum status status = db_query(c->db, QUERY_ROW_ID, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", service);
    status = db_step(c->db, s, &there);
    if (status == STATUS_OK && there) {
        struct numbers *n = c->numbers;
        n->rows = arena_grow(c->arena, n->rows, n->count, &n->room, sizeof *n->rows);
        n->rows[n->count++] = (struct numbered){sqlite3_column_int64(s, 0), c->whole};
    }
    sqlite3_reset(s);
    return status;
}

static enum status add_services(struct collector *c, enum query_id query, const struct uuid *owner)
{
    sqlite3_stmt *s;
    enum status status = db_query(c->db, query, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", owner);
    bool row;
    struct uuid service;
    while ((status = db_step(c->db, s, &row)) == STATUS_OK && row)
        if (column_id(s, 0, &service) && (status = add_service(c, &service)) != STATUS_OK) {
            sqlite3_reset(s);
            break;
        }
    return status;
}

/* The owner of a number is a service, a location or an organization. */
static enum status add_owner(struct collector *c, const struct uuid *owner)
{
    size_t before = c->numbers->count;
    enum status status = add_service(c, owner);
    if (status == STATUS_OK && c->numbers->count == before)
        status = add_services(c, QUERY_SERVICES_NOW_AT_LOCATION, owner);
    if (status == STATUS_OK && c->numbers->count == before)
        status = add_services(c, QUERY_SERVICES_OF_ORGANIZATION, owner);
    return status;
}

static enum status read_numbers(struct collector *c, const struct text *low)
{
    sqlite3_stmt *s;
    enum status status = db_query(c->db, QUERY_PHONES_BEGIN, &s);
    if (status != STATUS_OK)
        return status;
    struct text high = TEXT_INIT;
    text_addf(&high, "%s:", low->bytes); /* ':' follows '9' */
    bind_text_len(s, ":low", low->bytes, low->len);
    bind_text_len(s, ":high", high.bytes, high.len);
    bind_int(s, ":limit", NUMBERS_MOST);
    size_t count = 0;
    bool row;
    while ((status = db_step(c->db, s, &row)) == STATUS_OK && row) {
        struct uuid owner;
        count++;
        c->whole = strcmp(column_text(s, 1), low->bytes) == 0;
        if (!column_id(s, 0, &owner))
            continue;
        status = add_owner(c, &owner);
        if (status != STATUS_OK)
            break;
    }
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    text_release(&high);
    c->numbers->full = count == NUMBERS_MOST;
    return status;
}

static enum status find_numbers(struct db *db, const struct text *low,
                                const struct numbers **ret_numbers)
{
    struct search *search = search_cache(db);
    struct numbers found = {.count = 0};
    struct arena arena = {0}, *kept;
    *ret_numbers = memory_get(search, MEMORY_NUMBER, low->bytes, low->len);
    if (*ret_numbers)
        return STATUS_OK;
    struct collector c = {.db = db, .arena = &arena, .numbers = &found};
    enum status status = read_numbers(&c, low);
    if (status == STATUS_OK) {
        struct numbers *numbers =
            memory_put(search, MEMORY_NUMBER, low->bytes, low->len, sizeof *numbers, &kept);
        *numbers = found;
        numbers->rows = arena_alloc(kept, (found.count + 1) * sizeof *numbers->rows);
        if (found.count)
            memcpy(numbers->rows, found.rows, found.count * sizeof *numbers->rows);
        *ret_numbers = numbers;
    }
    arena_release(&arena);
    return status;
}

/* --- what of them is asked for -------------------------------------------------------------------
 */

static enum status add_numbers(struct finder *f, const char *start, const char *digits)
{
    const struct numbers *numbers = NULL;
    struct text low = TEXT_INIT;
    text_addf(&low, "%s%s", start, digits);
    enum status status = find_numbers(f->db, &low, &numbers);
    for (size_t i = 0; status == STATUS_OK && i < numbers->count; i++) {
        const struct numbered *number = &numbers->rows[i];
        const struct row *row = NULL;
        if (!set_has(f->filter, (size_t)number->docid))
            continue;
        status = row_get(f->db, number->docid, &row);
        if (status != STATUS_OK || !row)
            continue;
        set_put(f->hits, (size_t)number->docid);
        rank_phone(f->plan, row, number->whole, &f->candidates);
    }
    f->full |= status == STATUS_OK && numbers->full;
    text_release(&low);
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
