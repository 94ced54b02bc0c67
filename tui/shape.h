/* Khmer as a picture: a token of text becomes exactly as many pixels as the cells kept for it, so
 * that a terminal that cannot draw Khmer can show it. shape.c is the only file that knows HarfBuzz,
 * FreeType and fontconfig; shape_none.c stands in for it in a build without them. Knows nothing of
 * terminals, colours or escape sequences. */
#ifndef TUI_SHAPE_H
#define TUI_SHAPE_H

#include <stddef.h>
#include <stdint.h>

#include "i18n/status.h"

struct shaper;

enum weight { WEIGHT_NORMAL, WEIGHT_BOLD };

enum {
    SHAPE_CELL_MAX = 200,       /* pixels of a cell's longer side */
    SHAPE_CELLS_MAX = 8192,     /* of a token */
    SHAPE_BYTES_MAX = 16 * 1024 /* of a token */
};

/* How much ink stands on each pixel. Belongs to the shaper and is valid until the next call of
 * shaper_draw, shaper_cells, shaper_resize or shaper_close. */
struct shape {
    int cells;
    int width, height;             /* pixels: cells * cell width, cell height */
    const unsigned char *coverage; /* width * height, rows from the top; 0 paper ... 255 ink */
    uint64_t hash; /* of text, cells, weight and cell size: the same for the same picture */
};

/* Chooses a font among the installed ones and fits it to cells of that many pixels. Takes some
 * milliseconds; fontconfig may complain about its own set-up on standard error meanwhile.
 * STATUS_NOT_FOUND: no font with Khmer letters is installed (or the program was built without
 * pixels); STATUS_INVALID: a side of the cell below 4 or above SHAPE_CELL_MAX. */
MUST_CHECK enum status shaper_open(int cell_width, int cell_height, struct shaper **ret_shaper);
void shaper_close(struct shaper *s); /* NULL is fine */
/* Another cell size with the same font; every picture is forgotten. STATUS_INVALID as above, and
 * nothing has changed. */
MUST_CHECK enum status shaper_resize(struct shaper *s, int cell_width, int cell_height);

/* Name and file of the font in use, for `cpdir terminal`. Owned by the shaper. */
const char *shaper_font_name(const struct shaper *s);
const char *shaper_font_file(const struct shaper *s);

/* Cells a token wants: the larger of its width_columns and nine tenths of its natural width. Bold
 * text may want more than normal text; a caller that wants one measure for both uses
 * WEIGHT_NORMAL. Never below 1. STATUS_INVALID: empty, or above one of the limits;
 * STATUS_NOT_FOUND: the font lacks one of its letters (another script, bytes that are not UTF-8):
 * print it as text. */
MUST_CHECK enum status shaper_cells(struct shaper *s, const char *bytes, size_t len,
                                    enum weight weight, int *ret_cells);

/* Pixels a token's letters take side by side, before anything is squeezed. Errors as for
 * shaper_cells. */
MUST_CHECK enum status shaper_pixels(struct shaper *s, const char *bytes, size_t len,
                                     enum weight weight, double *ret_pixels);

/* The picture of a token on so many cells (0: as many as it wants). It begins at the left edge;
 * where it is wider than its cells it is squeezed sideways, where it is higher than the cell it is
 * squeezed in height. All tokens stand on one base line, unless not even a height of 0.85 lets
 * them. Nothing is ever cut. Errors as for shaper_cells. */
MUST_CHECK enum status shaper_draw(struct shaper *s, const char *bytes, size_t len, int cells,
                                   enum weight weight, struct shape *ret_shape);

#endif
