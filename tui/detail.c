/* The detail view: one service, scrolled line by line; what is needed first stands on top. */
#include "db/detail.h"

#include <stdlib.h>

#include "tui/app.h"
#include "tui/format.h"
#include "tui/print.h"

enum { TITLE_ROOM = 14 }; /* columns of the top bar that the path does not get */

struct detail_view {
    struct view view;
    struct uuid id;
    struct names *names;
    struct detail detail;
    bool gone; /* it was there before */
    struct sheet sheet;
    size_t top;
    int rows, columns;
};

static size_t last_top(const struct detail_view *v)
{
    size_t rows = v->rows > 0 ? (size_t)v->rows : 1;
    return v->sheet.count > rows ? v->sheet.count - rows : 0;
}

static struct format words(const struct detail_view *v, const struct context *x)
{
    return (struct format){v->names, x->lang, x->now(x->clock)};
}

static void lay_out(struct detail_view *v, const struct context *x)
{
    struct format f = words(v, x);
    sheet_release(&v->sheet);
    sheet_init(&v->sheet, v->columns > 3 ? v->columns - 2 : 1);
    v->sheet.ruler = x->lettering.ruler;
    if (v->gone)
        sheet_text(&v->sheet, 0, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
    else
        format_detail(&f, &v->sheet, &v->detail);
    if (v->top > last_top(v))
        v->top = last_top(v);
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct detail_view *v = (const struct detail_view *)view;
    if (v->gone)
        text_adds(out, message_get(x->lang, MSG_DETAIL_TITLE));
    else
        names_path_fit(v->names, out, x->lang, format_detail_area(&v->detail),
                       v->columns - TITLE_ROOM);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct detail_view *v = (const struct detail_view *)view;
    enum { UP_ARROW = 0x25B2, DOWN_ARROW = 0x25BC };
    (void)x;
    sheet_draw(&v->sheet, c, top, 1, bottom - top, v->top);
    if (v->top > 0)
        canvas_fill(c, top, c->columns - 1, 1, STYLE_DIM, UP_ARROW);
    if (v->top + (size_t)(bottom - top) < v->sheet.count)
        canvas_fill(c, bottom - 1, c->columns - 1, 1, STYLE_DIM, DOWN_ARROW);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct detail_view *v = (struct detail_view *)view;
    bool again = columns != v->columns;
    v->rows = rows;
    v->columns = columns;
    if (again)
        lay_out(v, x);
    if (v->top > last_top(v))
        v->top = last_top(v);
}

static void reload(struct view *view, const struct context *x)
{
    struct detail_view *v = (struct detail_view *)view;
    struct detail detail;
    enum status status = detail_load(x->db, &v->id, &detail);
    names_forget(v->names);
    if (status == STATUS_OK) {
        if (!v->gone)
            detail_release(&v->detail);
        v->detail = detail;
        v->gone = false;
    } else if (status == STATUS_NOT_FOUND && !v->gone) {
        detail_release(&v->detail);
        v->gone = true;
    }
    lay_out(v, x);
}

static void scroll(struct detail_view *v, long by)
{
    if (by < 0)
        v->top = (size_t)-by > v->top ? 0 : v->top - (size_t)-by;
    else
        v->top += (size_t)by;
    if (v->top > last_top(v))
        v->top = last_top(v);
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct detail_view *v = (struct detail_view *)view;
    long page = v->rows > 2 ? v->rows - 1 : 1;
    (void)x;
    switch (command) {
    case COMMAND_UP:
        scroll(v, -1);
        break;
    case COMMAND_DOWN:
        scroll(v, 1);
        break;
    case COMMAND_PAGE_UP:
        scroll(v, -page);
        break;
    case COMMAND_PAGE_DOWN:
        scroll(v, page);
        break;
    case COMMAND_HOME:
        v->top = 0;
        break;
    case COMMAND_END:
        v->top = last_top(v);
        break;
    case COMMAND_LEFT:
        return OUTCOME_HANDLED | OUTCOME_POP;
    case COMMAND_RIGHT:
    case COMMAND_OPEN:
    case COMMAND_NEXT_PANE:
        break;
    default:
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct detail_view *v = (const struct detail_view *)view;
    if (!v->gone)
        *ret_service = v->detail.service.rows[0].id;
    return !v->gone;
}

static const char *area(const struct view *view)
{
    const struct detail_view *v = (const struct detail_view *)view;
    return v->gone ? "" : format_detail_area(&v->detail);
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct detail_view *v = (const struct detail_view *)view;
    struct format f = words(v, x);
    struct sheet page;
    struct detail public;
    if (v->gone || detail_load(x->db, &v->id, &public) != STATUS_OK)
        return false;
    detail_keep_public(&public);
    print_heading(x, view, out);
    sheet_init(&page, PRINT_COLUMNS);
    format_detail(&f, &page, &public);
    sheet_write(&page, out);
    sheet_release(&page);
    detail_release(&public);
    return true;
}

static void close_detail(struct view *view)
{
    struct detail_view *v = (struct detail_view *)view;
    if (!v->gone)
        detail_release(&v->detail);
    sheet_release(&v->sheet);
    names_free(v->names);
    free(v);
}

struct view *detail_new(const struct context *x, const struct uuid *service)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_DETAIL,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_detail,
        .selected = selected,
        .area = area,
        .print = print,
    };
    struct detail detail;
    if (detail_load(x->db, service, &detail) != STATUS_OK)
        return NULL;
    struct detail_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->id = *service;
    v->names = names_new(x->db, &x->lettering);
    v->detail = detail;
    return &v->view;
}
