/* Reading proposals, and their tables as a fold of the log; see propose.h. A proposal's id is the
 * record of its ops: one OP_PROPOSE for each change, and OP_DECIDE when it is decided. */
#include <string.h>

#include "db/fold.h"
#include "db/internal.h"
#include "db/proposal.h"
#include "db/version.h"

const struct value *proposal_op_value(const struct op_row *op, int field)
{
    static const struct value nothing = {.type = VALUE_NULL};
    for (size_t i = 0; i < op->field_count; i++)
        if (op->fields[i].field == field)
            return &op->fields[i].value;
    return &nothing;
}

static int64_t op_int(const struct op_row *op, int field)
{
    const struct value *v = proposal_op_value(op, field);
    return v->type == VALUE_INT ? v->integer : 0;
}

bool proposal_is_own_field(int field)
{
    return field == PROPOSE_RECORD || field == PROPOSE_RECORD_KIND || field == PROPOSE_OP ||
           field == PROPOSE_SEEN;
}

/* --- fold ------------------------------------------------------------------------------------ */

static enum status put_part(struct db *db, const struct uuid *id, int64_t part,
                            const struct op_row *op)
{
    const struct value *record = proposal_op_value(op, PROPOSE_RECORD);
    sqlite3_stmt *s;
    if (record->type != VALUE_ID)
        return STATUS_OK;
    enum status status = db_query(db, QUERY_PROPOSAL_PART_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":proposal", id);
    bind_int(s, ":part", part);
    bind_id(s, ":record", &record->id);
    bind_int(s, ":record_kind", op_int(op, PROPOSE_RECORD_KIND));
    bind_int(s, ":op", op_int(op, PROPOSE_OP));
    return db_run(db, s);
}

static enum status put_parts(struct db *db, const struct uuid *id, const struct op_list *ops)
{
    sqlite3_stmt *s;
    int64_t part = 0;
    enum status status = db_query(db, QUERY_PROPOSAL_PART_CLEAR, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":proposal", id);
    status = db_run(db, s);
    for (size_t i = 0; i < ops->count && status == STATUS_OK; i++)
        if (ops->rows[i].kind == OP_PROPOSE)
            status = put_part(db, id, part++, &ops->rows[i]);
    return status;
}

/* The first OP_PROPOSE tells who and why, the last OP_DECIDE the answer. */
static enum status put_proposal(struct db *db, const struct uuid *id, const struct op_list *ops)
{
    const struct op_row *first = NULL, *last = NULL;
    sqlite3_stmt *s;
    for (size_t i = 0; i < ops->count; i++) {
        if (ops->rows[i].kind == OP_PROPOSE && !first)
            first = &ops->rows[i];
        if (ops->rows[i].kind == OP_DECIDE)
            last = &ops->rows[i];
    }
    if (!first)
        return STATUS_OK; /* its beginning has not arrived here yet */
    enum status status = db_query(db, QUERY_PROPOSAL_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bool approved = last && op_int(last, DECIDE_ANSWER) == VALUE_ANSWER_YES;
    bind_id(s, ":id", id);
    bind_int(s, ":time_ms", first->time_ms);
    bind_text(s, ":area", first->area);
    bind_text(s, ":actor", first->actor);
    bind_text(s, ":reason", first->reason);
    bind_int(s, ":answer",
             !last      ? PROPOSAL_OPEN
             : approved ? PROPOSAL_APPROVED
                        : PROPOSAL_REJECTED);
    bind_int(s, ":decided_ms", last ? last->time_ms : 0);
    bind_text(s, ":decided_by", last ? last->actor : "");
    bind_text(s, ":decided_why", last ? last->reason : "");
    status = db_run(db, s);
    return status == STATUS_OK ? put_parts(db, id, ops) : status;
}

enum status proposal_fold(struct db *db, const struct uuid *id)
{
    struct op_list ops = {0};
    enum status status = op_history(db, id, &ops);
    if (status != STATUS_OK)
        return status;
    status = put_proposal(db, id, &ops);
    op_list_release(&ops);
    return status;
}

/* --- one proposal ---------------------------------------------------------------------------- */

/* A value of the record in list, or its status; VALUE_NULL where there is no record. */
static struct value value_in(const struct record_list *list, int field)
{
    if (!list->count)
        return (struct value){.type = VALUE_NULL};
    if (field == FIELD_STATUS)
        return (struct value){.type = VALUE_INT, .integer = list->rows[0].status};
    return *record_value(&list->rows[0], field);
}

static struct value copy_value(struct arena *arena, struct value v)
{
    if (v.type == VALUE_TEXT)
        v.text.bytes = arena_strndup(arena, v.text.bytes, v.text.len);
    return v;
}

static bool same_value(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case VALUE_NULL:
        return true;
    case VALUE_INT:
        return a->integer == b->integer;
    case VALUE_REAL:
        return memcmp(&a->real, &b->real, sizeof a->real) == 0;
    case VALUE_TEXT:
        return a->text.len == b->text.len && !memcmp(a->text.bytes, b->text.bytes, a->text.len);
    case VALUE_ID:
        return uuid_equal(&a->id, &b->id);
    }
    return false;
}

