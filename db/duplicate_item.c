/* Services to be compared; see duplicate_item.h. */
#include "db/duplicate_item.h"

#include <stdlib.h>
#include <string.h>

#include "i18n/key.h"
#include "i18n/number.h"

enum { NEAR = 75, SUREST = 95, COMMUNE = 6, DISTRICT = 4, OWNERS = 40 };

/* --- reading --------------------------------------------------------------------------------- */

static void first_code(char out[AREA_CODE], const char *codes)
{
    size_t len = strcspn(codes, " ");
    memset(out, 0, AREA_CODE);
    if (len < AREA_CODE && strncmp(codes, AREA_COUNTRY_CODE, 2) != 0)
        memcpy(out, codes, len);
}

enum status duplicate_item_load(struct db *db, const struct uuid *id, struct arena *arena,
                                struct duplicate_item *ret_item)
{
    sqlite3_stmt *s;
    bool row = false;
    struct duplicate_item item = {.side = {.id = *id}};
    enum status status = db_query(db, QUERY_DUPLICATE_SERVICE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", id);
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row) {
        struct duplicate_side *side = &item.side;
        const char *located = column_text(s, 4), *covers = column_text(s, 5);
        side->name_km = arena_strdup(arena, column_text(s, 1));
        side->name_en = arena_strdup(arena, column_text(s, 2));
        side->types = arena_strdup(arena, column_text(s, 3));
        item.located = arena_strdup(arena, located);
        first_code(side->area, *located ? located : covers);
        side->phones = arena_strdup(arena, column_text(s, 6));
        (void)column_id(s, 7, &item.organization);
        side->abbreviation_km = arena_strdup(arena, column_text(s, 8));
        side->abbreviation_en = arena_strdup(arena, column_text(s, 9));
        memcpy(item.place, side->area, COMMUNE);
        *ret_item = item;
    }
    sqlite3_reset(s);
    return status == STATUS_OK && !row ? STATUS_NOT_FOUND : status;
}

/* --- names ----------------------------------------------------------------------------------- */

static int longest_first(const void *a, const void *b)
{
    size_t x = strlen(*(const char *const *)a), y = strlen(*(const char *const *)b);
    return (x < y) - (x > y);
}

static const char *key_of(struct arena *arena, const char *unit, const char *name)
{
    struct text both = TEXT_INIT, key = TEXT_INIT;
    text_addf(&both, "%s%s", unit, name);
    key_make(&key, both.bytes, both.len, KEY_LOOSE);
    const char *copy = arena_strndup(arena, key.bytes, key.len);
    text_release(&both);
    text_release(&key);
    return copy;
}

/* The Khmer word that stands before the name of a unit. */
static const char *unit_word(enum area_kind kind)
{
    static const char *const words[AREA_KIND_COUNT] = {
        [AREA_PROVINCE] = "ខេត្ត",    [AREA_CAPITAL] = "រាជធានី", [AREA_DISTRICT] = "ស្រុក",
        [AREA_MUNICIPALITY] = "ក្រុង", [AREA_KHAN] = "ខណ្ឌ",       [AREA_COMMUNE] = "ឃុំ",
        [AREA_SANGKAT] = "សង្កាត់",    [AREA_VILLAGE] = "ភូមិ",
    };
    return words[kind];
}

enum status duplicate_place_load(struct db *db, const char *code, struct arena *arena,
                                 struct duplicate_place *place)
{
    struct area_list path = {0};
    if (place->keys && !strcmp(place->code, code))
        return STATUS_OK;
    enum status status = *code ? area_path(db, code, &path) : STATUS_OK;
    if (status == STATUS_NOT_FOUND)
        status = STATUS_OK;
    if (status != STATUS_OK)
        return status;
    memset(place->code, 0, sizeof place->code);
    memcpy(place->code, code, strnlen(code, AREA_CODE - 1));
    place->keys = arena_alloc(arena, (3 * path.count + 1) * sizeof *place->keys);
    place->count = 0;
    for (size_t i = 0; i < path.count; i++) {
        const struct area *a = &path.rows[i];
        place->keys[place->count++] = key_of(arena, unit_word(a->kind), a->name_km);
        place->keys[place->count++] = key_of(arena, "", a->name_km);
        place->keys[place->count++] = key_of(arena, "", a->name_en);
    }
    if (place->count)
        qsort(place->keys, place->count, sizeof *place->keys, longest_first);
    area_list_release(&path);
    return STATUS_OK;
}

void duplicate_item_make(struct duplicate_item *item, const struct duplicate_place *place,
                         struct arena *arena)
{
    item->km = name_like_make(item->side.name_km, place->keys, place->count, arena);
    item->en = name_like_make(item->side.name_en, place->keys, place->count, arena);
    item->km_sound = name_sound_make(item->side.name_km, place->keys, place->count, arena);
    item->en_sound = name_sound_make(item->side.name_en, place->keys, place->count, arena);
}

