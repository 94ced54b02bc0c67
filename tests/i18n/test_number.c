/* Digits, numbers, dates and telephone numbers. */
#include "tests/i18n/support.h"

#include "i18n/number.h"

static void digits_change_sets_and_nothing_else(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    const char *s = "ភូមិ១២, 34\xFF";
    number_ascii_digits(&t, s, strlen(s));
    assert_text(t, "ភូមិ12, 34\xFF");
    text_clear(&t);
    number_khmer_digits(&t, "012 345 6789", 12);
    assert_text(t, "០១២ ៣៤៥ ៦៧៨៩");
    text_release(&t);
}

static void assert_number(const char *s, int64_t want)
{
    int64_t value = 0;
    assert_int_equal(number_parse(s, strlen(s), &value), STATUS_OK);
    assert_true(value == want);
}

static void whole_numbers_are_read_in_both_sets(void **state)
{
    (void)state;
    assert_number("0", 0);
    assert_number("1652", 1652);
    assert_number("១៦៥២", 1652);
    assert_number(" \u200B២\u00A0 ", 2);
    assert_number("-7", -7);
    assert_number("9223372036854775807", INT64_MAX);
    assert_number("-9223372036854775808", INT64_MIN);
}

static void what_is_no_whole_number_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      " ",
                                      "-",
                                      "1 2",
                                      "1.5",
                                      "1,652",
                                      "abc",
                                      "12km",
                                      "១ ២",
                                      "0x1",
                                      "--1",
                                      "9223372036854775808",
                                      "-9223372036854775809",
                                      "៛1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t value = 42;
        assert_int_equal(number_parse(bad[i], strlen(bad[i]), &value), STATUS_INVALID);
        assert_true(value == 42);
    }
}

static void numbers_are_shown_in_groups_of_three(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *want;
    } cases[] = {{0, "0"},          {7, "7"},
                 {999, "999"},      {1000, "1,000"},
                 {1652, "1,652"},   {1234567, "1,234,567"},
                 {-1652, "-1,652"}, {INT64_MIN, "-9,223,372,036,854,775,808"}};
    struct text t = TEXT_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text_clear(&t);
        number_format(&t, cases[i].value);
        assert_text(t, cases[i].want);
    }
    text_release(&t);
}

static void dates_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const char *const good[] = {"2026-06-30", "30/06/2026", "30/6/2026",        "30-6-2026",
                                       "30.06.2026", "៣០/០៦/២០២៦", " 30/06/2026\u200B"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct date d = {0};
        assert_int_equal(date_parse(good[i], strlen(good[i]), &d), STATUS_OK);
        assert_int_equal(d.year, 2026);
        assert_int_equal(d.month, 6);
        assert_int_equal(d.day, 30);
    }
}

static void days_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",           "30",         "31/06/2026", "29/02/2026",
                                      "29/02/2100", "2026-13-01", "2026-00-10", "0/1/2026",
                                      "30/06/26",   "30/06-2026", "30 06 2026", "2026-06-30x",
                                      "1/1/1899",   "1/1/3000",   "2026/06/30", "30/06/20260"};
    struct date d = {1, 2, 3};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(date_parse(bad[i], strlen(bad[i]), &d), STATUS_INVALID);
    assert_int_equal(d.year, 1);
    assert_int_equal(date_parse("29/02/2028", 10, &d), STATUS_OK);
    assert_int_equal(date_parse("29/02/2000", 10, &d), STATUS_OK);
}

static void dates_are_shown_in_three_forms(void **state)
{
    (void)state;
    const struct date d = {2026, 6, 3};
    struct text t = TEXT_INIT;
    date_iso(&t, d);
    assert_text(t, "2026-06-03");
    text_clear(&t);
    date_short(&t, d);
    assert_text(t, "03/06/2026");
    text_clear(&t);
    date_long(&t, LANG_EN, d);
    assert_text(t, "3 June 2026");
    text_clear(&t);
    date_long(&t, LANG_KM, d);
    assert_text(t, "ថ្ងៃទី3 ខែមិថុនា ឆ្នាំ2026");
    text_release(&t);
}

static void every_day_is_counted_and_comes_back(void **state)
{
    (void)state;
    assert_int_equal(date_days((struct date){1970, 1, 1}), 0);
    assert_int_equal(date_days((struct date){2000, 3, 1}), 11017);
    int64_t first = date_days((struct date){1900, 1, 1}),
            last = date_days((struct date){2999, 12, 31});
    struct date before = date_from_days(first - 1);
    assert_int_equal(before.year, 1900); /* held at the ends */
    for (int64_t day = first; day <= last; day++) {
        struct date d = date_from_days(day);
        assert_true(date_days(d) == day);
        assert_true(d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31);
    }
    assert_int_equal(date_from_days(INT64_MAX).year, 2999);
    assert_int_equal(date_from_days(INT64_MIN).year, 1900);
}

