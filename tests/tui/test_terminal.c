/* The tables of terminals as facts: what is found leads to which painter and which letters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/stage.h"
#include "tui/terminal.h"

enum { SIXEL = 1, KITTY = 2, CELL = 4, NO_FONT = 8 };

/* Environment: "NAME=value;NAME=value". */
static const struct {
    const char *environment, *version;
    unsigned flags;
    enum brand brand;
    enum painter_id painter;
    enum script script;
} table[] = {
    {"TERM=xterm-256color", "XTerm(379)", SIXEL | CELL, BRAND_XTERM, PAINTER_SIXEL, SCRIPT_KM},
    {"TERM=xterm-256color", "XTerm(379)", CELL, BRAND_XTERM, PAINTER_TEXT, SCRIPT_LATIN},
    {"TERM=xterm;XTERM_VERSION=XTerm(379)", "", 0, BRAND_XTERM, PAINTER_TEXT, SCRIPT_LATIN},
    {"TERM=xterm", "XTerm(379)", SIXEL, BRAND_XTERM, PAINTER_TEXT, SCRIPT_LATIN},
    {"TERM=xterm", "XTerm(379)", SIXEL | CELL | NO_FONT, BRAND_XTERM, PAINTER_TEXT, SCRIPT_BOTH},
    /* started from Konsole's shell: what the terminal says counts */
    {"TERM=xterm;KONSOLE_VERSION=221203", "XTerm(379)", SIXEL | CELL, BRAND_XTERM, PAINTER_SIXEL,
     SCRIPT_KM},
    {"TERM=foot;KONSOLE_VERSION=221203", "foot(1.13.1)", SIXEL | CELL, BRAND_FOOT, PAINTER_SIXEL,
     SCRIPT_KM},
    {"TERM=mlterm", "mlterm(3.9.2)", SIXEL | CELL, BRAND_MLTERM, PAINTER_SIXEL, SCRIPT_KM},
    {"TERM=xterm-kitty;KITTY_WINDOW_ID=1", "kitty(0.26.5)", KITTY | CELL, BRAND_KITTY,
     PAINTER_KITTY, SCRIPT_KM},
    {"TERM=xterm-kitty", "kitty(0.40.0)", KITTY | CELL, BRAND_KITTY, PAINTER_OSC66, SCRIPT_KM},
    {"TERM=xterm-kitty", "kitty(0.39.9)", KITTY | CELL, BRAND_KITTY, PAINTER_KITTY, SCRIPT_KM},
    {"TERM=xterm-kitty", "", 0, BRAND_KITTY, PAINTER_TEXT, SCRIPT_BOTH},
    {"TERM=xterm-256color;KONSOLE_VERSION=221203", "", SIXEL | KITTY | CELL, BRAND_KONSOLE,
     PAINTER_KITTY, SCRIPT_KM},
    {"TERM=xterm-256color;KONSOLE_VERSION=221203", "", SIXEL | KITTY | CELL | NO_FONT,
     BRAND_KONSOLE, PAINTER_KONSOLE, SCRIPT_KM},
    {"TERM=xterm-256color", "Konsole 22.12.3", SIXEL, BRAND_KONSOLE, PAINTER_KONSOLE,
     SCRIPT_KM}, /* over ssh */
    {"TERM=xterm-256color", "Konsole 25.04.0", 0, BRAND_KONSOLE, PAINTER_KONSOLE, SCRIPT_KM},
    {"TERM=xterm-256color;KONSOLE_VERSION=220401", "", SIXEL | KITTY | CELL, BRAND_KONSOLE,
     PAINTER_KITTY, SCRIPT_KM},
    {"TERM=xterm-256color;KONSOLE_VERSION=210800", "", SIXEL | CELL, BRAND_KONSOLE, PAINTER_TEXT,
     SCRIPT_BOTH}, /* never sixel in Konsole */
    {"TERM=screen-256color;TMUX=/tmp/tmux-0/default,1,0", "tmux 3.3a", SIXEL | CELL, BRAND_TMUX,
     PAINTER_TEXT, SCRIPT_BOTH},
    {"TERM=tmux-256color;KONSOLE_VERSION=221203", "", SIXEL | CELL, BRAND_TMUX, PAINTER_TEXT,
     SCRIPT_BOTH}, /* never word mode inside tmux */
    {"TERM=screen;STY=1.pts;KITTY_WINDOW_ID=1", "", 0, BRAND_SCREEN, PAINTER_TEXT, SCRIPT_LATIN},
    {"TERM=linux", "", 0, BRAND_LINUX, PAINTER_TEXT, SCRIPT_LATIN},
    {"TERM=xterm-256color;VTE_VERSION=7002", "VTE(7002)", 0, BRAND_VTE, PAINTER_TEXT, SCRIPT_BOTH},
    {"TERM=xterm-256color;VTE_VERSION=7800", "VTE(7800)", SIXEL | CELL, BRAND_VTE, PAINTER_SIXEL,
     SCRIPT_KM},
    {"TERM=xterm-256color;WT_SESSION=x", "", SIXEL | CELL, BRAND_WINDOWS, PAINTER_SIXEL, SCRIPT_KM},
    {"TERM=xterm-256color;WT_SESSION=x", "", 0, BRAND_WINDOWS, PAINTER_TEXT, SCRIPT_BOTH},
    {"TERM=alacritty", "", 0, BRAND_ALACRITTY, PAINTER_TEXT, SCRIPT_BOTH},
    {"TERM=putty-256color", "", 0, BRAND_PUTTY, PAINTER_TEXT, SCRIPT_LATIN},
    {"TERM=rxvt-unicode-256color", "", 0, BRAND_RXVT, PAINTER_TEXT, SCRIPT_LATIN},
    {"TERM=st-256color", "", 0, BRAND_ST, PAINTER_TEXT, SCRIPT_LATIN},
    {"TERM=xterm-256color", "WezTerm 20240203", KITTY | SIXEL | CELL, BRAND_WEZTERM, PAINTER_KITTY,
     SCRIPT_KM},
    {"TERM=xterm-256color;KONSOLE_VERSION=221203", "never heard of 1.0", 0, BRAND_ANY, PAINTER_TEXT,
     SCRIPT_BOTH},
    {"", "", 0, BRAND_ANY, PAINTER_TEXT, SCRIPT_BOTH},
    {"TERM=xterm-256color;KONSOLE_VERSION=garbage", "", 0, BRAND_KONSOLE, PAINTER_TEXT,
     SCRIPT_BOTH},
    {"TERM=xterm-256color", "Konsole 99999999999999999999.1.1", 0, BRAND_KONSOLE, PAINTER_TEXT,
     SCRIPT_BOTH},
};
enum { ROWS = sizeof table / sizeof table[0] };

