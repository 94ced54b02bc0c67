/* The terminal: parser of control sequences, see emulator.h; what they do to the grid is in grid.c.
 */
#include "tests/e2e/emulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/utf8.h"
#include "tests/e2e/grid.h"

enum { ESC = 0x1B, BEL = 7, PARAMETERS = 16 };

enum state { GROUND, ESCAPED, CHARSET, CONTROL, STRING, STRING_ESCAPED };

struct parameters {
    int values[PARAMETERS]; /* -1 where left out */
    int count;
    char private; /* '?', '>' ... or 0 */
    bool other;   /* intermediate bytes: nothing curses needs */
};

static struct parameters parse(const char *s, size_t len)
{
    struct parameters p = {.count = 1};
    for (int i = 0; i < PARAMETERS; i++)
        p.values[i] = -1;
    for (size_t i = 0; i < len; i++) {
        int *value = &p.values[p.count - 1];
        if (s[i] >= '0' && s[i] <= '9')
            *value = (*value < 0 ? 0 : *value % 100000) * 10 + (s[i] - '0');
        else if (s[i] == ';' && p.count < PARAMETERS)
            p.count++;
        else if (i == 0 && strchr("?><=", s[i]))
            p.private = s[i];
        else
            p.other = true;
    }
    return p;
}

static int parameter(const struct parameters *p, int at, int missing)
{
    return at < p->count && p->values[at] > 0 ? p->values[at] : missing;
}

/* 38;5;n and 48;5;n take their numbers with them. Returns the index of the last one used. */
static int set_colour(struct emulator *e, const struct parameters *p, int at)
{
    int value = p->values[at];
    bool extended = value == 38 || value == 48;
    int colour = value % 10;
    if (extended) {
        colour = parameter(p, at + 2, 0);
        at += 2;
    }
    if (value / 10 == 4 || value == 48)
        e->pen.background = colour;
    e->colours_used++;
    return at;
}

static void set_attributes(struct emulator *e, const struct parameters *p)
{
    for (int i = 0; i < p->count; i++) {
        int value = p->values[i] < 0 ? 0 : p->values[i];
        if (value == 0)
            e->pen = (struct screen_cell){.background = -1};
        else if (value == 1)
            e->pen.bold = true;
        else if (value == 22)
            e->pen.bold = false;
        else if (value == 4 || value == 24)
            e->pen.underline = value == 4;
        else if (value == 7 || value == 27)
            e->pen.reverse = value == 7;
        else if (value == 49)
            e->pen.background = -1;
        else if ((value >= 30 && value <= 38) || (value >= 40 && value <= 48))
            i = set_colour(e, p, i);
        else if (value != 2 && value != 39 && value != 3 && value != 23 && value != 8 &&
                 value != 28)
            e->unknown++;
    }
}

static void set_mode(struct emulator *e, const struct parameters *p, bool on)
{
    for (int i = 0; i < p->count; i++) {
        int mode = p->values[i];
        if (p->private != '?' && mode == 4)
            e->insert = on;
        else if (p->private != '?')
            e->unknown++;
        else if (mode == 1049)
            grid_alternate(e, on);
        else if (mode == 25)
            e->cursor_shown = on;
        else if (mode == 7)
            e->autowrap = on;
        else if (mode == 1)
            e->application_keys = on;
        else if (mode != 12 && mode != 8452 && mode != 2004)
            e->unknown++;
    }
}

static void move_cursor(struct emulator *e, char final, const struct parameters *p)
{
    struct screen *s = grid_screen(e);
    int n = parameter(p, 0, 1);
    switch (final) {
    case 'H':
    case 'f':
        grid_move(e, n - 1, parameter(p, 1, 1) - 1);
        break;
    case 'G':
        grid_move(e, s->row, n - 1);
        break;
    case 'd':
        grid_move(e, n - 1, s->column);
        break;
    case 'A':
        grid_move(e, s->row - n, s->column);
        break;
    case 'B':
        grid_move(e, s->row + n, s->column);
        break;
    case 'C':
        grid_move(e, s->row, s->column + n);
        break;
    case 'D':
        grid_move(e, s->row, s->column - n);
        break;
    default: /* 'Z' */
        grid_move(e, s->row, (s->column - 1) / 8 * 8 - (n - 1) * 8);
        break;
    }
}

