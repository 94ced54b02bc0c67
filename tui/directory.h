/* Which directory file, opening it, and the clock it lives by. */
#ifndef TUI_DIRECTORY_H
#define TUI_DIRECTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"
#include "tui/problem.h"

/* The open file. Must not move while it is open: the clock points into it. */
struct directory {
    char *path;
    struct db *db;
    bool read_only;
    bool pinned;    /* CPDIR_NOW is set */
    int64_t now_ms; /* then; in training how far its clock stands before the machine's */
};

/* Opens `given` (--db; NULL: CPDIR_DB, then $XDG_DATA_HOME/cpdir/directory.db, then
 * ~/.local/share/cpdir/directory.db) and makes it from the born directory where nothing is there. A
 * file that may not or cannot be written, or was written by a newer program (told to the person),
 * is opened for reading. The training directory is made from its own seed: `given`, else
 * training.db in those folders; each time it is opened its clock begins at TRAINING_START_MS and
 * goes on from there, unless CPDIR_NOW pins it. EXIT_DONE, or the code after the problem was told.
 */
int directory_open(const struct console *io, const char *given, enum db_set set,
                   struct directory *ret_directory);
void directory_close(struct directory *d);
bool directory_is_training(const struct directory *d);

/* The path that directory_open would use, owned (free()); NULL: no place to look. */
char *directory_path(const char *given, enum db_set set);

/* Makes the training directory at path, which nobody has open here, fresh again; what waits of it
 * among the drafts goes too. detail: technical text. */
MUST_CHECK enum status directory_reset(const char *path, struct text *detail);

/* From now on the directory is as it was at the end of that day (any way a date is written), for
 * reading only, and its clock stands there; said on stderr. EXIT_DONE, or the code after the
 * problem was told: no date, a day to come, no memory of it. */
int directory_go_back(const struct console *io, const char *date, struct directory *d);

/* Says on stderr that the daily copy could not be made, where that is so. */
void directory_tell_trouble(const struct console *io, const struct directory *d);

/* Unix seconds: the machine's clock, or CPDIR_NOW. clock is a struct directory; fits app_options.
 */
int64_t directory_now(void *clock);

#endif
