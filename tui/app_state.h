/* Inside the app: its state and what its files share: app.c (the stack of views, time, drawing),
 * app_event.c (keys and text), app_command.c (commands that mean the same in every view) and
 * app_scenario.c (a scenario that is played). */
#ifndef TUI_APP_STATE_H
#define TUI_APP_STATE_H

#include "tui/alert_bar.h"
#include "tui/app.h"
#include "tui/coach.h"

enum { MIN_ROWS = 12, MIN_COLUMNS = 40, DEPTH = 32 };

/* A directory of the past: the views from `from` on show it. */
struct past {
    struct db *db; /* NULL: none is open */
    size_t from;
    int64_t time;
    struct context context;
};

struct app {
    struct context context;
    struct app_options options;
    struct view *views[DEPTH]; /* the last one is shown */
    bool stale[DEPTH];         /* has to be loaded again before it is shown */
    size_t depth;
    int rows, columns; /* of the screen; 0: not known yet */
    struct text said;  /* message line */
    enum style said_style;
    struct text copy, taken; /* for the clipboard */
    bool has_copy;
    bool wants_painter;
    bool touched; /* a key came since the last tick */
    int64_t last_key_ms;
    enum app_next after; /* the screens are left */
    enum command next;   /* run when the present one is done */
    struct past past;
    struct coach *coach;        /* of the scenario that is played; NULL none */
    struct alert_bar alert_bar; /* under the top bar */
};

bool app_fits(const struct app *a);        /* the screen is large enough to show something */
struct view *app_top(const struct app *a); /* the view that is shown */
/* What that view works with: the directory, or that of the past. */
const struct context *app_top_context(struct app *a);
void app_remove_at(struct app *a, size_t at);
/* Leaves the view; the first one is never left. */
void app_pop(struct app *a, const struct view *v);
/* Everything shown is loaded again before it is shown. */
void app_reload_all(struct app *a);
/* The context keys are looked up in. */
enum key_context app_keys(const struct app *a);
/* Scenarios (app_scenario.c): before and after the view has a command or text. */
unsigned app_scenario_command(struct app *a, enum command command); /* outcome */
void app_scenario_look(struct app *a);
void app_unlock_or_lock(struct app *a);
unsigned app_own_command(struct app *a, enum command command); /* outcome */

#endif
