/* The view of the plan: a line for each programme, output and tier; Enter lists its services. */
#include "tui/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/plan_output.h"
#include "db/search.h"
#include "tui/app.h"
#include "tui/hits.h"
#include "tui/plan_table.h"
#include "tui/print.h"
#include "tui/roll.h"

enum {
    TITLE_ROOM = 30, /* columns of the top bar that the area does not get */
    ABOVE = 1,       /* rows: headings */
    BELOW = 3,       /* a line, two of what is selected */
    NUMBER = 8,      /* columns of a figure */
    NARROW = 72,     /* fewer columns have the first figure and the confirmed ones only */
};

struct plan_view {
    struct view view;
    char area[AREA_CODE];
    struct names *names;
    struct plan_count table;
    struct roll roll;
    int rows, columns;
};

static void fit(struct plan_view *v)
{
    roll_fit(&v->roll, v->table.count,
             v->rows > ABOVE + BELOW ? (size_t)(v->rows - ABOVE - BELOW) : 1);
}

static bool load(struct plan_view *v, const struct context *x)
{
    struct plan_count fresh;
    if (plan_count_load(x->db, v->area, &fresh) != STATUS_OK)
        return false;
    plan_count_release(&v->table);
    v->table = fresh;
    return true;
}

static const struct plan_row *chosen(const struct plan_view *v)
{
    return v->table.count ? &v->table.rows[v->roll.selected] : NULL;
}

/* The search with the filters of the row. */
static void open_row(const struct plan_view *v, const struct context *x)
{
    const struct plan_row *row = chosen(v);
    struct filter filters[3] = {
        {.kind = FILTER_OUTPUT}, {.kind = FILTER_TIER}, {.kind = FILTER_AREA}};
    size_t count = 1;
    if (!row)
        return;
    snprintf(filters[0].value, sizeof filters[0].value, "%s", row->output);
    if (row->tier)
        snprintf(filters[count++].value, FILTER_VALUE, "%d", row->tier);
    filters[count].kind = FILTER_AREA;
    if (*v->area)
        snprintf(filters[count++].value, FILTER_VALUE, "%s", v->area);
    app_push(x->app, search_asking(x, "", filters, count));
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct plan_view *v = (struct plan_view *)view;
    if (roll_command(&v->roll, command))
        return OUTCOME_HANDLED;
    if (command == COMMAND_OPEN || command == COMMAND_RIGHT)
        open_row(v, x);
    else if (command == COMMAND_LEFT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    else
        return OUTCOME_IGNORED;
    return OUTCOME_HANDLED;
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* On a narrow screen all services and the confirmed ones. */
static bool shows(int columns, size_t figure)
{
    return columns >= NARROW || figure == 0 || figure == 3;
}

static int figures_column(int columns)
{
    int shown = 0;
    for (size_t i = 0; i < PLAN_FIGURES; i++)
        shown += shows(columns, i);
    return columns - 1 - NUMBER * shown;
}

static void put_right(struct canvas *c, int row, int column, enum style style, const char *s)
{
    int width = canvas_measures(c, s), room = NUMBER - 1;
    canvas_puts(c, row, column + 1 + (width < room ? room - width : 0), room, style, s);
}

static void draw_figures(struct canvas *c, int row, const struct plan_row *of, enum style style)
{
    int figures[PLAN_FIGURES], at = figures_column(c->columns);
    plan_figures(of, figures);
    for (size_t i = 0; i < PLAN_FIGURES; i++) {
        char number[16];
        if (!shows(c->columns, i))
            continue;
        snprintf(number, sizeof number, "%d", figures[i]);
        if (!of->tier || i + 1 < PLAN_FIGURES)
            put_right(c, row, at, style, figures[i] ? number : "\xC2\xB7");
        at += NUMBER;
    }
}

static void draw_heads(const struct context *x, struct canvas *c, int row)
{
    int at = figures_column(c->columns);
    for (size_t i = 0; i < PLAN_FIGURES; i++)
        if (shows(c->columns, i)) {
            put_right(c, row, at, STYLE_TITLE, message_get(x->lang, plan_heading(i)));
            at += NUMBER;
        }
}

static void draw_row(const struct plan_view *v, const struct context *x, struct canvas *c, int row,
                     size_t index)
{
    const struct plan_row *r = &v->table.rows[index];
    bool marked = index == v->roll.selected, programme = plan_output_is_programme(r->output);
    int indent = r->tier ? 8 : programme ? 3 : 5;
    enum style style = marked                    ? STYLE_SELECTED
                       : programme               ? STYLE_STRONG
                       : r->tier || !r->services ? STYLE_DIM
                                                 : STYLE_NORMAL;
    struct text title = TEXT_INIT;
    plan_add_title(&title, v->names, x->lang, r);
    if (marked) {
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    canvas_puts(c, row, indent, figures_column(c->columns) - indent, style, title.bytes);
    draw_figures(c, row, r, style);
    text_release(&title);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct plan_view *v = (const struct plan_view *)view;
    struct text title = TEXT_INIT;
    draw_heads(x, c, top);
    for (size_t i = 0; i < v->roll.shown && v->roll.top + i < v->table.count; i++)
        draw_row(v, x, c, top + ABOVE + (int)i, v->roll.top + i);
    canvas_fill(c, bottom - BELOW, 0, c->columns, STYLE_BORDER, 0x2500);
    if (chosen(v))
        text_adds(&title, names_output(v->names, x->lang, chosen(v)->output));
    canvas_puts(c, bottom - 2, 1, c->columns - 2, STYLE_NORMAL, title.bytes);
    canvas_puts(c, bottom - 1, 1, c->columns - 2, STYLE_DIM, message_get(x->lang, MSG_PLAN_LEGEND));
    text_release(&title);
}

/* --- the view --------------------------------------------------------------------------------- */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct plan_view *v = (const struct plan_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_PLAN));
    names_path_fit(v->names, out, x->lang, v->area, v->columns - TITLE_ROOM);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct plan_view *v = (struct plan_view *)view;
    (void)x;
    v->rows = rows;
    v->columns = columns;
    fit(v);
}

static void reload(struct view *view, const struct context *x)
{
    struct plan_view *v = (struct plan_view *)view;
    names_forget(v->names);
    (void)load(v, x);
    fit(v);
}

static const char *area(const struct view *view)
{
    return ((const struct plan_view *)view)->area;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct plan_view *v = (const struct plan_view *)view;
    print_heading(x, view, out);
    plan_write(&v->table, v->names, x->lang, PRINT_COLUMNS, out);
    return true;
}

static void close_view(struct view *view)
{
    struct plan_view *v = (struct plan_view *)view;
    plan_count_release(&v->table);
    names_free(v->names);
    free(v);
}

struct view *plan_new(const struct context *x, const char *at)
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
    struct plan_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    snprintf(v->area, sizeof v->area, "%s", strcmp(at, AREA_COUNTRY_CODE) == 0 ? "" : at);
    if (!load(v, x)) {
        close_view(&v->view);
        return NULL;
    }
    return &v->view;
}
