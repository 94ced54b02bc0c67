/* What is due: which services of an area, why, in which order, and how far this round is. */
#include "fixture.h"

#include "db/due.h"
#include "i18n/number.h"

static char path[FIXTURE_PATH];

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static int64_t day_of(const char *iso)
{
    struct date d;
    assert_int_equal(date_parse(iso, strlen(iso), &d), STATUS_OK);
    return date_days(d);
}

/* Noon of that day is now. */
static void set_day(const char *iso)
{
    fixture_ms = day_of(iso) * DAY_MS + DAY_MS / 4;
}

static int setup(void **state)
{
    fixture_path(path, "due");
    set_day("2026-01-10");
    struct db *db = fixture_open(path);
    struct term a3 = {"A3", "A", "ជម្រក", "Shelter", 4, true, "", "", "", "", 0};
    struct term b1 = {"B1", "B", "គណៈកម្មាធិការ", "Committee", 7, true, "", "", "", "", 0};
    struct due_rule all = {"", 6, 0}, hotline = {"A1", 1, 0}, shelter = {"A3", 1, 0};
    assert_int_equal(term_put(db, &a3), STATUS_OK);
    assert_int_equal(term_put(db, &b1), STATUS_OK);
    assert_int_equal(area_put(db, "0703", AREA_DISTRICT, "ដងទង់", "Dang Tong"), STATUS_OK);
    assert_int_equal(due_rule_put(db, &all), STATUS_OK);
    assert_int_equal(due_rule_put(db, &hotline), STATUS_OK);
    assert_int_equal(due_rule_put(db, &shelter), STATUS_OK);
    *state = db;
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static struct uuid create(struct db *db, enum record_kind kind, const struct field_value *fields,
                          size_t count)
{
    struct uuid id;
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, kind, id, fields, count, NULL), STATUS_OK);
    return id;
}

static void add_kind(struct db *db, struct uuid service, const char *kind)
{
    struct field_value f[] = {fixture_id(FIELD_ID(TERM_LINK, record), service),
                              fixture_text(FIELD_ID(TERM_LINK, term), kind),
                              fixture_int(FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE)};
    create(db, RECORD_TERM_LINK, f, 3);
}

static void add_area(struct db *db, struct uuid service, const char *area)
{
    struct field_value f[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), service),
                              fixture_text(FIELD_ID(SERVICE_AREA, area), area)};
    create(db, RECORD_SERVICE_AREA, f, 2);
}

static void add_place(struct db *db, struct uuid service, const char *area)
{
    struct field_value at[] = {fixture_text(FIELD_ID(LOCATION, area), area)};
    struct uuid place = create(db, RECORD_LOCATION, at, 1);
    struct field_value f[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), service),
                              fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), place)};
    create(db, RECORD_SERVICE_AT_LOCATION, f, 2);
}

static void add_phone(struct db *db, struct uuid owner, const char *number)
{
    struct field_value f[] = {fixture_id(FIELD_ID(PHONE, owner), owner),
                              fixture_text(FIELD_ID(PHONE, number), number)};
    create(db, RECORD_PHONE, f, 2);
}

/* A service of the kind ("" none) with a place (or, without one, made for `covers`) and a number
 * ("" none). */
static struct uuid service(struct db *db, const char *name, const char *kind, const char *place,
                           const char *covers, const char *number)
{
    struct field_value of[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), name),
                               fixture_text(FIELD_ID(ORGANIZATION, abbreviation_en), "ORG")};
    struct uuid organization = create(db, RECORD_ORGANIZATION, of, 2);
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), name),
                              fixture_id(FIELD_ID(SERVICE, organization), organization)};
    struct uuid id = create(db, RECORD_SERVICE, f, 2);
    if (*kind)
        add_kind(db, id, kind);
    if (*place)
        add_place(db, id, place);
    if (*covers)
        add_area(db, id, covers);
    if (*number)
        add_phone(db, id, number);
    return id;
}

static void verify(struct db *db, struct uuid id, int result)
{
    struct field_value f[] = {fixture_int(VERIFY_METHOD, VALUE_METHOD_PHONE),
                              fixture_int(VERIFY_RESULT, result)};
    assert_int_equal(fixture_change(db, OP_VERIFY, RECORD_SERVICE, id, f, 2, NULL), STATUS_OK);
}

