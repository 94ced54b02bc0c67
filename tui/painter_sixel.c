/* Khmer as sixel pictures, one for each token, over its cells. Writing to the cells takes the
 * picture away again. The cursor stays at the picture's side where the terminal can (mode 8452),
 * and the last row stays empty: a picture there would scroll the screen. */
#include "tui/painter.h"

static bool draw(struct easel *e, const struct stroke *stroke, struct text *out)
{
    struct picture picture;
    uint64_t hash;
    if (!easel_picture(e, stroke, &picture, &hash))
        return false;
    easel_move(out, stroke->token->row, stroke->token->column);
    pixel_sixel(out, &picture, e->levels);
    return true;
}

const struct painter painter_sixel = {
    .name = "sixel",
    .pixels = true,
    .ruler = true,
    .spare_row = true,
    .start = "\033[?8452h",
    .stop = "\033[?8452l\033[H\033[2J", /* a terminal may keep pictures on its other screen */
    .columns = easel_columns,
    .reach = easel_reach,
    .draw = draw,
};
