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

static size_t pictures_on(const struct token_at *t, const struct emulator *e)
{
    size_t found = 0;
    for (size_t i = 0; i < e->images.count; i++) {
        const struct image_at *at = &e->images.shown[i];
        found += at->row == t->row && at->column == t->column && at->columns == t->columns;
    }
    return found;
}

/* Every Khmer token has its picture, and there are no others. */
static size_t compare_pictures(const struct canvas *c, const struct emulator *e, bool wanted,
                               struct text *report)
{
    size_t tokens = 0, wrong = 0;
    for (size_t i = 0; i < c->token_count && wanted; i++) {
        const struct token_at *t = &c->tokens[i];
        tokens += t->khmer;
        if (t->khmer && pictures_on(t, e) != 1 && wrong++ < REPORTED)
            text_addf(report, "row %d column %d: token '%s' has %zu pictures\n", t->row, t->column,
                      t->bytes, pictures_on(t, e));
    }
    if (tokens != e->images.count)
        text_addf(report, "%zu tokens, %zu pictures\n", tokens, e->images.count);
    return wrong + (tokens != e->images.count);
}

size_t compare_screen(const struct canvas *c, const struct emulator *e, struct text *report)
{
    return compare_painted(c, e, PAINTED_TEXT, report);
}

size_t compare_painted(const struct canvas *c, const struct emulator *e, enum painted painted,
                       struct text *report)
{
    size_t wrong = compare_pictures(c, e, painted != PAINTED_TEXT, report);
    struct text got;
    bool *in_token = mem_zalloc((size_t)(c->rows * c->columns), sizeof *in_token);
    text_init(&got);
    for (size_t i = 0; i < c->token_count; i++) {
        const struct token_at *t = &c->tokens[i];
        if (t->khmer && painted == PAINTED_PICTURES)
            continue;
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
