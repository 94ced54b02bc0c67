/* The own end of the log: which file this is, its last sequence number, hash and clock; see
 * internal.h. Knows nothing of what ops mean. */
#include "db/chain.h"

#include <string.h>

#include "db/codec.h"
#include "db/internal.h"
#include "db/restricted.h"

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
    enum status status = uuid_new(db_now_ms(db), &id);
    return status == STATUS_OK ? op_set_replica(db, &id) : status;
}

enum status op_set_replica(struct db *db, const struct uuid *id)
{
    int64_t n = 0;
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = op_write_chain_end(db);
    op_forget_chain_end(db);
    if (status == STATUS_OK)
        status = add_replica(db, id, &n);
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

/* --- the end of the chain
 * --------------------------------------------------------------------------- */

static enum status own_replica(struct db *db)
{
    if (db->replica)
        return STATUS_OK;
    enum status status = db_meta_int(db, "replica", &db->replica);
    if (status == STATUS_NOT_FOUND)
        status = db_refuse(db, STATUS_CORRUPT, "the file has no replica of its own");
    return status;
}

enum status chain_insert(struct db *db, int64_t replica, const struct op_bytes *op)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_OP_ADD, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":replica", replica);
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

/* The directory and its confidential part have one clock: what happened first in either is older.
 */
static enum status clock_beside(struct db *db, int64_t *ret_hlc)
{
    struct db *other = db->outer ? db->outer : restricted_records(db);
    *ret_hlc = other && other->chain.known ? other->chain.hlc : 0;
    if (!other || other->chain.known)
        return STATUS_OK;
    enum status status = db_meta_int(other, "hlc", ret_hlc);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
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

enum status chain_last(struct db *db, struct op_ref *ret_op)
{
    struct chain_end end = db->chain;
    enum status status = end.known ? STATUS_OK : read_chain_end(db, &end);
    if (status == STATUS_OK)
        *ret_op = (struct op_ref){end.replica, end.seq};
    return status;
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
    if (!db->born)
        db->replica = 0; /* a restore elsewhere may give the file a new one */
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
    int64_t beside = 0;
    if (status == STATUS_OK && !db->born)
        status = clock_beside(db, &beside);
    if (status != STATUS_OK)
        return status;
    op->replica = end->replica;
    op->seq = end->seq + 1;
    memcpy(op->prev_hash, end->hash, SHA256_BYTES);
    op->hlc = next_hlc(db, beside > end->hlc ? beside : end->hlc);
    status = chain_insert(db, db->replica, op);
    if (status != STATUS_OK)
        return status;
    end->seq = op->seq;
    end->hlc = op->hlc;
    codec_hash(op, end->hash);
    end->moved = true;
    return STATUS_OK;
}

enum status chain_write(struct db *db, const struct change *c, const struct seen *seen,
                        struct op_ref *ret_op)
{
    struct text field_bytes, seen_bytes;
    text_init(&field_bytes);
    text_init(&seen_bytes);
    codec_put_fields(&field_bytes, c->fields, c->field_count);
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
    if (status == STATUS_OK)
        *ret_op = (struct op_ref){op.replica, op.seq};
    text_release(&field_bytes);
    text_release(&seen_bytes);
    return status;
}
