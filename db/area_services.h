/* Which services belong to an area's work lists. Inside db/. */
#ifndef DB_AREA_SERVICES_H
#define DB_AREA_SERVICES_H

#include "db/internal.h"

/* Those with a public place in the area and, without one, those made for it or for a part of it, in
 * order of id; "" or "KH": all. Closed ones too. The ids live in the arena. */
MUST_CHECK enum status area_services(struct db *db, const char *area, struct arena *arena,
                                     struct uuid **ret_ids, size_t *ret_count);

#endif