static const char *environment; /* of the row being tested */

static const char *variable(const char *name)
{
    static char value[128];
    size_t len = strlen(name);
    for (const char *at = environment; *at; at += strcspn(at, ";") + (at[strcspn(at, ";")] != 0)) {
        if (strncmp(at, name, len) != 0 || at[len] != '=')
            continue;
        size_t end = strcspn(at + len + 1, ";");
        memcpy(value, at + len + 1, end);
        value[end] = '\0';
        return value;
    }
    return NULL;
}

static struct facts judge(size_t row)
{
    struct answers a = {.answered = true, .palette = palette_default()};
    struct facts f;
    environment = table[row].environment;
    strcpy(a.version, table[row].version);
    a.sixel = table[row].flags & SIXEL;
    a.kitty = table[row].flags & KITTY;
    a.cell_width = table[row].flags & CELL ? 10 : 0;
    a.cell_height = table[row].flags & CELL ? 20 : 0;
    terminal_judge(&a, variable, 24, 80, 0, 0, &f);
    f.font = !(table[row].flags & NO_FONT);
    return f;
}

static void every_terminal_gets_its_painter_and_letters(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct facts f = judge(i);
        struct terminal_verdict v = terminal_decide(&f);
        if (f.brand != table[i].brand || v.painter != table[i].painter ||
            v.script != table[i].script)
            fail_msg("row %zu (%s, %s): brand %s, painter %s, script %s", i, table[i].environment,
                     table[i].version, terminal_brand_name(f.brand), painter_get(v.painter)->name,
                     script_name(v.script));
    }
}

static void kitty_is_not_asked_where_it_would_be_printed(void **state)
{
    (void)state;
    static const struct {
        const char *environment;
        unsigned ask;
    } asked[] = {
        {"TERM=xterm-256color", PROBE_ASK_ALL | PROBE_ASK_KITTY},
        {"TERM=linux", 0},
        {"TERM=linux-16color", 0},
        {"TERM=screen", PROBE_ASK_ALL},
        {"TERM=xterm;TMUX=x", PROBE_ASK_ALL},
        {"TERM=xterm;STY=x", PROBE_ASK_ALL},
    };
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        environment = asked[i].environment;
        assert_int_equal(terminal_questions(variable), asked[i].ask);
    }
}

