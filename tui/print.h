/* The small form that prints a page of plain text: to a file, or by lp where that is installed. */
#ifndef TUI_PRINT_H
#define TUI_PRINT_H

#include "i18n/mem.h"
#include "tui/view.h"

enum { PRINT_COLUMNS = 76 }; /* of a page: what fits on A4 in a plain printer's letters */

/* area: code the page is about, "" none, for the file's name. page is copied. */
struct view *print_new(const struct context *x, const char *area, const struct text *page);

/* Appends the lines above a page: what it is, when it was printed and by whom. */
void print_heading(const struct context *x, const struct view *of, struct text *out);

/* Puts into the empty text the folder a page is offered to be written to: $XDG_DOCUMENTS_DIR, what
 * the desktop's user-dirs.dirs says, ~/Documents where it is there, the home folder. */
void print_folder(struct text *out);

#endif
