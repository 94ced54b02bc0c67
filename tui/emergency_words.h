/* The emergency list in words: on the screen, on paper, on the command line. Knows no keys and no
 * terminal. */
#ifndef TUI_EMERGENCY_WORDS_H
#define TUI_EMERGENCY_WORDS_H

#include "db/emergency.h"
#include "tui/format.h"
#include "tui/sheet.h"

/* Adds all of it: who is on duty, where children can be received, what is suspended, and what is
 * missing. db: for the names of alerts. */
void emergency_write(const struct format *f, struct sheet *s, struct db *db,
                     const struct emergency_list *list);

#endif
