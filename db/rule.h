/* Rules of fields: what may be stored. One function for the form, the command line, imports and the
 * log. Values are checked after normalization. */
#ifndef DB_RULE_H
#define DB_RULE_H

#include "db/record.h"

enum { LINE_MAX_CHARS = 300, PROSE_MAX_CHARS = 4000, COUNT_MAX = 1000000, AGE_MAX = 120 };

/* Brings a text value to the form in which its field is stored (normal form, white space at the
 * ends dropped, empty text = NULL, telephone number = stored form); the text lives in the arena.
 * Other values stay. STATUS_INVALID: not UTF-8, or no telephone number. */
MUST_CHECK enum status rule_normalize(const struct field *field, struct value *value,
                                      struct arena *arena);
/* One value against its field's rule. NULL always passes: what must not be missing is a rule of the
 * whole record. STATUS_INVALID, or a database problem where something had to be looked up. */
MUST_CHECK enum status rule_check(struct db *db, const struct field *field,
                                  const struct value *value);
/* Rules over several fields: a name in one language at least, required references, ages and times
 * the right way round. *ret_field is the field to blame. */
MUST_CHECK enum status rule_check_record(const struct record *r, int *ret_field);
/* The field that must not be above this one (minimum_age for maximum_age); 0: none. */
int rule_lower(int field);
/* True for a field a record is nothing without: a reference, what it says, or (of a name in two
 * languages) one of the two. */
bool rule_required(const struct field *field);

#endif
