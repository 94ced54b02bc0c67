/* The canvas: where text lands, what Khmer keeps free, what is cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "i18n/khmer.h"
#include "i18n/utf8.h"
#include "i18n/width.h"
#include "tui/canvas.h"

#define KAMPOT   "កំពត"  /* 3 columns */
#define PROVINCE "ខេត្ត" /* 4 columns: kho, e, to, coeng to */

static void expect(struct canvas *c, const char *want)
{
    struct text got;
    text_init(&got);
    canvas_text(c, &got);
    assert_string_equal(got.bytes, want);
    text_release(&got);
}

static void latin_is_one_cell_a_letter(void **state)
{
    (void)state;
    struct canvas c;
    canvas_init(&c, 2, 10);
    assert_int_equal(canvas_puts(&c, 0, 2, 8, STYLE_STRONG, "Chhuk"), 5);
    assert_int_equal(c.cells[2].cp, 'C');
    assert_int_equal(c.cells[6].style, STYLE_STRONG);
    assert_int_equal(c.cells[7].style, STYLE_NORMAL);
    expect(&c, "  Chhuk\n\n");
    canvas_release(&c);
}

static void khmer_is_a_token_over_blank_cells(void **state)
{
    (void)state;
    struct canvas c;
    canvas_init(&c, 1, 20);
    assert_int_equal(width_columns(KAMPOT, strlen(KAMPOT)), 3);
    assert_int_equal(canvas_puts(&c, 0, 1, 19, STYLE_TITLE, KAMPOT "x"), 3 + 2 + 1);
    assert_int_equal(c.token_count, 1);
    assert_int_equal(c.tokens[0].column, 1);
    assert_int_equal(c.tokens[0].columns, 3);
    assert_int_equal(c.tokens[0].style, STYLE_TITLE);
    for (int i = 1; i < 6; i++) {
        assert_int_equal(c.cells[i].cp, 0);
        assert_int_equal(c.cells[i].style, STYLE_TITLE);
    }
    assert_int_equal(c.cells[6].cp, 'x');
    expect(&c, " " KAMPOT "  x\n");
    canvas_release(&c);
}

static void spaces_count_into_the_room_after_khmer(void **state)
{
    (void)state;
    struct canvas c;
    canvas_init(&c, 4, 30);
    /* Room for 3 columns is 2: one space and one more, or the two spaces that are there. */
    canvas_puts(&c, 0, 0, 30, STYLE_NORMAL, KAMPOT " x");
    canvas_puts(&c, 1, 0, 30, STYLE_NORMAL, KAMPOT "   x");
    canvas_puts(&c, 2, 0, 30, STYLE_NORMAL, PROVINCE "\xE2\x80\x8B" KAMPOT);
    canvas_puts(&c, 3, 0, 30, STYLE_NORMAL, "a b");
    assert_int_equal(c.cells[5].cp, 'x');
    assert_int_equal(c.cells[30 + 6].cp, 'x');
    assert_int_equal(c.token_count, 4);
    assert_int_equal(c.tokens[3].column, 6);
    expect(&c, KAMPOT "  x\n" KAMPOT "   x\n" PROVINCE "  " KAMPOT "\na b\n");
    canvas_release(&c);
}

static void text_that_does_not_fit_is_cut_at_a_syllable(void **state)
{
    (void)state;
    struct canvas c;
    canvas_init(&c, 3, 40);
    const char *name = "ការិយាល័យសង្គមកិច្ច";
    int full = canvas_measure(name, strlen(name));
    assert_int_equal(canvas_puts(&c, 0, 0, full, STYLE_NORMAL, name), full);
    assert_int_equal(c.tokens[0].len, strlen(name));
    for (int columns = 1; columns < full; columns++) {
        canvas_reset(&c, 1, 40);
        int used = canvas_puts(&c, 0, 0, columns, STYLE_NORMAL, name);
        assert_true(used <= columns);
        assert_int_equal(c.cells[used - 1].cp, 0x2026);
        assert_true(c.token_count <= 1);
        if (c.token_count == 1) {
            const struct token_at *t = &c.tokens[0];
            assert_memory_equal(t->bytes, name, t->len);
            assert_true(khmer_is_boundary(name, strlen(name), t->len));
            assert_true(t->columns + (t->columns * 35 + 99) / 100 < used + 1);
        }
    }
    canvas_reset(&c, 1, 40);
    assert_int_equal(canvas_puts(&c, 0, 0, 4, STYLE_NORMAL, "Boeng Nimol"), 4);
    expect(&c, "Boe…\n");
    canvas_release(&c);
}

