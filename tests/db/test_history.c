/* What happened to an entry, and the directory as it was. */
#include "saving.h"

#include "db/as_of.h"
#include "db/search.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "history");
    fixture_ms = 1782000000000;
    *state = fixture_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static struct history load(struct db *db, struct uuid id)
{
    struct history h;
    assert_int_equal(history_load(db, &id, &h), STATUS_OK);
    return h;
}

static const struct history_change *find(const struct history_save *save, int field)
{
    for (size_t i = 0; i < save->count; i++)
        if (save->changes[i].field == field)
            return &save->changes[i];
    fail_msg("no change of field %d", field);
    return NULL;
}

static void assert_value(const struct value *v, const char *want)
{
    if (!want) {
        assert_int_equal(v->type, VALUE_NULL);
        return;
    }
    assert_int_equal(v->type, VALUE_TEXT);
    assert_string_equal(v->text.bytes, want);
}

static void it_tells_who_when_what_was_what_is_and_why(void **state)
{
    struct db *db = *state;
    struct entry e;
    saving_entry(db, "Refuge", "012 345 678", &e);
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Home"),
                              fixture_text(FIELD_ID(SERVICE, fees_en), "none")};
    struct change c = saving_change(OP_SET, RECORD_SERVICE, e.service, f, 2);
    c.actor = "Dara";
    c.reason = "moved";
    saving_save(db, &c, 1);
    struct history h = load(db, e.service);
    assert_int_equal(h.count, 2);
    const struct history_save *save = &h.rows[1];
    assert_string_equal(save->actor, "Dara");
    assert_string_equal(save->reason, "moved");
    assert_true(save->time_ms == fixture_ms);
    assert_false(save->is_undo || save->undone);
    assert_int_equal(save->count, 2);
    const struct history_change *name = find(save, FIELD_ID(SERVICE, name_en));
    assert_int_equal(name->kind, OP_SET);
    assert_value(&name->was, "Refuge");
    assert_value(&name->is, "Home");
    const struct history_change *fees = find(save, FIELD_ID(SERVICE, fees_en));
    assert_value(&fees->was, NULL);
    history_release(&h);
    struct uuid nobody = uuid_from_name("nobody");
    assert_int_equal(history_load(db, &nobody, &h), STATUS_NOT_FOUND);
}

static void what_belongs_to_a_service_is_told_with_it_save_by_save(void **state)
{
    struct db *db = *state;
    struct entry e, other;
    saving_entry(db, "Refuge", "012 345 678", &e);
    saving_entry(db, "Other", "011 222 333", &other);
    saving_set_text(db, RECORD_PHONE, e.phone, FIELD_ID(PHONE, number), "010 000 001", NULL);
    saving_set_text(db, RECORD_PHONE, other.phone, FIELD_ID(PHONE, number), "010 000 002", NULL);
    saving_one(db, OP_CLOSE, RECORD_PHONE, e.phone, NULL, 0);
    saving_verify(db, e.service, VALUE_RESULT_STILL_RIGHT);
    struct history h = load(db, e.service);
    assert_int_equal(h.count, 4);
    /* the first save made three records that belong here, and the organization that does not */
    bool kinds[RECORD_KIND_END] = {false};
    for (size_t i = 0; i < h.rows[0].count; i++)
        kinds[h.rows[0].changes[i].record_kind] = true;
    assert_true(kinds[RECORD_SERVICE] && kinds[RECORD_PHONE] && kinds[RECORD_SERVICE_AREA]);
    assert_false(kinds[RECORD_ORGANIZATION]);
    const struct history_change *number = find(&h.rows[1], FIELD_ID(PHONE, number));
    assert_value(&number->was, "+85512345678");
    assert_value(&number->is, "+85510000001");
    const struct history_change *closed = find(&h.rows[2], FIELD_STATUS);
    assert_int_equal(closed->record_kind, RECORD_PHONE);
    assert_int_equal(closed->was.integer, VALUE_STATUS_ACTIVE);
    assert_int_equal(closed->is.integer, VALUE_STATUS_CLOSED);
    assert_int_equal(find(&h.rows[3], VERIFY_RESULT)->is.integer, VALUE_RESULT_STILL_RIGHT);
    history_release(&h);
}

static void places_of_a_service_are_told_with_it(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct uuid place = saving_id(), link = saving_id(), phone = saving_id();
    saving_entry(db, "Refuge", "012 345 678", &e);
    struct field_value where[] = {fixture_text(FIELD_ID(LOCATION, area), "0702")};
    struct field_value at[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), e.service),
                               fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), place)};
    struct field_value number[] = {fixture_id(FIELD_ID(PHONE, owner), place),
                                   fixture_text(FIELD_ID(PHONE, number), "1280")};
    struct change changes[] = {saving_change(OP_CREATE, RECORD_SERVICE_AT_LOCATION, link, at, 2),
                               saving_change(OP_CREATE, RECORD_PHONE, phone, number, 2),
                               saving_change(OP_CREATE, RECORD_LOCATION, place, where, 1)};
    saving_save(db, changes, 3);
    struct history h = load(db, e.service);
    assert_int_equal(h.count, 2);
    (void)find(&h.rows[1], FIELD_ID(LOCATION, area));
    (void)find(&h.rows[1], FIELD_ID(PHONE, number));
    history_release(&h);
}

