/* Where the person stands in a list of rows, and which of them are on the screen. */
#ifndef TUI_ROLL_H
#define TUI_ROLL_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/view.h"

struct roll {
    size_t count, selected, top; /* selected < count unless it is empty */
    size_t shown;                /* rows on the screen; 0 counts as 1 */
};

/* The list or the screen has another size now: keeps the selection, and keeps it visible. */
void roll_fit(struct roll *r, size_t count, size_t shown);
void roll_go(struct roll *r, size_t index); /* the last row where there are fewer */
/* Up, down, pages, first, last. False: it is another command. */
bool roll_command(struct roll *r, enum command command);

#endif
