/* The grid; see grid.h. */
#include "tests/e2e/grid.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "i18n/khmer.h"

void emulator_init(struct emulator *e, int rows, int columns, enum width_rule rule)
{
    *e = (struct emulator){.rule = rule, .cursor_shown = true, .autowrap = true};
    e->pen.background = -1;
    e->last_row = -1;
    text_init(&e->copied);
    text_init(&e->reply);
    emulator_resize(e, rows, columns);
}

void emulator_release(struct emulator *e)
{
    free(e->screens[0].cells);
    free(e->screens[1].cells);
    text_release(&e->copied);
    text_release(&e->reply);
    images_release(&e->images);
}

static int clamp(int value, int max)
{
    return value < 0 ? 0 : value > max ? max : value;
}

void emulator_resize(struct emulator *e, int rows, int columns)
{
    for (int i = 0; i < 2; i++) {
        struct screen *s = &e->screens[i];
        struct screen_cell *cells = mem_zalloc((size_t)(rows * columns), sizeof *cells);
        for (int k = 0; k < rows * columns; k++)
            cells[k].background = -1;
        for (int row = 0; row < rows && row < e->rows; row++)
            for (int column = 0; column < columns && column < e->columns; column++)
                cells[row * columns + column] = s->cells[row * e->columns + column];
        free(s->cells);
        s->cells = cells;
        s->row = clamp(s->row, rows - 1);
        s->column = clamp(s->column, columns - 1);
    }
    e->rows = rows;
    e->columns = columns;
    e->top = 0;
    e->bottom = rows - 1;
    e->wrap_pending = false;
    e->last_row = -1;
}

struct screen *grid_screen(struct emulator *e)
{
    return &e->screens[e->alternate];
}

static struct screen_cell *at(struct emulator *e, int row, int column)
{
    return &grid_screen(e)->cells[row * e->columns + column];
}

const struct screen_cell *emulator_cell(const struct emulator *e, int row, int column)
{
    return &e->screens[e->alternate].cells[row * e->columns + column];
}

static void blank(struct emulator *e, int row, int first, int end)
{
    for (int column = clamp(first, e->columns); column < end && column < e->columns; column++)
        *at(e, row, column) = (struct screen_cell){.background = e->pen.background};
    images_overwrite(e, row, first, end);
}

void grid_move(struct emulator *e, int row, int column)
{
    struct screen *s = grid_screen(e);
    s->row = clamp(row, e->rows - 1);
    s->column = clamp(column, e->columns - 1);
    e->wrap_pending = false;
    e->last_row = -1;
}

static int width_of(const struct emulator *e, char32_t cp)
{
    if (e->rule != WIDTH_WCWIDTH && khmer_is_mark(cp))
        return 0;
    if (e->rule == WIDTH_CLUSTER && khmer_is_base(cp) && e->last_cp == KHMER_COENG &&
        e->last_row >= 0)
        return 0;
    int width = wcwidth((wchar_t)cp);
    return width < 0 ? 0 : width;
}

static void join(struct emulator *e, char32_t cp)
{
    if (e->last_row < 0)
        return;
    struct screen_cell *cell = at(e, e->last_row, e->last_column);
    if (cell->count < CELL_CODES)
        cell->codes[cell->count++] = cp;
}

static void line_feed(struct emulator *e)
{
    struct screen *s = grid_screen(e);
    if (s->row == e->bottom)
        grid_scroll(e, e->top, e->bottom, 1);
    else if (s->row < e->rows - 1)
        s->row++;
}

void grid_put(struct emulator *e, char32_t cp)
{
    struct screen *s = grid_screen(e);
    int width = width_of(e, cp);
    if (width == 0) {
        join(e, cp);
        e->last_cp = cp;
        return;
    }
    if (e->wrap_pending || s->column + width > e->columns) {
        if (e->autowrap) {
            line_feed(e);
            s->column = 0;
        }
        e->wrap_pending = false;
    }
    if (e->insert)
        grid_shift(e, width);
    struct screen_cell *cell = at(e, s->row, s->column);
    images_overwrite(e, s->row, s->column, s->column + width);
    *cell = e->pen;
    cell->codes[0] = cp == ' ' ? 0 : cp;
    cell->count = cp == ' ' ? 0 : 1;
    if (width == 2 && s->column + 1 < e->columns) {
        cell[1] = e->pen;
        cell[1].continued = true;
    }
    e->last_row = s->row;
    e->last_column = s->column;
    e->last_cp = cp;
    s->column += width;
    if (s->column >= e->columns) {
        s->column = e->columns - 1;
        e->wrap_pending = true;
    }
}

