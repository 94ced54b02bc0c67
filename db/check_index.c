/* Postings as bytes that do not depend on numbering; see check_index.h. */
#include "db/check_index.h"

#include <stdlib.h>
#include <string.h>

#include "db/posting.h"

struct work {
    struct sha256 *sum;
    size_t *ranks; /* of a docid: its place in the order of the services' ids; SIZE_MAX none */
    size_t docs;   /* docids are below it */
    struct set posting, ranked;
    int64_t read; /* postings */
};

static enum status read_ranks(struct db *db, struct work *w)
{
    sqlite3_stmt *s;
    bool row;
    size_t rank = 0;
    enum status status = db_query(db, QUERY_INDEX_DOCS, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        int64_t docid = sqlite3_column_int64(s, 0);
        if (docid < 0 || docid > INT32_MAX)
            continue; /* its row is compared by itself */
        while ((size_t)docid >= w->docs) {
            size_t more = w->docs ? 2 * w->docs : CHUNK_DOCS;
            w->ranks = mem_realloc(w->ranks, more, sizeof *w->ranks);
            for (size_t i = w->docs; i < more; i++)
                w->ranks[i] = SIZE_MAX;
            w->docs = more;
        }
        w->ranks[docid] = rank++;
    }
    return status;
}

static void add_number(struct sha256 *sum, size_t number)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    sha256_add(sum, bytes, sizeof bytes);
}

/* False: the bytes are no posting, or of services that are not there. */
static bool add_posting(struct work *w, size_t chunk, const unsigned char *bytes, size_t len)
{
    set_clear(&w->posting);
    if (chunk >= w->posting.chunks || !posting_or(&w->posting, chunk, bytes, len))
        return false;
    for (size_t doc = set_next(&w->posting, 0); doc != SIZE_MAX;
         doc = set_next(&w->posting, doc + 1)) {
        if (doc >= w->docs || w->ranks[doc] == SIZE_MAX)
            return false;
        set_put(&w->ranked, w->ranks[doc]);
    }
    return true;
}

/* The services of one word. */
static enum status read_word(struct db *db, struct work *w, int64_t id)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_POSTING_RANGE, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":low", id * CHUNK_DOCS);
    bind_int(s, ":high", (id + 1) * CHUNK_DOCS);
    set_clear(&w->ranked);
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        size_t chunk = (size_t)(sqlite3_column_int64(s, 0) & (CHUNK_DOCS - 1));
        const unsigned char *bytes = sqlite3_column_blob(s, 1);
        if (!bytes || !add_posting(w, chunk, bytes, (size_t)sqlite3_column_bytes(s, 1)))
            sha256_add(w->sum, "-", 1);
        w->read++;
    }
    add_number(w->sum, set_count(&w->ranked));
    for (size_t rank = set_next(&w->ranked, 0); rank != SIZE_MAX;
         rank = set_next(&w->ranked, rank + 1))
        add_number(w->sum, rank);
    return status;
}

static enum status read_words(struct db *db, struct work *w)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_INDEX_WORD_IDS, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        const char *word = column_text(s, 0);
        int64_t id = sqlite3_column_int64(s, 1);
        sha256_add(w->sum, word, strlen(word) + 1);
        status = id >= 0 && id < INT32_MAX ? read_word(db, w, id) : STATUS_OK;
        if (status != STATUS_OK)
            break;
    }
    sqlite3_reset(s);
    return status;
}

/* Postings of no word. */
static enum status count_others(struct db *db, struct work *w)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_INDEX_POSTING_COUNT, &s);
    if (status != STATUS_OK)
        return status;
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row)
        add_number(w->sum, (size_t)(sqlite3_column_int64(s, 0) - w->read));
    sqlite3_reset(s);
    return status;
}

enum status check_hash_postings(struct db *db, struct sha256 *sum)
{
    struct work w = {.sum = sum};
    enum status status = read_ranks(db, &w);
    if (status == STATUS_OK) {
        w.posting = set_new(w.docs / CHUNK_DOCS);
        w.ranked = set_new(w.docs / CHUNK_DOCS);
        status = read_words(db, &w);
        if (status == STATUS_OK)
            status = count_others(db, &w);
        set_release(&w.posting);
        set_release(&w.ranked);
    }
    free(w.ranks);
    return status;
}
