/* Named statements, transactions and errors over one connection; see internal.h. Knows nothing of
 * what the tables mean. */
#include "db/internal.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    const char *sql;
} queries[] = {
#include "db/query_table.h"
};

static enum status status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW:
        return STATUS_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return STATUS_BUSY;
    case SQLITE_READONLY:
        return STATUS_READONLY;
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return STATUS_DENIED;
    case SQLITE_CORRUPT:
        return STATUS_CORRUPT;
    case SQLITE_NOTADB:
        return STATUS_NOT_DB;
    case SQLITE_INTERRUPT:
        return STATUS_CANCELLED;
    case SQLITE_FULL:
        return STATUS_FULL;
    case SQLITE_CANTOPEN:
        return STATUS_DENIED;
    case SQLITE_CONSTRAINT:
        return STATUS_CONFLICT;
    default:
        return STATUS_IO;
    }
}

enum status db_fail(struct db *db, int sqlite_code)
{
    snprintf(db->error, sizeof db->error, "%s (%d)",
             db->sqlite ? sqlite3_errmsg(db->sqlite) : sqlite3_errstr(sqlite_code),
             db->sqlite ? sqlite3_extended_errcode(db->sqlite) : sqlite_code);
    /* over the quota, or over a limit on sizes, is a full disk too */
    int cause = db->sqlite ? sqlite3_system_errno(db->sqlite) : 0;
    bool full = (sqlite_code & 0xff) == SQLITE_IOERR &&
                (cause == ENOSPC || cause == EDQUOT || cause == EFBIG);
    return full ? STATUS_FULL : status_of(sqlite_code);
}

enum status db_refuse(struct db *db, enum status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(db->error, sizeof db->error, format, args);
    va_end(args);
    return status;
}

const char *db_error(const struct db *db)
{
    return db->error;
}

enum status db_query(struct db *db, enum query_id id, sqlite3_stmt **ret_statement)
{
    sqlite3_stmt *s = db->statements[id];
    if (!s) {
        int rc = sqlite3_prepare_v3(db->sqlite, queries[id].sql, -1, SQLITE_PREPARE_PERSISTENT, &s,
                                    NULL);
        if (rc != SQLITE_OK)
            return db_fail(db, rc);
        db->statements[id] = s;
    } else {
        sqlite3_reset(s);
        sqlite3_clear_bindings(s);
    }
    *ret_statement = s;
    return STATUS_OK;
}

const char *db_query_name(enum query_id id)
{
    return queries[id].name;
}

const char *db_query_sql(enum query_id id)
{
    return queries[id].sql;
}

enum status db_step(struct db *db, sqlite3_stmt *statement, bool *ret_row)
{
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW) {
        *ret_row = true;
        return STATUS_OK;
    }
    enum status status = rc == SQLITE_DONE ? STATUS_OK : db_fail(db, rc);
    sqlite3_reset(statement);
    if (status == STATUS_OK)
        *ret_row = false;
    return status;
}

enum status db_run(struct db *db, sqlite3_stmt *statement)
{
    bool row;
    enum status status;
    do
        status = db_step(db, statement, &row);
    while (status == STATUS_OK && row);
    return status;
}

enum status db_exec(struct db *db, const char *sql)
{
    int rc = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? STATUS_OK : db_fail(db, rc);
}

enum status db_begin(struct db *db)
{
    if (db->read_only)
        return db_refuse(db, STATUS_READONLY, "the directory was opened for reading only");
    if (db->depth == 0) {
        backup_before_write(db);
        enum status status = db_exec(db, "BEGIN IMMEDIATE");
        if (status != STATUS_OK)
            return status;
        db->failed = false;
    }
    db->depth++;
    return STATUS_OK;
}

static void roll_back(struct db *db)
{
    char error[sizeof db->error];
    memcpy(error, db->error, sizeof error);
    op_forget_chain_end(db);
    restricted_rolled_back(db);
    search_forget_changes(db);
    /* A full disk or a lost page may have rolled back by itself. */
    if (!sqlite3_get_autocommit(db->sqlite) && db_exec(db, "ROLLBACK") == STATUS_OK)
        db->replica = 0;
    memcpy(db->error, error, sizeof error);
}

enum status db_commit(struct db *db)
{
    assert(db->depth > 0);
    if (--db->depth > 0)
        return STATUS_OK;
    if (db->failed) {
        roll_back(db);
        return db_refuse(db, STATUS_CONFLICT, "a part of the change was refused");
    }
    enum status status = search_write_changes(db);
    if (status == STATUS_OK)
        status = op_write_chain_end(db);
    if (status == STATUS_OK)
        status = restricted_before_commit(db);
    if (status == STATUS_OK)
        status = db_exec(db, "COMMIT");
    op_forget_chain_end(db);
    if (status == STATUS_OK)
        restricted_committed(db);
    else
        roll_back(db);
    return status;
}

void db_rollback(struct db *db)
{
    assert(db->depth > 0);
    db->failed = true;
    if (--db->depth == 0)
        roll_back(db);
}

static int parameter(sqlite3_stmt *s, const char *name)
{
    int index = sqlite3_bind_parameter_index(s, name);
    assert(index > 0);
    return index;
}

/* Binding fails only for want of memory or by misuse; want of memory shows again at the step. */
void bind_int(sqlite3_stmt *s, const char *name, int64_t value)
{
    (void)sqlite3_bind_int64(s, parameter(s, name), value);
}

void bind_real(sqlite3_stmt *s, const char *name, double value)
{
    (void)sqlite3_bind_double(s, parameter(s, name), value);
}

void bind_text_len(sqlite3_stmt *s, const char *name, const char *text, size_t len)
{
    (void)sqlite3_bind_text64(s, parameter(s, name), text, len, SQLITE_STATIC, SQLITE_UTF8);
}

void bind_text(sqlite3_stmt *s, const char *name, const char *text)
{
    if (text)
        bind_text_len(s, name, text, strlen(text));
    else
        (void)sqlite3_bind_null(s, parameter(s, name));
}

void bind_blob(sqlite3_stmt *s, const char *name, const void *bytes, size_t len)
{
    (void)sqlite3_bind_blob64(s, parameter(s, name), len ? bytes : "", len, SQLITE_STATIC);
}

void bind_id(sqlite3_stmt *s, const char *name, const struct uuid *id)
{
    bind_blob(s, name, id->bytes, sizeof id->bytes);
}

const char *column_text(sqlite3_stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s, column);
    return text ? (const char *)text : "";
}

bool column_id(sqlite3_stmt *s, int column, struct uuid *ret_id)
{
    const void *bytes = sqlite3_column_blob(s, column);
    if (!bytes || sqlite3_column_bytes(s, column) != UUID_BYTES)
        return false;
    memcpy(ret_id->bytes, bytes, UUID_BYTES);
    return true;
}
