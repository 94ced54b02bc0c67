/* Why something stands on a work list, in words: the one place for it. */
#ifndef TUI_WHY_H
#define TUI_WHY_H

#include "db/due.h"
#include "db/duplicate.h"
#include "i18n/lang.h"
#include "i18n/message.h"

/* Appends why it is due (format_due_why), with how often in a row it was not reached, if it was
 * not. */
void why_due_row(struct text *out, enum lang lang, const struct due_row *row);

/* Appends why two may be the same: "same telephone 012 345 678, nearly the same name". */
void why_duplicate(struct text *out, enum lang lang, unsigned why, const char *phone);

#endif
