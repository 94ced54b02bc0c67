/* Everything about one service, as show and the detail view need it. */
#ifndef DB_DETAIL_H
#define DB_DETAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "db/alert.h"
#include "db/area.h"
#include "db/db.h"
#include "db/record.h"

struct verification {
    int64_t day; /* days since 1970; -1: never */
    int method;  /* VALUE_METHOD_... */
    int result;  /* VALUE_RESULT_... */
    const char *actor;
    const char *note;
};

struct detail {
    struct record_list service;      /* one row */
    struct record_list organization; /* one row or none */
    struct record_list phones; /* of the service, then of its places, then of its organization */
    struct record_list contacts;
    struct record_list schedules;
    struct record_list locations;
    struct record_list areas; /* service_area */
    struct record_list terms; /* term_link */
    struct record_list languages;
    struct record_list accessibility;
    struct record_list capacities;
    struct alert_list suspended_by; /* one row or none: the alert by which it is suspended */
    struct verification verified;   /* the last confirmation */
    bool needs_contact;             /* no telephone number is known */
    bool unconfirmed;               /* as struct hit */
    int level; /* unlocked when it was loaded: rows above it are not to be shown */
    struct arena arena;
};

enum open_state { OPEN_UNKNOWN, OPEN_NOW, CLOSED_NOW, OPEN_ALL_DAY };

/* STATUS_NOT_FOUND when no service has this id. An id of an organization is answered by its first
 * service. */
MUST_CHECK enum status detail_load(struct db *db, const struct uuid *id, struct detail *ret_detail);
void detail_release(struct detail *d);
/* Drops what is confidential, as for everything that leaves the screen: prints, files, cards. */
void detail_keep_public(struct detail *d);

/* True when a number is not to be printed as certain: confidence below high and not confirmed
 * since. */
bool detail_phone_unconfirmed(const struct detail *d, const struct record *phone);

/* Is it open at this Unix time (seconds), by its schedules, in Cambodian time? */
enum open_state detail_open(const struct detail *d, int64_t unix_seconds);

#endif
