/* Shapes Khmer with HarfBuzz and paints it with FreeType; fontconfig finds the font. The only file
 * that knows these libraries. Knows nothing of terminals and colours.
 *
 * Everything is measured in the font's own units and scaled once, without hinting: at these sizes
 * hinting moves the parts of a stack against each other. */
#include "tui/shape.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb-ot.h>
#include <hb.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "i18n/mem.h"
#include "i18n/width.h"
#include "tui/shape_cache.h"

/* An em is so much of the cell's height, or less for a font of tall letters: its sample may be so
 * many cells high before anything is squeezed. */
static const double EM = 0.80, SAMPLE_HIGHEST = 1.10;
static const double LOWEST = 0.85;            /* squeezed no flatter than this before it is moved */
static const double ROOM = 0.90;              /* of the natural width is room enough */
static const double EMBOLDEN = 1.0 / 28;      /* of the em, where there is no bold face */
static const char SAMPLE[] = "ស្ត្រីភ្នំព្រៃកម្ពុជា"; /* high and deep: gives the base line */

enum { CELL_MIN = 4 };

/* A font file and what two libraries made of it. */
struct face {
    FT_Face outlines;
    hb_font_t *letters;
    double embolden; /* font units that each stroke becomes wider */
};

struct choice {
    char *name, *file;
    int index;
    long score; /* lower is better */
};

struct shaper {
    int cell_width, cell_height;
    double scale;     /* pixels of a font unit, normal face */
    double base_line; /* pixels from the top of the cell */
    FT_Library library;
    struct face faces[2]; /* by weight; the bold one is opened when it is first needed */
    struct choice normal, bold;
    hb_buffer_t *buffer;
    struct shape_cache cache;
};

/* Ink of a run in font units, y upwards. left <= 0 and right >= the advance. */
struct extent {
    double left, right, top, bottom;
};

/* --- choosing a font ---------------------------------------------------------------------------
 */

/* Plain text faces first, those drawn for screens before those for print. */
static const char *const preferred[] = {
    "Noto Sans Khmer",  "Noto Sans Khmer UI", "Khmer OS System", "Khmer OS Siemreap",
    "Khmer OS Content", "Khmer OS",           "Hanuman",         "Khmer OS Battambang",
    "Kantumruy Pro",    "Battambang",         "Siemreap",        "Content",
    "Khmer Mondulkiri", "Noto Serif Khmer",   "Leelawadee UI",   "Khmer UI",
};
/* Parts of the names of faces made for headings and writing by hand. */
static const char *const for_headings[] = {"Muol",     "Moul",    "Bokor",  "Fasthand",
                                           "Freehand", "Chrieng", "Koulen", "Dangrek",
                                           "Moulpali", "Taprom",  "Chenla"};

enum { COUNT_PREFERRED = sizeof preferred / sizeof *preferred };

static long rank_family(const char *family, const char *capability)
{
    for (long i = 0; i < COUNT_PREFERRED; i++)
        if (strcasecmp(family, preferred[i]) == 0)
            return i;
    if (!capability || !strstr(capability, "otlayout:khmr"))
        return COUNT_PREFERRED + 2; /* has the letters, but no rule for stacking them */
    for (size_t i = 0; i < sizeof for_headings / sizeof *for_headings; i++)
        if (strstr(family, for_headings[i]))
            return COUNT_PREFERRED + 1;
    return COUNT_PREFERRED;
}

/* How far a face is from the upright one of that weight; family first. */
static long score_face(FcPattern *p, const char *family, int weight_wanted)
{
    FcChar8 *capability = NULL;
    int slant = 0, width = FC_WIDTH_NORMAL, weight = FC_WEIGHT_NORMAL;
    FcPatternGetString(p, FC_CAPABILITY, 0, &capability);
    FcPatternGetInteger(p, FC_SLANT, 0, &slant);
    FcPatternGetInteger(p, FC_WIDTH, 0, &width);
    FcPatternGetInteger(p, FC_WEIGHT, 0, &weight);
    return rank_family(family, (const char *)capability) * 1000000 + (slant ? 100000 : 0) +
           400 * labs(width - FC_WIDTH_NORMAL) + labs(weight - weight_wanted);
}

static bool is_bold(FcPattern *p)
{
    int weight = FC_WEIGHT_NORMAL;
    FcPatternGetInteger(p, FC_WEIGHT, 0, &weight);
    return weight >= FC_WEIGHT_DEMIBOLD && weight <= FC_WEIGHT_BOLD;
}

