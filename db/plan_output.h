/* The plan's programmes ("2") and outputs ("2.6"). Knows neither the classification nor services.
 */
#ifndef DB_PLAN_OUTPUT_H
#define DB_PLAN_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "db/db.h"
#include "i18n/mem.h"

struct plan_output {
    const char *code;
    const char *title_km, *title_en; /* "" missing */
};

struct plan_output_list {
    struct plan_output *rows; /* in the plan's order: "1", "1.1" ... "1.11", "2" ... */
    size_t count;
    struct arena arena;
};

void plan_output_list_release(struct plan_output_list *list);
MUST_CHECK enum status plan_output_all(struct db *db, struct plan_output_list *ret_list);
/* Is the output (the first len bytes) the asked one, or of the asked programme? */
bool plan_output_within(const char *code, size_t len, const char *asked);
/* A programme itself. */
bool plan_output_is_programme(const char *code);
/* Whether one of a list of outputs, a space between, is the asked one or of the asked programme. */
bool plan_output_any_within(const char *outputs, const char *asked);

/* For the maker of the seed. */
MUST_CHECK enum status plan_output_put(struct db *db, const char *code, const char *title_en,
                                       const char *title_km);

#endif
