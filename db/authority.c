/* Which area a change belongs to, and the verdict over a whole save; see person.h. A record stands
 * in the area of its places; what has none takes that of what it hangs on. Confidential places do
 * not count, locked or not: the area stands in the log, which everybody can read. A save that is
 * not written yet lies over the stored records like a sheet. */
#include "db/person.h"

#include <stdio.h>
#include <string.h>

#include "db/internal.h"
#include "db/restricted.h"

/* Stored records with the changes of a save over them (none: count 0). */
struct view {
    struct db *db;
    const struct change *changes;
    size_t count;
    const int *levels; /* how confidential each change is going to be */
};

enum { DEPTH_MAX = 6 }; /* of what hangs on what: phone, location, organization, its services ... */

/* Several areas as one: what they share of their code. */
struct shared {
    bool any;
    char code[AREA_CODE];
};

static void share(struct shared *s, const char *code)
{
    if (!strcmp(code, AREA_COUNTRY_CODE))
        code = "";
    if (!s->any) {
        s->any = true;
        snprintf(s->code, sizeof s->code, "%s", code);
        return;
    }
    size_t same = 0;
    while (s->code[same] && s->code[same] == code[same])
        same++;
    s->code[same / 2 * 2] = '\0';
}

static enum status area_of(const struct view *v, enum record_kind kind, const struct uuid *id,
                           int depth, struct shared *shared);

static const struct value *changed_value(const struct view *v, const struct uuid *id, int field)
{
    const struct value *found = NULL;
    for (size_t i = 0; i < v->count; i++)
        for (size_t j = 0; j < v->changes[i].field_count; j++)
            if (v->changes[i].fields[j].field == field && uuid_equal(&v->changes[i].record, id))
                found = &v->changes[i].fields[j].value;
    return found;
}

static const struct change *created(const struct view *v, const struct uuid *id)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->changes[i].kind == OP_CREATE && uuid_equal(&v->changes[i].record, id))
            return &v->changes[i];
    return NULL;
}

