/* The real terminal: shows a canvas, reads keys, gives the terminal back as it was on every way
 * out. term.c is the only file that knows curses; nothing here depends on it. One terminal at a
 * time. */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "i18n/status.h"
#include "tui/canvas.h"
#include "tui/key.h"
#include "tui/stage.h"
#include "tui/theme.h"

struct term;

/* Takes the terminal on standard input and output: raw keys, alternate screen, handlers for
 * signals. painter: its name, NULL, "" or "auto" for the one this terminal does best with
 * (stage_open asks the terminal, which takes a second where it does not answer); borrowed.
 * STATUS_NOT_FOUND: TERM is not set, unknown or cannot address the cursor ("dumb");
 * STATUS_INVALID: input or output is no terminal; STATUS_IO. In all three use --plain. width_init
 * comes first. */
MUST_CHECK enum status term_open(enum theme theme, const char *painter, struct term **ret_term);
/* Gives the terminal back and frees t. NULL is fine. */
void term_close(struct term *t);

void term_set_theme(struct term *t,
                    enum theme theme); /* all is drawn again by the next term_draw */
/* Nothing on the terminal is trusted any more: the next term_draw sends all of it. */
void term_repaint(struct term *t);
/* Goes on with the next painter that works here; false: there is none. The size may change and all
 * is drawn again. */
bool term_next_painter(struct term *t);
/* What was found out about the terminal and which painter is at work. */
const struct stage *term_stage(const struct term *t);
void term_size(const struct term *t, int *ret_rows, int *ret_columns);

/* Shows the canvas (of term_size) in one write; only lines that changed since the last call are
 * sent. */
void term_draw(struct term *t, const struct canvas *c);

/* Says that everything that came was handled and is shown. With CPDIR_IDLE set in the environment
 * this writes ESC ] 7117 ; frames ; keys ; rows ; columns BEL (all counted from the start), so that
 * tests can wait for the state after the keys they sent; without it, nothing. */
void term_settle(struct term *t);

/* Puts text on the terminal's clipboard (OSC 52). Nothing tells whether the terminal obeyed. */
void term_copy(struct term *t, const char *text, size_t len);

enum event_kind {
    EVENT_TIMEOUT, /* nothing came in time */
    EVENT_KEY,     /* special key, or a character in cp */
    EVENT_PASTE,   /* something was pasted: term_pasted */
    EVENT_RESIZE,  /* term_size changed */
    EVENT_REDRAW,  /* came back from the shell: draw again */
    EVENT_QUIT,    /* told to end by a signal, or the terminal went away */
};

struct event {
    enum event_kind kind;
    enum special special; /* SPECIAL_NONE for a character */
    char32_t cp;          /* 0 for a special key */
};

/* True when something was typed that term_next has not given yet. */
bool term_has_input(void);
/* What was pasted, any bytes; *ret_len of them. Valid until the next term_next. */
const char *term_pasted(const struct term *t, size_t *ret_len);
/* While fields are filled in, Ctrl+C and Ctrl+Z are keys and send no signals. */
void term_set_editing(struct term *t, bool editing);

/* Waits at most timeout_ms (0: only looks) for the next event. Ctrl-Z stops the program in here. */
struct event term_next(struct term *t, int timeout_ms);

#endif
