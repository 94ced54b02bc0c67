/* The running program: the stack of views, the bars around them, events to commands. Knows the
 * terminal only through term.h, so that tests drive it on a canvas. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "db/person.h"
#include "db/search.h"
#include "db/uuid.h"
#include "tui/key.h"
#include "tui/painter.h"
#include "tui/theme.h"
#include "tui/view.h"

struct app;
struct course;
struct course_entry;

struct app_options {
    enum lang lang;
    enum theme theme;
    enum script script;
    const struct ruler *ruler; /* of the painter at work; borrowed */
    bool training; /* the training directory: its mark stands on all that is shown and given out */
    bool read_only;
    struct person person;        /* at the keyboard; no name: nobody has said who they are */
    int64_t (*now)(void *clock); /* Unix seconds; NULL: the machine's clock */
    void *clock;
    const char *file;      /* the directory file; borrowed, NULL "" */
    const char *drafts;    /* folder of drafts; borrowed, NULL: none are kept */
    struct course *course; /* scenarios of the training; borrowed, NULL: none are played */
};

/* db is borrowed. Opens with the browse view. */
struct app *app_new(struct db *db, const struct app_options *options);
void app_free(struct app *a);

/* Events. A special key, or SPECIAL_NONE and the character's code point. OUTCOME_QUIT ends the
 * program; after anything else but OUTCOME_IGNORED draw again. */
unsigned app_key(struct app *a, enum special special, char32_t cp); /* outcome */
/* The same for a command by itself, and for a run of typed text (well-formed, nothing forbidden),
 * which only does something where app_takes_text. */
unsigned app_command(struct app *a, enum command command);
unsigned app_text(struct app *a, const char *s, size_t len);
bool app_takes_text(const struct app *a);
/* Pasted bytes, whatever they are. */
unsigned app_paste(struct app *a, const char *s, size_t len);
/* Fields are being filled in: Ctrl+C, Ctrl+Z and the like are editing keys. */
bool app_edits(const struct app *a);
/* Whether this view has the keys. */
bool app_shows(const struct app *a, const struct view *v);
void app_resize(struct app *a, int rows, int columns);
/* Another process changed the file: reload what is shown. */
void app_data_changed(struct app *a);

/* Lets the view do what the last keys made necessary (search again), so that a run of keys costs it
 * once. False: given up because a key waits; handle that and call it again. app_draw calls it too.
 * `waiting` is asked whether a key waits; NULL: nothing is ever given up. */
bool app_settle(struct app *a);
void app_set_waiting(struct app *a, bool (*waiting)(void *state), void *state);

/* How long work shows what it says while it works: `show` draws. */
void app_set_show(struct app *a, void (*show)(void *state), void *state);
void app_show(struct app *a);

/* Draws everything: top bar, view, message line, key bar; below 40x12 one sentence that says so. */
void app_draw(struct app *a, struct canvas *c);

/* For views. app_push takes ownership; app_say shows one line until the next key. */
void app_push(struct app *a, struct view *v);
void app_say(struct app *a, enum style style, const char *text);
/* After a change of one's own: all views load what they show again. */
void app_reload(struct app *a);
/* Of app_options. */
const char *app_file(const struct app *a);
const char *app_drafts(const struct app *a);
/* Time went on: ms of a clock that only goes forward. Locks what is confidential after
 * UNLOCK_IDLE_MS without a key. True: draw again. */
bool app_tick(struct app *a, int64_t ms);
void app_set_lang(struct app *a, enum lang lang);
bool app_is_read_only(const struct app *a);
bool app_is_training(const struct app *a);

/* Who is at the keyboard; the top bar shows it. Kept for the next start by identity.h. */
const struct person *app_person(const struct app *a);
void app_set_person(struct app *a, const struct person *person);

/* Shows the directory `past` as of a time (Unix seconds), or one service of it, above all views;
 * the top bar says so, and nothing can be written until the person goes back. past is taken. False:
 * no such service then (past is closed). */
bool app_open_past(struct app *a, struct db *past, int64_t time, const struct uuid *service);
bool app_is_past(const struct app *a);

/* Runs the command once the present one is done: for the menu, which is gone by then. */
void app_run_below(struct app *a, enum command command);
/* Keeps text for the terminal's clipboard and says so; for COMMAND_COPY. */
void app_copy(struct app *a, const char *text, size_t len);

/* What the painter at work keeps for Khmer (NULL: the terminal's own text): all views are laid out
 * again. Borrowed. */
void app_set_ruler(struct app *a, const struct ruler *ruler);

/* What is to come when the screens were left with OUTCOME_QUIT. */
enum app_next {
    APP_QUIT,
    APP_SWITCH, /* to the training directory, or back from it */
    APP_RESET,  /* the training directory is made fresh again */
};
void app_leave(struct app *a, enum app_next next);
/* Forgets it: the person stays for now. */
enum app_next app_take_next(struct app *a);
/* The options as the person changed them meanwhile: language, colours, script. */
void app_keep_options(const struct app *a, struct app_options *options);

/* For the loop. True once after the person asked for another painter. */
bool app_takes_painter(struct app *a);
/* Says which painter is at work now, or that there is no other. */
void app_say_painter(struct app *a, enum painter_id painter, bool changed);
enum theme app_theme(const struct app *a);
/* What app_copy kept since the last call, NULL nothing; borrowed until the next event. */
const char *app_take_copy(struct app *a);

/* Training: the scenarios, loaded when they are first asked for (NULL: there are none); begins one
 * from the first screen, or says why not. */
struct course *app_course(struct app *a);
void app_play(struct app *a, struct course_entry *entry);
bool app_is_playing(const struct app *a);

/* Constructors of the views. */
struct view *browse_new(const struct context *x, const char *area); /* "" the country */
struct view *search_new(const struct context *x, const char *area); /* area the person was in */
/* With filters set by hand (at most QUERY_FILTERS) and words in the box. */
struct view *search_asking(const struct context *x, const char *words, const struct filter *filters,
                           size_t count);
struct view *detail_new(const struct context *x, const struct uuid *service); /* NULL: not there */
/* Drafts that wait for somebody; NULL: there are none. */
struct view *drafts_new(const struct context *x);
struct view *help_new(const struct context *x, enum key_context of);
/* Commands of the view below, whose context is `of`; only those under one heading, MSG_COUNT all.
 */
struct view *menu_new(const struct context *x, enum key_context of, enum message only);

#endif
