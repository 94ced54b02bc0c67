/* Drawing a list of services: headings by level, one or two lines a service. Reads the loaded
 * window only. */
#include <string.h>

#include "tui/hits.h"

enum {
    WIDE_ROW = 64,      /* columns from which phone and marks can stand beside the name */
    TALL_LIST = 36,     /* rows from which a service gets two lines, with its whole name */
    PHONE_COLUMNS = 13, /* "012 311 112" and room */
    RIGHT_COLUMNS = 32, /* phone and marks, at least */
    INDENT = 3,         /* of the rows under their headings */
};

int hits_lines(const struct hits_look *look)
{
    return look->reason || look->columns < WIDE_ROW || look->rows >= TALL_LIST ? 2 : 1;
}

long hits_page(const struct hits_look *look)
{
    int hits = (look->rows - 1) / hits_lines(look);
    return hits > 1 ? hits : 1;
}

/* True when a heading stands above the hit `index` in a list whose first line shown is `top`. */
static bool has_heading(const struct hits *h, size_t index, size_t top)
{
    const struct hit *hit = hits_at(h, index), *before = index > top ? hits_at(h, index - 1) : NULL;
    if (!hit || !*h->asked)
        return false;
    return !before || format_hit_group(hit, h->asked) != format_hit_group(before, h->asked);
}

/* The first hit to show so that the selected one is visible. */
static size_t visible_top(const struct hits *h, const struct hits_look *look)
{
    size_t top = h->top > h->selected ? h->selected : h->top;
    for (size_t try = h->selected; top < try; top++) {
        int lines = 0;
        for (size_t i = top; i <= h->selected && lines <= look->rows; i++)
            lines += hits_lines(look) + has_heading(h, i, top);
        if (lines <= look->rows)
            break;
    }
    return top;
}

void hits_scroll(struct hits *h, const struct hits_look *look)
{
    h->top = visible_top(h, look);
}

/* Where one hit is drawn. */
struct place {
    struct canvas *c;
    const struct format *f;
    const struct hit *hit;
    const char *typed; /* painted where it stands in the name */
    int row, column, columns;
    bool marked; /* selected: one style over the whole row */
    enum style style;
};

static int put(const struct place *p, int row, int column, int columns, enum style style,
               const struct text *text)
{
    if (columns < 1 || text->len == 0)
        return 0;
    return canvas_puts(p->c, row, column, columns, p->marked ? p->style : style, text->bytes);
}

static void draw_name(const struct place *p, int columns, const char *asked)
{
    struct text name = TEXT_INIT;
    struct mark marks[MARKS_MOST];
    format_hit_short_name(p->f, &name, p->hit, columns, asked);
    size_t count = mark_find(name.bytes, name.len, p->typed, marks);
    canvas_put_marked(p->c, p->row, p->column, columns, p->marked ? p->style : STYLE_NORMAL,
                      name.bytes, marks, count);
    text_release(&name);
}

/* How long ago it was confirmed; returns the column after it. */
static int draw_age(const struct place *p, int row, int column, int end)
{
    bool due;
    struct text age = TEXT_INIT;
    format_hit_age(p->f, &age, p->hit, &due);
    if (age.len > 0)
        column += put(p, row, column, end - column, due ? STYLE_WARNING : STYLE_DIM, &age) + 2;
    text_release(&age);
    return column;
}

/* Phone and marks from `column` on; returns the column after them. */
static int draw_contact(const struct place *p, int row, int column, int end, bool aligned)
{
    struct text phone = TEXT_INIT, marks = TEXT_INIT;
    format_hit_phone(&phone, p->hit);
    format_hit_marks(p->f, &marks, p->hit);
    if (phone.len > 0) {
        int used = put(p, row, column, end - column, STYLE_STRONG, &phone);
        column += aligned && used < PHONE_COLUMNS ? PHONE_COLUMNS : used + 2;
    }
    if (marks.len > 0)
        column += put(p, row, column, end - column, STYLE_WARNING, &marks) + 2;
    column = draw_age(p, row, column, end);
    text_release(&phone);
    text_release(&marks);
    return column;
}

static void draw_where(const struct place *p, int row, int column)
{
    struct text place = TEXT_INIT, reason = TEXT_INIT;
    int room = p->column + p->columns - column;
    if (p->columns >= WIDE_ROW && p->hit->reason != REASON_LIST) {
        text_adds(&reason, NAMES_DOT);
        format_hit_reason(p->f, &reason, p->hit);
    }
    format_hit_place(p->f, &place, p->hit, room - canvas_measures(p->c, reason.bytes));
    text_adds(&place, reason.bytes);
    put(p, row, column, room, STYLE_DIM, &place);
    text_release(&place);
    text_release(&reason);
}

/* Columns of phone and marks: "never verified", the longest that is said often, is not cut. */
static int right_columns(const struct place *p)
{
    int wanted =
        PHONE_COLUMNS + canvas_measures(p->c, message_get(p->f->lang, MSG_MARK_NEVER_VERIFIED));
    return wanted > RIGHT_COLUMNS ? wanted : RIGHT_COLUMNS;
}

static void draw_hit(const struct place *p, const struct hits_look *look, const char *asked)
{
    int end = p->column + p->columns;
    if (hits_lines(look) == 1) {
        int right = right_columns(p);
        draw_name(p, p->columns - right - 1, asked);
        draw_contact(p, p->row, end - right, end, true);
        return;
    }
    draw_name(p, p->columns, look->reason ? "" : asked);
    int column = draw_contact(p, p->row + 1, p->column + 2, end, false);
    if (look->reason && column < end)
        draw_where(p, p->row + 1, column);
}

static void draw_heading(const struct hits *h, const struct format *f, struct canvas *c, int row,
                         const struct hits_look *look, size_t index)
{
    struct text words = TEXT_INIT;
    format_group(f, &words, format_hit_group(hits_at(h, index), h->asked), h->asked);
    canvas_puts(c, row, look->column + 1, look->columns - 1, STYLE_TITLE, words.bytes);
    text_release(&words);
}

void hits_draw(const struct hits *h, const struct format *f, struct canvas *c,
               const struct hits_look *look)
{
    size_t top = visible_top(h, look);
    int row = look->row, end = look->row + look->rows, lines = hits_lines(look);
    for (size_t i = top; hits_at(h, i); i++) {
        bool heading = has_heading(h, i, top);
        if (row + heading + lines > end && row + heading >= end)
            break;
        if (heading)
            draw_heading(h, f, c, row++, look, i);
        bool marked = i == h->selected;
        struct place p = {c,
                          f,
                          hits_at(h, i),
                          h->words.bytes,
                          row,
                          look->column + INDENT,
                          look->columns - INDENT - 1,
                          marked,
                          look->focus ? STYLE_SELECTED : STYLE_CHOSEN};
        int shown = row + lines > end ? end - row : lines;
        for (int line = 0; marked && line < shown; line++)
            canvas_fill(c, row + line, look->column, look->columns, p.style, 0);
        if (marked)
            canvas_fill(c, row, look->column + INDENT - 2, 1, p.style, SELECTED_MARK);
        if (shown == lines)
            draw_hit(&p, look, h->asked);
        row += lines;
    }
}
