/* Taking back saves with confidential parts: all of a save goes, or nothing while it is locked. */
#include "saving.h"

#include "db/restricted.h"

#define OFFICIALS_PIN "48 27 19"
#define FOCAL_PIN     "trapeang-7"

struct place {
    char path[FIXTURE_PATH];
    struct db *db;
    struct entry entry;
};

static void unlock(struct place *p, const char *pin)
{
    enum pin_answer answer;
    restricted_lock(p->db);
    assert_int_equal(restricted_unlock(p->db, pin, strlen(pin), &answer), STATUS_OK);
    assert_int_equal(answer, PIN_RIGHT);
}

static void set_pin(struct place *p, int level, const char *pin)
{
    enum pin_answer answer;
    assert_int_equal(restricted_set_pin(p->db, level, pin, strlen(pin), &answer), STATUS_OK);
    assert_int_equal(answer, PIN_RIGHT);
}

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    fixture_path(p->path, "sealed-undo");
    p->db = fixture_open(p->path);
    set_pin(p, LEVEL_OFFICIALS, OFFICIALS_PIN);
    set_pin(p, LEVEL_FOCAL_PERSON, FOCAL_PIN);
    (void)saving_entry(p->db, "Safe house", "012 345 678", &p->entry);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;
    struct text sealed = TEXT_INIT;
    bool has = restricted_path(p->db, &sealed);
    db_close(p->db);
    fixture_remove(p->path);
    if (has)
        remove(sealed.bytes);
    text_release(&sealed);
    free(p);
    return 0;
}

static struct change add_phone(struct place *p, struct field_value f[3], int level)
{
    f[0] = fixture_id(FIELD_ID(PHONE, owner), p->entry.service);
    f[1] = fixture_text(FIELD_ID(PHONE, number), level == 2 ? "011 222 333" : "016 777 888");
    f[2] = fixture_int(FIELD_ID(PHONE, confidentiality), level);
    return saving_change(OP_CREATE, RECORD_PHONE, saving_id(), f, 3);
}

/* A new name for everybody, and a number for each level. */
static struct op_ref save_mixed(struct place *p)
{
    struct field_value name[] = {fixture_text(FIELD_ID(SERVICE, name_en), "New name")};
    struct field_value one[3], two[3];
    struct change changes[] = {
        add_phone(p, two, LEVEL_FOCAL_PERSON),
        saving_change(OP_SET, RECORD_SERVICE, p->entry.service, name, 1),
        add_phone(p, one, LEVEL_OFFICIALS),
    };
    return saving_save(p->db, changes, 3);
}

static void assert_entry(struct place *p, const char *name, size_t phones)
{
    struct detail d;
    assert_int_equal(detail_load(p->db, &p->entry.service, &d), STATUS_OK);
    assert_string_equal(record_text(&d.service.rows[0], FIELD_ID(SERVICE, name_en)), name);
    assert_int_equal(d.phones.count, phones);
    detail_release(&d);
}

static void all_parts_of_a_save_are_taken_back_and_done_again(void **state)
{
    struct place *p = *state;
    struct op_ref save = save_mixed(p), redo;
    assert_entry(p, "New name", 3);
    assert_int_equal(saving_undo(p->db, save, NULL), STATUS_OK);
    assert_entry(p, "Safe house", 1);
    unlock(p, FOCAL_PIN); /* what was sealed says so too */
    assert_entry(p, "Safe house", 1);
    assert_int_equal(undo_find_redo(p->db, &p->entry.service, NULL, &redo), STATUS_OK);
    assert_int_equal(saving_undo(p->db, redo, NULL), STATUS_OK);
    assert_entry(p, "New name", 3);
    unlock(p, FOCAL_PIN);
    assert_entry(p, "New name", 3);
    assert_int_equal(op_check_chain(p->db), STATUS_OK);
    assert_int_equal(op_check_chain(restricted_records(p->db)), STATUS_OK);
}

static void locked_nothing_of_it_is_taken_back(void **state)
{
    struct place *p = *state;
    enum undo_reason why = UNDO_RULE;
    struct undo_blocks blocks;
    struct op_ref save = save_mixed(p);
    unlock(p, OFFICIALS_PIN);
    assert_int_equal(saving_undo(p->db, save, &why), STATUS_CONFLICT);
    assert_int_equal(why, UNDO_LOCKED);
    restricted_lock(p->db);
    assert_int_equal(undo_check(p->db, &save, &blocks), STATUS_OK);
    assert_int_equal(blocks.rows[0].reason, UNDO_LOCKED);
    assert_int_equal(blocks.rows[0].level, LEVEL_FOCAL_PERSON);
    undo_blocks_release(&blocks);
    assert_entry(p, "New name", 1);
    unlock(p, FOCAL_PIN);
    assert_entry(p, "New name", 3);
}

static void a_save_of_sealed_records_alone_is_taken_back(void **state)
{
    struct place *p = *state;
    struct field_value f[3];
    struct change c = add_phone(p, f, LEVEL_OFFICIALS);
    struct op_ref save = saving_save(p->db, &c, 1), found;
    assert_int_equal(undo_find(p->db, NULL, "Sok", &found), STATUS_OK);
    assert_int_equal(found.seq, save.seq);
    assert_true(uuid_equal(&found.replica, &save.replica));
    assert_int_equal(saving_undo(p->db, save, NULL), STATUS_OK);
    assert_entry(p, "Safe house", 1);
    unlock(p, OFFICIALS_PIN);
    assert_entry(p, "Safe house", 1);
}

