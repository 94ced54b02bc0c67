/* A view is one screen: a struct of functions over its own state. `draw` is pure: it reads loaded
 * state and writes to a canvas. app.c keeps the stack of views and turns events into commands. */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "db/uuid.h"
#include "i18n/lang.h"
#include "i18n/message.h"
#include "tui/canvas.h"
#include "tui/script.h"

/* Every command of the program: keys, the help and tests share this table. */
enum command {
    COMMAND_NONE,
#define GROUP(label, offered)
#define COMMAND(constant, name, label, help) COMMAND_##constant,
#include "tui/command.def"
#undef COMMAND
#undef GROUP
    COMMAND_COUNT
};

/* Contexts of key.def; a key is looked up in the view's context, then its parent, then GLOBAL. */
enum key_context {
    CONTEXT_GLOBAL,
    CONTEXT_LIST,
    CONTEXT_SEARCH,
    CONTEXT_DETAIL,
    CONTEXT_HELP,
    CONTEXT_MENU,
    CONTEXT_ASK, /* a small form of a few rows */
    CONTEXT_DUE,
    CONTEXT_HISTORY,
    CONTEXT_DUPLICATES,
    CONTEXT_MERGE,
    CONTEXT_REVIEW,
    CONTEXT_WAY, /* a referral pathway */
    CONTEXT_COVERAGE,
    CONTEXT_ALERTS,
    CONTEXT_SUSPEND, /* services with boxes to tick */
    CONTEXT_FORM,    /* fields being filled in */
    CONTEXT_PICK,    /* a list to choose a value from */
    CONTEXT_SUMMARY, /* what a save changes; three versions of a field */
    CONTEXT_SCENARIOS,
    CONTEXT_PRESENTER,
    CONTEXT_BOX, /* the box of a scenario has the keys */
    CONTEXT_COUNT
};

/* What a command or text did: flags. */
enum outcome {
    OUTCOME_IGNORED = 0,
    OUTCOME_HANDLED = 1,
    OUTCOME_REDRAW = 2,
    OUTCOME_POP = 4,      /* leave this view */
    OUTCOME_QUIT = 8,     /* leave the program */
    OUTCOME_REPAINT = 16, /* something else wrote on the terminal: send all of it again */
};

/* What views share: handed to every function, owned by app.c. */
struct context {
    struct db *db;
    enum lang lang;
    int64_t (*now)(void *clock); /* Unix seconds */
    void *clock;
    struct lettering lettering;
    struct app *app; /* to open views, show messages: app.h */
    /* True when the person typed on: what takes long may be given up. NULL: nobody waits. */
    bool (*waiting)(void *state);
    void *waiting_state;
    /* Shows what app_say said before the command is over. NULL: there is no screen. */
    void (*show)(void *state);
    void *show_state;
};

struct view;

struct view_ops {
    enum key_context keys;
    bool takes_text; /* characters not bound to a command go to text() */
    /* Appends where the person is, shown in the top bar. */
    void (*title)(const struct view *v, const struct context *x, struct text *out);
    /* Draws into the canvas rows [top, bottom): bars are app.c's. */
    void (*draw)(const struct view *v, const struct context *x, struct canvas *c, int top,
                 int bottom);
    /* Called when it is opened and before draw whenever the size changed: keep the selection
     * visible. rows are those draw gets (bottom - top). May be NULL. */
    void (*resize)(struct view *v, const struct context *x, int rows, int columns);
    /* The language or the stored data changed: load again, keep the place. May be NULL. */
    void (*reload)(struct view *v, const struct context *x);
    unsigned (*command)(struct view *v, const struct context *x,
                        enum command command); /* outcome */
    unsigned (*text)(struct view *v, const struct context *x, const char *s,
                     size_t len);  /* may be NULL */
    void (*close)(struct view *v); /* frees v */
    /* Does what the keys since the last call made necessary, before it is drawn. False: given up
     * because the person typed on; it is called again. May be NULL. */
    bool (*settle)(struct view *v, const struct context *x);
    /* Pasted bytes, whatever they are; NULL: what is well formed and allowed goes to text. */
    unsigned (*paste)(struct view *v, const struct context *x, const char *s, size_t len);
    /* Time went on: ms of a clock that only goes forward. True: draw again. May be NULL. */
    bool (*tick)(struct view *v, const struct context *x, int64_t ms);
    /* The service the person stands on, for the commands that mean one entry; false: none. May be
     * NULL. */
    bool (*selected)(const struct view *v, struct uuid *ret_service);
    /* Code of the area the person stands in, "" the country; borrowed. May be NULL. */
    const char *(*area)(const struct view *v);
    /* Appends what is printed of it, as lines of plain text; false: nothing to print. May be NULL.
     */
    bool (*print)(const struct view *v, const struct context *x, struct text *out);
    /* Code of the need whose pathway is shown; the words typed into the search box. Borrowed; "" or
     * NULL: none. May be NULL. */
    const char *(*need)(const struct view *v);
    const char *(*typed)(const struct view *v);
};

/* First member of every view's state. */
struct view {
    const struct view_ops *ops;
};

#endif
