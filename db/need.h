/* What a child needs (N1..N14): the way in for people who do not know the kinds of service. */
#ifndef DB_NEED_H
#define DB_NEED_H

#include <stdbool.h>
#include <stddef.h>

#include "db/db.h"
#include "i18n/mem.h"

enum urgency { URGENCY_NOW = 1, URGENCY_HOURS_72, URGENCY_DAYS };

struct need {
    const char *code;
    enum urgency urgency;
    const char *name_km;
    const char *name_en;
    bool attested_km;  /* false: the Khmer wording is ours and wants a native reviewer */
    const char *kinds; /* of service, best first, separated by a space: "D2 D1 A2" */
};

struct need_list {
    struct need *rows;
    size_t count;
    struct arena arena;
};

void need_list_release(struct need_list *list);
/* All of them in the order they are listed. */
MUST_CHECK enum status need_all(struct db *db, struct need_list *ret_needs);
/* A code ("n3") or an exact name in either language. STATUS_NOT_FOUND. */
MUST_CHECK enum status need_find(struct db *db, const char *typed, struct need_list *ret_needs);
/* For the maker of the seed. place: order when listed. */
MUST_CHECK enum status need_put(struct db *db, const struct need *need, int place);

#endif
