/* UTF-8 in and out; see utf8.h. Knows nothing of Khmer, columns or ICU. */
#include "i18n/utf8.h"

#include <stdint.h>

enum { REPLACEMENT = 0xFFFD };

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* What a lead byte promises: how many bytes follow and the range of the first of them (Unicode
 * Standard, table 3-7). */
static size_t lead(unsigned char c, unsigned char *ret_low, unsigned char *ret_high)
{
    *ret_low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    *ret_high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (c >= 0xC2 && c <= 0xDF)
        return 1;
    if (c >= 0xE0 && c <= 0xEF)
        return 2;
    return c >= 0xF0 && c <= 0xF4 ? 3 : 0;
}

size_t utf8_decode(const char *s, size_t len, char32_t *ret_cp)
{
    const unsigned char *u = (const unsigned char *)s;
    if (u[0] < 0x80) {
        *ret_cp = u[0];
        return 1;
    }
    unsigned char low, high;
    size_t tails = lead(u[0], &low, &high);
    char32_t cp = u[0] & (0x3FU >> tails);
    for (size_t i = 1; i <= tails; i++) {
        bool fits = i < len && (i == 1 ? u[i] >= low && u[i] <= high : is_tail(u[i]));
        if (!fits) {
            *ret_cp = REPLACEMENT;
            return i;
        }
        cp = cp << 6 | (u[i] & 0x3FU);
    }
    *ret_cp = tails ? cp : REPLACEMENT;
    return tails + 1;
}

size_t utf8_encode(char32_t cp, char out[UTF8_MAX])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = REPLACEMENT;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t tails = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;
    static const unsigned char marks[] = {0, 0xC0, 0xE0, 0xF0};
    for (size_t i = tails; i > 0; i--, cp >>= 6)
        out[i] = (char)(unsigned char)(0x80 | (cp & 0x3F));
    out[0] = (char)(unsigned char)(marks[tails] | cp);
    return tails + 1;
}

bool utf8_valid(const char *s, size_t len, size_t *ret_bad)
{
    for (size_t at = 0; at < len;) {
        char32_t cp;
        size_t n = utf8_decode(s + at, len - at, &cp);
        /* A written U+FFFD is EF BF BD; no ill-formed part of three bytes begins with EF. */
        if (cp == REPLACEMENT && !(n == 3 && (unsigned char)s[at] == 0xEF)) {
            if (ret_bad)
                *ret_bad = at;
            return false;
        }
        at += n;
    }
    return true;
}

bool utf8_is_forbidden(char32_t cp)
{
    if (cp < 0x20 || (cp >= 0x7F && cp <= 0x9F))
        return true;
    if (cp == 0x061C || cp == 0x200E || cp == 0x200F)
        return true;
    if ((cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069))
        return true;
    return (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF);
}
