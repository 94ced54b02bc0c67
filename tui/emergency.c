/* The view of the emergency list; see emergency.h. */
#include "tui/emergency.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/emergency_words.h"
#include "tui/print.h"
#include "tui/roll.h"
#include "tui/way.h"

enum { TITLE_ROOM = 30, MARGIN = 1 };

struct emergency_view {
    struct view view;
    char area[AREA_CODE];
    struct names *names;
    struct emergency table;
    struct emergency_list list;
    enum status status;
    struct sheet sheet;
    struct roll roll; /* its rows; top is what counts */
    int rows, columns;
};

enum status emergency_table(const struct context *x, struct emergency *ret_table)
{
    struct guide_fault fault;
    char *rules = way_rules(NULL);
    enum status status = emergency_load(x->db, rules, ret_table, &fault);
    if (fault.wrong != GUIDE_FINE) {
        struct text line = TEXT_INIT;
        way_add_fault(&line, x->lang, &fault);
        app_say(x->app, STYLE_WARNING, line.bytes);
        text_release(&line);
    }
    free(rules);
    return status;
}

static void fit(struct emergency_view *v)
{
    size_t shown = v->rows > 0 ? (size_t)v->rows : 1;
    size_t most = v->sheet.count > shown ? v->sheet.count - shown : 0;
    roll_fit(&v->roll, most + 1, shown);
}

static void lay_out(struct emergency_view *v, const struct context *x)
{
    struct format f = {v->names, x->lang, x->now(x->clock)};
    sheet_release(&v->sheet);
    sheet_init(&v->sheet, v->columns > 2 * MARGIN + 1 ? v->columns - 2 * MARGIN : 1);
    v->sheet.ruler = x->lettering.ruler;
    if (v->status == STATUS_OK)
        emergency_write(&f, &v->sheet, x->db, &v->list);
    fit(v);
}

static void load(struct emergency_view *v, const struct context *x)
{
    emergency_list_release(&v->list);
    v->status = emergency_make(x->db, &v->table, v->area, x->now(x->clock), &v->list);
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct emergency_view *v = (struct emergency_view *)view;
    (void)x;
    if (roll_command(&v->roll, command))
        return OUTCOME_HANDLED;
    if (command == COMMAND_LEFT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    return OUTCOME_IGNORED;
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct emergency_view *v = (const struct emergency_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_EMERGENCY));
    names_path_fit(v->names, out, x->lang, v->area, v->columns - TITLE_ROOM);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct emergency_view *v = (const struct emergency_view *)view;
    if (v->status == STATUS_OK)
        sheet_draw(&v->sheet, c, top, MARGIN, bottom - top, v->roll.selected);
    else
        canvas_puts(c, top, 1, c->columns - 2, STYLE_ERROR, message_get(x->lang, MSG_APP_PROBLEM));
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct emergency_view *v = (struct emergency_view *)view;
    v->rows = rows;
    v->columns = columns;
    lay_out(v, x);
}

static void reload(struct view *view, const struct context *x)
{
    struct emergency_view *v = (struct emergency_view *)view;
    names_forget(v->names);
    load(v, x);
    lay_out(v, x);
}

static const char *area(const struct view *view)
{
    return ((const struct emergency_view *)view)->area;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct emergency_view *v = (const struct emergency_view *)view;
    struct format f = {v->names, x->lang, x->now(x->clock)};
    struct sheet s;
    if (v->status != STATUS_OK)
        return false;
    print_heading(x, view, out);
    sheet_init(&s, PRINT_COLUMNS);
    emergency_write(&f, &s, x->db, &v->list);
    sheet_write(&s, out);
    sheet_release(&s);
    return true;
}

static void close_view(struct view *view)
{
    struct emergency_view *v = (struct emergency_view *)view;
    sheet_release(&v->sheet);
    emergency_list_release(&v->list);
    emergency_release(&v->table);
    names_free(v->names);
    free(v);
}

struct view *emergency_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_LIST,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .area = area,
        .print = print,
    };
    struct emergency_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    snprintf(v->area, sizeof v->area, "%.6s", strcmp(at, AREA_COUNTRY_CODE) == 0 ? "" : at);
    v->status = emergency_table(x, &v->table);
    if (v->status == STATUS_OK)
        load(v, x);
    return &v->view;
}
