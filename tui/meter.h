/* How far long work of the command line is, in percent on the terminal; an interruption ends it
 * cleanly. */
#ifndef TUI_METER_H
#define TUI_METER_H

#include <signal.h>
#include <stdio.h>

#include "db/progress.h"
#include "tui/problem.h"

/* Signals that would end the program wait while it works: it tidies up first, then they do. */
struct meter {
    FILE *stream; /* NULL: nobody looks */
    int shown;    /* percent */
    sigset_t held, before;
};

/* Between the two, signals are held back; the progress borrows m. */
struct progress meter_start(struct meter *m, const struct console *io);
void meter_stop(struct meter *m);

#endif
