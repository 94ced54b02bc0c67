/* Confidential records follow what they hang on when it is merged into another (db/merge.h): who
 * merges may be locked and knows nothing of them, so their log says the old owner. In memory alone
 * the owner is taken for the record that answers for it, and for itself again once the merge is
 * taken back. */
#include "db/fold.h"
#include "db/restricted_state.h"

/* The record as its ops say, but pointing to what answers for the records it points to. */
static enum status follow_one(struct db *db, struct db *memory, enum record_kind kind,
                              const struct uuid *id)
{
    struct record_list list = {0};
    bool moved = false;
    enum status status = fold_record(memory, kind, id);
    if (status == STATUS_OK)
        status = record_load(memory, kind, id, &list);
    for (size_t i = 0; status == STATUS_OK && i < list.rows[0].count; i++) {
        struct value *v = &list.rows[0].values[i];
        struct uuid now;
        if (v->type != VALUE_ID)
            continue;
        enum status found = op_merged_into(db, &v->id, &now);
        if (found != STATUS_OK && found != STATUS_NOT_FOUND)
            status = found;
        if (found == STATUS_OK && !uuid_equal(&now, &v->id)) {
            v->id = now;
            moved = true;
        }
    }
    if (status == STATUS_OK && moved)
        status = record_put(memory, &list.rows[0]);
    record_list_release(&list);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* its creation is undone */
}

struct known {
    struct uuid id;
    enum record_kind kind;
};

static enum status list_known(struct db *memory, struct arena *arena, struct known **ret_rows,
                              size_t *ret_count)
{
    sqlite3_stmt *s;
    size_t room = 0;
    bool row;
    enum status status = db_query(memory, QUERY_OP_RECORDS, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(memory, s, &row)) == STATUS_OK && row) {
        struct known k = {.kind = (enum record_kind)sqlite3_column_int(s, 1)};
        if (!column_id(s, 0, &k.id) || !kind_name(k.kind))
            continue;
        *ret_rows = arena_grow(arena, *ret_rows, *ret_count, &room, sizeof **ret_rows);
        (*ret_rows)[(*ret_count)++] = k;
    }
    return status;
}

enum status restricted_follow_merges(struct db *db)
{
    struct db *memory = restricted_records(db);
    struct arena arena = {0};
    struct known *rows = NULL;
    size_t count = 0;
    enum status status = db_begin(memory);
    if (status != STATUS_OK)
        return status;
    status = list_known(memory, &arena, &rows, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = follow_one(db, memory, rows[i].kind, &rows[i].id);
    arena_release(&arena);
    if (status != STATUS_OK) {
        db_rollback(memory);
        return status;
    }
    return db_commit(memory);
}
