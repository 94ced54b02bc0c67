/* Sets of documents and their form in the file; see posting.h. */
#include "db/posting.h"

#include <stdlib.h>
#include <string.h>

/* --- sets ---------------------------------------------------------------------------------------
 */

struct set set_new(size_t chunks)
{
    return (struct set){.bits = mem_zalloc(chunks * CHUNK_WORDS + 1, sizeof(uint64_t)),
                        .used = mem_zalloc(chunks + 1, sizeof(bool)),
                        .chunks = chunks};
}

void set_release(struct set *set)
{
    free(set->bits);
    free(set->used);
    *set = (struct set){0};
}

static uint64_t *chunk_of(const struct set *set, size_t chunk)
{
    return set->bits + chunk * CHUNK_WORDS;
}

static void clear_chunk(struct set *set, size_t chunk)
{
    if (set->used[chunk])
        memset(chunk_of(set, chunk), 0, POSTING_MAP);
    set->used[chunk] = false;
}

static void copy_chunk(struct set *out, const struct set *a, size_t chunk)
{
    memcpy(chunk_of(out, chunk), chunk_of(a, chunk), POSTING_MAP);
    out->used[chunk] = true;
}

void set_clear(struct set *set)
{
    for (size_t c = 0; c < set->chunks; c++)
        clear_chunk(set, c);
}

void set_copy(struct set *out, const struct set *a)
{
    for (size_t c = 0; c < out->chunks; c++)
        if (a->used[c])
            copy_chunk(out, a, c);
        else
            clear_chunk(out, c);
}

void set_or(struct set *out, const struct set *a)
{
    for (size_t c = 0; c < out->chunks; c++) {
        if (!a->used[c])
            continue;
        if (!out->used[c]) {
            copy_chunk(out, a, c);
            continue;
        }
        uint64_t *to = chunk_of(out, c);
        const uint64_t *from = chunk_of(a, c);
        for (size_t i = 0; i < CHUNK_WORDS; i++)
            to[i] |= from[i];
    }
}

void set_and(struct set *out, const struct set *a)
{
    set_meet(out, out, a);
}

void set_and_not(struct set *out, const struct set *a)
{
    set_part(out, out, a);
}

void set_meet(struct set *out, const struct set *a, const struct set *b)
{
    for (size_t c = 0; c < out->chunks; c++) {
        if (!a->used[c] || !b->used[c]) {
            clear_chunk(out, c);
            continue;
        }
        uint64_t *to = chunk_of(out, c), any = 0;
        const uint64_t *left = chunk_of(a, c), *right = chunk_of(b, c);
        for (size_t i = 0; i < CHUNK_WORDS; i++)
            any |= to[i] = left[i] & right[i];
        out->used[c] = any != 0;
    }
}

void set_part(struct set *out, const struct set *a, const struct set *b)
{
    for (size_t c = 0; c < out->chunks; c++) {
        if (!a->used[c]) {
            clear_chunk(out, c);
            continue;
        }
        if (!b->used[c]) {
            if (out != a)
                copy_chunk(out, a, c);
            continue;
        }
        uint64_t *to = chunk_of(out, c), any = 0;
        const uint64_t *left = chunk_of(a, c), *right = chunk_of(b, c);
        for (size_t i = 0; i < CHUNK_WORDS; i++)
            any |= to[i] = left[i] & ~right[i];
        out->used[c] = any != 0;
    }
}

bool set_is_empty(const struct set *set)
{
    return set_next(set, 0) == SIZE_MAX;
}

bool set_equal(const struct set *a, const struct set *b)
{
    for (size_t c = 0; c < a->chunks; c++)
        if ((a->used[c] || b->used[c]) && memcmp(chunk_of(a, c), chunk_of(b, c), POSTING_MAP) != 0)
            return false;
    return true;
}

/* --- counting ------------------------------------------------------------------------------------
 */

/* One body for the plain build of the machine and for processors that count bits by themselves. */
#define COUNT_BODY                                                                                 \
    size_t count = 0;                                                                              \
    for (size_t i = 0; i < n; i++)                                                                 \
        count += (size_t)__builtin_popcountll(b ? a[i] & b[i] : a[i]);                             \
    return count;

static size_t count_plain(const uint64_t *a, const uint64_t *b, size_t n)
{
    COUNT_BODY
}

#if defined(__x86_64__)
__attribute__((target("popcnt"))) static size_t count_fast(const uint64_t *a, const uint64_t *b,
                                                           size_t n)
{
    COUNT_BODY
}

static size_t count_words(const uint64_t *a, const uint64_t *b, size_t n)
{
    return __builtin_cpu_supports("popcnt") ? count_fast(a, b, n) : count_plain(a, b, n);
}
#else
static size_t count_words(const uint64_t *a, const uint64_t *b, size_t n)
{
    return count_plain(a, b, n);
}
#endif

size_t set_count(const struct set *set)
{
    size_t count = 0;
    for (size_t c = 0; c < set->chunks; c++)
        if (set->used[c])
            count += count_words(chunk_of(set, c), NULL, CHUNK_WORDS);
    return count;
}

size_t set_count_meet(const struct set *a, const struct set *b)
{
    size_t count = 0;
    for (size_t c = 0; c < a->chunks; c++)
        if (a->used[c] && b->used[c])
            count += count_words(chunk_of(a, c), chunk_of(b, c), CHUNK_WORDS);
    return count;
}

