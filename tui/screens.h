/* From one directory to the other on the screens: the app over the directory that is open, and,
 * when the person leaves it for training, for the real one or for a fresh lesson, the next app. */
#ifndef TUI_SCREENS_H
#define TUI_SCREENS_H

#include "tui/app.h"
#include "tui/directory.h"
#include "tui/term.h"

/* Runs until the person quits; closes term. given: --db, the file of the directory that is open
 * first, NULL none. directory is open and may be another one afterwards. wanted: language, theme
 * and script to begin with. */
void screens_run(const struct console *io, const char *given, struct directory *directory,
                 struct term *term, const struct app_options *wanted);

#endif
