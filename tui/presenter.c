/* A scenario for a trainer before a group: large boxes, one thing after the other with the space
 * bar; the pathway of the case where one is given. What the learners would do is told, not done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/message.h"
#include "tui/app.h"
#include "tui/scenarios.h"
#include "tui/sheet.h"
#include "tui/way.h"
#include "tui/way_chart.h"

enum {
    BOX_MOST = 100, /* columns */
    EDGE = 4,       /* columns of the box at each side of its text */
    FRAME = 4,      /* rows of the box that hold no text */
    COLUMNS_LEAST = 20,
    ANSWER = 6, /* columns before an answer */
    MARK = 0x25B8,
};

/* What is shown: the title, the pathway of the case, then each step bit by bit. */
enum stage { STAGE_TITLE, STAGE_WAY, STAGE_TELL, STAGE_ASK, STAGE_ANSWER, STAGE_OTHERS };

struct place {
    size_t step;
    enum stage stage;
};

struct presenter {
    struct view view;
    const struct course_entry *entry;
    const struct scenario *scenario;
    struct names *names;
    struct place *places; /* of all the pages, in their order */
    size_t count, at;
    int top; /* first line shown */
    struct way way;
    bool has_way;
    struct way_chart chart;
    struct sheet sheet;
    int rows, columns;
};

/* --- pages
 * ------------------------------------------------------------------------------------------- */

static void add_place(struct presenter *v, size_t step, enum stage stage)
{
    v->places[v->count++] = (struct place){step, stage};
}

static bool has_wrong(const struct scenario_step *step)
{
    for (size_t i = 0; i < step->choice_count; i++)
        if (!step->choices[i].right)
            return true;
    return false;
}

static void collect(struct presenter *v)
{
    const struct scenario *s = v->scenario;
    v->places = mem_zalloc(2 + 4 * s->count, sizeof *v->places);
    v->count = 0;
    add_place(v, 0, STAGE_TITLE);
    if (v->has_way)
        add_place(v, 0, STAGE_WAY);
    for (size_t i = 0; i < s->count; i = scenario_next(s, i)) {
        const struct scenario_step *step = &s->steps[i];
        add_place(v, i, STAGE_TELL);
        if (step->choice_count)
            add_place(v, i, STAGE_ASK);
        if (step->choice_count || step->acts)
            add_place(v, i, STAGE_ANSWER);
        if (has_wrong(step))
            add_place(v, i, STAGE_OTHERS);
    }
}

/* --- what a page says
 * -------------------------------------------------------------------------------- */

static void add_labelled(struct sheet *s, enum style style, const char *label, const char *text)
{
    struct text line = TEXT_INIT;
    text_addf(&line, "%s %s", label, text);
    sheet_text(s, 0, style, line.bytes);
    text_release(&line);
}

static void add_choices(struct sheet *s, enum lang lang, const struct scenario_step *step,
                        enum stage stage)
{
    struct text label = TEXT_INIT;
    sheet_gap(s);
    sheet_text(s, 0, STYLE_TITLE, step->ask.text[lang]);
    s->label_columns = ANSWER;
    for (size_t i = 0; i < step->choice_count; i++) {
        const struct scenario_choice *choice = &step->choices[i];
        bool shown = stage >= STAGE_ANSWER && choice->right;
        text_clear(&label);
        text_addcp(&label, shown ? MARK : ' ');
        text_addc(&label, ' ');
        scenario_add_letter(&label, lang, i);
        text_addc(&label, ')');
        sheet_gap(s);
        sheet_field(s, label.bytes,
                    shown                   ? STYLE_SELECTED
                    : stage >= STAGE_ANSWER ? STYLE_DIM
                                            : STYLE_NORMAL,
                    choice->text.text[lang]);
        if (shown || (stage == STAGE_OTHERS && !choice->right))
            sheet_text(s, ANSWER, shown ? STYLE_STRONG : STYLE_WARNING, choice->why.text[lang]);
    }
    text_release(&label);
}

