/* Inside db/: which of the typed words name something (search_words.c). Knows nothing of the index.
 */
#ifndef DB_SEARCH_WORDS_H
#define DB_SEARCH_WORDS_H

#include "db/search.h"
#include "db/search_index.h"

/* A piece of the words between white space or zero width spaces. */
struct segment {
    size_t at, len;  /* bytes */
    bool weak_start; /* parted from the piece before by a zero width space alone */
    bool weak_end;
    bool used; /* understood as a filter, or too little to say anything yet */
};

enum { WORDS_SEGMENTS = 24, WORDS_GUESSES = 8, GUESS_AREAS = 64 };

/* Something recognised. An area has all areas of the name, highest level first. */
struct guess {
    enum filter_kind kind;
    char value[32];
    size_t at, len;
    char areas[GUESS_AREAS][AREA_CODE];
    size_t area_count;
};

struct words {
    const char *typed;
    struct segment segments[WORDS_SEGMENTS];
    size_t segment_count;
    bool typing; /* no white space after the last segment */
    struct guess guesses[WORDS_GUESSES];
    size_t guess_count;
};

void words_split(const char *typed, struct words *ret_words);
/* Longest spans first, from the left. A span the person refused stays text. */
MUST_CHECK enum status words_understand(struct db *db, const struct query *query,
                                        struct words *words);

#endif
