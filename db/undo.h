/* Taking a save back: ops that say its ops count no more. Undoing an undo does the save again. A
 * save with confidential parts is taken back as a whole, or not at all while they are locked. */
#ifndef DB_UNDO_H
#define DB_UNDO_H

#include "db/op.h"

enum undo_reason {
    UNDO_DONE_ALREADY, /* the save was taken back before: op is what took it back */
    UNDO_CHANGED,      /* op set the same field or status later */
    UNDO_VERIFIED,     /* op confirmed the record later, with these values */
    UNDO_REFERRED,     /* record points to one that would be gone */
    UNDO_RULE,         /* what would be left breaks the rule of field */
    UNDO_HIDDEN,       /* the save has parts that this program does not know */
    UNDO_LOCKED,       /* the save has confidential parts, and `level` is locked */
};

/* Something that stands in the way. */
struct undo_block {
    enum undo_reason reason;
    struct uuid record;
    enum record_kind record_kind;
    int field; /* 0: none */
    struct op_ref op;
    int64_t time_ms;   /* 0: not known */
    const char *actor; /* who did it; "" unknown */
    int level;         /* UNDO_LOCKED: which one, as in restricted.h; else 0 */
};

struct undo_blocks {
    struct undo_block *rows;
    size_t count;
    struct arena arena;
};
void undo_blocks_release(struct undo_blocks *blocks);

/* The newest save that can be meant by "undo": of this record (with what belongs to it) or, NULL,
 * of this file; by this actor or, NULL, by anybody. Undos, and saves that are taken back, are
 * passed over: asked again and again it walks back in time. STATUS_NOT_FOUND: nothing left. */
MUST_CHECK enum status undo_find(struct db *db, const struct uuid *record, const char *actor,
                                 struct op_ref *ret_save);
/* The newest undo that counts, for "redo". */
MUST_CHECK enum status undo_find_redo(struct db *db, const struct uuid *record, const char *actor,
                                      struct op_ref *ret_save);

/* What stands in the way of taking this save back (any op of it may be given); none: it may be.
 * STATUS_NOT_FOUND: no such save. */
MUST_CHECK enum status undo_check(struct db *db, const struct op_ref *save,
                                  struct undo_blocks *ret_blocks);
/* Takes it back in one save of its own. STATUS_CONFLICT: something stands in the way (*ret_blocks,
 * may be NULL; release it only then). */
MUST_CHECK enum status undo_save(struct db *db, const struct op_ref *save, const char *actor,
                                 const char *reason, struct undo_blocks *ret_blocks,
                                 struct op_ref *ret_save);

#endif
