/* The coverage of the minimum package on the screen: the matrix, the services behind a cell, the
 * ranking, the comparison with another day. */
#include "tests/tui/screen.h"

/* Chhuk in Kampot: on an entry there, F7, the second report. */
static void go_matrix(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "chhuk social affairs");
    screen_press(s, SPECIAL_ENTER, 1);
    screen_press(s, SPECIAL_F7, 1);
    screen_press(s, SPECIAL_DOWN, 1);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_cell(struct screen *s)
{
    go_matrix(s);
    screen_press(s, SPECIAL_HOME, 1);
    screen_press(s, SPECIAL_RIGHT, 1);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_ranking(struct screen *s)
{
    go_matrix(s);
    screen_press(s, SPECIAL_TAB, 1);
}

static void go_compared(struct screen *s)
{
    go_matrix(s);
    app_command(s->app, COMMAND_COMPARE);
    app_command(s->app, COMMAND_CLEAR_TEXT);
    screen_type(s, "1/6/2026");
    screen_press(s, SPECIAL_ENTER, 1);
}

static void the_matrix_tells_what_is_there_in_both_languages(void **state)
{
    (void)state;
    golden_everywhere("coverage_chhuk", go_matrix);
    golden_everywhere("coverage_cell", go_cell);
    golden_everywhere("coverage_ranking", go_ranking);
    golden_everywhere("coverage_compared", go_compared);
}

static void enter_goes_into_an_area_and_back_out_of_it(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_matrix(&s);
    screen_press(&s, SPECIAL_HOME, 1);
    screen_press(&s, SPECIAL_ENTER, 1); /* the area itself: out of it */
    assert_shows(&s, "\u25B8 Chhuk District");
    assert_shows(&s, "Angkor Chey District");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Baniev Commune");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    assert_hides(&s, "Baniev Commune");
    screen_close(&s);
}

static void a_cell_leads_to_the_service_behind_it(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_cell(&s);
    assert_shows(&s, "A2 Police");
    assert_shows(&s, "for: The whole country");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Serves");
    screen_press(&s, SPECIAL_ESCAPE, 2);
    assert_shows(&s, "Baniev Commune");
    screen_close(&s);
}

static void a_day_that_is_none_is_refused_and_an_empty_one_ends_the_comparison(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_compared(&s);
    assert_shows(&s, "against 01/06/2026");
    app_command(s.app, COMMAND_COMPARE);
    app_command(s.app, COMMAND_CLEAR_TEXT);
    screen_type(&s, "soon");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "soon"); /* what was typed stays */
    app_command(s.app, COMMAND_CLEAR_TEXT);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Baniev Commune");
    assert_hides(&s, "against");
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_matrix_tells_what_is_there_in_both_languages),
        cmocka_unit_test(enter_goes_into_an_area_and_back_out_of_it),
        cmocka_unit_test(a_cell_leads_to_the_service_behind_it),
        cmocka_unit_test(a_day_that_is_none_is_refused_and_an_empty_one_ends_the_comparison),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
