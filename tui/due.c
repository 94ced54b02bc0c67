/* The due view: a round of telephone calls through what must be confirmed again. One key for each
 * answer, and the next entry is there. Drawing is in due_draw.c. */
#include "tui/due.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/detail.h"
#include "i18n/number.h"
#include "tui/app.h"
#include "tui/call_sheet.h"
#include "tui/config.h"
#include "tui/desk.h"
#include "tui/due_view.h"
#include "tui/print.h"
#include "tui/undo.h"
#include "tui/verify.h"
#include "tui/why.h"

enum { TITLE_ROOM = 30 }; /* columns of the top bar that the area does not get */

static struct due_item *chosen(struct due_view *v)
{
    return v->count > 0 ? &v->items[v->roll.selected] : NULL;
}

/* --- the card of the chosen entry */

static void load_card(struct due_view *v, const struct context *x)
{
    struct due_item *i = chosen(v);
    struct detail detail;
    sheet_release(&v->card);
    sheet_init(&v->card, v->columns > 3 ? v->columns - 2 : 1);
    v->card.ruler = x->lettering.ruler;
    if (!i || v->columns == 0)
        return;
    if (detail_load(x->db, &i->row.id, &detail) != STATUS_OK) {
        sheet_text(&v->card, 0, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
        return;
    }
    struct format f = {v->names, x->lang, x->now(x->clock)};
    format_call(&f, &v->card, &detail, false);
    if (!i->done) {
        struct text why = TEXT_INIT;
        why_due_row(&why, x->lang, &i->row);
        sheet_field(&v->card, message_get(x->lang, MSG_DUE_WHY_LABEL), STYLE_WARNING, why.bytes);
        text_release(&why);
    }
    detail_release(&detail);
}

static void fit(struct due_view *v, const struct context *x)
{
    load_card(v, x);
    struct due_layout l = due_layout(v, x);
    roll_fit(&v->roll, v->count, (size_t)(l.list > 0 ? l.list : 1));
}

/* --- loading */

static void keep_texts(struct due_view *v, struct due_row *row)
{
    const char **texts[] = {
        &row->name_km, &row->name_en, &row->abbreviation_km, &row->abbreviation_en, &row->types,
        &row->phones,  &row->actor};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_strdup(&v->arena, *texts[i]);
}

static int by_id(const void *a, const void *b)
{
    const struct due_row *const *left = a, *const *right = b;
    return memcmp(&(*left)->id, &(*right)->id, sizeof(*left)->id);
}

static const struct due_row *find(const struct due_row *const *sorted, size_t count,
                                  const struct due_row *wanted)
{
    const struct due_row *const *found = bsearch(&wanted, sorted, count, sizeof *sorted, by_id);
    return found ? *found : NULL;
}

static const struct due_row **sort_rows(const struct due_row *rows, size_t count)
{
    const struct due_row **sorted = mem_zalloc(count + 1, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &rows[i];
    qsort(sorted, count, sizeof *sorted, by_id);
    return sorted;
}

/* Ticks what fell out of the list, and adds what came into it, at the end. */
static void merge_list(struct due_view *v, const struct due_list *list)
{
    const struct due_row **fresh = sort_rows(list->rows, list->count);
    struct due_row *old_rows = mem_zalloc(v->count + 1, sizeof *old_rows);
    size_t old = v->count;
    for (size_t i = 0; i < old; i++) {
        v->items[i].done = !find(fresh, list->count, &v->items[i].row);
        old_rows[i] = v->items[i].row;
    }
    const struct due_row **known = sort_rows(old_rows, old);
    v->items = mem_realloc(v->items, old + list->count + 1, sizeof *v->items);
    for (size_t i = 0; i < list->count; i++) {
        if (find(known, old, &list->rows[i]))
            continue;
        v->items[v->count] = (struct due_item){.row = list->rows[i]};
        keep_texts(v, &v->items[v->count++].row);
    }
    free(fresh);
    free(known);
    free(old_rows);
}

/* The list by the rules of this machine; a wrong file of rules leaves those of the directory. */
static enum status load_list(const struct due_view *v, const struct context *x,
                             struct due_list *ret_list)
{
    struct due_rules rules;
    size_t line;
    enum status status = config_due_rules(x->db, &rules, &line);
    const struct due_query query = {v->area, date_days(date_from_time(x->now(x->clock))),
                                    status == STATUS_OK ? &rules : NULL, 0};
    return due_load(x->db, &query, ret_list);
}

static void load(struct due_view *v, const struct context *x)
{
    struct due_list list;
    v->status = load_list(v, x, &list);
    if (v->status != STATUS_OK)
        return;
    merge_list(v, &list);
    v->answered = list.done;
    v->total = list.total;
    v->round_from = list.round_from;
    due_list_release(&list);
}

/* --- the round */

/* To the next one that is still to be called; from the end back to the first of them. */
static void go_next(struct due_view *v)
{
    for (size_t n = 1; n <= v->count; n++) {
        size_t at = (v->roll.selected + n) % v->count;
        const struct due_item *i = &v->items[at];
        if (!i->done && !i->result && !i->skipped) {
            roll_go(&v->roll, at);
            return;
        }
    }
    if (v->roll.selected + 1 < v->count)
        roll_go(&v->roll, v->roll.selected + 1);
}

static void answer(struct due_view *v, const struct context *x, int result, enum command command)
{
    struct due_item *i = chosen(v);
    if (!i || !desk_may_write(x, command))
        return;
    struct uuid id = i->row.id;
    if (result == VALUE_RESULT_CLOSED) { /* asks for the reason */
        struct view *form = verify_new(x, &id, result);
        if (form)
            app_push(x->app, form);
        return;
    }
    const struct verdict_words found = {VALUE_METHOD_PHONE, result, ""};
    if (result == VALUE_RESULT_CHANGED) {
        desk_edit(x, &id, &found);
        return;
    }
    size_t at = v->roll.selected;
    i->result = result;
    bool saved = desk_verify(x, &id, &found); /* reads the list again */
    if (!saved)
        v->items[at].result = 0;
    else if (v->roll.selected == at)
        go_next(v);
    fit(v, x);
}

static void skip(struct due_view *v, const struct context *x)
{
    struct due_item *i = chosen(v);
    if (i)
        i->skipped = !i->done && !i->result;
    if (i)
        go_next(v);
    fit(v, x);
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct due_view *v = (struct due_view *)view;
    if (roll_command(&v->roll, command)) {
        fit(v, x);
        return OUTCOME_HANDLED;
    }
    switch (command) {
    case COMMAND_STILL_RIGHT:
        answer(v, x, VALUE_RESULT_STILL_RIGHT, command);
        break;
    case COMMAND_CHANGED:
        answer(v, x, VALUE_RESULT_CHANGED, command);
        break;
    case COMMAND_NOT_REACHED:
        answer(v, x, VALUE_RESULT_NOT_REACHED, command);
        break;
    case COMMAND_CLOSED:
        answer(v, x, VALUE_RESULT_CLOSED, command);
        break;
    case COMMAND_SKIP:
        skip(v, x);
        break;
    case COMMAND_OPEN:
    case COMMAND_RIGHT:
        if (chosen(v))
            desk_open(x, &chosen(v)->row.id);
        break;
    case COMMAND_LEFT:
        return OUTCOME_HANDLED | OUTCOME_POP;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

/* --- the view */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct due_view *v = (const struct due_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_DUE));
    names_path_fit(v->names, out, x->lang, v->area, v->columns - TITLE_ROOM);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct due_view *v = (struct due_view *)view;
    v->rows = rows;
    v->columns = columns;
    fit(v, x);
}

static void reload(struct view *view, const struct context *x)
{
    struct due_view *v = (struct due_view *)view;
    const struct due_item *i = chosen(v);
    bool open = i && !i->done;
    names_forget(v->names);
    load(v, x);
    if (open && chosen(v)->done)
        go_next(v);
    fit(v, x);
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct due_view *v = (const struct due_view *)view;
    if (v->count > 0)
        *ret_service = v->items[v->roll.selected].row.id;
    return v->count > 0;
}

static const char *area(const struct view *view)
{
    return ((const struct due_view *)view)->area;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct due_view *v = (const struct due_view *)view;
    struct format f = {v->names, x->lang, x->now(x->clock)};
    struct due_list list;
    if (load_list(v, x, &list) != STATUS_OK)
        return false;
    bool any = list.count > 0;
    if (any)
        call_sheet(&f, out, &list, v->area, app_person(x->app)->name, PRINT_COLUMNS);
    due_list_release(&list);
    return any;
}

static void close_view(struct view *view)
{
    struct due_view *v = (struct due_view *)view;
    sheet_release(&v->card);
    names_free(v->names);
    arena_release(&v->arena);
    free(v->items);
    free(v);
}

struct view *due_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_DUE,
        .title = title,
        .draw = due_draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .selected = selected,
        .area = area,
        .print = print,
    };
    struct due_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    snprintf(v->area, sizeof v->area, "%s", strcmp(at, AREA_COUNTRY_CODE) == 0 ? "" : at);
    load(v, x);
    return &v->view;
}
