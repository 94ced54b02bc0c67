/* Collecting what is pasted; see paste.h. */
#include "tui/paste.h"

#include <string.h>

enum { WAITS_MOST = 8, END_LEN = sizeof PASTE_END - 1 };

void paste_begin(struct paste *p)
{
    text_clear(&p->bytes);
    p->on = true;
    p->waits = 0;
}

/* There is no room for more, but the end must still be seen. */
static void shift_in(struct text *t, char byte)
{
    char *from = t->bytes + t->len - END_LEN;
    memmove(from, from + 1, END_LEN - 1);
    from[END_LEN - 1] = byte;
}

bool paste_take(struct paste *p, char byte)
{
    p->waits = 0;
    if (p->bytes.len < PASTE_MOST)
        text_addc(&p->bytes, byte);
    else
        shift_in(&p->bytes, byte);
    size_t len = p->bytes.len;
    if (len < END_LEN || memcmp(p->bytes.bytes + len - END_LEN, PASTE_END, END_LEN))
        return false;
    text_truncate(&p->bytes, len - END_LEN);
    p->on = false;
    return true;
}

bool paste_wait(struct paste *p)
{
    if (!p->on || ++p->waits < WAITS_MOST)
        return false;
    p->on = false;
    return true;
}
