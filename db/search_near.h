/* Inside db/: words near to one that nothing is called: what people say for kinds and needs, words
 * of names in the directory, and areas. Knows nothing of queries and hits. */
#ifndef DB_SEARCH_NEAR_H
#define DB_SEARCH_NEAR_H

#include "db/db.h"
#include "i18n/mem.h"

struct synonym;

struct near_word {
    const char *words;             /* to be put in the place of what was typed */
    unsigned cost;                 /* wrong letters of a word; less is nearer */
    const struct synonym *meaning; /* of a synonym, else NULL */
};

struct near_list {
    const struct near_word *rows; /* nearest first */
    size_t count;
};

/* Edits between two words of code points: a letter more, less, another one, or two neighbours
 * swapped count 1 (optimal string alignment). More than `most`: most + 1. */
unsigned near_distance(const char *a, size_t a_len, const char *b, size_t b_len, unsigned most);

/* At most `limit` words near to `typed`: one word or one run of Khmer, or several of what people
 * say for a kind, a need or an area. Asked within a search, and valid until the next call. A few
 * hundred microseconds the first time; never more than some thousand words of the directory are
 * looked at. */
MUST_CHECK enum status near_words(struct db *db, const char *typed, size_t len, size_t limit,
                                  const struct near_list **ret_list);

#endif
