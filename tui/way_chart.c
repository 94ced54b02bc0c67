/* Drawing the flow chart and going from box to box; see way_chart.h. */
#include "tui/way_chart.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/way_lines.h"

/* Rows of the canvas that the chart may draw on, and where its row 0 would be. */
struct window {
    struct canvas *canvas;
    int top, bottom, origin;
};

static bool shows(const struct window *w, int row)
{
    return w->origin + row >= w->top && w->origin + row < w->bottom;
}

static void put(const struct window *w, int row, int column, int columns, enum style style,
                const char *s)
{
    if (shows(w, row) && *s)
        canvas_puts(w->canvas, w->origin + row, column, columns, style, s);
}

static void fill(const struct window *w, int row, int column, int columns, enum style style,
                 char32_t cp)
{
    if (shows(w, row))
        canvas_fill(w->canvas, w->origin + row, column, columns, style, cp);
}

static void draw_lines(const struct way_chart *chart, const struct window *w)
{
    static const char32_t glyphs[16] = {
        0, U'│', U'│', U'│', U'─', U'┘', U'┐', U'┤', U'─', U'└', U'┌', U'├', U'─', U'┴', U'┬', U'┼',
    };
    for (int row = 0; row < chart->rows; row++)
        for (int column = 0; column < chart->columns && shows(w, row); column++) {
            unsigned bits = chart->lines[row * chart->columns + column] & 15;
            if (bits)
                fill(w, row, column, 1, STYLE_BORDER, glyphs[bits]);
        }
}

/* --- a box
 * ------------------------------------------------------------------------------------------- */

enum frame { FRAME_PLAIN, FRAME_GAP, FRAME_CHOSEN };

static void draw_frame(const struct way_chart *chart, const struct way_box *box,
                       const struct window *w, enum style style, enum frame frame)
{
    static const char32_t corners[][6] = {
        [FRAME_PLAIN] = {U'┌', U'┐', U'└', U'┘', U'─', U'│'},
        [FRAME_GAP] = {U'┌', U'┐', U'└', U'┘', U'┄', U'┆'},
        [FRAME_CHOSEN] = {U'┏', U'┓', U'┗', U'┛', U'━', U'┃'},
    };
    const char32_t *c = corners[frame];
    int last = box->top + box->height - 1, right = box->left + chart->box_columns - 1;
    for (int row = box->top; row <= last; row++) {
        bool edge = row == box->top || row == last;
        fill(w, row, box->left + 1, chart->box_columns - 2, style, edge ? c[4] : 0);
        fill(w, row, box->left, 1, style, row == box->top ? c[0] : row == last ? c[2] : c[5]);
        fill(w, row, right, 1, style, row == box->top ? c[1] : row == last ? c[3] : c[5]);
    }
}

/* Where lines come in and go out of the frame. */
static void draw_ends(const struct way_chart *chart, const struct way_box *box,
                      const struct window *w, enum style style)
{
    int last = box->top + box->height - 1, middle = box->top + 1;
    const unsigned char *first_row = &chart->lines[box->top * chart->columns];
    if (first_row[box->left + WAY_IN] & WAY_ARROW)
        fill(w, box->top, box->left + WAY_IN, 1, style, U'▼');
    if (first_row[box->left + WAY_OUT_UP] & WAY_UP)
        fill(w, box->top, box->left + WAY_OUT_UP, 1, style, U'┴');
    if (chart->lines[last * chart->columns + box->left + WAY_OUT_DOWN] & WAY_DOWN)
        fill(w, last, box->left + WAY_OUT_DOWN, 1, style, U'┬');
    if (box->beside) {
        fill(w, middle, box->left - 4, 3, STYLE_BORDER, U'─');
        fill(w, middle, box->left - 1, 1, STYLE_BORDER, U'►');
    }
}

static void draw_title(const struct way_box *box, const struct window *w, int columns, int most,
                       enum style style, const char *title, int *row)
{
    struct line_list lines = {0};
    sheet_wrap(w->canvas->ruler, title, columns, &lines);
    for (size_t i = 0; i < lines.count && (int)i < most; i++) {
        struct text line = TEXT_INIT;
        /* the last line there is room for is cut where the text goes on */
        bool cut = (int)i + 1 == most;
        text_add(&line, title + lines.rows[i].at,
                 cut ? strlen(title + lines.rows[i].at) : lines.rows[i].len);
        put(w, (*row)++, box->left + 2, columns, style, line.bytes);
        text_release(&line);
    }
    free(lines.rows);
}

static void draw_service(const struct format *f, const struct way *way, size_t at,
                         const struct way_box *box, const struct window *w, int columns, int row)
{
    const struct pathway_step *step = &way->pathway.steps[at];
    struct text line = TEXT_INIT;
    if (!step->service) {
        bool gap = step->why == PATH_GAP;
        text_addf(&line, "%s %s", gap ? "!" : "?",
                  message_get(f->lang, gap ? MSG_WAY_GAP_BOX : MSG_WAY_COMMUNE_BOX));
        put(w, row, box->left + 2, columns, STYLE_WARNING, line.bytes);
    } else {
        bool doubt = step->service->needs_contact || step->service->unconfirmed;
        format_hit_short_name(f, &line, step->service, columns, way->pathway.area);
        put(w, row, box->left + 2, columns, STYLE_NORMAL, line.bytes);
        text_clear(&line);
        way_add_contact(f, &line, way, at);
        put(w, row + 1, box->left + 2, columns, doubt ? STYLE_WARNING : STYLE_STRONG, line.bytes);
    }
    text_release(&line);
}

