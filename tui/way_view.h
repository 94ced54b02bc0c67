/* The views of a referral pathway: choosing the need, the pathway itself, and whom it is for. */
#ifndef TUI_WAY_VIEW_H
#define TUI_WAY_VIEW_H

#include "tui/view.h"
#include "tui/way.h"

/* The list of needs; the one chosen opens the pathway for the area. */
struct view *way_need_new(const struct context *x, const char *area);
/* Opens the pathway; where the area is too wide for one, the place is asked first. */
void way_open(const struct context *x, const char *need, const char *area);
/* The form of place and child. taken(to, query) is called once at most; `to` stands below this view
 * and outlives it. */
struct view *way_whom_new(const struct context *x, const struct way_query *now,
                          void (*taken)(void *to, const struct context *x,
                                        const struct way_query *query),
                          void *to);

#endif
