/* What was not available: noted for an area, listed for the areas around it. */
#include "seeded.h"

#include "db/gap.h"

static char path[FIXTURE_PATH];

static struct gap gap_at(const char *area, int64_t day)
{
    return (struct gap){
        .need = "N3", .area = area, .kind = "A3", .service = uuid_from_name("nobody"), .day = day};
}

static size_t count_in(struct db *db, const char *area)
{
    struct gap_list list;
    assert_int_equal(gap_list(db, area, &list), STATUS_OK);
    size_t count = list.count;
    gap_list_release(&list);
    return count;
}

static void gaps_are_listed_for_the_areas_around_latest_first(void **state)
{
    struct gap first = gap_at("070303", 20000), second = gap_at("0703", 20001),
               third = gap_at("080101", 19000);
    assert_int_equal(count_in(*state, ""), 0);
    assert_int_equal(gap_add(*state, &first), STATUS_OK);
    assert_int_equal(gap_add(*state, &second), STATUS_OK);
    assert_int_equal(gap_add(*state, &third), STATUS_OK);
    assert_int_equal(count_in(*state, "07"), 2);
    assert_int_equal(count_in(*state, "070303"), 1);
    assert_int_equal(count_in(*state, "0702"), 0);
    struct gap_list list;
    assert_int_equal(gap_list(*state, "", &list), STATUS_OK);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.rows[0].day, 20001);
    assert_string_equal(list.rows[0].area, "0703");
    assert_string_equal(list.rows[0].kind, "A3");
    assert_string_equal(list.rows[0].name_en, ""); /* a service that is not here */
    assert_true(uuid_equal(&list.rows[0].service, &first.service));
    gap_list_release(&list);
}

static void the_last_note_of_a_place_is_taken_back(void **state)
{
    struct gap here = gap_at("070405", 20000), there = gap_at("070406", 20000);
    assert_int_equal(gap_add(*state, &here), STATUS_OK);
    assert_int_equal(gap_add(*state, &here), STATUS_OK);
    assert_int_equal(gap_add(*state, &there), STATUS_OK);
    assert_int_equal(gap_remove_last(*state, &here), STATUS_OK);
    assert_int_equal(count_in(*state, "070405"), 1);
    assert_int_equal(count_in(*state, "070406"), 1);
    here.need = "N13";
    assert_int_equal(gap_remove_last(*state, &here), STATUS_OK);
    assert_int_equal(count_in(*state, "070405"), 1);
}

static void the_log_of_changes_says_nothing_of_gaps(void **state)
{
    int64_t before = sql_one(*state, "SELECT count(*) FROM op", NULL);
    struct gap gap = gap_at("070303", 20002);
    assert_int_equal(gap_add(*state, &gap), STATUS_OK);
    assert_int_equal(sql_one(*state, "SELECT count(*) FROM op", NULL), before);
}

static void a_file_for_reading_takes_none(void **state)
{
    struct db *db;
    struct gap gap = gap_at("070303", 20003);
    (void)state;
    assert_int_equal(db_open(path, DB_READ_ONLY, &db, NULL), STATUS_OK);
    assert_int_equal(gap_add(db, &gap), STATUS_READONLY);
    assert_int_equal(gap_remove_last(db, &gap), STATUS_READONLY);
    db_close(db);
}

static int set_up(void **state)
{
    fixture_path(path, "gap");
    *state = seeded_open(path);
    return 0;
}

static int tear_down(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gaps_are_listed_for_the_areas_around_latest_first),
        cmocka_unit_test(the_last_note_of_a_place_is_taken_back),
        cmocka_unit_test(the_log_of_changes_says_nothing_of_gaps),
        cmocka_unit_test(a_file_for_reading_takes_none),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
