/* Drawing the search view: the words, the filters in force, then what was found, or what to do. */
#include <string.h>

#include "i18n/number.h"
#include "tui/search.h"
#include "tui/sheet.h"

enum { LIST_ROW = 2, WHY_COLUMNS = 64, EXAMPLE_COLUMNS = 28 };

static bool is_narrow(const struct search_view *v)
{
    return v->columns < WHY_COLUMNS;
}

/* A narrow screen tells the reason for the chosen service in the last line; every screen says there
 * that filters were left out. */
static bool has_why_line(const struct search_view *v)
{
    return v->hits.page.widened || (is_narrow(v) && v->hits.page.count > 0);
}

struct hits_look search_look(const struct search_view *v, int top, int bottom)
{
    int rows = bottom - top - LIST_ROW - (has_why_line(v) ? 1 : 0);
    return (struct hits_look){
        .row = top + LIST_ROW,
        .column = 0,
        .rows = rows > 0 ? rows : 1,
        .columns = v->columns,
        .focus = !v->on_filters,
        .reason = true,
    };
}

static void draw_words(const struct search_view *v, const struct context *x, struct canvas *c,
                       int row)
{
    struct text label = TEXT_INIT;
    text_addf(&label, "%s: ", message_get(x->lang, MSG_SEARCH_TITLE));
    int used = 1 + canvas_puts(c, row, 1, v->columns - 2, STYLE_TITLE, label.bytes);
    edit_draw(&v->edit, c, row, used, v->columns - used - 1, STYLE_STRONG);
    if (v->on_filters)
        canvas_cursor(c, -1, -1);
    text_release(&label);
}

/* How many were found, unless a narrow screen needs the room for filters; returns the column where
 * it begins. */
static int draw_count(const struct search_view *v, const struct context *x, struct canvas *c,
                      int row)
{
    size_t filters;
    search_filters(v, &filters);
    if (!v->hits.loaded || (is_narrow(v) && filters > 0))
        return v->columns - 1;
    const struct result *r = &v->hits.page;
    struct text count = TEXT_INIT, line = TEXT_INIT;
    number_format(&count, (int64_t)(v->hits.start + r->count));
    message_format(&line, x->lang, r->more ? MSG_SEARCH_FOUND_MORE : MSG_SEARCH_FOUND, "count",
                   count.bytes, NULL);
    int width = canvas_measures(c, line.bytes), column = v->columns - 1 - width;
    canvas_puts(c, row, column, width, STYLE_DIM, line.bytes);
    text_release(&count);
    text_release(&line);
    return column;
}

static void chip_text(const struct format *f, const struct filter *filter, struct text *out)
{
    text_clear(out);
    text_adds(out, " ");
    format_filter(f, out, filter);
    text_adds(out, " \xC3\x97 ");
}

/* The first filter shown so that the chosen one is visible. */
static size_t first_chip(const struct search_view *v, const struct format *f, int columns)
{
    size_t count;
    const struct filter *filters = search_filters(v, &count);
    struct text chip = TEXT_INIT;
    size_t first = v->on_filters ? v->filter : 0;
    for (int used = 0; first > 0; first--) {
        chip_text(f, &filters[first], &chip);
        used += names_measure(f->names, chip.bytes) + 1;
        chip_text(f, &filters[first - 1], &chip);
        if (used + names_measure(f->names, chip.bytes) > columns)
            break;
    }
    text_release(&chip);
    return first;
}

static void draw_filters(const struct search_view *v, const struct format *f, struct canvas *c,
                         int row, int end)
{
    size_t count;
    const struct filter *filters = search_filters(v, &count);
    struct text chip = TEXT_INIT;
    text_addf(&chip, "%s: ", message_get(f->lang, MSG_SEARCH_FILTERS));
    int column = 1;
    if (count > 0)
        column += canvas_puts(c, row, column, end - column, STYLE_DIM, chip.bytes);
    for (size_t i = first_chip(v, f, end - column); i < count && column < end; i++) {
        bool chosen = v->on_filters && i == v->filter;
        chip_text(f, &filters[i], &chip);
        int width = canvas_measures(c, chip.bytes);
        if (width > end - column)
            width = end - column;
        enum style style = chosen ? STYLE_SELECTED : STYLE_FILTER;
        canvas_fill(c, row, column, width, style, 0);
        canvas_puts(c, row, column, width, style, chip.bytes);
        if (chosen)
            canvas_fill(c, row, column, 1, style, SELECTED_MARK);
        column += width + 1;
    }
    text_release(&chip);
}

