/* What the form checks and what it saves; see form_data.h. The rules are those of the log
 * (db/rule.h): here they are asked before, so that each fault can be told where it is. */
#include "tui/form_data.h"

#include <string.h>

#include "db/rule.h"

bool form_part_empty(const struct part *p)
{
    if (!p->fresh)
        return false;
    for (size_t i = 0; i < p->count; i++)
        if (!form_box_hidden(p, &p->boxes[i]) && form_box_changed(&p->boxes[i]) &&
            p->boxes[i].field->number != FIELD_STATUS)
            return false;
    return !p->place || !p->place->fresh || form_part_empty(p->place);
}

bool form_part_changed(const struct part *p)
{
    if (p->gone)
        return false;
    if (p->fresh)
        return !p->removed && !form_part_empty(p);
    if (p->removed || p->reopens)
        return true;
    for (size_t i = 0; i < p->count; i++)
        if (form_box_changed(&p->boxes[i]))
            return true;
    return false;
}

bool form_data_changed(const struct form_data *d)
{
    for (size_t i = 0; i < d->count; i++)
        if (form_part_changed(d->parts[i]))
            return true;
    return false;
}

static int own_level(const struct part *p)
{
    int level = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct box *c = &p->boxes[i];
        if (strcmp(c->field->column, "confidentiality"))
            continue;
        if (c->base.type == VALUE_INT && c->base.integer > level)
            level = (int)c->base.integer;
        if (c->now.type == VALUE_INT && c->now.integer > level)
            level = (int)c->now.integer;
    }
    return level;
}

int form_part_level(const struct form_data *d, const struct part *p)
{
    int level = own_level(p);
    const struct part *owner = form_data_find(d, &p->owner);
    int above = p->place ? own_level(p->place) : 0;
    if (above > level)
        level = above;
    above = owner && owner != p ? own_level(owner) : 0;
    return above > level ? above : level;
}

/* --- checking
 * ---------------------------------------------------------------------------------------- */

/* The reference by which the part hangs on its owner. */
static const struct field *owner_field(const struct part *p)
{
    static const char *const columns[] = {"owner", "service", "record", "organization"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const struct field *f = field_by_column(p->kind, columns[i]);
        if (f && f->type == FIELD_RECORD)
            return f;
    }
    return NULL;
}

/* What the reference says when the part is saved: the owner's id for a fresh one. */
static struct value box_value(const struct form_data *d, const struct part *p, const struct box *c)
{
    if (!p->fresh || !form_box_hidden(p, c))
        return c->now;
    const struct field *owner = owner_field(p);
    struct value v = {.type = VALUE_ID, .id = p->owner};
    if (p->kind == RECORD_SERVICE_AT_LOCATION &&
        c->field->number == FIELD_ID(SERVICE_AT_LOCATION, location))
        v.id = p->place ? p->place->id : p->owner;
    else if (c->field != owner)
        return c->now;
    else if (p->kind == RECORD_LOCATION && form_data_root(d)->kind == RECORD_SERVICE)
        return form_box(form_data_root(d), FIELD_ID(SERVICE, organization))->now;
    return v;
}

void form_part_check(struct form_data *d, struct part *p)
{
    struct arena arena = {0};
    struct record r = {.id = p->id, .kind = p->kind, .status = VALUE_STATUS_ACTIVE};
    int field;
    struct fault fault;
    (void)field_list(p->kind, &r.count);
    r.values = arena_alloc(&arena, r.count * sizeof *r.values);
    for (size_t i = 0; i < r.count; i++) {
        struct box *c = &p->boxes[i];
        if (c->fault.kind == FAULT_MISSING || c->fault.kind == FAULT_ORDER)
            c->fault.kind = FAULT_NONE;
        r.values[i] = box_value(d, p, c);
    }
    if (value_check_record(&r, &field, &fault) == STATUS_INVALID) {
        struct box *c = form_box(p, field);
        if (c && c->fault.kind == FAULT_NONE)
            c->fault = fault;
    }
    arena_release(&arena);
}

