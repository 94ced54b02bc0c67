/* The list for child protection in emergencies: who is on duty in an area and where children can be
 * received. Which kinds those are is a table (data/emergency.tsv) built into the program; an office
 * may put its own beside its rules. Only public parts of services are ever in it. */
#ifndef DB_EMERGENCY_H
#define DB_EMERGENCY_H

#include <stdbool.h>
#include <stdint.h>

#include "db/alert.h"
#include "db/db.h"
#include "db/detail.h"
#include "db/guide.h"
#include "db/search.h"
#include "db/suspend.h"

#define EMERGENCY_FILE "emergency.tsv"

enum { EMERGENCY_NEAREST = -1 };

enum emergency_part { EMERGENCY_DUTY, EMERGENCY_RECEIVE };

struct emergency_item {
    enum emergency_part part;
    char kind[4];
    int level; /* as area_level, of the area an office is made for; EMERGENCY_NEAREST */
};

struct emergency {
    struct emergency_item *items; /* in order of the file */
    size_t count;
    bool own; /* an office's own file */
    struct arena arena;
};

/* As package_load, for the table of the emergency list. */
MUST_CHECK enum status emergency_load(struct db *db, const char *directory,
                                      struct emergency *ret_table, struct guide_fault *ret_fault);
void emergency_release(struct emergency *table);
/* The built-in table as it is written, *ret_len bytes; borrowed. */
const char *emergency_built_in(size_t *ret_len);
const char *emergency_part_name(enum emergency_part part); /* "duty", "receive" */
/* "nearest", or package_level_name. */
const char *emergency_level_name(int level);
/* Does one of the kinds ("B1 B2") stand for an office on duty? Those are the last to be suspended.
 */
bool emergency_is_duty(const struct emergency *table, const char *types);

/* May an alert suspend it unless somebody says otherwise? Services in force with a public place in
 * the area, but not the offices on duty: those are who is to be called. */
bool emergency_suspends(const struct emergency *table, const struct suspend_row *row);

struct emergency_row {
    const struct hit *hit;
    size_t order;           /* in which they were found */
    enum nearness nearness; /* NEAR_NONE: where the country is asked for */
    bool outside;           /* a place around the area, of which nobody said whom it serves */
    enum open_state open;   /* at the time asked for */
    bool suspended;         /* temporarily closed */
    bool has_alert;         /* ... by `alert` */
    struct uuid alert;
};

/* What the table's row of that number found. */
struct emergency_group {
    const struct emergency_item *item;
    struct emergency_row *rows; /* those in force, the nearest first; then the suspended ones */
    size_t count;
    size_t active; /* of them in force: 0 is a gap, unless it is `below` */
    bool below; /* the office stands at a level the area has too many of: told per smaller area */
};

struct emergency_list {
    char area[AREA_CODE];           /* "" the country */
    struct emergency_group *groups; /* one for each row of the table */
    size_t count;
    struct result *results;
    size_t result_count;
    struct arena arena;
};

/* area: a province, district or commune (a village's counts as its commune), "" or "KH" the
 * country; now: Unix seconds. table is borrowed. STATUS_NOT_FOUND: no such area. */
MUST_CHECK enum status emergency_make(struct db *db, const struct emergency *table,
                                      const char *area, int64_t now,
                                      struct emergency_list *ret_list);
void emergency_list_release(struct emergency_list *list);

#endif
