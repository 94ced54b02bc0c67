/* The directory as the plan sees it, in words: its columns and rows, for the view, the command line
 * and paper. Knows no screen. */
#ifndef TUI_PLAN_TABLE_H
#define TUI_PLAN_TABLE_H

#include "db/plan_count.h"
#include "i18n/message.h"
#include "tui/names.h"

enum { PLAN_FIGURES = 5 };

/* The figures of a row in the order of the columns, and the columns' short headings. */
void plan_figures(const struct plan_row *row, int ret_figures[PLAN_FIGURES]);
enum message plan_heading(size_t figure);
/* Appends what a row is about: "2.6 Child protection in emergencies", or "tier 3". */
void plan_add_title(struct text *out, struct names *names, enum lang lang,
                    const struct plan_row *row);
/* Appends all of it as lines of plain text at most `columns` wide. */
void plan_write(const struct plan_count *p, struct names *names, enum lang lang, int columns,
                struct text *out);

#endif
