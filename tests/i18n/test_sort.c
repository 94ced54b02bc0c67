/* The order of names. */
#include "tests/i18n/support.h"

#include "i18n/sort.h"

static int set_up(void **state)
{
    *state = sorter_new();
    return 0;
}

static int tear_down(void **state)
{
    sorter_free(*state);
    return 0;
}

static int compare_keys(struct sorter *sorter, const char *a, const char *b)
{
    struct text left = TEXT_INIT, right = TEXT_INIT;
    sorter_key(sorter, &left, a, strlen(a));
    sorter_key(sorter, &right, b, strlen(b));
    size_t shorter = left.len < right.len ? left.len : right.len;
    int order = memcmp(left.bytes, right.bytes, shorter);
    if (!order)
        order = (left.len > right.len) - (left.len < right.len);
    text_release(&left);
    text_release(&right);
    return order;
}

static void assert_before(struct sorter *sorter, const char *a, const char *b)
{
    assert_true(sorter_compare(sorter, a, strlen(a), b, strlen(b)) < 0);
    assert_true(sorter_compare(sorter, b, strlen(b), a, strlen(a)) > 0);
    assert_true(compare_keys(sorter, a, b) < 0);
}

static void letters_stand_in_the_order_of_the_dictionary(void **state)
{
    static const char *const letters[] = {"ក", "កក", "កា", "កិ", "ខ", "គ", "ង", "ច", "ញ",
                                          "ប", "ប៉",  "ផ",  "រ", "ឫ", "ល", "ស", "ហ", "អ"};
    for (size_t i = 1; i < sizeof letters / sizeof *letters; i++)
        assert_before(*state, letters[i - 1], letters[i]);
}

static void pa_is_a_letter_after_all_of_ba(void **state)
{
    assert_before(*state, "បៅ", "ប៉ា");
    assert_before(*state, "ប្រ", "ប៉ា");
    assert_before(*state, "ប៉ៅ", "ផា");
}

static void short_vowels_with_reahmuk_are_sorted_as_vowel_and_sign(void **state)
{
    assert_before(*state, "កិះ", "កី");
    assert_before(*state, "កុះ", "កូ");
    assert_before(*state, "កេះ", "កែ");
    assert_before(*state, "កោះ", "កៅ");
}

static void spelling_variants_sort_as_one(void **state)
{
    assert_int_equal(compare_keys(*state, "ស្ត្រី", "ស្រ្តី"), 0);
    assert_int_equal(compare_keys(*state, "ឈូក", "ឈ\u200Bូក"), 0);
}

static void khmer_comes_before_latin(void **state)
{
    assert_before(*state, "អ", "Abc");
    assert_before(*state, "abc", "Abd");
    assert_before(*state, "", "ក");
}

static void keys_hold_no_nul_and_are_appended(void **state)
{
    struct text t = TEXT_INIT;
    text_adds(&t, "x");
    sorter_key(*state, &t, "ក\0ខ", 7);
    assert_int_equal(t.bytes[0], 'x');
    assert_int_equal(strlen(t.bytes), t.len);
    assert_true(t.len > 1);
    text_release(&t);
}

static void the_version_names_the_collation_data(void **state)
{
    (void)state;
    assert_non_null(strstr(sorter_version(), "ICU"));
    sorter_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_stand_in_the_order_of_the_dictionary),
        cmocka_unit_test(pa_is_a_letter_after_all_of_ba),
        cmocka_unit_test(short_vowels_with_reahmuk_are_sorted_as_vowel_and_sign),
        cmocka_unit_test(spelling_variants_sort_as_one),
        cmocka_unit_test(khmer_comes_before_latin),
        cmocka_unit_test(keys_hold_no_nul_and_are_appended),
        cmocka_unit_test(the_version_names_the_collation_data),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