static void add_way_on(struct sheet *s, enum lang lang, const struct scenario_step *step)
{
    struct text keys = TEXT_INIT;
    for (size_t at = 0; at < step->key_count;) {
        text_adds(&keys, at ? "  " : "");
        at += scenario_add_key(&keys, lang, step, at, CONTEXT_GLOBAL);
    }
    sheet_gap(s);
    if (keys.len)
        add_labelled(s, STYLE_FILTER, message_get(lang, MSG_SCENARIO_KEYS), keys.bytes);
    sheet_gap(s);
    sheet_text(s, 0, STYLE_STRONG, step->act.why.text[lang]);
    text_release(&keys);
}

static void add_way_list(const struct presenter *v, const struct context *x, struct sheet *s)
{
    const struct format f = {v->names, x->lang, x->now(x->clock)};
    struct text card = TEXT_INIT;
    way_card(&f, &card, &v->way);
    sheet_text(s, 0, STYLE_NORMAL, card.bytes);
    text_release(&card);
}

static void fill(const struct presenter *v, const struct context *x, struct sheet *s)
{
    const struct place *place = &v->places[v->at];
    const struct scenario_step *step = &v->scenario->steps[place->step];
    if (place->stage == STAGE_TITLE) {
        sheet_text(s, 0, STYLE_TITLE, v->scenario->title.text[x->lang]);
        sheet_gap(s);
        sheet_text(s, 0, STYLE_NORMAL, v->scenario->about.text[x->lang]);
        return;
    }
    if (place->stage == STAGE_WAY) {
        add_way_list(v, x, s);
        return;
    }
    sheet_text(s, 0, STYLE_NORMAL, step->tell.text[x->lang]);
    if (step->choice_count && place->stage >= STAGE_ASK)
        add_choices(s, x->lang, step, place->stage);
    if (step->acts && place->stage >= STAGE_ANSWER)
        add_way_on(s, x->lang, step);
}

/* --- laying out and drawing
 * -------------------------------------------------------------------------- */

static int box_columns(const struct presenter *v)
{
    int columns = v->columns - 2;
    return columns > BOX_MOST ? BOX_MOST : columns;
}

static bool shows_chart(const struct presenter *v)
{
    return v->places[v->at].stage == STAGE_WAY && v->chart.rows > 0 && v->chart.rows <= v->rows;
}

/* Lines of the page that are on the screen at once. */
static int lines_shown(const struct presenter *v)
{
    int room = v->rows > 3 ? v->rows - 2 : 1, all = (int)v->sheet.count;
    return all < room ? all : room;
}

static int last_top(const struct presenter *v)
{
    return (int)v->sheet.count - lines_shown(v);
}

static void lay_out(struct presenter *v, const struct context *x)
{
    const struct format f = {v->names, x->lang, x->now(x->clock)};
    int columns = box_columns(v) - 2 * EDGE;
    way_chart_release(&v->chart);
    if (v->has_way)
        way_chart_make(&f, x->lettering.ruler, &v->way,
                       v->columns < COLUMNS_LEAST ? COLUMNS_LEAST : v->columns, &v->chart);
    sheet_release(&v->sheet);
    sheet_init(&v->sheet, columns < COLUMNS_LEAST ? COLUMNS_LEAST : columns);
    v->sheet.ruler = x->lettering.ruler;
    fill(v, x, &v->sheet);
    v->top = v->top > last_top(v) ? last_top(v) : v->top;
}

static void draw_box(struct canvas *c, int row, int column, int rows, int columns)
{
    enum { TOP_LEFT = 0x2554, TOP_RIGHT = 0x2557, BOTTOM_LEFT = 0x255A, BOTTOM_RIGHT = 0x255D };
    enum { ACROSS = 0x2550, DOWN = 0x2551 };
    int right = column + columns - 1, bottom = row + rows - 1;
    canvas_fill(c, row, column, columns, STYLE_STRONG, ACROSS);
    canvas_fill(c, bottom, column, columns, STYLE_STRONG, ACROSS);
    for (int r = row + 1; r < bottom; r++) {
        canvas_fill(c, r, column, 1, STYLE_STRONG, DOWN);
        canvas_fill(c, r, right, 1, STYLE_STRONG, DOWN);
    }
    canvas_fill(c, row, column, 1, STYLE_STRONG, TOP_LEFT);
    canvas_fill(c, row, right, 1, STYLE_STRONG, TOP_RIGHT);
    canvas_fill(c, bottom, column, 1, STYLE_STRONG, BOTTOM_LEFT);
    canvas_fill(c, bottom, right, 1, STYLE_STRONG, BOTTOM_RIGHT);
}

