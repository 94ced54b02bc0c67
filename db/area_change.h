/* What changed in an area since a time: one line for each service, and for each organization that
 * has services there, from the log. Nothing confidential. */
#ifndef DB_AREA_CHANGE_H
#define DB_AREA_CHANGE_H

#include "db/area.h"
#include "db/op.h"

/* The most that happened to an entry, strongest first. */
enum area_change_what {
    AREA_NEW,         /* it was entered */
    AREA_CLOSED,      /* it was closed, or merged into another one */
    AREA_SUSPENDED,   /* temporarily closed, or not active */
    AREA_REOPENED,    /* it is active again */
    AREA_CHANGED,     /* something of it, or of what belongs to it */
    AREA_CONFIRMED,   /* only asked: it was still right, or changed and then put right */
    AREA_NOT_REACHED, /* only asked, the last time in vain */
    AREA_WHAT_COUNT
};
const char *area_change_name(enum area_change_what what); /* json: "new", "closed", ... */

enum { AREA_CHANGE_FIELDS = 6 };

struct area_change {
    enum record_kind kind; /* service or organization */
    struct uuid id;
    const char *name_km, *name_en; /* "" missing */
    const char *located, *covers;  /* codes of a service, a space between */
    enum area_change_what what;
    int64_t time_ms;   /* of the last change */
    const char *actor; /* who made it, "" unknown */
    struct {           /* what of it was changed, each once; the first AREA_CHANGE_FIELDS */
        enum record_kind kind;
        enum op_kind op;
        int field; /* 0: the record as a whole */
    } fields[AREA_CHANGE_FIELDS];
    size_t field_count;
};

struct area_change_list {
    struct area_change *rows; /* by what, then the latest first */
    size_t count;
    struct arena arena;
};

/* area: code, "" or "KH" the country. Services count as in the work lists (due.h): those with a
 * public place in the area or, without one, made for it or for a part of it. What was taken back is
 * left out. */
MUST_CHECK enum status area_change_load(struct db *db, const char *area, int64_t since_ms,
                                        struct area_change_list *ret_list);
void area_change_list_release(struct area_change_list *list);

#endif
