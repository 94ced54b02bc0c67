/* Taking a save back from a screen: says what stands in the way, or asks once. */
#ifndef TUI_UNDO_H
#define TUI_UNDO_H

#include "db/op.h"
#include "tui/view.h"

/* Opens the question for one save of this record; or says why it cannot be taken back. */
void undo_ask(const struct context *x, const struct uuid *record, const struct op_ref *save);
/* The same for the last save of this record by the person at the keyboard. */
void undo_ask_last(const struct context *x, const struct uuid *record);

#endif
