/* How confidential a new record is unless somebody says otherwise; see restricted.h. */
#include <string.h>

#include "db/restricted.h"

/* Kinds of service whose places and people are confidential unless said otherwise: shelters. */
static const char *const hidden_terms[] = {"A3"};

/* A save, to see what it makes beside the record in question. */
struct around {
    struct db *db;
    const struct change *changes;
    size_t count;
};

bool restricted_hides_term(const char *term)
{
    for (size_t i = 0; i < sizeof hidden_terms / sizeof *hidden_terms; i++)
        if (!strcmp(term, hidden_terms[i]))
            return true;
    return false;
}

static bool hides_value(const struct value *v)
{
    for (size_t i = 0; i < sizeof hidden_terms / sizeof *hidden_terms; i++)
        if (v && v->type == VALUE_TEXT && v->text.len == strlen(hidden_terms[i]) &&
            !memcmp(v->text.bytes, hidden_terms[i], v->text.len))
            return true;
    return false;
}

static const struct value *value_in(const struct change *c, int field)
{
    for (size_t i = 0; i < c->field_count; i++)
        if (c->fields[i].field == field)
            return &c->fields[i].value;
    return NULL;
}

static bool points_to(const struct change *c, int field, const struct uuid *id)
{
    const struct value *v = value_in(c, field);
    return v && v->type == VALUE_ID && uuid_equal(&v->id, id);
}

static bool is_service_type(int64_t type)
{
    return type == VALUE_LINK_TYPE_SERVICE_TYPE;
}

/* By the kinds stored, or by those the save gives it. */
static enum status is_shelter(const struct around *a, const struct uuid *service, bool *is)
{
    struct record_list links = {0};
    for (size_t i = 0; i < a->count; i++) {
        const struct change *c = &a->changes[i];
        const struct value *type = value_in(c, FIELD_ID(TERM_LINK, type));
        if (c->record_kind == RECORD_TERM_LINK && c->kind == OP_CREATE &&
            points_to(c, FIELD_ID(TERM_LINK, record), service) && type &&
            is_service_type(type->integer) && hides_value(value_in(c, FIELD_ID(TERM_LINK, term))))
            *is = true;
    }
    enum status status = record_children(a->db, RECORD_TERM_LINK, service, &links);
    for (size_t i = 0; status == STATUS_OK && i < links.count; i++) {
        const struct record *r = &links.rows[i];
        if (is_service_type(record_int(r, FIELD_ID(TERM_LINK, type), 0)) &&
            hides_value(record_value(r, FIELD_ID(TERM_LINK, term))))
            *is = true;
    }
    record_list_release(&links);
    return status;
}

/* Any service of the organization, for a place that no service is linked to yet. */
static enum status runs_shelter(const struct around *a, const struct uuid *organization, bool *is)
{
    struct record_list services = {0};
    enum status status = record_children(a->db, RECORD_SERVICE, organization, &services);
    for (size_t i = 0; status == STATUS_OK && !*is && i < services.count; i++)
        status = is_shelter(a, &services.rows[i].id, is);
    record_list_release(&services);
    return status;
}

static enum status is_shelter_place(const struct around *a, const struct change *place, bool *is)
{
    const struct value *owner = value_in(place, FIELD_ID(LOCATION, organization));
    enum status status = STATUS_OK;
    bool linked = false;
    for (size_t i = 0; status == STATUS_OK && i < a->count; i++) {
        const struct change *c = &a->changes[i];
        const struct value *service = value_in(c, FIELD_ID(SERVICE_AT_LOCATION, service));
        if (c->record_kind != RECORD_SERVICE_AT_LOCATION || !service || service->type != VALUE_ID ||
            !points_to(c, FIELD_ID(SERVICE_AT_LOCATION, location), &place->record))
            continue;
        linked = true;
        status = is_shelter(a, &service->id, is);
    }
    if (status == STATUS_OK && !linked && owner && owner->type == VALUE_ID)
        status = runs_shelter(a, &owner->id, is);
    return status;
}

enum status restricted_default_of(struct db *db, const struct change *changes, size_t count,
                                  size_t at, int *ret_level)
{
    struct around a = {db, changes, count};
    const struct change *c = &changes[at];
    const struct value *owner = value_in(c, FIELD_ID(CONTACT, owner));
    enum status status = STATUS_OK;
    bool is = false;
    if (c->kind == OP_CREATE && c->record_kind == RECORD_LOCATION)
        status = is_shelter_place(&a, c, &is);
    else if (c->kind == OP_CREATE && c->record_kind == RECORD_CONTACT && owner &&
             owner->type == VALUE_ID)
        status = is_shelter(&a, &owner->id, &is);
    if (status == STATUS_OK)
        *ret_level = is ? LEVEL_OFFICIALS : LEVEL_PUBLIC;
    return status;
}

enum status restricted_default_level(struct db *db, const struct uuid *service,
                                     enum record_kind kind, int *ret_level)
{
    struct around a = {.db = db};
    bool is = false;
    enum status status = STATUS_OK;
    if (kind == RECORD_LOCATION || kind == RECORD_CONTACT)
        status = is_shelter(&a, service, &is);
    if (status == STATUS_OK)
        *ret_level = is ? LEVEL_OFFICIALS : LEVEL_PUBLIC;
    return status;
}
