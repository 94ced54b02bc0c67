/* Sets of documents by token; see search_set.h. A set is made of the postings of one word or of
 * many, and kept under what it was asked by: typing on asks for the sets of the words before again.
 */
#include "db/search_set.h"
#include "db/search_memory.h"
#include "db/search_sound.h"

#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_plan.h"
#include "i18n/key.h"

enum {
    KEPT_BYTES = 24 << 20, /* sets are kept up to that */
    KEPT_MOST = 512,
    SLOTS = 4 * KEPT_MOST,
};

struct kept {
    char *name; /* free */
    uint64_t hash, used;
    struct set set;
};

struct set_store {
    struct kept **rows; /* each free */
    size_t count, room;
    uint32_t *slots;      /* [SLOTS] row + 1 by hash */
    struct set **scratch; /* each free; the first scratch_used are in use */
    size_t scratch_count, scratch_room, scratch_used;
    struct set none;
    size_t chunks;
    int64_t version; /* of the file the sets were read from */
    int64_t hour;    /* when: areas begin and end at midnight */
    bool valid;
    uint64_t clock;
};

/* --- the store -----------------------------------------------------------------------------------
 */

static void drop(struct kept *kept)
{
    free(kept->name);
    set_release(&kept->set);
    free(kept);
}

void sets_forget(struct search *s)
{
    struct set_store *store = s->sets;
    sound_forget(s);
    memory_forget(s);
    facets_forget(s);
    for (size_t i = 0; store && i < store->count; i++)
        drop(store->rows[i]);
    if (store) {
        memset(store->slots, 0, SLOTS * sizeof *store->slots);
        store->count = 0;
        store->valid = false;
    }
}

static void free_scratch(struct set_store *store)
{
    for (size_t i = 0; i < store->scratch_count; i++) {
        set_release(store->scratch[i]);
        free(store->scratch[i]);
    }
    store->scratch_count = store->scratch_used = 0;
    set_release(&store->none);
}

void sets_free(struct search *s)
{
    if (!s->sets)
        return;
    sets_forget(s);
    free_scratch(s->sets);
    free(s->sets->rows);
    free(s->sets->slots);
    free(s->sets->scratch);
    free(s->sets);
    s->sets = NULL;
}

static uint64_t hash_of(const char *name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
    return hash;
}

static uint32_t *slot_of(const struct set_store *store, const char *name, uint64_t hash)
{
    size_t at = (size_t)(hash ^ hash >> 32) & (SLOTS - 1);
    for (;; at = (at + 1) & (SLOTS - 1)) {
        if (!store->slots[at])
            return &store->slots[at];
        const struct kept *kept = store->rows[store->slots[at] - 1];
        if (kept->hash == hash && strcmp(kept->name, name) == 0)
            return &store->slots[at];
    }
}

static int compare_used(const void *a, const void *b)
{
    uint64_t left = (*(struct kept *const *)a)->used, right = (*(struct kept *const *)b)->used;
    return (left < right) - (left > right);
}

/* Keeps the half that was used last, when there are too many. */
static void trim(struct set_store *store)
{
    size_t bytes = store->chunks * POSTING_MAP;
    if (store->count * bytes < KEPT_BYTES && store->count < KEPT_MOST)
        return;
    qsort(store->rows, store->count, sizeof *store->rows, compare_used);
    size_t keep = store->count / 2;
    while (store->count > keep)
        drop(store->rows[--store->count]);
    memset(store->slots, 0, SLOTS * sizeof *store->slots);
    for (size_t i = 0; i < store->count; i++)
        *slot_of(store, store->rows[i]->name, store->rows[i]->hash) = (uint32_t)i + 1;
}

static enum status count_chunks(struct db *db, size_t *ret_chunks)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_ROW_LAST, &s);
    if (status != STATUS_OK)
        return status;
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row)
        *ret_chunks = (size_t)(sqlite3_column_int64(s, 0) >> CHUNK_BITS) + 1;
    sqlite3_reset(s);
    return status;
}

enum status sets_begin(struct db *db)
{
    struct search *s = search_cache(db);
    if (!s->sets) {
        s->sets = mem_zalloc(1, sizeof *s->sets);
        s->sets->slots = mem_zalloc(SLOTS, sizeof *s->sets->slots);
    }
    struct set_store *store = s->sets;
    int64_t version = db_data_version(db), hour = db_now_ms(db) / (60 * 60 * 1000);
    if (!store->valid || version != store->version || hour != store->hour) {
        size_t chunks = 1;
        enum status status = count_chunks(db, &chunks);
        if (status != STATUS_OK)
            return status;
        sets_forget(s);
        if (chunks != store->chunks || !store->none.bits) {
            free_scratch(store);
            store->chunks = chunks;
            store->none = set_new(chunks);
        }
        store->version = version;
        store->hour = hour;
        store->valid = true;
    }
    trim(store);
    memory_trim(s);
    store->scratch_used = 0;
    return STATUS_OK;
}

