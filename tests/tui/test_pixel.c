/* Pictures as bytes: what a small decoder of each format makes of them is the picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "i18n/width.h"
#include "tui/pixel.h"
#include "tui/shape.h"

static unsigned next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (unsigned)(*seed >> 32);
}

/* Coverage like that of letters (runs of paper and ink with grey edges), or noise. */
static unsigned char *random_coverage(uint64_t *seed, int width, int height, bool noise)
{
    size_t count = (size_t)width * (size_t)height;
    unsigned char *coverage = malloc(count);
    unsigned char value = 0;
    for (size_t i = 0; i < count; i++) {
        if (noise || next_random(seed) % 5 == 0)
            value = next_random(seed) % 3 ? (unsigned char)next_random(seed)
                                          : (unsigned char)(next_random(seed) % 2 * 255);
        coverage[i] = value;
    }
    return coverage;
}

static struct colour random_colour(uint64_t *seed)
{
    unsigned bits = next_random(seed);
    return (struct colour){(unsigned char)bits, (unsigned char)(bits >> 8),
                           (unsigned char)(bits >> 16)};
}

/* --- a reader of sixel ---------------------------------------------------------------------------
 */

struct screen {
    int width, height;
    short *registers; /* colour register of each pixel; -1: not painted */
    int palette[256][3];
};

static const char *number(const char *p, int *ret_value)
{
    assert_true(*p >= '0' && *p <= '9');
    char *end;
    *ret_value = (int)strtol(p, &end, 10);
    return end;
}

static const char *expect(const char *p, const char *wanted)
{
    if (strncmp(p, wanted, strlen(wanted)) != 0)
        fail_msg("\"%s\" expected at \"%.12s\"", wanted, p);
    return p + strlen(wanted);
}

static void paint_sixel(struct screen *s, int x, int y, int bits, int colour)
{
    for (int row = 0; row < 6; row++)
        if (bits >> row & 1) {
            assert_in_range(x, 0, s->width - 1);
            assert_in_range(y + row, 0, s->height - 1);
            s->registers[(y + row) * s->width + x] = (short)colour;
        }
}

/* "#n" selects, "#n;2;r;g;b" defines and selects. */
static const char *read_colour(struct screen *s, const char *p, int *ret_colour)
{
    p = number(p, ret_colour);
    assert_in_range(*ret_colour, 0, 255);
    if (*p != ';')
        return p;
    p = expect(p, ";2");
    for (int i = 0; i < 3; i++) {
        p = number(expect(p, ";"), &s->palette[*ret_colour][i]);
        assert_in_range(s->palette[*ret_colour][i], 0, 100);
    }
    return p;
}

static struct screen read_sixel(const char *p)
{
    struct screen s = {0};
    int x = 0, y = 0, colour = -1;
    p = number(expect(p, "\033P0;1q\"1;1;"), &s.width);
    p = number(expect(p, ";"), &s.height);
    size_t count = (size_t)s.width * (size_t)s.height;
    s.registers = malloc(count * sizeof *s.registers);
    for (size_t i = 0; i < count; i++)
        s.registers[i] = -1;
    while (*p != '\033') {
        int times = 1;
        char c = *p++;
        if (c == '#') {
            p = read_colour(&s, p, &colour);
        } else if (c == '$') {
            x = 0;
        } else if (c == '-') {
            x = 0;
            y += 6;
        } else {
            if (c == '!') {
                p = number(p, &times);
                c = *p++;
            }
            assert_in_range(c, '?', '~');
            for (; times > 0; times--)
                paint_sixel(&s, x++, y, c - '?', colour);
        }
    }
    assert_string_equal(p, "\033\\");
    return s;
}

static int blended(int paper, int ink, int step, int steps)
{
    return (2 * (paper * (steps - step) + ink * step) + steps) / (2 * steps);
}

static void assert_sixel_shows(const char *bytes, const struct picture *p, int levels)
{
    struct screen s = read_sixel(bytes);
    assert_int_equal(s.width, p->width);
    assert_int_equal(s.height, p->height);
    const unsigned char inks[] = {p->ink.red, p->ink.green, p->ink.blue};
    const unsigned char papers[] = {p->paper.red, p->paper.green, p->paper.blue};
    for (int i = 0; i < p->width * p->height; i++) {
        assert_true(s.registers[i] >= 0);
        int step = (p->coverage[i] * (levels - 1) * 2 + 255) / 510;
        for (int k = 0; k < 3; k++) {
            int wanted = blended(papers[k], inks[k], step, levels - 1);
            int got = s.palette[s.registers[i]][k] * 255 / 100;
            assert_true(abs(wanted - got) <= 3); /* sixel's colours are per cents */
        }
    }
    free(s.registers);
}

