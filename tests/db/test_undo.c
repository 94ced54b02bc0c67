/* Saves of many changes, taking them back, and merging: all or nothing, and back to the start. */
#include "saving.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "undo");
    *state = fixture_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static int64_t count_rows(struct db *db, const char *sql)
{
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static bool is_there(struct db *db, enum record_kind kind, struct uuid id)
{
    bool there;
    assert_int_equal(record_exists(db, kind, &id, &there), STATUS_OK);
    return there;
}

static void assert_text(struct db *db, enum record_kind kind, struct uuid id, int field,
                        const char *want)
{
    struct record_list list = {0};
    assert_int_equal(record_load(db, kind, &id, &list), STATUS_OK);
    const char *text = record_text(&list.rows[0], field);
    if (want)
        assert_string_equal(text, want);
    else
        assert_null(text);
    record_list_release(&list);
}

/* --- one save of many changes --------------------------------------------------------------- */

static void records_of_one_save_point_to_each_other(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct op_ref save = saving_entry(db, "Refuge", "012 345 678", &e);
    assert_true(is_there(db, RECORD_SERVICE, e.service));
    assert_true(is_there(db, RECORD_PHONE, e.phone));
    struct op_list ops;
    assert_int_equal(op_of_save(db, &save, &ops), STATUS_OK);
    assert_int_equal(ops.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(ops.rows[i].part, (int64_t)i);
    op_list_release(&ops);
    save.seq += 2; /* any op of it tells the whole save */
    assert_int_equal(op_of_save(db, &save, &ops), STATUS_OK);
    assert_int_equal(ops.count, 4);
    op_list_release(&ops);
    saving_set_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en), "Other", &save);
    assert_int_equal(op_of_save(db, &save, &ops), STATUS_OK);
    assert_int_equal(ops.count, 1);
    op_list_release(&ops);
}

static void a_save_is_stored_whole_or_not_at_all(void **state)
{
    struct db *db = *state;
    struct entry e;
    saving_entry(db, "Refuge", "012 345 678", &e);
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    saving_hash(db, before);
    int64_t ops = count_rows(db, "SELECT count(*) FROM op");
    struct uuid nobody = uuid_from_name("nobody"), id = saving_id();
    struct field_value name[] = {fixture_text(FIELD_ID(SERVICE, name_en), "New")};
    struct field_value bad[] = {fixture_text(FIELD_ID(PHONE, number), "no number")};
    struct field_value lost[] = {fixture_text(FIELD_ID(PHONE, number), "012 333 444"),
                                 fixture_id(FIELD_ID(PHONE, owner), nobody)};
    struct field_value none[] = {fixture_text(FIELD_ID(PHONE, number), "012 333 444")};
    const struct {
        struct change second;
        enum status status;
        int field;
    } rows[] = {
        {saving_change(OP_SET, RECORD_PHONE, e.phone, bad, 1), STATUS_INVALID,
         FIELD_ID(PHONE, number)},
        {saving_change(OP_CREATE, RECORD_PHONE, id, lost, 2), STATUS_INVALID,
         FIELD_ID(PHONE, owner)},
        {saving_change(OP_CREATE, RECORD_PHONE, id, none, 1), STATUS_INVALID,
         FIELD_ID(PHONE, owner)},
        {saving_change(OP_SET, RECORD_PHONE, nobody, none, 1), STATUS_NOT_FOUND, 0},
        {saving_change(OP_CREATE, RECORD_PHONE, e.phone, none, 1), STATUS_CONFLICT, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct change changes[] = {saving_change(OP_SET, RECORD_SERVICE, e.service, name, 1),
                                   rows[i].second};
        struct op_refusal refusal = {0};
        assert_int_equal(op_append_all(db, changes, 2, &refusal, NULL), rows[i].status);
        assert_int_equal(refusal.change, 1);
        assert_int_equal(refusal.field, rows[i].field);
        saving_hash(db, after);
        assert_memory_equal(before, after, sizeof before);
    }
    assert_int_equal(count_rows(db, "SELECT count(*) FROM op"), ops);
    assert_int_equal(op_check_chain(db), STATUS_OK);
}

static void a_save_is_refused_when_one_of_its_records_was_changed_meanwhile(void **state)
{
    struct db *db = *state;
    struct entry e;
    saving_entry(db, "Refuge", "012 345 678", &e);
    struct seen service, phone;
    assert_int_equal(op_seen(db, &e.service, &service), STATUS_OK);
    assert_int_equal(op_seen(db, &e.phone, &phone), STATUS_OK);
    saving_set_text(db, RECORD_PHONE, e.phone, FIELD_ID(PHONE, number), "011 222 333", NULL);
    struct field_value name[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Mine")};
    struct field_value number[] = {fixture_text(FIELD_ID(PHONE, number), "010 000 001")};
    struct change changes[] = {saving_change(OP_SET, RECORD_SERVICE, e.service, name, 1),
                               saving_change(OP_SET, RECORD_PHONE, e.phone, number, 1)};
    changes[0].seen = &service;
    changes[1].seen = &phone;
    struct op_refusal refusal = {0};
    assert_int_equal(op_append_all(db, changes, 2, &refusal, NULL), STATUS_CONFLICT);
    assert_int_equal(refusal.change, 1);
    assert_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en), "Refuge");
    assert_int_equal(op_seen(db, &e.phone, &phone), STATUS_OK);
    assert_int_equal(op_append_all(db, changes, 2, &refusal, NULL), STATUS_OK);
    assert_text(db, RECORD_PHONE, e.phone, FIELD_ID(PHONE, number), "+85510000001");
}

