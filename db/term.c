/* The classification: fifty rows, read whole; see term.h. */
#include "db/term.h"

#include <string.h>

#include "db/internal.h"
#include "i18n/key.h"
#include "i18n/khmer.h"

void term_list_release(struct term_list *list)
{
    arena_release(&list->arena);
    *list = (struct term_list){0};
}

static void read_row(sqlite3_stmt *s, struct arena *a, struct term *term)
{
    const char **columns[] = {
        &term->code, &term->parent,          &term->name_km,    &term->name_en, NULL,
        NULL,        &term->primero_generic, &term->primero_kh, &term->oscar,   &term->outputs,
    };
    for (int i = 0; i < (int)(sizeof columns / sizeof *columns); i++)
        if (columns[i])
            *columns[i] = arena_strdup(a, column_text(s, i));
    term->tiers = (unsigned)sqlite3_column_int(s, 4);
    term->attested_km = sqlite3_column_int(s, 5) != 0;
    term->rank = sqlite3_column_int(s, 10);
}

enum status term_all(struct db *db, struct term_list *ret_terms)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_TERM_ALL, &s);
    if (status != STATUS_OK)
        return status;
    struct term_list list = {0};
    size_t room = 0;
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        list.rows = arena_grow(&list.arena, list.rows, list.count, &room, sizeof *list.rows);
        read_row(s, &list.arena, &list.rows[list.count++]);
    }
    if (status == STATUS_OK)
        *ret_terms = list;
    else
        term_list_release(&list);
    return status;
}

bool term_has_key(const char *name, const struct text *key)
{
    struct text own = TEXT_INIT;
    key_make(&own, name, strlen(name), KEY_STRICT);
    bool same = own.len == key->len && memcmp(own.bytes, key->bytes, key->len) == 0;
    text_release(&own);
    return same;
}

enum status term_find(struct db *db, const char *typed, struct term_list *ret_terms)
{
    struct term_list list;
    enum status status = term_all(db, &list);
    if (status != STATUS_OK)
        return status;
    struct text key = TEXT_INIT;
    key_make(&key, typed, strlen(typed), KEY_STRICT);
    size_t kept = 0;
    for (size_t i = 0; key.len && i < list.count; i++) {
        const struct term *term = &list.rows[i];
        if (term_has_key(term->code, &key) || term_has_key(term->name_km, &key) ||
            term_has_key(term->name_en, &key))
            list.rows[kept++] = *term;
    }
    list.count = kept;
    text_release(&key);
    if (kept == 0) {
        term_list_release(&list);
        return STATUS_NOT_FOUND;
    }
    *ret_terms = list;
    return STATUS_OK;
}

static void normal(struct text *out, const char *name)
{
    khmer_normalize(out, name ? name : "", name ? strlen(name) : 0, NORMAL_NAME);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

enum status term_put(struct db *db, const struct term *term)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_TERM_PUT, &s);
    if (status != STATUS_OK)
        return status;
    struct text km = TEXT_INIT, en = TEXT_INIT;
    normal(&km, term->name_km);
    normal(&en, term->name_en);
    bind_text(s, ":code", term->code);
    bind_text(s, ":parent", or_empty(term->parent));
    bind_text(s, ":name_km", km.bytes);
    bind_text(s, ":name_en", en.bytes);
    bind_int(s, ":tiers", term->tiers);
    bind_int(s, ":attested_km", term->attested_km);
    bind_int(s, ":rank", term->rank);
    bind_text(s, ":primero_generic", or_empty(term->primero_generic));
    bind_text(s, ":primero_kh", or_empty(term->primero_kh));
    bind_text(s, ":oscar", or_empty(term->oscar));
    bind_text(s, ":outputs", or_empty(term->outputs));
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    text_release(&km);
    text_release(&en);
    return status;
}
