/* Opening a directory file: is it ours, may it be written, does it have this program's schema.
 * Knows nothing of records. */
#include "db/internal.h"
#include "db/search_index.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "db/backup.h"
#include "db/backup_file.h"
#include "db/migration_table.h" /* generated: steps[] */

enum {
    SCHEMA_VERSION = sizeof steps / sizeof *steps,
    BUSY_MS = 10000,
    TURN_MS = 4,
    CACHE_KIB = 4096,
};

/* File systems on which WAL's shared memory or locks cannot be trusted (statfs(2), magic.h). */
static const long network_file_systems[] = {
    0x6969,     /* NFS */
    0x517b,     /* SMB */
    0xff534d42, /* CIFS */
    0xfe534d42, /* SMB 2 */
    0x01021997, /* 9P: the Windows drives of WSL too */
    0x73757245, /* Coda */
    0x5346414f, /* AFS */
    0x00c36400, /* Ceph */
    0x786f4256, /* folders shared by VirtualBox and, below, VMware: no shared memory */
    0xbacbacbc,
};

static bool is_network_fs(const char *path)
{
    struct statfs fs;
    if (statfs(path, &fs))
        return false;
    for (size_t i = 0; i < sizeof network_file_systems / sizeof *network_file_systems; i++)
        if ((long)fs.f_type == network_file_systems[i])
            return true;
    return false;
}

enum status db_status_of_errno(void)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return STATUS_NO_FILE;
    case EACCES:
    case EPERM:
        return STATUS_DENIED;
    case EROFS:
        return STATUS_READONLY;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return STATUS_FULL;
    default:
        return STATUS_IO;
    }
}

/* Looks at the file before SQLite does: SQLite would take an empty file for a new database. */
enum status db_look_at_file(const char *path, enum db_mode mode)
{
    struct stat st;
    if (stat(path, &st))
        return db_status_of_errno();
    if (!S_ISREG(st.st_mode))
        return STATUS_NOT_DB;
    if (access(path, mode == DB_READ_ONLY ? R_OK : R_OK | W_OK))
        return db_status_of_errno();
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return db_status_of_errno();
    char header[16];
    ssize_t n = read(fd, header, sizeof header);
    close(fd);
    if (n != (ssize_t)sizeof header || memcmp(header, "SQLite format 3", sizeof header) != 0)
        return STATUS_NOT_DB;
    return is_network_fs(path) ? STATUS_NETWORK_FS : STATUS_OK;
}

static enum status pragma_int(struct db *db, const char *sql, int64_t *ret_value)
{
    sqlite3_stmt *s;
    int rc = sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL);
    if (rc != SQLITE_OK)
        return db_fail(db, rc);
    rc = sqlite3_step(s);
    int64_t value = rc == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    if (rc != SQLITE_ROW)
        return db_fail(db, rc);
    *ret_value = value;
    return STATUS_OK;
}

static int64_t monotonic_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* SQLite's own waiting looks again after up to 100 ms: among eight busy writers somebody waited for
 * seconds without ever meeting an open door. Looking every few milliseconds meets one. */
static int wait_turn(void *context, int times)
{
    struct db *db = context;
    int64_t now = monotonic_ms();
    if (times == 0)
        db->waiting_since = now;
    if (now - db->waiting_since > BUSY_MS)
        return 0;
    int64_t ms = 1 + (now + times) % TURN_MS;
    struct timespec pause = {.tv_nsec = (long)(ms * 1000000)};
    nanosleep(&pause, NULL);
    return 1;
}

enum status db_configure(struct db *db)
{
    sqlite3_extended_result_codes(db->sqlite, 1);
    sqlite3_busy_handler(db->sqlite, wait_turn, db);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA synchronous=FULL; PRAGMA cache_size=-%d", CACHE_KIB);
    return db_exec(db, sql);
}

/* An empty or new file has nothing to lose, and a copy that is being restored is one already. */
static enum status back_up_before_migration(struct db *db, int64_t version)
{
    const char *path = sqlite3_db_filename(db->sqlite, "main");
    if (!path || !*path || version == 0 || strstr(path, ".restore-"))
        return STATUS_OK;
    return backup_make(db, BACKUP_BEFORE_MIGRATION, NULL, NULL);
}

static enum status take_step(struct db *db, size_t step)
{
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version=%zu", step + 1);
    int64_t version; /* another process may have taken the step meanwhile */
    status = pragma_int(db, "PRAGMA user_version", &version);
    if (status == STATUS_OK && version <= (int64_t)step) {
        status = db_exec(db, steps[step]);
        if (status == STATUS_OK)
            status = db_exec(db, sql);
    }
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db);
}

static enum status migrate(struct db *db, int64_t version)
{
    enum status status = back_up_before_migration(db, version);
    if (status == STATUS_OK)
        status = search_know_old(db);
    for (size_t i = (size_t)version; status == STATUS_OK && i < SCHEMA_VERSION; i++)
        status = take_step(db, i);
    return status == STATUS_OK && version > 0 ? search_refresh(db) : status;
}

static int application_of(enum db_set set)
{
    return set == DB_TRAINING ? DB_TRAINING_ID : DB_APPLICATION_ID;
}

