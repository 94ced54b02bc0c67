/* Pictures as bytes for a terminal: kitty's graphics protocol and DEC sixel. Pure functions that
 * append to a text; where the cursor stands and what the terminal understands is the caller's
 * business. */
#ifndef TUI_PIXEL_H
#define TUI_PIXEL_H

#include <stdbool.h>

#include "i18n/mem.h"

struct colour {
    unsigned char red, green, blue;
};

/* Borrowed coverage, e.g. of struct shape, and the two colours it is drawn between. */
struct picture {
    int width, height;             /* pixels, >= 1 */
    const unsigned char *coverage; /* width * height, rows from the top; 0 paper ... 255 ink */
    struct colour ink, paper;
    bool clear; /* kitty: no paper, what the cells have as ground shows through */
};

enum { SIXEL_LEVELS = 8, SIXEL_LEVELS_SLOW = 2 };

/* The cursor's cell becomes the picture's upper left corner. Every pixel is painted. levels: 2 ...
 * 16 steps between paper and ink. Where the cursor stands afterwards differs between terminals:
 * address it. (DEC STD 070, "Sixel graphics") */
void pixel_sixel(struct text *out, const struct picture *p, int levels);

/* Hands a picture to the terminal under a number (1 ... 2^32-1) without showing it; a picture it
 * had under that number is replaced. The terminal answers nothing. */
void pixel_kitty_send(struct text *out, const struct picture *p, unsigned id);
/* Shows a picture that was sent: upper left corner at the cursor's cell, stretched over so many
 * columns of one row; the cursor stays. placement: 1 ... 2^32-1, one for each place where the same
 * picture is shown; the same number again moves it. */
void pixel_kitty_place(struct text *out, unsigned id, unsigned placement, int columns);
/* Takes one placement away; the picture stays with the terminal. */
void pixel_kitty_unplace(struct text *out, unsigned id, unsigned placement);
/* Takes every placement that touches a screen row (from 0) away; the pictures stay. */
void pixel_kitty_unplace_row(struct text *out, int row);
/* Takes every placement away; the pictures stay. */
void pixel_kitty_unplace_all(struct text *out);
/* Forgets one picture, or all, and takes their placements away. */
void pixel_kitty_forget(struct text *out, unsigned id);
void pixel_kitty_forget_all(struct text *out);

#endif
