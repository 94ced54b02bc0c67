/* Area alerts in words: the line under the top bar, on prints and in texts; the list of them; by
 * which one a service is suspended. Knows no keys and no terminal. */
#ifndef TUI_ALERT_WORDS_H
#define TUI_ALERT_WORDS_H

#include "db/alert.h"
#include "tui/format.h"

/* Appends "flood · Chhuk District". */
void alert_add_name(const struct format *f, struct text *out, const struct alert *a);
/* Appends "from 01/06/2026 to 30/06/2026", "until ...", "since ..."; nothing without days. */
void alert_add_days(const struct format *f, struct text *out, const struct alert *a);
/* Appends name, days and what it says, in one line without a line feed. */
void alert_add_line(const struct format *f, struct text *out, const struct alert *a);
/* The same as a warning: "! Emergency: ...". */
void alert_add_warning(const struct format *f, struct text *out, const struct alert *a);
/* Appends "in force · services suspended: 3". */
void alert_add_state(const struct format *f, struct text *out, const struct alert *a,
                     size_t suspended);
/* Appends the name of an alert by its id; "" where it is gone. */
void alert_add_name_of(const struct format *f, struct text *out, struct db *db,
                       const struct uuid *id);

/* Appends a line "! ..." for each that is in force at f->now where one of the codes is (areas, a
 * space between; "" the country), and an empty line behind them. Nothing where there is none, or
 * where they cannot be read. */
void alert_add_lines(const struct format *f, struct text *out, struct db *db, const char *codes);

/* The same with those of a list. */
void alert_add_list(const struct format *f, struct text *out, const struct alert_list *list,
                    const char *codes);

/* Ids of those of the list that hold one of the codes, a space between, for programs. */
void alert_add_ids(struct text *out, const struct alert_list *list, const char *codes);

#endif