/* The first bit from `at` on in the words of one chunk; CHUNK_DOCS none. */
static size_t next_in(const uint64_t *words, size_t at)
{
    size_t i = at >> 6;
    uint64_t word = words[i] >> (at & 63) << (at & 63);
    while (!word && ++i < CHUNK_WORDS)
        word = words[i];
    return i < CHUNK_WORDS ? i << 6 | (size_t)__builtin_ctzll(word) : CHUNK_DOCS;
}

size_t set_next(const struct set *set, size_t doc)
{
    size_t at = doc & (CHUNK_DOCS - 1);
    for (size_t c = doc >> CHUNK_BITS; c < set->chunks; c++, at = 0) {
        size_t next = set->used[c] ? next_in(chunk_of(set, c), at) : CHUNK_DOCS;
        if (next < CHUNK_DOCS)
            return c << CHUNK_BITS | next;
    }
    return SIZE_MAX;
}

/* --- postings ------------------------------------------------------------------------------------
 */

static bool is_map(size_t len)
{
    return len == POSTING_MAP;
}

static bool is_posting(size_t len)
{
    return is_map(len) || (len % 2 == 0 && len <= 2 * POSTING_FEW);
}

static uint16_t doc_at(const unsigned char *bytes, size_t i)
{
    return (uint16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8);
}

bool posting_or(struct set *out, size_t chunk, const unsigned char *bytes, size_t len)
{
    if (!is_posting(len) || chunk >= out->chunks)
        return false;
    uint64_t *bits = chunk_of(out, chunk);
    out->used[chunk] = true;
    if (!is_map(len)) {
        for (size_t i = 0; i < len / 2; i++) {
            uint16_t doc = doc_at(bytes, i);
            bits[doc >> 6] |= (uint64_t)1 << (doc & 63);
        }
        return true;
    }
    for (size_t i = 0; i < CHUNK_WORDS; i++) {
        uint64_t word;
        memcpy(&word, bytes + 8 * i, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        bits[i] |= word;
    }
    return true;
}

static void add_doc(struct text *out, uint16_t doc)
{
    const char bytes[2] = {(char)(unsigned char)(doc & 255), (char)(unsigned char)(doc >> 8)};
    text_add(out, bytes, sizeof bytes);
}

static void docs_to_map(const unsigned char *docs, size_t count, unsigned char *map)
{
    memset(map, 0, POSTING_MAP);
    for (size_t i = 0; i < count; i++) {
        uint16_t doc = doc_at(docs, i);
        map[doc >> 3] |= (unsigned char)(1 << (doc & 7));
    }
}

static void add_map(struct text *out, const unsigned char *map)
{
    text_clear(out);
    text_add(out, (const char *)map, POSTING_MAP);
}

static void add_list(struct text *out, const unsigned char *map)
{
    text_clear(out);
    for (size_t doc = 0; doc < CHUNK_DOCS; doc++)
        if (map[doc >> 3] >> (doc & 7) & 1)
            add_doc(out, (uint16_t)doc);
}

void posting_make(const uint16_t *docs, size_t count, struct text *out)
{
    text_clear(out);
    text_reserve(out, count > POSTING_FEW ? POSTING_MAP : 2 * count);
    if (count <= POSTING_FEW) {
        for (size_t i = 0; i < count; i++)
            add_doc(out, docs[i]);
        return;
    }
    unsigned char map[POSTING_MAP] = {0};
    for (size_t i = 0; i < count; i++)
        map[docs[i] >> 3] |= (unsigned char)(1 << (docs[i] & 7));
    add_map(out, map);
}

size_t posting_count(const unsigned char *bytes, size_t len)
{
    if (!is_map(len))
        return is_posting(len) ? len / 2 : 0;
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += (size_t)__builtin_popcount(bytes[i]);
    return count;
}

static void change_map(const unsigned char *bytes, const struct posting_step *steps, size_t count,
                       struct text *out, int *ret_change)
{
    unsigned char map[POSTING_MAP];
    size_t before = posting_count(bytes, POSTING_MAP);
    memcpy(map, bytes, sizeof map);
    for (size_t i = 0; i < count; i++) {
        unsigned char bit = (unsigned char)(1 << (steps[i].doc & 7));
        unsigned char *byte = &map[steps[i].doc >> 3];
        *byte = (unsigned char)(steps[i].put ? *byte | bit : *byte & ~bit);
    }
    size_t after = posting_count(map, sizeof map);
    if (after > POSTING_FEW)
        add_map(out, map);
    else
        add_list(out, map);
    *ret_change = (int)after - (int)before;
}

/* Both are in order: one pass. */
static void change_list(const unsigned char *bytes, size_t len, const struct posting_step *steps,
                        size_t count, struct text *out, int *ret_change)
{
    size_t at = 0, n = len / 2;
    for (size_t i = 0; i < count; i++) {
        while (at < n && doc_at(bytes, at) < steps[i].doc)
            add_doc(out, doc_at(bytes, at++));
        if (at < n && doc_at(bytes, at) == steps[i].doc)
            at++;
        if (steps[i].put)
            add_doc(out, steps[i].doc);
    }
    while (at < n)
        add_doc(out, doc_at(bytes, at++));
    *ret_change = (int)(out->len / 2) - (int)n;
    if (out->len / 2 > POSTING_FEW) {
        unsigned char map[POSTING_MAP];
        docs_to_map((const unsigned char *)out->bytes, out->len / 2, map);
        add_map(out, map);
    }
}

bool posting_change(const unsigned char *bytes, size_t len, const struct posting_step *steps,
                    size_t count, struct text *out, int *ret_change)
{
    if (!is_posting(len))
        return false;
    text_clear(out);
    if (is_map(len))
        change_map(bytes, steps, count, out, ret_change);
    else
        change_list(bytes, len, steps, count, out, ret_change);
    return true;
}
