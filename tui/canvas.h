/* A grid of text that has nothing to do with curses. Views draw on it; term.c shows it; tests read
 * it. ASCII, Latin and line characters are cells; Khmer is kept as tokens (a piece of text, where
 * it begins and how many columns are kept for it), because no terminal can be trusted to place what
 * stands after Khmer on the same line. */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "i18n/mark.h"
#include "i18n/mem.h"

enum style {
    STYLE_NORMAL,
    STYLE_TITLE,    /* names of views and groups */
    STYLE_BAR,      /* top and bottom bars */
    STYLE_KEY,      /* the key's name in the key bar */
    STYLE_SELECTED, /* the row the person is on, in the pane that has the keys */
    STYLE_CHOSEN,   /* the row chosen in a pane that has not */
    STYLE_DIM,      /* less important */
    STYLE_STRONG,   /* what the person came for: phones, names */
    STYLE_WARNING,  /* incomplete, unconfirmed, closed */
    STYLE_ERROR,
    STYLE_FILTER,         /* a filter in force */
    STYLE_MATCH,          /* what matched */
    STYLE_SELECTED_MATCH, /* the same in the selected row */
    STYLE_BORDER,
    STYLE_COUNT
};

struct cell {
    char32_t cp; /* one column wide; 0 = blank */
    unsigned char style;
};

/* How many columns the painter at hand gives a Khmer token: never fewer than `columns`, its
 * width_columns. With a ruler no further room is kept after the token. */
struct ruler {
    int (*columns)(void *state, const char *s, size_t len, int columns);
    /* Where a cursor stands in a token of so many columns behind its first `at` bytes: 0..columns.
     */
    int (*reach)(void *state, const char *s, size_t len, int columns, size_t at);
    void *state;
};

/* Khmer text at a place. Never overlaps another token or a non-blank cell; its columns are blank
 * cells of its style. Contains no space, no ZWSP. */
struct token_at {
    int row, column;
    int columns; /* width_columns() of it, or what the ruler says */
    enum style style;
    bool khmer;        /* else other text terminals do not agree about */
    const char *bytes; /* in the canvas's arena */
    size_t len;
};

struct canvas {
    int rows, columns;
    struct cell *cells; /* rows * columns */
    struct token_at *tokens;
    size_t token_count, token_room;
    int cursor_row, cursor_column; /* -1: hidden */
    const struct ruler *ruler;     /* borrowed; NULL: the terminal writes the text itself */
    struct arena arena;
};

/* rows and columns >= 1. */
void canvas_init(struct canvas *c, int rows, int columns);
void canvas_release(struct canvas *c);
/* Empties it and gives it a size; the ruler stays. */
void canvas_reset(struct canvas *c, int rows, int columns);

/* Writes text from column on, at most `columns` wide (less at the canvas's edge), cut at a syllable
 * with U+2026 where it does not fit. Unsafe characters become U+FFFD. Returns the columns used,
 * including the room kept after Khmer. Outside the canvas nothing happens. */
int canvas_put(struct canvas *c, int row, int column, int columns, enum style style, const char *s,
               size_t len);
int canvas_puts(struct canvas *c, int row, int column, int columns, enum style style,
                const char *s);
/* The same with the marked bytes (in order, on syllables: mark_find) in the style of matches. */
int canvas_put_marked(struct canvas *c, int row, int column, int columns, enum style style,
                      const char *s, const struct mark *marks, size_t mark_count);
/* Fills columns with blanks of a style, or with a character. */
void canvas_fill(struct canvas *c, int row, int column, int columns, enum style style, char32_t cp);
/* Changes the style of what is there (cells and tokens that begin there). */
void canvas_paint(struct canvas *c, int row, int column, int columns, enum style style);
void canvas_vline(struct canvas *c, int row, int column, int rows, enum style style);
void canvas_cursor(struct canvas *c, int row, int column); /* -1, -1 hides it */

/* Columns canvas_put would use for the whole text, unclipped: width_columns plus the room kept
 * after each Khmer token (fonts draw Khmer up to 1.35 times wider than its columns). */
int canvas_measure(const char *s, size_t len);
/* The same with a ruler (NULL: canvas_measure). */
int canvas_measure_with(const struct ruler *ruler, const char *s, size_t len);
/* The same with the canvas's ruler, for a string. */
int canvas_measures(const struct canvas *c, const char *s);
/* Where a cursor stands in the text behind its first `at` bytes: after a word without the room that
 * is kept there. */
int canvas_reach(const struct ruler *ruler, const char *s, size_t len, size_t at);

/* The picture as text for tests and --plain: one line a row, spaces at its end dropped; a token
 * stands at its column and the blanks kept for it are left out as far as it takes them. */
void canvas_text(const struct canvas *c, struct text *out);

#endif
