/* Reading the log: history, folding all of it again, checking its chains; see op.h. */
#include "db/op.h"

#include <stdlib.h>
#include <string.h>

#include "db/codec.h"
#include "db/fold.h"
#include "db/internal.h"
#include "db/restricted.h"
#include "db/search.h"

int64_t op_day(int64_t hlc)
{
    enum { DAY_MS = 24 * 60 * 60 * 1000, UTC_PLUS_7_MS = 7 * 60 * 60 * 1000 };
    return ((hlc >> HLC_SHIFT) + UTC_PLUS_7_MS) / DAY_MS;
}

/* --- history
 * ---------------------------------------------------------------------------------------- */

/* s is at a row of op_of_record or op_of_save. */
static enum status read_op(struct db *db, sqlite3_stmt *s, struct arena *arena, struct op_row *row)
{
    struct field_value *fields;
    size_t count, kept = 0, len = (size_t)sqlite3_column_bytes(s, 2);
    const char *bytes = len ? arena_strndup(arena, sqlite3_column_blob(s, 2), len) : "";
    enum status status = codec_get_fields(bytes, len, arena, &fields, &count);
    *row = (struct op_row){.kind = (enum op_kind)sqlite3_column_int(s, 0),
                           .hlc = sqlite3_column_int64(s, 1),
                           .time_ms = sqlite3_column_int64(s, 1) >> HLC_SHIFT,
                           .actor = arena_strdup(arena, column_text(s, 3)),
                           .reason = arena_strdup(arena, column_text(s, 4)),
                           .op.seq = sqlite3_column_int64(s, 6),
                           .record_kind = (enum record_kind)sqlite3_column_int(s, 8),
                           .area = arena_strdup(arena, column_text(s, 9))};
    if (status != STATUS_OK || !column_id(s, 5, &row->op.replica) || !column_id(s, 7, &row->record))
        return db_refuse(db, STATUS_CORRUPT, "an op cannot be read");
    for (size_t i = 0; i < count; i++) {
        if (fields[i].field >= 100 && !field_by_number(fields[i].field))
            continue;
        struct value *v = &fields[i].value;
        if (v->type == VALUE_TEXT)
            v->text.bytes = arena_strndup(arena, v->text.bytes, v->text.len);
        if (fields[i].field == SAVE_PART && v->type == VALUE_INT)
            row->part = v->integer;
        fields[kept++] = fields[i];
    }
    row->fields = fields;
    row->field_count = kept;
    return STATUS_OK;
}

static void add_row(struct op_list *list, size_t *room)
{
    list->rows = arena_grow(&list->arena, list->rows, list->count, room, sizeof *list->rows);
}

static enum status finish_list(struct op_list *list, enum status status, struct op_list *ret_ops)
{
    if (status == STATUS_OK && !list->count)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *ret_ops = *list;
    else
        op_list_release(list);
    return status;
}

enum status op_history(struct db *db, const struct uuid *record, struct op_list *ret_ops)
{
    sqlite3_stmt *s;
    struct op_list list = {0};
    size_t room = 0;
    enum status status = db_query(db, QUERY_OP_OF_RECORD, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        add_row(&list, &room);
        status = read_op(db, s, &list.arena, &list.rows[list.count]);
        if (status != STATUS_OK)
            break;
        list.count++;
    }
    sqlite3_reset(s);
    fold_mark_undone(list.rows, list.count);
    return finish_list(&list, status, ret_ops);
}

static enum status read_save(struct db *db, const struct op_ref *first, struct op_list *list)
{
    sqlite3_stmt *s;
    size_t room = 0;
    enum status status = db_query(db, QUERY_OP_OF_SAVE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":replica", &first->replica);
    bind_int(s, ":seq", first->seq);
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        add_row(list, &room);
        struct op_row *op = &list->rows[list->count];
        status = read_op(db, s, &list->arena, op);
        int64_t part = op->op.seq - first->seq;
        if (status != STATUS_OK || (list->count && op->part != part))
            break; /* where the next save begins */
        list->count++;
    }
    sqlite3_reset(s);
    return status;
}

enum status op_of_save(struct db *db, const struct op_ref *save, struct op_list *ret_ops)
{
    struct op_list list = {0};
    enum status status = read_save(db, save, &list);
    int64_t part = list.count ? list.rows[0].part : 0;
    if (status == STATUS_OK && part > 0 && part < save->seq) {
        struct op_ref first = {save->replica, save->seq - part};
        op_list_release(&list);
        status = read_save(db, &first, &list);
    }
    bool there = list.count && list.rows[0].op.seq <= save->seq;
    status = finish_list(&list, status == STATUS_OK && !there ? STATUS_NOT_FOUND : status, ret_ops);
    if (status == STATUS_NOT_FOUND && restricted_records(db))
        return op_of_save(restricted_records(db), save, ret_ops);
    return status;
}

void op_list_release(struct op_list *list)
{
    arena_release(&list->arena);
    *list = (struct op_list){0};
}

