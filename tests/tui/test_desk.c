/* What a person does to entries from the screens: saying who they are, verifying, the call round,
 * history and undo, the past, printing, the menu. Over a fresh copy of the born directory. */
#include <sys/stat.h>

#include "db/op.h"
#include "db/search.h"
#include "tests/tui/screen.h"
#include "tui/identity.h"

static const struct person editor = {
    .name = "Sok Dara", .office = "WCCC Chhuk", .role = VALUE_ROLE_EDITOR, .area = "0703"};

/* Goes to the list of a district's due services: Kampot, Chhuk. */
static void open_due(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "chhuk social affairs");
    screen_press(s, SPECIAL_ENTER, 1);
    screen_press(s, SPECIAL_F7, 1);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void open_office(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "chhuk social affairs");
    screen_press(s, SPECIAL_ENTER, 1);
}

/* --- golden screens */

static void go_menu(struct screen *s)
{
    screen_press(s, SPECIAL_F9, 1);
}

static void go_menu_of_detail(struct screen *s)
{
    open_office(s);
    screen_press(s, SPECIAL_F9, 1);
}

static void go_reports(struct screen *s)
{
    screen_press(s, SPECIAL_F7, 1);
}

static void go_who(struct screen *s)
{
    open_office(s);
    screen_press(s, SPECIAL_F5, 1);
}

static void go_verify(struct screen *s)
{
    app_set_person(s->app, &editor);
    open_office(s);
    screen_press(s, SPECIAL_F5, 1);
}

static void go_due(struct screen *s)
{
    app_set_person(s->app, &editor);
    open_due(s);
}

static void go_round(struct screen *s)
{
    go_due(s);
    screen_type(s, "1");
    screen_type(s, "3");
    screen_type(s, "5");
}

static void go_history(struct screen *s)
{
    app_set_person(s->app, &editor);
    open_office(s);
    screen_press(s, SPECIAL_F5, 1);
    screen_press(s, SPECIAL_ENTER, 1);
    screen_type(s, "c");
}

static void go_undo(struct screen *s)
{
    go_history(s);
    screen_type(s, "u");
}

