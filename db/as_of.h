/* The directory as it was. */
#ifndef DB_AS_OF_H
#define DB_AS_OF_H

#include "db/db.h"

/* The whole directory as of a time (ms since 1970): a copy of its own, for reading only, made from
 * the changes up to then, so that every list, search and detail works on it; its clock stands at
 * that time. It lies in memory, or in a private temporary file where it is large, and is gone with
 * db_close. Takes about as long as opening a born directory for the first time; on 100,000 services
 * seconds: progress (may be NULL) is called now and then with how much is done of 1,000; false from
 * it ends the work with STATUS_CANCELLED. */
MUST_CHECK enum status db_as_of(struct db *db, int64_t time_ms,
                                bool (*progress)(void *context, int done), void *context,
                                struct db **ret_db);

/* The end of a day in Cambodia, in ms since 1970; day: days since 1970. */
int64_t as_of_day_end_ms(int64_t day);

#endif
