/* The whole program in a pseudo-terminal. Beside it runs the same app on a canvas in this process,
 * on the same file and fed the same keys: what the terminal shows must be that canvas, cell by
 * cell, under every width rule. */
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

#include "db/db.h"
#include "db/op.h"
#include "db/search.h"
#include "i18n/width.h"
#include "tests/e2e/compare.h"
#include "tests/e2e/pty.h"
#include "tui/app.h"

extern const unsigned char seed_start[], seed_end[];

enum { PATH_ROOM = 512, CYAN = 6 /* ground of the selected row, theme.c */ };

struct session {
    char path[PATH_ROOM];
    struct db *db;
    struct app *app;
    struct pty pty;
};

struct key {
    const char *bytes;
    enum special special;
    char32_t cp;
};

static const struct key UP = {KEYS_UP, SPECIAL_UP, 0}, DOWN = {KEYS_DOWN, SPECIAL_DOWN, 0},
                        LEFT = {KEYS_LEFT, SPECIAL_LEFT, 0}, RIGHT = {KEYS_RIGHT, SPECIAL_RIGHT, 0},
                        ENTER = {KEYS_ENTER, SPECIAL_ENTER, 0},
                        BACK = {KEYS_BACK, SPECIAL_BACKSPACE, 0}, F1 = {KEYS_F1, SPECIAL_F1, 0},
                        F2 = {KEYS_F2, SPECIAL_F2, 0}, F3 = {KEYS_F3, SPECIAL_F3, 0},
                        ESC = {KEYS_ESC, SPECIAL_ESCAPE, 0}, F12 = {KEYS_F12, SPECIAL_F12, 0},
                        HOME = {KEYS_HOME, SPECIAL_HOME, 0}, END = {KEYS_END, SPECIAL_END, 0},
                        TAB = {KEYS_TAB, SPECIAL_TAB, 0}, PAGE_UP = {KEYS_PGUP, SPECIAL_PAGE_UP, 0},
                        PAGE_DOWN = {KEYS_PGDN, SPECIAL_PAGE_DOWN, 0};

/* 2026-07-01T02:00:00Z, as CPDIR_NOW of the run. */
static int64_t pinned_now(void *clock)
{
    (void)clock;
    return 1782871200;
}

static void make_file(char path[PATH_ROOM])
{
    static int number;
    const char *folder = getenv("TMPDIR");
    snprintf(path, PATH_ROOM, "%s/screen-%ld-%d.db", folder ? folder : "/tmp", (long)getpid(),
             number++);
    struct seed seed = {seed_start, (size_t)(seed_end - seed_start)};
    assert_int_equal(db_create(path, seed, NULL), STATUS_OK);
}

/* The program on the file; only one variable of its own. */
static bool start_program(struct pty *p, const char *path, enum width_rule rule, int rows,
                          int columns, const char *variable)
{
    char program[PATH_ROOM], db[PATH_ROOM + 16];
    const char *build = getenv("CPDIR_BUILD");
    snprintf(program, sizeof program, "%s/san/cpdir", build ? build : "build");
    snprintf(db, sizeof db, "CPDIR_DB=%s", path);
    const char *const argv[] = {program, NULL};
    const char *const environment[] = {db, "CPDIR_LANG=km", "CPDIR_NOW=2026-07-01T02:00:00Z",
                                       variable, NULL};
    struct pty_start s = {
        .rule = rule, .rows = rows, .columns = columns, .argv = argv, .environment = environment};
    return pty_open(p, &s) && pty_settle(p);
}

static void start(struct session *s, enum width_rule rule, int rows, int columns)
{
    make_file(s->path);
    assert_int_equal(db_open(s->path, DB_READ_WRITE, &s->db, NULL), STATUS_OK);
    const struct app_options options = {.lang = LANG_KM, .now = pinned_now};
    s->app = app_new(s->db, &options);
    app_resize(s->app, rows, columns);
    if (!start_program(&s->pty, s->path, rule, rows, columns, NULL))
        fail_msg("the program did not come up:\n%s", s->pty.output.bytes);
}

static void stop(struct session *s)
{
    pty_close(&s->pty);
    app_free(s->app);
    db_close(s->db);
    unlink(s->path);
}

