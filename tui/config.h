/* Where this user's settings are kept: $XDG_CONFIG_HOME/cpdir, else ~/.config/cpdir. */
#ifndef TUI_CONFIG_H
#define TUI_CONFIG_H

#include "db/due.h"

/* The path of a file there, owned; NULL: no place for it is known. */
char *config_path(const char *name);

/* The due rules of the directory with those of the user's file due.tsv over them; where that file
 * is wrong it is left out and *ret_line (0: all is well) is its first bad line. */
MUST_CHECK enum status config_due_rules(struct db *db, struct due_rules *ret_rules,
                                        size_t *ret_line);

#endif
