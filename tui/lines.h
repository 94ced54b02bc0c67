/* What stands on each line of the terminal, as one number a line, so that only lines that changed
 * are sent. Pure. */
#ifndef TUI_LINES_H
#define TUI_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "tui/canvas.h"

struct shown_line {
    uint64_t hash; /* of what is shown; 0 nothing known */
    bool khmer;    /* it has Khmer on it */
};

/* What each of the canvas's rows will look like; lines has room for all of them. */
void lines_describe(const struct canvas *c, struct shown_line *lines);

/* Cells from a token's left edge to the cursor; -1: it is not on the token. */
int lines_cursor(const struct canvas *c, const struct token_at *t);

/* A blank column of the row with no token on it, the last there is; -1: none. */
int lines_blank_column(const struct canvas *c, int row);

#endif
