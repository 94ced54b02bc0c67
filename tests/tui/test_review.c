/* Proposals and duplicates on the screens, over a fresh copy of the born directory with two entries
 * for one service. */
#include "db/apart.h"
#include "db/op.h"
#include "db/propose.h"
#include "db/search.h"
#include "tests/tui/screen.h"

static const struct person approver = {.name = "Chan Thy",
                                       .office = "DoSVY Kampot",
                                       .role = VALUE_ROLE_APPROVER,
                                       .area = "07"},
                           editor = {.name = "Sok Dara", .role = VALUE_ROLE_EDITOR, .area = "0101"};

#define TEXT(number, words)                                                                        \
    {                                                                                              \
        number,                                                                                    \
        {                                                                                          \
            .type = VALUE_TEXT, .text = { words, sizeof words - 1 }                                \
        }                                                                                          \
    }
#define INT(number, value)                                                                         \
    {                                                                                              \
        number,                                                                                    \
        {                                                                                          \
            .type = VALUE_INT, .integer = value                                                    \
        }                                                                                          \
    }
#define ID(number, value)                                                                          \
    {                                                                                              \
        number,                                                                                    \
        {                                                                                          \
            .type = VALUE_ID, .id = value                                                          \
        }                                                                                          \
    }

/* The organization that runs Chhuk's office of social affairs. */
static struct uuid organization_of(struct screen *s)
{
    struct query q = {.words = "chhuk social affairs", .limit = 1};
    struct result found;
    struct record_list list = {0};
    assert_int_equal(search_run(s->db, &q, &found), STATUS_OK);
    assert_int_equal(record_load(s->db, RECORD_SERVICE, &found.rows[0].id, &list), STATUS_OK);
    struct uuid id = record_value(&list.rows[0], FIELD_ID(SERVICE, organization))->id;
    result_release(&found);
    record_list_release(&list);
    return id;
}

/* A service of Chhuk with a number of its own making. */
static void add_service(struct screen *s, int made, const struct field_value *names, size_t count)
{
    char name[32];
    snprintf(name, sizeof name, "test/%d", made);
    struct uuid service = uuid_from_name(name);
    snprintf(name, sizeof name, "test/%d/area", made);
    struct uuid area = uuid_from_name(name);
    snprintf(name, sizeof name, "test/%d/phone", made);
    struct uuid phone = uuid_from_name(name);
    struct field_value fields[8];
    memcpy(fields, names, count * sizeof *fields);
    fields[count++] = (struct field_value)ID(FIELD_ID(SERVICE, organization), organization_of(s));
    const struct field_value place[] = {ID(FIELD_ID(SERVICE_AREA, service), service),
                                        TEXT(FIELD_ID(SERVICE_AREA, area), "0703")},
                             number[] = {ID(FIELD_ID(PHONE, owner), service),
                                         TEXT(FIELD_ID(PHONE, number), "+85512311999"),
                                         INT(FIELD_ID(PHONE, kind), VALUE_PHONE_KIND_MOBILE)};
    const struct change changes[] = {
        {.kind = OP_CREATE,
         .record_kind = RECORD_SERVICE,
         .record = service,
         .fields = fields,
         .field_count = count,
         .area = "0703",
         .actor = "Test",
         .reason = ""},
        {.kind = OP_CREATE,
         .record_kind = RECORD_SERVICE_AREA,
         .record = area,
         .fields = place,
         .field_count = 2,
         .area = "0703",
         .actor = "Test",
         .reason = ""},
        {.kind = OP_CREATE,
         .record_kind = RECORD_PHONE,
         .record = phone,
         .fields = number,
         .field_count = 3,
         .area = "0703",
         .actor = "Test",
         .reason = ""},
    };
    struct op_refusal refusal = {0};
    enum status status = op_append_all(s->db, changes, 3, &refusal, NULL);
    if (status)
        fail_msg("change %zu, field %d: %d", refusal.change, refusal.field, (int)status);
}

