/* See font_reference.h. */
#include "tests/tui/font_reference.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_BBOX_H
#include <hb-ft.h>
#include <hb.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/mem.h"
#include "i18n/utf8.h"

static const char SAMPLE[] = "ស្ត្រីភ្នំព្រៃកម្ពុជា";

void fonts_only_in(const char *folder)
{
    if (!folder) {
        unsetenv("FONTCONFIG_FILE");
        return;
    }
    const char *tmp = getenv("TMPDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/fonts.conf", tmp ? tmp : "/tmp");
    FILE *f = fopen(path, "w");
    if (!f)
        abort();
    fprintf(f,
            "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
            "<dir>%s</dir><cachedir>%s/font-cache</cachedir></fontconfig>\n",
            *folder ? folder : "/nonexistent", tmp ? tmp : "/tmp");
    fclose(f);
    setenv("FONTCONFIG_FILE", path, 1);
}

/* Sizes in ems. */
struct room {
    double left, right, top, bottom;
};

enum { LARGE = 1000 }; /* pixels of the em that is measured, so that rounding does not matter */

static void set_em(FT_Face face, double pixels)
{
    FT_Set_Char_Size(face, lround(pixels * 64), lround(pixels * 64), 72, 72);
}

static double ems(double units)
{
    return units / (64 * LARGE);
}

/* Shapes the word at the large size. */
static hb_buffer_t *shape(FT_Face face, const char *word)
{
    set_em(face, LARGE);
    hb_font_t *font = hb_ft_font_create_referenced(face);
    hb_ft_font_set_load_flags(font, FT_LOAD_NO_HINTING);
    hb_buffer_t *b = hb_buffer_create();
    hb_buffer_add_utf8(b, word, -1, 0, -1);
    hb_buffer_set_direction(b, HB_DIRECTION_LTR);
    hb_buffer_set_script(b, HB_SCRIPT_KHMER);
    hb_buffer_set_language(b, hb_language_from_string("km", -1));
    hb_shape(font, b, NULL, 0);
    hb_font_destroy(font);
    return b;
}

/* Ink of the outlines themselves. */
static struct room measure(FT_Face face, hb_buffer_t *b)
{
    struct room r = {0};
    double pen = 0;
    unsigned count = 0;
    hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(b, &count);
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, NULL);
    for (unsigned i = 0; i < count; i++) {
        FT_BBox box;
        FT_Load_Glyph(face, glyphs[i].codepoint, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
        FT_Outline_Get_BBox(&face->glyph->outline, &box);
        if (face->glyph->outline.n_points > 0) {
            r.left = fmin(r.left, ems(pen + at[i].x_offset + (double)box.xMin));
            r.right = fmax(r.right, ems(pen + at[i].x_offset + (double)box.xMax));
            r.top = fmax(r.top, ems(at[i].y_offset + (double)box.yMax));
            r.bottom = fmin(r.bottom, ems(at[i].y_offset + (double)box.yMin));
        }
        pen += at[i].x_advance;
    }
    r.right = fmax(r.right, ems(pen));
    return r;
}

/* Pixels of an em and of the room above the base line. */
static void fit_face(FT_Face face, double cell_height, double *em, double *base)
{
    hb_buffer_t *b = shape(face, SAMPLE);
    struct room r = measure(face, b);
    hb_buffer_destroy(b);
    *em = fmin(0.80 * cell_height, 1.10 * cell_height / (r.top - r.bottom));
    double top = r.top * *em, bottom = -r.bottom * *em;
    double spare = fmax(0, cell_height - top - bottom);
    *base = round(cell_height * (top + spare / 2) / (top + bottom + spare));
}

static void stamp(struct page *p, const FT_Bitmap *bitmap, int left, int top)
{
    for (int y = 0; y < (int)bitmap->rows; y++)
        for (int x = 0; x < (int)bitmap->width; x++) {
            int px = left + x, py = top + y;
            if (px < 0 || py < 0 || px >= p->width || py >= p->height)
                continue;
            unsigned char *to = &p->coverage[py * p->width + px];
            double bare = (255.0 - *to) * (255.0 - bitmap->buffer[y * bitmap->pitch + x]) / 255.0;
            *to = (unsigned char)lround(255.0 - bare);
        }
}

