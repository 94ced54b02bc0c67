/* Making the whole index from the folded tables. Documents are numbered in the order of their Khmer
 * names, so that equals are shown in that order without being read. */
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search.h"
#include "db/search_index.h"

enum { MANY = 4096 }; /* services from which on new ones begin a chunk of their own */

/* Raised when documents or tokens are made in another way. */
#define INDEX_VERSION "5"

struct name {
    struct uuid id;
    char *keys[LANG_COUNT]; /* one allocation each, NUL-terminated sort keys */
    int64_t order[LANG_COUNT];
};

struct name_list {
    struct name *rows;
    size_t count, room;
};

static void names_free(struct name_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            free(names->rows[i].keys[lang]);
    free(names->rows);
}

static char *sort_key(struct db *db, const char *name, const char *other)
{
    struct text key = TEXT_INIT;
    const char *shown = *name ? name : other;
    sorter_key(search_sorter(db), &key, shown, strlen(shown));
    char *copy = mem_strndup(key.bytes, key.len);
    text_release(&key);
    return copy;
}

static enum status load_names(struct db *db, struct name_list *names)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_SERVICES_ALL, &s);
    if (status != STATUS_OK)
        return status;
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        struct name name = {0};
        if (!column_id(s, 0, &name.id))
            continue;
        if (names->count == names->room) {
            names->room = names->room ? names->room * 2 : 4096;
            names->rows = mem_realloc(names->rows, names->room, sizeof *names->rows);
        }
        const char *km = column_text(s, 1), *en = column_text(s, 2);
        name.keys[LANG_KM] = sort_key(db, km, en);
        name.keys[LANG_EN] = sort_key(db, en, km);
        names->rows[names->count++] = name;
    }
    return status;
}

static int compare(const struct name *a, const struct name *b, enum lang lang)
{
    int order = strcmp(a->keys[lang], b->keys[lang]);
    return order ? order : memcmp(a->id.bytes, b->id.bytes, UUID_BYTES);
}

static int compare_km(const void *a, const void *b)
{
    return compare(a, b, LANG_KM);
}

static int compare_en(const void *a, const void *b)
{
    return compare(a, b, LANG_EN);
}

/* Ends in the order of the Khmer names. */
static void number_names(struct name_list *names)
{
    if (!names->count)
        return;
    qsort(names->rows, names->count, sizeof *names->rows, compare_en);
    for (size_t i = 0; i < names->count; i++)
        names->rows[i].order[LANG_EN] = (int64_t)(i + 1) << ORDER_STEP_BITS;
    qsort(names->rows, names->count, sizeof *names->rows, compare_km);
    for (size_t i = 0; i < names->count; i++)
        names->rows[i].order[LANG_KM] = (int64_t)(i + 1) << ORDER_STEP_BITS;
}

static enum status put_all(struct db *db, const struct name_list *names, struct bulk *bulk)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < names->count; i++) {
        struct doc doc;
        status = doc_load(db, &names->rows[i].id, &doc);
        if (status != STATUS_OK)
            break;
        doc.docid = (int64_t)i + 1;
        memcpy(doc.order, names->rows[i].order, sizeof doc.order);
        status = doc_put_row(db, &doc);
        if (status == STATUS_OK)
            status = bulk_add(db, bulk, &doc);
        doc_release(&doc);
    }
    return status == STATUS_OK ? bulk_write(db, bulk) : status;
}

/* The least number of a service added later. */
static enum status note_docid(struct db *db, size_t count)
{
    int64_t next = (int64_t)count + 1;
    if (count > MANY)
        next = ((next >> CHUNK_BITS) + 1) << CHUNK_BITS;
    return db_meta_put_int(db, SEARCH_DOCID, next);
}

static enum status note_version(struct db *db)
{
    sqlite3_stmt *s;
    struct text version = TEXT_INIT;
    text_addf(&version, "%s %s", INDEX_VERSION, sorter_version());
    enum status status = db_query(db, QUERY_META_PUT, &s);
    if (status == STATUS_OK) {
        bind_text(s, ":key", "search");
        bind_text_len(s, ":value", version.bytes, version.len);
        status = db_run(db, s);
        sqlite3_clear_bindings(s);
    }
    text_release(&version);
    return status;
}

static enum status rebuild(struct db *db, struct name_list *names)
{
    enum status status = db_exec(db, "DELETE FROM search_row; DELETE FROM search_word;"
                                     "DELETE FROM search_posting; DELETE FROM area_count");
    if (status == STATUS_OK)
        status = load_names(db, names);
    number_names(names);
    struct bulk *bulk = bulk_new();
    if (status == STATUS_OK)
        status = put_all(db, names, bulk);
    bulk_free(bulk);
    if (status == STATUS_OK)
        status = note_docid(db, names->count);
    return status == STATUS_OK ? note_version(db) : status;
}

enum status search_rebuild(struct db *db)
{
    search_forget(db);
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    struct name_list names = {0};
    search_forget_changes(db);
    status = rebuild(db, &names);
    names_free(&names);
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db);
}

enum status search_refresh(struct db *db)
{
    struct search *cache = search_cache(db);
    if (cache->order_checked)
        return STATUS_OK;
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_META_GET, &s);
    if (status != STATUS_OK)
        return status;
    struct text version = TEXT_INIT;
    text_addf(&version, "%s %s", INDEX_VERSION, sorter_version());
    bind_text(s, ":key", "search");
    status = db_step(db, s, &row);
    bool same = status == STATUS_OK && row && strcmp(column_text(s, 0), version.bytes) == 0;
    sqlite3_reset(s);
    text_release(&version);
    if (status == STATUS_OK && !same)
        status = search_rebuild(db);
    if (status == STATUS_OK)
        cache->order_checked = true;
    return status;
}
