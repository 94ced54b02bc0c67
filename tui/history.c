/* The history view: the newest save on top, its changes below it. A save can be taken back, and the
 * entry shown as it was then. */
#include "tui/history.h"

#include <stdlib.h>

#include "db/detail.h"
#include "db/history.h"
#include "tui/app.h"
#include "tui/as_of.h"
#include "tui/change.h"
#include "tui/format.h"
#include "tui/hits.h"
#include "tui/print.h"
#include "tui/roll.h"
#include "tui/undo.h"
#include "tui/value.h"

enum { INDENT = 3, CHANGE_INDENT = 5, HEAD_ROWS = 1, HINT_ROWS = 1 };

struct history_view {
    struct view view;
    struct uuid id;
    struct names *names;
    struct text name; /* of the service */
    struct history history;
    enum status status;
    struct sheet sheet;
    size_t *starts;   /* the sheet's row where each save begins; count + 1 of them */
    bool for_all;     /* on paper: nothing that is confidential */
    struct roll roll; /* saves, the newest first */
    size_t top;       /* first row of the sheet that is shown */
    int rows, columns;
};

/* The save in that row of the list. */
static const struct history_save *save_at(const struct history_view *v, size_t row)
{
    return &v->history.rows[v->history.count - 1 - row];
}

/* That what belongs to the service points to it, or a link to its place, needs no words. */
static bool goes_without_saying(const struct history_view *v, const struct history_change *c)
{
    return c->record_kind != RECORD_SERVICE && c->is.type == VALUE_ID &&
           (c->record_kind == RECORD_SERVICE_AT_LOCATION || uuid_equal(&c->is.id, &v->id));
}

static void add_change(struct history_view *v, const struct context *x,
                       const struct history_change *c)
{
    struct text line = TEXT_INIT, was = TEXT_INIT, is = TEXT_INIT;
    change_value(&was, x->db, v->names, x->lang, c->field, &c->was);
    change_value(&is, x->db, v->names, x->lang, c->field, &c->is);
    change_label(&line, x->lang, RECORD_SERVICE, c->record_kind, c->kind, c->field);
    if (was.len > 0 && is.len > 0)
        text_addf(&line, ": %s → %s", was.bytes, is.bytes);
    else if (is.len > 0)
        text_addf(&line, ": %s", is.bytes);
    else if (was.len > 0)
        text_addf(&line, ": %s → %s", was.bytes, message_get(x->lang, MSG_CHANGE_NOTHING));
    change_mark(&line, x->lang, c);
    sheet_text(&v->sheet, CHANGE_INDENT, c->undone ? STYLE_DIM : STYLE_NORMAL, line.bytes);
    text_release(&line);
    text_release(&was);
    text_release(&is);
}

/* A save of the born directory right below another one of the same time needs no heading again. */
static bool goes_on(const struct history_view *v, size_t row)
{
    const struct history_save *s = save_at(v, row), *above = row > 0 ? save_at(v, row - 1) : NULL;
    return above && !(s->actor && *s->actor) && !(above->actor && *above->actor) &&
           s->time_ms / 60000 == above->time_ms / 60000;
}

static void add_heading(struct history_view *v, const struct context *x,
                        const struct history_save *s)
{
    struct text line = TEXT_INIT;
    change_time(&line, s->time_ms);
    text_addf(&line, NAMES_DOT "%s",
              s->actor && *s->actor ? s->actor : message_get(x->lang, MSG_CHANGE_NOBODY));
    if (s->is_undo)
        text_addf(&line, NAMES_DOT "%s", message_get(x->lang, MSG_CHANGE_UNDO));
    if (s->undone)
        text_addf(&line, NAMES_DOT "%s", message_get(x->lang, MSG_CHANGE_UNDONE));
    sheet_text(&v->sheet, INDENT, s->undone ? STYLE_DIM : STYLE_TITLE, line.bytes);
    if (s->reason && *s->reason) {
        text_clear(&line);
        message_format(&line, x->lang, MSG_CHANGE_REASON, "reason", s->reason, NULL);
        sheet_text(&v->sheet, CHANGE_INDENT, STYLE_DIM, line.bytes);
    }
    text_release(&line);
}

static bool is_shown(const struct history_view *v, const struct history_change *c)
{
    return !v->for_all || c->level == 0;
}

static void add_save(struct history_view *v, const struct context *x, size_t row)
{
    const struct history_save *s = save_at(v, row);
    const struct history_change *c = NULL;
    size_t before = v->sheet.count;
    for (size_t i = s->count; i-- > 0;)
        c = is_shown(v, &s->changes[i]) ? &s->changes[i] : c;
    if (!c)
        return;
    if (!goes_on(v, row))
        add_heading(v, x, s);
    for (size_t i = 0; i < s->count; i++)
        if (is_shown(v, &s->changes[i]) && !goes_without_saying(v, &s->changes[i]))
            add_change(v, x, &s->changes[i]);
    if (v->sheet.count > before)
        return;
    struct text line = TEXT_INIT; /* only links: say that they were made */
    change_label(&line, x->lang, RECORD_SERVICE, c->record_kind, c->kind, 0);
    change_mark(&line, x->lang, c);
    sheet_text(&v->sheet, CHANGE_INDENT, STYLE_NORMAL, line.bytes);
    text_release(&line);
}

