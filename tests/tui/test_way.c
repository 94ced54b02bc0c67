/* The referral pathway on the screen: a girl of 14 in Boeng Nimol, Chhuk, sexual violence; the
 * chart and the list, going through them, what was not available. Over a fresh copy of the born
 * directory. */
#include "db/gap.h"
#include "tests/tui/screen.h"

/* From the page of the commune's committee. */
static void open_committee(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "boeng nimol ccwc");
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_need(struct screen *s)
{
    open_committee(s);
    screen_press(s, SPECIAL_F6, 1);
}

static void go_chart(struct screen *s)
{
    go_need(s);
    screen_type(s, "n3");
    screen_press(s, SPECIAL_ENTER, 1);
    screen_type(s, "f14");
    screen_press(s, SPECIAL_DOWN, 1);
    screen_press(s, SPECIAL_RIGHT, 1);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_whom(struct screen *s)
{
    go_chart(s);
    screen_type(s, "f");
}

static void go_list(struct screen *s)
{
    go_chart(s);
    screen_press(s, SPECIAL_TAB, 1);
}

static void go_gaps(struct screen *s)
{
    go_chart(s);
    screen_press(s, SPECIAL_HOME, 1);
    screen_type(s, "x");
}

static void the_pathway_of_a_girl_of_14_is_drawn_and_listed(void **state)
{
    (void)state;
    golden_everywhere("way_chart", go_chart);
    golden_everywhere("way_list", go_list);
}

static void need_and_child_are_asked(void **state)
{
    (void)state;
    golden_everywhere("way_need", go_need);
    golden_everywhere("way_whom", go_whom);
    golden_everywhere("way_passed", go_gaps);
}

static void needs_are_found_by_code_name_and_what_happened(void **state)
{
    static const char *const ways[] = {"N3", "sexual", "rape", "រំលោភ"};
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct screen s;
        screen_open(&s, LANG_EN, 24, 80);
        screen_press(&s, SPECIAL_F6, 1);
        screen_type(&s, ways[i]);
        assert_shows(&s, "Sexual abuse");
        assert_hides(&s, "Out of school");
        screen_close(&s);
    }
}

static void without_a_place_it_is_asked_for(void **state)
{
    struct screen s;
    (void)state;
    screen_open(&s, LANG_EN, 24, 80);
    screen_press(&s, SPECIAL_F6, 1);
    screen_type(&s, "n3");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Choose a place");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    assert_shows(&s, "A pathway begins in a commune or a district.");
    screen_press(&s, SPECIAL_ENTER, 1);
    screen_type(&s, "boeng nimol");
    screen_draw(&s);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Make the child safe now");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    assert_shows(&s, "What does the child need?");
    screen_close(&s);
}

static void arrows_go_from_box_to_box_and_enter_opens_the_service(void **state)
{
    struct screen s;
    (void)state;
    screen_open(&s, LANG_EN, 60, 200);
    go_chart(&s);
    screen_press(&s, SPECIAL_HOME, 1);
    screen_press(&s, SPECIAL_DOWN, 1);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Boeng Nimol Commune Committee for Women and Children");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    screen_press(&s, SPECIAL_DOWN, 1);
    screen_press(&s, SPECIAL_RIGHT, 1);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Chhuk District Women and Children Consultative Committee");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    screen_press(&s, SPECIAL_DOWN, 1);
    screen_press(&s, SPECIAL_LEFT, 3);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "No service stands in this step.");
    screen_close(&s);
}

