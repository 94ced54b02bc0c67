/* Reference data from the seed into an older file; see reference.h. */
#include "db/reference.h"

#include <stdlib.h>
#include <string.h>

#include "db/due.h"
#include "db/internal.h"
#include "db/need.h"
#include "db/plan_output.h"
#include "db/search.h"
#include "db/search_index.h"
#include "db/term.h"

static const char version_key[] = "reference";

enum status reference_mark(struct db *db, const char *version)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_META_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":key", version_key);
    bind_text(s, ":value", version);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    return status;
}

/* "" where the file has none. */
static enum status read_version(struct db *db, struct text *out)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_META_GET, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":key", version_key);
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row)
        text_adds(out, column_text(s, 0));
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return status;
}

/* The seed where it lies in memory: nothing of it is copied or written. */
static enum status open_seed(struct seed seed, struct db **ret_db)
{
    struct db *db = mem_zalloc(1, sizeof *db);
    db->read_only = true;
    int rc =
        sqlite3_open_v2(":memory:", &db->sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_deserialize(db->sqlite, "main", (unsigned char *)(uintptr_t)seed.bytes,
                                 (sqlite3_int64)seed.len, (sqlite3_int64)seed.len,
                                 SQLITE_DESERIALIZE_READONLY);
    if (rc != SQLITE_OK) {
        enum status status = db_fail(db, rc);
        db_close(db);
        return status;
    }
    *ret_db = db;
    return STATUS_OK;
}

/* --- copying
 * ----------------------------------------------------------------------------------------- */

static bool is_same(const struct term *a, const struct term *b)
{
    return strcmp(a->code, b->code) == 0 && strcmp(a->parent, b->parent) == 0 &&
           strcmp(a->name_km, b->name_km) == 0 && strcmp(a->name_en, b->name_en) == 0 &&
           a->tiers == b->tiers && a->rank == b->rank;
}

static enum status copy_terms(struct db *db, struct db *seed, bool *ret_changed)
{
    struct term_list own = {0}, wanted = {0};
    enum status status = term_all(db, &own);
    if (status == STATUS_OK)
        status = term_all(seed, &wanted);
    bool changed = own.count != wanted.count;
    for (size_t i = 0; status == STATUS_OK && i < wanted.count; i++) {
        changed = changed || !is_same(&own.rows[i], &wanted.rows[i]);
        status = term_put(db, &wanted.rows[i]);
    }
    term_list_release(&own);
    term_list_release(&wanted);
    *ret_changed = changed;
    return status;
}

static enum status copy_needs(struct db *db, struct db *seed)
{
    struct need_list needs = {0};
    enum status status = need_all(seed, &needs);
    for (size_t i = 0; status == STATUS_OK && i < needs.count; i++)
        status = need_put(db, &needs.rows[i], (int)i + 1);
    need_list_release(&needs);
    return status;
}

static enum status copy_outputs(struct db *db, struct db *seed)
{
    struct plan_output_list list = {0};
    enum status status = plan_output_all(seed, &list);
    for (size_t i = 0; status == STATUS_OK && i < list.count; i++) {
        const struct plan_output *o = &list.rows[i];
        status = plan_output_put(db, o->code, o->title_en, o->title_km);
    }
    plan_output_list_release(&list);
    return status;
}

static enum status clear(struct db *db, enum query_id query)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, query, &s);
    return status == STATUS_OK ? db_run(db, s) : status;
}

static enum status copy_synonyms(struct db *db, struct db *seed)
{
    static const char *const columns[] = {":key", ":kind", ":value", ":words"};
    sqlite3_stmt *from, *to;
    bool row;
    enum status status = clear(db, QUERY_SYNONYM_CLEAR);
    if (status == STATUS_OK)
        status = db_query(seed, QUERY_SYNONYM_ALL, &from);
    while (status == STATUS_OK && (status = db_step(seed, from, &row)) == STATUS_OK && row) {
        status = db_query(db, QUERY_SYNONYM_PUT, &to);
        for (int i = 0; status == STATUS_OK && i < 4; i++)
            bind_text(to, columns[i], column_text(from, i));
        if (status == STATUS_OK) {
            status = db_run(db, to);
            sqlite3_clear_bindings(to);
        }
    }
    return status;
}

/* An office's own due.tsv lies beside the directory: nothing of it stands in this table. */
static enum status copy_due_rules(struct db *db, struct db *seed)
{
    struct due_rules rules;
    enum status status = clear(db, QUERY_DUE_RULE_CLEAR);
    if (status == STATUS_OK)
        status = due_rules_load(seed, &rules);
    for (size_t i = 0; status == STATUS_OK && i < rules.count; i++)
        status = due_rule_put(db, &rules.rows[i]);
    return status;
}

static enum status copy_all(struct db *db, struct db *seed, const char *version)
{
    bool changed = false;
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = copy_terms(db, seed, &changed);
    if (status == STATUS_OK)
        status = copy_needs(db, seed);
    if (status == STATUS_OK)
        status = copy_outputs(db, seed);
    if (status == STATUS_OK)
        status = copy_synonyms(db, seed);
    if (status == STATUS_OK)
        status = copy_due_rules(db, seed);
    if (status == STATUS_OK)
        status = reference_mark(db, version);
    search_forget(db);
    if (status == STATUS_OK && changed)
        status = search_rebuild(db);
    if (status == STATUS_OK)
        return db_commit(db);
    db_rollback(db);
    return status;
}

enum status reference_update(struct db *db, struct seed seed)
{
    struct text own = TEXT_INIT, wanted = TEXT_INIT;
    struct db *born = NULL;
    enum status status = open_seed(seed, &born);
    if (status != STATUS_OK)
        return status;
    status = read_version(db, &own);
    if (status == STATUS_OK)
        status = read_version(born, &wanted);
    if (status == STATUS_OK && strcmp(own.bytes, wanted.bytes) != 0)
        status = copy_all(db, born, wanted.bytes);
    db_close(born);
    text_release(&own);
    text_release(&wanted);
    return status;
}
