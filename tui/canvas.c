/* The canvas: lays text out into cells and Khmer tokens. Knows columns and syllables; nothing of
 * terminals, colours or what the text means. */
#include "tui/canvas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/khmer.h"
#include "i18n/utf8.h"
#include "i18n/width.h"

enum {
    REPLACEMENT = 0xFFFD,
    ELLIPSIS = 0x2026,
    NBSP = 0xA0,
    WORD_JOINER = 0x2060,
    BOM = 0xFEFF,
    DOTTED_CIRCLE = 0x25CC
};

void canvas_init(struct canvas *c, int rows, int columns)
{
    *c = (struct canvas){0};
    canvas_reset(c, rows, columns);
}

void canvas_release(struct canvas *c)
{
    free(c->cells);
    free(c->tokens);
    arena_release(&c->arena);
    *c = (struct canvas){0};
}

void canvas_reset(struct canvas *c, int rows, int columns)
{
    assert(rows >= 1 && columns >= 1);
    size_t count = (size_t)rows * (size_t)columns;
    if (rows != c->rows || columns != c->columns)
        c->cells = mem_realloc(c->cells, count, sizeof *c->cells);
    memset(c->cells, 0, count * sizeof *c->cells);
    c->rows = rows;
    c->columns = columns;
    c->token_count = 0;
    c->cursor_row = c->cursor_column = -1;
    arena_release(&c->arena);
}

/* Columns kept free after a token: Khmer fonts draw a word up to 1.35 times as wide as the sum of
 * its wcwidth (measured with Khmer OS; Noto Sans Khmer 1.2). */
static int room_after(const struct ruler *ruler, bool khmer, int columns)
{
    return ruler && khmer ? 0 : (columns * 35 + 99) / 100;
}

static struct cell *cell_at(struct canvas *c, int row, int column)
{
    return &c->cells[(size_t)row * (size_t)c->columns + (size_t)column];
}

/* Limits a run to the canvas: false when nothing of it is inside. */
static bool inside(const struct canvas *c, int row, int *column, int *columns)
{
    if (row < 0 || row >= c->rows || *columns <= 0 || *column >= c->columns)
        return false;
    if (*column < 0) {
        if (*columns <= -*column)
            return false;
        *columns += *column;
        *column = 0;
    }
    if (*columns > c->columns - *column)
        *columns = c->columns - *column;
    return true;
}

/* Takes away the tokens that stand in these columns: what is written there replaces them whole. */
static void drop_tokens(struct canvas *c, int row, int column, int columns)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->token_count; i++) {
        const struct token_at *t = &c->tokens[i];
        bool hit = t->row == row && t->column < column + columns && t->column + t->columns > column;
        if (!hit)
            c->tokens[kept++] = *t;
    }
    c->token_count = kept;
}

static void set_cells(struct canvas *c, int row, int column, int columns, enum style style,
                      char32_t cp)
{
    for (int i = 0; i < columns; i++)
        *cell_at(c, row, column + i) = (struct cell){cp, (unsigned char)style};
}

static void set_style(struct canvas *c, int row, int column, int columns, enum style style)
{
    for (int i = 0; i < columns; i++)
        cell_at(c, row, column + i)->style = (unsigned char)style;
}

enum piece_kind {
    PIECE_HIDDEN, /* takes no column and is not shown */
    PIECE_SPACE,
    PIECE_CHAR, /* one column in every terminal */
    PIECE_WORD, /* Khmer, or anything else terminals do not agree about */
};

struct piece {
    enum piece_kind kind;
    const char *bytes;
    size_t len;
    char32_t cp; /* of PIECE_CHAR */
    bool khmer;
    int columns;
};

static bool is_hidden(char32_t cp)
{
    return cp == ZWSP || cp == ZWNJ || cp == ZWJ || cp == WORD_JOINER || cp == BOM || cp == 0xAD;
}