/* Base line and height factor of a word whose ink goes so far up and down. */
static double squeeze(double up, double down, double height, double *base)
{
    double factor = 1;
    if (up > *base)
        factor = *base / up;
    if (down > 0 && (height - *base) / down < factor)
        factor = (height - *base) / down;
    if (factor >= 0.85)
        return factor;
    factor = fmin(0.85, height / (up + down));
    double low = up * factor, high = height - down * factor;
    if (ceil(low) <= floor(high)) {
        low = ceil(low);
        high = floor(high);
    }
    *base = *base < low ? low : *base > high ? high : *base;
    return factor;
}

/* Where the word begins on the page (pixels from the lower left corner), and its scales. */
struct pen {
    double x, y, em, wide, high;
};

static void paint(struct page *p, FT_Face face, hb_buffer_t *b, const struct pen *pen)
{
    unsigned count = 0;
    hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(b, &count);
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, NULL);
    FT_Matrix m = {lround(pen->wide * 65536), 0, 0, lround(pen->high * 65536)};
    double advance = 0;
    set_em(face, pen->em);
    for (unsigned i = 0; i < count; i++) {
        double x = pen->x + ems(advance + at[i].x_offset) * pen->em * pen->wide;
        double y = pen->y + ems(at[i].y_offset) * pen->em * pen->high;
        FT_Vector move = {lround(x * 64), lround(y * 64)};
        FT_Set_Transform(face, &m, &move);
        FT_Load_Glyph(face, glyphs[i].codepoint, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
        FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL);
        stamp(p, &face->glyph->bitmap, face->glyph->bitmap_left,
              p->height - face->glyph->bitmap_top);
        advance += at[i].x_advance;
    }
    FT_Set_Transform(face, NULL, NULL);
}

struct page page_make(const char *font_file, const char *word, int cell_width, int cell_height,
                      int cells)
{
    FT_Library library;
    FT_Face face;
    double em, base, room = cells * cell_width;
    if (FT_Init_FreeType(&library) != 0 || FT_New_Face(library, font_file, 0, &face) != 0)
        abort();
    fit_face(face, cell_height, &em, &base);
    hb_buffer_t *b = shape(face, word);
    struct room r = measure(face, b);
    struct page p = {.margin = cell_height, .natural = (r.right - r.left) * em};
    p.width = cells * cell_width + 2 * p.margin;
    p.height = cell_height + 2 * p.margin;
    p.coverage = mem_zalloc((size_t)p.width, (size_t)p.height);
    struct pen pen = {.em = em, .wide = p.natural > room ? room / p.natural : 1};
    pen.high = squeeze(r.top * em, -r.bottom * em, cell_height, &base);
    pen.x = p.margin - r.left * em * pen.wide;
    pen.y = p.height - p.margin - base;
    paint(&p, face, b, &pen);
    hb_buffer_destroy(b);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
    return p;
}

static double advance_of(hb_buffer_t *b)
{
    unsigned count = 0;
    double pen = 0;
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, &count);
    for (unsigned i = 0; i < count; i++)
        pen += at[i].x_advance;
    return ems(pen);
}

static double plain_advance(FT_Face face, const char *word)
{
    double pen = 0;
    char32_t cp;
    for (size_t at = 0, len = strlen(word); at < len;) {
        at += utf8_decode(word + at, len - at, &cp);
        if (FT_Load_Char(face, cp, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) == 0)
            pen += (double)face->glyph->metrics.horiAdvance;
    }
    return ems(pen);
}

void font_advances(const char *font_file, const char *word, double *ret_shaped, double *ret_plain)
{
    FT_Library library;
    FT_Face face;
    if (FT_Init_FreeType(&library) != 0 || FT_New_Face(library, font_file, 0, &face) != 0)
        abort();
    hb_buffer_t *b = shape(face, word);
    *ret_shaped = advance_of(b);
    *ret_plain = plain_advance(face, word);
    hb_buffer_destroy(b);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
}
