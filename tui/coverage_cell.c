/* The services behind a cell of the coverage: those here, then those from outside, the nearest
 * first. Enter shows one. */
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/coverage_view.h"
#include "tui/desk.h"
#include "tui/hits.h"

enum {
    ABOVE = 3, /* rows */
    TITLE_ROOM = 30,
    WIDE = 64, /* columns from which is told whom a service is made for */
    FROM = 26,
};

struct cell_view {
    struct view view;
    struct coverage_view *of; /* the view below */
    char code[AREA_CODE];
    char kind[4];
    struct uuid *ids; /* free; as they are listed */
    char **lines;     /* free, and each; in the present language */
    char **froms;     /* the same: whom it is made for, "" it is here */
    size_t count;
    struct roll roll;
    int rows, columns;
};

static void forget(struct cell_view *v)
{
    for (size_t i = 0; i < v->count; i++) {
        free(v->lines[i]);
        free(v->froms[i]);
    }
    free(v->froms);
    free(v->lines);
    free(v->ids);
}

static void load(struct cell_view *v, const struct context *x)
{
    size_t kind = coverage_kind(&v->of->now, v->kind);
    bool plain = app_theme(x->app) == THEME_MONO;
    forget(v);
    struct coverage_service *services =
        coverage_services(&v->of->now, v->code, kind, x->lang, &v->count);
    v->ids = mem_zalloc(v->count + 1, sizeof *v->ids);
    v->lines = mem_zalloc(v->count + 1, sizeof *v->lines);
    v->froms = mem_zalloc(v->count + 1, sizeof *v->froms);
    for (size_t i = 0; i < v->count; i++) {
        struct text line = TEXT_INIT, from = TEXT_INIT;
        matrix_add_service(&line, v->of->names, x->lang, &services[i], plain);
        matrix_add_from(&from, v->of->names, x->lang, &services[i]);
        v->froms[i] = text_take(&from);
        v->ids[i] = services[i].row->id;
        v->lines[i] = text_take(&line);
    }
    free(services);
}

static void fit(struct cell_view *v)
{
    roll_fit(&v->roll, v->count, v->rows > ABOVE + 1 ? (size_t)(v->rows - ABOVE - 1) : 1);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct cell_view *v = (const struct cell_view *)view;
    struct text line = TEXT_INIT;
    size_t kind = coverage_kind(&v->of->now, v->kind);
    struct coverage_cell cell = coverage_at(&v->of->now, v->code, kind);
    bool plain = app_theme(x->app) == THEME_MONO;
    text_addf(&line, "%s %s", v->kind, names_term(v->of->names, x->lang, v->kind));
    canvas_puts(c, top, 1, c->columns - 2, STYLE_TITLE, line.bytes);
    canvas_puts(c, top + 1, 1, 1, coverage_style(cell.state), matrix_sign(cell.state, plain));
    canvas_puts(c, top + 1, 3, c->columns - 4, STYLE_STRONG,
                message_get(x->lang, matrix_label(cell.state)));
    if (!v->count)
        canvas_puts(c, top + ABOVE, 1, c->columns - 2, STYLE_WARNING,
                    message_get(x->lang, MSG_COVERAGE_NOBODY));
    for (size_t i = 0; i < v->roll.shown && v->roll.top + i < v->count; i++) {
        size_t index = v->roll.top + i;
        int row = top + ABOVE + (int)i;
        bool marked = index == v->roll.selected;
        enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
        if (marked) {
            canvas_fill(c, row, 0, c->columns, style, 0);
            canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
        }
        int from = c->columns >= WIDE && *v->froms[index] ? FROM : 0;
        canvas_puts(c, row, 3, c->columns - 4 - from, style, v->lines[index]);
        canvas_puts(c, row, c->columns - from, from - 1, marked ? style : STYLE_DIM,
                    v->froms[index]);
    }
    text_clear(&line);
    matrix_add_legend(&line, x->lang, plain, false);
    canvas_puts(c, bottom - 1, 1, c->columns - 2, STYLE_DIM, line.bytes);
    text_release(&line);
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct cell_view *v = (struct cell_view *)view;
    if (roll_command(&v->roll, command))
        return OUTCOME_HANDLED;
    if ((command == COMMAND_OPEN || command == COMMAND_RIGHT) && v->count)
        desk_open(x, &v->ids[v->roll.selected]);
    else if (command == COMMAND_LEFT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    else if (command != COMMAND_OPEN && command != COMMAND_RIGHT)
        return OUTCOME_IGNORED;
    return OUTCOME_HANDLED;
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct cell_view *v = (const struct cell_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_COVERAGE));
    names_path_fit(v->of->names, out, x->lang, v->code, v->columns - TITLE_ROOM);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct cell_view *v = (struct cell_view *)view;
    (void)x;
    v->rows = rows;
    v->columns = columns;
    fit(v);
}

/* The view below was read again before this one. */
static void reload(struct view *view, const struct context *x)
{
    struct cell_view *v = (struct cell_view *)view;
    load(v, x);
    fit(v);
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct cell_view *v = (const struct cell_view *)view;
    if (v->count)
        *ret_service = v->ids[v->roll.selected];
    return v->count > 0;
}

static const char *area(const struct view *view)
{
    return ((const struct cell_view *)view)->code;
}

static void close_view(struct view *view)
{
    forget((struct cell_view *)view);
    free(view);
}

struct view *coverage_cell_new(const struct context *x, struct coverage_view *of, const char *code,
                               size_t kind)
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
    };
    struct cell_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->of = of;
    memcpy(v->code, code, strlen(code) + 1);
    memcpy(v->kind, of->now.kinds[kind], sizeof v->kind);
    load(v, x);
    return &v->view;
}
