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

enum status places_find(struct db *db, const struct plan *plan, const struct text bare[],
                        struct place_names *ret_places)
{
    struct search *s = search_cache(db);
    enum status status = load(db, s);
    if (status != STATUS_OK)
        return status;
    *ret_places = (struct place_names){
        .search = s,
        .plan = plan,
        .bare = bare,
        .asked = mem_zalloc(s->place_count + 1, 1),
        .named = mem_zalloc(s->place_count + 1, 1),
    };
    char *km = bare_key("", message_get(LANG_KM, MSG_AREA_COUNTRY));
    char *en = latin_key(message_get(LANG_EN, MSG_AREA_COUNTRY), "");
    for (size_t r = 0; r < plan->run_count; r++)
        if (stands_in(km, en, &plan->runs[r], bare[r].bytes))
            ret_places->country |= (uint8_t)(1U << r);
    free(km);
    free(en);
    return STATUS_OK;
}

void places_release(struct place_names *places)
{
    free(places->asked);
    free(places->named);
    *places = (struct place_names){0};
}

static size_t find_place(const struct search *s, const char *code, size_t len)
{
    size_t low = 0, high = s->place_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *other = s->places[middle].code;
        int order = strncmp(other, code, len);
        if (order == 0 && !other[len])
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

static bool is_named(struct place_names *places, const char *code, size_t len, size_t run)
{
    size_t at = find_place(places->search, code, len);
    uint8_t bit = (uint8_t)(1U << run);
    if (at == SIZE_MAX)
        return false;
    if (!(places->asked[at] & bit)) {
        const struct place_text *place = &places->search->places[at];
        places->asked[at] |= bit;
        if (stands_in(place->km, place->en, &places->plan->runs[run], places->bare[run].bytes))
            places->named[at] |= bit;
    }
    return places->named[at] & bit;
}

bool places_have(struct place_names *places, const char *codes, size_t run)
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
