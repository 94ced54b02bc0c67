/* The small form that asks who sits at the keyboard. */
#ifndef TUI_IDENTIFY_H
#define TUI_IDENTIFY_H

#include "tui/view.h"

/* then: the command that is run once the person is known, COMMAND_NONE nothing. */
struct view *identify_new(const struct context *x, enum command then);

#endif
