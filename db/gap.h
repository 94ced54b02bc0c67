/* Services that were not available when a pathway needed them: which need, where, which day. A note
 * of this directory for those who plan, never anything about a child; not in the log of changes. */
#ifndef DB_GAP_H
#define DB_GAP_H

#include <stddef.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/uuid.h"
#include "i18n/mem.h"

struct gap {
    const char *need; /* "N3" */
    const char *area; /* code of the place that was asked for */
    const char *kind; /* of service, "A3" */
    struct uuid service;
    int64_t day;                   /* days since 1970, Cambodian time */
    const char *name_km, *name_en; /* of the service, of gap_list; "" unknown */
};

struct gap_list {
    struct gap *rows; /* the latest first */
    size_t count;
    struct arena arena;
};

/* Notes it. STATUS_READONLY. */
MUST_CHECK enum status gap_add(struct db *db, const struct gap *gap);
/* Takes back the last note of the same need, area and service, if there is one. STATUS_READONLY. */
MUST_CHECK enum status gap_remove_last(struct db *db, const struct gap *gap);
/* Those noted for the area and the areas in it; "" the country. */
MUST_CHECK enum status gap_list(struct db *db, const char *area, struct gap_list *ret_list);
void gap_list_release(struct gap_list *list);

#endif
