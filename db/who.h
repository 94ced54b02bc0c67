/* Who does what where: the organizations that serve an area, the kinds of service they give, and
 * the parts of the area they give them in. Counted from the active services. */
#ifndef DB_WHO_H
#define DB_WHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/uuid.h"
#include "i18n/lang.h"
#include "i18n/mem.h"

enum { WHO_KINDS = 64, WHO_PARTS = 64 }; /* of the classification, and of an area: bits of a mask */

struct who_service {
    struct uuid id, organization;
    uint64_t kinds;   /* bit n: who.kinds[n] */
    uint64_t parts;   /* bit n: who.parts[n], where it has a public place or is made for it or for a
                         part of it */
    bool in_area;     /* a public place in the area, of which the part is not known */
    bool from_around; /* made for a wider area: it serves all parts */
    const char *types;
    size_t row; /* in who.rows */
};

/* An organization; offices of one sort (one abbreviation, of the government) share a row. */
struct who_row {
    struct uuid id;                                /* of the first organization */
    size_t organizations;                          /* 1, or how many share the row */
    const char *name_km, *name_en;                 /* "" missing; of the first */
    const char *abbreviation_km, *abbreviation_en; /* "" none */
    int sector;                                    /* VALUE_SECTOR_..., 0 unknown */
    const struct who_service *services;            /* in order of organization */
    size_t service_count;
};

struct who {
    char area[AREA_CODE];     /* "" the country */
    char (*parts)[AREA_CODE]; /* directly inside it; of a commune itself */
    size_t part_count;
    char kinds[WHO_KINDS][4]; /* that somebody gives here, in the order of lists */
    size_t kind_count;
    struct who_row *rows; /* by sector, government first, then by name */
    size_t row_count;
    struct who_service *services; /* in order of row */
    size_t service_count;
    struct arena arena;
};

/* area: code, "" or "KH" the country; lang: whose names give the order. Services made for a wider
 * area count as serving all of it, from around. Under 100 ms at 20,000 services. */
MUST_CHECK enum status who_load(struct db *db, const char *area, enum lang lang,
                                struct who *ret_who);
void who_release(struct who *w);

struct who_cell {
    int services;
    int parts;   /* in which of them by services of the area itself */
    bool around; /* some of the services are made for a wider area */
};
/* A row's services of a kind (SIZE_MAX: of all) in a part (SIZE_MAX: in all). */
struct who_cell who_at(const struct who *w, size_t row, size_t kind, size_t part);
/* Place in w->kinds; SIZE_MAX none. */
size_t who_kind(const struct who *w, const char *code);

#endif
