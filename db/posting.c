/* Sets of documents as they lie in the file; see posting.h. */
#include "db/posting.h"

#include <string.h>

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

static void or_map(struct set *out, size_t chunk, const unsigned char *bytes)
{
    uint64_t words[BLOCK_WORDS];
    for (size_t k = 0; k < CHUNK_BLOCKS; k++) {
        memcpy(words, bytes + k * sizeof words, sizeof words);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        for (size_t i = 0; i < BLOCK_WORDS; i++)
            words[i] = __builtin_bswap64(words[i]);
#endif
        set_or_block(out, chunk * CHUNK_BLOCKS + k, words);
    }
}

bool posting_or(struct set *out, size_t chunk, const unsigned char *bytes, size_t len)
{
    if (!is_posting(len) || chunk >= out->chunks)
        return false;
    if (is_map(len))
        or_map(out, chunk, bytes);
    for (size_t i = 0; !is_map(len) && i < len / 2; i++)
        set_put(out, chunk << CHUNK_BITS | doc_at(bytes, i));
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
