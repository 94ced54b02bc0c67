/* Playing a scenario: a box at the bottom of the screen tells, asks and explains, and what the
 * learner does in the views above it is checked against the step. Knows the views only by what they
 * tell of themselves (view.h). */
#ifndef TUI_COACH_H
#define TUI_COACH_H

#include "tui/course.h"

struct coach;

/* Where the learner is. */
struct coach_sight {
    const struct context *x;
    const struct view *top;
};

/* entry is borrowed, its last play begins anew. */
struct coach *coach_new(struct course_entry *entry, const struct coach_sight *at);
void coach_free(struct coach *k);

/* Something that is to be saved in the scenario stands in the directory already: it was played
 * there before. */
bool coach_was_played(const struct scenario *s, struct db *db);

/* Every step is passed. */
bool coach_is_over(const struct coach *k);
struct course_entry *coach_entry(const struct coach *k);
/* The box has the keys (CONTEXT_BOX), not the view. */
bool coach_has_keys(const struct coach *k);

/* A command before the view gets it; OUTCOME_IGNORED: it is the view's. */
unsigned coach_command(struct coach *k, const struct coach_sight *at, enum command command);
/* The view carried out a command; text was typed. Then coach_look. */
void coach_saw_command(struct coach *k, enum command command);
void coach_saw_text(struct coach *k, const char *s, size_t len);
/* Looks whether the step's act is done, or one that gets its explanation. */
void coach_look(struct coach *k, const struct coach_sight *at);

/* Rows that a screen of so many (without its bars) keeps for the box. */
int coach_rows(int rows);
/* Draws the box so that it ends above `bottom`; it may grow up to `top` while it has the keys. */
void coach_draw(struct coach *k, const struct coach_sight *at, struct canvas *c, int top,
                int bottom);

/* The key that leads on from where the learner is, NULL none is told: for tests that play. */
const struct scenario_key *coach_next_key(const struct coach *k);
const struct scenario_step *coach_step(const struct coach *k);

#endif
