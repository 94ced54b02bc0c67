/* The list of scenarios; see scenarios.h. */
#include "tui/scenarios.h"

#include <stdio.h>
#include <stdlib.h>

#include "i18n/message.h"
#include "tui/app.h"
#include "tui/hits.h"
#include "tui/print.h"
#include "tui/roll.h"
#include "tui/sheet.h"

enum {
    NUMBER = 5,
    RESULT = 26,      /* columns of how it went */
    RESULT_WIDE = 70, /* columns of a screen that has them */
    HEAD_ROWS = 3,
    ABOUT_ROWS = 4,
    ABOUT_LEAST = 16, /* rows of a view that shows what the chosen one is about */
};

struct scenarios {
    struct view view;
    struct roll roll;
    int rows, columns;
};

/* --- how it went, in words
 * --------------------------------------------------------------------------- */

void scenarios_add_sum(struct text *out, enum lang lang, const struct play_sum *sum)
{
    char points[16], most[16], right[24], steps[24], hints[24];
    snprintf(points, sizeof points, "%d", sum->points);
    snprintf(most, sizeof most, "%d", sum->most);
    snprintf(right, sizeof right, "%zu", sum->at_once);
    snprintf(steps, sizeof steps, "%zu", sum->answered);
    snprintf(hints, sizeof hints, "%zu", sum->hints);
    message_format(out, lang, MSG_SCENARIO_SUM_POINTS, "points", points, "most", most, NULL);
    text_adds(out, NAMES_DOT);
    message_format(out, lang, MSG_SCENARIO_SUM_RIGHT, "right", right, "steps", steps, NULL);
    text_adds(out, NAMES_DOT);
    message_format(out, lang, MSG_SCENARIO_SUM_HINTS, "hints", hints, NULL);
}

struct play_sum scenarios_total(const struct course *c, size_t *ret_done)
{
    struct play_sum total = {0};
    *ret_done = 0;
    for (size_t i = 0; i < c->count; i++) {
        const struct course_entry *entry = &c->entries[i];
        struct play_sum sum = play_sum(&entry->last, &entry->scenario);
        if (!entry->last.done)
            continue;
        ++*ret_done;
        total.points += sum.points;
        total.most += sum.most;
        total.at_once += sum.at_once;
        total.answered += sum.answered;
        total.hints += sum.hints;
    }
    return total;
}

static void draw_total(const struct context *x, struct canvas *c, int row)
{
    const struct course *course = app_course(x->app);
    char done[24], count[24];
    size_t played;
    struct text line = TEXT_INIT;
    struct play_sum total = scenarios_total(course, &played);
    snprintf(done, sizeof done, "%zu", played);
    snprintf(count, sizeof count, "%zu", course->count);
    message_format(&line, x->lang, MSG_SCENARIO_PLAYED, "done", done, "count", count, NULL);
    canvas_puts(c, row, 1, c->columns - 2, STYLE_TITLE, line.bytes);
    text_clear(&line);
    if (played)
        scenarios_add_sum(&line, x->lang, &total);
    canvas_puts(c, row + 1, 1, c->columns - 2, STYLE_STRONG, line.bytes);
    text_release(&line);
}

static void add_result(struct text *out, enum lang lang, const struct course_entry *entry)
{
    struct play_sum sum = play_sum(&entry->last, &entry->scenario);
    char points[16], most[16];
    snprintf(points, sizeof points, "%d", sum.points);
    snprintf(most, sizeof most, "%d", sum.most);
    if (entry->last.done)
        message_format(out, lang, MSG_SCENARIO_SUM_POINTS, "points", points, "most", most, NULL);
    else
        text_adds(out, message_get(lang, entry->last.results ? MSG_SCENARIO_BEGUN
                                                             : MSG_SCENARIO_NOT_PLAYED));
}

/* --- drawing
 * ----------------------------------------------------------------------------------------- */

