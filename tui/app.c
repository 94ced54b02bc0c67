/* The running program: the stack of views, what they share, and drawing the one that is shown. What
 * is drawn around it is in frame.c. Knows nothing of the terminal and of SQL. */
#include "tui/app.h"

#include <assert.h>
#include <stdlib.h>
#include <time.h>

#include "tui/app_state.h"
#include "tui/desk.h"
#include "tui/frame.h"
#include "tui/unlock.h"

static int64_t machine_time(void *clock)
{
    (void)clock;
    return (int64_t)time(NULL);
}

struct app *app_new(struct db *db, const struct app_options *options)
{
    struct app *a = mem_zalloc(1, sizeof *a);
    a->options = *options;
    if (!a->options.now)
        a->options.now = machine_time;
    a->context = (struct context){
        .db = db,
        .lang = options->lang,
        .now = a->options.now,
        .clock = options->clock,
        .lettering = {options->script, options->ruler},
        .app = a,
    };
    text_init(&a->said);
    alert_bar_init(&a->alert_bar);
    text_init(&a->copy);
    text_init(&a->taken);
    app_push(a, browse_new(&a->context, ""));
    struct view *drafts = a->options.read_only ? NULL : drafts_new(&a->context);
    if (drafts)
        app_push(a, drafts);
    return a;
}

static void leave_past(struct app *a)
{
    db_close(a->past.db);
    a->past.db = NULL;
}

void app_free(struct app *a)
{
    if (!a)
        return;
    while (a->depth > 0) {
        struct view *v = a->views[--a->depth];
        v->ops->close(v);
    }
    leave_past(a);
    coach_free(a->coach);
    text_release(&a->said);
    alert_bar_release(&a->alert_bar);
    text_release(&a->copy);
    text_release(&a->taken);
    free(a);
}

struct view *app_top(const struct app *a)
{
    return a->views[a->depth - 1];
}

bool app_fits(const struct app *a)
{
    return a->rows >= MIN_ROWS && a->columns >= MIN_COLUMNS;
}

static int64_t past_time(void *clock)
{
    const struct past *past = clock;
    return past->time;
}

/* What the view at that place of the stack shares: those of the past have its directory and time.
 */
static const struct context *context_at(struct app *a, size_t at)
{
    if (!a->past.db || at < a->past.from)
        return &a->context;
    a->past.context = a->context;
    a->past.context.db = a->past.db;
    a->past.context.now = past_time;
    a->past.context.clock = &a->past;
    return &a->past.context;
}

const struct context *app_top_context(struct app *a)
{
    return context_at(a, a->depth - 1);
}

/* Rows a view gets: what the bars and the box of a scenario leave. */
static int view_rows(const struct app *a)
{
    int rows = a->rows - FRAME_ROWS - alert_bar_rows(&a->alert_bar);
    return a->coach ? rows - coach_rows(rows) : rows;
}

static void tell_size(struct app *a, size_t at)
{
    struct view *v = a->views[at];
    if (app_fits(a) && v->ops->resize)
        v->ops->resize(v, context_at(a, at), view_rows(a), a->columns);
}

/* Loads the view that is shown again where something changed since it was. */
static void refresh(struct app *a)
{
    size_t at = a->depth - 1;
    if (a->stale[at] && a->views[at]->ops->reload)
        a->views[at]->ops->reload(a->views[at], context_at(a, at));
    a->stale[at] = false;
}

void app_remove_at(struct app *a, size_t at)
{
    struct view *v = a->views[at];
    a->depth--;
    for (size_t i = at; i < a->depth; i++) {
        a->views[i] = a->views[i + 1];
        a->stale[i] = a->stale[i + 1];
    }
    v->ops->close(v);
    a->past.from -= at < a->past.from;
    if (a->past.db && a->depth <= a->past.from)
        leave_past(a);
    refresh(a);
}

/* Nobody walks back that far: forgets the oldest view but the start. */
static void make_room(struct app *a)
{
    if (a->depth == DEPTH)
        app_remove_at(a, 1);
}

void app_push(struct app *a, struct view *v)
{
    make_room(a);
    a->stale[a->depth] = false;
    a->views[a->depth++] = v;
    tell_size(a, a->depth - 1);
}

