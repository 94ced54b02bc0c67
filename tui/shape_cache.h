/* The pictures and measures of tokens that were used last, within a fixed amount of memory. Knows
 * nothing of fonts. */
#ifndef TUI_SHAPE_CACHE_H
#define TUI_SHAPE_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "tui/shape.h"

enum { SHAPE_CACHE_BYTES = 4 * 1024 * 1024 }; /* of all entries together */

/* What an entry is found by. cells 0: the entry keeps only the measure. */
struct shape_key {
    const char *bytes;
    size_t len;
    int cells;
    enum weight weight;
};

struct shape_entry {
    struct shape_entry *next;          /* in its slot */
    struct shape_entry *newer, *older; /* by last use */
    size_t size;                       /* bytes of everything that belongs to it */
    uint64_t hash;
    struct shape_key key; /* its text is the entry's own */
    double natural;       /* natural width in the font's units; below 0: letters are missing */
    unsigned char *coverage;
};

struct shape_cache {
    struct shape_entry **slots;
    struct shape_entry *newest, *oldest;
    size_t size, count;
};

void shape_cache_init(struct shape_cache *c);
void shape_cache_release(struct shape_cache *c);
void shape_cache_clear(struct shape_cache *c);

uint64_t shape_cache_hash(const struct shape_key *key);

/* The entry, now the newest; NULL when it is not there. */
struct shape_entry *shape_cache_find(struct shape_cache *c, const struct shape_key *key);
/* A new entry (the key is not there yet) with room for so many bytes of coverage, all 0. Others
 * leave, the least recently used first, until all fit; an entry that is larger than the whole
 * cache stays alone. Valid until the next call of this. */
struct shape_entry *shape_cache_add(struct shape_cache *c, const struct shape_key *key,
                                    size_t coverage_bytes);

#endif
