/* The pathway on the screen: the flow chart or the list, going from step to step, opening the
 * service, noting that one was not available. Drawing the chart is in way_chart.c. */
#include "tui/way_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/gap.h"
#include "i18n/number.h"
#include "tui/alert_words.h"
#include "tui/app.h"
#include "tui/desk.h"
#include "tui/pick_area.h"
#include "tui/print.h"
#include "tui/training.h"
#include "tui/value.h"
#include "tui/way_chart.h"

enum {
    TITLE_ROOM = 44, /* columns of the top bar that the area does not get */
    COLUMNS_LEAST = 20,
    MARGIN = 2,      /* columns at the left of the list */
    HINT_LEAST = 14, /* rows; on a lower screen no row is given to the hint */
    MARK = 0x25B6,
};

struct way_view {
    struct view view;
    struct names *names;
    char *rules;
    struct way_query query;
    struct uuid *passed;          /* services that were not available */
    char (*passed_in)[AREA_CODE]; /* the place each was noted for */
    struct way way;
    bool loaded;
    enum status status;
    bool list;
    struct way_chart chart;
    struct sheet sheet;
    size_t *steps; /* row of the sheet each step begins in */
    size_t selected;
    int top; /* row of the chart or list */
    int rows, columns;
};

static struct format format_of(const struct way_view *v, const struct context *x)
{
    return (struct format){v->names, x->lang, x->now(x->clock)};
}

/* --- laying out
 * -------------------------------------------------------------------------------------- */

/* Rows for the chart or list. */
static int room(int rows)
{
    return rows >= HINT_LEAST ? rows - 1 : rows;
}

static int total(const struct way_view *v)
{
    return v->list ? (int)v->sheet.count : v->chart.rows;
}

static void clamp(struct way_view *v)
{
    int most = total(v) - v->rows;
    v->top = v->top > most ? most : v->top;
    v->top = v->top < 0 ? 0 : v->top;
}

/* Scrolls so that the chosen step can be seen, its lines above it too. */
static void show(struct way_view *v)
{
    int first = 0, last = 0;
    if (!v->loaded || v->columns == 0)
        return;
    if (v->list) {
        size_t next = v->selected + 1;
        first = (int)v->steps[v->selected];
        last = next < v->way.pathway.count ? (int)v->steps[next] - 1 : first + 6;
        first = v->selected == 0 ? 0 : first;
    } else {
        const struct way_box *box = &v->chart.boxes[v->selected];
        first = box->grid_row == 0 ? 0 : box->top - 2;
        last = box->top + box->height;
    }
    if (last >= v->top + v->rows)
        v->top = last + 1 - v->rows;
    if (first < v->top)
        v->top = first;
    clamp(v);
}

static void forget_layout(struct way_view *v)
{
    way_chart_release(&v->chart);
    sheet_release(&v->sheet);
    free(v->steps);
    v->steps = NULL;
}

static void lay_out(struct way_view *v, const struct context *x)
{
    struct format f = format_of(v, x);
    int columns = v->columns < COLUMNS_LEAST ? COLUMNS_LEAST : v->columns;
    forget_layout(v);
    if (!v->loaded || v->columns == 0)
        return;
    way_chart_make(&f, x->lettering.ruler, &v->way, columns, &v->chart);
    sheet_init(&v->sheet, columns - MARGIN - 1);
    v->sheet.ruler = x->lettering.ruler;
    v->steps = mem_zalloc(v->way.pathway.count + 1, sizeof *v->steps);
    way_list(&f, &v->sheet, &v->way, v->steps);
    show(v);
}

/* --- loading
 * ----------------------------------------------------------------------------------------- */

static void unload(struct way_view *v)
{
    forget_layout(v);
    if (v->loaded)
        way_release(&v->way);
    v->loaded = false;
}

static void load(struct way_view *v, const struct context *x)
{
    unload(v);
    if (area_level(v->query.area) < 2)
        return;
    v->query.child.now = x->now(x->clock);
    v->query.unavailable = v->passed;
    v->status = way_load(x->db, v->rules, &v->query, &v->way);
    v->loaded = v->status == STATUS_OK;
    if (v->loaded && v->selected >= v->way.pathway.count)
        v->selected = v->way.pathway.count > 0 ? v->way.pathway.count - 1 : 0;
    lay_out(v, x);
}

