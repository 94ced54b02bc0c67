/* The program's own reference data in a directory file: the classification, the plan's outputs, the
 * needs, what people call them, how long confirmations last. A file made by an older program gets
 * them from the seed of this one. */
#ifndef DB_REFERENCE_H
#define DB_REFERENCE_H

#include "db/db.h"

/* For the maker of the seed: names this state of the tables. */
MUST_CHECK enum status reference_mark(struct db *db, const char *version);

/* Brings the tables to those of the seed where the file has another state of them; the index is
 * made again when kinds of service changed. Nothing is written otherwise. The records stay as they
 * are. */
MUST_CHECK enum status reference_update(struct db *db, struct seed seed);

#endif
