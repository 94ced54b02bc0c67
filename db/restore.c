/* Putting a copy back; see backup.h. The copy is prepared under another name; then SQLite writes it
 * over the directory in one transaction, so that programs which have the directory open see a
 * change like any other. Renaming a file under them would leave them with the old one, and their
 * closing would take the new one's log away. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "db/backup.h"
#include "db/backup_file.h"
#include "db/internal.h"
#include "db/op.h"
#include "db/restricted.h"

enum { PAGES_AT_ONCE = 2000, WAIT_MS = 50, WAITS = 200 };

static enum status fail(sqlite3 *sqlite, int rc, struct text *detail)
{
    struct db db = {.sqlite = sqlite};
    enum status status = db_fail(&db, rc);
    text_adds(detail, db.error);
    return status;
}

/* Copies all pages; in one step the target has all of them or none. */
static enum status copy_pages(sqlite3 *from, sqlite3 *to, int at_once,
                              const struct progress *progress, int low, struct text *detail)
{
    sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
    if (!copy)
        return fail(to, sqlite3_errcode(to), detail);
    int rc, waits = 0;
    bool go_on = true;
    do {
        rc = sqlite3_backup_step(copy, at_once);
        if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
            sqlite3_sleep(WAIT_MS);
            waits++;
        }
        int all = sqlite3_backup_pagecount(copy), left = sqlite3_backup_remaining(copy);
        go_on = progress_tell(progress, low + (all ? (all - left) * 300 / all : 0));
    } while (go_on &&
             (rc == SQLITE_OK || ((rc == SQLITE_BUSY || rc == SQLITE_LOCKED) && waits < WAITS)));
    (void)sqlite3_backup_finish(copy);
    if (!go_on && rc != SQLITE_DONE)
        return STATUS_CANCELLED;
    return rc == SQLITE_DONE ? STATUS_OK : fail(to, rc, detail);
}

