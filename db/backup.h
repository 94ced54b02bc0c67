/* Copies of the directory that can be trusted: made while others work on, looked through before
 * they count, kept for a while, and put back in one piece. */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "db/progress.h"

enum backup_why {
    BACKUP_DAILY, /* before the first write of a day */
    BACKUP_BY_HAND,
    BACKUP_BEFORE_MIGRATION,
    BACKUP_BEFORE_IMPORT,
    BACKUP_BEFORE_RESTORE,
};

/* How many are kept. Of the daily ones the newest of each of the last days, weeks (from Monday) and
 * months that have one; of those before migrations, imports and restores the newest of each; those
 * made by hand all: whoever made them knows why. */
enum { BACKUP_DAYS = 7, BACKUP_WEEKS = 4, BACKUP_MONTHS = 12, BACKUP_OTHERS = 5 };

/* A copy in the folder "backups" beside the file (0700, the copy 0600), named after the file, the
 * time in Cambodia and why; the copy is opened and its integrity checked before it gets that name,
 * and the oldest ones go. *ret_path (may be NULL) gets its name. Not inside a transaction.
 * STATUS_FULL, _DENIED, _CANCELLED ...: nothing is left of it. */
MUST_CHECK enum status backup_make(struct db *db, enum backup_why why,
                                   const struct progress *progress, struct text *ret_path);
/* The same under a name of one's own, which rotation leaves alone. STATUS_CONFLICT: something has
 * that name. */
MUST_CHECK enum status backup_to(struct db *db, const char *path, const struct progress *progress);

/* From now on the first write of each day is preceded by backup_make(BACKUP_DAILY). Where that
 * fails the write goes on: backup_trouble tells. */
void backup_keep_daily(struct db *db);
/* How the last daily copy went; *ret_detail (may be NULL): technical text, lives as long as db. */
enum status backup_trouble(const struct db *db, const char **ret_detail);

struct backup {
    char *path;
    int64_t time; /* seconds since 1970, UTC */
    int64_t size; /* bytes */
    enum backup_why why;
    int64_t day; /* in Cambodia, since 1970 */
};

struct backup_list {
    struct backup *rows; /* newest first */
    size_t count;
    struct arena arena;
};

/* The copies in the folder beside the directory at path. No folder: none. */
MUST_CHECK enum status backup_list_load(const char *path, struct backup_list *ret_list);
void backup_list_release(struct backup_list *list);
/* Which of these copies (newest first) stay: keep[i] for rows[i]. */
void backup_choose(const struct backup *rows, size_t count, bool *keep);

/* Puts the copy `from` in the place of the directory at path, in one transaction: other programs
 * that have it open go on with what was restored. `from` is copied, brought to this program's
 * schema and checked first; it stays as it is. The restored directory gets a new replica id, so
 * that changes made after the copy never mix up with changes made from now on. What was there
 * before is kept: *ret_kept gets its name (empty: there was nothing). Both have to be of `set`.
 * STATUS_CORRUPT, _NOT_DB, _TRAINING, _NOT_TRAINING, _TOO_NEW, _NO_FILE: of `from`; then and on
 * every other failure the directory at path is as it was. */
MUST_CHECK enum status backup_restore(const char *path, enum db_set set, const char *from,
                                      const struct progress *progress, struct text *ret_kept,
                                      struct text *detail);

#endif
