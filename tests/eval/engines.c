/* cpdir, and three engines that come with SQLite, each asked as well as it can be: words joined
 * with AND, the last one may go on; FTS5 by its own rank (bm25), LIKE in the order of the rows. */
#include "tests/eval/eval.h"

#include <unistd.h>

#include "db/search.h"

enum { WORDS_MOST = 16, TRIGRAM = 3, REFUSALS = 12 };

static void add_hit(struct hits *h, size_t item)
{
    if (h->count == h->room)
        h->items = mem_realloc(h->items, h->room = h->room ? h->room * 2 : 256, sizeof *h->items);
    h->items[h->count++] = item;
}

/* --- cpdir -------------------------------------------------------------------------------------
 */

/* What was taken for a filter is refused, so that all of it is text. True: something was. */
static bool refuse_guesses(struct query *query, const struct result *r)
{
    size_t before = query->refused_count;
    for (size_t i = 0; i < r->filter_count; i++)
        if (r->filters[i].guessed && query->refused_count < QUERY_FILTERS)
            query->refused[query->refused_count++] = r->filters[i];
    return query->refused_count > before;
}

static void ask_cpdir(void *context, const struct corpus *c, const struct set *set,
                      const char *typed, size_t limit, struct hits *out)
{
    struct db *db = context;
    struct query query = {.words = typed, .limit = set->as_text ? 1 : limit, .lang = LANG_KM};
    struct result r;
    for (int tries = 0;; tries++) {
        if (search_run(db, &query, &r) != STATUS_OK)
            bench_die("%s: %s", typed, db_error(db));
        bool again = set->as_text && tries < REFUSALS && refuse_guesses(&query, &r);
        if (!again && query.limit == limit)
            break;
        if (!again)
            query.limit = limit;
        result_release(&r);
    }
    for (size_t i = 0; i < r.count; i++) {
        size_t item = corpus_find(c, &r.rows[i].id);
        if (item != SIZE_MAX)
            add_hit(out, item);
    }
    result_release(&r);
}

/* --- the others --------------------------------------------------------------------------------
 */

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        bench_die("%s: %s", sql, sqlite3_errmsg(db));
    return s;
}

static void take_rows(sqlite3 *db, sqlite3_stmt *s, struct hits *out)
{
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW)
        add_hit(out, (size_t)sqlite3_column_int64(s, 0) - 1);
    if (rc != SQLITE_DONE)
        bench_die("select: %s", sqlite3_errmsg(db));
    sqlite3_finalize(s);
}

static size_t split(char *typed, char *words[WORDS_MOST])
{
    size_t count = 0;
    char *rest = NULL;
    for (char *word = strtok_r(typed, " ", &rest); word && count < WORDS_MOST;
         word = strtok_r(NULL, " ", &rest))
        words[count++] = word;
    return count;
}

static void ask_like(void *context, const struct corpus *c, const struct set *set,
                     const char *typed, size_t limit, struct hits *out)
{
    (void)c;
    (void)set;
    char *copy = mem_strdup(typed), *words[WORDS_MOST];
    size_t count = split(copy, words);
    struct text sql = TEXT_INIT;
    text_adds(&sql, "SELECT id FROM plain WHERE 1");
    for (size_t i = 0; i < count; i++)
        text_addf(&sql, " AND line LIKE '%%' || ?%zu || '%%'", i + 1);
    text_addf(&sql, " LIMIT %zu", limit);
    sqlite3_stmt *s = prepare(context, sql.bytes);
    for (size_t i = 0; i < count; i++)
        sqlite3_bind_text(s, (int)i + 1, words[i], -1, SQLITE_STATIC);
    take_rows(context, s, out);
    text_release(&sql);
    free(copy);
}

static size_t letters(const char *word)
{
    size_t count = 0;
    for (; *word; word++)
        count += ((unsigned char)*word & 0xC0) != 0x80;
    return count;
}

static void ask_fts(sqlite3 *db, const char *table, const char *typed, size_t limit, bool trigram,
                    struct hits *out)
{
    char *copy = mem_strdup(typed), *words[WORDS_MOST];
    size_t count = split(copy, words);
    struct text match = TEXT_INIT, sql = TEXT_INIT;
    for (size_t i = 0; i < count; i++)
        if (!trigram || letters(words[i]) >= TRIGRAM)
            text_addf(&match, "%s\"%s\"%s", match.len ? " AND " : "", words[i],
                      trigram ? "" : " *");
    text_addf(&sql, "SELECT rowid FROM %s WHERE %s MATCH ?1 ORDER BY rank LIMIT %zu", table, table,
              limit);
    if (match.len) {
        sqlite3_stmt *s = prepare(db, sql.bytes);
        sqlite3_bind_text(s, 1, match.bytes, -1, SQLITE_STATIC);
        take_rows(db, s, out);
    }
    text_release(&match);
    text_release(&sql);
    free(copy);
}

static void ask_unicode(void *context, const struct corpus *c, const struct set *set,
                        const char *typed, size_t limit, struct hits *out)
{
    (void)c;
    (void)set;
    ask_fts(context, "uni", typed, limit, false, out);
}

static void ask_trigram(void *context, const struct corpus *c, const struct set *set,
                        const char *typed, size_t limit, struct hits *out)
{
    (void)c;
    (void)set;
    ask_fts(context, "tri", typed, limit, true, out);
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        bench_die("%s: %s", sql, sqlite3_errmsg(db));
}

static sqlite3 *build_rivals(const struct corpus *c, const char *path)
{
    sqlite3 *db = NULL;
    unlink(path);
    if (sqlite3_open(path, &db) != SQLITE_OK)
        bench_die("%s: %s", path, sqlite3_errmsg(db));
    run(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;"
            "CREATE TABLE plain (id INTEGER PRIMARY KEY, line TEXT);"
            "CREATE VIRTUAL TABLE uni USING fts5 (line, content = plain, content_rowid = id,"
            " tokenize = 'unicode61');"
            "CREATE VIRTUAL TABLE tri USING fts5 (line, content = plain, content_rowid = id,"
            " tokenize = 'trigram')");
    sqlite3_stmt *s = prepare(db, "INSERT INTO plain (id, line) VALUES (?1, ?2)");
    for (size_t i = 0; i < c->count; i++) {
        sqlite3_bind_int64(s, 1, (int64_t)i + 1);
        sqlite3_bind_text(s, 2, c->items[i].line ? c->items[i].line : "", -1, SQLITE_STATIC);
        if (sqlite3_step(s) != SQLITE_DONE)
            bench_die("insert: %s", sqlite3_errmsg(db));
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
    run(db, "INSERT INTO uni (uni) VALUES ('rebuild'); INSERT INTO tri (tri) VALUES ('rebuild');"
            "COMMIT");
    return db;
}

size_t engines_open(const struct corpus *c, const char *path, struct engine engines[4])
{
    sqlite3 *rivals = build_rivals(c, path);
    engines[0] = (struct engine){"cpdir", ask_cpdir, c->db};
    engines[1] = (struct engine){"unicode61", ask_unicode, rivals};
    engines[2] = (struct engine){"trigram", ask_trigram, rivals};
    engines[3] = (struct engine){"LIKE", ask_like, rivals};
    return 4;
}

void engines_close(struct engine engines[4])
{
    sqlite3_close(engines[1].context);
}
