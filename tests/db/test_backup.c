/* Copies: made, looked through, kept for a while, and put back while others work on. And the check
 * that tells whether a directory is what its log says. */
#include "saving.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "db/backup.h"
#include "db/check.h"
#include "db/restricted.h"

static char path[FIXTURE_PATH], folder[FIXTURE_PATH];

static void remove_all(void)
{
    char name[2 * FIXTURE_PATH];
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        snprintf(name, sizeof name, "%s/%s", folder, e->d_name);
        unlink(name);
    }
    if (dir)
        closedir(dir);
    fixture_remove(path);
}

static int setup(void **state)
{
    const char *dir = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/backups", dir ? dir : "/tmp");
    fixture_path(path, "backup");
    remove_all();
    fixture_ms = 1782000000000;
    *state = fixture_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    remove_all();
    return 0;
}

static size_t count_copies(void)
{
    struct backup_list list;
    assert_int_equal(backup_list_load(path, &list), STATUS_OK);
    size_t count = list.count;
    backup_list_release(&list);
    return count;
}

static size_t count_files(void)
{
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));)
        count += e->d_name[0] != '.';
    if (dir)
        closedir(dir);
    return count;
}

static struct db *reopen(const char *file)
{
    struct db *db;
    struct text detail = TEXT_INIT;
    if (db_open(file, DB_READ_WRITE, &db, &detail) != STATUS_OK)
        fail_msg("%s", detail.bytes);
    text_release(&detail);
    db_set_clock(db, fixture_now, &fixture_ms);
    return db;
}

static bool has_service(struct db *db, struct uuid id)
{
    bool there;
    assert_int_equal(record_exists(db, RECORD_SERVICE, &id, &there), STATUS_OK);
    return there;
}

static struct text make_copy_for(struct db *db, enum backup_why why)
{
    struct text name = TEXT_INIT;
    fixture_ms += 1000;
    if (backup_make(db, why, NULL, &name) != STATUS_OK)
        fail_msg("%s", db_error(db));
    return name;
}

static struct text make_copy(struct db *db)
{
    return make_copy_for(db, BACKUP_BY_HAND);
}

/* --- making ------------------------------------------------------------------------------------
 */

