/* Pairs of entries that may be one service, and merging them field by field. */
#ifndef TUI_DUPLICATES_H
#define TUI_DUPLICATES_H

#include "db/uuid.h"
#include "tui/view.h"

/* The pairs of an area; "" the country. */
struct view *duplicates_new(const struct context *x, const char *area);
/* Two services side by side, to choose what is kept of each field. NULL: one of them is gone. */
struct view *merge_new(const struct context *x, const struct uuid *left, const struct uuid *right);

#endif
