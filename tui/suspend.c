/* The review of services before they are suspended, restored, or restored with the end of an alert:
 * each with a box to tick, all of it saved at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/emergency.h"
#include "i18n/number.h"
#include "tui/alert_words.h"
#include "tui/alerts.h"
#include "tui/app.h"
#include "tui/change.h"
#include "tui/desk.h"
#include "tui/emergency.h"
#include "tui/hits.h"
#include "tui/roll.h"

enum {
    HEAD = 2, /* rows above the list: the alert, how many are ticked */
    FOOT = 1,
    BOX = 4, /* columns */
    WIDE = 64,
    NOTE = 42, /* hundredths of a wide screen for the place, or why a box cannot be ticked */
};

/* A box somebody has ticked or emptied. */
struct tick {
    struct uuid id;
    bool on;
};

struct suspend_view {
    struct view view;
    enum suspend_act act;
    struct names *names;
    struct emergency table;
    struct alert_list alert; /* one row */
    struct suspend_list list;
    bool *ticked; /* of each row; in the list's arena */
    struct roll roll;
    int rows, columns;
};

/* --- rows and boxes --- */

static bool can_tick(const struct suspend_view *v, const struct suspend_row *row)
{
    if (v->act == ACT_SUSPEND)
        return row->state == SUSPEND_ACTIVE;
    return row->state == SUSPEND_BY_THIS || row->state == SUSPEND_CHANGED;
}

static bool is_meant(const struct suspend_view *v, const struct suspend_row *row)
{
    return v->act == ACT_SUSPEND ? emergency_suspends(&v->table, row)
                                 : row->state == SUSPEND_BY_THIS;
}

static size_t count_ticked(const struct suspend_view *v)
{
    size_t count = 0;
    for (size_t i = 0; i < v->list.count; i++)
        count += v->ticked[i];
    return count;
}

static int by_id(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(struct uuid));
}

static struct tick *keep_ticks(const struct suspend_view *v, size_t *ret_count)
{
    struct tick *ticks = mem_zalloc(v->list.count + 1, sizeof *ticks);
    for (size_t i = 0; i < v->list.count; i++)
        ticks[i] = (struct tick){v->list.rows[i].id, v->ticked[i]};
    if (v->list.count)
        qsort(ticks, v->list.count, sizeof *ticks, by_id);
    *ret_count = v->list.count;
    return ticks;
}

/* Boxes as they were; those of rows that were not there as they are meant to be. */
static void set_ticks(struct suspend_view *v, const struct tick *ticks, size_t count)
{
    v->ticked = arena_alloc(&v->list.arena, v->list.count + 1);
    for (size_t i = 0; i < v->list.count; i++) {
        const struct suspend_row *row = &v->list.rows[i];
        const struct tick *known =
            count ? bsearch(&row->id, ticks, count, sizeof *ticks, by_id) : NULL;
        v->ticked[i] = can_tick(v, row) && (known ? known->on : is_meant(v, row));
    }
}

/* What can be ticked stands first, what is meant to be before the rest. */
static void order_rows(struct suspend_view *v)
{
    struct suspend_row *rows = arena_alloc(&v->list.arena, (v->list.count + 1) * sizeof *rows);
    size_t count = 0;
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < v->list.count; i++) {
            const struct suspend_row *row = &v->list.rows[i];
            int rank = !can_tick(v, row) ? 2 : !is_meant(v, row);
            if (rank == pass)
                rows[count++] = *row;
        }
    v->list.rows = rows;
}

static enum status load(struct suspend_view *v, const struct context *x, const struct uuid *id)
{
    struct suspend_list fresh;
    struct alert_list alert = {0};
    size_t count = 0;
    enum status status = alert_get(x->db, id, date_days(date_from_time(x->now(x->clock))), &alert);
    if (status == STATUS_OK)
        status = v->act == ACT_SUSPEND ? suspend_candidates(x->db, &alert.rows[0], &fresh)
                                       : suspend_suspended(x->db, &alert.rows[0], &fresh);
    if (status != STATUS_OK) {
        alert_list_release(&alert);
        return status;
    }
    struct tick *ticks = keep_ticks(v, &count);
    suspend_list_release(&v->list);
    alert_list_release(&v->alert);
    v->list = fresh;
    v->alert = alert;
    order_rows(v);
    set_ticks(v, ticks, count);
    free(ticks);
    return STATUS_OK;
}