static void an_undo_is_told_and_what_it_took_back_is_marked(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct op_ref set;
    saving_entry(db, "Refuge", "012 345 678", &e);
    saving_set_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en), "Home", &set);
    struct op_ref verified = saving_verify(db, e.service, VALUE_RESULT_NOT_REACHED);
    assert_int_equal(saving_undo(db, set, NULL), STATUS_OK);
    assert_int_equal(saving_undo(db, verified, NULL), STATUS_OK);
    struct history h = load(db, e.service);
    assert_int_equal(h.count, 5);
    assert_true(h.rows[1].undone && h.rows[2].undone);
    assert_false(h.rows[0].undone || h.rows[3].undone);
    assert_true(h.rows[3].is_undo);
    assert_string_equal(h.rows[3].actor, "Dara");
    assert_int_equal(h.rows[3].undoes.seq, set.seq);
    const struct history_change *name = find(&h.rows[3], FIELD_ID(SERVICE, name_en));
    assert_value(&name->was, "Home");
    assert_value(&name->is, "Refuge");
    const struct history_change *result = find(&h.rows[4], VERIFY_RESULT);
    assert_int_equal(result->was.integer, VALUE_RESULT_NOT_REACHED);
    assert_int_equal(result->is.type, VALUE_NULL);
    history_release(&h);
}

static void what_was_taken_away_or_moved_stays_in_the_history(void **state)
{
    struct db *db = *state;
    struct entry stays, goes;
    struct uuid phone = saving_id();
    saving_entry(db, "Refuge", "012 345 678", &stays);
    saving_entry(db, "The Refuge", "011 222 333", &goes);
    struct field_value f[] = {fixture_id(FIELD_ID(PHONE, owner), stays.service),
                              fixture_text(FIELD_ID(PHONE, number), "1280")};
    struct op_ref added = saving_one(db, OP_CREATE, RECORD_PHONE, phone, f, 2);
    assert_int_equal(saving_undo(db, added, NULL), STATUS_OK);
    struct history h = load(db, stays.service);
    assert_int_equal(h.count, 3); /* made, telephone added, taken back */
    const struct history_change *number = find(&h.rows[2], FIELD_ID(PHONE, number));
    assert_value(&number->was, "1280");
    assert_value(&number->is, NULL);
    history_release(&h);
    struct merge m = {.kind = RECORD_SERVICE,
                      .from = goes.service,
                      .into = stays.service,
                      .area = "0702",
                      .actor = "Sok",
                      .reason = "twice"};
    fixture_ms += 1000;
    assert_int_equal(merge_records(db, &m, NULL, NULL), STATUS_OK);
    h = load(db, goes.service); /* of the one that went: its own, with the telephone it had */
    assert_int_equal(h.count, 2);
    (void)find(&h.rows[0], FIELD_ID(PHONE, number));
    const struct history_change *into = find(&h.rows[1], MERGE_INTO);
    assert_true(uuid_equal(&into->is.id, &stays.service));
    assert_string_equal(h.rows[1].reason, "twice");
    history_release(&h);
    h = load(db, stays.service); /* of the one that stayed: where the telephone came from */
    (void)find(&h.rows[h.count - 1], FIELD_ID(PHONE, owner));
    history_release(&h);
}

/* --- as it was ----------------------------------------------------------------------------------
 */

static void a_record_as_it_was(void **state)
{
    struct db *db = *state;
    struct entry e;
    struct op_ref set;
    struct record_list list = {0};
    int64_t before = fixture_ms;
    saving_entry(db, "Refuge", "012 345 678", &e);
    int64_t made = fixture_ms;
    saving_set_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en), "Home", &set);
    int64_t changed = fixture_ms;
    assert_int_equal(saving_undo(db, set, NULL), STATUS_OK);
    const struct {
        int64_t time;
        const char *name;
    } rows[] = {{made, "Refuge"},
                {changed - 1, "Refuge"},
                {changed, "Home"},
                {fixture_ms - 1, "Home"},
                {fixture_ms, "Refuge"}};
    assert_int_equal(history_record(db, RECORD_SERVICE, &e.service, before, &list),
                     STATUS_NOT_FOUND);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(history_record(db, RECORD_SERVICE, &e.service, rows[i].time, &list),
                         STATUS_OK);
        assert_int_equal(list.count, i + 1);
        assert_string_equal(record_text(&list.rows[i], FIELD_ID(SERVICE, name_en)), rows[i].name);
    }
    record_list_release(&list);
}

