/* The history of a service: who changed what, when and why; what was and what is. */
#ifndef TUI_HISTORY_H
#define TUI_HISTORY_H

#include "db/uuid.h"
#include "tui/view.h"

/* NULL: no such service. */
struct view *history_new(const struct context *x, const struct uuid *service);

#endif
