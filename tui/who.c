/* The view of who does what where: organizations by sector down; across the kinds of service, or
 * with Tab the parts of the area for the chosen kind. Enter lists the services of a cell. */
#include "tui/who.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/search.h"
#include "tui/app.h"
#include "tui/format.h"
#include "tui/grid.h"
#include "tui/print.h"
#include "tui/who_table.h"

enum {
    TITLE_ROOM = 30, /* columns of the top bar that the area does not get */
    ABOVE = 2,       /* rows: totals, headings */
    BELOW = 4,       /* a line, two of what is selected, the signs */
    CELL = 4,        /* columns of a cell */
};

/* A line of the list: an organization, or the heading of a sector. */
struct line_of {
    bool heading;
    size_t row; /* the first of the sector under a heading */
};

struct who_view {
    struct view view;
    char area[AREA_CODE];
    struct names *names;
    struct who who;
    struct who_across across;
    struct line_of *lines; /* free */
    size_t line_count;
    struct grid grid;
    int rows, columns;
};

/* --- loading */

static void list_lines(struct who_view *v)
{
    int sector = -1;
    free(v->lines);
    v->lines = mem_zalloc(2 * v->who.row_count + 1, sizeof *v->lines);
    v->line_count = 0;
    for (size_t i = 0; i < v->who.row_count; i++) {
        if (!who_has_row(&v->who, &v->across, i))
            continue;
        if (v->who.rows[i].sector != sector) {
            sector = v->who.rows[i].sector;
            v->lines[v->line_count++] = (struct line_of){true, i};
        }
        v->lines[v->line_count++] = (struct line_of){false, i};
    }
}

static const struct line_of *chosen(const struct who_view *v)
{
    return v->line_count ? &v->lines[v->grid.roll.selected] : NULL;
}

/* Nobody stands on a heading: on to the next organization, or back where there is none. */
static void leave_heading(struct who_view *v, bool down)
{
    size_t at = v->grid.roll.selected;
    if (!v->line_count || !v->lines[at].heading)
        return;
    roll_go(&v->grid.roll, down || at == 0 ? at + 1 : at - 1);
}

static void fit(struct who_view *v)
{
    int rows = v->rows - ABOVE - BELOW;
    grid_fit(&v->grid, v->line_count, who_columns(&v->who, &v->across), rows > 0 ? (size_t)rows : 1,
             v->columns);
    leave_heading(v, true);
}

static bool load(struct who_view *v, const struct context *x)
{
    struct who fresh;
    if (who_load(x->db, v->area, x->lang, &fresh) != STATUS_OK)
        return false;
    char kind[4] = "";
    if (v->across.kind != SIZE_MAX)
        memcpy(kind, v->who.kinds[v->across.kind], sizeof kind);
    who_release(&v->who);
    v->who = fresh;
    v->across.kind = who_kind(&v->who, kind);
    list_lines(v);
    return true;
}

/* --- moving */

/* Kinds across, or the parts of the area for the kind the person stands on. */
static void turn(struct who_view *v)
{
    size_t kind = v->across.kind;
    if (!v->across.parts && v->grid.column)
        kind = v->grid.column - 1;
    v->across.kind = v->across.parts ? SIZE_MAX : kind;
    v->grid.column = v->across.parts && kind != SIZE_MAX ? kind + 1 : 0;
    v->across.parts = !v->across.parts;
    list_lines(v);
    fit(v);
}

static void add_filter(struct filter *filters, size_t *count, enum filter_kind kind,
                       const char *value)
{
    filters[*count] = (struct filter){.kind = kind};
    snprintf(filters[(*count)++].value, FILTER_VALUE, "%s", value);
}

/* The search for what is behind the cell; offices that share a row are found by what they are
 * called. */
