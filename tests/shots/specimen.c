/* Pages for measuring on photographs, drawn through the program's own terminal side:
 *     specimen FOLDER
 * Page 1 is empty; page 2 has its two opposite corners in reverse, so that a comparer learns where
 * the cells are; every later page has marks in three columns with Khmer between, changed from page
 * to page. FOLDER/words.tsv gets a line for each Khmer token of the last page (row, column,
 * columns, text), FOLDER/painter the painter at work and its font's file. Down turns the page,
 * Ctrl-L draws it again, F10 ends. CPDIR_PAINTER chooses the painter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/width.h"
#include "tests/shots/specimen.h"
#include "tui/canvas.h"
#include "tui/stage.h"
#include "tui/term.h"

static const char *const words[] = {
    "ស្ត្រីភ្នំព្រៃកម្ពុជា", "ខេត្តកំពត",     "ឈូក",         "គណៈកម្មាធិការ", "កុមារ",      "សង្គមកិច្ច",
    "យុវនីតិសម្បទា",     "រាជធានីភ្នំពេញ", "បន្ទាយមានជ័យ", "ព្រះសីហនុ",      "ត្បូងឃ្មុំ",     "ឧត្តរមានជ័យ",
    "ក្រចេះ",         "មណ្ឌលគិរី",      "ស្ទឹងត្រែង",    "អតីតយុទ្ធជន",    "ពិគ្រោះយោបល់", "សុខុមាលភាព",
    "ទទួលបន្ទុកកិច្ចការ", "ចុះឈ្មោះ",      "ញ៉ាំ",         "កម្ពុជាក្រោម",
};
enum { WORDS = sizeof words / sizeof words[0] };

static void draw_corners(struct canvas *c)
{
    canvas_fill(c, 0, 0, 1, STYLE_SELECTED, ' ');
    canvas_fill(c, SPECIMEN_ROWS - 1, SPECIMEN_COLUMNS - 1, 1, STYLE_SELECTED, ' ');
}

static void draw_words(struct canvas *c, unsigned page)
{
    for (int row = 0; row < SPECIMEN_ROWS; row++) {
        unsigned n = (unsigned)row * 7 + page * 5 * (unsigned)(row % 3 != 0);
        for (int i = 0; i < SPECIMEN_MARKS; i++)
            canvas_puts(c, row, specimen_marks[i], 1, STYLE_NORMAL, "H");
        canvas_puts(c, row, specimen_marks[0] + 2, specimen_marks[1] - specimen_marks[0] - 3,
                    STYLE_NORMAL, words[n % WORDS]);
        canvas_puts(c, row, specimen_marks[1] + 2, specimen_marks[2] - specimen_marks[1] - 3,
                    STYLE_NORMAL, words[(n + 11) % WORDS]);
    }
}

static FILE *open_in(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    if (!f)
        abort();
    return f;
}

static void write_words(const char *folder, const struct canvas *c)
{
    FILE *f = open_in(folder, "words.tsv");
    for (size_t i = 0; i < c->token_count; i++)
        fprintf(f, "%d\t%d\t%d\t%.*s\n", c->tokens[i].row, c->tokens[i].column,
                c->tokens[i].columns, (int)c->tokens[i].len, c->tokens[i].bytes);
    fclose(f);
}

static void write_painter(const char *folder, const struct stage *stage)
{
    FILE *f = open_in(folder, "painter");
    const struct shaper *shaper = stage->easel.shaper;
    fprintf(f, "%s\n%s\n", painter_get(stage->painter)->name,
            shaper ? shaper_font_file(shaper) : "");
    fclose(f);
}

static void show(struct term *t, struct canvas *c, unsigned page, const char *folder)
{
    int rows, columns;
    term_size(t, &rows, &columns);
    c->ruler = stage_ruler(term_stage(t));
    canvas_reset(c, rows, columns);
    if (page == 1)
        draw_corners(c);
    else if (page > 1)
        draw_words(c, page);
    term_draw(t, c);
    write_words(folder, c);
}

int main(int argc, char **argv)
{
    struct term *t;
    struct canvas c;
    if (argc != 2 || !width_init() ||
        term_open(THEME_MONO, getenv("CPDIR_PAINTER"), &t) != STATUS_OK)
        return EXIT_FAILURE;
    canvas_init(&c, 1, 1);
    write_painter(argv[1], term_stage(t));
    struct event e = {.kind = EVENT_REDRAW};
    for (unsigned page = 0; e.kind != EVENT_QUIT && e.special != SPECIAL_F10;) {
        if (e.special == SPECIAL_DOWN)
            page++;
        if (e.special == SPECIAL_CTRL_L)
            term_repaint(t);
        if (e.kind != EVENT_TIMEOUT) {
            show(t, &c, page, argv[1]);
            term_settle(t);
        }
        e = term_next(t, 1000);
    }
    canvas_release(&c);
    term_close(t);
    return EXIT_SUCCESS;
}
