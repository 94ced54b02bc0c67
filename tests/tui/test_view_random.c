/* Random keys, words, sizes and languages into the app: nothing crashes, and every screen with a
 * list keeps exactly one row selected. */
#include "tests/tui/screen.h"

enum { STEPS = 5000, DRAW_EVERY = 10 };

static unsigned next_random(unsigned *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static const char *const words[] = {
    "ឈូក", "kampot", " ",        "1280", "ស្ត្រី", "ទូរស័ព្ទ",        "24h",     "្",
    "ា",  "chh",    "12 years", "០៧",   "q",   "\xE2\x80\x8B", "សង្គមកិច្ច",
};

/* Rows with a blank or a character in the style of the selection. */
static int selected_rows(const struct canvas *c)
{
    int rows = 0;
    for (int row = 0; row < c->rows; row++) {
        for (int column = 0; column < c->columns; column++) {
            size_t at = (size_t)row * (size_t)c->columns + (size_t)column;
            if (c->cells[at].style == STYLE_SELECTED) {
                rows++;
                break;
            }
        }
    }
    return rows;
}

static void check(struct screen *s)
{
    screen_draw(s);
    const struct canvas *c = &s->canvas;
    for (size_t i = 0; i < c->token_count; i++) {
        const struct token_at *t = &c->tokens[i];
        assert_true(t->row >= 0 && t->row < c->rows);
        assert_true(t->column >= 0 && t->column + t->columns <= c->columns);
    }
    assert_in_range(selected_rows(c), 0, 2);
}

static void random_size(struct screen *s, unsigned r)
{
    static const int sizes[][2] = {{24, 80}, {12, 40}, {60, 200}, {1, 1},   {11, 39},
                                   {13, 41}, {30, 99}, {24, 100}, {40, 63}, {12, 300}};
    size_t i = r % (sizeof sizes / sizeof *sizes);
    screen_resize(s, sizes[i][0], sizes[i][1]);
}

static void random_step(struct screen *s, unsigned r)
{
    unsigned kind = r % 100, value = r / 100;
    if (kind < 2)
        random_size(s, value);
    else if (kind < 4)
        app_key(s->app, SPECIAL_F2, 0);
    else if (kind < 5)
        app_data_changed(s->app);
    else if (kind < 20)
        screen_type(s, words[value % (sizeof words / sizeof *words)]);
    else if (kind < 30)
        app_key(s->app, SPECIAL_NONE, 1 + value % 127);
    else if (kind < 60)
        app_command(s->app, (enum command)(value % COMMAND_COUNT));
    else
        app_key(s->app, (enum special)(1 + value % (SPECIAL_COUNT - 1)), 0);
}

static void random_keys_never_break_a_screen(void **state)
{
    (void)state;
    struct screen s;
    unsigned random = 20260701;
    screen_open(&s, LANG_KM, 24, 80);
    for (int step = 0; step < STEPS; step++) {
        random_step(&s, next_random(&random));
        if (step % DRAW_EVERY == 0)
            check(&s);
    }
    screen_close(&s);
}

static void random_walks_in_browse_keep_one_row_selected(void **state)
{
    (void)state;
    static const enum special keys[] = {
        SPECIAL_UP,      SPECIAL_DOWN,      SPECIAL_LEFT, SPECIAL_RIGHT, SPECIAL_ENTER,
        SPECIAL_PAGE_UP, SPECIAL_PAGE_DOWN, SPECIAL_HOME, SPECIAL_END,   SPECIAL_TAB,
    };
    struct screen s;
    unsigned random = 7;
    screen_open(&s, LANG_EN, 24, 200);
    for (int step = 0; step < 500; step++) {
        unsigned r = next_random(&random);
        app_key(s.app, keys[r % (sizeof keys / sizeof *keys)], 0);
        if (r % 31 == 0)
            screen_resize(&s, 12 + (int)(r / 31 % 40), 100 + (int)(r / 1000 % 100));
        char *text = screen_text(&s);
        if (strstr(text, "located")) /* the legend of browse */
            assert_in_range(selected_rows(&s.canvas), 1, 2);
        free(text);
    }
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_keys_never_break_a_screen),
        cmocka_unit_test(random_walks_in_browse_keep_one_row_selected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
