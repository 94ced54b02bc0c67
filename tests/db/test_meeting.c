/* Working groups and what changed in an area: members, meeting days read from the log, changes led
 * back to services, what was taken back or is confidential left out. */
#include "invented.h"

#include "db/area_change.h"
#include "db/detail.h"
#include "db/undo.h"
#include "db/working_group.h"
#include "i18n/number.h"

enum { DAY_MS = 86400000 };

static char path[FIXTURE_PATH];
static int64_t today; /* days since 1970 */

static int setup(void **state)
{
    fixture_path(path, "meeting");
    *state = invented_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static void next_day(int days)
{
    fixture_ms += (int64_t)days * DAY_MS;
    today = fixture_ms / DAY_MS;
}

static const char *iso(int64_t day)
{
    static char room[16];
    struct text out = TEXT_INIT;
    date_iso(&out, date_from_days(day));
    snprintf(room, sizeof room, "%s", out.bytes);
    text_release(&out);
    return room;
}

static void set_text(struct db *db, enum record_kind kind, struct uuid id, int field,
                     const char *value)
{
    struct field_value f[] = {fixture_text(field, value)};
    int bad = 0;
    fixture_ms += 1000;
    assert_int_equal(fixture_change(db, OP_SET, kind, id, f, 1, &bad), STATUS_OK);
}

/* The committee of an area; the list is the caller's. */
static struct working_group group_in(struct db *db, const char *area, struct group_list *list)
{
    assert_int_equal(group_load(db, area, today, list), STATUS_OK);
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->rows[i].area, area) == 0)
            return list->rows[i];
    fail_msg("no committee of %s", area);
    return (struct working_group){0};
}

/* --- committees ------------------------------------------------------------------------------- */

static void every_province_and_district_has_its_committee(void **state)
{
    struct group_list list;
    next_day(1);
    assert_int_equal(group_load(*state, "", today, &list), STATUS_OK);
    size_t wccc = 0;
    for (size_t i = 0; i < list.count; i++) {
        bool first = i == 0 || strcmp(list.rows[i].area, list.rows[i - 1].area) != 0;
        assert_true(strlen(list.rows[i].area) <= 4);
        assert_true(first == list.rows[i].wccc); /* once in an area, before others */
        wccc += list.rows[i].wccc;
    }
    assert_int_equal(wccc, 25 + 210);
    assert_int_equal(
        list.count - wccc,
        sql_one(*state,
                "SELECT count(DISTINCT hex(s.organization) || a.area) FROM service s JOIN "
                "organization o ON o.id = s.organization JOIN service_area a ON a.service = s.id "
                "WHERE o.sector = 5 AND s.status <> 4 AND a.status <> 4 AND length(a.area) IN "
                "(2, 4) AND a.area <> 'KH' AND NOT EXISTS (SELECT 1 FROM service_area b WHERE "
                "b.service = s.id AND b.area <> a.area AND (b.area = 'KH' OR (length(b.area) < 6 "
                "AND b.area < a.area)))",
                NULL));
    group_list_release(&list);
    assert_int_equal(group_load(*state, "0704", today, &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.rows[0].state, GROUP_NO_DATE);
    assert_int_equal(list.rows[0].last, -1);
    assert_int_equal(list.rows[0].member_count, 0);
    group_list_release(&list);
    assert_int_equal(group_load(*state, "070401", today, &list), STATUS_OK);
    assert_int_equal(list.count, 1); /* a commune: its district's */
    assert_string_equal(list.rows[0].area, "0704");
    group_list_release(&list);
}

static void members_are_its_public_contacts_with_their_numbers(void **state)
{
    struct db *db = *state;
    struct group_list list;
    struct working_group g = group_in(db, "0704", &list);
    struct uuid organization = g.organization;
    group_list_release(&list);
    struct field_value seen[] = {fixture_id(FIELD_ID(CONTACT, owner), organization),
                                 fixture_text(FIELD_ID(CONTACT, name_en), "Chea Sophal"),
                                 fixture_text(FIELD_ID(CONTACT, title_en), "Chair")};
    struct uuid contact = invented_add(db, RECORD_CONTACT, seen, 3);
    struct field_value number[] = {fixture_id(FIELD_ID(PHONE, owner), contact),
                                   fixture_text(FIELD_ID(PHONE, number), "012 311 999"),
                                   fixture_int(FIELD_ID(PHONE, confidentiality), 0)};
    (void)invented_add(db, RECORD_PHONE, number, 3);
    struct field_value hidden[] = {fixture_id(FIELD_ID(CONTACT, owner), organization),
                                   fixture_text(FIELD_ID(CONTACT, name_en), "Nobody's Business"),
                                   fixture_int(FIELD_ID(CONTACT, confidentiality), 1)};
    (void)invented_add(db, RECORD_CONTACT, hidden, 3);
    g = group_in(db, "0704", &list);
    assert_int_equal(g.member_count, 1);
    assert_string_equal(g.members[0].name_en, "Chea Sophal");
    assert_string_equal(g.members[0].phones, "+85512311999");
    group_list_release(&list);
}

/* --- meetings --------------------------------------------------------------------------------- */

static void a_day_that_came_before_it_was_replaced_was_a_meeting(void **state)
{
    struct db *db = *state;
    struct group_list list;
    struct working_group g = group_in(db, "0702", &list);
    struct uuid organization = g.organization;
    int field = FIELD_ID(ORGANIZATION, next_meeting);
    group_list_release(&list);
    int64_t first = today + 10;
    set_text(db, RECORD_ORGANIZATION, organization, field, iso(first));
    g = group_in(db, "0702", &list);
    assert_int_equal(g.state, GROUP_SOON);
    assert_int_equal(g.last, -1);
    group_list_release(&list);

    next_day(5); /* put off before the day came: no meeting then */
    set_text(db, RECORD_ORGANIZATION, organization, field, iso(first + 20));
    next_day(10);
    g = group_in(db, "0702", &list);
    assert_int_equal(g.last, -1);
    group_list_release(&list);

    next_day(16); /* the second day is over */
    g = group_in(db, "0702", &list);
    assert_int_equal(g.state, GROUP_OVER);
    assert_int_equal(g.last, first + 20);
    group_list_release(&list);

    set_text(db, RECORD_ORGANIZATION, organization, field, iso(today + 200));
    g = group_in(db, "0702", &list);
    assert_int_equal(g.state, GROUP_LATER);
    assert_int_equal(g.last, first + 20);
    assert_false(g.long_ago);
    group_list_release(&list);

    next_day(190); /* more than six months after the last one */
    g = group_in(db, "0702", &list);
    assert_int_equal(g.state, GROUP_SOON);
    assert_true(g.long_ago);
    group_list_release(&list);
}

/* --- changes ---------------------------------------------------------------------------------- */

static struct uuid add_service(struct db *db, const char *name, const char *area)
{
    struct field_value of[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), name)};
    struct uuid organization = invented_add(db, RECORD_ORGANIZATION, of, 1);
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), name),
                              fixture_id(FIELD_ID(SERVICE, organization), organization)};
    struct uuid service = invented_add(db, RECORD_SERVICE, f, 2);
    struct field_value a[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), service),
                              fixture_text(FIELD_ID(SERVICE_AREA, area), area)};
    (void)invented_add(db, RECORD_SERVICE_AREA, a, 2);
    return service;
}

