/* History by folding the ops of a record and of what belongs to it, one op at a time; see
 * history.h. */
#include "db/history.h"

#include <stdlib.h>
#include <string.h>

#include "db/fold.h"
#include "db/restricted_state.h"

void history_release(struct history *history)
{
    arena_release(&history->arena);
    *history = (struct history){0};
}

/* --- whose ops
 * -------------------------------------------------------------------------------------- */

struct member {
    struct uuid id;
    enum record_kind kind;
};

struct member_list {
    struct member *rows;
    size_t count, room;
    struct arena arena;
};

static void add_member(struct member_list *list, const struct uuid *id, enum record_kind kind)
{
    for (size_t i = 0; i < list->count; i++)
        if (uuid_equal(&list->rows[i].id, id))
            return;
    list->rows = arena_grow(&list->arena, list->rows, list->count, &list->room, sizeof *list->rows);
    list->rows[list->count++] = (struct member){*id, kind};
}

/* Kinds that are entries of their own, whoever they hang on. */
static bool stands_alone(enum record_kind kind)
{
    return kind == RECORD_ORGANIZATION || kind == RECORD_PROGRAM || kind == RECORD_SERVICE ||
           kind == RECORD_LOCATION || !kind_name(kind);
}

static enum status add_former(struct db *db, const struct uuid *owner, struct member_list *list)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_FORMER_OWNER_OF, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":owner", owner);
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        struct uuid id;
        enum record_kind kind = (enum record_kind)sqlite3_column_int(s, 1);
        if (column_id(s, 0, &id) && !stands_alone(kind))
            add_member(list, &id, kind);
    }
    return status;
}

