/* For the tests of scenarios: a directory in training with a course, and a player that does what a
 * scenario's own file says, key by key, through the app. */
#ifndef TESTS_TUI_PLAYING_H
#define TESTS_TUI_PLAYING_H

#include "tests/tui/screen.h"

#include "i18n/khmer.h"
#include "tui/app_state.h"
#include "tui/coach_state.h"
#include "tui/scenarios.h"

static const struct person play_person = {
    .name = "Trainee", .office = "Training", .role = VALUE_ROLE_APPROVER};

/* screen_open in training. course is borrowed. */
static inline void play_open(struct screen *s, struct course *course, enum lang lang, int rows,
                             int columns)
{
    screen_open(s, lang, rows, columns);
    app_free(s->app);
    struct app_options options = {
        .lang = lang, .now = test_now, .training = true, .person = play_person, .course = course};
    s->app = app_new(s->db, &options);
    app_resize(s->app, rows, columns);
}

static inline struct text play_file(const char *path)
{
    const char *top = getenv("CPDIR_TOP");
    struct text full = TEXT_INIT, bytes = TEXT_INIT;
    text_addf(&full, "%s/%s", top ? top : ".", path);
    char *read = golden_read(full.bytes);
    assert_true(*read);
    text_adds(&bytes, read);
    free(read);
    text_release(&full);
    return bytes;
}

/* Adds a file below the top folder to a course that is filled by hand. */
static inline void play_add(struct course *course, struct db *db, const char *path)
{
    struct text bytes = play_file(path);
    struct course_entry entry = {0};
    struct guide_fault fault;
    enum status status = scenario_read(db, path, bytes.bytes, bytes.len, &entry.scenario, &fault);
    if (status != STATUS_OK)
        fail_msg("%s:%zu: %d %s (%d)", path, fault.line, (int)fault.wrong, fault.what, status);
    course->entries = mem_realloc(course->entries, course->count + 1, sizeof entry);
    course->entries[course->count++] = entry;
    course->loaded = true;
    text_release(&bytes);
}

static inline void play_fail(struct screen *s, const char *why)
{
    char *text = screen_text(s);
    fail_msg("%s: step %s, key %zu:\n%s", why, s->app->coach ? coach_step(s->app->coach)->id : "-",
             s->app->coach ? s->app->coach->key_at : 0, text);
}

/* Down to the service. */
static inline void play_to(struct screen *s, const struct scenario_service *service)
{
    enum { ROWS_MOST = 200 };
    struct uuid id;
    for (int i = 0; i < ROWS_MOST; i++) {
        const struct view *v = app_top(s->app);
        if (v->ops->selected && v->ops->selected(v, &id) && uuid_equal(&id, &service->id))
            return;
        screen_press(s, SPECIAL_DOWN, 1);
        screen_draw(s);
    }
    play_fail(s, service->alias);
}

/* Down the menu to the command. */
static inline void play_menu(struct screen *s, enum command command)
{
    enum { ROWS_MOST = 80 };
    struct text wanted = TEXT_INIT;
    bool found = false;
    text_addf(&wanted, " \u25B8 %s", message_get(s->app->context.lang, command_label(command)));
    screen_press(s, SPECIAL_F9, 1);
    for (int i = 0; i < ROWS_MOST && !found; i++) {
        char *text = screen_text(s);
        found = strstr(text, wanted.bytes);
        free(text);
        if (!found)
            screen_press(s, SPECIAL_DOWN, 1);
    }
    if (!found)
        play_fail(s, command_name(command));
    screen_press(s, SPECIAL_ENTER, 1);
    text_release(&wanted);
}

static inline void play_key(struct screen *s, const struct scenario_key *key)
{
    const struct key_row *row = scenario_key_row(key, app_keys(s->app));
    if (key->words)
        screen_type(s, key->words);
    else if (key->service)
        play_to(s, key->service);
    else if (row)
        app_key(s->app, row->special, row->latin);
    else
        play_menu(s, key->command);
    screen_draw(s);
}

/* Does what the step's keys say. */
static inline void play_act(struct screen *s)
{
    const struct scenario_step *step = coach_step(s->app->coach);
    for (size_t i = 0; i < step->key_count; i++)
        play_key(s, &step->keys[i]);
    screen_draw(s);
    if (s->app->coach && coach_step(s->app->coach) == step)
        play_fail(s, "the keys of the file do not lead on");
}

static inline void play_choose(struct screen *s, size_t at)
{
    for (int i = 0; s->app->coach->chosen != at && i < SCENARIO_CHOICES; i++)
        screen_press(s, s->app->coach->chosen < at ? SPECIAL_DOWN : SPECIAL_UP, 1);
    assert_int_equal(s->app->coach->chosen, at);
    screen_press(s, SPECIAL_ENTER, 1);
    screen_draw(s);
}

/* The explanation's first words are on the screen. */
static inline void play_see(struct screen *s, const struct said *why, enum lang lang)
{
    const char *words = why->text[lang];
    char *first = mem_strndup(words, strcspn(words, " ,.\xE1"));
    size_t khmer = khmer_syllable(words, strlen(words));
    if (!*first) {
        free(first);
        first = mem_strndup(words, khmer);
    }
    assert_shows(s, first);
    free(first);
}

/* A question: wrong answers first where wanted, as long as they do not lead elsewhere. */
static inline void play_question(struct screen *s, enum lang lang, bool wrong_too)
{
    const struct scenario_step *step = coach_step(s->app->coach);
    size_t right = step->choice_count;
    for (size_t i = 0; i < step->choice_count; i++) {
        const struct scenario_choice *choice = &step->choices[i];
        if (choice->right && right == step->choice_count)
            right = i;
        if (choice->right || choice->next != SIZE_MAX || !wrong_too)
            continue;
        play_choose(s, i);
        assert_int_equal(s->app->coach->says, SAYS_WRONG);
        assert_ptr_equal(s->app->coach->why, &choice->why);
        play_see(s, &choice->why, lang);
    }
    play_choose(s, right);
    assert_int_equal(s->app->coach->says, SAYS_RIGHT);
    play_see(s, &step->choices[right].why, lang);
    screen_press(s, SPECIAL_ENTER, 1);
}

/* From its first step to its summary. */
static inline void play_all(struct screen *s, struct course_entry *entry, enum lang lang,
                            bool wrong_too)
{
    app_play(s->app, entry);
    for (size_t i = 0; s->app->coach && i <= entry->scenario.count; i++) {
        screen_draw(s);
        if (!s->app->coach)
            break;
        const struct scenario_step *step = coach_step(s->app->coach);
        if (step->acts)
            play_act(s);
        else if (step->choice_count)
            play_question(s, lang, wrong_too);
        else
            screen_press(s, SPECIAL_ENTER, 1);
    }
    if (s->app->coach)
        play_fail(s, "it did not end");
    assert_true(entry->last.done);
}

#endif
