/* Khmer text: character classes, syllables and the normal form.
 * Rules: Unicode Technical Note 61 (Khmer Encoding Structure); the fifty pairs in
 * tests/i18n/normal_pairs.tsv state the wanted result case by case. All lengths are bytes of UTF-8.
 * Ill-formed UTF-8 is handled as U+FFFD, one character by itself. */
#ifndef I18N_KHMER_H
#define I18N_KHMER_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "i18n/mem.h"

enum {
    KHMER_COENG = 0x17D2,
    ZWSP = 0x200B,
    ZWNJ = 0x200C,
    ZWJ = 0x200D,
};

bool khmer_is_char(char32_t cp);  /* U+1780-17FF or U+19E0-19FF */
bool khmer_is_base(char32_t cp);  /* consonant or independent vowel, U+1780-17B3 */
bool khmer_is_mark(char32_t cp);  /* vowel, sign or coeng that belongs to the base before it */
bool khmer_is_digit(char32_t cp); /* U+17E0-17E9 */

/* Bytes of the first syllable (user-perceived unit) of s[0..len), len > 0: `base (coeng base |
 * mark)*`, an unfinished coeng at the end included; outside Khmer one character with the combining
 * marks that follow it. ZWSP, ZWNJ and ZWJ are units of their own, except ZWNJ and ZWJ inside a
 * syllable. At least 1, at most len. */
size_t khmer_syllable(const char *s, size_t len);

/* Start of the syllable that ends at or contains byte `at` (0 < at <= len): where Backspace and the
 * left arrow go. O(len). */
size_t khmer_syllable_before(const char *s, size_t len, size_t at);

/* True when `at` (0..len) is a syllable boundary of s. */
bool khmer_is_boundary(const char *s, size_t len, size_t at);

enum normal_flags {
    NORMAL_PROSE = 0, /* ZWSP between syllables stays: a break hint in long text */
    NORMAL_NAME = 1,  /* ZWSP is dropped: names, addresses, everything of one line */
};

/* Appends the normal form of s to out. Idempotent. Not Khmer: NFC. Invisible characters and foreign
 * accents between a base and its marks go; ZWJ and useless ZWNJ go everywhere. A coeng without a
 * letter takes the next base, else stands last in its syllable. Used before anything is stored or
 * compared. */
void khmer_normalize(struct text *out, const char *s, size_t len, enum normal_flags flags);

#endif
