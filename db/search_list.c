/* Lists without words: everything that passes the filters, the nearest first, then by kind,
 * certainty and name. Equals are put in the order of their names when they are few enough to be
 * read for it. */
#include <stdlib.h>

#include "db/search_plan.h"

struct lister {
    struct db *db;
    const struct plan *plan;
};

struct entry {
    size_t doc;
    int64_t order;
};

static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return (a->doc > b->doc) - (a->doc < b->doc);
}

static enum status read_order(const struct lister *l, struct entry *entry)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(l->db, QUERY_ROW_ORDER, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":docid", (int64_t)entry->doc);
    status = db_step(l->db, s, &row);
    if (status == STATUS_OK && row)
        entry->order = sqlite3_column_int64(s, l->plan->lang == LANG_KM ? 0 : 1);
    sqlite3_reset(s);
    return status;
}

static enum status order(void *context, size_t *docs, size_t count)
{
    const struct lister *l = context;
    struct entry entries[PICK_GROUP];
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        entries[i] = (struct entry){.doc = docs[i]};
        status = read_order(l, &entries[i]);
    }
    if (status != STATUS_OK)
        return status;
    qsort(entries, count, sizeof *entries, compare);
    for (size_t i = 0; i < count; i++)
        docs[i] = entries[i].doc;
    return STATUS_OK;
}

enum status find_listed(struct db *db, const struct plan *plan, struct found *ret_found)
{
    struct lister l = {db, plan};
    struct picker *p = mem_zalloc(1, sizeof *p);
    const struct set *hits;
    p->skip = plan->offset;
    p->want = plan->limit;
    p->order = order;
    p->context = &l;
    enum status status = filter_set(db, plan, &hits);
    if (status == STATUS_OK)
        status = steps_level(db, plan, p);
    if (status == STATUS_OK)
        status = steps_need(db, plan, p);
    if (status == STATUS_OK)
        status = steps_how(db, plan, p);
    if (status == STATUS_OK)
        status = steps_kind(db, p);
    if (status == STATUS_OK)
        status = plan_go_on(db, plan);
    if (status == STATUS_OK)
        status = pick(db, p, hits);
    if (status == STATUS_OK) {
        struct found found = {.total = set_count(hits), .exact = true, .hits = hits};
        found.rows = mem_zalloc(p->count + 1, sizeof *found.rows);
        for (size_t i = 0; i < p->count; i++)
            found.rows[found.count++] = (struct found_row){(int64_t)p->docs[i], REASON_LIST};
        *ret_found = found;
    }
    free(p->docs);
    free(p);
    return status;
}
