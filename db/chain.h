/* Adding to the own chain of ops. Inside db/. */
#ifndef DB_CHAIN_H
#define DB_CHAIN_H

#include "db/codec.h"
#include "db/op.h"

/* Writes the change, as it is, behind the end of the own chain; inside a transaction, and folds
 * nothing. seen: what is stored. */
MUST_CHECK enum status chain_write(struct db *db, const struct change *change,
                                   const struct seen *seen, struct op_ref *ret_op);

/* One row of the log as it is, whosever it is: replica.n of its chain. */
MUST_CHECK enum status chain_insert(struct db *db, int64_t replica, const struct op_bytes *op);

/* The last op of this file's own chain; seq 0: none yet. */
MUST_CHECK enum status chain_last(struct db *db, struct op_ref *ret_op);

/* STATUS_INVALID when who or why cannot go into the log as they are. */
MUST_CHECK enum status op_check_words(struct db *db, const char *actor, const char *reason);

#endif