static enum status add_owned_in(struct db *db, const struct member *owner, struct member_list *list)
{
    struct referrer *rows = NULL;
    size_t count = 0;
    struct uuid id = owner->id;
    enum status status = record_referrers(db, owner->kind, &id, &list->arena, &rows, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (rows[i].field == record_owner_field(rows[i].kind) && !stands_alone(rows[i].kind))
            add_member(list, &rows[i].id, rows[i].kind);
    return status == STATUS_OK ? add_former(db, &id, list) : status;
}

/* What is confidential lies in a log of its own; locked there is none. */
static enum status add_owned(struct db *db, const struct member *owner, struct member_list *list)
{
    const struct member of = *owner; /* the list may move */
    struct db *memory = restricted_records(db);
    enum status status = add_owned_in(db, &of, list);
    return status == STATUS_OK && memory ? add_owned_in(memory, &of, list) : status;
}

static enum status add_place(struct db *db, const struct uuid *link, struct member_list *list)
{
    struct record_list at = {0};
    enum status status = record_load(db, RECORD_SERVICE_AT_LOCATION, link, &at);
    const struct value *place =
        status == STATUS_OK ? record_value(&at.rows[0], FIELD_ID(SERVICE_AT_LOCATION, location))
                            : NULL;
    if (place && place->type == VALUE_ID)
        add_member(list, &place->id, RECORD_LOCATION);
    record_list_release(&at);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The record, what belongs to it, its places and what belongs to those. */
static enum status gather(struct db *db, const struct uuid *record, enum record_kind kind,
                          struct member_list *list)
{
    enum status status = STATUS_OK;
    add_member(list, record, kind);
    for (size_t i = 0; status == STATUS_OK && i < list->count; i++) {
        struct member m = list->rows[i];
        if (!kind_name(m.kind))
            continue;
        if (i == 0 || m.kind == RECORD_LOCATION)
            status = add_owned(db, &m, list);
        else if (m.kind == RECORD_SERVICE_AT_LOCATION)
            status = add_place(db, &m.id, list);
    }
    return status;
}

/* --- one op after the other
 * ------------------------------------------------------------------------- */

struct step {
    const struct op_row *op;
    struct history_change change;
    struct op_ref save;
    int64_t save_hlc; /* of the first of its ops that is seen here */
    size_t found;     /* the how-manieth */
};

struct steps {
    struct db *db;
    struct step *rows;
    size_t count, room;
    struct arena arena;
    struct op_list *lists; /* of the members; the ops live in them */
    size_t list_count;
};

/* The save that the op belongs to: of a sealed part, where the whole of it begins. */
static struct op_ref save_of(struct db *db, const struct op_row *op)
{
    struct op_ref first = {op->op.replica, op->op.seq - op->part};
    struct op_list run;
    if (!whole_save_level(db, &op->op.replica) ||
        op_of_save(restricted_records(db), &first, &run) != STATUS_OK)
        return first;
    first = whole_save_first(&run.rows[0]);
    op_list_release(&run);
    return first;
}

static void add_step(struct steps *steps, const struct op_row *op, int field, struct value was,
                     struct value is)
{
    steps->rows =
        arena_grow(&steps->arena, steps->rows, steps->count, &steps->room, sizeof *steps->rows);
    steps->rows[steps->count] = (struct step){
        .op = op,
        .change = {op->record, op->record_kind, op->kind, op->undone, field, was, is,
                   whole_save_level(steps->db, &op->op.replica)},
        .save = save_of(steps->db, op),
        .save_hlc = op->hlc,
        .found = steps->count,
    };
    steps->count++;
}

static struct value none(void)
{
    return (struct value){.type = VALUE_NULL};
}

static struct value number(int64_t n)
{
    return (struct value){.type = VALUE_INT, .integer = n};
}

static bool same_value(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case VALUE_INT:
        return a->integer == b->integer;
    case VALUE_REAL:
        return memcmp(&a->real, &b->real, sizeof a->real) == 0;
    case VALUE_TEXT:
        return a->text.len == b->text.len && memcmp(a->text.bytes, b->text.bytes, a->text.len) == 0;
    case VALUE_ID:
        return uuid_equal(&a->id, &b->id);
    case VALUE_NULL:
        break;
    }
    return true;
}

/* The record with its first `count` ops; *ret_gone: there was none. */
static struct record state_after(struct arena *arena, const struct op_list *ops, size_t count,
                                 bool *ret_gone)
{
    struct op_row *rows = arena_alloc(arena, (count + 1) * sizeof *rows);
    memcpy(rows, ops->rows, count * sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i].undone = false;
    fold_mark_undone(rows, count);
    struct record r = fold_new(ops->rows[0].record_kind, &ops->rows[0].record, arena);
    for (size_t i = 0; i < count; i++)
        fold_apply(&r, &rows[i]);
    *ret_gone = !count || fold_is_dropped(rows, count);
    return r;
}

static void add_differences(struct steps *steps, const struct op_row *op, const struct record *was,
                            bool was_gone, const struct record *is, bool is_gone)
{
    size_t count, before = steps->count;
    const struct field *f = field_list(is->kind, &count);
    if (was->status != is->status && !was_gone && !is_gone)
        add_step(steps, op, FIELD_STATUS, number(was->status), number(is->status));
    for (size_t i = 0; i < count; i++) {
        struct value old = was_gone ? none() : was->values[i];
        struct value new = is_gone ? none() : is->values[i];
        if (!same_value(&old, &new))
            add_step(steps, op, f[i].number, old, new);
    }
    if (steps->count == before)
        add_step(steps, op, 0, none(), none());
}

static const struct op_row *target_of(const struct op_list *ops, const struct op_row *undo)
{
    struct op_ref at = {0};
    for (size_t i = 0; i < undo->field_count; i++) {
        const struct field_value *f = &undo->fields[i];
        if (f->field == UNDO_REPLICA && f->value.type == VALUE_ID)
            at.replica = f->value.id;
        if (f->field == UNDO_SEQ && f->value.type == VALUE_INT)
            at.seq = f->value.integer;
    }
    for (const struct op_row *op = ops->rows; op < undo; op++)
        if (op->op.seq == at.seq && uuid_equal(&op->op.replica, &at.replica))
            return op;
    return NULL;
}

static void add_fields(struct steps *steps, const struct op_row *op, const struct record *was)
{
    for (size_t i = 0; i < op->field_count; i++) {
        int field = op->fields[i].field;
        struct value old = field == FIELD_STATUS && op->kind != OP_CREATE ? number(was->status)
                           : field >= 100 ? *record_value(was, field)
                                          : none();
        bool shown = field >= 100 || field == FIELD_STATUS || field == MERGE_INTO ||
                     (field >= VERIFY_METHOD && field <= VERIFY_NOTE);
        if (shown)
            add_step(steps, op, field, old, op->fields[i].value);
    }
}

static void add_undo(struct steps *steps, const struct op_list *ops, const struct op_row *op,
                     const struct record *was, bool was_gone, const struct record *is, bool is_gone)
{
    const struct op_row *target = target_of(ops, op);
    bool verification = target && target->kind == OP_VERIFY;
    for (size_t i = 0; verification && i < target->field_count; i++)
        if (target->fields[i].field == VERIFY_RESULT)
            add_step(steps, op, VERIFY_RESULT, target->fields[i].value, none());
    if (!verification)
        add_differences(steps, op, was, was_gone, is, is_gone);
}

static void add_ops(struct steps *steps, const struct op_list *ops)
{
    bool gone = true, gone_after;
    struct record state = fold_new(ops->rows[0].record_kind, &ops->rows[0].record, &steps->arena);
    for (size_t i = 0; i < ops->count; i++) {
        const struct op_row *op = &ops->rows[i];
        size_t before = steps->count;
        struct op_row counting = *op;
        counting.undone = false;
        if (op->kind == OP_UNDO) {
            struct record after = state_after(&steps->arena, ops, i + 1, &gone_after);
            add_undo(steps, ops, op, &state, gone, &after, gone_after);
            state = after;
            gone = gone_after;
            continue;
        }
        add_fields(steps, op, &state);
        int was = state.status;
        fold_apply(&state, &counting);
        gone = gone && op->kind != OP_CREATE;
        if (op->kind == OP_CLOSE || op->kind == OP_REOPEN || op->kind == OP_MERGE)
            add_step(steps, op, FIELD_STATUS, number(was), number(state.status));
        if (steps->count == before)
            add_step(steps, op, 0, none(), none());
    }
}

static enum status load_steps_in(struct db *log, const struct member *member, struct steps *steps)
{
    struct op_list *ops = &steps->lists[steps->list_count];
    enum status status = op_history(log, &member->id, ops);
    if (status == STATUS_OK && kind_name(ops->rows[0].record_kind))
        add_ops(steps, ops);
    steps->list_count += status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status load_steps(struct db *db, const struct member_list *members, struct steps *steps)
{
    struct db *memory = restricted_records(db);
    enum status status = STATUS_OK;
    steps->db = db;
    steps->lists = arena_alloc(&steps->arena, 2 * members->count * sizeof *steps->lists);
    for (size_t i = 0; status == STATUS_OK && i < members->count; i++) {
        status = load_steps_in(db, &members->rows[i], steps);
        if (status == STATUS_OK && memory)
            status = load_steps_in(memory, &members->rows[i], steps);
    }
    return status;
}

static void steps_release(struct steps *steps)
{
    for (size_t i = 0; i < steps->list_count; i++)
        op_list_release(&steps->lists[i]);
    arena_release(&steps->arena);
}

/* --- told by saves
 * ---------------------------------------------------------------------------------- */

/* The changes of one op stay in the order they were found. */
static int by_place(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    int order = memcmp(x->op->op.replica.bytes, y->op->op.replica.bytes, UUID_BYTES);
    if (!order)
        order = (x->op->op.seq > y->op->op.seq) - (x->op->op.seq < y->op->op.seq);
    return order ? order : (x->found > y->found) - (x->found < y->found);
}

static int by_save(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    if (x->save_hlc != y->save_hlc)
        return x->save_hlc < y->save_hlc ? -1 : 1;
    return by_place(a, b);
}

static bool same_save(const struct op_ref *a, const struct op_ref *b)
{
    return a->seq == b->seq && uuid_equal(&a->replica, &b->replica);
}

static struct value copy_value(struct arena *arena, const struct value *v)
{
    struct value copy = *v;
    if (v->type == VALUE_TEXT)
        copy.text.bytes = arena_strndup(arena, v->text.bytes, v->text.len);
    return copy;
}

static struct op_ref undone_save(const struct steps *steps, const struct op_row *undo)
{
    for (size_t i = 0; i < steps->list_count; i++) {
        const struct op_list *ops = &steps->lists[i];
        if (undo < ops->rows || undo >= ops->rows + ops->count)
            continue;
        const struct op_row *target = target_of(ops, undo);
        if (target)
            return save_of(steps->db, target);
    }
    return (struct op_ref){0};
}

static void start_save(struct history *h, size_t *room, const struct steps *steps,
                       const struct step *step)
{
    h->rows = arena_grow(&h->arena, h->rows, h->count, room, sizeof *h->rows);
    struct history_save *save = &h->rows[h->count++];
    *save = (struct history_save){
        .save = step->save,
        .time_ms = step->op->time_ms,
        .actor = arena_strdup(&h->arena, step->op->actor),
        .reason = arena_strdup(&h->arena, step->op->reason),
        .is_undo = step->op->kind == OP_UNDO,
        .undone = true,
    };
    if (save->is_undo)
        save->undoes = undone_save(steps, step->op);
}

/* By time, the changes of one save together even where another file's lie between them. */
static void sort_steps(struct steps *steps)
{
    qsort(steps->rows, steps->count, sizeof *steps->rows, by_place);
    for (size_t i = 1; i < steps->count; i++)
        if (same_save(&steps->rows[i].save, &steps->rows[i - 1].save))
            steps->rows[i].save_hlc = steps->rows[i - 1].save_hlc;
    qsort(steps->rows, steps->count, sizeof *steps->rows, by_save);
}

static void tell(const struct steps *steps, struct history *h)
{
    size_t room = 0, changes = 0;
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->rows[i];
        if (!h->count || !same_save(&h->rows[h->count - 1].save, &step->save)) {
            start_save(h, &room, steps, step);
            changes = 0;
        }
        struct history_save *save = &h->rows[h->count - 1];
        save->changes =
            arena_grow(&h->arena, save->changes, save->count, &changes, sizeof *save->changes);
        struct history_change *c = &save->changes[save->count++];
        *c = step->change;
        c->was = copy_value(&h->arena, &step->change.was);
        c->is = copy_value(&h->arena, &step->change.is);
        save->undone = save->undone && c->undone;
    }
}

static enum status record_kind_of(struct db *db, const struct uuid *record,
                                  enum record_kind *ret_kind)
{
    struct op_list ops;
    enum status status = op_history(db, record, &ops);
    if (status != STATUS_OK)
        return status;
    *ret_kind = ops.rows[0].record_kind;
    op_list_release(&ops);
    return STATUS_OK;
}

enum status history_load(struct db *db, const struct uuid *record, struct history *ret_history)
{
    enum record_kind kind;
    struct member_list members = {0};
    struct steps steps = {0};
    struct history h = {0};
    enum status status = record_kind_of(db, record, &kind);
    if (status == STATUS_NOT_FOUND && restricted_records(db))
        status = record_kind_of(restricted_records(db), record, &kind);
    if (status == STATUS_OK)
        status = gather(db, record, kind, &members);
    if (status == STATUS_OK)
        status = load_steps(db, &members, &steps);
    if (status == STATUS_OK && steps.count) {
        sort_steps(&steps);
        tell(&steps, &h);
    }
    steps_release(&steps);
    arena_release(&members.arena);
    if (status == STATUS_OK)
        *ret_history = h;
    return status;
}

enum status history_record(struct db *db, enum record_kind kind, const struct uuid *record,
                           int64_t time_ms, struct record_list *list)
{
    struct op_list ops;
    bool gone;
    enum status status = op_history(db, record, &ops);
    if (status != STATUS_OK)
        return status;
    size_t count = 0, room = list->count;
    while (count < ops.count && ops.rows[count].time_ms <= time_ms)
        count++;
    struct record r = state_after(&ops.arena, &ops, count, &gone);
    if (gone || r.kind != kind) {
        op_list_release(&ops);
        return STATUS_NOT_FOUND;
    }
    struct value *values = arena_alloc(&list->arena, r.count * sizeof *values);
    for (size_t i = 0; i < r.count; i++)
        values[i] = copy_value(&list->arena, &r.values[i]);
    r.values = values;
    list->rows = arena_grow(&list->arena, list->rows, list->count, &room, sizeof *list->rows);
    list->rows[list->count++] = r;
    op_list_release(&ops);
    return STATUS_OK;
}