/* --- what happened lately
 * ------------------------------------------------------------------------------------------- */

/* The first op of a chain with at least that clock: clocks of a chain only rise. */
static enum status first_since(struct db *db, int64_t n, int64_t last_seq, int64_t hlc,
                               int64_t *ret_seq)
{
    int64_t low = 1, high = last_seq + 1;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && low < high) {
        sqlite3_stmt *s;
        int64_t middle = low + (high - low) / 2;
        bool there = false;
        status = db_query(db, QUERY_OP_HLC, &s);
        if (status != STATUS_OK)
            break;
        bind_int(s, ":replica", n);
        bind_int(s, ":seq", middle);
        status = db_step(db, s, &there);
        if (status == STATUS_OK && there && sqlite3_column_int64(s, 0) >= hlc)
            high = middle;
        else
            low = middle + 1;
        sqlite3_reset(s);
    }
    *ret_seq = low;
    return status;
}

static enum status read_from(struct db *db, const struct uuid *replica, int64_t seq,
                             struct op_list *list, size_t *room)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_OP_OF_SAVE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":replica", replica);
    bind_int(s, ":seq", seq);
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        add_row(list, room);
        status = read_op(db, s, &list->arena, &list->rows[list->count]);
        if (status != STATUS_OK)
            break;
        list->count++;
    }
    sqlite3_reset(s);
    return status;
}

static int by_record(const void *left, const void *right)
{
    const struct op_row *a = left, *b = right;
    int order = memcmp(&a->record, &b->record, sizeof a->record);
    if (order)
        return order;
    if (a->hlc != b->hlc)
        return a->hlc < b->hlc ? -1 : 1;
    order = memcmp(&a->op.replica, &b->op.replica, sizeof a->op.replica);
    return order ? order : (a->op.seq > b->op.seq) - (a->op.seq < b->op.seq);
}

static void mark_undone(struct op_list *list)
{
    if (list->count)
        qsort(list->rows, list->count, sizeof *list->rows, by_record);
    for (size_t i = 0, n; i < list->count; i += n) {
        n = 1;
        while (i + n < list->count && uuid_equal(&list->rows[i].record, &list->rows[i + n].record))
            n++;
        fold_mark_undone(&list->rows[i], n);
    }
}

/* --- what ops say of a record as a whole
 * ------------------------------------------------------------ */

static bool sets_status(const struct op_row *op)
{
    bool named = false;
    for (size_t i = 0; i < op->field_count; i++)
        named = named || op->fields[i].field == FIELD_STATUS;
    return op->kind == OP_CLOSE || op->kind == OP_REOPEN || op->kind == OP_MERGE || named;
}

/* False where the last word on the record's status is not a merge. */
static bool merged_into(const struct op_list *ops, struct uuid *ret_record)
{
    size_t last = ops->count;
    while (last > 0 && (ops->rows[last - 1].undone || !sets_status(&ops->rows[last - 1])))
        last--;
    if (!last || ops->rows[last - 1].kind != OP_MERGE)
        return false;
    const struct op_row *op = &ops->rows[last - 1];
    for (size_t i = 0; i < op->field_count; i++)
        if (op->fields[i].field == MERGE_INTO && op->fields[i].value.type == VALUE_ID) {
            *ret_record = op->fields[i].value.id;
            return true;
        }
    return false;
}

enum status op_merged_into(struct db *db, const struct uuid *record, struct uuid *ret_record)
{
    enum { MOST = 64 }; /* two offices may have merged each into the other: no end then */
    struct uuid at = *record;
    bool more = true;
    for (int i = 0; more && i < MOST; i++) {
        struct op_list ops;
        enum status status = op_history(db, &at, &ops);
        if (status == STATUS_NOT_FOUND && restricted_records(db))
            status = op_history(restricted_records(db), &at, &ops);
        if (status != STATUS_OK)
            return status;
        more = merged_into(&ops, &at);
        op_list_release(&ops);
    }
    *ret_record = more ? *record : at;
    return STATUS_OK;
}

enum status op_not_reached(struct db *db, const struct uuid *record, int *ret_times)
{
    sqlite3_stmt *s;
    int times = 0;
    bool row, more = true;
    enum status status = db_query(db, QUERY_VERIFICATION_RESULTS, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    while (more && (status = db_step(db, s, &row)) == STATUS_OK && row) {
        more = sqlite3_column_int(s, 0) == VALUE_RESULT_NOT_REACHED;
        times += more;
    }
    sqlite3_reset(s);
    if (status == STATUS_OK)
        *ret_times = times;
    return status;
}

/* --- folding everything again
 * ----------------------------------------------------------------------- */

static enum status empty_tables(struct db *db)
{
    struct text sql;
    text_init(&sql);
    text_adds(&sql, "DELETE FROM verification; DELETE FROM former_owner; DELETE FROM proposal;"
                    "DELETE FROM proposal_part; DELETE FROM review_area; DELETE FROM apart;");
    for (int kind = 1; kind < RECORD_KIND_END; kind++)
        text_addf(&sql, "DELETE FROM %s;", kind_name((enum record_kind)kind));
    enum status status = db_exec(db, sql.bytes);
    text_release(&sql);
    return status;
}

static enum status fold_records(struct db *db)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_OP_RECORDS, &s);
    bool row;
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        struct uuid record;
        if (!column_id(s, 0, &record))
            continue;
        status = fold_record(db, (enum record_kind)sqlite3_column_int(s, 1), &record);
        if (status != STATUS_OK)
            break;
    }
    sqlite3_reset(s);
    return status;
}

