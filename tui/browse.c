/* The browse view: areas, the services of the selected area, and a preview of the selected service.
 * Wide screens show the three side by side, narrow ones areas or services. Loads little and only
 * what is shown. Drawing is in browse_draw.c. */
#include "tui/browse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/detail.h"
#include "tui/app.h"
#include "tui/print.h"

#define NOTHING_LOADED "?"

enum { TITLE_ROOM = 14 }; /* columns of the top bar that the path does not get */

const struct area *browse_area(const struct browse *b)
{
    return b->selected == 0 ? &b->whole : &b->areas.rows[b->selected - 1];
}

size_t browse_area_rows(const struct browse *b)
{
    return b->areas.count + 1;
}

static bool is_wide(const struct browse *b)
{
    return b->columns >= BROWSE_WIDE;
}

static void copy_code(char to[AREA_CODE], const char *code)
{
    snprintf(to, AREA_CODE, "%s", code);
}

/* A query for the services of an area: all that are in it or serve it. */
static struct query area_query(const char *code, enum lang lang)
{
    struct query q = {.words = "", .lang = lang, .filter_count = 1};
    q.filters[0] = (struct filter){.kind = FILTER_AREA, .where = WHERE_ANY};
    snprintf(q.filters[0].value, sizeof q.filters[0].value, "%s", *code ? code : AREA_COUNTRY_CODE);
    return q;
}

/* The country has no row of its own: what is located in its provinces, and what serves all of it.
 */
static void count_country(struct browse *b, const struct context *x)
{
    for (size_t i = 0; i < b->areas.count; i++)
        b->whole.located += b->areas.rows[i].located;
    if (area_national(x->db, &b->whole.covering) != STATUS_OK)
        b->whole.covering = 0;
}

static void count_whole(struct browse *b, const struct context *x)
{
    struct area_list path;
    b->whole = (struct area){.kind = AREA_PROVINCE};
    copy_code(b->whole.code, b->parent);
    if (!*b->parent) {
        count_country(b, x);
    } else if (area_path(x->db, b->parent, &path) == STATUS_OK) {
        const struct area *last = &path.rows[path.count - 1];
        b->whole.kind = last->kind;
        b->whole.located = last->located;
        b->whole.covering = last->covering;
        area_list_release(&path);
    }
}

static void scroll_areas(struct browse *b)
{
    size_t lines = (size_t)browse_area_lines(b->rows);
    if (b->top > b->selected)
        b->top = b->selected;
    if (b->selected >= b->top + lines)
        b->top = b->selected + 1 - lines;
    size_t rows = browse_area_rows(b);
    if (b->top + lines > rows)
        b->top = rows > lines ? rows - lines : 0;
}

/* Lists the parts of `parent` with the row of `code` selected (the first row where it is none of
 * them). On failure the list stays as it was. */
static bool list_areas(struct browse *b, const struct context *x, const char *parent,
                       const char *code)
{
    struct area_list areas;
    b->status = area_children(x->db, parent, &areas);
    if (b->status != STATUS_OK)
        return false;
    char wanted[AREA_CODE];
    copy_code(wanted, code);
    if (parent != b->parent)
        copy_code(b->parent, parent);
    area_list_release(&b->areas);
    b->areas = areas;
    count_whole(b, x);
    b->selected = 0;
    for (size_t i = 0; i < areas.count; i++)
        if (strcmp(areas.rows[i].code, wanted) == 0)
            b->selected = i + 1;
    scroll_areas(b);
    return true;
}

static void forget_preview(struct browse *b)
{
    sheet_release(&b->preview);
    b->has_preview = false;
}

