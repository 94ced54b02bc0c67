/* Every statement of the program prepares, and none reads through a whole big table: the plans are
 * asked of SQLite. Exceptions stand here with their reason, and each must still be needed. */
#include "seeded.h"

#include "db/fold.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "queries");
    *state = seeded_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

/* Tables that stay small however large the directory grows. */
static bool is_small(const char *table)
{
    static const char *const small[] = {"meta", "replica", "term",    "plan_output",
                                        "need", "synonym", "due_rule"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        if (strcmp(table, small[i]) == 0) {
            return true;
        }
    }
    return false;
}

static const struct exception {
    const char *query, *table, *reason;
} exceptions[] = {
    {"op_records", "op", "folding everything again visits every record"},
    {"op_forget_after", "op", "the directory as it was: in a private copy"},
    {"verification_scan", "verification", "the state hash covers every row"},
    {"services_ids", "service", "what is due in the whole country is every service's turn"},
    {"proposal_scan", "proposal", "the state hash covers every row"},
    {"proposal_part_scan", "proposal_part", "the state hash covers every row"},
    {"review_area_scan", "review_area", "a handful of areas, listed"},
    {"apart_list", "apart", "what people decided, listed"},
    {"apart_scan", "apart", "the state hash covers every row"},
    {"area_levels", "area", "1,887 units, counted once when the program opens"},
    {"area_scan", "area", "names of all units, read once by a process that changes the directory"},
    {"index_rows", "search_row", "the check compares the whole index"},
    {"index_order_km", "search_row", "the check compares the whole index"},
    {"index_order_en", "search_row", "the check compares the whole index"},
    {"index_words", "search_word", "the check compares the whole index"},
    {"index_docs", "search_row", "the check compares the whole index"},
    {"index_word_ids", "search_word", "the check compares the whole index"},
    {"index_posting_count", "search_posting", "the check compares the whole index"},
    {"index_counts", "area_count", "the check compares the whole index"},
    {"coverage_services", "search_row", "coverage counts every service once"},
    {"coverage_areas", "area", "1,887 units, read once for the coverage"},
    {"programs_of_outputs", "program", "interventions of the plan, a few an office"},
    {"docs_of_output", "program", "interventions of the plan, a few an office"},
    {"services_all", "service", "making the index again visits every service"},
    {"alert_all", "area_alert", "a handful of alerts, listed"},
};

enum { EXCEPTIONS = sizeof exceptions / sizeof *exceptions };

/* The table an alias stands for in this statement; the alias itself when it is none. */
static void table_of(const char *sql, const char *alias, char ret_table[64])
{
    static const char *const before[] = {"FROM ", "JOIN "};
    snprintf(ret_table, 64, "%s", alias);
    for (size_t i = 0; i < 2; i++) {
        for (const char *at = sql; (at = strstr(at, before[i])) != NULL; at++) {
            char table[64], name[64];
            if (sscanf(at + 5, "%63[a-z_0-9] %63[a-z_0-9]", table, name) == 2 &&
                strcmp(name, alias) == 0) {
                snprintf(ret_table, 64, "%s", table);
            }
        }
    }
}

/* Calls visit with every table that a statement reads through. */
static void scans_of(struct db *db, const char *sql,
                     void (*visit)(void *context, const char *table, const char *detail),
                     void *context)
{
    struct text explain = TEXT_INIT;
    text_addf(&explain, "EXPLAIN QUERY PLAN %s", sql);
    sqlite3_stmt *s = sql_prepare(db, explain.bytes);
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(s, 3);
        char alias[64], table[64];
        if (sscanf(detail, "SCAN %63s", alias) != 1 || strcmp(alias, "CONSTANT") == 0) {
            continue;
        }
        table_of(sql, alias, table);
        if (!is_small(table)) {
            visit(context, table, detail);
        }
    }
    sqlite3_finalize(s);
    text_release(&explain);
}

struct look {
    const char *name;
    bool used[EXCEPTIONS];
    struct text faults;
};

static void note_scan(void *context, const char *table, const char *detail)
{
    struct look *look = context;
    for (size_t i = 0; i < EXCEPTIONS; i++) {
        if (strcmp(exceptions[i].query, look->name) == 0 &&
            strcmp(exceptions[i].table, table) == 0) {
            look->used[i] = true;
            return;
        }
    }
    text_addf(&look->faults, "%s: %s\n", look->name, detail);
}

