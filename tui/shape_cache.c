/* A hash table of entries that are also in a list by last use. Knows nothing of fonts. */
#include "tui/shape_cache.h"

#include <stdlib.h>
#include <string.h>

#include "i18n/mem.h"

enum { SLOTS = 2048 }; /* a power of two */

void shape_cache_init(struct shape_cache *c)
{
    *c = (struct shape_cache){.slots = mem_zalloc(SLOTS, sizeof *c->slots)};
}

void shape_cache_clear(struct shape_cache *c)
{
    for (struct shape_entry *e = c->newest; e;) {
        struct shape_entry *older = e->older;
        free(e);
        e = older;
    }
    memset(c->slots, 0, SLOTS * sizeof *c->slots);
    c->newest = c->oldest = NULL;
    c->size = c->count = 0;
}

void shape_cache_release(struct shape_cache *c)
{
    shape_cache_clear(c);
    free(c->slots);
    c->slots = NULL;
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

uint64_t shape_cache_hash(const struct shape_key *key)
{
    uint64_t hash = hash_bytes(UINT64_C(0xcbf29ce484222325), key->bytes, key->len);
    int more[] = {key->cells, (int)key->weight};
    return hash_bytes(hash, more, sizeof more);
}

static struct shape_entry **slot_of(struct shape_cache *c, uint64_t hash)
{
    return &c->slots[(hash ^ hash >> 32) & (SLOTS - 1)];
}

static void unlink_use(struct shape_cache *c, struct shape_entry *e)
{
    *(e->newer ? &e->newer->older : &c->newest) = e->older;
    *(e->older ? &e->older->newer : &c->oldest) = e->newer;
}

static void link_newest(struct shape_cache *c, struct shape_entry *e)
{
    e->newer = NULL;
    e->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = e;
    c->newest = e;
}

static void drop(struct shape_cache *c, struct shape_entry *e)
{
    struct shape_entry **p = slot_of(c, e->hash);
    while (*p != e)
        p = &(*p)->next;
    *p = e->next;
    unlink_use(c, e);
    c->size -= e->size;
    c->count--;
    free(e);
}

static int same_key(const struct shape_key *a, const struct shape_key *b)
{
    return a->len == b->len && a->cells == b->cells && a->weight == b->weight &&
           memcmp(a->bytes, b->bytes, a->len) == 0;
}

struct shape_entry *shape_cache_find(struct shape_cache *c, const struct shape_key *key)
{
    uint64_t hash = shape_cache_hash(key);
    struct shape_entry *e = *slot_of(c, hash);
    while (e && !(e->hash == hash && same_key(&e->key, key)))
        e = e->next;
    if (e && e != c->newest) {
        unlink_use(c, e);
        link_newest(c, e);
    }
    return e;
}

struct shape_entry *shape_cache_add(struct shape_cache *c, const struct shape_key *key,
                                    size_t coverage_bytes)
{
    size_t size = sizeof(struct shape_entry) + coverage_bytes + key->len;
    while (c->oldest && c->size + size > SHAPE_CACHE_BYTES)
        drop(c, c->oldest);
    struct shape_entry *e = mem_zalloc(1, size);
    e->size = size;
    e->hash = shape_cache_hash(key);
    e->key = *key;
    e->coverage = (unsigned char *)(e + 1);
    memcpy(e->coverage + coverage_bytes, key->bytes, key->len);
    e->key.bytes = (const char *)(e->coverage + coverage_bytes);
    struct shape_entry **slot = slot_of(c, e->hash);
    e->next = *slot;
    *slot = e;
    link_newest(c, e);
    c->size += size;
    c->count++;
    return e;
}