static void go_past(struct screen *s)
{
    go_history(s);
    screen_press(s, SPECIAL_DOWN, 1);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void the_menu_shows_what_can_be_done(void **state)
{
    (void)state;
    golden_everywhere("menu_browse", go_menu);
    golden_everywhere("menu_detail", go_menu_of_detail);
    golden_everywhere("menu_reports", go_reports);
}

static void forms_ask_who_and_what(void **state)
{
    (void)state;
    golden_everywhere("ask_person", go_who);
    golden_everywhere("ask_verify", go_verify);
    golden_everywhere("ask_undo", go_undo);
}

static void the_call_round_shows_what_is_to_be_done(void **state)
{
    (void)state;
    golden_everywhere("due_chhuk", go_due);
    golden_everywhere("due_round", go_round);
}

static void the_history_tells_who_did_what(void **state)
{
    (void)state;
    golden_everywhere("history_office", go_history);
    golden_everywhere("detail_past", go_past);
}

/* --- behaviour */

static int64_t ops_of(struct screen *s, const char *words)
{
    struct query q = {.words = words, .limit = 1};
    struct result found;
    struct op_list ops;
    assert_int_equal(search_run(s->db, &q, &found), STATUS_OK);
    assert_true(found.count > 0);
    struct uuid id = found.rows[0].id;
    result_release(&found);
    assert_int_equal(op_history(s->db, &id, &ops), STATUS_OK);
    int64_t count = (int64_t)ops.count;
    op_list_release(&ops);
    return count;
}

static void a_person_is_asked_who_they_are_before_the_first_change(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    open_office(&s);
    int64_t before = ops_of(&s, "chhuk social affairs");
    screen_press(&s, SPECIAL_F5, 1);
    assert_shows(&s, "Your name");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Type your name.");
    screen_type(&s, "សុខ តារា");
    screen_press(&s, SPECIAL_DOWN, 3);
    screen_type(&s, "chhuk"); /* opens the list of areas */
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Chhuk District");
    screen_press(&s, SPECIAL_ENTER, 1); /* the row below the area saves */
    assert_shows(&s, "Verify an entry");
    assert_string_equal(app_person(s.app)->area, "0703");
    assert_int_equal(app_person(s.app)->role, VALUE_ROLE_EDITOR);
    assert_int_equal(ops_of(&s, "chhuk social affairs"), before);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_int_equal(ops_of(&s, "chhuk social affairs"), before + 1);
    screen_close(&s);
    struct identities known;
    assert_int_equal(identity_load(&known), STATUS_OK);
    assert_string_equal(known.rows[0].name, "សុខ តារា");
    char *path = identity_path();
    unlink(path);
    free(path);
}

static void a_colleague_is_switched_to_with_two_keys(void **state)
{
    (void)state;
    struct identities known = {0};
    struct person other = {.name = "Chan Thy", .role = VALUE_ROLE_APPROVER, .area = ""};
    identity_put(&known, &other);
    identity_put(&known, &editor);
    assert_int_equal(identity_save(&known), STATUS_OK);
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    app_set_person(s.app, &editor);
    app_command(s.app, COMMAND_PERSON);
    assert_shows(&s, "Chan Thy");
    screen_type(&s, "2");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_string_equal(app_person(s.app)->name, "Chan Thy");
    assert_int_equal(app_person(s.app)->role, VALUE_ROLE_APPROVER);
    assert_shows(&s, "Chan Thy");
    screen_close(&s);
    char *path = identity_path();
    unlink(path);
    free(path);
}

static void still_right_by_telephone_is_two_keys(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    app_set_person(s.app, &editor);
    open_office(&s);
    screen_press(&s, SPECIAL_F5, 1);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Saved: still right.");
    screen_press(&s, SPECIAL_END, 1);
    assert_shows(&s, "01/07/2026 (today)");
    assert_shows(&s, "Sok Dara");
    screen_close(&s);
}

static void closing_asks_why_and_keeps_what_was_typed(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_KM, 24, 80);
    app_set_person(s.app, &editor);
    open_office(&s);
    screen_press(&s, SPECIAL_F5, 1);
    screen_type(&s, "\u17E4"); /* Khmer four: closed */
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "ហេតុអ្វីបានបិទ");
    screen_type(&s, "ឃុំប្រាប់");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    assert_shows(&s, "ឃុំប្រាប់");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, message_get(LANG_KM, MSG_STATUS_CLOSED));
    screen_close(&s);
}

static void who_may_not_write_is_told_in_one_sentence(void **state)
{
    (void)state;
    static const enum command writes[] = {COMMAND_VERIFY, COMMAND_UNDO};
    const struct person viewer = {.name = "Guest", .role = VALUE_ROLE_VIEWER};
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        struct screen s;
        screen_open(&s, LANG_EN, 24, 80);
        app_set_person(s.app, &viewer);
        open_office(&s);
        int64_t before = ops_of(&s, "chhuk social affairs");
        app_command(s.app, writes[i]);
        assert_shows(&s, message_get(LANG_EN, MSG_WRITE_VIEWER));
        assert_int_equal(ops_of(&s, "chhuk social affairs"), before);
        screen_close(&s);
    }
}

static void a_viewer_answers_nothing_in_a_round(void **state)
{
    (void)state;
    const struct person viewer = {.name = "Guest", .role = VALUE_ROLE_VIEWER};
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    app_set_person(s.app, &viewer);
    open_due(&s);
    char *before = screen_text(&s);
    for (int key = '1'; key <= '4'; key++) {
        app_key(s.app, SPECIAL_NONE, (char32_t)key);
        assert_shows(&s, message_get(LANG_EN, MSG_WRITE_VIEWER));
    }
    screen_press(&s, SPECIAL_CTRL_A, 1); /* means nothing here */
    char *after = screen_text(&s);
    assert_string_equal(before, after);
    free(before);
    free(after);
    screen_close(&s);
}