static void check_part(struct form_data *d, struct part *p)
{
    for (size_t i = 0; i < p->count; i++)
        form_box_read(d, &p->boxes[i]);
    form_part_check(d, p);
}

static bool is_saved(const struct part *p, const struct part *root)
{
    return p == root || (!p->removed && form_part_changed(p));
}

enum status form_data_check(struct form_data *d, struct part **ret_part, struct box **ret_box)
{
    bool found = false;
    for (size_t i = 0; i < d->count; i++) {
        struct part *p = d->parts[i];
        if (!is_saved(p, d->parts[0]))
            continue;
        check_part(d, p);
        for (size_t k = 0; k < p->count; k++) {
            struct box *c = &p->boxes[k];
            c->shown = c->fault.kind != FAULT_NONE;
            if (!c->shown || found)
                continue;
            found = true;
            *ret_part = p;
            *ret_box = c;
        }
    }
    return found ? STATUS_INVALID : STATUS_OK;
}

/* --- saving
 * ------------------------------------------------------------------------------------------ */

/* The fields of a fresh part that say something. */
static size_t fresh_fields(const struct form_data *d, const struct part *p, struct field_value *out)
{
    size_t count = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct value v = box_value(d, p, &p->boxes[i]);
        bool plain = p->boxes[i].field->number == FIELD_STATUS && v.type == VALUE_INT &&
                     v.integer == VALUE_STATUS_ACTIVE;
        if (v.type != VALUE_NULL && !plain)
            out[count++] = (struct field_value){p->boxes[i].field->number, v};
    }
    return count;
}

static size_t changed_fields(const struct part *p, struct field_value *out)
{
    size_t count = 0;
    for (size_t i = 0; i < p->count; i++)
        if (form_box_changed(&p->boxes[i]))
            out[count++] = (struct field_value){p->boxes[i].field->number, p->boxes[i].now};
    return count;
}

static struct change change_of(struct form_data *d, const struct part *p, struct arena *arena)
{
    struct field_value *fields = arena_alloc(arena, (p->count + 2) * sizeof *fields);
    struct change c = {.record_kind = p->kind,
                       .record = p->id,
                       .area = "",
                       .actor = "",
                       .fields = fields,
                       .seen = &p->seen};
    if (p->fresh) {
        c.kind = OP_CREATE;
        c.seen = NULL;
        c.field_count = fresh_fields(d, p, fields);
    } else if (p->removed) {
        c.kind = OP_CLOSE;
    } else {
        c.kind = OP_SET;
        c.field_count = changed_fields(p, fields);
        if (p->reopens && !form_box(p, FIELD_STATUS))
            fields[c.field_count++] = (struct field_value){
                FIELD_STATUS, {.type = VALUE_INT, .integer = VALUE_STATUS_ACTIVE}};
    }
    return c;
}

bool form_part_kept(const struct part *p)
{
    return form_part_changed(p) || (p->fresh && !p->removed && !p->gone);
}

static void collect(struct form_data *d, struct arena *arena, const char *reason,
                    bool (*wanted)(const struct part *p), struct change **ret_changes,
                    size_t *ret_count)
{
    struct change *changes = arena_alloc(arena, (d->count + 1) * sizeof *changes);
    size_t count = 0;
    for (size_t i = 0; i < d->count; i++)
        if (wanted(d->parts[i])) {
            changes[count] = change_of(d, d->parts[i], arena);
            changes[count++].reason = reason;
        }
    *ret_changes = changes;
    *ret_count = count;
}

void form_data_changes(struct form_data *d, struct arena *arena, const char *reason,
                       struct change **ret_changes, size_t *ret_count)
{
    collect(d, arena, reason, form_part_changed, ret_changes, ret_count);
}

void form_data_planned(struct form_data *d, struct arena *arena, struct change **ret_changes,
                       size_t *ret_count)
{
    collect(d, arena, "", form_part_kept, ret_changes, ret_count);
}
