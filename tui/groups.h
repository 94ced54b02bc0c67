/* The list of working groups on the screen. */
#ifndef TUI_GROUPS_H
#define TUI_GROUPS_H

#include "tui/view.h"

/* area: code, "" the country. NULL: the directory could not be read. */
struct view *groups_new(const struct context *x, const char *area);

#endif