/* Questions of the probe; false: it is none. */
static bool question(struct emulator *e, char final, const struct parameters *p)
{
    const struct emulator_kind *k = e->kind;
    int value = parameter(p, 0, 0);
    if (final == 'c' && !p->private) {
        text_adds(&e->reply, k && k->sixel ? "\033[?62;4;22c" : "\033[?62;22c");
    } else if (final == 'q' && p->private == '>') {
        if (k && k->version)
            text_addf(&e->reply, "\033P>|%s\033\\", k->version);
    } else if (final == 't' && value == 16) {
        if (k && k->cell_width)
            text_addf(&e->reply, "\033[6;%d;%dt", k->cell_height, k->cell_width);
    } else if (final == 't' && value == 14) {
        if (k && k->cell_width)
            text_addf(&e->reply, "\033[4;%d;%dt", k->cell_height * e->rows,
                      k->cell_width * e->columns);
    } else {
        return false;
    }
    return true;
}

static void control(struct emulator *e, char final)
{
    struct parameters p = parse(e->sequence, e->sequence_len);
    int n = parameter(&p, 0, 1);
    if (question(e, final, &p))
        return;
    if (final == 'h' || final == 'l')
        set_mode(e, &p, final == 'h');
    else if (p.private || p.other)
        e->unknown++;
    else if (strchr("HfGdABCDZ", final))
        move_cursor(e, final, &p);
    else if (final == 'm')
        set_attributes(e, &p);
    else if (final == 'J' || final == 'K')
        grid_erase(e, final == 'J', parameter(&p, 0, 0));
    else if (final == 'X')
        grid_blank(e, n);
    else if (final == '@' || final == 'P')
        grid_shift(e, final == '@' ? n : -n);
    else if (final == 'L' || final == 'M')
        grid_scroll(e, grid_screen(e)->row, e->bottom, final == 'M' ? n : -n);
    else if (final == 'S' || final == 'T')
        grid_scroll(e, e->top, e->bottom, final == 'S' ? n : -n);
    else if (final == 'r')
        grid_region(e, n - 1, parameter(&p, 1, e->rows));
    else if (final == 'b')
        grid_repeat(e, n);
    else if (final != 't') /* the window's title stack */
        e->unknown++;
}

/* OSC 66: a piece of text over so many cells. */
static bool sized_text(struct emulator *e, const char *s)
{
    int cells, at = 0;
    if (sscanf(s, "66;w=%d;%n", &cells, &at) != 1 || at == 0 || cells < 1 || cells > 7)
        return false;
    struct screen *screen = grid_screen(e);
    size_t len = strlen(s + at);
    struct screen_cell piece = e->pen;
    for (size_t i = 0; i < len;) {
        char32_t cp;
        i += utf8_decode(s + at + i, len - i, &cp);
        if (piece.count < CELL_CODES)
            piece.codes[piece.count++] = cp;
    }
    return grid_piece(e, screen->row, screen->column, cells, &piece);
}

