/* Every view of the program by every painter: beside the program in a pseudo-terminal runs the same
 * app on a canvas, laid out with the same painter's columns; what the terminal shows must be that
 * canvas, and each Khmer token must have its picture where pictures are painted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unistd.h>

#include "db/db.h"
#include "i18n/utf8.h"
#include "i18n/width.h"
#include "tests/e2e/compare.h"
#include "tests/e2e/pty.h"
#include "tui/app.h"
#include "tui/painter.h"

extern const unsigned char seed_start[], seed_end[];

enum { PATH_ROOM = 512, CELL_WIDTH = 10, CELL_HEIGHT = 20 };

static const struct emulator_kind foot = {"foot(1.13.1)", true, false, CELL_WIDTH, CELL_HEIGHT},
                                  xterm = {"XTerm(379)", true, false, CELL_WIDTH, CELL_HEIGHT},
                                  kitty = {"kitty(0.26.5)", false, true, CELL_WIDTH, CELL_HEIGHT},
                                  new = {"kitty(0.42.1)", false, true, CELL_WIDTH, CELL_HEIGHT},
                                  konsole = {"Konsole 22.12.3", true, true, CELL_WIDTH,
                                             CELL_HEIGHT};

static const struct {
    enum painter_id painter;
    const struct emulator_kind *kind;
    enum painted painted;
} pairs[] = {
    {PAINTER_TEXT, NULL, PAINTED_TEXT},          {PAINTER_KONSOLE, &konsole, PAINTED_TEXT},
    {PAINTER_OSC66, &new, PAINTED_TEXT},         {PAINTER_KITTY, &kitty, PAINTED_BOTH},
    {PAINTER_KITTY, &konsole, PAINTED_PICTURES}, {PAINTER_SIXEL, &xterm, PAINTED_BOTH},
    {PAINTER_SIXEL, &foot, PAINTED_PICTURES},
};
enum { PAIRS = sizeof pairs / sizeof pairs[0] };

/* The tour: keys, and text that is typed. */
static const struct {
    const char *bytes;
    enum special special; /* SPECIAL_NONE: bytes are typed */
} tour[] = {
    {KEYS_DOWN, SPECIAL_DOWN},
    {KEYS_ENTER, SPECIAL_ENTER},
    {KEYS_DOWN, SPECIAL_DOWN},
    {KEYS_ENTER, SPECIAL_ENTER},
    {KEYS_DOWN, SPECIAL_DOWN},
    {KEYS_ENTER, SPECIAL_ENTER},
    {KEYS_PGDN, SPECIAL_PAGE_DOWN},
    {KEYS_ENTER, SPECIAL_ENTER},
    {KEYS_PGDN, SPECIAL_PAGE_DOWN},
    {KEYS_F1, SPECIAL_F1},
    {KEYS_PGDN, SPECIAL_PAGE_DOWN},
    {KEYS_ESC, SPECIAL_ESCAPE},
    {KEYS_F3, SPECIAL_F3},
    {"ឈូក សង្គម", SPECIAL_NONE},
    {KEYS_LEFT, SPECIAL_LEFT},
    {KEYS_LEFT, SPECIAL_LEFT},
    {"កិ", SPECIAL_NONE},
    {KEYS_DOWN, SPECIAL_DOWN},
    {KEYS_F2, SPECIAL_F2},
    {KEYS_F2, SPECIAL_F2},
    {KEYS_F12, SPECIAL_F12},
    {"\033[23~", SPECIAL_F11},
    {"\033[23~", SPECIAL_F11},
    {"\033[23~", SPECIAL_F11},
    {KEYS_ENTER, SPECIAL_ENTER},
    {KEYS_HOME, SPECIAL_HOME},
    {KEYS_F12, SPECIAL_F12},
};

struct session {
    char path[PATH_ROOM];
    struct db *db;
    struct app *app;
    struct pty pty;
    struct easel easel;
    struct ruler ruler;
    enum painted painted;
};

static int64_t pinned_now(void *clock)
{
    (void)clock;
    return 1782871200; /* 2026-07-01T02:00:00Z, as CPDIR_NOW of the run */
}

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

static const struct ruler *ruler_of(const struct session *s)
{
    return s->easel.painter->ruler ? &s->ruler : NULL;
}

