/* The detail and the help view over the born directory. */
#include "tests/tui/screen.h"

static void open_found(struct screen *s, const char *words)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, words);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_office(struct screen *s)
{
    open_found(s, "chhuk social affairs");
}

static void go_helpline(struct screen *s)
{
    open_found(s, "1280");
}

static void go_doubtful(struct screen *s)
{
    open_found(s, "118");
}

static void go_help(struct screen *s)
{
    screen_press(s, SPECIAL_F1, 1);
}

static void go_search_help(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_press(s, SPECIAL_F1, 1);
}

static void an_office_says_that_its_contact_is_needed(void **state)
{
    (void)state;
    golden_everywhere("detail_office", go_office);
}

static void a_helpline_shows_its_number_first(void **state)
{
    (void)state;
    golden_everywhere("detail_helpline", go_helpline);
}

static void a_doubtful_number_says_so(void **state)
{
    (void)state;
    golden_everywhere("detail_doubtful", go_doubtful);
}

static void the_help_lists_the_keys(void **state)
{
    (void)state;
    golden_everywhere("help_browse", go_help);
}

static void the_help_of_the_search_lists_its_keys(void **state)
{
    (void)state;
    golden_everywhere("help_search", go_search_help);
}

static void the_phone_stands_before_everything_else(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 12, 40);
    go_helpline(&s);
    assert_shows(&s, "1280");
    screen_close(&s);
}

static void long_pages_scroll_to_both_ends(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_KM, 12, 40);
    go_office(&s);
    char *first = screen_text(&s);
    screen_press(&s, SPECIAL_END, 1);
    char *end = screen_text(&s);
    assert_string_not_equal(first, end);
    screen_press(&s, SPECIAL_DOWN, 100);
    char *still = screen_text(&s);
    assert_string_equal(end, still);
    screen_press(&s, SPECIAL_HOME, 1);
    char *again = screen_text(&s);
    assert_string_equal(first, again);
    free(first);
    free(end);
    free(still);
    free(again);
    screen_close(&s);
}

static void y_copies_a_card_on_both_keyboards(void **state)
{
    (void)state;
    static const char32_t keys[] = {'y', 0x1799};
    for (size_t i = 0; i < 2; i++) {
        struct screen s;
        screen_open(&s, LANG_EN, 24, 80);
        go_helpline(&s);
        assert_null(app_take_copy(s.app));
        app_key(s.app, SPECIAL_NONE, keys[i]);
        const char *card = app_take_copy(s.app);
        assert_non_null(card);
        assert_non_null(strstr(card, "1280"));
        assert_non_null(strstr(card, "never verified"));
        screen_close(&s);
    }
}

static void every_command_with_a_key_is_in_the_help(void **state)
{
    (void)state;
    static const enum special ways[] = {SPECIAL_NONE, SPECIAL_F3};
    struct screen s;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (size_t way = 0; way < 2; way++) {
        screen_open(&s, LANG_EN, 200, 200);
        screen_press(&s, ways[way], way > 0);
        screen_press(&s, SPECIAL_F1, 1);
        for (size_t i = 0; i < count; i++)
            if ((rows[i].context == (way > 0 ? CONTEXT_SEARCH : CONTEXT_LIST) ||
                 rows[i].context == CONTEXT_GLOBAL) &&
                (way == 0 || rows[i].special != SPECIAL_NONE)) /* there characters are typed */
                assert_shows(&s, message_get(LANG_EN, command_help(rows[i].command)));
        screen_close(&s);
    }
}

static void help_opens_once_and_goes_back(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    char *before = screen_text(&s);
    screen_press(&s, SPECIAL_F1, 1);
    screen_press(&s, SPECIAL_ESCAPE, 1);
    char *after = screen_text(&s);
    assert_string_equal(before, after);
    free(before);
    free(after);
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_office_says_that_its_contact_is_needed),
        cmocka_unit_test(a_helpline_shows_its_number_first),
        cmocka_unit_test(a_doubtful_number_says_so),
        cmocka_unit_test(the_help_lists_the_keys),
        cmocka_unit_test(the_help_of_the_search_lists_its_keys),
        cmocka_unit_test(the_phone_stands_before_everything_else),
        cmocka_unit_test(long_pages_scroll_to_both_ends),
        cmocka_unit_test(y_copies_a_card_on_both_keyboards),
        cmocka_unit_test(every_command_with_a_key_is_in_the_help),
        cmocka_unit_test(help_opens_once_and_goes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
