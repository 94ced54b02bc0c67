/* Days, hours and languages in words, for format_detail.c. */
#ifndef TUI_FORMAT_HOURS_H
#define TUI_FORMAT_HOURS_H

#include "db/record.h"
#include "i18n/mem.h"
#include "tui/format.h"

/* Appends one schedule: "Mon-Fri 07:30 to 17:00", "every day: open 24 hours". */
void format_schedule(const struct format *f, struct text *out, const struct record *schedule);

/* Appends an as-of day as it is stored (2023, 2023-11 or 2023-11-30) the way people write it:
 * 30/11/2023, 11/2023, 2023. Anything else stays as it is. */
void format_partial_day(struct text *out, const char *stored);

/* Name of a language by its code; the code itself when we have no name for it. */
const char *format_language(enum lang lang, const char *code);

#endif
