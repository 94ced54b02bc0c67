/* The fold; see fold.h. A field's value is the one of the last op that sets it in the order (hybrid
 * clock, replica, seq). An op's clock is above that of every op its author had seen, so a later
 * edit always wins over what it was made from, whatever the machines' clocks say. */
#include "db/fold.h"

#include <string.h>

#include "db/apart.h"
#include "db/codec.h"
#include "db/op.h"
#include "db/proposal.h"

static struct record new_record(enum record_kind kind, const struct uuid *id, struct arena *arena)
{
    struct record r = {.id = *id, .kind = kind, .status = VALUE_STATUS_ACTIVE};
    (void)field_list(kind, &r.count);
    r.values = arena_alloc(arena, r.count * sizeof *r.values);
    return r;
}

static void apply_fields(struct record *r, const struct field_value *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[i].field == FIELD_STATUS && fields[i].value.type == VALUE_INT)
            r->status = (int)fields[i].value.integer;
        size_t at = record_field_index(r->kind, fields[i].field);
        if (at != SIZE_MAX)
            r->values[at] = fields[i].value;
    }
}

static void apply_op(struct record *r, enum op_kind kind, const struct field_value *fields,
                     size_t count)
{
    switch (kind) {
    case OP_CREATE:
    case OP_SET:
    case OP_RESOLVE:
        apply_fields(r, fields, count);
        break;
    case OP_CLOSE:
    case OP_MERGE:
        r->status = VALUE_STATUS_CLOSED;
        break;
    case OP_REOPEN:
        r->status = VALUE_STATUS_ACTIVE;
        break;
    case OP_VERIFY:
    case OP_UNDO:
    case OP_PROPOSE:
    case OP_DECIDE:
    case OP_REVIEW:
    case OP_APART:
        break;
    }
}

static const struct value *find_value(const struct op_row *op, int number)
{
    for (size_t i = 0; i < op->field_count; i++)
        if (op->fields[i].field == number)
            return &op->fields[i].value;
    return NULL;
}

static int64_t find_int(const struct op_row *op, int number)
{
    const struct value *v = find_value(op, number);
    return v && v->type == VALUE_INT ? v->integer : 0;
}

/* --- which ops count
 * -------------------------------------------------------------------------------- */

/* An undo counts unless a later one takes it back; the ops stand in their order. */
void fold_mark_undone(struct op_row *ops, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        const struct value *replica = find_value(&ops[i], UNDO_REPLICA);
        if (ops[i].kind != OP_UNDO || ops[i].undone || !replica || replica->type != VALUE_ID)
            continue;
        for (size_t j = 0; j < i; j++)
            if (ops[j].op.seq == find_int(&ops[i], UNDO_SEQ) &&
                uuid_equal(&ops[j].op.replica, &replica->id))
                ops[j].undone = true;
    }
}

bool fold_is_dropped(const struct op_row *ops, size_t count)
{
    bool created = false, undone = false;
    for (size_t i = 0; i < count; i++)
        if (ops[i].kind == OP_CREATE)
            *(ops[i].undone ? &undone : &created) = true;
    return undone && !created;
}

void fold_apply(struct record *r, const struct op_row *op)
{
    if (!op->undone)
        apply_op(r, op->kind, op->fields, op->field_count);
}

struct record fold_new(enum record_kind kind, const struct uuid *id, struct arena *arena)
{
    return new_record(kind, id, arena);
}

/* --- tables beside the record's own
 * ----------------------------------------------------------------- */

static enum status clear_of_record(struct db *db, enum query_id query, const struct uuid *record)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, query, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    return db_run(db, s);
}

static enum status put_verification(struct db *db, const struct op_row *op)
{
    const struct value *note = find_value(op, VERIFY_NOTE);
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_VERIFICATION_ADD, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", &op->record);
    bind_int(s, ":hlc", op->hlc);
    bind_id(s, ":replica", &op->op.replica);
    bind_int(s, ":seq", op->op.seq);
    bind_int(s, ":method", find_int(op, VERIFY_METHOD));
    bind_int(s, ":result", find_int(op, VERIFY_RESULT));
    bind_text(s, ":actor", op->actor);
    if (note && note->type == VALUE_TEXT)
        bind_text_len(s, ":note", note->text.bytes, note->text.len);
    else
        bind_text(s, ":note", "");
    return db_run(db, s);
}

