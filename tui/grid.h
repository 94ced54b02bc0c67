/* A table that is larger than the screen: rows with a name, columns with a short heading, both kept
 * in sight while the person moves through the cells. Knows where things stand, not what they are.
 */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/canvas.h"
#include "tui/roll.h"
#include "tui/view.h"

struct grid {
    struct roll roll; /* rows */
    size_t column;    /* 0 the name, else a column, from 1 */
    size_t left;      /* first column on the screen, from 0 */
    size_t count;     /* columns */
    int cell;         /* screen columns of a column */
    int width;        /* of the screen */
};

/* The table or the screen has another size now: keeps the place, and keeps it visible. rows: those
 * of the table that the screen has room for. */
void grid_fit(struct grid *g, size_t row_count, size_t column_count, size_t rows, int width);
/* Up, down, pages, first, last, right, and left inside the columns. False: another command, or left
 * of the names. */
bool grid_command(struct grid *g, enum command command);

int grid_name_columns(const struct grid *g);     /* of the names, at the left */
size_t grid_end(const struct grid *g);           /* behind the last column on the screen */
int grid_x(const struct grid *g, size_t column); /* screen column of a column */
/* Draws the headings (heading gives one) and, where there is more, a sign at either side. */
void grid_draw_heads(const struct grid *g, struct canvas *c, int row,
                     void (*heading)(const void *context, size_t column, struct text *out),
                     const void *context);
/* Draws the mark and the name of a row; `style` where it is not the selected one. Then the cells
 * are drawn, and grid_mark_cell. */
void grid_draw_name(const struct grid *g, struct canvas *c, int row, size_t index, enum style style,
                    const char *name);
void grid_mark_cell(const struct grid *g, struct canvas *c, int row, size_t index);

#endif