static void one_save_may_change_a_record_twice(void **state)
{
    struct db *db = *state;
    struct entry e;
    saving_entry(db, "Refuge", "012 345 678", &e);
    struct seen seen;
    assert_int_equal(op_seen(db, &e.service, &seen), STATUS_OK);
    struct field_value verified[] = {fixture_int(VERIFY_METHOD, VALUE_METHOD_PHONE),
                                     fixture_int(VERIFY_RESULT, VALUE_RESULT_CLOSED)};
    struct change changes[] = {saving_change(OP_VERIFY, RECORD_SERVICE, e.service, verified, 2),
                               saving_change(OP_CLOSE, RECORD_SERVICE, e.service, NULL, 0)};
    changes[0].seen = changes[1].seen = &seen;
    struct op_ref save = saving_save(db, changes, 2);
    struct record_list list = {0};
    assert_int_equal(record_load(db, RECORD_SERVICE, &e.service, &list), STATUS_OK);
    assert_int_equal(list.rows[0].status, VALUE_STATUS_CLOSED);
    record_list_release(&list);
    assert_int_equal(saving_undo(db, save, NULL), STATUS_OK);
    assert_int_equal(record_load(db, RECORD_SERVICE, &e.service, &list), STATUS_OK);
    assert_int_equal(list.rows[0].status, VALUE_STATUS_ACTIVE);
    record_list_release(&list);
    assert_int_equal(count_rows(db, "SELECT count(*) FROM verification"), 0);
}

/* --- undo ------------------------------------------------------------------------------------- */

static void an_undone_save_leaves_no_trace_in_the_tables(void **state)
{
    struct db *db = *state;
    struct entry first, e;
    saving_entry(db, "Refuge", "012 345 678", &first);
    uint8_t before[SHA256_BYTES], made[SHA256_BYTES], after[SHA256_BYTES];
    saving_hash(db, before);
    struct op_ref save = saving_entry(db, "Second", "012 999 888", &e);
    saving_hash(db, made);
    assert_int_equal(saving_undo(db, save, NULL), STATUS_OK);
    saving_hash(db, after);
    assert_memory_equal(before, after, sizeof before);
    assert_false(is_there(db, RECORD_SERVICE, e.service));
    assert_int_equal(count_rows(db, "SELECT count(*) FROM search_row"), 1);
    /* what is no more cannot be changed, nor pointed to, nor made again under its id */
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), "X")};
    assert_int_equal(fixture_change(db, OP_SET, RECORD_SERVICE, e.service, f, 1, NULL),
                     STATUS_NOT_FOUND);
    struct field_value owner[] = {fixture_id(FIELD_ID(PHONE, owner), e.service)};
    assert_int_equal(fixture_change(db, OP_SET, RECORD_PHONE, first.phone, owner, 1, NULL),
                     STATUS_INVALID);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_SERVICE, e.service, f, 1, NULL),
                     STATUS_CONFLICT);
    /* undo of the undo does it again */
    struct op_ref redo;
    assert_int_equal(undo_find_redo(db, NULL, NULL, &redo), STATUS_OK);
    assert_int_equal(saving_undo(db, redo, NULL), STATUS_OK);
    saving_hash(db, after);
    assert_memory_equal(made, after, sizeof made);
    assert_int_equal(op_check_chain(db), STATUS_OK);
}

