/* Draws the form: a window on its long page, what is near, and the hint of the field. See
 * form_view.h. */
#include "tui/form_view.h"

#include <string.h>

#include "db/rule.h"
#include "i18n/message.h"
#include "tui/hits.h"

enum { OPEN_MARK = 0x25BE, CLOSED_MARK = 0x25B8, UP_ARROW = 0x25B2, DOWN_ARROW = 0x25BC };

/* The window: where a row of the page is on the canvas. */
struct window {
    const struct form_view *v;
    const struct context *x;
    struct canvas *c;
    int top, rows;
};

static bool seen(const struct window *w, int row)
{
    return row >= w->v->top && row < w->v->top + w->rows;
}

static int at(const struct window *w, int row)
{
    return w->top + row - w->v->top;
}

static void put(const struct window *w, int row, int column, int columns, enum style style,
                const char *s)
{
    if (seen(w, row))
        canvas_puts(w->c, at(w, row), column, columns, style, s);
}

/* The label; of a pair in two languages the languages stand beside it, or, where that is too long,
 * the second one alone below it. */
static void label_of(const struct window *w, const struct item *i, int columns, struct text *out)
{
    enum lang lang = w->x->lang;
    const struct field *f = i->box->field;
    bool pair_beside = (i + 1 < w->v->items + w->v->count) && i[1].beside;
    const char *star = rule_required(f) ? " *" : "";
    value_label(out, lang, f);
    text_adds(out, star);
    bool fits = canvas_measures(w->c, out->bytes) <= columns;
    if (f->lang == FIELD_NONE || (fits && !pair_beside))
        return;
    text_clear(out);
    bool below = f->lang == FIELD_EN && i > w->v->items && i[-1].kind == ITEM_BOX &&
                 i[-1].box->field->number == f->number - 1;
    if (below)
        text_addf(out, "  (%s)", message_get(lang, MSG_LANGUAGE_EN));
    else
        text_addf(out, "%s%s", message_get(lang, f->label), star);
}

static void draw_label(const struct window *w, const struct item *i, bool focused)
{
    struct text label = TEXT_INIT;
    bool above = i->column <= 2 + i->indent;
    int column = above ? i->column : 1 + i->indent, row = i->row - above;
    bool here =
        focused || (i + 1 < w->v->items + w->v->count && i[1].beside && form_focus(w->v) == i + 1);
    if (i->beside)
        return;
    int columns = (above ? w->c->columns : i->column) - column - 1;
    label_of(w, i, columns, &label);
    put(w, row, column, columns, here ? STYLE_STRONG : STYLE_DIM, label.bytes);
    if (here && seen(w, row))
        canvas_fill(w->c, at(w, row), 0, 1, STYLE_STRONG, SELECTED_MARK);
    text_release(&label);
}

/* First line of the box that is shown, so that the cursor is. */
static size_t first_line(const struct item *i, bool focused)
{
    size_t line = focused ? edit_cursor_line(&i->box->edit) : 0;
    return line >= (size_t)i->rows ? line - (size_t)i->rows + 1 : 0;
}

static void draw_typed(const struct window *w, const struct item *i, bool focused)
{
    const struct edit *e = &i->box->edit;
    enum style style = i->box->shown ? STYLE_WARNING : STYLE_NORMAL;
    size_t first = first_line(i, focused);
    for (int row = 0; row < i->rows; row++) {
        if (!seen(w, i->row + row))
            continue;
        size_t line = first + (size_t)row;
        edit_draw_box(e, w->c, at(w, i->row + row), i->column + 1, i->columns, 1, line, style,
                      focused);
    }
    if (first + (size_t)i->rows < e->lines.count && seen(w, i->row + i->rows - 1))
        canvas_fill(w->c, at(w, i->row + i->rows - 1), i->column + i->columns + 1, 1, STYLE_STRONG,
                    DOWN_ARROW);
    if (first > 0 && seen(w, i->row))
        canvas_fill(w->c, at(w, i->row), i->column + i->columns + 1, 1, STYLE_STRONG, UP_ARROW);
}

static void draw_chosen(const struct window *w, const struct item *i, bool focused)
{
    struct text value = TEXT_INIT;
    enum style style = focused ? STYLE_SELECTED : STYLE_NORMAL;
    if (!seen(w, i->row))
        return;
    form_box_show(w->v, w->x, &value, i->box, &i->box->now);
    canvas_fill(w->c, at(w, i->row), i->column + 1, i->columns, style, 0);
    canvas_puts(w->c, at(w, i->row), i->column + 1, i->columns - 2, style, value.bytes);
    canvas_fill(w->c, at(w, i->row), i->column + i->columns, 1, style, OPEN_MARK);
    if (focused)
        canvas_cursor(w->c, at(w, i->row), i->column + 1);
    text_release(&value);
}

static void draw_fault(const struct window *w, const struct item *i, int row)
{
    struct text says = TEXT_INIT;
    value_complain(&says, w->x->lang, i->box->field, &i->box->fault);
    int column = i->beside ? i->column : 2 + i->indent;
    put(w, row, column, w->c->columns - column - 1, STYLE_ERROR, says.bytes);
    text_release(&says);
}

