/* Wrong input: each gives one clear line in the chosen language and its exit code, and nothing is
 * damaged. */
#include "tests/tui/program.h"

enum { PAGE_VERSION = 60 }; /* offset of user_version in an SQLite file, 4 bytes, big endian */

static const char *const langs[] = {"km", "en"};

static int open_program(void **state)
{
    struct program *p = mem_zalloc(1, sizeof *p);
    program_open(p);
    *state = p;
    return 0;
}

static int close_program(void **state)
{
    program_close(*state);
    free(*state);
    return 0;
}

/* Runs `area` on the folder's file.db in each language: exit code, one line that names the file,
 * the wanted words in it, and the file as it was. */
static void check_file(struct program *p, int code, const char *km, const char *en)
{
    char path[512];
    struct text before = TEXT_INIT, after = TEXT_INIT;
    program_path(p, "file.db", path);
    program_read(p, "file.db", &before);
    for (size_t i = 0; i < 2; i++) {
        p->lang = langs[i];
        assert_int_equal(RUN(p, "--db", path, "area"), code);
        assert_one_line(&p->err);
        assert_true(has(&p->err, path));
        if (!has(&p->err, i ? en : km))
            print_error("%s", p->err.bytes);
        assert_true(has(&p->err, i ? en : km));
        program_read(p, "file.db", &after);
        assert_int_equal(after.len, before.len);
        assert_memory_equal(after.bytes, before.bytes, before.len);
    }
    text_release(&before);
    text_release(&after);
}

/* A fresh directory at file.db. */
static void make_directory(struct program *p, struct text *ret_bytes)
{
    char path[512];
    program_path(p, "file.db", path);
    assert_int_equal(RUN(p, "--db", path, "area"), 0);
    program_read(p, "file.db", ret_bytes);
    assert_true(ret_bytes->len > 100);
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    struct program *p = *state;
    static const char words[] = "This is a letter, not a database.\n";
    program_write(p, "file.db", words, sizeof words - 1);
    check_file(p, 5, "មិនមែនជាឯកសាររបស់ cpdir", "is not a file of cpdir");
    program_write(p, "file.db", "", 0);
    check_file(p, 5, "មិនមែនជាឯកសាររបស់ cpdir", "is not a file of cpdir");
}

static void a_database_of_another_program_is_refused(void **state)
{
    struct program *p = *state;
    struct text bytes = TEXT_INIT;
    make_directory(p, &bytes);
    memset(bytes.bytes + 68, 0, 4); /* application_id */
    program_write(p, "file.db", bytes.bytes, bytes.len);
    check_file(p, 5, "មិនមែនជាឯកសាររបស់ cpdir", "is not a file of cpdir");
    text_release(&bytes);
}

static void a_newer_file_is_read_with_a_message(void **state)
{
    struct program *p = *state;
    struct text bytes = TEXT_INIT;
    make_directory(p, &bytes);
    bytes.bytes[PAGE_VERSION + 2] = 3;
    program_write(p, "file.db", bytes.bytes, bytes.len);
    check_file(p, 0, "ជំនាន់ថ្មីជាង", "newer cpdir");
    assert_true(count_lines(&p->out) >= 25);
    text_release(&bytes);
}

static void a_damaged_file_is_refused(void **state)
{
    struct program *p = *state;
    struct text bytes = TEXT_INIT;
    make_directory(p, &bytes);
    memset(bytes.bytes + 4096, 0x5A, bytes.len - 4096);
    program_write(p, "file.db", bytes.bytes, bytes.len);
    check_file(p, 5, "ខូចហើយ", "is damaged");
    text_release(&bytes);
}

static void a_file_that_may_not_be_read_is_told(void **state)
{
    struct program *p = *state;
    struct text bytes = TEXT_INIT;
    char path[512];
    make_directory(p, &bytes);
    text_release(&bytes);
    program_path(p, "file.db", path);
    assert_int_equal(chmod(path, 0), 0);
    p->nobody = true;
    check_file(p, 5, "គ្មានសិទ្ធិ", "no permission");
}

static void a_folder_in_place_of_the_file_is_refused(void **state)
{
    struct program *p = *state;
    char path[512];
    program_path(p, "file.db", path);
    assert_int_equal(mkdir(path, 0755), 0);
    for (size_t i = 0; i < 2; i++) {
        p->lang = langs[i];
        assert_int_equal(RUN(p, "--db", path, "area"), 5);
        assert_one_line(&p->err);
        assert_true(has(&p->err, path));
    }
    assert_int_equal(rmdir(path), 0); /* still empty */
}

static void without_space_no_half_directory_is_left(void **state)
{
    struct program *p = *state;
    char path[512];
    program_path(p, "file.db", path);
    p->file_limit = 100 * 1024;
    for (size_t i = 0; i < 2; i++) {
        p->lang = langs[i];
        assert_int_equal(RUN(p, "--db", path, "area"), 5);
        assert_one_line(&p->err);
        assert_true(has(&p->err, path));
        assert_true(has(&p->err, i ? "no space" : "គ្មានទំហំ"));
        assert_false(program_exists(p, "file.db"));
    }
}

static void output_that_cannot_be_written_is_told(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "area"), 0);
    p->output = "/dev/full";
    for (size_t i = 0; i < 2; i++) {
        p->lang = langs[i];
        assert_int_equal(RUN(p, "area"), 5);
        assert_one_line(&p->err);
        assert_true(has(&p->err, i ? "could not be written" : "សរសេរលទ្ធផលមិនបាន"));
        assert_int_equal(RUN(p, "--help"), 5);
    }
}

