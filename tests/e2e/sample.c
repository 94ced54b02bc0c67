/* Sample pictures; see sample.h. */
#include "tests/e2e/sample.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/width.h"
#include "tests/e2e/pty.h"
#include "tui/term.h"

static const char *const texts[] = {
    "CCWC · Boeng Nimol",
    "គណៈកម្មាធិការទទួលបន្ទុកកិច្ចការនារី និងកុមារឃុំបឹងនិមល",
    "ស្រុកឈូក",
    "012 311 112",
    "ខេត្តកំពត ▸ ស្រុកឈូក ▸ ឃុំបឹងនិមល",
    "ការិយាល័យសង្គមកិច្ច និងសុខុមាលភាពសង្គម (OSVY) ១២",
    "ស្ត្រីភ្នំព្រៃកម្ពុជា 24h",
    "──────────",
    "plain Latin text of some length, é à ê",
    "",
};

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 12;
}

static void paint_row(struct canvas *c, int row, uint32_t seed)
{
    int column = (int)(next(&seed) % 5);
    canvas_fill(c, row, 0, c->columns, STYLE_NORMAL, 0);
    if (next(&seed) % 4 == 0)
        canvas_fill(c, row, 0, c->columns, STYLE_SELECTED, 0);
    while (column < c->columns) {
        const char *s = texts[next(&seed) % (sizeof texts / sizeof texts[0])];
        int room = 5 + (int)(next(&seed) % 60);
        enum style style = (enum style)(next(&seed) % STYLE_COUNT);
        column += canvas_puts(c, row, column, room, style, s) + (int)(next(&seed) % 6);
    }
}

void sample_paint(struct canvas *c, unsigned long number)
{
    for (int row = 0; row < c->rows; row++) {
        uint32_t seed = (uint32_t)row * 7919u + 17u;
        for (unsigned long n = 0; n <= number; n++) {
            uint32_t dice = (uint32_t)n * 2654435761u ^ (uint32_t)row * 40503u;
            if (next(&dice) % 3 == 0)
                seed = dice;
        }
        paint_row(c, row, seed);
    }
    if (number % 2)
        canvas_cursor(c, (int)number % c->rows, (int)number % c->columns);
}

int sample_show(bool twice)
{
    struct term *t;
    if (!width_init() || term_open(theme_default(), getenv("CPDIR_PAINTER"), &t) != STATUS_OK)
        return 9;
    struct canvas c;
    canvas_init(&c, 1, 1);
    unsigned long keys = 0;
    for (bool run = true; run;) {
        int rows, columns;
        term_size(t, &rows, &columns);
        c.ruler = stage_ruler(term_stage(t));
        canvas_reset(&c, rows, columns);
        sample_paint(&c, twice ? keys / 2 : keys);
        term_draw(t, &c);
        term_settle(t);
        struct event e = term_next(t, PTY_DEADLINE_MS);
        keys += e.kind == EVENT_KEY;
        run = e.kind != EVENT_QUIT && e.special != SPECIAL_F10;
        if (e.special == SPECIAL_F1)
            raise(SIGSEGV);
        if (e.special == SPECIAL_F2)
            abort();
        if (e.special == SPECIAL_F3)
            exit(3);
        if (e.special == SPECIAL_DELETE) /* more than any machine has */
            free(mem_alloc(SIZE_MAX / 4));
        if (e.cp == 'y')
            term_copy(t, "117 ១", strlen("117 ១"));
        if (e.cp == 't')
            term_set_theme(t, THEME_CONTRAST);
        if (e.cp == 'p')
            term_next_painter(t);
        if (e.cp == 'r')
            term_repaint(t);
    }
    canvas_release(&c);
    term_close(t);
    return 0;
}
