/* The duplicates view: pairs that may be one service, the surest first, and why. Enter puts the two
 * side by side (merge.c); a key says that they are two. */
#include "tui/duplicates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/apart.h"
#include "db/duplicate.h"
#include "tui/app.h"
#include "tui/desk.h"
#include "tui/format.h"
#include "tui/hits.h"
#include "tui/print.h"
#include "tui/roll.h"
#include "tui/why.h"

enum {
    LINES = 4, /* rows of a pair: two names, why, a gap */
    PAIRS_AT_MOST = 500,
    TITLE_ROOM = 30, /* columns of the top bar that the area does not get */
    PHONE = 15,      /* columns of a number */
    WIDE = 64,
};

struct duplicates_view {
    struct view view;
    char area_code[AREA_CODE];
    struct names *names;
    struct duplicate_list list;
    bool *apart; /* of each row, in the list's arena: it was just noted as two */
    enum status status;
    struct roll roll;
    int rows, columns;
};

static void load(struct duplicates_view *v, const struct context *x)
{
    if (v->status == STATUS_OK)
        duplicate_list_release(&v->list);
    v->status = duplicate_load(x->db, v->area_code, PAIRS_AT_MOST, &v->list);
    if (v->status == STATUS_OK)
        v->apart = arena_alloc(&v->list.arena, v->list.count + 1);
}

static void fit(struct duplicates_view *v)
{
    /* One row stands on top and one below; the last pair needs no gap below it. */
    size_t shown = v->rows > LINES ? (size_t)(v->rows - 1) / LINES : 1;
    roll_fit(&v->roll, v->status == STATUS_OK ? v->list.count : 0, shown);
}

static void side_name(const struct duplicates_view *v, const struct context *x,
                      const struct duplicate_side *side, int columns, struct text *out)
{
    struct format f = {v->names, x->lang, x->now(x->clock)};
    const struct hit hit = {
        .name_km = side->name_km,
        .name_en = side->name_en,
        .abbreviation_km = side->abbreviation_km,
        .abbreviation_en = side->abbreviation_en,
        .located = side->area,
        .covers = side->area,
        .phones = side->phones,
    };
    format_hit_short_name(&f, out, &hit, columns, "");
}

static void draw_side(const struct duplicates_view *v, const struct context *x, struct canvas *c,
                      int row, const struct duplicate_side *side, enum style style)
{
    bool wide = c->columns >= WIDE;
    int columns = c->columns - 4 - (wide ? PHONE : 0);
    struct text words = TEXT_INIT;
    side_name(v, x, side, columns, &words);
    canvas_puts(c, row, 3, columns, style, words.bytes);
    text_clear(&words);
    const struct hit hit = {.phones = side->phones};
    format_hit_phone(&words, &hit);
    if (wide)
        canvas_puts(c, row, c->columns - PHONE, PHONE - 1, style, words.bytes);
    text_release(&words);
}

static void draw_pair(const struct duplicates_view *v, const struct context *x, struct canvas *c,
                      int row, size_t index)
{
    const struct duplicate_pair *p = &v->list.rows[index];
    bool marked = index == v->roll.selected;
    enum style style = marked ? STYLE_SELECTED : STYLE_NORMAL;
    struct text why = TEXT_INIT, area = TEXT_INIT;
    for (int i = 0; marked && i < LINES - 1; i++)
        canvas_fill(c, row + i, 0, c->columns, style, 0);
    if (marked)
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    draw_side(v, x, c, row, &p->a, style);
    draw_side(v, x, c, row + 1, &p->b, style);
    bool apart = v->apart[index];
    if (apart)
        text_adds(&why, message_get(x->lang, MSG_DUPLICATES_ARE_TWO));
    else
        why_duplicate(&why, x->lang, p->why, p->phone);
    enum style said = marked ? style : apart ? STYLE_DIM : STYLE_WARNING;
    int used = canvas_puts(c, row + 2, 5, c->columns - 6, said, why.bytes);
    names_path_fit(v->names, &area, x->lang, p->a.area, c->columns - used - 10);
    if (*p->a.area)
        canvas_puts(c, row + 2, 7 + used, c->columns - used - 8, marked ? style : STYLE_DIM,
                    area.bytes);
    text_release(&why);
    text_release(&area);
}

static void draw_count(const struct duplicates_view *v, const struct context *x, struct canvas *c,
                       int row)
{
    char count[24];
    struct text line = TEXT_INIT;
    size_t left = v->list.found;
    for (size_t i = 0; i < v->list.count; i++)
        left -= v->apart[i];
    snprintf(count, sizeof count, "%zu", left);
    message_format(&line, x->lang, MSG_DUPLICATES_COUNT, "count", count, NULL);
    canvas_puts(c, row, 1, c->columns - 2, STYLE_TITLE, line.bytes);
    text_release(&line);
}

