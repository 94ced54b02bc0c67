/* Lists without words, read in order from search_list: an area's own services, then those made for
 * the areas around it; kinds of service; everything. Rows of equal rank are put in the order of
 * their names when they are few enough to be read for it. */
#include <stdlib.h>
#include <string.h>

#include "db/search_plan.h"

enum { GROUP_MOST = 256, SOURCES_MOST = 64 };

/* A stretch of search_list. */
struct source {
    int64_t list, low, high;
    bool check_area;
};

struct entry {
    int64_t docid, order;
    size_t source;
    int64_t rank;
};

struct lister {
    struct db *db;
    const struct plan *plan;
    struct source sources[SOURCES_MOST];
    size_t source_count;
    struct entry *entries;
    size_t count, room;
    struct candidates seen;
    size_t end; /* of the page */
    bool more;
};

static void add_source(struct lister *l, int64_t list, int how_low, int how_high, bool check_area)
{
    int64_t low = (int64_t)how_low << RANK_HOW_SHIFT, high = (int64_t)how_high << RANK_HOW_SHIFT;
    for (size_t i = 0; i < l->source_count; i++)
        if (l->sources[i].list == list && l->sources[i].low == low)
            return;
    if (l->source_count < SOURCES_MOST)
        l->sources[l->source_count++] = (struct source){list, low, high, check_area};
}

static void add_own(struct lister *l, const char *code)
{
    int64_t list = list_of_area(code);
    switch (l->plan->where) {
    case WHERE_ANY:
        add_source(l, list, HOW_OWN, HOW_PART + 1, false);
        break;
    case WHERE_LOCATED:
        add_source(l, list, HOW_OWN, HOW_LOCATED + 1, false);
        break;
    case WHERE_COVERING:
        add_source(l, list, HOW_OWN, HOW_OWN + 1, false);
        add_source(l, list, HOW_COVERS, HOW_COVERS + 1, false);
        break;
    }
}

static void add_above(struct lister *l)
{
    if (l->plan->where == WHERE_LOCATED)
        return;
    for (size_t len = AREA_CODE - 3; len >= 2; len -= 2)
        for (size_t i = 0; i < l->plan->asked_count; i++) {
            char above[AREA_CODE] = "";
            if (area_level(l->plan->asked[i]) == 0 || strlen(l->plan->asked[i]) <= len)
                continue;
            memcpy(above, l->plan->asked[i], len);
            add_source(l, list_of_area(above), HOW_OWN, HOW_OWN + 1, false);
            add_source(l, list_of_area(above), HOW_COVERS, HOW_COVERS + 1, false);
        }
    add_source(l, LIST_COUNTRY, HOW_OWN, HOW_PART + 1, false);
}

static void choose_sources(struct lister *l)
{
    const struct plan *plan = l->plan;
    bool open = plan->status != VALUE_STATUS_CLOSED;
    for (size_t i = 0; open && i < plan->asked_count; i++)
        add_own(l, plan->asked[i]);
    if (open && plan->asked_count)
        add_above(l);
    for (size_t i = 0; open && !plan->asked_count && i < plan->type_count; i++)
        add_source(l, list_of_type(plan->types[i]), HOW_OWN, HOW_PART + 1, false);
    if (open && !plan->asked_count && !plan->type_count)
        add_source(l, LIST_ALL, HOW_OWN, HOW_PART + 1, false);
    if (plan->status == VALUE_STATUS_CLOSED || plan->status < 0)
        add_source(l, list_of_status(VALUE_STATUS_CLOSED), HOW_OWN, HOW_PART + 1, true);
}

static bool same_group(const struct entry *a, const struct entry *b)
{
    return a->source == b->source && a->rank == b->rank;
}

/* Is the group that the page ends in complete, or too long to be put in order? */
static bool is_enough(const struct lister *l)
{
    if (l->count <= l->end)
        return false;
    return !same_group(&l->entries[l->end - 1], &l->entries[l->count - 1]) ||
           l->count > l->end + GROUP_MOST;
}

