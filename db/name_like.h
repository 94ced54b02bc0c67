/* How like two names are, by the tokens of their search keys: syllable pairs of Khmer, words of
 * Latin letters, where a slip of the pen is forgiven. Words that every name of a place has say
 * nothing and are left out. Inside db/. */
#ifndef DB_NAME_LIKE_H
#define DB_NAME_LIKE_H

#include <stddef.h>

#include "i18n/mem.h"

struct name_token {
    const char *bytes; /* in the arena */
    size_t len;
    int weight;
};

/* A name made ready to be compared. */
struct name_like {
    struct name_token *tokens;
    size_t count;
    int weight; /* of all tokens */
};

/* places: search keys of the names of the areas it lies in (with and without their unit word), the
 * longest first; they are taken out of the name. */
struct name_like name_like_make(const char *name, const char *const *places, size_t place_count,
                                struct arena *arena);

/* Takes the words, search keys, out of a key; a Latin one only where it is a word of its own. */
void name_drop_words(struct text *key, const char *const *words, size_t count);

/* 0 (nothing in common) to 100 (the same tokens); 0 when one of them has none. */
int name_like(const struct name_like *a, const struct name_like *b);

#endif
