/* Adding to the own chain of ops. Inside db/. */
#ifndef DB_CHAIN_H
#define DB_CHAIN_H

#include "db/op.h"

/* Writes the change, as it is, behind the end of the own chain; inside a transaction, and folds
 * nothing. seen: what is stored. */
MUST_CHECK enum status chain_write(struct db *db, const struct change *change,
                                   const struct seen *seen, struct op_ref *ret_op);

#endif
