/* The first documents of a set in an order of steps, without looking at each one: the set is parted
 * step by step as far as its beginning asks for. Knows nothing of what the steps mean. */
#include <stdlib.h>

#include "db/search_plan.h"

enum { FEW = 2048 }; /* documents that are looked at one by one */

struct keyed {
    size_t doc;
    uint64_t key;
};

static void add(struct picker *p, size_t doc)
{
    if (p->count == p->room) {
        p->room = p->room ? p->room * 2 : 512;
        p->docs = mem_realloc(p->docs, p->room, sizeof *p->docs);
    }
    p->docs[p->count++] = doc;
}

static bool is_full(const struct picker *p)
{
    return p->count >= p->want;
}

/* Equals, put in order when they are few, as far as they are wanted. */
static enum status add_group(struct picker *p, size_t *docs, size_t count)
{
    enum status status = STATUS_OK;
    if (p->skip >= count) {
        p->skip -= count;
        return STATUS_OK;
    }
    if (p->order && count > 1 && count <= PICK_GROUP)
        status = p->order(p->context, docs, count);
    for (size_t i = p->skip; status == STATUS_OK && i < count && !is_full(p); i++)
        add(p, docs[i]);
    p->skip = 0;
    return status;
}

static uint64_t key_of(const struct picker *p, size_t doc)
{
    uint64_t key = 0;
    for (size_t i = 0; i < p->step_count; i++) {
        const struct step *step = &p->steps[i];
        size_t part = 0;
        while (part < step->count && !set_has(step->parts[part], doc))
            part++;
        key = key * (step->count + 1) + part;
    }
    return key;
}

static int compare(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->doc > b->doc) - (a->doc < b->doc);
}

static enum status pick_few(struct picker *p, const struct set *set, size_t count)
{
    struct keyed *rows = mem_alloc((count + 1) * sizeof *rows);
    size_t *docs = mem_alloc((count + 1) * sizeof *docs);
    size_t n = 0;
    for (size_t doc = set_next(set, 0); doc != SIZE_MAX && n < count; doc = set_next(set, doc + 1))
        rows[n++] = (struct keyed){doc, key_of(p, doc)};
    qsort(rows, n, sizeof *rows, compare);
    for (size_t i = 0; i < n; i++)
        docs[i] = rows[i].doc;
    enum status status = STATUS_OK;
    for (size_t from = 0, end; status == STATUS_OK && from < n && !is_full(p); from = end) {
        for (end = from + 1; end < n && rows[end].key == rows[from].key;)
            end++;
        status = add_group(p, docs + from, end - from);
    }
    free(rows);
    free(docs);
    return status;
}

/* Equals in the order of their numbers: they are many. */
static void pick_many(struct picker *p, const struct set *set)
{
    for (size_t doc = set_next(set, 0); doc != SIZE_MAX && !is_full(p);
         doc = set_next(set, doc + 1)) {
        if (p->skip)
            p->skip--;
        else
            add(p, doc);
    }
}

static enum status pick_from(struct db *db, struct picker *p, const struct set *set, size_t at)
{
    size_t count = set_count(set);
    if (p->skip >= count) {
        p->skip -= count;
        return STATUS_OK;
    }
    if (count <= FEW)
        return pick_few(p, set, count);
    if (at == p->step_count) {
        pick_many(p, set);
        return STATUS_OK;
    }
    const struct step *step = &p->steps[at];
    size_t mark = sets_mark(db);
    struct set *part = sets_scratch(db), *rest = sets_scratch(db);
    enum status status = STATUS_OK;
    set_copy(rest, set);
    for (size_t i = 0; status == STATUS_OK && i < step->count && !is_full(p); i++) {
        set_meet(part, rest, step->parts[i]);
        status = pick_from(db, p, part, at + 1);
        set_and_not(rest, part);
    }
    if (status == STATUS_OK && !is_full(p))
        status = pick_from(db, p, rest, at + 1);
    sets_release(db, mark);
    return status;
}

enum status pick(struct db *db, struct picker *p, const struct set *set)
{
    return p->want ? pick_from(db, p, set, 0) : STATUS_OK;
}