static void the_cell_comes_from_whoever_knows_it(void **state)
{
    (void)state;
    struct answers a = {.palette = palette_default()};
    struct facts f;
    environment = "";
    terminal_judge(&a, variable, 24, 80, 0, 0, &f);
    assert_int_equal(f.cell_width, 0);
    terminal_judge(&a, variable, 24, 80, 800, 480, &f); /* the kernel */
    assert_int_equal(f.cell_width, 10);
    assert_int_equal(f.cell_height, 20);
    a.area_width = 720;
    a.area_height = 384;
    terminal_judge(&a, variable, 24, 80, 0, 0, &f); /* CSI 14 t */
    assert_int_equal(f.cell_width, 9);
    a.cell_width = 11;
    a.cell_height = 21;
    terminal_judge(&a, variable, 24, 80, 800, 480, &f); /* CSI 16 t */
    assert_int_equal(f.cell_width, 11);
    a.cell_width = 5000;
    terminal_judge(&a, variable, 24, 80, 800, 480, &f); /* nonsense */
    assert_int_equal(f.cell_width, 0);
}

static void names_of_painters_and_scripts_can_be_read_back(void **state)
{
    (void)state;
    enum painter_id painter;
    enum script script;
    for (int i = 0; i < PAINTER_COUNT; i++) {
        assert_int_equal(painter_parse(painter_get((enum painter_id)i)->name, &painter), STATUS_OK);
        assert_int_equal(painter, i);
    }
    for (int i = 0; i < SCRIPT_COUNT; i++) {
        assert_int_equal(script_parse(script_name((enum script)i), &script), STATUS_OK);
        assert_int_equal(script, i);
    }
    assert_int_equal(painter_parse("auto", &painter), STATUS_INVALID);
    assert_int_equal(script_parse("", &script), STATUS_INVALID);
    assert_int_equal(script_lang(SCRIPT_LATIN, LANG_KM), LANG_EN);
    assert_int_equal(script_lang(SCRIPT_BOTH, LANG_KM), LANG_KM);
}

static void looks_become_colours(void **state)
{
    (void)state;
    struct palette p = palette_default();
    struct colour ink, paper;
    p.ink = (struct colour){10, 20, 30};
    p.paper = (struct colour){200, 210, 220};
    easel_colours(&p, &(struct look){.foreground = -1, .background = -1}, &ink, &paper);
    assert_int_equal(ink.red, 10);
    assert_int_equal(paper.blue, 220);
    easel_colours(&p, &(struct look){.foreground = -1, .background = -1, .reverse = true}, &ink,
                  &paper);
    assert_int_equal(ink.red, 200);
    assert_int_equal(paper.red, 10);
    easel_colours(&p, &(struct look){.foreground = 7, .background = 4}, &ink, &paper);
    assert_int_equal(ink.red, 0xE5);
    assert_int_equal(paper.blue, 0xEE);
    easel_colours(&p, &(struct look){.foreground = -1, .background = -1, .dim = true}, &ink,
                  &paper);
    assert_int_equal(ink.red, (2 * 10 + 200) / 3);
}

static void only_a_slow_ssh_link_costs_levels(void **state)
{
    (void)state;
    struct stage s = {.easel.levels = SIXEL_LEVELS};
    for (int i = 0; i < 10; i++)
        assert_false(stage_note_speed(&s, 20000, 2000)); /* a busy machine, no link */
    assert_int_equal(s.easel.levels, SIXEL_LEVELS);
    s.remote = true;
    stage_note_speed(&s, 20000, 2000);
    stage_note_speed(&s, 20000, 2000);
    stage_note_speed(&s, 20000, 5);
    stage_note_speed(&s, 20000, 2000);
    stage_note_speed(&s, 20000, 2000);
    assert_int_equal(s.easel.levels, SIXEL_LEVELS);
    stage_note_speed(&s, 20000, 2000);
    assert_int_equal(s.easel.levels, SIXEL_LEVELS_SLOW);
    assert_false(stage_note_speed(&s, 20000, 1));
    assert_false(stage_note_speed(&s, 20000, 0));
    assert_false(stage_note_speed(&s, 100, 0));
    assert_true(stage_note_speed(&s, 20000, 1)); /* quick again: draw all in all levels */
    assert_int_equal(s.easel.levels, SIXEL_LEVELS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_terminal_gets_its_painter_and_letters),
        cmocka_unit_test(kitty_is_not_asked_where_it_would_be_printed),
        cmocka_unit_test(the_cell_comes_from_whoever_knows_it),
        cmocka_unit_test(names_of_painters_and_scripts_can_be_read_back),
        cmocka_unit_test(looks_become_colours),
        cmocka_unit_test(only_a_slow_ssh_link_costs_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
