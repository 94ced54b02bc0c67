/* The search view: every change of the words searches again; what the directory understood of them
 * is shown as filters that can be removed. Drawing is in search_draw.c. */
#include "tui/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/print.h"

const struct filter *search_filters(const struct search_view *v, size_t *ret_count)
{
    bool found = v->hits.loaded;
    *ret_count = found ? v->hits.page.filter_count : v->wanted.filter_count;
    return found ? v->hits.page.filters : v->wanted.filters;
}

static const struct filter *area_filter(const struct filter *filters, size_t count, bool guessed)
{
    for (size_t i = 0; i < count; i++)
        if (filters[i].kind == FILTER_AREA && filters[i].guessed == guessed)
            return &filters[i];
    return NULL;
}

static void remove_at(struct filter *filters, size_t *count, size_t at)
{
    memmove(&filters[at], &filters[at + 1], (*count - at - 1) * sizeof *filters);
    (*count)--;
}

/* Where nothing was found in the area the person came from, but the words name another one: that
 * one counts. */
static void leave_old_area(struct search_view *v, struct query *q)
{
    struct result elsewhere;
    const struct filter *area = area_filter(q->filters, q->filter_count, false);
    if (!area || !v->hits.loaded || v->hits.page.count > 0)
        return;
    remove_at(q->filters, &q->filter_count, (size_t)(area - q->filters));
    q->limit = 1;
    if (search_run(v->hits.db, q, &elsewhere) != STATUS_OK)
        return;
    bool named = area_filter(elsewhere.filters, elsewhere.filter_count, true);
    if (named && elsewhere.count > 0)
        hits_show(&v->hits, q, "");
    result_release(&elsewhere);
}

static void scroll(struct search_view *v)
{
    struct hits_look look = search_look(v, 0, v->rows);
    hits_scroll(&v->hits, &look);
}

/* Headings and filters for what was found. */
static void settle(struct search_view *v)
{
    size_t count;
    const struct filter *filters = search_filters(v, &count);
    const struct filter *area = area_filter(filters, count, true);
    if (!area)
        area = area_filter(filters, count, false);
    snprintf(v->hits.asked, sizeof v->hits.asked, "%.*s", AREA_CODE - 1, area ? area->value : "");
    if (v->filter >= count)
        v->filter = count > 0 ? count - 1 : 0;
    if (count == 0)
        v->on_filters = false;
    scroll(v);
}

static void search(struct search_view *v, const struct context *x)
{
    struct query q = v->wanted;
    if (v->edit.text.len == 0) {
        v->wanted.refused_count = 0;
        hits_clear(&v->hits);
    } else {
        q.words = v->edit.text.bytes;
        q.lang = x->lang;
        hits_show(&v->hits, &q, "");
        leave_old_area(v, &q);
    }
    settle(v);
}

static void remove_filter(struct search_view *v, const struct context *x, size_t at)
{
    size_t count;
    const struct filter *filters = search_filters(v, &count);
    if (at >= count)
        return;
    struct filter f = filters[at];
    struct query *q = &v->wanted;
    if (f.guessed && q->refused_count < QUERY_FILTERS)
        q->refused[q->refused_count++] = f;
    for (size_t i = 0; !f.guessed && i < q->filter_count; i++) {
        if (q->filters[i].kind == f.kind && strcmp(q->filters[i].value, f.value) == 0) {
            remove_at(q->filters, &q->filter_count, i);
            break;
        }
    }
    search(v, x);
}

/* False when there is none. Guessed ones stand last. */
static bool remove_last_filter(struct search_view *v, const struct context *x)
{
    size_t count;
    search_filters(v, &count);
    if (count > 0)
        remove_filter(v, x, count - 1);
    return count > 0;
}

bool search_wider(const struct search_view *v, char ret_code[AREA_CODE])
{
    size_t count;
    const struct filter *filters = search_filters(v, &count);
    const struct filter *area = area_filter(filters, count, false);
    if (!v->hits.loaded || v->hits.page.count > 0 || !area)
        return false;
    size_t len = strlen(area->value);
    if (len < 2 || len >= AREA_CODE || strcmp(area->value, AREA_COUNTRY_CODE) == 0)
        return false;
    snprintf(ret_code, AREA_CODE, "%.*s", (int)len - 2, area->value);
    return true;
}

static void widen(struct search_view *v, const struct context *x)
{
    char code[AREA_CODE];
    struct query *q = &v->wanted;
    if (!search_wider(v, code))
        return;
    for (size_t i = 0; i < q->filter_count; i++) {
        if (q->filters[i].kind != FILTER_AREA)
            continue;
        if (*code)
            snprintf(q->filters[i].value, sizeof q->filters[i].value, "%s", code);
        else
            remove_at(q->filters, &q->filter_count, i);
        break;
    }
    search(v, x);
}

static void open_hit(struct search_view *v, const struct context *x)
{
    const struct hit *hit = hits_selected(&v->hits);
    if (!hit) {
        widen(v, x);
        return;
    }
    struct uuid id = hit->id;
    struct view *detail = detail_new(x, &id);
    if (detail)
        app_push(x->app, detail);
    else
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
}

