/* Inside db/: words of names by how they sound. A word typed in Latin letters is turned into the
 * words of the index (space r: skeletons of names, roman_words) that it may stand for, and names
 * that were found so are judged with their vowels. Knows nothing of areas, filters and hits. */
#ifndef DB_SEARCH_SOUND_H
#define DB_SEARCH_SOUND_H

#include "db/db.h"
#include "i18n/mem.h"
#include "i18n/roman.h"

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

/* A text as it sounds. */
struct sound_text {
    const char *letters; /* roman_letters; the arena's */
    size_t len;
    struct roman_count count;
};
struct sound_text sound_text_make(struct arena *arena, const char *text);

/* How far the typed words (white space between them) are from what they sound like in the texts, in
 * hundredths of a letter for each letter typed; each word may stand anywhere in any of them.
 * SOUND_FAR when one is in none. */
unsigned sound_of_texts(const char *typed, size_t len, const struct sound_text *texts,
                        size_t count);

/* Tells that the vocabulary may have changed. */
void sound_forget(struct search *search);

#endif
