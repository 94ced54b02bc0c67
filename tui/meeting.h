/* The pack for a working group's meeting: members, agenda, what changed since the last meeting,
 * what is due, what is missing, proposals that wait, and a table of next steps to fill in by hand.
 */
#ifndef TUI_MEETING_H
#define TUI_MEETING_H

#include "db/alert.h"
#include "db/area_change.h"
#include "db/coverage.h"
#include "db/due.h"
#include "db/gap.h"
#include "db/propose.h"
#include "db/working_group.h"
#include "tui/format.h"
#include "tui/view.h"

struct meeting {
    char area[AREA_CODE];
    int64_t today, since; /* days since 1970 */
    bool since_meeting;   /* since is the day of the last meeting */
    struct group_list groups;
    struct area_change_list changes;
    struct due_list due;
    struct package *package; /* of the coverage; owned */
    struct coverage coverage;
    struct gap_list gaps; /* noted since */
    struct proposal_list proposals;
    struct alert_list alerts; /* in force there, around it or in a part of it */
};

/* area: code of a province, district or what lies in one; "" the country. since: day, -1: the last
 * meeting of the area's own committee, or six months ago where none is known. rules: folder of an
 * office's own minimum package, NULL none. Under a second for a province of 20,000 services. */
MUST_CHECK enum status meeting_load(struct db *db, const char *area, int64_t today, int64_t since,
                                    const char *rules, struct meeting *ret_meeting);
void meeting_release(struct meeting *m);

/* The committee of exactly the area; NULL none. */
const struct working_group *meeting_group(const struct meeting *m);
/* Is the kind missing in the area or in a part directly inside it? Calls visit for each such. */
void meeting_each_missing(const struct meeting *m,
                          void (*visit)(void *context, const char *area, size_t kind),
                          void *context);
/* Adds the pack; db: of the meeting, for names of what was changed. */
void meeting_sheet(const struct format *f, struct db *db, struct sheet *s, const struct meeting *m);
enum message meeting_what(enum area_change_what what);
/* Appends what of an entry was changed: "Telephone: Number, Name". */
void meeting_add_fields(struct text *out, enum lang lang, const struct area_change *c);

/* The pack on the screen. NULL: the directory could not be read. */
struct view *meeting_new(const struct context *x, const char *area);

#endif
