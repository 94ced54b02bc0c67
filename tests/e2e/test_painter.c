/* Every painter in a pseudo-terminal, on terminals of both width rules: whatever is drawn and
 * however the window changes, each cell holds what the canvas says, each Khmer token has its
 * picture where pictures are painted, and nothing is left when the program ends. */
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

#include "i18n/width.h"
#include "tests/e2e/compare.h"
#include "tests/e2e/pty.h"
#include "tests/e2e/sample.h"
#include "tui/painter.h"

enum { CELL_WIDTH = 10, CELL_HEIGHT = 20 };

static const struct emulator_kind any = {NULL, true, true, CELL_WIDTH, CELL_HEIGHT},
                                  xterm = {"XTerm(379)", true, false, CELL_WIDTH, CELL_HEIGHT},
                                  foot = {"foot(1.13.1)", true, false, CELL_WIDTH, CELL_HEIGHT},
                                  kitty = {"kitty(0.26.5)", false, true, CELL_WIDTH, CELL_HEIGHT},
                                  kitty_new = {"kitty(0.42.1)", false, true, CELL_WIDTH,
                                               CELL_HEIGHT},
                                  konsole = {"Konsole 22.12.3", true, true, CELL_WIDTH,
                                             CELL_HEIGHT};

static const struct {
    enum painter_id painter;
    const struct emulator_kind *kind;
    const char *chosen; /* by the person; NULL: the table chooses it */
    enum painted painted;
} pairs[] = {
    {PAINTER_TEXT, &any, "CPDIR_PAINTER=text", PAINTED_TEXT},
    {PAINTER_KONSOLE, &konsole, "CPDIR_PAINTER=konsole", PAINTED_TEXT},
    {PAINTER_OSC66, &kitty_new, NULL, PAINTED_TEXT},
    {PAINTER_KITTY, &kitty, NULL, PAINTED_BOTH},
    {PAINTER_KITTY, &konsole, NULL, PAINTED_PICTURES},
    {PAINTER_SIXEL, &xterm, NULL, PAINTED_BOTH},
    {PAINTER_SIXEL, &foot, NULL, PAINTED_PICTURES},
};
enum { PAIRS = sizeof pairs / sizeof pairs[0] };

/* What the test draws with beside the program. */
struct beside {
    struct easel easel;
    struct ruler ruler;
};

static int columns_of(void *state, const char *s, size_t len, int columns)
{
    struct easel *e = state;
    return e->painter->columns(e, s, len, columns);
}

static int reach_of(void *state, const char *s, size_t len, int columns, size_t at)
{
    struct easel *e = state;
    return e->painter->reach(e, s, len, columns, at);
}

static void open_beside(struct beside *b, enum painter_id painter)
{
    const struct palette palette = palette_default();
    assert_int_equal(easel_open(painter, &palette, CELL_WIDTH, CELL_HEIGHT, &b->easel), STATUS_OK);
    b->ruler = (struct ruler){columns_of, reach_of, &b->easel};
}

static void close_beside(struct beside *b)
{
    struct text nothing = TEXT_INIT;
    easel_close(&b->easel, &nothing);
    text_release(&nothing);
}

/* A program built without pixels (PIXELS=0) has the text painters only. */
static bool has_painter(enum painter_id painter)
{
    struct shaper *shaper;
    bool pixels = shaper_open(CELL_WIDTH, CELL_HEIGHT, &shaper) == STATUS_OK;
    if (pixels)
        shaper_close(shaper);
    return pixels || !painter_get(painter)->pixels;
}

static bool start(struct pty *p, size_t pair, enum width_rule rule)
{
    static const char *const argv[] = {"/proc/self/exe", "paint", NULL};
    const char *const environment[] = {pairs[pair].chosen, NULL};
    struct pty_start s = {
        .rule = rule, .kind = pairs[pair].kind, .argv = argv, .environment = environment};
    return pty_open(p, &s) && pty_settle(p);
}

static void expect_picture(const struct pty *p, struct beside *b, enum painted painted,
                           unsigned long number)
{
    struct canvas c;
    struct text report = TEXT_INIT;
    const struct painter *painter = b->easel.painter;
    if (painter->spare_row && p->screen.rows == 1)
        painted = PAINTED_TEXT; /* the only row is the last one */
    int rows = p->screen.rows - (painter->spare_row && p->screen.rows > 1);
    canvas_init(&c, rows, p->screen.columns);
    c.ruler = painter->ruler ? &b->ruler : NULL;
    sample_paint(&c, number);
    size_t wrong = compare_painted(&c, &p->screen, painted, &report);
    if (wrong)
        fail_msg("%s, picture %lu, rule %d: %zu misplaced\n%s", painter->name, number,
                 (int)p->screen.rule, wrong, report.bytes);
    assert_int_equal(p->screen.unknown, 0);
    canvas_release(&c);
    text_release(&report);
}

