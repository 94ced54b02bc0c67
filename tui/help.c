/* The help: keys of the screen the person came from, then those that work everywhere, from key.def
 * and command.def; then what the marks mean. */
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/key.h"
#include "tui/sheet.h"

enum { NARROW_KEYS = 14 }; /* columns of the keys on a narrow screen */

struct help {
    struct view view;
    enum key_context of;
    struct sheet sheet;
    size_t top;
    int rows, columns;
};

static size_t last_top(const struct help *h)
{
    size_t rows = h->rows > 0 ? (size_t)h->rows : 1;
    return h->sheet.count > rows ? h->sheet.count - rows : 0;
}

/* All keys of a command in one context: "Up   k ក"; without characters where those are typed text.
 */
static void add_keys(struct text *out, enum key_context context, enum command command, bool typing)
{
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (size_t i = 0; i < count; i++) {
        bool typed = typing && rows[i].special == SPECIAL_NONE;
        if (rows[i].context != context || rows[i].command != command || typed)
            continue;
        text_adds(out, out->len > 0 ? "   " : "");
        key_say(out, &rows[i]);
    }
}

static void add_context(struct help *h, enum lang lang, enum key_context context)
{
    struct text keys = TEXT_INIT;
    for (int command = COMMAND_NONE + 1; command < COMMAND_COUNT; command++) {
        text_clear(&keys);
        add_keys(&keys, context, (enum command)command, h->of == CONTEXT_SEARCH);
        if (keys.len > 0)
            sheet_field(&h->sheet, keys.bytes, STYLE_NORMAL,
                        message_get(lang, command_help((enum command)command)));
    }
    text_release(&keys);
}

static void add_mark(struct help *h, enum lang lang, enum message mark, enum message meaning)
{
    sheet_field(&h->sheet, message_get(lang, mark), STYLE_NORMAL, message_get(lang, meaning));
}

static void lay_out(struct help *h, const struct context *x)
{
    enum lang lang = x->lang;
    sheet_release(&h->sheet);
    sheet_init(&h->sheet, h->columns > 3 ? h->columns - 2 : 1);
    h->sheet.ruler = x->lettering.ruler;
    bool narrow = h->sheet.label_columns == 0;
    if (narrow)
        h->sheet.label_columns = NARROW_KEYS;
    sheet_text(&h->sheet, 0, STYLE_NORMAL, message_get(lang, MSG_HELP_INTRO));
    for (enum key_context at = h->of;; at = key_parent(at)) {
        sheet_gap(&h->sheet);
        add_context(h, lang, at);
        if (at == CONTEXT_GLOBAL)
            break;
    }
    if (narrow)
        h->sheet.label_columns = 0;
    sheet_gap(&h->sheet);
    sheet_text(&h->sheet, 0, STYLE_TITLE, message_get(lang, MSG_HELP_MARKS));
    add_mark(h, lang, MSG_MARK_CONTACT_NEEDED, MSG_HELP_CONTACT_NEEDED);
    add_mark(h, lang, MSG_MARK_UNCONFIRMED, MSG_HELP_UNCONFIRMED);
    add_mark(h, lang, MSG_HELP_COUNTS_LABEL, MSG_HELP_COUNTS);
    add_mark(h, lang, MSG_MARK_DERIVED, MSG_HELP_DERIVED);
    if (h->top > last_top(h))
        h->top = last_top(h);
}

static void title(const struct view *v, const struct context *x, struct text *out)
{
    (void)v;
    text_adds(out, message_get(x->lang, MSG_HELP_TITLE));
}

static void draw(const struct view *v, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct help *h = (const struct help *)v;
    enum { UP_ARROW = 0x25B2, DOWN_ARROW = 0x25BC };
    (void)x;
    sheet_draw(&h->sheet, c, top, 1, bottom - top, h->top);
    if (h->top > 0)
        canvas_fill(c, top, c->columns - 1, 1, STYLE_DIM, UP_ARROW);
    if (h->top + (size_t)(bottom - top) < h->sheet.count)
        canvas_fill(c, bottom - 1, c->columns - 1, 1, STYLE_DIM, DOWN_ARROW);
}

static void resize(struct view *v, const struct context *x, int rows, int columns)
{
    struct help *h = (struct help *)v;
    h->rows = rows;
    h->columns = columns;
    lay_out(h, x);
}

static void reload(struct view *v, const struct context *x)
{
    lay_out((struct help *)v, x);
}

static void scroll(struct help *h, long by)
{
    if (by < 0)
        h->top = (size_t)-by > h->top ? 0 : h->top - (size_t)-by;
    else
        h->top += (size_t)by;
    if (h->top > last_top(h))
        h->top = last_top(h);
}

static unsigned run(struct view *v, const struct context *x, enum command command)
{
    struct help *h = (struct help *)v;
    long page = h->rows > 2 ? h->rows - 1 : 1;
    (void)x;
    switch (command) {
    case COMMAND_UP:
        scroll(h, -1);
        break;
    case COMMAND_DOWN:
        scroll(h, 1);
        break;
    case COMMAND_PAGE_UP:
        scroll(h, -page);
        break;
    case COMMAND_PAGE_DOWN:
        scroll(h, page);
        break;
    case COMMAND_HOME:
        h->top = 0;
        break;
    case COMMAND_END:
        h->top = last_top(h);
        break;
    case COMMAND_LEFT:
    case COMMAND_HELP:
        return OUTCOME_HANDLED | OUTCOME_POP;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void close_help(struct view *v)
{
    struct help *h = (struct help *)v;
    sheet_release(&h->sheet);
    free(h);
}

struct view *help_new(const struct context *x, enum key_context of)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_HELP,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_help,
    };
    struct help *h = mem_zalloc(1, sizeof *h);
    h->view.ops = &ops;
    h->of = of;
    h->rows = 1;
    lay_out(h, x);
    return &h->view;
}