static void a_reader_that_goes_away_is_no_problem(void **state)
{
    struct program *p = *state;
    char command[1400];
    const char *build = getenv("CPDIR_BUILD");
    assert_int_equal(RUN(p, "area"), 0);
    snprintf(
        command, sizeof command,
        "HOME='%s/home' '%s/san/cpdir' find --type B1 --limit 2000 --format json 2> '%s/err' | "
        "head -n 1 > '%s/out'",
        p->folder, build ? build : "build", p->folder, p->folder);
    assert_int_equal(system(command), 0);
    program_read(p, "out", &p->out);
    program_read(p, "err", &p->err);
    assert_int_equal(count_lines(&p->out), 1);
    assert_int_equal(p->err.len, 0);
}

static void an_argument_that_is_not_utf8_is_refused(void **state)
{
    static const char *const rows[][4] = {{"find", "a\xFF"},
                                          {"\xC0\x80"},
                                          {"area", "--format", "\xED\xA0\x80"},
                                          {"find", "--area", "\xE1\x9E"},
                                          {"find", "--\xFE"}};
    struct program *p = *state;
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++)
        for (size_t i = 0; i < 2; i++) {
            p->lang = langs[i];
            assert_int_equal(program_run(p, rows[n]), 3);
            assert_one_line(&p->err);
            assert_true(has(&p->err, "UTF-8"));
            assert_false(has(&p->err, "\xFF"));
        }
    assert_false(program_exists(p, "home"));
}

static void an_escape_sequence_never_reaches_the_terminal(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "area", "\x1B]0;x\x07"), 1);
    assert_one_line(&p->err);
    assert_false(has(&p->err, "\x1B"));
    assert_int_equal(RUN(p, "area", "two\nlines"), 1);
    assert_one_line(&p->err);
}

static void wrong_values_are_refused(void **state)
{
    static const struct {
        const char *words[6];
        const char *named;
        int code;
    } rows[] = {
        {{"find", "x", "--area", "Atlantis"}, "Atlantis", 3},
        {{"find", "x", "--type", "Z9"}, "Z9", 3},
        {{"find", "x", "--tier", "4"}, "--tier", 3},
        {{"find", "x", "--age", "old"}, "--age", 3},
        {{"find", "x", "--sex", "x"}, "--sex", 3},
        {{"find", "x", "--status", "gone"}, "--status", 3},
        {{"find", "x", "--age", "14-10"}, "--age", 3},
        {{"find", "x", "--age", "10-"}, "--age", 3},
        {{"find", "x", "--open", "later"}, "--open", 3},
        {{"find", "x", "--need", "N15"}, "N15", 3},
        {{"find", "x", "--sector", "private"}, "--sector", 3},
        {{"find", "x", "--sector", ""}, "--sector", 3},
        {{"find", "x", "--level", "village"}, "--level", 3},
        {{"find", "x", "--confirmed", "maybe"}, "--confirmed", 3},
        {{"find", "x", "--limit", "0"}, "--limit", 3},
        {{"area", "--format", "xml"}, "--format", 3},
        {{"area", "--lang", "fr"}, "--lang", 3},
        {{"--theme", "pink"}, "--theme", 3},
    };
    struct program *p = *state;
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++)
        for (size_t i = 0; i < 2; i++) {
            p->lang = langs[i];
            assert_int_equal(program_run(p, rows[n].words), rows[n].code);
            assert_one_line(&p->err);
            assert_true(has(&p->err, rows[n].named));
            assert_int_equal(p->out.len, 0);
        }
}

static void wrong_command_lines_are_exit_2(void **state)
{
    static const char *const rows[][6] = {
        {"fnd"},
        {"find"},
        {"find", "--nonsense"},
        {"find", "x", "--area"},
        {"find", "x", "--located"},
        {"find", "x", "--area", "07", "--located", "--covering"},
        {"find", "--plain=yes", "x"},
        {"show"},
        {"show", "a", "b"},
        {"area", "--limit", "3"},
        {"--format", "json"},
        {"-x"},
    };
    struct program *p = *state;
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++) {
        const char *words[7] = {NULL};
        memcpy(words, rows[n], sizeof rows[n]);
        for (size_t i = 0; i < 2; i++) {
            p->lang = langs[i];
            assert_int_equal(program_run(p, words), 2);
            assert_one_line(&p->err);
            assert_true(has(&p->err, "--help"));
        }
    }
}

static void a_clock_that_is_none_is_refused(void **state)
{
    struct program *p = *state;
    unsetenv("CPDIR_NOW");
    p->extra[0] = "CPDIR_NOW=yesterday";
    assert_int_equal(RUN(p, "area"), 3);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "yesterday"));
}

static void without_a_home_the_program_asks_for_a_file(void **state)
{
    struct program *p = *state;
    p->no_home = true;
    assert_int_equal(RUN(p, "area"), 5);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "--db"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)
        TEST(a_file_that_is_no_database_is_refused),
        TEST(a_database_of_another_program_is_refused),
        TEST(a_newer_file_is_read_with_a_message),
        TEST(a_damaged_file_is_refused),
        TEST(a_file_that_may_not_be_read_is_told),
        TEST(a_folder_in_place_of_the_file_is_refused),
        TEST(without_space_no_half_directory_is_left),
        TEST(output_that_cannot_be_written_is_told),
        TEST(a_reader_that_goes_away_is_no_problem),
        TEST(an_argument_that_is_not_utf8_is_refused),
        TEST(an_escape_sequence_never_reaches_the_terminal),
        TEST(wrong_values_are_refused),
        TEST(wrong_command_lines_are_exit_2),
        TEST(without_a_home_the_program_asks_for_a_file),
        TEST(a_clock_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
