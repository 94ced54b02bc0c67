/* Working groups in words: when they meet, who sits in them; for the views, the command line and
 * paper. */
#ifndef TUI_GROUP_PAGE_H
#define TUI_GROUP_PAGE_H

#include "db/working_group.h"
#include "tui/format.h"

/* Appends "next meeting 12/12/2026", that its day is over, or that none is set. */
void group_add_next(const struct format *f, struct text *out, const struct working_group *g);
/* Appends when it met last, and that this is long ago; nothing where it is not known. */
void group_add_last(const struct format *f, struct text *out, const struct working_group *g);
enum style group_style(const struct working_group *g);
/* Appends "Sok Dara · chair · 012 345 678". */
void group_add_member(const struct format *f, struct text *out, const struct group_member *m);
/* Adds a committee: name, meetings, its members. */
void group_sheet(const struct format *f, struct sheet *s, const struct working_group *g);
/* Adds all of them. */
void group_sheets(const struct format *f, struct sheet *s, const struct group_list *list);

#endif
