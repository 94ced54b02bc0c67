/* Who does what where on the screen. */
#ifndef TUI_WHO_H
#define TUI_WHO_H

#include "tui/view.h"

/* area: code, "" the country. NULL: the directory could not be read. */
struct view *who_new(const struct context *x, const char *area);

#endif
