/* Inside the flow chart: its lines. Every step has at most two nets of lines: down to the steps
 * after it that stand lower, and up to the others. A net runs along a track of every channel it
 * needs, and between channels in the gutter at the left. */
#ifndef TUI_WAY_LINES_H
#define TUI_WAY_LINES_H

#include "tui/way_chart.h"

/* Bits of a cell: where the line goes on. WAY_ARROW: it ends here. */
enum { WAY_UP = 1, WAY_DOWN = 2, WAY_LEFT = 4, WAY_RIGHT = 8, WAY_ARROW = 16 };

/* Columns of a box, from its left: where lines come in and go out. */
enum { WAY_IN = 2, WAY_OUT_UP = 4, WAY_OUT_DOWN = 5, WAY_NAME = 8 };

struct way_net {
    size_t from;
    bool up;
    size_t *to; /* steps */
    size_t count;
    int first, last; /* channels: above the grid row of that number */
    int gutter;      /* column; -1: it stays in one channel */
};

struct way_lines {
    struct way_net *nets;
    size_t count;
    int grid_rows;
    int gutter; /* columns */
    struct way_channel {
        int row;    /* of its first track */
        int tracks; /* rows */
        int *track; /* of each net; -1: not here */
    } * channels;
    struct arena arena;
};

/* The nets and how wide the gutter has to be; of the boxes the grid is known. */
void way_lines_collect(struct way_lines *lines, const struct way *w, const struct way_chart *chart,
                       int grid_rows);
/* Gives the nets their tracks; of the boxes the columns are known. */
void way_lines_share(struct way_lines *lines, const struct way_chart *chart);
/* Fills chart->lines. */
void way_lines_draw(const struct way_lines *lines, struct way_chart *chart);
void way_lines_release(struct way_lines *lines);

#endif