bool sets_are_ready(struct db *db)
{
    const struct search *s = search_cache(db);
    return s->sets && s->sets->valid;
}

struct set *sets_scratch(struct db *db)
{
    struct set_store *store = search_cache(db)->sets;
    if (store->scratch_used < store->scratch_count) {
        struct set *set = store->scratch[store->scratch_used++];
        set_clear(set);
        return set;
    }
    if (store->scratch_count == store->scratch_room) {
        store->scratch_room = store->scratch_room ? store->scratch_room * 2 : 32;
        store->scratch = mem_realloc(store->scratch, store->scratch_room, sizeof *store->scratch);
    }
    struct set *set = mem_alloc(sizeof *set);
    *set = set_new(store->chunks);
    store->scratch[store->scratch_count++] = set;
    store->scratch_used = store->scratch_count;
    return set;
}

size_t sets_mark(struct db *db)
{
    return search_cache(db)->sets->scratch_used;
}

void sets_release(struct db *db, size_t mark)
{
    search_cache(db)->sets->scratch_used = mark;
}

const struct set *sets_none(struct db *db)
{
    return &search_cache(db)->sets->none;
}

/* The set of that name; NULL: not there yet. */
static const struct set *find_kept(struct set_store *store, const char *name)
{
    uint32_t slot = *slot_of(store, name, hash_of(name));
    if (!slot)
        return NULL;
    store->rows[slot - 1]->used = ++store->clock;
    return &store->rows[slot - 1]->set;
}

/* Takes over the bits of set. */
static const struct set *keep(struct set_store *store, const char *name, struct set set)
{
    struct kept *kept = mem_alloc(sizeof *kept);
    *kept = (struct kept){mem_strdup(name), hash_of(name), ++store->clock, set};
    if (store->count == store->room) {
        store->room = store->room ? store->room * 2 : 64;
        store->rows = mem_realloc(store->rows, store->room, sizeof *store->rows);
    }
    uint32_t *slot = slot_of(store, name, kept->hash);
    store->rows[store->count++] = kept;
    *slot = (uint32_t)store->count;
    return &kept->set;
}

/* --- reading -------------------------------------------------------------------------------------
 */

/* Adds the postings of the words numbered first to last. */
static enum status read_range(struct db *db, int64_t first, int64_t last, struct set *out)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_POSTING_RANGE, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":low", first << CHUNK_BITS);
    bind_int(s, ":high", (last + 1) << CHUNK_BITS);
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        size_t chunk = (size_t)(sqlite3_column_int64(s, 0) & (CHUNK_DOCS - 1));
        const unsigned char *docs = sqlite3_column_blob(s, 1);
        if (!posting_or(out, chunk, docs, (size_t)sqlite3_column_bytes(s, 1))) {
            status = db_refuse(db, STATUS_CORRUPT, "a posting of the index cannot be read");
            break;
        }
    }
    sqlite3_reset(s);
    return status;
}

static enum status read_word(struct db *db, const char *word, size_t len, struct set *out)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_WORD_GET, &s);
    if (status != STATUS_OK)
        return status;
    bind_text_len(s, ":word", word, len);
    status = db_step(db, s, &row);
    int64_t id = status == STATUS_OK && row ? sqlite3_column_int64(s, 0) : -1;
    sqlite3_reset(s);
    return status == STATUS_OK && id >= 0 ? read_range(db, id, id, out) : status;
}

struct ids {
    int64_t *rows;
    size_t count, room;
};

static void add_id(struct ids *ids, int64_t id)
{
    if (ids->count == ids->room) {
        ids->room = ids->room ? ids->room * 2 : 64;
        ids->rows = mem_realloc(ids->rows, ids->room, sizeof *ids->rows);
    }
    ids->rows[ids->count++] = id;
}

/* Numbers of the words that begin with `beginning` and are wanted. */
static enum status read_ids(struct db *db, const char *beginning, size_t len,
                            bool (*wanted)(void *context, const char *word), void *context,
                            struct ids *ids)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_WORDS_RANGE, &s);
    if (status != STATUS_OK)
        return status;
    struct text high = TEXT_INIT;
    text_add(&high, beginning, len);
    text_adds(&high, "\xF4\x8F\xBF\xBF");
    bind_text_len(s, ":low", beginning, len);
    bind_text_len(s, ":high", high.bytes, high.len);
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        if (!wanted || wanted(context, column_text(s, 1) + len))
            add_id(ids, sqlite3_column_int64(s, 0));
    sqlite3_clear_bindings(s);
    text_release(&high);
    return status;
}

