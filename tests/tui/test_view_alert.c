/* Emergencies on the screen: the line under the top bar, the list of alerts, the review of what is
 * suspended or restored, the emergency list. */
#include "tests/tui/screen.h"

#include "db/op.h"

#define COMMUNE  "070303" /* Boeng Nimol in Chhuk, Kampot */
#define SISTER   "070301"
#define DISTRICT "0703"

static struct field_value text_of(int field, const char *text)
{
    return (struct field_value){field,
                                {.type = VALUE_TEXT, .text = {.bytes = text, .len = strlen(text)}}};
}

static struct field_value number_of(int field, int64_t n)
{
    return (struct field_value){field, {.type = VALUE_INT, .integer = n}};
}

static struct field_value id_of(int field, struct uuid id)
{
    return (struct field_value){field, {.type = VALUE_ID, .id = id}};
}

static struct uuid add(struct screen *s, enum record_kind kind, const char *name,
                       const struct field_value *fields, size_t count)
{
    struct change c = {.kind = OP_CREATE,
                       .record_kind = kind,
                       .record = uuid_from_name(name),
                       .area = "",
                       .fields = fields,
                       .field_count = count,
                       .actor = "test",
                       .reason = ""};
    assert_int_equal(op_append(s->db, &c, NULL), STATUS_OK);
    return c.record;
}

static struct uuid add_alert(struct screen *s, const char *area)
{
    const struct field_value fields[] = {
        text_of(FIELD_ID(AREA_ALERT, area), area),
        number_of(FIELD_ID(AREA_ALERT, kind), VALUE_ALERT_KIND_FLOOD),
        text_of(FIELD_ID(AREA_ALERT, text_km), "ផ្លូវលិចទឹក។ សូមទូរស័ព្ទមុនពេលទៅ។"),
        text_of(FIELD_ID(AREA_ALERT, text_en), "Roads are under water. Call before you go."),
        text_of(FIELD_ID(AREA_ALERT, valid_from), "2026-07-01"),
        text_of(FIELD_ID(AREA_ALERT, valid_to), "2026-07-31")};
    return add(s, RECORD_AREA_ALERT, area, fields, 6);
}

/* An invented service with a public place in the commune. */
static struct uuid add_service(struct screen *s, const char *km, const char *en, const char *kind)
{
    char name[64];
    const struct field_value body[] = {text_of(FIELD_ID(ORGANIZATION, name_en), en)};
    snprintf(name, sizeof name, "%s body", en);
    struct uuid owner = add(s, RECORD_ORGANIZATION, name, body, 1);
    const struct field_value service[] = {id_of(FIELD_ID(SERVICE, organization), owner),
                                          text_of(FIELD_ID(SERVICE, name_km), km),
                                          text_of(FIELD_ID(SERVICE, name_en), en)};
    struct uuid id = add(s, RECORD_SERVICE, en, service, 3);
    const struct field_value place[] = {id_of(FIELD_ID(LOCATION, organization), owner),
                                        text_of(FIELD_ID(LOCATION, area), COMMUNE)};
    snprintf(name, sizeof name, "%s place", en);
    struct uuid where = add(s, RECORD_LOCATION, name, place, 2);
    const struct field_value link[] = {id_of(FIELD_ID(SERVICE_AT_LOCATION, service), id),
                                       id_of(FIELD_ID(SERVICE_AT_LOCATION, location), where)};
    snprintf(name, sizeof name, "%s link", en);
    add(s, RECORD_SERVICE_AT_LOCATION, name, link, 2);
    const struct field_value term[] = {id_of(FIELD_ID(TERM_LINK, record), id),
                                       text_of(FIELD_ID(TERM_LINK, term), kind),
                                       number_of(FIELD_ID(TERM_LINK, type), 1)};
    snprintf(name, sizeof name, "%s kind", en);
    add(s, RECORD_TERM_LINK, name, term, 3);
    const struct field_value phone[] = {id_of(FIELD_ID(PHONE, owner), id),
                                        text_of(FIELD_ID(PHONE, number), "099 000 111")};
    snprintf(name, sizeof name, "%s phone", en);
    add(s, RECORD_PHONE, name, phone, 2);
    return id;
}