/* Closing and opening again set the status without a field that says so. */
static int status_after(enum op_kind kind)
{
    if (kind == OP_CLOSE || kind == OP_MERGE)
        return VALUE_STATUS_CLOSED;
    return kind == OP_REOPEN ? VALUE_STATUS_ACTIVE : 0;
}

static void add_field(struct proposal_change *c, struct arena *arena, int field, struct value v,
                      const struct record_list *was, const struct record_list *now)
{
    struct proposal_field *f = &c->fields[c->count++];
    bool told = field == FIELD_STATUS || field_by_number(field);
    *f = (struct proposal_field){.field = field, .proposed = copy_value(arena, v)};
    if (!told)
        return;
    f->was = copy_value(arena, value_in(was, field));
    f->now = copy_value(arena, value_in(now, field));
    f->moved = !same_value(&f->was, &f->now) && !same_value(&f->now, &f->proposed);
}

static bool is_seen(const struct seen *seen, const struct op_ref *op)
{
    for (size_t i = 0; i < seen->count; i++)
        if (uuid_equal(&seen->rows[i].replica, &op->replica))
            return op->seq <= seen->rows[i].seq;
    return false;
}

/* The record as the proposer saw it: the ops of that version and no other, whatever the clocks say.
 * Added to list; its texts live in the arena. */
static enum status record_as_seen(struct db *db, const struct op_row *op,
                                  const struct proposal_change *c, struct arena *arena,
                                  struct record_list *list)
{
    const struct value *version = proposal_op_value(op, PROPOSE_SEEN);
    struct seen seen;
    struct op_list ops = {0};
    size_t kept = 0;
    if (version->type != VALUE_TEXT ||
        version_parse(version->text.bytes, version->text.len, &seen) != STATUS_OK)
        return STATUS_OK;
    enum status status = op_history(db, &c->record, &ops);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    for (size_t i = 0; i < ops.count; i++)
        if (is_seen(&seen, &ops.rows[i].op)) {
            ops.rows[kept] = ops.rows[i];
            ops.rows[kept++].undone = false;
        }
    fold_mark_undone(ops.rows, kept);
    if (!fold_is_dropped(ops.rows, kept)) {
        struct record r = fold_new(c->record_kind, &c->record, &list->arena);
        for (size_t i = 0; i < kept; i++)
            fold_apply(&r, &ops.rows[i]);
        for (size_t i = 0; i < r.count; i++)
            r.values[i] = copy_value(arena, r.values[i]);
        list->rows = arena_alloc(&list->arena, sizeof r);
        list->rows[list->count++] = r;
    }
    op_list_release(&ops);
    return STATUS_OK;
}

static enum status read_change(struct db *db, const struct op_row *op, struct arena *arena,
                               struct proposal_change *c)
{
    struct record_list was = {0}, now = {0};
    const struct value *record = proposal_op_value(op, PROPOSE_RECORD);
    *c = (struct proposal_change){
        .kind = (enum op_kind)op_int(op, PROPOSE_OP),
        .record_kind = (enum record_kind)op_int(op, PROPOSE_RECORD_KIND),
        .record = record->id,
        .fields = arena_alloc(arena, (op->field_count + 1) * sizeof *c->fields),
    };
    enum status status = STATUS_OK;
    if (c->kind != OP_CREATE && kind_name(c->record_kind)) {
        status = record_as_seen(db, op, c, arena, &was);
        if (status == STATUS_OK)
            status = record_load(db, c->record_kind, &c->record, &now);
        if (status == STATUS_NOT_FOUND)
            status = STATUS_OK;
    }
    struct value closed = {.type = VALUE_INT, .integer = status_after(c->kind)};
    if (status == STATUS_OK && closed.integer)
        add_field(c, arena, FIELD_STATUS, closed, &was, &now);
    for (size_t i = 0; i < op->field_count && status == STATUS_OK; i++)
        if (!proposal_is_own_field(op->fields[i].field))
            add_field(c, arena, op->fields[i].field, op->fields[i].value, &was, &now);
    record_list_release(&was);
    record_list_release(&now);
    return status;
}