/* The text in the middle of the screen. */
static void draw_page(const struct presenter *v, struct canvas *c, int top, int bottom)
{
    enum { UP_ARROW = 0x25B2, DOWN_ARROW = 0x25BC };
    int columns = box_columns(v), room = bottom - top, rows = (int)v->sheet.count + FRAME;
    int text = lines_shown(v);
    rows = rows > room ? room : rows;
    int row = top + (room - rows) / 2, column = (c->columns - columns) / 2;
    draw_box(c, row, column, rows, columns);
    sheet_draw(&v->sheet, c, row + (rows - text) / 2, column + EDGE, text, (size_t)v->top);
    if (v->top > 0)
        canvas_fill(c, row + 1, column + columns - 2, 1, STYLE_STRONG, UP_ARROW);
    if (v->top < last_top(v))
        canvas_fill(c, row + rows - 2, column + columns - 2, 1, STYLE_STRONG, DOWN_ARROW);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct presenter *v = (const struct presenter *)view;
    const struct format f = {v->names, x->lang, x->now(x->clock)};
    if (shows_chart(v))
        way_chart_draw(&v->chart, &f, &v->way, SIZE_MAX, c, top, bottom, 0);
    else
        draw_page(v, c, top, bottom);
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct presenter *v = (const struct presenter *)view;
    text_addf(out, "%s" NAMES_DOT "%zu/%zu", v->scenario->title.text[x->lang], v->at + 1, v->count);
}

/* --- keys
 * -------------------------------------------------------------------------------------------- */

static void go(struct presenter *v, const struct context *x, size_t at)
{
    v->at = at;
    lay_out(v, x);
    /* What came last is seen; the rest is further up. */
    v->top = v->places[at].stage >= STAGE_ASK ? last_top(v) : 0;
}

/* The rest of a long page, then the next one. */
static void go_on(struct presenter *v, const struct context *x)
{
    if (!shows_chart(v) && v->top < last_top(v))
        v->top = v->top + lines_shown(v) < last_top(v) ? v->top + lines_shown(v) : last_top(v);
    else if (v->at + 1 < v->count)
        go(v, x, v->at + 1);
    else
        app_say(x->app, STYLE_NORMAL, message_get(x->lang, MSG_SCENARIO_PRESENTED));
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct presenter *v = (struct presenter *)view;
    switch (command) {
    case COMMAND_GO_ON:
        go_on(v, x);
        break;
    case COMMAND_PREVIOUS:
        if (!shows_chart(v) && v->top > 0)
            v->top = v->top > lines_shown(v) ? v->top - lines_shown(v) : 0;
        else if (v->at > 0)
            go(v, x, v->at - 1);
        break;
    case COMMAND_HOME:
        go(v, x, 0);
        break;
    case COMMAND_END:
        go(v, x, v->count - 1);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct presenter *v = (struct presenter *)view;
    v->rows = rows;
    v->columns = columns;
    lay_out(v, x);
}

static void load_way(struct presenter *v, const struct context *x)
{
    struct way_query query = {.child = v->scenario->given.child};
    query.child.now = x->now(x->clock);
    if (!*v->scenario->given.need)
        return;
    snprintf(query.need, sizeof query.need, "%s", v->scenario->given.need);
    snprintf(query.area, sizeof query.area, "%s", v->scenario->given.area);
    char *rules = way_rules(NULL);
    v->has_way = way_load(x->db, rules, &query, &v->way) == STATUS_OK;
    free(rules);
}

static void reload(struct view *view, const struct context *x)
{
    names_forget(((struct presenter *)view)->names);
    lay_out((struct presenter *)view, x);
}

static void close_view(struct view *view)
{
    struct presenter *v = (struct presenter *)view;
    way_chart_release(&v->chart);
    if (v->has_way)
        way_release(&v->way);
    sheet_release(&v->sheet);
    names_free(v->names);
    free(v->places);
    free(v);
}

struct view *presenter_new(const struct context *x, const struct course_entry *entry)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_PRESENTER,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
    };
    struct presenter *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->entry = entry;
    v->scenario = &entry->scenario;
    v->names = names_new(x->db, &x->lettering);
    load_way(v, x);
    collect(v);
    sheet_init(&v->sheet, COLUMNS_LEAST);
    return &v->view;
}