static enum status fold_verifications(struct db *db, const struct op_list *ops)
{
    size_t some = 0;
    while (some < ops->count && ops->rows[some].kind != OP_VERIFY)
        some++;
    if (some == ops->count)
        return STATUS_OK;
    enum status status = clear_of_record(db, QUERY_VERIFICATION_CLEAR, &ops->rows[0].record);
    for (size_t i = some; status == STATUS_OK && i < ops->count; i++)
        if (ops->rows[i].kind == OP_VERIFY && !ops->rows[i].undone)
            status = put_verification(db, &ops->rows[i]);
    return status;
}

static enum status put_former(struct db *db, const struct uuid *owner, const struct op_row *op)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_FORMER_OWNER_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":owner", owner);
    bind_id(s, ":record", &op->record);
    bind_int(s, ":record_kind", (int64_t)op->record_kind);
    return db_run(db, s);
}

/* The usual: it was given its owner once, and nothing of it was ever undone. */
static bool never_moved(const struct op_list *ops, int field)
{
    size_t told = 0;
    for (size_t i = 0; i < ops->count; i++) {
        if (ops->rows[i].kind == OP_UNDO)
            return false;
        told += find_value(&ops->rows[i], field) != NULL;
    }
    return told <= 1;
}

/* Notes whom the record once belonged to, where its row no longer tells. */
static enum status fold_former_owners(struct db *db, const struct op_list *ops,
                                      const struct record *r, bool dropped)
{
    int field = record_owner_field(r->kind);
    if (!field || never_moved(ops, field))
        return STATUS_OK;
    const struct value *now = record_value(r, field);
    enum status status = clear_of_record(db, QUERY_FORMER_OWNER_CLEAR, &r->id);
    for (size_t i = 0; status == STATUS_OK && i < ops->count; i++) {
        const struct value *v = find_value(&ops->rows[i], field);
        bool same = v && v->type == VALUE_ID && now->type == VALUE_ID && !dropped &&
                    uuid_equal(&v->id, &now->id);
        if (v && v->type == VALUE_ID && !same)
            status = put_former(db, &v->id, &ops->rows[i]);
    }
    return status;
}

/* --- a record
 * --------------------------------------------------------------------------------------- */

static enum status fold_ops(struct db *db, const struct op_list *ops, struct record *r)
{
    bool dropped = fold_is_dropped(ops->rows, ops->count);
    for (size_t i = 0; i < ops->count; i++)
        fold_apply(r, &ops->rows[i]);
    enum status status = fold_verifications(db, ops);
    if (status == STATUS_OK)
        status = fold_former_owners(db, ops, r, dropped);
    if (status != STATUS_OK)
        return status;
    return dropped ? record_delete(db, r->kind, &r->id) : record_put(db, r);
}

enum status fold_record(struct db *db, enum record_kind kind, const struct uuid *record)
{
    if ((int)kind == RECORD_PROPOSAL)
        return proposal_fold(db, record);
    if ((int)kind == RECORD_REVIEW)
        return review_fold(db, record);
    if ((int)kind == RECORD_APART)
        return apart_fold(db, record);
    if (!kind_name(kind))
        return STATUS_OK; /* of a newer schema: kept in the log, shown by nobody here */
    struct op_list ops;
    enum status status = op_history(db, record, &ops);
    if (status != STATUS_OK)
        return status;
    struct record r = fold_new(kind, record, &ops.arena);
    status = fold_ops(db, &ops, &r);
    op_list_release(&ops);
    return status;
}

enum status fold_created(struct db *db, enum record_kind kind, const struct uuid *record,
                         const struct field_value *fields, size_t count)
{
    struct arena arena = {0};
    struct record r = new_record(kind, record, &arena);
    apply_fields(&r, fields, count);
    enum status status = record_add(db, &r);
    arena_release(&arena);
    return status;
}

