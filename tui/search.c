/* The search view: every change of the words searches again; what the directory understood of them
 * is shown as filters that can be removed. A run of keys is searched for once, when it is about to
 * be drawn, and the search ends early when another key comes. */
#include "tui/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/print.h"

static const struct filter *area_filter(const struct filter *filters, size_t count, bool guessed)
{
    for (size_t i = 0; i < count; i++)
        if (filters[i].kind == FILTER_AREA && filters[i].guessed == guessed)
            return &filters[i];
    return NULL;
}

/* Where nothing was found in the area the person came from, but the words name another one: that
 * one counts. False: cancelled. */
static bool leave_old_area(struct search_view *v, struct query *q)
{
    struct result elsewhere;
    const struct filter *area = area_filter(q->filters, q->filter_count, false);
    if (!area || !v->hits.loaded || v->hits.page.count > 0)
        return true;
    size_t at = (size_t)(area - q->filters);
    memmove(&q->filters[at], &q->filters[at + 1], (q->filter_count - at - 1) * sizeof *q->filters);
    q->filter_count--;
    q->limit = 1;
    enum status status = search_run(v->hits.db, q, &elsewhere);
    if (status != STATUS_OK)
        return status != STATUS_CANCELLED;
    bool named = area_filter(elsewhere.filters, elsewhere.filter_count, true);
    bool there = named && elsewhere.count > 0;
    result_release(&elsewhere);
    return !there || hits_show(&v->hits, q, "");
}

static void scroll(struct search_view *v)
{
    struct hits_look look = search_look(v, 0, v->rows);
    hits_scroll(&v->hits, &look);
}

static size_t within(size_t at, size_t count)
{
    return at < count ? at : count > 0 ? count - 1 : 0;
}

/* Headings, and what is chosen, for what was found. */
static void arrange(struct search_view *v)
{
    size_t count;
    const struct filter *filters = search_filters(v, &count);
    const struct filter *area = area_filter(filters, count, true);
    if (!area)
        area = area_filter(filters, count, false);
    snprintf(v->hits.asked, sizeof v->hits.asked, "%.*s", AREA_CODE - 1, area ? area->value : "");
    v->filter = within(v->filter, count);
    v->facet = within(v->facet, search_facet_count(v));
    v->suggestion = within(v->suggestion, search_suggestion_count(v));
    if ((v->focus == FOCUS_FILTERS && count == 0) ||
        (v->focus == FOCUS_FACETS && search_facet_count(v) == 0) ||
        (v->focus == FOCUS_SUGGESTIONS && search_suggestion_count(v) == 0))
        v->focus = FOCUS_LIST;
    if (v->focus == FOCUS_LIST && v->hits.page.count == 0 && search_suggestion_count(v) > 0)
        v->focus = FOCUS_SUGGESTIONS;
    scroll(v);
}

/* False: given up because the person typed on; the old rows stay until then. */
static bool search(struct search_view *v, const struct context *x, bool may_stop)
{
    struct query q = v->wanted;
    q.words = v->edit.text.bytes;
    q.lang = x->lang;
    q.now = x->now(x->clock);
    q.want_facets = true;
    q.cancelled = may_stop ? x->waiting : NULL;
    q.cancel_context = x->waiting_state;
    if (v->edit.text.len == 0)
        v->wanted.refused_count = 0;
    if (v->edit.text.len == 0 && !search_has_own_filters(v))
        hits_clear(&v->hits);
    else if (!hits_show(&v->hits, &q, "") || !leave_old_area(v, &q))
        return false;
    v->stale = false;
    if (v->focus == FOCUS_SUGGESTIONS)
        v->focus = FOCUS_LIST;
    v->suggestion = 0;
    arrange(v);
    return true;
}

static bool settle(struct view *view, const struct context *x)
{
    struct search_view *v = (struct search_view *)view;
    return !v->stale || search(v, x, true);
}

/* What the person sees or is about to open must be what was typed last. */
static void catch_up(struct search_view *v, const struct context *x)
{
    if (v->stale)
        (void)search(v, x, false);
}

static void open_hit(struct search_view *v, const struct context *x)
{
    const struct hit *hit = hits_selected(&v->hits);
    if (!hit)
        return;
    struct uuid id = hit->id;
    struct view *detail = detail_new(x, &id);
    if (detail)
        app_push(x->app, detail);
    else
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
}

/* --- moving
 * ------------------------------------------------------------------------------------------ */

static bool go_to_filters(struct search_view *v)
{
    size_t count;
    search_filters(v, &count);
    if (count == 0)
        return false;
    v->focus = FOCUS_FILTERS;
    v->filter = count - 1;
    return true;
}

static bool go_to_facets(struct search_view *v)
{
    if (search_facet_count(v) == 0)
        return false;
    v->focus = FOCUS_FACETS;
    return true;
}

/* Down from the filters, up from what is below. */
static void go_to_list(struct search_view *v)
{
    v->focus =
        v->hits.page.count == 0 && search_suggestion_count(v) > 0 ? FOCUS_SUGGESTIONS : FOCUS_LIST;
}

/* The list, the filters in force, the counts, the list again. */
static void next_pane(struct search_view *v)
{
    bool from_list = v->focus == FOCUS_LIST || v->focus == FOCUS_SUGGESTIONS;
    if (from_list && go_to_filters(v))
        return;
    if (v->focus != FOCUS_FACETS && go_to_facets(v))
        return;
    go_to_list(v);
}

