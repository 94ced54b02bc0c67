/* A referral pathway as it is shown: the rules, whom it is for, the steps, and which of the
 * services are open now. The view, the chart and the command line all ask it. Draws nothing. */
#ifndef TUI_WAY_H
#define TUI_WAY_H

#include "db/alert.h"
#include "db/pathway.h"
#include "tui/format.h"
#include "tui/sheet.h"

struct way_query {
    char need[8];         /* "N3" */
    char area[AREA_CODE]; /* commune (or a village of it) or district */
    struct pathway_child child;
    int tier;         /* 1..3; 0: all */
    int64_t happened; /* Unix seconds; 0: not told */
    /* Services that were not available, borrowed. */
    const struct uuid *unavailable;
    size_t unavailable_count;
};

struct way {
    struct way_query query;
    struct guide guide;
    struct guide_fault fault; /* of own rules that are left out */
    struct catchment catchment;
    struct pathway pathway;
    enum open_state *open;        /* of each step's service */
    struct alert_list suspending; /* by which services that were passed over are suspended */
    size_t *suspended_by;         /* of each step: place in it; SIZE_MAX: none */
};

/* Folder of this office's own rules, owned: `given` (--rules), $CPDIR_RULES,
 * $XDG_DATA_HOME/cpdir/rules or ~/.local/share/cpdir/rules; NULL: nowhere. */
char *way_rules(const char *given);

/* rules as of way_rules. STATUS_INVALID: the area is neither a commune nor a district;
 * STATUS_NOT_FOUND: no such need or area. */
MUST_CHECK enum status way_load(struct db *db, const char *rules, const struct way_query *query,
                                struct way *ret_way);
void way_release(struct way *w);

/* The alert that suspended the service a step passed over; NULL: none is known. */
const struct alert *way_suspended_by(const struct way *w, size_t step);

/* Whether a step comes right after the step number `before`. */
bool way_follows(const struct pathway_step *step, size_t before);

/* --- in words (format_way.c) */

enum message way_level(enum guide_level level);
/* Appends when the step is to be done, in a few words for a box: where what happened is told, a
 * step of 72 hours says how many are left. */
void way_add_when(const struct format *f, struct text *out, const struct way *w,
                  const struct guide_rule *rule, bool brief);
/* Appends "tier 3"; nothing for a step of all tiers. */
void way_add_tiers(const struct format *f, struct text *out, const struct guide_rule *rule);
/* When the 72 hours end, Unix seconds; 0: not told, or not a step of 72 hours. */
int64_t way_deadline(const struct way *w, const struct guide_rule *rule);
/* Appends the sentence about the 72 hours; nothing where no step has them. */
void way_add_clock(const struct format *f, struct text *out, const struct way *w);
/* "now", "hours72" ...; "commune" ...; "level", "nearest" ...; "open" ...: for programs. */
const char *way_urgency_name(enum guide_urgency urgency);
const char *way_level_name(enum guide_level level);
const char *way_why_name(enum pathway_why why);
const char *way_open_name(enum open_state state);
/* The same in words. Appends nothing where opening hours are not known. */
void way_add_open(const struct format *f, struct text *out, enum open_state state);
void way_add_why(const struct format *f, struct text *out, const struct pathway_step *step);
/* Appends the chosen service's first number, whether it is open, and what is wrong with it. */
void way_add_contact(const struct format *f, struct text *out, const struct way *w, size_t step);
/* Appends that the nearer service of a step is passed over, and by which alert it is suspended. */
void way_add_suspended(const struct format *f, struct text *out, const struct way *w, size_t step);
/* Appends "14 years · girls · open now"; nothing where nothing is told of the child. */
void way_add_child(const struct format *f, struct text *out, const struct way_query *query);
/* Appends what is wrong with own rules. */
void way_add_reason(struct text *out, enum lang lang, const struct guide_fault *fault);
/* Appends why own rules are left out, naming file and line. */
void way_add_fault(struct text *out, enum lang lang, const struct guide_fault *fault);

/* Adds all of it as an ordered list with what to say, bring and report. rows (NULL, or one for each
 * step) becomes the sheet's row each step begins in. */
void way_list(const struct format *f, struct sheet *s, const struct way *w, size_t *rows);
/* Appends it as a few lines to paste into a message. */
void way_card(const struct format *f, struct text *out, const struct way *w);

#endif
