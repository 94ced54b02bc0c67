/* The needs: fourteen rows, read whole; see need.h. */
#include "db/need.h"

#include <string.h>

#include "db/internal.h"
#include "db/term.h"
#include "i18n/key.h"

void need_list_release(struct need_list *list)
{
    arena_release(&list->arena);
    *list = (struct need_list){0};
}

enum status need_all(struct db *db, struct need_list *ret_needs)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_NEED_ALL, &s);
    if (status != STATUS_OK)
        return status;
    struct need_list list = {0};
    size_t room = 0;
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        list.rows = arena_grow(&list.arena, list.rows, list.count, &room, sizeof *list.rows);
        list.rows[list.count++] = (struct need){
            .code = arena_strdup(&list.arena, column_text(s, 0)),
            .urgency = (enum urgency)sqlite3_column_int(s, 1),
            .name_km = arena_strdup(&list.arena, column_text(s, 2)),
            .name_en = arena_strdup(&list.arena, column_text(s, 3)),
            .attested_km = sqlite3_column_int(s, 4) != 0,
            .kinds = arena_strdup(&list.arena, column_text(s, 5)),
        };
    }
    if (status == STATUS_OK)
        *ret_needs = list;
    else
        need_list_release(&list);
    return status;
}

enum status need_find(struct db *db, const char *typed, struct need_list *ret_needs)
{
    struct need_list list;
    enum status status = need_all(db, &list);
    if (status != STATUS_OK)
        return status;
    struct text key = TEXT_INIT;
    key_make(&key, typed, strlen(typed), KEY_STRICT);
    size_t kept = 0;
    for (size_t i = 0; key.len && i < list.count; i++) {
        const struct need *need = &list.rows[i];
        if (term_has_key(need->code, &key) || term_has_key(need->name_km, &key) ||
            term_has_key(need->name_en, &key))
            list.rows[kept++] = *need;
    }
    list.count = kept;
    text_release(&key);
    if (kept == 0) {
        need_list_release(&list);
        return STATUS_NOT_FOUND;
    }
    *ret_needs = list;
    return STATUS_OK;
}

enum status need_put(struct db *db, const struct need *need, int place)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_NEED_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":code", need->code);
    bind_int(s, ":place", place);
    bind_int(s, ":urgency", need->urgency);
    bind_text(s, ":name_km", need->name_km);
    bind_text(s, ":name_en", need->name_en);
    bind_int(s, ":attested_km", need->attested_km);
    bind_text(s, ":kinds", need->kinds);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    return status;
}
