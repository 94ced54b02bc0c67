/* Inside db/: areas by what people call them. */
#ifndef DB_AREA_NAME_H
#define DB_AREA_NAME_H

#include "db/area.h"

enum { AREA_ANY_KIND = 0 };

/* Appends the form of a search key (key_make, KEY_STRICT) under which area_name holds a name:
 * without spaces and marks where it is all Latin, unchanged otherwise; known other spellings are
 * brought to the official one. */
void area_name_key(struct text *out, const char *key, size_t len);

/* Appends another spelling in wide use of the name with this search key (data/alias.tsv), without
 * spaces; the nth from 0. False: no more. */
bool area_name_alias(struct text *out, const char *key, size_t len, size_t nth);

/* A unit word at either end of a search key: *at and *len become what is left and the result is the
 * set of kinds (bit 1 << kind) it allows; AREA_ANY_KIND when there is none. `nth` counts from 0
 * over the possible readings. */
bool area_unit_strip(const char *key, size_t nth, size_t *at, size_t *len, unsigned *ret_kinds);

/* Adds to list the valid areas whose name has this search key, of these kinds, with its unit word
 * or without; highest level first, then by code. */
MUST_CHECK enum status area_find_key(struct db *db, const char *key, size_t len,
                                     struct area_list *list);

/* Adds the area of exactly this code. STATUS_NOT_FOUND. */
MUST_CHECK enum status area_add(struct db *db, const char *code, struct area_list *list);

#endif
