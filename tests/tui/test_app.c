/* The app by itself, with small views of the test's own: the stack, the bars, sizes, messages. The
 * four constructors below stand in for the real views. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "i18n/width.h"
#include "tui/app.h"

struct probe {
    struct view view;
    int rows, columns, reloads;
    enum lang lang; /* at the last reload */
    char typed[64];
};

static int alive; /* views that were opened and not closed */

static void probe_title(const struct view *v, const struct context *x, struct text *out)
{
    (void)x;
    if (v->ops->keys == CONTEXT_DETAIL)
        text_adds(out, "ខេត្តកំពត ▸ ស្រុកឈូក");
}

static void probe_draw(const struct view *v, const struct context *x, struct canvas *c, int top,
                       int bottom)
{
    (void)x;
    static const char *const names[CONTEXT_COUNT] = {"global", "list", "search", "detail", "help"};
    canvas_puts(c, top, 0, c->columns, STYLE_NORMAL, names[v->ops->keys]);
    canvas_puts(c, bottom - 1, 0, c->columns, STYLE_NORMAL, "last row");
}

static void probe_resize(struct view *v, const struct context *x, int rows, int columns)
{
    (void)x;
    struct probe *p = (struct probe *)v;
    p->rows = rows;
    p->columns = columns;
}

static void probe_reload(struct view *v, const struct context *x)
{
    struct probe *p = (struct probe *)v;
    p->reloads++;
    p->lang = x->lang;
}

static unsigned probe_command(struct view *v, const struct context *x, enum command command)
{
    (void)v;
    if (command == COMMAND_OPEN) {
        app_push(x->app, detail_new(x, &(struct uuid){{0}}));
        return OUTCOME_HANDLED;
    }
    if (command == COMMAND_COPY) {
        app_copy(x->app, "117", 3);
        return OUTCOME_HANDLED;
    }
    return command == COMMAND_LEFT ? OUTCOME_HANDLED | OUTCOME_POP : OUTCOME_IGNORED;
}

