/* The review view: the proposals that wait, and the chosen one field by field: what was when it was
 * made, what is proposed, what is now. An approver of the area decides; everybody may read. */
#include "tui/review.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/propose.h"
#include "tui/app.h"
#include "tui/ask.h"
#include "tui/change.h"
#include "tui/desk.h"
#include "tui/format.h"
#include "tui/hits.h"
#include "tui/roll.h"
#include "tui/value.h"

enum { LINES = 2, SPLIT = 16 /* rows from which list and proposal stand together */ };

struct review {
    struct view view;
    char area_code[AREA_CODE];
    struct names *names;
    struct proposal_list list;
    enum status status;
    struct roll roll;
    struct sheet sheet; /* the chosen proposal */
    size_t top;         /* first row of it that is shown */
    bool reading;       /* the keys scroll the proposal */
    int rows, columns;
};

static const struct proposal *chosen(const struct review *v)
{
    return v->roll.count > 0 ? &v->list.rows[v->roll.selected] : NULL;
}

/* Rows of the list; the proposal gets the rest, or all of it while it is read on a small screen. */
static int list_rows(const struct review *v)
{
    int wanted = LINES * (int)v->roll.count;
    if (v->rows < SPLIT)
        return v->reading ? 0 : v->rows;
    return wanted < v->rows / 3 ? wanted : v->rows / 3;
}

/* --- one proposal */

static void show_value(const struct review *v, const struct context *x, struct text *out, int field,
                       const struct value *value, enum message label)
{
    text_addf(out, "%s: ", message_get(x->lang, label));
    size_t at = out->len;
    change_value(out, x->db, v->names, x->lang, field, value);
    if (out->len == at)
        text_adds(out, message_get(x->lang, MSG_CHANGE_NOTHING));
}

static void add_field(struct review *v, const struct context *x, const struct proposal_change *c,
                      const struct proposal_field *f)
{
    static const enum message labels[] = {MSG_REVIEW_WAS, MSG_REVIEW_PROPOSED, MSG_REVIEW_NOW};
    const struct value *values[] = {&f->was, &f->proposed, &f->now};
    const enum style styles[] = {STYLE_DIM, STYLE_STRONG, f->moved ? STYLE_WARNING : STYLE_NORMAL};
    struct text words[SHEET_BESIDE], label = TEXT_INIT;
    const char *texts[SHEET_BESIDE];
    change_label(&label, x->lang, RECORD_SERVICE, c->record_kind, c->kind, f->field);
    sheet_text(&v->sheet, 0, STYLE_TITLE, label.bytes);
    for (size_t i = 0; i < SHEET_BESIDE; i++) {
        text_init(&words[i]);
        show_value(v, x, &words[i], f->field, values[i], labels[i]);
        texts[i] = words[i].bytes;
    }
    sheet_beside(&v->sheet, SHEET_BESIDE, texts, styles);
    if (f->moved)
        sheet_text(&v->sheet, 2, STYLE_WARNING, message_get(x->lang, MSG_REVIEW_MOVED));
    for (size_t i = 0; i < SHEET_BESIDE; i++)
        text_release(&words[i]);
    text_release(&label);
}

static void add_change(struct review *v, const struct context *x, const struct proposal_change *c)
{
    struct text label = TEXT_INIT;
    if (c->count == 0 || c->kind != OP_SET) {
        change_label(&label, x->lang, RECORD_SERVICE, c->record_kind, c->kind, 0);
        sheet_text(&v->sheet, 0, STYLE_TITLE, label.bytes);
    }
    for (size_t i = 0; i < c->count; i++) /* that its parts belong together needs no words */
        if (c->fields[i].proposed.type != VALUE_ID ||
            !proposal_makes(chosen(v), &c->fields[i].proposed.id))
            add_field(v, x, c, &c->fields[i]);
    text_release(&label);
}

static void lay_out(struct review *v, const struct context *x)
{
    const struct proposal *p = chosen(v);
    struct text line = TEXT_INIT;
    sheet_release(&v->sheet);
    sheet_init(&v->sheet, v->columns > 4 ? v->columns - 2 : 1);
    v->sheet.ruler = x->lettering.ruler;
    v->top = 0;
    if (!p)
        return;
    if (p->reason && *p->reason) {
        message_format(&line, x->lang, MSG_CHANGE_REASON, "reason", p->reason, NULL);
        sheet_text(&v->sheet, 0, STYLE_NORMAL, line.bytes);
        sheet_gap(&v->sheet);
    }
    for (size_t i = 0; i < p->count; i++)
        add_change(v, x, &p->changes[i]);
    text_release(&line);
}