static void sixel_paints_every_pixel_as_in_the_picture(void **state)
{
    (void)state;
    uint64_t seed = 42;
    static const int levels[] = {SIXEL_LEVELS, SIXEL_LEVELS_SLOW, 16, 3};
    for (int i = 0; i < 400; i++) {
        int width = 1 + (int)(next_random(&seed) % 90), height = 1 + (int)(next_random(&seed) % 40);
        unsigned char *coverage = random_coverage(&seed, width, height, i % 7 == 0);
        struct picture p = {width, height, coverage, random_colour(&seed), random_colour(&seed),
                            false};
        struct text out = TEXT_INIT;
        pixel_sixel(&out, &p, levels[i % 4]);
        assert_sixel_shows(out.bytes, &p, levels[i % 4]);
        text_release(&out);
        free(coverage);
    }
}

static void a_blank_and_a_full_picture_are_a_few_bytes_of_sixel(void **state)
{
    (void)state;
    unsigned char coverage[60 * 20];
    struct picture p = {60, 20, coverage, {255, 255, 255}, {0, 0, 0}, false};
    for (int full = 0; full < 2; full++) {
        struct text out = TEXT_INIT;
        memset(coverage, full ? 255 : 0, sizeof coverage);
        pixel_sixel(&out, &p, SIXEL_LEVELS);
        assert_sixel_shows(out.bytes, &p, SIXEL_LEVELS);
        assert_true(out.len < 90);
        text_release(&out);
    }
}

/* --- a reader of kitty's protocol ----------------------------------------------------------------
 */

static int digit_value(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    assert_non_null(at);
    return (int)(at - digits);
}

static void read_base64(struct text *out, const char *p, size_t len)
{
    assert_int_equal(len % 4, 0);
    for (size_t i = 0; i < len; i += 4) {
        int pad = (p[i + 3] == '=') + (p[i + 2] == '=');
        assert_true(pad == 0 || i + 4 == len);
        int group = digit_value(p[i]) << 18 | digit_value(p[i + 1]) << 12 |
                    (pad < 2 ? digit_value(p[i + 2]) << 6 : 0) |
                    (pad < 1 ? digit_value(p[i + 3]) : 0);
        for (int k = 0; k < 3 - pad; k++)
            text_addc(out, (char)(group >> (16 - 8 * k) & 255));
    }
}

/* The value of a key in "a=t,f=24,..." or fallback. */
static long key_value(const char *keys, size_t len, char key, long fallback)
{
    for (size_t i = 0; i + 2 < len; i++)
        if ((i == 0 || keys[i - 1] == ',') && keys[i] == key && keys[i + 1] == '=')
            return keys[i + 2] >= '0' && keys[i + 2] <= '9' ? strtol(keys + i + 2, NULL, 10)
                                                            : keys[i + 2];
    return fallback;
}

struct sent {
    long id, width, height, format;
    bool packed;
    int chunks;
    struct text data;
};

static struct sent read_kitty(const char *p)
{
    struct sent s = {.data = TEXT_INIT};
    bool more = true;
    while (*p) {
        p = expect(p, "\033_G");
        assert_true(more);
        size_t keys = strcspn(p, ";"), data = strcspn(p + keys + 1, "\033");
        if (s.chunks++ == 0) {
            assert_int_equal(key_value(p, keys, 'a', 0), 't');
            s.format = key_value(p, keys, 'f', 0);
            s.id = key_value(p, keys, 'i', 0);
            s.width = key_value(p, keys, 's', 0);
            s.height = key_value(p, keys, 'v', 0);
            s.packed = key_value(p, keys, 'o', 0) == 'z';
        }
        assert_int_equal(key_value(p, keys, 'q', 0), 2);
        more = key_value(p, keys, 'm', 0) == 1;
        assert_true(data <= 4096);
        read_base64(&s.data, p + keys + 1, data);
        p = expect(p + keys + 1 + data, "\033\\");
    }
    assert_false(more);
    return s;
}

static void assert_kitty_shows(const char *bytes, const struct picture *p, long id)
{
    struct sent s = read_kitty(bytes);
    assert_int_equal(s.id, id);
    assert_int_equal(s.width, p->width);
    assert_int_equal(s.height, p->height);
    assert_true(s.packed);
    int size = p->clear ? 4 : 3;
    assert_int_equal(s.format, 8 * size);
    uLongf len = (uLongf)(p->width * p->height * size);
    unsigned char *pixels = malloc(len + 1);
    uLongf got = len + 1;
    assert_int_equal(uncompress(pixels, &got, (const Bytef *)s.data.bytes, s.data.len), Z_OK);
    assert_int_equal(got, len);
    for (int i = 0; i < p->width * p->height; i++) {
        int c = p->clear ? 255 : p->coverage[i];
        const unsigned char *pixel = pixels + size * i;
        assert_int_equal(pixel[0], blended(p->paper.red, p->ink.red, c, 255));
        assert_int_equal(pixel[1], blended(p->paper.green, p->ink.green, c, 255));
        assert_int_equal(pixel[2], blended(p->paper.blue, p->ink.blue, c, 255));
        if (p->clear)
            assert_int_equal(pixel[3], p->coverage[i]);
    }
    free(pixels);
    text_release(&s.data);
}

