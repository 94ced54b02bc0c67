/* The event loop; see loop.h. Keys that wait are all handled before anything is drawn, and a run of
 * typed or pasted characters reaches the view as one piece of text. */
#include "tui/loop.h"

#include <string.h>
#include <time.h>

#include "i18n/utf8.h"

struct loop {
    struct app *app;
    struct term *term;
    const struct ruler *ruler; /* the views are laid out with it */
    int cell_width, cell_height;
    struct text typed; /* characters not handed over yet */
    bool redraw, quit;
    bool settled; /* term_settle was called since the last event */
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_BOOTTIME, &t); /* goes on while a laptop sleeps */
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void note(struct loop *l, unsigned outcome)
{
    l->redraw = l->redraw || outcome != OUTCOME_IGNORED;
    l->quit = l->quit || (outcome & OUTCOME_QUIT) != 0;
    if (outcome & OUTCOME_REPAINT)
        term_repaint(l->term);
}

static void hand_over_text(struct loop *l)
{
    if (l->typed.len == 0)
        return;
    note(l, app_text(l->app, l->typed.bytes, l->typed.len));
    text_clear(&l->typed);
}

static bool same_cells(const struct loop *l)
{
    const struct stage *s = term_stage(l->term);
    return l->ruler == stage_ruler(s) && l->cell_width == s->facts.cell_width &&
           l->cell_height == s->facts.cell_height;
}

static void take_cells(struct loop *l)
{
    const struct stage *s = term_stage(l->term);
    l->ruler = stage_ruler(s);
    l->cell_width = s->facts.cell_width;
    l->cell_height = s->facts.cell_height;
    app_set_ruler(l->app, l->ruler);
}

static void next_painter(struct loop *l)
{
    bool changed = term_next_painter(l->term);
    if (changed)
        take_cells(l);
    app_say_painter(l->app, term_stage(l->term)->painter, changed);
}

static void take_key(struct loop *l, const struct event *e)
{
    bool text = e->special == SPECIAL_NONE && app_takes_text(l->app);
    if (text && !utf8_is_forbidden(e->cp)) {
        text_addcp(&l->typed, e->cp);
        return;
    }
    hand_over_text(l);
    note(l, app_key(l->app, e->special, e->cp));
    const char *copy = app_take_copy(l->app);
    if (copy)
        term_copy(l->term, copy, strlen(copy));
    term_set_theme(l->term, app_theme(l->app));
    if (app_takes_painter(l->app))
        next_painter(l);
}

static void take_event(struct loop *l, const struct event *e)
{
    if (e->kind == EVENT_KEY) {
        take_key(l, e);
        return;
    }
    hand_over_text(l);
    if (e->kind == EVENT_PASTE) {
        size_t len;
        const char *pasted = term_pasted(l->term, &len);
        note(l, app_paste(l->app, pasted, len));
    }
    if (e->kind == EVENT_QUIT)
        l->quit = true;
    if (e->kind == EVENT_RESIZE && !same_cells(l))
        take_cells(l);
    if (e->kind == EVENT_RESIZE || e->kind == EVENT_REDRAW)
        l->redraw = true;
}

static void draw(struct loop *l, struct canvas *c)
{
    term_set_editing(l->term, app_edits(l->app));
    int rows, columns;
    term_size(l->term, &rows, &columns);
    c->ruler = stage_ruler(term_stage(l->term));
    canvas_reset(c, rows, columns);
    app_draw(l->app, c);
    term_draw(l->term, c);
    l->redraw = l->settled = false;
}

/* What draws while a command works. */
struct showing {
    struct loop *loop;
    struct canvas *canvas;
};

static void show(void *state)
{
    const struct showing *s = state;
    draw(s->loop, s->canvas);
}

static bool is_waiting(void *state)
{
    (void)state;
    return term_has_input();
}

/* Everything that is there already, then the app has the text too. */
static void take_waiting(struct loop *l, struct event e)
{
    enum { AT_MOST = 4096 }; /* a stuck key still lets the screen follow */
    l->settled = l->settled && e.kind == EVENT_TIMEOUT;
    for (int i = 0; i < AT_MOST && e.kind != EVENT_TIMEOUT && !l->quit; i++) {
        take_event(l, &e);
        e = term_next(l->term, 0);
    }
    hand_over_text(l);
}

void loop_run(struct app *a, struct term *t, struct db *db)
{
    const struct facts *facts = &term_stage(t)->facts;
    struct loop l = {.app = a,
                     .term = t,
                     .ruler = stage_ruler(term_stage(t)),
                     .cell_width = facts->cell_width,
                     .cell_height = facts->cell_height,
                     .redraw = true};
    struct canvas canvas;
    text_init(&l.typed);
    canvas_init(&canvas, 1, 1);
    struct showing showing = {&l, &canvas};
    app_set_waiting(a, is_waiting, NULL);
    app_set_show(a, show, &showing);
    int64_t version = db_data_version(db), looked = now_ms();
    while (!l.quit) {
        bool done = !l.redraw || app_settle(a); /* else a key came first */
        if (l.redraw && done)
            draw(&l, &canvas);
        if (!l.settled && done)
            term_settle(t);
        l.settled = l.settled || done;
        take_waiting(&l, term_next(t, LOOP_POLL_MS));
        if (now_ms() - looked < LOOP_POLL_MS)
            continue;
        looked = now_ms();
        l.redraw = app_tick(a, looked) || l.redraw;
        int64_t seen = db_data_version(db);
        if (seen != version) {
            version = seen;
            app_data_changed(a);
            l.redraw = true;
        }
    }
    app_set_waiting(a, NULL, NULL);
    app_set_show(a, NULL, NULL);
    canvas_release(&canvas);
    text_release(&l.typed);
}
