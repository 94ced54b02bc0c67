/* The list of alerts; see alerts.h. */
#include "tui/alerts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/suspend.h"
#include "i18n/number.h"
#include "tui/alert_words.h"
#include "tui/app.h"
#include "tui/desk.h"
#include "tui/emergency.h"
#include "tui/form.h"
#include "tui/hits.h"
#include "tui/print.h"
#include "tui/roll.h"

enum { LINES = 3, TITLE_ROOM = 30 }; /* rows of an alert: what, what it says, a gap */

struct alerts_view {
    struct view view;
    char area[AREA_CODE];
    struct names *names;
    struct alert_list list;
    size_t *suspended; /* services, of each; in the list's arena */
    enum status status;
    struct roll roll;
    int rows, columns;
};

static const struct alert *chosen(const struct alerts_view *v)
{
    return v->roll.count ? &v->list.rows[v->roll.selected] : NULL;
}

static enum status count_suspended(struct alerts_view *v, const struct context *x)
{
    v->suspended = arena_alloc(&v->list.arena, (v->list.count + 1) * sizeof *v->suspended);
    for (size_t i = 0; i < v->list.count; i++) {
        struct suspend_list services;
        enum status status = suspend_suspended(x->db, &v->list.rows[i], &services);
        if (status != STATUS_OK)
            return status;
        v->suspended[i] = services.count;
        suspend_list_release(&services);
    }
    return STATUS_OK;
}

static void load(struct alerts_view *v, const struct context *x)
{
    struct uuid kept = chosen(v) ? chosen(v)->id : (struct uuid){0};
    alert_list_release(&v->list);
    v->status = alert_load(x->db, date_days(date_from_time(x->now(x->clock))), &v->list);
    if (v->status == STATUS_OK) {
        alert_keep_around(&v->list, v->area);
        v->status = count_suspended(v, x);
    }
    if (v->status != STATUS_OK)
        v->list.count = 0;
    roll_fit(&v->roll, v->list.count, v->roll.shown);
    for (size_t i = 0; i < v->list.count; i++)
        if (uuid_equal(&v->list.rows[i].id, &kept))
            roll_go(&v->roll, i);
}

static void fit(struct alerts_view *v)
{
    roll_fit(&v->roll, v->list.count, v->rows > LINES ? (size_t)(v->rows - 1) / LINES : 1);
}

/* --- drawing --- */

static void draw_alert(const struct alerts_view *v, const struct context *x, struct canvas *c,
                       int row, size_t at)
{
    const struct alert *a = &v->list.rows[at];
    struct format f = {v->names, x->lang, x->now(x->clock)};
    bool marked = at == v->roll.selected, other;
    enum style style = marked                     ? STYLE_SELECTED
                       : a->state == ALERT_NOW    ? STYLE_WARNING
                       : a->state == ALERT_COMING ? STYLE_NORMAL
                                                  : STYLE_DIM;
    enum style more = marked ? STYLE_SELECTED : STYLE_NORMAL;
    struct text line = TEXT_INIT, days = TEXT_INIT;
    for (int i = 0; marked && i < LINES - 1; i++)
        canvas_fill(c, row + i, 0, c->columns, STYLE_SELECTED, 0);
    if (marked)
        canvas_fill(c, row, 1, 1, STYLE_SELECTED, SELECTED_MARK);
    alert_add_name(&f, &line, a);
    alert_add_days(&f, &days, a);
    if (days.len)
        text_addf(&line, NAMES_DOT "%s", days.bytes);
    canvas_puts(c, row, 3, c->columns - 4, style, line.bytes);
    text_clear(&line);
    alert_add_state(&f, &line, a, v->suspended[at]);
    text_adds(&line, NAMES_DOT);
    text_adds(&line, format_pick(names_lang(v->names, x->lang), a->text_km, a->text_en, &other));
    canvas_puts(c, row + 1, 5, c->columns - 6, more, line.bytes);
    text_release(&line);
    text_release(&days);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct alerts_view *v = (const struct alerts_view *)view;
    if (v->roll.count == 0) {
        bool fine = v->status == STATUS_OK;
        canvas_puts(c, top, 1, c->columns - 2, fine ? STYLE_NORMAL : STYLE_ERROR,
                    message_get(x->lang, fine ? MSG_ALERT_NONE : MSG_APP_PROBLEM));
    }
    int row = top;
    for (size_t i = v->roll.top; i < v->roll.count && row + LINES <= bottom; i++, row += LINES)
        draw_alert(v, x, c, row, i);
    canvas_puts(c, bottom - 1, 1, c->columns - 2, STYLE_DIM, message_get(x->lang, MSG_ALERT_HINT));
}

