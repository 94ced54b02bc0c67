/* The flow chart of a pathway: a box for each step, in rows by level, and the lines between them.
 * Laid out once for a width; drawing copies the part that is on the screen. */
#ifndef TUI_WAY_CHART_H
#define TUI_WAY_CHART_H

#include "tui/view.h"
#include "tui/way.h"

/* Parts of the chart, from the top: the step everything begins with, then level by level. */
enum { BAND_FIRST, BAND_COMMUNE, BAND_DISTRICT, BAND_PROVINCE, BAND_NATION, BANDS };

struct way_chart {
    int rows, columns;
    struct sheet head; /* what stands above the boxes */
    int box_columns;
    struct way_box {
        int band;
        int grid_row, grid_column;
        int top, left, height; /* cells */
        bool beside;           /* its arrow comes from the box at its left */
    } * boxes;                 /* of each step */
    struct way_band {
        int row; /* of its name */
        size_t step;
    } bands[BANDS];       /* row -1: no step stands there */
    unsigned char *lines; /* rows * columns: bits of where a line goes on */
    struct arena arena;
};

/* ruler as of struct context's lettering; columns >= 20. */
void way_chart_make(const struct format *f, const struct ruler *ruler, const struct way *w,
                    int columns, struct way_chart *ret_chart);
void way_chart_release(struct way_chart *chart);

/* Draws chart rows from `first` on into the canvas rows [top, bottom). */
void way_chart_draw(const struct way_chart *chart, const struct format *f, const struct way *w,
                    size_t selected, struct canvas *c, int top, int bottom, int first);

/* The box that an arrow key leads to from `from`; `from` where there is none. */
size_t way_chart_go(const struct way_chart *chart, size_t count, size_t from, enum command command);

#endif
