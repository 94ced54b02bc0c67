/* What is to be confirmed in an area: a service is due when nobody was reached for longer than its
 * kind allows, when no telephone number of it is known, or on the day somebody set. The kinds'
 * times are data (data/due.tsv), and may be set otherwise on a machine. */
#ifndef DB_DUE_H
#define DB_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/uuid.h"
#include "i18n/mem.h"

/* How long a confirmation of a kind or group of services lasts: so many months and days. */
struct due_rule {
    char term[AREA_CODE]; /* "A1", "A"; "" all others */
    int months, days;
};

enum { DUE_RULES = 64, DUE_MONTHS_MAX = 60, DUE_DAYS_MAX = 1000 };

struct due_rules {
    struct due_rule rows[DUE_RULES];
    size_t count;
};

/* Those of the directory; where it has none (an older one), six months for all. */
MUST_CHECK enum status due_rules_load(struct db *db, struct due_rules *ret_rules);
/* Sets the rules of a text in the form of data/due.tsv over those in *rules. STATUS_INVALID:
 * nothing is set, *ret_line is the first bad line (from 1). */
MUST_CHECK enum status due_rules_read(const char *text, size_t len, struct due_rules *rules,
                                      size_t *ret_line);
/* The shortest time that any of the kinds ("A1 B2") allows after this day (days since 1970). */
int64_t due_after(const struct due_rules *rules, const char *types, int64_t day);
/* First day of the round that `today` lies in: rounds follow each other from 1 January in steps of
 * the time for all kinds (the plan's twice-yearly meetings: 1 January and 1 July). */
int64_t due_round_start(const struct due_rules *rules, int64_t today);

/* For the maker of the seed: adds or replaces one rule. */
MUST_CHECK enum status due_rule_put(struct db *db, const struct due_rule *rule);

/* Why something is due, in the order in which a call round goes. */
enum due_why {
    DUE_NOT,
    DUE_URGENT, /* a kind with a shorter time than others (hotlines, shelters), not confirmed */
    DUE_NOT_REACHED, /* not reached NOT_REACHED_ALERT times in a row, or more */
    DUE_NO_PHONE,    /* no number is known, and nobody was reached this round */
    DUE_NEVER,       /* never confirmed */
    DUE_CHECK,       /* somebody set a day for it (service.next_check) */
    DUE_OLD,         /* its time is over */
    DUE_WHY_COUNT
};
const char *due_why_name(enum due_why why); /* json: "urgent", "not_reached", ... */

struct due_row {
    struct uuid id;
    const char *name_km, *name_en;
    const char *abbreviation_km, *abbreviation_en; /* of the organization, "" none */
    char area[AREA_CODE]; /* where it is, else what it covers; "" the country */
    const char *types;    /* codes, a space between */
    const char *phones;   /* public ones as stored, a space between; "" none */
    int64_t due;          /* day since 1970; never confirmed: the day asked for */
    int64_t verified;     /* day of the last confirmation; -1 never */
    int64_t asked;        /* day of the last attempt, whatever came out; -1 never */
    const char *actor;    /* who confirmed last, "" nobody */
    enum due_why why;
    int not_reached; /* times in a row, up to now */
};

struct due_list {
    struct due_row *rows;
    size_t count;
    int64_t due;         /* all that are due; rows may be fewer when a limit was given */
    int64_t done, total; /* this round: confirmed or closed, of those and what is still due */
    int64_t round_from;  /* day since 1970 */
    struct arena arena;
};

struct due_query {
    const char *area;              /* code; "" or "KH" the country */
    int64_t today;                 /* days since 1970 */
    const struct due_rules *rules; /* NULL: those of the directory */
    size_t limit;                  /* rows wanted; 0 all */
};

/* The services with a public place in the area or, without one, made for it or for a part of it;
 * those made for the whole country only where the country is asked for. 20,000 of them take less
 * than 100 ms. */
MUST_CHECK enum status due_load(struct db *db, const struct due_query *query,
                                struct due_list *ret_list);
void due_list_release(struct due_list *list);

/* One service alone, whatever its area: no row where it is not due. STATUS_NOT_FOUND. */
MUST_CHECK enum status due_of(struct db *db, const struct due_query *query, const struct uuid *id,
                              struct due_list *ret_list);

#endif
