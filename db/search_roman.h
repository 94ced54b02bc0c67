/* Inside db/: names by how they sound. What is typed in Latin letters (or misspelt in Khmer) meets
 * areas and words of the index that are written otherwise. Knows nothing of filters and hits. */
#ifndef DB_SEARCH_ROMAN_H
#define DB_SEARCH_ROMAN_H

#include "db/area.h"

/* Scores. From ROMAN_SURE on a match counts as what was meant, unless the word means something
 * else: one letter wrong in ten, or a few vowels and letters of a class. Of the 1,208 English words
 * in the program and its data three reach it (keep, take, rehab), and all but 3 of 117 spellings of
 * provinces in public use (tests/db/spellings.tsv). From ROMAN_MAYBE on it is worth a try when
 * nothing else is found; below it is something to offer. */
enum { ROMAN_SURE = 60, ROMAN_MAYBE = 50 };

struct roman_match {
    char code[AREA_CODE];
    size_t name;       /* matches of one name share it; 0 the best one */
    unsigned distance; /* hundredths of a letter (roman_distance), level and ending counted in */
    bool beginning;    /* only the beginning of the name is typed */
    int score;         /* 100 as written, 0 nothing in common */
};

struct roman_list {
    struct roman_match *rows; /* best name first; of a name those of the unit word typed,
                               * then the highest level, then by code */
    size_t count;
    struct arena arena;
};

void roman_list_release(struct roman_list *list);

/* Areas whose name, official or derived from the Khmer or known otherwise (data/alias.tsv), is near
 * to what was typed, with its unit word or without; at most `limit` names of a score of `least`
 * or more (0: all that is near), each with all its areas. STATUS_OK with none when nothing is near.
 * Below a millisecond; the first call reads all areas (3 ms). */
MUST_CHECK enum status roman_areas(struct db *db, const char *typed, size_t len, size_t limit,
                                   int least, struct roman_list *ret_list);

/* What search keeps of them between calls (struct search). */
struct roman_names;
void roman_names_free(struct roman_names *names);

#endif