static void fit(struct suspend_view *v)
{
    int shown = v->rows - HEAD - FOOT;
    roll_fit(&v->roll, v->list.count, shown > 0 ? (size_t)shown : 1);
}

/* --- drawing --- */

static void add_note(const struct suspend_view *v, const struct context *x,
                     const struct suspend_row *row, struct text *out)
{
    const char *codes = *row->located ? row->located : row->covers;
    char area[AREA_CODE];
    struct text time = TEXT_INIT;
    snprintf(area, sizeof area, "%.*s", (int)strcspn(codes, " "), codes);
    if (row->state == SUSPEND_CHANGED && v->act != ACT_SUSPEND) {
        change_time(&time, row->changed_ms);
        message_format(out, x->lang, MSG_SUSPEND_CHANGED, "name", row->changed_by, "time",
                       row->changed_ms ? time.bytes : "", NULL);
    } else if (can_tick(v, row)) {
        names_area(v->names, out, x->lang, area);
    } else {
        text_adds(out, message_get(x->lang, row->state == SUSPEND_BY_OTHER ? MSG_SUSPEND_OTHER
                                            : row->state == SUSPEND_NOT    ? MSG_SUSPEND_NOT
                                                                           : MSG_SUSPEND_ALREADY));
    }
    text_release(&time);
}

static void add_name(const struct suspend_view *v, const struct context *x,
                     const struct suspend_row *row, int columns, struct text *out)
{
    struct format f = {v->names, x->lang, x->now(x->clock)};
    const struct hit hit = {.name_km = row->name_km,
                            .name_en = row->name_en,
                            .abbreviation_km = row->abbreviation_km,
                            .abbreviation_en = row->abbreviation_en,
                            .located = row->located,
                            .covers = row->covers,
                            .phones = ""};
    format_hit_short_name(&f, out, &hit, columns, "");
}

static void draw_row(const struct suspend_view *v, const struct context *x, struct canvas *c,
                     int row, size_t at)
{
    const struct suspend_row *r = &v->list.rows[at];
    bool marked = at == v->roll.selected, wide = c->columns >= WIDE, can = can_tick(v, r);
    enum style style = marked ? STYLE_SELECTED : can ? STYLE_NORMAL : STYLE_DIM;
    int note = wide ? c->columns * NOTE / 100 : 0, name = c->columns - 4 - BOX - note;
    struct text words = TEXT_INIT;
    if (marked) {
        canvas_fill(c, row, 0, c->columns, style, 0);
        canvas_fill(c, row, 1, 1, style, SELECTED_MARK);
    }
    if (can)
        canvas_puts(c, row, 3, BOX, style, v->ticked[at] ? "[x]" : "[ ]");
    add_name(v, x, r, name, &words);
    canvas_puts(c, row, 3 + BOX, name, style, words.bytes);
    if (wide) {
        text_clear(&words);
        add_note(v, x, r, &words);
        canvas_puts(c, row, 4 + BOX + name, note - 1,
                    marked                        ? style
                    : r->state == SUSPEND_CHANGED ? STYLE_WARNING
                                                  : STYLE_DIM,
                    words.bytes);
    }
    text_release(&words);
}