enum status op_fold_all(struct db *db)
{
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = empty_tables(db);
    if (status == STATUS_OK)
        status = fold_records(db);
    if (status == STATUS_OK)
        status = search_rebuild(db);
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db);
}

enum status op_state_hash(struct db *db, uint8_t ret_hash[SHA256_BYTES])
{
    return fold_hash(db, ret_hash);
}

/* --- the chain
 * -------------------------------------------------------------------------------------- */

struct chain {
    int64_t n;
    struct uuid replica;
    int64_t last_seq;
    uint8_t last_hash[SHA256_BYTES];
};

static struct op_bytes op_of_row(sqlite3_stmt *s, const struct uuid *replica)
{
    struct op_bytes op = {
        .replica = *replica,
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
    (void)column_id(s, 4, &op.record);
    if (!op.seen)
        op.seen = "";
    if (!op.fields)
        op.fields = "";
    if (sqlite3_column_bytes(s, 1) == SHA256_BYTES)
        memcpy(op.prev_hash, sqlite3_column_blob(s, 1), SHA256_BYTES);
    return op;
}

static enum status check_one_chain(struct db *db, const struct chain *chain)
{
    uint8_t hash[SHA256_BYTES] = {0};
    int64_t seq = 0;
    char name[UUID_TEXT];
    uuid_format(&chain->replica, name);
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_OP_OF_REPLICA, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":replica", chain->n);
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        struct op_bytes op = op_of_row(s, &chain->replica);
        if (op.seq != seq + 1 || memcmp(op.prev_hash, hash, sizeof hash) != 0) {
            sqlite3_reset(s);
            return db_refuse(db, STATUS_CORRUPT, "log of %s breaks at %lld", name,
                             (long long)(seq + 1));
        }
        seq = op.seq;
        codec_hash(&op, hash);
    }
    if (status == STATUS_OK &&
        (seq != chain->last_seq || memcmp(hash, chain->last_hash, sizeof hash) != 0))
        status = db_refuse(db, STATUS_CORRUPT, "log of %s ends at %lld instead of %lld", name,
                           (long long)seq, (long long)chain->last_seq);
    return status;
}

static enum status read_chains(struct db *db, struct arena *arena, struct chain **ret_rows,
                               size_t *ret_count)
{
    sqlite3_stmt *s;
    size_t room = 0;
    enum status status = db_query(db, QUERY_REPLICA_ALL, &s);
    bool row;
    while (status == STATUS_OK && (status = db_step(db, s, &row)) == STATUS_OK && row) {
        *ret_rows = arena_grow(arena, *ret_rows, *ret_count, &room, sizeof **ret_rows);
        struct chain *c = &(*ret_rows)[*ret_count];
        c->n = sqlite3_column_int64(s, 0);
        c->last_seq = sqlite3_column_int64(s, 2);
        if (!column_id(s, 1, &c->replica) || sqlite3_column_bytes(s, 3) != SHA256_BYTES) {
            sqlite3_reset(s);
            return db_refuse(db, STATUS_CORRUPT, "a replica's row is unreadable");
        }
        memcpy(c->last_hash, sqlite3_column_blob(s, 3), SHA256_BYTES);
        ++*ret_count;
    }
    return status;
}

enum status op_since(struct db *db, int64_t time_ms, struct op_list *ret_ops)
{
    struct arena arena = {0};
    struct chain *chains = NULL;
    struct op_list list = {0};
    size_t count = 0, room = 0;
    enum status status = op_write_chain_end(db);
    if (status == STATUS_OK)
        status = read_chains(db, &arena, &chains, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        int64_t seq;
        status = first_since(db, chains[i].n, chains[i].last_seq, time_ms << HLC_SHIFT, &seq);
        if (status == STATUS_OK && seq <= chains[i].last_seq)
            status = read_from(db, &chains[i].replica, seq, &list, &room);
    }
    arena_release(&arena);
    if (status != STATUS_OK) {
        op_list_release(&list);
        return status;
    }
    mark_undone(&list);
    *ret_ops = list;
    return STATUS_OK;
}

enum status op_check_chain(struct db *db)
{
    struct arena arena = {0};
    struct chain *chains = NULL;
    size_t count = 0;
    enum status status = op_write_chain_end(db);
    if (status == STATUS_OK)
        status = read_chains(db, &arena, &chains, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = check_one_chain(db, &chains[i]);
    arena_release(&arena);
    return status;
}
