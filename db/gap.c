/* The notes of what was not available; see gap.h. */
#include "db/gap.h"

#include "db/internal.h"

void gap_list_release(struct gap_list *list)
{
    arena_release(&list->arena);
    *list = (struct gap_list){0};
}

static enum status insert(struct db *db, const struct gap *gap)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_GAP_ADD, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":need", gap->need);
    bind_text(s, ":area", gap->area);
    bind_text(s, ":kind", gap->kind);
    bind_id(s, ":service", &gap->service);
    bind_int(s, ":day", gap->day);
    return db_run(db, s);
}

static enum status delete_last(struct db *db, const struct gap *gap)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_GAP_REMOVE_LAST, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":need", gap->need);
    bind_text(s, ":area", gap->area);
    bind_id(s, ":service", &gap->service);
    return db_run(db, s);
}

static enum status end(struct db *db, enum status status)
{
    if (status == STATUS_OK)
        return db_commit(db);
    db_rollback(db);
    return status;
}

enum status gap_add(struct db *db, const struct gap *gap)
{
    enum status status = db_begin(db);
    return status == STATUS_OK ? end(db, insert(db, gap)) : status;
}

enum status gap_remove_last(struct db *db, const struct gap *gap)
{
    enum status status = db_begin(db);
    return status == STATUS_OK ? end(db, delete_last(db, gap)) : status;
}

enum status gap_list(struct db *db, const char *area, struct gap_list *ret_list)
{
    sqlite3_stmt *s;
    struct gap_list list = {0};
    struct area_range range = area_range(area);
    size_t room = 0;
    bool row;
    enum status status = db_query(db, QUERY_GAP_LIST, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":low", range.low);
    bind_text(s, ":high", range.high);
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        list.rows = arena_grow(&list.arena, list.rows, list.count, &room, sizeof *list.rows);
        struct gap *gap = &list.rows[list.count++];
        *gap = (struct gap){
            .need = arena_strdup(&list.arena, column_text(s, 0)),
            .area = arena_strdup(&list.arena, column_text(s, 1)),
            .kind = arena_strdup(&list.arena, column_text(s, 2)),
            .day = sqlite3_column_int64(s, 4),
            .name_km = arena_strdup(&list.arena, column_text(s, 5)),
            .name_en = arena_strdup(&list.arena, column_text(s, 6)),
        };
        (void)column_id(s, 3, &gap->service);
    }
    if (status == STATUS_OK)
        *ret_list = list;
    else
        gap_list_release(&list);
    return status;
}
