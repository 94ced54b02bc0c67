/* Measures photographs of specimen.c's pages:
 *     look FOLDER FONT...
 * FOLDER holds blank.ppm, corners.ppm, words.ppm (ImageMagick's binary PPM) and words.tsv; FONT is
 * a font file. Prints "marks" with the number of marks that do not look like the first of their
 * column, and for each Khmer word how far its pixels are from HarfBuzz's own picture of it (mean
 * and largest difference of 255) and how much alike the two are when size and place are free
 * (correlation, best of the fonts). Knows nothing of terminals. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/mem.h"
#include "tests/shots/specimen.h"
#include "tests/tui/font_reference.h"

enum { TEXT_ROOM = 512, PATH_ROOM = 4096, CHANNELS = 3, SHIFT = 5 };

struct photo {
    int width, height;
    unsigned char *pixels; /* three bytes each */
};

struct grid {
    int x, y; /* of the upper left cell */
    int cell_width, cell_height;
};

struct word {
    int row, column, columns;
    char text[TEXT_ROOM];
};

/* A part of a photo as ink: 0 paper ... 255. */
struct ink {
    int width, height;
    double *at;
};

static struct photo photo_read(const char *folder, const char *name)
{
    char path[PATH_ROOM];
    struct photo p = {0};
    snprintf(path, sizeof path, "%s/%s.ppm", folder, name);
    FILE *f = fopen(path, "rb");
    if (!f || fscanf(f, "P6 %d %d 255", &p.width, &p.height) != 2 || fgetc(f) == EOF) {
        fprintf(stderr, "look: cannot read %s\n", path);
        exit(2);
    }
    size_t size = (size_t)p.width * (size_t)p.height * CHANNELS;
    p.pixels = mem_alloc(size);
    if (fread(p.pixels, 1, size, f) != size)
        exit(2);
    fclose(f);
    return p;
}

static const unsigned char *pixel(const struct photo *p, int x, int y)
{
    x = x < 0 ? 0 : x >= p->width ? p->width - 1 : x;
    y = y < 0 ? 0 : y >= p->height ? p->height - 1 : y;
    return &p->pixels[((size_t)y * (size_t)p->width + (size_t)x) * CHANNELS];
}

/* The rectangle in which two photos differ spans the whole grid. */
static bool find_grid(const struct photo *blank, const struct photo *corners, struct grid *ret_grid)
{
    int left = blank->width, right = -1, top = blank->height, bottom = -1;
    for (int y = 0; y < blank->height; y++)
        for (int x = 0; x < blank->width; x++)
            if (memcmp(pixel(blank, x, y), pixel(corners, x, y), CHANNELS) != 0) {
                left = x < left ? x : left;
                right = x > right ? x : right;
                top = y < top ? y : top;
                bottom = y > bottom ? y : bottom;
            }
    int width = right + 1 - left, height = bottom + 1 - top;
    *ret_grid = (struct grid){left, top, width / SPECIMEN_COLUMNS, height / SPECIMEN_ROWS};
    return right > left && width % SPECIMEN_COLUMNS == 0 && height % SPECIMEN_ROWS == 0;
}

static int count_bent_marks(const struct photo *p, const struct grid *g)
{
    int bent = 0;
    for (int i = 0; i < SPECIMEN_MARKS; i++)
        for (int row = 1; row < SPECIMEN_ROWS; row++) {
            int x = g->x + specimen_marks[i] * g->cell_width, y = g->y + row * g->cell_height;
            bool same = true;
            for (int dy = 0; dy < g->cell_height; dy++)
                same = same && memcmp(pixel(p, x, y + dy), pixel(p, x, g->y + dy),
                                      (size_t)g->cell_width * CHANNELS) == 0;
            bent += !same;
        }
    return bent;
}

/* --- ink -----------------------------------------------------------------------------------------
 */

/* The part of the photo as coverage, by the colours of paper and of a cell in reverse. */
static struct ink ink_of(const struct photo *p, const unsigned char *paper,
                         const unsigned char *letters, int x, int y, int width, int height)
{
    struct ink out = {width, height, mem_alloc((size_t)(width * height) * sizeof(double))};
    double whole = 0;
    for (int c = 0; c < CHANNELS; c++)
        whole += (letters[c] - paper[c]) * (letters[c] - paper[c]);
    for (int i = 0; i < width * height; i++) {
        const unsigned char *at = pixel(p, x + i % width, y + i / width);
        double part = 0;
        for (int c = 0; c < CHANNELS; c++)
            part += (at[c] - paper[c]) * (letters[c] - paper[c]);
        out.at[i] = whole > 0 ? 255 * part / whole : 0;
    }
    return out;
}