static void tell_fault(const struct way_view *v, const struct context *x)
{
    struct text line = TEXT_INIT;
    if (v->loaded && v->way.fault.wrong != GUIDE_FINE) {
        way_add_fault(&line, x->lang, &v->way.fault);
        app_say(x->app, STYLE_WARNING, line.bytes);
    }
    text_release(&line);
}

/* --- what the keys do
 * -------------------------------------------------------------------------------- */

static void take_area(void *to, const struct context *x, const char *code)
{
    struct way_view *v = to;
    snprintf(v->query.area, sizeof v->query.area, "%s", code);
    load(v, x);
    tell_fault(v, x);
}

static void take_whom(void *to, const struct context *x, const struct way_query *query)
{
    struct way_view *v = to;
    memcpy(v->query.area, query->area, sizeof v->query.area);
    v->query.child = query->child;
    v->query.tier = query->tier;
    v->query.happened = query->happened;
    load(v, x);
}

static const struct pathway_step *step_of(const struct way_view *v)
{
    return v->loaded ? &v->way.pathway.steps[v->selected] : NULL;
}

static void open_step(struct way_view *v, const struct context *x)
{
    const struct pathway_step *step = step_of(v);
    if (!step || step->why == PATH_COMMUNE)
        app_push(x->app, pick_area_new(x, v->query.area, take_area, v));
    else if (step->service)
        desk_open(x, &step->service->id);
    else
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_WAY_NO_SERVICE));
}

static void copy(const struct way_view *v, const struct context *x)
{
    struct format f = format_of(v, x);
    struct text card = TEXT_INIT;
    alert_add_lines(&f, &card, x->db, v->way.pathway.area);
    way_card(&f, &card, &v->way);
    training_copy(x, &card);
    text_release(&card);
}

static bool note_gap(const struct way_view *v, const struct context *x,
                     const struct pathway_step *step)
{
    const struct gap gap = {
        .need = v->way.pathway.need,
        .area = v->way.pathway.area,
        .kind = step->kind,
        .service = step->service->id,
        .day = date_days(date_from_time(x->now(x->clock))),
    };
    if (app_is_past(x->app) || app_is_read_only(x->app)) {
        app_say(x->app, STYLE_WARNING,
                message_get(x->lang, app_is_past(x->app) ? MSG_WRITE_PAST : MSG_WRITE_READ_ONLY));
        return false;
    }
    enum status status = gap_add(x->db, &gap);
    if (status != STATUS_OK)
        desk_say_failed(x, status);
    return status == STATUS_OK;
}

/* The service of the chosen step was not available: noted, and passed over from now on. */
static void pass_over(struct way_view *v, const struct context *x)
{
    const struct pathway_step *step = step_of(v);
    struct format f = format_of(v, x);
    struct text name = TEXT_INIT, line = TEXT_INIT;
    if (!step || !step->service) {
        app_say(x->app, STYLE_NORMAL, message_get(x->lang, MSG_WAY_NO_SERVICE));
        return;
    }
    if (!note_gap(v, x, step))
        return;
    format_hit_name(&f, &name, step->service);
    message_format(&line, x->lang, MSG_WAY_PASSED, "name", name.bytes, NULL);
    v->passed = mem_realloc(v->passed, v->query.unavailable_count + 1, sizeof *v->passed);
    v->passed_in = mem_realloc(v->passed_in, v->query.unavailable_count + 1, sizeof *v->passed_in);
    memcpy(v->passed_in[v->query.unavailable_count], v->way.pathway.area, AREA_CODE);
    v->passed[v->query.unavailable_count++] = step->service->id;
    load(v, x);
    app_say(x->app, STYLE_NORMAL, line.bytes);
    text_release(&name);
    text_release(&line);
}