static void become(struct screen *s, int role, const char *area)
{
    struct person person = {.role = role};
    assert_int_equal(person_set_name(&person, "Sok Dara"), STATUS_OK);
    snprintf(person.area, sizeof person.area, "%s", area);
    app_set_person(s->app, &person);
}

/* A flood in Chhuk, two invented services there, an approver of the country at the keyboard. */
static void flood(struct screen *s)
{
    add_service(s, "ប៉ុស្តិ៍សុខភាពគំរូ", "Invented health post", "D1");
    add_service(s, "ការថែទាំគំរូ", "Invented foster care", "C6");
    add_alert(s, DISTRICT);
    become(s, VALUE_ROLE_APPROVER, "");
    app_reload(s->app);
}

static void go_search(struct screen *s)
{
    flood(s);
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "boeng nimol");
}

static void go_list(struct screen *s)
{
    go_search(s);
    app_command(s->app, COMMAND_ALERTS);
}

static void go_suspend(struct screen *s)
{
    go_list(s);
    app_command(s->app, COMMAND_SUSPEND);
}

static void go_end(struct screen *s)
{
    go_suspend(s);
    app_command(s->app, COMMAND_SAVE);
    app_command(s->app, COMMAND_END_ALERT);
}

static void go_emergency(struct screen *s)
{
    go_suspend(s);
    app_command(s->app, COMMAND_SAVE);
    app_command(s->app, COMMAND_OPEN);
}

static void go_emergency_end(struct screen *s)
{
    go_emergency(s);
    screen_draw(s);
    screen_press(s, SPECIAL_END, 1);
}

static void emergencies_are_told_in_both_languages(void **state)
{
    (void)state;
    golden_everywhere("alert_line", go_search);
    golden_everywhere("alert_list", go_list);
    golden_everywhere("alert_suspend", go_suspend);
    golden_everywhere("alert_end", go_end);
    golden_everywhere("emergency", go_emergency);
    golden_everywhere("emergency_end", go_emergency_end);
}

/* --- the line --- */

static void browse_to(struct screen *s, const char *place)
{
    screen_press(s, SPECIAL_F3, 1);
    app_command(s->app, COMMAND_CLEAR_TEXT);
    screen_type(s, place);
}

static void the_line_stands_in_the_area_and_below_and_on_menus_over_it(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    add_alert(&s, COMMUNE);
    app_reload(s.app);
    assert_hides(&s, "Emergency: flood"); /* the first screen is the country's */
    browse_to(&s, "boeng nimol committee");
    assert_shows(&s, "! Emergency: flood");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "! Emergency: flood");
    screen_press(&s, SPECIAL_F9, 1);
    assert_shows(&s, "! Emergency: flood");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    browse_to(&s, "baniev committee"); /* beside it */
    assert_shows(&s, "Baniev");
    assert_hides(&s, "Emergency: flood");
    screen_close(&s);
}

static void an_alert_of_the_country_stands_everywhere_and_goes_with_its_end(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    char *before = screen_text(&s);
    struct uuid id = add_alert(&s, AREA_COUNTRY_CODE);
    app_reload(s.app);
    assert_shows(&s, "! Emergency: flood");
    struct change c = {.kind = OP_CLOSE,
                       .record_kind = RECORD_AREA_ALERT,
                       .record = id,
                       .area = "",
                       .actor = "test",
                       .reason = ""};
    assert_int_equal(op_append(s.db, &c, NULL), STATUS_OK);
    app_reload(s.app);
    char *after = screen_text(&s);
    assert_string_equal(before, after);
    free(before);
    free(after);
    screen_close(&s);
}

static void several_alerts_are_counted(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    add_alert(&s, AREA_COUNTRY_CODE);
    add_alert(&s, DISTRICT);
    app_reload(s.app);
    browse_to(&s, "chhuk social affairs");
    assert_shows(&s, " +1");
    screen_close(&s);
}

/* --- the review --- */

static int status_of(struct screen *s, const char *service)
{
    struct record_list list = {0};
    struct uuid id = uuid_from_name(service);
    assert_int_equal(record_load(s->db, RECORD_SERVICE, &id, &list), STATUS_OK);
    int status = list.rows[0].status;
    record_list_release(&list);
    return status;
}

