/* Loading and changing what the form edits; see form_data.h. Checking and saving it is in
 * form_check.c. */
#include "tui/form_data.h"

#include <stdlib.h>
#include <string.h>

enum { LISTS_MOST = 16 };

const struct field *form_status_field(void)
{
    static const struct field status = {.number = FIELD_STATUS,
                                        .column = "status",
                                        .type = FIELD_ENUM,
                                        .lang = FIELD_NONE,
                                        .label = MSG_FIELD_STATUS,
                                        .rule = "ENUM_STATUS",
                                        .hsds = "-"};
    return &status;
}

const struct field *form_field(int number)
{
    return number == FIELD_STATUS ? form_status_field() : field_by_number(number);
}

const enum record_kind *form_data_lists(enum record_kind kind, size_t *ret_count)
{
    static const enum record_kind service[] = {
        RECORD_TERM_LINK, RECORD_PHONE,         RECORD_SCHEDULE,
        RECORD_CONTACT,   RECORD_SERVICE_AREA,  RECORD_LANGUAGE,
        RECORD_CAPACITY,  RECORD_ACCESSIBILITY, RECORD_SERVICE_AT_LOCATION};
    static const enum record_kind organization[] = {RECORD_PHONE, RECORD_CONTACT, RECORD_LOCATION};
    *ret_count = 0;
    if (kind == RECORD_SERVICE) {
        *ret_count = sizeof service / sizeof *service;
        return service;
    }
    if (kind == RECORD_ORGANIZATION) {
        *ret_count = sizeof organization / sizeof *organization;
        return organization;
    }
    return NULL;
}

/* --- boxes
 * ------------------------------------------------------------------------------------------- */

static bool is_picked(const struct field *f)
{
    return f->type == FIELD_ENUM || f->type == FIELD_AREA || f->type == FIELD_TERM ||
           f->type == FIELD_RECORD || f->type == FIELD_DAYS;
}

static void init_box(struct box *c, const struct field *f)
{
    *c = (struct box){.field = f, .picked = is_picked(f)};
    edit_init(&c->edit);
    c->edit.max = EDIT_FIELD_MAX;
}

static void release_box(struct box *c)
{
    edit_release(&c->edit);
    arena_release(&c->arena);
}

void form_box_read(struct form_data *d, struct box *c)
{
    struct value read = {.type = VALUE_NULL};
    if (c->picked)
        return;
    arena_release(&c->arena);
    c->now = read;
    c->fault.kind = FAULT_NONE;
    enum status status = value_read(d->db, c->field, c->edit.text.bytes, c->edit.text.len,
                                    &c->arena, &read, &c->fault);
    if (status == STATUS_OK)
        c->now = read;
    if (c->fault.kind == FAULT_NONE)
        c->shown = false;
}

void form_box_put(struct box *c, const struct value *v)
{
    struct arena arena = {0};
    struct value copy = value_copy(&arena, v);
    arena_release(&c->arena);
    c->arena = arena;
    c->now = copy;
    c->fault.kind = FAULT_NONE;
    c->shown = false;
    if (c->picked)
        return;
    struct text typed = TEXT_INIT;
    value_write(&typed, LANG_EN, c->field, v);
    edit_set(&c->edit, typed.bytes, typed.len);
    text_release(&typed);
}

bool form_box_changed(const struct box *c)
{
    return c->fault.kind != FAULT_NONE || !value_equal(&c->now, &c->base);
}

struct box *form_box(const struct part *p, int field)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->boxes[i].field->number == field)
            return &p->boxes[i];
    return NULL;
}

bool form_box_hidden(const struct part *p, const struct box *c)
{
    const char *column = c->field->column;
    switch (p->kind) {
    case RECORD_SERVICE: /* suspending is the alert's business (suspend.h) */
        return c->field->number == FIELD_ID(SERVICE, suspended_by);
    case RECORD_PROGRAM:
    case RECORD_ORGANIZATION:
    case RECORD_AREA_ALERT:
        return false;
    case RECORD_LOCATION:
        return c->field->type == FIELD_RECORD;
    case RECORD_SERVICE_AT_LOCATION:
        return c->field->type == FIELD_RECORD;
    default:
        return !strcmp(column, "owner") || !strcmp(column, "service") || !strcmp(column, "record");
    }
}

/* --- parts
 * ------------------------------------------------------------------------------------------- */

