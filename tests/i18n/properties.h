/* What must hold for every input, well formed or not. Each check returns NULL or the property that
 * is broken. Used by the property tests with random text and by the fuzzers. */
#ifndef TESTS_I18N_PROPERTIES_H
#define TESTS_I18N_PROPERTIES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/mem.h"
#include "i18n/message.h"
#include "i18n/number.h"
#include "i18n/sort.h"
#include "i18n/utf8.h"
#include "i18n/width.h"
#include "i18n/wrap.h"

#define HOLD(condition, property)                                                                  \
    do {                                                                                           \
        if (!(condition))                                                                          \
            return property;                                                                       \
    } while (0)

static inline bool same(const struct text *a, const struct text *b)
{
    return a->len == b->len && !memcmp(a->bytes, b->bytes, a->len);
}

static inline const char *check_utf8(const char *s, size_t len)
{
    bool clean = true;
    size_t first_bad = 0;
    for (size_t at = 0; at < len;) {
        char32_t cp;
        size_t n = utf8_decode(s + at, len - at, &cp);
        HOLD(n >= 1 && n <= len - at, "decoding advances and stays inside");
        HOLD(cp <= 0x10FFFF && !(cp >= 0xD800 && cp <= 0xDFFF), "decoding gives scalar values");
        char back[UTF8_MAX];
        bool good = utf8_encode(cp, back) == n && !memcmp(back, s + at, n);
        HOLD(good || cp == 0xFFFD, "encoding what was decoded gives the bytes back");
        if (!good && clean) {
            clean = false;
            first_bad = at;
        }
        at += n;
    }
    size_t bad = 0;
    HOLD(utf8_valid(s, len, &bad) == clean, "valid is what decodes without replacement");
    HOLD(clean || bad == first_bad, "the first bad byte is found");
    return NULL;
}

static inline const char *check_syllables(const char *s, size_t len)
{
    size_t start = 0, end = 0;
    for (size_t at = 0; at <= len; at++) {
        if (at > end || (at == end && at < len)) {
            start = end;
            size_t n = khmer_syllable(s + start, len - start);
            HOLD(n >= 1 && n <= len - start, "a syllable is not empty and ends inside");
            end = start + n;
        }
        HOLD(khmer_is_boundary(s, len, at) == (at == start || at == len),
             "boundaries are where syllables begin");
        if (at > start)
            HOLD(khmer_syllable_before(s, len, at) == start, "before finds the syllable's start");
    }
    HOLD(end == len, "the syllables joined are the text");
    return NULL;
}

static inline const char *check_normal(const char *s, size_t len)
{
    struct text prose = TEXT_INIT, name = TEXT_INIT, again = TEXT_INIT;
    const char *broken = NULL;
    khmer_normalize(&prose, s, len, NORMAL_PROSE);
    khmer_normalize(&name, s, len, NORMAL_NAME);
    if (!utf8_valid(prose.bytes, prose.len, NULL) || !utf8_valid(name.bytes, name.len, NULL))
        broken = "the normal form is well formed";
    khmer_normalize(&again, prose.bytes, prose.len, NORMAL_PROSE);
    if (!same(&again, &prose))
        broken = "the normal form of prose is idempotent";
    text_clear(&again);
    khmer_normalize(&again, name.bytes, name.len, NORMAL_NAME);
    if (!same(&again, &name))
        broken = "the normal form of names is idempotent";
    text_clear(&again);
    khmer_normalize(&again, prose.bytes, prose.len, NORMAL_NAME);
    if (!same(&again, &name))
        broken = "prose made a name is the name";
    if (strstr(name.bytes, "\xE2\x80\x8B"))
        broken = "a name has no zero width space";
    text_release(&prose);
    text_release(&name);
    text_release(&again);
    return broken;
}

struct token_walk {
    const char *key, *end, *last;
    size_t count, starts;
    bool bad;
};

static inline int walk_token(void *context, const struct token *token)
{
    struct token_walk *w = context;
    bool inside =
        token->bytes >= w->key && token->len > 0 && token->len <= (size_t)(w->end - token->bytes);
    w->bad = w->bad || !inside || token->bytes < w->last || memchr(token->bytes, ' ', token->len);
    w->last = token->bytes;
    w->count++;
    w->starts += token->starts_run;
    return 0;
}

