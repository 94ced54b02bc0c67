/* Private to i18n: text as an array of code points and the order of marks in Khmer syllables,
 * shared by the normal form (normal.c) and the search key (key.c). */
#ifndef I18N_KHMER_ORDER_H
#define I18N_KHMER_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

enum order_flags {
    ORDER_JOIN = 1,  /* drop ZWSP everywhere */
    ORDER_KEY = 2,   /* strict search key: see key.h */
    ORDER_LOOSE = 4, /* loose search key, together with ORDER_KEY */
};

enum { SCALARS_SMALL = 512 };

struct scalars {
    char32_t *at;
    size_t len;
    char32_t small[SCALARS_SMALL]; /* used while it is large enough */
};

/* Decodes s, with deprecated characters spelled out and what the flags drop left out. */
void scalars_read(struct scalars *ret, const char *s, size_t len, unsigned flags);

/* Puts the marks of every syllable in the order of the normal form, in place; never longer. */
void scalars_order(struct scalars *x, unsigned flags);

void scalars_release(struct scalars *x);

/* True for what a search key never shows: invisible characters and accents (not Khmer). They do not
 * part a base from its marks, and go when they stand between them. */
bool scalar_fades(char32_t cp);

/* Index after the run of non-Khmer characters at `at` (may be empty). *ret_plain: all ASCII. */
size_t scalars_foreign_end(const struct scalars *x, size_t at, bool *ret_plain);

#endif
