/* Private to i18n: the words of a name. */
#ifndef I18N_ROMAN_WORD_H
#define I18N_ROMAN_WORD_H

#include <stddef.h>

/* Byte offsets of the words of s, 0 and len included (none of an empty text but 0); *ret_count of
 * them; free() the result. */
size_t *roman_bounds(const char *s, size_t len, size_t *ret_count);

#endif
