/* The test terminal itself: what sequences do, and that its width rules differ as terminals do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "i18n/width.h"
#include "tests/e2e/emulator.h"

/* Feeds bytes to a fresh 4x10 terminal and compares its text. */
static void expect_rule(enum width_rule rule, const char *bytes, const char *want)
{
    struct emulator e;
    struct text got;
    text_init(&got);
    emulator_init(&e, 4, 10, rule);
    emulator_feed(&e, bytes, strlen(bytes));
    emulator_text(&e, &got);
    assert_string_equal(got.bytes, want);
    assert_int_equal(e.unknown, 0);
    text_release(&got);
    emulator_release(&e);
}

static void expect(const char *bytes, const char *want)
{
    expect_rule(WIDTH_WCWIDTH, bytes, want);
}

static void text_and_cursor_addresses(void **state)
{
    (void)state;
    expect("ab\r\ncd", "ab\ncd\n\n\n");
    expect("\033[2;3Hx\033[5Gy\033[4dz\033[Hw", "w\n  x y\n\n     z\n");
    expect("abc\bX\033[2DY", "aYX\n\n\n\n");
    expect("a\tb", "a       b\n\n\n\n");
}

static void lines_wrap_late_and_only_when_asked(void **state)
{
    (void)state;
    expect("0123456789", "0123456789\n\n\n\n");
    expect("0123456789a", "0123456789\na\n\n\n");
    expect("0123456789\ra", "a123456789\n\n\n\n");
    expect("\033[?7l0123456789ab", "012345678b\n\n\n\n");
}

static void erasing_and_shifting(void **state)
{
    (void)state;
    expect("abcdef\033[3G\033[K", "ab\n\n\n\n");
    expect("abcdef\033[3G\033[1K", "   def\n\n\n\n");
    expect("abcdef\033[3G\033[2X", "ab  ef\n\n\n\n");
    expect("abcdef\033[3G\033[2P", "abef\n\n\n\n");
    expect("abcdef\033[3G\033[2@", "ab  cdef\n\n\n\n");
    expect("abcdef\033[2G\033[4hXY\033[4l", "aXYbcdef\n\n\n\n");
    expect("a\r\nb\r\nc\033[2;1H\033[J", "a\n\n\n\n");
    expect("a\r\nb\033[2J", "\n\n\n\n");
    expect("-\033[5b", "------\n\n\n\n");
}

static void lines_move_in_the_scroll_region(void **state)
{
    (void)state;
    expect("a\r\nb\r\nc\r\nd\r\ne", "b\nc\nd\ne\n");
    expect("a\r\nb\r\nc\r\nd\033[2;3r\033[3;1H\n", "a\nc\n\nd\n");
    expect("a\r\nb\r\nc\r\nd\033[2;1H\033[L", "a\n\nb\nc\n");
    expect("a\r\nb\r\nc\r\nd\033[2;1H\033[M", "a\nc\nd\n\n");
    expect("a\r\nb\033[1;1H\033M", "\na\nb\n\n");
}

static void the_alternate_screen_leaves_the_main_one_alone(void **state)
{
    (void)state;
    expect("shell\033[?1049hscreen", "     scree\nn\n\n\n");
    expect("shell\033[?1049hscreen\033[?1049l$", "shell$\n\n\n\n");
}

static void khmer_takes_the_columns_of_the_rule(void **state)
{
    (void)state;
    static const int columns[WIDTH_RULES] = {4, 3, 2}; /* of ខេត្ត */
    for (int rule = 0; rule < WIDTH_RULES; rule++) {
        struct emulator e;
        emulator_init(&e, 2, 20, (enum width_rule)rule);
        const char *s = "ខេត្តx";
        emulator_feed(&e, s, strlen(s));
        assert_int_equal(emulator_cell(&e, 0, columns[rule])->codes[0], 'x');
        struct text got;
        text_init(&got);
        emulator_row(&e, 0, 0, 6, &got);
        assert_memory_equal(got.bytes, s, strlen(s));
        text_release(&got);
        emulator_release(&e);
    }
}

static void marks_and_wide_characters_stay_with_their_cell(void **state)
{
    (void)state;
    expect("e\xCC\x81x", "e\xCC\x81x\n\n\n\n");
    expect("\u4E2Dx", "\u4E2Dx\n\n\n\n");
    expect("\033[1;10H\u4E2D", "\n\u4E2D\n\n\n");
}

static void modes_and_attributes_are_remembered(void **state)
{
    (void)state;
    struct emulator e;
    emulator_init(&e, 4, 10, WIDTH_WCWIDTH);
    const char *s = "\033[?1h\033=\033[?25l\033[0;7;1mA\033[31;44mB\033[39;49m\033(B\033[m";
    emulator_feed(&e, s, strlen(s));
    assert_true(e.application_keys && e.keypad && !e.cursor_shown);
    assert_true(emulator_cell(&e, 0, 0)->reverse && emulator_cell(&e, 0, 0)->bold);
    assert_int_equal(emulator_cell(&e, 0, 0)->background, -1);
    assert_int_equal(emulator_cell(&e, 0, 1)->background, 4);
    assert_int_equal(e.colours_used, 2);
    assert_int_equal(e.unknown, 0);
    emulator_release(&e);
}

static void idle_markers_are_counted(void **state)
{
    (void)state;
    struct emulator e;
    emulator_init(&e, 4, 10, WIDTH_WCWIDTH);
    const char *s = "a\033]7117;3;12;4;10\ab\033]52;c;MTE3\033\\";
    for (size_t i = 0; i < strlen(s); i++)
        emulator_feed(&e, s + i, 1);
    assert_int_equal(e.markers, 1);
    assert_int_equal(e.frames, 3);
    assert_int_equal(e.keys, 12);
    assert_int_equal(e.marker_rows, 4);
    assert_int_equal(e.marker_columns, 10);
    assert_string_equal(e.copied.bytes, "52;c;MTE3");
    emulator_release(&e);
}

static void any_bytes_are_survived(void **state)
{
    (void)state;
    static const char some[] =
        "\033[[]()0123;;?hlmHJKPLMSTrb@\r\n\t\b\a\\x\xE1\x9E\x80\xE1\x9F\x92";
    struct emulator e;
    emulator_init(&e, 5, 7, WIDTH_MARKS);
    uint32_t seed = 3;
    for (int i = 0; i < 300000; i++) {
        seed = seed * 1664525u + 1013904223u;
        emulator_feed(&e, &some[(seed >> 16) % (sizeof some - 1)], 1);
        if (i % 5000 == 0)
            emulator_resize(&e, 1 + (int)(seed >> 20) % 9, 1 + (int)(seed >> 24) % 20);
    }
    emulator_release(&e);
}

int main(void)
{
    if (!width_init())
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_cursor_addresses),
        cmocka_unit_test(lines_wrap_late_and_only_when_asked),
        cmocka_unit_test(erasing_and_shifting),
        cmocka_unit_test(lines_move_in_the_scroll_region),
        cmocka_unit_test(the_alternate_screen_leaves_the_main_one_alone),
        cmocka_unit_test(khmer_takes_the_columns_of_the_rule),
        cmocka_unit_test(marks_and_wide_characters_stay_with_their_cell),
        cmocka_unit_test(modes_and_attributes_are_remembered),
        cmocka_unit_test(idle_markers_are_counted),
        cmocka_unit_test(any_bytes_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
