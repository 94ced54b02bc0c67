/* A file made by an older program gets this program's needs, synonyms, order of kinds and rules of
 * what is due; one that has them is not written. */
#include "finding.h"

#include "db/need.h"
#include "db/reference.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "reference");
    *state = seeded_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static struct seed own_seed(void)
{
    return (struct seed){seed_start, (size_t)(seed_end - seed_start)};
}

static void run_sql(struct db *db, const char *sql)
{
    assert_int_equal(sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* As a file is that an older program made and this one has just brought to its schema. */
static void make_old(struct db *db)
{
    run_sql(db, "DELETE FROM synonym");
    run_sql(db, "DELETE FROM need");
    run_sql(db, "UPDATE term SET rank = 0, name_en = 'Help line' WHERE code = 'A1'");
    run_sql(db, "UPDATE term SET rank = 0");
    run_sql(db, "DELETE FROM due_rule");
    run_sql(db, "INSERT INTO due_rule VALUES ('Z9', 1, 0)");
    run_sql(db, "DELETE FROM meta WHERE key = 'reference'");
}

static void an_older_file_gets_the_words_and_rules_of_this_program(void **state)
{
    struct db *db = *state;
    int64_t synonyms = sql_one(db, "SELECT count(*) FROM synonym", NULL);
    int64_t due_rules = sql_one(db, "SELECT count(*) FROM due_rule", NULL);
    int64_t ops = sql_one(db, "SELECT count(*) FROM op", NULL);
    make_old(db);
    assert_int_equal(reference_update(db, own_seed()), STATUS_OK);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM synonym", NULL), synonyms);
    assert_true(synonyms > 1000);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM need", NULL), 14);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM due_rule", NULL), due_rules);
    assert_true(due_rules > 1);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM due_rule WHERE term = 'Z9'", NULL), 0);
    assert_int_equal(sql_one(db, "SELECT count(DISTINCT rank) FROM term", NULL), 43);
    assert_int_equal(
        sql_one(db, "SELECT count(*) FROM term WHERE name_en = 'Hotline / helpline'", NULL), 1);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM op", NULL), ops);
    assert_first(db, "social affairs chhuk", office("social", "0703"));
}

static void a_file_that_has_them_is_not_written(void **state)
{
    struct db *db = *state;
    assert_int_equal(reference_update(db, own_seed()), STATUS_OK);
    int before = sqlite3_total_changes(db->sqlite);
    assert_int_equal(reference_update(db, own_seed()), STATUS_OK);
    assert_int_equal(sqlite3_total_changes(db->sqlite), before);
}

static void a_seed_that_is_none_changes_nothing(void **state)
{
    struct db *db = *state;
    static const unsigned char junk[4096] = "no directory";
    int before = sqlite3_total_changes(db->sqlite);
    assert_int_not_equal(reference_update(db, (struct seed){junk, sizeof junk}), STATUS_OK);
    assert_int_equal(sqlite3_total_changes(db->sqlite), before);
}

static void needs_are_found_by_code_and_name(void **state)
{
    static const char *const typed[] = {"N3", "n3", "Sexual abuse", "ការរំលោភបំពានផ្លូវភេទ"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct need_list list;
        assert_int_equal(need_find(*state, typed[i], &list), STATUS_OK);
        assert_int_equal(list.count, 1);
        assert_string_equal(list.rows[0].code, "N3");
        assert_int_equal(list.rows[0].urgency, URGENCY_HOURS_72);
        assert_int_equal(strncmp(list.rows[0].kinds, "D2 D1 ", 6), 0);
        need_list_release(&list);
    }
    struct need_list none;
    assert_int_equal(need_find(*state, "N15", &none), STATUS_NOT_FOUND);
    assert_int_equal(need_find(*state, "", &none), STATUS_NOT_FOUND);
}

static void a_value_is_found_by_what_people_call_it(void **state)
{
    char value[FILTER_VALUE];
    assert_int_equal(search_value_of(*state, FILTER_TYPE, "Safe Houses", value), STATUS_OK);
    assert_string_equal(value, "A3");
    assert_int_equal(search_value_of(*state, FILTER_NEED, "រំលោភ", value), STATUS_OK);
    assert_string_equal(value, "N3");
    assert_int_equal(search_value_of(*state, FILTER_TYPE, "rape", value), STATUS_NOT_FOUND);
    assert_int_equal(search_value_of(*state, FILTER_TYPE, "", value), STATUS_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_older_file_gets_the_words_and_rules_of_this_program),
        cmocka_unit_test(a_file_that_has_them_is_not_written),
        cmocka_unit_test(a_seed_that_is_none_changes_nothing),
        cmocka_unit_test(needs_are_found_by_code_and_name),
        cmocka_unit_test(a_value_is_found_by_what_people_call_it),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