static void what_is_ticked_is_suspended_and_restored_at_once(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_suspend(&s);
    assert_shows(&s, "2 of 19 services");
    assert_shows(&s, "[x] Invented");
    screen_press(&s, SPECIAL_ENTER, 1); /* the first of the two is left alone */
    assert_shows(&s, "1 of 19 services");
    app_command(s.app, COMMAND_SAVE);
    assert_shows(&s, "Suspended: 1 services.");
    assert_shows(&s, "services suspended: 1");
    int foster = status_of(&s, "Invented foster care"),
        post = status_of(&s, "Invented health post");
    assert_int_equal(foster + post, VALUE_STATUS_ACTIVE + VALUE_STATUS_TEMPORARILY_CLOSED);
    app_command(s.app, COMMAND_RESTORE);
    assert_shows(&s, "1 of 1 services");
    app_command(s.app, COMMAND_SAVE);
    assert_shows(&s, "Restored: 1 services.");
    assert_int_equal(status_of(&s, "Invented foster care"), VALUE_STATUS_ACTIVE);
    assert_int_equal(status_of(&s, "Invented health post"), VALUE_STATUS_ACTIVE);
    screen_close(&s);
}

static void all_or_none_can_be_ticked(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_suspend(&s);
    app_command(s.app, COMMAND_TICK_ALL);
    assert_shows(&s, "19 of 19 services"); /* the offices on duty too */
    app_command(s.app, COMMAND_TICK_ALL);
    assert_shows(&s, "0 of 19 services");
    app_command(s.app, COMMAND_SAVE);
    assert_shows(&s, "Tick a service first.");
    assert_int_equal(status_of(&s, "Invented foster care"), VALUE_STATUS_ACTIVE);
    screen_close(&s);
}

static void the_end_takes_the_line_away_and_restores(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_end(&s);
    assert_shows(&s, "The emergency ends today. 2 of 2");
    app_command(s.app, COMMAND_SAVE);
    assert_shows(&s, "The emergency is over.");
    assert_hides(&s, "! Emergency");
    assert_int_equal(status_of(&s, "Invented foster care"), VALUE_STATUS_ACTIVE);
    screen_close(&s);
}

static void a_viewer_suspends_nothing(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_list(&s);
    become(&s, VALUE_ROLE_VIEWER, "");
    app_command(s.app, COMMAND_SUSPEND);
    assert_hides(&s, "of 19 services");
    become(&s, VALUE_ROLE_EDITOR, "08");
    app_command(s.app, COMMAND_SUSPEND);
    app_command(s.app, COMMAND_SAVE);
    assert_shows(&s, "Chhuk"); /* whose approver decides */
    assert_int_equal(status_of(&s, "Invented foster care"), VALUE_STATUS_ACTIVE);
    screen_close(&s);
}

static void a_new_alert_is_announced_for_the_area(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_list(&s);
    app_command(s.app, COMMAND_NEW);
    assert_shows(&s, "Kind of emergency");
    screen_close(&s);
}

/* --- what leaves the screen --- */

static void cards_say_what_is_in_force(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_search(&s);
    screen_draw(&s);
    app_command(s.app, COMMAND_COPY);
    const char *card = app_take_copy(s.app);
    assert_non_null(card);
    assert_int_equal(strncmp(card, "! Emergency: flood", 18), 0);
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(emergencies_are_told_in_both_languages),
        cmocka_unit_test(the_line_stands_in_the_area_and_below_and_on_menus_over_it),
        cmocka_unit_test(an_alert_of_the_country_stands_everywhere_and_goes_with_its_end),
        cmocka_unit_test(several_alerts_are_counted),
        cmocka_unit_test(what_is_ticked_is_suspended_and_restored_at_once),
        cmocka_unit_test(all_or_none_can_be_ticked),
        cmocka_unit_test(the_end_takes_the_line_away_and_restores),
        cmocka_unit_test(a_viewer_suspends_nothing),
        cmocka_unit_test(a_new_alert_is_announced_for_the_area),
        cmocka_unit_test(cards_say_what_is_in_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