bool app_open_past(struct app *a, struct db *past, int64_t time, const struct uuid *service)
{
    make_room(a); /* while nothing is of the past: what is removed may not close it */
    a->past = (struct past){.db = past, .from = a->depth, .time = time};
    const struct context *x = context_at(a, a->depth);
    struct view *v = service ? detail_new(x, service) : browse_new(x, "");
    if (v)
        app_push(a, v);
    else
        leave_past(a);
    return v;
}

bool app_is_past(const struct app *a)
{
    return a->past.db;
}

bool app_is_read_only(const struct app *a)
{
    return a->options.read_only;
}

bool app_is_training(const struct app *a)
{
    return a->options.training;
}

void app_leave(struct app *a, enum app_next next)
{
    a->after = next;
}

enum app_next app_take_next(struct app *a)
{
    enum app_next next = a->after;
    a->after = APP_QUIT;
    return next;
}

void app_keep_options(const struct app *a, struct app_options *options)
{
    options->lang = a->context.lang;
    options->theme = a->options.theme;
    options->script = a->context.lettering.script;
}

const struct person *app_person(const struct app *a)
{
    return &a->options.person;
}

void app_set_person(struct app *a, const struct person *person)
{
    a->options.person = *person;
    /* Who teaches may change everything there. */
    if (a->options.training && person->role == VALUE_ROLE_TRAINER)
        a->options.person.role = VALUE_ROLE_APPROVER;
}

void app_pop(struct app *a, const struct view *v)
{
    if (a->depth == 1) {
        app_say(a, STYLE_NORMAL, message_get(a->context.lang, MSG_APP_AT_START));
        return;
    }
    for (size_t i = a->depth; i-- > 0;) {
        if (a->views[i] == v) {
            app_remove_at(a, i);
            tell_size(a, a->depth - 1); /* it may have changed what is shown below */
            return;
        }
    }
}

void app_say(struct app *a, enum style style, const char *text)
{
    text_clear(&a->said);
    text_adds(&a->said, text);
    a->said_style = style;
}

/* The view that is shown now, the others when they are. */
void app_reload_all(struct app *a)
{
    for (size_t i = 0; i < a->depth; i++)
        a->stale[i] = true;
    alert_bar_forget(&a->alert_bar);
    refresh(a);
}

void app_reload(struct app *a)
{
    app_reload_all(a);
}

const char *app_file(const struct app *a)
{
    return a->options.file ? a->options.file : "";
}

const char *app_drafts(const struct app *a)
{
    return a->options.drafts;
}

bool app_edits(const struct app *a)
{
    return app_keys(a) == CONTEXT_FORM;
}

bool app_shows(const struct app *a, const struct view *v)
{
    return app_top(a) == v;
}

void app_set_lang(struct app *a, enum lang lang)
{
    a->context.lang = lang;
    app_reload_all(a);
}

static void lock(struct app *a, enum message says)
{
    restricted_lock(a->context.db);
    app_reload_all(a);
    app_say(a, STYLE_NORMAL, message_get(a->context.lang, says));
}

/* Opens the box for the PIN; where it is unlocked already, locks. */
void app_unlock_or_lock(struct app *a)
{
    if (app_is_past(a))
        app_say(a, STYLE_WARNING, message_get(a->context.lang, MSG_UNLOCK_NOT_PAST));
    else if (restricted_level(a->context.db) > LEVEL_PUBLIC)
        lock(a, MSG_UNLOCK_LOCKED);
    else if (unlock_has_pin(a->context.db) || desk_may_write(&a->context, COMMAND_UNLOCK))
        app_push(a, unlock_new(&a->context));
}

/* Locks after a long time without a key. */
static bool relock(struct app *a, int64_t ms)
{
    if (a->touched || restricted_level(a->context.db) == LEVEL_PUBLIC) {
        a->touched = false;
        a->last_key_ms = ms;
    }
    if (ms - a->last_key_ms < UNLOCK_IDLE_MS)
        return false;
    lock(a, MSG_UNLOCK_RELOCKED);
    return true;
}

bool app_tick(struct app *a, int64_t ms)
{
    bool redraw = false;
    for (size_t i = a->depth; i-- > 0;)
        if (a->views[i]->ops->tick && a->views[i]->ops->tick(a->views[i], &a->context, ms))
            redraw = true;
    return relock(a, ms) || redraw;
}

