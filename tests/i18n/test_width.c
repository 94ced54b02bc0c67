/* Columns, clipping and filling. */
#include "tests/i18n/support.h"

#include "i18n/width.h"

static int set_up(void **state)
{
    (void)state;
    return width_init() ? 0 : -1;
}

static size_t columns(const char *s)
{
    return width_columns(s, strlen(s));
}

static void columns_are_the_sum_of_wcwidth(void **state)
{
    (void)state;
    assert_int_equal(columns(""), 0);
    assert_int_equal(columns("Chhuk"), 5);
    assert_int_equal(columns("ឈូក"), 2);   /* ូ takes none */
    assert_int_equal(columns("ខ្មែរ"), 4); /* the letter under the coeng and ែ take one each */
    assert_int_equal(columns("កា"), 2);
    assert_int_equal(columns("日本"), 4);
    assert_int_equal(columns("e\u0301"), 1);
    assert_int_equal(columns("ក\u200Bក"), 2);
    assert_int_equal(columns("a\nb\x1B"), 2); /* unprintable: none */
}

static void clipping_takes_whole_syllables_that_fit(void **state)
{
    (void)state;
    const char *s = "ខ្មែរ"; /* 3 + 1 columns */
    size_t used;
    assert_int_equal(width_clip(s, strlen(s), 4, &used), strlen(s));
    assert_int_equal(used, 4);
    assert_int_equal(width_clip(s, strlen(s), 3, &used), strlen("ខ្មែ"));
    assert_int_equal(used, 3);
    assert_int_equal(width_clip(s, strlen(s), 2, &used), 0);
    assert_int_equal(used, 0);
    assert_int_equal(width_clip("日本", 6, 3, NULL), 3);
    assert_int_equal(width_clip("ab\u0301", 4, 2, NULL), 4); /* the accent comes along */
}

static void assert_fit(const char *s, size_t wanted, const char *want)
{
    struct text t = TEXT_INIT;
    width_fit(&t, s, strlen(s), wanted);
    assert_text(t, want);
    assert_int_equal(columns(t.bytes), wanted);
    text_release(&t);
}

static void fitting_gives_exactly_the_columns(void **state)
{
    (void)state;
    assert_fit("ab", 4, "ab  ");
    assert_fit("abcd", 4, "abcd");
    assert_fit("abcde", 4, "abc…");
    assert_fit("ខ្មែរ", 3, "  …"); /* the first syllable takes all three */
    assert_fit("ខ្មែរ", 4, "ខ្មែរ");
    assert_fit("កខគឃង", 4, "កខគ…");
    assert_fit("日本語", 4, "日 …"); /* the mark is the last column */
    assert_fit("abc", 1, "…");
    assert_fit("abc", 0, "");
    assert_fit("", 2, "  ");
}

static void what_harms_a_terminal_is_replaced(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    const char *s = "a\x1B[2J\tb\n\xFF\u202E\xC2\x85\u200Bក";
    width_safe(&t, s, strlen(s));
    assert_text(t, "a\uFFFD[2J b \uFFFD\uFFFD\uFFFD\u200Bក");
    text_release(&t);
    assert_fit("a\x1B", 3, "a\uFFFD ");
}

static void clipping_counts_what_it_returns(void **state)
{
    (void)state;
    const char *s = "គណៈកម្មាធិការពិគ្រោះយោបល់";
    for (size_t wanted = 0; wanted < 30; wanted++) {
        size_t used;
        size_t n = width_clip(s, strlen(s), wanted, &used);
        assert_true(used <= wanted);
        assert_int_equal(width_columns(s, n), used);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_the_sum_of_wcwidth),
        cmocka_unit_test(clipping_takes_whole_syllables_that_fit),
        cmocka_unit_test(fitting_gives_exactly_the_columns),
        cmocka_unit_test(what_harms_a_terminal_is_replaced),
        cmocka_unit_test(clipping_counts_what_it_returns),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
