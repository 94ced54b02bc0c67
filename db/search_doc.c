/* What the index says of one service, gathered from the folded tables. What is not public stays
 * out: places and telephone numbers above confidentiality 0 are not found by anybody. */
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/op.h"
#include "db/search_index.h"

enum { AREAS_NAMED = 24 }; /* areas of one service whose names are indexed */

const char *doc_name(const struct doc *doc, enum lang lang)
{
    return *doc->name[lang] ? doc->name[lang] : doc->name[lang == LANG_KM ? LANG_EN : LANG_KM];
}

void doc_release(struct doc *doc)
{
    text_release(&doc->types);
    text_release(&doc->phones);
    text_release(&doc->tokens);
    free(doc->located);
    free(doc->covers);
    arena_release(&doc->arena);
    *doc = (struct doc){0};
}

/* What is gathered before it becomes bits of facets. */
struct gather {
    struct db *db;
    struct search *search;
    struct doc *doc;
    int64_t confidence; /* of the service */
    int64_t phone_confidence;
    size_t phone_count;
    bool confirmed, all_day;
    struct uuid places[32];
    size_t place_count;
};

static void add_text(struct gather *g, char space, const char *words)
{
    word_set_text(g->search->words, &g->doc->tokens, space, words);
}

static void add_code(char (**codes)[AREA_CODE], size_t *count, const char *code)
{
    if (!*code || strlen(code) >= AREA_CODE)
        return;
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*codes)[i], code) == 0)
            return;
    *codes = mem_realloc(*codes, *count + 1, sizeof **codes);
    memcpy((*codes)[(*count)++], code, strlen(code) + 1);
}

/* An abbreviation is also typed without its dots. */
static void add_abbreviations(struct gather *g, const char *text)
{
    struct text plain = TEXT_INIT;
    for (const char *p = text; *p; p++)
        if (*p != '.')
            text_addc(&plain, *p);
    add_text(g, 't', text);
    add_text(g, 't', plain.bytes);
    text_release(&plain);
}

static int64_t age(sqlite3_stmt *s, int column, int64_t none)
{
    if (sqlite3_column_type(s, column) == SQLITE_NULL)
        return none;
    int64_t years = sqlite3_column_int64(s, column);
    return years < 0 ? 0 : years > AGE_OPEN ? AGE_OPEN : years;
}

static void read_service(struct gather *g, sqlite3_stmt *s)
{
    struct doc *doc = g->doc;
    doc->status = sqlite3_column_int(s, 0);
    doc->has_organization = column_id(s, 1, &doc->organization);
    doc->name[LANG_KM] = arena_strdup(&doc->arena, column_text(s, 2));
    doc->name[LANG_EN] = arena_strdup(&doc->arena, column_text(s, 3));
    int sex = sqlite3_column_int(s, 6);
    doc->facets = (int64_t)doc->status << FACET_STATUS_SHIFT | age(s, 4, 0) << FACET_AGE_SHIFT |
                  age(s, 5, AGE_OPEN) << FACET_AGE_MAX_SHIFT |
                  (sex == VALUE_SEX_MALE ? 0 : FACET_FEMALE) |
                  (sex == VALUE_SEX_FEMALE ? 0 : FACET_MALE);
    g->confidence = sqlite3_column_int64(s, 7);
    add_text(g, 'n', doc->name[LANG_KM]);
    add_text(g, 'n', doc->name[LANG_EN]);
    for (int i = 8; i < 14; i++)
        add_text(g, 't', column_text(s, i));
    add_abbreviations(g, column_text(s, 14));
    add_abbreviations(g, column_text(s, 15));
}

