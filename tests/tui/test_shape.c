/* Khmer as pictures: the same as another way of making them, on one base line, never cut, in
 * bounded memory, whatever comes in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "i18n/utf8.h"
#include "i18n/width.h"
#include "tests/tui/font_reference.h"
#include "tui/shape.h"
#include "tui/shape_cache.h"

static const char khmeros[] = "/usr/share/fonts/truetype/khmeros";

static const struct {
    int width, height;
} sizes[] = {{7, 13}, {8, 16}, {9, 18}, {10, 20}, {12, 24}, {20, 40}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static const char *const words[] = {
    "ភ្នំពេញ",         "កំពត",       "កម្ពុជា",
    "ព្រះសីហនុ",        "ត្បូងឃ្មុំ",     "ស្រុកឈូក",
    "គ.ក.ន.ក",       "៣២១",       "គណៈកម្មាធិការទទួលបន្ទុកកិច្ចការនារី",
    "ស្ត្រីភ្នំព្រៃកម្ពុជា", "ឧត្ដរមានជ័យ",
};
enum { WORDS = sizeof words / sizeof *words };

/* High, deep, both, and what no dictionary has. */
static const char *const stacks[] = {
    "ស្ត្រី", "ស្ត្រ្ត្យើ៉ំ", "ញ្ញុំ៉",       "ខ្ញុំ", "ង្រ្ត្រុំ", "ក្ក្ក្ក្កុ", "ឰ្ឱ្យ",  "ឲ្យ",   "ប៉័៍៌៊៎",
    "្រ",   "ី៉",       "ព្រឹត្តិការណ៍", "ភ្ជុំ", "ឡ្លៀ",  "ន្ទ្រុះ",  "ហ្វ៊្រ្វុី", "ម្ល៉ៃៗ", "ក៊្ត្ត្ត្ត្ត្ត្ត្ត្ត្តុូួ៉ីំ៎៏័",
};
enum { STACKS = sizeof stacks / sizeof *stacks };

static struct shaper *open_shaper(int width, int height)
{
    struct shaper *s = NULL;
    assert_int_equal(shaper_open(width, height, &s), STATUS_OK);
    return s;
}

static struct shape draw(struct shaper *s, const char *word, int cells, enum weight weight)
{
    struct shape shape = {0};
    assert_int_equal(shaper_draw(s, word, strlen(word), cells, weight, &shape), STATUS_OK);
    return shape;
}

static long ink_of(const unsigned char *coverage, size_t count)
{
    long ink = 0;
    for (size_t i = 0; i < count; i++)
        ink += coverage[i];
    return ink;
}

static long ink(const struct shape *shape)
{
    return ink_of(shape->coverage, (size_t)shape->width * (size_t)shape->height);
}

/* The picture equals the cell of the page, and nothing on the page is outside the cell. */
static void assert_same(const struct shape *shape, const struct page *page, const char *word)
{
    int worst = 0;
    double sum = 0, outside = 0;
    for (int y = 0; y < page->height; y++)
        for (int x = 0; x < page->width; x++) {
            int wanted = page->coverage[y * page->width + x];
            int cx = x - page->margin, cy = y - page->margin;
            if (cx < 0 || cy < 0 || cx >= shape->width || cy >= shape->height) {
                outside += wanted;
                continue;
            }
            int difference = abs(wanted - shape->coverage[cy * shape->width + cx]);
            worst = difference > worst ? difference : worst;
            sum += difference;
        }
    double mean = sum / (shape->width * shape->height);
    /* Outlines are rounded to 1/64 pixel once here and twice there: a pixel's edge may differ. */
    if (worst > 24 || mean > 1.0 || outside > 255)
        fail_msg("%s at %dx%d: worst %d, mean %.2f, outside the cell %.0f", word, shape->width,
                 shape->height, worst, mean, outside);
}