static void what_became_confidential_is_public_again_and_may_be_sealed_once_more(void **state)
{
    struct place *p = *state;
    struct field_value f[] = {fixture_int(FIELD_ID(PHONE, confidentiality), LEVEL_OFFICIALS)};
    for (int i = 0; i < 2; i++) {
        struct op_ref save = saving_one(p->db, OP_SET, RECORD_PHONE, p->entry.phone, f, 1);
        restricted_lock(p->db);
        assert_entry(p, "Safe house", 0);
        unlock(p, OFFICIALS_PIN);
        assert_entry(p, "Safe house", 1);
        assert_int_equal(saving_undo(p->db, save, NULL), STATUS_OK);
        assert_entry(p, "Safe house", 1);
        restricted_lock(p->db);
        assert_entry(p, "Safe house", 1);
        unlock(p, OFFICIALS_PIN);
    }
}

static void what_hangs_sealed_on_a_new_entry_stands_in_the_way(void **state)
{
    struct place *p = *state;
    enum undo_reason why = UNDO_RULE;
    struct op_ref save = saving_entry(p->db, "Another", "1280", &p->entry);
    struct field_value f[3];
    struct change c = add_phone(p, f, LEVEL_OFFICIALS);
    struct op_ref phone = saving_save(p->db, &c, 1);
    assert_int_equal(saving_undo(p->db, save, &why), STATUS_CONFLICT);
    assert_int_equal(why, UNDO_REFERRED);
    assert_int_equal(saving_undo(p->db, phone, NULL), STATUS_OK);
    assert_int_equal(saving_undo(p->db, save, NULL), STATUS_OK);
}

static void a_later_sealed_change_stands_in_the_way(void **state)
{
    struct place *p = *state;
    enum undo_reason why = UNDO_RULE;
    struct op_ref save = save_mixed(p);
    struct record_list list = {0};
    assert_int_equal(record_children(p->db, RECORD_PHONE, &p->entry.service, &list), STATUS_OK);
    for (size_t i = 0; i < list.count; i++)
        if (list.rows[i].level == LEVEL_FOCAL_PERSON)
            saving_set_text(p->db, RECORD_PHONE, list.rows[i].id, FIELD_ID(PHONE, number), "1280",
                            NULL);
    record_list_release(&list);
    assert_int_equal(saving_undo(p->db, save, &why), STATUS_CONFLICT);
    assert_int_equal(why, UNDO_CHANGED);
}

/* How many of the newest save's changes are for whom. */
static void count_levels(struct db *db, const struct uuid *service, size_t counts[LEVEL_COUNT])
{
    struct history h;
    assert_int_equal(history_load(db, service, &h), STATUS_OK);
    const struct history_save *last = &h.rows[h.count - 1];
    memset(counts, 0, LEVEL_COUNT * sizeof *counts);
    for (size_t i = 0; i < last->count; i++)
        counts[last->changes[i].level]++;
    history_release(&h);
}

static void the_history_tells_a_save_with_sealed_parts_as_one_while_unlocked(void **state)
{
    struct place *p = *state;
    struct history h;
    size_t counts[LEVEL_COUNT];
    struct op_ref save = save_mixed(p);
    count_levels(p->db, &p->entry.service, counts);
    assert_int_equal(counts[LEVEL_PUBLIC], 1);
    assert_true(counts[LEVEL_OFFICIALS] > 0 && counts[LEVEL_FOCAL_PERSON] > 0);
    unlock(p, OFFICIALS_PIN);
    count_levels(p->db, &p->entry.service, counts);
    assert_true(counts[LEVEL_OFFICIALS] > 0 && counts[LEVEL_FOCAL_PERSON] == 0);
    restricted_lock(p->db);
    assert_int_equal(history_load(p->db, &p->entry.service, &h), STATUS_OK);
    for (size_t i = 0; i < h.count; i++)
        for (size_t j = 0; j < h.rows[i].count; j++) {
            const struct value *is = &h.rows[i].changes[j].is;
            assert_int_equal(h.rows[i].changes[j].level, LEVEL_PUBLIC);
            assert_false(is->type == VALUE_TEXT && is->text.len == 12 &&
                         !memcmp(is->text.bytes, "+85516777888", 12));
        }
    history_release(&h);
    unlock(p, FOCAL_PIN);
    assert_int_equal(saving_undo(p->db, save, NULL), STATUS_OK);
    assert_int_equal(history_load(p->db, &p->entry.service, &h), STATUS_OK);
    const struct history_save *last = &h.rows[h.count - 1];
    assert_true(last->is_undo);
    assert_int_equal(last->undoes.seq, save.seq);
    assert_true(uuid_equal(&last->undoes.replica, &save.replica));
    assert_true(h.rows[h.count - 2].undone);
    history_release(&h);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_parts_of_a_save_are_taken_back_and_done_again),
        TEST(locked_nothing_of_it_is_taken_back),
        TEST(a_save_of_sealed_records_alone_is_taken_back),
        TEST(what_became_confidential_is_public_again_and_may_be_sealed_once_more),
        TEST(what_hangs_sealed_on_a_new_entry_stands_in_the_way),
        TEST(a_later_sealed_change_stands_in_the_way),
        TEST(the_history_tells_a_save_with_sealed_parts_as_one_while_unlocked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