static void open_cell(const struct who_view *v, const struct context *x)
{
    const struct line_of *line = chosen(v);
    struct filter filters[3];
    size_t count = 0, column = v->grid.column;
    char id[UUID_TEXT];
    if (!line || line->heading)
        return;
    const struct who_row *row = &v->who.rows[line->row];
    const char *area = v->across.parts && column ? v->who.parts[column - 1] : v->area;
    size_t kind = v->across.parts ? v->across.kind : column ? column - 1 : SIZE_MAX;
    uuid_format(&row->id, id);
    if (kind != SIZE_MAX)
        add_filter(filters, &count, FILTER_TYPE, v->who.kinds[kind]);
    if (row->organizations == 1)
        add_filter(filters, &count, FILTER_ORGANIZATION, id);
    if (*area)
        add_filter(filters, &count, FILTER_AREA, area);
    app_push(x->app,
             search_asking(x, row->organizations > 1 ? row->abbreviation_en : "", filters, count));
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct who_view *v = (struct who_view *)view;
    size_t before = v->grid.roll.selected;
    if (grid_command(&v->grid, command)) {
        leave_heading(v, v->grid.roll.selected >= before);
        return OUTCOME_HANDLED;
    }
    if (command == COMMAND_NEXT_PANE)
        turn(v);
    else if (command == COMMAND_OPEN)
        open_cell(v, x);
    else if (command == COMMAND_LEFT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    else if (command != COMMAND_RIGHT)
        return OUTCOME_IGNORED;
    return OUTCOME_HANDLED;
}

/* --- drawing */

static void draw_total(const struct who_view *v, const struct context *x, struct canvas *c, int row)
{
    char organizations[24], kinds[24];
    size_t count = 0;
    struct text line = TEXT_INIT;
    for (size_t i = 0; i < v->line_count; i++)
        count += v->lines[i].heading ? 0 : v->who.rows[v->lines[i].row].organizations;
    snprintf(organizations, sizeof organizations, "%zu", count);
    snprintf(kinds, sizeof kinds, "%zu", v->who.kind_count);
    message_format(&line, x->lang, MSG_WHO_TOTAL, "organizations", organizations, "kinds", kinds,
                   (char *)NULL);
    if (v->across.parts && v->across.kind != SIZE_MAX) {
        const char *kind = v->who.kinds[v->across.kind];
        text_clear(&line);
        text_addf(&line, "%s %s", kind, names_term(v->names, x->lang, kind));
    }
    const char *hint = message_get(x->lang, MSG_WHO_HINT);
    int room = c->columns - 3 - canvas_measures(c, hint);
    canvas_puts(c, row, 1, room - 1, STYLE_TITLE, line.bytes);
    canvas_puts(c, row, room + 1, c->columns - room - 2, STYLE_DIM, hint);
    text_release(&line);
}

static void add_heading(const void *context, size_t column, struct text *out)
{
    const struct who_view *v = context;
    who_add_heading(out, &v->who, &v->across, column);
}

static void draw_line(const struct who_view *v, const struct context *x, struct canvas *c, int row,
                      size_t index)
{
    const struct line_of *line = &v->lines[index];
    struct text text = TEXT_INIT;
    if (line->heading) {
        canvas_puts(c, row, 1, c->columns - 2, STYLE_TITLE,
                    who_sector(x->lang, v->who.rows[line->row].sector));
        return;
    }
    who_add_name(&text, v->names, x->lang, &v->who.rows[line->row]);
    grid_draw_name(&v->grid, c, row, index, STYLE_NORMAL, text.bytes);
    for (size_t k = v->grid.left; k < grid_end(&v->grid); k++) {
        bool own = who_cell(&v->who, &v->across, line->row, k).parts > 0;
        text_clear(&text);
        who_add_cell(&text, &v->who, &v->across, line->row, k, app_theme(x->app) == THEME_MONO);
        canvas_puts(c, row, grid_x(&v->grid, k), CELL - 1, own ? STYLE_FILTER : STYLE_MATCH,
                    text.bytes);
    }
    grid_mark_cell(&v->grid, c, row, index);
    text_release(&text);
}

/* What the chosen cell says, in words. */
static void add_cell_words(const struct who_view *v, const struct context *x, struct text *out)
{
    const struct line_of *line = chosen(v);
    char services[16], parts[16], all[16];
    size_t column = v->grid.column;
    struct who_cell cell = who_cell(&v->who, &v->across, line->row, column ? column - 1 : SIZE_MAX);
    snprintf(services, sizeof services, "%d", cell.services);
    snprintf(parts, sizeof parts, "%d", cell.parts);
    snprintf(all, sizeof all, "%zu", v->who.part_count);
    if (column && v->across.parts)
        names_area(v->names, out, x->lang, v->who.parts[column - 1]);
    else if (column)
        text_addf(out, "%s %s", v->who.kinds[column - 1],
                  names_term(v->names, x->lang, v->who.kinds[column - 1]));
    if (column)
        text_adds(out, NAMES_DOT);
    message_format(out, x->lang, MSG_WHO_CELL, "services", services, "parts", parts, "all", all,
                   (char *)NULL);
    if (cell.around)
        text_addf(out, NAMES_DOT "%s", message_get(x->lang, MSG_WHO_AROUND));
}

static void draw_selected(const struct who_view *v, const struct context *x, struct canvas *c,
                          int row)
{
    struct text line = TEXT_INIT;
    if (chosen(v) && !chosen(v)->heading) {
        who_add_name(&line, v->names, x->lang, &v->who.rows[chosen(v)->row]);
        canvas_puts(c, row, 1, c->columns - 2, STYLE_STRONG, line.bytes);
        text_clear(&line);
        add_cell_words(v, x, &line);
        canvas_puts(c, row + 1, 1, c->columns - 2, STYLE_NORMAL, line.bytes);
    }
    text_clear(&line);
    who_add_legend(&line, x->lang, app_theme(x->app) == THEME_MONO);
    canvas_puts(c, row + 2, 1, c->columns - 2, STYLE_DIM, line.bytes);
    text_release(&line);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct who_view *v = (const struct who_view *)view;
    draw_total(v, x, c, top);
    grid_draw_heads(&v->grid, c, top + 1, add_heading, v);
    for (size_t i = 0; i < v->grid.roll.shown && v->grid.roll.top + i < v->line_count; i++)
        draw_line(v, x, c, top + ABOVE + (int)i, v->grid.roll.top + i);
    canvas_fill(c, bottom - BELOW, 0, c->columns, STYLE_BORDER, 0x2500);
    draw_selected(v, x, c, bottom - BELOW + 1);
}

/* --- the view */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct who_view *v = (const struct who_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_WHO));
    names_path_fit(v->names, out, x->lang, v->area, v->columns - TITLE_ROOM);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct who_view *v = (struct who_view *)view;
    (void)x;
    v->rows = rows;
    v->columns = columns;
    fit(v);
}

static void reload(struct view *view, const struct context *x)
{
    struct who_view *v = (struct who_view *)view;
    names_forget(v->names);
    (void)load(v, x);
    fit(v);
}

static const char *area(const struct view *view)
{
    return ((const struct who_view *)view)->area;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct who_view *v = (const struct who_view *)view;
    print_heading(x, view, out);
    who_write(&v->who, &v->across, v->names, x->lang, PRINT_COLUMNS, out);
    return true;
}

static void close_view(struct view *view)
{
    struct who_view *v = (struct who_view *)view;
    who_release(&v->who);
    names_free(v->names);
    free(v->lines);
    free(v);
}

struct view *who_new(const struct context *x, const char *at)
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
    struct who_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    v->grid.cell = CELL;
    v->across.kind = SIZE_MAX;
    if (strcmp(at, AREA_COUNTRY_CODE) != 0)
        snprintf(v->area, sizeof v->area, "%.6s", at);
    if (!load(v, x)) {
        close_view(&v->view);
        return NULL;
    }
    return &v->view;
}
