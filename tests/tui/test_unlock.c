/* The box for the PIN, and the lock that closes by itself. */
#include "tests/tui/screen.h"

#include "tui/unlock.h"

#define PIN "482719"

enum { MINUTE = 60 * 1000 };

static int setup(void **state)
{
    struct screen *s = calloc(1, sizeof *s);
    screen_open(s, LANG_EN, 24, 80);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct screen *s = *state;
    struct text path = TEXT_INIT;
    assert_true(restricted_path(s->db, &path));
    screen_close(s);
    unlink(path.bytes);
    text_release(&path);
    free(s);
    return 0;
}

static void set_pin_and_lock(struct screen *s)
{
    enum pin_answer answer;
    assert_int_equal(restricted_set_pin(s->db, LEVEL_OFFICIALS, PIN, strlen(PIN), &answer),
                     STATUS_OK);
    assert_int_equal(answer, PIN_RIGHT);
    restricted_lock(s->db);
}

static void unlock(struct screen *s)
{
    screen_type(s, "U" PIN);
    screen_press(s, SPECIAL_ENTER, 1);
    assert_int_equal(restricted_level(s->db), LEVEL_OFFICIALS);
}

static void the_box_shows_dots_and_unlocks(void **state)
{
    struct screen *s = *state;
    set_pin_and_lock(s);
    screen_type(s, "U" PIN);
    assert_shows(s, "••••••");
    assert_hides(s, PIN);
    screen_press(s, SPECIAL_ENTER, 1);
    assert_shows(s, "[UNLOCKED]");
    screen_type(s, "U");
    assert_hides(s, "[UNLOCKED]");
    assert_int_equal(restricted_level(s->db), LEVEL_PUBLIC);
}

static void both_keyboards_open_it_and_type_digits(void **state)
{
    struct screen *s = *state;
    set_pin_and_lock(s);
    screen_type(s, "\u17BC៤៨២៧១៩");
    screen_press(s, SPECIAL_ENTER, 1);
    assert_shows(s, "[UNLOCKED]");
}

static void a_wrong_pin_is_told_and_the_box_is_empty(void **state)
{
    struct screen *s = *state;
    set_pin_and_lock(s);
    screen_type(s, "U999991");
    screen_press(s, SPECIAL_ENTER, 1);
    assert_shows(s, message_get(LANG_EN, MSG_UNLOCK_WRONG));
    assert_hides(s, "•");
    app_set_lang(s->app, LANG_KM);
    assert_shows(s, message_get(LANG_KM, MSG_UNLOCK_PIN));
}

static void five_minutes_without_a_key_lock(void **state)
{
    struct screen *s = *state;
    set_pin_and_lock(s);
    unlock(s);
    assert_false(app_tick(s->app, 0));
    assert_false(app_tick(s->app, 5 * MINUTE - 1));
    assert_int_equal(restricted_level(s->db), LEVEL_OFFICIALS);
    assert_true(app_tick(s->app, 5 * MINUTE));
    assert_int_equal(restricted_level(s->db), LEVEL_PUBLIC);
    assert_shows(s, message_get(LANG_EN, MSG_UNLOCK_RELOCKED));
}

static void every_key_begins_the_five_minutes_anew(void **state)
{
    struct screen *s = *state;
    set_pin_and_lock(s);
    unlock(s);
    assert_false(app_tick(s->app, 0));
    assert_false(app_tick(s->app, 4 * MINUTE));
    screen_press(s, SPECIAL_DOWN, 1);
    assert_false(app_tick(s->app, 5 * MINUTE));
    assert_false(app_tick(s->app, 9 * MINUTE));
    assert_int_equal(restricted_level(s->db), LEVEL_OFFICIALS);
    assert_true(app_tick(s->app, 10 * MINUTE));
    assert_int_equal(restricted_level(s->db), LEVEL_PUBLIC);
}

static void nobody_who_may_not_write_sets_the_first_pin(void **state)
{
    struct screen *s = *state;
    bool has = true;
    screen_type(s, "U");
    screen_type(s, PIN);
    screen_press(s, SPECIAL_ENTER, 1);
    assert_int_equal(restricted_has_pin(s->db, LEVEL_OFFICIALS, &has), STATUS_OK);
    assert_false(has);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_box_shows_dots_and_unlocks),
        TEST(both_keyboards_open_it_and_type_digits),
        TEST(a_wrong_pin_is_told_and_the_box_is_empty),
        TEST(five_minutes_without_a_key_lock),
        TEST(every_key_begins_the_five_minutes_anew),
        TEST(nobody_who_may_not_write_sets_the_first_pin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
