/* Text that is being typed: a cursor that moves, deletes and selects by syllable, undo, and boxes
 * of several lines. Knows syllables, no keys. */
#ifndef TUI_EDIT_H
#define TUI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/mem.h"
#include "i18n/wrap.h"
#include "tui/canvas.h"

enum {
    EDIT_MAX = 400,           /* bytes of one line, as edit_init sets it */
    EDIT_FIELD_MAX = 4 << 20, /* of a field: what is too long to be stored can still be seen */
    EDIT_UNDO = 100,          /* changes that can be taken back */
};

struct edit_step;

struct edit {
    struct text text;
    size_t cursor; /* bytes from the beginning */
    size_t anchor; /* the other end of what is selected; the cursor: nothing is */
    size_t max;    /* bytes that can be typed */
    struct edit_step *steps;
    size_t step_count, step_at; /* those before step_at can be taken back, the others made again */
    bool joins;                 /* typing goes on in the last step */
    struct line_list lines;     /* of edit_wrap */
    int wrapped;                /* columns they are for; 0: wrap again */
};

void edit_init(struct edit *e);
void edit_release(struct edit *e);

/* Another text, the cursor behind it; nothing can be taken back. */
void edit_set(struct edit *e, const char *s, size_t len);

/* All of these return whether something changed. What does not fit any more is not taken. Moving
 * ends the selection; what is typed or deleted takes its place. */
bool edit_insert(struct edit *e, const char *s, size_t len);
bool edit_left(struct edit *e);
bool edit_right(struct edit *e);
bool edit_home(struct edit *e); /* of the text */
bool edit_end(struct edit *e);
bool edit_delete_back(struct edit *e);
bool edit_delete(struct edit *e);
bool edit_clear(struct edit *e);

/* The same steps with the selection held open. */
bool edit_select_left(struct edit *e);
bool edit_select_right(struct edit *e);
bool edit_select_home(struct edit *e);
bool edit_select_end(struct edit *e);
bool edit_select_all(struct edit *e);
/* What is selected: *ret_at and its length in bytes; 0 nothing. */
size_t edit_selected(const struct edit *e, size_t *ret_at);

/* Takes the last change back, or makes it again. */
bool edit_undo(struct edit *e);
bool edit_redo(struct edit *e);

/* Draws it and puts the canvas's cursor; a long line is shifted so that the cursor stays visible.
 */
void edit_draw(const struct edit *e, struct canvas *c, int row, int column, int columns,
               enum style style);

/* --- boxes of several lines --- */

/* Lays the text out for so many columns (>= 1) and returns its lines, at least 1. Cheap while
 * nothing changed. A very long text is broken at syllables only. */
size_t edit_wrap(struct edit *e, const struct ruler *ruler, int columns);
/* Line the cursor is on; after edit_wrap. */
size_t edit_cursor_line(const struct edit *e);
/* To the line above or below, about the same column; false at the first or last one. After
 * edit_wrap. */
bool edit_up(struct edit *e, const struct ruler *ruler);
bool edit_down(struct edit *e, const struct ruler *ruler);
/* To the ends of the line. After edit_wrap. */
bool edit_line_home(struct edit *e);
bool edit_line_end(struct edit *e);
/* Draws lines from `first` on into `rows` rows; with `cursor` puts the canvas's cursor and shows
 * what is selected. After edit_wrap with these columns. */
void edit_draw_box(const struct edit *e, struct canvas *c, int row, int column, int columns,
                   int rows, size_t first, enum style style, bool cursor);

#endif
