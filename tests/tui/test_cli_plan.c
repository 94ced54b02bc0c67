/* `cpdir plan` and `cpdir who`, run as the real program. */
#include "tests/tui/program.h"

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

static void rows_of_the_plan_have_the_keys_in_order(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "plan", "--area", "Chhuk", "--format", "json"), 0);
    assert_true(has(&p->out, "{\"output\":\"2.2\",\"tier\":null,\"services\":15,\"located\":15,"
                             "\"covering\":0,\"confirmed\":0,\"programs\":0,\"title_km\":"));
    assert_true(has(&p->out, "{\"output\":\"2.2\",\"tier\":1,\"services\":15,\"located\":15,"
                             "\"covering\":0,\"confirmed\":0,\"programs\":null,"));
    assert_int_equal(RUN(p, "plan", "--format", "tsv"), 0);
    assert_true(has(&p->out, "\n2.2\t\t1652\t1652\t0\t0\t0\t"));
    assert_int_equal(RUN(p, "plan", "--area", "Nowhere at all"), 3);
}

static void the_plan_is_a_table_in_both_languages(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "plan", "--area", "0703"), 0);
    assert_true(has(&p->out, "2.6  Child protection in emergencies"));
    assert_true(has(&p->out, "tier 2"));
    assert_int_equal(RUN(p, "--lang", "km", "plan", "--area", "0703"), 0);
    assert_true(has(&p->out, "2.6  \u1780\u17B7\u1785\u17D2\u1785\u1780\u17B6\u179A"));
}

static void find_takes_an_output_or_a_programme(void **state)
{
    struct program *p = *state;
    assert_int_equal(
        RUN(p, "find", "--output", "2.2", "--area", "0703", "--format", "tsv", "--limit", "100"),
        0);
    assert_int_equal(count_lines(&p->out), 1 + 15);
    assert_int_equal(
        RUN(p, "find", "--output", "2", "--area", "0703", "--format", "tsv", "--limit", "100"), 0);
    assert_int_equal(count_lines(&p->out), 1 + 16);
    assert_int_equal(RUN(p, "find", "--output", "9.9"), 3);
    assert_true(has(&p->err, "9.9"));
}

static void who_has_a_line_for_each_organization_kind_and_area(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "who", "--area", "0703", "--type", "B1", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 15);
    assert_true(has(&p->out, "\"sector\":\"government\",\"type\":\"B1\",\"area\":\"070303\","
                             "\"reach\":\"area\",\"services\":[\""));
    assert_int_equal(RUN(p, "who", "--area", "0703", "--type", "hotline", "--format", "tsv"), 0);
    assert_true(has(&p->out, "\tngo\tA1\t070303\twider\t"));
    assert_int_equal(RUN(p, "who", "--area", "0703", "--type", "C8"), 1);
    assert_int_equal(RUN(p, "who", "--area", "0703", "--type", "nothing at all"), 3);
}

static void who_is_a_table_that_fits(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "who", "--area", "Kampot"), 0);
    assert_true(has(&p->out, "CCWC, 93 offices"));
    assert_true(has(&p->out, "Non-governmental organization"));
    assert_int_equal(RUN(p, "--lang", "km", "who", "--area", "07", "--type", "B2"), 0);
    assert_true(has(&p->out, "\u179F\u17D2\u179A\u17BB\u1780\u1788\u17BC\u1780"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_of_the_plan_have_the_keys_in_order),
        TEST(the_plan_is_a_table_in_both_languages),
        TEST(find_takes_an_output_or_a_programme),
        TEST(who_has_a_line_for_each_organization_kind_and_area),
        TEST(who_is_a_table_that_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
