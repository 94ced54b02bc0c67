/* The directory as it was: a private copy, its later changes dropped, and the rest folded again;
 * see as_of.h. */
#include "db/as_of.h"

#include "db/internal.h"
#include "db/op.h"

int64_t as_of_day_end_ms(int64_t day)
{
    enum { DAY_MS = 24 * 60 * 60 * 1000, UTC_PLUS_7_MS = 7 * 60 * 60 * 1000 };
    return (day + 1) * DAY_MS - UTC_PLUS_7_MS - 1;
}

static int64_t pinned(void *context)
{
    return ((const struct db *)context)->pinned_ms;
}

/* In the copy the log may lose its end; its file's chains are none of its business any more. */
static enum status forget_later(struct db *copy, int64_t time_ms)
{
    sqlite3_stmt *s;
    enum status status = db_exec(copy, "DROP TRIGGER op_no_delete");
    if (status == STATUS_OK)
        status = db_query(copy, QUERY_OP_FORGET_AFTER, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":hlc", (time_ms + 1) << HLC_SHIFT);
    return db_run(copy, s);
}

enum status db_as_of(struct db *db, int64_t time_ms, const struct progress *progress,
                     struct db **ret_db)
{
    struct db *copy;
    enum status status = db_copy_private(db, progress, &copy);
    if (status != STATUS_OK)
        return status;
    status = forget_later(copy, time_ms);
    if (status == STATUS_OK)
        status = op_fold_all(copy);
    if (status == STATUS_OK && !progress_tell(progress, 1000))
        status = db_refuse(copy, STATUS_CANCELLED, "stopped");
    if (status != STATUS_OK) {
        (void)db_refuse(db, status, "%s", db_error(copy));
        db_close(copy);
        return status;
    }
    copy->read_only = true;
    copy->pinned_ms = time_ms;
    db_set_clock(copy, pinned, copy);
    *ret_db = copy;
    return STATUS_OK;
}
