/* Comparing the directory with its log; see check.h. */
#include "db/check.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "db/backup.h"
#include "db/backup_file.h"
#include "db/check_index.h"
#include "db/internal.h"
#include "db/op.h"

struct work {
    struct db *db;
    const struct progress *progress;
    struct check_report report;
};

static void judge(struct work *w, enum check_step step, enum check_verdict verdict,
                  const char *detail)
{
    w->report.steps[step].verdict = verdict;
    snprintf(w->report.steps[step].detail, sizeof w->report.steps[step].detail, "%s", detail);
}

/* What a look at damage may end with; anything else keeps the check from going on. */
static enum status judge_status(struct work *w, enum check_step step, enum status status,
                                const struct db *db)
{
    if (status == STATUS_CANCELLED || status == STATUS_BUSY || status == STATUS_FULL ||
        status == STATUS_DENIED)
        return status;
    judge(w, step, status == STATUS_OK ? CHECK_GOOD : CHECK_WRONG,
          status == STATUS_OK ? "" : db_error(db));
    return STATUS_OK;
}

static enum status tell(const struct work *w, int done)
{
    return progress_tell(w->progress, done) ? STATUS_OK
                                            : db_refuse(w->db, STATUS_CANCELLED, "stopped");
}

/* --- what SQLite says
 * -------------------------------------------------------------------------------- */

static enum status check_references(struct db *db)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_FOREIGN_KEYS, &s);
    if (status != STATUS_OK)
        return status;
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row)
        status = db_refuse(db, STATUS_CORRUPT, "%s points to a %s that is not there",
                           column_text(s, 0), column_text(s, 2));
    sqlite3_reset(s);
    return status;
}

/* --- the log against the tables
 * ---------------------------------------------------------------------- */

/* Numbers that are given out anew each time the index is made. */
static bool is_numbering(const char *column)
{
    return !strcmp(column, "docid") || !strncmp(column, "order_", 6);
}

static void hash_column(struct sha256 *sum, sqlite3_stmt *s, int i)
{
    int type = sqlite3_column_type(s, i);
    const void *bytes =
        type == SQLITE_BLOB ? sqlite3_column_blob(s, i) : (const void *)sqlite3_column_text(s, i);
    int len = sqlite3_column_bytes(s, i);
    char head[32];
    int n = snprintf(head, sizeof head, "%d:%d:", type, len);
    sha256_add(sum, head, (size_t)n);
    sha256_add(sum, bytes ? bytes : "", (size_t)len);
}

static enum status hash_query(struct db *db, enum query_id query, struct sha256 *sum)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, query, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        for (int i = 0; i < sqlite3_column_count(s); i++)
            if (!is_numbering(sqlite3_column_name(s, i)))
                hash_column(sum, s, i);
    return status;
}

/* What the index says, however it numbers its documents. */
static enum status hash_index(struct db *db, uint8_t hash[SHA256_BYTES])
{
    static const enum query_id queries[] = {QUERY_INDEX_ROWS, QUERY_INDEX_ORDER_KM,
                                            QUERY_INDEX_ORDER_EN, QUERY_INDEX_WORDS,
                                            QUERY_INDEX_COUNTS};
    struct sha256 sum;
    enum status status = STATUS_OK;
    sha256_init(&sum);
    for (size_t i = 0; status == STATUS_OK && i < sizeof queries / sizeof *queries; i++)
        status = hash_query(db, queries[i], &sum);
    if (status == STATUS_OK)
        status = check_hash_postings(db, &sum);
    if (status == STATUS_OK)
        sha256_end(&sum, hash);
    return status;
}

struct state {
    uint8_t tables[SHA256_BYTES], index[SHA256_BYTES];
};

static enum status read_state(struct db *db, struct state *ret_state)
{
    enum status status = op_state_hash(db, ret_state->tables);
    return status == STATUS_OK ? hash_index(db, ret_state->index) : status;
}

static enum status compare_copy(struct work *w, struct db *copy)
{
    struct state kept, anew;
    enum status status = judge_status(w, CHECK_LOG, op_check_chain(copy), copy);
    if (status == STATUS_OK)
        status = tell(w, 500);
    if (status == STATUS_OK)
        status = read_state(copy, &kept);
    if (status == STATUS_OK)
        status = tell(w, 600);
    if (status == STATUS_OK)
        status = op_fold_all(copy);
    if (status == STATUS_OK)
        status = tell(w, 850);
    if (status == STATUS_OK)
        status = read_state(copy, &anew);
    if (status != STATUS_OK)
        return judge_status(w, CHECK_FOLD, status, copy);
    bool tables = !memcmp(kept.tables, anew.tables, sizeof kept.tables);
    bool index = !memcmp(kept.index, anew.index, sizeof kept.index);
    judge(w, CHECK_FOLD, tables ? CHECK_GOOD : CHECK_WRONG,
          tables ? "" : "the tables are not what the log says");
    judge(w, CHECK_INDEX, index ? CHECK_GOOD : CHECK_WRONG,
          index ? "" : "the index is not what the tables say");
    return STATUS_OK;
}

static enum status check_log(struct work *w)
{
    struct db *copy;
    enum status status = db_copy_private(w->db, NULL, &copy);
    if (status != STATUS_OK)
        return judge_status(w, CHECK_LOG, status, w->db);
    status = compare_copy(w, copy);
    db_close(copy);
    return status;
}

/* --- around the file
 * --------------------------------------------------------------------------------- */

static void check_access(struct work *w, const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    struct text name = TEXT_INIT;
    struct stat st;
    judge(w, CHECK_ACCESS, CHECK_GOOD, "");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        text_clear(&name);
        text_addf(&name, "%s%s", path, parts[i]);
        if (!stat(name.bytes, &st) && (st.st_mode & 077))
            judge(w, CHECK_ACCESS, CHECK_ADVICE, name.bytes);
    }
    text_release(&name);
}

static void check_backup(struct work *w, const char *path)
{
    struct backup_list list;
    enum { DAY_MS = 24 * 60 * 60 * 1000 };
    if (backup_list_load(path, &list) != STATUS_OK)
        return;
    int64_t oldest = db_now_ms(w->db) / 1000 - (int64_t)CHECK_BACKUP_DAYS * (DAY_MS / 1000);
    bool good = list.count && list.rows[0].time >= oldest;
    judge(w, CHECK_BACKUP, good ? CHECK_GOOD : CHECK_ADVICE, list.count ? list.rows[0].path : "");
    backup_list_release(&list);
}

enum status check_run(struct db *db, const struct progress *progress,
                      struct check_report *ret_report)
{
    struct work w = {.db = db, .progress = progress};
    const char *path = sqlite3_db_filename(db->sqlite, "main");
    enum status status = tell(&w, 0);
    if (status == STATUS_OK)
        status = judge_status(&w, CHECK_FILE, db_integrity(db), db);
    if (status == STATUS_OK)
        status = tell(&w, 200);
    if (status == STATUS_OK)
        status = judge_status(&w, CHECK_REFERENCES, check_references(db), db);
    if (status == STATUS_OK)
        status = tell(&w, 250);
    if (status == STATUS_OK)
        status = check_log(&w);
    if (status == STATUS_OK && path && *path) {
        check_access(&w, path);
        check_backup(&w, path);
    }
    if (status == STATUS_OK)
        status = tell(&w, 1000);
    if (status == STATUS_OK)
        *ret_report = w.report;
    return status;
}

bool check_is_wrong(const struct check_report *report)
{
    for (int i = 0; i < CHECK_STEPS; i++)
        if (report->steps[i].verdict == CHECK_WRONG)
            return true;
    return false;
}
