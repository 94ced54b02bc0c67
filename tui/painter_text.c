/* Khmer as the terminal draws it itself: curses writes each token. */
#include "tui/painter.h"

const struct painter painter_text = {.name = "text", .start = "", .stop = ""};
