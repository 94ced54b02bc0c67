/* `cpdir rules`: the tables an office may replace, run as the real program. */
#include "tests/tui/program.h"

static char folder[512];

static int open_program(void **state)
{
    struct program *p = mem_zalloc(1, sizeof *p);
    program_open(p);
    program_path(p, "office", folder);
    *state = p;
    return 0;
}

static int close_program(void **state)
{
    program_close(*state);
    free(*state);
    return 0;
}

static void the_built_in_tables_are_in_use_until_an_office_has_its_own(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "rules", "--rules", folder), 0);
    assert_int_equal(count_lines(&p->out), 6);
    assert_true(has(&p->out, "step.tsv       built in"));
    assert_true(has(&p->out, "package.tsv    built in"));
    assert_int_equal(RUN(p, "rules", "copy", "--rules", folder), 0);
    assert_true(has(&p->out, "referral.tsv   this office's own"));
    assert_false(has(&p->out, "built in"));
}

/* What is copied out leads where the built-in tables lead. */
static void a_copy_says_what_the_built_in_tables_say(void **state)
{
    struct program *p = *state;
    struct text first = TEXT_INIT;
    assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", "070303"), 0);
    text_add(&first, p->out.bytes, p->out.len);
    assert_int_equal(RUN(p, "rules", "copy", "--rules", folder), 0);
    assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", "070303", "--rules", folder), 0);
    assert_string_equal(p->out.bytes, first.bytes);
    assert_int_equal(p->err.len, 0);
    text_release(&first);
}

static void copying_again_leaves_what_the_office_changed(void **state)
{
    struct program *p = *state;
    const char *own = "# level\tkind\tleast\tsource\nnation\tA1\t1\tours\n"
                      "province\tB2\t1\tours\ndistrict\tB2\t1\tours\ncommune\tB1\t2\tours\n";
    assert_int_equal(RUN(p, "rules", "copy", "--rules", folder), 0);
    program_write(p, "office/package.tsv", own, strlen(own));
    assert_int_equal(RUN(p, "rules", "copy", "--rules", folder), 0);
    assert_int_equal(RUN(p, "coverage", "--area", "070303", "--format", "tsv", "--rules", folder),
                     0);
    assert_int_equal(count_lines(&p->out), 2);
}

static void a_wrong_table_is_refused_and_the_others_of_its_set_left_out(void **state)
{
    struct program *p = *state;
    const char *bad = "# needs\ttopic\ten\tkm\tsource\n*\tsay\tListen.\t\tours\n";
    assert_int_equal(RUN(p, "rules", "copy", "--rules", folder), 0);
    program_write(p, "office/advice.tsv", bad, strlen(bad));
    assert_int_equal(RUN(p, "rules", "--rules", folder), 3);
    assert_true(has(&p->out, "advice.tsv     refused"));
    assert_true(has(&p->out, "advice.tsv, line 2: \"km\" must not be empty."));
    assert_true(has(&p->out, "step.tsv       not used"));
    assert_true(has(&p->out, "package.tsv    this office's own"));
    assert_int_equal(RUN(p, "rules", "--rules", folder, "--format", "json"), 3);
    assert_true(has(&p->out, "\"state\":\"refused\",\"line\":2,"));
}

/* A pipe would keep the program waiting for ever. */
static void a_pipe_in_the_place_of_a_table_is_refused(void **state)
{
    struct program *p = *state;
    char path[600];
    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(path, sizeof path, "%s/step.tsv", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(RUN(p, "rules", "--rules", folder), 3);
    assert_true(has(&p->out, "step.tsv: the file cannot be read."));
}

static void what_cannot_be_written_is_told_in_one_line(void **state)
{
    struct program *p = *state;
    program_write(p, "office", "", 0);
    assert_int_equal(RUN(p, "rules", "copy", "--rules", folder), 3);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "rules", "other"), 2);
    assert_one_line(&p->err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)
        TEST(the_built_in_tables_are_in_use_until_an_office_has_its_own),
        TEST(a_copy_says_what_the_built_in_tables_say),
        TEST(copying_again_leaves_what_the_office_changed),
        TEST(a_wrong_table_is_refused_and_the_others_of_its_set_left_out),
        TEST(a_pipe_in_the_place_of_a_table_is_refused),
        TEST(what_cannot_be_written_is_told_in_one_line),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