static unsigned probe_text(struct view *v, const struct context *x, const char *s, size_t len)
{
    (void)x;
    struct probe *p = (struct probe *)v;
    strncat(p->typed, s, len);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void probe_close(struct view *v)
{
    alive--;
    free(v);
}

#define PROBE(context, has_text)                                                                   \
    {                                                                                              \
        .keys = context, .takes_text = has_text, .title = probe_title, .draw = probe_draw,         \
        .resize = probe_resize, .reload = probe_reload, .command = probe_command,                  \
        .text = has_text ? probe_text : NULL, .close = probe_close                                 \
    }

static const struct view_ops probes[] = {
    [CONTEXT_LIST] = PROBE(CONTEXT_LIST, false),
    [CONTEXT_SEARCH] = PROBE(CONTEXT_SEARCH, true),
    [CONTEXT_DETAIL] = PROBE(CONTEXT_DETAIL, false),
    [CONTEXT_HELP] = PROBE(CONTEXT_HELP, false),
};

static struct view *last; /* the view that was opened last */

static struct view *probe_new(enum key_context context)
{
    struct probe *p = mem_zalloc(1, sizeof *p);
    p->view.ops = &probes[context];
    alive++;
    last = &p->view;
    return &p->view;
}

struct view *browse_new(const struct context *x, const char *area)
{
    (void)x;
    (void)area;
    return probe_new(CONTEXT_LIST);
}

struct view *search_new(const struct context *x, const char *area)
{
    (void)x;
    (void)area;
    return probe_new(CONTEXT_SEARCH);
}

struct view *search_asking(const struct context *x, const char *words, const struct filter *filters,
                           size_t count)
{
    (void)words;
    (void)filters;
    (void)count;
    return search_new(x, "");
}

struct view *detail_new(const struct context *x, const struct uuid *service)
{
    (void)x;
    (void)service;
    return probe_new(CONTEXT_DETAIL);
}

struct view *help_new(const struct context *x, enum key_context of)
{
    (void)x;
    (void)of;
    return probe_new(CONTEXT_HELP);
}

static struct app *make(enum lang lang)
{
    const struct app_options options = {.lang = lang};
    return app_new(NULL, &options);
}

/* The screen's text; free(). */
static char *picture(struct app *a, int rows, int columns)
{
    struct canvas c;
    struct text out;
    text_init(&out);
    canvas_init(&c, rows, columns);
    app_draw(a, &c);
    canvas_text(&c, &out);
    canvas_release(&c);
    return text_take(&out);
}

static void expect_view(struct app *a, const char *name)
{
    char *s = picture(a, 24, 80);
    const char *second = strchr(s, '\n') + 1;
    assert_memory_equal(second, name, strlen(name));
    free(s);
}

static void keys_open_views_and_lead_back(void **state)
{
    (void)state;
    struct app *a = make(LANG_EN);
    expect_view(a, "list");
    app_key(a, SPECIAL_F3, 0);
    expect_view(a, "search");
    app_key(a, SPECIAL_ESCAPE, 0);
    expect_view(a, "list");
    app_key(a, SPECIAL_ENTER, 0);
    expect_view(a, "detail");
    app_key(a, SPECIAL_NONE, '?');
    expect_view(a, "help");
    app_key(a, SPECIAL_F1, 0);
    app_key(a, SPECIAL_LEFT, 0);
    expect_view(a, "detail");
    app_key(a, SPECIAL_NONE, 0x1786); /* q on the Khmer layout */
    expect_view(a, "list");
    assert_int_equal(alive, 1);
    app_free(a);
    assert_int_equal(alive, 0);
}

static void the_first_view_is_never_left_by_going_back(void **state)
{
    (void)state;
    struct app *a = make(LANG_EN);
    for (int i = 0; i < 3; i++) {
        assert_false(app_key(a, SPECIAL_LEFT, 0) & OUTCOME_QUIT);
        assert_false(app_key(a, SPECIAL_ESCAPE, 0) & OUTCOME_QUIT);
    }
    char *s = picture(a, 24, 80);
    assert_non_null(strstr(s, message_get(LANG_EN, MSG_APP_AT_START)));
    free(s);
    assert_true(app_key(a, SPECIAL_F10, 0) & OUTCOME_QUIT);
    app_free(a);
}

static void search_goes_back_to_the_search_that_is_open(void **state)
{
    (void)state;
    struct app *a = make(LANG_EN);
    app_key(a, SPECIAL_F3, 0);
    struct view *search = last;
    app_key(a, SPECIAL_ENTER, 0);
    app_key(a, SPECIAL_F1, 0);
    app_key(a, SPECIAL_F3, 0);
    expect_view(a, "search");
    app_text(a, "ឈូក", strlen("ឈូក"));
    assert_string_equal(((struct probe *)search)->typed, "ឈូក");
    assert_int_equal(alive, 2);
    app_free(a);
}

static void characters_are_text_only_where_text_is_typed(void **state)
{
    (void)state;
    struct app *a = make(LANG_KM);
    assert_false(app_takes_text(a));
    app_key(a, SPECIAL_NONE, '/');
    assert_true(app_takes_text(a));
    struct probe *p = (struct probe *)last;
    app_key(a, SPECIAL_NONE, 'q');
    app_key(a, SPECIAL_NONE, '?');
    app_key(a, SPECIAL_NONE, 0x1780);
    app_key(a, SPECIAL_NONE, 0x200B);
    app_key(a, SPECIAL_NONE, 0x07);
    assert_string_equal(p->typed, "q?\u1780\u200B");
    app_free(a);
}

static void language_changes_in_every_view(void **state)
{
    (void)state;
    struct app *a = make(LANG_KM);
    struct probe *list = (struct probe *)last;
    app_key(a, SPECIAL_ENTER, 0);
    struct probe *detail = (struct probe *)last;
    app_key(a, SPECIAL_F2, 0);
    assert_int_equal(detail->reloads, 1);
    assert_int_equal(detail->lang, LANG_EN);
    char *s = picture(a, 24, 80);
    assert_non_null(strstr(s, "F2 Language"));
    assert_non_null(strstr(s, "F10 Quit"));
    free(s);
    app_key(a, SPECIAL_F2, 0);
    s = picture(a, 24, 80);
    assert_non_null(strstr(s, "F2 ភាសា"));
    free(s);
    app_key(a, SPECIAL_F2, 0);
    assert_int_equal(list->reloads, 0); /* nobody sees it */
    app_key(a, SPECIAL_LEFT, 0);
    assert_int_equal(list->reloads, 1);
    assert_int_equal(list->lang, LANG_EN);
    app_free(a);
}

static void the_key_bar_fits_in_both_languages(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct app *a = make((enum lang)lang);
        for (int columns = 40; columns <= 120; columns++) {
            char *s = picture(a, 12, columns);
            const char *bar = s;
            for (int i = 0; i < 11; i++)
                bar = strchr(bar, '\n') + 1;
            assert_true((int)width_columns(bar, strcspn(bar, "\n")) <= columns);
            /* the menu leads to what a narrow bar leaves out */
            static const char *const keys[] = {"F1 ", "F9 ", "F10 ", "F2 ", "F3 "};
            size_t count = columns < 80 ? 3 : sizeof keys / sizeof keys[0];
            for (size_t k = 0; k < count; k++)
                assert_non_null(strstr(bar, keys[k]));
            assert_null(strstr(bar, "\xE2\x80\xA6")); /* no name is cut */
            free(s);
        }
        app_free(a);
    }
}

