/* What of a shown name was typed: the places to paint. Works on the name alone, so that every list
 * and page can mark any text with any words. */
#ifndef I18N_MARK_H
#define I18N_MARK_H

#include <stddef.h>

enum { MARKS_MOST = 16 };

/* Bytes of the name, whole syllables where it is Khmer. */
struct mark {
    size_t at, len;
};

/* Where the words of `typed` stand in the name, compared by search keys: Khmer anywhere, Latin and
 * digits where a word of the name begins; words found by no strict key are looked for by the looser
 * one. In order, none touching the next; returns how many, at most MARKS_MOST. len in bytes. */
size_t mark_find(const char *name, size_t len, const char *typed, struct mark marks[MARKS_MOST]);

#endif
