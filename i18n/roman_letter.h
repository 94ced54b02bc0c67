/* Private to i18n: how Khmer letters are written in Latin, after the spelling of the gazetteer. */
#ifndef I18N_ROMAN_LETTER_H
#define I18N_ROMAN_LETTER_H

#include <stdbool.h>

struct roman_letter {
    const char *onset, *coda;
    char skeleton; /* class of roman_skeleton; 0: a vowel */
    bool first;    /* series: first (a) or second (o) */
    bool weak;     /* leaves the series to a stronger letter beside it */
};

struct roman_vowel {
    const char *first, *second; /* by series */
};

extern const struct roman_letter roman_letters_of[0x34]; /* U+1780-17B3 */
extern const struct roman_vowel roman_vowels[0x11];      /* none, then U+17B6-17C5 */

#endif
