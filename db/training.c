/* Making the training directory fresh again; see training.h. Must not know what is in it. */
#include "db/training.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/backup_file.h"
#include "db/internal.h"
#include "db/restricted.h"

/* What the file's header says (sqlite.org, "Database File Format", 1.3), whatever comes behind it.
 */
static bool says_training(const char *path)
{
    enum { AT = 68 };
    static const unsigned char id[] = {DB_TRAINING_ID >> 24, DB_TRAINING_ID >> 16 & 0xFF,
                                       DB_TRAINING_ID >> 8 & 0xFF, DB_TRAINING_ID & 0xFF};
    unsigned char header[AT + sizeof id] = {0};
    FILE *f = fopen(path, "rbe");
    bool read = f && fread(header, sizeof header, 1, f) == 1;
    if (f)
        fclose(f);
    return read && memcmp(header + AT, id, sizeof id) == 0;
}

/* Whether the file is a training directory; newer and damaged ones too. */
static enum status look(const char *path, struct text *detail)
{
    struct db *db = NULL;
    enum status status = db_open_set(path, DB_TRAINING, DB_LOOK_ONLY, &db, detail);
    db_close(db);
    bool ours = status == STATUS_TOO_NEW || status == STATUS_READONLY ||
                (status == STATUS_CORRUPT && says_training(path));
    return ours ? STATUS_OK : status;
}

/* Nobody else has the file open: what SQLite keeps beside it is taken in, and nobody may come. */
static bool hold_alone(sqlite3 *sqlite)
{
    sqlite3_stmt *s = NULL;
    bool alone =
        sqlite3_prepare_v2(sqlite, "PRAGMA journal_mode=DELETE", -1, &s, NULL) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_ROW &&
        strcmp((const char *)sqlite3_column_text(s, 0), "delete") == 0;
    sqlite3_finalize(s);
    return alone && sqlite3_exec(sqlite, "BEGIN EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK;
}

static enum status put_in_place(const char *path, const char *made)
{
    enum status status = db_sync_file(made);
    if (status == STATUS_OK && rename(made, path))
        status = db_status_of_errno();
    return status == STATUS_OK ? db_sync_parent(path) : status;
}

static enum status replace(const char *path, const char *made, struct text *detail)
{
    sqlite3 *old = NULL;
    bool alone = sqlite3_open_v2(path, &old, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
                     SQLITE_OK &&
                 hold_alone(old);
    enum status status = alone ? put_in_place(path, made) : STATUS_BUSY;
    sqlite3_close(old);
    if (!alone)
        status = db_write_over(path, made, NULL, detail);
    if (status == STATUS_CORRUPT || status == STATUS_NOT_DB) { /* nobody can work with it */
        db_remove_file(path);
        status = put_in_place(path, made);
    }
    return status;
}

/* The confidential part of what is gone. */
static void remove_sealed(const char *path)
{
    struct text name = TEXT_INIT;
    restricted_path_of(path, &name);
    db_remove_file(name.bytes);
    text_release(&name);
}

enum status training_reset(const char *path, struct seed seed, struct text *detail)
{
    struct stat st;
    struct text made = TEXT_INIT, why = TEXT_INIT;
    if (stat(path, &st))
        return errno == ENOENT ? db_create(path, seed, detail) : db_status_of_errno();
    enum status status = look(path, detail);
    if (status != STATUS_OK)
        return status;
    text_addf(&made, "%s.reset-%ld", path, (long)getpid());
    unlink(made.bytes);
    status = db_write_seed(made.bytes, seed);
    if (status == STATUS_OK)
        status = replace(path, made.bytes, &why);
    if (status == STATUS_OK)
        remove_sealed(path);
    db_remove_file(made.bytes);
    if (status != STATUS_OK && detail)
        text_adds(detail, why.bytes);
    text_release(&made);
    text_release(&why);
    return status;
}
