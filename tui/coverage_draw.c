/* Drawing the coverage view: the matrix with its totals, the ranking, what the selected cell means.
 * Reads its state, changes nothing. */
#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/coverage_view.h"
#include "tui/format.h"
#include "tui/hits.h"

enum {
    ABOVE = 2,     /* rows above the list: totals, headings */
    BELOW = 4,     /* below: missing, a line, two of what is selected */
    RANK_LEFT = 24 /* columns of the numbers of a ranking */
};

int coverage_list_rows(const struct coverage_view *v)
{
    int rows = v->rows - ABOVE - BELOW;
    return rows > 1 ? rows : 1;
}

enum style coverage_style(enum coverage_state state)
{
    static const enum style styles[COVERAGE_STATES] = {
        [COVERAGE_NOT_ASKED] = STYLE_NORMAL,    [COVERAGE_MISSING] = STYLE_ERROR,
        [COVERAGE_UNCONFIRMED] = STYLE_WARNING, [COVERAGE_COVERED] = STYLE_MATCH,
        [COVERAGE_PRESENT] = STYLE_FILTER,
    };
    return styles[state];
}

static bool is_plain(const struct context *x)
{
    return app_theme(x->app) == THEME_MONO;
}

/* "Chhuk District: 4 missing, 12 unconfirmed of 36" of the area and all in it. */
static void draw_total(const struct coverage_view *v, const struct context *x, struct canvas *c,
                       int row)
{
    struct text line = TEXT_INIT;
    matrix_add_total(&v->matrix, x->lang, &line);
    if (v->compared) {
        struct text day = TEXT_INIT;
        format_day(&day, v->before_day);
        text_adds(&line, NAMES_DOT);
        message_format(&line, x->lang, MSG_COVERAGE_AGAINST, "day", day.bytes, NULL);
        text_release(&day);
    }
    canvas_puts(c, row, 1, c->columns - 2, STYLE_TITLE, line.bytes);
    text_release(&line);
}

/* --- the matrix */

static void add_heading(const void *context, size_t column, struct text *out)
{
    const struct coverage_view *v = context;
    text_adds(out, v->now.kinds[v->matrix.columns[column]]);
}

static void draw_cell(const struct coverage_view *v, const struct context *x, struct canvas *c,
                      int row, const char *area, size_t kind)
{
    enum coverage_state state = coverage_at(&v->now, area, v->matrix.columns[kind]).state;
    int change = matrix_change(&v->matrix, area, kind), column = grid_x(&v->grid, kind);
    canvas_puts(c, row, column, 1, coverage_style(state), matrix_sign(state, is_plain(x)));
    if (change)
        canvas_puts(c, row, column + 1, 1, change > 0 ? STYLE_STRONG : STYLE_WARNING,
                    change > 0 ? "+" : "!");
}

static void draw_row(const struct coverage_view *v, const struct context *x, struct canvas *c,
                     int row, size_t index)
{
    const char *area = v->matrix.rows[index];
    struct text name = TEXT_INIT;
    names_area(v->names, &name, x->lang, area);
    grid_draw_name(&v->grid, c, row, index, index ? STYLE_NORMAL : STYLE_STRONG, name.bytes);
    for (size_t k = v->grid.left; k < grid_end(&v->grid); k++)
        draw_cell(v, x, c, row, area, k);
    grid_mark_cell(&v->grid, c, row, index);
    text_release(&name);
}

static void draw_missing(const struct coverage_view *v, const struct context *x, struct canvas *c,
                         int row)
{
    canvas_puts(c, row, 3, grid_name_columns(&v->grid) - 1, STYLE_DIM,
                message_get(x->lang, MSG_COVERAGE_MISSING));
    for (size_t k = v->grid.left; k < grid_end(&v->grid); k++) {
        char number[16];
        snprintf(number, sizeof number, "%d", matrix_missing(&v->matrix, k));
        canvas_puts(c, row, grid_x(&v->grid, k), COVERAGE_CELL, STYLE_DIM, number);
    }
}