/* Takes the last note back: the service was there after all. */
static void take_back(struct way_view *v, const struct context *x)
{
    struct text name = TEXT_INIT, line = TEXT_INIT;
    if (!v->loaded || v->query.unavailable_count == 0) {
        app_say(x->app, STYLE_NORMAL, message_get(x->lang, MSG_WAY_NOTHING_PASSED));
        return;
    }
    const struct uuid *service = &v->passed[v->query.unavailable_count - 1];
    const struct gap gap = {.need = v->query.need,
                            .area = v->passed_in[v->query.unavailable_count - 1],
                            .service = *service};
    enum status status = gap_remove_last(x->db, &gap);
    if (status != STATUS_OK) {
        desk_say_failed(x, status);
        return;
    }
    value_record_name(&name, x->db, x->lang, service);
    message_format(&line, x->lang, MSG_WAY_TAKEN_BACK, "name", name.bytes, NULL);
    v->query.unavailable_count--;
    load(v, x);
    app_say(x->app, STYLE_NORMAL, line.bytes);
    text_release(&name);
    text_release(&line);
}

static void move_in_list(struct way_view *v, bool down)
{
    size_t last = v->way.pathway.count - 1;
    if (down && v->selected == last) {
        v->top++; /* on to what to say and to bring */
        clamp(v);
    } else if (!down && v->selected == last && v->top > (int)v->steps[last]) {
        v->top--;
    } else {
        v->selected += down ? 1 : v->selected > 0 ? (size_t)-1 : 0;
        show(v);
    }
}

/* The first step that begins on the screen becomes the chosen one. */
static void turn_page(struct way_view *v, int by)
{
    v->top += by * (v->rows > 2 ? v->rows - 2 : 1);
    clamp(v);
    for (size_t i = 0; i < v->way.pathway.count; i++) {
        int row = v->list ? (int)v->steps[i] : v->chart.boxes[i].top;
        int now = v->list ? (int)v->steps[v->selected] : v->chart.boxes[v->selected].top;
        bool seen = row >= v->top && row < v->top + v->rows;
        if (seen && (now < v->top || now >= v->top + v->rows))
            v->selected = i;
    }
}

