/* The area alerts on the screen: those of an area, around it and inside it; making one, suspending
 * and restoring services, ending one, the emergency list of its area. */
#ifndef TUI_ALERTS_H
#define TUI_ALERTS_H

#include "db/alert.h"
#include "tui/view.h"

/* area: code, "" the country. */
struct view *alerts_new(const struct context *x, const char *area);

/* What a review of services is for (suspend.c). */
enum suspend_act { ACT_SUSPEND, ACT_RESTORE, ACT_END };
/* The services that an alert may suspend, or has suspended, to be ticked and saved at once. NULL:
 * the alert is gone. */
struct view *suspend_new(const struct context *x, const struct uuid *alert, enum suspend_act act);

#endif
