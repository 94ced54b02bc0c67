/* A private copy of a directory: for looking at it as it was, and for checking it, without touching
 * the file. */
#include <stdlib.h>

#include "db/internal.h"

enum { PAGES_AT_ONCE = 2000 };

static enum status copy_pages(struct db *from, struct db *to, const struct progress *progress)
{
    sqlite3_backup *copy = sqlite3_backup_init(to->sqlite, "main", from->sqlite, "main");
    if (!copy)
        return db_fail(to, sqlite3_errcode(to->sqlite));
    int rc;
    bool go_on;
    do {
        rc = sqlite3_backup_step(copy, PAGES_AT_ONCE);
        int all = sqlite3_backup_pagecount(copy), left = sqlite3_backup_remaining(copy);
        go_on = progress_tell(progress, all ? (all - left) * 1000 / all : 0);
    } while (rc == SQLITE_OK && go_on);
    sqlite3_backup_finish(copy);
    if (!go_on)
        return db_refuse(to, STATUS_CANCELLED, "stopped");
    return rc == SQLITE_DONE ? STATUS_OK : db_fail(to, rc);
}

enum status db_copy_private(struct db *db, const struct progress *progress, struct db **ret_db)
{
    struct db *copy = mem_zalloc(1, sizeof *copy);
    copy->set = db->set;
    int rc = sqlite3_open_v2(
        "", &copy->sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    enum status status = rc == SQLITE_OK ? copy_pages(db, copy, progress) : db_fail(copy, rc);
    if (status == STATUS_OK)
        status = db_configure(copy);
    if (status == STATUS_OK)
        status = db_exec(copy, "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF");
    if (status != STATUS_OK) {
        (void)db_refuse(db, status, "%s", db_error(copy));
        db_close(copy);
        return status;
    }
    *ret_db = copy;
    return STATUS_OK;
}
