/* Private to i18n: what each Khmer character is inside a syllable. */
#ifndef I18N_KHMER_CLASS_H
#define I18N_KHMER_CLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "i18n/utf8.h"

/* In the order in which the normal form writes them (coengs come after the robat). */
enum khmer_class {
    KHMER_NONE,    /* not Khmer, or a digit, sign of punctuation or symbol */
    KHMER_BASE,    /* U+1780-17B3 */
    KHMER_ROBAT,   /* U+17CC */
    KHMER_SHIFTER, /* U+17C9 17CA */
    KHMER_PRE,     /* U+17BE-17C5: vowels with a part before the base, and those sorted with them */
    KHMER_BELOW,   /* U+17BB-17BD */
    KHMER_ABOVE,   /* U+17B7-17BA */
    KHMER_POST,    /* U+17B6 */
    KHMER_SIGN,    /* U+17C6 17CB 17CD-17D1 17D3 17DD */
    KHMER_FINAL,   /* U+17C7 17C8 */
    KHMER_JOIN,    /* the coeng, U+17D2 */
    KHMER_INHERENT, /* U+17B4 17B5: invisible, dropped */
};

extern const unsigned char khmer_classes[0x60];

static inline enum khmer_class khmer_class(char32_t cp)
{
    return cp - 0x1780 < 0x60 ? (enum khmer_class)khmer_classes[cp - 0x1780] : KHMER_NONE;
}

/* As utf8_decode, the Khmer block without a call. */
static inline size_t khmer_decode(const char *s, size_t len, char32_t *ret_cp)
{
    if (len >= 3 && (unsigned char)s[0] == 0xE1 && ((unsigned char)s[1] & 0xFE) == 0x9E &&
        ((unsigned char)s[2] & 0xC0) == 0x80) {
        *ret_cp = 0x1780U | ((unsigned char)s[1] & 1U) << 6 | ((unsigned char)s[2] & 0x3FU);
        return 3;
    }
    return utf8_decode(s, len, ret_cp);
}

#endif