/* What the key does that the bar has no room for. */
static void draw_hint(const struct context *x, struct canvas *c, int row)
{
    struct text line = TEXT_INIT;
    text_addf(&line, "d  %s", message_get(x->lang, MSG_COMMAND_APART_HELP));
    canvas_puts(c, row, 1, c->columns - 2, STYLE_DIM, line.bytes);
    text_release(&line);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct duplicates_view *v = (const struct duplicates_view *)view;
    if (v->roll.count == 0) {
        bool fine = v->status == STATUS_OK;
        canvas_puts(c, top, 1, c->columns - 2, fine ? STYLE_NORMAL : STYLE_ERROR,
                    message_get(x->lang, fine ? MSG_DUPLICATES_NONE : MSG_APP_PROBLEM));
        return;
    }
    draw_count(v, x, c, top);
    int row = top + 1;
    for (size_t i = v->roll.top; i < v->roll.count && row + LINES <= bottom; i++, row += LINES)
        draw_pair(v, x, c, row, i);
    draw_hint(x, c, bottom - 1);
}

static void title(const struct view *view, const struct context *x, struct text *out)
{
    const struct duplicates_view *v = (const struct duplicates_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, MSG_COMMAND_DUPLICATES));
    names_path_fit(v->names, out, x->lang, v->area_code, v->columns - TITLE_ROOM);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct duplicates_view *v = (struct duplicates_view *)view;
    (void)x;
    v->rows = rows;
    v->columns = columns;
    fit(v);
}

static void reload(struct view *view, const struct context *x)
{
    struct duplicates_view *v = (struct duplicates_view *)view;
    names_forget(v->names);
    load(v, x);
    fit(v);
}

static void compare(const struct duplicates_view *v, const struct context *x)
{
    if (v->roll.count == 0)
        return;
    const struct duplicate_pair *p = &v->list.rows[v->roll.selected];
    struct view *both = merge_new(x, &p->a.id, &p->b.id);
    if (both)
        app_push(x->app, both);
    else
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DETAIL_GONE));
}

/* What is decided stays on the screen until the list is read again, so that the same key takes it
 * back. */
static void decide(struct duplicates_view *v, const struct context *x)
{
    if (v->roll.count == 0 || !desk_may_write(x, COMMAND_APART))
        return;
    const struct duplicate_pair *p = &v->list.rows[v->roll.selected];
    bool *apart = &v->apart[v->roll.selected];
    enum status status = apart_set(x->db, app_person(x->app), &p->a.id, &p->b.id, !*apart);
    if (status == STATUS_FORBIDDEN) {
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_DUPLICATES_NOT_YOURS));
    } else if (status != STATUS_OK) {
        desk_say_failed(x, status);
    } else {
        *apart = !*apart;
        desk_say_done(
            x, message_get(x->lang, *apart ? MSG_DUPLICATES_APART : MSG_DUPLICATES_TOGETHER));
    }
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct duplicates_view *v = (struct duplicates_view *)view;
    if (roll_command(&v->roll, command))
        return OUTCOME_HANDLED;
    switch (command) {
    case COMMAND_OPEN:
    case COMMAND_RIGHT:
        compare(v, x);
        return OUTCOME_HANDLED;
    case COMMAND_APART:
        decide(v, x);
        return OUTCOME_HANDLED;
    case COMMAND_LEFT:
        return OUTCOME_HANDLED | OUTCOME_POP;
    default:
        return OUTCOME_IGNORED;
    }
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct duplicates_view *v = (const struct duplicates_view *)view;
    if (v->roll.count > 0)
        *ret_service = v->list.rows[v->roll.selected].a.id;
    return v->roll.count > 0;
}

static const char *area(const struct view *view)
{
    return ((const struct duplicates_view *)view)->area_code;
}

static bool print(const struct view *view, const struct context *x, struct text *out)
{
    const struct duplicates_view *v = (const struct duplicates_view *)view;
    struct text line = TEXT_INIT;
    struct sheet s;
    print_heading(x, view, out);
    sheet_init(&s, PRINT_COLUMNS);
    for (size_t i = 0; i < v->roll.count; i++) {
        const struct duplicate_side *sides[] = {&v->list.rows[i].a, &v->list.rows[i].b};
        for (size_t k = 0; k < 2; k++) {
            bool other;
            text_clear(&line);
            text_adds(&line, format_pick(names_lang(v->names, x->lang), sides[k]->name_km,
                                         sides[k]->name_en, &other));
            text_adds(&line, NAMES_DOT);
            names_path(v->names, &line, x->lang, sides[k]->area);
            sheet_text(&s, 0, STYLE_NORMAL, line.bytes);
        }
        text_clear(&line);
        why_duplicate(&line, x->lang, v->list.rows[i].why, v->list.rows[i].phone);
        sheet_text(&s, 2, STYLE_NORMAL, line.bytes);
        sheet_gap(&s);
    }
    sheet_write(&s, out);
    sheet_release(&s);
    text_release(&line);
    return v->roll.count > 0;
}

static void close_view(struct view *view)
{
    struct duplicates_view *v = (struct duplicates_view *)view;
    if (v->status == STATUS_OK)
        duplicate_list_release(&v->list);
    names_free(v->names);
    free(v);
}

struct view *duplicates_new(const struct context *x, const char *at)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_DUPLICATES,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .selected = selected,
        .area = area,
        .print = print,
    };
    struct duplicates_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->names = names_new(x->db, &x->lettering);
    v->status = STATUS_NOT_FOUND;
    v->rows = 1;
    snprintf(v->area_code, sizeof v->area_code, "%s", strcmp(at, AREA_COUNTRY_CODE) == 0 ? "" : at);
    load(v, x);
    return &v->view;
}
