/* One line of typed text: the cursor and deleting by syllable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/width.h"
#include "tui/edit.h"

static void put(struct edit *e, const char *s)
{
    assert_true(edit_insert(e, s, strlen(s)));
}

static void backspace_takes_a_whole_syllable(void **state)
{
    (void)state;
    struct edit e;
    edit_init(&e);
    put(&e, "ស្រុកឈូក");
    assert_true(edit_delete_back(&e));
    assert_string_equal(e.text.bytes, "ស្រុកឈូ");
    assert_true(edit_delete_back(&e));
    assert_true(edit_delete_back(&e));
    assert_string_equal(e.text.bytes, "ស្រុ");
    assert_true(edit_delete_back(&e));
    assert_false(edit_delete_back(&e));
    assert_int_equal(e.text.len, 0);
    edit_release(&e);
}

static void typing_goes_where_the_cursor_is(void **state)
{
    (void)state;
    struct edit e;
    edit_init(&e);
    put(&e, "កត");
    assert_true(edit_left(&e));
    put(&e, "ំ");
    put(&e, "ព");
    assert_string_equal(e.text.bytes, "កំពត");
    assert_true(edit_home(&e));
    assert_false(edit_left(&e));
    assert_true(edit_delete(&e));
    assert_string_equal(e.text.bytes, "ពត");
    assert_true(edit_end(&e));
    assert_false(edit_right(&e));
    assert_false(edit_delete(&e));
    edit_release(&e);
}

static void what_is_too_long_is_not_taken(void **state)
{
    (void)state;
    struct edit e;
    edit_init(&e);
    for (int i = 0; i < EDIT_MAX; i++)
        put(&e, "a");
    assert_false(edit_insert(&e, "b", 1));
    assert_int_equal(e.text.len, EDIT_MAX);
    assert_true(edit_clear(&e));
    assert_false(edit_clear(&e));
    edit_release(&e);
}

static void the_cursor_stays_in_the_field(void **state)
{
    (void)state;
    struct edit e;
    struct canvas c;
    edit_init(&e);
    canvas_init(&c, 1, 30);
    for (int i = 0; i < 40; i++) {
        put(&e, i % 5 == 4 ? " " : "ខ្មែ");
        canvas_reset(&c, 1, 30);
        edit_draw(&e, &c, 0, 5, 20, STYLE_NORMAL);
        assert_true(c.cursor_column >= 5 && c.cursor_column < 25);
    }
    while (edit_left(&e)) {
        canvas_reset(&c, 1, 30);
        edit_draw(&e, &c, 0, 5, 20, STYLE_NORMAL);
        assert_true(c.cursor_column >= 5 && c.cursor_column < 25);
    }
    assert_int_equal(c.cursor_column, 5);
    canvas_release(&c);
    edit_release(&e);
}

static void what_is_selected_is_replaced(void **state)
{
    (void)state;
    struct edit e;
    size_t at;
    edit_init(&e);
    put(&e, "ស្រុកឈូក កំពត");
    assert_true(edit_select_left(&e));
    assert_true(edit_select_left(&e));
    assert_true(edit_select_left(&e));
    assert_int_equal(edit_selected(&e, &at), strlen("កំពត"));
    put(&e, "តាកែវ");
    assert_string_equal(e.text.bytes, "ស្រុកឈូក តាកែវ");
    assert_int_equal(edit_selected(&e, &at), 0);
    assert_true(edit_select_home(&e));
    assert_true(edit_delete(&e));
    assert_int_equal(e.text.len, 0);
    put(&e, "abc");
    assert_true(edit_select_all(&e));
    assert_true(edit_delete_back(&e));
    assert_int_equal(e.text.len, 0);
    edit_release(&e);
}

static void moving_ends_the_selection_at_its_edge(void **state)
{
    (void)state;
    struct edit e;
    size_t at;
    edit_init(&e);
    put(&e, "abcdef");
    edit_left(&e);
    edit_select_left(&e);
    edit_select_left(&e);
    assert_true(edit_left(&e));
    assert_int_equal(e.cursor, 3);
    edit_select_right(&e);
    edit_select_right(&e);
    assert_true(edit_right(&e));
    assert_int_equal(e.cursor, 5);
    assert_int_equal(edit_selected(&e, &at), 0);
    edit_release(&e);
}

static void changes_are_taken_back_and_made_again(void **state)
{
    (void)state;
    struct edit e;
    edit_init(&e);
    edit_set(&e, "before", 6);
    assert_false(edit_undo(&e));
    for (const char *c = " and more"; *c; c++)
        put(&e, (char[]){*c, '\0'});
    edit_select_all(&e);
    put(&e, "gone");
    assert_true(edit_undo(&e));
    assert_string_equal(e.text.bytes, "before and more");
    assert_true(edit_undo(&e)); /* a word at a time */
    assert_string_equal(e.text.bytes, "before and ");
    while (edit_undo(&e))
        ;
    assert_string_equal(e.text.bytes, "before");
    while (edit_redo(&e))
        ;
    assert_string_equal(e.text.bytes, "gone");
    edit_undo(&e);
    put(&e, "!");
    assert_false(edit_redo(&e));
    edit_release(&e);
}

