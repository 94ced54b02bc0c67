/* The table of themes. A style with a colour sets letters and ground together, so that it can be
 * read whatever colours the terminal has; only magenta stands on the terminal's own ground, because
 * it can be read on dark and light alike, and a list full of warnings must not be full of blocks.
 */
#include "tui/theme.h"

#include <stdlib.h>
#include <string.h>

enum {
    NONE = COLOUR_DEFAULT,
    BLACK = 0,
    RED = 1,
    GREEN = 2,
    YELLOW = 3,
    BLUE = 4,
    MAGENTA = 5,
    CYAN = 6,
    WHITE = 7
};

#define LOOK(fg, bg) .foreground = (fg), .background = (bg)

static const struct look looks[THEME_COUNT][STYLE_COUNT] =
    {
        [THEME_COLOUR] =
            {
                [STYLE_NORMAL] = {LOOK(NONE, NONE)},
                [STYLE_TITLE] = {LOOK(NONE, NONE), .bold = true},
                [STYLE_BAR] = {LOOK(WHITE, BLUE)},
                [STYLE_KEY] = {LOOK(NONE, NONE), .bold = true},
                [STYLE_SELECTED] = {LOOK(BLACK, CYAN)},
                [STYLE_CHOSEN] = {LOOK(WHITE, BLUE)},
                [STYLE_DIM] = {LOOK(NONE, NONE), .dim = true},
                [STYLE_STRONG] = {LOOK(NONE, NONE), .bold = true},
                [STYLE_WARNING] = {LOOK(MAGENTA, NONE), .bold = true},
                [STYLE_ERROR] = {LOOK(WHITE, RED), .bold = true},
                [STYLE_FILTER] = {LOOK(BLACK, GREEN)},
                [STYLE_MATCH] = {LOOK(BLACK, YELLOW)},
                [STYLE_SELECTED_MATCH] = {LOOK(BLACK, YELLOW)},
                [STYLE_BORDER] = {LOOK(NONE, NONE), .dim = true},
            },
        [THEME_MONO] =
            {
                [STYLE_NORMAL] = {LOOK(NONE, NONE)},
                [STYLE_TITLE] = {LOOK(NONE, NONE), .bold = true},
                [STYLE_BAR] = {LOOK(NONE, NONE), .reverse = true},
                [STYLE_KEY] = {LOOK(NONE, NONE), .bold = true},
                [STYLE_SELECTED] = {LOOK(NONE, NONE), .reverse = true},
                [STYLE_CHOSEN] = {LOOK(NONE, NONE), .bold = true, .underline = true},
                [STYLE_DIM] = {LOOK(NONE, NONE)},
                [STYLE_STRONG] = {LOOK(NONE, NONE), .bold = true},
                [STYLE_WARNING] = {LOOK(NONE, NONE), .underline = true},
                [STYLE_ERROR] = {LOOK(NONE, NONE), .bold = true, .reverse = true},
                [STYLE_FILTER] = {LOOK(NONE, NONE), .reverse = true},
                [STYLE_MATCH] = {LOOK(NONE, NONE), .bold = true, .underline = true},
                [STYLE_SELECTED_MATCH] = {LOOK(NONE, NONE), .reverse = true, .underline = true},
                [STYLE_BORDER] = {LOOK(NONE, NONE)},
            },
        [THEME_CONTRAST] =
            {
                [STYLE_NORMAL] = {LOOK(WHITE, BLACK), .bold = true},
                [STYLE_TITLE] = {LOOK(YELLOW, BLACK), .bold = true},
                [STYLE_BAR] = {LOOK(BLACK, WHITE)},
                [STYLE_KEY] = {LOOK(YELLOW, BLACK), .bold = true},
                [STYLE_SELECTED] = {LOOK(BLACK, YELLOW)},
                [STYLE_CHOSEN] = {LOOK(WHITE, BLACK), .bold = true, .underline = true},
                [STYLE_DIM] = {LOOK(WHITE, BLACK)},
                [STYLE_STRONG] = {LOOK(YELLOW, BLACK), .bold = true},
                [STYLE_WARNING] = {LOOK(YELLOW, BLACK), .bold = true, .underline = true},
                [STYLE_ERROR] = {LOOK(WHITE, RED), .bold = true},
                [STYLE_FILTER] = {LOOK(BLACK, WHITE)},
                [STYLE_MATCH] = {LOOK(YELLOW, BLACK), .bold = true, .underline = true},
                [STYLE_SELECTED_MATCH] = {LOOK(WHITE, BLACK), .bold = true, .underline = true},
                [STYLE_BORDER] = {LOOK(WHITE, BLACK)},
            },
};

static const char *const names[THEME_COUNT] = {"colour", "mono", "contrast"};

struct look theme_look(enum theme theme, enum style style)
{
    return looks[theme][style];
}

const char *theme_name(enum theme theme)
{
    return names[theme];
}

enum status theme_parse(const char *name, enum theme *ret_theme)
{
    if (strcmp(name, "color") == 0)
        name = names[THEME_COLOUR];
    for (int i = 0; i < THEME_COUNT; i++) {
        if (strcmp(name, names[i]) == 0) {
            *ret_theme = (enum theme)i;
            return STATUS_OK;
        }
    }
    return STATUS_INVALID;
}

enum theme theme_default(void)
{
    enum theme theme;
    const char *wanted = getenv("CPDIR_THEME");
    if (wanted && theme_parse(wanted, &theme) == STATUS_OK)
        return theme;
    const char *no_colour = getenv("NO_COLOR");
    return no_colour && *no_colour ? THEME_MONO : THEME_COLOUR;
}
