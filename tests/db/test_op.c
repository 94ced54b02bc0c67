/* The log and its fold: what is appended comes back, nothing else changes it, and the tables are a
 * function of it. */
#include "fixture.h"

#include "db/codec.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "op");
    *state = fixture_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static struct uuid make_organization(struct db *db, const char *name)
{
    struct uuid id;
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), name)};
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, id, f, 1, NULL), STATUS_OK);
    return id;
}

static void assert_name(struct db *db, struct uuid id, const char *name, int status)
{
    struct record_list list = {0};
    assert_int_equal(record_load(db, RECORD_ORGANIZATION, &id, &list), STATUS_OK);
    assert_string_equal(record_text(&list.rows[0], FIELD_ID(ORGANIZATION, name_en)), name);
    assert_int_equal(list.rows[0].status, status);
    record_list_release(&list);
}

static void an_edit_changes_only_its_fields(void **state)
{
    struct db *db = *state;
    struct uuid id = make_organization(db, "First");
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, email), "a@b.kh")};
    assert_int_equal(fixture_change(db, OP_SET, RECORD_ORGANIZATION, id, f, 1, NULL), STATUS_OK);
    assert_name(db, id, "First", VALUE_STATUS_ACTIVE);
    f[0] = fixture_text(FIELD_ID(ORGANIZATION, name_en), "Second");
    assert_int_equal(fixture_change(db, OP_SET, RECORD_ORGANIZATION, id, f, 1, NULL), STATUS_OK);
    assert_name(db, id, "Second", VALUE_STATUS_ACTIVE);
    assert_int_equal(fixture_change(db, OP_CLOSE, RECORD_ORGANIZATION, id, NULL, 0, NULL),
                     STATUS_OK);
    assert_name(db, id, "Second", VALUE_STATUS_CLOSED);
    assert_int_equal(fixture_change(db, OP_REOPEN, RECORD_ORGANIZATION, id, NULL, 0, NULL),
                     STATUS_OK);
    assert_name(db, id, "Second", VALUE_STATUS_ACTIVE);
}

static void text_is_stored_in_normal_form(void **state)
{
    struct db *db = *state;
    struct uuid id;
    /* the vowel typed before the coeng, a zero-width space in a name, white space around */
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_km),
                                           " \u1781\u17C2\u17D2\u1798\u179A\u200B\u1780 ")};
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, id, f, 1, NULL), STATUS_OK);
    struct record_list list = {0};
    assert_int_equal(record_load(db, RECORD_ORGANIZATION, &id, &list), STATUS_OK);
    assert_string_equal(record_text(&list.rows[0], FIELD_ID(ORGANIZATION, name_km)),
                        "\u1781\u17D2\u1798\u17C2\u179A\u1780");
    record_list_release(&list);
}

static void a_stale_edit_is_not_written(void **state)
{
    struct db *db = *state;
    struct uuid id = make_organization(db, "First");
    struct seen before;
    assert_int_equal(op_seen(db, &id, &before), STATUS_OK);
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Theirs")};
    assert_int_equal(fixture_change(db, OP_SET, RECORD_ORGANIZATION, id, f, 1, NULL), STATUS_OK);
    f[0] = fixture_text(FIELD_ID(ORGANIZATION, name_en), "Mine");
    struct change mine = {OP_SET, RECORD_ORGANIZATION, id, "07", f, 1, &before, "test", ""};
    assert_int_equal(op_append(db, &mine, NULL), STATUS_CONFLICT);
    assert_name(db, id, "Theirs", VALUE_STATUS_ACTIVE);
    assert_int_equal(op_seen(db, &id, &before), STATUS_OK);
    assert_int_equal(op_append(db, &mine, NULL), STATUS_OK);
    assert_name(db, id, "Mine", VALUE_STATUS_ACTIVE);
}

static void a_clock_that_goes_back_does_not_undo_an_edit(void **state)
{
    struct db *db = *state;
    struct uuid id = make_organization(db, "First");
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Second")};
    int64_t before = fixture_ms;
    fixture_ms -= 3LL * 365 * 86400 * 1000;
    assert_int_equal(fixture_change(db, OP_SET, RECORD_ORGANIZATION, id, f, 1, NULL), STATUS_OK);
    fixture_ms = before;
    assert_name(db, id, "Second", VALUE_STATUS_ACTIVE);
    assert_int_equal(op_fold_all(db), STATUS_OK);
    assert_name(db, id, "Second", VALUE_STATUS_ACTIVE);
}

