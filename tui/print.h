/* The small form that prints a page of plain text: to a file, or by lp where that is installed. */
#ifndef TUI_PRINT_H
#define TUI_PRINT_H

#include "i18n/mem.h"
#include "tui/view.h"

enum { PRINT_COLUMNS = 76 }; /* of a page: what fits on A4 in a plain printer's letters */

/* area: code the page is about, "" none, for the file's name; title: one line above the page, with
 * the day it is printed. page is copied. */
struct view *print_new(const struct context *x, const char *area, const char *title,
                       const struct text *page);

#endif
