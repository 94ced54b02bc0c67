/* ICU's normal forms for text that is not Khmer; see fold.h. */
#include "i18n/fold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "i18n/khmer_order.h"

enum { ROOM = 256, RUN_MAX = 1 << 26 };

/* UTF-16 on its way through ICU. */
struct wide {
    UChar *at;
    int32_t len;
    UChar small[ROOM];
};

static void wide_release(struct wide *w)
{
    if (w->at != w->small)
        free(w->at);
}

static void wide_read(struct wide *w, const char32_t *run, size_t n)
{
    w->at = n * 2 <= ROOM ? w->small : mem_realloc(NULL, n, 2 * sizeof *w->at);
    w->len = 0;
    for (size_t i = 0; i < n; i++)
        U16_APPEND_UNSAFE(w->at, w->len, run[i]);
}

/* The code point at *i, which moves behind it. */
static char32_t wide_next(const struct wide *w, int32_t *i)
{
    char32_t c = w->at[(*i)++];
    if (U16_IS_LEAD(c) && *i < w->len && U16_IS_TRAIL(w->at[*i]))
        c = 0x10000 + ((c & 0x3FF) << 10) + (w->at[(*i)++] & 0x3FFU);
    return c;
}

static void wide_write(const struct wide *w, struct text *out)
{
    for (int32_t i = 0; i < w->len;) {
        text_addcp(out, wide_next(w, &i));
    }
}

/* Replaces what w holds by its normal form; as it was where that fails. */
static void wide_normalize(struct wide *w, const UNormalizer2 *open_form(UErrorCode *))
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = open_form(&status);
    if (U_FAILURE(status))
        return;
    struct wide to;
    int32_t need = unorm2_normalize(form, w->at, w->len, to.small, ROOM, &status);
    to.at = to.small;
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        to.at = mem_realloc(NULL, (size_t)need, sizeof *to.at);
        need = unorm2_normalize(form, w->at, w->len, to.at, need, &status);
    }
    if (U_FAILURE(status)) {
        wide_release(&to);
        return;
    }
    wide_release(w);
    bool small = to.at == to.small;
    if (small)
        memcpy(w->small, to.small, (size_t)need * sizeof *to.at);
    w->at = small ? w->small : to.at;
    w->len = need;
}

static void wide_drop_accents(struct wide *w)
{
    int32_t n = 0;
    for (int32_t i = 0; i < w->len;) {
        char32_t c = wide_next(w, &i);
        if (c < 0x80 || !scalar_fades(c))
            U16_APPEND_UNSAFE(w->at, n, c);
    }
    w->len = n;
}

/* NFC changes nothing in these: Latin letters, and the punctuation an office types. */
static bool is_nfc(const char32_t *run, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (run[i] >= 0x300 && !(run[i] >= 0x200B && run[i] <= 0x2027) && run[i] != 0xFFFD)
            return false;
    return true;
}

static void copy(struct text *out, const char32_t *run, size_t n)
{
    for (size_t i = 0; i < n; i++)
        text_addcp(out, run[i]);
}

void fold_nfc(struct text *out, const char32_t *run, size_t n)
{
    if (n > RUN_MAX || is_nfc(run, n)) {
        copy(out, run, n);
        return;
    }
    struct wide w;
    wide_read(&w, run, n);
    wide_normalize(&w, unorm2_getNFCInstance);
    wide_write(&w, out);
    wide_release(&w);
}

void fold_key(struct text *out, const char32_t *run, size_t n)
{
    if (n > RUN_MAX) {
        copy(out, run, n);
        return;
    }
    struct wide w;
    wide_read(&w, run, n);
    wide_normalize(&w, unorm2_getNFDInstance);
    wide_drop_accents(&w); /* before folding makes a letter of U+0345 */
    wide_normalize(&w, unorm2_getNFKCCasefoldInstance);
    wide_normalize(&w, unorm2_getNFDInstance);
    wide_drop_accents(&w);
    wide_normalize(&w, unorm2_getNFCInstance);
    wide_write(&w, out);
    wide_release(&w);
}
