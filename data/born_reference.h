/* The reference data of a born directory from the checked tables: areas, the plan, the
 * classification, needs, synonyms, how long confirmations last. Knows nothing of records. */
#ifndef DATA_BORN_REFERENCE_H
#define DATA_BORN_REFERENCE_H

#include "data/check.h"
#include "db/db.h"
#include "i18n/mem.h"

/* Inside a transaction. why: which row could not be written. */
MUST_CHECK enum status born_reference_write(struct db *db, const struct data *data,
                                            struct text *why);

/* Appends a name for the very rows of the tables from..end. */
void born_name_rows(const struct data *data, int from, int end, struct text *out);

#endif
