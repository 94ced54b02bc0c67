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
    const char *key; /* of the name in the language that is being put in order */
    int64_t order[LANG_COUNT];
};

/* The keys of one language at a time: they are most of what is held here. */
struct name_list {
    struct name *rows; /* in order of id */
    size_t count, room;
    struct arena keys;
};

static void names_free(struct name_list *names)
{
    arena_release(&names->keys);
    free(names->rows);
}

static const char *sort_key(struct db *db, struct arena *arena, const char *name, const char *other)
{
    struct text key = TEXT_INIT;
    const char *shown = *name ? name : other;
    sorter_key(search_sorter(db), &key, shown, strlen(shown));
    const char *copy = arena_strndup(arena, key.bytes, key.len);
    text_release(&key);
    return copy;
}

static struct name *name_at(struct name_list *names, size_t at)
{
    if (at == names->room) {
        names->room = names->room ? names->room * 2 : 4096;
        names->rows = mem_realloc(names->rows, names->room, sizeof *names->rows);
    }
    if (at == names->count)
        names->rows[names->count++] = (struct name){.key = ""};
    return &names->rows[at];
}

/* All services in order of id, with their keys in one language. */
static enum status load_keys(struct db *db, enum lang lang, struct name_list *names)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_SERVICES_ALL, &s);
    if (status != STATUS_OK)
        return status;
    bool row;
    arena_release(&names->keys);
    for (size_t at = 0; (status = db_step(db, s, &row)) == STATUS_OK && row;) {
        struct uuid id;
        if (!column_id(s, 0, &id))
            continue;
        struct name *name = name_at(names, at++);
        const char *own = column_text(s, 1 + (int)lang), *other = column_text(s, 2 - (int)lang);
        name->id = id;
        name->key = sort_key(db, &names->keys, own, other);
    }
    return status;
}

static int compare(const void *left, const void *right)
{
    const struct name *a = *(const struct name *const *)left,
                      *b = *(const struct name *const *)right;
    int order = strcmp(a->key, b->key);
    return order ? order : memcmp(a->id.bytes, b->id.bytes, UUID_BYTES);
}

/* Numbers the names in the order of a language; *ret_sorted: free. */
static void number_names(struct name_list *names, enum lang lang, struct name ***ret_sorted)
{
    struct name **sorted = mem_alloc((names->count + 1) * sizeof *sorted);
    for (size_t i = 0; i < names->count; i++)
        sorted[i] = &names->rows[i];
    if (names->count)
        qsort(sorted, names->count, sizeof *sorted, compare);
    for (size_t i = 0; i < names->count; i++)
        sorted[i]->order[lang] = (int64_t)(i + 1) << ORDER_STEP_BITS;
    *ret_sorted = sorted;
}

/* Both orders; the services come out in that of the Khmer names. */
static enum status order_names(struct db *db, struct name_list *names, struct name ***ret_sorted)
{
    _Static_assert(LANG_KM == 0 && LANG_EN == 1, "columns of services_all");
    struct name **sorted = NULL;
    enum status status = load_keys(db, LANG_EN, names);
    if (status == STATUS_OK)
        number_names(names, LANG_EN, &sorted);
    free(sorted);
    sorted = NULL;
    if (status == STATUS_OK)
        status = load_keys(db, LANG_KM, names);
    if (status == STATUS_OK)
        number_names(names, LANG_KM, &sorted);
    arena_release(&names->keys);
    *ret_sorted = sorted;
    return status;
}

static enum status put_all(struct db *db, struct name *const *names, size_t count,
                           struct bulk *bulk)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct doc doc;
        status = doc_load(db, &names[i]->id, &doc);
        if (status != STATUS_OK)
            break;
        doc.docid = (int64_t)i + 1;
        memcpy(doc.order, names[i]->order, sizeof doc.order);
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
    struct name **sorted = NULL;
    if (status == STATUS_OK)
        status = order_names(db, names, &sorted);
    struct bulk *bulk = bulk_new();
    if (status == STATUS_OK)
        status = put_all(db, sorted, names->count, bulk);
    bulk_free(bulk);
    free(sorted);
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
