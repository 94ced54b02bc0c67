/* Inside the coach: its state, shared by coach.c (what is done and answered), coach_act.c (whether
 * an act is done) and coach_draw.c. */
#ifndef TUI_COACH_STATE_H
#define TUI_COACH_STATE_H

#include "tui/coach.h"

struct coach {
    struct course_entry *entry;
    const struct scenario *scenario;
    struct play *play;
    size_t step;    /* scenario->count: over */
    size_t *before; /* of each step: how often its act stood in the directory when the play began */
    size_t nots_before[SCENARIO_NOTS];
    bool nots_held[SCENARIO_NOTS];

    bool focus; /* the box has the keys */
    enum { SAYS_NOTHING, SAYS_RIGHT, SAYS_WRONG } says;
    const struct said *why;
    int earned; /* with SAYS_RIGHT */
    bool spoiled, hinted;
    bool whole_way; /* a second hint: all keys */

    size_t key_at; /* of the step's keys: the next one */
    struct text heard;
    enum command done; /* carried out since the last look */

    size_t chosen;
    bool tried[SCENARIO_CHOICES];
    bool answered; /* the explanation is read, then `next` follows */
    size_t next;

    int top;     /* first line shown */
    bool follow; /* the chosen answer stays in sight */
};

/* How often the act stands in the directory: verifications, gaps noted. */
size_t coach_count(const struct coach *k, struct db *db, const struct scenario_act *act,
                   const struct scenario_act *other);
/* Whether the act is done; other: the step's own act, for "*". before: as coach_count told. */
bool coach_holds(const struct coach *k, const struct coach_sight *at,
                 const struct scenario_act *act, const struct scenario_act *other, size_t before);

#endif
