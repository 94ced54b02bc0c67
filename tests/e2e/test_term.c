/* tui/term.c alone, in a pseudo-terminal: this program starts itself as a sample (sample.h),
 * which draws a canvas made from a number for every key it gets; the test makes the same canvas and
 * compares it with what each kind of terminal shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "i18n/width.h"
#include "tests/e2e/compare.h"
#include "tests/e2e/pty.h"
#include "tests/e2e/sample.h"
#include "tui/term.h"

static bool start(struct pty *p, enum width_rule rule, const char *const *environment)
{
    static const char *const argv[] = {"/proc/self/exe", "paint", NULL};
    struct pty_start s = {.rule = rule, .argv = argv, .environment = environment};
    return pty_open(p, &s) && pty_settle(p);
}

static void expect_picture(const struct pty *p)
{
    struct canvas c;
    struct text report;
    text_init(&report);
    canvas_init(&c, p->screen.rows, p->screen.columns);
    sample_paint(&c, p->screen.keys);
    size_t wrong = compare_screen(&c, &p->screen, &report);
    if (wrong)
        fail_msg("picture %lu, rule %d: %zu cells misplaced\n%s", p->screen.keys,
                 (int)p->screen.rule, wrong, report.bytes);
    assert_int_equal(p->screen.unknown, 0);
    assert_int_equal(p->screen.cursor_shown, c.cursor_row >= 0);
    if (c.cursor_row >= 0) {
        assert_int_equal(p->screen.screens[1].row, c.cursor_row);
        assert_int_equal(p->screen.screens[1].column, c.cursor_column);
    }
    canvas_release(&c);
    text_release(&report);
}

static void no_cell_is_misplaced_under_any_width_rule(void **state)
{
    (void)state;
    for (int rule = 0; rule < WIDTH_RULES; rule++) {
        struct pty p;
        assert_true(start(&p, (enum width_rule)rule, NULL));
        expect_picture(&p);
        for (int i = 0; i < 120; i++) {
            assert_true(pty_press(&p, "x"));
            expect_picture(&p);
        }
        assert_true(pty_press(&p, "t"));
        expect_picture(&p);
        pty_close(&p);
    }
}

static void any_size_is_drawn_right(void **state)
{
    (void)state;
    static const int sizes[][2] = {{60, 200}, {1, 1},   {12, 40}, {2, 1},   {1, 90},
                                   {30, 7},   {24, 80}, {11, 39}, {50, 132}};
    for (int rule = 0; rule < WIDTH_RULES; rule++) {
        struct pty p;
        assert_true(start(&p, (enum width_rule)rule, NULL));
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            assert_true(pty_resize(&p, sizes[i][0], sizes[i][1]));
            expect_picture(&p);
            assert_true(pty_type(&p, "xy"));
            expect_picture(&p);
        }
        pty_close(&p);
    }
}

static void only_lines_that_changed_are_sent(void **state)
{
    (void)state;
    enum { NEXT_TO_NOTHING = 120 };
    static const char *const argv[] = {"/proc/self/exe", "paint", "twice", NULL};
    struct pty_start s = {.argv = argv};
    struct pty p;
    assert_true(pty_open(&p, &s) && pty_settle(&p));
    size_t all = p.output.len;
    for (int i = 0; i < 10; i++) {
        size_t before = p.output.len;
        assert_true(pty_press(&p, i % 2 ? "x" : "z"));
        size_t sent = p.output.len - before;
        assert_true(i % 2 == 0 ? sent < NEXT_TO_NOTHING : sent < all * 3 / 4);
    }
    pty_close(&p);
}

static bool ended_well(struct pty *p, int code)
{
    return pty_wait_end(p) && WIFEXITED(p->state) && WEXITSTATUS(p->state) == code &&
           pty_is_restored(p);
}

static void signals_that_end_the_program_end_it_in_order(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct pty p;
        assert_true(start(&p, WIDTH_WCWIDTH, NULL));
        assert_true(p.screen.alternate && p.screen.application_keys);
        kill(p.pid, signals[i]);
        assert_true(ended_well(&p, 0));
        pty_close(&p);
    }
}

static void the_terminal_is_restored_whatever_happens(void **state)
{
    (void)state;
    /* The sanitizer lets malloc fail as it does without one. */
    static const char *const no_memory[] = {"ASAN_OPTIONS=allocator_may_return_null=1", NULL};
    static const char *const keys[] = {KEYS_F1, KEYS_F2, KEYS_F3, KEYS_DELETE, KEYS_F10};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct pty p;
        assert_true(start(&p, WIDTH_WCWIDTH, no_memory));
        pty_send(&p, keys[i], strlen(keys[i]), 1);
        assert_true(pty_wait_end(&p));
        if (!pty_is_restored(&p))
            fail_msg("terminal not restored after key %zu\n%s", i, p.output.bytes);
        pty_close(&p);
    }
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct pty p;
        assert_true(start(&p, WIDTH_WCWIDTH, NULL));
        kill(p.pid, signals[i]);
        assert_true(pty_wait_end(&p));
        assert_false(WIFEXITED(p.state) && WEXITSTATUS(p.state) == 0);
        assert_true(pty_is_restored(&p));
        pty_close(&p);
    }
}

