/* A question with a few answers, one under the other. Knows no views. */
#ifndef TUI_CHOICE_H
#define TUI_CHOICE_H

#include <stddef.h>

#include "i18n/message.h"
#include "tui/canvas.h"
#include "tui/view.h"

enum { CHOICE_MOST = 8 };

struct choice {
    enum message question;
    enum message answers[CHOICE_MOST];
    size_t count, selected;
};

enum { CHOICE_OPEN = -1, CHOICE_LEFT = -2 };

/* The number of the answer that was chosen with this command, CHOICE_LEFT for Esc, else
 * CHOICE_OPEN. */
int choice_command(struct choice *q, enum command command);
/* Draws the question, a text of the caller's ("" none) and the answers. */
void choice_draw(const struct choice *q, struct canvas *c, int top, int bottom, enum lang lang,
                 const char *about);

#endif
