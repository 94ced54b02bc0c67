/* UTF-8: decoding, encoding, validation. Strict as in RFC 3629: no overlong forms, no surrogates,
 * nothing above U+10FFFF. */
#ifndef I18N_UTF8_H
#define I18N_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

enum { UTF8_MAX = 4 }; /* bytes of the longest sequence */

/* Decodes the code point at s (len bytes left, len > 0) and returns how many bytes it takes. A
 * malformed sequence gives U+FFFD and the length of its maximal ill-formed part (at least 1), so a
 * loop always ends and never passes the end. */
size_t utf8_decode(const char *s, size_t len, char32_t *ret_cp);

/* Writes cp (a scalar value; anything else becomes U+FFFD) to out and returns the bytes written. */
size_t utf8_encode(char32_t cp, char out[UTF8_MAX]);

/* True when all len bytes are well formed; *ret_bad (if not NULL) is the offset of the first bad
 * byte otherwise. */
bool utf8_valid(const char *s, size_t len, size_t *ret_bad);

/* True for what no stored text may hold: C0 and C1 controls (line feed and tab too), DEL, bidi
 * controls (U+061C, U+200E-200F, U+202A-202E, U+2066-2069), noncharacters. ZWSP, ZWJ, ZWNJ are
 * allowed. */
bool utf8_is_forbidden(char32_t cp);

#endif
