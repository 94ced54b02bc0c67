/* The table of painters and what they share: colours, pictures, columns. See painter.h. */
#include "tui/painter.h"

#include <stdlib.h>
#include <string.h>

static const struct painter *const painters[PAINTER_COUNT] = {
    [PAINTER_TEXT] = &painter_text,   [PAINTER_KONSOLE] = &painter_konsole,
    [PAINTER_OSC66] = &painter_osc66, [PAINTER_KITTY] = &painter_kitty,
    [PAINTER_SIXEL] = &painter_sixel,
};

struct palette palette_default(void)
{
    return (struct palette){
        .ink = {0xFF, 0xFF, 0xFF},
        .paper = {0, 0, 0},
        .colours = {{0, 0, 0},
                    {0xCD, 0, 0},
                    {0, 0xCD, 0},
                    {0xCD, 0xCD, 0},
                    {0, 0, 0xEE},
                    {0xCD, 0, 0xCD},
                    {0, 0xCD, 0xCD},
                    {0xE5, 0xE5, 0xE5}},
    };
}

const struct painter *painter_get(enum painter_id id)
{
    return painters[id];
}

enum message painter_message(enum painter_id id)
{
    static const enum message names[PAINTER_COUNT] = {
        [PAINTER_TEXT] = MSG_PAINTER_TEXT,   [PAINTER_KONSOLE] = MSG_PAINTER_KONSOLE,
        [PAINTER_OSC66] = MSG_PAINTER_OSC66, [PAINTER_KITTY] = MSG_PAINTER_KITTY,
        [PAINTER_SIXEL] = MSG_PAINTER_SIXEL,
    };
    return names[id];
}

enum status painter_parse(const char *name, enum painter_id *ret_id)
{
    for (int i = 0; i < PAINTER_COUNT; i++) {
        if (strcmp(painters[i]->name, name) == 0) {
            *ret_id = (enum painter_id)i;
            return STATUS_OK;
        }
    }
    return STATUS_INVALID;
}

enum status easel_open(enum painter_id id, const struct palette *palette, int cell_width,
                       int cell_height, struct easel *ret_easel)
{
    struct easel e = {
        .painter = painters[id],
        .palette = *palette,
        .cell_width = cell_width,
        .cell_height = cell_height,
        .levels = SIXEL_LEVELS,
    };
    enum status status = STATUS_OK;
    if (e.painter->pixels)
        status = shaper_open(cell_width, cell_height, &e.shaper);
    if (status == STATUS_OK)
        *ret_easel = e;
    if (status == STATUS_OK)
        text_init(&ret_easel->scratch);
    return status;
}

void easel_close(struct easel *e, struct text *out)
{
    if (!e->painter)
        return;
    if (e->painter->forget)
        e->painter->forget(e, out);
    text_adds(out, e->painter->stop);
    shaper_close(e->shaper);
    text_release(&e->scratch);
    *e = (struct easel){0};
}

enum status easel_resize(struct easel *e, int cell_width, int cell_height)
{
    if (e->painter->forget)
        e->painter->forget(e, NULL);
    if (!e->painter->pixels || (cell_width == e->cell_width && cell_height == e->cell_height))
        return STATUS_OK;
    enum status status = shaper_resize(e->shaper, cell_width, cell_height);
    if (status == STATUS_OK) {
        e->cell_width = cell_width;
        e->cell_height = cell_height;
    }
    return status;
}

int easel_columns(struct easel *e, const char *s, size_t len, int columns)
{
    /* The text rule's room is the most a token may take: what was measured by it always fits. */
    int cells, most = columns + (columns * 35 + 99) / 100;
    if (!e->shaper || shaper_cells(e->shaper, s, len, WEIGHT_NORMAL, &cells) != STATUS_OK)
        return columns;
    return cells < columns ? columns : cells > most ? most : cells;
}

int easel_reach(struct easel *e, const char *s, size_t len, int columns, size_t at)
{
    double all, before;
    if (at == 0 || !e->shaper ||
        shaper_pixels(e->shaper, s, len, WEIGHT_NORMAL, &all) != STATUS_OK ||
        shaper_pixels(e->shaper, s, at, WEIGHT_NORMAL, &before) != STATUS_OK)
        return at == 0 ? 0 : columns;
    double room = (double)columns * e->cell_width;
    double squeezed = all > room ? room / all : 1;
    int cells = (int)(before * squeezed / e->cell_width + 0.5);
    return cells < 1 ? 1 : cells > columns ? columns : cells;
}

static struct colour colour_of(const struct palette *p, signed char number, struct colour other)
{
    return number < 0 || number >= PALETTE_COLOURS ? other : p->colours[number];
}

static unsigned char between(unsigned char ink, unsigned char paper)
{
    return (unsigned char)((2 * ink + paper) / 3);
}

void easel_colours(const struct palette *p, const struct look *look, struct colour *ret_ink,
                   struct colour *ret_paper)
{
    struct colour ink = colour_of(p, look->foreground, p->ink);
    struct colour paper = colour_of(p, look->background, p->paper);
    if (look->dim)
        ink = (struct colour){between(ink.red, paper.red), between(ink.green, paper.green),
                              between(ink.blue, paper.blue)};
    *ret_ink = look->reverse ? paper : ink;
    *ret_paper = look->reverse ? ink : paper;
}

/* A line under the letters and a bar where the cursor stands, as thick as the cells ask for. */
static void add_lines(struct easel *e, const struct stroke *stroke, struct picture *p)
{
    size_t width = (size_t)p->width, height = (size_t)p->height;
    size_t thick = height > 24 ? 2 : 1;
    text_clear(&e->scratch);
    text_add(&e->scratch, (const char *)p->coverage, width * height);
    if (stroke->look.underline)
        memset(e->scratch.bytes + width * (height - thick), 0xFF, width * thick);
    size_t bar = (size_t)(stroke->cursor * e->cell_width);
    for (size_t y = 0; stroke->cursor >= 0 && y < height; y++)
        for (size_t x = bar; x < bar + 2 && x < width; x++)
            e->scratch.bytes[y * width + x] = (char)0xFF;
    p->coverage = (const unsigned char *)e->scratch.bytes;
}

bool easel_picture(struct easel *e, const struct stroke *stroke, struct picture *ret_picture,
                   uint64_t *ret_hash)
{
    const struct token_at *t = stroke->token;
    enum weight weight = stroke->look.bold ? WEIGHT_BOLD : WEIGHT_NORMAL;
    struct shape shape;
    if (!e->shaper ||
        shaper_draw(e->shaper, t->bytes, t->len, t->columns, weight, &shape) != STATUS_OK)
        return false;
    *ret_picture =
        (struct picture){.width = shape.width, .height = shape.height, .coverage = shape.coverage};
    easel_colours(&e->palette, &stroke->look, &ret_picture->ink, &ret_picture->paper);
    *ret_hash = shape.hash;
    if (stroke->look.underline || stroke->cursor >= 0) {
        add_lines(e, stroke, ret_picture);
        *ret_hash += 2u * (unsigned)(stroke->cursor + 1) + stroke->look.underline;
    }
    return true;
}

void easel_move(struct text *out, int row, int column)
{
    text_addf(out, "\033[%d;%dH", row + 1, column + 1);
}