static enum status read_changes(struct db *db, struct proposal *p, struct arena *arena)
{
    struct op_list ops = {0};
    enum status status = op_history(db, &p->id, &ops);
    if (status != STATUS_OK)
        return status;
    p->changes = arena_alloc(arena, (ops.count + 1) * sizeof *p->changes);
    for (size_t i = 0; i < ops.count && status == STATUS_OK; i++)
        if (ops.rows[i].kind == OP_PROPOSE &&
            proposal_op_value(&ops.rows[i], PROPOSE_RECORD)->type == VALUE_ID)
            status = read_change(db, &ops.rows[i], arena, &p->changes[p->count++]);
    op_list_release(&ops);
    return status;
}

static void read_row(sqlite3_stmt *s, struct arena *arena, struct proposal *p)
{
    (void)column_id(s, 0, &p->id);
    p->time_ms = sqlite3_column_int64(s, 1);
    const char *area = column_text(s, 2);
    memcpy(p->area, area, strnlen(area, AREA_CODE - 1));
    p->actor = arena_strdup(arena, column_text(s, 3));
    p->reason = arena_strdup(arena, column_text(s, 4));
    p->answer = (enum proposal_answer)sqlite3_column_int(s, 5);
    p->decided_ms = sqlite3_column_int64(s, 6);
    p->decided_by = arena_strdup(arena, column_text(s, 7));
    p->decided_why = arena_strdup(arena, column_text(s, 8));
}

enum status proposal_load(struct db *db, const struct uuid *id, struct proposal_list *list)
{
    sqlite3_stmt *s;
    struct proposal p = {0};
    bool row = false;
    size_t room = list->count;
    enum status status = db_query(db, QUERY_PROPOSAL_GET, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row)
        read_row(s, &list->arena, &p);
    sqlite3_reset(s);
    if (status == STATUS_OK && !row)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = read_changes(db, &p, &list->arena);
    if (status != STATUS_OK)
        return status;
    list->rows = arena_grow(&list->arena, list->rows, list->count, &room, sizeof *list->rows);
    list->rows[list->count++] = p;
    return STATUS_OK;
}

/* --- lists ----------------------------------------------------------------------------------- */

/* The proposals whose ids the statement gives. */
static enum status load_all(struct db *db, sqlite3_stmt *s, struct proposal_list *ret_list)
{
    struct proposal_list list = {0};
    struct arena arena = {0};
    struct uuid *ids = NULL;
    size_t count = 0, room = 0;
    enum status status;
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        ids = arena_grow(&arena, ids, count, &room, sizeof *ids);
        count += column_id(s, 0, &ids[count]);
    }
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = proposal_load(db, &ids[i], &list);
    arena_release(&arena);
    if (status == STATUS_OK)
        *ret_list = list;
    else
        proposal_list_release(&list);
    return status;
}

enum status proposal_open(struct db *db, const char *area, struct proposal_list *ret_list)
{
    sqlite3_stmt *s;
    struct area_range range = area_range(area);
    enum status status = db_query(db, QUERY_PROPOSAL_WAITING, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":low", range.low);
    bind_text(s, ":high", range.high);
    return load_all(db, s, ret_list);
}

enum status proposal_about(struct db *db, const struct uuid *record, struct proposal_list *ret_list)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_PROPOSAL_OF_RECORD, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    return load_all(db, s, ret_list);
}

bool proposal_makes(const struct proposal *p, const struct uuid *record)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->changes[i].kind == OP_CREATE && uuid_equal(&p->changes[i].record, record))
            return true;
    return false;
}

void proposal_list_release(struct proposal_list *list)
{
    arena_release(&list->arena);
    *list = (struct proposal_list){0};
}
