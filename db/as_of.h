/* The directory as it was. */
#ifndef DB_AS_OF_H
#define DB_AS_OF_H

#include "db/db.h"
#include "db/progress.h"

/* The whole directory as of a time (ms since 1970): a copy of its own, for reading only, made from
 * the changes up to then, so that every list, search and detail works on it; its clock stands at
 * that time. It lies in memory, or in a nameless temporary file where it is large, and is gone with
 * db_close. Takes a fraction of a second on a born directory, seconds on 100,000 services. db must
 * not be inside a transaction. progress may be NULL. */
MUST_CHECK enum status db_as_of(struct db *db, int64_t time_ms, const struct progress *progress,
                                struct db **ret_db);

/* The last millisecond of a day in Cambodia, since 1970; day: days since 1970. */
int64_t as_of_day_end_ms(int64_t day);

#endif