/* False: this build has no such painter. */
static bool start(struct session *s, size_t pair, enum width_rule rule, int rows, int columns)
{
    const struct palette palette = palette_default();
    const char *folder = getenv("TMPDIR"), *build = getenv("CPDIR_BUILD");
    char program[PATH_ROOM], db[PATH_ROOM + 16], painter[64];
    if (easel_open(pairs[pair].painter, &palette, CELL_WIDTH, CELL_HEIGHT, &s->easel) != STATUS_OK)
        return false;
    s->ruler = (struct ruler){columns_of, reach_of, &s->easel};
    s->painted = pairs[pair].painted;
    snprintf(s->path, sizeof s->path, "%s/views-%ld.db", folder ? folder : "/tmp", (long)getpid());
    struct seed seed = {seed_start, (size_t)(seed_end - seed_start)};
    assert_int_equal(db_create(s->path, seed, NULL), STATUS_OK);
    assert_int_equal(db_open(s->path, DB_READ_WRITE, &s->db, NULL), STATUS_OK);
    const struct app_options options = {.lang = LANG_KM, .now = pinned_now, .ruler = ruler_of(s)};
    s->app = app_new(s->db, &options);
    app_resize(s->app, rows - s->easel.painter->spare_row, columns);
    snprintf(program, sizeof program, "%s/san/cpdir", build ? build : "build");
    snprintf(db, sizeof db, "CPDIR_DB=%s", s->path);
    snprintf(painter, sizeof painter, "CPDIR_PAINTER=%s", s->easel.painter->name);
    const char *const argv[] = {program, NULL};
    const char *const environment[] = {db, painter, "CPDIR_LANG=km",
                                       "CPDIR_NOW=2026-07-01T02:00:00Z", NULL};
    const struct pty_start how = {.rule = rule,
                                  .kind = pairs[pair].kind,
                                  .rows = rows,
                                  .columns = columns,
                                  .argv = argv,
                                  .environment = environment};
    assert_true(pty_open(&s->pty, &how) && pty_settle(&s->pty));
    return true;
}

static void stop(struct session *s)
{
    struct text nothing = TEXT_INIT;
    pty_send(&s->pty, KEYS_F10, strlen(KEYS_F10), 1);
    assert_true(pty_wait_end(&s->pty));
    assert_true(pty_is_restored(&s->pty));
    pty_close(&s->pty);
    app_free(s->app);
    db_close(s->db);
    easel_close(&s->easel, &nothing);
    text_release(&nothing);
    unlink(s->path);
}

static void same(struct session *s, size_t step)
{
    struct canvas c;
    struct text report = TEXT_INIT;
    int rows = s->pty.screen.rows;
    canvas_init(&c, rows - s->easel.painter->spare_row, s->pty.screen.columns);
    c.ruler = ruler_of(s);
    app_draw(s->app, &c);
    size_t wrong = compare_painted(&c, &s->pty.screen, s->painted, &report);
    if (wrong)
        fail_msg("%s, step %zu, rule %d: %zu wrong\n%s", s->easel.painter->name, step,
                 (int)s->pty.screen.rule, wrong, report.bytes);
    assert_int_equal(s->pty.screen.unknown, 0);
    canvas_release(&c);
    text_release(&report);
}

static void press(struct session *s, size_t step)
{
    const char *bytes = tour[step].bytes;
    if (tour[step].special == SPECIAL_NONE) {
        app_text(s->app, bytes, strlen(bytes));
        assert_true(pty_type(&s->pty, bytes));
    } else {
        app_key(s->app, tour[step].special, 0);
        assert_true(pty_press(&s->pty, bytes));
    }
    same(s, step);
}

static void every_view_is_right_by_every_painter(void **state)
{
    (void)state;
    static const int sizes[][2] = {{24, 80}, {40, 140}};
    for (size_t pair = 0; pair < PAIRS; pair++) {
        for (int rule = 0; rule < WIDTH_RULES; rule++) {
            const int *size = sizes[((int)pair + rule) % 2];
            struct session s = {.db = NULL};
            if (!start(&s, pair, (enum width_rule)rule, size[0], size[1]))
                continue;
            for (size_t step = 0; step < sizeof tour / sizeof tour[0]; step++)
                press(&s, step);
            stop(&s);
        }
    }
}

int main(void)
{
    if (!width_init())
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_view_is_right_by_every_painter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
