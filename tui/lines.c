/* Lines as numbers; see lines.h. */
#include "tui/lines.h"

static uint64_t mix(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ b[i]) * 0x100000001B3u; /* FNV-1a */
    return hash;
}

static uint64_t mix_number(uint64_t hash, uint32_t number)
{
    return mix(hash, &number, sizeof number);
}

int lines_cursor(const struct canvas *c, const struct token_at *t)
{
    int cells = c->cursor_column - t->column;
    return c->cursor_row == t->row && cells >= 0 && cells < t->columns ? cells : -1;
}

void lines_describe(const struct canvas *c, struct shown_line *lines)
{
    for (int row = 0; row < c->rows; row++) {
        uint64_t hash = 0xCBF29CE484222325u;
        const struct cell *cell = &c->cells[(size_t)row * (size_t)c->columns];
        for (int i = 0; i < c->columns; i++)
            hash = mix_number(mix_number(hash, cell[i].cp), cell[i].style);
        lines[row] = (struct shown_line){hash, false};
    }
    for (size_t i = 0; i < c->token_count; i++) {
        const struct token_at *at = &c->tokens[i];
        struct shown_line *line = &lines[at->row];
        line->hash = mix_number(line->hash, (uint32_t)at->column);
        line->hash = mix_number(line->hash, (uint32_t)at->columns);
        line->hash = mix_number(line->hash, (uint32_t)at->style);
        line->hash = mix(line->hash, at->bytes, at->len);
        line->hash = mix_number(line->hash, (uint32_t)lines_cursor(c, at));
        line->khmer = true;
    }
}

static bool is_covered(const struct canvas *c, int row, int column)
{
    for (size_t i = 0; i < c->token_count; i++) {
        const struct token_at *t = &c->tokens[i];
        if (t->row == row && t->column <= column && column < t->column + t->columns)
            return true;
    }
    return false;
}

int lines_blank_column(const struct canvas *c, int row)
{
    const struct cell *cell = &c->cells[(size_t)row * (size_t)c->columns];
    int column = c->columns - 1;
    while (column >= 0 && (cell[column].cp || is_covered(c, row, column)))
        column--;
    return column;
}
