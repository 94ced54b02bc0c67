/* Columns, clipping and filling; see width.h. Knows nothing of curses or of colours. */
#include "i18n/width.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "i18n/khmer.h"
#include "i18n/utf8.h"

#define ELLIPSIS "\xE2\x80\xA6"

static bool is_utf8_locale(void)
{
    return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

bool width_init(void)
{
    if (setlocale(LC_CTYPE, "") && is_utf8_locale())
        return true;
    return setlocale(LC_CTYPE, "C.UTF-8") && is_utf8_locale();
}

/* As wcwidth: -1 for what no terminal may get. */
static int scalar_width(char32_t cp)
{
    if (cp < 0x7F)
        return cp >= 0x20 ? 1 : -1;
    return wcwidth((wchar_t)cp);
}

size_t width_columns(const char *s, size_t len)
{
    size_t columns = 0;
    for (size_t at = 0; at < len;) {
        char32_t cp;
        at += utf8_decode(s + at, len - at, &cp);
        int width = scalar_width(cp);
        if (width > 0)
            columns += (size_t)width;
    }
    return columns;
}

size_t width_clip(const char *s, size_t len, size_t columns, size_t *ret_columns)
{
    size_t used = 0, at = 0;
    while (at < len) {
        size_t n = khmer_syllable(s + at, len - at);
        size_t width = width_columns(s + at, n);
        if (width > columns - used)
            break;
        used += width;
        at += n;
    }
    if (ret_columns)
        *ret_columns = used;
    return at;
}

static void pad(struct text *out, size_t columns)
{
    if (!columns)
        return;
    text_reserve(out, columns);
    memset(out->bytes + out->len, ' ', columns);
    out->len += columns;
    out->bytes[out->len] = '\0';
}

void width_fit(struct text *out, const char *s, size_t len, size_t columns)
{
    struct text safe = TEXT_INIT;
    width_safe(&safe, s, len);
    size_t used;
    size_t n = width_clip(safe.bytes, safe.len, columns, &used);
    bool cut = n < safe.len && columns > 0;
    if (cut)
        n = width_clip(safe.bytes, safe.len, columns - 1, &used);
    text_add(out, safe.bytes, n);
    pad(out, columns - used - (cut ? 1 : 0));
    if (cut)
        text_adds(out, ELLIPSIS);
    text_release(&safe);
}

void width_safe(struct text *out, const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        char32_t cp;
        size_t n = utf8_decode(s + at, len - at, &cp);
        if (cp == '\n' || cp == '\t')
            text_addc(out, ' ');
        else if (cp == 0xFFFD || utf8_is_forbidden(cp) || scalar_width(cp) < 0)
            text_addcp(out, 0xFFFD);
        else
            text_add(out, s + at, n);
        at += n;
    }
}
