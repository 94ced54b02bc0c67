/* Who does what where in signs and words, for the view, the command line and paper: organizations
 * down, kinds of service or parts of the area across. Knows no screen. */
#ifndef TUI_WHO_TABLE_H
#define TUI_WHO_TABLE_H

#include "db/who.h"
#include "i18n/message.h"
#include "tui/names.h"

/* What stands across: the kinds, or the parts of the area with one kind (SIZE_MAX: all kinds). */
struct who_across {
    bool parts;
    size_t kind;
};

size_t who_columns(const struct who *w, const struct who_across *across);
/* The cell of a row in a column; SIZE_MAX: of the whole row. */
struct who_cell who_cell(const struct who *w, const struct who_across *across, size_t row,
                         size_t column);
/* Is there anything of it in the row? With one kind chosen the others are left out. */
bool who_has_row(const struct who *w, const struct who_across *across, size_t row);
/* Appends "A2", or the last digits of a part's code. */
void who_add_heading(struct text *out, const struct who *w, const struct who_across *across,
                     size_t column);
/* Appends a sign: everywhere, in how many parts, or only for a wider area. plain: in ASCII. */
void who_add_cell(struct text *out, const struct who *w, const struct who_across *across,
                  size_t row, size_t column, bool plain);
/* Appends the name of an organization, or of the offices that share a row and how many they are. */
void who_add_name(struct text *out, struct names *names, enum lang lang, const struct who_row *row);
/* Name of a sector; none: "Other". */
const char *who_sector(enum lang lang, int sector);
void who_add_legend(struct text *out, enum lang lang, bool plain);
/* Appends all of it as lines of plain text at most `columns` wide: as many tables below each other
 * as it takes. */
void who_write(const struct who *w, const struct who_across *across, struct names *names,
               enum lang lang, int columns, struct text *out);

#endif