static struct part *add_part(struct form_data *d, enum record_kind kind)
{
    size_t fields;
    const struct field *f = field_list(kind, &fields);
    bool has_status = kind == RECORD_SERVICE || kind == RECORD_ORGANIZATION ||
                      kind == RECORD_PROGRAM || kind == RECORD_AREA_ALERT;
    struct part *p = arena_alloc(&d->arena, sizeof *p);
    p->kind = kind;
    p->count = fields + has_status;
    p->boxes = arena_alloc(&d->arena, p->count * sizeof *p->boxes);
    for (size_t i = 0; i < fields; i++)
        init_box(&p->boxes[i], &f[i]);
    if (has_status)
        init_box(&p->boxes[fields], form_status_field());
    d->parts = arena_grow(&d->arena, d->parts, d->count, &d->room, sizeof *d->parts);
    d->parts[d->count++] = p;
    return p;
}

struct part *form_data_root(const struct form_data *d)
{
    return d->parts[0];
}

struct part *form_data_find(const struct form_data *d, const struct uuid *id)
{
    for (size_t i = 0; i < d->count; i++)
        if (uuid_equal(&d->parts[i]->id, id))
            return d->parts[i];
    return NULL;
}

/* Takes over what is stored. */
static enum status fill_part(struct form_data *d, struct part *p, const struct record *r)
{
    p->id = r->id;
    for (size_t i = 0; i < p->count; i++) {
        struct box *c = &p->boxes[i];
        struct value status = {.type = VALUE_INT, .integer = r->status};
        const struct value *v =
            c->field->number == FIELD_STATUS ? &status : record_value(r, c->field->number);
        c->base = value_copy(&d->arena, v);
        form_box_put(c, &c->base);
    }
    return op_seen(d->db, &p->id, &p->seen);
}

struct part *form_data_adopt(struct form_data *d, const struct part *stored)
{
    struct part *p = add_part(d, stored->kind);
    p->id = stored->id;
    p->seen = stored->seen;
    for (size_t i = 0; i < p->count; i++) {
        p->boxes[i].base = value_copy(&d->arena, &stored->boxes[i].base);
        form_box_put(&p->boxes[i], &p->boxes[i].base);
    }
    return p;
}

static enum status take_record(struct form_data *d, const struct record *r,
                               const struct uuid *owner, struct part **ret_part)
{
    struct part *p = form_data_find(d, &r->id);
    if (!p) {
        p = add_part(d, r->kind);
        if (owner)
            p->owner = *owner;
        enum status status = fill_part(d, p, r);
        if (status != STATUS_OK)
            return status;
    }
    *ret_part = p;
    return STATUS_OK;
}

struct part *form_data_make(struct form_data *d, enum record_kind kind, const struct uuid *id)
{
    struct part *p = add_part(d, kind);
    p->id = *id;
    p->fresh = true;
    return p;
}

enum status form_data_take(struct form_data *d, enum record_kind kind, const struct uuid *id,
                           struct part **ret_part)
{
    struct record_list list = {0};
    enum status status = record_load(d->db, kind, id, &list);
    if (status == STATUS_OK)
        status = take_record(d, &list.rows[0], NULL, ret_part);
    record_list_release(&list);
    return status;
}

