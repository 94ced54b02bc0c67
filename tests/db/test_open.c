/* Opening and making files: what is not ours is refused and left as it was; two processes share one
 * file; an acknowledged change survives. */
#include "fixture.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

extern const unsigned char seed_start[], seed_end[];

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    (void)state;
    fixture_path(path, "open");
    fixture_remove(path);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fixture_remove(path);
    return 0;
}

static struct seed linked_seed(void)
{
    return (struct seed){seed_start, (size_t)(seed_end - seed_start)};
}

static void write_file(const char *bytes, size_t len)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static void assert_refused(enum status wanted)
{
    struct db *db;
    struct text detail;
    text_init(&detail);
    assert_int_equal(db_open(path, DB_READ_WRITE, &db, &detail), wanted);
    text_release(&detail);
}

static void files_that_are_not_ours_are_refused(void **state)
{
    (void)state;
    assert_refused(STATUS_NO_FILE);
    write_file("", 0);
    assert_refused(STATUS_NOT_DB);
    write_file("hello, this is a letter", 23);
    assert_refused(STATUS_NOT_DB);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, 23);
    fixture_remove(path);
    sqlite3 *other;
    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "CREATE TABLE t (x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    assert_refused(STATUS_NOT_DB);
    fixture_remove(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_refused(STATUS_NOT_DB);
    assert_int_equal(rmdir(path), 0);
}

static void a_damaged_file_is_refused(void **state)
{
    (void)state;
    db_close(fixture_open(path));
    int fd = open(path, O_RDWR);
    assert_true(fd >= 0);
    char rubbish[4096];
    memset(rubbish, 0x5a, sizeof rubbish);
    assert_int_equal(pwrite(fd, rubbish, sizeof rubbish - 100, 100), sizeof rubbish - 100);
    close(fd);
    struct db *db;
    enum status status = db_open(path, DB_READ_WRITE, &db, NULL);
    assert_true(status == STATUS_CORRUPT || status == STATUS_NOT_DB);
}

static void a_newer_file_is_only_read(void **state)
{
    (void)state;
    struct db *db = fixture_open(path);
    assert_int_equal(db_exec(db, "PRAGMA user_version = 999"), STATUS_OK);
    db_close(db);
    assert_refused(STATUS_TOO_NEW);
    assert_int_equal(db_open(path, DB_READ_ONLY, &db, NULL), STATUS_OK);
    struct area_list areas;
    assert_int_equal(area_children(db, "", &areas), STATUS_OK);
    assert_int_equal(areas.count, 1);
    area_list_release(&areas);
    assert_int_equal(db_begin(db), STATUS_READONLY);
    db_close(db);
}

static void a_new_directory_is_made_from_the_seed(void **state)
{
    (void)state;
    struct db *db;
    char deep[FIXTURE_PATH + 32], dir[FIXTURE_PATH + 16];
    snprintf(dir, sizeof dir, "%s.d", path);
    snprintf(deep, sizeof deep, "%s/a/directory.db", dir);
    assert_int_equal(db_create(deep, linked_seed(), NULL), STATUS_OK);
    assert_int_equal(db_create(deep, linked_seed(), NULL), STATUS_OK); /* there already */
    struct stat st;
    assert_int_equal(stat(deep, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(stat(dir, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(db_open(deep, DB_READ_WRITE, &db, NULL), STATUS_OK);
    assert_int_equal(op_check_chain(db), STATUS_OK);
    struct uuid id = uuid_from_name("new");
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "New")};
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, id, f, 1, NULL), STATUS_OK);
    assert_int_equal(op_check_chain(db), STATUS_OK);
    db_close(db);
    fixture_remove(deep);
    snprintf(deep, sizeof deep, "%s/a", dir);
    assert_int_equal(rmdir(deep), 0); /* nothing else was left there */
    assert_int_equal(rmdir(dir), 0);
}

