/* Persons, roles and areas: who may write, propose or only read, and which area a change belongs
 * to. */
#include "fixture.h"

#include "db/person.h"
#include "db/propose.h"
#include "db/version.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "person");
    struct db *db = fixture_open(path);
    assert_int_equal(area_put(db, "08", AREA_PROVINCE, "កណ្ដាល", "Kandal"), STATUS_OK);
    assert_int_equal(area_put(db, "0703", AREA_DISTRICT, "ដងទង់", "Dang Tong"), STATUS_OK);
    *state = db;
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static struct person person(const char *name, int role, const char *area)
{
    struct person p = {.role = role};
    assert_int_equal(person_set_name(&p, name), STATUS_OK);
    strcpy(p.area, area);
    return p;
}

static struct uuid new_id(void)
{
    struct uuid id;
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    return id;
}

/* A new organization, service, place and telephone, as one save of six changes. */
struct office {
    struct uuid organization, service, location, link, phone;
    struct field_value fields[5][3];
    struct change changes[5];
};

static void make_office(struct office *o, const char *area, const char *name)
{
    o->organization = new_id();
    o->service = new_id();
    o->location = new_id();
    o->link = new_id();
    o->phone = new_id();
    const struct {
        enum record_kind kind;
        struct uuid id;
        struct field_value fields[3];
        size_t count;
    } rows[5] = {
        {RECORD_ORGANIZATION,
         o->organization,
         {fixture_text(FIELD_ID(ORGANIZATION, name_en), name)},
         1},
        {RECORD_SERVICE,
         o->service,
         {fixture_text(FIELD_ID(SERVICE, name_en), name),
          fixture_id(FIELD_ID(SERVICE, organization), o->organization)},
         2},
        {RECORD_LOCATION, o->location, {fixture_text(FIELD_ID(LOCATION, area), area)}, 1},
        {RECORD_SERVICE_AT_LOCATION,
         o->link,
         {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), o->service),
          fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), o->location)},
         2},
        {RECORD_PHONE,
         o->phone,
         {fixture_id(FIELD_ID(PHONE, owner), o->service),
          fixture_text(FIELD_ID(PHONE, number), "012 345 678")},
         2},
    };
    for (size_t i = 0; i < 5; i++) {
        memcpy(o->fields[i], rows[i].fields, sizeof rows[i].fields);
        o->changes[i] = (struct change){.kind = OP_CREATE,
                                        .record_kind = rows[i].kind,
                                        .record = rows[i].id,
                                        .area = "",
                                        .fields = o->fields[i],
                                        .field_count = rows[i].count,
                                        .actor = "",
                                        .reason = ""};
    }
}

