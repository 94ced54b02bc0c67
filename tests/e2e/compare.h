/* Does the terminal show what the canvas says? */
#ifndef E2E_COMPARE_H
#define E2E_COMPARE_H

#include "tests/e2e/emulator.h"
#include "tui/canvas.h"

/* How Khmer got there. */
enum painted {
    PAINTED_TEXT,     /* as text */
    PAINTED_PICTURES, /* as pictures over blank cells */
    PAINTED_BOTH,     /* as pictures over text */
};

/* Cells that are not where they belong: every character cell must hold that character alone, every
 * Khmer token must begin in its own first column and be whole, everything else must be blank. A
 * line for each of the first few is appended to report. */
size_t compare_screen(const struct canvas *c, const struct emulator *e, struct text *report);
/* The same for Khmer painted in that way: with pictures there is one on the cells of each Khmer
 * token, and none anywhere else. */
size_t compare_painted(const struct canvas *c, const struct emulator *e, enum painted painted,
                       struct text *report);

#endif
