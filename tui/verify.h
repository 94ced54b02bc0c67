/* The small form that writes down what somebody found out about a service. */
#ifndef TUI_VERIFY_H
#define TUI_VERIFY_H

#include "db/uuid.h"
#include "tui/view.h"

/* result: VALUE_RESULT_... chosen at first, 0 "still right". NULL: no such service. */
struct view *verify_new(const struct context *x, const struct uuid *service, int result);

#endif