static void draw_head(const struct suspend_view *v, const struct context *x, struct canvas *c,
                      int row)
{
    static const enum message words[] = {[ACT_SUSPEND] = MSG_SUSPEND_COUNT,
                                         [ACT_RESTORE] = MSG_SUSPEND_RESTORE_COUNT,
                                         [ACT_END] = MSG_SUSPEND_END_COUNT};
    struct format f = {v->names, x->lang, x->now(x->clock)};
    struct text line = TEXT_INIT;
    char count[24], all[24];
    alert_add_name(&f, &line, &v->alert.rows[0]);
    text_adds(&line, NAMES_DOT);
    alert_add_days(&f, &line, &v->alert.rows[0]);
    canvas_puts(c, row, 1, c->columns - 2, STYLE_TITLE, line.bytes);
    text_clear(&line);
    snprintf(count, sizeof count, "%zu", count_ticked(v));
    snprintf(all, sizeof all, "%zu", v->list.count);
    message_format(&line, x->lang, words[v->act], "count", count, "all", all, NULL);
    canvas_puts(c, row + 1, 1, c->columns - 2, STYLE_STRONG, line.bytes);
    text_release(&line);
}

static void draw(const struct view *view, const struct context *x, struct canvas *c, int top,
                 int bottom)
{
    const struct suspend_view *v = (const struct suspend_view *)view;
    draw_head(v, x, c, top);
    if (!v->list.count)
        canvas_puts(
            c, top + HEAD, 3, c->columns - 4, STYLE_NORMAL,
            message_get(x->lang, v->act == ACT_SUSPEND ? MSG_SUSPEND_NOBODY : MSG_SUSPEND_NONE));
    for (int i = 0; top + HEAD + i < bottom - FOOT && v->roll.top + (size_t)i < v->list.count; i++)
        draw_row(v, x, c, top + HEAD + i, v->roll.top + (size_t)i);
    canvas_puts(c, bottom - 1, 1, c->columns - 2, STYLE_DIM,
                message_get(x->lang, MSG_SUSPEND_HINT));
}

/* --- saving --- */

/* The reason in the history: the alert in a few words. */
static void add_reason(const struct suspend_view *v, const struct context *x, struct text *out)
{
    struct format f = {v->names, x->lang, x->now(x->clock)};
    alert_add_name(&f, out, &v->alert.rows[0]);
}

static size_t make_changes(const struct suspend_view *v, const struct context *x,
                           const char *reason, struct arena *arena, struct change *changes)
{
    const struct alert *alert = &v->alert.rows[0];
    size_t count = 0;
    if (v->act == ACT_END)
        count = suspend_end_changes(alert, date_days(date_from_time(x->now(x->clock))), reason,
                                    arena, changes);
    for (size_t i = 0; i < v->list.count; i++)
        if (v->ticked[i])
            changes[count++] = suspend_change(
                &v->list.rows[i].id, v->act == ACT_SUSPEND ? &alert->id : NULL, reason, arena);
    return count;
}

static void say_saved(const struct suspend_view *v, const struct context *x, size_t services,
                      const struct save_result *saved)
{
    static const enum message words[] = {[ACT_SUSPEND] = MSG_SUSPEND_DONE,
                                         [ACT_RESTORE] = MSG_SUSPEND_RESTORED,
                                         [ACT_END] = MSG_SUSPEND_ENDED};
    struct text line = TEXT_INIT;
    char count[24];
    snprintf(count, sizeof count, "%zu", services);
    message_format(&line, x->lang, words[v->act], "count", count, NULL);
    desk_say_saved(x, saved, line.bytes);
    text_release(&line);
}

static unsigned save(struct suspend_view *v, const struct context *x)
{
    size_t services = count_ticked(v);
    struct arena arena = {0};
    struct text reason = TEXT_INIT;
    struct save_result saved;
    bool done = false;
    if (!services && v->act != ACT_END) {
        app_say(x->app, STYLE_WARNING, message_get(x->lang, MSG_SUSPEND_TICK_ONE));
        return OUTCOME_HANDLED;
    }
    if (desk_may_write(x, COMMAND_SAVE)) {
        struct change *changes =
            arena_alloc(&arena, (services + SUSPEND_END_CHANGES) * sizeof *changes);
        add_reason(v, x, &reason);
        size_t count = make_changes(v, x, reason.bytes, &arena, changes);
        done = desk_save(x, changes, count, &saved, NULL);
    }
    if (done)
        say_saved(v, x, services, &saved);
    text_release(&reason);
    arena_release(&arena);
    return done ? OUTCOME_HANDLED | OUTCOME_POP : OUTCOME_HANDLED;
}

