/* A small terminal, as far as curses uses xterm-256color: what a program writes becomes a grid of
 * cells. Terminals do not agree about the width of Khmer; the rule is a parameter, so that tests
 * see what each kind of terminal would show. Knows nothing of cpdir but its idle marker. Pictures
 * are in images.h. */
#ifndef E2E_EMULATOR_H
#define E2E_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "i18n/mem.h"
#include "tests/e2e/images.h"

enum width_rule {
    WIDTH_WCWIDTH, /* glibc: spacing vowels and the consonant after a coeng take a column */
    WIDTH_MARKS,   /* every Khmer mark and coeng takes none */
    WIDTH_CLUSTER, /* a whole syllable takes one base's columns: the consonant after a coeng none */
    WIDTH_RULES
};

enum { CELL_CODES = 48 };

struct screen_cell {
    char32_t codes[CELL_CODES]; /* base and marks; first 0 = blank */
    int count;
    bool continued; /* second column of a wide character */
    bool reverse, bold, underline;
    int background; /* colour number, -1 the default */
};

struct screen {
    struct screen_cell *cells;
    int row, column; /* cursor */
    int saved_row, saved_column;
};

struct emulator {
    enum width_rule rule;
    int rows, columns;
    struct screen screens[2]; /* main, alternate */
    bool alternate, cursor_shown, autowrap, insert, application_keys, keypad;
    bool wrap_pending;
    int top, bottom;           /* scroll region, rows */
    int last_row, last_column; /* where marks join; -1: nowhere */
    char32_t last_cp;          /* for rep, and for the consonant after a coeng */
    struct screen_cell pen;
    size_t unknown;      /* sequences it does not know */
    size_t colours_used; /* SGR colours that were set */
    /* From the last idle marker. */
    unsigned long markers, frames, keys;
    int marker_rows, marker_columns;
    struct text copied;               /* OSC 52, as sent */
    const struct emulator_kind *kind; /* NULL: shows no pictures, has no name */
    struct images images;
    bool word_mode;    /* Konsole's */
    size_t left_over;  /* times the alternate screen was left with pictures on it */
    struct text reply; /* what it answers; the caller sends it and clears */
    /* Parser. */
    int state;
    char string; /* ']', 'P' or '_': what kind is being read */
    char sequence[512];
    size_t sequence_len;
    char partial[4];
    size_t partial_len;
};

void emulator_init(struct emulator *e, int rows, int columns, enum width_rule rule);
void emulator_release(struct emulator *e);
void emulator_resize(struct emulator *e, int rows, int columns);
void emulator_feed(struct emulator *e, const char *bytes, size_t len);

const struct screen_cell *emulator_cell(const struct emulator *e, int row, int column);
/* The cells [column, column + columns) of a row as text, blanks as spaces. */
void emulator_row(const struct emulator *e, int row, int column, int columns, struct text *out);
/* The whole screen, spaces at the ends of lines dropped. */
void emulator_text(const struct emulator *e, struct text *out);

#endif
