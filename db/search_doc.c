/* What the index says of one service, gathered from the folded tables. What is not public stays
 * out: places and telephone numbers above confidentiality 0 are not found by anybody. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/op.h"
#include "db/search_index.h"
#include "db/search_sound.h"
#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/roman.h"
#include "i18n/wrap.h"

enum { AREAS_NAMED = 24 }; /* areas of one service whose names are indexed */

const char *doc_name(const struct doc *doc, enum lang lang)
{
    return *doc->name[lang] ? doc->name[lang] : doc->name[lang == LANG_KM ? LANG_EN : LANG_KM];
}

void doc_release(struct doc *doc)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        text_release(&doc->key[lang]);
    text_release(&doc->starts);
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
    bool confirmed, all_day, accessible;
    struct text hours; /* token, "" none */
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

static void add_exact(struct gather *g, const char *words)
{
    struct text key = TEXT_INIT;
    key_make(&key, words, strlen(words), KEY_STRICT);
    word_set_exact(g->search->words, &g->doc->tokens, key.bytes, key.len);
    text_release(&key);
}

static int add_sound(void *context, const char *skeleton, size_t len)
{
    struct gather *g = context;
    word_set_add(g->search->words, &g->doc->tokens, 'r', skeleton,
                 len < SOUND_WORD ? len : SOUND_WORD);
    return 0;
}

/* Words of a name by how they sound. */
static void add_sounds(struct gather *g, const char *name)
{
    (void)roman_words(name, strlen(name), add_sound, g);
}

/* Names of an organization, and how they are called short. */
static void add_organization(struct gather *g, const char *text, bool dotted)
{
    struct text plain = TEXT_INIT;
    for (const char *p = text; *p; p++)
        if (*p != '.' || !dotted)
            text_addc(&plain, *p);
    add_text(g, 't', text);
    add_exact(g, text);
    if (plain.len < strlen(text)) { /* an abbreviation is also typed without its dots */
        add_text(g, 't', plain.bytes);
        add_exact(g, plain.bytes);
    }
    text_release(&plain);
}

/* Distances between the beginnings of words, until one is too long for a byte; words of one
 * syllable are tokens. */
static void read_words(struct gather *g, const struct text *key)
{
    size_t count, at = 0;
    size_t *starts = wrap_words(key->bytes, key->len, &count);
    bool open = true;
    for (size_t i = 0; i + 1 < count; i++) {
        const char *word = key->bytes + starts[i];
        size_t len = starts[i + 1] - starts[i];
        if (*word == ' ')
            continue;
        if ((unsigned char)*word >= 0x80 && khmer_syllable(word, len) == len && len <= TOKEN_MAX)
            word_set_add(g->search->words, &g->doc->tokens, 'w', word, len);
        open = open && starts[i] - at < 256;
        if (open && i > 0)
            text_addc(&g->doc->starts, (char)(unsigned char)(starts[i] - at));
        at = starts[i];
    }
    free(starts);
}

static void read_names(struct gather *g)
{
    struct doc *doc = g->doc;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct text *key = &doc->key[lang];
        key_make(key, doc->name[lang], strlen(doc->name[lang]), KEY_STRICT);
        add_text(g, 'n', doc->name[lang]);
        word_set_exact(g->search->words, &doc->tokens, key->bytes, key->len);
        add_sounds(g, doc->name[lang]);
    }
    read_words(g, &doc->key[LANG_KM]);
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
    doc->sector = sqlite3_column_int(s, 16);
    read_names(g);
    for (int i = 8; i < 12; i++)
        add_text(g, 't', column_text(s, i));
    for (int i = 12; i < 16; i++)
        add_organization(g, column_text(s, i), i >= 14);
    for (int i = 12; i < 14; i++)
        add_sounds(g, column_text(s, i));
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
                word_set_tokens(g->search->words, &doc->tokens, g->search->term_tokens[i]);
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
    bool row;
    enum status status = hours_token(g->db, owner, &g->hours);
    if (status == STATUS_OK)
        status = db_query(g->db, QUERY_DOC_ALL_DAY, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":owner", owner);
    status = db_step(g->db, s, &row);
    g->all_day |= status == STATUS_OK && row;
    sqlite3_reset(s);
    return status;
}

static enum status load_access_of(struct gather *g, const struct uuid *owner)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(g->db, QUERY_DOC_ACCESSIBLE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":owner", owner);
    status = db_step(g->db, s, &row);
    g->accessible |= status == STATUS_OK && row;
    sqlite3_reset(s);
    return status;
}

static enum status load_owned_by(struct gather *g, const struct uuid *owner)
{
    enum status status = load_phones_of(g, owner);
    if (status == STATUS_OK)
        status = load_hours_of(g, owner);
    return status == STATUS_OK ? load_access_of(g, owner) : status;
}

