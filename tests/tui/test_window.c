/* man/cpdir-window with a PATH of made-up terminals, which write down their name and switches and
 * run what they are given as a terminal would; cpdir itself is made up too and writes down its
 * arguments. What must be chosen is said here once more, in C. */
#include "tests/tui/program.h"

#define KONSOLE_NEW "konsole 22.12.3"

enum { KONSOLE, KITTY, FOOT, MLTERM, XTERM, SYSTEM, TERMINALS };

/* Switches before what is run, as the terminal gets them; where the terminal can be opened. */
static const struct terminal {
    const char *name, *switches;
    bool x, wayland;
} terminals[TERMINALS] = {
    [KONSOLE] = {"konsole", "--nofork -e ", true, true},
    [KITTY] = {"kitty",
               "--title cpdir -o remember_window_size=no -o initial_window_width=80c -o "
               "initial_window_height=25c ",
               true, true},
    [FOOT] = {"foot", "--title=cpdir --window-size-chars=80x25 ", false, true},
    [MLTERM] = {"mlterm", "--title=cpdir --term=xterm-256color --geometry=80x25 -e ", true, false},
    [XTERM] = {"xterm", "-T cpdir -geometry 80x25 -ti vt340 -u8 -fa [DejaVu Sans Mono] -fs 12 -e ",
               true, false},
    [SYSTEM] = {"x-terminal-emulator", "-e ", true, true},
};

static void write_program(const struct program *p, const char *name, const char *text)
{
    char path[600], file[64];
    snprintf(file, sizeof file, "bin/%s", name);
    program_write(p, file, text, strlen(text));
    snprintf(path, sizeof path, "%s/%s", p->folder, file);
    assert_int_equal(chmod(path, 0755), 0);
}

static void forget(const struct program *p, const char *name)
{
    char path[600];
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    unlink(path);
}

/* Takes its own switches apart as far as "sh", then is the window. Konsole knows its version. */
static void write_terminal(const struct program *p, const char *name, const char *version)
{
    char text[1024];
    snprintf(text, sizeof text,
             "#!/bin/sh\n"
             "[ \"$1\" != --version ] || { echo '%s'; exit; }\n"
             "{ printf '%%s: ' '%s'\n"
             "while [ $# -gt 0 ] && [ \"$1\" != sh ]; do\n"
             "  case $1 in *' '*) printf '[%%s] ' \"$1\" ;; *) printf '%%s ' \"$1\" ;; esac\n"
             "  shift\n"
             "done; echo; } >> \"$HERE/opened\"\n"
             "exec \"$@\"\n",
             version, name);
    write_program(p, name, text);
}

/* The programs of the system that the script may use, and nothing else of it. */
static void link_tools(const struct program *p)
{
    static const char *const tools[] = {"sh",    "sed", "awk",    "cat",    "cut",
                                        "paste", "rm",  "mktemp", "dirname"};
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        char command[700];
        snprintf(command, sizeof command, "ln -s \"$(command -v %s)\" '%s/bin/%s'", tools[i],
                 p->folder, tools[i]);
        assert_int_equal(system(command), 0);
    }
}

static int setup(void **state)
{
    struct program *p = malloc(sizeof *p);
    char path[512];
    program_open(p);
    snprintf(path, sizeof path, "%s/bin", p->folder);
    assert_int_equal(mkdir(path, 0755), 0);
    snprintf(path, sizeof path, "%s/tmp", p->folder);
    assert_int_equal(mkdir(path, 0755), 0);
    link_tools(p);
    write_program(p, "fc-list", "#!/bin/sh\ncase $1 in DejaVu*) echo \"$1\" ;; esac\n");
    write_program(p, "cpdir",
                  "#!/bin/sh\n"
                  "for word; do printf '<%s>' \"$word\"; done > \"$HERE/arguments\"\n"
                  "pwd > \"$HERE/place\"\n"
                  "exit ${CPDIR_ENDS:-0}\n");
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    program_close(*state);
    free(*state);
    return 0;
}

/* `session`: assignments such as "DISPLAY=:1". Runs the script under its own name and the given
 * shell words, with the made-up programs for PATH. */