static int compare_ids(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Neighbours are read at once: words in order have numbers in order after search_rebuild. */
static enum status read_all(struct db *db, struct ids *ids, struct set *out)
{
    enum status status = STATUS_OK;
    if (ids->count)
        qsort(ids->rows, ids->count, sizeof *ids->rows, compare_ids);
    for (size_t i = 0, end; status == STATUS_OK && i < ids->count; i = end) {
        for (end = i + 1; end < ids->count && ids->rows[end] == ids->rows[end - 1] + 1;)
            end++;
        status = read_range(db, ids->rows[i], ids->rows[end - 1], out);
    }
    return status;
}

/* --- what is asked for ---------------------------------------------------------------------------
 */

/* The space of beginnings of a space that has one. */
static char beginnings_of(char space)
{
    return space == 'n' ? 'N' : space == 't' ? 'T' : '\0';
}

static enum status read_begun(struct db *db, char space, const char *token, size_t len,
                              struct set *out)
{
    struct text word = TEXT_INIT;
    struct ids ids = {0};
    enum status status;
    bool is_short = beginnings_of(space) && token_beginning(token, len, PREFIX_MOST) == len;
    text_addc(&word, is_short ? beginnings_of(space) : space);
    text_add(&word, token, len);
    if (is_short) {
        status = read_word(db, word.bytes, word.len, out);
    } else {
        status = read_ids(db, word.bytes, word.len, NULL, NULL, &ids);
        if (status == STATUS_OK)
            status = read_all(db, &ids, out);
    }
    free(ids.rows);
    text_release(&word);
    return status;
}

static enum status read_exact(struct db *db, char space, const char *token, size_t len,
                              struct set *out)
{
    struct text word = TEXT_INIT;
    text_addc(&word, space);
    text_add(&word, token, len);
    enum status status = read_word(db, word.bytes, word.len, out);
    text_release(&word);
    return status;
}

enum status sets_add_word(struct db *db, char space, const char *token, size_t len, struct set *out)
{
    return read_exact(db, space, token, len, out);
}

static enum status ask(struct db *db, const char *spaces, char how, const char *token, size_t len,
                       const struct set **ret_set)
{
    struct set_store *store = search_cache(db)->sets;
    struct text name = TEXT_INIT;
    enum status status = STATUS_OK;
    text_adds(&name, spaces);
    text_addc(&name, how);
    text_add(&name, token, len);
    *ret_set = find_kept(store, name.bytes);
    if (!*ret_set) {
        const struct set *first = NULL;
        if (spaces[1]) /* names alone are asked for as well */
            status = ask(db, (const char[]){*spaces, '\0'}, how, token, len, &first);
        struct set set = set_new(store->chunks);
        if (first)
            set_copy(&set, first);
        for (const char *space = spaces + (first != NULL); status == STATUS_OK && *space; space++)
            status = how == '=' ? read_exact(db, *space, token, len, &set)
                                : read_begun(db, *space, token, len, &set);
        if (status == STATUS_OK)
            *ret_set = keep(store, name.bytes, set);
        else
            set_release(&set);
    }
    text_release(&name);
    return status;
}

enum status sets_word(struct db *db, const char *spaces, const char *token, size_t len,
                      const struct set **ret_set)
{
    return ask(db, spaces, '=', token, len, ret_set);
}

enum status sets_begun(struct db *db, const char *spaces, const char *token, size_t len,
                       const struct set **ret_set)
{
    return ask(db, spaces, '*', token, len, ret_set);
}

enum status sets_tag(struct db *db, const char *tag, const struct set **ret_set)
{
    const char space[2] = {*tag, '\0'};
    return ask(db, space, '=', tag + 1, strlen(tag + 1), ret_set);
}

const struct set *sets_named(struct db *db, const char *name)
{
    return find_kept(search_cache(db)->sets, name);
}

const struct set *sets_keep(struct db *db, const char *name, const struct set *set)
{
    struct set_store *store = search_cache(db)->sets;
    struct set copy = set_new(store->chunks);
    set_copy(&copy, set);
    return keep(store, name, copy);
}

enum status sets_all(struct db *db, const struct set **ret_set)
{
    return ask(db, "s", '*', "", 0, ret_set); /* every service has one status */
}

enum status sets_where(struct db *db, char space, bool (*wanted)(void *context, const char *word),
                       void *context, struct set *out)
{
    struct ids ids = {0};
    enum status status = read_ids(db, &space, 1, wanted, context, &ids);
    if (status == STATUS_OK)
        status = read_all(db, &ids, out);
    free(ids.rows);
    return status;
}
