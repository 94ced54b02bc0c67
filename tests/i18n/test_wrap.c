/* Breaking into lines and words. */
#include "tests/i18n/support.h"

#include "i18n/khmer.h"
#include "i18n/width.h"
#include "i18n/wrap.h"

static int set_up(void **state)
{
    (void)state;
    return width_init() ? 0 : -1;
}

static void assert_lines(const char *s, size_t columns, const char *want)
{
    struct line_list lines;
    struct text t = TEXT_INIT;
    wrap_lines(s, strlen(s), columns, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        text_add(&t, s + lines.rows[i].at, lines.rows[i].len);
        text_addc(&t, '|');
    }
    assert_text(t, want);
    text_release(&t);
    free(lines.rows);
}

static void lines_break_at_spaces_which_are_not_shown(void **state)
{
    (void)state;
    assert_lines("one two three", 7, "one two|three|");
    assert_lines("one two three", 5, "one|two|three|");
    assert_lines("one   two", 5, "one|two|");
    assert_lines("one two ", 80, "one two|");
    assert_lines("one\u200Btwo", 4, "one|two|");
}

static void line_feeds_always_break(void **state)
{
    (void)state;
    assert_lines("a\nb", 9, "a|b|");
    assert_lines("a\n\nb", 9, "a||b|");
    assert_lines("\n", 9, "|");
    assert_lines("a\n", 9, "a|");
    assert_lines("a\r\nb", 9, "a|b|");
    assert_lines("  indented", 20, "  indented|");
}

static void empty_text_has_no_line(void **state)
{
    (void)state;
    assert_lines("", 10, "");
}

static void khmer_breaks_between_words(void **state)
{
    (void)state;
    assert_lines("ខ្មែរស្រឡាញ់ខ្មែរ", 8, "ខ្មែរ|ស្រឡាញ់|ខ្មែរ|");
    assert_lines("ខ្មែរស្រឡាញ់ខ្មែរ", 11, "ខ្មែរស្រឡាញ់|ខ្មែរ|");
}

static void a_word_wider_than_the_line_breaks_at_a_syllable(void **state)
{
    (void)state;
    assert_lines("ab abcdefgh", 3, "ab|abc|def|gh|");
    assert_lines("abcdefgh i", 4, "abcd|efgh|i|");
    assert_lines("abcdef\ng", 3, "abc|def|g|");
    assert_lines("ស្ត្រី", 1, "ស្ត្រី|"); /* wider than the line: alone */
    assert_lines("ស្ត្រី\nក", 1, "ស្ត្រី|ក|");
}

static void words_are_icu_words_at_syllables(void **state)
{
    (void)state;
    const char *s = "ខ្មែរស្រឡាញ់ខ្មែរ now";
    size_t count;
    size_t *at = wrap_words(s, strlen(s), &count);
    struct text t = TEXT_INIT;
    for (size_t i = 1; i < count; i++) {
        text_add(&t, s + at[i - 1], at[i] - at[i - 1]);
        text_addc(&t, '|');
    }
    assert_text(t, "ខ្មែរ|ស្រឡាញ់|ខ្មែរ| |now|");
    text_release(&t);
    free(at);
    at = wrap_words("", 0, &count);
    assert_int_equal(count, 1);
    assert_int_equal(at[0], 0);
    free(at);
}

/* ICU 72 breaks these names of places after a coeng; nothing is broken there instead. */
static void a_break_inside_a_syllable_is_dropped(void **state)
{
    (void)state;
    static const char *const names[] = {"ប្រស្នឹប", "ប្រសូត្រស្វាយយា"};
    static const char *const parts[] = {"ស្នឹ", "ត្រ"};
    for (size_t i = 0; i < 2; i++) {
        size_t count;
        size_t *at = wrap_words(names[i], strlen(names[i]), &count);
        size_t start = (size_t)(strstr(names[i], parts[i]) - names[i]);
        for (size_t n = 0; n < count; n++)
            assert_false(at[n] > start && at[n] <= start + strlen(parts[i]));
        free(at);
    }
    assert_lines("ប្រស្នឹប", 4, "ប្រស្នឹ|ប|"); /* by syllables, as there is no other break */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_spaces_which_are_not_shown),
        cmocka_unit_test(line_feeds_always_break),
        cmocka_unit_test(empty_text_has_no_line),
        cmocka_unit_test(khmer_breaks_between_words),
        cmocka_unit_test(a_word_wider_than_the_line_breaks_at_a_syllable),
        cmocka_unit_test(a_break_inside_a_syllable_is_dropped),
        cmocka_unit_test(words_are_icu_words_at_syllables),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