static int run_window(struct program *p, const char *session, const char *words)
{
    const char *top = getenv("CPDIR_TOP");
    char command[4096];
    const char *f = p->folder;
    forget(p, "opened");
    forget(p, "arguments");
    snprintf(command, sizeof command,
             "env -i PATH='%s/bin' HERE='%s' HOME='%s' TMPDIR='%s/tmp' LC_ALL=C.UTF-8 %s "
             "sh '%s/man/cpdir-window' %s < '%s/in' > '%s/out' 2> '%s/err'",
             f, f, f, f, session, top ? top : ".", words, f, f, f);
    int state = system(command);
    assert_true(WIFEXITED(state));
    p->code = WEXITSTATUS(state);
    program_read(p, "out", &p->out);
    program_read(p, "err", &p->err);
    return p->code;
}

static void assert_file(struct program *p, const char *name, const char *expected)
{
    struct text t;
    text_init(&t);
    program_read(p, name, &t);
    assert_string_equal(t.bytes ? t.bytes : "", expected);
    text_release(&t);
}

static void assert_opened(struct program *p, int terminal)
{
    char line[256];
    snprintf(line, sizeof line, "%s: %s\n", terminals[terminal].name, terminals[terminal].switches);
    assert_file(p, "opened", line);
}

/* No file of the launcher stays behind. */
static void assert_clean(const struct program *p)
{
    char command[400];
    snprintf(command, sizeof command, "test -z \"$(ls -A '%s/tmp')\"", p->folder);
    assert_int_equal(system(command), 0);
}

static void install(const struct program *p, unsigned set)
{
    for (int i = 0; i < TERMINALS; i++) {
        char file[64];
        snprintf(file, sizeof file, "bin/%s", terminals[i].name);
        if (set & 1u << i)
            write_terminal(p, terminals[i].name, KONSOLE_NEW);
        else
            forget(p, file);
    }
}

static int best(unsigned set, bool x, bool wayland)
{
    for (int i = 0; i < TERMINALS; i++)
        if (set & 1u << i && ((x && terminals[i].x) || (wayland && terminals[i].wayland)))
            return i;
    return TERMINALS;
}

static void test_best_of_every_set_of_terminals(void **state)
{
    static const char *const sessions[] = {"", "DISPLAY=:7", "WAYLAND_DISPLAY=w",
                                           "DISPLAY=:7 WAYLAND_DISPLAY=w"};
    struct program *p = *state;
    for (unsigned set = 0; set < 1u << TERMINALS; set++) {
        install(p, set);
        for (unsigned session = 1; session < 4; session++) {
            int expected = best(set, session & 1, session & 2);
            run_window(p, sessions[session], "--lang km");
            assert_int_equal(p->code, expected == TERMINALS);
            if (expected == TERMINALS) {
                assert_file(p, "opened", "");
                continue;
            }
            assert_opened(p, expected);
            assert_file(p, "arguments", "<--lang><km>");
        }
    }
    assert_clean(p);
}

static void test_old_konsole_is_passed_over(void **state)
{
    static const struct {
        const char *version;
        int taken;
    } cases[] = {{"konsole 21.12.3", XTERM},
                 {"konsole 22.08.1", XTERM},
                 {"", XTERM},
                 {"konsole 22.12.0", KONSOLE},
                 {"konsole 25.04.2", KONSOLE}};
    struct program *p = *state;
    install(p, 1u << XTERM);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_terminal(p, "konsole", cases[i].version);
        assert_int_equal(run_window(p, "DISPLAY=:7", ""), 0);
        assert_opened(p, cases[i].taken);
    }
}

static void test_next_one_when_a_terminal_does_not_come_up(void **state)
{
    struct program *p = *state;
    install(p, 1u << KITTY | 1u << MLTERM | 1u << XTERM);
    write_program(p, "kitty", "#!/bin/sh\necho no OpenGL >&2\nexit 1\n");
    assert_int_equal(run_window(p, "DISPLAY=:7", "'a b'"), 0);
    assert_opened(p, MLTERM);
    assert_file(p, "arguments", "<a b>");
    assert_true(has(&p->err, "kitty"));
    assert_clean(p);
}

static void test_arguments_arrive_as_they_were(void **state)
{
    struct program *p = *state;
    for (int i = 0; i < TERMINALS; i++) {
        install(p, 1u << i);
        assert_int_equal(
            run_window(p, "DISPLAY=:7 WAYLAND_DISPLAY=w",
                       "-- --db \"a  b/it's \\\"x\\\".db\" '' '$HOME \\n `ls` *' 'ឈូក ស' '\n2\n'"),
            terminals[i].x || terminals[i].wayland ? 0 : 1);
        assert_file(p, "arguments", "<--db><a  b/it's \"x\".db><><$HOME \\n `ls` *><ឈូក ស><\n2\n>");
    }
    assert_clean(p);
}

