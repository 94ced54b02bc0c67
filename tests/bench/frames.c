/* What frames cost: frames FILE starts itself in a pseudo-terminal once for each painter and walks
 * through a list of 1,000 rows with Khmer names, first down, then up again line by line (every row
 * of the screen changes), then moves the selection only. Prints, for each painter, ms and bytes of
 * a frame as tab-separated values. The ms are those of drawing and writing in the program. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/area.h"
#include "db/db.h"
#include "i18n/width.h"
#include "tests/e2e/pty.h"
#include "tui/term.h"

extern const unsigned char seed_start[], seed_end[];

enum { ROWS = 1000, STEPS = 300, MOVES = 18, CELL_WIDTH = 10, CELL_HEIGHT = 20 };

static const struct emulator_kind kinds[] = {
    {"foot(1.13.1)", true, false, CELL_WIDTH, CELL_HEIGHT},
    {"kitty(0.26.5)", false, true, CELL_WIDTH, CELL_HEIGHT},
    {"Konsole 22.12.3", false, true, CELL_WIDTH, CELL_HEIGHT},
    {"kitty(0.42.1)", false, true, CELL_WIDTH, CELL_HEIGHT},
    {NULL, false, false, 0, 0}};
static const char *const painters[] = {"sixel", "kitty", "konsole", "osc66", "text"};

/* --- the program in the terminal -----------------------------------------------------------------
 */

struct list {
    struct text *rows;
    size_t count;
};

static void add_area(struct list *l, const struct area *commune, const struct area *district)
{
    struct text *row = &l->rows[l->count++];
    text_init(row);
    text_addf(row, "%s %s %s", commune->name_km, district->name_km, commune->name_en);
}

static void read_list(struct db *db, struct list *l)
{
    struct area_list provinces, districts, communes;
    l->rows = mem_zalloc(ROWS, sizeof *l->rows);
    if (area_children(db, "", &provinces) != STATUS_OK)
        return;
    for (size_t i = 0; i < provinces.count && l->count < ROWS; i++) {
        if (area_children(db, provinces.rows[i].code, &districts) != STATUS_OK)
            continue;
        for (size_t k = 0; k < districts.count && l->count < ROWS; k++) {
            if (area_children(db, districts.rows[k].code, &communes) != STATUS_OK)
                continue;
            for (size_t n = 0; n < communes.count && l->count < ROWS; n++)
                add_area(l, &communes.rows[n], &districts.rows[k]);
            area_list_release(&communes);
        }
        area_list_release(&districts);
    }
    area_list_release(&provinces);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static void draw(struct canvas *c, const struct list *l, size_t top, size_t selected)
{
    for (int row = 0; row < c->rows && top + (size_t)row < l->count; row++) {
        const struct text *text = &l->rows[top + (size_t)row];
        bool marked = top + (size_t)row == selected;
        enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_put(c, row, 2, c->columns - 2, style, text->bytes, text->len);
    }
}

/* Down and Up scroll by a line, j and k move the selection; `times` gets the ms of every frame. */
static int show(const char *path, const char *times, const char *painter)
{
    struct db *db;
    struct list l = {0};
    struct term *t;
    FILE *out = fopen(times, "w");
    if (!out || db_open(path, DB_READ_ONLY, &db, NULL) != STATUS_OK)
        return 9;
    read_list(db, &l);
    db_close(db);
    if (term_open(THEME_COLOUR, painter, &t) != STATUS_OK)
        return 9;
    struct canvas c;
    size_t top = 0, selected = 0;
    canvas_init(&c, 1, 1);
    for (bool run = true; run;) {
        int rows, columns;
        term_size(t, &rows, &columns);
        c.ruler = stage_ruler(term_stage(t));
        double before = now_ms();
        canvas_reset(&c, rows, columns);
        draw(&c, &l, top, selected);
        term_draw(t, &c);
        fprintf(out, "%.3f\n", now_ms() - before);
        term_settle(t);
        struct event e = term_next(t, PTY_DEADLINE_MS);
        run = e.kind == EVENT_KEY && e.special != SPECIAL_F10;
        top += e.special == SPECIAL_DOWN;
        top -= e.special == SPECIAL_UP;
        selected = e.cp == 'j'   ? selected + 1
                   : e.cp == 'k' ? selected - 1
                   : e.cp == 'h' ? top
                                 : selected;
    }
    term_close(t);
    canvas_release(&c);
    for (size_t i = 0; i < l.count; i++)
        text_release(&l.rows[i]);
    free(l.rows);
    return fclose(out) != 0;
}

/* --- the other side ------------------------------------------------------------------------------
 */

/* Presses a key so many times; the bytes a frame takes on average. */
static double press(struct pty *p, const char *key, int times)
{
    size_t before = p->output.len;
    for (int i = 0; i < times; i++)
        if (!pty_press(p, key))
            return -1;
    return (double)(p->output.len - before) / times;
}

/* Mean of lines [from, to) of the file of times. */
static double mean(const char *times, int from, int to)
{
    FILE *in = fopen(times, "r");
    double sum = 0, value;
    for (int i = 0; in && i < to && fscanf(in, "%lf", &value) == 1; i++)
        sum += i >= from ? value : 0;
    if (in)
        fclose(in);
    return sum / (to - from);
}

static bool measure(const char *program, const char *db, const char *times, size_t i)
{
    const char *const argv[] = {program, "show", db, times, painters[i], NULL};
    struct pty_start s = {.kind = &kinds[i], .argv = argv};
    struct pty p;
    if (!pty_open(&p, &s) || !pty_settle(&p)) {
        fprintf(stderr, "%s does not come up\n%s\n", painters[i], p.output.bytes);
        return false;
    }
    size_t first = p.output.len;
    double down = press(&p, KEYS_DOWN, STEPS), up = press(&p, KEYS_UP, STEPS);
    double moved = press(&p, "j", MOVES), back = press(&p, "k", MOVES);
    pty_send(&p, KEYS_F10, strlen(KEYS_F10), 1);
    bool ended = pty_wait_end(&p);
    pty_close(&p);
    printf("%s\t%zu\t%.2f\t%.0f\t%.2f\t%.0f\t%.2f\t%.0f\t%.0f\n", painters[i], first,
           mean(times, 1, 1 + STEPS), down, mean(times, 1 + STEPS, 1 + 2 * STEPS), up,
           mean(times, 1 + 2 * STEPS, 1 + 2 * STEPS + 2 * MOVES), moved, back);
    return ended && down > 0 && up > 0 && moved > 0 && back > 0;
}

int main(int argc, char **argv)
{
    if (!width_init())
        return 1;
    if (argc == 5 && strcmp(argv[1], "show") == 0)
        return show(argv[2], argv[3], argv[4]);
    if (argc != 2) {
        fprintf(stderr, "frames FILE: a directory that is made when it is not there\n");
        return 2;
    }
    struct seed seed = {seed_start, (size_t)(seed_end - seed_start)};
    if (access(argv[1], F_OK) != 0 && db_create(argv[1], seed, NULL) != STATUS_OK)
        return 1;
    struct text times = TEXT_INIT;
    text_addf(&times, "%s.times", argv[1]);
    bool good = true;
    for (size_t i = 0; i < sizeof painters / sizeof painters[0]; i++)
        good = measure("/proc/self/exe", argv[1], times.bytes, i) && good;
    unlink(times.bytes);
    text_release(&times);
    return !good;
}
