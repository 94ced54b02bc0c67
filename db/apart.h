/* Decisions that two services which look like one are two. Each is kept in the log under a name
 * made of both ids, so that two offices that decide the same mean the same, and can be taken back.
 */
#ifndef DB_APART_H
#define DB_APART_H

#include "db/person.h"

/* record_kind of the ops; a kind of the log alone, no record of a directory has it. */
enum { RECORD_APART = 103 };

/* Notes that the two are two (apart = true), or takes that back; writes nothing where it stands so
 * already. The person must be allowed to write where one of them is: STATUS_FORBIDDEN otherwise.
 * STATUS_NOT_FOUND: one of them is no service that is open to all; STATUS_INVALID: one service
 * twice. */
MUST_CHECK enum status apart_set(struct db *db, const struct person *person, const struct uuid *a,
                                 const struct uuid *b, bool apart);

/* Did somebody say that the two are two? Either order. */
MUST_CHECK enum status apart_holds(struct db *db, const struct uuid *a, const struct uuid *b,
                                   bool *ret_apart);

struct apart {
    struct uuid a, b; /* a has the lower id */
    int64_t time_ms;  /* since 1970, UTC */
    const char *actor;
};

struct apart_list {
    struct apart *rows;
    size_t count;
    struct arena arena;
};
void apart_list_release(struct apart_list *list);
/* All decisions that stand, the latest first. */
MUST_CHECK enum status apart_load(struct db *db, struct apart_list *ret_list);

/* Makes the row of a decision again from its ops; for fold.c. */
MUST_CHECK enum status apart_fold(struct db *db, const struct uuid *record);

#endif