static inline const char *check_tokens(const struct text *key)
{
    struct token_walk index = {.key = key->bytes, .end = key->bytes + key->len, .last = key->bytes};
    struct token_walk query = index;
    key_tokens(key->bytes, key->len, TOKEN_INDEX, walk_token, &index);
    key_tokens(key->bytes, key->len, TOKEN_QUERY, walk_token, &query);
    HOLD(!index.bad && !query.bad, "tokens are parts of the key, in order, without spaces");
    HOLD(index.starts == query.starts, "an index and a query have the same runs");
    HOLD(query.count <= index.count, "a query has no token the index lacks");
    return NULL;
}

static inline const char *check_key(const char *s, size_t len, enum key_mode mode)
{
    struct text key = TEXT_INIT, again = TEXT_INIT, normal = TEXT_INIT;
    key_make(&key, s, len, mode);
    const char *broken = check_tokens(&key);
    key_make(&again, key.bytes, key.len, mode);
    if (!same(&again, &key))
        broken = "a key is its own key";
    for (int flags = NORMAL_PROSE; flags <= NORMAL_NAME; flags++) {
        text_clear(&normal);
        khmer_normalize(&normal, s, len, (enum normal_flags)flags);
        text_clear(&again);
        key_make(&again, normal.bytes, normal.len, mode);
        if (!same(&again, &key))
            broken = "text and its normal form have one key";
    }
    if (!utf8_valid(key.bytes, key.len, NULL))
        broken = "a key is well formed";
    if (strlen(key.bytes) != key.len || strstr(key.bytes, "  ") || key.bytes[0] == ' ' ||
        (key.len && key.bytes[key.len - 1] == ' '))
        broken = "a key has single spaces inside, none around, and no NUL";
    if (mode == KEY_LOOSE) {
        struct text strict = TEXT_INIT;
        key_make(&strict, s, len, KEY_STRICT);
        text_clear(&again);
        key_make(&again, strict.bytes, strict.len, KEY_LOOSE);
        if (!same(&again, &key))
            broken = "the loose key of the strict key is the loose key";
        text_release(&strict);
    }
    text_release(&key);
    text_release(&again);
    text_release(&normal);
    return broken;
}

static inline const char *check_width(const char *s, size_t len, size_t columns)
{
    size_t used = 0;
    size_t n = width_clip(s, len, columns, &used);
    HOLD(n <= len && khmer_is_boundary(s, len, n), "clipping never cuts a syllable");
    HOLD(used <= columns && used == width_columns(s, n), "a clipped text fits");
    if (n < len)
        HOLD(used + width_columns(s + n, khmer_syllable(s + n, len - n)) > columns,
             "clipping takes all that fits");
    struct text fit = TEXT_INIT, safe = TEXT_INIT, again = TEXT_INIT;
    const char *broken = NULL;
    width_fit(&fit, s, len, columns);
    if (width_columns(fit.bytes, fit.len) != columns)
        broken = "a fitted text takes exactly the columns asked";
    width_safe(&safe, s, len);
    width_safe(&again, safe.bytes, safe.len);
    if (!same(&safe, &again))
        broken = "making safe is idempotent";
    for (size_t at = 0; at < safe.len;) {
        char32_t cp;
        at += utf8_decode(safe.bytes + at, safe.len - at, &cp);
        if (utf8_is_forbidden(cp) || wcwidth((wchar_t)cp) < 0)
            broken = "safe text holds nothing that harms a terminal";
    }
    text_release(&fit);
    text_release(&safe);
    text_release(&again);
    return broken;
}

static inline bool is_blank(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (i + 2 < len && !memcmp(s + i, "\xE2\x80\x8B", 3))
            i += 2;
        else if (!strchr(" \t\r\n", s[i]) || !s[i])
            return false;
    }
    return true;
}

static inline const char *check_line(const char *s, size_t len, struct line line, size_t columns)
{
    HOLD(khmer_is_boundary(s, len, line.at) && khmer_is_boundary(s, len, line.at + line.len),
         "lines begin and end at syllables");
    HOLD(!memchr(s + line.at, '\n', line.len), "a line feed always breaks");
    HOLD(width_columns(s + line.at, line.len) <= columns ||
             khmer_syllable(s + line.at, len - line.at) == line.len,
         "a line fits, or is one syllable");
    return NULL;
}

static inline const char *check_wrap(const char *s, size_t len, size_t columns)
{
    struct line_list lines;
    wrap_lines(s, len, columns, &lines);
    const char *broken = NULL;
    size_t end = 0;
    for (size_t i = 0; i < lines.count && !broken; i++) {
        struct line line = lines.rows[i];
        if (line.at < end || line.at > len || line.len > len - line.at)
            broken = "lines follow one another";
        else if (!is_blank(s + end, line.at - end))
            broken = "nothing but blanks is between lines";
        else
            broken = check_line(s, len, line, columns);
        end = line.at + line.len;
    }
    if (!broken && !is_blank(s + end, len - end))
        broken = "the lines joined are the text";
    free(lines.rows);
    return broken;
}

