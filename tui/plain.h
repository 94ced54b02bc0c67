/* `--plain`: the directory a line at a time, for screen readers and dumb terminals. Numbered lists;
 * what is typed is a number to open, words to search for, or one letter for a command. */
#ifndef TUI_PLAIN_H
#define TUI_PLAIN_H

#include "tui/directory.h"
#include "tui/problem.h"
#include "tui/script.h"

/* Reads io->in until it ends or the person leaves. Exit code. */
int plain_run(const struct console *io, struct directory *directory, enum script script);

#endif