void app_data_changed(struct app *a)
{
    if (restricted_refresh(a->context.db) != STATUS_OK)
        restricted_lock(a->context.db);
    app_reload_all(a);
    app_say(a, STYLE_DIM,
            message_get(a->context.lang, app_edits(a) ? MSG_FORM_OTHERS : MSG_APP_CHANGED));
}

void app_set_ruler(struct app *a, const struct ruler *ruler)
{
    a->context.lettering.ruler = ruler;
    app_reload_all(a);
}

bool app_takes_painter(struct app *a)
{
    bool wants = a->wants_painter;
    a->wants_painter = false;
    return wants;
}

void app_say_painter(struct app *a, enum painter_id painter, bool changed)
{
    struct text line = TEXT_INIT;
    enum lang lang = a->context.lang;
    const char *name = message_get(lang, painter_message(painter));
    message_format(&line, lang, MSG_PAINTER_NOW, "painter", name, NULL);
    app_say(a, STYLE_NORMAL, changed ? line.bytes : message_get(lang, MSG_PAINTER_ONLY));
    text_release(&line);
}

void app_resize(struct app *a, int rows, int columns)
{
    a->rows = rows;
    a->columns = columns;
    for (size_t i = 0; i < a->depth; i++)
        tell_size(a, i);
}

bool app_settle(struct app *a)
{
    struct view *v = app_top(a);
    bool settled = !app_fits(a) || !v->ops->settle || v->ops->settle(v, &a->context);
    if (settled)
        app_scenario_look(a);
    return settled;
}

void app_set_waiting(struct app *a, bool (*waiting)(void *state), void *state)
{
    a->context.waiting = waiting;
    a->context.waiting_state = state;
}

void app_set_show(struct app *a, void (*show)(void *state), void *state)
{
    a->context.show = show;
    a->context.show_state = state;
}

void app_show(struct app *a)
{
    if (a->context.show)
        a->context.show(a->context.show_state);
}

/* The view that tells where the person is: forms, menus and the like stand on the one below. */
static const struct view *placed_view(const struct app *a)
{
    size_t first = a->past.db ? a->past.from : 0;
    for (size_t i = a->depth; i-- > first;)
        if (a->views[i]->ops->area || a->views[i]->ops->selected)
            return a->views[i];
    return a->views[a->depth - 1];
}

void app_draw(struct app *a, struct canvas *c)
{
    if (c->rows != a->rows || c->columns != a->columns)
        app_resize(a, c->rows, c->columns);
    enum lang lang = a->context.lang;
    if (!app_fits(a)) {
        frame_draw_too_small(c, lang);
        return;
    }
    (void)app_settle(a); /* where it is given up the old state is drawn once more */
    struct view *v = app_top(a);
    struct text title;
    text_init(&title);
    const struct context *x = app_top_context(a);
    if (alert_bar_update(&a->alert_bar, x, placed_view(a)))
        tell_size(a, a->depth - 1);
    v->ops->title(v, x, &title);
    const struct frame frame = {
        .lang = lang,
        .title = title.bytes,
        .training = a->options.training,
        .read_only = a->options.read_only,
        .person = &a->options.person,
        .past = a->past.db ? &a->past.time : NULL,
        .unlocked = restricted_level(a->context.db),
        .keys = app_keys(a),
        .says = a->said.bytes,
        .says_style = a->said_style,
    };
    int top = FRAME_TOP + alert_bar_rows(&a->alert_bar);
    alert_bar_draw(&a->alert_bar, c, FRAME_TOP);
    v->ops->draw(v, x, c, top, top + view_rows(a));
    if (a->coach)
        coach_draw(a->coach, &(struct coach_sight){x, v}, c, top, c->rows - FRAME_BOTTOM);
    frame_draw(c, &frame);
    text_release(&title);
}

void app_copy(struct app *a, const char *text, size_t len)
{
    text_clear(&a->copy);
    text_add(&a->copy, text, len);
    a->has_copy = true;
    app_say(a, STYLE_NORMAL, message_get(a->context.lang, MSG_APP_COPIED));
}

const char *app_take_copy(struct app *a)
{
    if (!a->has_copy)
        return NULL;
    a->has_copy = false;
    struct text swap = a->taken;
    a->taken = a->copy;
    a->copy = swap;
    return a->taken.bytes;
}

enum theme app_theme(const struct app *a)
{
    return a->options.theme;
}
