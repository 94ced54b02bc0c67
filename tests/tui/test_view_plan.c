/* The reports along the plan on the screen: services by output, who does what where, working
 * groups, the meeting pack. */
#include "tests/tui/screen.h"

/* On an entry of Chhuk in Kampot. */
static void go_chhuk(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "chhuk social affairs");
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_plan(struct screen *s)
{
    go_chhuk(s);
    app_command(s->app, COMMAND_PLAN);
    screen_press(s, SPECIAL_DOWN, 2);
}

static void go_who(struct screen *s)
{
    go_chhuk(s);
    app_command(s->app, COMMAND_WHO);
}

/* The hotlines by commune. */
static void go_who_areas(struct screen *s)
{
    go_who(s);
    screen_press(s, SPECIAL_RIGHT, 3);
    screen_press(s, SPECIAL_TAB, 1);
    screen_press(s, SPECIAL_RIGHT, 1);
}

static void go_groups(struct screen *s)
{
    app_command(s->app, COMMAND_GROUPS);
    screen_press(s, SPECIAL_DOWN, 70);
}

static void go_meeting(struct screen *s)
{
    go_chhuk(s);
    app_command(s->app, COMMAND_MEETING);
}

static void reports_look_as_they_should_in_both_languages(void **state)
{
    (void)state;
    golden_everywhere("plan_chhuk", go_plan);
    golden_everywhere("who_chhuk", go_who);
    golden_everywhere("who_areas", go_who_areas);
    golden_everywhere("groups", go_groups);
    golden_everywhere("meeting_chhuk", go_meeting);
}

static void an_output_leads_to_its_services(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_plan(&s);
    screen_press(&s, SPECIAL_DOWN, 1); /* its tier 2 */
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "output 1.2");
    assert_shows(&s, "tier 2");
    assert_shows(&s, "Chhuk District Office of Social Affairs");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    assert_shows(&s, "Services by the plan");
    screen_close(&s);
}

static void a_cell_leads_to_the_services_of_that_organization(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_who(&s);
    screen_press(&s, SPECIAL_DOWN, 2); /* the committees of the communes */
    assert_shows(&s, "15 offices");
    screen_press(&s, SPECIAL_RIGHT, 5);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Boeng Nimol Commune Committee");
    assert_shows(&s, "15 found");
    screen_close(&s);
}

static void a_committee_leads_to_its_entry_and_to_its_meeting(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_groups(&s);
    screen_press(&s, SPECIAL_HOME, 1);
    screen_press(&s, SPECIAL_DOWN, 1);
    assert_shows(&s, "Mongkol Borey District Women and Children Consultative Committee");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Serves");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    app_command(s.app, COMMAND_MEETING);
    assert_shows(&s, "Meeting pack");
    assert_shows(&s, "Mongkol Borey District");
    screen_press(&s, SPECIAL_END, 1);
    assert_shows(&s, "Next meeting on:");
    screen_press(&s, SPECIAL_HOME, 1);
    assert_shows(&s, "Members present");
    screen_close(&s);
}

static void nobody_stands_on_the_heading_of_a_sector(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 60, 200);
    go_who(&s);
    for (int i = 0; i < 40; i++) {
        char *text = screen_text(&s);
        assert_null(strstr(text, "\u25B8 Government"));
        assert_null(strstr(text, "\u25B8 Non-governmental"));
        free(text);
        screen_press(&s, i < 20 ? SPECIAL_DOWN : SPECIAL_UP, 1);
    }
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_look_as_they_should_in_both_languages),
        cmocka_unit_test(an_output_leads_to_its_services),
        cmocka_unit_test(a_cell_leads_to_the_services_of_that_organization),
        cmocka_unit_test(a_committee_leads_to_its_entry_and_to_its_meeting),
        cmocka_unit_test(nobody_stands_on_the_heading_of_a_sector),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