/* The kind of one unit (syllable, or character with its marks). */
static struct piece classify(const char *s, size_t len)
{
    char32_t cp;
    size_t first = utf8_decode(s, len, &cp);
    struct piece p = {.kind = PIECE_CHAR, .bytes = s, .len = len, .cp = cp, .columns = 1};
    if (is_hidden(cp) && first == len) {
        p.kind = PIECE_HIDDEN;
        p.columns = 0;
    } else if (cp == ' ' || cp == NBSP || cp == '\t' || cp == '\n') {
        p.kind = PIECE_SPACE;
    } else if (utf8_is_forbidden(cp) || cp == REPLACEMENT) {
        p.cp = REPLACEMENT;
    } else {
        int columns = (int)width_columns(s, len);
        p.khmer = khmer_is_char(cp);
        if (p.khmer || columns != 1 || first != len) {
            /* A mark without a base has no column of its own on some terminals. */
            p.kind = columns > 0 ? PIECE_WORD : PIECE_CHAR;
            p.columns = columns > 0 ? columns : 1;
            p.cp = REPLACEMENT;
        }
    }
    return p;
}

static bool is_khmer_at(const char *s, size_t len)
{
    char32_t cp = 0;
    return len > 0 && utf8_decode(s, len, &cp) > 0 && khmer_is_base(cp);
}

/* Bytes of the Khmer mark that begins here (a dotted circle shows it without a letter), or 0. */
static size_t mark_at(const char *s, size_t len)
{
    char32_t cp = 0;
    size_t bytes = len > 0 ? utf8_decode(s, len, &cp) : 0;
    return khmer_is_mark(cp) ? bytes : 0;
}

/* A run of units of one script that must be drawn together, or one character. */
static struct piece run_of(const char *s, size_t len)
{
    struct piece p = classify(s, khmer_syllable(s, len));
    size_t mark = p.cp == DOTTED_CIRCLE ? mark_at(s + p.len, len - p.len) : 0;
    if (mark > 0)
        return (struct piece){PIECE_WORD, s, p.len + mark, p.cp, true, p.columns};
    if (p.kind != PIECE_WORD)
        return p;
    while (p.len < len) {
        struct piece more = classify(s + p.len, khmer_syllable(s + p.len, len - p.len));
        if (p.khmer && more.cp == '.' && is_khmer_at(s + p.len + more.len, len - p.len - more.len))
            more = (struct piece){PIECE_WORD, more.bytes, 1, '.', true, 1}; /* an abbreviation */
        if (more.kind != PIECE_WORD || more.khmer != p.khmer)
            break;
        p.len += more.len;
        p.columns += more.columns;
    }
    return p;
}

/* The next piece, as wide as the ruler says. */
static struct piece next_piece(const struct ruler *ruler, const char *s, size_t len)
{
    struct piece p = run_of(s, len);
    if (ruler && p.kind == PIECE_WORD && p.khmer)
        p.columns = ruler->columns(ruler->state, p.bytes, p.len, p.columns);
    return p;
}

/* Where a line of pieces has come to. After a word `clear` is where the next thing may stand;
 * spaces count into the room kept after it. */
struct pen {
    int at, clear;
};

static int pen_place(const struct pen *pen)
{
    return pen->at > pen->clear ? pen->at : pen->clear;
}

static void pen_advance(struct pen *pen, const struct ruler *ruler, const struct piece *p)
{
    if (p->kind == PIECE_SPACE) {
        pen->at++;
    } else if (p->kind != PIECE_HIDDEN) {
        pen->at = pen_place(pen) + p->columns;
        pen->clear = p->kind == PIECE_WORD ? pen->at + room_after(ruler, p->khmer, p->columns) : 0;
    }
}

/* How a text is painted: its marked bytes have a style of their own. */
struct paint {
    enum style style, marked;
    const struct mark *marks;
    size_t count;
};

/* Where the stretch of one style that begins at `at` ends. */
static size_t stretch_end(const struct paint *paint, size_t at, size_t len, enum style *ret_style)
{
    *ret_style = paint->style;
    for (size_t i = 0; i < paint->count; i++) {
        const struct mark *m = &paint->marks[i];
        if (at < m->at)
            return m->at;
        if (at < m->at + m->len) {
            *ret_style = paint->marked;
            return m->at + m->len;
        }
    }
    return len;
}

