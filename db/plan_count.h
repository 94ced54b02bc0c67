/* The directory as the plan sees it: how many services there are for each programme, output and
 * tier in an area, counted as a search with those filters finds them. */
#ifndef DB_PLAN_COUNT_H
#define DB_PLAN_COUNT_H

#include "db/area.h"
#include "db/db.h"
#include "i18n/mem.h"

enum { PLAN_CODE = 8 }; /* bytes of an output's code with the NUL */

struct plan_row {
    char output[PLAN_CODE]; /* code of an output or a programme */
    int tier;               /* 0: all of them */
    int services; /* not closed, with a place in the area, or made for it, around or a part of it */
    int located;  /* of these, with a public place in the area */
    int covering; /* of these, made for all of the area */
    int confirmed; /* of these, with a number, and nothing about them doubtful */
    int programs;  /* interventions in force for the output that have such a service; in the country
                      those without one too; of tier 0 only */
};

struct plan_count {
    char area[AREA_CODE];  /* "" the country */
    struct plan_row *rows; /* a programme, then its outputs, each followed by its tiers */
    size_t count;
    struct arena arena;
};

/* area: code; "" or "KH" the country, where every service counts. A service has the outputs and the
 * tiers of all its kinds, and the output of its program. An output that has services is parted by
 * the tiers of the kinds made for it. Tens of milliseconds at 20,000 services. */
MUST_CHECK enum status plan_count_load(struct db *db, const char *area,
                                       struct plan_count *ret_count);
void plan_count_release(struct plan_count *p);

#endif
