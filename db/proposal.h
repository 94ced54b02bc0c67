/* Proposals as ops and as tables. Inside db/. */
#ifndef DB_PROPOSAL_H
#define DB_PROPOSAL_H

#include "db/propose.h"

/* Make the rows of a proposal, or of an area under review, again from its ops; for fold.c. */
MUST_CHECK enum status proposal_fold(struct db *db, const struct uuid *id);
MUST_CHECK enum status review_fold(struct db *db, const struct uuid *record);

/* A field of an op; a shared VALUE_NULL when it is not there. */
const struct value *proposal_op_value(const struct op_row *op, int field);
/* PROPOSE_...: about the proposal, not proposed itself. */
bool proposal_is_own_field(int field);

/* Appends an op of one of the kinds of propose.h or apart.h and folds it; inside a transaction. */
MUST_CHECK enum status proposal_write(struct db *db, const struct change *change);

#endif
