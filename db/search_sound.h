/* Inside db/: words of names by how they sound. A word typed in Latin letters is turned into the
 * words of the index (space r: skeletons of names, roman_words) that it may stand for, and names
 * that were found so are judged with their vowels. Knows nothing of areas, filters and hits. */
#ifndef DB_SEARCH_SOUND_H
#define DB_SEARCH_SOUND_H

#include "db/db.h"
#include "i18n/mem.h"

struct search;

enum {
    SOUND_WORDS = 48, /* most words one typed word stands for */
    SOUND_WORD = 32,  /* bytes of a skeleton in the index, longer ones are cut */
    SOUND_FAR = 1000, /* no distance */
};

struct sound_list {
    struct sound_word {
        char skeleton[SOUND_WORD + 1];
        unsigned cost; /* 0 the same skeleton, more: the beginning or a part of it, a letter off */
    } rows[SOUND_WORDS];
    size_t count; /* cheapest first */
};

/* The words of the index that a typed word may stand for; `typing`: it may go on. None for a word
 * that is not Latin or has fewer than two consonants. The first call after the directory changed
 * reads the vocabulary of space r. Below 5 ms with 100,000 words. */
MUST_CHECK enum status sound_words(struct db *db, const char *typed, size_t len, bool typing,
                                   struct sound_list *ret_list);

/* What names say that hold the typed words (white space between them) as they sound, in hundredths
 * of a letter for each letter typed, the nearer of both names; each word may stand anywhere in the
 * name. SOUND_FAR when a word is not in it. */
unsigned sound_of_names(const char *typed, size_t len, const char *name_km, const char *name_en);

/* Tells that the vocabulary may have changed. */
void sound_forget(struct search *search);

#endif
