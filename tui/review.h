/* Proposals that wait for an approver: what was, what is proposed, what is now. */
#ifndef TUI_REVIEW_H
#define TUI_REVIEW_H

#include "tui/view.h"

/* Those of an area; "" all. */
struct view *review_new(const struct context *x, const char *area);

#endif
