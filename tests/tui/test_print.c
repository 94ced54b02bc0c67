/* Where a printed page is offered to be written to. */
#include "tests/tui/screen.h"

#include <sys/stat.h>

#include "tui/print.h"

static char home[600];

static int setup(void **state)
{
    static int number;
    char path[700];
    const char *tmp = getenv("TMPDIR");
    (void)state;
    snprintf(home, sizeof home, "%s/home-%d", tmp ? tmp : "/tmp", number++);
    assert_int_equal(mkdir(home, 0700), 0);
    snprintf(path, sizeof path, "%s/.config", home);
    assert_int_equal(mkdir(path, 0700), 0);
    setenv("HOME", home, 1);
    unsetenv("XDG_DOCUMENTS_DIR");
    unsetenv("XDG_CONFIG_HOME");
    return 0;
}

static void make(const char *name)
{
    char path[700];
    snprintf(path, sizeof path, "%s/%s", home, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static void write_dirs(const char *line)
{
    char path[700];
    snprintf(path, sizeof path, "%s/.config/user-dirs.dirs", home);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "# comment\nXDG_DESKTOP_DIR=\"$HOME/Desktop\"\n%s\n", line);
    fclose(f);
}

static void assert_folder(const char *of_home, const char *whole)
{
    struct text out = TEXT_INIT, wanted = TEXT_INIT;
    text_addf(&wanted, "%s%s", whole ? whole : home, of_home);
    print_folder(&out);
    assert_string_equal(out.bytes, wanted.bytes);
    text_release(&out);
    text_release(&wanted);
}

static void the_environment_decides_first(void **state)
{
    (void)state;
    make("Documents");
    setenv("XDG_DOCUMENTS_DIR", "/srv/papers", 1);
    assert_folder("", "/srv/papers");
    setenv("XDG_DOCUMENTS_DIR", "papers", 1); /* not from the root: nobody knows where */
    assert_folder("/Documents", NULL);
}

static void the_desktops_folder_comes_next_where_it_is_there(void **state)
{
    (void)state;
    make("Documents");
    make("\u17AF\u1780\u179F\u17B6\u179A");
    write_dirs("XDG_DOCUMENTS_DIR=\"$HOME/\u17AF\u1780\u179F\u17B6\u179A\"");
    assert_folder("/\u17AF\u1780\u179F\u17B6\u179A", NULL);
    write_dirs("XDG_DOCUMENTS_DIR=\"$HOME/gone\"");
    assert_folder("/Documents", NULL);
    write_dirs("XDG_DOCUMENTS_DIR=\"");
    assert_folder("/Documents", NULL);
}

static void without_a_folder_of_documents_it_is_the_home(void **state)
{
    (void)state;
    assert_folder("", NULL);
    make("Documents");
    assert_folder("/Documents", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_environment_decides_first, setup),
        cmocka_unit_test_setup(the_desktops_folder_comes_next_where_it_is_there, setup),
        cmocka_unit_test_setup(without_a_folder_of_documents_it_is_the_home, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
