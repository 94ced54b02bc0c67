/* The small form that asks for a day in the past, and shows the directory as it was then. */
#ifndef TUI_AS_OF_H
#define TUI_AS_OF_H

#include "db/uuid.h"
#include "tui/view.h"

/* service: the entry to show, NULL the whole directory. */
struct view *as_of_new(const struct context *x, const struct uuid *service);

/* Opens the directory, or the entry, as it was at that time (ms since 1970), above everything
 * else. False: it said why not. */
bool as_of_open(const struct context *x, const struct uuid *service, int64_t time_ms);

#endif
