/* Drafts that wait: what was typed and not saved, after a crash or because it was put aside. Enter
 * opens one; what shall become of it is asked there. And the list of what can be made new. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/message.h"
#include "i18n/number.h"
#include "tui/app.h"
#include "tui/draft.h"
#include "tui/form.h"
#include "tui/form_view.h"
#include "tui/hits.h"

/* --- drafts
 * ------------------------------------------------------------------------------------------ */

struct drafts_view {
    struct view view;
    struct draft_list list;
    size_t selected;
};

static void load(struct drafts_view *v, const struct context *x)
{
    draft_list_release(&v->list);
    draft_list_load(app_drafts(x->app), app_file(x->app), &v->list);
    if (v->selected >= v->list.count)
        v->selected = v->list.count ? v->list.count - 1 : 0;
}

static void title_drafts(const struct view *view, const struct context *x, struct text *out)
{
    (void)view;
    text_adds(out, message_get(x->lang, MSG_COMMAND_DRAFTS));
}

static void draw_drafts(const struct view *view, const struct context *x, struct canvas *c, int top,
                        int bottom)
{
    enum { HEAD = 2 };
    const struct drafts_view *v = (const struct drafts_view *)view;
    struct text line = TEXT_INIT;
    size_t rows = bottom - top > HEAD ? (size_t)(bottom - top - HEAD) : 1;
    size_t first = v->selected >= rows ? v->selected - rows + 1 : 0;
    canvas_puts(c, top, 1, c->columns - 2, STYLE_TITLE,
                message_get(x->lang, v->list.count ? MSG_DRAFT_LIST : MSG_DRAFT_NONE));
    for (size_t i = 0; i < rows && first + i < v->list.count; i++) {
        bool marked = first + i == v->selected;
        int row = top + HEAD + (int)i;
        enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
        text_clear(&line);
        form_say_draft(&line, x, &v->list.rows[first + i]);
        if (marked) {
            canvas_fill(c, row, 0, c->columns, style, 0);
            canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
        }
        canvas_puts(c, row, 3, c->columns - 4, style, line.bytes);
    }
    text_release(&line);
}

static void open_draft(struct drafts_view *v, const struct context *x)
{
    if (v->list.count == 0)
        return;
    struct view *form = form_of_draft(x, &v->list.rows[v->selected]);
    if (form)
        app_push(x->app, form);
    else
        app_say(x->app, STYLE_ERROR, message_get(x->lang, MSG_DRAFT_UNREADABLE));
}

static unsigned run_drafts(struct view *view, const struct context *x, enum command command)
{
    struct drafts_view *v = (struct drafts_view *)view;
    size_t last = v->list.count ? v->list.count - 1 : 0;
    switch (command) {
    case COMMAND_UP:
        v->selected -= v->selected > 0;
        break;
    case COMMAND_DOWN:
        v->selected += v->selected < last;
        break;
    case COMMAND_HOME:
    case COMMAND_PAGE_UP:
        v->selected = 0;
        break;
    case COMMAND_END:
    case COMMAND_PAGE_DOWN:
        v->selected = last;
        break;
    case COMMAND_OPEN:
    case COMMAND_RIGHT:
    case COMMAND_EDIT:
        open_draft(v, x);
        break;
    case COMMAND_LEFT:
        return OUTCOME_HANDLED | OUTCOME_POP;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static void reload_drafts(struct view *view, const struct context *x)
{
    load((struct drafts_view *)view, x);
}

/* Called when a form above it was closed, too. */
static void resize_drafts(struct view *view, const struct context *x, int rows, int columns)
{
    (void)rows;
    (void)columns;
    load((struct drafts_view *)view, x);
}

static void close_drafts(struct view *view)
{
    struct drafts_view *v = (struct drafts_view *)view;
    draft_list_release(&v->list);
    free(v);
}

struct view *drafts_new(const struct context *x)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_LIST,
        .title = title_drafts,
        .draw = draw_drafts,
        .resize = resize_drafts,
        .reload = reload_drafts,
        .command = run_drafts,
        .close = close_drafts,
    };
    if (!app_drafts(x->app))
        return NULL;
    struct drafts_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    load(v, x);
    if (v->list.count > 0)
        return &v->view;
    close_drafts(&v->view);
    return NULL;
}

/* --- something new
 * ----------------------------------------------------------------------------------- */

struct new_view {
    struct view view;
    struct choice choice;
    char area[AREA_CODE];
    struct names *names;
};

static const enum record_kind new_kinds[] = {RECORD_SERVICE, RECORD_ORGANIZATION, RECORD_PROGRAM,
                                             RECORD_AREA_ALERT};

static void title_new(const struct view *view, const struct context *x, struct text *out)
{
    (void)view;
    text_adds(out, message_get(x->lang, MSG_COMMAND_NEW));
}

static void draw_new(const struct view *view, const struct context *x, struct canvas *c, int top,
                     int bottom)
{
    const struct new_view *v = (const struct new_view *)view;
    struct text path = TEXT_INIT;
    names_path(v->names, &path, x->lang, v->area);
    choice_draw(&v->choice, c, top, bottom, x->lang, path.bytes);
    text_release(&path);
}

static unsigned run_new(struct view *view, const struct context *x, enum command command)
{
    struct new_view *v = (struct new_view *)view;
    int answer = choice_command(&v->choice, command);
    if (answer == CHOICE_LEFT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    if (answer == CHOICE_OPEN)
        return command == COMMAND_HELP ? OUTCOME_IGNORED : OUTCOME_HANDLED;
    struct view *form = form_new(x, new_kinds[answer], v->area);
    if (form)
        app_push(x->app, form);
    return OUTCOME_HANDLED | OUTCOME_POP;
}

static void close_new(struct view *view)
{
    struct new_view *v = (struct new_view *)view;
    names_free(v->names);
    free(v);
}

struct view *form_choose_new(const struct context *x, const char *area)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_PICK,
        .title = title_new,
        .draw = draw_new,
        .command = run_new,
        .close = close_new,
    };
    struct new_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    snprintf(v->area, sizeof v->area, "%s", area);
    v->choice = (struct choice){
        .question = MSG_NEW_WHAT,
        .answers = {MSG_RECORD_SERVICE, MSG_RECORD_ORGANIZATION, MSG_RECORD_PROGRAM,
                    MSG_RECORD_AREA_ALERT},
        .count = sizeof new_kinds / sizeof *new_kinds,
    };
    return &v->view;
}