static enum status load_service(struct gather *g)
{
    sqlite3_stmt *s;
    enum status status = db_query(g->db, QUERY_DOC_SERVICE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", &g->doc->service);
    bool row;
    status = db_step(g->db, s, &row);
    if (status == STATUS_OK && row)
        read_service(g, s);
    if (status == STATUS_OK && !row)
        status = STATUS_NOT_FOUND;
    sqlite3_reset(s);
    return status;
}

static enum status load_places(struct gather *g)
{
    sqlite3_stmt *s;
    enum status status = db_query(g->db, QUERY_DOC_PLACES, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", &g->doc->service);
    bool row;
    while ((status = db_step(g->db, s, &row)) == STATUS_OK && row) {
        if (g->place_count < sizeof g->places / sizeof *g->places &&
            column_id(s, 0, &g->places[g->place_count]))
            g->place_count++;
        if (sqlite3_column_int(s, 2) != VALUE_CONFIDENTIALITY_PUBLIC)
            continue;
        add_code(&g->doc->located, &g->doc->located_count, column_text(s, 1));
        for (int i = 3; i < 7; i++)
            add_text(g, 't', column_text(s, i));
    }
    return status;
}

/* Areas come in order of code; one inside another that is covered too says nothing new. */
static enum status load_areas(struct gather *g)
{
    sqlite3_stmt *s;
    enum status status = db_query(g->db, QUERY_DOC_AREAS, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", &g->doc->service);
    bool row;
    struct doc *doc = g->doc;
    while ((status = db_step(g->db, s, &row)) == STATUS_OK && row) {
        const char *code = column_text(s, 0);
        if (strcmp(code, AREA_COUNTRY_CODE) == 0)
            doc->cover_count = 0; /* last in order: the codes are digits */
        size_t last = doc->cover_count;
        if (last == 0 || !area_contains(doc->covers[last - 1], code))
            add_code(&doc->covers, &doc->cover_count, code);
    }
    return status;
}

static enum status load_terms(struct gather *g)
{
    sqlite3_stmt *s;
    enum status status = db_query(g->db, QUERY_DOC_TERMS, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", &g->doc->service);
    bool row;
    struct doc *doc = g->doc;
    while ((status = db_step(g->db, s, &row)) == STATUS_OK && row) {
        const char *code = column_text(s, 0);
        text_addf(&doc->types, "%s%s", doc->types.len ? " " : "", code);
        word_set_add(g->search->words, &doc->tokens, 'k', code, strlen(code));
        int bit = search_kind_bit(g->search, code);
        if (bit >= 0)
            doc->kinds |= (uint64_t)1 << bit;
        for (size_t i = 0; i < g->search->terms.count; i++)
            if (strcmp(g->search->terms.rows[i].code, code) == 0) {
                doc->facets |= g->search->terms.rows[i].tiers & FACET_TIERS;
                word_set_tokens(g->search->words, &doc->tokens, 't', g->search->term_tokens[i]);
            }
    }
    return status;
}

static enum status load_phones_of(struct gather *g, const struct uuid *owner)
{
    sqlite3_stmt *s;
    enum status status = db_query(g->db, QUERY_DOC_PHONES, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":owner", owner);
    bool row;
    while ((status = db_step(g->db, s, &row)) == STATUS_OK && row) {
        if (g->phone_count++ == 0)
            g->phone_confidence = sqlite3_column_int64(s, 1);
        if (sqlite3_column_int(s, 2) == VALUE_CONFIDENTIALITY_PUBLIC)
            text_addf(&g->doc->phones, "%s%s", g->doc->phones.len ? " " : "", column_text(s, 0));
    }
    return status;
}

static enum status load_hours_of(struct gather *g, const struct uuid *owner)
{
    sqlite3_stmt *s;
    enum status status = db_query(g->db, QUERY_DOC_ALL_DAY, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":owner", owner);
    bool row;
    status = db_step(g->db, s, &row);
    if (status == STATUS_OK && row)
        g->all_day = true;
    sqlite3_reset(s);
    return status;
}

/* Telephones and hours of the service, of its places, of its organization, in that order. */
static enum status load_owned(struct gather *g)
{
    enum status status = load_phones_of(g, &g->doc->service);
    if (status == STATUS_OK)
        status = load_hours_of(g, &g->doc->service);
    for (size_t i = 0; status == STATUS_OK && i < g->place_count; i++) {
        status = load_phones_of(g, &g->places[i]);
        if (status == STATUS_OK)
            status = load_hours_of(g, &g->places[i]);
    }
    if (status == STATUS_OK && g->doc->has_organization) {
        status = load_phones_of(g, &g->doc->organization);
        if (status == STATUS_OK)
            status = load_hours_of(g, &g->doc->organization);
    }
    return status;
}

static enum status load_verified(struct gather *g)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(g->db, QUERY_VERIFICATION_LAST, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", &g->doc->service);
    status = db_step(g->db, s, &row);
    g->confirmed =
        status == STATUS_OK && row && sqlite3_column_int(s, 2) == VALUE_RESULT_STILL_RIGHT;
    sqlite3_reset(s);
    if (status == STATUS_OK)
        status = db_query(g->db, QUERY_VERIFICATION_LAST_RIGHT, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", &g->doc->service);
    status = db_step(g->db, s, &row);
    g->doc->verified = status == STATUS_OK && row ? op_day(sqlite3_column_int64(s, 0)) : -1;
    sqlite3_reset(s);
    return status;
}

static void add_area_names(struct gather *g, const char *code)
{
    for (size_t len = 2; len <= strlen(code); len += 2) {
        size_t low = 0, high = g->search->area_count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            const char *other = g->search->areas[middle].code;
            int order = strncmp(other, code, len);
            if (order == 0)
                order = strlen(other) > len;
            if (order == 0) {
                word_set_tokens(g->search->words, &g->doc->tokens, 't',
                                g->search->areas[middle].tokens);
                break;
            }
            if (order < 0)
                low = middle + 1;
            else
                high = middle;
        }
    }
}

static void add_area_tags(struct gather *g, const char *code)
{
    if (strcmp(code, AREA_COUNTRY_CODE) == 0)
        return;
    for (size_t len = 2; len <= strlen(code); len += 2)
        word_set_add(g->search->words, &g->doc->tokens, 'a', code, len);
}

static void add_areas(struct gather *g)
{
    struct doc *doc = g->doc;
    for (size_t i = 0; i < doc->located_count; i++) {
        add_area_tags(g, doc->located[i]);
        if (i < AREAS_NAMED)
            add_area_names(g, doc->located[i]);
    }
    for (size_t i = 0; i < doc->cover_count; i++) {
        const char *code = doc->covers[i];
        word_set_add(g->search->words, &doc->tokens, 'c', code, strlen(code));
        add_area_tags(g, code);
        if (strcmp(code, AREA_COUNTRY_CODE) == 0) {
            add_text(g, 't', message_get(LANG_KM, MSG_AREA_COUNTRY));
            add_text(g, 't', message_get(LANG_EN, MSG_AREA_COUNTRY));
        } else if (i < AREAS_NAMED) {
            add_area_names(g, code);
        }
    }
}

/* Same judgement as detail.c. */
static void judge(struct gather *g)
{
    bool doubt = g->confidence > VALUE_CONFIDENCE_HIGH ||
                 (g->phone_count && g->phone_confidence > VALUE_CONFIDENCE_HIGH);
    if (g->phone_count == 0)
        g->doc->facets |= FACET_NEEDS_CONTACT;
    if (doubt && !g->confirmed)
        g->doc->facets |= FACET_UNCONFIRMED;
    if (g->all_day)
        g->doc->facets |= FACET_ALL_DAY;
}

enum status doc_load(struct db *db, const struct uuid *service, struct doc *ret_doc)
{
    struct doc doc = {.service = *service};
    text_init(&doc.types);
    text_init(&doc.phones);
    text_init(&doc.tokens);
    struct gather g = {.db = db, .doc = &doc};
    enum status status = search_terms(db, &g.search);
    if (status == STATUS_OK)
        status = search_areas(db, &g.search);
    word_set_clear(search_cache(db)->words);
    enum status (*const steps[])(struct gather *) = {load_service, load_places, load_areas,
                                                     load_terms,   load_owned,  load_verified};
    for (size_t i = 0; status == STATUS_OK && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](&g);
    if (status != STATUS_OK) {
        doc_release(&doc);
        return status;
    }
    add_areas(&g);
    judge(&g);
    *ret_doc = doc;
    return STATUS_OK;
}
