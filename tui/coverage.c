/* The coverage view: loading, moving through areas and kinds, the ranking. Drawing is in
 * coverage_draw.c. */
#include "tui/coverage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/as_of.h"
#include "tui/app.h"
#include "tui/coverage_view.h"
#include "tui/way.h"

enum { TITLE_ROOM = 30 }; /* columns of the top bar that the area does not get */

/* --- loading */

static void fit(struct coverage_view *v)
{
    size_t rows = (size_t)coverage_list_rows(v);
    grid_fit(&v->grid, v->matrix.row_count, v->matrix.column_count, rows, v->columns);
    roll_fit(&v->rank_roll, v->rank_count, rows);
}

/* Shows an area with the row of `code` selected. */
static void show(struct coverage_view *v, const char *area, const char *code)
{
    struct coverage_matrix m;
    matrix_make(&v->now, v->compared ? &v->before : NULL, area, &m);
    matrix_release(&v->matrix);
    v->matrix = m;
    roll_fit(&v->grid.roll, m.row_count, (size_t)coverage_list_rows(v));
    for (size_t i = 0; i < m.row_count; i++)
        if (strcmp(m.rows[i], code) == 0)
            roll_go(&v->grid.roll, i);
    free(v->ranks);
    v->ranks = coverage_rank(&v->now, area, &v->rank_count);
    fit(v);
}

static void load(struct coverage_view *v, const struct context *x)
{
    struct coverage fresh;
    v->status = coverage_load(x->db, &v->package, &fresh);
    if (v->status != STATUS_OK)
        return;
    coverage_release(&v->now);
    v->now = fresh;
}

/* Commands that need a whole matrix do nothing without one. */
static void show_again(struct coverage_view *v)
{
    char area[AREA_CODE], code[AREA_CODE] = "";
    memcpy(area, v->matrix.area, sizeof area);
    if (v->matrix.row_count)
        memcpy(code, v->matrix.rows[v->grid.roll.selected], sizeof code);
    show(v, area, code);
}

bool coverage_compare(struct coverage_view *v, const struct context *x, int64_t day)
{
    struct db *past;
    struct coverage before;
    if (day < 0) {
        coverage_release(&v->before);
        v->compared = false;
        show_again(v);
        return true;
    }
    if (db_as_of(x->db, as_of_day_end_ms(day), NULL, &past) != STATUS_OK)
        return false;
    enum status status = coverage_load(past, &v->package, &before);
    db_close(past);
    if (status != STATUS_OK)
        return false;
    coverage_release(&v->before);
    v->before = before;
    v->before_day = day;
    v->compared = true;
    show_again(v);
    return true;
}

/* --- moving */

static bool has_parts(const char *area)
{
    return area_level(area) < 3;
}

static void go_up(struct coverage_view *v)
{
    char from[AREA_CODE], above[AREA_CODE];
    size_t len = strlen(v->matrix.area);
    memcpy(from, v->matrix.area, sizeof from);
    snprintf(above, sizeof above, "%.*s", (int)(len >= 2 ? len - 2 : 0), from);
    show(v, above, from);
}

static void open_row(struct coverage_view *v, const struct context *x)
{
    char code[AREA_CODE];
    memcpy(code, v->matrix.rows[v->grid.roll.selected], sizeof code);
    if (v->grid.column) {
        app_push(x->app, coverage_cell_new(x, v, code, v->matrix.columns[v->grid.column - 1]));
    } else if (v->grid.roll.selected == 0) {
        if (*v->matrix.area)
            go_up(v);
    } else if (has_parts(code)) {
        show(v, code, code);
    } else {
        v->grid.column = 1; /* a commune has no parts: on to its kinds */
        fit(v);
    }
}

static void open_ranked(struct coverage_view *v)
{
    char code[AREA_CODE], area[AREA_CODE];
    if (!v->rank_count)
        return;
    memcpy(code, v->ranks[v->rank_roll.selected].code, sizeof code);
    snprintf(area, sizeof area, "%.4s", code);
    v->ranking = false;
    v->grid.column = 0;
    show(v, area, code);
}

