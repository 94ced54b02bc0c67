/* Making a directory file: from the seed, or empty for tools; see db.h. Knows nothing of records.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/backup_file.h"
#include "db/internal.h"

static enum status make_parents(const char *path)
{
    char *copy = mem_strdup(path);
    enum status status = STATUS_OK;
    for (char *p = strchr(copy + 1, '/'); p && status == STATUS_OK; p = strchr(p + 1, '/')) {
        *p = '\0';
        if (mkdir(copy, 0700) && errno != EEXIST)
            status = db_status_of_errno();
        *p = '/';
    }
    free(copy);
    return status == STATUS_NO_FILE ? STATUS_DENIED : status;
}

static enum status write_all(int fd, const unsigned char *bytes, size_t len)
{
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return db_status_of_errno();
        bytes += n;
        len -= (size_t)n;
    }
    return STATUS_OK;
}

enum status db_write_seed(const char *path, struct seed seed)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return db_status_of_errno();
    enum status status = write_all(fd, seed.bytes, seed.len);
    if (close(fd) && status == STATUS_OK)
        status = db_status_of_errno();
    return status;
}

static enum status give_own_replica(const char *path, struct text *detail)
{
    struct db *db;
    enum status status = db_open_file(path, DB_REAL, DB_READ_WRITE, false, &db, detail);
    if (status != STATUS_OK)
        return status;
    status = op_new_replica(db);
    if (status == STATUS_OK)
        status = db_exec(db, "PRAGMA journal_mode=WAL");
    if (status != STATUS_OK && detail)
        text_adds(detail, db_error(db));
    db_close(db);
    return status;
}

enum status db_sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return db_status_of_errno();
    enum status status = fsync(fd) ? db_status_of_errno() : STATUS_OK;
    close(fd);
    return status;
}

enum status db_sync_parent(const char *path)
{
    char *copy = mem_strdup(path);
    char *slash = strrchr(copy, '/');
    if (slash)
        slash[slash == copy] = '\0';
    enum status status = db_sync_file(slash ? copy : ".");
    free(copy);
    return status;
}

/* Gives the finished file its name, unless another process was faster. */
static enum status put_in_place(const char *made, const char *path)
{
    enum status status = db_sync_file(made);
    if (status != STATUS_OK)
        return status;
    if (link(made, path) && errno != EEXIST) {
        /* no hard links here (FAT): the older way, good for one process */
        if (access(path, F_OK) && rename(made, path))
            return db_status_of_errno();
    }
    return db_sync_parent(path);
}

/* By the application id in the file's header (sqlite.org, "Database File Format", 1.3). */
static enum db_set seed_set(struct seed seed)
{
    enum { AT = 68 };
    uint32_t id = 0;
    for (size_t i = 0; i < sizeof id && AT + i < seed.len; i++)
        id = id << 8 | seed.bytes[AT + i];
    return id == DB_TRAINING_ID ? DB_TRAINING : DB_REAL;
}

enum status db_create(const char *path, struct seed seed, struct text *detail)
{
    if (!access(path, F_OK))
        return STATUS_OK;
    enum status status = make_parents(path);
    struct text made;
    text_init(&made);
    text_addf(&made, "%s.new-%ld", path, (long)getpid());
    if (status == STATUS_OK)
        status = db_write_seed(made.bytes, seed);
    if (status == STATUS_OK)
        status = db_look_at_file(made.bytes, DB_READ_WRITE);
    if (status == STATUS_OK && seed_set(seed) == DB_REAL)
        status = give_own_replica(made.bytes, detail);
    if (status == STATUS_OK)
        status = put_in_place(made.bytes, path);
    unlink(made.bytes);
    text_release(&made);
    return status;
}

enum status db_make_empty_set(const char *path, enum db_set set, struct db **ret_db,
                              struct text *detail)
{
    struct stat st;
    if (!stat(path, &st))
        return STATUS_CONFLICT;
    return db_open_file(path, set, DB_READ_WRITE, true, ret_db, detail);
}

enum status db_make_empty(const char *path, struct db **ret_db, struct text *detail)
{
    return db_make_empty_set(path, DB_REAL, ret_db, detail);
}

/* As it is used: with the log of SQLite beside it. */
static enum status make_ready(struct db *db, const char *path)
{
    struct db *made;
    struct text why = TEXT_INIT;
    enum status status = db_open_file(path, DB_TRAINING, DB_READ_WRITE, false, &made, &why);
    if (status == STATUS_OK) {
        status = db_exec(made, "PRAGMA journal_mode=WAL");
        text_adds(&why, db_error(made));
        db_close(made);
    }
    if (status != STATUS_OK)
        (void)db_refuse(db, status, "%s", why.bytes);
    text_release(&why);
    return status;
}

enum status db_finish(struct db *db, const char *path)
{
    sqlite3_stmt *s;
    /* No ANALYZE: what is true of a small directory (two schedules) would be believed of a large
     * one too, and its tables be scanned. */
    enum status status = db_query(db, QUERY_VACUUM_INTO, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":path", path);
    status = db_run(db, s);
    return status == STATUS_OK && db->set == DB_TRAINING ? make_ready(db, path) : status;
}