/* --- keys --- */

/* All boxes, or where all are ticked none. */
static void tick_all(struct suspend_view *v)
{
    bool on = false;
    for (size_t i = 0; i < v->list.count; i++)
        on |= can_tick(v, &v->list.rows[i]) && !v->ticked[i];
    for (size_t i = 0; i < v->list.count; i++)
        v->ticked[i] = on && can_tick(v, &v->list.rows[i]);
}

static void tick(struct suspend_view *v, const struct context *x)
{
    size_t at = v->roll.selected;
    if (!v->list.count)
        return;
    if (can_tick(v, &v->list.rows[at]))
        v->ticked[at] = !v->ticked[at];
    else
        app_say(x->app, STYLE_NORMAL, message_get(x->lang, MSG_SUSPEND_CANNOT));
    roll_go(&v->roll, at + 1);
}

static unsigned run(struct view *view, const struct context *x, enum command command)
{
    struct suspend_view *v = (struct suspend_view *)view;
    if (command == COMMAND_SAVE)
        return save(v, x);
    if (command == COMMAND_TICK)
        tick(v, x);
    else if (command == COMMAND_TICK_ALL)
        tick_all(v);
    else if (command == COMMAND_LEFT)
        return OUTCOME_HANDLED | OUTCOME_POP;
    else if (!roll_command(&v->roll, command))
        return OUTCOME_IGNORED;
    return OUTCOME_HANDLED;
}

/* --- the view --- */

static void title(const struct view *view, const struct context *x, struct text *out)
{
    static const enum command commands[] = {[ACT_SUSPEND] = COMMAND_SUSPEND,
                                            [ACT_RESTORE] = COMMAND_RESTORE,
                                            [ACT_END] = COMMAND_END_ALERT};
    const struct suspend_view *v = (const struct suspend_view *)view;
    text_addf(out, "%s" NAMES_DOT, message_get(x->lang, command_label(commands[v->act])));
    names_area(v->names, out, x->lang, v->alert.rows[0].area);
}

static void resize(struct view *view, const struct context *x, int rows, int columns)
{
    struct suspend_view *v = (struct suspend_view *)view;
    (void)x;
    v->rows = rows;
    v->columns = columns;
    fit(v);
}

/* Where it cannot be read what was read stays; saving tells what is wrong. */
static void reload(struct view *view, const struct context *x)
{
    struct suspend_view *v = (struct suspend_view *)view;
    struct uuid id = v->alert.rows[0].id;
    names_forget(v->names);
    if (load(v, x, &id) == STATUS_OK)
        fit(v);
}

static bool selected(const struct view *view, struct uuid *ret_service)
{
    const struct suspend_view *v = (const struct suspend_view *)view;
    if (v->list.count)
        *ret_service = v->list.rows[v->roll.selected].id;
    return v->list.count;
}

static const char *area(const struct view *view)
{
    return ((const struct suspend_view *)view)->alert.rows[0].area;
}

static void close_view(struct view *view)
{
    struct suspend_view *v = (struct suspend_view *)view;
    suspend_list_release(&v->list);
    alert_list_release(&v->alert);
    emergency_release(&v->table);
    names_free(v->names);
    free(v);
}

struct view *suspend_new(const struct context *x, const struct uuid *alert, enum suspend_act act)
{
    static const struct view_ops ops = {
        .keys = CONTEXT_SUSPEND,
        .title = title,
        .draw = draw,
        .resize = resize,
        .reload = reload,
        .command = run,
        .close = close_view,
        .selected = selected,
        .area = area,
    };
    struct suspend_view *v = mem_zalloc(1, sizeof *v);
    v->view.ops = &ops;
    v->act = act;
    v->names = names_new(x->db, &x->lettering);
    v->rows = 1;
    if (emergency_table(x, &v->table) != STATUS_OK || load(v, x, alert) != STATUS_OK) {
        close_view(&v->view);
        return NULL;
    }
    return &v->view;
}
