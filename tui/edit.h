/* One line of typed text with a cursor that moves and deletes by syllable. */
#ifndef TUI_EDIT_H
#define TUI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/mem.h"
#include "tui/canvas.h"

enum { EDIT_MAX = 400 }; /* bytes that can be typed */

struct edit {
    struct text text;
    size_t cursor; /* bytes from the beginning */
};

void edit_init(struct edit *e);
void edit_release(struct edit *e);

/* All of these return whether something changed. What does not fit any more is not taken. */
bool edit_insert(struct edit *e, const char *s, size_t len);
bool edit_left(struct edit *e);
bool edit_right(struct edit *e);
bool edit_home(struct edit *e);
bool edit_end(struct edit *e);
bool edit_delete_back(struct edit *e);
bool edit_delete(struct edit *e);
bool edit_clear(struct edit *e);

/* Draws it and puts the canvas's cursor; a long line is shifted so that the cursor stays visible.
 */
void edit_draw(const struct edit *e, struct canvas *c, int row, int column, int columns,
               enum style style);

#endif