static void step(size_t *at, size_t count, enum command command)
{
    if (command == COMMAND_HOME)
        *at = 0;
    else if (command == COMMAND_END)
        *at = within(count, count);
    else if (command == COMMAND_UP || command == COMMAND_LEFT)
        *at -= *at > 0;
    else
        *at = within(*at + 1, count);
}

static unsigned run_on_filters(struct search_view *v, enum command command)
{
    size_t count;
    search_filters(v, &count);
    switch (command) {
    case COMMAND_LEFT:
    case COMMAND_RIGHT:
    case COMMAND_HOME:
    case COMMAND_END:
        step(&v->filter, count, command);
        break;
    case COMMAND_OPEN:
    case COMMAND_DELETE:
    case COMMAND_DELETE_BACK:
        search_remove(v, v->filter);
        break;
    case COMMAND_DOWN:
    case COMMAND_BACK:
    case COMMAND_SEARCH:
        go_to_list(v);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static unsigned run_on_facets(struct search_view *v, enum command command)
{
    const struct facet *facet = search_facet(v, v->facet);
    switch (command) {
    case COMMAND_UP:
    case COMMAND_DOWN:
    case COMMAND_HOME:
    case COMMAND_END:
        step(&v->facet, search_facet_count(v), command);
        break;
    case COMMAND_OPEN:
        if (facet)
            search_toggle(v, facet);
        break;
    case COMMAND_LEFT:
    case COMMAND_RIGHT:
    case COMMAND_BACK:
    case COMMAND_SEARCH:
        go_to_list(v);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static unsigned run_on_suggestions(struct search_view *v, enum command command)
{
    const struct suggestion *s = search_suggestion(v, v->suggestion);
    switch (command) {
    case COMMAND_UP:
        if (v->suggestion > 0)
            v->suggestion--;
        else if (v->hits.page.count > 0)
            v->focus = FOCUS_LIST;
        else
            go_to_filters(v);
        break;
    case COMMAND_DOWN:
        step(&v->suggestion, search_suggestion_count(v), command);
        break;
    case COMMAND_OPEN:
        if (s)
            search_follow(v, s);
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

static unsigned run_on(struct search_view *v, enum command command)
{
    switch (v->focus) {
    case FOCUS_FILTERS:
        return run_on_filters(v, command);
    case FOCUS_FACETS:
        return run_on_facets(v, command);
    case FOCUS_SUGGESTIONS:
        return run_on_suggestions(v, command);
    case FOCUS_LIST:
        break;
    }
    return OUTCOME_IGNORED;
}

static void move(struct search_view *v, long by)
{
    bool moved = by != -1 || v->hits.selected > 0 ? hits_move(&v->hits, by) : false;
    if (!moved && by == -1)
        go_to_filters(v);
    else if (!moved && by == 1 && search_suggestion_count(v) > 0)
        v->focus = FOCUS_SUGGESTIONS;
    scroll(v);
}

/* --- typing
 * ------------------------------------------------------------------------------------------ */

static unsigned delete_back(struct search_view *v)
{
    size_t count;
    if (v->edit.text.len > 0) {
        v->stale |= edit_delete_back(&v->edit);
        return OUTCOME_HANDLED;
    }
    search_filters(v, &count); /* guesses stand last */
    return count > 0 && search_remove(v, count - 1) ? OUTCOME_HANDLED
                                                    : OUTCOME_HANDLED | OUTCOME_POP;
}

static void remove_last(struct search_view *v)
{
    size_t count;
    search_filters(v, &count);
    if (count > 0)
        (void)search_remove(v, count - 1);
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

/* Only changes the words: nothing needs to be found for it. */
static bool is_typing(const struct search_view *v, enum command command)
{
    switch (command) {
    case COMMAND_DELETE_BACK:
    case COMMAND_DELETE:
        return v->edit.text.len > 0 && v->focus != FOCUS_FILTERS;
    case COMMAND_CLEAR_TEXT:
        return true;
    default:
        return false;
    }
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct search_view *v = (struct search_view *)view;
    struct hits_look look = search_look(v, 0, v->rows);
    if (!is_typing(v, command))
        catch_up(v, x);
    unsigned outcome = run_on(v, command);
    if (outcome != OUTCOME_IGNORED)
        return outcome;
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
        return delete_back(v);
    case COMMAND_DELETE:
        v->stale |= edit_delete(&v->edit);
        break;
    case COMMAND_CLEAR_TEXT:
        v->stale |= edit_clear(&v->edit);
        break;
    case COMMAND_FILTER_REMOVE:
        remove_last(v);
        break;
    case COMMAND_NEXT_PANE:
        next_pane(v);
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
    (void)x;
    v->focus = FOCUS_LIST;
    v->stale |= edit_insert(&v->edit, s, len);
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
    if (v->hits.loaded && !v->stale)
        hits_reload(&v->hits, x->lang);
    arrange(v);
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

static const char *typed(const struct view *view)
{
    return ((const struct search_view *)view)->edit.text.bytes;
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

struct view *search_asking(const struct context *x, const char *words, const struct filter *filters,
                           size_t count)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_SEARCH,
        .takes_text = true,
        .typed = typed,
        .title = title,
        .draw = search_draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .text = type,
        .settle = settle,
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
    edit_insert(&v->edit, words, strlen(words));
    memcpy(v->wanted.filters, filters, count * sizeof *filters);
    v->wanted.filter_count = count;
    v->stale = *words || search_has_own_filters(v);
    return &v->view;
}

struct view *search_new(const struct context *x, const char *at)
{
    struct filter area = {.kind = FILTER_AREA};
    snprintf(area.value, sizeof area.value, "%s", at);
    return search_asking(x, "", &area, *at != '\0');
}
