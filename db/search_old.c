/* What files of before the postings need: their words lay in an FTS5 table, which SQLite only drops
 * while it knows the table's tokenizer. It splits nothing here. */
#include "db/internal.h"

static int create(void *context, const char **args, int count, Fts5Tokenizer **ret)
{
    (void)args;
    (void)count;
    *ret = context; /* it has no state; any pointer but NULL */
    return SQLITE_OK;
}

static void delete (Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

static int split(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int len,
                 int (*emit)(void *, int, const char *, int, int, int))
{
    (void)tokenizer;
    (void)context;
    (void)flags;
    (void)text;
    (void)len;
    (void)emit;
    return SQLITE_OK;
}

static int fts5_interface(sqlite3 *sqlite, fts5_api **ret_api)
{
    sqlite3_stmt *s;
    int rc = sqlite3_prepare_v2(sqlite, "SELECT fts5(?1)", -1, &s, NULL);
    if (rc != SQLITE_OK)
        return rc;
    sqlite3_bind_pointer(s, 1, ret_api, "fts5_api_ptr", NULL);
    rc = sqlite3_step(s);
    sqlite3_finalize(s);
    return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

enum status search_know_old(struct db *db)
{
    static fts5_tokenizer tokenizer = {create, delete, split};
    fts5_api *api = NULL;
    int rc = fts5_interface(db->sqlite, &api);
    if (rc == SQLITE_OK && api)
        rc = api->xCreateTokenizer(api, "cpdir", db, &tokenizer, NULL);
    return rc == SQLITE_OK && api ? STATUS_OK : db_fail(db, rc == SQLITE_OK ? SQLITE_ERROR : rc);
}
