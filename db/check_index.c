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
    struct text word; /* whose postings are collected */
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

/* The services of the word so far, and none from here on. */
static void end_word(struct work *w)
{
    add_number(w->sum, w->word.len);
    sha256_add(w->sum, w->word.bytes, w->word.len);
    add_number(w->sum, set_count(&w->ranked));
    for (size_t rank = set_next(&w->ranked, 0); rank != SIZE_MAX;
         rank = set_next(&w->ranked, rank + 1))
        add_number(w->sum, rank);
    set_clear(&w->ranked);
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

static enum status read_postings(struct db *db, struct work *w)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_INDEX_POSTINGS, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        const char *word = column_text(s, 0);
        if (strcmp(word, w->word.bytes) != 0) {
            end_word(w);
            text_clear(&w->word);
            text_adds(&w->word, word);
        }
        size_t chunk = (size_t)(sqlite3_column_int64(s, 1) & (CHUNK_DOCS - 1));
        const unsigned char *bytes = sqlite3_column_blob(s, 2);
        size_t len = (size_t)sqlite3_column_bytes(s, 2);
        bool good = *word && bytes && add_posting(w, chunk, bytes, len);
        if (!good)
            sha256_add(w->sum, "-", 1);
    }
    end_word(w);
    return status;
}

enum status check_hash_postings(struct db *db, struct sha256 *sum)
{
    struct work w = {.sum = sum, .word = TEXT_INIT};
    enum status status = read_ranks(db, &w);
    if (status == STATUS_OK) {
        w.posting = set_new(w.docs / CHUNK_DOCS);
        w.ranked = set_new(w.docs / CHUNK_DOCS);
        status = read_postings(db, &w);
        set_release(&w.posting);
        set_release(&w.ranked);
    }
    free(w.ranks);
    text_release(&w.word);
    return status;
}
