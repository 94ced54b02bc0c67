/* A save that is cut off: killed at every write, sync and truncation, torn in the middle of a
 * write, or met by a full or failing disk. What was acknowledged is there afterwards, what was not
 * is there whole or not at all, and the file is sound. */
#include "saving.h"
#include "shim.h"

#include <fcntl.h>
#include <sys/wait.h>

#include "db/check.h"

static char base[FIXTURE_PATH], path[FIXTURE_PATH];

static void copy_base(void)
{
    char buffer[65536];
    fixture_remove(path);
    FILE *from = fopen(base, "r"), *to = fopen(path, "w");
    assert_non_null(from);
    assert_non_null(to);
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, from)) > 0;)
        assert_int_equal(fwrite(buffer, 1, n, to), n);
    fclose(from);
    assert_int_equal(fclose(to), 0);
}

/* A directory with one entry, in write-ahead mode as every directory in use. */
static int setup(void **state)
{
    struct entry e;
    (void)state;
    fixture_path(base, "crash-base");
    fixture_path(path, "crash");
    fixture_ms = 1782000000000;
    struct db *db = fixture_open(base);
    assert_int_equal(db_exec(db, "PRAGMA journal_mode=WAL"), STATUS_OK);
    saving_entry(db, "Entry 0", "012 345 678", &e);
    db_close(db);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_remove(base);
    fixture_remove(path);
    return 0;
}

static struct db *open_path(void)
{
    struct db *db;
    struct text detail = TEXT_INIT;
    if (db_open(path, DB_READ_WRITE, &db, &detail) != STATUS_OK)
        fail_msg("%s", detail.bytes);
    text_release(&detail);
    db_set_clock(db, fixture_now, &fixture_ms);
    return db;
}

enum { SAVES = 2 };

/* In a child: saves of four records each; a byte into the pipe after each that came back. */
static void work(int pipe, enum shim_harm harm, long at)
{
    struct shim shim;
    struct entry e;
    shim_install(&shim);
    shim_harm_at(&shim, harm, at);
    struct db *db = open_path();
    for (int i = 1; i <= SAVES; i++) {
        char name[32];
        snprintf(name, sizeof name, "Entry %d", i);
        saving_entry(db, name, "012 345 678", &e);
        if (write(pipe, "+", 1) != 1)
            _exit(2);
    }
    db_close(db); /* moves the log into the file: more steps */
    _exit(0);
}

/* Runs it; *ret_acknowledged saves came back; true when it was killed. */
static bool run_killed(enum shim_harm harm, long at, int *ret_acknowledged)
{
    int ends[2], status, count = 0;
    char byte;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        close(ends[0]);
        work(ends[1], harm, at);
    }
    close(ends[1]);
    while (read(ends[0], &byte, 1) == 1)
        count++;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    *ret_acknowledged = count;
    if (WIFSIGNALED(status)) {
        assert_int_equal(WTERMSIG(status), SIGKILL);
        return true;
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    return false;
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

static void assert_sound(struct db *db, const char *what, long at)
{
    struct check_report report;
    assert_int_equal(check_run(db, NULL, &report), STATUS_OK);
    for (int i = 0; i <= CHECK_INDEX; i++)
        if (report.steps[i].verdict != CHECK_GOOD)
            fail_msg("%s at %ld, step %d: %s", what, at, i, report.steps[i].detail);
}

/* Every entry has all of its four records, its four ops and its row in the index. */
static void assert_whole(struct db *db, int acknowledged, const char *what, long at)
{
    int64_t entries = count_rows(db, "SELECT count(*) FROM service");
    if (entries < 1 + acknowledged || entries > 2 + acknowledged)
        fail_msg("%s at %ld: %d acknowledged, %d there", what, at, acknowledged, (int)entries - 1);
    static const char *const others[] = {
        "SELECT count(*) FROM organization", "SELECT count(*) FROM phone",
        "SELECT count(*) FROM service_area", "SELECT count(*) / 4 FROM op",
        "SELECT count(*) FROM search_row",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (count_rows(db, others[i]) != entries)
            fail_msg("%s at %ld: half a save: %s", what, at, others[i]);
}

static void cut_off_everywhere(enum shim_harm harm, const char *what)
{
    struct entry e;
    long at = 1;
    int acknowledged;
    for (;; at++) {
        copy_base();
        if (!run_killed(harm, at, &acknowledged))
            break;
        struct db *db = open_path();
        assert_int_equal(db_exec(db, "PRAGMA synchronous=OFF"), STATUS_OK); /* only for the look */
        assert_whole(db, acknowledged, what, at);
        assert_sound(db, what, at);
        saving_entry(db, "After", "012 345 678", &e); /* and it works on */
        db_close(db);
    }
    assert_int_equal(acknowledged, SAVES);
    assert_true(at > 20);
    print_message("%s at each of %ld steps of %d saves\n", what, at - 1, SAVES);
}

static void a_save_killed_at_any_step_is_whole_or_not_there(void **state)
{
    (void)state;
    cut_off_everywhere(SHIM_KILL, "killed");
}

static void a_torn_write_harms_nothing(void **state)
{
    (void)state;
    cut_off_everywhere(SHIM_TEAR, "torn");
}

/* The same process goes on afterwards: the person frees some space and saves again. */
static void refused_everywhere(enum shim_harm harm, const char *what)
{
    struct shim shim;
    struct entry e;
    long at = 1;
    bool refused = true;
    shim_install(&shim);
    for (; refused; at++) {
        uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
        copy_base();
        shim_harm_at(&shim, SHIM_NONE, 0);
        struct db *db = open_path();
        struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "New")};
        struct change c = saving_change(OP_CREATE, RECORD_ORGANIZATION, saving_id(), f, 1);
        saving_hash(db, before);
        shim_harm_at(&shim, harm, at);
        enum status status = op_append_all(db, &c, 1, NULL, NULL);
        shim_harm_at(&shim, SHIM_NONE, 0);
        refused = status != STATUS_OK;
        if (refused) {
            if (status != (harm == SHIM_FULL ? STATUS_FULL : STATUS_IO))
                fail_msg("%s at %ld: status %d: %s", what, at, (int)status, db_error(db));
            saving_hash(db, after);
            assert_memory_equal(before, after, sizeof before);
        }
        saving_entry(db, "Later", "012 345 678", &e);
        assert_sound(db, what, at);
        db_close(db);
    }
    shim_remove(&shim);
    assert_true(at > 3);
    print_message("%s at each of %ld steps of a save\n", what, at - 2);
}

static void a_full_disk_refuses_the_save_and_loses_nothing(void **state)
{
    (void)state;
    refused_everywhere(SHIM_FULL, "full disk");
}

static void a_failing_disk_refuses_the_save_and_loses_nothing(void **state)
{
    (void)state;
    refused_everywhere(SHIM_BAD, "failing disk");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_save_killed_at_any_step_is_whole_or_not_there),
        cmocka_unit_test(a_torn_write_harms_nothing),
        cmocka_unit_test(a_full_disk_refuses_the_save_and_loses_nothing),
        cmocka_unit_test(a_failing_disk_refuses_the_save_and_loses_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
