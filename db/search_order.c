/* The place of each name among all names, in the order of each language, as a number with room on
 * both sides: reading never needs the collator. */
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_index.h"

enum { SPREAD_FIRST = 64 };

static const struct {
    enum query_id above, below, put;
} queries[LANG_COUNT] = {
    [LANG_KM] = {QUERY_ORDER_ABOVE_KM, QUERY_ORDER_BELOW_KM, QUERY_ORDER_PUT_KM},
    [LANG_EN] = {QUERY_ORDER_ABOVE_EN, QUERY_ORDER_BELOW_EN, QUERY_ORDER_PUT_EN},
};

struct sorter *search_sorter(struct db *db)
{
    struct search *s = search_cache(db);
    if (!s->sorter)
        s->sorter = sorter_new();
    return s->sorter;
}

/* The first row at or above place. */
static enum status row_above(struct db *db, enum lang lang, int64_t place, sqlite3_stmt **ret_row,
                             bool *ret_found)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, queries[lang].above, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":place", place);
    bind_int(s, ":limit", 1);
    status = db_step(db, s, ret_found);
    *ret_row = s;
    return status;
}

static enum status place_below(struct db *db, enum lang lang, int64_t place, int64_t *ret_place)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, queries[lang].below, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":place", place);
    bind_int(s, ":limit", 1);
    status = db_step(db, s, &row);
    if (status == STATUS_OK)
        *ret_place = row ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return status;
}

/* Is the document's name behind that of the row? Equal names: by id. */
static bool is_behind(struct db *db, const struct doc *doc, enum lang lang, sqlite3_stmt *row)
{
    const char *name = doc_name(doc, lang), *other = column_text(row, 2);
    if (!*other)
        other = column_text(row, 3);
    int order = sorter_compare(search_sorter(db), name, strlen(name), other, strlen(other));
    if (order == 0)
        order = memcmp(doc->service.bytes, sqlite3_column_blob(row, 4), UUID_BYTES);
    return order > 0;
}

/* Place of the first row that is behind the document; INT64_MAX when none is. */
static enum status find_above(struct db *db, const struct doc *doc, enum lang lang,
                              int64_t *ret_place)
{
    int64_t low = 0, high = INT64_MAX; /* the row looked for is in low .. high */
    sqlite3_stmt *s;
    bool found;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        enum status status = row_above(db, lang, middle, &s, &found);
        if (status != STATUS_OK)
            return status;
        if (found && is_behind(db, doc, lang, s))
            low = sqlite3_column_int64(s, 0) + 1;
        else
            high = middle;
        sqlite3_reset(s);
    }
    enum status status = row_above(db, lang, low, &s, &found);
    if (status == STATUS_OK)
        *ret_place = found ? sqlite3_column_int64(s, 0) : INT64_MAX;
    sqlite3_reset(s);
    return status;
}

struct neighbour {
    int64_t docid, place;
};

/* Up to `count` rows on one side of place, nearest first. */
static enum status neighbours(struct db *db, enum query_id query, int64_t place, size_t count,
                              struct neighbour *rows, size_t *ret_count)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, query, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":place", place);
    bind_int(s, ":limit", (int64_t)count);
    size_t n = 0;
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        rows[n++] = (struct neighbour){sqlite3_column_int64(s, 1), sqlite3_column_int64(s, 0)};
    *ret_count = n;
    return status;
}

static enum status put_place(struct db *db, enum lang lang, int64_t docid, int64_t place)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, queries[lang].put, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":docid", docid);
    bind_int(s, ":place", place);
    return db_run(db, s);
}

/* Rows around a place in order, the outermost of a full side standing still. */
static enum status around(struct db *db, enum lang lang, int64_t above, size_t side,
                          struct neighbour *rows, size_t *ret_downs, size_t *ret_ups)
{
    enum status status = neighbours(db, queries[lang].below, above, side, rows, ret_downs);
    for (size_t i = 0; status == STATUS_OK && i < *ret_downs / 2; i++) {
        struct neighbour row = rows[i];
        rows[i] = rows[*ret_downs - 1 - i];
        rows[*ret_downs - 1 - i] = row;
    }
    if (status == STATUS_OK)
        status = neighbours(db, queries[lang].above, above, side, rows + *ret_downs, ret_ups);
    return status;
}

/* Makes room below `above`: `side` rows on each side get places at even distances. Does nothing
 * where these are too narrow as well. */
static enum status spread(struct db *db, enum lang lang, int64_t above, size_t side)
{
    struct neighbour *rows = mem_zalloc(2 * side, sizeof *rows);
    size_t downs, ups;
    enum status status = around(db, lang, above, side, rows, &downs, &ups);
    if (status == STATUS_OK) {
        size_t first = downs == side, end = downs + ups - (ups == side);
        int64_t count = (int64_t)(end - first) + 1;
        int64_t low = downs == side ? rows[0].place : 0;
        int64_t high = ups == side ? rows[end].place : low + (count << ORDER_STEP_BITS);
        int64_t step = (high - low) / count;
        for (size_t i = first; status == STATUS_OK && step > 3 && i < end; i++)
            status = put_place(db, lang, rows[i].docid, low + step * (int64_t)(i - first + 1));
    }
    free(rows);
    return status;
}

static enum status place_in(struct db *db, const struct doc *doc, enum lang lang,
                            int64_t *ret_place)
{
    for (size_t side = SPREAD_FIRST;; side *= 8) {
        int64_t above, below;
        enum status status = find_above(db, doc, lang, &above);
        if (status == STATUS_OK)
            status = place_below(db, lang, above, &below);
        if (status != STATUS_OK)
            return status;
        if (above == INT64_MAX)
            *ret_place = below + ((int64_t)1 << ORDER_STEP_BITS);
        else
            *ret_place = below + (above - below) / 2;
        if (*ret_place > below && *ret_place < above)
            return STATUS_OK;
        status = spread(db, lang, above, side);
        if (status != STATUS_OK)
            return status;
    }
}

enum status order_place(struct db *db, struct doc *doc)
{
    enum status status = place_in(db, doc, LANG_KM, &doc->order[LANG_KM]);
    return status == STATUS_OK ? place_in(db, doc, LANG_EN, &doc->order[LANG_EN]) : status;
}
