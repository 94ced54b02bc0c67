/* A table larger than the screen; see grid.h. */
#include "tui/grid.h"

#include "tui/hits.h"

enum {
    NAME_LEAST = 14, /* columns */
    NAME_MOST = 44,
    EDGES = 4, /* columns that neither names nor cells get */
};

int grid_name_columns(const struct grid *g)
{
    int room = g->width - EDGES - g->cell * (int)g->count;
    return room > NAME_MOST ? NAME_MOST : room < NAME_LEAST ? NAME_LEAST : room;
}

static size_t shown(const struct grid *g)
{
    int room = g->width - EDGES - grid_name_columns(g);
    return room < g->cell ? 1 : (size_t)(room / g->cell);
}

size_t grid_end(const struct grid *g)
{
    size_t end = g->left + shown(g);
    return end < g->count ? end : g->count;
}

int grid_x(const struct grid *g, size_t column)
{
    return EDGES - 1 + grid_name_columns(g) + g->cell * (int)(column - g->left);
}

static void settle(struct grid *g)
{
    size_t room = shown(g);
    if (g->column > g->count)
        g->column = g->count;
    if (g->column && g->column - 1 < g->left)
        g->left = g->column - 1;
    if (g->column > g->left + room)
        g->left = g->column - room;
    if (g->left + room > g->count)
        g->left = g->count > room ? g->count - room : 0;
}

void grid_fit(struct grid *g, size_t row_count, size_t column_count, size_t rows, int width)
{
    roll_fit(&g->roll, row_count, rows);
    g->count = column_count;
    g->width = width;
    settle(g);
}

bool grid_command(struct grid *g, enum command command)
{
    if (roll_command(&g->roll, command))
        return true;
    if (command == COMMAND_RIGHT)
        g->column += g->column < g->count;
    else if (command == COMMAND_LEFT && g->column)
        g->column--;
    else
        return false;
    settle(g);
    return true;
}

void grid_draw_heads(const struct grid *g, struct canvas *c, int row,
                     void (*heading)(const void *context, size_t column, struct text *out),
                     const void *context)
{
    struct text head = TEXT_INIT;
    for (size_t k = g->left; k < grid_end(g); k++) {
        text_clear(&head);
        heading(context, k, &head);
        canvas_puts(c, row, grid_x(g, k), g->cell, k + 1 == g->column ? STYLE_CHOSEN : STYLE_TITLE,
                    head.bytes);
    }
    if (g->left > 0)
        canvas_puts(c, row, 1 + grid_name_columns(g), 1, STYLE_DIM, "<");
    if (grid_end(g) < g->count)
        canvas_puts(c, row, c->columns - 1, 1, STYLE_DIM, ">");
    text_release(&head);
}

void grid_draw_name(const struct grid *g, struct canvas *c, int row, size_t index, enum style style,
                    const char *name)
{
    int columns = grid_name_columns(g);
    if (index == g->roll.selected) {
        style = g->column ? STYLE_CHOSEN : STYLE_SELECTED;
        canvas_fill(c, row, 1, columns + 1, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    canvas_puts(c, row, 3, columns - 1, style, name);
}

void grid_mark_cell(const struct grid *g, struct canvas *c, int row, size_t index)
{
    if (index == g->roll.selected && g->column > g->left && g->column <= grid_end(g))
        canvas_paint(c, row, grid_x(g, g->column - 1), g->cell - 1, STYLE_SELECTED);
}