static void what_something_later_depends_on_is_not_undone(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct op_ref made = saving_entry(db, "Refuge", "012 345 678", &e), first, second, other;
    enum undo_reason why;
    saving_set_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en), "One", &first);
    saving_set_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en), "Two", &second);
    saving_set_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, fees_en), "none", &other);
    struct undo_blocks blocks;
    assert_int_equal(undo_check(db, &first, &blocks), STATUS_OK);
    assert_int_equal(blocks.count, 1);
    assert_int_equal(blocks.rows[0].reason, UNDO_CHANGED);
    assert_int_equal(blocks.rows[0].field, FIELD_ID(SERVICE, name_en));
    assert_int_equal(blocks.rows[0].op.seq, second.seq);
    assert_string_equal(blocks.rows[0].actor, "Sok");
    undo_blocks_release(&blocks);
    assert_int_equal(saving_undo(db, made, &why), STATUS_CONFLICT);
    assert_int_equal(why, UNDO_CHANGED);
    /* another field does not matter, and walking back does not either */
    assert_int_equal(saving_undo(db, second, NULL), STATUS_OK);
    assert_int_equal(saving_undo(db, second, &why), STATUS_CONFLICT);
    assert_int_equal(why, UNDO_DONE_ALREADY);
    assert_int_equal(saving_undo(db, first, NULL), STATUS_OK);
    assert_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en), "Refuge");
    assert_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, fees_en), "none");
    assert_int_equal(saving_undo(db, other, NULL), STATUS_OK);
    assert_int_equal(saving_undo(db, made, NULL), STATUS_OK);
    assert_int_equal(count_rows(db, "SELECT count(*) FROM service"), 0);
}

static void what_was_confirmed_is_not_undone(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct op_ref set, verified;
    enum undo_reason why;
    saving_entry(db, "Refuge", "012 345 678", &e);
    saving_set_text(db, RECORD_PHONE, e.phone, FIELD_ID(PHONE, number), "011 222 333", &set);
    saving_verify(db, e.service, VALUE_RESULT_NOT_REACHED);
    assert_int_equal(undo_check(db, &set, &(struct undo_blocks){0}), STATUS_OK);
    verified = saving_verify(db, e.service, VALUE_RESULT_STILL_RIGHT);
    assert_int_equal(saving_undo(db, set, &why), STATUS_CONFLICT);
    assert_int_equal(why, UNDO_VERIFIED);
    assert_int_equal(saving_undo(db, verified, NULL), STATUS_OK);
    assert_int_equal(saving_undo(db, set, NULL), STATUS_OK);
    assert_text(db, RECORD_PHONE, e.phone, FIELD_ID(PHONE, number), "+85512345678");
}

static void what_others_point_to_is_not_undone(void **state)
{
    struct db *db = *state;
    struct uuid organization = saving_id(), service = saving_id();
    enum undo_reason why;
    struct field_value name[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Org")};
    struct op_ref made = saving_one(db, OP_CREATE, RECORD_ORGANIZATION, organization, name, 1);
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Service"),
                              fixture_id(FIELD_ID(SERVICE, organization), organization)};
    struct op_ref later = saving_one(db, OP_CREATE, RECORD_SERVICE, service, f, 2);
    assert_int_equal(saving_undo(db, made, &why), STATUS_CONFLICT);
    assert_int_equal(why, UNDO_REFERRED);
    assert_int_equal(saving_undo(db, later, NULL), STATUS_OK);
    assert_int_equal(saving_undo(db, made, NULL), STATUS_OK);
    /* done again, the service would point to nobody */
    struct op_ref redo = {0};
    struct op_list ops;
    assert_int_equal(op_history(db, &service, &ops), STATUS_OK);
    redo = ops.rows[1].op;
    op_list_release(&ops);
    assert_int_equal(saving_undo(db, redo, &why), STATUS_CONFLICT);
    assert_int_equal(why, UNDO_RULE);
}

