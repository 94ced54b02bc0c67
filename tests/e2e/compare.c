/* Canvas against terminal; see compare.h. */
#include "tests/e2e/compare.h"

#include <stdlib.h>
#include <string.h>

enum { REPORTED = 8 };

static bool is_token_right(const struct token_at *t, const struct emulator *e, struct text *got)
{
    text_clear(got);
    emulator_row(e, t->row, t->column, t->columns, got);
    while (got->len > 0 && got->bytes[got->len - 1] == ' ')
        text_truncate(got, got->len - 1);
    return got->len == t->len && memcmp(got->bytes, t->bytes, t->len) == 0;
}

static bool is_cell_right(const struct cell *want, const struct screen_cell *got)
{
    if (want->cp == 0)
        return got->count == 0 && !got->continued;
    return got->count == 1 && got->codes[0] == want->cp;
}

size_t compare_screen(const struct canvas *c, const struct emulator *e, struct text *report)
{
    size_t wrong = 0;
    struct text got;
    bool *in_token = mem_zalloc((size_t)(c->rows * c->columns), sizeof *in_token);
    text_init(&got);
    for (size_t i = 0; i < c->token_count; i++) {
        const struct token_at *t = &c->tokens[i];
        memset(in_token + t->row * c->columns + t->column, 1, (size_t)t->columns);
        if (!is_token_right(t, e, &got) && wrong++ < REPORTED)
            text_addf(report, "row %d column %d: token '%s', shown '%s'\n", t->row, t->column,
                      t->bytes, got.bytes);
    }
    for (int k = 0; k < c->rows * c->columns; k++) {
        int row = k / c->columns, column = k % c->columns;
        if (in_token[k] || is_cell_right(&c->cells[k], emulator_cell(e, row, column)))
            continue;
        text_clear(&got);
        emulator_row(e, row, column, 1, &got);
        if (wrong++ < REPORTED)
            text_addf(report, "row %d column %d: U+%04X, shown '%s'\n", row, column,
                      (unsigned)c->cells[k].cp, got.bytes);
    }
    text_release(&got);
    free(in_token);
    return wrong;
}