static const struct area_change *find(const struct area_change_list *list, struct uuid id)
{
    for (size_t i = 0; i < list->count; i++)
        if (uuid_equal(&list->rows[i].id, &id))
            return &list->rows[i];
    return NULL;
}

static struct area_change_list changes_in(struct db *db, const char *area, int64_t since_ms)
{
    struct area_change_list list;
    assert_int_equal(area_change_load(db, area, since_ms, &list), STATUS_OK);
    return list;
}

static void verify(struct db *db, struct uuid service, int result)
{
    struct field_value f[] = {fixture_int(VERIFY_METHOD, VALUE_METHOD_PHONE),
                              fixture_int(VERIFY_RESULT, result)};
    int bad = 0;
    fixture_ms += 1000;
    assert_int_equal(fixture_change(db, OP_VERIFY, RECORD_SERVICE, service, f, 2, &bad), STATUS_OK);
}

static void set_status(struct db *db, struct uuid service, int status)
{
    struct field_value f[] = {fixture_int(FIELD_STATUS, status)};
    int bad = 0;
    fixture_ms += 1000;
    assert_int_equal(fixture_change(db, OP_SET, RECORD_SERVICE, service, f, 1, &bad), STATUS_OK);
}

static void what_the_directory_was_born_with_is_no_change(void **state)
{
    struct db *db = *state;
    next_day(1);
    struct area_change_list list = changes_in(db, "0801", 0);
    assert_int_equal(list.count, 0);
    area_change_list_release(&list);
}