/* The terminal shows what the canvas says. */
static void same(struct session *s)
{
    struct canvas c;
    struct text report;
    text_init(&report);
    canvas_init(&c, s->pty.screen.rows, s->pty.screen.columns);
    app_draw(s->app, &c);
    size_t wrong = compare_screen(&c, &s->pty.screen, &report);
    if (wrong) {
        text_adds(&report, "the terminal:\n");
        emulator_text(&s->pty.screen, &report);
        text_adds(&report, "the canvas:\n");
        canvas_text(&c, &report);
        fputs(report.bytes, stderr);
        fail_msg("%zu cells misplaced, rule %d", wrong, (int)s->pty.screen.rule);
    }
    assert_int_equal(s->pty.screen.unknown, 0);
    canvas_release(&c);
    text_release(&report);
}

static void must_settle(struct session *s, bool settled)
{
    if (!settled)
        fail_msg("no answer (ended: %d, state %d)\n%s", s->pty.ended, s->pty.state,
                 s->pty.output.bytes + (s->pty.output.len > 3000 ? s->pty.output.len - 3000 : 0));
}

static void press(struct session *s, struct key key)
{
    app_key(s->app, key.special, key.cp);
    must_settle(s, pty_press(&s->pty, key.bytes));
    same(s);
}

static void type(struct session *s, const char *text)
{
    app_text(s->app, text, strlen(text));
    must_settle(s, pty_type(&s->pty, text));
    same(s);
}

static void resize(struct session *s, int rows, int columns)
{
    app_resize(s->app, rows, columns);
    must_settle(s, pty_resize(&s->pty, rows, columns));
    same(s);
}

static char *screen_text(const struct session *s)
{
    struct text out;
    text_init(&out);
    emulator_text(&s->pty.screen, &out);
    return text_take(&out);
}

/* Text of the row the person is on: the cells with the ground of the selection. */
static void selected(const struct session *s, struct text *out)
{
    text_clear(out);
    for (int row = 0; row < s->pty.screen.rows; row++)
        for (int column = 0; column < s->pty.screen.columns; column++)
            if (emulator_cell(&s->pty.screen, row, column)->background == CYAN)
                emulator_row(&s->pty.screen, row, column, 1, out);
}

/* Goes down until the selected row has the text, or its short form (NULL: it has none). */
static void choose(struct session *s, const char *text, const char *brief)
{
    enum { AT_MOST = 60 };
    struct text row;
    text_init(&row);
    for (int i = 0; i < AT_MOST; i++) {
        selected(s, &row);
        if (strstr(row.bytes, text) || (brief && strstr(row.bytes, brief))) {
            text_release(&row);
            return;
        }
        press(s, DOWN);
    }
    char *screen = screen_text(s);
    fputs(screen, stderr);
    fail_msg("'%s' is nowhere on the way down; at the end: %s", text, row.bytes);
}

static void arrows_and_enter_lead_to_a_commune_and_back(void **state)
{
    (void)state;
    for (int rule = 0; rule < WIDTH_RULES; rule++) {
        struct session s;
        start(&s, (enum width_rule)rule, 24, 80);
        same(&s);
        char *first = screen_text(&s);
        choose(&s, "កំពត", NULL);
        press(&s, ENTER);
        choose(&s, "ឈូក", NULL);
        press(&s, ENTER);
        choose(&s, "បឹងនិមល", NULL);
        press(&s, ENTER);
        choose(&s, "គណៈកម្មាធិការទទួលបន្ទុក", "គ.ក.ន.ក");
        press(&s, ENTER);
        assert_true(pty_shows(&s.pty, "បឹងនិមល"));
        assert_true(pty_shows(&s.pty, message_get(LANG_KM, MSG_FIELD_SOURCE)));
        press(&s, F1);
        press(&s, LEFT);
        for (int i = 0; i < 4; i++)
            press(&s, LEFT);
        press(&s, HOME);
        char *last = screen_text(&s);
        assert_string_equal(first, last);
        free(first);
        free(last);
        stop(&s);
    }
}

static void search_types_khmer_and_latin(void **state)
{
    (void)state;
    for (int rule = 0; rule < WIDTH_RULES; rule++) {
        struct session s;
        start(&s, (enum width_rule)rule, 24, 80);
        press(&s, F3);
        type(&s, "ឈូក ");
        type(&s, "សង្គម");
        type(&s, "កិ");
        for (int i = 0; i < 3; i++)
            press(&s, BACK);
        press(&s, DOWN);
        press(&s, F2);
        press(&s, F2);
        press(&s, ENTER);
        press(&s, LEFT);
        for (int i = 0; i < 8; i++)
            press(&s, BACK);
        type(&s, "1280");
        press(&s, DOWN);
        press(&s, ESC);
        assert_false(app_takes_text(s.app));
        stop(&s);
    }
}

