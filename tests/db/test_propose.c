/* Proposals: what an editor may not write waits in the log, apart from the records, until an
 * approver writes it or turns it down. */
#include "fixture.h"

#include "db/propose.h"

static char path[FIXTURE_PATH];

struct world {
    struct db *db;
    struct person editor, approver, foreigner;
    struct uuid service, phone;
};

static struct person person(const char *name, int role, const char *area)
{
    struct person p = {.role = role};
    assert_int_equal(person_set_name(&p, name), STATUS_OK);
    strcpy(p.area, area);
    return p;
}

static int setup(void **state)
{
    struct world *w = mem_zalloc(1, sizeof *w);
    struct save_result result;
    struct uuid organization, location, link;
    fixture_path(path, "propose");
    w->db = fixture_open(path);
    w->editor = person("Dara", VALUE_ROLE_EDITOR, "08");
    w->approver = person("Chief", VALUE_ROLE_APPROVER, "07");
    w->foreigner = person("Other", VALUE_ROLE_APPROVER, "08");
    assert_int_equal(uuid_new(fixture_ms, &organization), STATUS_OK);
    assert_int_equal(uuid_new(fixture_ms, &location), STATUS_OK);
    assert_int_equal(uuid_new(fixture_ms, &link), STATUS_OK);
    assert_int_equal(uuid_new(fixture_ms, &w->service), STATUS_OK);
    assert_int_equal(uuid_new(fixture_ms, &w->phone), STATUS_OK);
    struct field_value fields[][2] = {
        {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Friends")},
        {fixture_text(FIELD_ID(SERVICE, name_en), "Old name"),
         fixture_id(FIELD_ID(SERVICE, organization), organization)},
        {fixture_text(FIELD_ID(LOCATION, area), "0702")},
        {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), w->service),
         fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), location)},
        {fixture_id(FIELD_ID(PHONE, owner), w->service),
         fixture_text(FIELD_ID(PHONE, number), "012345678")},
    };
    const struct {
        enum record_kind kind;
        struct uuid id;
        size_t count;
    } rows[] = {{RECORD_ORGANIZATION, organization, 1},
                {RECORD_SERVICE, w->service, 2},
                {RECORD_LOCATION, location, 1},
                {RECORD_SERVICE_AT_LOCATION, link, 2},
                {RECORD_PHONE, w->phone, 2}};
    struct change changes[5];
    for (size_t i = 0; i < 5; i++)
        changes[i] = (struct change){.kind = OP_CREATE,
                                     .record_kind = rows[i].kind,
                                     .record = rows[i].id,
                                     .fields = fields[i],
                                     .field_count = rows[i].count,
                                     .reason = ""};
    assert_int_equal(person_save(w->db, &w->approver, changes, 5, NULL, &result), STATUS_OK);
    fixture_ms += 60000;
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    db_close(w->db);
    fixture_remove(path);
    free(w);
    return 0;
}

static const char *name_now(struct world *w, struct record_list *list)
{
    assert_int_equal(record_load(w->db, RECORD_SERVICE, &w->service, list), STATUS_OK);
    return record_text(&list->rows[list->count - 1], FIELD_ID(SERVICE, name_en));
}

static void assert_name(struct world *w, const char *name)
{
    struct record_list list = {0};
    assert_string_equal(name_now(w, &list), name);
    record_list_release(&list);
}

static enum status rename_as(struct world *w, const struct person *who, const char *name,
                             struct save_result *ret_result)
{
    struct field_value field = fixture_text(FIELD_ID(SERVICE, name_en), name);
    struct change c = {.kind = OP_SET,
                       .record_kind = RECORD_SERVICE,
                       .record = w->service,
                       .fields = &field,
                       .field_count = 1,
                       .reason = "a letter came"};
    fixture_ms += 60000;
    return person_save(w->db, who, &c, 1, NULL, ret_result);
}