static void what_is_written_over_a_token_replaces_it(void **state)
{
    (void)state;
    struct canvas c;
    canvas_init(&c, 1, 20);
    canvas_puts(&c, 0, 0, 20, STYLE_NORMAL, KAMPOT);
    canvas_puts(&c, 0, 2, 5, STYLE_NORMAL, "ab");
    assert_int_equal(c.token_count, 0);
    expect(&c, "  ab\n");
    canvas_puts(&c, 0, 1, 9, STYLE_NORMAL, PROVINCE);
    assert_int_equal(c.token_count, 1);
    expect(&c, " " PROVINCE "\n");
    canvas_fill(&c, 0, 3, 1, STYLE_NORMAL, '-');
    expect(&c, "   -\n");
    canvas_release(&c);
}

static void paint_changes_cells_and_tokens(void **state)
{
    (void)state;
    struct canvas c;
    canvas_init(&c, 1, 20);
    canvas_puts(&c, 0, 4, 16, STYLE_NORMAL, KAMPOT);
    canvas_paint(&c, 0, 0, 99, STYLE_SELECTED);
    assert_int_equal(c.tokens[0].style, STYLE_SELECTED);
    for (int i = 0; i < 20; i++)
        assert_int_equal(c.cells[i].style, STYLE_SELECTED);
    canvas_release(&c);
}

static void marks_have_a_style_of_their_own(void **state)
{
    (void)state;
    struct canvas c;
    canvas_init(&c, 2, 30);
    const struct mark latin = {2, 3}, khmer = {strlen(PROVINCE), strlen(KAMPOT)};
    assert_int_equal(canvas_put_marked(&c, 0, 0, 30, STYLE_NORMAL, "Kampot", &latin, 1), 6);
    assert_int_equal(c.cells[1].style, STYLE_NORMAL);
    assert_int_equal(c.cells[2].style, STYLE_MATCH);
    assert_int_equal(c.cells[4].style, STYLE_MATCH);
    assert_int_equal(c.cells[5].style, STYLE_NORMAL);
    canvas_put_marked(&c, 1, 0, 30, STYLE_SELECTED, PROVINCE KAMPOT PROVINCE, &khmer, 1);
    assert_int_equal(c.token_count, 3);
    assert_int_equal(c.tokens[0].style, STYLE_SELECTED);
    assert_int_equal(c.tokens[1].style, STYLE_SELECTED_MATCH);
    assert_memory_equal(c.tokens[1].bytes, KAMPOT, strlen(KAMPOT));
    assert_int_equal(c.tokens[2].style, STYLE_SELECTED);
    canvas_release(&c);
}

static void what_terminals_must_not_get_is_replaced(void **state)
{
    (void)state;
    struct canvas c;
    canvas_init(&c, 1, 30);
    canvas_puts(&c, 0, 0, 30, STYLE_NORMAL,
                "a\033[2Jb\xE2\x80\xAE"
                "c\xFFz");
    expect(&c, "a\xEF\xBF\xBD[2Jb\xEF\xBF\xBD"
               "c\xEF\xBF\xBDz\n");
    canvas_release(&c);
}

