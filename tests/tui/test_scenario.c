/* Scenarios in the app: played through by the keys their files tell, right and wrong; hints,
 * skipped steps, the summary, the presenter; golden screens. Over a fresh copy of the born
 * directory. */
#include "tests/tui/playing.h"

static void fill(struct course *course, struct screen *s)
{
    play_add(course, s->db, "tests/tui/scenarios/01-girl.scenario");
    play_add(course, s->db, "tests/tui/scenarios/02-line.scenario");
}

static void open_course(struct screen *s, struct course *course, enum lang lang, int rows,
                        int columns)
{
    *course = (struct course){0};
    play_open(s, course, lang, rows, columns);
    fill(course, s);
}

static void close_course(struct screen *s, struct course *course)
{
    screen_close(s);
    course_release(course);
}

/* --- played through
 * ---------------------------------------------------------------------------------- */

static void each_is_played_to_its_end_by_its_own_keys(void **state)
{
    static const int sizes[][2] = {{24, 80}, {12, 40}, {60, 200}};
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            struct screen s;
            struct course course;
            open_course(&s, &course, (enum lang)lang, sizes[i][0], sizes[i][1]);
            for (size_t at = 0; at < course.count; at++) {
                play_all(&s, &course.entries[at], (enum lang)lang, false);
                struct play_sum sum =
                    play_sum(&course.entries[at].last, &course.entries[at].scenario);
                assert_int_equal(sum.points, sum.most);
                assert_int_equal(sum.at_once, sum.answered);
                assert_int_equal(sum.hints, 0);
            }
            close_course(&s, &course);
        }
}

static void wrong_answers_get_their_explanation_and_no_points(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct screen s;
        struct course course;
        open_course(&s, &course, (enum lang)lang, 24, 80);
        play_all(&s, &course.entries[0], (enum lang)lang, true);
        struct play_sum sum = play_sum(&course.entries[0].last, &course.entries[0].scenario);
        assert_int_equal(sum.most - sum.points, 3);
        assert_int_equal(sum.answered - sum.at_once, 1);
        close_course(&s, &course);
    }
}

/* --- points, hints, ways out
 * -------------------------------------------------------------------------- */

/* At the first act of the first scenario: worth 2 points. */
static void open_at_act(struct screen *s, struct course *course)
{
    open_course(s, course, LANG_EN, 24, 80);
    app_play(s->app, &course->entries[0]);
    screen_press(s, SPECIAL_ENTER, 1);
    assert_string_equal(coach_step(s->app->coach)->id, "find");
}

static void a_hint_names_the_next_key_and_halves_the_points(void **state)
{
    struct screen s;
    struct course course;
    (void)state;
    open_at_act(&s, &course);
    screen_press(&s, SPECIAL_CTRL_G, 1);
    assert_shows(&s, "Next: F3 (Search)");
    screen_press(&s, SPECIAL_F3, 1);
    assert_shows(&s, "Next: Ctrl+U");
    screen_press(&s, SPECIAL_CTRL_U, 1);
    assert_shows(&s, "Next: type \"boeng nimol ccwc\"");
    screen_type(&s, "boeng nimol ccwc");
    assert_shows(&s, "Next: Enter (Open)");
    screen_press(&s, SPECIAL_CTRL_G, 1);
    assert_shows(&s, "The way on: Enter (Open)");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_string_equal(coach_step(s.app->coach)->id, "way");
    assert_int_equal(course.entries[0].last.points[1], 1);
    assert_int_equal(course.entries[0].last.results[1], STEP_HINTED);
    assert_int_equal(course.entries[0].last.hints, 2);
    close_course(&s, &course);
}

static void a_hint_names_the_key_of_both_keyboards(void **state)
{
    struct screen s;
    struct course course;
    struct text said = TEXT_INIT;
    (void)state;
    open_course(&s, &course, LANG_EN, 24, 80);
    const struct scenario *line = &course.entries[1].scenario;
    const struct scenario_step *gap = &line->steps[4];
    scenario_add_key(&said, LANG_EN, gap, gap->key_count - 1, CONTEXT_WAY);
    assert_string_equal(said.bytes, "x \u1781 (Not available)");
    text_clear(&said);
    scenario_add_key(&said, LANG_EN, &line->steps[6], 0, CONTEXT_LIST);
    assert_string_equal(said.bytes, "F9 \u25B8 Due for a check");
    text_clear(&said);
    scenario_add_key(&said, LANG_EN, &line->steps[1], 0, CONTEXT_SEARCH);
    assert_string_equal(said.bytes, "\u2191 \u2193 to \"Child Helpline Cambodia (CHC)\"");
    text_release(&said);
    close_course(&s, &course);
}

static void a_hint_for_a_question_strikes_out_a_wrong_answer(void **state)
{
    struct screen s;
    struct course course;
    (void)state;
    open_at_act(&s, &course);
    play_act(&s);
    play_act(&s);
    screen_press(&s, SPECIAL_CTRL_G, 1);
    assert_true(s.app->coach->tried[2]);
    assert_false(s.app->coach->tried[1]);
    play_choose(&s, 1);
    assert_int_equal(course.entries[0].last.points[3], 1);
    close_course(&s, &course);
}