static void an_undo_keeps_the_rules_over_several_fields(void **state)
{
    struct db *db = *state;
    struct entry e;
    enum undo_reason why;
    saving_entry(db, "Refuge", "012 345 678", &e);
    struct field_value oldest[] = {fixture_int(FIELD_ID(SERVICE, maximum_age), 10)};
    saving_one(db, OP_SET, RECORD_SERVICE, e.service, oldest, 1);
    oldest[0].value.integer = 17;
    struct op_ref raised = saving_one(db, OP_SET, RECORD_SERVICE, e.service, oldest, 1);
    struct field_value youngest[] = {fixture_int(FIELD_ID(SERVICE, minimum_age), 12)};
    saving_one(db, OP_SET, RECORD_SERVICE, e.service, youngest, 1);
    assert_int_equal(saving_undo(db, raised, &why), STATUS_CONFLICT);
    assert_int_equal(why, UNDO_RULE);
}

static void undo_walks_back_and_redo_forward(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct op_ref save;
    uint8_t start[SHA256_BYTES], steps[4][SHA256_BYTES], now[SHA256_BYTES];
    saving_hash(db, start);
    saving_entry(db, "Refuge", "012 345 678", &e);
    saving_hash(db, steps[0]);
    static const char *const names[] = {"One", "Two", "Three"};
    for (int i = 0; i < 3; i++) {
        saving_set_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en), names[i], NULL);
        saving_hash(db, steps[i + 1]);
    }
    for (int i = 2; i >= -1; i--) {
        assert_int_equal(undo_find(db, NULL, "Sok", &save), STATUS_OK);
        assert_int_equal(saving_undo(db, save, NULL), STATUS_OK);
        saving_hash(db, now);
        assert_memory_equal(now, i < 0 ? start : steps[i], sizeof now);
    }
    assert_int_equal(undo_find(db, NULL, NULL, &save), STATUS_NOT_FOUND);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(undo_find_redo(db, &e.service, NULL, &save), STATUS_OK);
        assert_int_equal(saving_undo(db, save, NULL), STATUS_OK);
        saving_hash(db, now);
        assert_memory_equal(now, steps[i], sizeof now);
    }
    assert_int_equal(undo_find_redo(db, NULL, NULL, &save), STATUS_NOT_FOUND);
    assert_int_equal(undo_find(db, &e.service, "Nobody", &save), STATUS_NOT_FOUND);
    assert_int_equal(undo_find(db, &e.service, NULL, &save), STATUS_OK);
}

/* --- merge ------------------------------------------------------------------------------------ */

struct pair {
    struct entry stays, goes;
    struct uuid second_phone;
};

static void make_pair(struct db *db, struct pair *p)
{
    saving_entry(db, "Refuge", "012 345 678", &p->stays);
    saving_entry(db, "The Refuge", "012 345 678", &p->goes);
    p->second_phone = saving_id();
    struct field_value f[] = {fixture_text(FIELD_ID(PHONE, number), "011 222 333"),
                              fixture_id(FIELD_ID(PHONE, owner), p->goes.service)};
    saving_one(db, OP_CREATE, RECORD_PHONE, p->second_phone, f, 2);
}

static struct merge merge_of(const struct pair *p, const struct field_value *fields, size_t count)
{
    return (struct merge){RECORD_SERVICE, p->goes.service, p->stays.service, NULL,  NULL,
                          fields,         count,           "0702",           "Sok", "twice"};
}

static void a_merge_moves_what_belongs_to_one_to_the_other(void **state)
{
    struct db *db = *state;
    struct pair p;
    struct detail d;
    make_pair(db, &p);
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, fees_en), "none")};
    struct merge m = merge_of(&p, f, 1);
    struct op_ref save;
    uint8_t before[SHA256_BYTES], merged[SHA256_BYTES], after[SHA256_BYTES];
    saving_hash(db, before);
    assert_int_equal(merge_records(db, &m, NULL, &save), STATUS_OK);
    saving_hash(db, merged);
    /* an old link to the other one shows the one that stayed */
    assert_int_equal(detail_load(db, &p.goes.service, &d), STATUS_OK);
    assert_true(uuid_equal(&d.service.rows[0].id, &p.stays.service));
    assert_string_equal(record_text(&d.service.rows[0], FIELD_ID(SERVICE, fees_en)), "none");
    assert_int_equal(d.phones.count, 2); /* the number both had is there once */
    assert_int_equal(d.areas.count, 1);
    detail_release(&d);
    /* neither can be merged again, and one undo restores both */
    assert_int_equal(merge_records(db, &m, NULL, NULL), STATUS_INVALID);
    assert_int_equal(saving_undo(db, save, NULL), STATUS_OK);
    saving_hash(db, after);
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(detail_load(db, &p.goes.service, &d), STATUS_OK);
    assert_true(uuid_equal(&d.service.rows[0].id, &p.goes.service));
    assert_int_equal(d.phones.count, 2);
    detail_release(&d);
    assert_int_equal(op_fold_all(db), STATUS_OK);
    saving_hash(db, after);
    assert_memory_equal(before, after, sizeof before);
}

