/* In which letters names are shown, for terminals that cannot draw Khmer. Knows nothing of
 * terminals: terminal.def says which one gets which. */
#ifndef TUI_SCRIPT_H
#define TUI_SCRIPT_H

#include "i18n/lang.h"
#include "i18n/status.h"
#include "tui/canvas.h"

enum script {
    SCRIPT_KM,    /* as the chosen language says */
    SCRIPT_BOTH,  /* areas and services with their name in the other letters beside it */
    SCRIPT_LATIN, /* everything stored is shown in Latin letters where it exists in them */
    SCRIPT_COUNT
};

/* How text is put on this screen; every view reads it. */
struct lettering {
    enum script script;
    const struct ruler *ruler; /* borrowed; NULL: the terminal's own text */
};

/* "km", "both", "latin". */
const char *script_name(enum script script);
MUST_CHECK enum status script_parse(const char *name, enum script *ret_script); /* STATUS_INVALID */

/* The language stored names and texts are taken from when messages are in `lang`. */
enum lang script_lang(enum script script, enum lang lang);

#endif