static void kitty_gets_every_pixel_of_the_picture(void **state)
{
    (void)state;
    uint64_t seed = 4711;
    for (int i = 0; i < 300; i++) {
        int width = 1 + (int)(next_random(&seed) % 90), height = 1 + (int)(next_random(&seed) % 40);
        unsigned char *coverage = random_coverage(&seed, width, height, i % 7 == 0);
        struct picture p = {width,     height, coverage, random_colour(&seed), random_colour(&seed),
                            i % 3 == 0};
        struct text out = TEXT_INIT;
        pixel_kitty_send(&out, &p, (unsigned)i + 1);
        assert_kitty_shows(out.bytes, &p, i + 1);
        text_release(&out);
        free(coverage);
    }
}

static void a_large_picture_goes_in_chunks(void **state)
{
    (void)state;
    uint64_t seed = 5;
    unsigned char *coverage = random_coverage(&seed, 400, 60, true);
    struct picture p = {400, 60, coverage, {255, 200, 0}, {0, 0, 80}, false};
    struct text out = TEXT_INIT;
    pixel_kitty_send(&out, &p, 4294967295u);
    struct sent s = read_kitty(out.bytes);
    assert_true(s.chunks > 3);
    text_release(&s.data);
    assert_kitty_shows(out.bytes, &p, 4294967295);
    text_release(&out);
    free(coverage);
}

static void kitty_places_and_takes_away(void **state)
{
    (void)state;
    struct text out = TEXT_INIT;
    pixel_kitty_place(&out, 7, 3, 12);
    assert_string_equal(out.bytes, "\033_Ga=p,i=7,p=3,c=12,r=1,C=1,q=2\033\\");
    text_clear(&out);
    pixel_kitty_unplace(&out, 7, 3);
    assert_string_equal(out.bytes, "\033_Ga=d,d=i,i=7,p=3,q=2\033\\");
    text_clear(&out);
    pixel_kitty_unplace_row(&out, 0);
    assert_string_equal(out.bytes, "\033_Ga=d,d=y,y=1,q=2\033\\");
    text_clear(&out);
    pixel_kitty_unplace_all(&out);
    pixel_kitty_forget(&out, 9);
    pixel_kitty_forget_all(&out);
    assert_string_equal(out.bytes, "\033_Ga=d,d=a,q=2\033\\"
                                   "\033_Ga=d,d=I,i=9,q=2\033\\"
                                   "\033_Ga=d,d=A,q=2\033\\");
    text_release(&out);
}

/* --- real words ----------------------------------------------------------------------------------
 */

static void words_come_through_both_formats_within_their_bytes(void **state)
{
    (void)state;
    static const char *const words[] = {"ភ្នំពេញ", "កំពត", "ស្រុកឈូក", "ព្រះសីហនុ", "មន្ទីរសង្គមកិច្ច"};
    struct shaper *s = NULL;
    assert_int_equal(shaper_open(10, 20, &s), STATUS_OK);
    size_t eight = 0, two = 0, kitty = 0, count = sizeof words / sizeof *words;
    for (size_t i = 0; i < count; i++) {
        struct shape shape;
        assert_int_equal(shaper_draw(s, words[i], strlen(words[i]), 0, WEIGHT_NORMAL, &shape),
                         STATUS_OK);
        struct picture p = {shape.width,     shape.height, shape.coverage,
                            {230, 230, 230}, {20, 20, 40}, false};
        struct text out = TEXT_INIT;
        pixel_sixel(&out, &p, SIXEL_LEVELS);
        assert_sixel_shows(out.bytes, &p, SIXEL_LEVELS);
        eight += out.len;
        text_clear(&out);
        pixel_sixel(&out, &p, SIXEL_LEVELS_SLOW);
        assert_sixel_shows(out.bytes, &p, SIXEL_LEVELS_SLOW);
        two += out.len;
        text_clear(&out);
        pixel_kitty_send(&out, &p, 1);
        assert_kitty_shows(out.bytes, &p, 1);
        kitty += out.len;
        text_release(&out);
    }
    shaper_close(s);
    assert_true(eight / count < 1200);
    assert_true(two / count < 450);
    assert_true(kitty / count < 1600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sixel_paints_every_pixel_as_in_the_picture),
        cmocka_unit_test(a_blank_and_a_full_picture_are_a_few_bytes_of_sixel),
        cmocka_unit_test(kitty_gets_every_pixel_of_the_picture),
        cmocka_unit_test(a_large_picture_goes_in_chunks),
        cmocka_unit_test(kitty_places_and_takes_away),
        cmocka_unit_test(words_come_through_both_formats_within_their_bytes),
    };
    width_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
