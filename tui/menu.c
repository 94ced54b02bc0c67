/* The menu: everything that can be done in the view below it, by groups, with its keys, from
 * command.def and key.def; and the shorter menu of the work lists. Knows no command's meaning. */
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/hits.h"
#include "tui/key.h"
#include "tui/sheet.h"

enum {
    LABEL = 26,      /* columns of a command's name */
    KEYS = 14,       /* columns of its keys */
    WITH_HELP = 144, /* columns from which each command's sentence stands beside it */
    BESIDE = 72,     /* from here on names and keys have columns of their own */
    FOOT = 2,        /* rows below for the sentence of the chosen one where it does not */
    FOOT_FROM = 8,   /* rows of the view from which there is room for it */
    LABEL_PART = 60, /* hundredths of a narrow screen for the name */
};

struct menu {
    struct view view;
    enum key_context of; /* of the view below */
    enum message only;   /* heading of the one group shown, MSG_COUNT all */
    bool training;       /* the directory shown is the training one */
    bool playing;        /* a scenario */
    const struct command_order **rows;
    size_t count;
    size_t selected, top; /* rows */
    int height, columns;
};

static bool has_foot(const struct menu *m)
{
    return m->columns < WITH_HELP && m->height >= FOOT_FROM;
}

/* Rows of the view that commands have. */
static int list_rows(const struct menu *m)
{
    int rows = m->height - (has_foot(m) ? FOOT : 0);
    return rows > 0 ? rows : 1;
}

/* The first key of a command in the context or those it falls through to; NULL: none. */
static const struct key_row *key_of(enum key_context of, enum command command)
{
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (enum key_context at = of;; at = key_parent(at)) {
        for (size_t i = 0; i < count; i++)
            if (rows[i].context == at && rows[i].command == command)
                return &rows[i];
        if (at == CONTEXT_GLOBAL)
            return NULL;
    }
}

/* Whether the menu has a command of this group. */
static bool offers(const struct menu *m, enum offer offered, enum command command)
{
    if (command == COMMAND_MENU)
        return false;
    return offered == OFFER_ALWAYS || (offered == OFFER_TRAINING && m->training) ||
           (offered == OFFER_SCENARIO && m->playing) ||
           (offered == OFFER_HERE && key_of(m->of, command));
}

/* Rows of headings that have commands, and those commands. */
static void collect(struct menu *m)
{
    size_t all;
    const struct command_order *order = command_order(&all), *heading = NULL;
    m->rows = mem_zalloc(all, sizeof *m->rows);
    for (size_t i = 0; i < all; i++) {
        if (order[i].command == COMMAND_NONE) {
            bool wanted = m->only == MSG_COUNT || m->only == order[i].label;
            heading = wanted ? &order[i] : NULL;
            continue;
        }
        if (!heading || !offers(m, heading->offered, order[i].command))
            continue;
        if (m->count == 0 || heading > m->rows[m->count - 1])
            m->rows[m->count++] = heading;
        m->rows[m->count++] = &order[i];
    }
}

static void scroll(struct menu *m)
{
    size_t lines = (size_t)list_rows(m);
    size_t first = m->selected > 0 && m->rows[m->selected - 1]->command == COMMAND_NONE
                       ? m->selected - 1
                       : m->selected;
    if (m->top > first)
        m->top = first;
    if (m->selected >= m->top + lines)
        m->top = m->selected + 1 - lines;
}

/* To the next command that way; stays where there is none. */
static bool step(struct menu *m, int by)
{
    for (size_t i = m->selected + (size_t)by; i < m->count; i += (size_t)by)
        if (m->rows[i]->command != COMMAND_NONE) {
            m->selected = i;
            return true;
        }
    return false;
}

static void move(struct menu *m, long by)
{
    for (; by > 0 && step(m, 1); by--)
        ;
    for (; by < 0 && step(m, -1); by++)
        ;
    scroll(m);
}

