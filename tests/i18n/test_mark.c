/* What of a name is painted as typed. */
#include "support.h"

#include "i18n/mark.h"

/* The name with its marked pieces in brackets. */
static void assert_marks(const char *typed, const char *name, const char *want)
{
    struct mark marks[MARKS_MOST];
    struct text got = TEXT_INIT;
    size_t count = mark_find(name, strlen(name), typed, marks), at = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(marks[i].at >= at && marks[i].at + marks[i].len <= strlen(name));
        text_add(&got, name + at, marks[i].at - at);
        text_addc(&got, '[');
        text_add(&got, name + marks[i].at, marks[i].len);
        text_addc(&got, ']');
        at = marks[i].at + marks[i].len;
    }
    text_adds(&got, name + at);
    assert_string_equal(got.bytes, want);
    text_release(&got);
}

static void test_latin_is_marked_where_words_begin(void **state)
{
    (void)state;
    assert_marks("kam", "Kampot Committee (Kampong)", "[Kam]pot Committee ([Kam]pong)");
    assert_marks("pot", "Kampot", "Kampot");
    assert_marks("KAMPOT committee", "Kampot  Committee", "[Kampot]  [Committee]");
    assert_marks("cafe", "Caf\xC3\xA9 Kep", "[Caf\xC3\xA9] Kep");
    assert_marks("012", "Line 012 / 112", "Line [012] / 112");
}

static void test_khmer_is_marked_by_whole_syllables(void **state)
{
    (void)state;
    assert_marks("កុមារ", "មណ្ឌលកុមារកំពត", "មណ្ឌល[កុមារ]កំពត");
    assert_marks("ស្រ", "ជួយស្រី", "ជួយ[ស្រី]"); /* the vowel is part of it */
    assert_marks("រី", "ស្រី", "ស្រី");        /* inside a syllable: nothing */
}

static void test_other_spellings_are_marked_too(void **state)
{
    (void)state;
    assert_marks("ស្ត្រី", "កិច្ចការស្ដ្រី", "កិច្ចការ[ស្ដ្រី]"); /* coeng da, coeng ta */
    assert_marks("ប៉ះ", "ការប៉ះ", "ការ[ប៉ះ]");
    assert_marks("បះ", "ការប៉ះ", "ការ[ប៉ះ]"); /* without the shifter: the looser key */
}

static void test_pieces_that_touch_are_one(void **state)
{
    (void)state;
    assert_marks("កុ មារ", "កុមារកុ", "[កុមារកុ]");
    assert_marks("", "Kampot", "Kampot");
    assert_marks("   ", "Kampot", "Kampot");
    assert_marks("kampot", "", "");
}

static void test_many_places_stay_within_bounds(void **state)
{
    (void)state;
    struct mark marks[MARKS_MOST];
    struct text name = TEXT_INIT;
    for (int i = 0; i < 100; i++)
        text_adds(&name, "ab cd ");
    assert_int_equal(mark_find(name.bytes, name.len, "ab", marks), MARKS_MOST);
    text_release(&name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_latin_is_marked_where_words_begin),
        cmocka_unit_test(test_khmer_is_marked_by_whole_syllables),
        cmocka_unit_test(test_other_spellings_are_marked_too),
        cmocka_unit_test(test_pieces_that_touch_are_one),
        cmocka_unit_test(test_many_places_stay_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
