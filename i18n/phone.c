/* Telephone numbers; see number.h. */
#include <string.h>

#include "i18n/khmer.h"
#include "i18n/khmer_class.h"
#include "i18n/number.h"
#include "i18n/number_scan.h"

#define CAMBODIA "855"

enum { DIGITS_MAX = 20 };

static bool is_separator(char32_t cp)
{
    if (scan_is_space(cp) || (cp < 0x80 && cp && strchr(".-()[]/", (int)cp)))
        return true;
    return cp >= 0x2010 && cp <= 0x2013; /* hyphens and the en dash */
}

/* The digits of s; *ret_plus when a + stands before them. Their count, or 0. */
static size_t scan_digits(const char *s, size_t len, char digits[DIGITS_MAX + 1], bool *ret_plus)
{
    size_t n = 0;
    *ret_plus = false;
    for (size_t at = 0; at < len;) {
        char32_t cp;
        at += khmer_decode(s + at, len - at, &cp);
        if (khmer_is_digit(cp))
            cp = '0' + (cp - 0x17E0);
        if (cp == '+' && !n && !*ret_plus) {
            *ret_plus = true;
            continue;
        }
        if (is_separator(cp))
            continue;
        if (cp < '0' || cp > '9' || n == DIGITS_MAX)
            return 0;
        digits[n++] = (char)cp;
    }
    digits[n] = '\0';
    return n;
}

static enum status store(const char *prefix, const char *digits, char ret_stored[PHONE_MAX])
{
    size_t n = strlen(prefix);
    memcpy(ret_stored, prefix, n);
    strcpy(ret_stored + n, digits);
    return STATUS_OK;
}

/* National digits without the leading 0. */
static enum status store_cambodian(const char *digits, char ret_stored[PHONE_MAX])
{
    size_t n = strlen(digits);
    if ((n != 8 && n != 9) || digits[0] == '0')
        return STATUS_INVALID;
    return store("+" CAMBODIA, digits, ret_stored);
}

enum status phone_parse(const char *s, size_t len, char ret_stored[PHONE_MAX])
{
    char room[DIGITS_MAX + 1];
    bool plus;
    size_t n = scan_digits(s, len, room, &plus);
    const char *digits = room;
    if (!n)
        return STATUS_INVALID;
    if (!plus && digits[0] != '0')
        return n == 3 || n == 4 ? store("", digits, ret_stored) : STATUS_INVALID;
    if (!plus && digits[1] != '0')
        return store_cambodian(digits + 1, ret_stored);
    if (!plus)
        digits += 2;
    if (!strncmp(digits, CAMBODIA, strlen(CAMBODIA))) {
        digits += strlen(CAMBODIA);
        return store_cambodian(digits + (digits[0] == '0'), ret_stored); /* +855 (0)12 ... */
    }
    n = strlen(digits);
    if (n < 7 || n > 15 || digits[0] == '0')
        return STATUS_INVALID;
    return store("+", digits, ret_stored);
}

void phone_format(struct text *out, const char *stored)
{
    if (strncmp(stored, "+" CAMBODIA, strlen("+" CAMBODIA)) != 0) {
        text_adds(out, stored);
        return;
    }
    const char *digits = stored + strlen("+" CAMBODIA);
    size_t n = strlen(digits);
    if (n < 5) {
        text_adds(out, stored);
        return;
    }
    text_addf(out, "0%.2s %.3s %s", digits, digits + 2, digits + 5);
}
