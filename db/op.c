/* Appending to the log and reading it; see op.h. */
#include "db/op.h"

#include <stdlib.h>
#include <string.h>

#include "db/codec.h"
#include "db/fold.h"
#include "db/internal.h"
#include "db/rule.h"
#include "i18n/utf8.h"

enum { OP_SCHEMA = 1 };

/* --- meta and replicas
 * ------------------------------------------------------------------------------ */

enum status db_meta_int(struct db *db, const char *key, int64_t *ret_value)
{
    sqlite3_stmt *s;
    bool row = false;
    enum status status = db_query(db, QUERY_META_GET, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":key", key);
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row)
        *ret_value = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return status == STATUS_OK && !row ? STATUS_NOT_FOUND : status;
}

enum status db_meta_put_int(struct db *db, const char *key, int64_t value)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_META_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":key", key);
    bind_int(s, ":value", value);
    return db_run(db, s);
}

static enum status find_replica(struct db *db, const struct uuid *id, int64_t *ret_n)
{
    sqlite3_stmt *s;
    bool row = false;
    enum status status = db_query(db, QUERY_REPLICA_BY_ID, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row)
        *ret_n = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return status == STATUS_OK && !row ? STATUS_NOT_FOUND : status;
}

static enum status add_replica(struct db *db, const struct uuid *id, int64_t *ret_n)
{
    static const uint8_t start[SHA256_BYTES];
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_REPLICA_ADD, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    bind_blob(s, ":hash", start, sizeof start);
    status = db_run(db, s);
    if (status == STATUS_OK)
        *ret_n = sqlite3_last_insert_rowid(db->sqlite);
    return status;
}

enum status op_new_replica(struct db *db)
{
    struct uuid id;
    int64_t n = 0;
    enum status status = uuid_new(db_now_ms(db), &id);
    if (status == STATUS_OK)
        status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = op_write_chain_end(db);
    op_forget_chain_end(db);
    if (status == STATUS_OK)
        status = add_replica(db, &id, &n);
    if (status == STATUS_OK)
        status = db_meta_put_int(db, "replica", n);
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    db->replica = 0;
    return db_commit(db);
}

enum status op_set_born(struct db *db, const struct uuid *replica, int64_t born_ms)
{
    enum status status = op_write_chain_end(db);
    op_forget_chain_end(db);
    db->born = replica != NULL;
    db->born_ms = born_ms;
    db->replica = 0;
    if (!replica || status != STATUS_OK)
        return status;
    status = find_replica(db, replica, &db->replica);
    return status == STATUS_NOT_FOUND ? add_replica(db, replica, &db->replica) : status;
}

/* --- appending
 * -------------------------------------------------------------------------------------- */

