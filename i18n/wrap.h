/* Breaking text into lines and words: ICU's rules (Khmer dictionary), with every break dropped that
 * is not a syllable boundary. */
#ifndef I18N_WRAP_H
#define I18N_WRAP_H

#include <stddef.h>

#include "i18n/mem.h"

struct line {
    size_t at;  /* byte offset in the text */
    size_t len; /* bytes, without the spaces and the line feed it was broken at */
};

struct line_list {
    struct line *rows; /* free(rows) */
    size_t count;
};

/* Greedy lines of at most `columns` (>= 1) columns; a line feed always breaks; a word wider than
 * the line breaks at a syllable; a syllable wider than the line stands alone. Empty text: no line.
 */
void wrap_lines(const char *s, size_t len, size_t columns, struct line_list *ret_lines);

/* Byte offsets of ICU word boundaries that are syllable boundaries, 0 and len included; *ret_count
 * of them; free() the result. */
size_t *wrap_words(const char *s, size_t len, size_t *ret_count);

#endif