static void test_program_starts_where_the_launcher_was(void **state)
{
    struct program *p = *state;
    char place[600];
    install(p, 1u << XTERM);
    write_program(p, "xterm",
                  "#!/bin/sh\nwhile [ \"$1\" != sh ]; do shift; done\ncd /\nexec \"$@\"\n");
    assert_non_null(getcwd(place, sizeof place - 1));
    strcat(place, "\n");
    run_window(p, "DISPLAY=:7", "");
    assert_file(p, "place", place);
}

static void test_failure_stays_readable_until_enter(void **state)
{
    struct program *p = *state;
    install(p, 1u << XTERM);
    assert_int_equal(run_window(p, "DISPLAY=:7 CPDIR_ENDS=5", ""), 5);
    assert_true(has(&p->out, "Enter"));
    run_window(p, "DISPLAY=:7", "");
    assert_false(has(&p->out, "Enter"));
}

static void test_terminal_can_be_chosen(void **state)
{
    struct program *p = *state;
    install(p, (1u << TERMINALS) - 1);
    for (int i = 0; i < TERMINALS; i++) {
        char words[64];
        snprintf(words, sizeof words, "--terminal%s%s x", i % 2 ? "=" : " ", terminals[i].name);
        assert_int_equal(run_window(p, "DISPLAY=:7 WAYLAND_DISPLAY=w", words), 0);
        assert_opened(p, i);
        assert_file(p, "arguments", "<x>");
    }
    assert_int_equal(run_window(p, "DISPLAY=:7", "--terminal foot"), 1);
    assert_true(has(&p->err, "Wayland"));
    assert_int_equal(run_window(p, "DISPLAY=:7", "--terminal notepad"), 2);
    assert_int_equal(run_window(p, "DISPLAY=:7", "--terminal"), 2);
    assert_false(program_exists(p, "opened"));
}

static void test_without_a_desktop_it_runs_here(void **state)
{
    struct program *p = *state;
    install(p, (1u << TERMINALS) - 1);
    assert_int_equal(run_window(p, "CPDIR_ENDS=1", "find 'a b'"), 1);
    assert_file(p, "arguments", "<find><a b>");
    assert_false(program_exists(p, "opened"));
    assert_int_equal(run_window(p, "DISPLAY= WAYLAND_DISPLAY=", "x"), 0);
    assert_false(program_exists(p, "opened"));
}

static void test_nothing_installed_says_what_to_install(void **state)
{
    struct program *p = *state;
    install(p, 0);
    write_program(p, "notify-send", "#!/bin/sh\nprintf '%s' \"$2\" > \"$HERE/notified\"\n");
    assert_int_equal(run_window(p, "DISPLAY=:7", ""), 1);
    assert_int_equal(count_lines(&p->err), 1);
    assert_true(has(&p->err, "apt install konsole"));
    assert_true(has(&p->err, "សូមដំឡើង"));
    assert_true(program_exists(p, "notified"));
    assert_false(program_exists(p, "arguments"));
    assert_int_equal(run_window(p, "DISPLAY=:7", "--list"), 1);
    assert_clean(p);
}

static void test_list_marks_the_one_taken(void **state)
{
    struct program *p = *state;
    for (unsigned set = 1; set < 1u << TERMINALS; set++) {
        char mark[64];
        int expected = best(set, true, false);
        install(p, set);
        run_window(p, "DISPLAY=:7", "--list");
        assert_int_equal(count_lines(&p->out), TERMINALS);
        if (expected < TERMINALS) {
            snprintf(mark, sizeof mark, "> %s ", terminals[expected].name);
            assert_true(has(&p->out, mark));
        } else {
            assert_false(has(&p->out, "> "));
        }
        assert_false(program_exists(p, "opened"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_best_of_every_set_of_terminals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_old_konsole_is_passed_over, setup, teardown),
        cmocka_unit_test_setup_teardown(test_next_one_when_a_terminal_does_not_come_up, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_arguments_arrive_as_they_were, setup, teardown),
        cmocka_unit_test_setup_teardown(test_program_starts_where_the_launcher_was, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_failure_stays_readable_until_enter, setup, teardown),
        cmocka_unit_test_setup_teardown(test_terminal_can_be_chosen, setup, teardown),
        cmocka_unit_test_setup_teardown(test_without_a_desktop_it_runs_here, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_installed_says_what_to_install, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_list_marks_the_one_taken, setup, teardown),
    };
    return cmocka_run_group_tests_name("cpdir-window", tests, NULL, NULL);
}
