/* One document of the index: its row, its place in the lists, its tokens and what it counts for.
 * Taking it out needs exactly what was put in: both are made from the same struct doc. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_index.h"
#include "i18n/key.h"
#include "i18n/wrap.h"

int64_t list_of_area(const char *code)
{
    if (!*code || strcmp(code, AREA_COUNTRY_CODE) == 0)
        return LIST_COUNTRY;
    int64_t list = 1;
    for (; *code >= '0' && *code <= '9'; code++)
        list = list * 10 + (*code - '0');
    return list;
}

int64_t list_of_type(const char *code)
{
    int64_t number = 0;
    for (const char *p = *code ? code + 1 : code; *p >= '0' && *p <= '9' && number < 100; p++)
        number = number * 10 + (*p - '0');
    return -((int64_t)(unsigned char)*code * 1000 + number);
}

int64_t list_of_status(int status)
{
    return -1000000 - status;
}

/* --- lists -------------------------------------------------------------------------------------
 */

static int64_t rank_of(const struct doc *doc, enum how how)
{
    int64_t kind = 0;
    while (kind < KIND_BITS && !(doc->kinds >> kind & 1))
        kind++;
    return (int64_t)how << RANK_HOW_SHIFT | kind << RANK_KIND_SHIFT |
           (doc->facets & FACET_UNCONFIRMED ? RANK_UNCONFIRMED : 0) |
           (doc->verified < 0 ? RANK_UNVERIFIED : 0);
}

static bool any_inside(char (*codes)[AREA_CODE], size_t count, const char *area, bool itself)
{
    for (size_t i = 0; i < count; i++) {
        bool same = strcmp(codes[i], area) == 0;
        if (itself ? same
                   : !same && strcmp(codes[i], AREA_COUNTRY_CODE) != 0 &&
                         area_contains(area, codes[i]))
            return true;
    }
    return false;
}

static enum how how_of(const struct doc *doc, const char *area)
{
    bool located = any_inside(doc->located, doc->located_count, area, true) ||
                   any_inside(doc->located, doc->located_count, area, false);
    bool exact = any_inside(doc->covers, doc->cover_count, area, true);
    if (located)
        return exact ? HOW_OWN : HOW_LOCATED;
    return exact ? HOW_COVERS : HOW_PART;
}

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

/* Every area the document has to do with; free(codes). */
static struct area_set areas_of(const struct doc *doc)
{
    struct area_set set = {0};
    for (size_t i = 0; i < doc->located_count; i++)
        add_prefixes(&set, doc->located[i], 2);
    for (size_t i = 0; i < doc->cover_count; i++)
        add_prefixes(&set, doc->covers[i], 2);
    return set;
}

static enum status write_list(struct db *db, const struct doc *doc, int64_t list, int64_t rank,
                              bool put)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, put ? QUERY_LIST_PUT : QUERY_LIST_DELETE, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":list", list);
    bind_int(s, ":rank", rank);
    bind_int(s, ":docid", doc->docid);
    if (put) {
        bind_int(s, ":kinds", (int64_t)doc->kinds);
        bind_int(s, ":facets", doc->facets);
    }
    return db_run(db, s);
}

static enum status write_type_lists(struct db *db, const struct doc *doc, bool put)
{
    enum status status = STATUS_OK;
    char groups[32] = "";
    for (const char *p = doc->types.bytes; status == STATUS_OK && *p;) {
        size_t len = strcspn(p, " ");
        char code[8] = "", group[2] = {*p, '\0'};
        memcpy(code, p, len < sizeof code ? len : sizeof code - 1);
        int64_t rank = rank_of(doc, HOW_OWN);
        if (len > 1)
            status = write_list(db, doc, list_of_type(code), rank, put);
        if (status == STATUS_OK && !strchr(groups, *p) && strlen(groups) + 1 < sizeof groups) {
            strcat(groups, group);
            status = write_list(db, doc, list_of_type(group), rank, put);
        }
        p += len + (p[len] == ' ');
    }
    return status;
}

static enum status write_lists(struct db *db, const struct doc *doc, bool put)
{
    if (doc->status == VALUE_STATUS_CLOSED)
        return write_list(db, doc, list_of_status(doc->status), rank_of(doc, HOW_OWN), put);
    enum status status = write_list(db, doc, LIST_ALL, rank_of(doc, HOW_OWN), put);
    struct area_set set = areas_of(doc);
    for (size_t i = 0; status == STATUS_OK && i < set.count; i++) {
        const char *area = set.codes[i];
        status = write_list(db, doc, list_of_area(area), rank_of(doc, how_of(doc, area)), put);
    }
    free(set.codes);
    return status == STATUS_OK ? write_type_lists(db, doc, put) : status;
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

/* --- tokens ------------------------------------------------------------------------------------
 */

static enum status write_text(struct db *db, const struct doc *doc, bool put)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, put ? QUERY_TEXT_PUT : QUERY_TEXT_DELETE, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":docid", doc->docid);
    bind_text_len(s, ":tokens", doc->tokens.bytes, doc->tokens.len);
    return db_run(db, s);
}