static void command_string(struct emulator *e)
{
    const char *s = e->sequence;
    unsigned long frames, keys;
    int rows, columns;
    if (sscanf(s, "7117;%lu;%lu;%d;%d", &frames, &keys, &rows, &columns) == 4) {
        e->markers++;
        e->frames = frames;
        e->keys = keys;
        e->marker_rows = rows;
        e->marker_columns = columns;
    } else if (strncmp(s, "52;", 3) == 0) {
        text_clear(&e->copied);
        text_adds(&e->copied, s);
    } else if (strncmp(s, "50;WordMode=", 12) == 0) {
        e->word_mode = strncmp(s + 12, "true", 4) == 0;
    } else if (strncmp(s, "66;", 3) == 0) {
        e->unknown += !sized_text(e, s);
    } else if (strcmp(s, "10;?") == 0) {
        text_adds(&e->reply, "\033]10;rgb:dddd/dddd/dddd\033\\");
    } else if (strcmp(s, "11;?") == 0) {
        text_adds(&e->reply, "\033]11;rgb:1111/1111/1111\a");
    } else if (strcmp(s, "104") != 0 && strncmp(s, "4;", 2) != 0) { /* the palette */
        e->unknown++;
    }
}

static void string(struct emulator *e)
{
    e->sequence[e->sequence_len] = '\0';
    if (e->string == ']')
        command_string(e);
    else if (e->string == 'P')
        e->unknown += !images_sixel(e, e->sequence);
    else
        e->unknown += !images_kitty(e, e->sequence);
}

static int escape(struct emulator *e, char c)
{
    struct screen *s = grid_screen(e);
    e->sequence_len = 0;
    switch (c) {
    case '[':
        return CONTROL;
    case ']':
    case 'P':
    case '_':
        e->string = c;
        return STRING;
    case '(':
        return CHARSET;
    case '7':
        s->saved_row = s->row;
        s->saved_column = s->column;
        break;
    case '8':
        grid_move(e, s->saved_row, s->saved_column);
        break;
    case 'M':
        if (s->row == e->top)
            grid_scroll(e, e->top, e->bottom, -1);
        else
            grid_move(e, s->row - 1, s->column);
        break;
    case '=':
    case '>':
        e->keypad = c == '=';
        break;
    default:
        e->unknown++;
    }
    return GROUND;
}

static void keep(struct emulator *e, char c)
{
    if (e->sequence_len + 1 < sizeof e->sequence)
        e->sequence[e->sequence_len++] = c;
}

static void character(struct emulator *e, char c)
{
    e->partial[e->partial_len++] = c;
    char32_t cp;
    unsigned char first = (unsigned char)e->partial[0];
    size_t need = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (e->partial_len < need)
        return;
    utf8_decode(e->partial, e->partial_len, &cp);
    e->partial_len = 0;
    grid_put(e, cp);
}

static int ground(struct emulator *e, char c)
{
    struct screen *s = grid_screen(e);
    switch (c) {
    case ESC:
        return ESCAPED;
    case '\r':
        grid_move(e, s->row, 0);
        break;
    case '\n':
        if (s->row == e->bottom)
            grid_scroll(e, e->top, e->bottom, 1);
        else
            grid_move(e, s->row + 1, s->column);
        break;
    case '\b':
        grid_move(e, s->row, s->column - 1);
        break;
    case '\t':
        grid_move(e, s->row, s->column / 8 * 8 + 8);
        break;
    case BEL:
        break;
    default:
        character(e, c);
    }
    return GROUND;
}

static void feed(struct emulator *e, char c)
{
    switch ((enum state)e->state) {
    case GROUND:
        e->state = ground(e, c);
        break;
    case ESCAPED:
        e->state = escape(e, c);
        break;
    case CHARSET:
        e->unknown += c != 'B'; /* no line drawing set: everything is UTF-8 */
        e->state = GROUND;
        break;
    case CONTROL:
        if (c >= 0x40 && c <= 0x7E) {
            control(e, c);
            e->state = GROUND;
        } else {
            keep(e, c);
        }
        break;
    case STRING:
    case STRING_ESCAPED:
        if (c == BEL || (c == '\\' && e->state == STRING_ESCAPED)) {
            string(e);
            e->state = GROUND;
        } else if (c == ESC) {
            e->state = STRING_ESCAPED;
        } else {
            keep(e, c);
        }
        break;
    }
}

void emulator_feed(struct emulator *e, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        feed(e, bytes[i]);
}
