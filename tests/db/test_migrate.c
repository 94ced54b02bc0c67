/* A directory made by an older program is brought to this one's schema, after a copy of it. */
#include "fixture.h"

#include <dirent.h>
#include <sys/stat.h>

#include "db/internal.h"
#include "db/search.h"

static char path[FIXTURE_PATH], folder[FIXTURE_PATH + 16];

static void run_file(struct db *db, const char *name)
{
    const char *top = getenv("CPDIR_TOP");
    struct text file = TEXT_INIT, sql = TEXT_INIT;
    char bytes[4096];
    text_addf(&file, "%s/db/migrations/%s", top ? top : ".", name);
    FILE *f = fopen(file.bytes, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        text_add(&sql, bytes, n);
    fclose(f);
    if (db_exec(db, sql.bytes) != STATUS_OK)
        fail_msg("%s: %s", name, db_error(db));
    text_release(&file);
    text_release(&sql);
}

/* As the program of the second schema left it: one service with its organization in Kampot. */
static void make_old(void)
{
    struct db old = {0};
    char sql[120];
    assert_int_equal(sqlite3_open(path, &old.sqlite), SQLITE_OK);
    assert_int_equal(search_know_old(&old), STATUS_OK);
    run_file(&old, "0001_core.sql");
    run_file(&old, "0002_search.sql");
    snprintf(sql, sizeof sql,
             "PRAGMA application_id=%d; PRAGMA user_version=2; "
             "PRAGMA journal_mode=WAL",
             DB_APPLICATION_ID);
    assert_int_equal(db_exec(&old, sql), STATUS_OK);
    assert_int_equal(
        db_exec(
            &old,
            "INSERT INTO area VALUES ('07', '', 1, 'កំពត', 'Kampot', NULL, NULL, NULL);"
            "INSERT INTO area_name VALUES ('kampot', '07');"
            "INSERT INTO term VALUES ('A', '', 'ក', 'Emergency', 0, 1, '', '', '', '');"
            "INSERT INTO term VALUES ('A1', 'A', 'ទូរស័ព្ទបន្ទាន់', 'Hotline', 7, 1, '', '', '', '');"
            "INSERT INTO replica VALUES (1, x'00112233445566778899aabbccddeeff', 0, zeroblob(32));"
            "INSERT INTO organization (id, status, name_en) VALUES"
            " (x'00000000000000000000000000000001', 1, 'Lantern house');"
            "INSERT INTO service (id, status, name_en, organization) VALUES"
            " (x'00000000000000000000000000000002', 1, 'Lantern line',"
            "  x'00000000000000000000000000000001');"),
        STATUS_OK);
    search_close(&old);
    assert_int_equal(sqlite3_close(old.sqlite), SQLITE_OK);
}

static size_t copies(bool remove)
{
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char name[2 * FIXTURE_PATH];
        snprintf(name, sizeof name, "%s/%s", folder, e->d_name);
        count += *e->d_name != '.';
        if (remove && *e->d_name != '.')
            unlink(name);
    }
    if (dir)
        closedir(dir);
    return count;
}

static void an_older_file_is_copied_and_brought_to_this_schema(void **state)
{
    struct db *db;
    struct text detail = TEXT_INIT;
    struct result found;
    struct query q = {.words = "lantern"};
    (void)state;
    make_old();
    enum status status = db_open(path, DB_READ_WRITE, &db, &detail);
    if (status != STATUS_OK)
        fail_msg("%d: %s", (int)status, detail.bytes);
    assert_int_equal(copies(false), 1);
    assert_int_equal(search_run(db, &q, &found), STATUS_OK);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.rows[0].name_en, "Lantern line");
    result_release(&found);
    db_close(db);
    assert_int_equal(db_open(path, DB_READ_ONLY, &db, &detail),
                     STATUS_OK); /* nothing is left to do */
    db_close(db);
    assert_int_equal(copies(false), 1);
    text_release(&detail);
}

static void an_older_file_for_reading_only_is_not_touched(void **state)
{
    struct db *db;
    (void)state;
    make_old();
    assert_int_equal(db_open(path, DB_READ_ONLY, &db, NULL), STATUS_READONLY);
    assert_int_equal(copies(false), 0);
}

static int set_up(void **state)
{
    const char *dir = getenv("TMPDIR");
    (void)state;
    fixture_path(path, "migrate");
    snprintf(folder, sizeof folder, "%s/backups", dir ? dir : "/tmp");
    fixture_remove(path);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_remove(path);
    (void)copies(true);
    rmdir(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_older_file_is_copied_and_brought_to_this_schema, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_older_file_for_reading_only_is_not_touched, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
