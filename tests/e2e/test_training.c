/* From the real directory to training, a change there, a fresh lesson, and back, without leaving
 * the program. */
#include "tests/tui/program.h"

#include "i18n/width.h"
#include "tests/e2e/pty.h"

#define KEYS_F9 "\033[20~"

enum { MENU_ROWS = 80 };

struct lesson {
    struct program p;
    struct pty pty;
};

static int open_lesson(void **state)
{
    struct lesson *l = mem_zalloc(1, sizeof *l);
    char program[512], home[300];
    const char *build = getenv("CPDIR_BUILD");
    (void)width_init();
    program_open(&l->p);
    program_path(&l->p, "home", program);
    if (mkdir(program, 0700))
        return -1;
    snprintf(home, sizeof home, "HOME=%s/home", l->p.folder);
    snprintf(program, sizeof program, "%s/san/cpdir", build ? build : "build");
    const char *const argv[] = {program, NULL};
    const char *const environment[] = {home, "CPDIR_LANG=en", "CPDIR_NOW=2026-07-01T02:00:00Z",
                                       NULL};
    struct pty_start how = {.argv = argv, .environment = environment};
    *state = l;
    return pty_open(&l->pty, &how) && pty_settle(&l->pty) ? 0 : -1;
}

static int close_lesson(void **state)
{
    struct lesson *l = *state;
    pty_close(&l->pty);
    program_close(&l->p);
    free(l);
    return 0;
}

static bool shows(struct lesson *l, const char *words)
{
    struct text screen = TEXT_INIT;
    emulator_text(&l->pty.screen, &screen);
    bool found = strstr(screen.bytes, words) != NULL;
    text_release(&screen);
    return found;
}

static void must_show(struct lesson *l, const char *words)
{
    struct text screen = TEXT_INIT;
    emulator_text(&l->pty.screen, &screen);
    if (!strstr(screen.bytes, words))
        fail_msg("\"%s\" is not on the screen:\n%s", words, screen.bytes);
    text_release(&screen);
}

static void press(struct lesson *l, const char *key)
{
    if (!pty_press(&l->pty, key))
        fail_msg("no answer to a key");
}

static void quit(struct lesson *l)
{
    pty_send(&l->pty, KEYS_F10, strlen(KEYS_F10), 1);
    assert_true(pty_wait_end(&l->pty));
    assert_int_equal(WEXITSTATUS(l->pty.state), 0);
    assert_true(pty_is_restored(&l->pty));
}

static void choose(struct lesson *l, const char *command)
{
    char row[80];
    snprintf(row, sizeof row, "▸ %s", command);
    press(l, KEYS_F9);
    for (int i = 0; i < MENU_ROWS && !shows(l, row); i++)
        press(l, KEYS_DOWN);
    must_show(l, row);
    press(l, KEYS_ENTER);
}

static void the_program_goes_to_training_and_back(void **state)
{
    struct lesson *l = *state;
    must_show(l, "Kampot");
    assert_false(shows(l, "[TRAINING]"));
    choose(l, "Training on or off");
    must_show(l, "[TRAINING]");
    must_show(l, "Rumduol Meas Province");
    must_show(l, "Trainee");
    assert_false(shows(l, "Kampot"));
    choose(l, "Training on or off");
    must_show(l, "Kampot");
    assert_false(shows(l, "[TRAINING]"));
    quit(l);
}

/* As a learner changes an entry; the program has the file open meanwhile. */
static void a_change_is_gone_after_a_fresh_start(void **state)
{
    struct lesson *l = *state;
    static const char file[] = "home/.local/share/cpdir/training.db";
    struct text fresh = TEXT_INIT, after = TEXT_INIT;
    char id[40];
    choose(l, "Training on or off");
    program_read(&l->p, file, &fresh);
    assert_int_equal(
        RUN(&l->p, "--training", "find", "Star Boat family tracing", "--format", "json"), 0);
    snprintf(id, sizeof id, "%.36s", l->p.out.bytes + strlen("{\"id\":\""));
    assert_int_equal(
        RUN(&l->p, "--training", "verify", id, "--method", "phone", "--result", "still_right"), 0);
    choose(l, "Begin afresh");
    must_show(l, "[TRAINING]");
    must_show(l, "The training directory is fresh again.");
    program_read(&l->p, file, &after);
    assert_int_equal(fresh.len, after.len);
    assert_memory_equal(fresh.bytes, after.bytes, fresh.len);
    text_release(&fresh);
    text_release(&after);
    quit(l);
}

/* What lies at the place of the training directory is no such file: the person stays, and is told.
 */
static void where_training_cannot_be_opened_the_person_stays(void **state)
{
    struct lesson *l = *state;
    program_write(&l->p, "home/.local/share/cpdir/training.db",
                  "a letter to nobody, longer than 16", 34);
    choose(l, "Training on or off");
    must_show(l, "Kampot");
    assert_false(shows(l, "[TRAINING]"));
    must_show(l, "It was not changed.");
    quit(l);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_lesson, close_lesson)
    const struct CMUnitTest tests[] = {
        TEST(the_program_goes_to_training_and_back),
        TEST(a_change_is_gone_after_a_fresh_start),
        TEST(where_training_cannot_be_opened_the_person_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