static void every_size_shows_the_canvas(void **state)
{
    (void)state;
    static const int sizes[][2] = {{60, 200}, {12, 40}, {11, 39}, {1, 1},    {1, 200},
                                   {80, 2},   {24, 80}, {12, 79}, {30, 100}, {24, 80}};
    struct session s;
    start(&s, WIDTH_MARKS, 24, 80);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        resize(&s, sizes[i][0], sizes[i][1]);
        bool small = sizes[i][0] < 12 || sizes[i][1] < 40;
        if (small && sizes[i][0] > 10 && sizes[i][1] > 30)
            assert_true(pty_shows(&s.pty, "សូមពង្រីក"));
        press(&s, DOWN);
        press(&s, i % 3 == 0 ? F3 : i % 3 == 1 ? RIGHT : F1);
    }
    stop(&s);
}

/* Two hundred keys and resizes from a fixed series; every step is compared. */
static void random_keys_never_misplace_a_cell(void **state)
{
    (void)state;
    const struct key keys[] = {
        UP,   DOWN,    DOWN,      LEFT, RIGHT, ENTER, ENTER,         BACK,
        F1,   F2,      F3,        F12,  HOME,  END,   TAB,           PAGE_UP,
        DOWN, PAGE_UP, PAGE_DOWN, F12,  F12,   RIGHT, {"k", 0, 'k'}, {"១", 0, 0x17E1},
    };
    for (int rule = 0; rule < WIDTH_RULES; rule++) {
        struct session s;
        uint32_t seed = 11u + (uint32_t)rule;
        start(&s, (enum width_rule)rule, 24, 80);
        for (int i = 0; i < 200; i++) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t dice = seed >> 16;
            if (dice % 13 == 0)
                resize(&s, 5 + (int)(dice % 41), 20 + (int)(seed >> 24) % 140);
            else if (dice % 7 == 0 && app_takes_text(s.app))
                type(&s, dice % 2 ? "ឈូក" : "chhuk ");
            else
                press(&s, keys[dice % (sizeof keys / sizeof keys[0])]);
        }
        stop(&s);
    }
}

static void typed_ahead_keys_are_all_handled(void **state)
{
    (void)state;
    struct session s;
    struct text burst;
    text_init(&burst);
    start(&s, WIDTH_MARKS, 24, 80);
    static const struct key *const series[] = {&DOWN,  &DOWN, &ENTER, &DOWN, &ENTER, &UP,
                                               &RIGHT, &DOWN, &F2,    &F2,   &LEFT,  &F3};
    unsigned long count = sizeof series / sizeof series[0];
    for (size_t i = 0; i < count; i++) {
        text_adds(&burst, series[i]->bytes);
        app_key(s.app, series[i]->special, 0);
    }
    pty_send(&s.pty, burst.bytes, burst.len, count);
    must_settle(&s, pty_settle(&s.pty));
    same(&s);
    text_release(&burst);
    stop(&s);
}

static void what_others_wrote_on_the_screen_goes_away(void **state)
{
    (void)state;
    struct session s;
    static const char rubbish[] = "\033[5;5HBroadcast message\033[9;1H\033[K\033[12;3Hកំពត";
    start(&s, WIDTH_CLUSTER, 24, 80);
    emulator_feed(&s.pty.screen, rubbish, sizeof rubbish - 1);
    press(&s, (struct key){"\f", SPECIAL_CTRL_L, 0});
    stop(&s);
}

static void a_change_by_another_process_appears_within_a_second(void **state)
{
    (void)state;
    enum { SECOND = 1000, MARGIN = 500 };
    struct session s;
    struct result hits;
    start(&s, WIDTH_WCWIDTH, 24, 80);
    press(&s, F3);
    type(&s, "1280");
    struct query q = {.words = "1280", .lang = LANG_KM};
    assert_int_equal(search_run(s.db, &q, &hits), STATUS_OK);
    assert_true(hits.count > 0);
    const char *name = "ឈ្មោះថ្មី";
    const struct field_value field = {
        FIELD_ID(SERVICE, name_km),
        {.type = VALUE_TEXT, .text = {.bytes = name, .len = strlen(name)}}};
    const struct change change = {.kind = OP_SET,
                                  .record_kind = RECORD_SERVICE,
                                  .record = hits.rows[0].id,
                                  .area = "",
                                  .fields = &field,
                                  .field_count = 1,
                                  .actor = "test",
                                  .reason = ""};
    assert_false(pty_shows(&s.pty, name));
    assert_int_equal(op_append(s.db, &change, NULL), STATUS_OK);
    long took = pty_expect(&s.pty, name, SECOND + MARGIN);
    assert_in_range(took, 0, SECOND + MARGIN);
    app_data_changed(s.app);
    must_settle(&s, pty_settle(&s.pty));
    same(&s);
    result_release(&hits);
    stop(&s);
}

