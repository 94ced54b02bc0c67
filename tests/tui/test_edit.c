/* One line of typed text: the cursor and deleting by syllable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
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
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
