/* Does a service really hold a run of syllables of which the index only knows that it has every
 * pair? All texts that were indexed are looked through; marks that the looser key drops and spaces
 * do not count, as in the index. */
#include <stdlib.h>
#include <string.h>

#include "db/search_plan.h"
#include "i18n/key.h"

/* Without spaces and without marks. */
static void squeeze(const char *key, size_t len, struct text *out)
{
    text_clear(out);
    text_reserve(out, len);
    char *loose = mem_alloc(len + 1);
    size_t n = token_loosen(key, len, loose);
    for (size_t i = 0; i < n; i++)
        if (loose[i] != ' ')
            text_addc(out, loose[i]);
    free(loose);
}

bool text_holds(const char *key, size_t len, const char *run, size_t run_len)
{
    struct text a = TEXT_INIT, b = TEXT_INIT;
    squeeze(key, len, &a);
    squeeze(run, run_len, &b);
    bool holds = strstr(a.bytes, b.bytes) != NULL;
    text_release(&a);
    text_release(&b);
    return holds;
}

struct looker {
    struct db *db;
    const struct uuid *service;
    const char *run;
    size_t len;
    bool found;
};

static void look(struct looker *l, const char *text)
{
    if (l->found || !*text)
        return;
    struct text key = TEXT_INIT;
    key_make(&key, text, strlen(text), KEY_STRICT);
    l->found = text_holds(key.bytes, key.len, l->run, l->len);
    text_release(&key);
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

/* Names of an area and of those around it, with their unit words. */
static enum status look_in_area(struct looker *l, const char *code)
{
    enum status status = STATUS_OK;
    for (size_t len = 2; status == STATUS_OK && !l->found && len <= strlen(code); len += 2) {
        sqlite3_stmt *s;
        bool row;
        status = db_query(l->db, QUERY_AREA_GET, &s);
        if (status != STATUS_OK)
            break;
        bind_text_len(s, ":code", code, len);
        status = db_step(l->db, s, &row);
        int kind = status == STATUS_OK && row ? sqlite3_column_int(s, 2) : 0;
        if (kind > 0 && kind < AREA_KIND_COUNT) {
            struct text name = TEXT_INIT;
            enum message unit = area_kind_label((enum area_kind)kind);
            text_addf(&name, "%s%s\n%s %s", message_get(LANG_KM, unit), column_text(s, 3),
                      column_text(s, 4), message_get(LANG_EN, unit));
            look(l, name.bytes);
            text_release(&name);
        }
        sqlite3_reset(s);
        sqlite3_clear_bindings(s);
    }
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
        if ((status = look_in_area(l, column_text(s, 1))) != STATUS_OK)
            break;
    }
    sqlite3_reset(s);
    return status;
}

static enum status look_in_areas(struct looker *l)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(l->db, QUERY_DOC_AREAS, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", l->service);
    while ((status = db_step(l->db, s, &row)) == STATUS_OK && row && !l->found) {
        const char *code = column_text(s, 0);
        if (strcmp(code, AREA_COUNTRY_CODE) == 0) {
            look(l, message_get(LANG_KM, MSG_AREA_COUNTRY));
            look(l, message_get(LANG_EN, MSG_AREA_COUNTRY));
        } else if ((status = look_in_area(l, code)) != STATUS_OK) {
            break;
        }
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

enum status doc_holds(struct db *db, const struct uuid *service, const char *run, size_t len,
                      bool *ret_holds)
{
    struct looker l = {.db = db, .service = service, .run = run, .len = len};
    enum status (*const steps[])(struct looker *) = {look_in_service, look_in_places, look_in_areas,
                                                     look_in_terms};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && !l.found && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](&l);
    if (status == STATUS_OK)
        *ret_holds = l.found;
    return status;
}