static void save_office(struct db *db, struct office *o, const char *area, const char *name)
{
    struct person approver = person("Chief", VALUE_ROLE_APPROVER, "");
    struct save_result result;
    make_office(o, area, name);
    assert_int_equal(person_save(db, &approver, o->changes, 5, NULL, &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_WRITTEN);
}

static int64_t count_ops(struct db *db)
{
    struct text sql = TEXT_INIT;
    sqlite3_stmt *s;
    text_adds(&sql, "SELECT count(*) FROM op");
    assert_int_equal(sqlite3_prepare_v2(db->sqlite, sql.bytes, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    text_release(&sql);
    return n;
}

static void the_role_and_the_area_decide(void **state)
{
    (void)state;
    static const struct {
        int role;
        const char *own;
        enum op_kind op;
        const char *area;
        enum verdict verdict;
    } rows[] = {
        {VALUE_ROLE_VIEWER, "", OP_SET, "0702", VERDICT_REFUSED},
        {VALUE_ROLE_TRAINER, "", OP_CREATE, "0702", VERDICT_REFUSED},
        {0, "", OP_SET, "0702", VERDICT_REFUSED},
        {VALUE_ROLE_EDITOR, "0702", OP_SET, "0702", VERDICT_ALLOWED},
        {VALUE_ROLE_EDITOR, "0702", OP_VERIFY, "070203", VERDICT_ALLOWED},
        {VALUE_ROLE_EDITOR, "0702", OP_SET, "07", VERDICT_PROPOSE},
        {VALUE_ROLE_EDITOR, "0702", OP_CLOSE, "0703", VERDICT_PROPOSE},
        {VALUE_ROLE_EDITOR, "0702", OP_SET, "", VERDICT_PROPOSE},
        {VALUE_ROLE_EDITOR, "", OP_SET, "", VERDICT_ALLOWED},
        {VALUE_ROLE_EDITOR, "0702", OP_DECIDE, "0702", VERDICT_REFUSED},
        {VALUE_ROLE_EDITOR, "0702", OP_REVIEW, "0702", VERDICT_REFUSED},
        {VALUE_ROLE_APPROVER, "07", OP_DECIDE, "0702", VERDICT_ALLOWED},
        {VALUE_ROLE_APPROVER, "07", OP_DECIDE, "08", VERDICT_REFUSED},
        {VALUE_ROLE_APPROVER, "07", OP_SET, "08", VERDICT_PROPOSE},
        {VALUE_ROLE_APPROVER, "07", OP_MERGE, "070203", VERDICT_ALLOWED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct person p = person("Dara", rows[i].role, rows[i].own);
        if (authority_of(&p, rows[i].op, rows[i].area) != rows[i].verdict)
            fail_msg("row %zu", i);
    }
    struct person nobody = {.role = VALUE_ROLE_APPROVER};
    assert_int_equal(authority_of(&nobody, OP_SET, ""), VERDICT_REFUSED);
}

static void what_belongs_together_stands_in_the_area_of_its_place(void **state)
{
    struct office o;
    make_office(&o, "070203", "Shelter");
    for (size_t i = 0; i < 5; i++) {
        char area[AREA_CODE] = "x";
        assert_int_equal(authority_area(*state, o.changes, 5, i, area), STATUS_OK);
        assert_string_equal(area, "070203");
    }
}

static void stored_records_keep_the_area_of_their_place(void **state)
{
    struct office o;
    char area[AREA_CODE];
    save_office(*state, &o, "070203", "Office");
    struct change one = {.kind = OP_CLOSE, .record_kind = RECORD_PHONE, .record = o.phone};
    assert_int_equal(authority_area(*state, &one, 1, 0, area), STATUS_OK);
    assert_string_equal(area, "070203");
}

static void two_places_share_the_area_around_them(void **state)
{
    struct office o;
    char area[AREA_CODE];
    save_office(*state, &o, "070203", "Office");
    struct uuid place = new_id(), link = new_id();
    struct field_value at[] = {fixture_text(FIELD_ID(LOCATION, area), "0703")};
    struct field_value joins[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), o.service),
                                  fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), place)};
    struct change changes[] = {
        {.kind = OP_CREATE,
         .record_kind = RECORD_LOCATION,
         .record = place,
         .fields = at,
         .field_count = 1},
        {.kind = OP_CREATE,
         .record_kind = RECORD_SERVICE_AT_LOCATION,
         .record = link,
         .fields = joins,
         .field_count = 2},
        {.kind = OP_SET, .record_kind = RECORD_SERVICE, .record = o.service},
    };
    assert_int_equal(authority_area(*state, changes, 3, 2, area), STATUS_OK);
    assert_string_equal(area, "07");
}

static void a_national_service_is_the_countrys(void **state)
{
    struct office o;
    char area[AREA_CODE] = "x";
    make_office(&o, "0702", "Line");
    struct field_value covers[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), o.service),
                                   fixture_text(FIELD_ID(SERVICE_AREA, area), "KH")};
    o.changes[2] = (struct change){.kind = OP_CREATE,
                                   .record_kind = RECORD_SERVICE_AREA,
                                   .record = o.location,
                                   .fields = covers,
                                   .field_count = 2};
    o.changes[3] = o.changes[4];
    assert_int_equal(authority_area(*state, o.changes, 4, 3, area), STATUS_OK);
    assert_string_equal(area, "");
}

