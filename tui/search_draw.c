/* Drawing the search view: the words, the filters in force, then what was found, or what to do. */
#include <string.h>

#include "i18n/number.h"
#include "tui/search.h"
#include "tui/sheet.h"

enum { WHY_COLUMNS = 64, EXAMPLE_COLUMNS = 28 };

static bool is_narrow(const struct search_view *v)
{
    return v->columns < WHY_COLUMNS;
}

bool search_is_wide(const struct search_view *v)
{
    return v->columns >= SEARCH_WIDE;
}

/* A narrow screen tells the reason for the chosen service in the last line; every screen says there
 * that filters were left out. */
static bool has_why_line(const struct search_view *v)
{
    return v->hits.page.widened || (is_narrow(v) && v->hits.page.count > 0);
}

/* Below a short list: a heading and the suggestions. */
static int suggestion_rows(const struct search_view *v)
{
    size_t count = v->hits.page.count > 0 ? search_suggestion_count(v) : 0;
    return count > 0 ? (int)count + 1 : 0;
}

struct hits_look search_look(const struct search_view *v, int top, int bottom)
{
    int rows = bottom - top - SEARCH_LIST_ROW - (has_why_line(v) ? 1 : 0) - suggestion_rows(v);
    return (struct hits_look){
        .row = top + SEARCH_LIST_ROW,
        .column = 0,
        .rows = rows > 0 ? rows : 1,
        .columns = v->columns - (search_is_wide(v) ? SEARCH_FACET_COLUMNS : 0),
        .focus = v->focus == FOCUS_LIST,
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
    if (v->focus == FOCUS_FILTERS || v->focus == FOCUS_FACETS)
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
    number_format(&count, r->total);
    message_format(&line, x->lang, r->total_exact ? MSG_SEARCH_FOUND : MSG_SEARCH_FOUND_MORE,
                   "count", count.bytes, NULL);
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
    size_t first = v->focus == FOCUS_FILTERS ? v->filter : 0;
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
        bool chosen = v->focus == FOCUS_FILTERS && i == v->filter;
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

static void draw_suggestions(const struct search_view *v, const struct format *f, struct canvas *c,
                             int row, int rows, int columns)
{
    struct text line = TEXT_INIT;
    canvas_puts(c, row++, 1, columns - 2, STYLE_TITLE, message_get(f->lang, MSG_SEARCH_SUGGEST));
    for (size_t i = 0; i < search_suggestion_count(v) && (int)i + 1 < rows; i++, row++) {
        bool chosen = v->focus == FOCUS_SUGGESTIONS && i == v->suggestion;
        text_clear(&line);
        format_suggestion(f, &line, search_suggestion(v, i));
        if (chosen) {
            canvas_fill(c, row, 0, columns, STYLE_SELECTED, 0);
            canvas_fill(c, row, 1, 1, STYLE_SELECTED, SELECTED_MARK);
        }
        canvas_puts(c, row, 3, columns - 4, chosen ? STYLE_SELECTED : STYLE_NORMAL, line.bytes);
    }
    text_release(&line);
}

static void draw_nothing(const struct search_view *v, const struct format *f, struct canvas *c,
                         const struct hits_look *look)
{
    struct sheet s;
    size_t count;
    bool more = search_suggestion_count(v) > 0;
    search_filters(v, &count);
    sheet_init(&s, look->columns - 2);
    s.ruler = c->ruler;
    sheet_text(&s, 0, STYLE_WARNING, message_get(f->lang, MSG_SEARCH_NOTHING));
    if (!more)
        sheet_text(&s, 0, STYLE_NORMAL, message_get(f->lang, MSG_SEARCH_NOTHING_WORDS));
    if (count > 0 && !more)
        sheet_text(&s, 0, STYLE_NORMAL, message_get(f->lang, MSG_SEARCH_NOTHING_FILTERS));
    sheet_draw(&s, c, look->row, 1, look->rows, 0);
    int below = (int)s.count + 1;
    if (more && below < look->rows)
        draw_suggestions(v, f, c, look->row + below, look->rows - below, look->columns);
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
    bool only_facets = v->focus == FOCUS_FACETS && !search_is_wide(v);
    if (v->hits.status != STATUS_OK)
        canvas_puts(c, look.row, 1, v->columns - 2, STYLE_ERROR,
                    message_get(x->lang, MSG_APP_PROBLEM));
    else if (!v->hits.loaded)
        draw_examples(v, x, c, &look);
    else if (only_facets)
        search_draw_facets(v, &f, c, look.row, 0, look.rows + suggestion_rows(v), v->columns);
    else if (v->hits.page.count == 0)
        draw_nothing(v, &f, c, &look);
    else
        hits_draw(&v->hits, &f, c, &look);
    if (suggestion_rows(v) > 0 && !only_facets)
        draw_suggestions(v, &f, c, look.row + look.rows, suggestion_rows(v), look.columns);
    if (search_is_wide(v) && search_facet_count(v) > 0) {
        canvas_vline(c, look.row, look.columns, bottom - look.row, STYLE_BORDER);
        search_draw_facets(v, &f, c, look.row, look.columns + 1, bottom - look.row,
                           SEARCH_FACET_COLUMNS - 1);
    }
    if (has_why_line(v))
        draw_why(v, &f, c, bottom - 1);
}
