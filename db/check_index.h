/* The words of the search index, for the comparison of an index with one made anew (check.c).
 * Inside db/. */
#ifndef DB_CHECK_INDEX_H
#define DB_CHECK_INDEX_H

#include "db/internal.h"

/* Adds which services have which word, whatever numbers the services and the words have: in order
 * of the words, and of the services' ids. What cannot be read counts as other bytes. */
MUST_CHECK enum status check_hash_postings(struct db *db, struct sha256 *sum);

#endif
