/* The list to choose from: moving, typing, drawing; see pick.h. What it holds is in pick_rows.c. */
#include "tui/pick.h"

#include <stdio.h>
#include <string.h>

#include "i18n/message.h"
#include "tui/format.h"
#include "tui/hits.h"
#include "tui/value.h"

enum { HEAD = 2 }; /* rows above the list */

static bool can_stand(const struct pick_row *r)
{
    return r->kind != PICK_HEADING;
}

/* The nearest row from `from` on that can be chosen, that way and else the other. */
static size_t standing(const struct pick *p, size_t from, int by)
{
    for (size_t i = from; i < p->count; i += (size_t)by)
        if (can_stand(&p->rows[i]))
            return i;
    for (size_t i = from; i < p->count; i -= (size_t)by)
        if (can_stand(&p->rows[i]))
            return i;
    return 0;
}

static void select_now(struct pick *p)
{
    p->selected = standing(p, 0, 1);
    for (size_t i = 0; i < p->count; i++)
        if (p->rows[i].kind == PICK_VALUE && p->now.type != VALUE_NULL &&
            value_equal(&p->rows[i].value, &p->now))
            p->selected = i;
    p->top = 0;
}

void pick_open(struct pick *p, const struct context *x, struct names *names,
               const struct field *field, const struct value *now, const char *near,
               const struct uuid *of)
{
    *p = (struct pick){.field = field};
    edit_init(&p->edit);
    p->now = value_copy(&p->kept, now);
    if (of)
        p->of = *of;
    if (field->type == FIELD_DAYS && now->type == VALUE_INT)
        p->days = (unsigned)now->integer;
    const char *begin = now->type == VALUE_TEXT ? now->text.bytes : near;
    size_t len = strlen(begin);
    if (field->type == FIELD_AREA && len >= 2 && len < AREA_CODE &&
        strcmp(begin, AREA_COUNTRY_CODE)) {
        bool leaf = area_level(begin) >= 3 || now->type == VALUE_TEXT;
        snprintf(p->parent, sizeof p->parent, "%.*s", (int)(leaf ? len - 2 : len), begin);
    }
    pick_fill(p, x, names);
    select_now(p);
}

void pick_close(struct pick *p)
{
    edit_release(&p->edit);
    arena_release(&p->arena);
    arena_release(&p->kept);
    pick_areas_free(p->areas);
    *p = (struct pick){.field = NULL};
}

void pick_reload(struct pick *p, const struct context *x, struct names *names)
{
    size_t selected = p->selected;
    pick_fill(p, x, names);
    p->selected = standing(p, selected < p->count ? selected : 0, 1);
}

static void narrow(struct pick *p, const struct context *x, struct names *names)
{
    pick_fill(p, x, names);
    bool first_is_new = p->count > 1 && p->rows[0].kind == PICK_NEW && p->edit.text.len > 0;
    p->selected = standing(p, first_is_new ? 1 : 0, 1);
    p->top = 0;
}

bool pick_type(struct pick *p, const struct context *x, struct names *names, const char *s,
               size_t len)
{
    if (p->field->type == FIELD_DAYS)
        return false;
    if (!edit_insert(&p->edit, s, len))
        return false;
    narrow(p, x, names);
    return true;
}

static void move(struct pick *p, long by)
{
    size_t to = p->selected;
    if (p->count == 0)
        return;
    if (by < 0)
        to = (size_t)-by > to ? 0 : to - (size_t)-by;
    else
        to = to + (size_t)by >= p->count ? p->count - 1 : to + (size_t)by;
    p->selected = standing(p, to, by < 0 ? -1 : 1);
}

static void go_into(struct pick *p, const struct context *x, struct names *names)
{
    const struct pick_row *r = p->selected < p->count ? &p->rows[p->selected] : NULL;
    if (!r || !*r->inside)
        return;
    char code[AREA_CODE];
    snprintf(code, sizeof code, "%s", r->inside);
    snprintf(p->parent, sizeof p->parent, "%s", code);
    edit_set(&p->edit, "", 0);
    narrow(p, x, names);
    if (p->count > 1)
        p->selected = 1;
}

static void go_out(struct pick *p, const struct context *x, struct names *names)
{
    char from[AREA_CODE];
    size_t len = strlen(p->parent);
    if (len < 2 || p->field->type != FIELD_AREA)
        return;
    snprintf(from, sizeof from, "%s", p->parent);
    p->parent[len - 2] = '\0';
    narrow(p, x, names);
    for (size_t i = 0; i < p->count; i++)
        if (p->rows[i].value.type == VALUE_TEXT && !strcmp(p->rows[i].value.text.bytes, from))
            p->selected = i;
}

