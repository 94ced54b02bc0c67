/* A word's picture made another way than tui/shape.c makes it: HarfBuzz over FreeType's own scaled
 * metrics and FreeType's own glyph bitmaps, laid on a page with margins on all sides so that
 * whatever would be cut is seen. Also chooses which fonts a program sees. Shared by tests. */
#ifndef TESTS_TUI_FONT_REFERENCE_H
#define TESTS_TUI_FONT_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

/* From here on fontconfig sees only this folder ("" none at all); NULL: the machine's own set-up.
 */
void fonts_only_in(const char *folder);

struct page {
    int margin; /* pixels on each side of the cell */
    int width, height;
    unsigned char *coverage; /* free() */
    double natural;          /* pixels that the word wants */
};

/* The word on so many cells as khmer.md wants it: em, base line, squeeze. The font is face 0 of the
 * file. */
struct page page_make(const char *font_file, const char *word, int cell_width, int cell_height,
                      int cells);

/* How far the pen goes for the word, in ems: as HarfBuzz puts its letters together, and as the
 * letters would stand one after the other. The font is face 0 of the file. */
void font_advances(const char *font_file, const char *word, double *ret_shaped, double *ret_plain);

#endif
