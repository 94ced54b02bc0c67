/* One document of the index: its row, its tokens and what it counts for. Taking it out needs
 * exactly what was put in: both are made from the same struct doc. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_index.h"

struct area_set {
    char (*codes)[AREA_CODE];
    size_t count, room;
};

static void add_prefixes(struct area_set *set, const char *code, size_t from)
{
    for (size_t len = from; len <= strlen(code); len += 2) {
        bool known = false;
        for (size_t i = 0; i < set->count && !known; i++)
            known = strlen(set->codes[i]) == len && memcmp(set->codes[i], code, len) == 0;
        if (known)
            continue;
        if (set->count == set->room) {
            set->room = set->room ? set->room * 2 : 16;
            set->codes = mem_realloc(set->codes, set->room, sizeof *set->codes);
        }
        memcpy(set->codes[set->count], code, len);
        set->codes[set->count++][len] = '\0';
    }
}

/* --- counts ------------------------------------------------------------------------------------
 */

static enum status count(struct db *db, enum query_id query, const char *area, int step)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, query, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":area", area);
    bind_int(s, ":step", step);
    status = db_run(db, s);
    if (status != STATUS_OK || step > 0)
        return status;
    status = db_query(db, QUERY_COUNT_CLEAN, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":area", area);
    return db_run(db, s);
}

static enum status write_counts(struct db *db, const struct doc *doc, int step)
{
    if (doc->status == VALUE_STATUS_CLOSED)
        return STATUS_OK;
    struct area_set set = {0};
    for (size_t i = 0; i < doc->located_count; i++)
        add_prefixes(&set, doc->located[i], 2);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < set.count; i++)
        status = count(db, QUERY_COUNT_LOCATED, set.codes[i], step);
    for (size_t i = 0; status == STATUS_OK && i < doc->cover_count; i++)
        status = count(db, QUERY_COUNT_COVERING, doc->covers[i], step);
    free(set.codes);
    return status;
}

/* --- the row -------------------------------------------------------------------------------------
 */

/* Is the key of a name more than its lower case? */
static bool has_own_key(const char *name, const struct text *key)
{
    size_t i = 0;
    while (i < key->len && key->bytes[i] == (char)tolower((unsigned char)name[i]))
        i++;
    return i < key->len || name[i];
}

static void join(struct text *out, char (*codes)[AREA_CODE], size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_addf(out, "%s%s", out->len ? " " : "", codes[i]);
}

enum status doc_put_row(struct db *db, const struct doc *doc)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_ROW_PUT, &s);
    if (status != STATUS_OK)
        return status;
    struct text located = TEXT_INIT, covers = TEXT_INIT;
    const struct text *km = &doc->key[LANG_KM], *en = &doc->key[LANG_EN];
    join(&located, doc->located, doc->located_count);
    join(&covers, doc->covers, doc->cover_count);
    bind_int(s, ":docid", doc->docid);
    bind_id(s, ":service", &doc->service);
    if (doc->has_organization)
        bind_id(s, ":organization", &doc->organization);
    bind_text(s, ":name_km", doc->name[LANG_KM]);
    bind_text(s, ":name_en", doc->name[LANG_EN]);
    bind_text(s, ":key_km", has_own_key(doc->name[LANG_KM], km) ? km->bytes : NULL);
    bind_text(s, ":key_en", has_own_key(doc->name[LANG_EN], en) ? en->bytes : NULL);
    bind_blob(s, ":words", doc->starts.bytes, doc->starts.len);
    bind_text(s, ":types", doc->types.bytes);
    bind_text(s, ":located", located.bytes);
    bind_text(s, ":covers", covers.bytes);
    bind_text(s, ":phones", doc->phones.bytes);
    bind_int(s, ":verified", doc->verified);
    bind_int(s, ":kinds", (int64_t)doc->kinds);
    bind_int(s, ":facets", doc->facets);
    bind_int(s, ":order_km", doc->order[LANG_KM]);
    bind_int(s, ":order_en", doc->order[LANG_EN]);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    text_release(&located);
    text_release(&covers);
    return status == STATUS_OK ? write_counts(db, doc, 1) : status;
}

enum status doc_put(struct db *db, const struct doc *doc)
{
    enum status status = doc_put_row(db, doc);
    return status == STATUS_OK ? change_tokens(db, doc, true) : status;
}

enum status doc_take(struct db *db, const struct doc *doc)
{
    sqlite3_stmt *s;
    enum status status = change_tokens(db, doc, false);
    if (status == STATUS_OK)
        status = write_counts(db, doc, -1);
    if (status == STATUS_OK)
        status = db_query(db, QUERY_ROW_DELETE, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":docid", doc->docid);
    return db_run(db, s);
}