static enum status run_word(struct db *db, enum query_id query, const char *word, size_t len)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, query, &s);
    if (status != STATUS_OK)
        return status;
    bind_text_len(s, ":word", word, len);
    return db_run(db, s);
}

static enum status write_words(struct db *db, const struct doc *doc, bool put)
{
    enum status status = STATUS_OK;
    for (const char *p = doc->tokens.bytes; status == STATUS_OK && *p;) {
        size_t len = strcspn(p, " ");
        status = run_word(db, put ? QUERY_WORD_MORE : QUERY_WORD_LESS, p, len);
        if (status == STATUS_OK && !put)
            status = run_word(db, QUERY_WORD_NONE, p, len);
        p += len + (p[len] == ' ');
    }
    return status;
}

/* --- the row -------------------------------------------------------------------------------------
 */

/* The search key of a name; *ret_own false where lower case of the name is the same. */
static void name_key(const char *name, struct text *key, bool *ret_own)
{
    key_make(key, name, strlen(name), KEY_STRICT);
    size_t i = 0;
    while (i < key->len && key->bytes[i] == (char)tolower((unsigned char)name[i]))
        i++;
    *ret_own = i < key->len || name[i];
}

/* Distances between the beginnings of words, a byte each; ends where one is too long for that. */
static void word_starts(const struct text *key, struct text *out)
{
    size_t words, at = 0;
    size_t *starts = wrap_words(key->bytes, key->len, &words);
    for (size_t i = 1; i + 1 < words && starts[i] - at < 256; i++) {
        if (key->bytes[starts[i]] == ' ')
            continue;
        text_addc(out, (char)(unsigned char)(starts[i] - at));
        at = starts[i];
    }
    free(starts);
}

static void join(struct text *out, char (*codes)[AREA_CODE], size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_addf(out, "%s%s", out->len ? " " : "", codes[i]);
}

static enum status put_row(struct db *db, const struct doc *doc)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_ROW_PUT, &s);
    if (status != STATUS_OK)
        return status;
    struct text km = TEXT_INIT, en = TEXT_INIT, words = TEXT_INIT, located = TEXT_INIT,
                covers = TEXT_INIT;
    bool own_km, own_en;
    name_key(doc->name[LANG_KM], &km, &own_km);
    name_key(doc->name[LANG_EN], &en, &own_en);
    word_starts(&km, &words);
    join(&located, doc->located, doc->located_count);
    join(&covers, doc->covers, doc->cover_count);
    bind_int(s, ":docid", doc->docid);
    bind_id(s, ":service", &doc->service);
    if (doc->has_organization)
        bind_id(s, ":organization", &doc->organization);
    bind_text(s, ":name_km", doc->name[LANG_KM]);
    bind_text(s, ":name_en", doc->name[LANG_EN]);
    bind_text(s, ":key_km", own_km ? km.bytes : NULL);
    bind_text(s, ":key_en", own_en ? en.bytes : NULL);
    bind_blob(s, ":words", words.bytes, words.len);
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
    struct text *texts[] = {&km, &en, &words, &located, &covers};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text_release(texts[i]);
    return status;
}

enum status doc_put(struct db *db, const struct doc *doc, bool bulk)
{
    enum status status = put_row(db, doc);
    if (status == STATUS_OK)
        status = write_lists(db, doc, true);
    if (status == STATUS_OK)
        status = write_counts(db, doc, 1);
    if (status == STATUS_OK)
        status = write_text(db, doc, true);
    return status == STATUS_OK && !bulk ? write_words(db, doc, true) : status;
}

enum status doc_take(struct db *db, const struct doc *doc)
{
    sqlite3_stmt *s;
    enum status status = write_text(db, doc, false);
    if (status == STATUS_OK)
        status = write_words(db, doc, false);
    if (status == STATUS_OK)
        status = write_counts(db, doc, -1);
    if (status == STATUS_OK)
        status = write_lists(db, doc, false);
    if (status == STATUS_OK)
        status = db_query(db, QUERY_ROW_DELETE, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":docid", doc->docid);
    return db_run(db, s);
}
