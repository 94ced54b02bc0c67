/* The cells of the test terminal and what control sequences do to them; for emulator.c only. Rows
 * and columns count from 0. */
#ifndef E2E_GRID_H
#define E2E_GRID_H

#include "tests/e2e/emulator.h"

struct screen *grid_screen(struct emulator *e);
void grid_move(struct emulator *e, int row, int column); /* kept inside */
void grid_put(struct emulator *e, char32_t cp);
void grid_repeat(struct emulator *e, int times);
/* A piece that takes so many cells whatever it holds; the cursor goes behind it. False: no room. */
bool grid_piece(struct emulator *e, int row, int column, int cells,
                const struct screen_cell *piece);
/* 0 from the cursor on, 1 up to it, 2 all: of the screen or of the line. */
void grid_erase(struct emulator *e, bool screen, int what);
void grid_blank(struct emulator *e, int columns);
void grid_shift(struct emulator *e, int columns); /* > 0 inserts blanks, < 0 deletes */
/* Rows [first, last] move up by n (down for n < 0). */
void grid_scroll(struct emulator *e, int first, int last, int n);
void grid_region(struct emulator *e, int first, int end);
void grid_alternate(struct emulator *e, bool on);

#endif