static unsigned run_matrix(struct coverage_view *v, const struct context *x, enum command command)
{
    if (grid_command(&v->grid, command))
        return OUTCOME_HANDLED;
    switch (command) {
    case COMMAND_LEFT:
        if (*v->matrix.area)
            go_up(v);
        else
            return OUTCOME_HANDLED | OUTCOME_POP;
        break;
    case COMMAND_OPEN:
        open_row(v, x);
        break;
    case COMMAND_BACK:
        if (strcmp(v->matrix.area, v->base) == 0 || !area_contains(v->base, v->matrix.area))
            return OUTCOME_HANDLED | OUTCOME_POP;
        go_up(v);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static unsigned run_ranking(struct coverage_view *v, enum command command)
{
    if (roll_command(&v->rank_roll, command))
        return OUTCOME_HANDLED;
    if (command == COMMAND_OPEN || command == COMMAND_RIGHT)
        open_ranked(v);
    else if (command == COMMAND_BACK || command == COMMAND_LEFT)
        v->ranking = false;
    else
        return OUTCOME_IGNORED;
    return OUTCOME_HANDLED;
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct coverage_view *v = (struct coverage_view *)view;
    unsigned outcome = OUTCOME_HANDLED;
    if (v->status != STATUS_OK && !v->matrix.row_count)
        return OUTCOME_IGNORED;
    if (command == COMMAND_RANKING || command == COMMAND_NEXT_PANE)
        v->ranking = !v->ranking;
    else if (command == COMMAND_COMPARE)
        app_push(x->app, coverage_compare_new(x, v));
    else
        outcome = v->ranking ? run_ranking(v, command) : run_matrix(v, x, command);
    fit(v);
    return outcome;
}

/* --- the view */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct coverage_view *v = (const struct coverage_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_COVERAGE));
    names_path_fit(v->names, out, x->lang, v->matrix.area, v->columns - TITLE_ROOM);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct coverage_view *v = (struct coverage_view *)view;
    (void)x;
    v->rows = rows;
    v->columns = columns;
    fit(v);
}

static void reload(struct view *view, const struct context *x)
{
    struct coverage_view *v = (struct coverage_view *)view;
    names_forget(v->names);
    load(v, x);
    if (v->status == STATUS_OK)
        show_again(v);
}

static const char *area(const struct view *view)
{
    return ((const struct coverage_view *)view)->matrix.area;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct coverage_view *v = (const struct coverage_view *)view;
    if (!v->matrix.row_count)
        return false;
    matrix_write(&v->matrix, v->names, x->lang, out);
    return true;
}

static void close_view(struct view *view)
{
    struct coverage_view *v = (struct coverage_view *)view;
    matrix_release(&v->matrix);
    coverage_release(&v->now);
    coverage_release(&v->before);
    package_release(&v->package);
    names_free(v->names);
    free(v->ranks);
    free(v);
}

/* A wrong file of an office's own is told; the built-in package is used then. */
static enum status load_package(struct coverage_view *v, const struct context *x)
{
    struct guide_fault fault;
    char *rules = way_rules(NULL);
    enum status status = package_load(x->db, rules, &v->package, &fault);
    if (fault.wrong != GUIDE_FINE) {
        struct text line = TEXT_INIT;
        way_add_fault(&line, x->lang, &fault);
        app_say(x->app, STYLE_WARNING, line.bytes);
        text_release(&line);
    }
    free(rules);
    return status;
}

struct view *coverage_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_COVERAGE,
        .title = title,
        .draw = coverage_draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .area = area,
        .print = print,
    };
    struct coverage_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    v->grid.cell = COVERAGE_CELL;
    v->status = load_package(v, x);
    if (v->status == STATUS_OK)
        load(v, x);
    if (v->status != STATUS_OK) {
        close_view(&v->view);
        return NULL;
    }
    if (strcmp(at, AREA_COUNTRY_CODE) != 0)
        snprintf(v->base, sizeof v->base, "%.4s", at);
    show(v, v->base, strlen(at) >= 6 ? at : v->base);
    return &v->view;
}
