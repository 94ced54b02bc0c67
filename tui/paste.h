/* What is being pasted, byte by byte, up to the mark with which the terminal ends it (bracketed
 * paste). Knows no terminal. */
#ifndef TUI_PASTE_H
#define TUI_PASTE_H

#include <stdbool.h>

#include "i18n/mem.h"

/* Switch it on and off, and what stands before and behind what is pasted. */
#define PASTE_ON    "\033[?2004h"
#define PASTE_OFF   "\033[?2004l"
#define PASTE_BEGIN "\033[200~"
#define PASTE_END   "\033[201~"

enum { PASTE_MOST = 8 << 20 }; /* bytes kept; what comes after them is lost */

struct paste {
    bool on;
    struct text bytes; /* without the marks once it has ended */
    int waits;         /* times that nothing more came */
};

void paste_begin(struct paste *p);
/* Takes one byte; true: it was the last of the mark, and it has ended. */
bool paste_take(struct paste *p, char byte);
/* Nothing came for a while; true: the mark got lost, and it has ended. */
bool paste_wait(struct paste *p);

#endif