static void load_preview(struct browse *b, const struct context *x)
{
    struct browse_layout l = browse_layout(b);
    const struct hit *hit = hits_selected(&b->hits);
    if (!hit || l.preview_columns == 0) {
        forget_preview(b);
        return;
    }
    if (b->has_preview && uuid_equal(&b->preview_of, &hit->id) &&
        b->preview.columns == l.preview_columns)
        return;
    struct detail detail;
    forget_preview(b);
    if (detail_load(x->db, &hit->id, &detail) != STATUS_OK)
        return;
    struct format f = {b->names, x->lang, x->now(x->clock)};
    sheet_init(&b->preview, l.preview_columns);
    b->preview.ruler = x->lettering.ruler;
    format_detail(&f, &b->preview, &detail);
    b->preview_of = hit->id;
    b->has_preview = true;
    detail_release(&detail);
}

/* Loads what the screen shows now and does not have yet. */
static void update(struct browse *b, const struct context *x)
{
    const char *code = browse_area(b)->code;
    if (!is_wide(b) && b->pane != BROWSE_SERVICES)
        return;
    if (strcmp(b->hits_of, code) != 0) {
        struct query q = area_query(code, x->lang);
        hits_show(&b->hits, &q, *code ? code : AREA_COUNTRY_CODE);
        snprintf(b->hits_of, sizeof b->hits_of, "%s", code);
    }
    struct hits_look look = browse_services_look(b, 0, b->rows);
    hits_scroll(&b->hits, &look);
    load_preview(b, x);
}

/* Without services there is nothing to stand on in their pane. */
static void go_services(struct browse *b, const struct context *x)
{
    b->pane = BROWSE_SERVICES;
    update(b, x);
}

static void go_deeper(struct browse *b, const struct context *x)
{
    char code[AREA_CODE];
    copy_code(code, browse_area(b)->code);
    struct area_list parts;
    bool has_parts = false;
    if (b->selected > 0 && area_children(x->db, code, &parts) == STATUS_OK) {
        has_parts = parts.count > 0;
        area_list_release(&parts);
    }
    if (has_parts)
        list_areas(b, x, code, "");
    else
        b->pane = BROWSE_SERVICES;
    update(b, x);
}

/* False at the top. */
static bool go_up(struct browse *b, const struct context *x)
{
    if (b->pane == BROWSE_SERVICES) {
        b->pane = BROWSE_AREAS;
        return true;
    }
    size_t len = strlen(b->parent);
    if (len < 2)
        return false;
    char from[AREA_CODE], above[AREA_CODE];
    copy_code(from, b->parent);
    copy_code(above, b->parent);
    above[len - 2] = '\0';
    list_areas(b, x, above, from);
    update(b, x);
    return true;
}

