/* What open.c, backup.c and restore.c share about files. Inside db/. */
#ifndef DB_BACKUP_FILE_H
#define DB_BACKUP_FILE_H

#include "db/db.h"
#include "db/progress.h"

/* What errno says. */
enum status db_status_of_errno(void);
/* A new file with the bytes of the seed. STATUS_IO: something has that name ... */
MUST_CHECK enum status db_write_seed(const char *path, struct seed seed);
/* The pages of the file `made` over those of the directory at path, in one transaction: programs
 * that have it open see a change like any other. */
MUST_CHECK enum status db_write_over(const char *path, const char *made,
                                     const struct progress *progress, struct text *detail);
/* Onto the disk: a file, and the name of a file in its folder. */
MUST_CHECK enum status db_sync_file(const char *path);
MUST_CHECK enum status db_sync_parent(const char *path);
/* Removes a database file and what SQLite may have left beside it. */
void db_remove_file(const char *path);
/* PRAGMA integrity_check; STATUS_CORRUPT and its first complaint in db_error(). */
MUST_CHECK enum status db_integrity(struct db *db);

#endif