static enum status stored_kind(struct db *db, const struct uuid *record, int64_t *ret_kind)
{
    sqlite3_stmt *s;
    bool row = false;
    enum status status = db_query(db, QUERY_OP_RECORD_KIND, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    status = db_step(db, s, &row);
    int64_t kind = row ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    if (status == STATUS_OK)
        *ret_kind = kind;
    return status;
}

enum status op_seen(struct db *db, const struct uuid *record, struct seen *ret_seen)
{
    sqlite3_stmt *s;
    struct seen seen = {0};
    enum status status = db_query(db, QUERY_OP_SEEN, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        if (seen.count == SEEN_MAX || !column_id(s, 0, &seen.rows[seen.count].replica)) {
            sqlite3_reset(s);
            return db_refuse(db, STATUS_CORRUPT, "too many replicas changed one record");
        }
        seen.rows[seen.count++].seq = sqlite3_column_int64(s, 1);
    }
    if (status == STATUS_OK)
        *ret_seen = seen;
    return status;
}

static bool seen_covers(const struct seen *seen, const struct seen *stored)
{
    for (size_t i = 0; i < stored->count; i++) {
        bool covered = false;
        for (size_t j = 0; j < seen->count; j++)
            if (uuid_equal(&seen->rows[j].replica, &stored->rows[i].replica))
                covered = seen->rows[j].seq >= stored->rows[i].seq;
        if (!covered)
            return false;
    }
    return true;
}

static bool is_op_field(int number)
{
    return number == FIELD_STATUS || number == VERIFY_METHOD || number == VERIFY_RESULT ||
           number == VERIFY_NOTE || number == MERGE_INTO;
}

static bool op_field_is_good(const struct field_value *f)
{
    const struct value *v = &f->value;
    switch (f->field) {
    case FIELD_STATUS:
        return v->type == VALUE_INT && enum_name("STATUS", (int)v->integer);
    case VERIFY_METHOD:
        return v->type == VALUE_INT && enum_name("METHOD", (int)v->integer);
    case VERIFY_RESULT:
        return v->type == VALUE_INT && enum_name("RESULT", (int)v->integer);
    case MERGE_INTO:
        return v->type == VALUE_ID;
    default:
        return v->type == VALUE_TEXT || v->type == VALUE_NULL;
    }
}

static enum status check_field(struct db *db, enum record_kind kind, struct field_value *f,
                               struct arena *arena)
{
    static const struct field note = {.type = FIELD_PROSE, .rule = "FREE", .lang = FIELD_NONE};
    const struct field *field = field_by_number(f->field);
    if (is_op_field(f->field)) {
        if (!op_field_is_good(f))
            return STATUS_INVALID;
        field = &note;
        if (f->field != VERIFY_NOTE)
            return STATUS_OK;
    } else if (!field || field->kind != kind) {
        return STATUS_INVALID;
    }
    enum status status = rule_normalize(field, &f->value, arena);
    return status == STATUS_OK ? rule_check(db, field, &f->value) : status;
}

/* Copies the change's fields, normalized and checked. */
static enum status check_fields(struct db *db, const struct change *c, struct arena *arena,
                                struct field_value **ret_fields, int *ret_bad)
{
    struct field_value *fields = arena_alloc(arena, (c->field_count + 1) * sizeof *fields);
    for (size_t i = 0; i < c->field_count; i++) {
        fields[i] = c->fields[i];
        enum status status = check_field(db, c->record_kind, &fields[i], arena);
        for (size_t j = 0; j < i && status == STATUS_OK; j++)
            if (fields[j].field == fields[i].field)
                status = STATUS_INVALID;
        if (status != STATUS_OK) {
            *ret_bad = c->fields[i].field;
            return status;
        }
    }
    *ret_fields = fields;
    return STATUS_OK;
}

/* The record as it will be, against the rules over several fields. */
static enum status check_whole(struct db *db, const struct change *c,
                               const struct field_value *fields, int *ret_bad)
{
    if (c->kind != OP_CREATE && c->kind != OP_SET && c->kind != OP_RESOLVE)
        return STATUS_OK;
    struct record_list list = {0};
    enum status status = STATUS_OK;
    if (c->kind == OP_CREATE) {
        list.rows = arena_alloc(&list.arena, sizeof *list.rows);
        list.rows[0].kind = c->record_kind;
        (void)field_list(c->record_kind, &list.rows[0].count);
        list.rows[0].values =
            arena_alloc(&list.arena, list.rows[0].count * sizeof *list.rows[0].values);
    } else {
        status = record_load(db, c->record_kind, &c->record, &list);
    }
    for (size_t i = 0; i < c->field_count && status == STATUS_OK; i++) {
        size_t at = record_field_index(c->record_kind, fields[i].field);
        if (at != SIZE_MAX)
            list.rows[0].values[at] = fields[i].value;
    }
    if (status == STATUS_OK)
        status = rule_check_record(&list.rows[0], ret_bad);
    record_list_release(&list);
    return status;
}

static enum status check_version(struct db *db, const struct change *c, struct seen *ret_seen)
{
    int64_t kind = 0;
    enum status status = stored_kind(db, &c->record, &kind);
    if (status != STATUS_OK)
        return status;
    if (c->kind == OP_CREATE) {
        if (kind)
            return db_refuse(db, STATUS_CONFLICT, "the record is there already");
        *ret_seen = (struct seen){0};
        return STATUS_OK;
    }
    if (kind != (int64_t)c->record_kind)
        return db_refuse(db, STATUS_NOT_FOUND, "no such record to change");
    struct seen stored;
    status = op_seen(db, &c->record, &stored);
    if (status != STATUS_OK)
        return status;
    if (c->seen && !seen_covers(c->seen, &stored))
        return db_refuse(db, STATUS_CONFLICT, "the record was changed meanwhile");
    *ret_seen = stored;
    return STATUS_OK;
}

static enum status own_replica(struct db *db)
{
    if (db->replica)
        return STATUS_OK;
    enum status status = db_meta_int(db, "replica", &db->replica);
    if (status == STATUS_NOT_FOUND)
        status = db_refuse(db, STATUS_CORRUPT, "the file has no replica of its own");
    return status;
}

static enum status insert_op(struct db *db, const struct op_bytes *op)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_OP_ADD, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":replica", db->replica);
    bind_int(s, ":seq", op->seq);
    bind_blob(s, ":prev_hash", op->prev_hash, SHA256_BYTES);
    bind_int(s, ":hlc", op->hlc);
    bind_int(s, ":kind", op->kind);
    bind_id(s, ":record", &op->record);
    bind_int(s, ":record_kind", op->record_kind);
    bind_text(s, ":area", op->area);
    bind_blob(s, ":seen", op->seen, op->seen_len);
    bind_blob(s, ":fields", op->fields, op->fields_len);
    bind_text(s, ":actor", op->actor);
    bind_text(s, ":reason", op->reason);
    bind_int(s, ":schema", op->schema);
    return db_run(db, s);
}