/* --- keys --- */

static void review(const struct context *x, const struct alert *a, enum suspend_act act,
                   enum command command)
{
    if (!desk_may_write(x, command))
        return;
    struct view *v = suspend_new(x, &a->id, act);
    if (v)
        app_push(x->app, v);
    else
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
}

static void edit(const struct alerts_view *v, const struct context *x, const struct alert *a)
{
    enum command command = a ? COMMAND_EDIT : COMMAND_NEW;
    if (!desk_may_write(x, command))
        return;
    struct view *form = a ? form_open(x, RECORD_AREA_ALERT, &a->id)
                          : form_new(x, RECORD_AREA_ALERT, *v->area ? v->area : AREA_COUNTRY_CODE);
    if (form)
        app_push(x->app, form);
    else
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct alerts_view *v = (struct alerts_view *)view;
    const struct alert *a = chosen(v);
    if (roll_command(&v->roll, command))
        return OUTCOME_HANDLED;
    if (command == COMMAND_LEFT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    if (command == COMMAND_NEW)
        edit(v, x, NULL);
    else if (command == COMMAND_EMERGENCY)
        app_push(x->app, emergency_new(x, a ? a->area : v->area));
    else if (!a)
        return OUTCOME_IGNORED;
    else if (command == COMMAND_OPEN || command == COMMAND_RIGHT)
        app_push(x->app, emergency_new(x, a->area));
    else if (command == COMMAND_EDIT)
        edit(v, x, a);
    else if (command == COMMAND_SUSPEND)
        review(x, a, ACT_SUSPEND, command);
    else if (command == COMMAND_RESTORE)
        review(x, a, ACT_RESTORE, command);
    else if (command == COMMAND_END_ALERT)
        review(x, a, ACT_END, command);
    else
        return OUTCOME_IGNORED;
    return OUTCOME_HANDLED;
}

/* --- the view --- */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct alerts_view *v = (const struct alerts_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_ALERTS));
    names_path_fit(v->names, out, x->lang, v->area, v->columns - TITLE_ROOM);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct alerts_view *v = (struct alerts_view *)view;
    (void)x;
    v->rows = rows;
    v->columns = columns;
    fit(v);
}

static void reload(struct view *view, const struct context *x)
{
    struct alerts_view *v = (struct alerts_view *)view;
    names_forget(v->names);
    load(v, x);
    fit(v);
}

static const char *area(const struct view *view)
{
    return ((const struct alerts_view *)view)->area;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct alerts_view *v = (const struct alerts_view *)view;
    struct format f = {v->names, x->lang, x->now(x->clock)};
    struct text line = TEXT_INIT;
    struct sheet s;
    print_heading(x, view, out);
    sheet_init(&s, PRINT_COLUMNS);
    for (size_t i = 0; i < v->list.count; i++) {
        text_clear(&line);
        alert_add_line(&f, &line, &v->list.rows[i]);
        sheet_text(&s, 0, STYLE_NORMAL, line.bytes);
        text_clear(&line);
        alert_add_state(&f, &line, &v->list.rows[i], v->suspended[i]);
        sheet_text(&s, 2, STYLE_NORMAL, line.bytes);
        sheet_gap(&s);
    }
    sheet_write(&s, out);
    sheet_release(&s);
    text_release(&line);
    return v->list.count > 0;
}

static void close_view(struct view *view)
{
    struct alerts_view *v = (struct alerts_view *)view;
    alert_list_release(&v->list);
    names_free(v->names);
    free(v);
}

struct view *alerts_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_ALERTS,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .area = area,
        .print = print,
    };
    struct alerts_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    v->rows = 1;
    snprintf(v->area, sizeof v->area, "%s", strcmp(at, AREA_COUNTRY_CODE) == 0 ? "" : at);
    load(v, x);
    return &v->view;
}
