/* Sealing the ops of confidential records, opening them into memory, and handing what a save sealed
 * from the directory over to the file of the sealed log; see restricted.h. One save stays one
 * transaction of the directory: its sealed ops are committed with it and moved afterwards; that can
 * be done again at any time. Knows nothing of PINs. */
#include <stdlib.h>
#include <string.h>

#include "db/chain.h"
#include "db/codec.h"
#include "db/fold.h"
#include "db/restricted_state.h"

/* --- an op as bytes
 * --------------------------------------------------------------------------------- */

enum { FORM = 1, RETRIES = 3 };

static void put_number(struct text *out, int64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        text_addc(out, (char)((uint64_t)value >> shift & 0xff));
}

static void put_bytes(struct text *out, const void *bytes, size_t len)
{
    put_number(out, (int64_t)len);
    text_add(out, bytes, len);
}

static void put_op(struct text *out, const struct op_bytes *op)
{
    text_addc(out, FORM);
    text_add(out, (const char *)op->prev_hash, SHA256_BYTES);
    put_number(out, op->hlc);
    put_number(out, op->kind);
    text_add(out, (const char *)op->record.bytes, UUID_BYTES);
    put_number(out, op->record_kind);
    put_bytes(out, op->area, strlen(op->area));
    put_bytes(out, op->seen, op->seen_len);
    put_bytes(out, op->fields, op->fields_len);
    put_bytes(out, op->actor, strlen(op->actor));
    put_bytes(out, op->reason, strlen(op->reason));
    put_number(out, op->schema);
}

/* What is left to read; bytes NULL: it ended too early. */
struct reader {
    const char *bytes;
    size_t left;
};

static const char *get(struct reader *r, size_t len)
{
    if (!r->bytes || r->left < len) {
        r->bytes = NULL;
        return NULL;
    }
    const char *here = r->bytes;
    r->bytes += len;
    r->left -= len;
    return here;
}

