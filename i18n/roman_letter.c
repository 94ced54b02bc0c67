/* The letters and vowels of Khmer in Latin. Learnt from the 1,887 pairs of names in data/area.tsv:
 * for each the spelling that stands there most often. */
#include "i18n/roman_letter.h"

#define STRONG_A(onset, coda, class)                                                               \
    {                                                                                              \
        onset, coda, class, true, false                                                            \
    }
#define STRONG_O(onset, coda, class)                                                               \
    {                                                                                              \
        onset, coda, class, false, false                                                           \
    }
#define WEAK_O(onset, coda, class)                                                                 \
    {                                                                                              \
        onset, coda, class, false, true                                                            \
    }
#define VOWEL(letters, class)                                                                      \
    {                                                                                              \
        letters, letters, class, true, false                                                       \
    }

const struct roman_letter roman_letters_of[0x34] = {
    STRONG_A("k", "k", 'k'),    /* 1780 ក */
    STRONG_A("kh", "k", 'k'),   /* ខ */
    STRONG_O("k", "k", 'k'),    /* គ */
    STRONG_O("kh", "k", 'k'),   /* ឃ */
    WEAK_O("ng", "ng", 'g'),    /* ង */
    STRONG_A("ch", "ch", 'c'),  /* ច */
    STRONG_A("chh", "ch", 'c'), /* ឆ */
    STRONG_O("ch", "ch", 'c'),  /* ជ */
    STRONG_O("chh", "ch", 'c'), /* ឈ */
    WEAK_O("nh", "nh", 'n'),    /* ញ */
    STRONG_A("d", "d", 't'),    /* ដ */
    STRONG_A("th", "th", 't'),  /* ឋ */
    STRONG_O("d", "d", 't'),    /* ឌ */
    STRONG_O("th", "th", 't'),  /* ឍ */
    STRONG_A("n", "n", 'n'),    /* ណ */
    STRONG_A("t", "t", 't'),    /* ត */
    STRONG_A("th", "th", 't'),  /* ថ */
    STRONG_O("t", "t", 't'),    /* ទ */
    STRONG_O("th", "th", 't'),  /* ធ */
    WEAK_O("n", "n", 'n'),      /* ន */
    STRONG_A("b", "b", 'p'),    /* ប */
    STRONG_A("ph", "ph", 'p'),  /* ផ */
    STRONG_O("p", "p", 'p'),    /* ព */
    STRONG_O("ph", "ph", 'p'),  /* ភ */
    WEAK_O("m", "m", 'm'),      /* ម */
    WEAK_O("y", "y", 'y'),      /* យ */
    WEAK_O("r", "r", 'r'),      /* រ */
    WEAK_O("l", "l", 'l'),      /* ល */
    WEAK_O("v", "v", 'v'),      /* វ */
    STRONG_A("s", "s", 's'),    /* 179D */
    STRONG_A("s", "s", 's'),    /* 179E */
    STRONG_A("s", "s", 's'),    /* ស */
    STRONG_A("h", "h", 'h'),    /* ហ */
    STRONG_A("l", "l", 'l'),    /* ឡ */
    STRONG_A("", "", 0),        /* អ */
    VOWEL("a", 0),              /* 17A3 */
    VOWEL("a", 0),              /* 17A4 */
    VOWEL("e", 0),              /* ឥ */
    VOWEL("ei", 0),             /* ឦ */
    VOWEL("u", 0),              /* ឧ */
    VOWEL("uk", 'k'),           /* 17A8 */
    VOWEL("ou", 0),             /* ឩ */
    VOWEL("ov", 0),             /* ឪ */
    VOWEL("rue", 'r'),          /* ឫ */
    VOWEL("rueu", 'r'),         /* ឬ */
    VOWEL("lue", 'l'),          /* ឭ */
    VOWEL("lueu", 'l'),         /* ឮ */
    VOWEL("ae", 0),             /* ឯ */
    VOWEL("ai", 0),             /* ឰ */
    VOWEL("ao", 0),             /* ឱ */
    VOWEL("ao", 0),             /* ឲ */
    VOWEL("au", 0),             /* ឳ */
};

const struct roman_vowel roman_vowels[0x11] = {
    {"a", "o"},     /* none written */
    {"a", "ea"},    /* ា */
    {"e", "i"},     /* ិ */
    {"ei", "i"},    /* ី */
    {"oe", "ue"},   /* ឹ */
    {"eu", "ueu"},  /* ឺ */
    {"o", "u"},     /* ុ */
    {"ou", "u"},    /* ូ */
    {"uo", "uo"},   /* ួ */
    {"aeu", "eu"},  /* ើ */
    {"oea", "oea"}, /* ឿ */
    {"ie", "ie"},   /* ៀ */
    {"e", "e"},     /* េ */
    {"ae", "eae"},  /* ែ */
    {"ai", "ey"},   /* ៃ */
    {"ao", "ou"},   /* ោ */
    {"au", "ov"},   /* ៅ */
};