static bool is_no_query(const char *sql)
{
    static const char *const words[] = {"VACUUM", "PRAGMA", "BEGIN", "COMMIT", "ROLLBACK"};
    sql += strspn(sql, " \n");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncmp(sql, words[i], strlen(words[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void every_named_query_prepares(void **state)
{
    struct db *db = *state;
    for (int id = 0; id < QUERY_COUNT; id++) {
        sqlite3_stmt *named, *again;
        assert_true(db_query_name((enum query_id)id)[0] != '\0');
        if (db_query(db, (enum query_id)id, &named) != STATUS_OK) {
            fail_msg("%s: %s", db_query_name((enum query_id)id), db_error(db));
        }
        assert_int_equal(db_query(db, (enum query_id)id, &again), STATUS_OK);
        assert_ptr_equal(named, again);
        assert_false(sqlite3_stmt_busy(named));
    }
}

/* Exactly one statement each, so that none is cut off unnoticed. */
static void every_named_query_is_one_statement(void **state)
{
    struct db *db = *state;
    for (int id = 0; id < QUERY_COUNT; id++) {
        sqlite3_stmt *s = NULL;
        const char *tail = NULL, *sql = db_query_sql((enum query_id)id);
        assert_int_equal(sqlite3_prepare_v2(db->sqlite, sql, -1, &s, &tail), SQLITE_OK);
        assert_int_equal(strspn(tail, " \n"), strlen(tail));
        sqlite3_finalize(s);
    }
}

static void every_parameter_has_a_name(void **state)
{
    struct db *db = *state;
    for (int id = 0; id < QUERY_COUNT; id++) {
        sqlite3_stmt *s = sql_prepare(db, db_query_sql((enum query_id)id));
        for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++) {
            const char *name = sqlite3_bind_parameter_name(s, i);
            if (!name || name[0] != ':') {
                fail_msg("%s: parameter %d has no name", db_query_name((enum query_id)id), i);
            }
        }
        sqlite3_finalize(s);
    }
}

static void no_named_query_scans_a_big_table(void **state)
{
    struct db *db = *state;
    struct look look = {.faults = TEXT_INIT};
    for (int id = 0; id < QUERY_COUNT; id++) {
        const char *sql = db_query_sql((enum query_id)id);
        look.name = db_query_name((enum query_id)id);
        if (!is_no_query(sql)) {
            scans_of(db, sql, note_scan, &look);
        }
    }
    assert_string_equal(look.faults.bytes, "");
    for (size_t i = 0; i < EXCEPTIONS; i++) {
        if (!look.used[i]) {
            fail_msg("%s no longer scans %s", exceptions[i].query, exceptions[i].table);
        }
    }
    text_release(&look.faults);
}

/* The statements made from field.def: reading, writing and children of every kind. The state hash
 * alone (RECORD_SCAN) reads whole tables. */
static void no_record_statement_scans_a_table(void **state)
{
    struct db *db = *state;
    struct look look = {.faults = TEXT_INIT};
    for (int kind = 1; kind < RECORD_KIND_END; kind++) {
        for (int which = 0; which < RECORD_STATEMENTS; which++) {
            sqlite3_stmt *s;
            bool owned = which == RECORD_SELECT_OWNED;
            if (which == RECORD_SCAN || !kind_name((enum record_kind)kind) ||
                (owned && (kind == RECORD_ORGANIZATION || kind == RECORD_AREA_ALERT))) {
                continue; /* nobody owns those two */
            }
            assert_int_equal(
                record_statement(db, (enum record_kind)kind, (enum record_statement)which, &s),
                STATUS_OK);
            look.name = kind_name((enum record_kind)kind);
            scans_of(db, sqlite3_sql(s), note_scan, &look);
        }
    }
    assert_string_equal(look.faults.bytes, "");
    text_release(&look.faults);
}

/* A test that cannot see a scan would pass for ever. */
static void count_scan(void *context, const char *table, const char *detail)
{
    (void)detail;
    assert_string_equal(table, "service");
    ++*(size_t *)context;
}

static void a_scan_is_seen(void **state)
{
    static const char *const scanning[] = {
        "SELECT id FROM service WHERE name_en = :name",
        "SELECT s.id FROM service s WHERE s.status <> 4",
        "SELECT count(*) FROM service",
        "SELECT p.id FROM phone p JOIN service s ON s.name_en = p.note_en WHERE p.id = :id",
    };
    static const char *const searching[] = {
        "SELECT name_en FROM service WHERE id = :id",
        "SELECT s.id FROM service s WHERE s.organization = :id",
        "SELECT id FROM search_word WHERE word >= :low AND word < :high",
        "SELECT code FROM term",
    };
    for (size_t i = 0; i < sizeof scanning / sizeof *scanning; i++) {
        size_t found = 0;
        scans_of(*state, scanning[i], count_scan, &found);
        assert_int_equal(found, 1);
    }
    for (size_t i = 0; i < sizeof searching / sizeof *searching; i++) {
        size_t found = 0;
        scans_of(*state, searching[i], count_scan, &found);
        assert_int_equal(found, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_named_query_prepares),
        cmocka_unit_test(every_named_query_is_one_statement),
        cmocka_unit_test(every_parameter_has_a_name),
        cmocka_unit_test(no_named_query_scans_a_big_table),
        cmocka_unit_test(no_record_statement_scans_a_table),
        cmocka_unit_test(a_scan_is_seen),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