static void add_twins(struct screen *s)
{
    const struct field_value first[] = {TEXT(FIELD_ID(SERVICE, name_km), "មណ្ឌលក្តីសង្ឃឹម"),
                                        TEXT(FIELD_ID(SERVICE, name_en), "Hope Centre"),
                                        INT(FIELD_ID(SERVICE, minimum_age), 5)},
                             second[] = {TEXT(FIELD_ID(SERVICE, name_en), "Hope Center"),
                                         TEXT(FIELD_ID(SERVICE, description_en),
                                              "A day centre for children."),
                                         INT(FIELD_ID(SERVICE, minimum_age), 6)};
    add_service(s, 1, first, 3);
    add_service(s, 2, second, 3);
    app_set_person(s->app, &approver);
    app_reload(s->app);
}

static void go_duplicates(struct screen *s)
{
    add_twins(s);
    app_command(s->app, COMMAND_DUPLICATES);
}

static void go_merge(struct screen *s)
{
    go_duplicates(s);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_merge_result(struct screen *s)
{
    go_merge(s);
    screen_press(s, SPECIAL_RIGHT, 1);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void open_office(struct screen *s)
{
    screen_press(s, SPECIAL_F3, 1);
    screen_type(s, "chhuk social affairs");
    screen_press(s, SPECIAL_ENTER, 1);
}

/* Somebody of elsewhere verifies the office of Chhuk, and changes its name. */
static void propose(struct screen *s)
{
    struct query q = {.words = "chhuk social affairs", .limit = 1};
    struct result found;
    struct save_result saved;
    assert_int_equal(search_run(s->db, &q, &found), STATUS_OK);
    struct uuid id = found.rows[0].id;
    result_release(&found);
    const struct field_value fields[] = {TEXT(FIELD_ID(SERVICE, name_en), "Chhuk Office"),
                                         TEXT(FIELD_ID(SERVICE, fees_en), "Free")};
    const struct change change = {.kind = OP_SET,
                                  .record_kind = RECORD_SERVICE,
                                  .record = id,
                                  .fields = fields,
                                  .field_count = 2,
                                  .area = "",
                                  .actor = "",
                                  .reason = "They told me on the phone"};
    assert_int_equal(person_save(s->db, &editor, &change, 1, NULL, &saved), STATUS_OK);
    assert_int_equal(saved.outcome, SAVE_PROPOSED);
    app_set_person(s->app, &approver);
}

static void go_review(struct screen *s)
{
    propose(s);
    app_command(s->app, COMMAND_PROPOSALS);
}

static void go_reject(struct screen *s)
{
    go_review(s);
    screen_type(s, "r");
}

static void pairs_are_listed_with_the_reason(void **state)
{
    (void)state;
    golden_everywhere("duplicates", go_duplicates);
}

static void twins_stand_side_by_side(void **state)
{
    (void)state;
    golden_everywhere("merge", go_merge);
    golden_everywhere("merge_result", go_merge_result);
}

static void a_proposal_shows_what_was_what_is_proposed_and_what_is(void **state)
{
    (void)state;
    golden_everywhere("review", go_review);
    golden_everywhere("review_reject", go_reject);
}

static void without_pairs_and_proposals_the_lists_say_so(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    app_command(s.app, COMMAND_DUPLICATES);
    assert_shows(&s, message_get(LANG_EN, MSG_DUPLICATES_NONE));
    app_command(s.app, COMMAND_PROPOSALS);
    assert_shows(&s, message_get(LANG_EN, MSG_REVIEW_NONE));
    screen_close(&s);
}

static void a_pair_is_said_to_be_two_and_taken_back_by_one_key(void **state)
{
    (void)state;
    struct screen s;
    struct apart_list list;
    screen_open(&s, LANG_EN, 24, 80);
    go_duplicates(&s);
    app_command(s.app, COMMAND_APART);
    assert_shows(&s, message_get(LANG_EN, MSG_DUPLICATES_APART));
    assert_shows(&s, message_get(LANG_EN, MSG_DUPLICATES_ARE_TWO));
    assert_int_equal(apart_load(s.db, &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    apart_list_release(&list);
    app_command(s.app, COMMAND_APART);
    assert_shows(&s, message_get(LANG_EN, MSG_DUPLICATES_TOGETHER));
    app_command(s.app, COMMAND_APART);
    app_reload(s.app);
    assert_shows(&s, message_get(LANG_EN, MSG_DUPLICATES_NONE));
    screen_close(&s);
}

static void merging_leaves_one_entry_with_what_was_chosen(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_merge(&s);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "One entry remains");
    screen_type(&s, "the same people");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Merged.");
    screen_press(&s, SPECIAL_ESCAPE, 1);
    assert_shows(&s, message_get(LANG_EN, MSG_DUPLICATES_NONE));
    struct query q = {.words = "hope", .limit = 10};
    struct result found;
    assert_int_equal(search_run(s.db, &q, &found), STATUS_OK);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.rows[0].phones, "+85512311999");
    result_release(&found);
    /* What only the one that went knew is known now, and one undo restores both. */
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "hope");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "A day centre for children.");
    screen_type(&s, "u");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "Taken back.");
    assert_int_equal(search_run(s.db, &q, &found), STATUS_OK);
    assert_int_equal(found.count, 2);
    result_release(&found);
    screen_close(&s);
}

