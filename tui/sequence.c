/* Passing over sequences; see sequence.h. */
#include "tui/sequence.h"

#include <string.h>

enum { ESC = 0x1B, BYTE_MAX = 0xFF };

void sequence_begin(char *kind, int key)
{
    *kind = '\0';
    if (key > 0 && key <= BYTE_MAX && strchr("[O]P_^X", key))
        *kind = (char)key;
}

bool sequence_take(char *kind, int key)
{
    bool control = *kind == '[' || *kind == 'O';
    bool last = control ? key >= 0x40 && key <= 0x7E : key == '\a' || *kind == '\\';
    if (!*kind || key > BYTE_MAX)
        return false;
    if (last)
        *kind = '\0';
    else if (!control && key == ESC)
        *kind = '\\'; /* its last byte comes now */
    return true;
}