static enum pick_result take(struct pick *p, struct value *ret_value)
{
    const struct pick_row *r = p->selected < p->count ? &p->rows[p->selected] : NULL;
    if (!r)
        return PICK_GOES_ON;
    switch (r->kind) {
    case PICK_TOGGLE:
        p->days ^= 1U << r->day;
        return PICK_GOES_ON;
    case PICK_DONE:
        *ret_value = (struct value){.type = VALUE_NULL};
        if (p->days)
            *ret_value = (struct value){.type = VALUE_INT, .integer = p->days};
        return PICK_TAKEN;
    case PICK_NEW:
        return PICK_MADE;
    default:
        *ret_value = r->value;
        return PICK_TAKEN;
    }
}

static void edit_typed(struct pick *p, const struct context *x, struct names *names,
                       enum command command)
{
    bool changed = command == COMMAND_DELETE_BACK ? edit_delete_back(&p->edit)
                   : command == COMMAND_DELETE    ? edit_delete(&p->edit)
                                                  : edit_clear(&p->edit);
    if (changed)
        narrow(p, x, names);
    else if (command == COMMAND_DELETE_BACK)
        go_out(p, x, names);
}

enum pick_result pick_command(struct pick *p, const struct context *x, struct names *names,
                              enum command command, int rows, struct value *ret_value,
                              unsigned *ret_outcome)
{
    long page = rows > HEAD + 2 ? rows - HEAD - 1 : 1;
    *ret_outcome = OUTCOME_HANDLED;
    switch (command) {
    case COMMAND_UP:
    case COMMAND_PREVIOUS:
        move(p, -1);
        break;
    case COMMAND_DOWN:
    case COMMAND_NEXT_PANE:
        move(p, 1);
        break;
    case COMMAND_PAGE_UP:
        move(p, -page);
        break;
    case COMMAND_PAGE_DOWN:
        move(p, page);
        break;
    case COMMAND_HOME:
        move(p, -(long)p->count);
        break;
    case COMMAND_END:
        move(p, (long)p->count);
        break;
    case COMMAND_RIGHT:
        go_into(p, x, names);
        break;
    case COMMAND_LEFT:
        go_out(p, x, names);
        break;
    case COMMAND_DELETE_BACK:
    case COMMAND_DELETE:
    case COMMAND_CLEAR_TEXT:
        edit_typed(p, x, names, command);
        break;
    case COMMAND_OPEN:
        return take(p, ret_value);
    case COMMAND_BACK:
        return PICK_LEFT;
    default:
        *ret_outcome = OUTCOME_IGNORED;
        break;
    }
    return PICK_GOES_ON;
}

static void draw_row(const struct pick *p, struct canvas *c, int row, size_t index)
{
    enum { ARROW = 0x25B8, ON = 0x2713 };
    const struct pick_row *r = &p->rows[index];
    bool marked = index == p->selected;
    enum style style = marked                    ? STYLE_SELECTED
                       : r->kind == PICK_HEADING ? STYLE_TITLE
                       : r->kind == PICK_NEW     ? STYLE_STRONG
                                                 : STYLE_NORMAL;
    int column = 3 + r->depth;
    if (marked) {
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    if (r->kind == PICK_TOGGLE) {
        canvas_puts(c, row, column, 3, style, "[ ]");
        if (p->days >> r->day & 1U)
            canvas_fill(c, row, column + 1, 1, style, ON);
        column += 4;
    }
    column += canvas_puts(c, row, column, c->columns - column - 2, style, r->label);
    if (*r->note && column + 4 < c->columns)
        canvas_puts(c, row, column + 1, c->columns - column - 3, marked ? style : STYLE_DIM,
                    r->note);
    if (*r->inside)
        canvas_fill(c, row, c->columns - 2, 1, style, ARROW);
}

void pick_draw(const struct pick *p, const struct context *x, struct canvas *c, int top, int bottom)
{
    struct text label = TEXT_INIT, name = TEXT_INIT;
    size_t rows = bottom - top > HEAD ? (size_t)(bottom - top - HEAD) : 1, first = p->top;
    value_label(&name, x->lang, p->field);
    message_format(&label, x->lang, MSG_FORM_LABEL, "label", name.bytes, NULL);
    int column = 1 + canvas_puts(c, top, 1, c->columns / 2, STYLE_TITLE, label.bytes);
    if (p->field->type != FIELD_DAYS)
        edit_draw(&p->edit, c, top, column + 1, c->columns - column - 2, STYLE_FILTER);
    enum message hint = p->field->type == FIELD_AREA   ? MSG_PICK_HINT_AREA
                        : p->field->type == FIELD_DAYS ? MSG_PICK_HINT_DAYS
                                                       : MSG_PICK_HINT;
    canvas_puts(c, top + 1, 1, c->columns - 2, STYLE_DIM, message_get(x->lang, hint));
    if (p->selected >= rows)
        first = p->selected + 1 - rows;
    for (size_t i = 0; i < rows && first + i < p->count; i++)
        draw_row(p, c, top + HEAD + (int)i, first + i);
    if (p->count == 0)
        canvas_puts(c, top + HEAD, 3, c->columns - 4, STYLE_WARNING,
                    message_get(x->lang, MSG_PICK_NOTHING));
    text_release(&label);
    text_release(&name);
}