static void outside_the_canvas_nothing_happens(void **state)
{
    (void)state;
    struct canvas c;
    canvas_init(&c, 1, 1);
    assert_int_equal(canvas_puts(&c, 1, 0, 5, STYLE_NORMAL, "x"), 0);
    assert_int_equal(canvas_puts(&c, -1, 0, 5, STYLE_NORMAL, "x"), 0);
    assert_int_equal(canvas_puts(&c, 0, 1, 5, STYLE_NORMAL, "x"), 0);
    assert_int_equal(canvas_puts(&c, 0, 0, 0, STYLE_NORMAL, "x"), 0);
    canvas_fill(&c, 0, -5, 3, STYLE_NORMAL, 'x');
    canvas_vline(&c, -3, 0, 3, STYLE_BORDER);
    canvas_paint(&c, 7, 0, 1, STYLE_SELECTED);
    expect(&c, "\n");
    assert_int_equal(canvas_puts(&c, 0, 0, 9, STYLE_NORMAL, KAMPOT), 1);
    expect(&c, "…\n");
    canvas_cursor(&c, 0, 1);
    assert_int_equal(c.cursor_row, -1);
    canvas_fill(&c, 0, -5, 7, STYLE_NORMAL, 'x');
    expect(&c, "x\n");
    canvas_release(&c);
}

static void check_invariants(const struct canvas *c)
{
    for (size_t i = 0; i < c->token_count; i++) {
        const struct token_at *t = &c->tokens[i];
        assert_true(t->row >= 0 && t->row < c->rows && t->column >= 0 && t->columns > 0);
        assert_true(t->column + t->columns <= c->columns);
        assert_int_equal(width_columns(t->bytes, t->len), t->columns);
        for (int k = 0; k < t->columns; k++)
            assert_int_equal(c->cells[t->row * c->columns + t->column + k].cp, 0);
        for (size_t j = 0; j < i; j++) {
            const struct token_at *u = &c->tokens[j];
            assert_true(u->row != t->row || u->column + u->columns <= t->column ||
                        t->column + t->columns <= u->column);
        }
        assert_null(memchr(t->bytes, ' ', t->len));
    }
}

static void any_text_anywhere_keeps_the_canvas_in_order(void **state)
{
    (void)state;
    static const char32_t some[] = {' ',    'a',    '(',    0x1780, 0x179A, 0x17D2, 0x17B6,
                                    0x17C6, 0x17BB, 0x200B, 0x200C, 0x0301, 0x4E2D, 0xE9,
                                    0x17E1, 0x2026, 0x1B,   0xFFFD, 0xAD,   0x1F600};
    struct canvas c;
    canvas_init(&c, 4, 30);
    uint32_t seed = 7;
    for (int round = 0; round < 4000; round++) {
        struct text s;
        text_init(&s);
        for (int i = 0; i < 24; i++) {
            seed = seed * 1664525u + 1013904223u;
            text_addcp(&s, some[(seed >> 16) % (sizeof some / sizeof some[0])]);
            if ((seed >> 24) == 0)
                text_addc(&s, (char)0xC3);
        }
        int row = (int)(seed >> 8) % 6 - 1, column = (int)(seed >> 12) % 40 - 4;
        int columns = (int)(seed >> 18) % 40;
        int used = canvas_put(&c, row, column, columns, STYLE_NORMAL, s.bytes, s.len);
        assert_true(used >= 0 && used <= columns);
        assert_true(used == 0 || column + used <= c.columns);
        check_invariants(&c);
        int need = canvas_measure(s.bytes, s.len);
        canvas_reset(&c, 4, 30);
        if (need > 0 && need <= 30)
            assert_int_equal(canvas_put(&c, 0, 0, 30, STYLE_NORMAL, s.bytes, s.len), need);
        text_release(&s);
    }
    canvas_release(&c);
}

int main(void)
{
    if (!width_init())
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_is_one_cell_a_letter),
        cmocka_unit_test(khmer_is_a_token_over_blank_cells),
        cmocka_unit_test(spaces_count_into_the_room_after_khmer),
        cmocka_unit_test(text_that_does_not_fit_is_cut_at_a_syllable),
        cmocka_unit_test(what_is_written_over_a_token_replaces_it),
        cmocka_unit_test(paint_changes_cells_and_tokens),
        cmocka_unit_test(marks_have_a_style_of_their_own),
        cmocka_unit_test(what_terminals_must_not_get_is_replaced),
        cmocka_unit_test(outside_the_canvas_nothing_happens),
        cmocka_unit_test(any_text_anywhere_keeps_the_canvas_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
