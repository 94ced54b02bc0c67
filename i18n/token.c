/* Tokens of a search key; see key_tokens in key.h. */
#include <unicode/uchar.h>

#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/khmer_class.h"

enum kind { KIND_NONE, KIND_KHMER, KIND_OTHER };

/* What a unit that begins with cp is part of. Khmer punctuation, symbols and U+17D7 part runs. */
static enum kind kind_of(char32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') ? KIND_OTHER : KIND_NONE;
    if (khmer_is_char(cp))
        return khmer_class(cp) != KHMER_NONE ? KIND_KHMER : KIND_NONE;
    return U_MASK(u_charType((UChar32)cp)) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK) ? KIND_OTHER
                                                                                       : KIND_NONE;
}

struct reader {
    const char *key;
    size_t len;
    enum token_mode mode;
    int (*visit)(void *context, const struct token *token);
    void *context;
};

static int emit(const struct reader *r, size_t at, size_t end, bool khmer, bool starts)
{
    struct token token = {r->key + at, end - at, khmer, starts};
    return r->visit(r->context, &token);
}

static enum kind peek(const struct reader *r, size_t at)
{
    if (at == r->len)
        return KIND_NONE;
    char32_t cp;
    khmer_decode(r->key + at, r->len - at, &cp);
    return kind_of(cp);
}

static size_t unit_end(const struct reader *r, size_t at)
{
    if ((unsigned char)r->key[at] < 0x80 &&
        (at + 1 == r->len || (unsigned char)r->key[at + 1] < 0x80))
        return at + 1; /* ASCII without marks */
    return at + khmer_syllable(r->key + at, r->len - at);
}

/* The run of syllables from `at` on: pairs of neighbours, and the last by itself. */
static int khmer_run(const struct reader *r, size_t at, size_t *ret_end)
{
    bool starts = true;
    size_t second = unit_end(r, at);
    while (peek(r, second) == KIND_KHMER) {
        size_t end = unit_end(r, second);
        int stop = emit(r, at, end, true, starts);
        if (stop)
            return stop;
        starts = false;
        at = second;
        second = end;
    }
    *ret_end = second;
    return starts || r->mode == TOKEN_INDEX ? emit(r, at, second, true, starts) : 0;
}

static int other_run(const struct reader *r, size_t at, size_t *ret_end)
{
    size_t end = unit_end(r, at);
    while (peek(r, end) == KIND_OTHER)
        end = unit_end(r, end);
    *ret_end = end;
    return emit(r, at, end, false, true);
}

int key_tokens(const char *key, size_t len, enum token_mode mode,
               int (*visit)(void *context, const struct token *token), void *context)
{
    const struct reader r = {key, len, mode, visit, context};
    for (size_t at = 0; at < len;) {
        enum kind kind = peek(&r, at);
        int stop = 0;
        if (kind == KIND_KHMER)
            stop = khmer_run(&r, at, &at);
        else if (kind == KIND_OTHER)
            stop = other_run(&r, at, &at);
        else
            at = unit_end(&r, at);
        if (stop)
            return stop;
    }
    return 0;
}
