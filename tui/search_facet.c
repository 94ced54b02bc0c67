/* The pane of counts: what could narrow the list, under headings, with how many services each
 * leaves. */
#include <string.h>

#include "i18n/number.h"
#include "tui/search.h"

static enum message heading_of(enum filter_kind kind)
{
    switch (kind) {
    case FILTER_AREA:
        return MSG_FACET_AREA;
    case FILTER_TYPE:
    case FILTER_GROUP:
        return MSG_FACET_TYPE;
    case FILTER_TIER:
        return MSG_FACET_TIER;
    case FILTER_SECTOR:
        return MSG_FACET_SECTOR;
    case FILTER_LEVEL:
        return MSG_FACET_LEVEL;
    default:
        return MSG_FACET_CONFIRMED;
    }
}

static bool begins_group(const struct search_view *v, size_t at)
{
    const struct facet *facet = search_facet(v, at), *before = at > 0 ? search_facet(v, at - 1) : 0;
    return !before || heading_of(before->kind) != heading_of(facet->kind);
}

/* Lines of the pane from count `from` up to and with count `to`. */
static int lines_between(const struct search_view *v, size_t from, size_t to)
{
    int lines = 0;
    for (size_t i = from; i <= to; i++)
        lines += 1 + (i == from || begins_group(v, i));
    return lines;
}

/* The first count shown, so that the chosen one is visible. */
static size_t first_shown(const struct search_view *v, int rows)
{
    size_t first = 0;
    while (v->focus == FOCUS_FACETS && first < v->facet && lines_between(v, first, v->facet) > rows)
        first++;
    return first;
}

static void draw_facet(const struct search_view *v, const struct format *f, struct canvas *c,
                       const struct facet *facet, int row, int column, int columns, bool chosen)
{
    struct text name = TEXT_INIT, count = TEXT_INIT;
    struct filter filter = {.kind = facet->kind};
    bool on = search_facet_is_on(v, facet);
    enum style style = chosen ? STYLE_SELECTED : on ? STYLE_FILTER : STYLE_NORMAL;
    memcpy(filter.value, facet->value, sizeof filter.value);
    text_adds(&name, on ? "\xE2\x9C\x93 " : "  ");
    format_filter(f, &name, &filter);
    number_format(&count, facet->count);
    if (chosen || on)
        canvas_fill(c, row, column, columns, style, 0);
    if (chosen)
        canvas_fill(c, row, column, 1, style, SELECTED_MARK);
    int width = canvas_measures(c, count.bytes);
    canvas_puts(c, row, column + 1, columns - width - 4, style, name.bytes);
    canvas_puts(c, row, column + columns - width - 1, width, chosen || on ? style : STYLE_DIM,
                count.bytes);
    text_release(&name);
    text_release(&count);
}

void search_draw_facets(const struct search_view *v, const struct format *f, struct canvas *c,
                        int row, int column, int rows, int columns)
{
    int end = row + rows;
    size_t first = first_shown(v, rows);
    for (size_t i = first; i < search_facet_count(v) && row < end; i++) {
        const struct facet *facet = search_facet(v, i);
        if (i == first || begins_group(v, i))
            canvas_puts(c, row++, column + 1, columns - 2, STYLE_TITLE,
                        message_get(f->lang, heading_of(facet->kind)));
        if (row < end)
            draw_facet(v, f, c, facet, row++, column, columns,
                       v->focus == FOCUS_FACETS && i == v->facet);
    }
}
