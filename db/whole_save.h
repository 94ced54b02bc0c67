/* A save whose parts lie in several logs: the directory's own and, for what is confidential, the
 * sealed ones. The first op of the save says where its other parts begin, and the first op of each
 * of those names the first op of the save; so whoever takes it back takes back all of it, or knows
 * that there is more than can be seen. Inside db/. Knows nothing of what ops mean. */
#ifndef DB_WHOLE_SAVE_H
#define DB_WHOLE_SAVE_H

#include "db/op.h"
#include "db/restricted.h"

/* --- writing one --- */

/* What the first op of a part says beside its own fields. */
enum { SAVE_LINK_FIELDS = 2 };
struct save_link {
    struct field_value fields[SAVE_LINK_FIELDS];
    size_t count;
};

/* The parts of a save on its way: a run of ops in the directory first, then one or more in each
 * sealed chain, one chain's behind each other. */
struct save_parts {
    struct op_ref first;               /* of the save; seq 0: nothing is written yet */
    struct op_ref begins[LEVEL_COUNT]; /* of each sealed part, before anything is written */
};

/* For the first op of the run that is written next, in the chain of `level`. */
struct save_link save_parts_link(const struct save_parts *parts, int level);
/* A run was written, `first` is its first op. */
void save_parts_note(struct save_parts *parts, const struct op_ref *first);

/* --- reading one --- */

struct whole_save {
    struct op_row *rows; /* the parts behind each other, each in its own order */
    size_t count;
    struct op_ref first;
    int locked; /* the level to unlock before all of it can be seen; 0: this is all */
    struct op_list *runs;
    size_t run_count;
    struct arena arena;
};

/* The save that this op belongs to, and what can be seen of it; what is undone is not marked.
 * STATUS_NOT_FOUND: no such op. */
MUST_CHECK enum status whole_save_load(struct db *db, const struct op_ref *op,
                                       struct whole_save *ret_save);
void whole_save_release(struct whole_save *save);

/* Where the first op of a part, this one, says that the save begins: itself where it says
 * nothing. */
struct op_ref whole_save_first(const struct op_row *first);

/* The log that ops of this replica are in: that of the confidential records while it is unlocked,
 * or the directory's. */
struct db *whole_save_log(struct db *db, const struct uuid *replica);
/* Its level; LEVEL_PUBLIC: the directory's own. */
int whole_save_level(struct db *db, const struct uuid *replica);

#endif
