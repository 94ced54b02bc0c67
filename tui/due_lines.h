/* A work list in lines of text, for the command line and the line mode. Knows no screen. */
#ifndef TUI_DUE_LINES_H
#define TUI_DUE_LINES_H

#include "db/due.h"
#include "tui/format.h"

/* Appends how far this round is, one line without its end. */
void due_add_progress(const struct format *f, struct text *out, const struct due_list *list);
/* Appends a service: its name; its number, why it is due and who confirmed it; where it is. Each
 * line but the first begins with `indent`; the last has no end. */
void due_add_service(const struct format *f, struct text *out, const struct due_row *row,
                     const char *indent);
/* Appends that more are due than listed; nothing where none is. */
void due_add_more(const struct format *f, struct text *out, const struct due_list *list);

#endif