static void the_top_bar_shows_place_language_and_marks(void **state)
{
    (void)state;
    const struct app_options options = {.lang = LANG_EN, .training = true, .read_only = true};
    struct app *a = app_new(NULL, &options);
    app_key(a, SPECIAL_ENTER, 0);
    for (int columns = 100; columns >= 40; columns -= 30) {
        char *s = picture(a, 24, columns);
        s[strcspn(s, "\n")] = '\0';
        assert_non_null(strstr(s, "[TRAINING] [read only] English"));
        assert_int_equal(strstr(s, "Child Protection") != NULL, columns == 100);
        assert_int_equal(strstr(s, "ស្រុកឈូក") != NULL, columns >= 70);
        free(s);
    }
    app_free(a);
}

static void views_are_told_their_size(void **state)
{
    (void)state;
    struct app *a = make(LANG_EN);
    struct probe *p = (struct probe *)last;
    app_resize(a, 24, 80);
    assert_int_equal(p->rows, 21);
    assert_int_equal(p->columns, 80);
    app_resize(a, 11, 80);
    assert_int_equal(p->rows, 21); /* too small: not shown, not told */
    app_resize(a, 12, 40);
    app_key(a, SPECIAL_ENTER, 0);
    assert_int_equal(((struct probe *)last)->rows, 9);
    char *s = picture(a, 12, 40);
    assert_non_null(strstr(s, "\nlast row\n"));
    free(s);
    app_free(a);
}

static void too_small_a_screen_says_so_and_survives(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct app *a = make((enum lang)lang);
        char *s = picture(a, 11, 80);
        assert_null(strstr(s, "list"));
        assert_memory_equal(s, message_get((enum lang)lang, MSG_APP_TOO_SMALL), 12);
        free(s);
        s = picture(a, 24, 39);
        assert_null(strstr(s, "list"));
        free(s);
        for (int rows = 1; rows < 12; rows++)
            for (int columns = 1; columns < 42; columns += 4)
                free(picture(a, rows, columns));
        assert_int_equal(app_key(a, SPECIAL_ENTER, 0), OUTCOME_IGNORED);
        assert_true(app_key(a, SPECIAL_F10, 0) & OUTCOME_QUIT);
        expect_view(a, "list");
        app_free(a);
    }
}

static void a_message_stays_until_the_next_key(void **state)
{
    (void)state;
    struct app *a = make(LANG_EN);
    app_say(a, STYLE_ERROR, "something");
    char *s = picture(a, 24, 80);
    assert_non_null(strstr(s, "\nsomething\n"));
    free(s);
    assert_true(app_key(a, SPECIAL_SHIFT_LEFT, 0) != OUTCOME_IGNORED);
    s = picture(a, 24, 80);
    assert_null(strstr(s, "something"));
    free(s);
    assert_int_equal(app_key(a, SPECIAL_SHIFT_LEFT, 0), OUTCOME_IGNORED);
    app_free(a);
}

static void a_change_by_another_process_reloads_what_is_open(void **state)
{
    (void)state;
    struct app *a = make(LANG_EN);
    struct probe *p = (struct probe *)last;
    app_data_changed(a);
    assert_int_equal(p->reloads, 1);
    app_free(a);
}

static void copied_text_is_handed_over_once(void **state)
{
    (void)state;
    struct app *a = make(LANG_EN);
    assert_null(app_take_copy(a));
    app_key(a, SPECIAL_ENTER, 0);
    app_key(a, SPECIAL_NONE, 'y');
    assert_string_equal(app_take_copy(a), "117");
    assert_null(app_take_copy(a));
    app_free(a);
}