static bool move(struct way_view *v, enum command command)
{
    size_t count = v->way.pathway.count;
    if (!v->loaded || count == 0 || v->columns == 0)
        return false;
    switch (command) {
    case COMMAND_UP:
    case COMMAND_DOWN:
    case COMMAND_LEFT:
    case COMMAND_RIGHT:
        if (v->list)
            move_in_list(v, command == COMMAND_DOWN || command == COMMAND_RIGHT);
        else
            v->selected = way_chart_go(&v->chart, count, v->selected, command);
        break;
    case COMMAND_HOME:
        v->selected = 0;
        break;
    case COMMAND_END:
        v->selected = count - 1;
        break;
    case COMMAND_PAGE_UP:
    case COMMAND_PAGE_DOWN:
        turn_page(v, command == COMMAND_PAGE_DOWN ? 1 : -1);
        return true;
    default:
        return false;
    }
    if (!v->list || command == COMMAND_HOME || command == COMMAND_END)
        show(v);
    return true;
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct way_view *v = (struct way_view *)view;
    if (move(v, command))
        return OUTCOME_HANDLED;
    switch (command) {
    case COMMAND_OPEN:
        open_step(v, x);
        break;
    case COMMAND_NEXT_PANE:
        v->list = !v->list;
        v->top = 0;
        show(v);
        break;
    case COMMAND_COPY:
        if (v->loaded)
            copy(v, x);
        break;
    case COMMAND_WHOM:
        app_push(x->app, way_whom_new(x, &v->query, take_whom, v));
        break;
    case COMMAND_NOT_AVAILABLE:
        pass_over(v, x);
        break;
    case COMMAND_UNDO:
        take_back(v, x);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

/* --- the view
 * ---------------------------------------------------------------------------------------- */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct way_view *v = (const struct way_view *)view;
    struct format f = format_of(v, x);
    struct text child = TEXT_INIT;
    text_addf(out, "%s" NAMES_DOT, names_need(v->names, x->lang, v->query.need));
    names_path_fit(v->names, out, x->lang, v->query.area, v->columns - TITLE_ROOM);
    way_add_child(&f, &child, &v->query);
    if (child.len)
        text_addf(out, NAMES_DOT "%s", child.bytes);
    text_release(&child);
}

static void draw_list(const struct way_view *v, struct canvas *c, int top, int bottom)
{
    int row = top + (int)v->steps[v->selected] - v->top;
    sheet_draw(&v->sheet, c, top, MARGIN, bottom - top, (size_t)v->top);
    if (row >= top && row < bottom) {
        canvas_fill(c, row, 0, 1, STYLE_TITLE, MARK);
        canvas_paint(c, row, MARGIN, c->columns - MARGIN, STYLE_SELECTED);
    }
}

/* What the keys do that the bar at the bottom has no room for. */
static void draw_hint(const struct way_view *v, const struct context *x, struct canvas *c, int row)
{
    struct text hint = TEXT_INIT;
    size_t count;
    const struct key_row *keys = key_rows(&count);
    text_addf(&hint, "Tab %s",
              message_get(x->lang, v->list ? MSG_WAY_OTHER_CHART : MSG_WAY_OTHER_LIST));
    for (size_t i = 0; i < count; i++)
        if (keys[i].context == CONTEXT_WAY) {
            text_adds(&hint, "  ");
            key_say(&hint, &keys[i]);
            text_addf(&hint, " %s", message_get(x->lang, command_label(keys[i].command)));
        }
    canvas_puts(c, row, 1, c->columns - 2, STYLE_DIM, hint.bytes);
    text_release(&hint);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct way_view *v = (const struct way_view *)view;
    struct format f = format_of(v, x);
    bool fine = area_level(v->query.area) < 2;
    if (v->loaded && room(bottom - top) < bottom - top)
        draw_hint(v, x, c, --bottom);
    if (v->loaded && v->list)
        draw_list(v, c, top, bottom);
    else if (v->loaded)
        way_chart_draw(&v->chart, &f, &v->way, v->selected, c, top, bottom, v->top);
    else
        canvas_puts(c, top + 1, 1, c->columns - 2, fine ? STYLE_NORMAL : STYLE_ERROR,
                    message_get(x->lang, fine ? MSG_WAY_PLACE : MSG_APP_PROBLEM));
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct way_view *v = (struct way_view *)view;
    v->rows = room(rows);
    v->columns = columns;
    lay_out(v, x);
}

static void reload(struct view *view, const struct context *x)
{
    struct way_view *v = (struct way_view *)view;
    names_forget(v->names);
    load(v, x);
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct pathway_step *step = step_of((const struct way_view *)view);
    if (step && step->service)
        *ret_service = step->service->id;
    return step && step->service;
}

static const char *shown_need(const struct view *view)
{
    const struct way_view *v = (const struct way_view *)view;
    return v->loaded ? v->query.need : "";
}

static const char *area(const struct view *view)
{
    return ((const struct way_view *)view)->query.area;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct way_view *v = (const struct way_view *)view;
    struct format f = format_of(v, x);
    struct sheet sheet;
    if (!v->loaded)
        return false;
    sheet_init(&sheet, PRINT_COLUMNS);
    way_list(&f, &sheet, &v->way, NULL);
    print_heading(x, view, out);
    sheet_write(&sheet, out);
    sheet_release(&sheet);
    return true;
}

static void close_view(struct view *view)
{
    struct way_view *v = (struct way_view *)view;
    unload(v);
    names_free(v->names);
    free(v->rules);
    free(v->passed);
    free(v->passed_in);
    free(v);
}

void way_open(const struct context *x, const char *need, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_WAY,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .selected = selected,
        .area = area,
        .need = shown_need,
        .print = print,
    };
    struct way_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    v->rules = way_rules(NULL);
    v->query.child.age = -1;
    snprintf(v->query.need, sizeof v->query.need, "%s", need);
    snprintf(v->query.area, sizeof v->query.area, "%s",
             strcmp(at, AREA_COUNTRY_CODE) == 0 ? "" : at);
    load(v, x);
    app_push(x->app, &v->view);
    if (area_level(v->query.area) < 2)
        app_push(x->app, pick_area_new(x, v->query.area, take_area, v));
    tell_fault(v, x);
}
