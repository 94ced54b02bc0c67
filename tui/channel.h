/* The terminal's two directions, as curses gets them. Out: what a frame writes is collected in a
 * memory file that stands in for the terminal's descriptor, and written once. In: keys that were
 * typed before curses listened are handed to it through a pipe first. Knows no curses. */
#ifndef TUI_CHANNEL_H
#define TUI_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "i18n/mem.h"
#include "i18n/status.h"

struct channel {
    FILE *in, *out;     /* for curses */
    int tty_in, tty;    /* always the terminal */
    int store;          /* memory file; -1: none, curses writes straight */
    bool fed;           /* `in` is a pipe with typed keys */
    bool failed;        /* the terminal takes nothing any more */
    struct text buffer; /* the last frame */
    long ms;            /* the last frame's writing took */
};

/* On standard input and output. STATUS_IO. */
MUST_CHECK enum status channel_open(struct channel *ret_channel);
void channel_close(struct channel *c);

/* From begin to end, what curses and channel_add write is collected; end writes it out. */
void channel_begin(struct channel *c);
void channel_add(struct channel *c, const char *bytes, size_t len);
void channel_end(struct channel *c);
/* Writes at once; not between begin and end. */
void channel_write(struct channel *c, const char *bytes, size_t len);

/* Appends what puts text on the terminal's clipboard (OSC 52). */
void channel_clipboard(struct text *out, const char *text, size_t len);

/* Whether Ctrl+C and Ctrl+Z are signals or keys. False: it could not be set. */
bool channel_set_signals(const struct channel *c, bool signals);

/* Lets curses read these bytes before what is typed from now on. */
void channel_feed(struct channel *c, const char *bytes, size_t len);
/* Nothing is left to read: true when that was the pipe, and the terminal is to be read now. */
bool channel_fed_all(struct channel *c);

#endif