/* --- comparing ------------------------------------------------------------------------------- */

bool duplicate_same_place(const struct duplicate_item *a, const struct duplicate_item *b)
{
    if (!strcmp(a->place, b->place))
        return true;
    bool deep = strlen(a->place) >= DISTRICT && strlen(b->place) >= DISTRICT;
    return deep && (area_contains(a->place, b->place) || area_contains(b->place, a->place));
}

static bool share_a_kind(const char *a, const char *b)
{
    for (const char *at = a; *at;) {
        size_t len = strcspn(at, " ");
        for (const char *other = b; *other;) {
            size_t other_len = strcspn(other, " ");
            if (len == other_len && !memcmp(at, other, len))
                return true;
            other += other_len + strspn(other + other_len, " ");
        }
        at += len + strspn(at + len, " ");
    }
    return !*a || !*b;
}

bool duplicate_are_two(const struct duplicate_item *a, const struct duplicate_item *b)
{
    return uuid_equal(&a->organization, &b->organization) && !uuid_is_nil(&a->organization) &&
           !share_a_kind(a->side.types, b->side.types);
}

/* Of the names of one with those of the other; two Khmer names are compared as they are written. */
static int best_sound(const struct duplicate_item *a, const struct duplicate_item *b)
{
    int sounds[] = {name_sound(&a->km_sound, &b->en_sound), name_sound(&a->en_sound, &b->km_sound),
                    name_sound(&a->en_sound, &b->en_sound)};
    int best = 0;
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++)
        best = sounds[i] > best ? sounds[i] : best;
    return best;
}

unsigned duplicate_compare(const struct duplicate_item *a, const struct duplicate_item *b,
                           int *ret_likeness)
{
    bool km = a->km.weight && b->km.weight, en = a->en.weight && b->en.weight;
    bool place = duplicate_same_place(a, b);
    int near = place ? NEAR : 100; /* far apart only the very same name counts */
    int like_km = km ? name_like(&a->km, &b->km) : 0, like_en = en ? name_like(&a->en, &b->en) : 0;
    int best = like_km > like_en ? like_km : like_en;
    int mean = km && en ? (like_km + like_en) / 2 : best;
    bool written = best >= near && mean * 3 >= near * 2;
    /* Khmer names that differ say more than Latin ones that sound alike. */
    int sound = place && (!km || like_km * 2 >= NEAR) ? best_sound(a, b) : 0;
    if (!written && !sound)
        return 0;
    int likeness = written && mean > sound ? mean : sound;
    *ret_likeness = likeness * SUREST / 100;
    return (written && like_km >= near ? DUPLICATE_NAME_KM : 0U) |
           (written && like_en >= near ? DUPLICATE_NAME_EN : 0U) |
           (written ? 0U : DUPLICATE_SOUND) | (place ? DUPLICATE_PLACE : 0U);
}

/* --- numbers --------------------------------------------------------------------------------- */

static enum status read_ids(struct db *db, sqlite3_stmt *s, struct uuid ids[OWNERS],
                            size_t *ret_count)
{
    bool row;
    size_t count = 0;
    enum status status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        if (count < OWNERS)
            count += column_id(s, 0, &ids[count]);
    *ret_count = count;
    return status;
}

static enum status owners_of(struct db *db, const char *phone, struct uuid ids[OWNERS],
                             size_t *ret_count)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_PHONE_OWNERS, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":number", phone);
    return read_ids(db, s, ids, ret_count);
}

static enum status services_of(struct db *db, const struct uuid *owner, struct uuid ids[OWNERS],
                               size_t *ret_count)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_SERVICES_OF_OWNER, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":owner", owner);
    return read_ids(db, s, ids, ret_count);
}

enum status duplicate_by_phone(struct db *db, const struct uuid *self, const char *phones,
                               enum status (*visit)(void *context, const struct uuid *other,
                                                    const char *phone),
                               void *context)
{
    enum status status = STATUS_OK;
    for (const char *at = phones; *at && status == STATUS_OK;) {
        struct uuid owners[OWNERS], services[OWNERS];
        size_t owner_count = 0, count = 0, len = strcspn(at, " ");
        char phone[PHONE_MAX] = "";
        memcpy(phone, at, len < sizeof phone ? len : sizeof phone - 1);
        status = owners_of(db, phone, owners, &owner_count);
        /* One owner is the usual: this service, or who runs it. */
        for (size_t i = 0; i < owner_count && (owner_count > 1 || !self) && !status; i++) {
            status = services_of(db, &owners[i], services, &count);
            for (size_t j = 0; j < count && status == STATUS_OK; j++)
                if (!self || !uuid_equal(&services[j], self))
                    status = visit(context, &services[j], phone);
        }
        at += len + strspn(at + len, " ");
    }
    return status;
}
