/* Does the terminal show what the canvas says? */
#ifndef E2E_COMPARE_H
#define E2E_COMPARE_H

#include "tests/e2e/emulator.h"
#include "tui/canvas.h"

/* Cells that are not where they belong: every character cell must hold that character alone, every
 * Khmer token must begin in its own first column and be whole, everything else must be blank. A
 * line for each of the first few is appended to report. */
size_t compare_screen(const struct canvas *c, const struct emulator *e, struct text *report);

#endif
