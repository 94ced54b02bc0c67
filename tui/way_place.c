/* Where the boxes and lines of the flow chart stand; see way_chart.h. Boxes of a level fill a grid
 * in the order of the steps, none above one it follows. Lines run in channels between the rows and
 * in a gutter at the left; those of one step share a track. Draws nothing. */
#include "tui/way_lines.h"

#include <stdlib.h>
#include <string.h>

enum {
    BOX_LEAST = 34,  /* columns a box should have */
    BOX_MOST = 46,   /* and more than which it does not get */
    GUTTER = 8,      /* columns the gutter is thought to take when boxes are counted */
    BETWEEN = 4,     /* columns between two boxes */
    TITLE_LINES = 2, /* of a box */
    MARGIN = 1,      /* columns beside the head */
};

/* What is done first stands on top, however far away the one is who is called. */
static int band_of(const struct pathway_step *step)
{
    if (step->rule->level == GUIDE_NEAREST && step->after_count == 0)
        return BAND_FIRST;
    return step->rule->level == GUIDE_COMMUNE ? BAND_COMMUNE : BAND_NATION - area_level(step->area);
}

/* --- the grid
 * ---------------------------------------------------------------------------------------- */

struct grid {
    const struct way *way;
    struct way_chart *chart;
    int across;  /* boxes of a row */
    int *filled; /* boxes of each row of the band at hand */
    int rows;    /* of that band */
};

/* The step it stands beside: one it follows that is the last of its row, where nothing else it
 * follows is as low. SIZE_MAX none. */
static size_t neighbour_of(const struct grid *g, size_t at, int least)
{
    const struct pathway_step *step = &g->way->pathway.steps[at];
    const struct way_box *boxes = g->chart->boxes;
    size_t found = SIZE_MAX;
    int lowest = 0;
    for (size_t i = 0; i < step->after_count; i++) {
        const struct way_box *before = &boxes[step->after[i]];
        if (before->band != boxes[at].band || before->grid_row != least - 1)
            continue;
        lowest++;
        int row = before->grid_row;
        if (g->filled[row] < g->across && before->grid_column == g->filled[row] - 1)
            found = step->after[i];
    }
    return lowest == 1 ? found : SIZE_MAX;
}

static void place(struct grid *g, size_t at)
{
    const struct pathway_step *step = &g->way->pathway.steps[at];
    struct way_box *boxes = g->chart->boxes, *box = &boxes[at];
    int least = 0;
    for (size_t i = 0; i < step->after_count; i++) {
        const struct way_box *before = &boxes[step->after[i]];
        if (before->band == box->band && before->grid_row >= least)
            least = before->grid_row + 1;
    }
    size_t neighbour = neighbour_of(g, at, least);
    box->beside = neighbour != SIZE_MAX;
    box->grid_row = box->beside ? boxes[neighbour].grid_row : least;
    while (g->filled[box->grid_row] >= g->across)
        box->grid_row++;
    box->grid_column = g->filled[box->grid_row]++;
    if (box->grid_row >= g->rows)
        g->rows = box->grid_row + 1;
}

/* Rows of the whole chart; each box knows its row. */
static int fill_grid(const struct way *w, struct way_chart *chart, int across)
{
    size_t count = w->pathway.count;
    struct grid g = {w, chart, across, mem_zalloc(count + 1, sizeof(int)), 0};
    int above = 0;
    for (int band = 0; band < BANDS; band++) {
        memset(g.filled, 0, (count + 1) * sizeof(int));
        g.rows = 0;
        chart->bands[band].row = -1;
        for (size_t i = 0; i < count; i++)
            if (chart->boxes[i].band == band)
                place(&g, i);
        for (size_t i = count; i-- > 0;) {
            if (chart->boxes[i].band != band)
                continue;
            chart->boxes[i].grid_row += above;
            chart->bands[band].row = 0;
            chart->bands[band].step = i;
        }
        above += g.rows;
    }
    free(g.filled);
    return above;
}

/* --- rows on the screen
 * ------------------------------------------------------------------------------ */

static int title_lines(const struct ruler *ruler, const char *title, int columns)
{
    struct line_list lines = {0};
    sheet_wrap(ruler, title, columns, &lines);
    int count = lines.count > TITLE_LINES ? TITLE_LINES : (int)lines.count;
    free(lines.rows);
    return count;
}

/* Heights of the grid's rows, the tops of boxes and the names of the levels above them. */
static void set_tops(const struct way *w, const struct format *f, const struct ruler *ruler,
                     struct way_chart *chart, struct way_lines *lines)
{
    int row = (int)chart->head.count, band = -1;
    for (int at = 0; at < lines->grid_rows; at++) {
        int height = 0, own = 0;
        for (size_t i = 0; i < w->pathway.count; i++) {
            if (chart->boxes[i].grid_row != at)
                continue;
            const struct pathway_step *step = &w->pathway.steps[i];
            int needed =
                2 + (step->service ? 2 : 1) +
                title_lines(ruler, step->rule->step->title[f->lang], chart->box_columns - 4);
            height = needed > height ? needed : height;
            own = chart->boxes[i].band;
        }
        if (own != band) {
            chart->bands[own].row = row++;
            band = own;
        }
        lines->channels[at].row = row;
        row += lines->channels[at].tracks;
        for (size_t i = 0; i < w->pathway.count; i++)
            if (chart->boxes[i].grid_row == at) {
                chart->boxes[i].top = row;
                chart->boxes[i].height = height;
            }
        row += height;
    }
    chart->rows = row;
}

void way_chart_make(const struct format *f, const struct ruler *ruler, const struct way *w,
                    int columns, struct way_chart *ret_chart)
{
    struct way_chart chart = {.columns = columns};
    struct way_lines lines;
    struct text clock = TEXT_INIT;
    size_t count = w->pathway.count;
    int across = (columns - GUTTER + BETWEEN) / (BOX_LEAST + BETWEEN);
    across = across < 1 ? 1 : across;
    sheet_init(&chart.head, columns - 2 * MARGIN);
    chart.head.ruler = ruler;
    way_add_clock(f, &clock, w);
    sheet_text(&chart.head, 0, STYLE_WARNING, clock.bytes);
    text_release(&clock);
    chart.boxes = arena_alloc(&chart.arena, (count + 1) * sizeof *chart.boxes);
    for (size_t i = 0; i < count; i++)
        chart.boxes[i] = (struct way_box){.band = band_of(&w->pathway.steps[i])};
    int rows = fill_grid(w, &chart, across);
    way_lines_collect(&lines, w, &chart, rows);
    across = 1;
    for (size_t i = 0; i < count; i++)
        across = chart.boxes[i].grid_column >= across ? chart.boxes[i].grid_column + 1 : across;
    int room = (columns - lines.gutter - (across - 1) * BETWEEN) / across;
    chart.box_columns = room > BOX_MOST ? BOX_MOST : room < 12 ? 12 : room;
    for (size_t i = 0; i < count; i++)
        chart.boxes[i].left =
            lines.gutter + chart.boxes[i].grid_column * (chart.box_columns + BETWEEN);
    way_lines_share(&lines, &chart);
    set_tops(w, f, ruler, &chart, &lines);
    way_lines_draw(&lines, &chart);
    way_lines_release(&lines);
    *ret_chart = chart;
}

void way_chart_release(struct way_chart *chart)
{
    arena_release(&chart->arena);
    sheet_release(&chart->head);
    *chart = (struct way_chart){0};
}
