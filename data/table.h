/* Reads the tables of data/: tab-separated text, one fact a row. Checks the bytes and the shape;
 * what a column means it does not know (data/check.h). For the maker of the seed only. */
#ifndef DATA_TABLE_H
#define DATA_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/mem.h"

/* What is wrong with the tables, one line each: "area.tsv:17:3: km: why". */
struct report {
    struct text lines;
    size_t count;
};

#define REPORT_INIT                                                                                \
    {                                                                                              \
        TEXT_INIT, 0                                                                               \
    }

void report_release(struct report *report);

/* Shape of a file: "## " lines are remarks, then one line "# column TAB column ...", then the rows.
 */
struct table_form {
    const char *file; /* inside the data directory */
    const char *const *columns;
    size_t column_count;
};

struct table_row {
    size_t line;        /* in the file, from 1 */
    const char **cells; /* column_count of them, "" where empty; never NULL */
};

struct table {
    const struct table_form *form;
    struct table_row *rows;
    size_t count;
    struct arena arena; /* holds rows and cells */
};

/* Reads directory/form->file. Reported and false: a file that cannot be read, an unknown heading, a
 * row with too few or too many columns, CR line ends, bytes that are no UTF-8, control, bidi or
 * invisible characters, spaces at the ends of a cell or two in a row, no line feed at the end. The
 * table is to be released either way and holds every row that could be read. */
bool table_read(const char *directory, const struct table_form *form, struct table *ret_table,
                struct report *report);
void table_release(struct table *table);

/* Adds a line about one cell; row and column count from 0. */
void report_cell(struct report *report, const struct table *table, size_t row, size_t column,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Adds a line about the whole file. */
void report_file(struct report *report, const struct table *table, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
