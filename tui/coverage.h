/* Coverage of the minimum package on the screen: the matrix of an area, a ranking of gaps, the
 * services behind a cell. */
#ifndef TUI_COVERAGE_H
#define TUI_COVERAGE_H

#include "tui/view.h"

/* area: code, "" the country; a commune or village shows its district. NULL: the directory could
 * not be read. */
struct view *coverage_new(const struct context *x, const char *area);

#endif
