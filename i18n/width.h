/* Columns of text on a terminal, and cutting and filling by whole syllables. Width is the sum of
 * glibc wcwidth over the code points (Khmer marks and coeng 0; spacing vowels and the consonant
 * after a coeng 1); what wcwidth calls unprintable counts 0 and is never to be printed. Needs a
 * UTF-8 LC_CTYPE: call width_init once at start. */
#ifndef I18N_WIDTH_H
#define I18N_WIDTH_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/mem.h"

/* Sets LC_CTYPE from the environment; where that is not UTF-8, it becomes C.UTF-8. False when
 * the machine has no UTF-8 locale at all. */
bool width_init(void);

size_t width_columns(const char *s, size_t len);

/* Bytes of the longest prefix of whole syllables that takes at most `columns`; *ret_columns (may be
 * NULL) is what it takes. */
size_t width_clip(const char *s, size_t len, size_t columns, size_t *ret_columns);

/* Appends s clipped to `columns` and filled with spaces to exactly that many. Where something was
 * cut the last column is U+2026 (columns >= 1). Characters that must not reach a terminal
 * (controls, bidi, ill-formed bytes) are shown as U+FFFD. */
void width_fit(struct text *out, const char *s, size_t len, size_t columns);

/* Appends s with everything that must not reach a terminal replaced by U+FFFD; line feed and tab
 * become a space. For every byte of stored or typed text that is printed. */
void width_safe(struct text *out, const char *s, size_t len);

#endif