static void a_wrong_act_is_explained_once_and_costs_the_points(void **state)
{
    struct screen s;
    struct course course;
    (void)state;
    open_at_act(&s, &course);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "chhuk wccc");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Not so. That is another office.");
    assert_string_equal(coach_step(s.app->coach)->id, "find");
    play_act(&s);
    assert_int_equal(course.entries[0].last.results[1], STEP_LATER);
    assert_int_equal(course.entries[0].last.points[1], 0);
    close_course(&s, &course);
}

static void a_wrong_choice_may_lead_elsewhere(void **state)
{
    struct screen s;
    struct course course;
    (void)state;
    open_at_act(&s, &course);
    play_act(&s);
    play_act(&s);
    play_choose(&s, 2); /* "next: end" */
    assert_shows(&s, "That puts the girl in danger.");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_null(s.app->coach);
    assert_int_equal(course.entries[0].last.results[4], STEP_OPEN);
    close_course(&s, &course);
}

static void a_skipped_step_gives_nothing_and_goes_on(void **state)
{
    struct screen s;
    struct course course;
    (void)state;
    open_at_act(&s, &course);
    app_command(s.app, COMMAND_SKIP_STEP);
    assert_string_equal(coach_step(s.app->coach)->id, "way");
    assert_int_equal(course.entries[0].last.results[1], STEP_SKIPPED);
    assert_int_equal(play_sum(&course.entries[0].last, &course.entries[0].scenario).points, 0);
    close_course(&s, &course);
}

static void keys_go_to_the_box_or_to_the_screen(void **state)
{
    struct screen s;
    struct course course;
    (void)state;
    open_at_act(&s, &course);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "sh");
    assert_string_equal(app_top(s.app)->ops->typed(app_top(s.app)), "sh");
    screen_press(&s, SPECIAL_CTRL_T, 1);
    assert_int_equal(app_keys(s.app), CONTEXT_BOX);
    screen_type(&s, "h"); /* a hint, not a letter */
    assert_string_equal(app_top(s.app)->ops->typed(app_top(s.app)), "sh");
    assert_int_equal(course.entries[0].last.hints, 1);
    screen_press(&s, SPECIAL_ESCAPE, 1);
    screen_type(&s, "e");
    assert_string_equal(app_top(s.app)->ops->typed(app_top(s.app)), "she");
    screen_press(&s, SPECIAL_CTRL_T, 1);
    screen_type(&s, "\u1781"); /* x on the Khmer keyboard */
    assert_null(s.app->coach);
    assert_int_equal(app_keys(s.app), CONTEXT_SCENARIOS);
    close_course(&s, &course);
}

static void the_box_leaves_what_is_chosen_in_sight(void **state)
{
    static const int sizes[][2] = {{24, 80}, {12, 40}, {60, 200}, {16, 60}};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct screen s;
        struct course course;
        open_course(&s, &course, LANG_EN, sizes[i][0], sizes[i][1]);
        app_play(s.app, &course.entries[1]);
        screen_press(&s, SPECIAL_END, 1);
        assert_shows(&s, "\u25B8 Tboung Khmum Province");
        close_course(&s, &course);
    }
}

static void a_scenario_wants_a_fresh_file_where_it_saves(void **state)
{
    struct screen s;
    struct course course;
    (void)state;
    open_course(&s, &course, LANG_EN, 24, 80);
    play_all(&s, &course.entries[1], LANG_EN, false);
    app_play(s.app, &course.entries[1]);
    assert_null(s.app->coach);
    assert_shows(&s, "was played on this training file already");
    app_play(s.app, &course.entries[0]); /* saves nothing */
    assert_non_null(s.app->coach);
    close_course(&s, &course);
}

static void the_real_directory_has_no_scenarios(void **state)
{
    struct screen s;
    (void)state;
    screen_open(&s, LANG_EN, 60, 200);
    assert_int_equal(app_command(s.app, COMMAND_BOX), OUTCOME_IGNORED);
    assert_int_equal(app_command(s.app, COMMAND_SCENARIOS), OUTCOME_IGNORED);
    assert_int_equal(app_command(s.app, COMMAND_HINT), OUTCOME_IGNORED);
    screen_press(&s, SPECIAL_F9, 1);
    assert_hides(&s, "Cases to learn with");
    screen_close(&s);
}

static void both_languages_are_there_at_any_step(void **state)
{
    struct screen s;
    struct course course;
    (void)state;
    open_at_act(&s, &course);
    screen_press(&s, SPECIAL_F2, 1);
    assert_shows(&s, "សូមបើកទំព័រ");
    screen_press(&s, SPECIAL_F2, 1);
    assert_shows(&s, "Open the page");
    close_course(&s, &course);
}

