/* SHA-256 (FIPS 180-4): chains the log and makes ids from names. Tested with the standard's
 * vectors. */
#include "db/uuid.h"

#include <string.h>

static const uint32_t round_constant[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

/* One round; instead of moving the eight variables on, the caller names them one further. */
static inline void step(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f,
                        uint32_t g, uint32_t *h, uint32_t word)
{
    uint32_t s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    uint32_t t1 = *h + s1 + ((e & f) ^ (~e & g)) + word;
    uint32_t s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    *d += t1;
    *h = t1 + s0 + ((a & b) ^ (a & c) ^ (b & c));
}

static void mix(uint32_t h[8], const uint8_t *block)
{
    uint32_t w[64];
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < 64; i++) {
        uint32_t a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], k = h[7];
    for (size_t i = 0; i < 64; i += 8) {
        step(a, b, c, &d, e, f, g, &k, round_constant[i] + w[i]);
        step(k, a, b, &c, d, e, f, &g, round_constant[i + 1] + w[i + 1]);
        step(g, k, a, &b, c, d, e, &f, round_constant[i + 2] + w[i + 2]);
        step(f, g, k, &a, b, c, d, &e, round_constant[i + 3] + w[i + 3]);
        step(e, f, g, &k, a, b, c, &d, round_constant[i + 4] + w[i + 4]);
        step(d, e, f, &g, k, a, b, &c, round_constant[i + 5] + w[i + 5]);
        step(c, d, e, &f, g, k, a, &b, round_constant[i + 6] + w[i + 6]);
        step(b, c, d, &e, f, g, k, &a, round_constant[i + 7] + w[i + 7]);
    }
    const uint32_t v[8] = {a, b, c, d, e, f, g, k};
    for (size_t i = 0; i < 8; i++)
        h[i] += v[i];
}

void sha256_init(struct sha256 *s)
{
    *s = (struct sha256){.h = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                               0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void sha256_add(struct sha256 *s, const void *bytes, size_t len)
{
    const uint8_t *p = bytes;
    while (len) {
        size_t used = (size_t)(s->bytes % 64);
        size_t take = 64 - used < len ? 64 - used : len;
        memcpy(s->block + used, p, take);
        s->bytes += take;
        p += take;
        len -= take;
        if (used + take == 64)
            mix(s->h, s->block);
    }
}

void sha256_end(struct sha256 *s, uint8_t ret_hash[SHA256_BYTES])
{
    uint64_t bits = s->bytes * 8;
    static const uint8_t padding[64] = {0x80};
    sha256_add(s, padding, 1 + (119 - (size_t)(s->bytes % 64)) % 64);
    uint8_t end[8];
    for (size_t i = 0; i < 8; i++)
        end[i] = (uint8_t)(bits >> (56 - 8 * i));
    sha256_add(s, end, sizeof end);
    for (size_t i = 0; i < 32; i++)
        ret_hash[i] = (uint8_t)(s->h[i / 4] >> (24 - 8 * (i % 4)));
}
