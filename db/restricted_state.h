/* Inside the restricted modules: what an open directory knows of its confidential part. */
#ifndef DB_RESTRICTED_STATE_H
#define DB_RESTRICTED_STATE_H

#include "db/internal.h"
#include "db/restricted.h"
#include "db/seal.h"
#include "db/whole_save.h"

/* One level's chain of sealed ops. */
struct sealed_chain {
    struct seal_key *key; /* NULL: locked */
    struct uuid replica;
    int64_t n;      /* replica.n in memory */
    int64_t sealed; /* seq of the last op that is sealed */
};

struct restricted {
    struct db *file;   /* restricted.db, NULL: not opened or not there */
    struct db *memory; /* the fold, NULL while locked */
    int level;
    struct sealed_chain chains[LEVEL_COUNT];
    int64_t before[LEVEL_COUNT]; /* chains[].sealed when the transaction began */
    bool writing;                /* memory is in a transaction with the directory */
    bool handing_over;           /* sealed ops wait in the directory */
};

/* db->restricted, made when first asked for. */
struct restricted *restricted_of(struct db *db);

/* Opens the file; STATUS_NOT_FOUND: there is none, and it is not to be made. */
MUST_CHECK enum status restricted_file(struct db *db, bool make, struct db **ret_file);

/* What of op_append_all is one log's own (op.c): nothing of it is sealed. link: of the first op,
 * NULL where the save has no other part. */
MUST_CHECK enum status op_append_open(struct db *db, const struct change *changes, size_t count,
                                      const struct save_link *link, struct op_refusal *ret_refusal,
                                      struct op_ref *ret_save);
/* True when a save may hold something confidential; it goes this way then. */
bool restricted_concerns(struct db *db, const struct change *changes, size_t count);
MUST_CHECK enum status restricted_append_all(struct db *db, const struct change *changes,
                                             size_t count, struct op_refusal *ret_refusal,
                                             struct op_ref *ret_save);

/* restricted_served.c: after the save is written, whether the services that changes[at] has to do
 * with, itself of that level, still say publicly where they work; see restricted_served_area. */
MUST_CHECK enum status restricted_check_served(struct db *db, const struct change *change,
                                               int level, size_t at,
                                               struct op_refusal *ret_refusal);

/* As op_seen, of this log alone. */
MUST_CHECK enum status op_seen_in(struct db *db, const struct uuid *record, struct seen *ret_seen);

/* restricted_log.c: with the keys there, folds every sealed op into memory. */
MUST_CHECK enum status restricted_load(struct db *db);
/* restricted_merge.c: once they are folded, owners that were merged into others are followed. */
MUST_CHECK enum status restricted_follow_merges(struct db *db);
/* Begins memory's part of the transaction under way, after taking over what others sealed. */
MUST_CHECK enum status restricted_begin(struct db *db);
/* Changes of a level go behind that level's chain. */
MUST_CHECK enum status restricted_use_chain(struct db *db, int level);
/* Where that chain's next op is going to stand; in the transaction of restricted_begin. */
MUST_CHECK enum status restricted_next(struct db *db, int level, struct op_ref *ret_op);
/* The level whose chain the record's last op is in; LEVEL_PUBLIC: not here. */
MUST_CHECK enum status restricted_home(struct db *db, const struct uuid *record, int *ret_level);

#endif
