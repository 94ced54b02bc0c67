/* One open directory file: connection, transactions, named statements and errors. Everything in db/
 * goes through this; nothing above db/ sees SQLite. */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "i18n/mem.h"
#include "i18n/status.h"

struct db;

enum db_mode {
    DB_READ_WRITE, /* the normal way */
    DB_READ_ONLY,  /* nothing is written, not even the WAL index where that can be helped */
    DB_LOOK_ONLY,  /* as DB_READ_ONLY, of whatever schema: to see whether the file is whole */
};

/* Which directory a file holds. They carry different application ids and never mix: neither is
 * opened, restored or brought up to date as the other. */
enum db_set {
    DB_REAL,
    DB_TRAINING, /* invented places and services to learn with */
};

/* The directory as it is born, built from data/ and linked into the program. */
struct seed {
    const unsigned char *bytes;
    size_t len;
};

/* Opens the directory at path and brings it to this program's schema (after a copy of the file
 * beside it, where a migration is needed). STATUS_NO_FILE, _DENIED, _NOT_DB, _TRAINING (it is a
 * training directory; db_open_set: _NOT_TRAINING), _TOO_NEW (all these leave the file untouched; a
 * newer one can be opened DB_READ_ONLY), _CORRUPT, _FULL, _BUSY, _NETWORK_FS, _IO. detail (may be
 * NULL) gets the technical text. db_close takes NULL. */
MUST_CHECK enum status db_open(const char *path, enum db_mode mode, struct db **ret_db,
                               struct text *detail);
/* The same for whichever of the two directories is wanted. */
MUST_CHECK enum status db_open_set(const char *path, enum db_set set, enum db_mode mode,
                                   struct db **ret_db, struct text *detail);
void db_close(struct db *db);
enum db_set db_set_of(const struct db *db);

/* Makes the directory at path from the seed when nothing is there yet: written under another name,
 * given its own replica id, then linked into place, so that a crash or a second process leaves
 * either nothing or a whole file. Missing parent directories are made, mode 0700; the file is 0600.
 * A training directory is the very bytes of its seed, whose replica id is its own already.
 * STATUS_OK also when the file was there already. */
MUST_CHECK enum status db_create(const char *path, struct seed seed, struct text *detail);

/* For tools that make a directory (the seed, benchmarks): a new file with the schema and nothing in
 * it (STATUS_CONFLICT when something is there), and a compact copy of an open one under another
 * name, that of a training directory ready to be used as it lies. */
MUST_CHECK enum status db_make_empty(const char *path, struct db **ret_db, struct text *detail);
MUST_CHECK enum status db_make_empty_set(const char *path, enum db_set set, struct db **ret_db,
                                         struct text *detail);
MUST_CHECK enum status db_finish(struct db *db, const char *path);

/* The technical text of the last failure, for a log or a maintainer. Never NULL. */
const char *db_error(const struct db *db);

/* Time in milliseconds since 1970, UTC; NULL brings back the machine's clock. For tests and for
 * CPDIR_NOW. */
void db_set_clock(struct db *db, int64_t (*now_ms)(void *context), void *context);
int64_t db_now_ms(struct db *db);

/* Transactions nest: only the outermost begins (BEGIN IMMEDIATE) and ends one. After db_rollback at
 * any depth the outermost db_commit rolls back too and returns STATUS_CONFLICT. */
MUST_CHECK enum status db_begin(struct db *db);
MUST_CHECK enum status db_commit(struct db *db);
void db_rollback(struct db *db);

/* Changes whenever another process committed to the file; cheap enough to ask every 250 ms. */
int64_t db_data_version(struct db *db);

#endif
