/* Inside db/: which of the typed words name something: spans of them that are an area, a kind of
 * service, a need, an age and so on (search_words.c), what a span may be (search_guess.c), and
 * Khmer written without spaces (search_run.c). */
#ifndef DB_SEARCH_WORDS_H
#define DB_SEARCH_WORDS_H

#include "db/search.h"
#include "db/search_index.h"
#include "db/search_memory.h"
#include "db/search_plan.h"
#include "db/synonym.h"

/* A piece of the words between white space, commas or zero width spaces. */
struct segment {
    size_t at, len;  /* bytes */
    bool weak_start; /* parted from the piece before by a zero width space alone, or by nothing */
    bool weak_end;
    bool used;   /* understood as a filter, or too little to say anything yet */
    bool filler; /* only joins others: "in", "for", "ក្នុង" */
    bool near;   /* "near": widens the area that follows */
};

enum { WORDS_SEGMENTS = 32, WORDS_GUESSES = 12, GUESS_AREAS = 64 };

/* Something recognised. An area has all areas of the name, highest level first. */
struct guess {
    enum filter_kind kind;
    char value[FILTER_VALUE];
    size_t at, len; /* bytes of the words */
    char areas[GUESS_AREAS][AREA_CODE];
    size_t area_count;
    bool near; /* with what lies around */
};

struct words {
    const char *typed;
    struct segment segments[WORDS_SEGMENTS];
    size_t segment_count;
    bool typing; /* no white space after the last segment */
    struct guess guesses[WORDS_GUESSES];
    size_t guess_count;
    size_t
        parted; /* units of runs looked at (search_run.c) and words listened to: both are bounded */
    size_t heard;
};

void words_split(const char *typed, struct words *ret_words);
/* Longest spans first, from the left. A span the person refused stays text. */
MUST_CHECK enum status words_understand(struct db *db, const struct query *query,
                                        enum reading reading, struct words *words);

/* --- what a span may be (search_guess.c) */

struct span {
    struct words *words;
    size_t first, end; /* segments; of a part of one: its syllables */
    size_t at, len;    /* bytes of the words */
    struct text key;   /* search key */
    bool last;         /* what is still being typed belongs to it */
    bool loose;        /* an end of it is only a zero width space, or nothing */
    bool alone;        /* there are no other words */
};

void span_of_segments(struct words *w, size_t first, size_t end, struct span *span);
/* A part of the words, without regard to segments. */
void span_of_bytes(struct words *w, size_t at, size_t len, struct span *span);

struct meaning {
    bool known;
    int kind; /* enum filter_kind, SYNONYM_FILLER or SYNONYM_NEAR */
    char value[FILTER_VALUE];
    size_t area_count;
    char areas[GUESS_AREAS][AREA_CODE];
};

/* Meanings found lately, by what decides them (search_memory.h). False: not there. */
bool meaning_recall(struct db *db, enum memory_sort sort, const struct text *key,
                    struct meaning *ret_meaning);
void meaning_keep(struct db *db, enum memory_sort sort, const struct text *key,
                  const struct meaning *meaning);

/* Recognises the whole span. Not known: STATUS_OK and known false. */
MUST_CHECK enum status span_meaning(struct db *db, const struct span *span, enum reading reading,
                                    struct meaning *ret_meaning);
/* The person does not want it understood so. */
bool meaning_is_refused(const struct query *query, const struct meaning *meaning);
void words_add_guess(struct words *w, size_t at, size_t len, const struct meaning *meaning);

/* --- misspelt areas (search_heard.c) */

/* Listens to what is left as text: areas that sound like it become guesses. */
MUST_CHECK enum status words_listen(struct db *db, const struct query *query, enum reading reading,
                                    struct words *w);

/* --- Khmer without spaces (search_run.c) */

/* Parts a segment into pieces that mean something, when that explains all of it (certain) or some
 * of it (bold): the segment becomes several, with a guess for each. *ret_count: how many segments
 * stand in its place. */
MUST_CHECK enum status words_part_run(struct db *db, const struct query *query,
                                      enum reading reading, struct words *w, size_t segment,
                                      size_t *ret_count);

#endif