static void what_was_not_available_is_noted_and_passed_over(void **state)
{
    struct screen s;
    struct gap_list gaps;
    (void)state;
    screen_open(&s, LANG_EN, 24, 80);
    go_list(&s);
    assert_shows(&s, "\xE2\x86\x92 National Police hotline");
    screen_press(&s, SPECIAL_HOME, 1);
    screen_type(&s, "x");
    assert_shows(&s, "Noted as a gap: National Police hotline");
    assert_hides(&s, "\xE2\x86\x92 National Police hotline");
    assert_shows(&s, "Anti-Human Trafficking");
    assert_int_equal(gap_list(s.db, "0703", &gaps), STATUS_OK);
    assert_int_equal(gaps.count, 1);
    assert_string_equal(gaps.rows[0].need, "N3");
    assert_string_equal(gaps.rows[0].area, "070303");
    assert_string_equal(gaps.rows[0].kind, "A2");
    gap_list_release(&gaps);
    assert_int_equal(gap_list(s.db, "0702", &gaps), STATUS_OK);
    assert_int_equal(gaps.count, 0);
    gap_list_release(&gaps);
    screen_close(&s);
}

static void a_note_is_taken_back(void **state)
{
    struct screen s;
    struct gap_list gaps;
    (void)state;
    screen_open(&s, LANG_EN, 24, 80);
    go_list(&s);
    screen_type(&s, "u");
    assert_shows(&s, "Nothing was noted as a gap here.");
    screen_type(&s, "xxu");
    assert_shows(&s, "Taken back: Anti-Human Trafficking");
    assert_shows(&s, "\xE2\x86\x92 Anti-Human Trafficking");
    assert_int_equal(gap_list(s.db, "", &gaps), STATUS_OK);
    assert_int_equal(gaps.count, 1);
    gap_list_release(&gaps);
    screen_type(&s, "u");
    assert_shows(&s, "\xE2\x86\x92 National Police hotline");
    assert_int_equal(gap_list(s.db, "", &gaps), STATUS_OK);
    assert_int_equal(gaps.count, 0);
    gap_list_release(&gaps);
    screen_close(&s);
}

/* From the form: so many hours ago. */
static void tell_hours(struct screen *s, const char *hours)
{
    screen_type(s, "f");
    screen_press(s, SPECIAL_DOWN, 5);
    for (int i = 0; i < 4; i++)
        screen_press(s, SPECIAL_BACKSPACE, 1);
    screen_type(s, hours);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void the_clock_of_72_hours_runs_from_what_happened(void **state)
{
    struct screen s;
    (void)state;
    screen_open(&s, LANG_EN, 60, 200);
    go_chart(&s);
    assert_shows(&s, "Count from then, not from now.");
    tell_hours(&s, "3");
    assert_shows(&s, "until 04/07/2026 06:00, 69 hours left.");
    assert_shows(&s, "6 \xC2\xB7 69 hours left");
    tell_hours(&s, "72");
    assert_shows(&s, "The 72 hours are over since 01/07/2026 09:00.");
    tell_hours(&s, "x");
    assert_shows(&s, "The hours are a number from 0 to 9999");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    tell_hours(&s, "");
    assert_shows(&s, "Count from then, not from now.");
    screen_close(&s);
}

/* The first row of the screen that holds the text; -1: none. */
static int row_of(struct screen *s, const char *text)
{
    struct text shown = TEXT_INIT;
    int row = -1;
    screen_draw(s);
    canvas_text(&s->canvas, &shown);
    const char *at = strstr(shown.bytes, text);
    for (const char *c = shown.bytes; at && c <= at; c++)
        row += c == shown.bytes || c[-1] == '\n';
    text_release(&shown);
    return row;
}

static void the_chart_begins_with_what_is_done_first(void **state)
{
    struct screen s;
    (void)state;
    screen_open(&s, LANG_EN, 24, 80);
    go_chart(&s);
    assert_in_range(row_of(&s, "1 \xC2\xB7 now"), 1, 5);
    assert_true(row_of(&s, "1 \xC2\xB7 now") < row_of(&s, "2 \xC2\xB7 now"));
    assert_true(row_of(&s, "2 \xC2\xB7 now") < row_of(&s, "3 \xC2\xB7 now \xC2\xB7 tier 3"));
    screen_close(&s);
}

/* Every need in a commune, in its district and in one of the capital: all steps stand on the
 * screen, and paging moves nothing. */
static void the_whole_chart_is_seen_at_200x60(void **state)
{
    static const char *const places[] = {"boeng nimol ccwc", "chhuk wccc",
                                         "phsar thmei ti bei ccwc"};
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (size_t place = 0; place < sizeof places / sizeof *places; place++) {
            struct screen s;
            screen_open(&s, (enum lang)lang, 60, 200);
            screen_press(&s, SPECIAL_F3, 1);
            screen_type(&s, places[place]);
            screen_press(&s, SPECIAL_ENTER, 1);
            for (int need = 0; need < 14; need++) {
                struct text before = TEXT_INIT, after = TEXT_INIT;
                screen_press(&s, SPECIAL_F6, 1);
                screen_press(&s, SPECIAL_DOWN, need);
                screen_press(&s, SPECIAL_ENTER, 1);
                assert_true(row_of(&s, " 10 \xC2\xB7 ") > 0);
                canvas_text(&s.canvas, &before);
                screen_press(&s, SPECIAL_PAGE_DOWN, 1);
                screen_draw(&s);
                canvas_text(&s.canvas, &after);
                assert_string_equal(before.bytes, after.bytes);
                text_release(&before);
                text_release(&after);
                screen_press(&s, SPECIAL_ESCAPE, 2);
            }
            screen_close(&s);
        }
}

static void the_path_is_copied_and_printed(void **state)
{
    struct screen s;
    (void)state;
    screen_open(&s, LANG_EN, 24, 80);
    go_chart(&s);
    screen_type(&s, "y");
    const char *card = app_take_copy(s.app);
    assert_non_null(card);
    assert_non_null(strstr(card, "Sexual abuse\nKampot Province"));
    assert_non_null(strstr(card, "6. Health care within 72 hours (72 hours)"));
    assert_non_null(strstr(card, "1280"));
    assert_null(strstr(card, "14 years")); /* nothing about the child */
    screen_press(&s, SPECIAL_F8, 1);
    screen_draw(&s);
    assert_shows(&s, "cpdir-070303");
    screen_close(&s);
}

static void an_age_that_is_none_is_refused(void **state)
{
    struct screen s;
    (void)state;
    screen_open(&s, LANG_EN, 24, 80);
    go_whom(&s);
    screen_type(&s, "444");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "The age is a number from 0 to 120");
    screen_close(&s);
}

