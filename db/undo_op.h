/* What undo.c and undo_find.c both ask about single ops. Inside db/. */
#ifndef DB_UNDO_OP_H
#define DB_UNDO_OP_H

#include "db/undo.h"

/* Does this op take that one back? */
bool undo_is_of(const struct op_row *undo, const struct op_row *op);
/* Is it of a kind that can be taken back at all? */
bool undo_is_possible(const struct op_row *op);

#endif