/* --- the list */

static void proposal_name(const struct context *x, const struct proposal *p, struct text *out)
{
    if (p->count == 0)
        return;
    const struct proposal_change *c = &p->changes[0];
    size_t at = out->len;
    if (c->kind != OP_CREATE)
        value_record_name(out, x->db, x->lang, &c->record);
    for (size_t i = 0; out->len == at && i < c->count; i++)
        if (c->fields[i].proposed.type == VALUE_TEXT)
            text_adds(out, c->fields[i].proposed.text.bytes);
}

static void draw_proposal(const struct review *v, const struct context *x, struct canvas *c,
                          int row, size_t index)
{
    const struct proposal *p = &v->list.rows[index];
    bool marked = index == v->roll.selected;
    enum style mark = v->reading ? STYLE_CHOSEN : STYLE_SELECTED;
    enum style name = marked ? mark : STYLE_NORMAL, more = marked ? mark : STYLE_DIM;
    struct text line = TEXT_INIT;
    for (int i = 0; marked && i < LINES; i++)
        canvas_fill(c, row + i, 0, c->columns, mark, 0);
    if (marked)
        canvas_fill(c, row, 1, 1, mark, SELECTED_MARK);
    proposal_name(x, p, &line);
    canvas_puts(c, row, 3, c->columns - 4, name, line.bytes);
    text_clear(&line);
    change_time(&line, p->time_ms);
    text_addf(&line, NAMES_DOT "%s" NAMES_DOT, p->actor);
    names_area(v->names, &line, x->lang, p->area);
    canvas_puts(c, row + 1, 5, c->columns - 6, more, line.bytes);
    text_release(&line);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct review *v = (const struct review *)view;
    int lines = list_rows(v);
    if (v->roll.count == 0) {
        bool fine = v->status == STATUS_OK;
        canvas_puts(c, top, 1, c->columns - 2, fine ? STYLE_DIM : STYLE_ERROR,
                    message_get(x->lang, fine ? MSG_REVIEW_NONE : MSG_APP_PROBLEM));
        return;
    }
    for (size_t i = v->roll.top; i < v->roll.count; i++) {
        int row = top + LINES * (int)(i - v->roll.top);
        if (row + LINES > top + lines)
            break;
        draw_proposal(v, x, c, row, i);
    }
    if (lines == v->rows)
        return;
    canvas_puts(c, bottom - 1, 1, c->columns - 2, STYLE_DIM, message_get(x->lang, MSG_REVIEW_HINT));
    if (lines > 0)
        canvas_fill(c, top + lines, 0, c->columns, STYLE_BORDER, 0x2500);
    int from = top + lines + (lines > 0);
    sheet_draw(&v->sheet, c, from, 1, bottom - 1 - from, v->top);
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    (void)view;
    text_adds(out, message_get(x->lang, MSG_COMMAND_PROPOSALS));
}

static void fit(struct review *v, const struct context *x)
{
    roll_fit(&v->roll, v->status == STATUS_OK ? v->list.count : 0, 0);
    roll_fit(&v->roll, v->roll.count, (size_t)list_rows(v) / LINES);
    lay_out(v, x);
}

static void load(struct review *v, const struct context *x)
{
    if (v->status == STATUS_OK)
        proposal_list_release(&v->list);
    v->status = proposal_open(x->db, v->area_code, &v->list);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct review *v = (struct review *)view;
    v->rows = rows;
    v->columns = columns;
    fit(v, x);
}

static void reload(struct view *view, const struct context *x)
{
    struct review *v = (struct review *)view;
    names_forget(v->names);
    load(v, x);
    fit(v, x);
}

/* --- deciding */

struct decision {
    struct uuid proposal;
    bool approve, anyway;
};

static void head(const void *state, const struct context *x, struct sheet *s)
{
    const struct decision *d = state;
    sheet_text(s, 0, d->anyway ? STYLE_WARNING : STYLE_NORMAL,
               message_get(x->lang, d->anyway    ? MSG_REVIEW_ANYWAY
                                    : d->approve ? MSG_COMMAND_APPROVE_HELP
                                                 : MSG_COMMAND_REJECT_HELP));
}

