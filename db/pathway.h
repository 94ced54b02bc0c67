/* The referral pathway of a need in a place: the steps of the guide, each with the service that is
 * to be asked, why that one, and who else could help. Decides; shows nothing. */
#ifndef DB_PATHWAY_H
#define DB_PATHWAY_H

#include <stdbool.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/detail.h"
#include "db/guide.h"
#include "db/search.h"

/* Services that can be asked from a place, and where each stands in regard to it. Loaded once, it
 * answers every need. */
struct catchment {
    char area[AREA_CODE]; /* commune or district */
    struct result results[6];
    struct reach {
        const struct hit *hit;
        enum nearness nearness;
        bool unsuitable; /* not for the child, or not open then */
    } * rows;            /* in order of search */
    size_t count;
    struct arena arena;
};

/* Whom it is for; the place is the catchment's. */
struct pathway_child {
    int age; /* years; -1: not told */
    enum { CHILD_ANY, CHILD_GIRL, CHILD_BOY } sex;
    bool disability;
    bool open_now; /* only what is open at `now` */
    bool all_day;  /* only what is open day and night */
    int64_t now;   /* Unix seconds; 0: the clock of db */
};

/* area: code of a commune (a village's counts as its commune) or district. STATUS_INVALID for
 * another level, STATUS_NOT_FOUND for an unknown one. */
MUST_CHECK enum status catchment_load(struct db *db, const char *area,
                                      const struct pathway_child *child,
                                      struct catchment *ret_catchment);
void catchment_release(struct catchment *c);

enum pathway_why {
    PATH_LEVEL,   /* the office of the step's level */
    PATH_NEAREST, /* the nearest that has the kind */
    PATH_WIDER,   /* nobody nearer has it */
    PATH_COMMUNE, /* which one depends on the commune: the place asked for is a district */
    PATH_GAP,     /* nobody has it */
};

enum { PATH_OTHERS = 3 };

struct pathway_step {
    const struct guide_rule *rule; /* of the guide */
    char area[AREA_CODE];   /* of its level; for the nearest: where that was found; "" country */
    enum nearness nearness; /* of the service; NEAR_NONE: none */
    enum pathway_why why;
    const struct hit *service; /* of the catchment; NULL: a gap, or PATH_COMMUNE */
    const char *kind; /* the rule's kind the service was chosen for; the first one in a gap */
    const struct hit *others[PATH_OTHERS]; /* next best, of any of the kinds */
    size_t other_count;
    const struct hit *suspended;  /* would have been nearer but is temporarily closed; NULL */
    const struct hit *unsuitable; /* is nearer but not for the child or not open then; NULL */
    size_t after[GUIDE_AFTER];    /* steps of this pathway before this one */
    size_t after_count;
};

struct pathway {
    const char *need;
    char area[AREA_CODE];
    struct pathway_step *steps; /* in the order in which they are done */
    size_t count;
    struct arena arena;
};

struct pathway_query {
    const char *need; /* "N3" */
    int tier;         /* 1..3; 0: steps of all tiers */
    /* Services that turned out not to be available: passed over. */
    const struct uuid *unavailable;
    size_t unavailable_count;
};

/* Borrows from guide and catchment. STATUS_NOT_FOUND: no such need. */
MUST_CHECK enum status pathway_make(const struct guide *guide, const struct catchment *catchment,
                                    const struct pathway_query *query, struct pathway *ret_pathway);
void pathway_release(struct pathway *p);

#endif