static void each_entry_is_told_once_by_the_most_that_happened(void **state)
{
    struct db *db = *state;
    struct uuid made = add_service(db, "Made before", "0903"),
                shut = add_service(db, "Shut", "0903"), paused = add_service(db, "Paused", "0903"),
                back = add_service(db, "Back", "0903"), asked = add_service(db, "Asked", "0903"),
                missed = add_service(db, "Missed", "0903");
    set_status(db, back, VALUE_STATUS_TEMPORARILY_CLOSED);
    next_day(1);
    int64_t since = fixture_ms;
    struct uuid fresh = add_service(db, "Fresh", "0903");
    struct uuid elsewhere = add_service(db, "Elsewhere", "0901");
    verify(db, fresh, VALUE_RESULT_STILL_RIGHT);
    set_text(db, RECORD_SERVICE, made, FIELD_ID(SERVICE, name_en), "Made before, renamed");
    struct field_value p[] = {fixture_id(FIELD_ID(PHONE, owner), made),
                              fixture_text(FIELD_ID(PHONE, number), "012 311 998"),
                              fixture_int(FIELD_ID(PHONE, confidentiality), 0)};
    (void)invented_add(db, RECORD_PHONE, p, 3);
    set_status(db, shut, VALUE_STATUS_CLOSED);
    set_status(db, paused, VALUE_STATUS_TEMPORARILY_CLOSED);
    set_status(db, back, VALUE_STATUS_ACTIVE);
    verify(db, asked, VALUE_RESULT_NOT_REACHED);
    verify(db, asked, VALUE_RESULT_STILL_RIGHT);
    verify(db, missed, VALUE_RESULT_NOT_REACHED);
    const struct {
        struct uuid id;
        enum area_change_what what;
    } wanted[] = {{fresh, AREA_NEW},         {shut, AREA_CLOSED},  {paused, AREA_SUSPENDED},
                  {back, AREA_REOPENED},     {made, AREA_CHANGED}, {asked, AREA_CONFIRMED},
                  {missed, AREA_NOT_REACHED}};
    struct area_change_list list = changes_in(db, "09", since);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct area_change *c = find(&list, wanted[i].id);
        assert_non_null(c);
        assert_int_equal(c->what, wanted[i].what);
        assert_true(c->time_ms >= since);
    }
    assert_int_equal(find(&list, made)->field_count, 2); /* its name, a new number */
    assert_int_equal(list.count, 8);                     /* and the one elsewhere */
    for (size_t i = 1; i < list.count; i++)
        assert_true(list.rows[i - 1].what <= list.rows[i].what);
    area_change_list_release(&list);
    list = changes_in(db, "0903", since);
    assert_int_equal(list.count, 7);
    assert_null(find(&list, elsewhere));
    area_change_list_release(&list);
    list = changes_in(db, "0903", fixture_ms + 1);
    assert_int_equal(list.count, 0);
    area_change_list_release(&list);
}

/* The SQL counts the records that ops since the time are about, and follows them to services. */
static void as_many_services_changed_as_sql_counts(void **state)
{
    struct db *db = *state;
    next_day(1);
    int64_t since = fixture_ms;
    for (int i = 0; i < 9; i++) {
        char name[32];
        snprintf(name, sizeof name, "Counted %d", i);
        struct uuid service = add_service(db, name, i % 3 ? "1001" : "1002");
        if (i % 2)
            verify(db, service, VALUE_RESULT_STILL_RIGHT);
    }
    struct text sql = TEXT_INIT;
    text_addf(&sql,
              "SELECT count(DISTINCT s.id) FROM op o JOIN service s ON s.id = o.record JOIN "
              "service_area a ON a.service = s.id WHERE o.hlc >= %lld AND a.area LIKE '10%%'",
              (long long)(since << HLC_SHIFT));
    struct area_change_list list = changes_in(db, "10", since);
    assert_int_equal(list.count, sql_one(db, sql.bytes, NULL));
    assert_int_equal(list.count, 9);
    area_change_list_release(&list);
    text_release(&sql);
}

static void what_was_taken_back_is_left_out(void **state)
{
    struct db *db = *state;
    next_day(1);
    int64_t since = fixture_ms;
    struct uuid service = add_service(db, "Steady", "1101");
    next_day(1);
    since = fixture_ms;
    set_text(db, RECORD_SERVICE, service, FIELD_ID(SERVICE, name_en), "Shaken");
    struct op_list ops;
    assert_int_equal(op_history(db, &service, &ops), STATUS_OK);
    struct op_ref last = ops.rows[ops.count - 1].op;
    op_list_release(&ops);
    struct area_change_list list = changes_in(db, "1101", since);
    assert_int_equal(list.count, 1);
    area_change_list_release(&list);
    struct undo_blocks blocks;
    fixture_ms += 1000;
    assert_int_equal(undo_save(db, &last, "Sok Dara", "", &blocks, NULL), STATUS_OK);
    list = changes_in(db, "1101", since);
    assert_int_equal(list.count, 0);
    area_change_list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_province_and_district_has_its_committee),
        cmocka_unit_test(members_are_its_public_contacts_with_their_numbers),
        cmocka_unit_test(a_day_that_came_before_it_was_replaced_was_a_meeting),
        cmocka_unit_test(what_the_directory_was_born_with_is_no_change),
        cmocka_unit_test(each_entry_is_told_once_by_the_most_that_happened),
        cmocka_unit_test(as_many_services_changed_as_sql_counts),
        cmocka_unit_test(what_was_taken_back_is_left_out),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