static void a_copy_is_whole_and_private(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct stat st;
    saving_entry(db, "Refuge", "012 345 678", &e);
    struct text name = make_copy(db);
    assert_non_null(strstr(name.bytes, "/backups/backup-"));
    assert_non_null(strstr(name.bytes, "-2026-06-21-070002-hand.db"));
    assert_int_equal(stat(name.bytes, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(stat(folder, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(count_files(), 1);
    uint8_t here[SHA256_BYTES], there[SHA256_BYTES];
    struct db *copy = reopen(name.bytes);
    saving_hash(db, here);
    saving_hash(copy, there);
    assert_memory_equal(here, there, sizeof here);
    assert_int_equal(op_check_chain(copy), STATUS_OK);
    db_close(copy);
    text_release(&name);
}

static void the_first_write_of_a_day_is_preceded_by_a_copy(void **state)
{
    struct db *db = *state;
    struct entry e;
    saving_entry(db, "Before", "012 345 678", &e);
    assert_int_equal(count_copies(), 0);
    backup_keep_daily(db);
    saving_entry(db, "First", "012 345 679", &e);
    saving_entry(db, "Second", "012 345 670", &e);
    assert_int_equal(count_copies(), 1);
    /* another program on the same day makes none either */
    struct db *other = reopen(path);
    backup_keep_daily(other);
    saving_entry(other, "Third", "012 345 671", &e);
    assert_int_equal(count_copies(), 1);
    fixture_ms += 86400000;
    saving_entry(other, "Fourth", "012 345 672", &e);
    saving_entry(db, "Fifth", "012 345 673", &e);
    assert_int_equal(count_copies(), 2);
    assert_int_equal(backup_trouble(db, NULL), STATUS_OK);
    db_close(other);
    /* the copy was made before the write */
    struct backup_list list;
    assert_int_equal(backup_list_load(path, &list), STATUS_OK);
    assert_int_equal(list.rows[0].why, BACKUP_DAILY);
    struct db *copy = reopen(list.rows[1].path);
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_prepare_v2(copy->sqlite, "SELECT count(*) FROM service", -1, &s, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(s, 0), 1);
    sqlite3_finalize(s);
    db_close(copy);
    backup_list_release(&list);
}

static void a_daily_copy_that_fails_does_not_stop_the_write(void **state)
{
    struct db *db = *state;
    struct entry e;
    const char *detail;
    int fd = open(folder, O_WRONLY | O_CREAT, 0600); /* a file where the folder should be */
    if (fd < 0) {
        assert_int_equal(rmdir(folder), 0);
        fd = open(folder, O_WRONLY | O_CREAT, 0600);
    }
    assert_true(fd >= 0);
    close(fd);
    backup_keep_daily(db);
    saving_entry(db, "Refuge", "012 345 678", &e);
    assert_true(has_service(db, e.service));
    assert_int_not_equal(backup_trouble(db, &detail), STATUS_OK);
    assert_true(strlen(detail) > 0);
    unlink(folder);
}

static void a_name_that_is_taken_is_left_alone(void **state)
{
    struct db *db = *state;
    assert_int_equal(backup_to(db, path, NULL), STATUS_CONFLICT);
    char other[FIXTURE_PATH];
    fixture_path(other, "named");
    unlink(other);
    assert_int_equal(backup_to(db, other, NULL), STATUS_OK);
    assert_int_equal(backup_to(db, other, NULL), STATUS_CONFLICT);
    unlink(other);
}

static bool stop_at(void *context, int done)
{
    int *most = context;
    assert_true(done >= 0 && done <= 1000);
    return done < *most;
}

static void a_copy_that_is_stopped_leaves_nothing(void **state)
{
    struct db *db = *state;
    struct entry e;
    saving_entry(db, "Refuge", "012 345 678", &e);
    for (int most = 0; most <= 1000; most += 250) {
        struct progress progress = {stop_at, &most};
        assert_int_equal(backup_make(db, BACKUP_BY_HAND, &progress, NULL), STATUS_CANCELLED);
        assert_int_equal(count_files(), 0);
    }
    saving_entry(db, "Other", "012 345 679", &e); /* and the directory works on */
}

static void a_full_disk_leaves_no_half_copy(void **state)
{
    struct db *db = *state;
    struct rlimit was, small = {65536, 65536};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    small.rlim_max = was.rlim_max;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum status status = backup_make(db, BACKUP_BY_HAND, NULL, NULL);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
    assert_int_equal(status, STATUS_FULL);
    assert_int_equal(count_files(), 0);
}

/* --- rotation -----------------------------------------------------------------------------------
 */

static void seven_days_four_weeks_and_twelve_months_are_kept(void **state)
{
    (void)state;
    enum { DAYS = 500 };
    static struct backup rows[DAYS];
    static bool keep[DAYS];
    int64_t today = 20625; /* 2026-06-21, a Sunday */
    for (int i = 0; i < DAYS; i++)
        rows[i] = (struct backup){.day = today - i, .time = (today - i) * 86400};
    backup_choose(rows, DAYS, keep);
    size_t kept = 0;
    for (int i = 0; i < DAYS; i++)
        kept += keep[i];
    for (int i = 0; i < 7; i++)
        assert_true(keep[i]);
    assert_true(keep[7] && keep[14] && keep[21]); /* Sundays: the newest of their weeks */
    assert_false(keep[8] || keep[28]);
    assert_true(keep[52]);   /* 30 April, the newest of its month */
    assert_true(keep[325]);  /* 31 July 2025, of the twelfth */
    assert_false(keep[356]); /* 30 June 2025 */
    assert_int_equal(kept, 7 + 3 + 10);
}

static void a_few_copies_are_all_kept(void **state)
{
    (void)state;
    struct backup rows[] = {{.day = 100}, {.day = 99}, {.day = 40}};
    bool keep[3];
    backup_choose(rows, 3, keep);
    assert_true(keep[0] && keep[1] && keep[2]);
    backup_choose(rows, 0, keep);
}

static void what_was_made_by_hand_stays_and_of_others_the_newest(void **state)
{
    (void)state;
    struct backup rows[40];
    bool keep[40];
    for (int i = 0; i < 40; i++)
        rows[i] =
            (struct backup){.day = 1000, .why = i % 2 ? BACKUP_BY_HAND : BACKUP_BEFORE_IMPORT};
    rows[0].why = BACKUP_DAILY; /* what was copied later the same day does not push it out */
    backup_choose(rows, 40, keep);
    for (int i = 0; i < 40; i++)
        assert_int_equal(keep[i], i % 2 || i <= 2 * BACKUP_OTHERS);
}

static void old_copies_go_and_other_files_stay(void **state)
{
    struct db *db = *state;
    char mine[2 * FIXTURE_PATH], sealed[2 * FIXTURE_PATH];
    for (int i = 0; i < 40; i++) {
        struct text name = make_copy_for(db, BACKUP_DAILY);
        if (i == 1) { /* as of a directory with confidential records */
            text_adds(&name, RESTRICTED_COPY);
            snprintf(sealed, sizeof sealed, "%s", name.bytes);
            FILE *f = fopen(sealed, "w");
            assert_non_null(f);
            fclose(f);
        }
        text_release(&name);
        fixture_ms += 86400000;
        if (i == 0) {
            snprintf(mine, sizeof mine, "%s/letter.txt", folder);
            int fd = open(mine, O_WRONLY | O_CREAT, 0600);
            assert_true(fd >= 0);
            close(fd);
        }
    }
    assert_int_equal(access(mine, F_OK), 0);
    assert_int_equal(access(sealed, F_OK), -1);
    assert_in_range(count_copies(), 10, 13);
    for (int i = 0; i < 3; i++) { /* several of one day: the newest stays */
        struct text name = make_copy_for(db, BACKUP_DAILY);
        assert_int_equal(access(name.bytes, F_OK), 0);
        text_release(&name);
    }
    assert_in_range(count_copies(), 10, 13);
}

/* --- putting back -------------------------------------------------------------------------------
 */

static void what_was_saved_comes_back_and_what_was_there_is_kept(void **state)
{
    struct db *db = *state;
    struct entry first, second, third;
    saving_entry(db, "First", "012 345 678", &first);
    struct text name = make_copy(db), kept = TEXT_INIT, detail = TEXT_INIT;
    saving_entry(db, "Second", "012 345 679", &second);
    struct op_ref before, after;
    struct seen seen;
    assert_int_equal(op_seen(db, &second.service, &seen), STATUS_OK);
    before = (struct op_ref){seen.rows[0].replica, seen.rows[0].seq};
    /* db stays open, as another program's would */
    if (backup_restore(path, DB_REAL, name.bytes, NULL, &kept, &detail) != STATUS_OK)
        fail_msg("%s", detail.bytes);
    assert_true(has_service(db, first.service));
    assert_false(has_service(db, second.service));
    /* changes from now on are another replica's */
    saving_entry(db, "Third", "012 345 670", &third);
    assert_int_equal(op_seen(db, &third.service, &seen), STATUS_OK);
    after = (struct op_ref){seen.rows[0].replica, seen.rows[0].seq};
    assert_false(uuid_equal(&before.replica, &after.replica));
    assert_int_equal(op_check_chain(db), STATUS_OK);
    struct db *again = reopen(path);
    assert_true(has_service(again, third.service));
    db_close(again);
    again = reopen(kept.bytes);
    assert_true(has_service(again, second.service));
    db_close(again);
    text_release(&name);
    text_release(&kept);
    text_release(&detail);
}

static void spoil(const char *file, long from, size_t count)
{
    FILE *f = fopen(file, "r+");
    assert_non_null(f);
    assert_int_equal(fseek(f, from, SEEK_SET), 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(fputc(0x5a, f), 0x5a);
    assert_int_equal(fclose(f), 0);
}

static void a_damaged_copy_is_refused_and_nothing_changes(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct text name = make_copy(db), detail = TEXT_INIT;
    saving_entry(db, "Refuge", "012 345 678", &e);
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    saving_hash(db, before);
    static const struct {
        long from;
        size_t count;
    } harm[] = {{4096 * 3, 4096 * 6}, {0, 100}};
    for (size_t i = 0; i < 2; i++) {
        spoil(name.bytes, harm[i].from, harm[i].count);
        enum status status = backup_restore(path, DB_REAL, name.bytes, NULL, NULL, &detail);
        assert_true(status == STATUS_CORRUPT || status == STATUS_NOT_DB);
        saving_hash(db, after);
        assert_memory_equal(before, after, sizeof before);
    }
    assert_int_equal(backup_restore(path, DB_REAL, "/nowhere/at/all.db", NULL, NULL, NULL),
                     STATUS_NO_FILE);
    assert_int_equal(count_copies(), 1);
    text_release(&name);
    text_release(&detail);
}

static void a_damaged_directory_is_set_aside(void **state)
{
    struct db *db = *state;
    struct entry e;
    saving_entry(db, "Refuge", "012 345 678", &e);
    struct text name = make_copy(db), kept = TEXT_INIT, detail = TEXT_INIT;
    db_close(db);
    spoil(path, 0, 4096 * 4);
    if (backup_restore(path, DB_REAL, name.bytes, NULL, &kept, &detail) != STATUS_OK)
        fail_msg("%s", detail.bytes);
    assert_non_null(strstr(kept.bytes, ".damaged-"));
    assert_int_equal(access(kept.bytes, F_OK), 0);
    *state = db = reopen(path);
    assert_true(has_service(db, e.service));
    fixture_remove(kept.bytes);
    text_release(&name);
    text_release(&kept);
    text_release(&detail);
}

/* --- check --------------------------------------------------------------------------------------
 */

static struct check_report run_check(struct db *db)
{
    struct check_report report;
    if (check_run(db, NULL, &report) != STATUS_OK)
        fail_msg("%s", db_error(db));
    return report;
}

static void a_good_directory_is_found_good(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct op_ref save;
    saving_entry(db, "Refuge", "012 345 678", &e);
    saving_set_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en), "Two", &save);
    saving_verify(db, e.service, VALUE_RESULT_STILL_RIGHT);
    struct check_report report = run_check(db);
    for (int i = 0; i <= CHECK_INDEX; i++)
        if (report.steps[i].verdict != CHECK_GOOD)
            fail_msg("step %d: %s", i, report.steps[i].detail);
    assert_false(check_is_wrong(&report));
    assert_int_equal(report.steps[CHECK_BACKUP].verdict, CHECK_ADVICE);
    struct text name = make_copy(db);
    assert_int_equal(chmod(path, 0600), 0);
    report = run_check(db);
    assert_int_equal(report.steps[CHECK_BACKUP].verdict, CHECK_GOOD);
    assert_int_equal(chmod(path, 0644), 0);
    report = run_check(db);
    assert_int_equal(report.steps[CHECK_ACCESS].verdict, CHECK_ADVICE);
    text_release(&name);
}

static void what_is_wrong_is_found_where_it_is(void **state)
{
    static const struct {
        const char *harm;
        enum check_step step;
    } rows[] = {
        {"UPDATE service SET name_en = 'Forged'", CHECK_FOLD},
        {"DELETE FROM phone", CHECK_FOLD},
        {"UPDATE search_row SET phones = '1'", CHECK_INDEX},
        {"DELETE FROM area_count", CHECK_INDEX},
        {"UPDATE search_posting SET docs = x'0000' WHERE key = (SELECT id << 16 FROM search_word "
         "WHERE word = 'nrefuge')",
         CHECK_INDEX},
        {"UPDATE search_posting SET docs = x'0000ff'", CHECK_INDEX},
        {"DELETE FROM search_posting WHERE key = (SELECT id << 16 FROM search_word WHERE word = "
         "'nrefuge')",
         CHECK_INDEX},
        {"DROP TRIGGER op_no_update; UPDATE op SET actor = 'x' WHERE seq = 2", CHECK_LOG},
        {"DROP TRIGGER op_no_delete; DELETE FROM op WHERE seq = 2", CHECK_LOG},
        {"PRAGMA foreign_keys = 0; DELETE FROM organization", CHECK_REFERENCES},
    };
    struct db *db = *state;
    struct entry e;
    saving_entry(db, "Refuge", "012 345 678", &e);
    struct text name = make_copy(db);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct db *spoilt;
        char other[FIXTURE_PATH];
        fixture_path(other, "spoilt");
        fixture_remove(other);
        assert_int_equal(backup_to(db, other, NULL), STATUS_OK);
        spoilt = reopen(other);
        assert_int_equal(sqlite3_exec(spoilt->sqlite, rows[i].harm, NULL, NULL, NULL), SQLITE_OK);
        struct check_report report = run_check(spoilt);
        if (report.steps[rows[i].step].verdict != CHECK_WRONG)
            fail_msg("not found: %s", rows[i].harm);
        assert_true(check_is_wrong(&report));
        assert_true(strlen(report.steps[rows[i].step].detail) > 0);
        db_close(spoilt);
        fixture_remove(other);
    }
    text_release(&name);
}

static void a_check_can_be_stopped(void **state)
{
    struct check_report report;
    for (int most = 0; most <= 1000; most += 200) {
        struct progress progress = {stop_at, &most};
        assert_int_equal(check_run(*state, &progress, &report), STATUS_CANCELLED);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_copy_is_whole_and_private),
        TEST(the_first_write_of_a_day_is_preceded_by_a_copy),
        TEST(a_daily_copy_that_fails_does_not_stop_the_write),
        TEST(a_name_that_is_taken_is_left_alone),
        TEST(a_copy_that_is_stopped_leaves_nothing),
        TEST(a_full_disk_leaves_no_half_copy),
        cmocka_unit_test(seven_days_four_weeks_and_twelve_months_are_kept),
        cmocka_unit_test(a_few_copies_are_all_kept),
        cmocka_unit_test(what_was_made_by_hand_stays_and_of_others_the_newest),
        TEST(old_copies_go_and_other_files_stay),
        TEST(what_was_saved_comes_back_and_what_was_there_is_kept),
        TEST(a_damaged_copy_is_refused_and_nothing_changes),
        TEST(a_damaged_directory_is_set_aside),
        TEST(a_good_directory_is_found_good),
        TEST(what_is_wrong_is_found_where_it_is),
        TEST(a_check_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
