/* Which areas have a name that a run stands in, so that a row's own area codes say whether it was
 * found by its place. The names are those the index has of an area: with its unit word, in both
 * languages. */
#include <stdlib.h>
#include <string.h>

#include "db/search_plan.h"
#include "i18n/key.h"

struct place_text {
    char code[AREA_CODE];
    char *km, *en; /* search keys, spaces and marks left out of the Khmer one; free */
};

void places_forget(struct search *s)
{
    for (size_t i = 0; i < s->place_count; i++) {
        free(s->places[i].km);
        free(s->places[i].en);
    }
    free(s->places);
    s->places = NULL;
    s->place_count = 0;
}

static char *bare_key(const char *unit, const char *name)
{
    struct text key = TEXT_INIT, bare = TEXT_INIT, whole = TEXT_INIT;
    text_addf(&whole, "%s%s", unit, name);
    key_make(&key, whole.bytes, whole.len, KEY_STRICT);
    text_squeeze(key.bytes, key.len, &bare);
    text_release(&key);
    text_release(&whole);
    return text_take(&bare);
}

static char *latin_key(const char *name, const char *unit)
{
    struct text key = TEXT_INIT, whole = TEXT_INIT;
    text_addf(&whole, "%s %s", name, unit);
    key_make(&key, whole.bytes, whole.len, KEY_STRICT);
    text_release(&whole);
    return text_take(&key);
}

/* All areas in order of code. */
static enum status load(struct db *db, struct search *s)
{
    sqlite3_stmt *q;
    size_t room = 0;
    bool row;
    enum status status = s->place_count ? STATUS_OK : db_query(db, QUERY_AREA_SCAN, &q);
    if (status != STATUS_OK || s->place_count)
        return status;
    while ((status = db_step(db, q, &row)) == STATUS_OK && row) {
        const char *code = column_text(q, 0);
        int kind = sqlite3_column_int(q, 1);
        if (strlen(code) >= AREA_CODE || kind <= 0 || kind >= AREA_KIND_COUNT)
            continue;
        if (s->place_count == room) {
            room = room ? room * 2 : 256;
            s->places = mem_realloc(s->places, room, sizeof *s->places);
        }
        struct place_text *place = &s->places[s->place_count++];
        enum message unit = area_kind_label((enum area_kind)kind);
        *place =
            (struct place_text){.km = bare_key(message_get(LANG_KM, unit), column_text(q, 2)),
                                .en = latin_key(column_text(q, 3), message_get(LANG_EN, unit))};
        memcpy(place->code, code, strlen(code) + 1);
    }
    return status;
}

/* Latin begins a word. */
static bool begins_word(const char *key, const char *run)
{
    for (const char *at = key; (at = strstr(at, run)) != NULL; at++)
        if (at == key || at[-1] == ' ')
            return true;
    return false;
}

/* Khmer may stand anywhere, Latin begins a word. */
static bool stands_in(const char *km, const char *en, const struct run *run, const char *bare)
{
    bool khmer = (unsigned char)*run->bytes >= 0x80;
    return khmer ? strstr(km, bare) != NULL : begins_word(en, run->bytes);
}

enum status places_find(struct db *db, const struct plan *plan, struct place_names *ret_places)
{
    struct search *s = search_cache(db);
    enum status status = load(db, s);
    if (status != STATUS_OK)
        return status;
    struct place_names places = {.search = s};
    char *country_km = bare_key("", message_get(LANG_KM, MSG_AREA_COUNTRY));
    char *country_en = latin_key(message_get(LANG_EN, MSG_AREA_COUNTRY), "");
    places.runs = mem_zalloc(s->place_count + 1, sizeof *places.runs);
    for (size_t r = 0; r < plan->run_count; r++) {
        const struct run *run = &plan->runs[r];
        struct text bare = TEXT_INIT;
        text_squeeze(run->bytes, run->len, &bare);
        for (size_t i = 0; i < s->place_count; i++)
            if (stands_in(s->places[i].km, s->places[i].en, run, bare.bytes))
                places.runs[i] |= (uint8_t)(1U << r);
        if (stands_in(country_km, country_en, run, bare.bytes))
            places.country |= (uint8_t)(1U << r);
        text_release(&bare);
    }
    free(country_km);
    free(country_en);
    *ret_places = places;
    return status;
}

static bool is_named(const struct place_names *places, const char *code, size_t len, size_t run)
{
    size_t low = 0, high = places->search->place_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *other = places->search->places[middle].code;
        int order = strncmp(other, code, len);
        if (order == 0 && !other[len])
            return places->runs[middle] >> run & 1;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool places_have(const struct place_names *places, const char *codes, size_t run)
{
    while (*codes) {
        size_t end = strcspn(codes, " ");
        if (strncmp(codes, AREA_COUNTRY_CODE, end) == 0 && places->country >> run & 1)
            return true;
        for (size_t len = 2; len <= end; len += 2)
            if (is_named(places, codes, len, run))
                return true;
        codes += end + (codes[end] == ' ');
    }
    return false;
}