static void draw_command(const struct menu *m, const struct context *x, struct canvas *c, int row,
                         size_t index)
{
    enum command command = m->rows[index]->command;
    const struct key_row *key = key_of(m->of, command);
    bool wide = c->columns >= BESIDE, marked = index == m->selected;
    int label = wide ? LABEL : (c->columns - 4) * LABEL_PART / 100;
    enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
    struct text keys = TEXT_INIT;
    if (marked) {
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    canvas_puts(c, row, 3, label, style, message_get(x->lang, m->rows[index]->label));
    if (key)
        key_say(&keys, key);
    canvas_puts(c, row, 4 + label, wide ? KEYS : c->columns - 5 - label,
                marked ? style : STYLE_STRONG, keys.bytes);
    if (c->columns >= WITH_HELP)
        canvas_puts(c, row, 5 + label + KEYS, c->columns - 6 - label - KEYS,
                    marked ? style : STYLE_DIM, message_get(x->lang, command_help(command)));
    text_release(&keys);
}

/* The whole sentence of the chosen command. */
static void draw_foot(const struct menu *m, const struct context *x, struct canvas *c, int row)
{
    struct sheet s;
    sheet_init(&s, c->columns - 2);
    s.ruler = x->lettering.ruler;
    sheet_text(&s, 0, STYLE_DIM, message_get(x->lang, command_help(m->rows[m->selected]->command)));
    sheet_draw(&s, c, row, 1, FOOT, 0);
    sheet_release(&s);
}

static void draw(const struct view *v, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct menu *m = (const struct menu *)v;
    if (has_foot(m)) {
        bottom -= FOOT;
        draw_foot(m, x, c, bottom);
    }
    for (int row = top; row < bottom; row++) {
        size_t index = m->top + (size_t)(row - top);
        if (index >= m->count)
            return;
        if (m->rows[index]->command == COMMAND_NONE)
            canvas_puts(c, row, 1, c->columns - 2, STYLE_TITLE,
                        message_get(x->lang, m->rows[index]->label));
        else
            draw_command(m, x, c, row, index);
    }
}

static void title(const struct view *v, const struct context *x, struct text *out)
{
    const struct menu *m = (const struct menu *)v;
    text_adds(out, message_get(x->lang, m->only == MSG_COUNT ? MSG_MENU_TITLE : MSG_MENU_REPORTS));
}

static void resize(struct view *v, const struct context *x, int rows, int columns)
{
    struct menu *m = (struct menu *)v;
    (void)x;
    m->columns = columns;
    m->height = rows;
    scroll(m);
}

static unsigned run(struct view *v, const struct context *x, enum command command)
{
    struct menu *m = (struct menu *)v;
    long page = list_rows(m) > 2 ? list_rows(m) - 2 : 1, all = (long)m->count;
    switch (command) {
    case COMMAND_UP:
        move(m, -1);
        break;
    case COMMAND_DOWN:
        move(m, 1);
        break;
    case COMMAND_PAGE_UP:
        move(m, -page);
        break;
    case COMMAND_PAGE_DOWN:
        move(m, page);
        break;
    case COMMAND_HOME:
        move(m, -all);
        break;
    case COMMAND_END:
        move(m, all);
        break;
    case COMMAND_OPEN:
    case COMMAND_RIGHT:
        app_run_below(x->app, m->rows[m->selected]->command);
        return OUTCOME_HANDLED | OUTCOME_POP;
    case COMMAND_LEFT:
    case COMMAND_MENU:
        return OUTCOME_HANDLED | OUTCOME_POP;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void close_menu(struct view *v)
{
    struct menu *m = (struct menu *)v;
    free(m->rows);
    free(m);
}

struct view *menu_new(const struct context *x, enum key_context of, enum message only)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_MENU,
        .title = title,
        .draw = draw,
        .resize = resize,
        .command = run,
        .close = close_menu,
    };
    struct menu *m = mem_zalloc(1, sizeof *m);
    m->view.ops = &ops;
    m->training = x->app && app_is_training(x->app);
    m->of = of;
    m->only = only;
    m->playing = x->app && app_is_playing(x->app);
    collect(m);
    m->selected = 0;
    step(m, 1);
    return &m->view;
}
