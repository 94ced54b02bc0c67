/* Inside the coverage view: its state, shared by coverage.c (moving, loading), coverage_draw.c,
 * coverage_cell.c (the services behind a cell) and coverage_compare.c (asking for a day). */
#ifndef TUI_COVERAGE_VIEW_H
#define TUI_COVERAGE_VIEW_H

#include "db/coverage.h"
#include "tui/coverage_matrix.h"
#include "tui/grid.h"
#include "tui/names.h"
#include "tui/roll.h"
#include "tui/view.h"

struct coverage_view {
    struct view view;
    struct names *names;
    struct package package;
    struct coverage now, before; /* before: only while compared */
    bool compared;
    int64_t before_day; /* days since 1970 */
    enum status status;
    char base[AREA_CODE]; /* area it was opened with; Back leaves from there */
    struct coverage_matrix matrix;
    struct grid grid; /* the matrix */
    bool ranking;     /* the ranking is shown instead */
    struct coverage_ranked *ranks;
    size_t rank_count;
    struct roll rank_roll;
    int rows, columns;
};

enum { COVERAGE_CELL = 3 }; /* columns of a kind */

/* Rows of the list between what stands above and below. */
int coverage_list_rows(const struct coverage_view *v);

void coverage_draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                   int bottom);

/* The style of a sign. */
enum style coverage_style(enum coverage_state state);

/* The services behind a cell, a view of its own. coverage is borrowed: it is the view below. */
struct view *coverage_cell_new(const struct context *x, struct coverage_view *of, const char *area,
                               size_t kind);
/* Asks for the day to compare with. */
struct view *coverage_compare_new(const struct context *x, struct coverage_view *of);
/* Compares with the end of a day; -1: no more. False: it could not be read. */
bool coverage_compare(struct coverage_view *v, const struct context *x, int64_t day);

#endif
