/* The file of the sealed log: its name, opening and making it, its copies beside backups; see
 * restricted.h. Knows nothing of keys. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/backup_file.h"
#include "db/restricted_state.h"

void restricted_path_of(const char *path, struct text *out)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    text_add(out, path, (size_t)(name - path));
    size_t len = strlen(name);
    if (len > 3 && !strcmp(name + len - 3, ".db"))
        len -= 3;
    if (len != strlen("directory") || strncmp(name, "directory", len) != 0) {
        text_add(out, name, len);
        text_addc(out, '.');
    }
    text_adds(out, "restricted.db");
}

bool restricted_path(struct db *db, struct text *out)
{
    const char *path = sqlite3_db_filename(db->sqlite, "main");
    if (!path || !*path)
        return false;
    restricted_path_of(path, out);
    return true;
}

static enum status open_at(const char *path, enum db_set set, enum db_mode mode, bool make,
                           struct db **ret_file)
{
    if (make) {
        /* made before SQLite sees it, so that it is nobody else's from its first byte on */
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0)
            return errno == ENOSPC ? STATUS_FULL : STATUS_DENIED;
        close(fd);
    }
    return db_open_file(path, set, mode, make, ret_file, NULL);
}

enum status restricted_file(struct db *db, bool make, struct db **ret_file)
{
    struct restricted *r = restricted_of(db);
    struct text path = TEXT_INIT;
    struct stat st;
    enum status status = STATUS_OK;
    if (!r->file) {
        if (!restricted_path(db, &path))
            status = STATUS_NOT_FOUND;
        else if (stat(path.bytes, &st) || st.st_size == 0)
            status = make ? open_at(path.bytes, db->set, DB_READ_WRITE, true, &r->file)
                          : STATUS_NOT_FOUND;
        else if (!db->read_only)
            status = open_at(path.bytes, db->set, DB_READ_WRITE, false, &r->file);
        else
            status = open_at(path.bytes, db->set, DB_READ_ONLY, false, &r->file);
        if (status != STATUS_OK && status != STATUS_NOT_FOUND)
            (void)db_refuse(db, status, "%s", path.bytes);
    }
    text_release(&path);
    if (status == STATUS_OK)
        *ret_file = r->file;
    return status;
}

/* A whole copy of the file under a new name. */
static enum status copy_file(struct db *file, const char *to)
{
    sqlite3_stmt *s;
    enum status status = db_query(file, QUERY_VACUUM_INTO, &s);
    if (status != STATUS_OK)
        return status;
    int fd = open(to, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return db_refuse(file, db_status_of_errno(), "%s: %s", to, strerror(errno));
    close(fd);
    bind_text(s, ":path", to);
    status = db_run(file, s);
    sqlite3_clear_bindings(s);
    if (status == STATUS_OK)
        status = db_sync_file(to);
    if (status != STATUS_OK)
        (void)unlink(to);
    return status;
}

enum status restricted_back_up(struct db *db, const char *copy)
{
    struct db *file;
    struct text to = TEXT_INIT;
    enum status status = restricted_file(db, false, &file);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    text_addf(&to, "%s" RESTRICTED_COPY, copy);
    if (status == STATUS_OK) {
        status = copy_file(file, to.bytes);
        if (status != STATUS_OK)
            (void)db_refuse(db, status, "%s", db_error(file));
    }
    text_release(&to);
    return status;
}

enum status restricted_bring_back(struct db *db, const char *copy)
{
    struct db *file = NULL;
    struct text from = TEXT_INIT, to = TEXT_INIT;
    struct stat st;
    enum status status = STATUS_OK;
    text_addf(&from, "%s" RESTRICTED_COPY, copy);
    if (restricted_path(db, &to) && stat(to.bytes, &st) && !stat(from.bytes, &st)) {
        status = db_open_file(from.bytes, db->set, DB_READ_ONLY, false, &file, NULL);
        if (status == STATUS_OK)
            status = copy_file(file, to.bytes);
        if (status != STATUS_OK)
            (void)db_refuse(db, status, "%s", file ? db_error(file) : from.bytes);
        db_close(file);
    }
    text_release(&from);
    text_release(&to);
    return status;
}