static int64_t get_number(struct reader *r)
{
    const char *bytes = get(r, 8);
    uint64_t value = 0;
    for (size_t i = 0; bytes && i < 8; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return (int64_t)value;
}

static const void *get_bytes(struct reader *r, size_t *ret_len)
{
    int64_t len = get_number(r);
    const char *bytes = len < 0 ? NULL : get(r, (size_t)len);
    *ret_len = bytes ? (size_t)len : 0;
    return bytes ? bytes : "";
}

static const char *get_text(struct reader *r, struct arena *arena)
{
    size_t len;
    const char *bytes = get_bytes(r, &len);
    return arena_strndup(arena, bytes, len);
}

/* replica and seq are the caller's; bytes stay where they are, texts go into the arena. */
static bool get_op(const struct text *opened, struct arena *arena, struct op_bytes *op)
{
    struct reader r = {opened->bytes, opened->len};
    const char *form = get(&r, 1), *hash = get(&r, SHA256_BYTES);
    if (!form || *form != FORM || !hash)
        return false;
    memcpy(op->prev_hash, hash, SHA256_BYTES);
    op->hlc = get_number(&r);
    op->kind = get_number(&r);
    const char *record = get(&r, UUID_BYTES);
    if (record)
        memcpy(op->record.bytes, record, UUID_BYTES);
    op->record_kind = get_number(&r);
    op->area = get_text(&r, arena);
    op->seen = get_bytes(&r, &op->seen_len);
    op->fields = get_bytes(&r, &op->fields_len);
    op->actor = get_text(&r, arena);
    op->reason = get_text(&r, arena);
    op->schema = get_number(&r);
    return r.bytes && r.left == 0;
}

/* What binds a sealed op to its place: nobody can put it elsewhere in the log. */
enum { PLACE = 1 + 8 + UUID_BYTES };

static void write_place(uint8_t ret_place[PLACE], int level, const struct uuid *replica,
                        int64_t seq)
{
    ret_place[0] = (uint8_t)level;
    for (int i = 0; i < 8; i++)
        ret_place[1 + i] = (uint8_t)((uint64_t)seq >> (56 - 8 * i) & 0xff);
    memcpy(ret_place + 9, replica->bytes, UUID_BYTES);
}

/* --- sealing
 * ---------------------------------------------------------------------------------------- */

static enum status add_sealed(struct db *to, int level, int64_t seq, const struct text *sealed)
{
    sqlite3_stmt *s;
    enum status status = db_query(to, QUERY_SEALED_OP_ADD, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":level", level);
    bind_int(s, ":seq", seq);
    bind_blob(s, ":sealed", sealed->bytes, sealed->len);
    return db_run(to, s);
}

static enum status seal_row(struct db *db, int level, sqlite3_stmt *s)
{
    struct sealed_chain *chain = &restricted_of(db)->chains[level];
    struct op_bytes op = {
        .seq = sqlite3_column_int64(s, 0),
        .hlc = sqlite3_column_int64(s, 2),
        .kind = sqlite3_column_int64(s, 3),
        .record_kind = sqlite3_column_int64(s, 5),
        .area = column_text(s, 6),
        .seen = sqlite3_column_blob(s, 7),
        .seen_len = (size_t)sqlite3_column_bytes(s, 7),
        .fields = sqlite3_column_blob(s, 8),
        .fields_len = (size_t)sqlite3_column_bytes(s, 8),
        .actor = column_text(s, 9),
        .reason = column_text(s, 10),
        .schema = sqlite3_column_int64(s, 11),
    };
    uint8_t place[PLACE];
    (void)column_id(s, 4, &op.record);
    if (sqlite3_column_bytes(s, 1) == SHA256_BYTES)
        memcpy(op.prev_hash, sqlite3_column_blob(s, 1), SHA256_BYTES);
    struct text opened = TEXT_INIT, sealed = TEXT_INIT;
    op.seen = op.seen ? op.seen : "";
    op.fields = op.fields ? op.fields : "";
    put_op(&opened, &op);
    write_place(place, level, &chain->replica, op.seq);
    seal_put(&sealed, chain->key, place, sizeof place, opened.bytes, opened.len);
    enum status status = add_sealed(db, level, op.seq, &sealed);
    if (status == STATUS_OK)
        chain->sealed = op.seq;
    seal_wipe_text(&opened);
    text_release(&sealed);
    return status;
}

/* Every op of the level that memory has beyond what is sealed. */
static enum status seal_level(struct db *db, int level)
{
    struct restricted *r = db->restricted;
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(r->memory, QUERY_OP_AFTER, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":replica", r->chains[level].n);
    bind_int(s, ":seq", r->chains[level].sealed);
    while ((status = db_step(r->memory, s, &row)) == STATUS_OK && row)
        if ((status = seal_row(db, level, s)) != STATUS_OK)
            break;
    sqlite3_reset(s);
    return status;
}

enum status restricted_before_commit(struct db *db)
{
    struct restricted *r = db->restricted;
    if (!r || !r->writing)
        return STATUS_OK;
    enum status status = op_write_chain_end(r->memory);
    for (int level = 1; level <= r->level && status == STATUS_OK; level++)
        status = seal_level(db, level);
    r->handing_over = true;
    return status;
}

/* --- handing over
 * ----------------------------------------------------------------------------------- */

static enum status copy_level(struct db *db, struct db *file, int level, int64_t *ret_last)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_SEALED_OP_AFTER, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":level", level);
    bind_int(s, ":seq", 0);
    *ret_last = 0;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        struct text sealed = TEXT_INIT;
        *ret_last = sqlite3_column_int64(s, 0);
        text_add(&sealed, sqlite3_column_blob(s, 1), (size_t)sqlite3_column_bytes(s, 1));
        status = add_sealed(file, level, *ret_last, &sealed);
        text_release(&sealed);
        if (status != STATUS_OK)
            break;
    }
    sqlite3_reset(s);
    return status;
}

static enum status forget_level(struct db *db, int level, int64_t last)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_SEALED_OP_FORGET, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":level", level);
    bind_int(s, ":seq", last);
    return db_run(db, s);
}

static enum status copy_all(struct db *db, struct db *file, int64_t last[LEVEL_COUNT])
{
    enum status status = db_begin(file);
    if (status != STATUS_OK)
        return status;
    for (int level = 1; level < LEVEL_COUNT && status == STATUS_OK; level++)
        status = copy_level(db, file, level, &last[level]);
    if (status != STATUS_OK) {
        db_rollback(file);
        return status;
    }
    return db_commit(file);
}

static enum status forget_all(struct db *db, const int64_t last[LEVEL_COUNT])
{
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    for (int level = 1; level < LEVEL_COUNT && status == STATUS_OK; level++)
        status = forget_level(db, level, last[level]);
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db);
}

/* Where it fails the ops stay in the directory, sealed, and are handed over the next time. */
static void hand_over(struct db *db)
{
    struct db *file;
    int64_t last[LEVEL_COUNT] = {0};
    if (db->read_only || restricted_file(db, false, &file) != STATUS_OK)
        return;
    enum status status = copy_all(db, file, last);
    bool any = last[LEVEL_OFFICIALS] || last[LEVEL_FOCAL_PERSON];
    if (status == STATUS_OK && any)
        status = forget_all(db, last);
    (void)status;
}

