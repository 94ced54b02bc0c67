/* Values as programs read them: names of enumerations, ISO dates, HH:MM, ids. The same in every
 * language; what people read is value.h's. */
#ifndef TUI_RAW_H
#define TUI_RAW_H

#include <stdbool.h>

#include "db/record.h"

/* Appends the value of a field; false where there is none. */
bool raw_value(struct text *out, const struct field *field, const struct value *value);

#endif
