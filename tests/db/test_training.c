/* The training directory: it is invented through and through, has something of everything, comes
 * back as it was, and is never taken for the real one, nor the real one for it. */
#include "seeded.h"

#include <sys/stat.h>

#include "db/backup.h"
#include "db/due.h"
#include "db/duplicate.h"
#include "db/restricted.h"
#include "db/training.h"

extern const unsigned char training_start[], training_end[];

struct place {
    char real[FIXTURE_PATH], path[FIXTURE_PATH];
    struct db *db; /* of path, may be NULL */
};

static struct seed training_seed(void)
{
    return (struct seed){training_start, (size_t)(training_end - training_start)};
}

static struct seed real_seed(void)
{
    return (struct seed){seed_start, (size_t)(seed_end - seed_start)};
}

static int64_t lesson_now(void *context)
{
    (void)context;
    return TRAINING_START_MS;
}

static struct db *open_training(const char *path)
{
    struct db *db = NULL;
    assert_int_equal(db_open_set(path, DB_TRAINING, DB_READ_WRITE, &db, NULL), STATUS_OK);
    db_set_clock(db, lesson_now, NULL);
    return db;
}

static int set_up(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    fixture_path(p->real, "training-real");
    fixture_path(p->path, "training");
    fixture_remove(p->real);
    fixture_remove(p->path);
    assert_int_equal(db_create(p->path, training_seed(), NULL), STATUS_OK);
    p->db = open_training(p->path);
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    db_close(p->db);
    fixture_remove(p->real);
    fixture_remove(p->path);
    free(p);
    return 0;
}

static void read_bytes(const char *path, struct text *out)
{
    char block[65536];
    size_t got;
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    while ((got = fread(block, 1, sizeof block, f)) > 0)
        text_add(out, block, got);
    fclose(f);
}

static void assert_is_seed(const char *path)
{
    struct text bytes = TEXT_INIT;
    struct seed seed = training_seed();
    read_bytes(path, &bytes);
    assert_int_equal(bytes.len, seed.len);
    assert_memory_equal(bytes.bytes, seed.bytes, seed.len);
    text_release(&bytes);
}

/* A change as a learner makes it: the first service gets another name. */
static void change_something(struct db *db)
{
    struct uuid id;
    sqlite3_stmt *s = sql_prepare(db, "SELECT id FROM service ORDER BY id LIMIT 1");
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    assert_true(column_id(s, 0, &id));
    sqlite3_finalize(s);
    const struct field_value name = fixture_text(FIELD_ID(SERVICE, name_en), "Changed");
    assert_int_equal(fixture_change(db, OP_SET, RECORD_SERVICE, id, &name, 1, NULL), STATUS_OK);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM service WHERE name_en = ?1", "Changed"), 1);
}

/* --- what is in it --------------------------------------------------------------------------- */

static void it_is_a_province_of_3_districts_and_20_communes(void **state)
{
    const struct place *p = *state;
    assert_int_equal(sql_one(p->db, "SELECT count(*) FROM area WHERE length(code) = 2", NULL), 1);
    assert_int_equal(sql_one(p->db, "SELECT count(*) FROM area WHERE length(code) = 4", NULL), 3);
    assert_int_equal(sql_one(p->db, "SELECT count(*) FROM area WHERE length(code) = 6", NULL), 20);
    assert_int_equal(sql_one(p->db, "SELECT count(*) FROM area", NULL), 24);
    assert_in_range(sql_one(p->db, "SELECT count(*) FROM service", NULL), 120, 160);
}

static void no_place_has_the_name_of_a_real_one(void **state)
{
    const struct place *p = *state;
    struct db *real = seeded_open(p->real);
    sqlite3_stmt *s = sql_prepare(p->db, "SELECT name_km, name_en FROM area");
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *km = (const char *)sqlite3_column_text(s, 0);
        const char *en = (const char *)sqlite3_column_text(s, 1);
        if (sql_one(real, "SELECT count(*) FROM area WHERE name_km = ?1", km) ||
            sql_one(real, "SELECT count(*) FROM area WHERE lower(name_en) = lower(?1)", en))
            fail_msg("%s %s is a real place", km, en);
    }
    sqlite3_finalize(s);
    db_close(real);
}