static void no_cell_is_misplaced_by_any_painter(void **state)
{
    (void)state;
    enum { UPDATES = 40 };
    for (size_t i = 0; i < PAIRS && has_painter(pairs[i].painter); i++) {
        for (int rule = 0; rule < WIDTH_RULES; rule++) {
            struct pty p;
            struct beside b;
            open_beside(&b, pairs[i].painter);
            assert_true(start(&p, i, (enum width_rule)rule));
            for (int k = 0; k < UPDATES; k++) {
                expect_picture(&p, &b, pairs[i].painted, p.screen.keys);
                assert_true(pty_press(&p, k == 20 ? "t" : k == 30 ? "r" : "x"));
            }
            pty_send(&p, KEYS_F10, strlen(KEYS_F10), 1);
            assert_true(pty_wait_end(&p));
            assert_true(pty_is_restored(&p));
            pty_close(&p);
            close_beside(&b);
        }
    }
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 12;
}

static void five_hundred_updates_and_resizes_misplace_nothing(void **state)
{
    (void)state;
    enum { TIMES = 500 };
    for (size_t i = 0; i < PAIRS && has_painter(pairs[i].painter); i++) {
        struct pty p;
        struct beside b;
        uint32_t seed = 20260701u + (uint32_t)i;
        open_beside(&b, pairs[i].painter);
        assert_true(start(&p, i, i % 2 ? WIDTH_MARKS : WIDTH_WCWIDTH));
        for (int k = 0; k < TIMES; k++) {
            if (next(&seed) % 8 == 0)
                assert_true(
                    pty_resize(&p, 1 + (int)(next(&seed) % 40), 1 + (int)(next(&seed) % 120)));
            else
                assert_true(pty_press(&p, "x"));
            expect_picture(&p, &b, pairs[i].painted, p.screen.keys);
        }
        pty_close(&p);
        close_beside(&b);
    }
}

static void kitty_gets_a_picture_once(void **state)
{
    (void)state;
    struct pty p;
    if (!has_painter(PAINTER_KITTY))
        return;
    assert_true(start(&p, 3, WIDTH_WCWIDTH));
    for (int i = 0; i < 60; i++)
        assert_true(pty_press(&p, "x"));
    size_t sent = p.screen.images.transmitted;
    for (int i = 0; i < 60; i++)
        assert_true(pty_press(&p, "x"));
    size_t more = p.screen.images.transmitted - sent;
    if (more * 2 > sent) /* the sample has many words and styles */
        fail_msg("%zu pictures, then %zu more", sent, more);
    pty_close(&p);
}

static void the_key_goes_through_the_painters_that_work(void **state)
{
    (void)state;
    struct pty p;
    struct beside text, pixels;
    if (!has_painter(PAINTER_KITTY))
        return;
    open_beside(&text, PAINTER_TEXT);
    open_beside(&pixels, PAINTER_KITTY);
    assert_true(start(&p, 3, WIDTH_MARKS));
    for (unsigned long i = 0; i < 4; i++) {
        bool now_text = i % 2 == 0;
        assert_true(pty_press(&p, "p"));
        assert_true(pty_press(&p, "x"));
        expect_picture(&p, now_text ? &text : &pixels, now_text ? PAINTED_TEXT : PAINTED_BOTH,
                       p.screen.keys);
    }
    pty_close(&p);
    close_beside(&text);
    close_beside(&pixels);
}

static void nothing_is_left_whatever_happens(void **state)
{
    (void)state;
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGTERM, SIGHUP, SIGINT};
    for (size_t i = 0; i < PAIRS && has_painter(pairs[i].painter); i++) {
        for (size_t k = 0; k < sizeof signals / sizeof signals[0]; k++) {
            struct pty p;
            assert_true(start(&p, i, WIDTH_WCWIDTH));
            assert_int_equal(p.screen.word_mode, pairs[i].painter == PAINTER_KONSOLE);
            assert_true(pty_press(&p, "x"));
            kill(p.pid, signals[k]);
            assert_true(pty_wait_end(&p));
            if (!pty_is_restored(&p))
                fail_msg("%s leaves something after signal %d", painter_get(pairs[i].painter)->name,
                         signals[k]);
            pty_close(&p);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "paint") == 0)
        return sample_show(argc > 2);
    if (!width_init())
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_cell_is_misplaced_by_any_painter),
        cmocka_unit_test(five_hundred_updates_and_resizes_misplace_nothing),
        cmocka_unit_test(kitty_gets_a_picture_once),
        cmocka_unit_test(the_key_goes_through_the_painters_that_work),
        cmocka_unit_test(nothing_is_left_whatever_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
