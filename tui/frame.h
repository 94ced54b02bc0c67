/* What stands around a view: the top bar, the message line and the key bar. Draws on a canvas from
 * what it is told; knows no views. */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "db/person.h"
#include "i18n/lang.h"
#include "tui/canvas.h"
#include "tui/view.h"

enum { FRAME_TOP = 1, FRAME_BOTTOM = 2, FRAME_ROWS = FRAME_TOP + FRAME_BOTTOM }; /* rows it takes */

struct frame {
    enum lang lang;
    const char *title; /* where the person is; "" the start */
    bool training, read_only;
    const struct person *person; /* at the keyboard */
    const int64_t *past;         /* Unix time that is shown, NULL the present */
    int unlocked;                /* level of what is confidential that is open now; 0 locked */
    enum key_context keys;       /* whose keys the key bar shows */
    const char *says;            /* message line, "" nothing */
    enum style says_style;
};

void frame_draw(struct canvas *c, const struct frame *f);
/* One sentence instead of everything, for a screen below 40x12; down to 1x1. */
void frame_draw_too_small(struct canvas *c, enum lang lang);

#endif