static void no_record_has_the_id_or_the_name_of_a_real_one(void **state)
{
    const struct place *p = *state;
    struct db *real = seeded_open(p->real);
    char sql[FIXTURE_PATH + 64];
    snprintf(sql, sizeof sql, "ATTACH '%s' AS real", p->real);
    assert_int_equal(sqlite3_exec(p->db->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(
        sql_one(p->db, "SELECT count(*) FROM op a JOIN real.op b ON a.record = b.record", NULL), 0);
    assert_int_equal(sql_one(p->db,
                             "SELECT count(*) FROM service a JOIN real.service b "
                             "ON a.name_en = b.name_en OR a.name_km = b.name_km",
                             NULL),
                     0);
    assert_int_equal(sqlite3_exec(p->db->sqlite, "DETACH real", NULL, NULL, NULL), SQLITE_OK);
    db_close(real);
}

static void no_telephone_can_be_dialled(void **state)
{
    const struct place *p = *state;
    assert_in_range(sql_one(p->db, "SELECT count(*) FROM phone", NULL), 100, 200);
    assert_int_equal(
        sql_one(p->db,
                "SELECT count(*) FROM phone WHERE number NOT GLOB '+85559000[0-9][0-9][0-9]'",
                NULL),
        0);
    assert_int_equal(sql_one(p->db,
                             "SELECT count(*) FROM organization WHERE email IS NOT NULL OR website "
                             "IS NOT NULL",
                             NULL),
                     0);
}

static void every_entry_says_that_it_is_invented(void **state)
{
    const struct place *p = *state;
    assert_int_equal(sql_one(p->db,
                             "SELECT count(*) FROM service WHERE source IS NULL OR source <> "
                             "'invented for training'",
                             NULL),
                     0);
}

static void every_kind_of_service_is_there_in_both_languages(void **state)
{
    const struct place *p = *state;
    assert_int_equal(sql_one(p->db,
                             "SELECT count(*) FROM term t WHERE t.parent <> '' AND NOT EXISTS "
                             "(SELECT 1 FROM term_link l WHERE l.term = t.code)",
                             NULL),
                     0);
    assert_int_equal(sql_one(p->db,
                             "SELECT count(*) FROM service WHERE coalesce(name_km, '') = '' OR "
                             "coalesce(name_en, '') = ''",
                             NULL),
                     0);
}

static void the_standing_offices_stand_by_the_same_rule(void **state)
{
    const struct place *p = *state;
    static const char sql[] =
        "SELECT count(*) FROM term_link l JOIN service_area a ON a.service = l.record "
        "WHERE l.term = substr(?1, 1, 2) AND length(a.area) = CAST(substr(?1, 3) AS INTEGER)";
    assert_int_equal(sql_one(p->db, sql, "B16"), 20);
    assert_int_equal(sql_one(p->db, sql, "B24"), 3);
    assert_int_equal(sql_one(p->db, sql, "B34"), 3);
    assert_int_equal(sql_one(p->db, sql, "B22"), 1);
    assert_int_equal(sql_one(p->db, sql, "B32"), 1);
}

/* Shelters tell no place at all, not even a sealed one: that file belongs to the real directory. */
static void no_shelter_tells_its_place(void **state)
{
    const struct place *p = *state;
    assert_int_equal(
        sql_one(
            p->db,
            "SELECT count(*) FROM service_at_location x JOIN term_link l ON l.record = x.service "
            "WHERE l.term = 'A3'",
            NULL),
        0);
    assert_true(sql_one(p->db, "SELECT count(*) FROM term_link WHERE term = 'A3'", NULL) >= 3);
}

static void there_is_work_of_every_sort(void **state)
{
    const struct place *p = *state;
    const struct due_query query = {.area = "", .today = op_day(TRAINING_START_MS << HLC_SHIFT)};
    struct due_list due = {0};
    struct duplicate_list pairs = {0};
    bool seen[DUE_WHY_COUNT] = {false};
    assert_int_equal(due_load(p->db, &query, &due), STATUS_OK);
    for (size_t i = 0; i < due.count; i++)
        seen[due.rows[i].why] = true;
    assert_true(seen[DUE_URGENT] && seen[DUE_NOT_REACHED] && seen[DUE_NO_PHONE]);
    assert_true(seen[DUE_NEVER] && seen[DUE_OLD]);
    assert_in_range(due.count, 20, 100);
    due_list_release(&due);
    assert_int_equal(duplicate_load(p->db, "", 0, &pairs), STATUS_OK);
    assert_int_equal(pairs.count, 3);
    duplicate_list_release(&pairs);
    assert_int_equal(sql_one(p->db, "SELECT count(*) FROM service WHERE status = 4", NULL), 1);
    assert_int_equal(sql_one(p->db, "SELECT count(*) FROM service WHERE status = 3", NULL), 1);
}

static void its_log_is_whole_and_folds_to_what_is_there(void **state)
{
    const struct place *p = *state;
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    assert_int_equal(op_check_chain(p->db), STATUS_OK);
    assert_int_equal(op_state_hash(p->db, before), STATUS_OK);
    assert_int_equal(op_fold_all(p->db), STATUS_OK);
    assert_int_equal(op_state_hash(p->db, after), STATUS_OK);
    assert_memory_equal(before, after, sizeof before);
}

/* --- fresh again ----------------------------------------------------------------------------- */

static void a_new_file_is_the_very_bytes_of_the_seed(void **state)
{
    struct place *p = *state;
    assert_is_seed(p->path);
    db_close(p->db);
    p->db = NULL;
    assert_is_seed(p->path); /* looking at it changes nothing */
}

static void a_reset_brings_back_the_same_bytes(void **state)
{
    struct place *p = *state;
    change_something(p->db);
    db_close(p->db);
    p->db = NULL;
    assert_int_equal(training_reset(p->path, training_seed(), NULL), STATUS_OK);
    assert_is_seed(p->path);
    p->db = open_training(p->path);
    change_something(p->db); /* and it can be written again */
}

static void a_reset_makes_a_missing_file(void **state)
{
    struct place *p = *state;
    db_close(p->db);
    p->db = NULL;
    fixture_remove(p->path);
    assert_int_equal(training_reset(p->path, training_seed(), NULL), STATUS_OK);
    assert_is_seed(p->path);
}

static void who_has_it_open_sees_the_fresh_records(void **state)
{
    struct place *p = *state;
    uint8_t fresh[SHA256_BYTES], after[SHA256_BYTES];
    assert_int_equal(op_state_hash(p->db, fresh), STATUS_OK);
    change_something(p->db);
    int64_t version = db_data_version(p->db);
    assert_int_equal(training_reset(p->path, training_seed(), NULL), STATUS_OK);
    assert_int_not_equal(db_data_version(p->db), version);
    assert_int_equal(op_state_hash(p->db, after), STATUS_OK);
    assert_memory_equal(fresh, after, sizeof fresh);
    assert_int_equal(op_check_chain(p->db), STATUS_OK);
    change_something(p->db);
}

static void a_reset_takes_the_sealed_part_away(void **state)
{
    struct place *p = *state;
    enum pin_answer answer;
    struct text sealed = TEXT_INIT;
    struct stat st;
    assert_int_equal(restricted_set_pin(p->db, LEVEL_OFFICIALS, "270641", 6, &answer), STATUS_OK);
    assert_int_equal(answer, PIN_RIGHT);
    restricted_path_of(p->path, &sealed);
    assert_int_equal(stat(sealed.bytes, &st), 0);
    db_close(p->db);
    p->db = NULL;
    assert_int_equal(training_reset(p->path, training_seed(), NULL), STATUS_OK);
    assert_int_not_equal(stat(sealed.bytes, &st), 0);
    text_release(&sealed);
}

static void a_damaged_file_is_made_fresh_too(void **state)
{
    struct place *p = *state;
    static const char rubbish[8192] = "rubbish";
    static const long from[] = {100, 5000, 4096 * 20};
    db_close(p->db);
    p->db = NULL;
    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        FILE *f = fopen(p->path, "r+b");
        assert_non_null(f);
        assert_int_equal(fseek(f, from[i], SEEK_SET), 0);
        assert_int_equal(fwrite(rubbish, sizeof rubbish, 1, f), 1);
        assert_int_equal(fclose(f), 0);
        assert_int_equal(training_reset(p->path, training_seed(), NULL), STATUS_OK);
        assert_is_seed(p->path);
    }
}

static void a_reset_of_anything_else_is_refused(void **state)
{
    struct place *p = *state;
    struct text before = TEXT_INIT, after = TEXT_INIT;
    db_close(seeded_open(p->real));
    read_bytes(p->real, &before);
    assert_int_equal(training_reset(p->real, training_seed(), NULL), STATUS_NOT_TRAINING);
    read_bytes(p->real, &after);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.bytes, after.bytes, before.len);
    text_release(&before);
    text_release(&after);
    fixture_remove(p->real);
    FILE *f = fopen(p->real, "wb");
    assert_non_null(f);
    fputs("a letter", f);
    fclose(f);
    assert_int_equal(training_reset(p->real, training_seed(), NULL), STATUS_NOT_DB);
}