static void draw_examples(const struct search_view *v, const struct context *x, struct canvas *c,
                          const struct hits_look *look)
{
    static const struct {
        enum message words, note;
    } examples[] = {
        {MSG_SEARCH_EX_OFFICE, MSG_SEARCH_EX_OFFICE_NOTE},
        {MSG_SEARCH_EX_LATIN, MSG_SEARCH_EX_LATIN_NOTE},
        {MSG_SEARCH_EX_PHONE, MSG_SEARCH_EX_PHONE_NOTE},
        {MSG_SEARCH_EX_TYPE, MSG_SEARCH_EX_TYPE_NOTE},
        {MSG_SEARCH_EX_DAY, MSG_SEARCH_EX_DAY_NOTE},
    };
    struct sheet s;
    sheet_init(&s, v->columns - 2);
    s.ruler = c->ruler;
    sheet_text(&s, 0, STYLE_NORMAL, message_get(x->lang, MSG_SEARCH_EXAMPLES));
    int row = look->row, end = look->row + look->rows;
    sheet_draw(&s, c, row, 1, look->rows, 0);
    row += (int)s.count + (look->rows > 9);
    for (size_t i = 0; i < sizeof examples / sizeof *examples && row < end; i++, row++) {
        const char *words = message_get(x->lang, examples[i].words);
        int room = v->columns > EXAMPLE_COLUMNS * 2 ? EXAMPLE_COLUMNS : v->columns - 4;
        canvas_puts(c, row, 3, room, STYLE_STRONG, words);
        if (v->columns > EXAMPLE_COLUMNS * 2)
            canvas_puts(c, row, 3 + room, v->columns - room - 4, STYLE_DIM,
                        message_get(x->lang, examples[i].note));
    }
    sheet_release(&s);
}

static void draw_nothing(const struct search_view *v, const struct format *f, struct canvas *c,
                         const struct hits_look *look)
{
    struct sheet s;
    size_t count;
    char wider[AREA_CODE];
    search_filters(v, &count);
    sheet_init(&s, v->columns - 2);
    s.ruler = c->ruler;
    sheet_text(&s, 0, STYLE_WARNING, message_get(f->lang, MSG_SEARCH_NOTHING));
    sheet_gap(&s);
    sheet_text(&s, 0, STYLE_NORMAL, message_get(f->lang, MSG_SEARCH_NOTHING_WORDS));
    if (search_wider(v, wider)) {
        struct text area = TEXT_INIT, line = TEXT_INIT;
        names_area(f->names, &area, f->lang, wider);
        message_format(&line, f->lang, MSG_SEARCH_NOTHING_AREA, "area", area.bytes, NULL);
        sheet_text(&s, 0, STYLE_NORMAL, line.bytes);
        text_release(&area);
        text_release(&line);
    }
    if (count > 0)
        sheet_text(&s, 0, STYLE_NORMAL, message_get(f->lang, MSG_SEARCH_NOTHING_FILTERS));
    sheet_draw(&s, c, look->row, 1, look->rows, 0);
    sheet_release(&s);
}

static void draw_why(const struct search_view *v, const struct format *f, struct canvas *c, int row)
{
    const struct hit *hit = hits_selected(&v->hits);
    struct text line = TEXT_INIT, reason = TEXT_INIT;
    if (v->hits.page.widened) {
        text_adds(&line, message_get(f->lang, MSG_SEARCH_WIDENED));
    } else if (hit && hit->reason != REASON_LIST) {
        format_hit_reason(f, &reason, hit);
        message_format(&line, f->lang, MSG_SEARCH_WHY, "reason", reason.bytes, NULL);
    }
    canvas_puts(c, row, 1, v->columns - 2, STYLE_DIM, line.bytes);
    text_release(&line);
    text_release(&reason);
}

void search_draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct search_view *v = (const struct search_view *)view;
    struct format f = {v->names, x->lang, x->now(x->clock)};
    struct hits_look look = search_look(v, top, bottom);
    draw_words(v, x, c, top);
    draw_filters(v, &f, c, top + 1, draw_count(v, x, c, top + 1) - 1);
    if (v->hits.status != STATUS_OK)
        canvas_puts(c, look.row, 1, v->columns - 2, STYLE_ERROR,
                    message_get(x->lang, MSG_APP_PROBLEM));
    else if (!v->hits.loaded)
        draw_examples(v, x, c, &look);
    else if (v->hits.page.count == 0)
        draw_nothing(v, &f, c, &look);
    else
        hits_draw(&v->hits, &f, c, &look);
    if (has_why_line(v))
        draw_why(v, &f, c, bottom - 1);
}