static void release_choice(struct choice *c)
{
    free(c->name);
    free(c->file);
    *c = (struct choice){0};
}

/* Takes the face when it is better than the one so far; equal ones go by file name, so that the
 * choice does not depend on the order of a directory. */
static void consider(struct choice *best, FcPattern *p, const char *family, int weight)
{
    FcChar8 *file = NULL;
    int index = 0;
    if (FcPatternGetString(p, FC_FILE, 0, &file) != FcResultMatch)
        return;
    FcPatternGetInteger(p, FC_INDEX, 0, &index);
    long score = score_face(p, family, weight);
    if (best->file && (best->score < score ||
                       (best->score == score && strcmp(best->file, (const char *)file) <= 0)))
        return;
    release_choice(best);
    *best = (struct choice){mem_strdup(family), mem_strdup((const char *)file), index, score};
}

static void consider_all(struct shaper *s, const FcFontSet *set)
{
    FcChar8 *family = NULL;
    for (int i = 0; i < set->nfont; i++)
        for (int n = 0; FcPatternGetString(set->fonts[i], FC_FAMILY, n, &family) == FcResultMatch;
             n++)
            consider(&s->normal, set->fonts[i], (const char *)family, FC_WEIGHT_NORMAL);
    for (int i = 0; s->normal.name && i < set->nfont; i++)
        for (int n = 0; FcPatternGetString(set->fonts[i], FC_FAMILY, n, &family) == FcResultMatch;
             n++)
            if (strcmp((const char *)family, s->normal.name) == 0 && is_bold(set->fonts[i]))
                consider(&s->bold, set->fonts[i], (const char *)family, FC_WEIGHT_BOLD);
}

/* Fills normal, and bold where the family has it. */
static void choose_font(struct shaper *s)
{
    FcConfig *config = FcInitLoadConfigAndFonts();
    FcLangSet *khmer = FcLangSetCreate();
    FcLangSetAdd(khmer, (const FcChar8 *)"km");
    FcPattern *wanted =
        FcPatternBuild(NULL, FC_OUTLINE, FcTypeBool, FcTrue, FC_VARIABLE, FcTypeBool, FcFalse,
                       FC_LANG, FcTypeLangSet, khmer, (char *)NULL);
    FcObjectSet *about = FcObjectSetBuild(FC_FAMILY, FC_FILE, FC_INDEX, FC_SLANT, FC_WIDTH,
                                          FC_WEIGHT, FC_CAPABILITY, (char *)NULL);
    FcFontSet *set = config ? FcFontList(config, wanted, about) : NULL;
    if (set) {
        consider_all(s, set);
        FcFontSetDestroy(set);
    }
    FcObjectSetDestroy(about);
    FcPatternDestroy(wanted);
    FcLangSetDestroy(khmer);
    if (config)
        FcConfigDestroy(config);
    FcFini();
}

/* --- faces -------------------------------------------------------------------------------------
 */

static void close_face(struct face *f)
{
    hb_font_destroy(f->letters); /* NULL is fine for HarfBuzz, not for FreeType */
    if (f->outlines)
        FT_Done_Face(f->outlines);
    *f = (struct face){0};
}

/* False when the file is no font that can be drawn. */
static bool open_face(FT_Library library, const char *file, int index, struct face *ret_face)
{
    struct face f = {0};
    if (FT_New_Face(library, file, index, &f.outlines) != 0)
        return false;
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(file);
    if (!blob || !FT_IS_SCALABLE(f.outlines) || f.outlines->units_per_EM == 0) {
        hb_blob_destroy(blob);
        close_face(&f);
        return false;
    }
    /* The upper half of fontconfig's index counts the named instances of a variable font. */
    hb_face_t *face = hb_face_create(blob, (unsigned)index & 0xffff);
    f.letters = hb_font_create(face);
    if (index >> 16)
        hb_font_set_var_named_instance(f.letters, (unsigned)(index >> 16) - 1);
    int units = f.outlines->units_per_EM;
    hb_font_set_scale(f.letters, units, units);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    *ret_face = f;
    return true;
}

/* The face of a weight; the bold one is the family's own of the same measure, else the normal one
 * with wider strokes. */
