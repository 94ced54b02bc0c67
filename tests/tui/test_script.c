/* In which letters names are shown, and views laid out in a painter's own columns. */
#include "tests/tui/screen.h"

static void assert_there(struct screen *s, const char *text, bool shown)
{
    char *screen = screen_text(s);
    if ((strstr(screen, text) != NULL) != shown)
        fail_msg("'%s' is %s\n%s", text, shown ? "missing" : "there", screen);
    free(screen);
}

static void f11_goes_from_khmer_to_both_to_latin_and_back(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_KM, 24, 80);
    char *first = screen_text(&s);
    assert_there(&s, "ខេត្តកំពត", true);
    screen_press(&s, SPECIAL_F11, 1);
    assert_there(&s, "ខេត្តកំពត", true);
    assert_there(&s, "Kampot", true);
    screen_press(&s, SPECIAL_F11, 1);
    assert_there(&s, "ខេត្តកំពត", false);
    assert_there(&s, "Kampot Province", true);
    screen_press(&s, SPECIAL_F11, 1);
    screen_press(&s, SPECIAL_UP, 1); /* the message goes */
    char *last = screen_text(&s);
    assert_string_equal(first, last);
    free(first);
    free(last);
    screen_close(&s);
}

static void the_khmer_keyboard_has_the_key_too(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_KM, 24, 80);
    app_key(s.app, SPECIAL_NONE, 0x179F); /* what the s key sends */
    assert_there(&s, "Kampot", true);
    app_key(s.app, SPECIAL_NONE, 0x1795);
    assert_true(app_takes_painter(s.app));
    assert_false(app_takes_painter(s.app));
    screen_close(&s);
}

/* Letters of Khmer on the rows of the view, bars left out. */
static size_t khmer_letters(struct screen *s)
{
    size_t count = 0;
    screen_draw(s);
    for (size_t i = 0; i < s->canvas.token_count; i++) {
        const struct token_at *t = &s->canvas.tokens[i];
        if (t->khmer && t->row > 0 && t->row < s->canvas.rows - 2)
            count += t->len;
    }
    return count;
}

static void with_latin_letters_and_english_no_view_needs_khmer(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    screen_press(&s, SPECIAL_F11, 2);
    screen_press(&s, SPECIAL_DOWN, 7);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(khmer_letters(&s), 0);
        screen_press(&s, SPECIAL_ENTER, 1);
        screen_press(&s, SPECIAL_DOWN, 1);
    }
    screen_press(&s, SPECIAL_ENTER, 1); /* services, then one of them */
    assert_int_equal(khmer_letters(&s), 0);
    screen_press(&s, SPECIAL_ENTER, 1);
    assert_int_equal(khmer_letters(&s), 0);
    screen_press(&s, SPECIAL_F3, 1);
    screen_type(&s, "chhuk");
    assert_int_equal(khmer_letters(&s), 0);
    screen_close(&s);
}

/* A painter that wants two columns more than the text, at most what the text rule keeps. */
static int wide(void *state, const char *s, size_t len, int columns)
{
    int most = columns + (columns * 35 + 99) / 100;
    (void)s;
    ++*(int *)state;
    return len > 0 && columns + 2 < most ? columns + 2 : most;
}

static int halfway(void *state, const char *s, size_t len, int columns, size_t at)
{
    (void)state;
    (void)s;
    return (int)((size_t)columns * at / len);
}

static void views_are_laid_out_in_the_painters_columns(void **state)
{
    (void)state;
    int asked = 0;
    const struct ruler ruler = {wide, halfway, &asked};
    static const int sizes[][2] = {{24, 80}, {12, 40}, {60, 200}};
    struct screen s;
    screen_open(&s, LANG_KM, 24, 80);
    s.canvas.ruler = &ruler;
    app_set_ruler(s.app, &ruler);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        screen_resize(&s, sizes[i][0], sizes[i][1]);
        for (int k = 0; k < 5; k++) {
            screen_draw(&s);
            for (size_t n = 0; n < s.canvas.token_count; n++) {
                const struct token_at *t = &s.canvas.tokens[n];
                int text = (int)width_columns(t->bytes, t->len);
                assert_true(!t->khmer || t->columns == wide(&asked, t->bytes, t->len, text));
                assert_true(t->column + t->columns <= s.canvas.columns);
            }
            screen_press(&s, k == 3 ? SPECIAL_F1 : SPECIAL_ENTER, 1);
        }
        for (int k = 0; k < 8; k++)
            screen_press(&s, SPECIAL_ESCAPE, 1);
    }
    assert_true(asked > 0);
    screen_close(&s);
}

static void the_cursor_stands_where_the_ruler_says(void **state)
{
    (void)state;
    int asked = 0;
    const struct ruler ruler = {wide, halfway, &asked};
    const char *word = "កំពត"; /* three columns, twelve bytes */
    const char *two = "កំពត កំពត";
    assert_int_equal(canvas_reach(NULL, word, 12, 0), 0);
    assert_int_equal(canvas_reach(NULL, word, 12, 12), 3);
    assert_int_equal(canvas_reach(NULL, two, 25, 13), 5); /* where the next word will stand */
    assert_int_equal(canvas_reach(NULL, two, 25, 25), 8);
    int columns = wide(&asked, word, 12, 3);
    assert_int_equal(canvas_reach(&ruler, word, 12, 12), columns);
    assert_int_equal(canvas_reach(&ruler, word, 12, 6), columns / 2);
    assert_int_equal(canvas_reach(&ruler, two, 25, 13), columns + 1);
    assert_int_equal(canvas_reach(&ruler, two, 25, 25), 2 * columns + 1);
    assert_int_equal(canvas_reach(&ruler, "ab", 2, 1), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(f11_goes_from_khmer_to_both_to_latin_and_back),
        cmocka_unit_test(the_khmer_keyboard_has_the_key_too),
        cmocka_unit_test(with_latin_letters_and_english_no_view_needs_khmer),
        cmocka_unit_test(views_are_laid_out_in_the_painters_columns),
        cmocka_unit_test(the_cursor_stands_where_the_ruler_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