static void compare(struct shaper *s, const char *word, int size, int cells)
{
    struct shape shape = draw(s, word, cells, WEIGHT_NORMAL);
    struct page page =
        page_make(shaper_font_file(s), word, sizes[size].width, sizes[size].height, shape.cells);
    assert_int_equal(shape.height, sizes[size].height);
    assert_int_equal(shape.width, shape.cells * sizes[size].width);
    assert_same(&shape, &page, word);
    free(page.coverage);
}

static void compare_all(const char *fonts, const char *const *list, int count)
{
    fonts_only_in(fonts);
    for (int size = 0; size < SIZES; size++) {
        struct shaper *s = open_shaper(sizes[size].width, sizes[size].height);
        for (int i = 0; i < count; i++)
            compare(s, list[i], size, 0);
        shaper_close(s);
    }
}

static void words_look_as_harfbuzz_and_freetype_draw_them(void **state)
{
    (void)state;
    compare_all(khmeros, words, WORDS);
    compare_all(NULL, words, WORDS);
}

static void no_stack_is_cut(void **state)
{
    (void)state;
    compare_all(khmeros, stacks, STACKS);
    compare_all(NULL, stacks, STACKS);
}

static void a_word_on_fewer_cells_is_squeezed_and_whole(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    struct shaper *s = open_shaper(sizes[3].width, sizes[3].height);
    for (int cells = 2; cells < 12; cells++)
        compare(s, "ព្រះសីហនុ", 3, cells);
    shaper_close(s);
}

static void a_word_asks_for_nine_tenths_of_its_natural_width(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    for (int size = 0; size < SIZES; size++) {
        struct shaper *s = open_shaper(sizes[size].width, sizes[size].height);
        for (int i = 0; i < WORDS; i++) {
            int cells = 0, columns = (int)width_columns(words[i], strlen(words[i]));
            assert_int_equal(shaper_cells(s, words[i], strlen(words[i]), WEIGHT_NORMAL, &cells),
                             STATUS_OK);
            struct page p = page_make(shaper_font_file(s), words[i], sizes[size].width,
                                      sizes[size].height, cells);
            double wanted = 0.9 * p.natural / sizes[size].width;
            assert_true(cells >= columns);
            assert_true(cells >= wanted - 0.02);
            assert_true(cells == columns || cells - 1 < wanted + 0.02);
            free(p.coverage);
        }
        shaper_close(s);
    }
}

/* The column of the first letter's left leg, when the picture is ka alone. */
static int leg_of(const struct shape *ka)
{
    int leg = 0, most = 0;
    for (int x = 0; x < ka->width / 2; x++) {
        int column = 0;
        for (int y = 0; y < ka->height; y++)
            column += ka->coverage[y * ka->width + x];
        if (column > most) {
            most = column;
            leg = x;
        }
    }
    return leg;
}

/* The lowest row with ink in a column. */
static int foot_of(const struct shape *shape, int column)
{
    for (int y = shape->height - 1; y >= 0; y--)
        if (shape->coverage[y * shape->width + column] > 60)
            return y;
    return -1;
}

static void all_words_stand_on_one_base_line(void **state)
{
    (void)state;
    static const char *const with_ka[] = {"ក",   "កំពត",   "កណ្តាល", "កម្ពុជា", "កុមារ",
                                          "កិច្ច", "កំពង់ស្ពឺ", "កង់",    "កញ្ញា"};
    for (int fonts = 0; fonts < 2; fonts++) {
        fonts_only_in(fonts ? khmeros : NULL);
        for (int size = 1; size < SIZES; size++) {
            struct shaper *s = open_shaper(sizes[size].width, sizes[size].height);
            for (int weight = WEIGHT_NORMAL; weight <= WEIGHT_BOLD; weight++) {
                struct shape one = draw(s, "ក", 0, (enum weight)weight);
                int leg = leg_of(&one), foot = foot_of(&one, leg);
                assert_in_range(foot, sizes[size].height / 2, sizes[size].height - 1);
                for (size_t i = 0; i < sizeof with_ka / sizeof *with_ka; i++) {
                    struct shape shape = draw(s, with_ka[i], 0, (enum weight)weight);
                    assert_int_equal(foot_of(&shape, leg), foot);
                }
            }
            shaper_close(s);
        }
    }
}

