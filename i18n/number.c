/* Digits and whole numbers; see number.h. Dates are in date.c, telephone numbers in phone.c. */
#include "i18n/number.h"

#include <string.h>

#include "i18n/khmer.h"
#include "i18n/khmer_class.h"
#include "i18n/number_scan.h"

void number_ascii_digits(struct text *out, const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        char32_t cp;
        size_t n = khmer_decode(s + at, len - at, &cp);
        if (khmer_is_digit(cp))
            text_addc(out, (char)('0' + (cp - 0x17E0)));
        else
            text_add(out, s + at, n);
        at += n;
    }
}

void number_khmer_digits(struct text *out, const char *s, size_t len)
{
    for (size_t at = 0; at < len; at++) {
        if (s[at] >= '0' && s[at] <= '9')
            text_addcp(out, 0x17E0 + (char32_t)(s[at] - '0'));
        else
            text_addc(out, s[at]);
    }
}

bool scan_is_space(char32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || cp == ZWSP;
}

size_t scan_ascii(const char *s, size_t len, char *out, size_t room)
{
    size_t n = 0, at = 0, blanks = 0;
    while (at < len) {
        char32_t cp;
        at += khmer_decode(s + at, len - at, &cp);
        if (khmer_is_digit(cp))
            cp = '0' + (cp - 0x17E0);
        if (scan_is_space(cp)) {
            blanks = n; /* only at the ends */
            continue;
        }
        if (cp <= ' ' || cp >= 0x7F || n + 1 >= room || (blanks && blanks == n))
            return 0;
        out[n++] = (char)cp;
    }
    out[n] = '\0';
    return n;
}

enum status number_parse(const char *s, size_t len, int64_t *ret_value)
{
    char digits[64];
    size_t n = scan_ascii(s, len, digits, sizeof digits);
    size_t at = n && (digits[0] == '-' || digits[0] == '+') ? 1 : 0;
    if (at >= n)
        return STATUS_INVALID;
    int64_t value = 0; /* counted downwards: the negative side reaches one further */
    for (; at < n; at++) {
        if (digits[at] < '0' || digits[at] > '9')
            return STATUS_INVALID;
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digits[at] - '0', &value))
            return STATUS_INVALID;
    }
    if (digits[0] != '-' && __builtin_sub_overflow(0, value, &value))
        return STATUS_INVALID;
    *ret_value = value;
    return STATUS_OK;
}

void number_format(struct text *out, int64_t value)
{
    char digits[32];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (int n = 0; rest || !n; n++, rest /= 10) {
        if (n && n % 3 == 0)
            digits[--at] = ',';
        digits[--at] = (char)('0' + rest % 10);
    }
    if (value < 0)
        digits[--at] = '-';
    text_add(out, digits + at, sizeof digits - at);
}
