/* Services of an area; see area_services.h. */
#include "db/area_services.h"

#include <stdlib.h>
#include <string.h>

#include "db/area.h"

struct ids {
    struct uuid *rows;
    size_t count, room;
};

static int by_id(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct uuid));
}

static enum status collect(struct db *db, enum query_id query, const struct area_range *range,
                           struct arena *arena, struct ids *ids)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, query, &s);
    if (status != STATUS_OK)
        return status;
    if (range) {
        bind_text(s, ":low", range->low);
        bind_text(s, ":high", range->high);
    }
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        ids->rows = arena_grow(arena, ids->rows, ids->count, &ids->room, sizeof *ids->rows);
        ids->count += column_id(s, 0, &ids->rows[ids->count]);
    }
    return status;
}

enum status area_services(struct db *db, const char *area, struct arena *arena,
                          struct uuid **ret_ids, size_t *ret_count)
{
    struct area_range range = area_range(area);
    struct ids ids = {0};
    size_t kept = 0;
    bool all = !*range.low;
    enum status status = collect(db, all ? QUERY_SERVICES_IDS : QUERY_SERVICES_LOCATED,
                                 all ? NULL : &range, arena, &ids);
    if (status == STATUS_OK && !all)
        status = collect(db, QUERY_SERVICES_COVERING, &range, arena, &ids);
    if (status != STATUS_OK)
        return status;
    if (ids.count && !all)
        qsort(ids.rows, ids.count, sizeof *ids.rows, by_id);
    for (size_t i = 0; i < ids.count; i++)
        if (!i || by_id(&ids.rows[i], &ids.rows[kept - 1]))
            ids.rows[kept++] = ids.rows[i];
    *ret_ids = ids.rows;
    *ret_count = kept;
    return STATUS_OK;
}

bool area_services_keeps(const char *area, const char *located)
{
    bool inside = !*located;
    for (const char *at = located; *at && !inside;) {
        size_t len = strcspn(at, " ");
        inside = area_contains(area, at);
        at += len + strspn(at + len, " ");
    }
    return inside;
}

static enum status run(struct db *db, enum query_id query)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, query, &s);
    return status == STATUS_OK ? db_run(db, s) : status;
}

enum status reading_begin(struct db *db, bool *ret_own)
{
    *ret_own = sqlite3_get_autocommit(db->sqlite) != 0;
    return *ret_own ? run(db, QUERY_READ_BEGIN) : STATUS_OK;
}

enum status reading_end(struct db *db, bool own, enum status status)
{
    if (!own)
        return status;
    enum status ended = run(db, QUERY_READ_END);
    return status == STATUS_OK ? ended : status;
}
