/* Things by key, in two generations: when the young one is full it becomes the old one, and what
 * the old one held is gone; see search_memory.h. */
#include "db/search_memory.h"

#include <stdlib.h>
#include <string.h>

enum {
    THINGS_MOST = 4096, /* of a generation: some 4 MB of rows */
    SLOTS = 2 * THINGS_MOST,
};

struct thing {
    uint64_t hash;
    enum memory_sort sort;
    size_t len;
    const void *key;
    void *value;
};

struct generation {
    struct thing things[THINGS_MOST];
    size_t count;
    uint32_t slots[SLOTS]; /* number of the thing and 1 */
    struct arena arena;
};

struct memory {
    struct generation *young, *old;   /* old: NULL none; both free */
    struct arena spare[MEMORY_SORTS]; /* for the last thing of a sort, when young is full */
};

static void drop(struct generation *g)
{
    if (g)
        arena_release(&g->arena);
    free(g);
}

void memory_forget(struct search *s)
{
    if (!s->memory)
        return;
    drop(s->memory->young);
    drop(s->memory->old);
    for (size_t i = 0; i < MEMORY_SORTS; i++)
        arena_release(&s->memory->spare[i]);
    free(s->memory);
    s->memory = NULL;
}

void memory_trim(struct search *s)
{
    struct memory *m = s->memory;
    if (!m || m->young->count < THINGS_MOST / 2)
        return;
    drop(m->old);
    m->old = m->young;
    m->young = mem_zalloc(1, sizeof *m->young);
}

static uint64_t hash_of(enum memory_sort sort, const void *key, size_t len)
{
    const unsigned char *bytes = key;
    uint64_t hash = (0xcbf29ce484222325u ^ (uint64_t)sort) * 0x100000001b3u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ bytes[i]) * 0x100000001b3u;
    return hash;
}

static bool is_it(const struct thing *t, uint64_t hash, enum memory_sort sort, const void *key,
                  size_t len)
{
    return t->hash == hash && t->sort == sort && t->len == len && memcmp(t->key, key, len) == 0;
}

/* The slot of the thing, or the one where it would be put. */
static size_t slot_of(const struct generation *g, uint64_t hash, enum memory_sort sort,
                      const void *key, size_t len)
{
    size_t at = (size_t)(hash ^ hash >> 32) & (SLOTS - 1);
    while (g->slots[at] && !is_it(&g->things[g->slots[at] - 1], hash, sort, key, len))
        at = (at + 1) & (SLOTS - 1);
    return at;
}

void *memory_get(const struct search *s, enum memory_sort sort, const void *key, size_t len)
{
    const struct memory *m = s->memory;
    uint64_t hash = hash_of(sort, key, len);
    const struct generation *generations[] = {m ? m->young : NULL, m ? m->old : NULL};
    for (size_t i = 0; i < 2; i++) {
        const struct generation *g = generations[i];
        uint32_t slot = g ? g->slots[slot_of(g, hash, sort, key, len)] : 0;
        if (slot)
            return g->things[slot - 1].value;
    }
    return NULL;
}

void *memory_put(struct search *s, enum memory_sort sort, const void *key, size_t len, size_t size,
                 struct arena **ret_arena)
{
    if (!s->memory) {
        s->memory = mem_zalloc(1, sizeof *s->memory);
        s->memory->young = mem_zalloc(1, sizeof *s->memory->young);
    }
    struct generation *g = s->memory->young;
    if (g->count == THINGS_MOST) {
        *ret_arena = &s->memory->spare[sort];
        arena_release(*ret_arena);
        return arena_alloc(*ret_arena, size);
    }
    *ret_arena = &g->arena;
    void *copy = arena_alloc(&g->arena, len + 1);
    memcpy(copy, key, len);
    uint64_t hash = hash_of(sort, key, len);
    size_t at = slot_of(g, hash, sort, key, len);
    void *value = arena_alloc(&g->arena, size);
    g->things[g->count++] = (struct thing){hash, sort, len, copy, value};
    g->slots[at] = (uint32_t)g->count;
    return value;
}
