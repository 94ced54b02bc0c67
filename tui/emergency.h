/* The emergency list on the screen: who is on duty in an area, where children can be received. */
#ifndef TUI_EMERGENCY_H
#define TUI_EMERGENCY_H

#include "db/emergency.h"
#include "tui/view.h"

/* area: code, "" the country. */
struct view *emergency_new(const struct context *x, const char *area);

/* The table in use: an office's own where it is there and right; a wrong one is told. */
MUST_CHECK enum status emergency_table(const struct context *x, struct emergency *ret_table);

#endif