/* A file of this name with the pages of `from`, whatever they say. */
static enum status copy_file(const char *from, const char *made, const struct progress *progress,
                             struct text *detail)
{
    sqlite3 *source = NULL, *target = NULL;
    int rc = sqlite3_open_v2(from, &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    enum status status = rc == SQLITE_OK ? STATUS_OK : fail(source, rc, detail);
    if (status == STATUS_OK) {
        rc = sqlite3_open_v2(
            made, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
        status = rc == SQLITE_OK ? STATUS_OK : fail(target, rc, detail);
    }
    if (status == STATUS_OK && chmod(made, 0600))
        status = db_status_of_errno();
    if (status == STATUS_OK)
        status = copy_pages(source, target, PAGES_AT_ONCE, progress, 0, detail);
    sqlite3_close(source);
    sqlite3_close(target);
    return status;
}

/* Opened, brought to this program's schema, checked, given a name of its own. */
static enum status prepare(const char *made, enum db_set set, const struct progress *progress,
                           struct text *detail)
{
    struct db *db;
    enum status status = db_open_file(made, set, DB_READ_WRITE, false, &db, detail);
    if (status != STATUS_OK)
        return status;
    status = db_integrity(db);
    if (status == STATUS_OK && !progress_tell(progress, 400))
        status = STATUS_CANCELLED;
    if (status == STATUS_OK)
        status = op_check_chain(db);
    if (status == STATUS_OK)
        status = op_new_replica(db);
    if (status == STATUS_OK)
        status = db_exec(db, "PRAGMA journal_mode=DELETE"); /* all of it in the one file */
    if (status != STATUS_OK)
        text_adds(detail, db_error(db));
    db_close(db);
    return status == STATUS_OK && !progress_tell(progress, 500) ? STATUS_CANCELLED : status;
}

static enum status make_copy(const char *from, const char *made, enum db_set set,
                             const struct progress *progress, struct text *detail)
{
    enum status status = db_look_at_file(from, DB_READ_ONLY);
    if (status == STATUS_OK)
        status = copy_file(from, made, progress, detail);
    return status == STATUS_OK ? prepare(made, set, progress, detail) : status;
}

/* --- over the directory
 * ----------------------------------------------------------------------------- */

enum status db_write_over(const char *path, const char *made, const struct progress *progress,
                          struct text *detail)
{
    sqlite3 *source = NULL, *target = NULL;
    int rc = sqlite3_open_v2(made, &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    enum status status = rc == SQLITE_OK ? STATUS_OK : fail(source, rc, detail);
    if (status == STATUS_OK) {
        rc = sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
        if (rc == SQLITE_OK)
            rc = sqlite3_exec(target, "PRAGMA synchronous=FULL", NULL, NULL, NULL);
        status = rc == SQLITE_OK ? STATUS_OK : fail(target, rc, detail);
    }
    if (status == STATUS_OK)
        status = copy_pages(source, target, -1, progress, 700, detail);
    sqlite3_close(source);
    sqlite3_close(target);
    return status;
}

/* A directory too damaged to be copied, and its log, under other names. */
static enum status set_aside(const char *path, struct text *ret_kept)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    struct text old = TEXT_INIT, new = TEXT_INIT;
    enum status status = STATUS_OK;
    text_clear(ret_kept);
    text_addf(ret_kept, "%s.damaged-%lld", path, (long long)time(NULL));
    for (size_t i = 0; status == STATUS_OK && i < sizeof parts / sizeof *parts; i++) {
        text_clear(&old);
        text_clear(&new);
        text_addf(&old, "%s%s", path, parts[i]);
        text_addf(&new, "%s%s", ret_kept->bytes, parts[i]);
        if (rename(old.bytes, new.bytes) && errno != ENOENT)
            status = db_status_of_errno();
    }
    text_release(&old);
    text_release(&new);
    return status;
}

static enum status into_new_file(const char *path, const char *made)
{
    enum status status = db_sync_file(made);
    if (status == STATUS_OK && rename(made, path))
        status = db_status_of_errno();
    return status == STATUS_OK ? db_sync_parent(path) : status;
}

/* What is there now, kept in "backups"; STATUS_CORRUPT or _NOT_DB when it cannot even be read. */
static enum status keep_old(const char *path, enum db_set set, const struct progress *progress,
                            struct text *ret_kept, struct text *detail)
{
    struct db *db;
    enum status status = db_open_set(path, set, DB_READ_WRITE, &db, detail);
    if (status != STATUS_OK)
        return status;
    status = db_integrity(db);
    if (status == STATUS_OK && !progress_tell(progress, 600))
        status = STATUS_CANCELLED;
    if (status == STATUS_OK)
        status = backup_make(db, BACKUP_BEFORE_RESTORE, NULL, ret_kept);
    if (status != STATUS_OK)
        text_adds(detail, db_error(db));
    db_close(db);
    return status;
}

static enum status replace(const char *path, enum db_set set, const char *made,
                           const struct progress *progress, struct text *ret_kept,
                           struct text *detail)
{
    struct stat st;
    if (stat(path, &st))
        return errno == ENOENT ? into_new_file(path, made) : db_status_of_errno();
    struct text why = TEXT_INIT;
    enum status status = keep_old(path, set, progress, ret_kept, &why);
    if (status == STATUS_CORRUPT || status == STATUS_NOT_DB) {
        status = set_aside(path, ret_kept);
        if (status == STATUS_OK)
            status = into_new_file(path, made);
    } else if (status == STATUS_OK) {
        status = db_write_over(path, made, progress, detail);
    } else {
        text_adds(detail, why.bytes);
    }
    text_release(&why);
    return status;
}

/* WAL again, whichever way it came there. */
static enum status finish(const char *path, enum db_set set, const char *from, struct text *detail)
{
    struct db *db;
    enum status status = db_open_set(path, set, DB_READ_WRITE, &db, detail);
    if (status != STATUS_OK)
        return status;
    status = db_exec(db, "PRAGMA journal_mode=WAL");
    if (status == STATUS_OK)
        status = restricted_bring_back(db, from);
    if (status != STATUS_OK)
        text_adds(detail, db_error(db));
    db_close(db);
    return status;
}

enum status backup_restore(const char *path, enum db_set set, const char *from,
                           const struct progress *progress, struct text *ret_kept,
                           struct text *detail)
{
    struct text made = TEXT_INIT, kept = TEXT_INIT, why = TEXT_INIT;
    text_addf(&made, "%s.restore-%ld", path, (long)getpid());
    db_remove_file(made.bytes);
    enum status status = make_copy(from, made.bytes, set, progress, &why);
    if (status == STATUS_OK)
        status = replace(path, set, made.bytes, progress, &kept, &why);
    if (status == STATUS_OK)
        status = finish(path, set, from, &why);
    db_remove_file(made.bytes);
    if (status == STATUS_OK)
        (void)progress_tell(progress, 1000);
    if (status == STATUS_OK && ret_kept)
        text_adds(ret_kept, kept.bytes);
    if (status != STATUS_OK && detail)
        text_adds(detail, why.bytes);
    text_release(&made);
    text_release(&kept);
    text_release(&why);
    return status;
}