static void outside_of_the_own_area_a_verification_becomes_a_proposal(void **state)
{
    (void)state;
    struct person other = editor;
    snprintf(other.area, sizeof other.area, "0101");
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    app_set_person(s.app, &other);
    open_office(&s);
    int64_t before = ops_of(&s, "chhuk social affairs");
    screen_press(&s, SPECIAL_F5, 1);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Sent as a proposal");
    assert_int_equal(ops_of(&s, "chhuk social affairs"), before);
    app_command(s.app, COMMAND_PROPOSALS);
    assert_shows(&s, "Sok Dara");
    screen_close(&s);
}

static void each_answer_leads_to_the_next_entry(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_due(&s);
    assert_shows(&s, "0 of ");
    for (int i = 0; i < 5; i++)
        screen_type(&s, i % 2 ? "\u17E1" : "1"); /* either layout */
    assert_shows(&s, "5 of ");
    char *text = screen_text(&s);
    size_t ticks = 0;
    for (const char *at = text; (at = strstr(at, "\u2713")); at++)
        ticks++;
    assert_int_equal(ticks, 5);
    free(text);
    screen_close(&s);
}

static void three_calls_without_an_answer_raise_an_alert(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_due(&s);
    for (int i = 0; i < 3; i++) {
        screen_press(&s, SPECIAL_HOME, 1);
        screen_type(&s, "3");
    }
    assert_shows(&s, "not reached 3 times in a row");
    screen_close(&s);
}

static void a_verification_is_taken_back_from_the_history(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_history(&s);
    assert_shows(&s, "Verification: still right");
    screen_type(&s, "u");
    assert_shows(&s, "This is taken back");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "takes a change back");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    screen_press(&s, SPECIAL_END, 1);
    assert_shows(&s, "never verified");
    screen_close(&s);
}

static void what_the_born_directory_says_cannot_be_undone_by_an_editor_of_elsewhere(void **state)
{
    (void)state;
    struct person other = editor;
    snprintf(other.area, sizeof other.area, "0101");
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    app_set_person(s.app, &other);
    open_office(&s);
    screen_type(&s, "c");
    screen_type(&s, "u");
    assert_shows(&s, "Only an approver of Chhuk District can do this");
    screen_close(&s);
}

static void the_past_is_for_reading_only(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_past(&s);
    assert_shows(&s, "[as of 30/06/2026]");
    screen_press(&s, SPECIAL_END, 1);
    assert_shows(&s, "never verified");
    screen_press(&s, SPECIAL_F5, 1);
    assert_shows(&s, "This is the past");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    assert_hides(&s, "[as of");
    assert_shows(&s, "Verification: still right");
    screen_close(&s);
}

static void the_past_opens_however_deep_one_has_gone(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    for (int i = 0; i < 40; i++) /* more views than are kept */
        app_command(s.app, COMMAND_REPORTS);
    go_past(&s);
    assert_shows(&s, "[as of 30/06/2026]");
    screen_resize(&s, 40, 100);
    screen_press(&s, SPECIAL_END, 1);
    assert_shows(&s, "never verified");
    screen_close(&s);
}

static void the_directory_of_a_day_is_shown_until_one_goes_back(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    app_command(s.app, COMMAND_AS_OF);
    app_command(s.app, COMMAND_CLEAR_TEXT);
    screen_type(&s, "31/02/2026");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "This is no date");
    app_command(s.app, COMMAND_CLEAR_TEXT);
    screen_type(&s, "01/08/2026");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "has not come yet");
    app_command(s.app, COMMAND_CLEAR_TEXT);
    screen_type(&s, "០១/០៧/២០២៦");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "[as of 01/07/2026]");
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "1280");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "[as of 01/07/2026]");
    screen_press(&s, SPECIAL_ESCAPE, 3);
    assert_hides(&s, "[as of");
    assert_shows(&s, "Kampot");
    screen_close(&s);
}