static void add_entry(struct lister *l, int64_t docid, size_t source, int64_t rank)
{
    if (l->count == l->room) {
        l->room = l->room ? l->room * 2 : 512;
        l->entries = mem_realloc(l->entries, l->room, sizeof *l->entries);
    }
    l->entries[l->count++] = (struct entry){.docid = docid, .source = source, .rank = rank};
}

static enum status is_in_area(struct lister *l, int64_t docid, bool *ret_in)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(l->db, QUERY_ROW_OF_DOCID, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":docid", docid);
    status = db_step(l->db, s, &row);
    *ret_in = status == STATUS_OK && row &&
              plan_relation(l->plan, column_text(s, ROW_LOCATED), column_text(s, ROW_COVERS)).any;
    sqlite3_reset(s);
    return status;
}

static enum status read_source(struct lister *l, size_t source)
{
    const struct source *from = &l->sources[source];
    sqlite3_stmt *s;
    enum status status = db_query(l->db, QUERY_LIST_RANGE, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":list", from->list);
    bind_int(s, ":low", from->low);
    bind_int(s, ":high", from->high);
    bool row;
    while (!is_enough(l) && (status = db_step(l->db, s, &row)) == STATUS_OK && row) {
        int64_t docid = sqlite3_column_int64(s, 1);
        if (!plan_passes(l->plan, (uint64_t)sqlite3_column_int64(s, 2), sqlite3_column_int64(s, 3)))
            continue;
        bool in = true;
        if (from->check_area)
            status = is_in_area(l, docid, &in);
        if (status != STATUS_OK)
            break;
        if (in && (l->source_count == 1 || !candidates_know(&l->seen, docid)))
            add_entry(l, docid, source, sqlite3_column_int64(s, 0));
    }
    sqlite3_reset(s);
    return status;
}

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return (a->docid > b->docid) - (a->docid < b->docid);
}

static enum status sort_group(struct lister *l, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++) {
        sqlite3_stmt *s;
        bool row;
        enum status status = db_query(l->db, QUERY_ROW_ORDER, &s);
        if (status != STATUS_OK)
            return status;
        bind_int(s, ":docid", l->entries[i].docid);
        status = db_step(l->db, s, &row);
        if (status != STATUS_OK)
            return status;
        if (row)
            l->entries[i].order = sqlite3_column_int64(s, l->plan->lang == LANG_KM ? 0 : 1);
        sqlite3_reset(s);
    }
    qsort(l->entries + from, end - from, sizeof *l->entries, compare);
    return STATUS_OK;
}

/* Orders the groups that have a part in the page. */
static enum status sort_page(struct lister *l)
{
    enum status status = STATUS_OK;
    for (size_t from = 0, end; status == STATUS_OK && from < l->count && from < l->end;
         from = end) {
        for (end = from + 1; end < l->count && same_group(&l->entries[from], &l->entries[end]);)
            end++;
        if (end > l->plan->offset && end - from > 1 && end - from <= GROUP_MOST)
            status = sort_group(l, from, end);
    }
    return status;
}

static void take_page(const struct lister *l, struct found *ret_found)
{
    const struct plan *plan = l->plan;
    size_t from = plan->offset < l->count ? plan->offset : l->count;
    size_t end = l->end < l->count ? l->end : l->count;
    struct found found = {.total = l->count, .more = end < l->count};
    found.rows = mem_zalloc(end - from + 1, sizeof *found.rows);
    for (size_t i = from; i < end; i++)
        found.rows[found.count++] = (struct found_row){l->entries[i].docid, REASON_LIST};
    *ret_found = found;
}

enum status find_listed(struct db *db, const struct plan *plan, struct found *ret_found)
{
    struct lister l = {.db = db, .plan = plan, .end = plan->offset + plan->limit};
    choose_sources(&l);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < l.source_count && !is_enough(&l); i++)
        status = read_source(&l, i);
    if (status == STATUS_OK)
        status = sort_page(&l);
    if (status == STATUS_OK)
        take_page(&l, ret_found);
    candidates_release(&l.seen);
    free(l.entries);
    return status;
}
