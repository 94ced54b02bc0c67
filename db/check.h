/* Is the directory what its log says it is? */
#ifndef DB_CHECK_H
#define DB_CHECK_H

#include "db/db.h"
#include "db/progress.h"

enum check_step {
    CHECK_FILE,       /* every page of the file fits (integrity_check) */
    CHECK_REFERENCES, /* foreign keys */
    CHECK_LOG,        /* the chain of every replica: no gap, nothing altered */
    CHECK_FOLD,       /* folding the log again gives the same tables, byte for byte */
    CHECK_INDEX,      /* making the search index again gives the same answers */
    CHECK_ACCESS,     /* nobody else on this computer may read the files */
    CHECK_BACKUP,     /* there is a copy, and it is not old */
    CHECK_STEPS
};

enum { CHECK_BACKUP_DAYS = 31 };

enum check_verdict {
    CHECK_NOT_DONE, /* could not be looked at, because of what was found before */
    CHECK_GOOD,
    CHECK_ADVICE, /* nothing is lost, but something should be done */
    CHECK_WRONG,
};

struct check_report {
    struct {
        enum check_verdict verdict;
        char detail[256]; /* technical; "" none */
    } steps[CHECK_STEPS];
};

/* Looks at all of it, without writing: folding is done in a private copy. STATUS_OK whatever was
 * found; STATUS_CANCELLED, or what kept it from looking. Not inside a transaction. */
MUST_CHECK enum status check_run(struct db *db, const struct progress *progress,
                                 struct check_report *ret_report);
/* True when a step is wrong. */
bool check_is_wrong(const struct check_report *report);

#endif