static void a_page_is_written_once_and_replaced_only_when_told_twice(void **state)
{
    (void)state;
    const char *folder = getenv("TMPDIR");
    char path[600];
    struct stat info;
    struct screen s;
    snprintf(path, sizeof path, "%s/page.txt", folder ? folder : "/tmp");
    unlink(path);
    screen_open(&s, LANG_EN, 24, 200);
    open_office(&s);
    for (int time = 0; time < 2; time++) {
        screen_press(&s, SPECIAL_F8, 1);
        screen_press(&s, SPECIAL_DOWN, 1);
        app_command(s.app, COMMAND_CLEAR_TEXT);
        screen_type(&s, path);
        screen_press(&s, SPECIAL_ENTER, 1);
        assert_shows(&s, time ? "is there already" : "Written: ");
    }
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Written: ");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    char *page = golden_read(path);
    assert_non_null(strstr(page, "Chhuk District Office of Social Affairs"));
    assert_non_null(strstr(page, "Printed on 01/07/2026"));
    free(page);
    unlink(path);
    screen_close(&s);
}

static void a_page_that_cannot_be_written_says_so_and_keeps_the_name(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    open_office(&s);
    screen_press(&s, SPECIAL_F8, 1);
    screen_press(&s, SPECIAL_DOWN, 1);
    app_command(s.app, COMMAND_CLEAR_TEXT);
    screen_type(&s, "/nowhere/at/all.txt");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "/nowhere/at/all.txt could not be written");
    screen_close(&s);
}

static void the_menu_runs_what_is_chosen_on_the_view_below(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    open_office(&s);
    screen_press(&s, SPECIAL_F9, 1);
    char *text = screen_text(&s);
    int rows = 0;
    /* Down to "History", wherever it stands. */
    for (const char *at = text; at && !strstr(at, "\u25B8"); at = strchr(at + 1, '\n'))
        ;
    free(text);
    for (; rows < 40; rows++) {
        text = screen_text(&s);
        const char *mark = strstr(text, "\u25B8 History");
        free(text);
        if (mark)
            break;
        screen_press(&s, SPECIAL_DOWN, 1);
    }
    assert_true(rows < 40);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "the directory as it was made");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    assert_shows(&s, "Chhuk District Office");
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_menu_shows_what_can_be_done),
        cmocka_unit_test(forms_ask_who_and_what),
        cmocka_unit_test(the_call_round_shows_what_is_to_be_done),
        cmocka_unit_test(the_history_tells_who_did_what),
        cmocka_unit_test(a_person_is_asked_who_they_are_before_the_first_change),
        cmocka_unit_test(a_colleague_is_switched_to_with_two_keys),
        cmocka_unit_test(still_right_by_telephone_is_two_keys),
        cmocka_unit_test(closing_asks_why_and_keeps_what_was_typed),
        cmocka_unit_test(who_may_not_write_is_told_in_one_sentence),
        cmocka_unit_test(a_viewer_answers_nothing_in_a_round),
        cmocka_unit_test(outside_of_the_own_area_a_verification_becomes_a_proposal),
        cmocka_unit_test(each_answer_leads_to_the_next_entry),
        cmocka_unit_test(three_calls_without_an_answer_raise_an_alert),
        cmocka_unit_test(a_verification_is_taken_back_from_the_history),
        cmocka_unit_test(what_the_born_directory_says_cannot_be_undone_by_an_editor_of_elsewhere),
        cmocka_unit_test(the_past_is_for_reading_only),
        cmocka_unit_test(the_past_opens_however_deep_one_has_gone),
        cmocka_unit_test(the_directory_of_a_day_is_shown_until_one_goes_back),
        cmocka_unit_test(a_page_is_written_once_and_replaced_only_when_told_twice),
        cmocka_unit_test(a_page_that_cannot_be_written_says_so_and_keeps_the_name),
        cmocka_unit_test(the_menu_runs_what_is_chosen_on_the_view_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
