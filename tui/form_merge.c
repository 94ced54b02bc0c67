/* Three versions come together; see form_merge.h. */
#include "tui/form_merge.h"

static void add_conflict(struct form_merge *m, struct part *p, struct box *b,
                         const struct value *theirs)
{
    m->rows = arena_grow(&m->arena, m->rows, m->count, &m->room, sizeof *m->rows);
    m->rows[m->count++] = (struct form_conflict){p, b, value_copy(&m->arena, theirs), true};
}

/* One field: base is as it was loaded, b->now as it is typed. */
static void merge_box(struct form_data *d, struct form_merge *m, struct part *p, struct box *b,
                      const struct value *theirs)
{
    bool they = !value_equal(theirs, &b->base), mine = form_box_changed(b);
    bool same = b->fault.kind == FAULT_NONE && value_equal(theirs, &b->now);
    if (!they)
        return;
    if (mine && !same)
        add_conflict(m, p, b, theirs);
    else if (!mine)
        m->taken++;
    if (!mine || same)
        form_box_put(b, theirs);
    if (!mine || same)
        b->base = value_copy(&d->arena, theirs);
}

/* A record that both had: field by field. */
static void merge_part(struct form_data *d, struct form_merge *m, struct part *p,
                       const struct part *stored)
{
    for (size_t i = 0; i < p->count; i++)
        merge_box(d, m, p, &p->boxes[i], &stored->boxes[i].base);
    p->seen = stored->seen;
}

/* They closed what is changed here: it is asked; what is not changed here just goes. */
static void merge_closed(struct form_merge *m, struct part *p)
{
    struct value nothing = {.type = VALUE_NULL};
    if (p->removed || !form_part_changed(p)) {
        p->gone = true;
        p->removed = false;
        p->open = false;
        return;
    }
    add_conflict(m, p, NULL, &nothing);
}

/* A record that others added comes in as it is stored. */
static void adopt(struct form_data *d, struct form_merge *m, struct form_data *stored, size_t i)
{
    struct part *theirs = stored->parts[i], *p = form_data_adopt(d, theirs);
    p->owner = theirs->owner;
    if (theirs->place)
        p->place = form_data_find(d, &theirs->place->id);
    m->taken++;
}

enum status form_merge_begin(struct form_data *d, struct form_merge *ret_merge)
{
    struct form_merge m = {0};
    struct form_data stored;
    struct part *root = form_data_root(d);
    if (root->fresh) {
        *ret_merge = m;
        return STATUS_OK;
    }
    enum status status = form_data_load(d->db, root->kind, &root->id, &stored);
    if (status == STATUS_NOT_FOUND) {
        m.gone = true;
        *ret_merge = m;
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < d->count; i++) {
        struct part *p = d->parts[i], *now = form_data_find(&stored, &p->id);
        if (p->fresh || p->gone)
            continue;
        if (now)
            merge_part(d, &m, p, now);
        else
            merge_closed(&m, p);
    }
    for (size_t i = 0; i < stored.count; i++)
        if (!form_data_find(d, &stored.parts[i]->id))
            adopt(d, &m, &stored, i);
    form_data_release(&stored);
    *ret_merge = m;
    return STATUS_OK;
}

/* A closed record that is wanted all the same is opened again with what is typed. */
static void choose_part(struct form_data *d, struct form_conflict *c)
{
    if (!c->mine) {
        c->part->gone = true;
        return;
    }
    c->part->reopens = true;
    if (op_seen(d->db, &c->part->id, &c->part->seen) != STATUS_OK)
        c->part->gone = true;
}

void form_merge_end(struct form_data *d, struct form_merge *m)
{
    for (size_t i = 0; i < m->count; i++) {
        struct form_conflict *c = &m->rows[i];
        if (!c->box) {
            choose_part(d, c);
            continue;
        }
        c->box->base = value_copy(&d->arena, &c->theirs);
        if (!c->mine)
            form_box_put(c->box, &c->theirs);
    }
}

void form_merge_release(struct form_merge *m)
{
    arena_release(&m->arena);
    *m = (struct form_merge){0};
}
