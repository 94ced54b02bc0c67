/* Khmer character classes and syllables; see khmer.h. The normal form is in normal.c. Knows nothing
 * of columns, lines or search. */
#include "i18n/khmer.h"

#include <assert.h>
#include <unicode/uchar.h>

#include "i18n/khmer_class.h"

enum {
    O = KHMER_NONE,
    B = KHMER_BASE,
    R = KHMER_ROBAT,
    H = KHMER_SHIFTER,
    E = KHMER_PRE,
    U = KHMER_BELOW,
    A = KHMER_ABOVE,
    P = KHMER_POST,
    S = KHMER_SIGN,
    F = KHMER_FINAL,
    J = KHMER_JOIN,
    I = KHMER_INHERENT,
};

/* clang-format off */
const unsigned char khmer_classes[0x60] = {
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 1780 */
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 1790 */
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 17A0 */
    B, B, B, B, I, I, P, A, A, A, A, U, U, U, E, E, /* 17B0 */
    E, E, E, E, E, E, S, F, F, H, H, S, R, S, S, S, /* 17C0 */
    S, S, J, S, O, O, O, O, O, O, O, O, O, S, O, O, /* 17D0 */
};
/* clang-format on */

bool khmer_is_char(char32_t cp)
{
    return cp - 0x1780 < 0x80 || cp - 0x19E0 < 0x20;
}

bool khmer_is_base(char32_t cp)
{
    return khmer_class(cp) == KHMER_BASE;
}

bool khmer_is_mark(char32_t cp)
{
    return khmer_class(cp) > KHMER_BASE;
}

bool khmer_is_digit(char32_t cp)
{
    return cp - 0x17E0 < 10;
}

static bool is_joiner(char32_t cp)
{
    return cp == ZWNJ || cp == ZWJ;
}

static bool is_foreign_mark(char32_t cp)
{
    return cp >= 0x300 && !khmer_is_char(cp) && (U_MASK(u_charType((UChar32)cp)) & U_GC_M_MASK);
}

/* Spaces, controls and invisible characters carry no marks. */
static bool stands_alone(char32_t cp)
{
    if (cp < 0x300)
        return cp <= 0x20 || (cp >= 0x7F && cp <= 0xA0) || cp == 0xAD;
    return cp >= 0x1680 && (U_MASK(u_charType((UChar32)cp)) & (U_GC_Z_MASK | U_GC_C_MASK));
}

/* Where the marks (and, where `letters`, the letters under a coeng) that begin at `at` end. */
static size_t marks_end(const char *s, size_t len, size_t at, bool letters, bool coeng)
{
    size_t end = at;
    while (at < len) {
        char32_t cp;
        at += khmer_decode(s + at, len - at, &cp);
        enum khmer_class class = khmer_class(cp);
        if (letters && is_joiner(cp))
            continue; /* inside only when something of the syllable follows */
        if (class == KHMER_BASE ? !coeng : !(letters && class > KHMER_BASE) && !is_foreign_mark(cp))
            break;
        if (class != KHMER_NONE)
            coeng = class == KHMER_JOIN;
        end = at;
    }
    return end;
}

size_t khmer_syllable(const char *s, size_t len)
{
    assert(len > 0);
    char32_t cp;
    size_t n = khmer_decode(s, len, &cp);
    enum khmer_class class = khmer_class(cp);
    if (class != KHMER_NONE)
        return marks_end(s, len, n, true, class == KHMER_JOIN);
    return stands_alone(cp) ? n : marks_end(s, len, n, false, false);
}

size_t khmer_syllable_before(const char *s, size_t len, size_t at)
{
    assert(at > 0 && at <= len);
    size_t start = 0, next = 0;
    while (next < at) {
        start = next;
        next += khmer_syllable(s + start, len - start);
    }
    return start;
}

bool khmer_is_boundary(const char *s, size_t len, size_t at)
{
    assert(at <= len);
    if (at == len)
        return true;
    size_t next = 0;
    while (next < at)
        next += khmer_syllable(s + next, len - next);
    return next == at;
}
