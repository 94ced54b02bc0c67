/* Searching while somebody types, on the born directory: no beginning of a name finds nothing, and
 * no words make it fail or work hard. */
#include "finding.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "keys");
    *state = seeded_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

/* --- keystrokes
 * ------------------------------------------------------------------------------------ */

/* Beginnings of names that were typed already: names share them. An open hash of their hashes. */
struct typed {
    uint64_t seen[1 << 16];
    size_t keystrokes;
};

static bool is_known(struct typed *t, const char *bytes, size_t len)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    }
    size_t at = hash & 0xFFFF;
    while (t->seen[at] && t->seen[at] != hash) {
        at = (at + 1) & 0xFFFF;
    }
    bool known = t->seen[at] == hash;
    t->seen[at] = hash;
    return known;
}

static void type_name(struct db *db, struct typed *t, const char *name)
{
    for (size_t n = 1; n <= strlen(name); n++) {
        if (((unsigned char)name[n] & 0xC0) == 0x80 || is_known(t, name, n)) {
            continue;
        }
        char *typed = mem_strndup(name, n);
        struct query query = {.words = typed, .limit = 1};
        struct result result;
        run(db, &query, &result);
        if (!result.count) {
            fail_msg("'%s' (of '%s') finds nothing", typed, name);
        }
        result_release(&result);
        free(typed);
        t->keystrokes++;
    }
}

static void type_names(struct db *db, const char *sql, size_t step, size_t *ret_keystrokes)
{
    struct typed *t = mem_zalloc(1, sizeof *t);
    sqlite3_stmt *s = sql_prepare(db, sql);
    for (size_t i = 0; sqlite3_step(s) == SQLITE_ROW; i++) {
        if (i % step == 0) {
            type_name(db, t, column_text(s, 0));
        }
    }
    sqlite3_finalize(s);
    *ret_keystrokes = t->keystrokes;
    free(t);
}

static void no_keystroke_of_a_khmer_name_finds_nothing(void **state)
{
    size_t keystrokes;
    type_names(*state, "SELECT name_km FROM service ORDER BY id", 11, &keystrokes);
    assert_true(keystrokes > 1000);
}

static void no_keystroke_of_a_latin_name_finds_nothing(void **state)
{
    size_t keystrokes;
    type_names(*state, "SELECT name_en FROM service ORDER BY id", 23, &keystrokes);
    assert_true(keystrokes > 2000);
}

static void no_keystroke_of_an_area_finds_nothing(void **state)
{
    size_t keystrokes;
    type_names(*state, "SELECT name_km FROM area ORDER BY code", 5, &keystrokes);
    assert_true(keystrokes > 1000);
    type_names(*state, "SELECT name_en FROM area ORDER BY code", 5, &keystrokes);
    assert_true(keystrokes > 1000);
}

/* --- hostile words
 * --------------------------------------------------------------------------------- */

/* Steps of the database's machine: what a search costs, whatever the clock says. */
static int count_steps(void *context)
{
    ++*(size_t *)context;
    return 0;
}

static void check_hostile(void *context, const char *words)
{
    enum { STEP = 1000, MOST = 2000 }; /* two million instructions */
    struct db *db = context;
    size_t steps = 0;
    sqlite3_progress_handler(db->sqlite, STEP, count_steps, &steps);
    struct result result = find(db, words);
    sqlite3_progress_handler(db->sqlite, 0, NULL, NULL);
    if (steps > MOST) {
        fail_msg("'%.40s' takes %d thousand steps", words, (int)steps);
    }
    assert_true(utf8_valid(words, strlen(words), NULL) == false ||
                utf8_valid(result.text, strlen(result.text), NULL));
    assert_true(result.count <= 50);
    result_release(&result);
    struct query query = {.words = words, .filter_count = 1};
    query.filters[0] = (struct filter){.kind = FILTER_AREA, .value = "0703"};
    run(db, &query, &result);
    result_release(&result);
}

static void hostile_words_never_fail_and_cost_little(void **state)
{
    struct db *db = *state;
    hostile_each(check_hostile, db);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM search_row", NULL),
                     sql_one(db, "SELECT count(*) FROM service", NULL));
    assert_first(db, "chhuk social affairs", office("social", "0703"));
}

/* Only what cannot be seen is nothing typed at all. */
static void invisible_words_list_everything(void **state)
{
    static const char *const words[] = {
        "", " ", "     ", "\t", "\u200B", "\u200B\u200B", " \u200B ", "\u00A0"};
    struct result all = find(*state, "");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct result result = find(*state, words[i]);
        assert_string_equal(result.text, "");
        assert_int_equal(result.count, all.count);
        assert_int_equal(result.filter_count, 0);
        assert_true(uuid_equal(&result.rows[0].id, &all.rows[0].id));
        result_release(&result);
    }
    result_release(&all);
}

static void words_nobody_has_find_nothing(void **state)
{
    static const char *const words[] = {"xyzzyqq", "zzzz qqqq", "committee xyzzyqq", "ឩឪឫឬឩឪឫ"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct result result = find(*state, words[i]);
        if (result.count) {
            fail_msg("'%s' finds '%s'", words[i], result.rows[0].name_en);
        }
        assert_false(result.more);
        result_release(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_keystroke_of_a_khmer_name_finds_nothing),
        cmocka_unit_test(no_keystroke_of_a_latin_name_finds_nothing),
        cmocka_unit_test(no_keystroke_of_an_area_finds_nothing),
        cmocka_unit_test(hostile_words_never_fail_and_cost_little),
        cmocka_unit_test(invisible_words_list_everything),
        cmocka_unit_test(words_nobody_has_find_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
