/* Sets of documents in memory; see set.h. Every operation goes block by block: where few words are
 * live they are taken one by one, else the whole block at once. */
#include "db/set.h"

#include <stdlib.h>
#include <string.h>

enum { FEW_WORDS = 24 /* live ones of a block that are taken one by one */ };

struct set set_new(size_t chunks)
{
    return (struct set){.bits = mem_zalloc(chunks * CHUNK_WORDS + 1, sizeof(uint64_t)),
                        .live = mem_zalloc(chunks * CHUNK_BLOCKS + 1, sizeof(uint64_t)),
                        .chunks = chunks};
}

void set_release(struct set *set)
{
    free(set->bits);
    free(set->live);
    *set = (struct set){0};
}

/* --- words of a block ----------------------------------------------------------------------------
 */

static size_t block_count(const struct set *set)
{
    return set->chunks * CHUNK_BLOCKS;
}

static uint64_t *block_of(const struct set *set, size_t block)
{
    return set->bits + block * BLOCK_WORDS;
}

/* Most processors that the program is built for count bits only by a table: this is quicker. */
static bool is_few(uint64_t live)
{
    size_t n = 0;
    for (; live && n <= FEW_WORDS; n++)
        live &= live - 1;
    return n <= FEW_WORDS;
}

/* The lowest of the live words, taken off. */
static size_t take_word(uint64_t *live)
{
    size_t i = (size_t)__builtin_ctzll(*live);
    *live &= *live - 1;
    return i;
}

static void clear_words(struct set *set, size_t block, uint64_t words)
{
    uint64_t *bits = block_of(set, block);
    while (words)
        bits[take_word(&words)] = 0;
}

static void clear_block(struct set *set, size_t block)
{
    if (is_few(set->live[block]))
        clear_words(set, block, set->live[block]);
    else
        memset(block_of(set, block), 0, BLOCK_WORDS * sizeof *set->bits);
    set->live[block] = 0;
}

/* Which words of a block are other than 0, as far as eight of them together tell. */
static uint64_t live_words(const uint64_t *bits)
{
    uint64_t live = 0;
    for (size_t i = 0; i < BLOCK_WORDS; i += 8) {
        uint64_t any = bits[i] | bits[i + 1] | bits[i + 2] | bits[i + 3] | bits[i + 4] |
                       bits[i + 5] | bits[i + 6] | bits[i + 7];
        live |= (any ? (uint64_t)0xFF : 0) << i;
    }
    return live;
}

/* --- operations ----------------------------------------------------------------------------------
 */

void set_clear(struct set *set)
{
    for (size_t k = 0; k < block_count(set); k++)
        if (set->live[k])
            clear_block(set, k);
}

static void copy_block(struct set *out, const struct set *a, size_t k)
{
    uint64_t *to = block_of(out, k), live = a->live[k];
    const uint64_t *from = block_of(a, k);
    if (!is_few(live)) {
        memcpy(to, from, BLOCK_WORDS * sizeof *to);
    } else {
        clear_words(out, k, out->live[k] & ~live);
        while (live) {
            size_t i = take_word(&live);
            to[i] = from[i];
        }
    }
    out->live[k] = a->live[k];
}

void set_copy(struct set *out, const struct set *a)
{
    for (size_t k = 0; k < block_count(out); k++)
        if (out->live[k] | a->live[k])
            copy_block(out, a, k);
}

void set_or_block(struct set *out, size_t block, const uint64_t *words)
{
    uint64_t *to = block_of(out, block);
    for (size_t i = 0; i < BLOCK_WORDS; i++)
        to[i] |= words[i];
    out->live[block] |= live_words(words);
}

void set_or(struct set *out, const struct set *a)
{
    for (size_t k = 0; k < block_count(out); k++) {
        uint64_t live = a->live[k], *to = block_of(out, k);
        const uint64_t *from = block_of(a, k);
        out->live[k] |= live;
        if (!is_few(live)) {
            for (size_t i = 0; i < BLOCK_WORDS; i++)
                to[i] |= from[i];
            continue;
        }
        while (live) {
            size_t i = take_word(&live);
            to[i] |= from[i];
        }
    }
}

void set_and(struct set *out, const struct set *a)
{
    set_meet(out, out, a);
}

void set_and_either(struct set *out, const struct set *a, const struct set *b)
{
    for (size_t k = 0; k < block_count(out); k++) {
        uint64_t live = out->live[k] & (a->live[k] | b->live[k]), *to = block_of(out, k);
        const uint64_t *x = block_of(a, k), *y = block_of(b, k);
        clear_words(out, k, out->live[k] & ~live);
        out->live[k] = live;
        if (is_few(live)) {
            while (live) {
                size_t i = take_word(&live);
                to[i] &= x[i] | y[i];
                out->live[k] &= ~((uint64_t)(to[i] == 0) << i);
            }
            continue;
        }
        for (size_t i = 0; i < BLOCK_WORDS; i++)
            to[i] &= x[i] | y[i];
        out->live[k] &= live_words(to);
    }
}

void set_and_not(struct set *out, const struct set *a)
{
    set_part(out, out, a);
}