static unsigned open_service(struct browse *b, const struct context *x)
{
    const struct hit *hit = hits_selected(&b->hits);
    if (!hit)
        return OUTCOME_HANDLED;
    struct uuid id = hit->id;
    struct view *v = detail_new(x, &id);
    if (v)
        app_push(x->app, v);
    else
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void move_area(struct browse *b, long by)
{
    size_t last = browse_area_rows(b) - 1;
    if (by < 0)
        b->selected = (size_t)-by > b->selected ? 0 : b->selected - (size_t)-by;
    else
        b->selected = (size_t)by > last - b->selected ? last : b->selected + (size_t)by;
    scroll_areas(b);
}

static void move(struct browse *b, const struct context *x, enum command command)
{
    struct hits_look look = browse_services_look(b, 0, b->rows);
    bool areas = b->pane == BROWSE_AREAS;
    long page = areas ? browse_area_lines(b->rows) - 1 : hits_page(&look);
    long by = command == COMMAND_UP          ? -1
              : command == COMMAND_DOWN      ? 1
              : command == COMMAND_PAGE_UP   ? -page
              : command == COMMAND_PAGE_DOWN ? page
              : command == COMMAND_HOME      ? -(long)browse_area_rows(b)
                                             : (long)browse_area_rows(b);
    if (areas)
        move_area(b, by);
    else if (command == COMMAND_HOME)
        hits_home(&b->hits);
    else if (command == COMMAND_END)
        hits_end(&b->hits);
    else
        hits_move(&b->hits, by);
    update(b, x);
}

static unsigned run(struct view *v, const struct context *x, enum command command)
{
    struct browse *b = (struct browse *)v;
    switch (command) {
    case COMMAND_UP:
    case COMMAND_DOWN:
    case COMMAND_PAGE_UP:
    case COMMAND_PAGE_DOWN:
    case COMMAND_HOME:
    case COMMAND_END:
        move(b, x, command);
        break;
    case COMMAND_RIGHT:
    case COMMAND_OPEN:
        if (b->pane == BROWSE_SERVICES)
            return open_service(b, x);
        go_deeper(b, x);
        break;
    case COMMAND_LEFT:
        go_up(b, x);
        break;
    case COMMAND_BACK:
        if (!go_up(b, x))
            return OUTCOME_IGNORED;
        break;
    case COMMAND_NEXT_PANE:
        if (b->pane == BROWSE_AREAS)
            go_services(b, x);
        else
            b->pane = BROWSE_AREAS;
        break;
    case COMMAND_SEARCH:
        app_push(x->app,
                 search_new(x, b->pane == BROWSE_SERVICES ? browse_area(b)->code : b->parent));
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void title(const struct view *v, const struct context *x, struct text *out)
{
    const struct browse *b = (const struct browse *)v;
    const char *code = b->pane == BROWSE_SERVICES ? browse_area(b)->code : b->parent;
    if (*code)
        names_path_fit(b->names, out, x->lang, code, b->columns - TITLE_ROOM);
    else
        text_adds(out, message_get(x->lang, MSG_BROWSE_TITLE));
}

static void resize(struct view *v, const struct context *x, int rows, int columns)
{
    struct browse *b = (struct browse *)v;
    b->rows = rows;
    b->columns = columns;
    scroll_areas(b);
    update(b, x);
}

static void reload(struct view *v, const struct context *x)
{
    struct browse *b = (struct browse *)v;
    char code[AREA_CODE];
    copy_code(code, browse_area(b)->code);
    names_forget(b->names);
    list_areas(b, x, b->parent, code);
    if (strcmp(b->hits_of, browse_area(b)->code) == 0)
        hits_reload(&b->hits, x->lang);
    forget_preview(b);
    update(b, x);
}

static bool selected(const struct view *v, struct uuid *ret_service)
{
    const struct browse *b = (const struct browse *)v;
    const struct hit *hit = b->pane == BROWSE_SERVICES ? hits_selected(&b->hits) : NULL;
    if (hit)
        *ret_service = hit->id;
    return hit;
}

static const char *area(const struct view *v)
{
    const struct browse *b = (const struct browse *)v;
    return browse_area(b)->code;
}

static bool print(const struct view *v, const struct context *x, struct text *out)
{
    const struct browse *b = (const struct browse *)v;
    struct format f = {b->names, x->lang, x->now(x->clock)};
    struct hits all;
    const char *code = browse_area(b)->code;
    struct query q = area_query(code, x->lang);
    hits_init(&all, x->db);
    hits_show(&all, &q, *code ? code : AREA_COUNTRY_CODE);
    print_heading(x, v, out);
    bool any = hits_print(&all, &f, out);
    hits_release(&all);
    return any;
}

static void close_browse(struct view *v)
{
    struct browse *b = (struct browse *)v;
    area_list_release(&b->areas);
    hits_release(&b->hits);
    sheet_release(&b->preview);
    names_free(b->names);
    free(b);
}

struct view *browse_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_LIST,
        .title = title,
        .draw = browse_draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_browse,
        .selected = selected,
        .area = area,
        .print = print,
    };
    struct browse *b = mem_zalloc(1, sizeof *b);
    b->view.ops = &ops;
    b->names = names_new(x->db, &x->lettering);
    b->rows = 1;
    snprintf(b->hits_of, sizeof b->hits_of, NOTHING_LOADED);
    hits_init(&b->hits, x->db);
    char parent[AREA_CODE];
    copy_code(parent, at);
    size_t len = strlen(parent);
    parent[len >= 2 ? len - 2 : 0] = '\0';
    if (!list_areas(b, x, parent, at))
        list_areas(b, x, "", "");
    return &b->view;
}