static void bold_has_more_ink_with_and_without_a_bold_face(void **state)
{
    (void)state;
    for (int fonts = 0; fonts < 2; fonts++) {
        fonts_only_in(fonts ? khmeros : NULL);
        struct shaper *s = open_shaper(10, 20);
        for (int i = 0; i < WORDS; i++) {
            struct shape shape = draw(s, words[i], 0, WEIGHT_NORMAL);
            long normal = ink(&shape);
            int cells = shape.cells;
            shape = draw(s, words[i], cells, WEIGHT_BOLD);
            assert_true(ink(&shape) > normal + normal / 10);
            assert_int_equal(shape.cells, cells);
        }
        shaper_close(s);
    }
}

static void without_a_khmer_font_it_says_so(void **state)
{
    (void)state;
    fonts_only_in("");
    struct shaper *s = NULL;
    assert_int_equal(shaper_open(10, 20, &s), STATUS_NOT_FOUND);
    assert_null(s);
}

static void the_font_is_a_plain_text_face(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    struct shaper *s = open_shaper(10, 20);
    assert_string_equal(shaper_font_name(s), "Khmer OS System");
    assert_non_null(strstr(shaper_font_file(s), khmeros));
    shaper_close(s);
    if (access("/usr/share/fonts/truetype/noto/NotoSansKhmer-Regular.ttf", R_OK) == 0) {
        fonts_only_in(NULL);
        s = open_shaper(10, 20);
        assert_string_equal(shaper_font_name(s), "Noto Sans Khmer");
        shaper_close(s);
    }
}

static void impossible_sizes_are_refused(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    struct shaper *s = NULL;
    assert_int_equal(shaper_open(0, 16, &s), STATUS_INVALID);
    assert_int_equal(shaper_open(8, SHAPE_CELL_MAX + 1, &s), STATUS_INVALID);
    assert_int_equal(shaper_open(-8, -16, &s), STATUS_INVALID);
    assert_null(s);
    s = open_shaper(8, 16);
    assert_int_equal(shaper_resize(s, 8, 3), STATUS_INVALID);
    struct shape shape = draw(s, "ក", 0, WEIGHT_NORMAL);
    assert_int_equal(shape.height, 16);
    shaper_close(s);
}

static void another_cell_size_gives_other_pictures(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    struct shaper *s = open_shaper(8, 16);
    struct shape before = draw(s, "កំពត", 0, WEIGHT_NORMAL);
    assert_int_equal(shaper_resize(s, 10, 20), STATUS_OK);
    struct shape after = draw(s, "កំពត", before.cells, WEIGHT_NORMAL);
    assert_int_equal(after.height, 20);
    assert_int_equal(after.width, 10 * after.cells);
    assert_true(after.hash != before.hash);
    shaper_close(s);
}

static void a_hash_stands_for_one_picture(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    struct shaper *s = open_shaper(8, 16);
    struct shape a = draw(s, "កំពត", 6, WEIGHT_NORMAL);
    struct shape again = draw(s, "កំពត", 6, WEIGHT_NORMAL);
    struct shape wider = draw(s, "កំពត", 7, WEIGHT_NORMAL);
    struct shape bold = draw(s, "កំពត", 6, WEIGHT_BOLD);
    struct shape other = draw(s, "កំពង", 6, WEIGHT_NORMAL);
    assert_true(a.hash == again.hash);
    assert_true(a.hash != wider.hash && a.hash != bold.hash && a.hash != other.hash);
    assert_true(wider.hash != bold.hash && wider.hash != other.hash && bold.hash != other.hash);
    shaper_close(s);
}