static int measure(const struct ruler *ruler, const struct paint *paint, const char *s, size_t len)
{
    struct pen pen = {0};
    enum style style;
    for (size_t i = 0; i < len;) {
        struct piece p = next_piece(ruler, s + i, stretch_end(paint, i, len, &style) - i);
        pen_advance(&pen, ruler, &p);
        i += p.len;
    }
    return pen_place(&pen);
}

int canvas_measure_with(const struct ruler *ruler, const char *s, size_t len)
{
    const struct paint plain = {0};
    return measure(ruler, &plain, s, len);
}

int canvas_measure(const char *s, size_t len)
{
    return canvas_measure_with(NULL, s, len);
}

int canvas_measures(const struct canvas *c, const char *s)
{
    return canvas_measure_with(c->ruler, s, strlen(s));
}

static int reach_into(const struct ruler *ruler, const struct piece *p, size_t at)
{
    if (ruler && p->khmer)
        return ruler->reach(ruler->state, p->bytes, p->len, p->columns, at);
    return (int)width_columns(p->bytes, at);
}

int canvas_reach(const struct ruler *ruler, const char *s, size_t len, size_t at)
{
    struct pen pen = {0};
    for (size_t i = 0; i < at;) {
        struct piece p = next_piece(ruler, s + i, len - i);
        if (p.kind == PIECE_WORD && at <= i + p.len)
            return pen_place(&pen) + reach_into(ruler, &p, at - i);
        pen_advance(&pen, ruler, &p);
        i += p.len;
    }
    return pen_place(&pen);
}

static void add_token(struct canvas *c, int row, int column, enum style style,
                      const struct piece *p)
{
    if (c->token_count == c->token_room) {
        c->token_room = c->token_room ? c->token_room * 2 : 32;
        c->tokens = mem_realloc(c->tokens, c->token_room, sizeof *c->tokens);
    }
    c->tokens[c->token_count++] = (struct token_at){
        .row = row,
        .column = column,
        .columns = p->columns,
        .style = style,
        .khmer = p->khmer,
        .bytes = arena_strndup(&c->arena, p->bytes, p->len),
        .len = p->len,
    };
}

static void put_piece(struct canvas *c, int row, int column, enum style style,
                      const struct piece *p)
{
    if (p->kind == PIECE_CHAR)
        cell_at(c, row, column)->cp = p->cp;
    else if (p->kind == PIECE_WORD)
        add_token(c, row, column, style, p);
}

/* Cuts a word at a syllable so that it and the room after it take at most `columns`. */
static bool cut_word(const struct ruler *ruler, struct piece *p, int columns)
{
    for (int want = columns; want > 0; want--) {
        size_t took;
        size_t len = width_clip(p->bytes, p->len, (size_t)want, &took);
        int wide = (int)took;
        if (ruler && p->khmer && len > 0 && took > 0)
            wide = ruler->columns(ruler->state, p->bytes, len, wide);
        if (len > 0 && took > 0 && wide + room_after(ruler, p->khmer, wide) <= columns) {
            p->len = len;
            p->columns = wide;
            return true;
        }
    }
    return false;
}

/* Draws what fits into `limit` columns; the rest is left out. Returns the columns used. */
static int put_some(struct canvas *c, int row, int column, int limit, const struct paint *paint,
                    const char *s, size_t len)
{
    struct pen pen = {0};
    enum style style;
    for (size_t i = 0; i < len;) {
        struct piece p = next_piece(c->ruler, s + i, stretch_end(paint, i, len, &style) - i);
        i += p.len;
        struct pen after = pen;
        pen_advance(&after, c->ruler, &p);
        bool last = pen_place(&after) > limit;
        if (last) {
            if (p.kind != PIECE_WORD || !cut_word(c->ruler, &p, limit - pen_place(&pen)))
                break;
            after = pen;
            pen_advance(&after, c->ruler, &p);
        }
        put_piece(c, row, column + pen_place(&pen), style, &p);
        if (p.kind != PIECE_HIDDEN && style != paint->style)
            set_style(c, row, column + pen_place(&pen), p.columns, style);
        pen = after;
        if (last)
            break;
    }
    return pen_place(&pen);
}

