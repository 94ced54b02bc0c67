/* The coverage as a page for a browser (html.h): the matrix, the ranking, the services behind it.
 */
#ifndef TUI_COVERAGE_PAGE_H
#define TUI_COVERAGE_PAGE_H

#include <stdint.h>

#include "tui/coverage_matrix.h"

/* day: of the figures, days since 1970; before_day: of the comparison, where m->before is there.
 * training: the mark of the training directory stands on it. alerts: lines about what is in force
 * there, "" none. */
void coverage_page(const struct coverage_matrix *m, struct names *names, enum lang lang,
                   int64_t day, int64_t before_day, bool training, const char *alerts,
                   struct text *out);

#endif
