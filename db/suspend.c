/* Suspending and restoring services of an alert; see suspend.h. */
#include "db/suspend.h"

#include <stdlib.h>
#include <string.h>

#include "db/area_services.h"
#include "i18n/number.h"

void suspend_list_release(struct suspend_list *list)
{
    arena_release(&list->arena);
    *list = (struct suspend_list){0};
}

/* --- what became of a suspended service --- */

static const struct field_value *field_of(const struct op_row *op, int field)
{
    for (size_t i = 0; i < op->field_count; i++)
        if (op->fields[i].field == field)
            return &op->fields[i];
    return NULL;
}

/* The op by which the alert that the record names now was named. */
static const struct op_row *suspending_op(const struct op_list *ops, const struct uuid *alert)
{
    for (size_t i = ops->count; i-- > 0;) {
        const struct field_value *f = field_of(&ops->rows[i], FIELD_ID(SERVICE, suspended_by));
        if (!ops->rows[i].undone && f)
            return f->value.type == VALUE_ID && uuid_equal(&f->value.id, alert) &&
                           field_of(&ops->rows[i], FIELD_STATUS)
                       ? &ops->rows[i]
                       : NULL;
    }
    return NULL;
}

static bool is_change(const struct op_row *op)
{
    return !op->undone && op->kind != OP_VERIFY && op->kind != OP_UNDO;
}

/* The latest change after the suspension; NULL: nobody made one. A confirmation is no change. */
static const struct op_row *change_since(const struct op_list *ops, const struct op_row *suspended)
{
    for (size_t i = ops->count; i-- > 0 && &ops->rows[i] != suspended;)
        if (is_change(&ops->rows[i]))
            return &ops->rows[i];
    return NULL;
}

/* What the log says of a service that names the alert. */
static enum status look_back(struct db *db, const struct uuid *alert, struct suspend_row *row,
                             struct arena *arena)
{
    struct op_list ops;
    enum status status = op_history(db, &row->id, &ops);
    if (status != STATUS_OK)
        return status;
    const struct op_row *suspended = suspending_op(&ops, alert);
    const struct op_row *since = suspended ? change_since(&ops, suspended) : NULL;
    row->state = suspended && !since ? SUSPEND_BY_THIS : SUSPEND_CHANGED;
    if (since) {
        row->changed_ms = since->time_ms;
        row->changed_by = arena_strdup(arena, since->actor);
    }
    op_list_release(&ops);
    return STATUS_OK;
}

/* --- reading --- */

static void read_row(sqlite3_stmt *s, const struct uuid *alert, struct suspend_list *list,
                     size_t *room)
{
    struct uuid by;
    int status = sqlite3_column_int(s, 7);
    bool named = column_id(s, 8, &by);
    list->rows = arena_grow(&list->arena, list->rows, list->count, room, sizeof *list->rows);
    struct suspend_row *row = &list->rows[list->count++];
    *row = (struct suspend_row){.name_km = arena_strdup(&list->arena, column_text(s, 1)),
                                .name_en = arena_strdup(&list->arena, column_text(s, 2)),
                                .abbreviation_km = arena_strdup(&list->arena, column_text(s, 9)),
                                .abbreviation_en = arena_strdup(&list->arena, column_text(s, 10)),
                                .types = arena_strdup(&list->arena, column_text(s, 3)),
                                .located = arena_strdup(&list->arena, column_text(s, 4)),
                                .covers = arena_strdup(&list->arena, column_text(s, 5)),
                                .phones = arena_strdup(&list->arena, column_text(s, 6)),
                                .state = SUSPEND_NOT,
                                .changed_by = ""};
    (void)column_id(s, 0, &row->id);
    if (status == VALUE_STATUS_ACTIVE)
        row->state = SUSPEND_ACTIVE;
    else if (status == VALUE_STATUS_TEMPORARILY_CLOSED && named)
        row->state = uuid_equal(&by, alert) ? SUSPEND_BY_THIS : SUSPEND_BY_OTHER;
}

/* What has to be asked of the log once the rows are read. */
static enum status finish_rows(struct db *db, const struct uuid *alert, bool named,
                               struct suspend_list *list)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < list->count && status == STATUS_OK; i++) {
        struct suspend_row *row = &list->rows[i];
        if (named || row->state == SUSPEND_BY_THIS)
            status = look_back(db, alert, row, &list->arena);
    }
    return status;
}

static int by_place_and_kind(const void *left, const void *right)
{
    const struct suspend_row *a = left, *b = right;
    int place = strcmp(a->located, b->located), kind = strcmp(a->types, b->types);
    if (place)
        return place;
    return kind ? kind : memcmp(&a->id, &b->id, sizeof a->id);
}

static enum status finish(struct db *db, const struct uuid *alert, bool named, enum status status,
                          struct suspend_list *list, struct suspend_list *ret_list)
{
    if (status == STATUS_OK)
        status = finish_rows(db, alert, named, list);
    if (status != STATUS_OK) {
        suspend_list_release(list);
        return status;
    }
    if (list->count)
        qsort(list->rows, list->count, sizeof *list->rows, by_place_and_kind);
    *ret_list = *list;
    return STATUS_OK;
}

