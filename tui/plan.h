/* The directory as the plan sees it on the screen: programmes, outputs and tiers with their
 * services. */
#ifndef TUI_PLAN_H
#define TUI_PLAN_H

#include "tui/view.h"

/* area: code, "" the country. NULL: the directory could not be read. */
struct view *plan_new(const struct context *x, const char *area);

#endif
