/* Inside db/: sets of documents. A posting is the set of one chunk of 65,536 documents as it lies
 * in the file: up to 4,095 numbers of 16 bits in order, least byte first, or a map of 65,536 bits
 * (8,192 bytes; the length tells them apart). A set is the same for all chunks in memory, a bit a
 * document. The two forms are those of Chambi, Lemire, Kaser, Godin: Better bitmap performance with
 * Roaring bitmaps (2016). Knows nothing of SQL, words or services. */
#ifndef DB_POSTING_H
#define DB_POSTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "i18n/mem.h"

enum {
    CHUNK_BITS = 16,
    CHUNK_DOCS = 1 << CHUNK_BITS,
    CHUNK_WORDS = CHUNK_DOCS / 64,
    POSTING_MAP = CHUNK_DOCS / 8,      /* bytes of a posting that is a map */
    POSTING_FEW = POSTING_MAP / 2 - 1, /* most documents of one that is a list */
};

struct set {
    uint64_t *bits; /* free */
    bool *used; /* chunks that may have a document: the others are neither read nor written; free */
    size_t chunks;
};

/* Empty, of that many chunks. Two sets of one operation have as many chunks as each other. */
struct set set_new(size_t chunks);
void set_release(struct set *set);
void set_clear(struct set *set);
void set_copy(struct set *out, const struct set *a);
void set_or(struct set *out, const struct set *a);
void set_and(struct set *out, const struct set *a);
void set_and_not(struct set *out, const struct set *a);
/* out = a & b, a & ~b */
void set_meet(struct set *out, const struct set *a, const struct set *b);
void set_part(struct set *out, const struct set *a, const struct set *b);
bool set_is_empty(const struct set *set);
bool set_equal(const struct set *a, const struct set *b);
size_t set_count(const struct set *set);
size_t set_count_meet(const struct set *a, const struct set *b);

static inline bool set_has(const struct set *set, size_t doc)
{
    return set->bits[doc >> 6] >> (doc & 63) & 1;
}

static inline void set_put(struct set *set, size_t doc)
{
    set->bits[doc >> 6] |= (uint64_t)1 << (doc & 63);
    set->used[doc >> CHUNK_BITS] = true;
}

static inline void set_drop(struct set *set, size_t doc)
{
    set->bits[doc >> 6] &= ~((uint64_t)1 << (doc & 63));
}

/* The first document from `doc` on; SIZE_MAX none. */
size_t set_next(const struct set *set, size_t doc);

/* Adds the documents of a posting. False: the bytes are none, or of a chunk the set does not have.
 */
bool posting_or(struct set *out, size_t chunk, const unsigned char *bytes, size_t len);

/* A document put in or taken out, by its number inside the chunk. */
struct posting_step {
    uint16_t doc;
    bool put;
};
/* The posting after steps in order of doc, each doc once; out is cleared first, and empty where no
 * document is left. ret_change: documents more or fewer. False: the bytes are none. */
bool posting_change(const unsigned char *bytes, size_t len, const struct posting_step *steps,
                    size_t count, struct text *out, int *ret_change);
/* A posting of documents in order. */
void posting_make(const uint16_t *docs, size_t count, struct text *out);
/* How many documents; 0 when the bytes are none. */
size_t posting_count(const unsigned char *bytes, size_t len);

#endif