/* The selected cell in words, or the area's own figures; the meaning of the signs. */
static void draw_selected(const struct coverage_view *v, const struct context *x, struct canvas *c,
                          int row)
{
    struct text line = TEXT_INIT;
    const char *area = v->matrix.rows[v->grid.roll.selected];
    if (v->grid.column) {
        size_t kind = v->matrix.columns[v->grid.column - 1];
        struct coverage_cell cell = coverage_at(&v->now, area, kind);
        char here[16], outside[16], unsure[16];
        snprintf(here, sizeof here, "%d", cell.located);
        snprintf(outside, sizeof outside, "%d", cell.covering);
        snprintf(unsure, sizeof unsure, "%d", cell.unconfirmed);
        message_format(&line, x->lang, MSG_COVERAGE_CELL, "here", here, "outside", outside,
                       "unconfirmed", unsure, NULL);
        text_addf(&line, NAMES_DOT "%s %s", v->now.kinds[kind],
                  names_term(v->names, x->lang, v->now.kinds[kind]));
    } else {
        text_adds(&line, message_get(x->lang, MSG_COVERAGE_HINT));
    }
    canvas_puts(c, row, 1, c->columns - 2, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    matrix_add_legend(&line, x->lang, is_plain(x), v->compared);
    canvas_puts(c, row + 1, 1, c->columns - 2, STYLE_DIM, line.bytes);
    text_release(&line);
}

/* --- the ranking */

static void draw_ranked(const struct coverage_view *v, const struct context *x, struct canvas *c,
                        int row, size_t index)
{
    const struct coverage_ranked *r = &v->ranks[index];
    bool marked = index == v->rank_roll.selected;
    enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
    char numbers[64];
    struct text name = TEXT_INIT;
    snprintf(numbers, sizeof numbers, "%4zu %5d %5d %5d", index + 1,
             r->total.states[COVERAGE_MISSING], r->total.states[COVERAGE_UNCONFIRMED],
             r->total.required);
    if (marked) {
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    canvas_puts(c, row, 2, RANK_LEFT - 2, style, numbers);
    names_path_fit(v->names, &name, x->lang, r->code, c->columns - RANK_LEFT - 3);
    canvas_puts(c, row, RANK_LEFT + 2, c->columns - RANK_LEFT - 3, style, name.bytes);
    text_release(&name);
}

static void draw_ranking(const struct coverage_view *v, const struct context *x, struct canvas *c,
                         int top, int bottom)
{
    int rows = coverage_list_rows(v);
    char heads[64];
    snprintf(heads, sizeof heads, "%4s %5s %5s %5s", "", matrix_sign(COVERAGE_MISSING, true),
             matrix_sign(COVERAGE_UNCONFIRMED, true), "=");
    canvas_puts(c, top + 1, 2, RANK_LEFT - 2, STYLE_TITLE, heads);
    for (int i = 0; i < rows && v->rank_roll.top + (size_t)i < v->rank_count; i++)
        draw_ranked(v, x, c, top + ABOVE + i, v->rank_roll.top + (size_t)i);
    canvas_fill(c, bottom - 3, 0, c->columns, STYLE_BORDER, 0x2500);
    canvas_puts(c, bottom - 2, 1, c->columns - 2, STYLE_DIM,
                message_get(x->lang, MSG_COVERAGE_RANK_LEGEND));
    canvas_puts(c, bottom - 1, 1, c->columns - 2, STYLE_DIM,
                message_get(x->lang, MSG_COVERAGE_RANK_HINT));
}

void coverage_draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                   int bottom)
{
    const struct coverage_view *v = (const struct coverage_view *)view;
    int rows = coverage_list_rows(v);
    draw_total(v, x, c, top);
    if (v->ranking) {
        draw_ranking(v, x, c, top, bottom);
        return;
    }
    grid_draw_heads(&v->grid, c, top + 1, add_heading, v);
    for (int i = 0; i < rows && v->grid.roll.top + (size_t)i < v->matrix.row_count; i++)
        draw_row(v, x, c, top + ABOVE + i, v->grid.roll.top + (size_t)i);
    draw_missing(v, x, c, bottom - BELOW);
    canvas_fill(c, bottom - 3, 0, c->columns, STYLE_BORDER, 0x2500);
    draw_selected(v, x, c, bottom - 2);
}