static void what_is_not_there_cannot_be_changed_nor_made_twice(void **state)
{
    struct db *db = *state;
    struct uuid id = make_organization(db, "First");
    struct uuid other = uuid_from_name("nobody");
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "X")};
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, id, f, 1, NULL),
                     STATUS_CONFLICT);
    assert_int_equal(fixture_change(db, OP_SET, RECORD_ORGANIZATION, other, f, 1, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(fixture_change(db, OP_CLOSE, RECORD_SERVICE, id, NULL, 0, NULL),
                     STATUS_NOT_FOUND);
    assert_name(db, id, "First", VALUE_STATUS_ACTIVE);
}

static void the_log_cannot_be_altered(void **state)
{
    struct db *db = *state;
    (void)make_organization(db, "First");
    assert_int_not_equal(db_exec(db, "UPDATE op SET actor = 'x'"), STATUS_OK);
    assert_int_not_equal(db_exec(db, "DELETE FROM op"), STATUS_OK);
    assert_int_equal(op_check_chain(db), STATUS_OK);
}

static void the_chain_shows_what_was_altered_behind_its_back(void **state)
{
    static const char *const harm[] = {
        "UPDATE op SET actor = 'x' WHERE seq = 2",
        "UPDATE op SET hlc = hlc + 1 WHERE seq = 3",
        "UPDATE op SET fields = x'66030178' WHERE seq = 1",
        "DELETE FROM op WHERE seq = 2",
        "DELETE FROM op WHERE seq = 3",
        "UPDATE replica SET last_seq = 2",
    };
    struct db *db = *state;
    (void)make_organization(db, "First");
    (void)make_organization(db, "Second");
    (void)make_organization(db, "Third");
    assert_int_equal(op_check_chain(db), STATUS_OK);
    assert_int_equal(db_exec(db, "DROP TRIGGER op_no_update; DROP TRIGGER op_no_delete"),
                     STATUS_OK);
    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        assert_int_equal(db_begin(db), STATUS_OK);
        assert_int_equal(db_exec(db, harm[i]), STATUS_OK);
        assert_int_equal(op_check_chain(db), STATUS_CORRUPT);
        db_rollback(db);
    }
    assert_int_equal(op_check_chain(db), STATUS_OK);
}

static void history_tells_who_what_and_why(void **state)
{
    struct db *db = *state;
    struct uuid id = make_organization(db, "First");
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Second")};
    struct change c = {OP_SET, RECORD_ORGANIZATION, id, "0702", f, 1, NULL, "Sok", "moved"};
    fixture_ms += 60000;
    assert_int_equal(op_append(db, &c, NULL), STATUS_OK);
    struct op_list ops;
    assert_int_equal(op_history(db, &id, &ops), STATUS_OK);
    assert_int_equal(ops.count, 2);
    assert_int_equal(ops.rows[0].kind, OP_CREATE);
    assert_string_equal(ops.rows[1].actor, "Sok");
    assert_string_equal(ops.rows[1].reason, "moved");
    assert_true(ops.rows[1].time_ms == fixture_ms);
    assert_string_equal(ops.rows[1].fields[0].value.text.bytes, "Second");
    op_list_release(&ops);
    struct uuid other = uuid_from_name("nobody");
    assert_int_equal(op_history(db, &other, &ops), STATUS_NOT_FOUND);
}

/* One random change to one of a few organizations; most are accepted. */
static void random_change(struct db *db, const struct uuid *ids, unsigned *seed)
{
    static const enum op_kind kinds[] = {OP_SET, OP_SET, OP_SET, OP_CLOSE, OP_REOPEN, OP_VERIFY};
    static const char *const names[] = {"A", "B", "C d", "E"};
    enum op_kind kind = kinds[(unsigned)rand_r(seed) % 6];
    struct field_value f[2];
    size_t count = 0;
    if (kind == OP_SET) {
        f[count++] =
            fixture_text(FIELD_ID(ORGANIZATION, name_en), names[(unsigned)rand_r(seed) % 4]);
        f[count++] = fixture_int(FIELD_ID(ORGANIZATION, sector), 1 + rand_r(seed) % 5);
    } else if (kind == OP_VERIFY) {
        f[count++] = fixture_int(VERIFY_METHOD, 1 + rand_r(seed) % 4);
        f[count++] = fixture_int(VERIFY_RESULT, 1 + rand_r(seed) % 4);
    }
    fixture_ms += rand_r(seed) % 100000 - 20000;
    assert_int_equal(fixture_change(db, kind, RECORD_ORGANIZATION, ids[(unsigned)rand_r(seed) % 5],
                                    f, count, NULL),
                     STATUS_OK);
}

