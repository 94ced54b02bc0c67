/* Drawing the browse view. Reads its state, changes nothing. */
#include <string.h>

#include "i18n/number.h"
#include "tui/browse.h"

enum {
    OTHER_NAME = 56, /* columns from which the other language's name stands too */
    SLASH = 3,       /* " / " between the two numbers */
};

struct browse_layout browse_layout(const struct browse *b)
{
    struct browse_layout l = {0};
    if (b->columns < BROWSE_WIDE) {
        l.areas_columns = l.services_columns = b->columns;
        return l;
    }
    l.areas_columns = b->columns * 27 / 100;
    if (l.areas_columns > 44)
        l.areas_columns = 44;
    l.services = l.areas_columns + 1;
    l.services_columns = (b->columns - l.areas_columns) * 52 / 100;
    l.preview = l.services + l.services_columns + 2;
    l.preview_columns = b->columns - l.preview - 1;
    return l;
}

/* The legend takes the last line. */
int browse_area_lines(int rows)
{
    return rows > 2 ? rows - 1 : 1;
}

struct hits_look browse_services_look(const struct browse *b, int top, int bottom)
{
    struct browse_layout l = browse_layout(b);
    return (struct hits_look){
        .row = top,
        .column = l.services,
        .rows = bottom - top,
        .columns = l.services_columns,
        .focus = b->pane == BROWSE_SERVICES,
    };
}

static void draw_number(struct canvas *c, int row, int end, int64_t value, enum style style)
{
    struct text number = TEXT_INIT;
    number_format(&number, value);
    int columns = (int)number.len;
    canvas_puts(c, row, end - columns, columns, style, number.bytes);
    text_release(&number);
}

/* Columns of the widest numbers beside the areas. */
struct count_columns {
    int located, covering;
};

static int digits(int64_t value)
{
    struct text number = TEXT_INIT;
    number_format(&number, value);
    int columns = (int)number.len;
    text_release(&number);
    return columns;
}

static struct count_columns count_columns(const struct browse *b)
{
    struct count_columns k = {digits(b->whole.located), digits(b->whole.covering)};
    for (size_t i = 0; i < b->areas.count; i++) {
        int located = digits(b->areas.rows[i].located);
        int covering = digits(b->areas.rows[i].covering);
        k.located = located > k.located ? located : k.located;
        k.covering = covering > k.covering ? covering : k.covering;
    }
    return k;
}

static void draw_counts(struct canvas *c, int row, int end, const struct area *area,
                        const struct count_columns *k, enum style style)
{
    int slash = end - k->covering - 2;
    draw_number(c, row, slash - 1, area->located, style);
    canvas_puts(c, row, slash, 1, style, "/");
    draw_number(c, row, end, area->covering, style);
}

static void area_label(const struct browse *b, const struct context *x, const struct area *area,
                       bool whole, struct text *out)
{
    struct text name = TEXT_INIT;
    names_area(b->names, &name, x->lang, area->code);
    if (whole && *area->code)
        message_format(out, x->lang, MSG_BROWSE_ALL, "area", name.bytes, NULL);
    else
        text_adds(out, name.bytes);
    text_release(&name);
}

static void draw_area(const struct browse *b, const struct context *x, struct canvas *c, int row,
                      size_t index, const struct count_columns *k)
{
    const struct area *area = index == 0 ? &b->whole : &b->areas.rows[index - 1];
    bool marked = index == b->selected;
    enum style mark = b->pane == BROWSE_AREAS ? STYLE_SELECTED : STYLE_CHOSEN;
    enum style style = marked ? mark : index == 0 ? STYLE_TITLE : STYLE_NORMAL;
    int columns = browse_layout(b).areas_columns,
        room = columns - k->located - k->covering - SLASH - 5;
    bool space = columns >= OTHER_NAME && x->lettering.script == SCRIPT_KM;
    struct text name = TEXT_INIT;
    if (marked)
        canvas_fill(c, row, 0, columns, mark, 0);
    if (marked)
        canvas_fill(c, row, 0, 1, mark, SELECTED_MARK);
    area_label(b, x, area, index == 0, &name);
    int used = canvas_puts(c, row, 2, space ? room * 3 / 5 : room, style, name.bytes);
    const char *other = x->lang == LANG_KM ? area->name_en : area->name_km;
    if (space && index > 0 && used < room * 3 / 5)
        canvas_puts(c, row, 3 + room * 3 / 5, room * 2 / 5, marked ? mark : STYLE_DIM, other);
    draw_counts(c, row, columns - 1, area, k, marked ? mark : STYLE_DIM);
    text_release(&name);
}

static void draw_areas(const struct browse *b, const struct context *x, struct canvas *c, int top,
                       int bottom)
{
    int columns = browse_layout(b).areas_columns, lines = browse_area_lines(bottom - top);
    const struct count_columns k = count_columns(b);
    for (int i = 0; i < lines && b->top + (size_t)i < browse_area_rows(b); i++)
        draw_area(b, x, c, top + i, b->top + (size_t)i, &k);
    const char *legend = message_get(x->lang, MSG_BROWSE_LEGEND);
    if (canvas_measures(c, legend) > columns - 2)
        legend = message_get(x->lang, MSG_BROWSE_LEGEND_SHORT);
    int width = canvas_measures(c, legend);
    canvas_puts(c, bottom - 1, width < columns - 2 ? columns - 1 - width : 1, columns - 2,
                STYLE_DIM, legend);
}

static void draw_services(const struct browse *b, const struct context *x, struct canvas *c,
                          int top, int bottom)
{
    struct format f = {b->names, x->lang, x->now(x->clock)};
    struct hits_look look = browse_services_look(b, top, bottom);
    if (b->hits.status != STATUS_OK)
        canvas_puts(c, top, look.column + 1, look.columns - 2, STYLE_ERROR,
                    message_get(x->lang, MSG_APP_PROBLEM));
    else if (!hits_selected(&b->hits))
        canvas_puts(c, top, look.column + 1, look.columns - 2, STYLE_DIM,
                    message_get(x->lang, MSG_BROWSE_NO_SERVICE));
    else
        hits_draw(&b->hits, &f, c, &look);
}

void browse_draw(const struct view *v, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct browse *b = (const struct browse *)v;
    struct browse_layout l = browse_layout(b);
    if (l.preview_columns == 0) {
        if (b->pane == BROWSE_AREAS)
            draw_areas(b, x, c, top, bottom);
        else
            draw_services(b, x, c, top, bottom);
        return;
    }
    draw_areas(b, x, c, top, bottom);
    draw_services(b, x, c, top, bottom);
    canvas_vline(c, top, l.services - 1, bottom - top, STYLE_BORDER);
    canvas_vline(c, top, l.preview - 2, bottom - top, STYLE_BORDER);
    if (b->has_preview)
        sheet_draw(&b->preview, c, top, l.preview, bottom - top, 0);
}
