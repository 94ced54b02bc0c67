/* `cpdir text` as a filter: what becomes of lines, bad ones, long ones, and the exit codes. */
#include "tests/tui/program.h"

static int open_program(void **state)
{
    struct program *p = mem_zalloc(1, sizeof *p);
    program_open(p);
    *state = p;
    return 0;
}

static int close_program(void **state)
{
    program_close(*state);
    free(*state);
    return 0;
}

static void give(struct program *p, const char *input)
{
    program_write(p, "in", input, strlen(input));
}

static void each_filter_gives_a_line_for_a_line(void **state)
{
    static const struct {
        const char *filter, *in, *out;
    } rows[] = {
        {"normalize", "ស្រី្ត\nabc\n\n", "ស្ត្រី\nabc\n\n"},
        {"key", "Kâmpot  ១២\nឈូក\n", "kampot 12\nឈូក\n"},
        {"syllables", "កម្ពុជា\n\n", "ក|ម្ពុ|ជា\n\n"},
        {"words", "កុមារ\n", "កុមារ\n"},
        {"romanize", "ខេត្តកំពត ១២\nabc\n", "Khett Kampot 12\nabc\n"},
        {"width", "abc\nឈូក\n\n", "3\n2\n0\n"},
        {"sort", "ខ\nក\nb\na\n", "ក\nខ\na\nb\n"},
    };
    struct program *p = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        give(p, rows[i].in);
        assert_int_equal(RUN(p, "text", rows[i].filter), 0);
        assert_string_equal(p->out.bytes, rows[i].out);
        assert_int_equal(p->err.len, 0);
    }
}

static void wrap_breaks_lines_and_keeps_empty_ones(void **state)
{
    struct program *p = *state;
    give(p, "one two three\n\nfour\n");
    assert_int_equal(RUN(p, "text", "wrap", "8"), 0);
    assert_string_equal(p->out.bytes, "one two\nthree\n\nfour\n");
    assert_int_equal(RUN(p, "text", "wrap", "៨"), 0);
    assert_string_equal(p->out.bytes, "one two\nthree\n\nfour\n");
}

static void a_last_line_without_line_feed_and_crlf_are_read(void **state)
{
    struct program *p = *state;
    give(p, "ab\r\nc");
    assert_int_equal(RUN(p, "text", "width"), 0);
    assert_string_equal(p->out.bytes, "2\n1\n");
    give(p, "");
    assert_int_equal(RUN(p, "text", "sort"), 0);
    assert_int_equal(p->out.len, 0);
}

static void a_bad_line_is_told_by_number_and_the_others_are_done(void **state)
{
    static const char *const filters[] = {"normalize", "key",   "syllables", "words",
                                          "romanize",  "width", "sort"};
    struct program *p = *state;
    give(p, "a\n\xFF\xFE\nb\n\xE1\x9E\nc\n");
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        assert_int_equal(RUN(p, "text", filters[i]), 3);
        assert_int_equal(count_lines(&p->out), 3);
        assert_int_equal(count_lines(&p->err), 2);
        assert_true(has(&p->err, "Line 2 "));
        assert_true(has(&p->err, "Line 4 "));
    }
    p->lang = "km";
    assert_int_equal(RUN(p, "text", "key"), 3);
    assert_true(has(&p->err, "បន្ទាត់ទី 2 "));
}

static void a_line_of_a_megabyte_passes(void **state)
{
    struct program *p = *state;
    struct text line = TEXT_INIT;
    while (line.len < 1 << 20)
        text_adds(&line, "កម្ពុជា");
    text_addc(&line, '\n');
    program_write(p, "in", line.bytes, line.len);
    assert_int_equal(RUN(p, "text", "normalize"), 0);
    assert_string_equal(p->out.bytes, line.bytes);
    text_release(&line);
}

static void equal_lines_keep_their_order_and_nul_is_a_character(void **state)
{
    struct program *p = *state;
    program_write(p, "in", "b\0x\nb\0a\na\n", 10);
    assert_int_equal(RUN(p, "text", "sort"), 0);
    assert_int_equal(p->out.len, 10);
    assert_int_equal(memcmp(p->out.bytes, "a\n", 2), 0);
}

static void a_filter_opens_no_directory(void **state)
{
    struct program *p = *state;
    give(p, "a\n");
    assert_int_equal(RUN(p, "--db", "/nowhere/at/all.db", "text", "key"), 0);
    assert_false(program_exists(p, "home"));
}

static void wrong_words_are_usage_or_refused(void **state)
{
    static const struct {
        const char *words[3];
        int code;
    } rows[] = {
        {{"text"}, 2},
        {{"text", "shout"}, 2},
        {{"text", "key", "9"}, 2},
        {{"text", "wrap"}, 2},
        {{"text", "wrap", "0"}, 3},
        {{"text", "wrap", "-1"}, 2},
        {{"text", "wrap", "many"}, 3},
        {{"text", "wrap", "99999999999999999999"}, 3},
    };
    struct program *p = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *words[4] = {rows[i].words[0], rows[i].words[1], rows[i].words[2], NULL};
        assert_int_equal(program_run(p, words), rows[i].code);
        assert_one_line(&p->err);
        assert_int_equal(p->out.len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)
        TEST(each_filter_gives_a_line_for_a_line),
        TEST(wrap_breaks_lines_and_keeps_empty_ones),
        TEST(a_last_line_without_line_feed_and_crlf_are_read),
        TEST(a_bad_line_is_told_by_number_and_the_others_are_done),
        TEST(a_line_of_a_megabyte_passes),
        TEST(equal_lines_keep_their_order_and_nul_is_a_character),
        TEST(a_filter_opens_no_directory),
        TEST(wrong_words_are_usage_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
