/* Khmer in Latin letters, and what makes a name typed in Latin letters meet it. There is no one
 * system in use: the readable form follows the spelling of the gazetteer (data/area.tsv; that of
 * the Geographic Department of 1995), and comparing never asks for more than the consonants. Knows
 * nothing of areas or services. Lengths are bytes of UTF-8; distances are hundredths of a letter.
 */
#ifndef I18N_ROMAN_H
#define I18N_ROMAN_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/mem.h"

enum {
    ROMAN_LETTERS = 160
}; /* letters of a word or name that are compared, the rest is left out */

/* Appends s with its Khmer in Latin letters, a capital at the start of each word of more than one
 * letter, words parted as ICU parts them; what is not Khmer stays as it is. For showing: marked as
 * derived where it stands for a name. */
void roman_latin(struct text *out, const char *s, size_t len);

/* Appends the letters a-z and digits of s, small, without spaces, marks and accents; Khmer as
 * roman_latin has it, but read as one word (parting words costs too much for every name). */
void roman_letters(struct text *out, const char *s, size_t len);

/* Appends the consonant skeleton of s, both scripts to the same: classes k g(ng) c t p n m y r l v
 * s h, vowels dropped, equal ones without a vowel between them one, digits kept. "Siem Reap" and
 * សៀមរាប give "smrp". */
void roman_skeleton(struct text *out, const char *s, size_t len);

/* Calls visit with the skeleton of each word of a name, in order, until it returns non-zero;
 * returns that, or 0. Khmer words are ICU's, one of a single class is a part
 * of the next; words without a consonant are left out. */
int roman_words(const char *s, size_t len,
                int (*visit)(void *context, const char *skeleton, size_t skeleton_len),
                void *context);

/* How far two words are from each other, both as roman_letters has them. A vowel, an h or a letter
 * of the same class (k g, t d, p b ...) counts less than another letter; two neighbours changed for
 * one another count as one. *ret_beginning: how far the typed word is from the nearest beginning of
 * the name, for a name of which half is typed. ROMAN_FAR each when above `most`. */
enum { ROMAN_FAR = 1000000 };
unsigned roman_distance(const char *typed, size_t typed_len, const char *name, size_t name_len,
                        unsigned most, unsigned *ret_beginning);

/* The same to the nearest part of the name, wherever it begins and ends. */
unsigned roman_within(const char *typed, size_t typed_len, const char *name, size_t name_len,
                      unsigned most);

/* Consonants of a word by class, and what one word is apart from another at least, because of its
 * consonants that the other lacks: to spare measuring them. */
enum { ROMAN_CLASSES = 6, ROMAN_LETTER = 70 /* what another letter costs */ };
struct roman_count {
    unsigned char all[ROMAN_CLASSES];
    unsigned char dear[ROMAN_CLASSES]; /* those that cannot be left out for less than a letter */
};
void roman_count(const char *word, size_t len, struct roman_count *ret_count);
unsigned roman_least(const struct roman_count *typed, const struct roman_count *name);

/* What leaving n letters of a word out costs at least, for every n up to its length. */
void roman_skips(const char *word, size_t len, unsigned ret_least[ROMAN_LETTERS + 1]);

#endif
