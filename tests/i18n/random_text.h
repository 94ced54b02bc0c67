/* Random text from a fixed seed: bytes, characters of any kind, and text that looks like Khmer
 * typed in any order with everything that may hide in it. */
#ifndef TESTS_I18N_RANDOM_TEXT_H
#define TESTS_I18N_RANDOM_TEXT_H

#include <stdint.h>

#include "i18n/mem.h"

struct random {
    uint64_t state;
};

/* A number below `below` (> 0). A linear congruential generator; its high bits. */
static inline uint32_t random_below(struct random *r, uint32_t below)
{
    r->state = r->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(r->state >> 33) % below;
}

static inline void random_khmerish(struct random *r, struct text *out)
{
    static const char32_t odd[] = {0x17D2, 0x17D2, 0x17D2, 0x200B, 0x200C, 0x200D, 0x2060,
                                   0xFEFF, 0x00AD, 0x0301, 0x17B4, 0x17D3, 0x17D4, 0x17DD,
                                   ' ',    'a',    'E',    0xE9,   '\n',   0xA0,   '7',
                                   0x17E7, 0x3099, 0x304B, 0xFE0F, 0x0345, 0x1F468};
    uint32_t dice = random_below(r, 10);
    if (dice < 4)
        text_addcp(out, 0x1780 + random_below(r, 0x34));
    else if (dice < 6)
        text_addcp(out, 0x17B6 + random_below(r, 0x1E));
    else if (dice < 7)
        text_addcp(out, random_below(r, 2) ? 0x17BB : 0x17B7 + random_below(r, 0x14));
    else
        text_addcp(out, odd[random_below(r, sizeof odd / sizeof *odd)]);
}

/* Appends up to `max` pieces; the kind of text is drawn too. */
static inline void random_text(struct random *r, struct text *out, uint32_t max)
{
    uint32_t kind = random_below(r, 8), n = random_below(r, max + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (kind == 0)
            text_addc(out, (char)random_below(r, 256));
        else if (kind == 1)
            text_addcp(out, random_below(r, 0x110000));
        else if (kind == 2)
            text_addcp(out, random_below(r, 0x3000));
        else
            random_khmerish(r, out);
        if (kind == 3 && random_below(r, 16) == 0)
            text_addc(out, (char)(0x80 + random_below(r, 0x80)));
    }
}

#endif
