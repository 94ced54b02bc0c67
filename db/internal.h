/* Inside db/: the connection and its named statements. The only header with sqlite3.h. */
#ifndef DB_INTERNAL_H
#define DB_INTERNAL_H

#include <sqlite3.h>

#include "db/db.h"
#include "db/progress.h"
#include "db/query_id.h" /* generated from queries.sql */
#include "db/record.h"
#include "db/uuid.h"

/* "CPDI" and "CPDT", by enum db_set. */
enum { DB_APPLICATION_ID = 0x43504449, DB_TRAINING_ID = 0x43504454 };

/* Statements made from field.def, one set a kind. */
enum record_statement {
    RECORD_SELECT,
    RECORD_SELECT_OWNED,
    RECORD_PUT,
    RECORD_ADD,
    RECORD_DELETE,
    RECORD_REFERRERS,
    RECORD_SCAN,
    RECORD_STATEMENTS
};

/* The end of the own chain and the clock, kept while a transaction lasts: it holds the write lock,
 * so nobody else can move them. Written when it commits. */
struct chain_end {
    bool known, moved;
    struct uuid replica;
    int64_t seq;
    uint8_t hash[SHA256_BYTES]; /* of the op at seq */
    int64_t hlc;
};

struct db {
    sqlite3 *sqlite;
    sqlite3_stmt *statements[QUERY_COUNT]; /* prepared when first used */
    sqlite3_stmt *record_statements[RECORD_KIND_END][RECORD_STATEMENTS]; /* record.c's */
    int depth;   /* of nested transactions */
    bool failed; /* a nested one was rolled back */
    bool read_only;
    enum db_set set;
    char error[256];
    int64_t (*now_ms)(void *context);
    void *clock;
    bool born; /* the seed is being made: index and own replica wait */
    int64_t born_ms;
    struct chain_end chain;
    int64_t replica;       /* replica.n that new ops belong to; 0 = not looked up yet */
    int64_t pinned_ms;     /* as_of.c's clock */
    int64_t waiting_since; /* for another writer: ms of the monotonic clock */
    struct {
        bool daily;
        int64_t day; /* when it was last looked at, days since 1970 */
        enum status status;
        char error[256];
    } backup;                      /* backup.c's */
    struct search *search;         /* search's own cache; search_close frees it */
    struct restricted *restricted; /* the confidential part; restricted_close frees it */
    struct db *outer; /* of the confidential records: the directory they belong to; else NULL */
    bool keeps_open;  /* tests of what older versions stored: nothing is sealed */
};

/* Notes an SQLite result code in db_error() and returns what it means. */
enum status db_fail(struct db *db, int sqlite_code);
/* Notes a text of our own. */
enum status db_refuse(struct db *db, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The named query, reset and unbound. It belongs to db: never finalize it, and be done with its
 * rows before it is asked for again. */
MUST_CHECK enum status db_query(struct db *db, enum query_id id, sqlite3_stmt **ret_statement);
/* *ret_row false at the end (the statement is reset then). */
MUST_CHECK enum status db_step(struct db *db, sqlite3_stmt *statement, bool *ret_row);
/* Runs a statement that returns no row, and resets it. */
MUST_CHECK enum status db_run(struct db *db, sqlite3_stmt *statement);
/* Runs SQL text of ours (never of input), several statements too. */
MUST_CHECK enum status db_exec(struct db *db, const char *sql);

/* Parameters by name. Texts and blobs are not copied: they must live until the statement is reset.
 * A parameter that the statement does not have is a programming error. NULL text binds NULL. */
void bind_int(sqlite3_stmt *s, const char *name, int64_t value);
void bind_real(sqlite3_stmt *s, const char *name, double value);
void bind_text(sqlite3_stmt *s, const char *name, const char *text);
void bind_text_len(sqlite3_stmt *s, const char *name, const char *text, size_t len);
void bind_blob(sqlite3_stmt *s, const char *name, const void *bytes, size_t len);
void bind_id(sqlite3_stmt *s, const char *name, const struct uuid *id);

/* Columns; text never NULL ("" for NULL), valid until the next step. */
const char *column_text(sqlite3_stmt *s, int column);
bool column_id(sqlite3_stmt *s, int column, struct uuid *ret_id); /* false: NULL or not 16 bytes */

/* Small facts about the file itself. STATUS_NOT_FOUND leaves *ret_value alone. */
MUST_CHECK enum status db_meta_int(struct db *db, const char *key, int64_t *ret_value);
MUST_CHECK enum status db_meta_put_int(struct db *db, const char *key, int64_t value);

/* op.c's: writes the end of the own chain where it moved; forgets it. */
MUST_CHECK enum status op_write_chain_end(struct db *db);
void op_forget_chain_end(struct db *db);
/* A new identity for this file's own changes (op.c). */
MUST_CHECK enum status op_new_replica(struct db *db);

/* For the test of the query plans. */
const char *db_query_name(enum query_id id);
const char *db_query_sql(enum query_id id);

/* Is it a file that db_open would take? SQLite would take an empty one for a new database. */
MUST_CHECK enum status db_look_at_file(const char *path, enum db_mode mode);
/* The daily copy, where one is due (backup.c); outside transactions. */
void backup_before_write(struct db *db);
/* db_open_set without the look at the file; new_file makes an empty one of ours. */
MUST_CHECK enum status db_open_file(const char *path, enum db_set set, enum db_mode mode,
                                    bool new_file, struct db **ret_db, struct text *detail);

/* Settings of every connection of ours (open.c). */
MUST_CHECK enum status db_configure(struct db *db);

/* A private copy of everything in db, in memory or (large) in a nameless temporary file; gone with
 * db_close (copy.c). Not inside a transaction. progress as in db/progress.h. */
MUST_CHECK enum status db_copy_private(struct db *db, const struct progress *progress,
                                       struct db **ret_db);

void search_close(struct db *db);
/* Before the steps of the schema are taken: lets files of before the postings be read
 * (search_old.c).
 */
MUST_CHECK enum status search_know_old(struct db *db);
/* What changed of the index is written at the end of the outermost transaction, and forgotten where
 * that is rolled back (search_change.c). */
MUST_CHECK enum status search_write_changes(struct db *db);
void search_forget_changes(struct db *db);

/* Keeping the search index true, in the same transaction as the change (search_index.c): before the
 * typed row of `record` changes, index_remove takes every service out of the index that the record
 * is part of, and those it is going to be part of (targets: the records its new values point to);
 * afterwards index_add puts all of them back. Nothing while db->born. */
MUST_CHECK enum status index_remove(struct db *db, enum record_kind kind, const struct uuid *record,
                                    const struct uuid *targets, size_t target_count);
MUST_CHECK enum status index_add(struct db *db, enum record_kind kind, const struct uuid *record);

/* Confidential records (restricted.h). Of a transaction that touched them: seals what is new, just
 * before the commit; then takes it over, or back. Nothing where there are none. */
MUST_CHECK enum status restricted_before_commit(struct db *db);
void restricted_committed(struct db *db);
void restricted_rolled_back(struct db *db);
void restricted_close(struct db *db);
/* The level of the chain that holds the record while unlocked; 0: the directory itself, or
 * nothing. */
MUST_CHECK enum status restricted_holds(struct db *db, enum record_kind kind,
                                        const struct uuid *record, int *ret_level);

#endif
