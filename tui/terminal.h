/* Which terminal is this, and how is Khmer best drawn on it? What was asked and found (probe.h, the
 * environment) goes through the tables of terminal.def. Pure: asks nothing itself. */
#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include <stdbool.h>

#include "i18n/message.h"
#include "tui/painter.h"
#include "tui/probe.h"
#include "tui/script.h"

enum brand {
    BRAND_ANY, /* not known */
#define BRAND(constant, name, version, variable, term) BRAND_##constant,
#include "tui/terminal.def"
#undef BRAND
    BRAND_COUNT
};

enum { NEED_KITTY = 1, NEED_SIXEL = 2, NEED_CELL = 4, NEED_FONT = 8 };

struct facts {
    struct answers answers;
    enum brand brand;
    int version;                 /* 22.12.3 is 221203, 0.40 is 4000, 379 is 3790000; 0 unknown */
    int cell_width, cell_height; /* pixels; 0 unknown */
    bool font;                   /* a Khmer font is installed here */
};

/* Value of an environment variable or NULL: getenv. */
typedef const char *terminal_getenv(const char *name);

/* Which questions may be asked here: PROBE_ASK_... */
unsigned terminal_questions(terminal_getenv *get);
/* What the answers and the environment say. columns, rows, width and height of the whole window (0
 * unknown) are what the kernel says (TIOCGWINSZ). font is left true: decide, then find out. */
void terminal_judge(const struct answers *answers, terminal_getenv *get, int rows, int columns,
                    int width, int height, struct facts *ret_facts);

struct terminal_verdict {
    enum painter_id painter;
    enum script script;
    enum message why, advice;
};

struct terminal_verdict terminal_decide(const struct facts *f);
const char *terminal_brand_name(enum brand brand); /* "" for BRAND_ANY */

/* Text under a picture is given back by copying. */
bool terminal_copies_under(enum brand brand);

#endif
