/* Organizations by the beginning of their names. */
#ifndef DB_ORGANIZATION_H
#define DB_ORGANIZATION_H

#include <stddef.h>

#include "db/db.h"
#include "db/uuid.h"

enum { ORGANIZATION_FIND_MOST = 20 };

/* Those whose Khmer name, English name or English abbreviation begins with what is typed, upper and
 * lower case being one; no closed ones, each once, at most ORGANIZATION_FIND_MOST. */
MUST_CHECK enum status organization_find(struct db *db, const char *typed, size_t len,
                                         struct uuid ret_found[ORGANIZATION_FIND_MOST],
                                         size_t *ret_count);

#endif
