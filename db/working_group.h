/* The committees that coordinate child protection in provinces and districts (WCCC and other
 * working groups): who sits in them and when they meet. Nothing confidential: what is sealed is
 * left out. */
#ifndef DB_WORKING_GROUP_H
#define DB_WORKING_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/uuid.h"
#include "i18n/mem.h"

enum {
    GROUP_SOON_DAYS = 30,
    GROUP_MONTHS = 6, /* the plan: working groups meet at least twice a year */
};

enum group_state {
    GROUP_NO_DATE, /* nobody said when it meets next */
    GROUP_OVER,    /* the day is over and no new one is set */
    GROUP_SOON,    /* today or within GROUP_SOON_DAYS */
    GROUP_LATER,
};
const char *group_state_name(enum group_state state); /* json: "no_date", "over", ... */

struct group_member {
    struct uuid id;
    const char *name_km, *name_en, *title_km, *title_en, *role_km, *role_en, *email; /* "" none */
    const char *phones; /* stored form, a space between, public ones */
};

struct working_group {
    char area[AREA_CODE]; /* of a province or district */
    struct uuid organization, service;
    const char *name_km, *name_en;
    const char *phones; /* of the committee itself, public ones */
    bool wccc;          /* women and children consultative committee (kind B2) */
    int64_t next;       /* day since 1970; -1 not known */
    int64_t last;       /* the latest day that was set and came; -1 not known */
    enum group_state state;
    bool long_ago; /* last is more than GROUP_MONTHS before today */
    struct group_member *members;
    size_t member_count;
};

struct group_list {
    struct working_group *rows; /* in order of area; the WCCC of an area before other groups */
    size_t count;
    struct arena arena;
};

/* Those of exactly the area or of an area in it; of a commune or village those of its district. A
 * committee is the organization of a service of the kind B2, or of the sector working group, that
 * is made for exactly a province or district; no closed ones. area: code, "" or "KH" the country;
 * today: days since 1970, of Cambodia. */
MUST_CHECK enum status group_load(struct db *db, const char *area, int64_t today,
                                  struct group_list *ret_list);
void group_list_release(struct group_list *list);

#endif
