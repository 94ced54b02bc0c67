/* The fold; see fold.h. A field's value is the one of the last op that sets it in the order (hybrid
 * clock, replica, seq). An op's clock is above that of every op its author had seen, so a later
 * edit always wins over what it was made from, whatever the machines' clocks say. */
#include "db/fold.h"

#include <string.h>

#include "db/codec.h"
#include "db/op.h"

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
        break;
    }
}

static const struct value *find_value(const struct field_value *fields, size_t count, int number)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].field == number)
            return &fields[i].value;
    return NULL;
}

/* s is at a row of op_of_record. */
static enum status put_verification(struct db *db, const struct uuid *record, sqlite3_stmt *s,
                                    const struct field_value *fields, size_t count)
{
    const struct value *method = find_value(fields, count, VERIFY_METHOD);
    const struct value *result = find_value(fields, count, VERIFY_RESULT);
    const struct value *note = find_value(fields, count, VERIFY_NOTE);
    struct uuid replica;
    sqlite3_stmt *add;
    enum status status = db_query(db, QUERY_VERIFICATION_ADD, &add);
    if (status != STATUS_OK || !column_id(s, 5, &replica))
        return status;
    bind_id(add, ":record", record);
    bind_int(add, ":hlc", sqlite3_column_int64(s, 1));
    bind_id(add, ":replica", &replica);
    bind_int(add, ":seq", sqlite3_column_int64(s, 6));
    bind_int(add, ":method", method && method->type == VALUE_INT ? method->integer : 0);
    bind_int(add, ":result", result && result->type == VALUE_INT ? result->integer : 0);
    bind_text(add, ":actor", column_text(s, 3));
    if (note && note->type == VALUE_TEXT)
        bind_text_len(add, ":note", note->text.bytes, note->text.len);
    else
        bind_text(add, ":note", "");
    return db_run(db, add);
}

/* One row of op_of_record; values are copied into the arena because the row goes away. */
static enum status fold_row(struct db *db, struct record *r, sqlite3_stmt *s, struct arena *arena)
{
    struct field_value *fields;
    size_t count, len = (size_t)sqlite3_column_bytes(s, 2);
    const char *copy = len ? arena_strndup(arena, sqlite3_column_blob(s, 2), len) : "";
    enum status status = codec_get_fields(copy, len, arena, &fields, &count);
    if (status != STATUS_OK)
        return db_refuse(db, status, "fields of an op cannot be read");
    enum op_kind kind = (enum op_kind)sqlite3_column_int(s, 0);
    apply_op(r, kind, fields, count);
    return kind == OP_VERIFY ? put_verification(db, &r->id, s, fields, count) : STATUS_OK;
}

enum status fold_record(struct db *db, enum record_kind kind, const struct uuid *record)
{
    if (!kind_name(kind))
        return STATUS_OK; /* of a newer schema: kept in the log, shown by nobody here */
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_OP_OF_RECORD, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    struct arena arena = {0};
    struct record r = new_record(kind, record, &arena);
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        if ((status = fold_row(db, &r, s, &arena)) != STATUS_OK) {
            sqlite3_reset(s);
            break;
        }
    if (status == STATUS_OK)
        status = record_put(db, &r);
    arena_release(&arena);
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
    sqlite3_stmt *s;
    if (status == STATUS_OK)
        status = db_query(db, QUERY_VERIFICATION_SCAN, &s);
    if (status == STATUS_OK)
        status = hash_rows(db, s, &sum);
    if (status == STATUS_OK)
        sha256_end(&sum, ret_hash);
    return status;
}
