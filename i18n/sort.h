/* Order of names: ICU's km collator, its trailing letters for short vowels with reahmuk dropped and
 * `&ប<ប៉` added, which comes nearest to the national dictionary. */
#ifndef I18N_SORT_H
#define I18N_SORT_H

#include <stddef.h>

#include "i18n/mem.h"

struct sorter;

/* Takes about 10 ms: make one only where something is sorted or stored. Never NULL; falls back to
 * code point order where ICU has no data. */
struct sorter *sorter_new(void);
void sorter_free(struct sorter *s);

/* Appends the sort key of text (normalized first): compare with memcmp, shorter first on a tie. May
 * hold any byte but NUL. */
void sorter_key(struct sorter *s, struct text *out, const char *text, size_t len);
int sorter_compare(struct sorter *s, const char *a, size_t a_len, const char *b, size_t b_len);

/* Names the collation data (ICU and UCA version): keys stored under another name are stale. */
const char *sorter_version(void);

#endif