static void folding_again_gives_the_same_bytes(void **state)
{
    struct db *db = *state;
    struct uuid ids[5];
    unsigned seed = 7;
    for (size_t i = 0; i < 5; i++)
        ids[i] = make_organization(db, "Start");
    for (int i = 0; i < 500; i++)
        random_change(db, ids, &seed);
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    assert_int_equal(op_state_hash(db, before), STATUS_OK);
    assert_int_equal(op_fold_all(db), STATUS_OK);
    assert_int_equal(op_state_hash(db, after), STATUS_OK);
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(op_check_chain(db), STATUS_OK);
}

static void a_refused_change_leaves_nothing_behind(void **state)
{
    struct db *db = *state;
    struct uuid id = make_organization(db, "First");
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    assert_int_equal(op_state_hash(db, before), STATUS_OK);
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Second"),
                              fixture_text(FIELD_ID(ORGANIZATION, email), "no mail")};
    int bad = 0;
    assert_int_equal(fixture_change(db, OP_SET, RECORD_ORGANIZATION, id, f, 2, &bad),
                     STATUS_INVALID);
    assert_int_equal(bad, FIELD_ID(ORGANIZATION, email));
    assert_int_equal(op_state_hash(db, after), STATUS_OK);
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(op_check_chain(db), STATUS_OK);
}

static void nested_transactions_end_as_one(void **state)
{
    struct db *db = *state;
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, email), "no mail")};
    assert_int_equal(db_begin(db), STATUS_OK);
    struct uuid id = make_organization(db, "First");
    assert_int_equal(fixture_change(db, OP_SET, RECORD_ORGANIZATION, id, f, 1, NULL),
                     STATUS_INVALID);
    assert_int_equal(db_commit(db), STATUS_CONFLICT);
    struct record_list list = {0};
    assert_int_equal(record_load(db, RECORD_ORGANIZATION, &id, &list), STATUS_NOT_FOUND);
    record_list_release(&list);
    id = make_organization(db, "Second");
    assert_name(db, id, "Second", VALUE_STATUS_ACTIVE);
}

static void fields_have_one_form_of_bytes(void **state)
{
    (void)state;
    struct field_value a[] = {fixture_int(300, -5),
                              fixture_text(2, "x"),
                              fixture_id(40, uuid_from_name("z")),
                              {7, {.type = VALUE_REAL, .real = 10.5}},
                              {9, {.type = VALUE_NULL}}};
    struct text bytes;
    struct arena arena = {0};
    struct field_value *back;
    size_t count;
    text_init(&bytes);
    codec_put_fields(&bytes, a, 5);
    assert_int_equal(codec_get_fields(bytes.bytes, bytes.len, &arena, &back, &count), STATUS_OK);
    assert_int_equal(count, 5);
    assert_int_equal(back[0].field, 2);
    assert_int_equal(back[4].value.integer, -5);
    assert_true(back[1].value.real > 10.4 && back[1].value.real < 10.6);
    struct text again;
    text_init(&again);
    codec_put_fields(&again, back, count);
    assert_int_equal(again.len, bytes.len);
    assert_memory_equal(again.bytes, bytes.bytes, bytes.len);
    for (size_t cut = 1; cut < bytes.len; cut++) /* a cut never reads past its end */
        (void)!codec_get_fields(bytes.bytes, cut, &arena, &back, &count);
    text_release(&bytes);
    text_release(&again);
    arena_release(&arena);
}

static void bytes_that_are_no_fields_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
    } bad[] = {
        {"\x00\x00", 2},         /* number 0 */
        {"\x05\x09", 2},         /* unknown type */
        {"\x05\x03\x05xx", 5},   /* text longer than what is there */
        {"\x05\x00\x05\x00", 4}, /* twice the same */
        {"\x06\x00\x05\x00", 4}, /* out of order */
        {"\x85\x00\x00", 3},     /* number not in its shortest form */
        {"\x05\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 12}, /* too large */
        {"\x05\x04zzz", 5},                                       /* short id */
    };
    struct arena arena = {0};
    struct field_value *fields;
    size_t count;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(codec_get_fields(bad[i].bytes, bad[i].len, &arena, &fields, &count),
                         STATUS_CORRUPT);
    arena_release(&arena);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_edit_changes_only_its_fields),
        TEST(text_is_stored_in_normal_form),
        TEST(a_stale_edit_is_not_written),
        TEST(a_clock_that_goes_back_does_not_undo_an_edit),
        TEST(what_is_not_there_cannot_be_changed_nor_made_twice),
        TEST(the_log_cannot_be_altered),
        TEST(the_chain_shows_what_was_altered_behind_its_back),
        TEST(history_tells_who_what_and_why),
        TEST(folding_again_gives_the_same_bytes),
        TEST(a_refused_change_leaves_nothing_behind),
        TEST(nested_transactions_end_as_one),
        cmocka_unit_test(fields_have_one_form_of_bytes),
        cmocka_unit_test(bytes_that_are_no_fields_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
