/* The person chooses between what somebody else saved and what is typed here, field by field, with
 * what it was before beside them. See form_view.h and form_merge.h. */
#include "tui/form_view.h"

#include <string.h>

#include "i18n/message.h"
#include "i18n/number.h"
#include "tui/app.h"
#include "tui/hits.h"

enum { LINES = 4, HEAD = 3, VERSION = 14 };

/* "Sok Dara, 05/06/2026", or nothing. */
static void who_changed(const struct context *x, struct text *out, const struct uuid *record)
{
    struct op_list ops;
    if (op_history(x->db, record, &ops) != STATUS_OK)
        return;
    if (ops.count > 0) {
        const struct op_row *last = &ops.rows[ops.count - 1];
        text_adds(out, *last->actor ? last->actor : message_get(x->lang, MSG_FORM_SOMEBODY));
        text_adds(out, ", ");
        date_short(out, date_from_time(last->time_ms / 1000));
    }
    op_list_release(&ops);
}

bool form_meet_others(struct form_view *v, const struct context *x, bool saves_after)
{
    struct form_merge merge;
    if (form_merge_begin(&v->data, &merge) != STATUS_OK) {
        app_say(x->app, STYLE_ERROR, message_get(x->lang, MSG_APP_PROBLEM));
        return false;
    }
    form_merge_release(&v->merge);
    v->merge = merge;
    v->saves_after = saves_after;
    if (merge.count > 0) {
        form_set_mode(v, MODE_CONFLICT);
        return true;
    }
    form_lay_out(v, x);
    if (saves_after) {
        form_begin_save(v, x);
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_FORM_MERGED));
    }
    return saves_after;
}

/* --- drawing
 * ----------------------------------------------------------------------------------------- */

static void heading(const struct form_view *v, const struct context *x,
                    const struct form_conflict *c, struct text *out)
{
    if (c->part != form_data_root(&v->data)) {
        text_addf(out, "%s" NAMES_DOT, value_kind_label(x->lang, c->part->kind));
        form_part_summary(v, x, out, c->part);
        text_adds(out, NAMES_DOT);
    }
    if (c->box)
        value_label(out, x->lang, c->box->field);
    else
        text_adds(out, message_get(x->lang, MSG_FORM_THEY_CLOSED));
}

static void draw_version(const struct form_view *v, const struct context *x, struct canvas *c,
                         int row, enum message name, bool chosen, const struct form_conflict *f,
                         const struct value *value)
{
    enum { MARK = 0x2713 };
    struct text line = TEXT_INIT;
    if (!f->box)
        text_adds(&line, message_get(x->lang, name == MSG_FORM_THEIRS ? MSG_FORM_CHOOSE_CLOSED
                                              : name == MSG_FORM_MINE ? MSG_FORM_CHOOSE_REOPEN
                                                                      : MSG_STATUS_ACTIVE));
    else if (value->type == VALUE_NULL)
        text_adds(&line, message_get(x->lang, MSG_PICK_EMPTY));
    else
        form_box_show(v, x, &line, f->box, value);
    if (chosen)
        canvas_fill(c, row, 3, 1, STYLE_STRONG, MARK);
    canvas_puts(c, row, 5, VERSION, STYLE_DIM, message_get(x->lang, name));
    canvas_puts(c, row, 6 + VERSION, c->columns - 7 - VERSION, chosen ? STYLE_STRONG : STYLE_NORMAL,
                line.bytes);
    text_release(&line);
}