/* Telephones, hours and ways in of the service, of its places, of its organization, in that order.
 */
static enum status load_owned(struct gather *g)
{
    enum status status = load_owned_by(g, &g->doc->service);
    for (size_t i = 0; status == STATUS_OK && i < g->place_count; i++)
        status = load_owned_by(g, &g->places[i]);
    if (status == STATUS_OK && g->doc->has_organization)
        status = load_owned_by(g, &g->doc->organization);
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
                word_set_tokens(g->search->words, &g->doc->tokens, g->search->areas[middle].tokens);
                break;
            }
            if (order < 0)
                low = middle + 1;
            else
                high = middle;
        }
    }
}

__attribute__((format(printf, 2, 3))) static void add_tag(struct gather *g, const char *format, ...)
{
    char tag[UUID_TEXT + 8];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(tag, sizeof tag, format, args);
    va_end(args);
    if (len > 1 && len < (int)sizeof tag)
        word_set_add(g->search->words, &g->doc->tokens, *tag, tag + 1, (size_t)len - 1);
}

static void add_area_tags(struct gather *g, char space, const char *code)
{
    if (strcmp(code, AREA_COUNTRY_CODE) == 0)
        return;
    for (size_t len = 2; len <= strlen(code); len += 2)
        word_set_add(g->search->words, &g->doc->tokens, space, code, len);
}

static void add_areas(struct gather *g)
{
    struct doc *doc = g->doc;
    for (size_t i = 0; i < doc->located_count; i++) {
        add_area_tags(g, 'a', doc->located[i]);
        add_area_tags(g, 'b', doc->located[i]);
        if (i < AREAS_NAMED)
            add_area_names(g, doc->located[i]);
    }
    for (size_t i = 0; i < doc->cover_count; i++) {
        const char *code = doc->covers[i];
        word_set_add(g->search->words, &doc->tokens, 'c', code, strlen(code));
        add_area_tags(g, 'a', code);
        add_tag(g, "v%d", area_level(code));
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

/* Made for children with a disability: a kind of this group. */
static bool is_for_disability(const struct doc *doc)
{
    static const char group = 'E';
    for (const char *p = doc->types.bytes; *p; p += strcspn(p, " "), p += *p == ' ')
        if (*p == group)
            return true;
    return false;
}

static void add_tags(struct gather *g)
{
    const struct doc *doc = g->doc;
    char organization[UUID_TEXT];
    add_tag(g, "s%d", doc->status);
    for (int tier = 0; tier < 3; tier++)
        if (doc->facets >> tier & 1)
            add_tag(g, "l%d", tier + 1);
    if (doc->sector)
        add_tag(g, "g%d", doc->sector);
    if (doc->has_organization) {
        uuid_format(&doc->organization, organization);
        add_tag(g, "o%s", organization);
    }
    add_tag(g, "i%d-%d", (int)(doc->facets >> FACET_AGE_SHIFT & 127),
            (int)(doc->facets >> FACET_AGE_MAX_SHIFT & 127));
    if (g->hours.len)
        word_set_add(g->search->words, &g->doc->tokens, 'h', g->hours.bytes, g->hours.len);
    bool no_number = doc->facets & FACET_NEEDS_CONTACT, doubt = doc->facets & FACET_UNCONFIRMED;
    const struct {
        bool is;
        const char *tag;
    } marks[] = {
        {doc->facets & FACET_FEMALE, "ff"},
        {doc->facets & FACET_MALE, "fm"},
        {no_number, "qc"},
        {doubt, "qu"},
        {doc->verified < 0, "qv"},
        {!no_number && !doubt, "qy"},
        {g->all_day, "qh"},
        {g->accessible || is_for_disability(doc), "qd"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].is)
            add_tag(g, "%s", marks[i].tag);
}

enum status doc_load(struct db *db, const struct uuid *service, struct doc *ret_doc)
{
    struct doc doc = {.service = *service};
    text_init(&doc.key[LANG_KM]);
    text_init(&doc.key[LANG_EN]);
    text_init(&doc.starts);
    text_init(&doc.types);
    text_init(&doc.phones);
    text_init(&doc.tokens);
    struct gather g = {.db = db, .doc = &doc, .hours = TEXT_INIT};
    enum status status = search_terms(db, &g.search);
    if (status == STATUS_OK)
        status = search_areas(db, &g.search);
    word_set_clear(search_cache(db)->words);
    enum status (*const steps[])(struct gather *) = {load_service, load_places, load_areas,
                                                     load_terms,   load_owned,  load_verified};
    for (size_t i = 0; status == STATUS_OK && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](&g);
    if (status == STATUS_OK) {
        add_areas(&g);
        judge(&g);
        add_tags(&g);
        *ret_doc = doc;
    } else {
        doc_release(&doc);
    }
    text_release(&g.hours);
    return status;
}