static struct uuid own_replica_of(const char *file)
{
    struct db *db;
    struct uuid id;
    sqlite3_stmt *s;
    assert_int_equal(db_open(file, DB_READ_WRITE, &db, NULL), STATUS_OK);
    assert_int_equal(sqlite3_prepare_v2(db->sqlite,
                                        "SELECT r.id FROM replica r JOIN meta m ON m.value = r.n "
                                        "WHERE m.key = 'replica'",
                                        -1, &s, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    assert_true(column_id(s, 0, &id));
    sqlite3_finalize(s);
    db_close(db);
    return id;
}

static void each_new_directory_has_a_replica_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(db_create(path, linked_seed(), NULL), STATUS_OK);
    struct uuid first = own_replica_of(path);
    fixture_remove(path);
    assert_int_equal(db_create(path, linked_seed(), NULL), STATUS_OK);
    struct uuid second = own_replica_of(path);
    assert_false(uuid_equal(&first, &second));
}

static void no_space_leaves_nothing_behind(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct rlimit limit = {64 * 1024, 64 * 1024};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(db_create(path, linked_seed(), NULL) == STATUS_FULL ? 0 : 1);
    }
    int result;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
    struct stat st;
    assert_int_equal(stat(path, &st), -1);
}

static void another_process_sees_a_change_at_once(void **state)
{
    (void)state;
    db_close(fixture_open(path));
    struct db *reader;
    assert_int_equal(db_open(path, DB_READ_WRITE, &reader, NULL), STATUS_OK);
    int64_t before = db_data_version(reader);
    struct uuid id = uuid_from_name("shared");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct db *db;
        struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Shared")};
        enum status status = db_open(path, DB_READ_WRITE, &db, NULL);
        if (status == STATUS_OK)
            status = fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, id, f, 1, NULL);
        _exit((int)status); /* without closing: what was acknowledged must be there */
    }
    int result;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    assert_int_not_equal(db_data_version(reader), before);
    struct record_list list = {0};
    assert_int_equal(record_load(reader, RECORD_ORGANIZATION, &id, &list), STATUS_OK);
    record_list_release(&list);
    db_close(reader);
}

static void writers_of_several_processes_lose_nothing(void **state)
{
    (void)state;
    enum { WRITERS = 4, EACH = 25 };
    db_close(fixture_open(path));
    pid_t children[WRITERS];
    for (int w = 0; w < WRITERS; w++) {
        children[w] = fork();
        assert_true(children[w] >= 0);
        if (children[w] == 0) {
            struct db *db;
            enum status status = db_open(path, DB_READ_WRITE, &db, NULL);
            for (int i = 0; i < EACH && status == STATUS_OK; i++) {
                char name[32];
                snprintf(name, sizeof name, "w%d-%d", w, i);
                struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), name)};
                status = fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, uuid_from_name(name), f,
                                        1, NULL);
            }
            _exit((int)status);
        }
    }
    for (int w = 0; w < WRITERS; w++) {
        int result;
        assert_int_equal(waitpid(children[w], &result, 0), children[w]);
        assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    }
    struct db *db;
    assert_int_equal(db_open(path, DB_READ_WRITE, &db, NULL), STATUS_OK);
    assert_int_equal(op_check_chain(db), STATUS_OK);
    for (int w = 0; w < WRITERS; w++)
        for (int i = 0; i < EACH; i++) {
            char name[32];
            struct record_list list = {0};
            snprintf(name, sizeof name, "w%d-%d", w, i);
            struct uuid id = uuid_from_name(name);
            assert_int_equal(record_load(db, RECORD_ORGANIZATION, &id, &list), STATUS_OK);
            record_list_release(&list);
        }
    db_close(db);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_that_are_not_ours_are_refused),
        TEST(a_damaged_file_is_refused),
        TEST(a_newer_file_is_only_read),
        TEST(a_new_directory_is_made_from_the_seed),
        TEST(each_new_directory_has_a_replica_of_its_own),
        TEST(no_space_leaves_nothing_behind),
        TEST(another_process_sees_a_change_at_once),
        TEST(writers_of_several_processes_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