static struct due_list load(struct db *db, const char *area, const char *today)
{
    struct due_list list;
    struct due_query query = {.area = area, .today = day_of(today)};
    assert_int_equal(due_load(db, &query, &list), STATUS_OK);
    return list;
}

static void assert_rows(struct db *db, const char *area, const char *today,
                        const char *const *names, const enum due_why *whys, size_t count)
{
    struct due_list list = load(db, area, today);
    assert_int_equal(list.count, count);
    assert_int_equal(list.due, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(list.rows[i].name_en, names[i]);
        assert_int_equal(list.rows[i].why, whys[i]);
    }
    due_list_release(&list);
}

static void hotlines_and_shelters_come_first_then_missing_numbers_then_the_oldest(void **state)
{
    struct db *db = *state;
    struct uuid old = service(db, "Old", "B1", "070203", "", "012345671");
    struct uuid older = service(db, "Older", "B1", "070203", "", "012345672");
    set_day("2026-01-11");
    verify(db, older, VALUE_RESULT_STILL_RIGHT);
    set_day("2026-01-20");
    verify(db, old, VALUE_RESULT_CHANGED);
    service(db, "Never", "B1", "070203", "", "012345673");
    service(db, "No number", "B1", "070203", "", "");
    struct uuid lost = service(db, "Lost", "B1", "070203", "", "012345674");
    for (int i = 0; i < 3; i++)
        verify(db, lost, VALUE_RESULT_NOT_REACHED);
    struct uuid line = service(db, "Hotline", "A1", "070203", "", "012345675");
    verify(db, line, VALUE_RESULT_STILL_RIGHT);
    service(db, "Shelter", "A3", "070203", "", "012345676");
    static const char *const names[] = {"Shelter", "Hotline", "Lost", "No number",
                                        "Never",   "Older",   "Old"};
    static const enum due_why whys[] = {DUE_URGENT, DUE_URGENT, DUE_NOT_REACHED, DUE_NO_PHONE,
                                        DUE_NEVER,  DUE_OLD,    DUE_OLD};
    assert_rows(db, "0702", "2026-07-25", names, whys, 7);
}