/* "3 · now · tier 3" */
static void add_label(const struct format *f, struct text *out, const struct way *way, size_t at)
{
    const struct guide_rule *rule = way->pathway.steps[at].rule;
    struct text tiers = TEXT_INIT;
    text_addf(out, " %zu" NAMES_DOT, at + 1);
    way_add_when(f, out, way, rule, true);
    way_add_tiers(f, &tiers, rule);
    if (tiers.len)
        text_addf(out, NAMES_DOT "%s", tiers.bytes);
    text_addc(out, ' ');
    text_release(&tiers);
}

static void draw_box(const struct way_chart *chart, const struct format *f, const struct way *way,
                     size_t at, bool chosen, const struct window *w)
{
    const struct way_box *box = &chart->boxes[at];
    const struct pathway_step *step = &way->pathway.steps[at];
    bool urgent = step->rule->urgency <= GUIDE_HOURS_72;
    enum style style = !step->service ? STYLE_WARNING : urgent ? STYLE_STRONG : STYLE_BORDER;
    enum frame frame = chosen ? FRAME_CHOSEN : step->service ? FRAME_PLAIN : FRAME_GAP;
    int columns = chart->box_columns - 4, row = box->top + 1;
    struct text label = TEXT_INIT;
    if (!shows(w, box->top) && !shows(w, box->top + box->height - 1) &&
        (w->origin + box->top >= w->bottom || w->origin + box->top + box->height <= w->top))
        return;
    draw_frame(chart, box, w, chosen ? STYLE_TITLE : style, frame);
    draw_ends(chart, box, w, chosen ? STYLE_TITLE : style);
    add_label(f, &label, way, at);
    put(w, box->top, box->left + WAY_OUT_DOWN + 1, chart->box_columns - WAY_OUT_DOWN - 3,
        urgent ? STYLE_WARNING : STYLE_DIM, label.bytes);
    draw_title(box, w, columns, box->height - (step->service ? 4 : 3),
               chosen ? STYLE_SELECTED : STYLE_TITLE, step->rule->step->title[f->lang], &row);
    draw_service(f, way, at, box, w, columns, row);
    text_release(&label);
}

/* The name of a level: the area whose services stand there. */
static void draw_band(const struct way_chart *chart, const struct format *f, const struct way *way,
                      int band, const struct window *w)
{
    static const int lengths[BANDS] = {
        [BAND_COMMUNE] = 6, [BAND_DISTRICT] = 4, [BAND_PROVINCE] = 2};
    const struct way_band *b = &chart->bands[band];
    char code[AREA_CODE];
    struct text name = TEXT_INIT;
    if (b->row < 0)
        return;
    snprintf(code, sizeof code, "%.*s", lengths[band], way->pathway.area);
    if (band == BAND_FIRST)
        text_adds(&name, message_get(f->lang, MSG_WAY_FIRST));
    else if ((int)strlen(code) < lengths[band])
        text_adds(&name, message_get(f->lang, MSG_WAY_LEVEL_COMMUNE));
    else
        names_area(f->names, &name, f->lang, code);
    put(w, b->row, chart->boxes[b->step].left + WAY_NAME, chart->box_columns - WAY_NAME + 2,
        STYLE_TITLE, name.bytes);
    text_release(&name);
}

void way_chart_draw(const struct way_chart *chart, const struct format *f, const struct way *way,
                    size_t selected, struct canvas *c, int top, int bottom, int first)
{
    const struct window w = {c, top, bottom, top - first};
    int head = (int)chart->head.count - first;
    if (head > 0)
        sheet_draw(&chart->head, c, top, 1, head < bottom - top ? head : bottom - top,
                   (size_t)first);
    draw_lines(chart, &w);
    for (int band = 0; band < BANDS; band++)
        draw_band(chart, f, way, band, &w);
    for (size_t i = 0; i < way->pathway.count; i++)
        draw_box(chart, f, way, i, i == selected, &w);
}

/* --- going from box to box
 * --------------------------------------------------------------------------- */

size_t way_chart_go(const struct way_chart *chart, size_t count, size_t from, enum command command)
{
    const struct way_box *at = &chart->boxes[from];
    int rows = command == COMMAND_UP ? -1 : command == COMMAND_DOWN ? 1 : 0;
    int columns = command == COMMAND_LEFT ? -1 : command == COMMAND_RIGHT ? 1 : 0;
    size_t best = from;
    int nearest = INT_MAX;
    for (size_t i = 0; i < count; i++) {
        const struct way_box *box = &chart->boxes[i];
        int down = box->grid_row - at->grid_row, right = box->grid_column - at->grid_column;
        bool ahead = rows ? down * rows > 0 : down == 0 && right * columns > 0;
        int distance = 100 * abs(down) + abs(right);
        if (ahead && distance < nearest) {
            nearest = distance;
            best = i;
        }
    }
    return best;
}
