/* Stands in for shape.c in a build without HarfBuzz, FreeType and fontconfig (make PIXELS=0): there
 * is never a font, so that the painters of text are chosen. */
#include "tui/shape.h"

enum status shaper_open(int cell_width, int cell_height, struct shaper **ret_shaper)
{
    (void)cell_width, (void)cell_height, (void)ret_shaper;
    return STATUS_NOT_FOUND;
}

void shaper_close(struct shaper *s)
{
    (void)s;
}

enum status shaper_resize(struct shaper *s, int cell_width, int cell_height)
{
    (void)s, (void)cell_width, (void)cell_height;
    return STATUS_NOT_FOUND;
}

const char *shaper_font_name(const struct shaper *s)
{
    (void)s;
    return "";
}

const char *shaper_font_file(const struct shaper *s)
{
    (void)s;
    return "";
}

enum status shaper_pixels(struct shaper *s, const char *bytes, size_t len, enum weight weight,
                          double *ret_pixels)
{
    (void)s;
    (void)bytes;
    (void)len;
    (void)weight;
    (void)ret_pixels;
    return STATUS_NOT_FOUND;
}

enum status shaper_cells(struct shaper *s, const char *bytes, size_t len, enum weight weight,
                         int *ret_cells)
{
    (void)s, (void)bytes, (void)len, (void)weight, (void)ret_cells;
    return STATUS_NOT_FOUND;
}

enum status shaper_draw(struct shaper *s, const char *bytes, size_t len, int cells,
                        enum weight weight, struct shape *ret_shape)
{
    (void)s, (void)bytes, (void)len, (void)cells, (void)weight, (void)ret_shape;
    return STATUS_NOT_FOUND;
}
