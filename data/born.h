/* Writes the directory a program is born with: the areas, the classification and, as ops of the
 * born replica, the national bodies and lines and the standing offices. Every id and time comes
 * from the tables, so that all machines are born with the same records. For the maker of the seed
 * only. */
#ifndef DATA_BORN_H
#define DATA_BORN_H

#include "data/check.h"
#include "db/db.h"
#include "i18n/mem.h"

/* data as data_load left it, nothing reported. db is empty, fresh from db_make_empty. On failure
 * the appended text says at which record and why; db is then good for nothing. */
MUST_CHECK enum status born_write(struct db *db, const struct data *data, struct text *why);

#endif
