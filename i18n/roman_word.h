/* Private to i18n: a word of Khmer letters as clusters (a consonant, its coengs, its vowel and
 * signs), and how it is written in Latin. Knows nothing of where words begin and end. */
#ifndef I18N_ROMAN_WORD_H
#define I18N_ROMAN_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "i18n/mem.h"

enum { WORD_CLUSTERS = 40, CLUSTER_COENGS = 3 };

struct cluster {
    char32_t base, coengs[CLUSTER_COENGS];
    size_t coeng_count;
    char32_t vowel; /* 0: none written */
    char32_t shifter;
    bool nikahit, reahmuk, yuukal, bantoc, samyok, silent;
    size_t
        from; /* first of base and coengs that is left; what stands before it closed a syllable */
};

struct word {
    struct cluster clusters[WORD_CLUSTERS];
    size_t count;
};

/* Reads clusters from s as long as they are Khmer letters and there is room; bytes read. */
size_t roman_word_read(const char *s, size_t len, struct word *ret_word);

/* Appends the word in small Latin letters; marks in it what it took. */
void roman_word_add(struct text *out, struct word *w);

/* Nothing but consonants is written. */
bool roman_cluster_is_bare(const struct cluster *c);

#endif