static void random_keys_do_no_harm(void **state)
{
    enum { KEYS = 1500 };
    static const int sizes[][2] = {{24, 80}, {12, 40}, {60, 200}, {13, 41}, {1, 1}, {11, 39}};
    struct screen s;
    struct course course;
    uint64_t random = 20261122;
    (void)state;
    open_course(&s, &course, LANG_KM, 24, 80);
    for (int i = 0; i < KEYS; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        unsigned r = (unsigned)(random >> 33);
        if (!s.app->coach && r % 7 == 0)
            app_play(s.app, &course.entries[r / 7 % 2]);
        if (r % 31 == 0)
            screen_resize(&s, sizes[r / 31 % 6][0], sizes[r / 31 % 6][1]);
        enum command command = (enum command)(1 + r % (COMMAND_COUNT - 1));
        if (command != COMMAND_QUIT)
            app_command(s.app, command);
        app_key(s.app, SPECIAL_NONE, 'a' + r / 64 % 26);
        screen_draw(&s);
    }
    close_course(&s, &course);
}

/* --- golden screens
 * ---------------------------------------------------------------------------------- */

static struct course shown;

static void begin(struct screen *s, size_t at)
{
    enum lang lang = s->app->context.lang;
    int rows = s->canvas.rows, columns = s->canvas.columns;
    course_release(&shown);
    screen_close(s);
    play_open(s, &shown, lang, rows, columns);
    fill(&shown, s);
    if (at < shown.count)
        app_play(s->app, &shown.entries[at]);
}

static void go_list(struct screen *s)
{
    begin(s, SIZE_MAX);
    screen_press(s, SPECIAL_CTRL_T, 1);
}

static void go_first(struct screen *s)
{
    begin(s, 0);
}

static void go_act(struct screen *s)
{
    go_first(s);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_hint(struct screen *s)
{
    go_act(s);
    screen_press(s, SPECIAL_CTRL_G, 1);
}

static void go_way_on(struct screen *s)
{
    go_hint(s);
    screen_press(s, SPECIAL_CTRL_G, 1);
}

static void go_not(struct screen *s)
{
    go_act(s);
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "chhuk wccc");
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_question(struct screen *s)
{
    go_act(s);
    play_act(s);
    play_act(s);
}

static void go_wrong(struct screen *s)
{
    go_question(s);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_right(struct screen *s)
{
    go_question(s);
    play_choose(s, 1);
}

static void go_summary(struct screen *s)
{
    begin(s, SIZE_MAX);
    play_all(s, &shown.entries[0], s->app->context.lang, true);
}

static void go_presenter(struct screen *s)
{
    go_list(s);
    screen_type(s, "p");
}

static void go_presented_way(struct screen *s)
{
    go_presenter(s);
    screen_type(s, " ");
}

static void go_presented_answer(struct screen *s)
{
    go_presenter(s);
    screen_press(s, SPECIAL_END, 1);
    screen_press(s, SPECIAL_LEFT, 1);
}

static void the_list_and_the_box_are_drawn(void **state)
{
    (void)state;
    golden_everywhere("scenario_list", go_list);
    golden_everywhere("scenario_first", go_first);
    golden_everywhere("scenario_act", go_act);
    golden_everywhere("scenario_hint", go_hint);
    golden_everywhere("scenario_way_on", go_way_on);
}

static void questions_and_explanations_are_drawn(void **state)
{
    (void)state;
    golden_everywhere("scenario_not", go_not);
    golden_everywhere("scenario_question", go_question);
    golden_everywhere("scenario_wrong", go_wrong);
    golden_everywhere("scenario_right", go_right);
}

static void the_summary_and_the_presenter_are_drawn(void **state)
{
    (void)state;
    golden_everywhere("scenario_summary", go_summary);
    golden_everywhere("presenter_title", go_presenter);
    golden_everywhere("presenter_way", go_presented_way);
    golden_everywhere("presenter_answer", go_presented_answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_played_to_its_end_by_its_own_keys),
        cmocka_unit_test(wrong_answers_get_their_explanation_and_no_points),
        cmocka_unit_test(a_hint_names_the_next_key_and_halves_the_points),
        cmocka_unit_test(a_hint_names_the_key_of_both_keyboards),
        cmocka_unit_test(a_hint_for_a_question_strikes_out_a_wrong_answer),
        cmocka_unit_test(a_wrong_act_is_explained_once_and_costs_the_points),
        cmocka_unit_test(a_wrong_choice_may_lead_elsewhere),
        cmocka_unit_test(a_skipped_step_gives_nothing_and_goes_on),
        cmocka_unit_test(keys_go_to_the_box_or_to_the_screen),
        cmocka_unit_test(the_box_leaves_what_is_chosen_in_sight),
        cmocka_unit_test(a_scenario_wants_a_fresh_file_where_it_saves),
        cmocka_unit_test(the_real_directory_has_no_scenarios),
        cmocka_unit_test(both_languages_are_there_at_any_step),
        cmocka_unit_test(random_keys_do_no_harm),
        cmocka_unit_test(the_list_and_the_box_are_drawn),
        cmocka_unit_test(questions_and_explanations_are_drawn),
        cmocka_unit_test(the_summary_and_the_presenter_are_drawn),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    course_release(&shown);
    return failed;
}