static double reference_at(const struct page *page, int x, int y)
{
    x += page->margin;
    y += page->margin;
    if (x < 0 || y < 0 || x >= page->width || y >= page->height)
        return 0;
    return page->coverage[y * page->width + x];
}

static void compare_exactly(const struct ink *ink, const struct page *page, double *ret_mean,
                            double *ret_most)
{
    double sum = 0, most = 0;
    for (int i = 0; i < ink->width * ink->height; i++) {
        double d = fabs(ink->at[i] - reference_at(page, i % ink->width, i / ink->width));
        sum += d;
        most = d > most ? d : most;
    }
    *ret_mean = sum / (ink->width * ink->height);
    *ret_most = most;
}

/* Correlation of the two pictures with the reference moved by (dx, dy). */
static double correlate(const struct ink *ink, const struct page *page, int dx, int dy)
{
    double a = 0, b = 0, aa = 0, bb = 0, ab = 0, n = ink->width * ink->height;
    for (int i = 0; i < ink->width * ink->height; i++) {
        double p = ink->at[i], q = reference_at(page, i % ink->width - dx, i / ink->width - dy);
        a += p;
        b += q;
        aa += p * p;
        bb += q * q;
        ab += p * q;
    }
    double spread = (aa - a * a / n) * (bb - b * b / n);
    return spread > 0 ? (ab - a * b / n) / sqrt(spread) : 0;
}

/* The best likeness over sizes and places. */
static double likeness(const struct ink *ink, const char *font, const struct word *w,
                       const struct grid *g)
{
    double best = 0;
    for (int height = g->cell_height * 3 / 4; height <= g->cell_height * 3 / 2; height++) {
        struct page page = page_make(font, w->text, g->cell_width, height, 4 * w->columns);
        for (int dy = -height / 2; dy <= SHIFT + 2; dy++)
            for (int dx = -SHIFT; dx <= SHIFT; dx++) {
                double c = correlate(ink, &page, dx, dy);
                best = c > best ? c : best;
            }
        free(page.coverage);
    }
    return best;
}

static void look_at(const struct photo *p, const struct grid *g, const struct word *w,
                    const unsigned char *paper, const unsigned char *letters, char **fonts)
{
    struct ink ink =
        ink_of(p, paper, letters, g->x + w->column * g->cell_width, g->y + w->row * g->cell_height,
               w->columns * g->cell_width, g->cell_height);
    struct page page = page_make(fonts[0], w->text, g->cell_width, g->cell_height, w->columns);
    double mean, most, alike = 0;
    compare_exactly(&ink, &page, &mean, &most);
    for (char **font = fonts; *font; font++)
        alike = fmax(alike, likeness(&ink, *font, w, g));
    printf("word\t%d\t%d\t%s\t%.2f\t%.0f\t%.3f\n", w->row, w->column, w->text, mean, most, alike);
    free(page.coverage);
    free(ink.at);
}

int main(int argc, char **argv)
{
    struct grid g;
    struct word w;
    char path[PATH_ROOM];
    if (argc < 3)
        return 2;
    struct photo blank = photo_read(argv[1], "blank"), corners = photo_read(argv[1], "corners"),
                 shot = photo_read(argv[1], "words");
    if (!find_grid(&blank, &corners, &g)) {
        puts("grid\tnot found");
        return 1;
    }
    printf("grid\t%d\t%d\t%d\t%d\n", g.x, g.y, g.cell_width, g.cell_height);
    printf("marks\t%d\n", count_bent_marks(&shot, &g));
    snprintf(path, sizeof path, "%s/words.tsv", argv[1]);
    FILE *f = fopen(path, "r");
    while (f && fscanf(f, "%d %d %d %511s", &w.row, &w.column, &w.columns, w.text) == 4)
        look_at(&shot, &g, &w, pixel(&blank, g.x, g.y), pixel(&corners, g.x, g.y), argv + 2);
    if (f)
        fclose(f);
    free(blank.pixels);
    free(corners.pixels);
    free(shot.pixels);
    return 0;
}