static void moving_a_place_out_of_the_area_is_a_proposal(void **state)
{
    struct office o;
    struct person editor = person("Dara", VALUE_ROLE_EDITOR, "0702");
    struct save_result result;
    enum verdict verdict;
    save_office(*state, &o, "070203", "Office");
    struct field_value out[] = {fixture_text(FIELD_ID(LOCATION, area), "0703")};
    struct change move = {.kind = OP_SET,
                          .record_kind = RECORD_LOCATION,
                          .record = o.location,
                          .fields = out,
                          .field_count = 1,
                          .reason = ""};
    assert_int_equal(authority_over(*state, &editor, &move, 1, &verdict, NULL), STATUS_OK);
    assert_int_equal(verdict, VERDICT_PROPOSE);
    editor = person("Dara", VALUE_ROLE_EDITOR, "0703");
    assert_int_equal(authority_over(*state, &editor, &move, 1, &verdict, NULL), STATUS_OK);
    assert_int_equal(verdict, VERDICT_PROPOSE);
    editor = person("Dara", VALUE_ROLE_EDITOR, "07");
    assert_int_equal(person_save(*state, &editor, &move, 1, NULL, &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_WRITTEN);
}

static void a_viewer_writes_nothing(void **state)
{
    struct office o;
    struct save_result result;
    struct person viewer = person("Guest", VALUE_ROLE_VIEWER, "");
    int64_t before = count_ops(*state);
    make_office(&o, "0702", "Shelter");
    assert_int_equal(person_save(*state, &viewer, o.changes, 5, NULL, &result), STATUS_FORBIDDEN);
    assert_int_equal(count_ops(*state), before);
}

static void a_try_writes_nothing_and_answers_the_same(void **state)
{
    struct office o;
    struct save_result result;
    struct op_refusal refusal;
    struct person editor = person("Dara", VALUE_ROLE_EDITOR, "0702");
    int64_t before = count_ops(*state);
    make_office(&o, "0702", "Shelter");
    assert_int_equal(person_try(*state, &editor, o.changes, 5, &refusal, &result), STATUS_OK);
    assert_int_equal(result.outcome, SAVE_WRITTEN);
    assert_int_equal(count_ops(*state), before);
    o.fields[4][1] = fixture_text(FIELD_ID(PHONE, number), "12");
    assert_int_equal(person_try(*state, &editor, o.changes, 5, &refusal, &result), STATUS_INVALID);
    assert_int_equal(refusal.change, 4);
    assert_int_equal(refusal.field, FIELD_ID(PHONE, number));
    assert_int_equal(count_ops(*state), before);
}

static void a_person_survives_being_written_and_read(void **state)
{
    (void)state;
    struct text lines = TEXT_INIT;
    struct person p = person("សុខ តារា", VALUE_ROLE_EDITOR, "0702"), again;
    assert_int_equal(person_set_office(&p, "  គ.ក.ស.ក  ឈូក "), STATUS_OK);
    person_format(&p, &lines);
    assert_int_equal(person_parse(lines.bytes, lines.len, &again), STATUS_OK);
    assert_string_equal(again.name, p.name);
    assert_string_equal(again.office, p.office);
    assert_int_equal(again.role, p.role);
    assert_string_equal(again.area, "0702");
    text_release(&lines);
}

static void a_bad_person_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"name=a\nrole=king\n", "area=7\n",
                                      "area=07020304x\n",    "no line\n",
                                      "name=a\x1b[31m\n",    "area=0702030401\n"};
    char longest[PERSON_CHARS + 2];
    struct person p = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(person_parse(bad[i], strlen(bad[i]), &p), STATUS_INVALID);
    memset(longest, 'a', sizeof longest);
    longest[PERSON_CHARS + 1] = '\0';
    assert_int_equal(person_set_name(&p, longest), STATUS_INVALID);
    longest[PERSON_CHARS] = '\0';
    assert_int_equal(person_set_name(&p, longest), STATUS_OK);
    assert_int_equal(person_set_name(&p, "\xff"), STATUS_INVALID);
    assert_int_equal(strlen(p.name), PERSON_CHARS);
}

static void a_version_survives_being_written_and_read(void **state)
{
    (void)state;
    struct seen seen = {.count = 2}, again;
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < seen.count; i++) {
        seen.rows[i].replica = new_id();
        seen.rows[i].seq = 7 + (int64_t)i;
    }
    version_format(&text, &seen);
    assert_int_equal(version_parse(text.bytes, text.len, &again), STATUS_OK);
    assert_int_equal(again.count, 2);
    assert_memory_equal(&again.rows[1].replica, &seen.rows[1].replica, UUID_BYTES);
    assert_int_equal(again.rows[1].seq, 8);
    static const char *const bad[] = {"",
                                      "x",
                                      ",",
                                      "0198",
                                      ":1",
                                      "0198f2a4-7b1c-7d2e-8f3a-0123456789ab:0",
                                      "0198f2a4-7b1c-7d2e-8f3a-0123456789ab:-1",
                                      "0198f2a4-7b1c-7d2e-8f3a-0123456789ab:1,"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(version_parse(bad[i], strlen(bad[i]), &again), STATUS_INVALID);
    text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_role_and_the_area_decide),
        cmocka_unit_test(a_person_survives_being_written_and_read),
        cmocka_unit_test(a_bad_person_is_refused),
        cmocka_unit_test(a_version_survives_being_written_and_read),
        cmocka_unit_test_setup_teardown(what_belongs_together_stands_in_the_area_of_its_place,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(stored_records_keep_the_area_of_their_place, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(two_places_share_the_area_around_them, setup, teardown),
        cmocka_unit_test_setup_teardown(a_national_service_is_the_countrys, setup, teardown),
        cmocka_unit_test_setup_teardown(moving_a_place_out_of_the_area_is_a_proposal, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_viewer_writes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_try_writes_nothing_and_answers_the_same, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
