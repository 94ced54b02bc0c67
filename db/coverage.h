/* Coverage: what of the minimum package (db/package.h) is there, area by area, counted from the
 * services in force. A service counts while it is active, not one that is suspended or closed. It
 * is present in an area where it has a public place in it, or is made for exactly that area; for
 * the nation only the second counts, since every place lies in it. It covers an area from outside
 * where it is made for a wider one and is not present. */
#ifndef DB_COVERAGE_H
#define DB_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/package.h"
#include "db/uuid.h"

/* From worst to best. A service is sure when nothing about it is doubtful and either a number is
 * known or somebody confirmed it. */
enum coverage_state {
    COVERAGE_NOT_ASKED,   /* the kind is not in the package of the level */
    COVERAGE_MISSING,     /* too few, whoever is counted */
    COVERAGE_UNCONFIRMED, /* enough, but only with those that are not sure */
    COVERAGE_COVERED,     /* enough sure ones, some of them from outside */
    COVERAGE_PRESENT,     /* enough sure ones here */
    COVERAGE_STATES
};

struct coverage_cell {
    int required;    /* services there should be; 0: not asked for */
    int located;     /* present */
    int covering;    /* from outside */
    int unconfirmed; /* of both, not sure */
    enum coverage_state state;
};

/* A service that has a kind of the package. */
struct coverage_row {
    struct uuid id;
    uint64_t kinds;      /* bit n: coverage.kinds[n] */
    const char *located; /* area codes, space separated */
    const char *covers;  /* the same; "KH" the country */
    const char *name_km, *name_en;
    int64_t order[LANG_COUNT]; /* place of its name among all */
    bool sure;
};

enum { COVERAGE_KINDS = 63 };

struct coverage {
    char (*areas)[AREA_CODE]; /* in order of code; the first is "", the nation */
    size_t area_count;
    char kinds[COVERAGE_KINDS][4]; /* of the package, all levels, in order of code */
    size_t kind_count;
    struct coverage_counts *counts; /* [area_count * kind_count] */
    const struct package *package;  /* borrowed */
    struct coverage_row *rows;
    size_t row_count;
    struct arena arena;
};

/* Counts for all areas; package is borrowed until coverage_release. Tens of milliseconds at 20,000
 * services. */
MUST_CHECK enum status coverage_load(struct db *db, const struct package *package,
                                     struct coverage *ret_coverage);
void coverage_release(struct coverage *c);

/* area: code, "" or "KH" the nation; kind: place in c->kinds. All 0 for an unknown area. */
struct coverage_cell coverage_at(const struct coverage *c, const char *area, size_t kind);
/* Place in c->kinds; SIZE_MAX: none. */
size_t coverage_kind(const struct coverage *c, const char *code);
/* "missing", "unconfirmed", "covered", "present"; "" not asked for. */
const char *coverage_state_name(enum coverage_state state);

/* Calls visit for each area directly inside one, in order of code. */
void coverage_inside(const struct coverage *c, const char *area,
                     void (*visit)(void *context, const char *code), void *context);

/* How many cells of its package are in each state. */
struct coverage_total {
    int required; /* cells asked for */
    int states[COVERAGE_STATES];
};
/* Of the area alone, or with all areas in it. */
struct coverage_total coverage_total(const struct coverage *c, const char *area, bool inside);

/* An area and all in it, for a ranking. */
struct coverage_ranked {
    char code[AREA_CODE];
    struct coverage_total total;
};
/* The districts of an area (the communes of a district), those with the greatest share of missing
 * cells first, then of unconfirmed ones, then by code. Owned by the caller (free()). */
struct coverage_ranked *coverage_rank(const struct coverage *c, const char *area,
                                      size_t *ret_count);

/* A service behind a cell. */
struct coverage_service {
    const struct coverage_row *row;
    bool present;
    char from[AREA_CODE]; /* the area it is made for that holds this one; "" the country or none */
};
/* Those behind a cell: present ones, then those from outside, the nearest first; among equals the
 * sure ones, then by name. Owned by the caller (free()). */
struct coverage_service *coverage_services(const struct coverage *c, const char *area, size_t kind,
                                           enum lang lang, size_t *ret_count);

#endif