static void scroll(struct history_view *v)
{
    enum { AROUND = HEAD_ROWS + HINT_ROWS };
    size_t rows = v->rows > AROUND ? (size_t)(v->rows - AROUND) : 1;
    if (v->roll.count == 0)
        return;
    size_t first = v->starts[v->roll.selected], end = v->starts[v->roll.selected + 1];
    if (end > v->top + rows)
        v->top = end - rows;
    if (first < v->top)
        v->top = first;
}

static void lay_out(struct history_view *v, const struct context *x)
{
    size_t count = v->status == STATUS_OK ? v->history.count : 0;
    sheet_release(&v->sheet);
    sheet_init(&v->sheet, v->columns > 4 ? v->columns - 2 : 1);
    v->sheet.ruler = x->lettering.ruler;
    v->starts = mem_realloc(v->starts, count + 1, sizeof *v->starts);
    for (size_t i = 0; i < count; i++) {
        v->starts[i] = v->sheet.count;
        add_save(v, x, i);
    }
    v->starts[count] = v->sheet.count;
    roll_fit(&v->roll, count, count < 8 ? count : 8);
    scroll(v);
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    (void)view;
    text_adds(out, message_get(x->lang, MSG_COMMAND_HISTORY));
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct history_view *v = (const struct history_view *)view;
    canvas_puts(c, top, 1, c->columns - 2, STYLE_STRONG, v->name.bytes);
    top++;
    if (v->roll.count == 0) {
        canvas_puts(
            c, top, INDENT, c->columns - INDENT - 1, STYLE_DIM,
            message_get(x->lang, v->status == STATUS_OK ? MSG_HISTORY_NONE : MSG_APP_PROBLEM));
        return;
    }
    bottom -= HINT_ROWS;
    canvas_puts(c, bottom, 1, c->columns - 2, STYLE_DIM, message_get(x->lang, MSG_HISTORY_HINT));
    sheet_draw(&v->sheet, c, top, 0, bottom - top, v->top);
    size_t first = v->starts[v->roll.selected];
    if (first >= v->top && first < v->top + (size_t)(bottom - top)) {
        int row = top + (int)(first - v->top);
        canvas_paint(c, row, 0, c->columns, STYLE_SELECTED);
        canvas_fill(c, row, 1, 1, STYLE_SELECTED, SELECTED_MARK);
    }
}

static void load(struct history_view *v, const struct context *x)
{
    struct detail detail;
    struct format f = {v->names, x->lang, x->now(x->clock)};
    if (v->status == STATUS_OK)
        history_release(&v->history);
    v->status = history_load(x->db, &v->id, &v->history);
    text_clear(&v->name);
    if (detail_load(x->db, &v->id, &detail) != STATUS_OK)
        return;
    bool other;
    const char *name = record_text_lang(&detail.service.rows[0], FIELD_ID(SERVICE, name_km),
                                        names_lang(f.names, f.lang), &other);
    text_adds(&v->name, name ? name : "");
    detail_release(&detail);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct history_view *v = (struct history_view *)view;
    bool again = columns != v->columns;
    v->rows = rows;
    v->columns = columns;
    if (again)
        lay_out(v, x);
    scroll(v);
}

static void reload(struct view *view, const struct context *x)
{
    struct history_view *v = (struct history_view *)view;
    names_forget(v->names);
    load(v, x);
    lay_out(v, x);
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct history_view *v = (struct history_view *)view;
    if (roll_command(&v->roll, command)) {
        scroll(v);
        return OUTCOME_HANDLED;
    }
    switch (command) {
    case COMMAND_UNDO:
        if (v->roll.count > 0) {
            struct op_ref save = save_at(v, v->roll.selected)->save;
            undo_ask(x, &v->id, &save);
        }
        break;
    case COMMAND_OPEN:
    case COMMAND_RIGHT:
    case COMMAND_AS_OF:
        if (v->roll.count > 0)
            as_of_open(x, &v->id, save_at(v, v->roll.selected)->time_ms);
        break;
    case COMMAND_LEFT:
        return OUTCOME_HANDLED | OUTCOME_POP;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    *ret_service = ((const struct history_view *)view)->id;
    return true;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    struct history_view paper = *(const struct history_view *)view;
    sheet_init(&paper.sheet, paper.columns > 4 ? paper.columns - 2 : 1);
    paper.sheet.ruler = x->lettering.ruler;
    paper.for_all = true;
    for (size_t i = 0; i < paper.roll.count; i++)
        add_save(&paper, x, i);
    bool any = paper.sheet.count > 0;
    print_heading(x, view, out);
    text_addf(out, "%s\n\n", paper.name.bytes);
    sheet_write(&paper.sheet, out);
    sheet_release(&paper.sheet);
    return any;
}

static void close_view(struct view *view)
{
    struct history_view *v = (struct history_view *)view;
    if (v->status == STATUS_OK)
        history_release(&v->history);
    sheet_release(&v->sheet);
    text_release(&v->name);
    names_free(v->names);
    free(v->starts);
    free(v);
}

struct view *history_new(const struct context *x, const struct uuid *service)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_HISTORY,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .selected = selected,
        .print = print,
    };
    struct history_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->id = *service;
    v->names = names_new(x->db, &x->lettering);
    v->status = STATUS_NOT_FOUND;
    text_init(&v->name);
    load(v, x);
    if (v->status != STATUS_NOT_FOUND)
        return &v->view;
    close_view(&v->view);
    return NULL;
}
