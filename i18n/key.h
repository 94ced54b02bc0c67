/* Search keys and tokens: what makes two spellings of one word meet. A key is for comparing, never
 * for showing. */
#ifndef I18N_KEY_H
#define I18N_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/mem.h"

enum key_mode {
    KEY_STRICT, /* normal form; invisible characters dropped; coeng da = coeng ta; U+17B2 = U+17B1;
                 * U+17D3 dropped; Khmer digits as ASCII; NBSP as space; Latin NFKC casefold, no
                 * accents */
    KEY_LOOSE,  /* also without U+17C8-17D1 and U+17DD: the second, lower ranked pass */
};

/* Appends the search key of s (runs of white space become one space, none at the ends). Idempotent.
 * len in bytes. */
void key_make(struct text *out, const char *s, size_t len, enum key_mode mode);

/* One token of a key: a syllable bigram of a Khmer run, or a Latin or digit run. */
struct token {
    const char *bytes; /* into the key */
    size_t len;        /* bytes */
    bool khmer;
    bool starts_run; /* first token of its run: a phrase of a query ends before it */
};

enum token_mode {
    TOKEN_INDEX, /* s1s2, s2s3 ... and the lone last syllable sn */
    TOKEN_QUERY, /* without sn, unless the run is one syllable */
};

/* Calls visit for each token of the key in order until it returns non-zero; returns that, or 0.
 * `key` must be a result of key_make. Runs split at spaces, punctuation and change of script. */
int key_tokens(const char *key, size_t len, enum token_mode mode,
               int (*visit)(void *context, const struct token *token), void *context);

#endif