static enum status take_place(struct form_data *d, struct part *link)
{
    const struct box *location = form_box(link, FIELD_ID(SERVICE_AT_LOCATION, location));
    struct record_list list = {0};
    if (location->now.type != VALUE_ID)
        return STATUS_OK;
    enum status status = record_load(d->db, RECORD_LOCATION, &location->now.id, &list);
    if (status == STATUS_OK)
        status = take_record(d, &list.rows[0], NULL, &link->place);
    record_list_release(&list);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status take_children(struct form_data *d, enum record_kind kind,
                                 const struct uuid *owner)
{
    struct record_list list = {0};
    enum status status = record_children(d->db, kind, owner, &list);
    for (size_t i = 0; i < list.count && status == STATUS_OK; i++) {
        struct part *p;
        status = take_record(d, &list.rows[i], owner, &p);
        if (status == STATUS_OK && kind == RECORD_SERVICE_AT_LOCATION)
            status = take_place(d, p);
    }
    record_list_release(&list);
    return status;
}

/* What belongs to the places and the organization of a service is told with it, so it is changed
 * there too. */
static enum status take_shared(struct form_data *d)
{
    static const enum record_kind shared[] = {RECORD_PHONE, RECORD_CONTACT, RECORD_SCHEDULE};
    const struct box *organization = form_box(form_data_root(d), FIELD_ID(SERVICE, organization));
    size_t own = d->count;
    enum status status = STATUS_OK;
    for (size_t k = 0; k < sizeof shared / sizeof *shared && status == STATUS_OK; k++) {
        for (size_t i = 0; i < own && status == STATUS_OK; i++)
            if (d->parts[i]->kind == RECORD_LOCATION)
                status = take_children(d, shared[k], &d->parts[i]->id);
        if (organization->now.type == VALUE_ID && status == STATUS_OK)
            status = take_children(d, shared[k], &organization->now.id);
    }
    return status;
}

enum status form_data_load(struct db *db, enum record_kind kind, const struct uuid *id,
                           struct form_data *ret_data)
{
    struct form_data d = {.db = db};
    struct record_list list = {0};
    struct part *root;
    size_t lists;
    const enum record_kind *list_kinds = form_data_lists(kind, &lists);
    enum status status = record_load(db, kind, id, &list);
    if (status == STATUS_OK)
        status = take_record(&d, &list.rows[0], NULL, &root);
    record_list_release(&list);
    for (size_t i = 0; i < lists && status == STATUS_OK; i++)
        status = take_children(&d, list_kinds[i], id);
    if (status == STATUS_OK && kind == RECORD_SERVICE)
        status = take_shared(&d);
    if (status != STATUS_OK)
        form_data_release(&d);
    else
        *ret_data = d;
    return status;
}

/* What a new record of the kind says without being told. */
static void set_defaults(struct part *p)
{
    static const struct {
        int field;
        int64_t value;
    } defaults[] = {
        {FIELD_STATUS, VALUE_STATUS_ACTIVE},
        {FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE},
        {FIELD_ID(PHONE, kind), VALUE_PHONE_KIND_MOBILE},
        {FIELD_ID(SCHEDULE, days), 31},
    };
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
        struct box *c = form_box(p, defaults[i].field);
        struct value v = {.type = VALUE_INT, .integer = defaults[i].value};
        if (c)
            form_box_put(c, &v);
        if (c && defaults[i].field != FIELD_STATUS)
            c->base = v;
    }
}

enum status form_data_add(struct form_data *d, enum record_kind kind, const struct uuid *owner,
                          struct part **ret_part)
{
    struct uuid id;
    struct part *p, *place = NULL;
    enum status status = uuid_new(db_now_ms(d->db), &id);
    if (status == STATUS_OK && kind == RECORD_SERVICE_AT_LOCATION)
        status = form_data_add(d, RECORD_LOCATION, NULL, &place);
    if (status != STATUS_OK)
        return status;
    p = add_part(d, kind);
    p->id = id;
    p->fresh = p->open = true;
    p->place = place;
    if (d->count > 1)
        p->owner = owner ? *owner : form_data_root(d)->id;
    set_defaults(p);
    *ret_part = p;
    return STATUS_OK;
}

enum status form_data_new(struct db *db, enum record_kind kind, const char *area,
                          struct form_data *ret_data)
{
    struct form_data d = {.db = db};
    struct part *root, *covers;
    enum status status = form_data_add(&d, kind, NULL, &root);
    const struct value code = {.type = VALUE_TEXT, .text = {.bytes = area, .len = strlen(area)}};
    if (status == STATUS_OK && kind == RECORD_SERVICE && *area) {
        status = form_data_add(&d, RECORD_SERVICE_AREA, NULL, &covers);
        if (status == STATUS_OK) {
            form_box_put(form_box(covers, FIELD_ID(SERVICE_AREA, area)), &code);
            covers->open = false;
        }
    }
    if (status == STATUS_OK && kind == RECORD_AREA_ALERT && *area)
        form_box_put(form_box(root, FIELD_ID(AREA_ALERT, area)), &code);
    if (status != STATUS_OK)
        form_data_release(&d);
    else
        *ret_data = d;
    return status;
}

void form_data_release(struct form_data *d)
{
    for (size_t i = 0; i < d->count; i++)
        for (size_t k = 0; k < d->parts[i]->count; k++)
            release_box(&d->parts[i]->boxes[k]);
    arena_release(&d->arena);
    *d = (struct form_data){0};
}

struct part *form_data_holder(const struct form_data *d, struct part *p)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->parts[i]->place == p)
            return d->parts[i];
    return p;
}

void form_data_remove(struct part *p)
{
    p->removed = true;
    p->open = false;
    if (p->place && p->place->fresh)
        p->place->removed = true;
}

void form_data_restore(struct part *p)
{
    p->removed = false;
    if (p->place)
        p->place->removed = false;
}