static void draw_row(const struct scenarios *v, const struct context *x, struct canvas *c, int row,
                     size_t at)
{
    const struct course_entry *entry = &app_course(x->app)->entries[at];
    bool marked = at == v->roll.selected;
    enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
    int result = c->columns >= RESULT_WIDE ? RESULT : 0;
    struct text line = TEXT_INIT;
    char number[24];
    if (marked) {
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    snprintf(number, sizeof number, "%zu.", at + 1);
    canvas_puts(c, row, 3, NUMBER - 1, style, number);
    text_adds(&line, entry->scenario.title.text[x->lang]);
    if (entry->own)
        text_addf(&line, " (%s)", message_get(x->lang, MSG_SCENARIO_OWN));
    canvas_puts(c, row, 3 + NUMBER, c->columns - 4 - NUMBER - result, style, line.bytes);
    text_clear(&line);
    if (result) {
        add_result(&line, x->lang, entry);
        canvas_puts(c, row, c->columns - result, result - 1, marked ? style : STYLE_DIM,
                    line.bytes);
    }
    text_release(&line);
}

/* What the chosen one is about, and what is wrong with files that are left out. */
static void lay_out_foot(const struct scenarios *v, const struct context *x, struct sheet *s)
{
    const struct course *course = app_course(x->app);
    struct text line = TEXT_INIT;
    if (v->rows >= ABOUT_LEAST && v->roll.count > 0)
        sheet_text(s, 0, STYLE_NORMAL,
                   course->entries[v->roll.selected].scenario.about.text[x->lang]);
    for (size_t i = 0; i < course->fault_count; i++) {
        text_clear(&line);
        scenario_add_fault(&line, x->lang, &course->faults[i]);
        sheet_text(s, 0, STYLE_WARNING, line.bytes);
    }
    text_release(&line);
}

static int foot_rows(const struct scenarios *v, const struct context *x)
{
    size_t faults = app_course(x->app)->fault_count;
    int rows = (v->rows >= ABOUT_LEAST ? ABOUT_ROWS : 0) + (int)(faults > 2 ? 4 : 2 * faults);
    return rows;
}

/* Rows below the list: what stands there, and an empty one above it. */
static int list_end(const struct scenarios *v, const struct context *x)
{
    int below = foot_rows(v, x);
    return below > 0 ? below + 1 : 0;
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct scenarios *v = (const struct scenarios *)view;
    struct sheet foot;
    int below = foot_rows(v, x), end = bottom - list_end(v, x);
    draw_total(x, c, top);
    for (int i = 0; top + HEAD_ROWS + i < end && v->roll.top + (size_t)i < v->roll.count; i++)
        draw_row(v, x, c, top + HEAD_ROWS + i, v->roll.top + (size_t)i);
    sheet_init(&foot, c->columns - 4);
    foot.ruler = c->ruler;
    lay_out_foot(v, x, &foot);
    if (below)
        sheet_draw(&foot, c, bottom - below, 2, below, 0);
    sheet_release(&foot);
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    (void)view;
    text_adds(out, message_get(x->lang, MSG_COMMAND_SCENARIOS));
}

/* --- keys
 * -------------------------------------------------------------------------------------------- */

static void fit(struct scenarios *v, const struct context *x)
{
    int rows = v->rows - HEAD_ROWS - list_end(v, x);
    roll_fit(&v->roll, app_course(x->app)->count, rows > 0 ? (size_t)rows : 1);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct scenarios *v = (struct scenarios *)view;
    v->rows = rows;
    v->columns = columns;
    fit(v, x);
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct scenarios *v = (struct scenarios *)view;
    if (roll_command(&v->roll, command))
        return OUTCOME_HANDLED;
    if (v->roll.count == 0)
        return OUTCOME_IGNORED;
    struct course_entry *entry = &app_course(x->app)->entries[v->roll.selected];
    switch (command) {
    case COMMAND_OPEN:
    case COMMAND_RIGHT:
        app_play(x->app, entry); /* this view is gone then */
        break;
    case COMMAND_PRESENT:
        app_push(x->app, presenter_new(x, entry));
        break;
    case COMMAND_LEFT:
        return OUTCOME_HANDLED | OUTCOME_POP;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct scenarios *v = (const struct scenarios *)view;
    if (v->roll.count == 0)
        return false;
    print_heading(x, view, out);
    scenario_write(&app_course(x->app)->entries[v->roll.selected].scenario, x->lang, PRINT_COLUMNS,
                   out);
    return true;
}

static void close_view(struct view *view)
{
    free(view);
}

struct view *scenarios_new(const struct context *x)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_SCENARIOS,
        .title = title,
        .draw = draw,
        .resize = resize,
        .command = run,
        .close = close_view,
        .print = print,
    };
    struct scenarios *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->rows = HEAD_ROWS + 1;
    fit(v, x);
    return &v->view;
}