/* --- after a change
 * --------------------------------------------------------------------------------- */

struct id_set {
    struct uuid *rows;
    size_t count, room;
    struct arena arena;
};

static void add_targets(struct id_set *set, const struct field_value *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[i].value.type != VALUE_ID)
            continue;
        set->rows = arena_grow(&set->arena, set->rows, set->count, &set->room, sizeof *set->rows);
        set->rows[set->count++] = fields[i].value.id;
    }
}

/* What an undo brings back may point to whatever the record ever pointed to. */
static enum status add_all_targets(struct db *db, const struct uuid *record, struct id_set *set)
{
    struct op_list ops;
    enum status status = op_history(db, record, &ops);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < ops.count; i++)
        add_targets(set, ops.rows[i].fields, ops.rows[i].field_count);
    op_list_release(&ops);
    return STATUS_OK;
}

enum status fold_change(struct db *db, const struct change *c)
{
    struct id_set targets = {0};
    enum status status = STATUS_OK;
    add_targets(&targets, c->fields, c->field_count);
    if (c->kind == OP_UNDO)
        status = add_all_targets(db, &c->record, &targets);
    if (status == STATUS_OK)
        status = index_remove(db, c->record_kind, &c->record, targets.rows, targets.count);
    arena_release(&targets.arena);
    if (status == STATUS_OK)
        status = c->kind == OP_CREATE
                     ? fold_created(db, c->record_kind, &c->record, c->fields, c->field_count)
                     : fold_record(db, c->record_kind, &c->record);
    return status == STATUS_OK ? index_add(db, c->record_kind, &c->record) : status;
}

/* --- hash of the state
 * ------------------------------------------------------------------------------ */

static void hash_row(struct sha256 *sum, sqlite3_stmt *s)
{
    int columns = sqlite3_column_count(s);
    for (int i = 0; i < columns; i++) {
        char head[24];
        int type = sqlite3_column_type(s, i);
        const void *bytes = type == SQLITE_BLOB ? sqlite3_column_blob(s, i)
                                                : (const void *)sqlite3_column_text(s, i);
        size_t len = (size_t)sqlite3_column_bytes(s, i);
        int n = sqlite3_snprintf(sizeof head, head, "%d:%llu:", type, (unsigned long long)len)
                    ? (int)strlen(head)
                    : 0;
        sha256_add(sum, head, (size_t)n);
        sha256_add(sum, bytes ? bytes : "", len);
    }
}

static enum status hash_rows(struct db *db, sqlite3_stmt *s, struct sha256 *sum)
{
    bool row;
    enum status status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        hash_row(sum, s);
    return status;
}

enum status fold_hash(struct db *db, uint8_t ret_hash[SHA256_BYTES])
{
    struct sha256 sum;
    sha256_init(&sum);
    enum status status = STATUS_OK;
    for (int kind = 1; kind < RECORD_KIND_END && status == STATUS_OK; kind++) {
        sqlite3_stmt *s;
        sha256_add(&sum, kind_name((enum record_kind)kind),
                   strlen(kind_name((enum record_kind)kind)));
        status = record_statement(db, (enum record_kind)kind, RECORD_SCAN, &s);
        if (status == STATUS_OK)
            status = hash_rows(db, s, &sum);
    }
    static const enum query_id others[] = {QUERY_VERIFICATION_SCAN, QUERY_PROPOSAL_SCAN,
                                           QUERY_PROPOSAL_PART_SCAN, QUERY_REVIEW_AREA_SCAN,
                                           QUERY_APART_SCAN};
    for (size_t i = 0; i < sizeof others / sizeof *others && status == STATUS_OK; i++) {
        sqlite3_stmt *s;
        status = db_query(db, others[i], &s);
        if (status == STATUS_OK)
            status = hash_rows(db, s, &sum);
    }
    if (status == STATUS_OK)
        sha256_end(&sum, ret_hash);
    return status;
}