static void letters_the_font_lacks_are_left_to_the_terminal(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    struct shaper *s = open_shaper(8, 16);
    static const char *const others[] = {"日本", "\xff\xfe", "ក日", "\xe1\x9e"};
    struct shape shape = {.cells = 77};
    int cells = 77;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t len = strlen(others[i]);
        assert_int_equal(shaper_draw(s, others[i], len, 0, WEIGHT_NORMAL, &shape),
                         STATUS_NOT_FOUND);
        assert_int_equal(shaper_cells(s, others[i], len, WEIGHT_BOLD, &cells), STATUS_NOT_FOUND);
    }
    assert_int_equal(shaper_draw(s, "", 0, 0, WEIGHT_NORMAL, &shape), STATUS_INVALID);
    assert_int_equal(shaper_draw(s, "ក", 3, -1, WEIGHT_NORMAL, &shape), STATUS_INVALID);
    assert_int_equal(shaper_draw(s, "ក", 3, SHAPE_CELLS_MAX + 1, WEIGHT_NORMAL, &shape),
                     STATUS_INVALID);
    assert_int_equal(shape.cells, 77);
    assert_int_equal(cells, 77);
    shaper_close(s);
}

/* --- anything at all -----------------------------------------------------------------------------
 */

static unsigned next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (unsigned)(*seed >> 32);
}

/* Draws it; what comes back is whole or a refusal. */
static void try_token(struct shaper *s, const char *bytes, size_t len, int cells,
                      enum weight weight)
{
    struct shape shape = {0};
    enum status status = shaper_draw(s, bytes, len, cells, weight, &shape);
    if (status != STATUS_OK) {
        assert_true(status == STATUS_NOT_FOUND || status == STATUS_INVALID);
        return;
    }
    assert_true(shape.cells >= 1 && shape.cells <= SHAPE_CELLS_MAX);
    assert_true(cells == 0 || shape.cells == cells);
    assert_int_equal(shape.height, 16);
    assert_int_equal(shape.width, 8 * shape.cells);
    assert_true(ink(&shape) >= 0); /* every pixel may be read */
}

static size_t random_khmer(uint64_t *seed, char *out, size_t characters)
{
    size_t len = 0;
    for (size_t i = 0; i < characters; i++) {
        char32_t cp = 0x1780 + next_random(seed) % 0x5e;
        if (next_random(seed) % 8 == 0)
            cp = 0x17d2;
        len += utf8_encode(cp, out + len);
    }
    return len;
}

static void anything_is_drawn_or_refused(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    struct shaper *s = open_shaper(8, 16);
    uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
    char token[256];
    for (int i = 0; i < 1500; i++) {
        size_t len = 1 + next_random(&seed) % 24;
        int cells = next_random(&seed) % 3 == 0 ? (int)(next_random(&seed) % 20) : 0;
        if (i % 2 == 0)
            for (size_t k = 0; k < len; k++)
                token[k] = (char)next_random(&seed);
        else
            len = random_khmer(&seed, token, len);
        try_token(s, token, len, cells, i % 5 ? WEIGHT_NORMAL : WEIGHT_BOLD);
    }
    shaper_close(s);
}

static void very_long_tokens_are_drawn_or_refused(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    struct shaper *s = open_shaper(8, 16);
    uint64_t seed = 1234567;
    char *token = malloc(SHAPE_BYTES_MAX + 3);
    size_t len = random_khmer(&seed, token, 4000);
    try_token(s, token, len, 0, WEIGHT_NORMAL);
    try_token(s, token, len, 1, WEIGHT_BOLD);
    len = 0;
    for (int i = 0; i < 4000; i++)
        len += utf8_encode(0x1780, token + len);
    struct shape shape;
    assert_int_equal(shaper_draw(s, token, len, 0, WEIGHT_NORMAL, &shape), STATUS_OK);
    assert_true(shape.cells >= 4000);
    memset(token, 'x', SHAPE_BYTES_MAX + 1);
    assert_int_equal(shaper_draw(s, token, SHAPE_BYTES_MAX + 1, 0, WEIGHT_NORMAL, &shape),
                     STATUS_INVALID);
    free(token);
    shaper_close(s);
}

/* --- the cache -----------------------------------------------------------------------------------
 */

static struct shape_key number_key(char *name, int i)
{
    snprintf(name, 24, "%d", i);
    return (struct shape_key){name, strlen(name), 3, WEIGHT_NORMAL};
}

