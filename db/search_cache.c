/* What search keeps between calls: the classification and, for writing, the areas with their
 * tokens. */
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/search_memory.h"
#include "db/search_plan.h"
#include "db/search_roman.h"
#include "db/search_sound.h"
#include "db/synonym.h"
#include "i18n/key.h"

struct search *search_cache(struct db *db)
{
    if (!db->search) {
        db->search = mem_zalloc(1, sizeof *db->search);
        db->search->words = word_set_new();
    }
    return db->search;
}

static void forget_terms(struct search *s)
{
    for (size_t i = 0; s->terms_loaded && i < s->terms.count; i++) {
        free(s->term_tokens[i]);
        free(s->term_keys[2 * i]);
        free(s->term_keys[2 * i + 1]);
    }
    free(s->term_tokens);
    free(s->term_keys);
    s->term_tokens = s->term_keys = NULL;
    term_list_release(&s->terms);
    s->terms_loaded = false;
}

static void forget_areas(struct search *s)
{
    for (size_t i = 0; i < s->area_count; i++)
        free(s->areas[i].tokens);
    free(s->areas);
    s->areas = NULL;
    s->area_count = 0;
}

static void forget_synonyms(struct search *s)
{
    if (s->synonyms)
        synonym_list_release(s->synonyms);
    free(s->synonyms);
    s->synonyms = NULL;
}

enum status search_synonyms(struct db *db, const struct synonym_list **ret_list)
{
    struct search *s = search_cache(db);
    if (!s->synonyms) {
        struct synonym_list list;
        enum status status = synonym_load(db, &list);
        if (status != STATUS_OK)
            return status;
        s->synonyms = mem_zalloc(1, sizeof *s->synonyms);
        *s->synonyms = list;
    }
    *ret_list = s->synonyms;
    return STATUS_OK;
}

void search_forget(struct db *db)
{
    if (!db->search)
        return;
    forget_terms(db->search);
    forget_areas(db->search);
    forget_synonyms(db->search);
    places_forget(db->search);
    free(db->search->nothing);
    db->search->nothing = NULL;
    roman_names_free(db->search->roman);
    db->search->roman = NULL;
    sound_forget(db->search);
    memory_forget(db->search);
    facets_forget(db->search);
}

void search_removed_clear(struct search *s)
{
    for (size_t i = 0; i < s->removed_count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            free(s->removed[i].name[lang]);
    s->removed_count = 0;
}

void search_close(struct db *db)
{
    struct search *s = db->search;
    if (!s)
        return;
    search_forget(db);
    search_removed_clear(s);
    change_free(s);
    sets_free(s);
    free(s->removed);
    sorter_free(s->sorter);
    word_set_free(s->words);
    free(s);
    db->search = NULL;
}

static char *key_of(const char *name)
{
    struct text key = TEXT_INIT;
    key_make(&key, name, strlen(name), KEY_STRICT);
    return text_take(&key);
}

int search_kind_bit(const struct search *s, const char *code)
{
    for (int bit = 0; bit < KIND_BITS; bit++)
        if (strcmp(s->kind_code[bit], code) == 0)
            return bit;
    return -1;
}

/* Groups come after all kinds: what says its kind stands before what says only its group. */
static int compare_terms(const void *left, const void *right)
{
    const struct term *a = *(const struct term *const *)left,
                      *b = *(const struct term *const *)right;
    bool a_group = !*a->parent, b_group = !*b->parent;
    if (a_group != b_group)
        return a_group ? 1 : -1;
    return a->rank != b->rank ? a->rank - b->rank : strcmp(a->code, b->code);
}

static void number_kinds(struct search *s)
{
    const struct term **order = mem_zalloc(s->terms.count + 1, sizeof *order);
    for (size_t i = 0; i < s->terms.count; i++)
        order[i] = &s->terms.rows[i];
    qsort(order, s->terms.count, sizeof *order, compare_terms);
    for (size_t bit = 0; bit < KIND_BITS; bit++)
        s->kind_code[bit] = bit < s->terms.count ? order[bit]->code : "";
    free(order);
}

enum status search_terms(struct db *db, struct search **ret_search)
{
    struct search *s = search_cache(db);
    if (!s->terms_loaded) {
        enum status status = term_all(db, &s->terms);
        if (status != STATUS_OK)
            return status;
        s->term_tokens = mem_zalloc(s->terms.count + 1, sizeof *s->term_tokens);
        s->term_keys = mem_zalloc(2 * s->terms.count + 1, sizeof *s->term_keys);
        for (size_t i = 0; i < s->terms.count; i++) {
            const struct term *term = &s->terms.rows[i];
            struct text tokens = TEXT_INIT;
            word_set_clear(s->words);
            word_set_text(s->words, &tokens, 't', term->name_km);
            word_set_text(s->words, &tokens, 't', term->name_en);
            s->term_tokens[i] = text_take(&tokens);
            s->term_keys[2 * i] = key_of(term->name_km);
            s->term_keys[2 * i + 1] = key_of(term->name_en);
        }
        number_kinds(s);
        s->terms_loaded = true;
    }
    *ret_search = s;
    return STATUS_OK;
}

/* Both names with their unit words. */
static char *area_tokens(struct search *s, enum area_kind kind, const char *km, const char *en)
{
    struct text tokens = TEXT_INIT, name = TEXT_INIT;
    word_set_clear(s->words);
    text_addf(&name, "%s%s", message_get(LANG_KM, area_kind_label(kind)), km);
    word_set_text(s->words, &tokens, 't', name.bytes);
    text_clear(&name);
    text_addf(&name, "%s %s", en, message_get(LANG_EN, area_kind_label(kind)));
    word_set_text(s->words, &tokens, 't', name.bytes);
    text_release(&name);
    return text_take(&tokens);
}

enum status search_areas(struct db *db, struct search **ret_search)
{
    struct search *s = search_cache(db);
    *ret_search = s;
    if (s->area_count)
        return STATUS_OK;
    sqlite3_stmt *q;
    enum status status = db_query(db, QUERY_AREA_SCAN, &q);
    if (status != STATUS_OK)
        return status;
    size_t room = 0;
    bool row;
    while ((status = db_step(db, q, &row)) == STATUS_OK && row) {
        const char *code = column_text(q, 0);
        int kind = sqlite3_column_int(q, 1);
        if (strlen(code) >= AREA_CODE || kind <= 0 || kind >= AREA_KIND_COUNT)
            continue;
        if (s->area_count == room) {
            room = room ? room * 2 : 256;
            s->areas = mem_realloc(s->areas, room, sizeof *s->areas);
        }
        struct named *area = &s->areas[s->area_count++];
        *area = (struct named){0};
        memcpy(area->code, code, strlen(code) + 1);
        area->tokens = area_tokens(s, (enum area_kind)kind, column_text(q, 2), column_text(q, 3));
    }
    return status;
}
