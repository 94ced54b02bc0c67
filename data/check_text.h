/* Checks of one cell: languages, normal form, lists, keys. Each reports and goes on. */
#ifndef DATA_CHECK_TEXT_H
#define DATA_CHECK_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "data/check.h"

/* Where a cell stands. */
struct spot {
    const struct data *data;
    enum table_id table;
    size_t row;
    int column;
    struct report *report;
};

const char *spot_cell(const struct spot *spot);
void spot_report(const struct spot *spot, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A Khmer name: Khmer letters, spaces and the marks ‹ › . ( ) only, in normal form. */
void check_khmer_name(const struct spot *spot);
/* A Khmer sentence: has Khmer in it and is in normal form; Latin names and digits may stand in it.
 */
void check_khmer_text(const struct spot *spot);
/* An English name or sentence: Latin letters, no other script. */
void check_latin(const struct spot *spot);
/* The same rules for a text made from the cell, such as a pattern without its placeholder. */
void check_khmer_part(const struct spot *spot, const char *text);
void check_latin_part(const struct spot *spot, const char *text);
void check_filled(const struct spot *spot);
void check_empty(const struct spot *spot);
/* Lower-case Latin letters, digits and underscores, at least two of them. */
void check_key(const struct spot *spot);
/* One of the words of a list separated by spaces. */
void check_word(const struct spot *spot, const char *words);
/* Each item exists as a first column of another table, and none stands twice. */
void check_codes(const struct spot *spot, enum table_id in);
/* Empty, a year, a month (2023-11) or a day. */
void check_as_of(const struct spot *spot);
/* high, medium_high ... low. */
void check_confidence(const struct spot *spot);
/* Two columns of one text: both filled or both empty. */
void check_pair(const struct spot *spot, int other_column);

#endif
