/* `cpdir coverage`, run as the real program. */
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

static void cells_have_the_keys_in_order(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "coverage", "--area", "Boeng Nimol", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 4);
    assert_true(has(&p->out, "{\"area\":\"070303\",\"type\":\"B1\",\"required\":1,\"located\":1,"
                             "\"covering\":0,\"unconfirmed\":1,\"state\":\"unconfirmed\""));
    assert_int_equal(RUN(p, "coverage", "--format", "tsv"), 0);
    assert_int_equal(count_lines(&p->out), 1 + 2 + 25 * 14 + 210 * 8 + 1652 * 4);
}

static void districts_are_ranked_by_their_gaps(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "coverage", "--rank", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 210);
    assert_true(has(&p->out, "\"required\":"));
}

static void another_day_tells_what_changed(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "coverage", "--area", "0703"), 0);
    assert_false(has(&p->out, "?+"));
    assert_int_equal(RUN(p, "coverage", "--area", "0703", "--against", "1/6/2026"), 0);
    assert_true(has(&p->out, "?+"));
    assert_int_equal(RUN(p, "--lang", "km", "coverage", "--area", "0703", "--as-of", "1/6/2026"),
                     0);
    assert_true(has(&p->out, "ស្រុកឈូក"));
    assert_int_equal(RUN(p, "coverage", "--against", "soon"), 3);
    assert_int_equal(RUN(p, "coverage", "--area", "Nowhere at all"), 3);
}

static void a_bad_package_is_told_and_the_built_in_one_used(void **state)
{
    struct program *p = *state;
    char path[512], folder[600];
    const char *bad = "# level\tkind\tleast\tsource\ncommune\tZ9\t1\tours\n";
    program_path(p, "rules", path);
    assert_int_equal(mkdir(path, 0700), 0);
    program_write(p, "rules/package.tsv", bad, strlen(bad));
    snprintf(folder, sizeof folder, "CPDIR_RULES=%s", path);
    p->extra[0] = folder;
    assert_int_equal(RUN(p, "coverage", "--area", "070303"), 0);
    assert_true(has(&p->err, "package.tsv, line 2: \"Z9\" is unknown."));
    assert_true(has(&p->out, "H5"));
}

/* Nothing in it names a place to fetch something from, and the browser is told to fetch nothing. */
static void the_page_is_one_file_that_asks_for_nothing(void **state)
{
    static const char *const outside[] = {"http:",   "https:",  "src=", "href=", "url(",
                                          "@import", "<script", "<img", "<link", "<iframe"};
    struct program *p = *state;
    for (int km = 0; km < 2; km++) {
        assert_int_equal(RUN(p, "--lang", km ? "km" : "en", "coverage", "--area", "07", "--against",
                             "1/6/2026", "--format", "html"),
                         0);
        for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
            assert_false(has(&p->out, outside[i]));
        assert_true(has(&p->out, "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
        assert_true(has(&p->out, km ? "<html lang=\"km\">" : "<html lang=\"en\">"));
        assert_true(has(&p->out, km ? "ស្រុកឈូក" : "Chhuk District"));
        assert_true(has(&p->out, "01/06/2026"));
        assert_true(has(&p->out, "@page{size:A4"));
    }
    assert_int_equal(RUN(p, "find", "--format", "html"), 3); /* no other command makes pages */
}

/* A name may hold anything a person typed. */
static void names_are_text_on_the_page(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "person", "--name", "Sok Dara", "--role", "editor", "--area", "0703"),
                     0);
    assert_int_equal(RUN(p, "add", "organization", "name_en=Lamp", "sector=ngo", "+", "service",
                         "name_en=<b onclick=\"x\">Lamp & Co</b>", "+", "service_area", "area=0703",
                         "+", "term_link", "term=C1", "type=service_type", "+", "phone",
                         "number=012 999 111"),
                     0);
    assert_int_equal(RUN(p, "coverage", "--area", "0703", "--format", "html"), 0);
    assert_true(has(&p->out, "&lt;b onclick=&quot;x&quot;&gt;Lamp &amp; Co&lt;/b&gt;"));
    assert_false(has(&p->out, "<b onclick"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cells_have_the_keys_in_order),
        TEST(districts_are_ranked_by_their_gaps),
        TEST(another_day_tells_what_changed),
        TEST(a_bad_package_is_told_and_the_built_in_one_used),
        TEST(the_page_is_one_file_that_asks_for_nothing),
        TEST(names_are_text_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
