/* Three versions of what is in a form: as it was loaded, as somebody else stored it since, and as
 * it is typed. Different fields come together silently; for the same field somebody has to choose.
 * Without a screen. */
#ifndef TUI_FORM_MERGE_H
#define TUI_FORM_MERGE_H

#include "tui/form_data.h"

/* One field that both changed. */
struct form_conflict {
    struct part *part;
    struct box *box;     /* NULL: they closed the record that is changed here, or the other way */
    struct value theirs; /* in the merge's arena */
    bool mine;           /* the choice: what is typed here stays */
};

struct form_merge {
    struct form_conflict *rows;
    size_t count, room;
    size_t taken; /* fields of others that came in silently */
    bool gone;    /* the record itself is not there any more */
    struct arena arena;
    size_t selected;
};

/* Compares with what is stored now, takes over what only others changed (and records they added),
 * and lists what both changed. The form counts as made from what is stored now. */
MUST_CHECK enum status form_merge_begin(struct form_data *d, struct form_merge *ret_merge);
/* Carries the choices out. */
void form_merge_end(struct form_data *d, struct form_merge *merge);
void form_merge_release(struct form_merge *merge);

#endif