/* Keys while the arrows are on the filters. */
static unsigned run_on_filters(struct search_view *v, const struct context *x, enum command command)
{
    size_t count;
    search_filters(v, &count);
    switch (command) {
    case COMMAND_LEFT:
        v->filter -= v->filter > 0;
        break;
    case COMMAND_RIGHT:
        v->filter += v->filter + 1 < count;
        break;
    case COMMAND_HOME:
        v->filter = 0;
        break;
    case COMMAND_END:
        v->filter = count - 1;
        break;
    case COMMAND_OPEN:
    case COMMAND_DELETE:
    case COMMAND_DELETE_BACK:
        remove_filter(v, x, v->filter);
        break;
    case COMMAND_DOWN:
    case COMMAND_BACK:
    case COMMAND_NEXT_PANE:
    case COMMAND_SEARCH:
        v->on_filters = false;
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void go_to_filters(struct search_view *v)
{
    size_t count;
    search_filters(v, &count);
    if (count == 0)
        return;
    v->on_filters = true;
    v->filter = count - 1;
}

static void move(struct search_view *v, long by)
{
    if (by == -1 && v->hits.selected == 0)
        go_to_filters(v);
    else
        hits_move(&v->hits, by);
    scroll(v);
}

static unsigned delete_back(struct search_view *v, const struct context *x)
{
    if (v->edit.text.len == 0)
        return remove_last_filter(v, x) ? OUTCOME_HANDLED : OUTCOME_HANDLED | OUTCOME_POP;
    if (edit_delete_back(&v->edit))
        search(v, x);
    return OUTCOME_HANDLED;
}

/* Moves the cursor; Left leaves the view while nothing is typed. */
static unsigned move_cursor(struct search_view *v, enum command command)
{
    if (command == COMMAND_LEFT && v->edit.text.len == 0)
        return OUTCOME_HANDLED | OUTCOME_POP;
    if (command == COMMAND_LEFT)
        edit_left(&v->edit);
    else if (command == COMMAND_RIGHT)
        edit_right(&v->edit);
    else if (command == COMMAND_HOME)
        edit_home(&v->edit);
    else
        edit_end(&v->edit);
    return OUTCOME_HANDLED;
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct search_view *v = (struct search_view *)view;
    struct hits_look look = search_look(v, 0, v->rows);
    if (v->on_filters) {
        unsigned outcome = run_on_filters(v, x, command);
        if (outcome != OUTCOME_IGNORED)
            return outcome;
    }
    switch (command) {
    case COMMAND_UP:
        move(v, -1);
        break;
    case COMMAND_DOWN:
        move(v, 1);
        break;
    case COMMAND_PAGE_UP:
        move(v, -hits_page(&look));
        break;
    case COMMAND_PAGE_DOWN:
        move(v, hits_page(&look));
        break;
    case COMMAND_LEFT:
    case COMMAND_RIGHT:
    case COMMAND_HOME:
    case COMMAND_END:
        return move_cursor(v, command);
    case COMMAND_OPEN:
        open_hit(v, x);
        break;
    case COMMAND_DELETE_BACK:
        return delete_back(v, x);
    case COMMAND_DELETE:
        if (edit_delete(&v->edit))
            search(v, x);
        break;
    case COMMAND_CLEAR_TEXT:
        if (edit_clear(&v->edit))
            search(v, x);
        break;
    case COMMAND_FILTER_REMOVE:
        remove_last_filter(v, x);
        break;
    case COMMAND_NEXT_PANE:
        go_to_filters(v);
        break;
    case COMMAND_SEARCH:
        edit_end(&v->edit);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static unsigned type(struct view *view, const struct context *x, const char *s, size_t len)
{
    struct search_view *v = (struct search_view *)view;
    v->on_filters = false;
    if (edit_insert(&v->edit, s, len))
        search(v, x);
    return OUTCOME_HANDLED;
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    (void)view;
    text_adds(out, message_get(x->lang, MSG_SEARCH_TITLE));
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct search_view *v = (struct search_view *)view;
    (void)x;
    v->rows = rows;
    v->columns = columns;
    scroll(v);
}

static void reload(struct view *view, const struct context *x)
{
    struct search_view *v = (struct search_view *)view;
    names_forget(v->names);
    if (v->hits.loaded)
        hits_reload(&v->hits, x->lang);
    settle(v);
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct hit *hit = hits_selected(&((const struct search_view *)view)->hits);
    if (hit)
        *ret_service = hit->id;
    return hit;
}

static const char *area(const struct view *view)
{
    size_t count;
    const struct search_view *v = (const struct search_view *)view;
    const struct filter *filters = search_filters(v, &count);
    const struct filter *found = area_filter(filters, count, true);
    if (!found)
        found = area_filter(filters, count, false);
    return found ? found->value : "";
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct search_view *v = (const struct search_view *)view;
    struct format f = {v->names, x->lang, x->now(x->clock)};
    print_heading(x, view, out);
    return hits_print(&v->hits, &f, out);
}

static void close_view(struct view *view)
{
    struct search_view *v = (struct search_view *)view;
    hits_release(&v->hits);
    edit_release(&v->edit);
    names_free(v->names);
    free(v);
}

struct view *search_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_SEARCH,
        .takes_text = true,
        .title = title,
        .draw = search_draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .text = type,
        .close = close_view,
        .selected = selected,
        .area = area,
        .print = print,
    };
    struct search_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    v->wanted.words = "";
    edit_init(&v->edit);
    hits_init(&v->hits, x->db);
    if (*at) {
        v->wanted.filters[0] = (struct filter){.kind = FILTER_AREA};
        snprintf(v->wanted.filters[0].value, sizeof v->wanted.filters[0].value, "%s", at);
        v->wanted.filter_count = 1;
    }
    return &v->view;
}