static unsigned decide(void *state, const struct context *x, struct ask *a)
{
    const struct decision *d = state;
    const struct person *person = app_person(x->app);
    const char *reason = ask_text(a, 0);
    struct op_refusal refusal;
    if (!d->approve && !*reason) {
        ask_complain(a, 0, message_get(x->lang, MSG_REVIEW_NEED_REASON));
        return OUTCOME_HANDLED;
    }
    enum status status =
        d->approve ? proposal_approve(x->db, person, &d->proposal, reason, d->anyway, &refusal)
                   : proposal_reject(x->db, person, &d->proposal, reason);
    if (status != STATUS_OK) {
        ask_complain(a, 0,
                     message_get(x->lang, status == STATUS_FORBIDDEN  ? MSG_REVIEW_NOT_YOURS
                                          : status == STATUS_CONFLICT ? MSG_REVIEW_CONFLICT
                                                                      : MSG_WRITE_FAILED));
        return OUTCOME_HANDLED;
    }
    app_reload(x->app);
    desk_say_done(x, message_get(x->lang, d->approve ? MSG_REVIEW_APPROVED : MSG_REVIEW_REJECTED));
    return OUTCOME_HANDLED | OUTCOME_POP;
}

static bool has_moved(const struct proposal *p)
{
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 0; k < p->changes[i].count; k++)
            if (p->changes[i].fields[k].moved)
                return true;
    return false;
}

static void ask_decision(const struct review *v, const struct context *x, bool approve)
{
    static const struct ask_ops yes = {MSG_COMMAND_APPROVE, head, NULL, decide, free},
                                no = {MSG_COMMAND_REJECT, head, NULL, decide, free};
    const struct proposal *p = chosen(v);
    if (!p || !desk_may_write(x, approve ? COMMAND_APPROVE : COMMAND_REJECT))
        return;
    struct decision *d = mem_zalloc(1, sizeof *d);
    *d = (struct decision){p->id, approve, approve && has_moved(p)};
    struct ask *a = ask_new(approve ? &yes : &no, d);
    ask_add_text(a, MSG_UNDO_REASON, "");
    app_push(x->app, ask_view(a));
}

/* --- keys */

static void scroll(struct review *v, enum command command)
{
    int shown = v->rows - list_rows(v) - 1;
    struct roll page = {v->sheet.count, v->top, v->top, 1};
    if (shown > 1 && (command == COMMAND_PAGE_DOWN || command == COMMAND_PAGE_UP))
        page.shown = (size_t)shown;
    roll_command(&page, command);
    v->top = page.selected;
    if (v->top + (size_t)shown > v->sheet.count)
        v->top = v->sheet.count > (size_t)shown ? v->sheet.count - (size_t)shown : 0;
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct review *v = (struct review *)view;
    struct roll before = v->roll;
    switch (command) {
    case COMMAND_APPROVE:
    case COMMAND_REJECT:
        ask_decision(v, x, command == COMMAND_APPROVE);
        return OUTCOME_HANDLED;
    case COMMAND_OPEN:
    case COMMAND_RIGHT:
    case COMMAND_NEXT_PANE:
        v->reading = chosen(v) && !v->reading;
        return OUTCOME_HANDLED;
    case COMMAND_LEFT:
    case COMMAND_BACK:
        if (!v->reading)
            return command == COMMAND_LEFT ? OUTCOME_HANDLED | OUTCOME_POP : OUTCOME_IGNORED;
        v->reading = false;
        return OUTCOME_HANDLED;
    default:
        break;
    }
    if (v->reading && roll_command(&before, command)) {
        scroll(v, command);
        return OUTCOME_HANDLED;
    }
    if (!roll_command(&v->roll, command))
        return OUTCOME_IGNORED;
    if (before.selected != v->roll.selected)
        lay_out(v, x);
    return OUTCOME_HANDLED;
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct proposal *p = chosen((const struct review *)view);
    for (size_t i = 0; p && i < p->count; i++) {
        if (p->changes[i].record_kind != RECORD_SERVICE)
            continue;
        *ret_service = p->changes[i].record;
        return true;
    }
    return false;
}

static const char *area(const struct view *view)
{
    return ((const struct review *)view)->area_code;
}

static void close_view(struct view *view)
{
    struct review *v = (struct review *)view;
    if (v->status == STATUS_OK)
        proposal_list_release(&v->list);
    sheet_release(&v->sheet);
    names_free(v->names);
    free(v);
}

struct view *review_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_REVIEW,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .selected = selected,
        .area = area,
    };
    struct review *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    v->status = STATUS_NOT_FOUND;
    v->rows = 1;
    snprintf(v->area_code, sizeof v->area_code, "%s", at);
    load(v, x);
    return &v->view;
}
