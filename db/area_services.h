/* Which services belong to an area's work lists. Inside db/. */
#ifndef DB_AREA_SERVICES_H
#define DB_AREA_SERVICES_H

#include "db/internal.h"

/* Those with a public place in the area, and those made for it or for a part of it, in order of id;
 * "" or "KH": all, those without any place or area too. Closed ones too. The ids live in the arena.
 * Of the second a caller keeps only what area_services_keeps. */
MUST_CHECK enum status area_services(struct db *db, const char *area, struct arena *arena,
                                     struct uuid **ret_ids, size_t *ret_count);
/* A service with public places (codes, a space between) belongs to the areas of those; one without
 * to what it is made for. */
bool area_services_keeps(const char *area, const char *located);

/* A view of the file that stays as it is until reading_end, and locks it once instead of for every
 * statement; nothing where a transaction is open already. *ret_own tells reading_end what to do; it
 * returns `status`, or what went wrong at the end. */
MUST_CHECK enum status reading_begin(struct db *db, bool *ret_own);
MUST_CHECK enum status reading_end(struct db *db, bool own, enum status status);

#endif