static void f10_leaves_at_once_from_everywhere(void **state)
{
    (void)state;
    static const char *const ways[][3] = {
        {NULL}, {KEYS_ENTER, KEYS_ENTER, NULL}, {KEYS_F3, "x", NULL}, {KEYS_F1, NULL}};
    char path[PATH_ROOM];
    make_file(path);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct pty p;
        assert_true(start_program(&p, path, WIDTH_WCWIDTH, 24, 80, NULL));
        for (size_t k = 0; ways[i][k]; k++)
            assert_true(pty_press(&p, ways[i][k]));
        pty_send(&p, KEYS_F10, strlen(KEYS_F10), 1);
        assert_true(pty_wait_end(&p));
        assert_true(WIFEXITED(p.state) && WEXITSTATUS(p.state) == 0);
        assert_true(pty_is_restored(&p));
        pty_close(&p);
    }
    unlink(path);
}

static void signals_leave_the_terminal_as_it_was(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT};
    char path[PATH_ROOM];
    make_file(path);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct pty p;
        assert_true(start_program(&p, path, WIDTH_WCWIDTH, 24, 80, NULL));
        assert_true(pty_press(&p, KEYS_DOWN));
        kill(p.pid, signals[i]);
        assert_true(pty_wait_end(&p));
        bool crash = signals[i] == SIGSEGV || signals[i] == SIGABRT;
        assert_int_equal(!crash, WIFEXITED(p.state) && WEXITSTATUS(p.state) == 0);
        assert_true(pty_is_restored(&p));
        pty_close(&p);
    }
    unlink(path);
}

static void without_colour_the_selection_is_still_seen(void **state)
{
    (void)state;
    char path[PATH_ROOM];
    struct pty p;
    make_file(path);
    assert_true(start_program(&p, path, WIDTH_WCWIDTH, 24, 80, "NO_COLOR=1"));
    assert_true(pty_press(&p, KEYS_DOWN));
    assert_int_equal(p.screen.colours_used, 0);
    int reversed = 0; /* rows between the bars with reversed cells */
    for (int row = 1; row < 22; row++)
        for (int column = 0, found = 0; column < 80 && !found; column++)
            reversed += found = emulator_cell(&p.screen, row, column)->reverse;
    assert_int_equal(reversed, 1);
    pty_close(&p);
    unlink(path);
}

static void a_terminal_that_cannot_show_screens_gets_lines(void **state)
{
    (void)state;
    char path[PATH_ROOM];
    struct pty p;
    make_file(path);
    char program[PATH_ROOM], db[PATH_ROOM + 16];
    const char *build = getenv("CPDIR_BUILD");
    snprintf(program, sizeof program, "%s/san/cpdir", build ? build : "build");
    snprintf(db, sizeof db, "CPDIR_DB=%s", path);
    const char *const argv[] = {program, NULL};
    const char *const environment[] = {db, "TERM=dumb", "CPDIR_LANG=km", NULL};
    struct pty_start s = {.argv = argv, .environment = environment};
    assert_true(pty_open(&p, &s));
    assert_true(pty_expect(&p, "1", PTY_DEADLINE_MS) >= 0);
    pty_send(&p, "q\r", 2, 0);
    assert_true(pty_wait_end(&p));
    assert_null(strchr(p.output.bytes, '\033'));
    pty_close(&p);
    unlink(path);
}

int main(void)
{
    if (!width_init())
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrows_and_enter_lead_to_a_commune_and_back),
        cmocka_unit_test(search_types_khmer_and_latin),
        cmocka_unit_test(every_size_shows_the_canvas),
        cmocka_unit_test(random_keys_never_misplace_a_cell),
        cmocka_unit_test(typed_ahead_keys_are_all_handled),
        cmocka_unit_test(what_others_wrote_on_the_screen_goes_away),
        cmocka_unit_test(a_change_by_another_process_appears_within_a_second),
        cmocka_unit_test(f10_leaves_at_once_from_everywhere),
        cmocka_unit_test(signals_leave_the_terminal_as_it_was),
        cmocka_unit_test(without_colour_the_selection_is_still_seen),
        cmocka_unit_test(a_terminal_that_cannot_show_screens_gets_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
