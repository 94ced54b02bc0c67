/* Pictures on the test terminal: where sixel and kitty graphics were put, and what takes them away.
 * For emulator.c and compare.c. Rows and columns count from 0. */
#ifndef E2E_IMAGES_H
#define E2E_IMAGES_H

#include <stdbool.h>
#include <stddef.h>

struct emulator;

/* What kind of terminal it is, beside its width rule. */
struct emulator_kind {
    const char *version;         /* answer to XTVERSION; NULL: none */
    bool sixel, kitty;           /* which pictures it shows */
    int cell_width, cell_height; /* pixels; 0: not told */
};

struct image_at {
    int row, column, columns;
    unsigned id, placement; /* 0 for sixel */
};

struct images {
    struct image_at *shown;
    size_t count, room;
    unsigned char sent[1 << 16]; /* kitty pictures it has, by number */
    size_t transmitted;          /* pictures sent in all */
};

void images_release(struct images *i);
/* A whole DCS or APC sequence (its beginning, where it is long). False: it makes no sense. */
bool images_sixel(struct emulator *e, const char *s);
bool images_kitty(struct emulator *e, const char *s);
/* Cells [first, end) of a row were written: sixel pictures there are gone. */
void images_overwrite(struct emulator *e, int row, int first, int end);
/* The screen was cleared. */
void images_clear(struct emulator *e);

#endif
