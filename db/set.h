/* Inside db/: sets of documents in memory, a bit a document. Most sets of a search are either thin
 * or nearly full, so each says which of its words have a bit at all: thin ones cost what they hold.
 * Knows nothing of files, words or services. */
#ifndef DB_SET_H
#define DB_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "i18n/mem.h"

enum {
    CHUNK_BITS = 16,
    CHUNK_DOCS = 1 << CHUNK_BITS,
    CHUNK_WORDS = CHUNK_DOCS / 64,
    BLOCK_WORDS = 64, /* words that one word of `live` speaks of */
    CHUNK_BLOCKS = CHUNK_WORDS / BLOCK_WORDS,
};

struct set {
    uint64_t *bits; /* free */
    uint64_t *live; /* of each block, a bit a word that may be other than 0; free */
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
/* out &= a | b */
void set_and_either(struct set *out, const struct set *a, const struct set *b);
/* out = a & b, a & ~b; out may be a. */
void set_meet(struct set *out, const struct set *a, const struct set *b);
void set_part(struct set *out, const struct set *a, const struct set *b);
/* Adds the bits of a whole block, BLOCK_WORDS words. */
void set_or_block(struct set *out, size_t block, const uint64_t *words);
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
    set->live[doc >> 12] |= (uint64_t)1 << (doc >> 6 & 63);
}

static inline void set_drop(struct set *set, size_t doc)
{
    set->bits[doc >> 6] &= ~((uint64_t)1 << (doc & 63));
}

/* The first document from `doc` on; SIZE_MAX none. */
size_t set_next(const struct set *set, size_t doc);

#endif
