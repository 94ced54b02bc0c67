/* Answers of terminals: good ones, hostile ones, none; whole and split at every byte. Keys typed
 * meanwhile are kept, rubbish never becomes a key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/probe.h"

#define DA1 "\033[?62;22c"

/* What came, what is left as typed, whether DA1 was in it. */
static const struct {
    const char *came, *typed;
    bool answered;
} table[] = {
    {DA1, "", true},
    {"", "", false},
    {"\033[?c", "", true},
    {"\033[?;;;;c", "", true},
    {"\033[?99999999999999999999;4c", "", true},
    {"abc" DA1 "def", "abcdef", true},
    {"\033OA" DA1, "\033OA", true},
    {"\033[5~" DA1 "\033[1;5C", "\033[5~\033[1;5C", true},
    {"\xE1\x9E\x80" DA1, "\xE1\x9E\x80", true},
    {"\033" DA1, "\033", true}, /* the Esc key */
    {DA1 "\033", "\033", true}, /* the same, last */
    {"\033\033\033[A" DA1, "\033\033\033[A", true},
    {"\033P>|XTerm(379)\033\\" DA1, "", true},
    {"\033P>|\033\\" DA1, "", true},
    {"\033P>|\x01\x02\xFF\x80name\033\\" DA1, "", true},
    {"\033]10;rgb:ffff/ffff/ffff\a" DA1, "", true},
    {"\033]10;rgb:zz/zz/zz\033\\" DA1, "", true},
    {"\033]11;\033\\\033]\033\\\033];\a" DA1, "", true},
    {"\033]4;9999999999;rgb:1/2/3\a" DA1, "", true},
    {"\033]4;;;;;;;;;\a" DA1, "", true},
    {"\033_Gi=31;OK\033\\" DA1, "", true},
    {"\033_Gi=31;ENOENT:no\033\\" DA1, "", true},
    {"\033_G\033\\\033_\033\\" DA1, "", true},
    {"\033[6;0;0t\033[4;-1;5t\033[6;;t" DA1, "", true},
    {"\033[6;99999;99999t" DA1, "", true},
    {"\033[6;20;10", "", false}, /* half an answer */
    {"\033[?6", "", false},
    {"\033]11;rgb:ff", "", false},
    {"\033P>|never ends" DA1, "", true}, /* ESC [ ends the string that never ended */
    {"\033[\x01"
     "x" DA1,
     "x", true}, /* broken sequence: dropped, not typed */
    {"\033[12;\033[?62;4c", "", true},
    {"\033[>1;4600;0c\033[?1;2c", "", true},
    {"\033[0n" DA1, "\033[0n", true},
    {"\033[3;5R" DA1, "\033[3;5R", true}, /* Shift+F3, not a cursor position: nobody asked */
    {"\377\376\200" DA1, "\377\376\200", true},
};
enum { ROWS = sizeof table / sizeof table[0] };

static void any_answer_is_read_and_keys_are_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        size_t len = strlen(table[i].came);
        for (size_t cut = 0; cut <= len; cut++) { /* in two pieces, everywhere */
            struct probe p;
            probe_init(&p);
            probe_feed(&p, table[i].came, cut);
            probe_feed(&p, table[i].came + cut, len - cut);
            probe_end(&p);
            if (p.answers.answered != table[i].answered ||
                strcmp(p.typed.bytes, table[i].typed) != 0)
                fail_msg("row %zu cut at %zu: answered %d, typed '%s'", i, cut, p.answers.answered,
                         p.typed.bytes);
            for (const char *s = p.answers.version; *s; s++)
                assert_true(*s >= ' ' && *s <= '~');
            probe_release(&p);
        }
    }
}

static struct answers read_all(const char *bytes)
{
    struct probe p;
    probe_init(&p);
    probe_feed(&p, bytes, strlen(bytes));
    probe_end(&p);
    struct answers a = p.answers;
    assert_int_equal(p.typed.len, 0);
    probe_release(&p);
    return a;
}

static void answers_say_what_they_mean(void **state)
{
    (void)state;
    struct answers a = read_all("\033P>|kitty(0.26.5)\033\\\033]10;rgb:dddd/8000/0000\033\\"
                                "\033]11;rgba:1/23/456/ffff\a\033]4;1;rgb:cd/00/00;4;rgb:00/00/ee\a"
                                "\033[6;20;10t\033[4;480;800t\033_Gi=31;OK\033\\\033[?62;4;22c");
    assert_string_equal(a.version, "kitty(0.26.5)");
    assert_string_equal(a.attributes, "62;4;22");
    assert_true(a.sixel && a.kitty && a.has_ink && a.has_paper && a.answered);
    assert_int_equal(a.palette.ink.red, 0xDD);
    assert_int_equal(a.palette.ink.green, 0x80);
    assert_int_equal(a.palette.paper.red, 0x11);
    assert_int_equal(a.palette.paper.green, 0x23);
    assert_int_equal(a.palette.paper.blue, 0x45);
    assert_int_equal(a.colours, 1u << 1 | 1u << 4);
    assert_int_equal(a.palette.colours[4].blue, 0xEE);
    assert_int_equal(a.cell_width, 10);
    assert_int_equal(a.cell_height, 20);
    assert_int_equal(a.area_width, 800);
}

static void the_class_of_a_terminal_is_not_sixel(void **state)
{
    (void)state;
    assert_false(read_all("\033[?4c").sixel);
    assert_false(read_all("\033[?64;1;2;14;44c").sixel);
    assert_true(read_all("\033[?64;4c").sixel);
}

static void random_bytes_do_no_harm(void **state)
{
    (void)state;
    static const char bits[] = "\033\033\033[[]P_\\?;;:/0123456789ctRGqrgbOK\a\177\200\377x ";
    uint32_t seed = 20260701;
    for (int round = 0; round < 3000; round++) {
        struct probe p;
        probe_init(&p);
        for (int i = 0; i < 200; i++) {
            seed = seed * 1664525u + 1013904223u;
            probe_feed(&p, &bits[(seed >> 16) % (sizeof bits - 1)], 1);
        }
        probe_end(&p);
        assert_true(p.answers.cell_width >= 0 && p.answers.cell_width <= 20000);
        probe_release(&p);
    }
}

static void a_flood_is_not_kept(void **state)
{
    (void)state;
    struct probe p;
    probe_init(&p);
    probe_feed(&p, "\033P>|", 4);
    for (int i = 0; i < 100000; i++)
        probe_feed(&p, "xxxxxxxxxx", 10);
    assert_true(p.held.len <= 4096);
    probe_feed(&p, "\033\\", 2);
    for (int i = 0; i < 100000; i++)
        probe_feed(&p, "xxxxxxxxxx", 10);
    assert_true(p.typed.len <= 4096);
    probe_release(&p);
}

static void the_last_question_is_the_one_all_answer(void **state)
{
    (void)state;
    for (unsigned ask = 0; ask < 16; ask++) {
        struct text out = TEXT_INIT;
        probe_questions(&out, ask);
        assert_true(out.len >= 3);
        assert_string_equal(out.bytes + out.len - 3, "\033[c");
        assert_int_equal(strstr(out.bytes, "\033_G") != NULL, (ask & PROBE_ASK_KITTY) != 0);
        text_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_answer_is_read_and_keys_are_kept),
        cmocka_unit_test(answers_say_what_they_mean),
        cmocka_unit_test(the_class_of_a_terminal_is_not_sixel),
        cmocka_unit_test(random_bytes_do_no_harm),
        cmocka_unit_test(a_flood_is_not_kept),
        cmocka_unit_test(the_last_question_is_the_one_all_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
