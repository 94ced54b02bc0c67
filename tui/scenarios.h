/* The views of the training: the list of scenarios with how they went, the summary of one, and the
 * presenter's large pages. */
#ifndef TUI_SCENARIOS_H
#define TUI_SCENARIOS_H

#include "tui/course.h"
#include "tui/view.h"

struct view *scenarios_new(const struct context *x);
/* entry is borrowed, from the app's course. */
struct view *summary_new(const struct context *x, const struct course_entry *entry);
struct view *presenter_new(const struct context *x, const struct course_entry *entry);

/* Appends "12 of 15 points · 4 of 6 right at once · 1 hint". */
void scenarios_add_sum(struct text *out, enum lang lang, const struct play_sum *sum);
/* The sum over all scenarios that were played to the end; *ret_done of them. */
struct play_sum scenarios_total(const struct course *c, size_t *ret_done);

#endif
