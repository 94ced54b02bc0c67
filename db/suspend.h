/* What an area alert suspends: the services it may suspend, those it has, and the changes that
 * suspend or restore them as one save. A suspended service is temporarily closed and names the
 * alert (service.suspended_by); whoever writes the changes decides who may (propose.h). */
#ifndef DB_SUSPEND_H
#define DB_SUSPEND_H

#include "db/alert.h"
#include "db/op.h"

enum suspend_state {
    SUSPEND_ACTIVE,   /* in force: may be suspended */
    SUSPEND_BY_THIS,  /* suspended by this alert, and nobody changed the entry since */
    SUSPEND_CHANGED,  /* suspended by this alert, and somebody changed the entry since */
    SUSPEND_BY_OTHER, /* suspended by another alert */
    SUSPEND_NOT,      /* not in force for another reason */
};

struct suspend_row {
    struct uuid id;
    const char *name_km, *name_en;
    const char *abbreviation_km, *abbreviation_en; /* of the organization, "" none */
    const char *types;                             /* codes, space separated */
    const char *located;                           /* codes of public places, space separated */
    const char *covers;
    const char *phones; /* stored form, public ones */
    enum suspend_state state;
    int64_t changed_ms; /* SUSPEND_CHANGED: since 1970, by whom */
    const char *changed_by;
};

struct suspend_list {
    struct suspend_row *rows;
    size_t count;
    struct arena arena;
};
void suspend_list_release(struct suspend_list *list);

/* Services with a public place in the alert's area, and those made for it or for a part of it that
 * have no public place; closed ones are left out; by place, then by kind. */
MUST_CHECK enum status suspend_candidates(struct db *db, const struct alert *alert,
                                          struct suspend_list *ret_list);
/* Those that name the alert and are still temporarily closed, or were changed since. */
MUST_CHECK enum status suspend_suspended(struct db *db, const struct alert *alert,
                                         struct suspend_list *ret_list);

/* The alert that suspended a service; STATUS_NOT_FOUND where none did, or where somebody changed
 * its status since. */
MUST_CHECK enum status suspend_alert_of(struct db *db, const struct uuid *service,
                                        struct uuid *ret_alert);

/* The change of one service, for a save of as many as are chosen: suspended by the alert, or
 * (NULL) active again. It lives in the arena. Area and actor are left to person_save. */
struct change suspend_change(const struct uuid *service, const struct uuid *alert,
                             const char *reason, struct arena *arena);
/* The changes that end an alert on a day (days since 1970): its last day where it had begun, and
 * its closing. Room for SUSPEND_END_CHANGES; returns how many. */
enum { SUSPEND_END_CHANGES = 2 };
size_t suspend_end_changes(const struct alert *alert, int64_t today, const char *reason,
                           struct arena *arena, struct change *ret_changes);

#endif