static inline const char *check_words(const char *s, size_t len)
{
    size_t count;
    size_t *words = wrap_words(s, len, &count);
    bool good = count >= 1 && words[0] == 0 && words[count - 1] == len;
    for (size_t i = 1; i < count; i++)
        good = good && words[i] > words[i - 1] && khmer_is_boundary(s, len, words[i]);
    free(words);
    HOLD(good, "words run from 0 to the end and break at syllables");
    return NULL;
}

static inline const char *check_sort(struct sorter *sorter, const char *s, size_t len)
{
    size_t half = len / 2;
    struct text a = TEXT_INIT, b = TEXT_INIT;
    sorter_key(sorter, &a, s, half);
    sorter_key(sorter, &b, s + half, len - half);
    bool nul = memchr(a.bytes, 0, a.len) || memchr(b.bytes, 0, b.len);
    int keys = memcmp(a.bytes, b.bytes, a.len < b.len ? a.len : b.len);
    if (!keys)
        keys = (a.len > b.len) - (a.len < b.len);
    int direct = sorter_compare(sorter, s, half, s + half, len - half);
    int back = sorter_compare(sorter, s + half, len - half, s, half);
    text_release(&a);
    text_release(&b);
    HOLD(!nul, "a sort key has no NUL");
    HOLD((keys > 0) == (direct > 0) && (keys < 0) == (direct < 0), "keys order as texts do");
    HOLD((direct > 0) == (back < 0) && (direct < 0) == (back > 0), "order is antisymmetric");
    return NULL;
}

static inline const char *check_numbers(const char *s, size_t len)
{
    int64_t value, value_again;
    struct date day, day_again;
    char phone[PHONE_MAX], phone_again[PHONE_MAX];
    struct text t = TEXT_INIT;
    const char *broken = NULL;
    number_khmer_digits(&t, s, len);
    text_clear(&t);
    number_ascii_digits(&t, s, len);
    if (number_parse(s, len, &value) == STATUS_OK &&
        (number_parse(t.bytes, t.len, &value_again) != STATUS_OK || value != value_again))
        broken = "a number is the same in both digit sets";
    text_clear(&t);
    if (date_parse(s, len, &day) == STATUS_OK) {
        date_iso(&t, day);
        if (date_parse(t.bytes, t.len, &day_again) != STATUS_OK ||
            memcmp(&day, &day_again, sizeof day) != 0)
            broken = "a date shown is the date read";
    }
    text_clear(&t);
    if (phone_parse(s, len, phone) == STATUS_OK) {
        phone_format(&t, phone);
        if (strlen(phone) >= PHONE_MAX || t.len >= PHONE_MAX)
            broken = "a telephone number is short";
        else if (phone_parse(t.bytes, t.len, phone_again) != STATUS_OK ||
                 strcmp(phone, phone_again))
            broken = "a telephone number shown is the number stored";
    }
    int64_t anything = 0;
    memcpy(&anything, s, len < sizeof anything ? len : sizeof anything);
    date_from_time(anything);
    date_from_days(anything);
    text_clear(&t);
    number_format(&t, anything);
    text_release(&t);
    return broken;
}

static inline const char *check_message(const char *s, size_t len)
{
    char *value = mem_strndup(s, len);
    struct text t = TEXT_INIT;
    message_format(&t, LANG_EN, MSG_DATE_LONG, "month", value, "day", "{year}", "year", "", NULL);
    bool good = t.len == strlen("{year}") + 2 + strlen(value);
    text_release(&t);
    free(value);
    HOLD(good, "values of a message are not searched for placeholders");
    return NULL;
}

/* Every property of one text; columns 1..: for width and wrapping. */
static inline const char *check_all(struct sorter *sorter, const char *s, size_t len,
                                    size_t columns)
{
    const char *broken = check_utf8(s, len);
    if (!broken && len <= 256)
        broken = check_syllables(s, len); /* quadratic */
    if (!broken)
        broken = check_normal(s, len);
    if (!broken)
        broken = check_key(s, len, KEY_STRICT);
    if (!broken)
        broken = check_key(s, len, KEY_LOOSE);
    if (!broken)
        broken = check_width(s, len, columns - 1);
    if (!broken)
        broken = check_wrap(s, len, columns);
    if (!broken)
        broken = check_words(s, len);
    if (!broken)
        broken = check_sort(sorter, s, len);
    if (!broken)
        broken = check_numbers(s, len);
    return broken ? broken : check_message(s, len);
}

#endif