static void the_end_of_the_terminal_ends_the_program(void **state)
{
    (void)state;
    struct pty p;
    assert_true(start(&p, WIDTH_WCWIDTH, NULL));
    close(p.slave);
    close(p.master);
    p.slave = p.master = -1;
    assert_true(pty_wait_end(&p));
    assert_true(WIFEXITED(p.state));
    pty_close(&p);
}

static void after_a_stop_everything_is_drawn_again(void **state)
{
    (void)state;
    struct pty p;
    assert_true(start(&p, WIDTH_MARKS, NULL));
    assert_true(pty_press(&p, "x"));
    unsigned long frames = p.screen.frames;
    kill(p.pid, SIGSTOP);
    int stopped;
    assert_int_equal(waitpid(p.pid, &stopped, WUNTRACED), p.pid);
    assert_true(WIFSTOPPED(stopped));
    kill(p.pid, SIGCONT);
    assert_true(pty_press(&p, "x"));
    assert_true(p.screen.frames > frames);
    expect_picture(&p);
    pty_close(&p);
}

static void without_colour_no_colour_is_sent(void **state)
{
    (void)state;
    struct pty p;
    assert_true(start(&p, WIDTH_WCWIDTH, NULL));
    assert_true(p.screen.colours_used > 0);
    pty_close(&p);
    static const char *const mono[] = {"NO_COLOR=1", NULL};
    assert_true(start(&p, WIDTH_WCWIDTH, mono));
    assert_true(pty_type(&p, "xxxxx"));
    assert_int_equal(p.screen.colours_used, 0);
    expect_picture(&p);
    pty_close(&p);
}

static void terminals_it_cannot_use_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"TERM=dumb", "TERM=no-such-terminal", "TERM="};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *const environment[] = {names[i], NULL};
        struct pty p;
        assert_false(start(&p, WIDTH_WCWIDTH, environment));
        assert_true(ended_well(&p, 9));
        assert_null(strchr(p.output.bytes, '\033'));
        pty_close(&p);
    }
}

static void text_is_handed_to_the_clipboard(void **state)
{
    (void)state;
    struct pty p;
    assert_true(start(&p, WIDTH_WCWIDTH, NULL));
    assert_true(pty_press(&p, "y"));
    assert_string_equal(p.screen.copied.bytes, "52;c;MTE3IOGfoQ==");
    pty_close(&p);
}

static void keys_that_are_unknown_do_nothing(void **state)
{
    (void)state;
    struct pty p;
    assert_true(start(&p, WIDTH_WCWIDTH, NULL));
    /* Alt+b, an unknown sequence, half a character and a stray byte: then one key. */
    static const char odd[] = "\033b\033[27;5;9~\xE1\x9E\xFF\x80k";
    pty_send(&p, odd, strlen(odd), 1);
    assert_true(pty_settle(&p));
    expect_picture(&p);
    pty_close(&p);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "paint") == 0)
        return sample_show(argc > 2);
    if (!width_init())
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_cell_is_misplaced_under_any_width_rule),
        cmocka_unit_test(any_size_is_drawn_right),
        cmocka_unit_test(only_lines_that_changed_are_sent),
        cmocka_unit_test(signals_that_end_the_program_end_it_in_order),
        cmocka_unit_test(the_terminal_is_restored_whatever_happens),
        cmocka_unit_test(the_end_of_the_terminal_ends_the_program),
        cmocka_unit_test(after_a_stop_everything_is_drawn_again),
        cmocka_unit_test(without_colour_no_colour_is_sent),
        cmocka_unit_test(terminals_it_cannot_use_are_refused),
        cmocka_unit_test(text_is_handed_to_the_clipboard),
        cmocka_unit_test(keys_that_are_unknown_do_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
