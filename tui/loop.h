/* The event loop: events of the terminal to the app, the app's canvas to the terminal, and a look
 * at the file every 250 ms for changes by other processes. */
#ifndef TUI_LOOP_H
#define TUI_LOOP_H

#include "db/db.h"
#include "tui/app.h"
#include "tui/term.h"

enum { LOOP_POLL_MS = 250 };

/* Runs until the person quits, a signal ends it or the terminal goes away. All three are borrowed.
 */
void loop_run(struct app *a, struct term *t, struct db *db);

#endif