static struct uuid propose(struct world *w, const char *name)
{
    struct save_result result;
    assert_int_equal(rename_as(w, &w->editor, name, &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_PROPOSED);
    assert_string_equal(result.area, "0702");
    fixture_ms += 60000;
    return result.proposal;
}

static void a_change_outside_the_own_area_waits(void **state)
{
    struct world *w = *state;
    struct proposal_list list = {0};
    struct uuid id = propose(w, "New name");
    assert_name(w, "Old name");
    assert_int_equal(proposal_open(w->db, "", &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    const struct proposal *p = &list.rows[0];
    assert_true(uuid_equal(&p->id, &id));
    assert_string_equal(p->actor, "Dara");
    assert_string_equal(p->reason, "a letter came");
    assert_int_equal(p->count, 1);
    assert_int_equal(p->changes[0].kind, OP_SET);
    assert_int_equal(p->changes[0].count, 1);
    const struct proposal_field *f = &p->changes[0].fields[0];
    assert_int_equal(f->field, FIELD_ID(SERVICE, name_en));
    assert_string_equal(f->was.text.bytes, "Old name");
    assert_string_equal(f->proposed.text.bytes, "New name");
    assert_string_equal(f->now.text.bytes, "Old name");
    assert_false(f->moved);
    proposal_list_release(&list);
    assert_int_equal(proposal_open(w->db, "0702", &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    proposal_list_release(&list);
    assert_int_equal(proposal_open(w->db, "08", &list), STATUS_OK);
    assert_int_equal(list.count, 0);
    proposal_list_release(&list);
    assert_int_equal(proposal_about(w->db, &w->service, &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    proposal_list_release(&list);
}

static void an_approved_proposal_is_written_under_both_names(void **state)
{
    struct world *w = *state;
    struct op_list ops = {0};
    struct proposal_list list = {0};
    struct uuid id = propose(w, "New name");
    assert_int_equal(proposal_approve(w->db, &w->approver, &id, "yes", false, NULL), STATUS_OK);
    assert_name(w, "New name");
    assert_int_equal(op_history(w->db, &w->service, &ops), STATUS_OK);
    assert_string_equal(ops.rows[ops.count - 1].actor, "Dara / Chief");
    assert_string_equal(ops.rows[ops.count - 1].reason, "a letter came");
    op_list_release(&ops);
    assert_int_equal(proposal_load(w->db, &id, &list), STATUS_OK);
    assert_int_equal(list.rows[0].answer, PROPOSAL_APPROVED);
    assert_string_equal(list.rows[0].decided_by, "Chief");
    assert_string_equal(list.rows[0].decided_why, "yes");
    proposal_list_release(&list);
    assert_int_equal(proposal_approve(w->db, &w->approver, &id, "", false, NULL), STATUS_CONFLICT);
    assert_int_equal(proposal_open(w->db, "", &list), STATUS_OK);
    assert_int_equal(list.count, 0);
    proposal_list_release(&list);
}

static void a_rejected_proposal_changes_nothing(void **state)
{
    struct world *w = *state;
    struct proposal_list list = {0};
    struct uuid id = propose(w, "New name");
    assert_int_equal(proposal_reject(w->db, &w->approver, &id, "wrong"), STATUS_OK);
    assert_name(w, "Old name");
    assert_int_equal(proposal_load(w->db, &id, &list), STATUS_OK);
    assert_int_equal(list.rows[0].answer, PROPOSAL_REJECTED);
    assert_string_equal(list.rows[0].decided_why, "wrong");
    proposal_list_release(&list);
}

static void only_an_approver_of_the_area_decides(void **state)
{
    struct world *w = *state;
    struct uuid id = propose(w, "New name");
    struct person local = person("Sok", VALUE_ROLE_EDITOR, "0702");
    const struct person *const others[] = {&w->foreigner, &w->editor, &local};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(proposal_approve(w->db, others[i], &id, "", false, NULL),
                         STATUS_FORBIDDEN);
        assert_int_equal(proposal_reject(w->db, others[i], &id, "no"), STATUS_FORBIDDEN);
    }
    assert_name(w, "Old name");
}

static void a_field_changed_meanwhile_is_not_overwritten_unseen(void **state)
{
    struct world *w = *state;
    struct save_result result;
    struct proposal_list list = {0};
    struct uuid id = propose(w, "New name");
    assert_int_equal(rename_as(w, &w->approver, "Third name", &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_WRITTEN);
    assert_int_equal(proposal_load(w->db, &id, &list), STATUS_OK);
    assert_true(list.rows[0].changes[0].fields[0].moved);
    assert_string_equal(list.rows[0].changes[0].fields[0].was.text.bytes, "Old name");
    assert_string_equal(list.rows[0].changes[0].fields[0].now.text.bytes, "Third name");
    proposal_list_release(&list);
    assert_int_equal(proposal_approve(w->db, &w->approver, &id, "", false, NULL), STATUS_CONFLICT);
    assert_name(w, "Third name");
    assert_int_equal(proposal_approve(w->db, &w->approver, &id, "", true, NULL), STATUS_OK);
    assert_name(w, "New name");
}

static void another_field_changed_meanwhile_is_no_obstacle(void **state)
{
    struct world *w = *state;
    struct save_result result;
    struct uuid id = propose(w, "New name");
    struct field_value field = fixture_int(FIELD_ID(SERVICE, minimum_age), 3);
    struct change c = {.kind = OP_SET,
                       .record_kind = RECORD_SERVICE,
                       .record = w->service,
                       .fields = &field,
                       .field_count = 1,
                       .reason = ""};
    assert_int_equal(person_save(w->db, &w->approver, &c, 1, NULL, &result), STATUS_OK);
    assert_int_equal(proposal_approve(w->db, &w->approver, &id, "", false, NULL), STATUS_OK);
    assert_name(w, "New name");
}

static void a_bad_value_is_no_proposal(void **state)
{
    struct world *w = *state;
    struct save_result result;
    struct proposal_list list = {0};
    assert_int_equal(rename_as(w, &w->editor, "a\x01", &result), STATUS_INVALID);
    assert_int_equal(proposal_open(w->db, "", &list), STATUS_OK);
    assert_int_equal(list.count, 0);
    proposal_list_release(&list);
}

static void closing_and_verifying_can_be_proposed(void **state)
{
    struct world *w = *state;
    struct save_result result;
    struct proposal_list list = {0};
    struct field_value said[] = {fixture_int(VERIFY_METHOD, VALUE_METHOD_PHONE),
                                 fixture_int(VERIFY_RESULT, VALUE_RESULT_CLOSED),
                                 fixture_text(VERIFY_NOTE, "They moved away")};
    struct change changes[] = {
        {.kind = OP_VERIFY,
         .record_kind = RECORD_SERVICE,
         .record = w->service,
         .fields = said,
         .field_count = 3,
         .reason = ""},
        {.kind = OP_CLOSE, .record_kind = RECORD_SERVICE, .record = w->service, .reason = "moved"},
    };
    assert_int_equal(person_save(w->db, &w->editor, changes, 2, NULL, &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_PROPOSED);
    assert_int_equal(proposal_load(w->db, &result.proposal, &list), STATUS_OK);
    assert_int_equal(list.rows[0].count, 2);
    assert_int_equal(list.rows[0].changes[1].kind, OP_CLOSE);
    assert_int_equal(list.rows[0].changes[1].fields[0].proposed.integer, VALUE_STATUS_CLOSED);
    proposal_list_release(&list);
    assert_int_equal(proposal_approve(w->db, &w->approver, &result.proposal, "", false, NULL),
                     STATUS_OK);
    struct record_list records = {0};
    assert_int_equal(record_load(w->db, RECORD_SERVICE, &w->service, &records), STATUS_OK);
    assert_int_equal(records.rows[0].status, VALUE_STATUS_CLOSED);
    record_list_release(&records);
}

static void a_new_entry_can_be_proposed_with_what_belongs_to_it(void **state)
{
    struct world *w = *state;
    struct save_result result;
    struct uuid id;
    struct record_list records = {0};
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    struct field_value fields[] = {fixture_id(FIELD_ID(PHONE, owner), w->service),
                                   fixture_text(FIELD_ID(PHONE, number), "023 880 441")};
    struct change c = {.kind = OP_CREATE,
                       .record_kind = RECORD_PHONE,
                       .record = id,
                       .fields = fields,
                       .field_count = 2,
                       .reason = ""};
    assert_int_equal(person_save(w->db, &w->editor, &c, 1, NULL, &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_PROPOSED);
    assert_int_equal(record_load(w->db, RECORD_PHONE, &id, &records), STATUS_NOT_FOUND);
    assert_int_equal(proposal_approve(w->db, &w->approver, &result.proposal, "", false, NULL),
                     STATUS_OK);
    assert_int_equal(record_load(w->db, RECORD_PHONE, &id, &records), STATUS_OK);
    assert_string_equal(record_text(&records.rows[0], FIELD_ID(PHONE, number)), "+85523880441");
    record_list_release(&records);
}

static void under_review_an_editor_of_the_area_proposes_too(void **state)
{
    struct world *w = *state;
    struct save_result result;
    struct review_list areas = {0};
    struct person local = person("Sok", VALUE_ROLE_EDITOR, "0702");
    assert_int_equal(rename_as(w, &local, "By Sok", &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_WRITTEN);
    assert_int_equal(review_set(w->db, &local, "0702", true), STATUS_FORBIDDEN);
    assert_int_equal(review_set(w->db, &w->approver, "0799", true), STATUS_NOT_FOUND);
    assert_int_equal(review_set(w->db, &w->approver, "07", true), STATUS_OK);
    assert_int_equal(review_list(w->db, &areas), STATUS_OK);
    assert_int_equal(areas.count, 1);
    assert_string_equal(areas.rows[0].area, "07");
    assert_string_equal(areas.rows[0].actor, "Chief");
    review_list_release(&areas);
    assert_int_equal(rename_as(w, &local, "Again", &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_PROPOSED);
    assert_int_equal(rename_as(w, &w->approver, "Chiefly", &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_WRITTEN);
    fixture_ms += 1000;
    assert_int_equal(review_set(w->db, &w->approver, "07", false), STATUS_OK);
    assert_int_equal(rename_as(w, &local, "At once", &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_WRITTEN);
}

static void folding_the_log_again_gives_the_same_proposals(void **state)
{
    struct world *w = *state;
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    struct uuid first = propose(w, "First"), second = propose(w, "Second");
    propose(w, "Third");
    assert_int_equal(proposal_approve(w->db, &w->approver, &first, "", false, NULL), STATUS_OK);
    assert_int_equal(proposal_reject(w->db, &w->approver, &second, "no"), STATUS_OK);
    assert_int_equal(review_set(w->db, &w->approver, "0702", true), STATUS_OK);
    assert_int_equal(op_state_hash(w->db, before), STATUS_OK);
    assert_int_equal(op_fold_all(w->db), STATUS_OK);
    assert_int_equal(op_state_hash(w->db, after), STATUS_OK);
    assert_memory_equal(before, after, SHA256_BYTES);
    assert_int_equal(op_check_chain(w->db), STATUS_OK);
}

static void what_a_person_wrote_elsewhere_only_others_take_back(void **state)
{
    struct world *w = *state;
    struct save_result result;
    struct op_ref undo;
    assert_int_equal(rename_as(w, &w->approver, "Typo", &result), STATUS_OK);
    assert_int_equal(person_undo(w->db, &w->editor, &result.save, "", NULL, &undo),
                     STATUS_FORBIDDEN);
    assert_name(w, "Typo");
    assert_int_equal(person_undo(w->db, &w->approver, &result.save, "", NULL, &undo), STATUS_OK);
    assert_name(w, "Old name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_change_outside_the_own_area_waits, setup, teardown),
        cmocka_unit_test_setup_teardown(an_approved_proposal_is_written_under_both_names, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_rejected_proposal_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(only_an_approver_of_the_area_decides, setup, teardown),
        cmocka_unit_test_setup_teardown(a_field_changed_meanwhile_is_not_overwritten_unseen, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(another_field_changed_meanwhile_is_no_obstacle, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_bad_value_is_no_proposal, setup, teardown),
        cmocka_unit_test_setup_teardown(closing_and_verifying_can_be_proposed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_new_entry_can_be_proposed_with_what_belongs_to_it, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(under_review_an_editor_of_the_area_proposes_too, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(folding_the_log_again_gives_the_same_proposals, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(what_a_person_wrote_elsewhere_only_others_take_back, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