static enum status read_one(struct db *db, const struct uuid *alert, const char *area,
                            const struct uuid *service, struct suspend_list *list, size_t *room)
{
    sqlite3_stmt *s;
    bool there = false;
    enum status status = db_query(db, QUERY_ALERT_SERVICE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", service);
    status = db_step(db, s, &there);
    if (status == STATUS_OK && there && sqlite3_column_int(s, 7) != VALUE_STATUS_CLOSED &&
        area_services_keeps(area, column_text(s, 4)))
        read_row(s, alert, list, room);
    sqlite3_reset(s);
    return status;
}

enum status suspend_candidates(struct db *db, const struct alert *alert,
                               struct suspend_list *ret_list)
{
    struct suspend_list list = {0};
    struct uuid *ids = NULL;
    size_t count = 0, room = 0;
    enum status status = area_services(db, alert->area, &list.arena, &ids, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = read_one(db, &alert->id, alert->area, &ids[i], &list, &room);
    return finish(db, &alert->id, false, status, &list, ret_list);
}

enum status suspend_suspended(struct db *db, const struct alert *alert,
                              struct suspend_list *ret_list)
{
    sqlite3_stmt *s;
    struct suspend_list list = {0};
    size_t room = 0;
    bool row;
    enum status status = db_query(db, QUERY_ALERT_SUSPENDED, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":alert", &alert->id);
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        read_row(s, &alert->id, &list, &room);
    return finish(db, &alert->id, true, status, &list, ret_list);
}

/* --- who suspended it --- */

static bool sets_status(const struct op_row *op)
{
    return !op->undone && (op->kind == OP_CLOSE || op->kind == OP_REOPEN || op->kind == OP_MERGE ||
                           field_of(op, FIELD_STATUS));
}

static bool is_suspended_by(const struct op_list *ops, const struct uuid *alert)
{
    const struct op_row *suspended = suspending_op(ops, alert);
    for (size_t i = ops->count; i-- > 0;)
        if (sets_status(&ops->rows[i]))
            return &ops->rows[i] == suspended;
    return false;
}

enum status suspend_alert_of(struct db *db, const struct uuid *service, struct uuid *ret_alert)
{
    struct record_list list = {0};
    struct op_list ops;
    enum status status = record_load(db, RECORD_SERVICE, service, &list);
    const struct value *by =
        status == STATUS_OK ? record_value(&list.rows[0], FIELD_ID(SERVICE, suspended_by)) : NULL;
    if (by && (by->type != VALUE_ID || list.rows[0].status != VALUE_STATUS_TEMPORARILY_CLOSED))
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = op_history(db, service, &ops);
    if (status == STATUS_OK) {
        status = is_suspended_by(&ops, &by->id) ? STATUS_OK : STATUS_NOT_FOUND;
        op_list_release(&ops);
    }
    if (status == STATUS_OK)
        *ret_alert = by->id;
    record_list_release(&list);
    return status;
}

/* --- changes --- */

struct change suspend_change(const struct uuid *service, const struct uuid *alert,
                             const char *reason, struct arena *arena)
{
    enum { FIELDS = 2 };
    struct field_value *fields = arena_alloc(arena, FIELDS * sizeof *fields);
    int status = alert ? VALUE_STATUS_TEMPORARILY_CLOSED : VALUE_STATUS_ACTIVE;
    fields[0] = (struct field_value){FIELD_STATUS, {.type = VALUE_INT, .integer = status}};
    fields[1] = (struct field_value){FIELD_ID(SERVICE, suspended_by), {.type = VALUE_NULL}};
    if (alert)
        fields[1].value = (struct value){.type = VALUE_ID, .id = *alert};
    return (struct change){.kind = OP_SET,
                           .record_kind = RECORD_SERVICE,
                           .record = *service,
                           .fields = fields,
                           .field_count = FIELDS,
                           .area = "",
                           .actor = "",
                           .reason = reason};
}

size_t suspend_end_changes(const struct alert *alert, int64_t today, const char *reason,
                           struct arena *arena, struct change *ret_changes)
{
    size_t count = 0;
    bool begun = alert->from <= today && (alert->to < 0 || alert->to > today);
    if (begun) {
        struct field_value *last = arena_alloc(arena, sizeof *last);
        struct text day = TEXT_INIT;
        date_iso(&day, date_from_days(today));
        last->field = FIELD_ID(AREA_ALERT, valid_to);
        last->value.type = VALUE_TEXT;
        last->value.text.bytes = arena_strdup(arena, day.bytes);
        last->value.text.len = day.len;
        text_release(&day);
        ret_changes[count++] = (struct change){.kind = OP_SET,
                                               .record_kind = RECORD_AREA_ALERT,
                                               .record = alert->id,
                                               .fields = last,
                                               .field_count = 1,
                                               .area = "",
                                               .actor = "",
                                               .reason = reason};
    }
    ret_changes[count++] = (struct change){.kind = OP_CLOSE,
                                           .record_kind = RECORD_AREA_ALERT,
                                           .record = alert->id,
                                           .area = "",
                                           .actor = "",
                                           .reason = reason};
    return count;
}
