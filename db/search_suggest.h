/* Inside db/: what may be asked instead when a search finds nothing or little. Each suggestion
 * leads to hits, counted before it is made. */
#ifndef DB_SEARCH_SUGGEST_H
#define DB_SEARCH_SUGGEST_H

#include "db/search_plan.h"

enum {
    SUGGEST_BELOW = 3, /* hits: with fewer, something is suggested */
    SUGGESTIONS = 8,
};

/* Adds to the result, which holds the hits found by `plan`, what else may be asked. Nothing when
 * what was typed is found as it is: a telephone number, a whole name. */
MUST_CHECK enum status search_suggest(struct db *db, const struct query *query,
                                      const struct plan *plan, struct result *result);

#endif
