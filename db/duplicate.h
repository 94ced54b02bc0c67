/* Services that may be one and the same: the same telephone number, or names that are near in one
 * of the scripts, in the same commune (or, for what has no commune, the same area). Says why; what
 * is really the same a person decides (merge.h, apart.h). */
#ifndef DB_DUPLICATE_H
#define DB_DUPLICATE_H

#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/uuid.h"
#include "i18n/mem.h"

/* Why two may be the same: bits. */
enum {
    DUPLICATE_PHONE = 1,   /* the same number */
    DUPLICATE_NAME_KM = 2, /* the Khmer names are the same or nearly */
    DUPLICATE_NAME_EN = 4,
    DUPLICATE_PLACE = 8,  /* in the same commune, or made for the same area */
    DUPLICATE_SOUND = 16, /* the names sound alike, whatever script they are written in */
};

/* One of the two. */
struct duplicate_side {
    struct uuid id;
    const char *name_km, *name_en;                 /* "" none */
    const char *abbreviation_km, *abbreviation_en; /* of the organization, "" none */
    char area[AREA_CODE]; /* where it is, else what it covers; "" country */
    const char *types;    /* codes, a space between */
    const char *phones;   /* stored form, a space between */
};

struct duplicate_pair {
    struct duplicate_side a, b; /* a has the lower id */
    unsigned why;
    const char *phone; /* the number they share; "" none */
    int likeness;      /* 1..100, the surest pairs first */
};

struct duplicate_list {
    struct duplicate_pair *rows;
    size_t count;
    size_t found; /* all of them; rows may be fewer when a limit was given */
    struct arena arena;
};
void duplicate_list_release(struct duplicate_list *list);

/* The pairs with at least one side in the area ("" or "KH": the country), the surest first; limit
 * 0: all. Standing offices that differ only in their area are no pair,
 * nor are two of which somebody said so (apart.h). */
MUST_CHECK enum status duplicate_load(struct db *db, const char *area, size_t limit,
                                      struct duplicate_list *ret_list);

/* What a person is typing in a form; NULL or "" where nothing is there yet. */
struct duplicate_draft {
    const struct uuid *self; /* the entry being edited: never near itself; NULL none */
    const char *name_km, *name_en;
    const char *phone; /* as typed */
    const char *area;  /* code of the place, or of what it is for */
};

struct duplicate_near {
    struct duplicate_side side;
    unsigned why;
    int likeness;
};

struct duplicate_near_list {
    struct duplicate_near *rows;
    size_t count;
    struct arena arena;
};
void duplicate_near_list_release(struct duplicate_near_list *list);

/* At most `limit` services near to the draft, the surest first. Quick enough to be asked at every
 * key: less than 5 ms in a directory of 20,000 services. */
MUST_CHECK enum status duplicate_near(struct db *db, const struct duplicate_draft *draft,
                                      size_t limit, struct duplicate_near_list *ret_list);

#endif