static void draw_box(const struct window *w, const struct item *i, bool focused)
{
    enum style border = focused ? STYLE_STRONG : STYLE_BORDER;
    int below = i->row + i->rows;
    draw_label(w, i, focused);
    for (int row = i->row; row < below; row++) {
        put(w, row, i->column, 1, border, "[");
        put(w, row, i->column + i->columns + 1, 1, border, "]");
    }
    if (i->box->picked)
        draw_chosen(w, i, focused);
    else
        draw_typed(w, i, focused);
    if (!i->box->shown)
        return;
    if (i->beside) {
        if (i[-1].rows > i->rows)
            below = i[-1].row + i[-1].rows;
        below += i[-1].box->shown;
    } else if (i + 1 < w->v->items + w->v->count && i[1].beside && i[1].rows > i->rows) {
        below = i[1].row + i[1].rows;
    }
    draw_fault(w, i, below);
}

static void draw_line(const struct window *w, const struct item *i, bool focused, const char *text,
                      enum style style)
{
    int column = 2 + i->indent;
    if (!seen(w, i->row))
        return;
    if (focused) {
        style = STYLE_SELECTED;
        canvas_fill(w->c, at(w, i->row), column - 1, w->c->columns - column, style, 0);
        canvas_fill(w->c, at(w, i->row), 0, 1, STYLE_STRONG, SELECTED_MARK);
    }
    put(w, i->row, column, w->c->columns - column - 1, style, text);
}

static void draw_part(const struct window *w, const struct item *i, bool focused)
{
    struct text line = TEXT_INIT;
    enum style style = i->part->removed ? STYLE_WARNING : STYLE_NORMAL;
    text_addcp(&line, i->part->open ? OPEN_MARK : CLOSED_MARK);
    text_addc(&line, ' ');
    message_format(&line, w->x->lang, MSG_FORM_LABEL, "label",
                   value_kind_label(w->x->lang, i->part->kind), NULL);
    text_addc(&line, ' ');
    form_part_summary(w->v, w->x, &line, i->part);
    if (i->part->removed)
        text_addf(&line, " [%s]", message_get(w->x->lang, MSG_FORM_REMOVED));
    else if (i->part->fresh)
        text_addf(&line, " [%s]", message_get(w->x->lang, MSG_FORM_FRESH));
    draw_line(w, i, focused, line.bytes, style);
    text_release(&line);
}

static void draw_action(const struct window *w, const struct item *i, bool focused)
{
    static const enum message words[] = {
        [ACTION_SAVE] = MSG_FORM_ACTION_SAVE,
        [ACTION_LEAVE] = MSG_FORM_ACTION_LEAVE,
        [ACTION_REMOVE] = MSG_FORM_ACTION_REMOVE,
        [ACTION_ORGANIZATION] = MSG_FORM_ACTION_ORGANIZATION,
    };
    struct text line = TEXT_INIT;
    text_addf(&line, "[ %s ]", message_get(w->x->lang, words[i->action]));
    draw_line(w, i, focused, line.bytes, STYLE_STRONG);
    text_release(&line);
}

static void draw_add(const struct window *w, const struct item *i, bool focused)
{
    struct text line = TEXT_INIT;
    message_format(&line, w->x->lang, MSG_FORM_ADD, "kind", value_kind_label(w->x->lang, i->add),
                   NULL);
    draw_line(w, i, focused, line.bytes, STYLE_DIM);
    text_release(&line);
}

static void draw_item(const struct window *w, const struct item *i, bool focused)
{
    switch (i->kind) {
    case ITEM_HEADING:
        put(w, i->row, 1, w->c->columns - 2, STYLE_TITLE, message_get(w->x->lang, i->label));
        break;
    case ITEM_BOX:
        draw_box(w, i, focused);
        break;
    case ITEM_PART:
        draw_part(w, i, focused);
        break;
    case ITEM_ADD:
        draw_add(w, i, focused);
        break;
    case ITEM_ACTION:
        draw_action(w, i, focused);
        break;
    }
}

/* What is to be done here, in one line. */
static void draw_hint(const struct form_view *v, const struct context *x, struct canvas *c, int row)
{
    const struct item *i = form_focus(v);
    struct text hint = TEXT_INIT;
    if (i->kind == ITEM_BOX && (i->beside || (i + 1 < v->items + v->count && i[1].beside))) {
        value_label(&hint, x->lang, i->box->field);
        text_adds(&hint, NAMES_DOT);
    }
    if (i->kind == ITEM_BOX)
        value_hint(&hint, x->lang, i->box->field);
    else if (i->kind == ITEM_PART)
        text_adds(&hint, message_get(x->lang, i->part->removed ? MSG_FORM_HINT_REMOVED
                                              : i->part->open  ? MSG_FORM_HINT_OPEN_PART
                                                               : MSG_FORM_HINT_PART));
    else if (i->kind == ITEM_ADD)
        text_adds(&hint, message_get(x->lang, MSG_FORM_HINT_ADD));
    else
        text_adds(&hint, message_get(x->lang, MSG_FORM_HINT_ACTION));
    canvas_puts(c, row, 1, c->columns - 2, STYLE_DIM, hint.bytes);
    text_release(&hint);
}

void form_draw(const struct view *view, const struct context *x, struct canvas *c, int top,
               int bottom)
{
    const struct form_view *v = (const struct form_view *)view;
    struct window w = {v, x, c, top, form_item_rows(v)};
    (void)bottom;
    for (size_t i = 0; i < v->count; i++)
        draw_item(&w, &v->items[i], i == v->focus);
    if (v->top > 0)
        canvas_fill(c, top, c->columns - 1, 1, STYLE_DIM, UP_ARROW);
    if (v->top + w.rows < v->page)
        canvas_fill(c, top + w.rows - 1, c->columns - 1, 1, STYLE_DIM, DOWN_ARROW);
    canvas_puts(c, top + w.rows, 1, c->columns - 2, STYLE_WARNING, v->near.bytes);
    draw_hint(v, x, c, top + w.rows + 1);
}
