/* Choosing what a child needs: the list of needs, narrowed by what is typed (a code, a piece of a
 * name in either language, or what happened). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/need.h"
#include "i18n/key.h"
#include "tui/app.h"
#include "tui/edit.h"
#include "tui/hits.h"
#include "tui/roll.h"
#include "tui/way_view.h"

enum { NAME = 6, HEAD_ROWS = 2, URGENCY = 24, URGENCY_WIDE = 60 };

struct need_view {
    struct view view;
    char area[AREA_CODE];
    struct names *names;
    struct need_list needs;
    enum status status;
    struct edit edit;
    size_t *rows; /* of the list, into needs */
    size_t count;
    struct roll roll;
    int height, columns;
};

/* --- narrowing down
 * ---------------------------------------------------------------------------------- */

static bool holds(const char *name, const struct text *typed)
{
    struct text key = TEXT_INIT;
    key_make(&key, name, strlen(name), KEY_LOOSE);
    bool found = strstr(key.bytes, typed->bytes) != NULL;
    text_release(&key);
    return found;
}

static void narrow(struct need_view *v, const struct context *x)
{
    struct text typed = TEXT_INIT;
    char meant[FILTER_VALUE] = "";
    key_make(&typed, v->edit.text.bytes, v->edit.text.len, KEY_LOOSE);
    if (typed.len && search_value_of(x->db, FILTER_NEED, v->edit.text.bytes, meant) != STATUS_OK)
        *meant = '\0';
    v->count = 0;
    for (size_t i = 0; i < v->needs.count; i++) {
        const struct need *need = &v->needs.rows[i];
        if (!typed.len || strcmp(need->code, meant) == 0 || holds(need->code, &typed) ||
            holds(need->name_en, &typed) || holds(need->name_km, &typed))
            v->rows[v->count++] = i;
    }
    roll_fit(&v->roll, v->count, (size_t)(v->height > HEAD_ROWS ? v->height - HEAD_ROWS : 1));
    text_release(&typed);
}

/* --- the view
 * ---------------------------------------------------------------------------------------- */

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct need_view *v = (struct need_view *)view;
    if (roll_command(&v->roll, command))
        return OUTCOME_HANDLED;
    switch (command) {
    case COMMAND_OPEN:
        if (v->count > 0)
            way_open(x, v->needs.rows[v->rows[v->roll.selected]].code, v->area);
        break;
    case COMMAND_DELETE_BACK:
        if (!edit_delete_back(&v->edit))
            return OUTCOME_HANDLED | OUTCOME_POP;
        narrow(v, x);
        break;
    case COMMAND_CLEAR_TEXT:
        (void)edit_clear(&v->edit);
        narrow(v, x);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static unsigned type(struct view *view, const struct context *x, const char *s, size_t len)
{
    struct need_view *v = (struct need_view *)view;
    (void)edit_insert(&v->edit, s, len);
    roll_go(&v->roll, 0);
    narrow(v, x);
    return OUTCOME_HANDLED;
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct need_view *v = (const struct need_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_PATHWAY));
    names_path_fit(v->names, out, x->lang, v->area, v->columns / 2);
}

static void draw_need(const struct need_view *v, const struct context *x, struct canvas *c, int row,
                      size_t at)
{
    static const enum message words[] = {
        [URGENCY_NOW] = MSG_WAY_NOW_BRIEF,
        [URGENCY_HOURS_72] = MSG_WAY_HOURS72_BRIEF,
        [URGENCY_DAYS] = MSG_WAY_DAYS,
    };
    const struct need *need = &v->needs.rows[v->rows[at]];
    bool marked = at == v->roll.selected;
    enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
    int urgency = c->columns >= URGENCY_WIDE ? URGENCY : 0;
    if (marked) {
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    canvas_puts(c, row, 3, NAME - 2, style, need->code);
    canvas_puts(c, row, 3 + NAME, c->columns - 4 - NAME - urgency, style,
                names_need(v->names, x->lang, need->code));
    if (urgency)
        canvas_puts(c, row, c->columns - urgency, urgency - 1,
                    marked                              ? style
                    : need->urgency <= URGENCY_HOURS_72 ? STYLE_WARNING
                                                        : STYLE_DIM,
                    message_get(x->lang, words[need->urgency]));
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct need_view *v = (const struct need_view *)view;
    int used = 1 + canvas_puts(c, top, 1, c->columns - 2, STYLE_TITLE,
                               message_get(x->lang, MSG_WAY_NEED_TITLE));
    canvas_puts(c, top, used + 1, c->columns - used - 2, STYLE_STRONG, v->edit.text.bytes);
    canvas_cursor(c, top,
                  used + 1 +
                      canvas_reach(c->ruler, v->edit.text.bytes, v->edit.text.len, v->edit.cursor));
    if (v->status != STATUS_OK || v->count == 0)
        canvas_puts(
            c, top + HEAD_ROWS, 1, c->columns - 2,
            v->status == STATUS_OK ? STYLE_NORMAL : STYLE_ERROR,
            message_get(x->lang, v->status == STATUS_OK ? MSG_WAY_NEED_NONE : MSG_APP_PROBLEM));
    for (int i = 0; top + HEAD_ROWS + i < bottom && v->roll.top + (size_t)i < v->count; i++)
        draw_need(v, x, c, top + HEAD_ROWS + i, v->roll.top + (size_t)i);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct need_view *v = (struct need_view *)view;
    v->height = rows;
    v->columns = columns;
    narrow(v, x);
}

static void load(struct need_view *v, const struct context *x)
{
    need_list_release(&v->needs);
    free(v->rows);
    v->status = need_all(x->db, &v->needs);
    if (v->status != STATUS_OK)
        v->needs = (struct need_list){0};
    v->rows = mem_zalloc(v->needs.count + 1, sizeof *v->rows);
    narrow(v, x);
}

static void reload(struct view *view, const struct context *x)
{
    struct need_view *v = (struct need_view *)view;
    names_forget(v->names);
    load(v, x);
}

static const char *area(const struct view *view)
{
    return ((const struct need_view *)view)->area;
}

static void close_view(struct view *view)
{
    struct need_view *v = (struct need_view *)view;
    need_list_release(&v->needs);
    edit_release(&v->edit);
    names_free(v->names);
    free(v->rows);
    free(v);
}

struct view *way_need_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_PICK,
        .takes_text = true,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .text = type,
        .close = close_view,
        .area = area,
    };
    struct need_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    snprintf(v->area, sizeof v->area, "%s", strcmp(at, AREA_COUNTRY_CODE) == 0 ? "" : at);
    edit_init(&v->edit);
    load(v, x);
    return &v->view;
}
