/* Typed text in a box of several lines; see edit.h. */
#include "tui/edit.h"

#include <stdlib.h>
#include <string.h>

#include "i18n/khmer.h"
#include "i18n/width.h"
#include "tui/sheet.h"

enum { WORDS_MOST = 20000 }; /* bytes: a longer text is broken without looking for its words */

/* Lines of one paragraph of a very long text: as many syllables as fit. */
static void break_plainly(const struct edit *e, size_t at, size_t end, int columns,
                          struct line_list *lines, size_t *room)
{
    do {
        size_t len = width_clip(e->text.bytes + at, end - at, (size_t)columns, NULL);
        if (len == 0 && at < end)
            len = khmer_syllable(e->text.bytes + at, end - at);
        if (lines->count == *room) {
            *room = *room ? *room * 2 : 64;
            lines->rows = mem_realloc(lines->rows, *room, sizeof *lines->rows);
        }
        lines->rows[lines->count++] = (struct line){at, len};
        at += len;
    } while (at < end);
}

static void wrap_plainly(const struct edit *e, int columns, struct line_list *ret_lines)
{
    size_t room = 0;
    for (size_t at = 0; at < e->text.len;) {
        const char *end = memchr(e->text.bytes + at, '\n', e->text.len - at);
        size_t stop = end ? (size_t)(end - e->text.bytes) : e->text.len;
        break_plainly(e, at, stop, columns, ret_lines, &room);
        at = stop + 1;
    }
}

size_t edit_wrap(struct edit *e, const struct ruler *ruler, int columns)
{
    if (columns < 1)
        columns = 1;
    if (e->wrapped == columns)
        return e->lines.count;
    free(e->lines.rows);
    e->lines = (struct line_list){NULL, 0};
    if (e->text.len > WORDS_MOST)
        wrap_plainly(e, columns, &e->lines);
    else
        sheet_wrap(ruler, e->text.bytes, columns, &e->lines);
    /* Where the cursor stands behind a last line feed, and in an empty text. */
    if (e->text.len == 0 || e->text.bytes[e->text.len - 1] == '\n') {
        e->lines.rows = mem_realloc(e->lines.rows, e->lines.count + 1, sizeof *e->lines.rows);
        e->lines.rows[e->lines.count++] = (struct line){e->text.len, 0};
    }
    e->wrapped = columns;
    return e->lines.count;
}

size_t edit_cursor_line(const struct edit *e)
{
    size_t line = 0;
    while (line + 1 < e->lines.count && e->lines.rows[line + 1].at <= e->cursor)
        line++;
    return line;
}

/* Bytes of the line, its spaces at the end included. */
static size_t line_len(const struct edit *e, size_t line)
{
    size_t at = e->lines.rows[line].at;
    size_t end = line + 1 < e->lines.count ? e->lines.rows[line + 1].at : e->text.len;
    while (end > at && e->text.bytes[end - 1] == '\n')
        end--;
    return end - at;
}

static int cursor_column(const struct edit *e, const struct ruler *ruler)
{
    size_t line = edit_cursor_line(e), at = e->lines.rows[line].at;
    return canvas_reach(ruler, e->text.bytes + at, line_len(e, line), e->cursor - at);
}

static void move_to(struct edit *e, size_t at)
{
    e->cursor = e->anchor = at;
    e->joins = false;
}

/* To the syllable of the line that begins nearest to the column. */
static void go_to(struct edit *e, const struct ruler *ruler, size_t line, int column)
{
    size_t at = e->lines.rows[line].at, len = line_len(e, line), offset = 0;
    bool last = line + 1 == e->lines.count;
    while (offset < len) {
        size_t next = offset + khmer_syllable(e->text.bytes + at + offset, len - offset);
        if (canvas_reach(ruler, e->text.bytes + at, len, next) > column)
            break;
        if (next == len && !last && e->text.bytes[at + len] != '\n')
            break; /* that place belongs to the line below */
        offset = next;
    }
    move_to(e, at + offset);
}

bool edit_up(struct edit *e, const struct ruler *ruler)
{
    size_t line = edit_cursor_line(e);
    if (line == 0)
        return false;
    go_to(e, ruler, line - 1, cursor_column(e, ruler));
    return true;
}

bool edit_down(struct edit *e, const struct ruler *ruler)
{
    size_t line = edit_cursor_line(e);
    if (line + 1 >= e->lines.count)
        return false;
    go_to(e, ruler, line + 1, cursor_column(e, ruler));
    return true;
}

bool edit_line_home(struct edit *e)
{
    size_t before = e->cursor;
    move_to(e, e->lines.rows[edit_cursor_line(e)].at);
    return e->cursor != before;
}

bool edit_line_end(struct edit *e)
{
    size_t before = e->cursor, line = edit_cursor_line(e);
    size_t end = e->lines.rows[line].at + line_len(e, line);
    bool wrapped = line + 1 < e->lines.count && e->text.bytes[end] != '\n';
    if (wrapped && end > e->lines.rows[line].at)
        end = khmer_syllable_before(e->text.bytes, e->text.len, end);
    move_to(e, end);
    return e->cursor != before;
}

/* One line, the selected part of it in another style. */
static void draw_line(const struct edit *e, struct canvas *c, int row, int column, int columns,
                      size_t line, enum style style, bool cursor)
{
    size_t selected_at, selected = cursor ? edit_selected(e, &selected_at) : 0;
    size_t at = e->lines.rows[line].at, len = e->lines.rows[line].len;
    const char *s = e->text.bytes + at;
    size_t from = 0, to = 0;
    if (selected && selected_at < at + len && selected_at + selected > at) {
        from = selected_at > at ? selected_at - at : 0;
        to = selected_at + selected < at + len ? selected_at + selected - at : len;
    }
    int x = canvas_put(c, row, column, columns, style, s, from);
    x += canvas_put(c, row, column + x, columns - x, STYLE_SELECTED, s + from, to - from);
    canvas_put(c, row, column + x, columns - x, style, s + to, len - to);
}

void edit_draw_box(const struct edit *e, struct canvas *c, int row, int column, int columns,
                   int rows, size_t first, enum style style, bool cursor)
{
    size_t at_line = edit_cursor_line(e);
    for (int i = 0; i < rows; i++) {
        size_t line = first + (size_t)i;
        canvas_fill(c, row + i, column, columns, style, 0);
        if (line >= e->lines.count)
            continue;
        draw_line(e, c, row + i, column, columns, line, style, cursor);
        if (!cursor || line != at_line)
            continue;
        int at = cursor_column(e, c->ruler);
        canvas_cursor(c, row + i, column + (at < columns ? at : columns - 1));
    }
}