bool grid_piece(struct emulator *e, int row, int column, int cells, const struct screen_cell *piece)
{
    if (column + cells > e->columns)
        return false;
    images_overwrite(e, row, column, column + cells);
    for (int i = 0; i < cells; i++) {
        struct screen_cell *cell = at(e, row, column + i);
        *cell = i == 0 ? *piece : e->pen;
        cell->continued = i > 0;
    }
    grid_screen(e)->column = column + cells < e->columns ? column + cells : e->columns - 1;
    e->wrap_pending = column + cells >= e->columns;
    e->last_row = -1;
    return true;
}

void grid_repeat(struct emulator *e, int times)
{
    for (int i = 0; i < times; i++)
        grid_put(e, e->last_cp);
}

void grid_erase(struct emulator *e, bool screen, int what)
{
    struct screen *s = grid_screen(e);
    if (screen && (what == 2 || (what == 0 && s->row == 0 && s->column == 0)))
        images_clear(e);
    blank(e, s->row, what == 0 ? s->column : 0, what == 1 ? s->column + 1 : e->columns);
    for (int row = 0; screen && row < e->rows; row++)
        if (what == 2 || (what == 0 && row > s->row) || (what == 1 && row < s->row))
            blank(e, row, 0, e->columns);
    e->wrap_pending = false;
    e->last_row = -1;
}

void grid_blank(struct emulator *e, int columns)
{
    struct screen *s = grid_screen(e);
    blank(e, s->row, s->column, s->column + columns);
}

void grid_shift(struct emulator *e, int columns)
{
    struct screen *s = grid_screen(e);
    struct screen_cell *row = at(e, s->row, 0);
    int left = e->columns - s->column;
    int n = clamp(columns < 0 ? -columns : columns, left);
    size_t moved = (size_t)(left - n) * sizeof *row;
    if (columns > 0) {
        memmove(row + s->column + n, row + s->column, moved);
        blank(e, s->row, s->column, s->column + n);
    } else {
        memmove(row + s->column, row + s->column + n, moved);
        blank(e, s->row, e->columns - n, e->columns);
    }
}

void grid_scroll(struct emulator *e, int first, int last, int n)
{
    int rows = last - first + 1, by = clamp(n < 0 ? -n : n, rows);
    size_t line = (size_t)e->columns * sizeof(struct screen_cell);
    if (n > 0)
        memmove(at(e, first, 0), at(e, first + by, 0), (size_t)(rows - by) * line);
    else
        memmove(at(e, first + by, 0), at(e, first, 0), (size_t)(rows - by) * line);
    for (int i = 0; i < by; i++)
        blank(e, n > 0 ? last - i : first + i, 0, e->columns);
    e->last_row = -1;
}

void grid_region(struct emulator *e, int first, int end)
{
    e->top = clamp(first, e->rows - 1);
    e->bottom = clamp(end - 1, e->rows - 1);
    grid_move(e, 0, 0);
}

void grid_alternate(struct emulator *e, bool on)
{
    struct screen *s = &e->screens[0];
    if (on != e->alternate)
        e->left_over += !on && e->images.count > 0; /* pictures were not taken away */
    if (on && !e->alternate) {
        s->saved_row = s->row;
        s->saved_column = s->column;
        e->alternate = true;
        grid_move(e, s->row, s->column); /* both screens share the cursor */
        grid_erase(e, true, 2);
    } else if (!on && e->alternate) {
        e->alternate = false;
        grid_move(e, s->saved_row, s->saved_column);
    }
}

void emulator_row(const struct emulator *e, int row, int column, int columns, struct text *out)
{
    for (int i = column; i < column + columns && i < e->columns; i++) {
        const struct screen_cell *cell = emulator_cell(e, row, i);
        for (int k = 0; k < cell->count; k++)
            text_addcp(out, cell->codes[k]);
        if (cell->count == 0 && !cell->continued)
            text_addc(out, ' ');
    }
}

void emulator_text(const struct emulator *e, struct text *out)
{
    for (int row = 0; row < e->rows; row++) {
        emulator_row(e, row, 0, e->columns, out);
        while (out->len > 0 && out->bytes[out->len - 1] == ' ')
            text_truncate(out, out->len - 1);
        text_addc(out, '\n');
    }
}