static const struct face *face_of(struct shaper *s, enum weight weight)
{
    struct face *normal = &s->faces[WEIGHT_NORMAL];
    struct face *bold = &s->faces[WEIGHT_BOLD];
    if (weight == WEIGHT_NORMAL)
        return normal;
    if (!bold->letters) {
        bool own = s->bold.file && open_face(s->library, s->bold.file, s->bold.index, bold);
        if (own && bold->outlines->units_per_EM != normal->outlines->units_per_EM) {
            close_face(bold);
            own = false;
        }
        if (!own && open_face(s->library, s->normal.file, s->normal.index, bold))
            bold->embolden = EMBOLDEN * bold->outlines->units_per_EM;
    }
    return bold->letters ? bold : normal;
}

/* --- shaping and measuring ---------------------------------------------------------------------
 */

/* Leaves the run in the buffer. False when the font lacks a letter. */
static bool shape_run(struct shaper *s, const struct face *f, const char *bytes, size_t len)
{
    hb_buffer_t *b = s->buffer;
    hb_buffer_clear_contents(b);
    hb_buffer_add_utf8(b, bytes, (int)len, 0, (int)len);
    hb_buffer_set_direction(b, HB_DIRECTION_LTR);
    hb_buffer_set_script(b, HB_SCRIPT_KHMER);
    hb_buffer_set_language(b, hb_language_from_string("km", -1));
    hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_shape(f->letters, b, NULL, 0);
    unsigned count = 0;
    const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(b, &count);
    for (unsigned i = 0; i < count; i++)
        if (glyphs[i].codepoint == 0)
            return false;
    return hb_buffer_allocation_successful(b);
}

/* Calls for each glyph of the buffer with the place of its origin. */
struct place {
    hb_codepoint_t glyph;
    double x, y;
};

static unsigned count_glyphs(const struct shaper *s)
{
    return hb_buffer_get_length(s->buffer);
}

/* The i-th glyph; *pen goes on by its advance. */
static struct place place_glyph(const struct shaper *s, unsigned i, double *pen)
{
    const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(s->buffer, NULL);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(s->buffer, NULL);
    struct place p = {glyphs[i].codepoint, *pen + at[i].x_offset, at[i].y_offset};
    *pen += at[i].x_advance;
    return p;
}

static struct extent measure_run(const struct shaper *s, const struct face *f)
{
    struct extent e = {0};
    double pen = 0;
    bool any = false;
    for (unsigned i = 0; i < count_glyphs(s); i++) {
        struct place p = place_glyph(s, i, &pen);
        hb_glyph_extents_t g;
        if (!hb_font_get_glyph_extents(f->letters, p.glyph, &g) || g.width == 0 || g.height == 0)
            continue;
        double top = p.y + g.y_bearing, bottom = top + g.height;
        e.left = fmin(e.left, p.x + g.x_bearing);
        e.right = fmax(e.right, p.x + g.x_bearing + g.width + f->embolden);
        e.top = any ? fmax(e.top, top) : top;
        e.bottom = any ? fmin(e.bottom, bottom) : bottom;
        any = true;
    }
    e.right = fmax(e.right, pen);
    return e;
}

/* The size, and the base line on which the sample, in itself as high and deep as usual text comes,
 * has equal room above and below, or the same squeeze. */
static void fit_cell(struct shaper *s, int cell_width, int cell_height)
{
    const struct face *f = &s->faces[WEIGHT_NORMAL];
    double height = cell_height, share = 0.75;
    s->cell_width = cell_width;
    s->cell_height = cell_height;
    s->scale = EM * height / f->outlines->units_per_EM;
    if (shape_run(s, f, SAMPLE, sizeof SAMPLE - 1)) {
        struct extent e = measure_run(s, f);
        double sample = e.top - e.bottom;
        if (e.top > 0 && e.bottom < 0) {
            s->scale = fmin(s->scale, SAMPLE_HIGHEST * height / sample);
            double room = fmax(0, height / s->scale - sample);
            share = (e.top + room / 2) / (sample + room);
        }
    }
    s->base_line = round(share * height);
    shape_cache_clear(&s->cache);
}

/* --- painting ----------------------------------------------------------------------------------
 */

/* How font units become pixels: x to the right, y upwards from the lower edge of the cell. */
struct frame {
    double x_scale, y_scale;
    double x_origin, y_origin; /* pixels */
};

struct paper {
    int width, height;
    unsigned char *coverage;
};