static size_t count_found(struct db *db, const char *words)
{
    struct result result;
    struct query query = {.words = words, .lang = LANG_EN, .limit = 50};
    assert_int_equal(search_run(db, &query, &result), STATUS_OK);
    size_t count = result.text ? result.count : 0;
    result_release(&result);
    return count;
}

static void the_directory_as_it_was_is_searched_like_any_other(void **state)
{
    struct db *db = *state, *past;
    struct entry first, second;
    struct detail d;
    saving_entry(db, "Refuge", "012 345 678", &first);
    int64_t then = fixture_ms;
    fixture_ms += 5LL * 86400000;
    saving_set_text(db, RECORD_SERVICE, first.service, FIELD_ID(SERVICE, name_en), "Home", NULL);
    saving_one(db, OP_CLOSE, RECORD_PHONE, first.phone, NULL, 0);
    saving_entry(db, "Second", "011 222 333", &second);
    assert_int_equal(db_as_of(db, then, NULL, &past), STATUS_OK);
    assert_int_equal(count_found(past, "refuge"), 1);
    assert_int_equal(count_found(past, "home"), 0);
    assert_int_equal(count_found(past, "second"), 0);
    assert_int_equal(detail_load(past, &first.service, &d), STATUS_OK);
    assert_int_equal(d.phones.count, 1);
    detail_release(&d);
    assert_int_equal(detail_load(past, &second.service, &d), STATUS_NOT_FOUND);
    assert_true(db_now_ms(past) == then);
    /* it cannot be written, and the present is as it was */
    assert_int_equal(db_begin(past), STATUS_READONLY);
    db_close(past);
    assert_int_equal(count_found(db, "home"), 1);
    assert_int_equal(op_check_chain(db), STATUS_OK);
}

/* The state as of each moment is the state there was at that moment. */
static void every_moment_comes_back_byte_by_byte(void **state)
{
    enum { STEPS = 6 };
    struct db *db = *state, *past;
    struct entry e;
    struct op_ref save;
    uint8_t states[STEPS][SHA256_BYTES], now[SHA256_BYTES];
    int64_t times[STEPS];
    for (int i = 0; i < STEPS; i++) {
        if (i == 0)
            save = saving_entry(db, "Refuge", "012 345 678", &e);
        else if (i == 3)
            assert_int_equal(saving_undo(db, save, NULL), STATUS_OK);
        else if (i == 4)
            saving_verify(db, e.service, VALUE_RESULT_STILL_RIGHT);
        else
            saving_set_text(db, RECORD_SERVICE, e.service, FIELD_ID(SERVICE, name_en),
                            i == 1 ? "One" : "Two", &save);
        saving_hash(db, states[i]);
        times[i] = fixture_ms;
    }
    for (int i = 0; i < STEPS; i++) {
        assert_int_equal(db_as_of(db, times[i], NULL, &past), STATUS_OK);
        saving_hash(past, now);
        assert_memory_equal(now, states[i], sizeof now);
        db_close(past);
    }
    assert_int_equal(db_as_of(db, 0, NULL, &past), STATUS_OK); /* before everything: nothing */
    assert_int_equal(detail_load(past, &e.service, &(struct detail){0}), STATUS_NOT_FOUND);
    db_close(past);
}

static bool stop_at(void *context, int done)
{
    return done < *(int *)context;
}

static void looking_back_can_be_stopped(void **state)
{
    struct db *past;
    for (int most = 0; most <= 1000; most += 500) {
        struct progress progress = {stop_at, &most};
        assert_int_equal(db_as_of(*state, fixture_ms, &progress, &past), STATUS_CANCELLED);
    }
}

static void a_day_ends_at_midnight_in_cambodia(void **state)
{
    (void)state;
    assert_true(as_of_day_end_ms(0) == 17LL * 3600 * 1000 - 1);
    assert_true(op_day((as_of_day_end_ms(20625)) << HLC_SHIFT) == 20625);
    assert_true(op_day((as_of_day_end_ms(20625) + 1) << HLC_SHIFT) == 20626);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_tells_who_when_what_was_what_is_and_why),
        TEST(what_belongs_to_a_service_is_told_with_it_save_by_save),
        TEST(places_of_a_service_are_told_with_it),
        TEST(an_undo_is_told_and_what_it_took_back_is_marked),
        TEST(what_was_taken_away_or_moved_stays_in_the_history),
        TEST(a_record_as_it_was),
        TEST(the_directory_as_it_was_is_searched_like_any_other),
        TEST(every_moment_comes_back_byte_by_byte),
        TEST(looking_back_can_be_stopped),
        cmocka_unit_test(a_day_ends_at_midnight_in_cambodia),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
