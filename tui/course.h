/* All scenarios that can be played: the built-in ones and this office's own; and how they were
 * played since the program began. Nothing of it is kept, and nobody's name is asked. */
#ifndef TUI_COURSE_H
#define TUI_COURSE_H

#include "tui/scenario.h"

enum step_result {
    STEP_OPEN,    /* not passed yet */
    STEP_PASSED,  /* only told */
    STEP_AT_ONCE, /* right at once */
    STEP_HINTED,  /* right after a hint */
    STEP_LATER,   /* right after something wrong */
    STEP_SKIPPED,
};

/* One play of a scenario. */
struct play {
    enum step_result *results; /* of each step */
    int *points;
    size_t hints;
    bool done; /* to the end */
};

struct play_sum {
    int points, most;         /* most: of the steps that were passed */
    size_t at_once, answered; /* steps that ask for something */
    size_t hints;
};

struct course_entry {
    struct scenario scenario;
    bool own;
    struct play last; /* results NULL: not played yet */
};

struct course {
    struct course_entry *entries;
    size_t count;
    struct guide_fault *faults; /* of files that are left out */
    size_t fault_count;
    bool loaded;
};

/* Folder of this office's own scenarios, owned: $XDG_DATA_HOME/cpdir/scenarios or
 * ~/.local/share/cpdir/scenarios; NULL: nowhere. */
char *course_folder(void);

/* db: the training directory. folder may be NULL. STATUS_OK also where files are left out, or what
 * reading the directory gave. */
MUST_CHECK enum status course_load(struct db *db, const char *folder, struct course *ret_course);
void course_release(struct course *c);

/* The entry of that name or number ("3"); NULL none. */
struct course_entry *course_find(struct course *c, const char *name);

/* Begins again: forgets the last play of it. */
void play_begin(struct play *p, const struct scenario *s);
struct play_sum play_sum(const struct play *p, const struct scenario *s);

#endif
