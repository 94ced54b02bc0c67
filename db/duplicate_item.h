/* Services made ready to be compared with each other. Inside db/. */
#ifndef DB_DUPLICATE_ITEM_H
#define DB_DUPLICATE_ITEM_H

#include "db/duplicate.h"
#include "db/internal.h"
#include "db/name_like.h"
#include "db/name_sound.h"

struct duplicate_item {
    struct duplicate_side side;
    struct uuid organization; /* nil: none */
    char place[AREA_CODE];    /* commune or higher unit it is in, else what it covers */
    const char *located;      /* codes of its public places, a space between */
    struct name_like km, en;
    struct name_sound km_sound, en_sound;
};

/* Reads a service; everything lives in the arena. STATUS_NOT_FOUND: none of that id, or closed. */
MUST_CHECK enum status duplicate_item_load(struct db *db, const struct uuid *id,
                                           struct arena *arena, struct duplicate_item *ret_item);

/* Search keys of the names of the areas a place lies in. */
struct duplicate_place {
    char code[AREA_CODE];
    const char **keys;
    size_t count;
};
/* Fills the place's keys unless it has them already for this code. */
MUST_CHECK enum status duplicate_place_load(struct db *db, const char *code, struct arena *arena,
                                            struct duplicate_place *place);
/* Makes the names ready. */
void duplicate_item_make(struct duplicate_item *item, const struct duplicate_place *place,
                         struct arena *arena);

/* One lies in the place of the other, both in a district at least, or both for the same area. */
bool duplicate_same_place(const struct duplicate_item *a, const struct duplicate_item *b);
/* DUPLICATE_NAME_..., DUPLICATE_SOUND and DUPLICATE_PLACE where the names say the two may be the
 * same, 0 otherwise; *ret_likeness 0..95. */
unsigned duplicate_compare(const struct duplicate_item *a, const struct duplicate_item *b,
                           int *ret_likeness);
/* Both of one organization, for different kinds of service: two services, however they are called.
 */
bool duplicate_are_two(const struct duplicate_item *a, const struct duplicate_item *b);

/* Calls visit with every other service that has one of these numbers ("+85512... 1280"). */
MUST_CHECK enum status
duplicate_by_phone(struct db *db, const struct uuid *self, const char *phones,
                   enum status (*visit)(void *context, const struct uuid *other, const char *phone),
                   void *context);

#endif
