/* The work list of an area: what must be confirmed again, for a round of telephone calls. */
#ifndef TUI_DUE_H
#define TUI_DUE_H

#include "tui/view.h"

/* area: code, "" the country. */
struct view *due_new(const struct context *x, const char *area);

#endif
