/* Two records that are one: what belongs to `from` moves to `into`, `from` is closed and answers
 * with `into` from then on. One save, so that one undo restores both; both histories stay. */
#ifndef DB_MERGE_H
#define DB_MERGE_H

#include "db/op.h"

struct merge {
    enum record_kind kind; /* service, organization, program or location */
    struct uuid from, into;
    const struct seen *from_seen, *into_seen; /* NULL: whatever is stored now */
    const struct field_value *fields;         /* what `into` shall say instead */
    size_t field_count;
    const char *area;
    const char *actor, *reason;
};

/* Open records that point to `from` point to `into` afterwards; those that would then say the same
 * twice (a telephone number, an area, a kind, a language, a place) are closed instead.
 * STATUS_INVALID (also: both are one, or one of them is merged already, or a kind that is not
 * merged), STATUS_CONFLICT, STATUS_NOT_FOUND as op_append_all; *ret_bad (may be NULL) the field. */
MUST_CHECK enum status merge_records(struct db *db, const struct merge *merge, int *ret_bad,
                                     struct op_ref *ret_save);

/* The changes that merge_records would save, to be shown or proposed first; they live in the arena,
 * and point into `merge`. */
MUST_CHECK enum status merge_changes(struct db *db, const struct merge *merge, struct arena *arena,
                                     struct change **ret_changes, size_t *ret_count);

#endif