static void a_merge_of_organizations_takes_their_services_along(void **state)
{
    struct db *db = *state;
    struct pair p;
    struct detail d;
    make_pair(db, &p);
    struct merge m = merge_of(&p, NULL, 0);
    m.kind = RECORD_ORGANIZATION;
    m.from = p.goes.organization;
    m.into = p.stays.organization;
    assert_int_equal(merge_records(db, &m, NULL, NULL), STATUS_OK);
    assert_int_equal(detail_load(db, &p.goes.service, &d), STATUS_OK);
    assert_true(uuid_equal(&d.service.rows[0].id, &p.goes.service));
    assert_true(uuid_equal(&d.organization.rows[0].id, &p.stays.organization));
    detail_release(&d);
    assert_int_equal(detail_load(db, &p.goes.organization, &d), STATUS_OK);
    detail_release(&d);
}

static void a_stale_or_impossible_merge_is_refused(void **state)
{
    struct db *db = *state;
    struct pair p;
    struct seen seen;
    make_pair(db, &p);
    struct merge m = merge_of(&p, NULL, 0);
    assert_int_equal(op_seen(db, &p.stays.service, &seen), STATUS_OK);
    saving_set_text(db, RECORD_SERVICE, p.stays.service, FIELD_ID(SERVICE, fees_en), "5", NULL);
    m.into_seen = &seen;
    assert_int_equal(merge_records(db, &m, NULL, NULL), STATUS_CONFLICT);
    m = merge_of(&p, NULL, 0);
    m.into = m.from;
    assert_int_equal(merge_records(db, &m, NULL, NULL), STATUS_INVALID);
    m.into = uuid_from_name("nobody");
    assert_int_equal(merge_records(db, &m, NULL, NULL), STATUS_NOT_FOUND);
    m = merge_of(&p, NULL, 0);
    m.kind = RECORD_PHONE;
    assert_int_equal(merge_records(db, &m, NULL, NULL), STATUS_INVALID);
}

/* --- verification ------------------------------------------------------------------------------
 */

static void three_calls_in_vain_in_a_row_are_an_alert(void **state)
{
    struct db *db = *state;
    struct entry e;
    int times = -1;
    saving_entry(db, "Refuge", "012 345 678", &e);
    assert_int_equal(op_not_reached(db, &e.service, &times), STATUS_OK);
    assert_int_equal(times, 0);
    saving_verify(db, e.service, VALUE_RESULT_NOT_REACHED);
    saving_verify(db, e.service, VALUE_RESULT_STILL_RIGHT);
    for (int i = 0; i < NOT_REACHED_ALERT; i++)
        saving_verify(db, e.service, VALUE_RESULT_NOT_REACHED);
    assert_int_equal(op_not_reached(db, &e.service, &times), STATUS_OK);
    assert_int_equal(times, NOT_REACHED_ALERT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(records_of_one_save_point_to_each_other),
        TEST(a_save_is_stored_whole_or_not_at_all),
        TEST(a_save_is_refused_when_one_of_its_records_was_changed_meanwhile),
        TEST(one_save_may_change_a_record_twice),
        TEST(an_undone_save_leaves_no_trace_in_the_tables),
        TEST(what_something_later_depends_on_is_not_undone),
        TEST(what_was_confirmed_is_not_undone),
        TEST(what_others_point_to_is_not_undone),
        TEST(an_undo_keeps_the_rules_over_several_fields),
        TEST(undo_walks_back_and_redo_forward),
        TEST(a_merge_moves_what_belongs_to_one_to_the_other),
        TEST(a_merge_of_organizations_takes_their_services_along),
        TEST(a_stale_or_impossible_merge_is_refused),
        TEST(three_calls_in_vain_in_a_row_are_an_alert),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