/* --- never mixed ----------------------------------------------------------------------------- */

static void neither_opens_as_the_other(void **state)
{
    struct place *p = *state;
    struct db *db = NULL;
    db_close(p->db);
    p->db = NULL;
    for (int mode = DB_READ_WRITE; mode <= DB_LOOK_ONLY; mode++) {
        db_close(seeded_open(p->real));
        assert_int_equal(db_open(p->path, (enum db_mode)mode, &db, NULL), STATUS_TRAINING);
        assert_int_equal(db_open_set(p->real, DB_TRAINING, (enum db_mode)mode, &db, NULL),
                         STATUS_NOT_TRAINING);
        assert_null(db);
    }
    assert_is_seed(p->path);
}

static void neither_is_restored_over_the_other(void **state)
{
    struct place *p = *state;
    struct db *real = seeded_open(p->real);
    struct text copy = TEXT_INIT, real_copy = TEXT_INIT;
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    assert_int_equal(backup_make(p->db, BACKUP_BY_HAND, NULL, &copy), STATUS_OK);
    assert_int_equal(backup_make(real, BACKUP_BY_HAND, NULL, &real_copy), STATUS_OK);
    assert_int_equal(op_state_hash(real, before), STATUS_OK);
    db_close(real);
    assert_int_equal(backup_restore(p->real, DB_REAL, copy.bytes, NULL, NULL, NULL),
                     STATUS_TRAINING);
    assert_int_equal(backup_restore(p->real, DB_TRAINING, copy.bytes, NULL, NULL, NULL),
                     STATUS_NOT_TRAINING);
    assert_int_equal(backup_restore(p->path, DB_TRAINING, real_copy.bytes, NULL, NULL, NULL),
                     STATUS_NOT_TRAINING);
    assert_int_equal(backup_restore(p->path, DB_REAL, real_copy.bytes, NULL, NULL, NULL),
                     STATUS_TRAINING);
    assert_int_equal(db_open(p->real, DB_READ_WRITE, &real, NULL), STATUS_OK);
    assert_int_equal(op_state_hash(real, after), STATUS_OK);
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(db_set_of(real), DB_REAL);
    db_close(real);
    assert_int_equal(unlink(copy.bytes), 0);
    assert_int_equal(unlink(real_copy.bytes), 0);
    text_release(&copy);
    text_release(&real_copy);
}

