/* The line mode, with what a person types given through a pipe. */
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

static void type(struct program *p, const char *lines)
{
    program_write(p, "in", lines, strlen(lines));
    assert_int_equal(RUN(p, "--plain"), 0);
    assert_int_equal(p->err.len, 0);
}

static void numbers_lead_from_the_country_to_a_commune_and_back(void **state)
{
    struct program *p = *state;
    type(p, "7\n3\n3\nb\nb\nb\nb\nq\n");
    const char *kampot = strstr(p->out.bytes, "7. Kampot Province");
    assert_non_null(kampot);
    const char *chhuk = strstr(kampot, "3. Chhuk District");
    assert_non_null(chhuk);
    const char *commune = strstr(chhuk, "Boeng Nimol Commune");
    assert_non_null(commune);
    assert_non_null(strstr(commune, "Committee for Women and Children"));
    assert_non_null(strstr(commune, "7. Kampot Province")); /* back at the start */
}

static void a_service_opens_by_its_number(void **state)
{
    struct program *p = *state;
    type(p, "1280\n1\nq\n");
    const char *list = strstr(p->out.bytes, "1. Child Helpline Cambodia (CHC)");
    assert_non_null(list);
    assert_non_null(strstr(list + 1, "Telephone"));
}

static void words_search_and_khmer_digits_count(void **state)
{
    struct program *p = *state;
    type(p, "chhuk social affairs\nq\n");
    assert_true(has(&p->out, "1. Chhuk District Office of Social Affairs and Social Welfare"));
    type(p, "\xE2\x80\x8B៧\xE2\x80\x8B\nq\n");
    assert_true(has(&p->out, "Chhuk District"));
    type(p, "qqqqqqqqq\nq\n");
    assert_true(has(&p->out, "Nothing was found."));
}

static void commands_work_on_the_khmer_keyboard(void **state)
{
    struct program *p = *state;
    type(p, "7\nប\nល\n?\nឆ\n999\n");
    assert_true(has(&p->out, "7. Kampot Province"));
    assert_true(has(&p->out, "7. ខេត្តកំពត"));
    assert_true(has(&p->out, "វាយលេខដើម្បីបើក"));
    assert_false(has(&p->out, "រកមិនឃើញ")); /* left before 999 */
}

static void an_empty_line_shows_what_follows(void **state)
{
    struct program *p = *state;
    type(p, "12\n\nq\n");
    assert_true(has(&p->out, "There are more."));
    const char *first = strstr(p->out.bytes, "There are more.");
    assert_non_null(strstr(first, "\n1. ")); /* the next services begin at 1 again */
}

static void the_end_of_input_leaves_and_bad_bytes_are_told(void **state)
{
    struct program *p = *state;
    type(p, "\xFF\xFE\n7");
    assert_true(has(&p->out, "This line is not valid text."));
    assert_true(has(&p->out, "3. Chhuk District"));
    type(p, "");
    assert_true(has(&p->out, "25. "));
}

static void without_a_terminal_the_line_mode_is_used(void **state)
{
    struct program *p = *state;
    program_write(p, "in", "q\n", 2);
    assert_int_equal(program_run(p, (const char *const[]){NULL}), 0);
    assert_true(has(&p->out, "7. Kampot Province"));
}

static void a_need_and_a_place_lead_to_the_steps_as_a_list(void **state)
{
    struct program *p = *state;
    type(p, "p\n7\n3\n3\np\n3\n2\nb\nq\n"); /* N3 in Boeng Nimol; the service of step 2 */
    assert_true(has(&p->out, "A pathway begins in a commune or a district"));
    const char *needs = strstr(p->out.bytes, "What does the child need?");
    assert_non_null(needs);
    const char *steps = strstr(needs, "\n2. Tell the commune");
    assert_non_null(steps);
    assert_non_null(strstr(steps, "Committee for Women and Children"));
    struct text steps_alone = TEXT_INIT;
    assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", "070303"), 0);
    text_adds(&steps_alone, p->out.bytes);
    type(p, "7\n3\n3\np\n3\nq\n");
    assert_true(has(&p->out, steps_alone.bytes)); /* the same as the command says */
    text_release(&steps_alone);
}

static void what_is_due_opens_by_its_number(void **state)
{
    struct program *p = *state;
    type(p, "7\nd\n1\nb\n\nq\n");
    assert_true(has(&p->out, "There are more."));
    assert_true(has(&p->out, "Contact details needed: no telephone number is known yet."));
}

static void the_minimum_services_of_an_area_are_a_table(void **state)
{
    struct program *p = *state;
    struct text alone = TEXT_INIT;
    assert_int_equal(RUN(p, "coverage", "--area", "0703"), 0);
    text_adds(&alone, p->out.bytes);
    type(p, "7\n3\nm\nq\n");
    assert_true(has(&p->out, alone.bytes));
    text_release(&alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)
        TEST(numbers_lead_from_the_country_to_a_commune_and_back),
        TEST(a_service_opens_by_its_number),
        TEST(words_search_and_khmer_digits_count),
        TEST(commands_work_on_the_khmer_keyboard),
        TEST(an_empty_line_shows_what_follows),
        TEST(the_end_of_input_leaves_and_bad_bytes_are_told),
        TEST(without_a_terminal_the_line_mode_is_used),
        TEST(a_need_and_a_place_lead_to_the_steps_as_a_list),
        TEST(what_is_due_opens_by_its_number),
        TEST(the_minimum_services_of_an_area_are_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
