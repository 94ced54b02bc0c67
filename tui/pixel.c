/* The encoders of pixel.h. Knows nothing of fonts, screens and which terminal listens. */
#include "tui/pixel.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "tui/deflate.h"

/* --- sixel ---------------------------------------------------------------------------------------
 */

enum {
    BAND = 6, /* rows in one line of sixels */
    SIXEL_ZERO = '?',
    LEVELS_MAX = 16,
    SHORT_RUN = 3, /* up to here repeating costs no more than a count */
};

static int level_of(unsigned char coverage, int levels)
{
    return (coverage * (levels - 1) + 127) / 255;
}

/* Bit n: some pixel has level n. */
static unsigned used_levels(const struct picture *p, int levels)
{
    unsigned used = 0;
    size_t count = (size_t)p->width * (size_t)p->height;
    for (size_t i = 0; i < count; i++)
        used |= 1u << level_of(p->coverage[i], levels);
    return used;
}

static unsigned char blend(unsigned char paper, unsigned char ink, int step, int steps)
{
    return (unsigned char)((paper * (steps - step) + ink * step + steps / 2) / steps);
}

static struct colour colour_of(const struct picture *p, int step, int steps)
{
    return (struct colour){blend(p->paper.red, p->ink.red, step, steps),
                           blend(p->paper.green, p->ink.green, step, steps),
                           blend(p->paper.blue, p->ink.blue, step, steps)};
}

static int percent(unsigned char value)
{
    return (value * 100 + 127) / 255;
}

static void add_run(struct text *out, char sixel, int count)
{
    if (count > SHORT_RUN)
        text_addf(out, "!%d%c", count, sixel);
    else
        for (int i = 0; i < count; i++)
            text_addc(out, sixel);
}

/* For each level and column, which of the band's rows have that level: bit 0 is the upper row. */
static void split_levels(const struct picture *p, int top, int levels, unsigned char *masks)
{
    int rows = p->height - top < BAND ? p->height - top : BAND;
    memset(masks, 0, (size_t)levels * (size_t)p->width);
    for (int y = 0; y < rows; y++) {
        const unsigned char *row = p->coverage + (size_t)(top + y) * (size_t)p->width;
        for (int x = 0; x < p->width; x++)
            masks[(size_t)level_of(row[x], levels) * (size_t)p->width + (size_t)x] |=
                (unsigned char)(1 << y);
    }
}

/* One colour's line. Levels are painted in rising order and later ones lie on earlier ones, so a
 * column may also paint what a later level will cover: `later` says where. That makes runs longer.
 */
static void add_level(struct text *out, const unsigned char *wanted, const unsigned char *later,
                      int width)
{
    while (width > 0 && !wanted[width - 1])
        width--;
    int run = 0;
    unsigned char sixel = 0;
    for (int x = 0; x < width; x++) {
        bool same = (wanted[x] & ~sixel) == 0 && (sixel & ~(wanted[x] | later[x])) == 0;
        if (run > 0 && !same) {
            add_run(out, (char)(SIXEL_ZERO + sixel), run);
            run = 0;
        }
        if (run == 0)
            sixel = wanted[x];
        run++;
    }
    add_run(out, (char)(SIXEL_ZERO + sixel), run);
}

static bool any_set(const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i])
            return true;
    return false;
}

/* One band. Turns masks into "this level or a later one" from the last level on. */
static void add_band(struct text *out, int width, int levels, unsigned char *masks,
                     unsigned char *later)
{
    size_t len = (size_t)width;
    bool first = true;
    for (int level = 0; level < levels; level++) {
        const unsigned char *wanted = masks + (size_t)level * len;
        if (!any_set(wanted, len))
            continue;
        memset(later, 0, len);
        for (int above = level + 1; above < levels; above++)
            for (size_t x = 0; x < len; x++)
                later[x] |= masks[(size_t)above * len + x];
        text_addf(out, first ? "#%d" : "$#%d", level);
        add_level(out, wanted, later, width);
        first = false;
    }
}