/* Where the whole chart can be seen, every line into a box ends in an arrow. */
static void every_need_can_be_drawn_at_every_width(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_KM, 24, 80);
    open_committee(&s);
    for (int need = 0; need < 14; need++) {
        screen_press(&s, SPECIAL_F6, 1);
        screen_press(&s, SPECIAL_DOWN, need);
        screen_press(&s, SPECIAL_ENTER, 1);
        for (int columns = 40; columns <= 200; columns += 20) {
            screen_resize(&s, 30, columns);
            screen_draw(&s);
            screen_press(&s, SPECIAL_PAGE_DOWN, 1);
            screen_press(&s, SPECIAL_END, 1);
            screen_draw(&s);
        }
        screen_press(&s, SPECIAL_ESCAPE, 2);
    }
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pathway_of_a_girl_of_14_is_drawn_and_listed),
        cmocka_unit_test(need_and_child_are_asked),
        cmocka_unit_test(needs_are_found_by_code_name_and_what_happened),
        cmocka_unit_test(without_a_place_it_is_asked_for),
        cmocka_unit_test(arrows_go_from_box_to_box_and_enter_opens_the_service),
        cmocka_unit_test(what_was_not_available_is_noted_and_passed_over),
        cmocka_unit_test(a_note_is_taken_back),
        cmocka_unit_test(the_clock_of_72_hours_runs_from_what_happened),
        cmocka_unit_test(the_chart_begins_with_what_is_done_first),
        cmocka_unit_test(the_whole_chart_is_seen_at_200x60),
        cmocka_unit_test(the_path_is_copied_and_printed),
        cmocka_unit_test(an_age_that_is_none_is_refused),
        cmocka_unit_test(every_need_can_be_drawn_at_every_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