/* Whatever is done, taking all of it back gives the first text, and making it again the last. */
static void undo_of_all_is_the_beginning(void **state)
{
    (void)state;
    static const char *const pieces[] = {"ក", "្រ", "ា", " ", "abc", "ស្ត្រី", "\n", "x"};
    unsigned random = 1;
    for (int round = 0; round < 200; round++) {
        struct edit e;
        edit_init(&e);
        edit_set(&e, "ដើម start", strlen("ដើម start"));
        for (int i = 0; i < 60; i++) {
            random = random * 1103515245U + 12345U;
            unsigned what = random >> 16 & 15;
            if (what < 8)
                edit_insert(&e, pieces[what], strlen(pieces[what]));
            else if (what == 8)
                edit_delete_back(&e);
            else if (what == 9)
                edit_delete(&e);
            else if (what == 10)
                edit_select_left(&e);
            else if (what == 11)
                edit_home(&e);
            else if (what == 12)
                edit_undo(&e);
            else if (what == 13)
                edit_redo(&e);
            else
                edit_left(&e);
            assert_true(e.cursor <= e.text.len && e.anchor <= e.text.len);
        }
        while (edit_redo(&e))
            ;
        char *last = mem_strdup(e.text.bytes);
        while (edit_undo(&e))
            ;
        assert_string_equal(e.text.bytes, "ដើម start");
        while (edit_redo(&e))
            ;
        assert_string_equal(e.text.bytes, last);
        free(last);
        edit_release(&e);
    }
}

static void a_box_goes_up_and_down_by_lines(void **state)
{
    (void)state;
    struct edit e;
    edit_init(&e);
    put(&e, "one two three four\nfive\n");
    assert_int_equal(edit_wrap(&e, NULL, 10), 4);
    assert_int_equal(edit_cursor_line(&e), 3);
    assert_true(edit_up(&e, NULL));
    assert_true(edit_up(&e, NULL));
    assert_int_equal(edit_cursor_line(&e), 1);
    assert_true(edit_line_end(&e));
    assert_true(edit_up(&e, NULL));
    assert_int_equal(edit_cursor_line(&e), 0);
    assert_false(edit_up(&e, NULL));
    assert_true(edit_down(&e, NULL));
    assert_true(edit_down(&e, NULL));
    assert_true(edit_down(&e, NULL));
    assert_false(edit_down(&e, NULL));
    edit_release(&e);
}

static void a_very_long_text_is_still_a_box(void **state)
{
    (void)state;
    struct edit e;
    struct text long_text = TEXT_INIT;
    edit_init(&e);
    e.max = EDIT_FIELD_MAX;
    while (long_text.len < 1 << 20)
        text_adds(&long_text, "ស្រុកឈូក ");
    assert_true(edit_insert(&e, long_text.bytes, long_text.len));
    assert_true(edit_wrap(&e, NULL, 50) > 1000);
    struct canvas c;
    canvas_init(&c, 8, 60);
    edit_draw_box(&e, &c, 0, 1, 50, 8, edit_cursor_line(&e) - 3, STYLE_NORMAL, true);
    assert_true(c.cursor_row >= 0);
    canvas_release(&c);
    text_release(&long_text);
    edit_release(&e);
}

static int set_up(void **state)
{
    (void)state;
    return width_init() ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(backspace_takes_a_whole_syllable),
        cmocka_unit_test(typing_goes_where_the_cursor_is),
        cmocka_unit_test(what_is_too_long_is_not_taken),
        cmocka_unit_test(the_cursor_stays_in_the_field),
        cmocka_unit_test(what_is_selected_is_replaced),
        cmocka_unit_test(moving_ends_the_selection_at_its_edge),
        cmocka_unit_test(changes_are_taken_back_and_made_again),
        cmocka_unit_test(undo_of_all_is_the_beginning),
        cmocka_unit_test(a_box_goes_up_and_down_by_lines),
        cmocka_unit_test(a_very_long_text_is_still_a_box),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
