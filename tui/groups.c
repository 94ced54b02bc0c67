/* The view of working groups: a line for each committee with its next meeting; below, the members
 * of the chosen one. Enter shows its entry, F4 opens the form of the committee itself. */
#include "tui/groups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/app.h"
#include "tui/desk.h"
#include "tui/form.h"
#include "tui/group_page.h"
#include "tui/hits.h"
#include "tui/print.h"
#include "tui/roll.h"

enum {
    TITLE_ROOM = 30, /* columns of the top bar that the area does not get */
    NAME_PART = 50,  /* hundredths of the screen for the area */
    LEAST = 3,       /* rows of the list on a small screen */
};

struct groups_view {
    struct view view;
    char area[AREA_CODE];
    struct names *names;
    struct group_list list;
    struct sheet card; /* the chosen one */
    struct roll roll;
    int rows, columns;
};

static struct format format_of(const struct groups_view *v, const struct context *x)
{
    return (struct format){v->names, x->lang, x->now(x->clock)};
}

static const struct working_group *chosen(const struct groups_view *v)
{
    return v->list.count ? &v->list.rows[v->roll.selected] : NULL;
}

/* Rows of the list: half of the screen, more where there is nothing below. */
static int list_rows(const struct groups_view *v)
{
    int rows = v->rows / 2 - 1;
    return rows > LEAST ? rows : LEAST;
}

static void fit(struct groups_view *v, const struct context *x)
{
    struct format f = format_of(v, x);
    roll_fit(&v->roll, v->list.count, (size_t)list_rows(v));
    sheet_release(&v->card);
    sheet_init(&v->card, v->columns > 3 ? v->columns - 2 : 1);
    v->card.ruler = x->lettering.ruler;
    if (chosen(v) && v->columns)
        group_sheet(&f, &v->card, chosen(v));
}

static bool load(struct groups_view *v, const struct context *x)
{
    struct group_list fresh;
    int64_t today = date_days(date_from_time(x->now(x->clock)));
    if (group_load(x->db, v->area, today, &fresh) != STATUS_OK)
        return false;
    group_list_release(&v->list);
    v->list = fresh;
    return true;
}

static void edit(const struct groups_view *v, const struct context *x)
{
    const struct working_group *g = chosen(v);
    if (!g || !desk_may_write(x, COMMAND_EDIT))
        return;
    struct view *form = form_open(x, RECORD_ORGANIZATION, &g->organization);
    if (form)
        app_push(x->app, form);
    else
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct groups_view *v = (struct groups_view *)view;
    if (roll_command(&v->roll, command)) {
        fit(v, x);
        return OUTCOME_HANDLED;
    }
    if (command == COMMAND_EDIT)
        edit(v, x);
    else if ((command == COMMAND_OPEN || command == COMMAND_RIGHT) && chosen(v))
        desk_open(x, &chosen(v)->service);
    else if (command == COMMAND_LEFT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    else
        return OUTCOME_IGNORED;
    return OUTCOME_HANDLED;
}

/* --- drawing */

static void draw_row(const struct groups_view *v, const struct context *x, struct canvas *c,
                     int row, size_t index)
{
    const struct working_group *g = &v->list.rows[index];
    struct format f = format_of(v, x);
    bool marked = index == v->roll.selected;
    enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
    struct text line = TEXT_INIT;
    int name = (c->columns - 4) * NAME_PART / 100;
    if (marked) {
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    names_path_fit(v->names, &line, x->lang, g->area, name - 1);
    canvas_puts(c, row, 3, name - 1, style, line.bytes);
    text_clear(&line);
    group_add_next(&f, &line, g);
    canvas_puts(c, row, 3 + name, c->columns - 4 - name, marked ? style : group_style(g),
                line.bytes);
    text_release(&line);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct groups_view *v = (const struct groups_view *)view;
    int rows = list_rows(v), below = top + rows + 1;
    for (size_t i = 0; i < v->roll.shown && v->roll.top + i < v->list.count; i++)
        draw_row(v, x, c, top + (int)i, v->roll.top + i);
    if (!v->list.count)
        canvas_puts(c, top, 1, c->columns - 2, STYLE_WARNING, message_get(x->lang, MSG_GROUP_NONE));
    canvas_fill(c, top + rows, 0, c->columns, STYLE_BORDER, 0x2500);
    sheet_draw(&v->card, c, below, 1, bottom - below - 1, 0);
    canvas_puts(c, bottom - 1, 1, c->columns - 2, STYLE_DIM, message_get(x->lang, MSG_GROUP_HINT));
}

/* --- the view */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct groups_view *v = (const struct groups_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_GROUPS));
    names_path_fit(v->names, out, x->lang, v->area, v->columns - TITLE_ROOM);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct groups_view *v = (struct groups_view *)view;
    v->rows = rows;
    v->columns = columns;
    fit(v, x);
}

static void reload(struct view *view, const struct context *x)
{
    struct groups_view *v = (struct groups_view *)view;
    names_forget(v->names);
    (void)load(v, x);
    fit(v, x);
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct groups_view *v = (const struct groups_view *)view;
    if (chosen(v))
        *ret_service = chosen(v)->service;
    return chosen(v) != NULL;
}

static const char *area(const struct view *view)
{
    const struct groups_view *v = (const struct groups_view *)view;
    return chosen(v) ? chosen(v)->area : v->area;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct groups_view *v = (const struct groups_view *)view;
    struct format f = format_of(v, x);
    struct sheet page;
    print_heading(x, view, out);
    sheet_init(&page, PRINT_COLUMNS);
    group_sheets(&f, &page, &v->list);
    sheet_write(&page, out);
    sheet_release(&page);
    return true;
}

static void close_view(struct view *view)
{
    struct groups_view *v = (struct groups_view *)view;
    group_list_release(&v->list);
    sheet_release(&v->card);
    names_free(v->names);
    free(v);
}

struct view *groups_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_LIST,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .selected = selected,
        .area = area,
        .print = print,
    };
    struct groups_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    sheet_init(&v->card, 1);
    if (strcmp(at, AREA_COUNTRY_CODE) != 0)
        snprintf(v->area, sizeof v->area, "%.4s", at);
    if (!load(v, x)) {
        close_view(&v->view);
        return NULL;
    }
    return &v->view;
}