static void the_cache_stays_bounded(void **state)
{
    (void)state;
    struct shape_cache c;
    shape_cache_init(&c);
    char name[24];
    for (int i = 0; i < 20000; i++) {
        struct shape_key key = number_key(name, i);
        struct shape_entry *e = shape_cache_add(&c, &key, 1000);
        memset(e->coverage, i & 255, 1000);
        assert_true(c.size <= SHAPE_CACHE_BYTES);
    }
    assert_in_range(c.count, 3000, 4200);
    struct shape_key key = number_key(name, 19999);
    assert_non_null(shape_cache_find(&c, &key));
    key = number_key(name, 0);
    assert_null(shape_cache_find(&c, &key));
    shape_cache_add(&c, &key, 2 * SHAPE_CACHE_BYTES);
    assert_int_equal(c.count, 1);
    assert_non_null(shape_cache_find(&c, &key));
    key = number_key(name, 1);
    shape_cache_add(&c, &key, 10);
    assert_int_equal(c.count, 1);
    shape_cache_release(&c);
}

static void what_is_used_stays_in_the_cache(void **state)
{
    (void)state;
    struct shape_cache c;
    shape_cache_init(&c);
    char name[24];
    struct shape_key first = {"kept", 4, 3, WEIGHT_NORMAL};
    shape_cache_add(&c, &first, 500)->natural = 4711;
    for (int i = 0; i < 20000; i++) {
        struct shape_key key = number_key(name, i);
        shape_cache_add(&c, &key, 500);
        struct shape_entry *e = shape_cache_find(&c, &first);
        assert_non_null(e);
        assert_true(e->natural > 4710);
    }
    struct shape_key bold = first, wide = first;
    bold.weight = WEIGHT_BOLD;
    wide.cells = 4;
    assert_null(shape_cache_find(&c, &bold));
    assert_null(shape_cache_find(&c, &wide));
    shape_cache_clear(&c);
    assert_null(shape_cache_find(&c, &first));
    assert_int_equal(c.size, 0);
    shape_cache_release(&c);
}

static void many_tokens_keep_their_pictures(void **state)
{
    (void)state;
    fonts_only_in(khmeros);
    struct shaper *s = open_shaper(10, 20);
    struct shape shape = draw(s, "ភ្នំពេញ", 0, WEIGHT_NORMAL);
    long before = ink(&shape);
    uint64_t seed = 99;
    char token[256];
    for (int i = 0; i < 3000; i++) {
        size_t len = random_khmer(&seed, token, 12);
        assert_int_not_equal(shaper_draw(s, token, len, 0, WEIGHT_NORMAL, &shape), STATUS_INVALID);
    }
    shape = draw(s, "ភ្នំពេញ", 0, WEIGHT_NORMAL);
    assert_int_equal(ink(&shape), before);
    shaper_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_look_as_harfbuzz_and_freetype_draw_them),
        cmocka_unit_test(no_stack_is_cut),
        cmocka_unit_test(a_word_on_fewer_cells_is_squeezed_and_whole),
        cmocka_unit_test(a_word_asks_for_nine_tenths_of_its_natural_width),
        cmocka_unit_test(all_words_stand_on_one_base_line),
        cmocka_unit_test(bold_has_more_ink_with_and_without_a_bold_face),
        cmocka_unit_test(without_a_khmer_font_it_says_so),
        cmocka_unit_test(the_font_is_a_plain_text_face),
        cmocka_unit_test(impossible_sizes_are_refused),
        cmocka_unit_test(another_cell_size_gives_other_pictures),
        cmocka_unit_test(a_hash_stands_for_one_picture),
        cmocka_unit_test(letters_the_font_lacks_are_left_to_the_terminal),
        cmocka_unit_test(anything_is_drawn_or_refused),
        cmocka_unit_test(very_long_tokens_are_drawn_or_refused),
        cmocka_unit_test(the_cache_stays_bounded),
        cmocka_unit_test(what_is_used_stays_in_the_cache),
        cmocka_unit_test(many_tokens_keep_their_pictures),
    };
    width_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
