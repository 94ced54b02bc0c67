/* Text laid out in lines. Knows the canvas, nothing of what the text is about. */
#include "tui/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "i18n/width.h"
#include "i18n/wrap.h"

enum { LABEL_COLUMNS = 23, VALUE_INDENT = 2 };

static int measure(const struct sheet *s, const char *text)
{
    return canvas_measure_with(s->ruler, text, strlen(text));
}

void sheet_init(struct sheet *s, int columns)
{
    *s = (struct sheet){.columns = columns};
    if (columns == SHEET_UNBOUNDED || columns >= SHEET_NARROW)
        s->label_columns = LABEL_COLUMNS;
}

void sheet_release(struct sheet *s)
{
    arena_release(&s->arena);
    *s = (struct sheet){.rows = NULL};
}

/* A row of up to three spans: label, value, note. */
static struct span *add_row(struct sheet *s)
{
    s->rows = arena_grow(&s->arena, s->rows, s->count, &s->room, sizeof *s->rows);
    struct span *row = arena_alloc(&s->arena, 4 * sizeof *row);
    s->rows[s->count++] = row;
    return row;
}

static void add_span(struct sheet *s, struct span *row, int column, enum style style,
                     const char *bytes, size_t len)
{
    while (row->bytes)
        row++;
    *row = (struct span){column, style, arena_strndup(&s->arena, bytes, len)};
}

void sheet_gap(struct sheet *s)
{
    if (s->count > 0 && s->rows[s->count - 1]->bytes)
        add_row(s);
}

static bool lines_fit(const struct ruler *ruler, const char *text, const struct line_list *lines,
                      int columns)
{
    for (size_t i = 0; i < lines->count; i++)
        if (canvas_measure_with(ruler, text + lines->rows[i].at, lines->rows[i].len) > columns)
            return false;
    return true;
}

void sheet_wrap(const struct ruler *ruler, const char *text, int columns,
                struct line_list *ret_lines)
{
    size_t len = strlen(text);
    int measured = canvas_measure_with(ruler, text, len);
    if (measured < 1)
        measured = 1;
    if (columns < 1)
        columns = 1;
    size_t width = (size_t)columns;
    if (measured > columns)
        width = width * width_columns(text, len) / (size_t)measured + 3;
    for (;;) {
        wrap_lines(text, len, width > 0 ? width : 1, ret_lines);
        if (width <= 1 || lines_fit(ruler, text, ret_lines, columns))
            return;
        free(ret_lines->rows);
        width--;
    }
}

static void split_lines(const char *text, struct line_list *ret_lines)
{
    size_t room = 0, count = 0;
    struct line *rows = NULL;
    for (const char *at = text; *at;) {
        size_t len = strcspn(at, "\n");
        if (count == room) {
            room = room ? room * 2 : 4;
            rows = mem_realloc(rows, room, sizeof *rows);
        }
        rows[count++] = (struct line){(size_t)(at - text), len};
        at += len + (at[len] == '\n');
    }
    *ret_lines = (struct line_list){rows, count};
}

/* Adds text from `column` on; the first line goes into `row` when that is given. */
static void add_lines(struct sheet *s, struct span *row, int column, enum style style,
                      const char *text)
{
    struct line_list lines;
    if (s->columns == SHEET_UNBOUNDED)
        split_lines(text, &lines);
    else
        sheet_wrap(s->ruler, text, s->columns - column, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        if (!row || i > 0)
            row = add_row(s);
        add_span(s, row, column, style, text + lines.rows[i].at, lines.rows[i].len);
    }
    free(lines.rows);
}

void sheet_text(struct sheet *s, int indent, enum style style, const char *text)
{
    add_lines(s, NULL, indent, style, text);
}

void sheet_field(struct sheet *s, const char *label, enum style style, const char *value)
{
    struct span *row = NULL;
    if (*label && s->label_columns == 0) {
        add_lines(s, NULL, 0, STYLE_DIM, label);
    } else if (*label) {
        row = add_row(s);
        add_span(s, row, 0, STYLE_DIM, label, strlen(label));
    }
    add_lines(s, row, s->label_columns ? s->label_columns : VALUE_INDENT, style, value);
}

void sheet_field_note(struct sheet *s, const char *label, enum style style, const char *value,
                      enum style note_style, const char *note)
{
    sheet_field(s, label, style, value);
    if (!*note)
        return;
    struct span *last = s->rows[s->count - 1];
    while (last[1].bytes)
        last++;
    int column = last->column + measure(s, last->bytes) + 2;
    if (s->columns == SHEET_UNBOUNDED || column + measure(s, note) <= s->columns)
        add_span(s, s->rows[s->count - 1], column, note_style, note, strlen(note));
    else
        sheet_field(s, "", note_style, note);
}

/* One text of several, from the sheet's row `first` on, adding rows where there are none yet. */
static void add_beside(struct sheet *s, size_t first, int column, int columns, enum style style,
                       const char *text)
{
    struct line_list lines;
    sheet_wrap(s->ruler, text, columns, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        struct span *row = first + i < s->count ? s->rows[first + i] : add_row(s);
        add_span(s, row, column, style, text + lines.rows[i].at, lines.rows[i].len);
    }
    free(lines.rows);
}

void sheet_beside(struct sheet *s, size_t count, const char *const *texts, const enum style *styles)
{
    int each = s->columns / (int)count;
    size_t first = s->count;
    for (size_t i = 0; i < count; i++) {
        if (s->columns < SHEET_NARROW)
            sheet_text(s, VALUE_INDENT, styles[i], texts[i]);
        else
            add_beside(s, first, VALUE_INDENT + (int)i * each, each - VALUE_INDENT - 1, styles[i],
                       texts[i]);
    }
}

void sheet_draw(const struct sheet *s, struct canvas *c, int row, int column, int rows,
                size_t first)
{
    for (int i = 0; i < rows && first + (size_t)i < s->count; i++) {
        const struct span *span = s->rows[first + (size_t)i];
        for (; span->bytes; span++) {
            int room = s->columns - span->column;
            if (span[1].bytes && span[1].column > span->column)
                room = span[1].column - span->column;
            canvas_puts(c, row + i, column + span->column, room, span->style, span->bytes);
        }
    }
}

void sheet_write(const struct sheet *s, struct text *out)
{
    for (size_t i = 0; i < s->count; i++) {
        size_t line = out->len;
        for (const struct span *span = s->rows[i]; span->bytes; span++) {
            size_t at = width_columns(out->bytes + line, out->len - line);
            size_t wanted = (size_t)span->column;
            for (size_t gap = span == s->rows[i] ? 0 : 1; at < wanted || gap > 0; at++) {
                text_addc(out, ' ');
                gap -= gap > 0;
            }
            width_safe(out, span->bytes, strlen(span->bytes));
        }
        text_addc(out, '\n');
    }
}
