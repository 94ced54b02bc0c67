/* The start on terminals that answer badly, slowly or not at all: it costs at most a second, keys
 * typed meanwhile all arrive, and nothing the terminal says is ever taken for a key or shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <time.h>

#include "i18n/width.h"
#include "tests/e2e/compare.h"
#include "tests/e2e/pty.h"
#include "tests/e2e/sample.h"

#define DA1 "\033[?62;22c"

enum { WAIT_MOST_MS = 1000, SLACK_MS = 900 /* of a sanitized program on a busy machine */ };

/* What the terminal says when it is asked, what it says when the program no longer waits, and how
 * many keys the person pressed among it. */
static const struct {
    const char *at_once, *late;
    unsigned long keys;
} table[] = {
    {DA1, "", 0},
    {"abc" DA1, "", 3},
    {DA1 "xyz", "", 3},
    {"\xE1\x9E\x80\xE1\x9F\x92" DA1, "", 2},
    {"\033OA" DA1 "\033OB", "", 2},
    {"\033[5~x\033[6~" DA1, "", 3},
    {"\033P>|XTerm(379)\033\\" DA1, "", 0},
    {"\033P>|tmux 3.3a\033\\" DA1, "", 0},
    {"\033P>|\001\002\003\377\376\033\\" DA1, "", 0},
    {"\033P>|\033]0;rm -rf\a\033\\" DA1, "", 0},
    {"\033]10;rgb:ffff/ffff/ffff\033\\\033]11;rgb:0/0/0\a" DA1, "", 0},
    {"\033]11;rgb:rubbish\033\\" DA1, "", 0},
    {"\033]11;?\a\033]4;0;?\a" DA1, "", 0}, /* its own question back */
    {"\033]52;c;cm0gLXJm\a" DA1, "", 0},
    {"\033_Gi=31;OK\033\\" DA1, "", 0},
    {"\033_Gi=31;EINVAL:q\033\\\033_Gi=1;q\033\\" DA1, "", 0},
    {"\033[6;20;10t\033[4;480;800t" DA1, "", 0},
    {"\033[6;0;0t\033[4;0;0t" DA1, "", 0},
    {"\033[6;99999999999;7t" DA1, "", 0},
    {"\033[?c", "", 0},
    {"\033[?;;;;;;4;;c", "", 0},
    {"\033[?99999999999999999999c", "", 0},
    {"\033[>84;0;0c" DA1, "", 0},
    {"\033[?1;2c\033[?62;4c\033[?6c", "", 0}, /* three of them */
    {"\033[\030x" DA1, "", 1},                /* a broken sequence, then a key */
    {"\033P>|never ends" DA1, "", 0},
    {"x\033]11;rgb:ff/ff/ff" DA1, "", 1},
    {"", "", 0},
    {"x", "", 1},
    {"", "\033P>|XTerm(379)\033\\\033]11;rgb:ff/ff/ff\033\\" DA1, 0},
    {"\033[6;20", ";10t" DA1, 0},
    {"\033]10;rgb:ff", "ff/ff/ff\033\\", 0},
};
enum { ROWS = sizeof table / sizeof table[0] };

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void expect_picture(const struct pty *p, size_t row)
{
    struct canvas c;
    struct text report = TEXT_INIT;
    canvas_init(&c, p->screen.rows, p->screen.columns);
    sample_paint(&c, p->screen.keys);
    size_t wrong = compare_screen(&c, &p->screen, &report);
    if (wrong || p->screen.unknown)
        fail_msg("row %zu: %zu cells wrong, %zu sequences unknown\n%s", row, wrong,
                 p->screen.unknown, report.bytes);
    canvas_release(&c);
    text_release(&report);
}

static bool ends_with_da1(const char *questions)
{
    size_t len = strlen(questions);
    return len >= 3 && strcmp(questions + len - 3, "\033[c") == 0;
}

static void no_answer_does_harm(void **state)
{
    (void)state;
    static const char *const argv[] = {"/proc/self/exe", "paint", NULL};
    static const char *const text[] = {"CPDIR_PAINTER=text", NULL};
    for (size_t i = 0; i < ROWS; i++) {
        struct pty_start s = {.argv = argv, .environment = text, .mute = true};
        struct pty p;
        assert_true(pty_open(&p, &s));
        while (!ends_with_da1(p.output.bytes))
            assert_true(pty_read(&p));
        long asked = now_ms();
        pty_send(&p, table[i].at_once, strlen(table[i].at_once), table[i].keys);
        if (!pty_settle(&p))
            fail_msg("row %zu: %lu keys instead of %lu", i, p.screen.keys, p.keys_sent);
        long took = now_ms() - asked;
        if (took > WAIT_MOST_MS + SLACK_MS)
            fail_msg("row %zu: %ld ms", i, took);
        pty_send(&p, table[i].late, strlen(table[i].late), 0);
        for (int k = 0; k < 3; k++) {
            if (!pty_press(&p, "x"))
                fail_msg("row %zu: %lu keys instead of %lu", i, p.screen.keys, p.keys_sent);
            expect_picture(&p, i);
        }
        pty_close(&p);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "paint") == 0)
        return sample_show(argc > 2);
    if (!width_init())
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_answer_does_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
