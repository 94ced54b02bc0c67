/* The search view over the born directory. */
#include "tests/tui/screen.h"

static void go_empty(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
}

static void go_office(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "ឈូក សង្គមកិច្ច");
}

static void go_kind(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "hotline");
}

static void go_phone(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "1280");
}

static void go_nothing(struct screen *s)
{
    screen_press(s, SPECIAL_DOWN, 7);
    screen_press(s, SPECIAL_RIGHT, 1);
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "zzqx");
}

static void go_filter(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "kampot hotline");
    screen_press(s, SPECIAL_UP, 1);
}

static void an_empty_box_shows_examples(void **state)
{
    (void)state;
    golden_everywhere("search_empty", go_empty);
}

static void an_office_is_found_by_place_and_name(void **state)
{
    (void)state;
    golden_everywhere("search_office", go_office);
}

static void a_kind_of_service_becomes_a_filter(void **state)
{
    (void)state;
    golden_everywhere("search_kind", go_kind);
}

static void a_number_is_found(void **state)
{
    (void)state;
    golden_everywhere("search_phone", go_phone);
}

static void finding_nothing_says_what_to_do(void **state)
{
    (void)state;
    golden_everywhere("search_nothing", go_nothing);
}

static void filters_can_be_chosen(void **state)
{
    (void)state;
    golden_everywhere("search_filter", go_filter);
}

static void the_area_one_was_in_becomes_a_filter(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    screen_press(&s, SPECIAL_DOWN, 7);
    screen_press(&s, SPECIAL_RIGHT, 1);
    screen_press(&s, SPECIAL_F3, 1);
    assert_shows(&s, "Kampot Province ×");
    screen_type(&s, "1280");
    assert_shows(&s, "Child Helpline Cambodia");
    screen_close(&s);
}

static void a_named_area_counts_before_the_one_left(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    screen_press(&s, SPECIAL_DOWN, 7);
    screen_press(&s, SPECIAL_RIGHT, 1);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "battambang social affairs");
    assert_hides(&s, "Kampot Province ×");
    assert_shows(&s, "Battambang");
    screen_close(&s);
}

static void every_way_removes_a_filter(void **state)
{
    (void)state;
    for (int way = 0; way < 4; way++) {
        struct screen s;
        screen_open(&s, LANG_EN, 24, 80);
        screen_press(&s, SPECIAL_F3, 1);
        screen_type(&s, "kampot");
        assert_shows(&s, "×");
        if (way == 0)
            screen_press(&s, SPECIAL_CTRL_W, 1);
        if (way > 0)
            screen_press(&s, SPECIAL_UP, 1);
        screen_press(&s,
                     way == 1   ? SPECIAL_ENTER
                     : way == 2 ? SPECIAL_BACKSPACE
                                : SPECIAL_DELETE,
                     way > 0);
        assert_hides(&s, "×");
        assert_shows(&s, "kampot");
        screen_close(&s);
    }
}

static void backspace_on_nothing_removes_the_filter_then_leaves(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    screen_press(&s, SPECIAL_DOWN, 7);
    screen_press(&s, SPECIAL_RIGHT, 1);
    char *before = screen_text(&s);
    screen_press(&s, SPECIAL_F3, 1);
    screen_press(&s, SPECIAL_BACKSPACE, 1);
    assert_hides(&s, "×");
    screen_press(&s, SPECIAL_BACKSPACE, 1);
    char *after = screen_text(&s);
    assert_string_equal(before, after);
    free(before);
    free(after);
    screen_close(&s);
}

static void arrows_alone_leave_an_empty_search(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_KM, 24, 80);
    char *before = screen_text(&s);
    screen_press(&s, SPECIAL_F3, 1);
    screen_press(&s, SPECIAL_LEFT, 1);
    char *after = screen_text(&s);
    assert_string_equal(before, after);
    free(before);
    free(after);
    screen_close(&s);
}

static void nothing_found_can_be_widened_with_enter(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_nothing(&s);
    assert_shows(&s, "Kampot Province ×");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_hides(&s, "Kampot Province ×");
    screen_close(&s);
}

static void counts_become_filters_and_stop_being_ones(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 30, 120);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "kampot");
    assert_shows(&s, "Chhuk District");
    screen_press(&s, SPECIAL_TAB, 2); /* the filters in force, then the counts */
    screen_press(&s, SPECIAL_END, 1);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "confirmed \xC3\x97");
    assert_shows(&s, "\xE2\x9C\x93 confirmed");
    screen_press(&s, SPECIAL_END, 1);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_hides(&s, "confirmed \xC3\x97");
    screen_close(&s);
}

