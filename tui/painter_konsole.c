/* Konsole from 22.12 on shapes whole words when it is told to; the text is written as it is.
 * (Konsole's profile properties WordMode, WordModeBrahmic, WordModeAttr, changed by OSC 50.) */
#include "tui/painter.h"

const struct painter painter_konsole = {
    .name = "konsole",
    .spills = true,
    .start = "\033]50;WordMode=true;WordModeBrahmic=true;WordModeAttr=true\a",
    .stop = "\033]50;WordMode=false;WordModeBrahmic=false;WordModeAttr=false\a",
};
