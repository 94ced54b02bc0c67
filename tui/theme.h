/* Themes: how each style looks. Only names and numbers here; term.c turns them into attributes. The
 * colours are the eight of every terminal and its default ones, so that dark and light backgrounds
 * both stay readable. */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>

#include "i18n/status.h"
#include "tui/canvas.h"

enum theme { THEME_COLOUR, THEME_MONO, THEME_CONTRAST, THEME_COUNT };

enum { COLOUR_DEFAULT = -1 }; /* the terminal's own; else 0..7 as in ECMA-48: 0 black ... 7 white */

struct look {
    signed char foreground, background; /* COLOUR_DEFAULT or 0..7 */
    bool bold, dim, underline, reverse;
};

struct look theme_look(enum theme theme, enum style style);
/* "colour" ("color"), "mono", "contrast". */
const char *theme_name(enum theme theme);
MUST_CHECK enum status theme_parse(const char *name, enum theme *ret_theme); /* STATUS_INVALID */
/* Without an option: CPDIR_THEME where it names a theme, else mono where NO_COLOR is set and not
 * empty (no-color.org), else colour. */
enum theme theme_default(void);

#endif
