/* Private to i18n: what ICU does for text that is not Khmer. Nothing of ICU is opened before the
 * first call; where ICU lacks its data the text is copied as it is. */
#ifndef I18N_FOLD_H
#define I18N_FOLD_H

#include <stddef.h>
#include <uchar.h>

#include "i18n/mem.h"

/* Appends the run of n code points in NFC. */
void fold_nfc(struct text *out, const char32_t *run, size_t n);

/* Appends the run as a search key has it: NFKC case folding, accents off, NFC. */
void fold_key(struct text *out, const char32_t *run, size_t n);

#endif
