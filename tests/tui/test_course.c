/* The built-in scenarios over the training directory: each is played to its end by the keys of its
 * own file, in both languages, with and without wrong answers; what they teach; afterwards a fresh
 * lesson has the same bytes. */
#include "tests/tui/playing.h"

#include "tui/directory.h"

enum { SCENARIOS = 10 };

static void open_training(struct screen *s, struct course *course, enum lang lang)
{
    *course = (struct course){0};
    screen_open_set(s, DB_TRAINING, lang, 24, 80);
    app_free(s->app);
    struct app_options options = {.lang = lang,
                                  .now = test_now,
                                  .training = true,
                                  .person = identity_trainee(lang),
                                  .course = course};
    s->app = app_new(s->db, &options);
    app_resize(s->app, 24, 80);
    assert_int_equal(course_load(s->db, NULL, course), STATUS_OK);
}

static void close_training(struct screen *s, struct course *course)
{
    screen_close(s);
    course_release(course);
}

static void all_ten_are_there_and_right(void **state)
{
    struct screen s;
    struct course course;
    (void)state;
    open_training(&s, &course, LANG_EN);
    for (size_t i = 0; i < course.fault_count; i++) {
        struct text line = TEXT_INIT;
        scenario_add_fault(&line, LANG_EN, &course.faults[i]);
        fail_msg("%s", line.bytes);
    }
    assert_int_equal(course.count, SCENARIOS);
    close_training(&s, &course);
}

static void each_is_played_by_its_own_keys(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; i < SCENARIOS; i++) {
            struct screen s;
            struct course course;
            open_training(&s, &course, (enum lang)lang);
            struct course_entry *entry = &course.entries[i];
            play_all(&s, entry, (enum lang)lang, false);
            struct play_sum sum = play_sum(&entry->last, &entry->scenario);
            if (sum.points != sum.most || sum.at_once != sum.answered)
                fail_msg("%s: %d of %d points", entry->scenario.name, sum.points, sum.most);
            close_training(&s, &course);
        }
}

static void wrong_answers_are_explained(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; i < SCENARIOS; i++) {
            struct screen s;
            struct course course;
            open_training(&s, &course, (enum lang)lang);
            struct course_entry *entry = &course.entries[i];
            play_all(&s, entry, (enum lang)lang, true);
            struct play_sum sum = play_sum(&entry->last, &entry->scenario);
            assert_true(sum.at_once < sum.answered);
            close_training(&s, &course);
        }
}

static bool teaches(const struct scenario *s, enum act_kind kind)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->steps[i].acts && s->steps[i].act.kind == kind)
            return true;
    return false;
}

static void two_teach_updating_and_verifying(void **state)
{
    struct screen s;
    struct course course;
    size_t saved = 0, verified = 0, asked = 0;
    (void)state;
    open_training(&s, &course, LANG_EN);
    for (size_t i = 0; i < course.count; i++) {
        const struct scenario *scenario = &course.entries[i].scenario;
        saved += teaches(scenario, ACT_SAVED);
        verified += teaches(scenario, ACT_VERIFIED);
        for (size_t n = 0; n < scenario->count; n++)
            asked += scenario->steps[n].choice_count > 0;
    }
    assert_true(saved >= 1);
    assert_true(verified >= 1);
    assert_true(asked >= course.count);
    close_training(&s, &course);
}

static void all_ten_one_after_the_other_make_one_sum(void **state)
{
    struct screen s;
    struct course course;
    size_t done;
    (void)state;
    open_training(&s, &course, LANG_EN);
    for (size_t i = 0; i < course.count; i++)
        if (!coach_was_played(&course.entries[i].scenario, s.db))
            play_all(&s, &course.entries[i], LANG_EN, false);
    struct play_sum total = scenarios_total(&course, &done);
    assert_int_equal(done, SCENARIOS);
    assert_int_equal(total.points, total.most);
    screen_press(&s, SPECIAL_CTRL_T, 1);
    assert_shows(&s, "Played: 10 of 10");
    close_training(&s, &course);
}

/* --- a fresh lesson
 * ---------------------------------------------------------------------------------- */

static void assert_is_the_seed(const char *path)
{
    size_t len = (size_t)(training_end - training_start);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = mem_alloc(len + 1);
    assert_int_equal(fread(bytes, 1, len + 1, file), len);
    assert_memory_equal(bytes, training_start, len);
    free(bytes);
    fclose(file);
}

static void a_reset_brings_back_the_same_bytes(void **state)
{
    struct screen s;
    struct course course;
    struct text detail = TEXT_INIT;
    (void)state;
    open_training(&s, &course, LANG_EN);
    for (size_t i = 0; i < course.count; i++)
        play_all(&s, &course.entries[i], LANG_EN, false);
    app_free(s.app);
    db_close(s.db);
    s.app = NULL;
    assert_int_equal(directory_reset(s.path, &detail), STATUS_OK);
    assert_is_the_seed(s.path);
    assert_int_equal(db_open_set(s.path, DB_TRAINING, DB_READ_WRITE, &s.db, NULL), STATUS_OK);
    for (size_t i = 0; i < course.count; i++)
        assert_false(coach_was_played(&course.entries[i].scenario, s.db));
    close_training(&s, &course);
    text_release(&detail);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ten_are_there_and_right),
        cmocka_unit_test(each_is_played_by_its_own_keys),
        cmocka_unit_test(wrong_answers_are_explained),
        cmocka_unit_test(two_teach_updating_and_verifying),
        cmocka_unit_test(all_ten_one_after_the_other_make_one_sum),
        cmocka_unit_test(a_reset_brings_back_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