static void draw_conflict(const struct form_view *v, const struct context *x, struct canvas *c,
                          int row, int bottom, size_t index)
{
    const struct form_conflict *f = &v->merge.rows[index];
    bool marked = index == v->merge.selected;
    static const struct value nothing = {.type = VALUE_NULL};
    struct text line = TEXT_INIT;
    heading(v, x, f, &line);
    if (marked) {
        canvas_fill(c, row, 0, c->columns, STYLE_SELECTED, 0);
        canvas_fill(c, row, 1, 1, STYLE_SELECTED, SELECTED_MARK);
    }
    canvas_puts(c, row, 3, c->columns - 4, marked ? STYLE_SELECTED : STYLE_TITLE, line.bytes);
    if (row + 1 < bottom)
        draw_version(v, x, c, row + 1, MSG_FORM_BEFORE, false, f,
                     f->box ? &f->box->base : &nothing);
    if (row + 2 < bottom)
        draw_version(v, x, c, row + 2, MSG_FORM_THEIRS, !f->mine, f, &f->theirs);
    if (row + 3 < bottom)
        draw_version(v, x, c, row + 3, MSG_FORM_MINE, f->mine, f, f->box ? &f->box->now : &nothing);
    text_release(&line);
}

void form_draw_conflict(const struct view *view, const struct context *x, struct canvas *c, int top,
                        int bottom)
{
    const struct form_view *v = (const struct form_view *)view;
    const struct form_merge *m = &v->merge;
    struct text line = TEXT_INIT, who = TEXT_INIT;
    size_t shown = bottom - top - HEAD > LINES ? (size_t)(bottom - top - HEAD) / LINES : 1;
    size_t first = m->selected >= shown ? m->selected - shown + 1 : 0;
    int row = top + HEAD - 1;
    if (m->count > 0)
        who_changed(x, &who, &m->rows[0].part->id);
    message_format(&line, x->lang, MSG_FORM_CONFLICT, "who", who.bytes, NULL);
    canvas_puts(c, top, 1, c->columns - 2, STYLE_WARNING, line.bytes);
    canvas_puts(c, top + 1, 1, c->columns - 2, STYLE_DIM,
                message_get(x->lang, MSG_FORM_HINT_CONFLICT));
    for (size_t i = first; i < m->count && row + 1 < bottom; i++, row += LINES)
        draw_conflict(v, x, c, row, bottom - 1, i);
    text_clear(&line);
    text_addf(&line, "[ %s ]", message_get(x->lang, MSG_FORM_CONTINUE));
    canvas_puts(c, row < bottom ? row : bottom - 1, 3, c->columns - 4,
                m->selected >= m->count ? STYLE_SELECTED : STYLE_STRONG, line.bytes);
    text_release(&line);
    text_release(&who);
}

/* --- keys
 * -------------------------------------------------------------------------------------------- */

static void finish(struct form_view *v, const struct context *x)
{
    form_merge_end(&v->data, &v->merge);
    form_merge_release(&v->merge);
    form_set_mode(v, MODE_FILL);
    form_touch(v);
    form_lay_out(v, x);
    if (v->saves_after)
        form_begin_save(v, x);
}

unsigned form_run_conflict(struct view *view, const struct context *x, enum command command)
{
    struct form_view *v = (struct form_view *)view;
    struct form_merge *m = &v->merge;
    struct form_conflict *c = m->selected < m->count ? &m->rows[m->selected] : NULL;
    switch (command) {
    case COMMAND_UP:
    case COMMAND_PREVIOUS:
        m->selected -= m->selected > 0;
        break;
    case COMMAND_DOWN:
    case COMMAND_NEXT_PANE:
        m->selected += m->selected < m->count;
        break;
    case COMMAND_HOME:
        m->selected = 0;
        break;
    case COMMAND_END:
        m->selected = m->count;
        break;
    case COMMAND_LEFT:
    case COMMAND_RIGHT:
        if (c)
            c->mine = command == COMMAND_RIGHT;
        break;
    case COMMAND_OPEN:
        if (c)
            c->mine = !c->mine;
        else
            finish(v, x);
        break;
    case COMMAND_SAVE:
        finish(v, x);
        break;
    case COMMAND_BACK:
        v->saves_after = false;
        finish(v, x);
        break;
    case COMMAND_SEARCH:
    case COMMAND_EDIT:
    case COMMAND_NEW:
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}