static void a_copy_of_training_comes_back_as_training(void **state)
{
    struct place *p = *state;
    struct text copy = TEXT_INIT;
    assert_int_equal(backup_make(p->db, BACKUP_BY_HAND, NULL, &copy), STATUS_OK);
    change_something(p->db);
    db_close(p->db);
    assert_int_equal(backup_restore(p->path, DB_TRAINING, copy.bytes, NULL, NULL, NULL), STATUS_OK);
    p->db = open_training(p->path);
    assert_int_equal(db_set_of(p->db), DB_TRAINING);
    assert_int_equal(sql_one(p->db, "SELECT count(*) FROM service WHERE name_en = ?1", "Changed"),
                     0);
    assert_int_equal(unlink(copy.bytes), 0);
    text_release(&copy);
}

static void the_real_seed_never_makes_a_training_file(void **state)
{
    struct place *p = *state;
    struct db *db = NULL;
    assert_int_equal(db_create(p->real, real_seed(), NULL), STATUS_OK);
    assert_int_equal(db_open(p->real, DB_READ_WRITE, &db, NULL), STATUS_OK);
    assert_int_equal(db_set_of(db), DB_REAL);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM area WHERE code GLOB '99*'", NULL), 0);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM phone WHERE number GLOB '+85559000*'", NULL),
                     0);
    db_close(db);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(it_is_a_province_of_3_districts_and_20_communes),
        TEST(no_place_has_the_name_of_a_real_one),
        TEST(no_record_has_the_id_or_the_name_of_a_real_one),
        TEST(no_telephone_can_be_dialled),
        TEST(every_entry_says_that_it_is_invented),
        TEST(every_kind_of_service_is_there_in_both_languages),
        TEST(the_standing_offices_stand_by_the_same_rule),
        TEST(no_shelter_tells_its_place),
        TEST(there_is_work_of_every_sort),
        TEST(its_log_is_whole_and_folds_to_what_is_there),
        TEST(a_new_file_is_the_very_bytes_of_the_seed),
        TEST(a_reset_brings_back_the_same_bytes),
        TEST(a_reset_makes_a_missing_file),
        TEST(who_has_it_open_sees_the_fresh_records),
        TEST(a_reset_takes_the_sealed_part_away),
        TEST(a_damaged_file_is_made_fresh_too),
        TEST(a_reset_of_anything_else_is_refused),
        TEST(neither_opens_as_the_other),
        TEST(neither_is_restored_over_the_other),
        TEST(a_copy_of_training_comes_back_as_training),
        TEST(the_real_seed_never_makes_a_training_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