static void themes_come_round(void **state)
{
    (void)state;
    struct app *a = make(LANG_EN);
    for (int i = 1; i <= THEME_COUNT; i++) {
        app_key(a, SPECIAL_F12, 0);
        assert_int_equal(app_theme(a), i % THEME_COUNT);
    }
    app_free(a);
}

static void any_number_of_views_can_be_opened(void **state)
{
    (void)state;
    struct app *a = make(LANG_EN);
    for (int i = 0; i < 500; i++)
        app_key(a, SPECIAL_ENTER, 0);
    for (int i = 0; i < 500; i++)
        app_key(a, SPECIAL_LEFT, 0);
    expect_view(a, "list");
    assert_int_equal(alive, 1);
    app_free(a);
    assert_int_equal(alive, 0);
}

static void theme_names_are_understood(void **state)
{
    (void)state;
    enum theme theme;
    assert_int_equal(theme_parse("color", &theme), STATUS_OK);
    assert_int_equal(theme, THEME_COLOUR);
    assert_int_equal(theme_parse("pink", &theme), STATUS_INVALID);
    for (int i = 0; i < THEME_COUNT; i++) {
        assert_int_equal(theme_parse(theme_name((enum theme)i), &theme), STATUS_OK);
        assert_int_equal(theme, i);
    }
    unsetenv("CPDIR_THEME");
    unsetenv("NO_COLOR");
    assert_int_equal(theme_default(), THEME_COLOUR);
    setenv("NO_COLOR", "", 1);
    assert_int_equal(theme_default(), THEME_COLOUR);
    setenv("NO_COLOR", "1", 1);
    assert_int_equal(theme_default(), THEME_MONO);
    setenv("CPDIR_THEME", "contrast", 1);
    assert_int_equal(theme_default(), THEME_CONTRAST);
}

static void styles_can_be_told_apart_without_colour(void **state)
{
    (void)state;
    static const enum style must_differ[] = {STYLE_NORMAL, STYLE_SELECTED, STYLE_CHOSEN,
                                             STYLE_WARNING, STYLE_STRONG};
    for (size_t i = 0; i < sizeof must_differ / sizeof must_differ[0]; i++) {
        for (size_t k = 0; k < i; k++) {
            struct look one = theme_look(THEME_MONO, must_differ[i]);
            struct look other = theme_look(THEME_MONO, must_differ[k]);
            assert_memory_not_equal(&one, &other, sizeof one);
        }
    }
    for (int s = 0; s < STYLE_COUNT; s++) {
        struct look mono = theme_look(THEME_MONO, (enum style)s);
        assert_int_equal(mono.foreground, COLOUR_DEFAULT);
        assert_int_equal(mono.background, COLOUR_DEFAULT);
        /* Letters on the terminal's own ground keep its own colour or are magenta, which can be
         * read on dark and light alike. */
        enum { MAGENTA = 5 };
        struct look colour = theme_look(THEME_COLOUR, (enum style)s);
        if (colour.background == COLOUR_DEFAULT)
            assert_true(colour.foreground == COLOUR_DEFAULT || colour.foreground == MAGENTA);
        else
            assert_true(colour.foreground != COLOUR_DEFAULT);
        struct look contrast = theme_look(THEME_CONTRAST, (enum style)s);
        assert_true(contrast.foreground >= 0 && contrast.background >= 0);
    }
}

int main(void)
{
    if (!width_init())
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_open_views_and_lead_back),
        cmocka_unit_test(the_first_view_is_never_left_by_going_back),
        cmocka_unit_test(search_goes_back_to_the_search_that_is_open),
        cmocka_unit_test(characters_are_text_only_where_text_is_typed),
        cmocka_unit_test(language_changes_in_every_view),
        cmocka_unit_test(the_key_bar_fits_in_both_languages),
        cmocka_unit_test(the_top_bar_shows_place_language_and_marks),
        cmocka_unit_test(views_are_told_their_size),
        cmocka_unit_test(too_small_a_screen_says_so_and_survives),
        cmocka_unit_test(a_message_stays_until_the_next_key),
        cmocka_unit_test(a_change_by_another_process_reloads_what_is_open),
        cmocka_unit_test(copied_text_is_handed_over_once),
        cmocka_unit_test(themes_come_round),
        cmocka_unit_test(any_number_of_views_can_be_opened),
        cmocka_unit_test(theme_names_are_understood),
        cmocka_unit_test(styles_can_be_told_apart_without_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