/* The record's value of the field as it will be; texts are in the arena or in the changes. */
static enum status value_of(const struct view *v, enum record_kind kind, const struct uuid *id,
                            int field, struct record_list *list, struct value *ret_value)
{
    const struct value *changed = changed_value(v, id, field);
    *ret_value = changed ? *changed : (struct value){.type = VALUE_NULL};
    if (changed || created(v, id))
        return STATUS_OK;
    size_t at = list->count;
    enum status status = record_load(v->db, kind, id, list);
    if (status == STATUS_OK)
        *ret_value = *record_value(&list->rows[at], field);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status kind_of(const struct view *v, const struct uuid *id, enum record_kind *ret_kind)
{
    const struct change *c = created(v, id);
    sqlite3_stmt *s;
    bool row = false;
    *ret_kind = c ? c->record_kind : (enum record_kind)0;
    if (c)
        return STATUS_OK;
    enum status status = db_query(v->db, QUERY_OP_RECORD_KIND, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", id);
    status = db_step(v->db, s, &row);
    if (status == STATUS_OK && row)
        *ret_kind = (enum record_kind)sqlite3_column_int(s, 0);
    sqlite3_reset(s);
    return status;
}

/* The area that the field names. */
static enum status named_area(const struct view *v, enum record_kind kind, const struct uuid *id,
                              int field, struct shared *shared)
{
    struct record_list list = {0};
    struct value value;
    char code[AREA_CODE] = "";
    enum status status = value_of(v, kind, id, field, &list, &value);
    if (status == STATUS_OK && value.type == VALUE_TEXT && value.text.len < sizeof code) {
        memcpy(code, value.text.bytes, value.text.len);
        share(shared, code);
    }
    record_list_release(&list);
    return status;
}

/* A place that is confidential, is going to be, or is there no more. */
static enum status is_hidden(const struct view *v, const struct uuid *place, bool *ret_hidden)
{
    struct record_list list = {0};
    bool hidden = false, changed = false;
    for (size_t i = 0; i < v->count; i++)
        if (uuid_equal(&v->changes[i].record, place)) {
            hidden = v->levels[i] > LEVEL_PUBLIC || v->changes[i].kind == OP_CLOSE;
            changed = true;
        }
    enum status status = changed ? STATUS_OK : record_load(v->db, RECORD_LOCATION, place, &list);
    for (size_t i = 0; i < list.count; i++)
        hidden = list.rows[i].level > LEVEL_PUBLIC || list.rows[i].status == VALUE_STATUS_CLOSED;
    record_list_release(&list);
    *ret_hidden = hidden;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The area of the record that the field points to. */
static enum status pointed_area(const struct view *v, enum record_kind kind, const struct uuid *id,
                                int field, int depth, struct shared *shared)
{
    struct record_list list = {0};
    struct value value;
    enum record_kind target = 0;
    enum status status = value_of(v, kind, id, field, &list, &value);
    bool hidden = false;
    if (status == STATUS_OK && value.type == VALUE_ID)
        status = kind_of(v, &value.id, &target);
    if (status == STATUS_OK && target == RECORD_LOCATION && kind == RECORD_SERVICE_AT_LOCATION)
        status = is_hidden(v, &value.id, &hidden);
    if (status == STATUS_OK && target && !hidden)
        status = area_of(v, target, &value.id, depth + 1, shared);
    record_list_release(&list);
    return status;
}

static bool points_to(const struct change *c, enum record_kind kind, int owner_field,
                      const struct uuid *owner)
{
    if (c->record_kind != kind || c->kind != OP_CREATE)
        return false;
    for (size_t i = 0; i < c->field_count; i++)
        if (c->fields[i].field == owner_field && c->fields[i].value.type == VALUE_ID &&
            uuid_equal(&c->fields[i].value.id, owner))
            return true;
    return false;
}

/* The areas of all records of `kind` that hang on owner by owner_field: by what their `field`
 * names or points to, or their own when field is 0. */
static enum status children_areas(const struct view *v, enum record_kind kind, int owner_field,
                                  int field, const struct uuid *owner, int depth,
                                  struct shared *shared)
{
    struct record_list list = {0};
    const struct field *f = field_by_number(field);
    enum status status = record_children(v->db, kind, owner, &list);
    for (size_t i = 0; i < list.count + v->count && status == STATUS_OK; i++) {
        const struct change *c = i < list.count ? NULL : &v->changes[i - list.count];
        if (c && !points_to(c, kind, owner_field, owner))
            continue;
        const struct uuid *id = c ? &c->record : &list.rows[i].id;
        bool hidden = false;
        if (kind == RECORD_LOCATION)
            status = is_hidden(v, id, &hidden);
        if (status != STATUS_OK || hidden)
            continue;
        if (!f)
            status = area_of(v, kind, id, depth + 1, shared);
        else if (f->type == FIELD_AREA)
            status = named_area(v, kind, id, field, shared);
        else
            status = pointed_area(v, kind, id, field, depth, shared);
    }
    record_list_release(&list);
    return status;
}

static enum status service_area(const struct view *v, const struct uuid *id, int depth,
                                struct shared *shared)
{
    enum status status =
        children_areas(v, RECORD_SERVICE_AT_LOCATION, FIELD_ID(SERVICE_AT_LOCATION, service),
                       FIELD_ID(SERVICE_AT_LOCATION, location), id, depth, shared);
    if (status == STATUS_OK && !shared->any)
        status = children_areas(v, RECORD_SERVICE_AREA, FIELD_ID(SERVICE_AREA, service),
                                FIELD_ID(SERVICE_AREA, area), id, depth, shared);
    if (status == STATUS_OK && !shared->any)
        status =
            pointed_area(v, RECORD_SERVICE, id, FIELD_ID(SERVICE, organization), depth, shared);
    return status;
}

static enum status organization_area(const struct view *v, const struct uuid *id, int depth,
                                     struct shared *shared)
{
    enum status status =
        children_areas(v, RECORD_LOCATION, FIELD_ID(LOCATION, organization), 0, id, depth, shared);
    if (status == STATUS_OK && !shared->any)
        status = children_areas(v, RECORD_SERVICE, FIELD_ID(SERVICE, organization), 0, id, depth,
                                shared);
    return status;
}

/* The field by which a kind hangs on another record or names its area; 0 none. */
static int anchor_of(enum record_kind kind)
{
    static const int anchors[RECORD_KIND_END] = {
        [RECORD_PROGRAM] = FIELD_ID(PROGRAM, organization),
        [RECORD_SERVICE_AT_LOCATION] = FIELD_ID(SERVICE_AT_LOCATION, service),
        [RECORD_SERVICE_AREA] = FIELD_ID(SERVICE_AREA, service),
        [RECORD_PHONE] = FIELD_ID(PHONE, owner),
        [RECORD_CONTACT] = FIELD_ID(CONTACT, owner),
        [RECORD_SCHEDULE] = FIELD_ID(SCHEDULE, owner),
        [RECORD_LANGUAGE] = FIELD_ID(LANGUAGE, owner),
        [RECORD_ACCESSIBILITY] = FIELD_ID(ACCESSIBILITY, owner),
        [RECORD_CAPACITY] = FIELD_ID(CAPACITY, service),
        [RECORD_AREA_ALERT] = FIELD_ID(AREA_ALERT, area),
        [RECORD_TERM_LINK] = FIELD_ID(TERM_LINK, record),
    };
    return kind > 0 && kind < RECORD_KIND_END ? anchors[kind] : 0;
}

static enum status area_of(const struct view *v, enum record_kind kind, const struct uuid *id,
                           int depth, struct shared *shared)
{
    int anchor = anchor_of(kind);
    if (depth > DEPTH_MAX)
        return STATUS_OK;
    if (kind == RECORD_SERVICE)
        return service_area(v, id, depth, shared);
    if (kind == RECORD_ORGANIZATION)
        return organization_area(v, id, depth, shared);
    if (kind == RECORD_LOCATION)
        return named_area(v, kind, id, FIELD_ID(LOCATION, area), shared);
    if (anchor && field_by_number(anchor)->type == FIELD_AREA)
        return named_area(v, kind, id, anchor, shared);
    return anchor ? pointed_area(v, kind, id, anchor, depth, shared) : STATUS_OK;
}

static enum status area_in(struct db *db, const struct change *changes, size_t count,
                           const int *levels, size_t at, char ret_area[AREA_CODE])
{
    const struct view v = {db, changes, count, levels};
    struct shared shared = {0};
    enum status status = area_of(&v, changes[at].record_kind, &changes[at].record, 0, &shared);
    if (status == STATUS_OK)
        memcpy(ret_area, shared.code, AREA_CODE);
    return status;
}

enum status authority_area(struct db *db, const struct change *changes, size_t count, size_t at,
                           char ret_area[AREA_CODE])
{
    struct arena arena = {0};
    int *levels = arena_alloc(&arena, count * sizeof *levels);
    enum status status = restricted_levels_of(db, changes, count, levels);
    if (status == STATUS_OK)
        status = area_in(db, changes, count, levels, at, ret_area);
    arena_release(&arena);
    return status;
}

/* The stricter of *verdict and that of one area; the area is noted where it decides. */
static enum status judge(struct db *db, const struct person *person, enum op_kind op,
                         const char *area, enum verdict *verdict, char decided[AREA_CODE])
{
    enum verdict one;
    enum status status = authority_in(db, person, op, area, &one);
    if (status == STATUS_OK && one > *verdict) {
        *verdict = one;
        memcpy(decided, area, AREA_CODE);
    }
    return status;
}

enum status authority_over(struct db *db, const struct person *person, const struct change *changes,
                           size_t count, enum verdict *ret_verdict, char *ret_area)
{
    enum verdict verdict = VERDICT_ALLOWED;
    char area[AREA_CODE] = "", decided[AREA_CODE] = "";
    struct arena arena = {0};
    int *levels = arena_alloc(&arena, (count + 1) * sizeof *levels);
    enum status status = restricted_levels_of(db, changes, count, levels);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        status = area_in(db, changes, count, levels, i, area);
        if (status == STATUS_OK && !i)
            memcpy(decided, area, AREA_CODE);
        if (status == STATUS_OK)
            status = judge(db, person, changes[i].kind, area, &verdict, decided);
        if (status != STATUS_OK || changes[i].kind == OP_CREATE)
            continue;
        const struct view before = {.db = db};
        struct shared shared = {0};
        status = area_of(&before, changes[i].record_kind, &changes[i].record, 0, &shared);
        if (status == STATUS_OK)
            status = judge(db, person, changes[i].kind, shared.code, &verdict, decided);
    }
    arena_release(&arena);
    if (status != STATUS_OK)
        return status;
    *ret_verdict = verdict;
    if (ret_area)
        memcpy(ret_area, decided, AREA_CODE);
    return STATUS_OK;
}