/* The live words of a block met one by one; what else out had there is gone. */
static void meet_words(struct set *out, const struct set *a, const struct set *b, size_t k,
                       uint64_t live)
{
    uint64_t *to = block_of(out, k), left = 0;
    const uint64_t *x = block_of(a, k), *y = block_of(b, k);
    clear_words(out, k, out->live[k] & ~live);
    while (live) {
        size_t i = take_word(&live);
        to[i] = x[i] & y[i];
        left |= (uint64_t)(to[i] != 0) << i;
    }
    out->live[k] = left;
}

void set_meet(struct set *out, const struct set *a, const struct set *b)
{
    for (size_t k = 0; k < block_count(out); k++) {
        uint64_t live = a->live[k] & b->live[k], *to = block_of(out, k);
        const uint64_t *x = block_of(a, k), *y = block_of(b, k);
        if (!(live | out->live[k]))
            continue;
        if (is_few(live)) {
            meet_words(out, a, b, k, live);
            continue;
        }
        for (size_t i = 0; i < BLOCK_WORDS; i++)
            to[i] = x[i] & y[i];
        out->live[k] = live & live_words(to);
    }
}

void set_part(struct set *out, const struct set *a, const struct set *b)
{
    for (size_t k = 0; k < block_count(out); k++) {
        uint64_t shared = a->live[k] & b->live[k], *to = block_of(out, k);
        const uint64_t *y = block_of(b, k);
        if (out != a && (out->live[k] | a->live[k]))
            copy_block(out, a, k);
        if (is_few(shared)) {
            while (shared) {
                size_t i = take_word(&shared);
                to[i] &= ~y[i];
            }
            continue;
        }
        for (size_t i = 0; i < BLOCK_WORDS; i++)
            to[i] &= ~y[i];
        out->live[k] &= live_words(to);
    }
}

bool set_is_empty(const struct set *set)
{
    return set_next(set, 0) == SIZE_MAX;
}

bool set_equal(const struct set *a, const struct set *b)
{
    for (size_t k = 0; k < block_count(a); k++)
        if ((a->live[k] | b->live[k]) &&
            memcmp(block_of(a, k), block_of(b, k), BLOCK_WORDS * sizeof *a->bits) != 0)
            return false;
    return true;
}

/* --- counting ------------------------------------------------------------------------------------
 */

/* One body for the plain build of the machine and for processors that count bits by themselves. b:
 * NULL, all of a. */
#define COUNT_BODY                                                                                 \
    size_t count = 0;                                                                              \
    for (size_t k = 0; k < block_count(a); k++) {                                                  \
        uint64_t live = b ? a->live[k] & b->live[k] : a->live[k];                                  \
        const uint64_t *x = block_of(a, k), *y = b ? block_of(b, k) : x;                           \
        if (__builtin_popcountll(live) > FEW_WORDS)                                                \
            for (size_t i = 0; i < BLOCK_WORDS; i++)                                               \
                count += (size_t)__builtin_popcountll(x[i] & y[i]);                                \
        else                                                                                       \
            for (; live; live &= live - 1) {                                                       \
                size_t i = (size_t)__builtin_ctzll(live);                                          \
                count += (size_t)__builtin_popcountll(x[i] & y[i]);                                \
            }                                                                                      \
    }                                                                                              \
    return count;

static size_t count_plain(const struct set *a, const struct set *b)
{
    COUNT_BODY
}

#if defined(__x86_64__)
__attribute__((target("popcnt"))) static size_t count_fast(const struct set *a, const struct set *b)
{
    COUNT_BODY
}

__attribute__((target("popcnt,avx512vpopcntdq"))) static size_t count_wide(const struct set *a,
                                                                           const struct set *b)
{
    COUNT_BODY
}

static size_t count(const struct set *a, const struct set *b)
{
    if (__builtin_cpu_supports("avx512vpopcntdq"))
        return count_wide(a, b);
    return __builtin_cpu_supports("popcnt") ? count_fast(a, b) : count_plain(a, b);
}
#else
static size_t count(const struct set *a, const struct set *b)
{
    return count_plain(a, b);
}
#endif

size_t set_count(const struct set *set)
{
    return count(set, NULL);
}

size_t set_count_meet(const struct set *a, const struct set *b)
{
    return count(a, b);
}

/* --- one by one ----------------------------------------------------------------------------------
 */

/* The first bit of the live words of a block; SIZE_MAX none. */
static size_t first_in(const struct set *set, size_t block, uint64_t live)
{
    const uint64_t *bits = block_of(set, block);
    while (live) {
        size_t i = take_word(&live);
        if (bits[i])
            return (block * BLOCK_WORDS + i) << 6 | (size_t)__builtin_ctzll(bits[i]);
    }
    return SIZE_MAX;
}

size_t set_next(const struct set *set, size_t doc)
{
    size_t word = doc >> 6, block = word / BLOCK_WORDS, blocks = block_count(set);
    if (block >= blocks)
        return SIZE_MAX;
    uint64_t rest = set->bits[word] >> (doc & 63) << (doc & 63);
    if (rest)
        return word << 6 | (size_t)__builtin_ctzll(rest);
    uint64_t after = ~(uint64_t)1 << word % BLOCK_WORDS; /* the words behind this one */
    size_t next = first_in(set, block, set->live[block] & after);
    while (next == SIZE_MAX && ++block < blocks)
        next = first_in(set, block, set->live[block]);
    return next;
}