/* Reads the end of the own chain and the clock. */
static enum status read_chain_end(struct db *db, struct chain_end *ret_end)
{
    sqlite3_stmt *s;
    bool row = false;
    struct chain_end end = {.known = true};
    enum status status = own_replica(db);
    if (status == STATUS_OK)
        status = db_query(db, QUERY_REPLICA_LAST, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":n", db->replica);
    status = db_step(db, s, &row);
    if (status != STATUS_OK)
        return status;
    bool good = row && column_id(s, 0, &end.replica) && sqlite3_column_bytes(s, 2) == SHA256_BYTES;
    if (good) {
        end.seq = sqlite3_column_int64(s, 1);
        memcpy(end.hash, sqlite3_column_blob(s, 2), SHA256_BYTES);
    }
    sqlite3_reset(s);
    if (!good)
        return db_refuse(db, STATUS_CORRUPT, "the end of the own log is unreadable");
    status = db_meta_int(db, "hlc", &end.hlc);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        *ret_end = end;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status op_write_chain_end(struct db *db)
{
    sqlite3_stmt *s;
    struct chain_end *end = &db->chain;
    if (!end->known || !end->moved)
        return STATUS_OK;
    enum status status = db_query(db, QUERY_REPLICA_ADVANCE, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":n", db->replica);
    bind_int(s, ":seq", end->seq);
    bind_blob(s, ":hash", end->hash, sizeof end->hash);
    status = db_run(db, s);
    if (status == STATUS_OK)
        status = db_meta_put_int(db, "hlc", end->hlc);
    end->moved = status != STATUS_OK;
    return status;
}

void op_forget_chain_end(struct db *db)
{
    db->chain = (struct chain_end){0};
}

/* The hybrid clock: the machine's milliseconds, or one more than anything seen here. */
static int64_t next_hlc(struct db *db, int64_t last)
{
    int64_t now = (db->born ? db->born_ms : db_now_ms(db)) << HLC_SHIFT;
    return now > last ? now : last + 1;
}

/* Puts the op behind the end of the own chain. */
static enum status add_to_chain(struct db *db, struct op_bytes *op)
{
    struct chain_end *end = &db->chain;
    enum status status = end->known ? STATUS_OK : read_chain_end(db, end);
    if (status != STATUS_OK)
        return status;
    op->replica = end->replica;
    op->seq = end->seq + 1;
    memcpy(op->prev_hash, end->hash, SHA256_BYTES);
    op->hlc = next_hlc(db, end->hlc);
    status = insert_op(db, op);
    if (status != STATUS_OK)
        return status;
    end->seq = op->seq;
    end->hlc = op->hlc;
    codec_hash(op, end->hash);
    end->moved = true;
    return STATUS_OK;
}

static enum status write_op(struct db *db, const struct change *c, const struct field_value *fields,
                            const struct seen *seen)
{
    struct text field_bytes, seen_bytes;
    text_init(&field_bytes);
    text_init(&seen_bytes);
    codec_put_fields(&field_bytes, fields, c->field_count);
    codec_put_seen(&seen_bytes, seen);
    struct op_bytes op = {
        .kind = c->kind,
        .record = c->record,
        .record_kind = c->record_kind,
        .area = c->area,
        .actor = c->actor,
        .reason = c->reason,
        .seen = seen_bytes.bytes,
        .seen_len = seen_bytes.len,
        .fields = field_bytes.bytes,
        .fields_len = field_bytes.len,
        .schema = OP_SCHEMA,
    };
    enum status status = add_to_chain(db, &op);
    text_release(&field_bytes);
    text_release(&seen_bytes);
    return status;
}

static enum status fold_change(struct db *db, const struct change *c,
                               const struct field_value *fields)
{
    struct uuid *targets = mem_alloc((c->field_count + 1) * sizeof *targets);
    size_t count = 0;
    for (size_t i = 0; i < c->field_count; i++)
        if (fields[i].value.type == VALUE_ID)
            targets[count++] = fields[i].value.id;
    enum status status = index_remove(db, c->record_kind, &c->record, targets, count);
    free(targets);
    if (status == STATUS_OK)
        status = c->kind == OP_CREATE
                     ? fold_created(db, c->record_kind, &c->record, fields, c->field_count)
                     : fold_record(db, c->record_kind, &c->record);
    return status == STATUS_OK ? index_add(db, c->record_kind, &c->record) : status;
}

static enum status append_in_transaction(struct db *db, const struct change *c, struct arena *arena,
                                         int *ret_bad)
{
    struct seen seen;
    struct field_value *fields;
    enum status status = check_version(db, c, &seen);
    if (status == STATUS_OK)
        status = check_fields(db, c, arena, &fields, ret_bad);
    if (status == STATUS_OK)
        status = check_whole(db, c, fields, ret_bad);
    if (status == STATUS_OK)
        status = write_op(db, c, fields, &seen);
    return status == STATUS_OK ? fold_change(db, c, fields) : status;
}

/* One line of text that may go into the log as it is. */
static bool is_clean_line(const char *s)
{
    size_t len = strlen(s), chars = 0;
    if (!utf8_valid(s, len, NULL))
        return false;
    for (size_t i = 0; i < len; chars++) {
        char32_t cp;
        i += utf8_decode(s + i, len - i, &cp);
        if (utf8_is_forbidden(cp))
            return false;
    }
    return chars <= PROSE_MAX_CHARS;
}

enum status op_append(struct db *db, const struct change *change, int *ret_bad)
{
    if (!is_clean_line(change->actor) || !is_clean_line(change->reason) ||
        !kind_name(change->record_kind))
        return db_refuse(db, STATUS_INVALID, "actor, reason or kind of the change");
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    struct arena arena = {0};
    int bad = 0;
    status = append_in_transaction(db, change, &arena, &bad);
    arena_release(&arena);
    if (status == STATUS_INVALID && ret_bad)
        *ret_bad = bad;
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db);
}
