/* What the log says of a change, in words: also of what no field of a record stands for (the
 * status, a verification, a merge). History, undo, review and their command line share it. */
#ifndef TUI_CHANGE_H
#define TUI_CHANGE_H

#include "db/history.h"
#include "i18n/lang.h"
#include "i18n/mem.h"
#include "tui/names.h"

/* Appends what was changed: "Telephone: Number (…)" for what belongs to another record, the field
 * alone for one of `own` kind. field 0: the kind of change alone ("created"). */
void change_label(struct text *out, enum lang lang, enum record_kind own, enum record_kind kind,
                  enum op_kind op, int field);

/* Appends a value of it as people read it; nothing for VALUE_NULL. */
void change_value(struct text *out, struct db *db, struct names *names, enum lang lang, int field,
                  const struct value *value);

/* Appends for whom a confidential change is: " [for officials]"; nothing for one that is public. */
void change_mark(struct text *out, enum lang lang, const struct history_change *change);

/* Appends a time (ms since 1970) as 22/11/2026 14:05, in Cambodia. */
void change_time(struct text *out, int64_t time_ms);

#endif
