/* Days, hours and languages in words: for the detail, the form and the command line. */
#ifndef TUI_FORMAT_HOURS_H
#define TUI_FORMAT_HOURS_H

#include "db/record.h"
#include "i18n/mem.h"
#include "tui/format.h"

/* Appends one schedule: "Mon-Fri 07:30 to 17:00", "every day: open 24 hours". */
void format_schedule(const struct format *f, struct text *out, const struct record *schedule);

/* Appends days of the week (bit 0 = Monday) as runs: "Mon - Fri, Sun", "every day". */
void format_days(struct text *out, enum lang lang, unsigned days);
/* Short name of a day, 0 = Monday. */
const char *format_day_name(enum lang lang, int day);

/* Appends an as-of day as it is stored (2023, 2023-11 or 2023-11-30) the way people write it:
 * 30/11/2023, 11/2023, 2023. Anything else stays as it is. */
void format_partial_day(struct text *out, const char *stored);

/* Name of a language by its code; the code itself when we have no name for it. */
const char *format_language(enum lang lang, const char *code);
/* Code of the language at this place in the list of those that have a name here; NULL: no more. */
const char *format_language_code(size_t index);

#endif
