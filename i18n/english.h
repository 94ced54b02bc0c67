/* English word forms: what makes "houses" and "house", "counselling" and "counseling" meet. For
 * comparing words of a short list, never for showing and never for running text. */
#ifndef I18N_ENGLISH_H
#define I18N_ENGLISH_H

#include <stddef.h>

#include "i18n/mem.h"

/* Appends the form of one lower-case word (a part of a search key): plurals as singulars, British
 * spelling as American, doubled consonants as one. What has other bytes than a-z stays as it is. */
void english_form(struct text *out, const char *word, size_t len);

#endif