/* Called by FreeType for runs of one coverage in a row (from below): laid over what is there. */
static void add_spans(int y, int count, const FT_Span *spans, void *user)
{
    const struct paper *p = user;
    if (y < 0 || y >= p->height)
        return;
    unsigned char *row = p->coverage + (size_t)(p->height - 1 - y) * (size_t)p->width;
    for (int i = 0; i < count; i++) {
        int end = spans[i].x + spans[i].len;
        for (int x = spans[i].x < 0 ? 0 : spans[i].x; x < end && x < p->width; x++) {
            int bare = (255 - row[x]) * (255 - spans[i].coverage);
            row[x] = (unsigned char)(255 - (bare + 127) / 255);
        }
    }
}

static void paint_glyph(const struct shaper *s, const struct face *f, const struct frame *frame,
                        const struct place *at, struct paper *paper)
{
    if (FT_Load_Glyph(f->outlines, at->glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP) != 0 ||
        f->outlines->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
        return;
    FT_Outline *outline = &f->outlines->glyph->outline;
    FT_Matrix m = {.xx = lround(frame->x_scale * 64 * 65536),
                   .yy = lround(frame->y_scale * 64 * 65536)};
    FT_Outline_Transform(outline, &m);
    if (f->embolden > 0)
        FT_Outline_EmboldenXY(outline, lround(f->embolden * frame->x_scale * 64), 0);
    FT_Outline_Translate(outline, lround((frame->x_origin + at->x * frame->x_scale) * 64),
                         lround((frame->y_origin + at->y * frame->y_scale) * 64));
    FT_Raster_Params params = {.flags =
                                   FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP,
                               .gray_spans = add_spans,
                               .user = paper,
                               .clip_box = {0, 0, paper->width, paper->height}};
    (void)FT_Outline_Render(s->library, outline, &params); /* out of memory: a glyph is missing */
}

/* The base line between two limits that is nearest to the wanted one; between pixels, where strokes
 * look grey, only when it must be. */
static double nearest_base(double wanted, double lowest, double highest)
{
    if (ceil(lowest) <= floor(highest))
        return fmin(fmax(wanted, ceil(lowest)), floor(highest));
    return fmin(fmax(wanted, lowest), highest);
}

/* Squeezes to the cells' width and the cell's height; see shape.h. */
static struct frame fit_run(const struct shaper *s, const struct extent *e, int width)
{
    double height = s->cell_height;
    double natural = (e->right - e->left) * s->scale;
    double up = fmax(e->top, 0) * s->scale, down = fmax(-e->bottom, 0) * s->scale;
    double squeeze = fmin(
        1, fmin(up > 0 ? s->base_line / up : 1, down > 0 ? (height - s->base_line) / down : 1));
    double base = s->base_line;
    if (squeeze < LOWEST) {
        squeeze = fmin(LOWEST, height / (up + down));
        base = nearest_base(base, up * squeeze, height - down * squeeze);
    }
    double narrow = natural > width ? width / natural : 1;
    return (struct frame){.x_scale = s->scale * narrow,
                          .y_scale = s->scale * squeeze,
                          .x_origin = -e->left * s->scale * narrow,
                          .y_origin = height - base};
}

static void paint_run(struct shaper *s, const struct face *f, struct paper *paper)
{
    struct extent e = measure_run(s, f);
    struct frame frame = fit_run(s, &e, paper->width);
    double pen = 0;
    for (unsigned i = 0; i < count_glyphs(s); i++) {
        struct place p = place_glyph(s, i, &pen);
        paint_glyph(s, f, &frame, &p, paper);
    }
}

/* --- what others call --------------------------------------------------------------------------
 */

static bool cell_allowed(int cell_width, int cell_height)
{
    return cell_width >= CELL_MIN && cell_height >= CELL_MIN && cell_width <= SHAPE_CELL_MAX &&
           cell_height <= SHAPE_CELL_MAX;
}

enum status shaper_open(int cell_width, int cell_height, struct shaper **ret_shaper)
{
    if (!cell_allowed(cell_width, cell_height))
        return STATUS_INVALID;
    struct shaper *s = mem_zalloc(1, sizeof *s);
    shape_cache_init(&s->cache);
    s->buffer = hb_buffer_create();
    choose_font(s);
    if (!s->normal.file || FT_Init_FreeType(&s->library) != 0 ||
        !open_face(s->library, s->normal.file, s->normal.index, &s->faces[WEIGHT_NORMAL])) {
        shaper_close(s);
        return STATUS_NOT_FOUND;
    }
    fit_cell(s, cell_width, cell_height);
    *ret_shaper = s;
    return STATUS_OK;
}

void shaper_close(struct shaper *s)
{
    if (!s)
        return;
    close_face(&s->faces[WEIGHT_NORMAL]);
    close_face(&s->faces[WEIGHT_BOLD]);
    if (s->library)
        FT_Done_FreeType(s->library);
    hb_buffer_destroy(s->buffer);
    shape_cache_release(&s->cache);
    release_choice(&s->normal);
    release_choice(&s->bold);
    free(s);
}

enum status shaper_resize(struct shaper *s, int cell_width, int cell_height)
{
    if (!cell_allowed(cell_width, cell_height))
        return STATUS_INVALID;
    if (cell_width != s->cell_width || cell_height != s->cell_height)
        fit_cell(s, cell_width, cell_height);
    return STATUS_OK;
}

const char *shaper_font_name(const struct shaper *s)
{
    return s->normal.name;
}

const char *shaper_font_file(const struct shaper *s)
{
    return s->normal.file;
}

/* Natural width in font units, from the cache where it is known; below 0: letters are missing. */
static double natural_width(struct shaper *s, const char *bytes, size_t len, enum weight weight)
{
    struct shape_key key = {bytes, len, 0, weight};
    struct shape_entry *e = shape_cache_find(&s->cache, &key);
    if (!e) {
        const struct face *f = face_of(s, weight);
        bool whole = shape_run(s, f, bytes, len);
        struct extent x = whole ? measure_run(s, f) : (struct extent){0};
        e = shape_cache_add(&s->cache, &key, 0);
        e->natural = whole ? x.right - x.left : -1;
    }
    return e->natural;
}

enum status shaper_pixels(struct shaper *s, const char *bytes, size_t len, enum weight weight,
                          double *ret_pixels)
{
    if (len == 0 || len > SHAPE_BYTES_MAX)
        return STATUS_INVALID;
    double natural = natural_width(s, bytes, len, weight);
    if (natural < 0)
        return STATUS_NOT_FOUND;
    *ret_pixels = natural * s->scale;
    return STATUS_OK;
}

enum status shaper_cells(struct shaper *s, const char *bytes, size_t len, enum weight weight,
                         int *ret_cells)
{
    if (len == 0 || len > SHAPE_BYTES_MAX)
        return STATUS_INVALID;
    double natural = natural_width(s, bytes, len, weight);
    if (natural < 0)
        return STATUS_NOT_FOUND;
    /* A hair less, so that a width of exactly n cells does not become n + 1 by rounding. */
    double cells = fmax(1, ceil(ROOM * natural * s->scale / s->cell_width - 1e-6));
    double columns = (double)width_columns(bytes, len);
    if (fmax(cells, columns) > SHAPE_CELLS_MAX)
        return STATUS_INVALID;
    *ret_cells = (int)fmax(cells, columns);
    return STATUS_OK;
}

/* The picture depends on the size of the cell as well. */
static uint64_t picture_hash(const struct shaper *s, const struct shape_entry *e)
{
    uint64_t size = (uint64_t)s->cell_width << 32 | (uint64_t)s->cell_height;
    return (e->hash ^ size * UINT64_C(0x9e3779b97f4a7c15)) * UINT64_C(0x100000001b3);
}

enum status shaper_draw(struct shaper *s, const char *bytes, size_t len, int cells,
                        enum weight weight, struct shape *ret_shape)
{
    int wanted = 0;
    enum status status = shaper_cells(s, bytes, len, weight, &wanted);
    if (status != STATUS_OK)
        return status;
    if (cells < 0 || cells > SHAPE_CELLS_MAX)
        return STATUS_INVALID;
    struct shape_key key = {bytes, len, cells > 0 ? cells : wanted, weight};
    struct paper paper = {key.cells * s->cell_width, s->cell_height, NULL};
    struct shape_entry *e = shape_cache_find(&s->cache, &key);
    if (!e) {
        const struct face *f = face_of(s, weight);
        if (!shape_run(s, f, bytes, len))
            return STATUS_NOT_FOUND;
        e = shape_cache_add(&s->cache, &key, (size_t)paper.width * (size_t)paper.height);
        paper.coverage = e->coverage;
        paint_run(s, f, &paper);
    }
    *ret_shape =
        (struct shape){key.cells, paper.width, paper.height, e->coverage, picture_hash(s, e)};
    return STATUS_OK;
}