static void a_confirmation_lasts_as_long_as_its_kind_allows(void **state)
{
    struct db *db = *state;
    struct uuid office = service(db, "Office", "B1", "070203", "", "012345671");
    struct uuid shelter = service(db, "Shelter", "A3", "070203", "", "012345672");
    verify(db, office, VALUE_RESULT_STILL_RIGHT);
    verify(db, shelter, VALUE_RESULT_STILL_RIGHT);
    static const struct {
        const char *today;
        size_t due;
    } rows[] = {{"2026-02-09", 0}, {"2026-02-10", 1}, {"2026-07-09", 1}, {"2026-07-10", 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct due_list list = load(db, "0702", rows[i].today);
        assert_int_equal(list.count, rows[i].due);
        due_list_release(&list);
    }
    struct due_list list = load(db, "0702", "2026-02-10");
    assert_int_equal(list.rows[0].due, day_of("2026-02-10"));
    assert_int_equal(list.rows[0].verified, day_of("2026-01-10"));
    assert_string_equal(list.rows[0].actor, "test");
    assert_string_equal(list.rows[0].abbreviation_en, "ORG");
    assert_string_equal(list.rows[0].types, "A3");
    assert_string_equal(list.rows[0].area, "070203");
    due_list_release(&list);
}

static void not_being_reached_confirms_nothing(void **state)
{
    struct db *db = *state;
    struct uuid id = service(db, "Office", "B1", "070203", "", "012345671");
    verify(db, id, VALUE_RESULT_NOT_REACHED);
    verify(db, id, VALUE_RESULT_NOT_REACHED);
    struct due_list list = load(db, "0702", "2026-01-10");
    assert_int_equal(list.count, 1);
    assert_int_equal(list.rows[0].why, DUE_NEVER);
    assert_int_equal(list.rows[0].not_reached, 2);
    assert_int_equal(list.rows[0].asked, day_of("2026-01-10"));
    assert_int_equal(list.rows[0].verified, -1);
    assert_int_equal(list.done, 0);
    due_list_release(&list);
    verify(db, id, VALUE_RESULT_NOT_REACHED);
    list = load(db, "0702", "2026-01-10");
    assert_int_equal(list.rows[0].why, DUE_NOT_REACHED);
    due_list_release(&list);
    verify(db, id, VALUE_RESULT_STILL_RIGHT);
    list = load(db, "0702", "2026-01-10");
    assert_int_equal(list.count, 0);
    assert_int_equal(list.done, 1);
    due_list_release(&list);
}

static void the_round_counts_what_was_confirmed_or_closed_in_it(void **state)
{
    struct db *db = *state;
    struct uuid ids[4];
    for (size_t i = 0; i < 4; i++)
        ids[i] = service(db, "Office", "B1", "070203", "", "012345671");
    set_day("2026-06-30");
    verify(db, ids[0], VALUE_RESULT_STILL_RIGHT);
    set_day("2026-07-01");
    verify(db, ids[1], VALUE_RESULT_STILL_RIGHT);
    verify(db, ids[2], VALUE_RESULT_CLOSED);
    assert_int_equal(fixture_change(db, OP_CLOSE, RECORD_SERVICE, ids[2], NULL, 0, NULL),
                     STATUS_OK);
    struct due_list list = load(db, "0702", "2026-07-02");
    assert_int_equal(list.round_from, day_of("2026-07-01"));
    assert_int_equal(list.done, 2);
    assert_int_equal(list.due, 1);
    assert_int_equal(list.total, 3);
    due_list_release(&list);
    list = load(db, "0702", "2026-06-30");
    assert_int_equal(list.round_from, day_of("2026-01-01"));
    due_list_release(&list);
}

static void a_service_belongs_to_the_area_of_its_place_else_to_what_it_covers(void **state)
{
    struct db *db = *state;
    service(db, "Here", "B1", "070203", "", "012345671");
    service(db, "For the district", "B1", "", "0702", "012345672");
    service(db, "Elsewhere for here", "B1", "0703", "0702", "012345673");
    service(db, "National", "B1", "", "KH", "012345674");
    service(db, "Nowhere yet", "B1", "", "", "012345675");
    static const struct {
        const char *area;
        size_t count;
    } rows[] = {{"0702", 2}, {"070203", 1}, {"0703", 1}, {"07", 3}, {"", 5}, {"KH", 5}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct due_list list = load(db, rows[i].area, "2026-01-10");
        if (list.count != rows[i].count)
            fail_msg("%s: %zu", rows[i].area, list.count);
        due_list_release(&list);
    }
}

static void a_day_that_was_set_comes_before_the_rule(void **state)
{
    struct db *db = *state;
    struct uuid id = service(db, "Office", "B1", "070203", "", "012345671");
    verify(db, id, VALUE_RESULT_STILL_RIGHT);
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, next_check), "2026-02-01")};
    assert_int_equal(fixture_change(db, OP_SET, RECORD_SERVICE, id, f, 1, NULL), STATUS_OK);
    struct due_list list = load(db, "0702", "2026-01-31");
    assert_int_equal(list.count, 0);
    due_list_release(&list);
    list = load(db, "0702", "2026-02-01");
    assert_int_equal(list.count, 1);
    assert_int_equal(list.rows[0].why, DUE_CHECK);
    assert_int_equal(list.rows[0].due, day_of("2026-02-01"));
    due_list_release(&list);
}

static void one_that_was_reached_without_a_number_waits_for_the_next_round(void **state)
{
    struct db *db = *state;
    struct uuid id = service(db, "Office", "B1", "070203", "", "");
    struct due_list list = load(db, "0702", "2026-01-10");
    assert_int_equal(list.rows[0].why, DUE_NO_PHONE);
    due_list_release(&list);
    verify(db, id, VALUE_RESULT_STILL_RIGHT);
    list = load(db, "0702", "2026-02-10");
    assert_int_equal(list.count, 0);
    due_list_release(&list);
    list = load(db, "0702", "2026-07-01");
    assert_int_equal(list.rows[0].why, DUE_NO_PHONE);
    due_list_release(&list);
}

