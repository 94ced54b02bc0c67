/* Drawing the due view: progress, the list, the card of the chosen entry, the keys of the round.
 * Reads its state, changes nothing. */
#include <stdio.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/due_view.h"
#include "tui/hits.h"
#include "tui/key.h"

enum {
    WIDE = 64,      /* columns from which number and reason stand on an entry's line */
    PHONE = 15,     /* columns of a number */
    WHY = 34,       /* hundredths of the width for the reason */
    LIST_LEAST = 2, /* rows */
    BAR = 20,       /* columns of the progress bar */
    TICK = 0x2713,
    SKIPPED = 0x2026,
    FULL = 0x2588,
    EMPTY = 0x2591,
};

static const enum command round_keys[] = {COMMAND_STILL_RIGHT, COMMAND_CHANGED, COMMAND_NOT_REACHED,
                                          COMMAND_CLOSED, COMMAND_SKIP};
enum { ROUND_KEYS = sizeof round_keys / sizeof *round_keys };

/* Draws the keys of the round from a row on, or only counts: the rows they take. */
static int keys_at(const struct context *x, const struct ruler *ruler, struct canvas *c, int row,
                   int columns)
{
    int rows = 1, column = 1;
    for (size_t i = 0; i < ROUND_KEYS; i++) {
        char name[8];
        const char *label = message_get(x->lang, command_label(round_keys[i]));
        snprintf(name, sizeof name, "%zu", i + 1);
        int width = canvas_measure_with(ruler, label, strlen(label)) + 2;
        if (column > 1 && column + width > columns - 1) {
            rows++;
            column = 1;
        }
        if (c) {
            canvas_puts(c, row + rows - 1, column, 1, STYLE_KEY, name);
            canvas_puts(c, row + rows - 1, column + 2, width - 2, STYLE_NORMAL, label);
        }
        column += width + 2;
    }
    return rows;
}

struct due_layout due_layout(const struct due_view *v, const struct context *x)
{
    int keys = keys_at(x, x->lettering.ruler, NULL, 0, v->columns);
    int room = v->rows - 1 - keys;
    int card = (int)v->card.count + 1;
    if (card > room - LIST_LEAST)
        card = room - LIST_LEAST;
    if (card < 2)
        card = 0;
    return (struct due_layout){room - card, card, keys};
}

void due_name(const struct due_view *v, const struct context *x, const struct due_row *row,
              int columns, struct text *out)
{
    struct format f = {v->names, x->lang, x->now(x->clock)};
    const struct hit hit = {
        .name_km = row->name_km,
        .name_en = row->name_en,
        .abbreviation_km = row->abbreviation_km,
        .abbreviation_en = row->abbreviation_en,
        .located = row->area,
        .covers = row->area,
        .phones = "",
    };
    format_hit_short_name(&f, out, &hit, columns, "");
}

static void draw_progress(const struct due_view *v, const struct context *x, struct canvas *c,
                          int row)
{
    struct text line = TEXT_INIT, answered = TEXT_INIT, total = TEXT_INIT;
    number_format(&answered, v->answered);
    number_format(&total, v->total);
    message_format(&line, x->lang, MSG_DUE_PROGRESS, "done", answered.bytes, "total", total.bytes,
                   NULL);
    text_release(&answered);
    text_release(&total);
    int used = 1 + canvas_puts(c, row, 1, c->columns - 2, STYLE_TITLE, line.bytes);
    text_release(&line);
    if (used + 2 + BAR >= c->columns || v->total == 0)
        return;
    int full = (int)(BAR * v->answered / v->total);
    canvas_fill(c, row, used + 2, BAR, STYLE_DIM, EMPTY);
    canvas_fill(c, row, used + 2, full, STYLE_MATCH, FULL);
}

/* What stands at the end of the line: the answer, else why it is due. */
static const char *reason_of(const struct due_item *i, const struct context *x)
{
    enum message label;
    if (i->result && enum_label("RESULT", i->result, &label))
        return message_get(x->lang, label);
    return message_get(x->lang, i->done ? MSG_DUE_DONE : format_due_why(i->row.why));
}

static void first_phone(const char *phones, struct text *out)
{
    char number[PHONE_MAX];
    snprintf(number, sizeof number, "%.*s", (int)strcspn(phones, " "), phones);
    if (*number)
        phone_format(out, number);
}

static void draw_item(const struct due_view *v, const struct context *x, struct canvas *c, int row,
                      size_t index)
{
    const struct due_item *i = &v->items[index];
    bool marked = index == v->roll.selected, wide = c->columns >= WIDE;
    enum style style = marked ? STYLE_SELECTED : i->done || i->skipped ? STYLE_DIM : STYLE_NORMAL;
    int why = wide ? c->columns * WHY / 100 : 0, name = c->columns - 5 - why - (wide ? PHONE : 0);
    struct text words = TEXT_INIT;
    if (marked) {
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    if (i->done || i->result || i->skipped)
        canvas_fill(c, row, 2, 1, style, i->skipped && !i->result ? SKIPPED : TICK);
    due_name(v, x, &i->row, name, &words);
    canvas_puts(c, row, 4, name, style, words.bytes);
    if (wide) {
        text_clear(&words);
        first_phone(i->row.phones, &words);
        canvas_puts(c, row, 5 + name, PHONE - 1, marked ? style : STYLE_STRONG, words.bytes);
        canvas_puts(c, row, 5 + name + PHONE, why - 1,
                    marked      ? style
                    : i->result ? STYLE_MATCH
                                : STYLE_DIM,
                    reason_of(i, x));
    }
    text_release(&words);
}

void due_draw(const struct view *view, const struct context *x, struct canvas *c, int top,
              int bottom)
{
    const struct due_view *v = (const struct due_view *)view;
    struct due_layout l = due_layout(v, x);
    if (v->status != STATUS_OK || v->count == 0) {
        bool fine = v->status == STATUS_OK;
        if (fine)
            draw_progress(v, x, c, top);
        canvas_puts(c, top + 1, 1, c->columns - 2, fine ? STYLE_NORMAL : STYLE_ERROR,
                    message_get(x->lang, fine ? MSG_DUE_NONE : MSG_APP_PROBLEM));
        return;
    }
    draw_progress(v, x, c, top);
    for (int i = 0; i < l.list && v->roll.top + (size_t)i < v->count; i++)
        draw_item(v, x, c, top + 1 + i, v->roll.top + (size_t)i);
    int row = top + 1 + l.list;
    if (l.card > 0) {
        canvas_fill(c, row, 0, c->columns, STYLE_BORDER, 0x2500);
        sheet_draw(&v->card, c, row + 1, 1, l.card - 1, 0);
    }
    keys_at(x, c->ruler, c, bottom - l.keys, c->columns);
}
