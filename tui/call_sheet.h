/* The sheet for a call round: what is due, with lines to write on; plain text for any printer. */
#ifndef TUI_CALL_SHEET_H
#define TUI_CALL_SHEET_H

#include "db/due.h"
#include "tui/format.h"

/* Appends the sheet of the list for an area (code, "" the country), at most `columns` wide; who:
 * name of the person who calls, "" a line to write it on. */
void call_sheet(const struct format *f, struct text *out, const struct due_list *list,
                const char *area, const char *who, int columns);

#endif