static enum status refuse_application(struct db *db, int64_t application)
{
    enum status status = application == DB_TRAINING_ID      ? STATUS_TRAINING
                         : application == DB_APPLICATION_ID ? STATUS_NOT_TRAINING
                                                            : STATUS_NOT_DB;
    return db_refuse(db, status, "application id %llx", (unsigned long long)application);
}

static enum status check_identity(struct db *db, enum db_mode mode)
{
    int64_t application, version;
    enum status status = pragma_int(db, "PRAGMA application_id", &application);
    if (status == STATUS_OK)
        status = pragma_int(db, "PRAGMA user_version", &version);
    if (status != STATUS_OK)
        return status;
    if (application != application_of(db->set))
        return refuse_application(db, application);
    if (version > SCHEMA_VERSION && !db->read_only)
        return db_refuse(db, STATUS_TOO_NEW, "schema %lld, this program knows %d",
                         (long long)version, SCHEMA_VERSION);
    if (version < SCHEMA_VERSION && !db->read_only)
        return migrate(db, version);
    if (version < SCHEMA_VERSION && mode != DB_LOOK_ONLY)
        return db_refuse(db, STATUS_READONLY, "schema %lld must be brought to %d first",
                         (long long)version, SCHEMA_VERSION);
    return STATUS_OK;
}

/* A file in a directory that may not be written has no WAL index; if nothing waits in its WAL it
 * can be read as it lies. */
static int open_read_only(const char *path, sqlite3 **ret_sqlite)
{
    int rc = sqlite3_open_v2(path, ret_sqlite, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(*ret_sqlite, "PRAGMA schema_version", NULL, NULL, NULL);
    struct text name;
    text_init(&name);
    text_addf(&name, "%s-wal", path);
    struct stat st;
    if ((rc & 0xff) == SQLITE_CANTOPEN && (stat(name.bytes, &st) || st.st_size == 0)) {
        sqlite3_close(*ret_sqlite);
        text_clear(&name);
        text_adds(&name, "file:");
        for (const char *p = path; *p; p++)
            text_addf(&name, strchr("?#%", *p) ? "%%%02x" : "%c", (unsigned char)*p);
        text_adds(&name, "?immutable=1");
        rc = sqlite3_open_v2(name.bytes, ret_sqlite,
                             SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
    }
    text_release(&name);
    return rc;
}

enum status db_open_file(const char *path, enum db_set set, enum db_mode mode, bool new_file,
                         struct db **ret_db, struct text *detail)
{
    struct db *db = mem_zalloc(1, sizeof *db);
    db->set = set;
    db->read_only = mode != DB_READ_WRITE;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (new_file ? SQLITE_OPEN_CREATE : 0);
    int rc = db->read_only ? open_read_only(path, &db->sqlite)
                           : sqlite3_open_v2(path, &db->sqlite, flags, NULL);
    enum status status = rc == SQLITE_OK ? db_configure(db) : db_fail(db, rc);
    char sql[48];
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d", application_of(set));
    if (status == STATUS_OK && new_file)
        status = db_exec(db, sql);
    if (status == STATUS_OK)
        status = check_identity(db, mode);
    if (status != STATUS_OK) {
        if (detail)
            text_adds(detail, db->error);
        db_close(db);
        return status;
    }
    *ret_db = db;
    return STATUS_OK;
}

enum status db_open_set(const char *path, enum db_set set, enum db_mode mode, struct db **ret_db,
                        struct text *detail)
{
    enum status status = db_look_at_file(path, mode);
    if (status != STATUS_OK)
        return status;
    return db_open_file(path, set, mode, false, ret_db, detail);
}

enum status db_open(const char *path, enum db_mode mode, struct db **ret_db, struct text *detail)
{
    return db_open_set(path, DB_REAL, mode, ret_db, detail);
}

enum db_set db_set_of(const struct db *db)
{
    return db->set;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    restricted_close(db);
    search_close(db);
    for (size_t i = 0; i < QUERY_COUNT; i++)
        sqlite3_finalize(db->statements[i]);
    for (size_t i = 0; i < RECORD_KIND_END; i++)
        for (size_t j = 0; j < RECORD_STATEMENTS; j++)
            sqlite3_finalize(db->record_statements[i][j]);
    sqlite3_close(db->sqlite);
    free(db);
}

enum status db_integrity(struct db *db)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_INTEGRITY, &s);
    if (status != STATUS_OK)
        return status;
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row && strcmp(column_text(s, 0), "ok") != 0)
        status = db_refuse(db, STATUS_CORRUPT, "%s", column_text(s, 0));
    sqlite3_reset(s);
    return status;
}

void db_remove_file(const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm", "-journal"};
    struct text name = TEXT_INIT;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        text_clear(&name);
        text_addf(&name, "%s%s", path, parts[i]);
        unlink(name.bytes);
    }
    text_release(&name);
}

void db_set_clock(struct db *db, int64_t (*now_ms)(void *context), void *context)
{
    db->now_ms = now_ms;
    db->clock = context;
}

int64_t db_now_ms(struct db *db)
{
    if (db->now_ms)
        return db->now_ms(db->clock);
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t db_data_version(struct db *db)
{
    sqlite3_stmt *s;
    bool row = false;
    if (db_query(db, QUERY_DATA_VERSION, &s) != STATUS_OK || db_step(db, s, &row) != STATUS_OK ||
        !row)
        return -1;
    int64_t version = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return version;
}
