/* Does a service really hold a run of syllables of which the index only knows that it has every
 * pair? All texts that were indexed are looked through; marks that the looser key drops and spaces
 * do not count, as in the index. */
#include <stdlib.h>
#include <string.h>

#include "db/search_plan.h"
#include "i18n/key.h"

void text_squeeze(const char *key, size_t len, struct text *out)
{
    text_clear(out);
    text_reserve(out, len + 1);
    size_t n = token_loosen(key, len, out->bytes), kept = 0;
    for (size_t i = 0; i < n; i++)
        if (out->bytes[i] != ' ')
            out->bytes[kept++] = out->bytes[i];
    out->bytes[kept] = '\0';
    out->len = kept;
}

bool text_holds(const char *key, size_t len, const struct text *bare, struct text *work)
{
    if (len < bare->len)
        return false;
    text_squeeze(key, len, work);
    return strstr(work->bytes, bare->bytes) != NULL;
}

struct looker {
    struct db *db;
    const struct uuid *service;
    const char *run;
    const struct text *bare;
    struct text key, work;
    bool found;
};

/* As it was typed, which costs little; then as a key. */
static void look(struct looker *l, const char *text)
{
    size_t len = strlen(text);
    if (l->found || len < l->bare->len)
        return;
    l->found = strstr(text, l->run) != NULL;
    if (l->found)
        return;
    text_clear(&l->key);
    key_make(&l->key, text, len, KEY_STRICT);
    l->found = text_holds(l->key.bytes, l->key.len, l->bare, &l->work);
}

static enum status look_in_service(struct looker *l)
{
    enum { FIRST_TEXT = 8, TEXTS_END = 16 }; /* columns of doc_service */
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(l->db, QUERY_DOC_SERVICE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", l->service);
    status = db_step(l->db, s, &row);
    for (int i = FIRST_TEXT; status == STATUS_OK && row && i < TEXTS_END; i++)
        look(l, column_text(s, i));
    sqlite3_reset(s);
    return status;
}

static enum status look_in_places(struct looker *l)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(l->db, QUERY_DOC_PLACES, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", l->service);
    while ((status = db_step(l->db, s, &row)) == STATUS_OK && row && !l->found) {
        if (sqlite3_column_int(s, 2) != VALUE_CONFIDENTIALITY_PUBLIC)
            continue;
        for (int i = 3; i < 7; i++)
            look(l, column_text(s, i));
    }
    sqlite3_reset(s);
    return status;
}

static enum status look_in_terms(struct looker *l)
{
    struct search *search;
    sqlite3_stmt *s;
    bool row;
    enum status status = search_terms(l->db, &search);
    if (status == STATUS_OK)
        status = db_query(l->db, QUERY_DOC_TERMS, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", l->service);
    while ((status = db_step(l->db, s, &row)) == STATUS_OK && row && !l->found)
        for (size_t i = 0; i < search->terms.count; i++)
            if (strcmp(search->terms.rows[i].code, column_text(s, 0)) == 0) {
                look(l, search->terms.rows[i].name_km);
                look(l, search->terms.rows[i].name_en);
            }
    sqlite3_reset(s);
    return status;
}

enum status doc_holds(struct db *db, const struct uuid *service, const struct run *run,
                      const struct text *bare, bool *ret_holds)
{
    struct looker l = {.db = db,
                       .service = service,
                       .run = run->bytes,
                       .bare = bare,
                       .key = TEXT_INIT,
                       .work = TEXT_INIT};
    enum status (*const steps[])(struct looker *) = {look_in_service, look_in_places,
                                                     look_in_terms};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && !l.found && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](&l);
    text_release(&l.key);
    text_release(&l.work);
    if (status == STATUS_OK)
        *ret_holds = l.found;
    return status;
}
