/* The form: one view in which a record and what belongs to it are filled in, checked, compared and
 * saved. Made from field.def and form.def. */
#ifndef TUI_FORM_H
#define TUI_FORM_H

#include "db/record.h"
#include "tui/view.h"

/* The form of a stored record; where a draft of it is kept, what is to become of that is asked
 * first. NULL: it is not there. */
struct view *form_open(const struct context *x, enum record_kind kind, const struct uuid *id);

struct verdict_words;
/* The form of a service that was called or visited; what was found is saved with what changed. */
struct view *form_open_found(const struct context *x, const struct uuid *service,
                             const struct verdict_words *found);

/* The form of a new record: a service for the area ("" none given). NULL: no id could be made. */
struct view *form_new(const struct context *x, enum record_kind kind, const char *area);

struct draft_row;
/* The form of a draft, which asks first what shall become of it. NULL: another program has it, or
 * its entry is not there. */
struct view *form_of_draft(const struct context *x, const struct draft_row *row);

/* What can be made new: a list of kinds. area is where the person stands. */
struct view *form_choose_new(const struct context *x, const char *area);

#endif
