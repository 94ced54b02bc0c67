/* A view to choose one area: typed, or gone down to from the provinces. */
#ifndef TUI_PICK_AREA_H
#define TUI_PICK_AREA_H

#include "tui/view.h"

/* now: code chosen at first, "" none. taken(to, code) is called once at most, "" for the country;
 * `to` stands below this view and outlives it. */
struct view *pick_area_new(const struct context *x, const char *now,
                           void (*taken)(void *to, const struct context *x, const char *code),
                           void *to);

#endif
