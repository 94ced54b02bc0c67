/* kitty from 0.40 on draws a text over as many cells as it is told (OSC 66, the text sizing
 * protocol): real text that can be selected. At most seven cells a piece; longer tokens are cut at
 * syllables. */
#include "tui/painter.h"

#include "i18n/width.h"

enum { CELLS_MOST = 7, LETTERS_MOST = 5 /* columns of text that take at most seven cells */ };

static int columns_for(struct easel *e, const char *s, size_t len, int columns)
{
    (void)e;
    (void)s;
    (void)len;
    return columns + (columns * 35 + 99) / 100; /* too few cells cut the last letter off */
}

static int reach_in(struct easel *e, const char *s, size_t len, int columns, size_t at)
{
    (void)e;
    size_t all = width_columns(s, len);
    return all > 0 ? (int)((size_t)columns * width_columns(s, at) / all) : 0;
}

/* Attributes of the text, as curses would set them. */
static void add_look(struct text *out, const struct look *look)
{
    text_adds(out, "\033[0");
    if (look->bold)
        text_adds(out, ";1");
    if (look->dim)
        text_adds(out, ";2");
    if (look->underline)
        text_adds(out, ";4");
    if (look->reverse)
        text_adds(out, ";7");
    if (look->foreground >= 0)
        text_addf(out, ";3%d", look->foreground);
    if (look->background >= 0)
        text_addf(out, ";4%d", look->background);
    text_addc(out, 'm');
}

static bool draw(struct easel *e, const struct stroke *stroke, struct text *out)
{
    const struct token_at *t = stroke->token;
    (void)e;
    int letters = (int)width_columns(t->bytes, t->len), done = 0, at = 0;
    easel_move(out, t->row, t->column);
    add_look(out, &stroke->look);
    for (size_t i = 0; i < t->len && at < t->columns;) {
        size_t took;
        size_t len = width_clip(t->bytes + i, t->len - i, LETTERS_MOST, &took);
        if (len == 0) { /* one syllable wider than that */
            len = t->len - i;
            took = (size_t)(letters - done);
        }
        done += (int)took;
        int end = letters > 0 ? t->columns * done / letters : t->columns;
        int cells = end - at > CELLS_MOST ? CELLS_MOST : end - at;
        text_addf(out, "\033]66;w=%d;", cells < 1 ? 1 : cells);
        text_add(out, t->bytes + i, len);
        text_adds(out, "\033\\");
        at += cells;
        i += len;
    }
    text_adds(out, "\033[0m");
    return true;
}

const struct painter painter_osc66 = {
    .name = "osc66",
    .ruler = true,
    .start = "",
    .stop = "",
    .columns = columns_for,
    .reach = reach_in,
    .draw = draw,
};