static void a_limit_cuts_the_rows_and_not_the_count(void **state)
{
    struct db *db = *state;
    for (size_t i = 0; i < 5; i++)
        service(db, "Office", "B1", "070203", "", "012345671");
    struct due_list list;
    struct due_query query = {.area = "07", .today = day_of("2026-01-10"), .limit = 2};
    assert_int_equal(due_load(db, &query, &list), STATUS_OK);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.due, 5);
    assert_int_equal(list.total, 5);
    due_list_release(&list);
}

static void months_end_where_the_month_ends(void **state)
{
    (void)state;
    static const struct {
        const char *day, *types, *due;
    } rows[] = {
        {"2026-01-31", "A1", "2026-02-28"}, {"2027-01-31", "A1", "2027-02-28"},
        {"2028-01-31", "A1", "2028-02-29"}, {"2026-12-15", "A1", "2027-01-15"},
        {"2026-08-31", "B1", "2027-02-28"}, {"2026-01-10", "B1 A1", "2026-02-10"},
        {"2026-01-10", "C1", "2026-01-20"}, {"2026-01-10", "", "2026-07-10"},
    };
    struct due_rules rules = {.rows = {{"", 6, 0}, {"A1", 1, 0}, {"C", 0, 10}}, .count = 3};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (due_after(&rules, rows[i].types, day_of(rows[i].day)) != day_of(rows[i].due))
            fail_msg("%s %s", rows[i].day, rows[i].types);
}

static void rules_of_a_machine_stand_over_those_of_the_directory(void **state)
{
    struct due_rules rules;
    size_t line = 0;
    static const char text[] = "## ours\n# kind\tmonths\tdays\nA1\t0\t៧\r\n\n*\t3\t0\nB1\t2\t0";
    assert_int_equal(due_rules_load(*state, &rules), STATUS_OK);
    assert_int_equal(rules.count, 3);
    assert_int_equal(due_rules_read(text, sizeof text - 1, &rules, &line), STATUS_OK);
    assert_int_equal(rules.count, 4);
    assert_int_equal(due_after(&rules, "A1", 100), 107);
    assert_int_equal(due_round_start(&rules, day_of("2026-05-20")), day_of("2026-04-01"));
    static const char *const bad[] = {"A1\t1\n",     "x\t1\t0\n",   "A1\t\t0\n", "A1\t0\t0\n",
                                      "A1\t61\t0\n", "A1\t1\t-1\n", "a1\t1\t0\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct text file = TEXT_INIT;
        text_addf(&file, "A3\t9\t0\n%s", bad[i]);
        assert_int_equal(due_rules_read(file.bytes, file.len, &rules, &line), STATUS_INVALID);
        assert_int_equal(line, 2);
        text_release(&file);
    }
    assert_int_equal(due_after(&rules, "A3", day_of("2026-01-10")), day_of("2026-02-10"));
}

static void one_service_can_be_asked_for_alone(void **state)
{
    struct db *db = *state;
    struct uuid id = service(db, "Shelter", "A3", "070203", "", "012345671"), none = {{1}};
    struct due_list list;
    struct due_query query = {.area = "", .today = day_of("2026-01-10")};
    assert_int_equal(due_of(db, &query, &id, &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.rows[0].why, DUE_URGENT);
    due_list_release(&list);
    assert_int_equal(due_of(db, &query, &none, &list), STATUS_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(hotlines_and_shelters_come_first_then_missing_numbers_then_the_oldest),
        TEST(a_confirmation_lasts_as_long_as_its_kind_allows),
        TEST(not_being_reached_confirms_nothing),
        TEST(the_round_counts_what_was_confirmed_or_closed_in_it),
        TEST(a_service_belongs_to_the_area_of_its_place_else_to_what_it_covers),
        TEST(a_day_that_was_set_comes_before_the_rule),
        TEST(one_that_was_reached_without_a_number_waits_for_the_next_round),
        TEST(a_limit_cuts_the_rows_and_not_the_count),
        cmocka_unit_test(months_end_where_the_month_ends),
        TEST(rules_of_a_machine_stand_over_those_of_the_directory),
        TEST(one_service_can_be_asked_for_alone),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
