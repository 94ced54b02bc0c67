/* How Khmer gets onto the screen in phase 2 of a frame (term.c). A painter is a row of functions
 * that append bytes for the terminal; term.c writes them. Five of them, best first: Konsole's word
 * mode, kitty's text sizing, pictures by kitty's graphics protocol or by sixel, and the text as it
 * is. Painters know cells, colours and bytes, nothing of curses and of what the text means. */
#ifndef TUI_PAINTER_H
#define TUI_PAINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "i18n/mem.h"
#include "i18n/message.h"
#include "i18n/status.h"
#include "tui/canvas.h"
#include "tui/pixel.h"
#include "tui/shape.h"
#include "tui/theme.h"

enum painter_id {
    PAINTER_TEXT,
    PAINTER_KONSOLE, /* word mode */
    PAINTER_OSC66,   /* kitty's text sizing */
    PAINTER_KITTY,   /* kitty graphics */
    PAINTER_SIXEL,
    PAINTER_COUNT
};

enum { PALETTE_COLOURS = 8 };

/* What the terminal's colours look like. */
struct palette {
    struct colour ink, paper; /* its own letters and ground */
    struct colour colours[PALETTE_COLOURS];
};
/* White on black and xterm's eight colours. */
struct palette palette_default(void);

/* A painter at work. The fields are for the painters; term.c uses the functions below. */
struct easel {
    const struct painter *painter;
    struct palette palette;
    struct shaper *shaper;       /* owned; NULL for painters that write text */
    int cell_width, cell_height; /* pixels; 0: not known */
    int levels;                  /* of grey, sixel */
    bool under;                  /* the text is written under the pictures too */
    bool rows_from_one;          /* kitty graphics: the terminal counts rows as its protocol says */
    struct sent *sent;           /* owned by painter_kitty.c */
    struct text scratch;         /* a picture with a line under it */
};

/* One token. look has colours as the theme has them, reverse not yet applied. */
struct stroke {
    const struct token_at *token;
    struct look look;
    int cursor; /* cells from its left edge, -1: not on it. Pictures may hide the terminal's own. */
};

struct painter {
    const char *name; /* "kitty", for --painter */
    bool pixels;      /* shapes Khmer itself: needs a font and the cell size */
    bool ruler;       /* keeps its own number of columns for a token */
    bool spare_row;   /* nothing may stand on the last row */
    bool spills; /* the terminal leaves bits of Khmer on neighbouring lines that do not change */
    const char *start; /* bytes that begin and end its work, "" none; `stop` also goes out when */
    const char *stop;  /* the program crashes */
    /* Columns for a token of so many width_columns. NULL without `ruler`. Not more than
     * canvas_measure keeps for it. */
    int (*columns)(struct easel *e, const char *s, size_t len, int columns);
    /* Where a cursor stands in a token, see struct ruler. NULL without `ruler`. */
    int (*reach)(struct easel *e, const char *s, size_t len, int columns, size_t at);
    /* A row is about to be written again: takes away what is on it. May be NULL. */
    void (*clear_row)(struct easel *e, int row, struct text *out);
    /* Draws a token; the cursor may be anywhere, before and after. False: it cannot, and appended
     * nothing. NULL, or false: curses writes the text. */
    bool (*draw)(struct easel *e, const struct stroke *stroke, struct text *out);
    /* Nothing it sent is there any more; with out (else NULL) it is told so too. May be NULL. */
    void (*forget)(struct easel *e, struct text *out);
};

extern const struct painter painter_text, painter_konsole, painter_osc66, painter_kitty,
    painter_sixel;

const struct painter *painter_get(enum painter_id id);
/* What it is called in words. */
enum message painter_message(enum painter_id id);
/* By its name; STATUS_INVALID. */
MUST_CHECK enum status painter_parse(const char *name, enum painter_id *ret_id);

/* STATUS_NOT_FOUND: it needs pixels and there is no Khmer font; STATUS_INVALID: it needs the cell
 * size and it is not known. */
MUST_CHECK enum status easel_open(enum painter_id id, const struct palette *palette, int cell_width,
                                  int cell_height, struct easel *ret_easel);
/* Appends what gives the terminal back (start's counterpart, and what was kept there); frees. */
void easel_close(struct easel *e, struct text *out);
/* The cells have another size now. STATUS_INVALID: this painter cannot work with it. Everything
 * sent is forgotten. */
MUST_CHECK enum status easel_resize(struct easel *e, int cell_width, int cell_height);

/* For the painters: a token's columns by its font; its picture and colours (valid until the next
 * call), false where the font lacks one of its letters. */
int easel_columns(struct easel *e, const char *s, size_t len, int columns);
int easel_reach(struct easel *e, const char *s, size_t len, int columns, size_t at);
bool easel_picture(struct easel *e, const struct stroke *stroke, struct picture *ret_picture,
                   uint64_t *ret_hash);
/* Letters and ground of a look. */
void easel_colours(const struct palette *p, const struct look *look, struct colour *ret_ink,
                   struct colour *ret_paper);
/* ESC [ row ; column H; both from 0. */
void easel_move(struct text *out, int row, int column);

#endif