void pixel_sixel(struct text *out, const struct picture *p, int levels)
{
    assert(levels >= 2 && levels <= LEVELS_MAX);
    size_t width = (size_t)p->width;
    unsigned char *masks = mem_alloc((size_t)(levels + 1) * width);
    text_addf(out, "\033P0;1q\"1;1;%d;%d", p->width, p->height);
    unsigned used = used_levels(p, levels);
    for (int level = 0; level < levels; level++) {
        if (!(used >> level & 1))
            continue;
        struct colour c = colour_of(p, level, levels - 1);
        text_addf(out, "#%d;2;%d;%d;%d", level, percent(c.red), percent(c.green), percent(c.blue));
    }
    for (int top = 0; top < p->height; top += BAND) {
        if (top > 0)
            text_addc(out, '-');
        split_levels(p, top, levels, masks);
        add_band(out, p->width, levels, masks, masks + (size_t)levels * width);
    }
    text_adds(out, "\033\\");
    free(masks);
}

/* --- kitty graphics ------------------------------------------------------------------------------
 */

enum { CHUNK = 4096 }; /* base64 characters of one escape sequence, a multiple of 4 */

/* Pixels as the protocol's f=24, or f=32 with the ink's opacity for a clear ground. */
static unsigned char *paint(const struct picture *p, size_t *ret_len)
{
    size_t count = (size_t)p->width * (size_t)p->height, size = p->clear ? 4 : 3;
    unsigned char *bytes = mem_alloc(count * size), *to = bytes;
    for (size_t i = 0; i < count; i++, to += size) {
        struct colour c = p->clear ? p->ink : colour_of(p, p->coverage[i], 255);
        to[0] = c.red;
        to[1] = c.green;
        to[2] = c.blue;
        if (p->clear)
            to[3] = p->coverage[i];
    }
    *ret_len = count * size;
    return bytes;
}

/* RFC 4648, section 4. */
static void add_base64(struct text *out, const unsigned char *bytes, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t room = (len + 2) / 3 * 4;
    text_reserve(out, room);
    char *to = out->bytes + out->len;
    for (size_t i = 0; i < len; i += 3, to += 4) {
        unsigned group = (unsigned)bytes[i] << 16;
        group |= i + 1 < len ? (unsigned)bytes[i + 1] << 8 : 0;
        group |= i + 2 < len ? (unsigned)bytes[i + 2] : 0;
        to[0] = digits[group >> 18];
        to[1] = digits[group >> 12 & 63];
        to[2] = i + 1 < len ? digits[group >> 6 & 63] : '=';
        to[3] = i + 2 < len ? digits[group & 63] : '=';
    }
    *to = '\0';
    out->len += room;
}

void pixel_kitty_send(struct text *out, const struct picture *p, unsigned id)
{
    struct text packed = TEXT_INIT;
    size_t len = 0;
    unsigned char *pixels = paint(p, &len);
    bool small = deflate_add(&packed, pixels, len);
    const unsigned char *bytes = small ? (const unsigned char *)packed.bytes : pixels;
    if (small)
        len = packed.len;
    for (size_t at = 0; at < len;) {
        size_t take = len - at < CHUNK / 4 * 3 ? len - at : CHUNK / 4 * 3;
        bool more = at + take < len;
        if (at == 0)
            text_addf(out, "\033_Ga=t,f=%d,%si=%u,s=%d,v=%d,q=2%s;", p->clear ? 32 : 24,
                      small ? "o=z," : "", id, p->width, p->height, more ? ",m=1" : "");
        else
            text_addf(out, "\033_Gm=%d,q=2;", more);
        add_base64(out, bytes + at, take);
        text_adds(out, "\033\\");
        at += take;
    }
    text_release(&packed);
    free(pixels);
}

void pixel_kitty_place(struct text *out, unsigned id, unsigned placement, int columns)
{
    text_addf(out, "\033_Ga=p,i=%u,p=%u,c=%d,r=1,C=1,q=2\033\\", id, placement, columns);
}

void pixel_kitty_unplace(struct text *out, unsigned id, unsigned placement)
{
    text_addf(out, "\033_Ga=d,d=i,i=%u,p=%u,q=2\033\\", id, placement);
}

void pixel_kitty_unplace_row(struct text *out, int row)
{
    text_addf(out, "\033_Ga=d,d=y,y=%d,q=2\033\\", row + 1);
}

void pixel_kitty_unplace_all(struct text *out)
{
    text_adds(out, "\033_Ga=d,d=a,q=2\033\\");
}

void pixel_kitty_forget(struct text *out, unsigned id)
{
    text_addf(out, "\033_Ga=d,d=I,i=%u,q=2\033\\", id);
}

void pixel_kitty_forget_all(struct text *out)
{
    text_adds(out, "\033_Ga=d,d=A,q=2\033\\");
}