static void a_day_begins_at_midnight_in_cambodia(void **state)
{
    (void)state;
    struct date d = date_from_time(1782838800 - 1); /* 2026-06-30T16:59:59Z */
    assert_int_equal(d.day, 30);
    d = date_from_time(1782838800);
    assert_int_equal(d.month, 7);
    assert_int_equal(d.day, 1);
    d = date_from_time(-7 * 3600 - 1);
    assert_int_equal(d.year, 1969);
    assert_int_equal(d.day, 31);
    assert_int_equal(date_from_time(INT64_MAX).year, 2999);
    assert_int_equal(date_from_time(INT64_MIN).year, 1900);
}

static void phones_are_stored_in_one_form(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *stored;
    } cases[] = {
        {"012 311 112", "+85512311112"},
        {"០១២ ៣១១ ១១២", "+85512311112"},
        {"(023) 997-919", "+85523997919"},
        {"097.123.4567", "+855971234567"},
        {"+855 12 311 112", "+85512311112"},
        {"00855 12 311 112", "+85512311112"},
        {"+855 (0)12 311 112", "+85512311112"},
        {"012\u200B311\u200B112", "+85512311112"},
        {"012/311/112", "+85512311112"},
        {"117", "117"},
        {"1280", "1280"},
        {"១២៨០", "1280"},
        {"+66 2 123 4567", "+6621234567"},
        {"0066 2 123 4567", "+6621234567"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char stored[PHONE_MAX];
        assert_int_equal(phone_parse(cases[i].typed, strlen(cases[i].typed), stored), STATUS_OK);
        assert_string_equal(stored, cases[i].stored);
    }
}

static void what_is_no_phone_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "-",
                                      "0",
                                      "12",
                                      "12345",
                                      "012",
                                      "012 311 11",
                                      "012 311 112 34",
                                      "12311112",
                                      "call 117",
                                      "117a",
                                      "+",
                                      "+855",
                                      "+85512",
                                      "+66 123",
                                      "+1234567890123456",
                                      "00",
                                      "012+311112",
                                      "0000000000",
                                      "012 311 112 / 012 311 113",
                                      "12345678901234567890123"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char stored[PHONE_MAX] = "kept";
        assert_int_equal(phone_parse(bad[i], strlen(bad[i]), stored), STATUS_INVALID);
        assert_string_equal(stored, "kept");
    }
}

static void phones_are_shown_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *stored, *shown;
    } cases[] = {
        {"+85512311112", "012 311 112"},
        {"+855971234567", "097 123 4567"},
        {"+85523997919", "023 997 919"},
        {"1280", "1280"},
        {"+6621234567", "+6621234567"},
        {"+855", "+855"},
        {"", ""},
    };
    struct text t = TEXT_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text_clear(&t);
        phone_format(&t, cases[i].stored);
        assert_text(t, cases[i].shown);
    }
    text_release(&t);
}

static void months_are_added_and_taken_away(void **state)
{
    static const struct {
        struct date from;
        int months;
        struct date wanted;
    } rows[] = {
        {{2026, 7, 1}, 6, {2027, 1, 1}},     {{2026, 7, 1}, -6, {2026, 1, 1}},
        {{2026, 8, 31}, 6, {2027, 2, 28}},   {{2024, 8, 31}, -6, {2024, 2, 29}},
        {{2026, 12, 31}, 1, {2027, 1, 31}},  {{2026, 1, 31}, -1, {2025, 12, 31}},
        {{2026, 3, 30}, -25, {2024, 2, 29}}, {{2026, 5, 15}, 0, {2026, 5, 15}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(date_add_months(date_days(rows[i].from), rows[i].months),
                         date_days(rows[i].wanted));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_change_sets_and_nothing_else),
        cmocka_unit_test(whole_numbers_are_read_in_both_sets),
        cmocka_unit_test(what_is_no_whole_number_is_refused),
        cmocka_unit_test(numbers_are_shown_in_groups_of_three),
        cmocka_unit_test(dates_are_read_as_people_write_them),
        cmocka_unit_test(days_that_do_not_exist_are_refused),
        cmocka_unit_test(dates_are_shown_in_three_forms),
        cmocka_unit_test(every_day_is_counted_and_comes_back),
        cmocka_unit_test(a_day_begins_at_midnight_in_cambodia),
        cmocka_unit_test(phones_are_stored_in_one_form),
        cmocka_unit_test(what_is_no_phone_is_refused),
        cmocka_unit_test(phones_are_shown_as_people_write_them),
        cmocka_unit_test(months_are_added_and_taken_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