static void tab_changes_which_entry_stays(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 60, 200);
    go_merge(&s);
    char *before = screen_text(&s);
    screen_press(&s, SPECIAL_TAB, 1);
    char *swapped = screen_text(&s);
    assert_string_not_equal(before, swapped);
    screen_press(&s, SPECIAL_TAB, 1);
    char *after = screen_text(&s);
    assert_string_equal(before, after);
    free(before);
    free(swapped);
    free(after);
    screen_close(&s);
}

static void a_viewer_may_look_at_twins_but_not_merge(void **state)
{
    (void)state;
    const struct person viewer = {.name = "Guest", .role = VALUE_ROLE_VIEWER};
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_merge(&s);
    app_set_person(s.app, &viewer);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, "A viewer only reads");
    screen_close(&s);
}

static void approving_changes_the_entry_under_both_names(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_review(&s);
    assert_shows(&s, "proposed: Chhuk Office");
    screen_type(&s, "y");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, message_get(LANG_EN, MSG_REVIEW_APPROVED));
    assert_shows(&s, message_get(LANG_EN, MSG_REVIEW_NONE));
    screen_press(&s, SPECIAL_ESCAPE, 1);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "chhuk office");
    screen_press(&s, SPECIAL_ENTER, 1);
    screen_type(&s, "c");
    assert_shows(&s, "Sok Dara");
    assert_shows(&s, "Chan Thy");
    screen_close(&s);
}

static void rejecting_needs_a_reason_and_changes_nothing(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_reject(&s);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, message_get(LANG_EN, MSG_REVIEW_NEED_REASON));
    screen_type(&s, "Not true");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, message_get(LANG_EN, MSG_REVIEW_REJECTED));
    screen_press(&s, SPECIAL_ESCAPE, 1);
    open_office(&s);
    assert_shows(&s, "Chhuk District Office of Social Affairs");
    screen_close(&s);
}

static void who_is_no_approver_there_decides_nothing(void **state)
{
    (void)state;
    struct person other = approver;
    snprintf(other.area, sizeof other.area, "01");
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_review(&s);
    app_set_person(s.app, &other);
    screen_type(&s, "y");
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_shows(&s, message_get(LANG_EN, MSG_REVIEW_NOT_YOURS));
    screen_press(&s, SPECIAL_ESCAPE, 1);
    assert_shows(&s, "Sok Dara");
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_listed_with_the_reason),
        cmocka_unit_test(twins_stand_side_by_side),
        cmocka_unit_test(a_proposal_shows_what_was_what_is_proposed_and_what_is),
        cmocka_unit_test(without_pairs_and_proposals_the_lists_say_so),
        cmocka_unit_test(a_pair_is_said_to_be_two_and_taken_back_by_one_key),
        cmocka_unit_test(merging_leaves_one_entry_with_what_was_chosen),
        cmocka_unit_test(tab_changes_which_entry_stays),
        cmocka_unit_test(a_viewer_may_look_at_twins_but_not_merge),
        cmocka_unit_test(approving_changes_the_entry_under_both_names),
        cmocka_unit_test(rejecting_needs_a_reason_and_changes_nothing),
        cmocka_unit_test(who_is_no_approver_there_decides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
