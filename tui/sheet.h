/* Text laid out in lines for a given width: what a service's page, the preview, the help and the
 * command line show. The layout is made once; drawing only copies it. */
#ifndef TUI_SHEET_H
#define TUI_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/mem.h"
#include "i18n/wrap.h"
#include "tui/canvas.h"

struct span {
    int column; /* where it begins */
    enum style style;
    const char *bytes; /* in the sheet's arena */
};

struct sheet {
    int columns;               /* width it is laid out for; SHEET_UNBOUNDED: nothing is wrapped */
    const struct ruler *ruler; /* borrowed; set after sheet_init; NULL: the terminal's own text */
    int label_columns;  /* kept for labels before values; 0: labels stand on their own line */
    struct span **rows; /* each ended by a span whose bytes are NULL */
    size_t count, room;
    struct arena arena;
};

enum { SHEET_UNBOUNDED = 0, SHEET_NARROW = 64 }; /* narrower: labels on their own line */

void sheet_init(struct sheet *s, int columns);
void sheet_release(struct sheet *s);

/* Lines of the text that fit into the columns (>= 1) as the canvas counts them; as wrap_lines. */
void sheet_wrap(const struct ruler *ruler, const char *text, int columns,
                struct line_list *ret_lines);

/* An empty line, but never two after each other, and none at the beginning. */
void sheet_gap(struct sheet *s);
/* Text from column `indent` on, wrapped at word boundaries; lines after the first are indented as
 * well. Line feeds break. "" adds nothing. */
void sheet_text(struct sheet *s, int indent, enum style style, const char *text);
/* A label and its value. With an empty label the value stands under the one before. */
void sheet_field(struct sheet *s, const char *label, enum style style, const char *value);
/* As sheet_field, with a second text after the value (on its own line where it does not fit). */
void sheet_field_note(struct sheet *s, const char *label, enum style style, const char *value,
                      enum style note_style, const char *note);

/* Up to SHEET_BESIDE texts side by side, each wrapped in its share of the width; "" leaves its
 * share empty. On a narrow sheet they stand below each other. */
enum { SHEET_BESIDE = 3 };
void sheet_beside(struct sheet *s, size_t count, const char *const *texts,
                  const enum style *styles);

/* Draws rows [first, ...) into a rectangle of the canvas. */
void sheet_draw(const struct sheet *s, struct canvas *c, int row, int column, int rows,
                size_t first);
/* Appends everything as lines of plain text. */
void sheet_write(const struct sheet *s, struct text *out);

#endif
