/* Area alerts: a flood, storm, epidemic or conflict in an area, from a first to a last day. Which
 * of them are in force where. Changes nothing; what an alert suspends is in suspend.h. */
#ifndef DB_ALERT_H
#define DB_ALERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/uuid.h"
#include "i18n/mem.h"

enum alert_state {
    ALERT_NOW,
    ALERT_COMING, /* its first day is not there yet */
    ALERT_OVER,   /* its last day is over, or somebody ended it */
};
const char *alert_state_name(enum alert_state state); /* json: "now", "coming", "over" */

struct alert {
    struct uuid id;
    char area[AREA_CODE];          /* "" the whole country */
    int kind;                      /* VALUE_ALERT_KIND_... */
    const char *text_km, *text_en; /* "" where missing */
    int64_t from, to;              /* first and last day, since 1970; -1 not said */
    enum alert_state state;
};

struct alert_list {
    struct alert *rows;
    size_t count;
    struct arena arena;
};

/* All there are: those in force, then those to come, then those that are over; each the latest
 * first. today: days since 1970, of Cambodia. */
MUST_CHECK enum status alert_load(struct db *db, int64_t today, struct alert_list *ret_list);
void alert_list_release(struct alert_list *list);

/* The same, with those kept that are in force now. */
MUST_CHECK enum status alert_load_now(struct db *db, int64_t today, struct alert_list *ret_list);

/* Is the place in the alert's area? code: of an area, "" or "KH" the country. */
bool alert_holds(const struct alert *alert, const char *code);
/* The same for any of a list of codes separated by spaces. */
bool alert_holds_any(const struct alert *alert, const char *codes);

/* Keeps those that hold one of the codes. */
void alert_keep(struct alert_list *list, const char *codes);
/* Keeps those that hold the area or lie in it, for the list of an area. */
void alert_keep_around(struct alert_list *list, const char *area);

/* Appends where a service is: the codes of its public places, or, without one, of the areas it is
 * made for; a space between. Nothing for an unknown service. */
MUST_CHECK enum status alert_places_of(struct db *db, const struct uuid *service,
                                       struct text *ret_codes);

/* One of them, added to the list. STATUS_NOT_FOUND. */
MUST_CHECK enum status alert_get(struct db *db, const struct uuid *id, int64_t today,
                                 struct alert_list *list);

#endif
