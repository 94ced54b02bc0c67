/* Finding a record by the beginning of its id. */
#ifndef DB_RECORD_FIND_H
#define DB_RECORD_FIND_H

#include "db/record.h"

/* The one record whose id begins with the typed hexadecimal digits (four at least, dashes where
 * they stand in an id or left out). STATUS_INVALID: not such a beginning; STATUS_NOT_FOUND;
 * STATUS_CONFLICT: several begin so. */
MUST_CHECK enum status record_find(struct db *db, const char *typed, enum record_kind *ret_kind,
                                   struct uuid *ret_id);
/* The same for a proposal. */
MUST_CHECK enum status record_find_proposal(struct db *db, const char *typed, struct uuid *ret_id);

#endif
