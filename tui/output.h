/* Rows for programs and for people: json (one object a line), tsv and aligned text. Knows nothing
 * of what the rows mean. Everything written is safe for a terminal. */
#ifndef TUI_OUTPUT_H
#define TUI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "i18n/mem.h"

enum output_format { OUTPUT_TEXT, OUTPUT_TSV, OUTPUT_JSON };

bool output_format_parse(const char *name, enum output_format *ret_format);

/* How a cell is written in json; in tsv and text all of them are text. */
enum cell_type {
    CELL_TEXT,
    CELL_NUMBER, /* already in JSON's form */
    CELL_WORDS,  /* words separated by one space: a list of strings */
};

struct column {
    const char *key;
    enum cell_type type;
};

/* Appends s as a JSON string with its quotes. Ill-formed bytes become U+FFFD, control and bidi
 * characters \u escapes. */
void output_json_string(struct text *out, const char *s);

/* Appends a cell as a JSON value; NULL is null (an empty list for CELL_WORDS). */
void output_json_cell(struct text *out, enum cell_type type, const char *cell);

/* The first line of a tsv: the keys. Nothing in the other formats. */
void output_head(FILE *stream, enum output_format format, const struct column *columns,
                 size_t count);

/* One row as one line of tsv or json (not text). A NULL cell is null or empty. */
void output_row(FILE *stream, enum output_format format, const struct column *columns, size_t count,
                const char *const *cells);

/* Writes s with everything unsafe replaced, its line feeds kept, and a line feed at the end. */
void output_lines(FILE *stream, const char *s);

/* Rows of text aligned in columns; a zeroed table with `columns` set is empty. The last column is
 * not filled: Khmer belongs there, since terminals do not agree how wide it is. */
struct table {
    size_t columns;
    unsigned right; /* bit n: column n stands at the right */
    const char **cells;
    size_t count, room; /* cells */
    struct arena arena;
};

void table_add(struct table *t, const char *cell); /* copied; NULL is empty */
void table_print(const struct table *t, FILE *stream);
void table_release(struct table *t);

#endif