static int put_painted(struct canvas *c, int row, int column, int columns,
                       const struct paint *paint, const char *s, size_t len)
{
    if (column < 0 || !inside(c, row, &column, &columns))
        return 0;
    int need = measure(c->ruler, paint, s, len);
    bool fits = need <= columns;
    int used = fits ? need : columns;
    drop_tokens(c, row, column, used);
    set_cells(c, row, column, used, paint->style, 0);
    if (fits)
        return put_some(c, row, column, columns, paint, s, len);
    used = put_some(c, row, column, columns - 1, paint, s, len);
    cell_at(c, row, column + used)->cp = ELLIPSIS;
    return used + 1;
}

int canvas_put(struct canvas *c, int row, int column, int columns, enum style style, const char *s,
               size_t len)
{
    const struct paint paint = {.style = style};
    return put_painted(c, row, column, columns, &paint, s, len);
}

int canvas_put_marked(struct canvas *c, int row, int column, int columns, enum style style,
                      const char *s, const struct mark *marks, size_t mark_count)
{
    enum style marked = style == STYLE_SELECTED ? STYLE_SELECTED_MATCH : STYLE_MATCH;
    const struct paint paint = {style, marked, marks, mark_count};
    return put_painted(c, row, column, columns, &paint, s, strlen(s));
}

int canvas_puts(struct canvas *c, int row, int column, int columns, enum style style, const char *s)
{
    return canvas_put(c, row, column, columns, style, s, strlen(s));
}

void canvas_fill(struct canvas *c, int row, int column, int columns, enum style style, char32_t cp)
{
    if (!inside(c, row, &column, &columns))
        return;
    drop_tokens(c, row, column, columns);
    set_cells(c, row, column, columns, style, cp == ' ' ? 0 : cp);
}

void canvas_paint(struct canvas *c, int row, int column, int columns, enum style style)
{
    if (!inside(c, row, &column, &columns))
        return;
    set_style(c, row, column, columns, style);
    for (size_t i = 0; i < c->token_count; i++) {
        struct token_at *t = &c->tokens[i];
        if (t->row == row && t->column >= column && t->column < column + columns)
            t->style = style;
    }
}

void canvas_vline(struct canvas *c, int row, int column, int rows, enum style style)
{
    enum { VERTICAL = 0x2502 };
    for (int i = 0; i < rows; i++)
        canvas_fill(c, row + i, column, 1, style, VERTICAL);
}

void canvas_cursor(struct canvas *c, int row, int column)
{
    bool in = row >= 0 && row < c->rows && column >= 0 && column < c->columns;
    c->cursor_row = in ? row : -1;
    c->cursor_column = in ? column : -1;
}

static const struct token_at *token_at(const struct canvas *c, int row, int column)
{
    for (size_t i = 0; i < c->token_count; i++)
        if (c->tokens[i].row == row && c->tokens[i].column == column)
            return &c->tokens[i];
    return NULL;
}

void canvas_text(const struct canvas *c, struct text *out)
{
    for (int row = 0; row < c->rows; row++) {
        size_t end = out->len;
        for (int column = 0; column < c->columns;) {
            const struct token_at *t = token_at(c, row, column);
            char32_t cp = c->cells[(size_t)row * (size_t)c->columns + (size_t)column].cp;
            if (t)
                text_add(out, t->bytes, t->len);
            else
                text_addcp(out, cp ? cp : ' ');
            column += t ? t->columns : 1;
            if (t || cp)
                end = out->len;
        }
        text_truncate(out, end);
        text_addc(out, '\n');
    }
}