void restricted_committed(struct db *db)
{
    struct restricted *r = db->restricted;
    if (!r || !r->writing)
        return;
    r->writing = false;
    enum status status = db_commit(r->memory);
    if (r->handing_over) {
        r->handing_over = false;
        hand_over(db);
    }
    if (status != STATUS_OK) /* what is sealed is right: fold it again when it is unlocked */
        restricted_lock(db);
}

void restricted_rolled_back(struct db *db)
{
    struct restricted *r = db->restricted;
    if (!r || !r->writing)
        return;
    r->writing = r->handing_over = false;
    while (r->memory->depth > 0)
        db_rollback(r->memory);
    for (int level = 1; level < LEVEL_COUNT; level++)
        r->chains[level].sealed = r->before[level];
}

/* --- opening into memory
 * ---------------------------------------------------------------------------- */

/* What is being taken over. */
struct taking {
    struct arena arena;
    struct uuid *records;
    enum record_kind *kinds;
    size_t count, room, kinds_room;
    bool gap; /* an op is missing between those known and those found */
};

static enum status advance(struct db *memory, int64_t replica, const struct op_bytes *op)
{
    sqlite3_stmt *s;
    uint8_t hash[SHA256_BYTES];
    int64_t clock = 0;
    enum status status = db_query(memory, QUERY_REPLICA_ADVANCE, &s);
    if (status != STATUS_OK)
        return status;
    codec_hash(op, hash);
    bind_int(s, ":n", replica);
    bind_int(s, ":seq", op->seq);
    bind_blob(s, ":hash", hash, sizeof hash);
    status = db_run(memory, s);
    if (status == STATUS_OK)
        status = db_meta_int(memory, "hlc", &clock);
    if ((status == STATUS_OK || status == STATUS_NOT_FOUND) && op->hlc > clock)
        status = db_meta_put_int(memory, "hlc", op->hlc);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static void note_record(struct taking *t, const struct op_bytes *op)
{
    for (size_t i = 0; i < t->count; i++)
        if (uuid_equal(&t->records[i], &op->record))
            return;
    t->records = arena_grow(&t->arena, t->records, t->count, &t->room, sizeof *t->records);
    t->kinds = arena_grow(&t->arena, t->kinds, t->count, &t->kinds_room, sizeof *t->kinds);
    t->records[t->count] = op->record;
    t->kinds[t->count++] = (enum record_kind)op->record_kind;
}

static enum status take_op(struct db *db, struct taking *t, int level, sqlite3_stmt *row)
{
    struct restricted *r = db->restricted;
    struct sealed_chain *chain = &r->chains[level];
    struct op_bytes op = {.replica = chain->replica, .seq = sqlite3_column_int64(row, 0)};
    uint8_t place[PLACE];
    struct text opened = TEXT_INIT;
    write_place(place, level, &chain->replica, op.seq);
    enum status status =
        seal_get(&opened, chain->key, place, sizeof place, sqlite3_column_blob(row, 1),
                 (size_t)sqlite3_column_bytes(row, 1));
    if (status != STATUS_OK || !get_op(&opened, &t->arena, &op))
        status = db_refuse(db, STATUS_CORRUPT, "sealed log of level %d breaks at %lld", level,
                           (long long)op.seq);
    if (status == STATUS_OK)
        status = chain_insert(r->memory, chain->n, &op);
    if (status == STATUS_OK)
        status = advance(r->memory, chain->n, &op);
    if (status == STATUS_OK) {
        note_record(t, &op);
        chain->sealed = op.seq;
    }
    seal_wipe_text(&opened);
    return status;
}

static enum status take_level(struct db *db, struct db *from, struct taking *t, int level)
{
    struct sealed_chain *chain = &db->restricted->chains[level];
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(from, QUERY_SEALED_OP_AFTER, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":level", level);
    bind_int(s, ":seq", chain->sealed);
    while ((status = db_step(from, s, &row)) == STATUS_OK && row) {
        t->gap = sqlite3_column_int64(s, 0) != chain->sealed + 1;
        if (t->gap || (status = take_op(db, t, level, s)) != STATUS_OK)
            break;
    }
    sqlite3_reset(s);
    return status;
}

/* From the file, then from the directory; again where something moved in between. */
static enum status take_chain(struct db *db, struct taking *t, int level)
{
    struct db *file;
    enum status status = restricted_file(db, false, &file);
    for (int i = 0; i < RETRIES && status == STATUS_OK; i++) {
        t->gap = false;
        status = take_level(db, file, t, level);
        if (status == STATUS_OK && !t->gap)
            status = take_level(db, db, t, level);
        if (!t->gap)
            break;
    }
    if (status == STATUS_OK && t->gap)
        status = db_refuse(db, STATUS_CORRUPT, "sealed log of level %d lacks %lld", level,
                           (long long)db->restricted->chains[level].sealed + 1);
    return status;
}

/* The chain of the level in memory must be whole. */
static enum status take_all(struct db *db, struct taking *t)
{
    struct restricted *r = db->restricted;
    enum status status = db_begin(r->memory);
    if (status != STATUS_OK)
        return status;
    for (int level = 1; level <= r->level && status == STATUS_OK; level++)
        status = take_chain(db, t, level);
    for (size_t i = 0; i < t->count && status == STATUS_OK; i++)
        status = fold_record(r->memory, t->kinds[i], &t->records[i]);
    if (status == STATUS_OK && t->count > 0)
        status = op_check_chain(r->memory);
    if (status != STATUS_OK) {
        db_rollback(r->memory);
        return status;
    }
    return db_commit(r->memory);
}

static enum status take_over(struct db *db)
{
    struct taking t = {0};
    enum status status = take_all(db, &t);
    arena_release(&t.arena);
    return status;
}

static enum status add_chain(struct db *memory, struct sealed_chain *chain)
{
    static const uint8_t start[SHA256_BYTES];
    sqlite3_stmt *s;
    enum status status = db_query(memory, QUERY_REPLICA_ADD, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", &chain->replica);
    bind_blob(s, ":hash", start, sizeof start);
    status = db_run(memory, s);
    chain->n = sqlite3_last_insert_rowid(memory->sqlite);
    chain->sealed = 0;
    return status;
}

enum status restricted_load(struct db *db)
{
    struct restricted *r = db->restricted;
    db_close(r->memory);
    r->memory = NULL;
    enum status status = db_open_file(":memory:", db->set, DB_READ_WRITE, true, &r->memory, NULL);
    if (status != STATUS_OK)
        return status;
    r->memory->outer = db;
    db_set_clock(r->memory, db->now_ms, db->clock);
    /* What its records point to lies in the directory. Nothing of it may reach a temporary file. */
    sqlite3_db_config(r->memory->sqlite, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    status = db_exec(r->memory, "PRAGMA temp_store=MEMORY");
    for (int level = 1; level <= r->level && status == STATUS_OK; level++)
        status = add_chain(r->memory, &r->chains[level]);
    if (status == STATUS_OK)
        status = take_over(db);
    if (status == STATUS_OK)
        status = restricted_follow_merges(db);
    if (status == STATUS_OK)
        hand_over(db);
    return status;
}

enum status restricted_refresh(struct db *db)
{
    struct restricted *r = db ? db->restricted : NULL;
    if (!r || !r->memory || r->writing)
        return STATUS_OK;
    enum status status = take_over(db);
    return status == STATUS_OK ? restricted_follow_merges(db) : status;
}

/* --- writing
 * ---------------------------------------------------------------------------------------- */

enum status restricted_begin(struct db *db)
{
    struct restricted *r = db->restricted;
    if (r->writing)
        return STATUS_OK;
    enum status status = take_over(db);
    if (status != STATUS_OK)
        return status;
    db_set_clock(r->memory, db->now_ms, db->clock);
    status = db_begin(r->memory);
    if (status != STATUS_OK)
        return status;
    for (int level = 1; level < LEVEL_COUNT; level++)
        r->before[level] = r->chains[level].sealed;
    r->writing = true;
    return STATUS_OK;
}

enum status restricted_use_chain(struct db *db, int level)
{
    struct restricted *r = db->restricted;
    enum status status = op_write_chain_end(r->memory);
    op_forget_chain_end(r->memory);
    r->memory->replica = r->chains[level].n;
    return status;
}

enum status restricted_next(struct db *db, int level, struct op_ref *ret_op)
{
    enum status status = restricted_use_chain(db, level);
    if (status == STATUS_OK)
        status = chain_last(db->restricted->memory, ret_op);
    ret_op->seq++;
    return status;
}

enum status restricted_home(struct db *db, const struct uuid *record, int *ret_level)
{
    struct restricted *r = db->restricted;
    sqlite3_stmt *s;
    bool row = false;
    *ret_level = LEVEL_PUBLIC;
    if (!r || !r->memory)
        return STATUS_OK;
    enum status status = db_query(r->memory, QUERY_OP_HOME, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    status = db_step(r->memory, s, &row);
    int64_t replica = row ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    for (int level = 1; level <= r->level && status == STATUS_OK && row; level++)
        if (r->chains[level].n == replica)
            *ret_level = level;
    return status;
}