static void counts_take_the_place_of_the_list_on_a_narrow_screen(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "kampot");
    assert_hides(&s, "Who runs it");
    screen_press(&s, SPECIAL_TAB, 2);
    assert_shows(&s, "Kind of service");
    screen_press(&s, SPECIAL_TAB, 1);
    assert_hides(&s, "Kind of service");
    screen_close(&s);
}

static void other_words_can_be_asked_with_enter(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "rattanakiri shelter");
    assert_shows(&s, "another kind: Hotline");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Hotline / helpline \xC3\x97");
    assert_shows(&s, "1280");
    assert_hides(&s, "Nothing was found");
    screen_close(&s);
}

/* How many times it is asked before nobody waits any more. */
static bool is_waiting(void *state)
{
    int *left = state;
    return *left > 0 && (*left)-- > 0;
}

static void a_search_is_given_up_while_a_key_waits(void **state)
{
    (void)state;
    struct screen s;
    int left = 1;
    screen_open(&s, LANG_EN, 24, 80);
    screen_press(&s, SPECIAL_F3, 1);
    app_set_waiting(s.app, is_waiting, &left);
    app_text(s.app, "kampot hotline", 14);
    assert_false(app_settle(s.app));
    assert_int_equal(left, 0);
    assert_true(app_settle(s.app));
    screen_draw(&s);
    assert_shows(&s, "1280");
    left = 1000000; /* Enter wants what was typed, whoever waits */
    app_text(s.app, " 117", 4);
    app_key(s.app, SPECIAL_ENTER, 0);
    app_set_waiting(s.app, NULL, NULL);
    screen_draw(&s);
    assert_shows(&s, "117");
    screen_close(&s);
}

static void what_matched_is_marked(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_KM, 24, 80);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "\xE1\x9E\x88\xE1\x9E\xBC\xE1\x9E\x80");
    screen_draw(&s);
    bool marked = false;
    for (size_t i = 0; i < s.canvas.token_count; i++)
        marked |= s.canvas.tokens[i].style == STYLE_SELECTED_MATCH ||
                  s.canvas.tokens[i].style == STYLE_MATCH;
    assert_true(marked);
    screen_close(&s);
}

static void a_found_service_opens_and_comes_back(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_kind(&s);
    screen_press(&s, SPECIAL_DOWN, 3);
    char *before = screen_text(&s);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Last verified");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    char *after = screen_text(&s);
    assert_string_equal(before, after);
    free(before);
    free(after);
    screen_close(&s);
}

static void words_stay_when_the_language_changes(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_office(&s);
    char *before = screen_text(&s);
    screen_press(&s, SPECIAL_F2, 1);
    assert_shows(&s, "សង្គមកិច្ច");
    screen_press(&s, SPECIAL_F2, 1);
    char *after = screen_text(&s);
    assert_string_equal(before, after);
    free(before);
    free(after);
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_box_shows_examples),
        cmocka_unit_test(an_office_is_found_by_place_and_name),
        cmocka_unit_test(a_kind_of_service_becomes_a_filter),
        cmocka_unit_test(a_number_is_found),
        cmocka_unit_test(finding_nothing_says_what_to_do),
        cmocka_unit_test(filters_can_be_chosen),
        cmocka_unit_test(the_area_one_was_in_becomes_a_filter),
        cmocka_unit_test(a_named_area_counts_before_the_one_left),
        cmocka_unit_test(every_way_removes_a_filter),
        cmocka_unit_test(backspace_on_nothing_removes_the_filter_then_leaves),
        cmocka_unit_test(arrows_alone_leave_an_empty_search),
        cmocka_unit_test(nothing_found_can_be_widened_with_enter),
        cmocka_unit_test(counts_become_filters_and_stop_being_ones),
        cmocka_unit_test(counts_take_the_place_of_the_list_on_a_narrow_screen),
        cmocka_unit_test(other_words_can_be_asked_with_enter),
        cmocka_unit_test(a_search_is_given_up_while_a_key_waits),
        cmocka_unit_test(what_matched_is_marked),
        cmocka_unit_test(a_found_service_opens_and_comes_back),
        cmocka_unit_test(words_stay_when_the_language_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
