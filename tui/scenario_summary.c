/* How a scenario went, step by step, and all of them so far. */
#include <stdio.h>
#include <stdlib.h>

#include "i18n/message.h"
#include "tui/app.h"
#include "tui/names.h"
#include "tui/print.h"
#include "tui/scenarios.h"
#include "tui/sheet.h"

struct summary {
    struct view view;
    const struct course_entry *entry;
    struct sheet sheet;
    int top, rows, columns;
};

static void add_step(struct sheet *s, enum lang lang, const struct play *p,
                     const struct scenario_step *step, size_t at)
{
    static const enum message words[] = {
        [STEP_AT_ONCE] = MSG_SCENARIO_STEP_AT_ONCE,
        [STEP_HINTED] = MSG_SCENARIO_STEP_HINTED,
        [STEP_LATER] = MSG_SCENARIO_STEP_LATER,
        [STEP_SKIPPED] = MSG_SCENARIO_STEP_SKIPPED,
    };
    struct text line = TEXT_INIT;
    if (p->results[at] == STEP_OPEN || p->results[at] == STEP_PASSED)
        return;
    text_addf(&line, "%d/%d", p->points[at], scenario_points(step));
    text_addf(&line, NAMES_DOT "%s", message_get(lang, words[p->results[at]]));
    sheet_gap(s);
    sheet_text(s, 0, p->results[at] == STEP_AT_ONCE ? STYLE_STRONG : STYLE_WARNING, line.bytes);
    sheet_text(s, 2, STYLE_NORMAL, (step->choice_count ? step->ask : step->tell).text[lang]);
    text_release(&line);
}

/* The sum of all, and each of them. */
static void add_course(struct sheet *s, enum lang lang, const struct course *c)
{
    size_t done;
    struct play_sum total = scenarios_total(c, &done);
    struct text line = TEXT_INIT;
    sheet_gap(s);
    sheet_text(s, 0, STYLE_TITLE, message_get(lang, MSG_SCENARIO_ALL));
    scenarios_add_sum(&line, lang, &total);
    sheet_text(s, 0, STYLE_NORMAL, line.bytes);
    for (size_t i = 0; i < c->count; i++) {
        const struct course_entry *entry = &c->entries[i];
        struct play_sum sum = play_sum(&entry->last, &entry->scenario);
        text_clear(&line);
        text_addf(&line, "%zu. %s" NAMES_DOT, i + 1, entry->scenario.title.text[lang]);
        if (entry->last.done)
            text_addf(&line, "%d/%d", sum.points, sum.most);
        else
            text_adds(&line, message_get(lang, MSG_SCENARIO_NOT_PLAYED));
        sheet_text(s, 2, entry->last.done ? STYLE_NORMAL : STYLE_DIM, line.bytes);
    }
    text_release(&line);
}

static void fill(const struct summary *v, const struct context *x, struct sheet *s)
{
    const struct scenario *scenario = &v->entry->scenario;
    struct play_sum sum = play_sum(&v->entry->last, scenario);
    struct text line = TEXT_INIT;
    sheet_text(s, 0, STYLE_TITLE, scenario->title.text[x->lang]);
    scenarios_add_sum(&line, x->lang, &sum);
    sheet_text(s, 0, STYLE_STRONG, line.bytes);
    for (size_t i = 0; v->entry->last.results && i < scenario->count; i++)
        add_step(s, x->lang, &v->entry->last, &scenario->steps[i], i);
    add_course(s, x->lang, app_course(x->app));
    text_release(&line);
}

static void lay_out(struct summary *v, const struct context *x)
{
    sheet_release(&v->sheet);
    sheet_init(&v->sheet, v->columns > 6 ? v->columns - 4 : 2);
    v->sheet.ruler = x->lettering.ruler;
    fill(v, x, &v->sheet);
}

static void clamp(struct summary *v)
{
    int most = (int)v->sheet.count - v->rows;
    v->top = v->top > most ? most : v->top;
    v->top = v->top < 0 ? 0 : v->top;
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct summary *v = (struct summary *)view;
    v->rows = rows;
    v->columns = columns;
    lay_out(v, x);
    clamp(v);
}

static void reload(struct view *view, const struct context *x)
{
    lay_out((struct summary *)view, x);
    clamp((struct summary *)view);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct summary *v = (const struct summary *)view;
    enum { UP_ARROW = 0x25B2, DOWN_ARROW = 0x25BC };
    (void)x;
    sheet_draw(&v->sheet, c, top, 2, bottom - top, (size_t)v->top);
    if (v->top > 0)
        canvas_fill(c, top, c->columns - 1, 1, STYLE_DIM, UP_ARROW);
    if (v->top + bottom - top < (int)v->sheet.count)
        canvas_fill(c, bottom - 1, c->columns - 1, 1, STYLE_DIM, DOWN_ARROW);
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct summary *v = (struct summary *)view;
    switch (command) {
    case COMMAND_UP:
        v->top--;
        break;
    case COMMAND_DOWN:
        v->top++;
        break;
    case COMMAND_PAGE_UP:
        v->top -= v->rows;
        break;
    case COMMAND_PAGE_DOWN:
        v->top += v->rows;
        break;
    case COMMAND_HOME:
        v->top = 0;
        break;
    case COMMAND_END:
        v->top = (int)v->sheet.count;
        break;
    case COMMAND_OPEN: /* on to the next one */
        app_push(x->app, scenarios_new(x));
        break;
    case COMMAND_LEFT:
        return OUTCOME_HANDLED | OUTCOME_POP;
    default:
        return OUTCOME_IGNORED;
    }
    clamp(v);
    return OUTCOME_HANDLED;
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    (void)view;
    text_adds(out, message_get(x->lang, MSG_SCENARIO_SUMMARY));
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct summary *v = (const struct summary *)view;
    struct sheet sheet;
    sheet_init(&sheet, PRINT_COLUMNS);
    fill(v, x, &sheet);
    print_heading(x, view, out);
    sheet_write(&sheet, out);
    sheet_release(&sheet);
    return true;
}

static void close_view(struct view *view)
{
    struct summary *v = (struct summary *)view;
    sheet_release(&v->sheet);
    free(v);
}

struct view *summary_new(const struct context *x, const struct course_entry *entry)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_LIST,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .print = print,
    };
    struct summary *v = mem_zalloc(1, sizeof *v);
    (void)x;
    v->view.ops = &ops;
    v->entry = entry;
    sheet_init(&v->sheet, 2);
    return &v->view;
}
