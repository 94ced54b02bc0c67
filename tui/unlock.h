/* Opening the confidential part of the directory with a PIN, setting and changing PINs, and the
 * sentences both the screen and the command line say about them. What is typed shows as dots and is
 * overwritten when it is no longer needed. Knows no sealing: db/restricted.h. */
#ifndef TUI_UNLOCK_H
#define TUI_UNLOCK_H

#include "db/restricted.h"
#include "tui/view.h"

enum {
    PIN_BYTES = 200,
    UNLOCK_IDLE_MS = 5 * 60 * 1000
}; /* locked again after so long without a key */

/* A PIN as it is typed: room for PIN_BYTES that never moves, so that no copies stay behind. */
void pin_init(struct text *pin);
void pin_release(struct text *pin);

/* Appends why a PIN was not taken, as one sentence; wait_ms as of restricted_wait. */
void unlock_explain(enum lang lang, enum pin_answer answer, int64_t wait_ms, struct text *out);

/* Whether anybody has set a PIN. */
bool unlock_has_pin(struct db *db);
/* The view that asks for the PIN; for the first one of all it lets the person set it. */
struct view *unlock_new(const struct context *x);
/* The same until this level is open, for what cannot be kept without: where the level has no PIN
 * yet, the person sets it, after the one of the officials was asked where there is one. */
struct view *unlock_for(const struct context *x, int level);
/* The view that sets or changes the PIN of a level; asks for the present one first. */
struct view *pin_new(const struct context *x);

#endif
