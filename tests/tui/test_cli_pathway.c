/* `cpdir pathway`, run as the real program: a girl of 14 in Boeng Nimol, Chhuk, sexual violence. */
#include "tests/tui/program.h"

#define GIRL "--need", "N3", "--area", "Boeng Nimol", "--age", "14", "--sex", "f"

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

/* The output is what stands in tests/golden; CPDIR_GOLDEN=write writes it anew. */
static void assert_golden(const struct program *p, const char *name)
{
    char path[600];
    const char *top = getenv("CPDIR_TOP"), *mode = getenv("CPDIR_GOLDEN");
    struct text wanted = TEXT_INIT;
    char block[4096];
    size_t got;
    snprintf(path, sizeof path, "%s/tests/golden/%s.text", top ? top : ".", name);
    FILE *f = fopen(path, mode && !strcmp(mode, "write") ? "wb+" : "rb");
    assert_non_null(f);
    if (mode && !strcmp(mode, "write"))
        assert_int_equal(fwrite(p->out.bytes, 1, p->out.len, f), p->out.len);
    rewind(f);
    while ((got = fread(block, 1, sizeof block, f)) > 0)
        text_add(&wanted, block, got);
    fclose(f);
    assert_string_equal(p->out.bytes, wanted.bytes);
    text_release(&wanted);
}

static void a_girl_of_14_is_led_step_by_step_in_both_languages(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "pathway", GIRL), 0);
    assert_int_equal(p->err.len, 0);
    assert_golden(p, "pathway.en");
    assert_int_equal(RUN(p, "--lang", "km", "pathway", GIRL), 0);
    assert_golden(p, "pathway.km");
}

static void needs_are_known_by_code_name_and_what_happened(void **state)
{
    static const char *const ways[] = {"n3", "Sexual abuse", "ការរំលោភបំពានផ្លូវភេទ", "rape"};
    struct program *p = *state;
    struct text first = TEXT_INIT;
    assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", "070303", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 14);
    text_add(&first, p->out.bytes, p->out.len);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_int_equal(
            RUN(p, "pathway", "--need", ways[i], "--area", "070303", "--format", "json"), 0);
        assert_string_equal(p->out.bytes, first.bytes);
    }
    text_release(&first);
}

/* An invented shelter of the commune's district for girls from..to years old. */
static void add_shelter(struct program *p, const char *from, const char *to, char id[64])
{
    char least[32], most[32];
    snprintf(least, sizeof least, "minimum_age=%s", from);
    snprintf(most, sizeof most, "maximum_age=%s", to);
    assert_int_equal(RUN(p, "add", "organization", "name_en=Invented body", "sector=ngo", "+",
                         "service", "name_en=Invented shelter", least, most, "sex=female", "+",
                         "service_area", "area=0703", "+", "term_link", "term=A3",
                         "type=service_type", "+", "phone", "number=099 000 111", "--format",
                         "tsv"),
                     0);
    const char *line = strstr(p->out.bytes, "\tservice\t");
    assert_non_null(line);
    snprintf(id, 37, "%.36s", line - 36);
}

/* Runs the pathway; the line of step 8, the shelter, holds `part`. */
static void assert_shelter(struct program *p, const char *part)
{
    assert_int_equal(RUN(p, "pathway", GIRL, "--format", "json"), 0);
    const char *line = strstr(p->out.bytes, "{\"step\":8,");
    assert_non_null(line);
    struct text step = TEXT_INIT;
    text_add(&step, line, strcspn(line, "\n"));
    if (!has(&step, part))
        fail_msg("%s is not in %s", part, step.bytes);
    text_release(&step);
}

static void the_way_follows_the_shelter_of_the_district(void **state)
{
    struct program *p = *state;
    char id[64];
    assert_int_equal(
        RUN(p, "person", "--name", "Tester", "--role", "approver", "--area", "Kampot Province"), 0);
    assert_shelter(p, "\"reason\":\"gap\"");
    add_shelter(p, "6", "12", id); /* does not take girls of 14 */
    assert_shelter(p, "\"reason\":\"gap\"");
    assert_shelter(p, "\"unsuitable\":\"");
    assert_int_equal(RUN(p, "pathway", GIRL), 0);
    assert_true(has(&p->out, "Passed over: Invented shelter is nearer but not for: "
                             "14 years old \xC2\xB7 girl."));
    assert_int_equal(RUN(p, "set", id, "maximum_age=17"), 0);
    assert_shelter(p, "\"unsuitable\":null");
    assert_shelter(p, id);
    assert_shelter(p, "\"reason\":\"nearest\"");
    assert_int_equal(RUN(p, "set", id, "status=temporarily_closed"), 0);
    assert_shelter(p, "\"reason\":\"gap\"");
    assert_shelter(p, "\"suspended\":\"");
    assert_int_equal(RUN(p, "pathway", GIRL), 0);
    assert_true(has(&p->out, "Passed over: Invented shelter is temporarily closed."));
    assert_int_equal(RUN(p, "set", id, "status=active"), 0);
    assert_shelter(p, "\"reason\":\"nearest\"");
    assert_int_equal(RUN(p, "close", id, "--reason", "moved away"), 0);
    assert_shelter(p, "\"reason\":\"gap\"");
}

static void tiers_1_and_2_stay_with_the_commune(void **state)
{
    struct program *p = *state;
    assert_int_equal(
        RUN(p, "pathway", "--need", "N12", "--area", "070303", "--tier", "1", "--format", "json"),
        0);
    assert_false(has(&p->out, "The district's social-affairs office"));
    assert_true(has(&p->out, "\"level\":\"commune\""));
}

static void the_hours_since_it_happened_set_the_clock(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "pathway", GIRL, "--hours", "3"), 0);
    assert_non_null(strstr(p->out.bytes, "until 04/07/2026 06:00, 69 hours left."));
    assert_int_equal(RUN(p, "pathway", GIRL, "--hours", "3", "--format", "json"), 0);
    assert_non_null(strstr(p->out.bytes, "\"deadline\":\"2026-07-03T23:00:00Z\""));
    assert_int_equal(RUN(p, "pathway", GIRL, "--hours", "73"), 0);
    assert_non_null(strstr(p->out.bytes, "The 72 hours are over since 01/07/2026 08:00."));
    assert_int_equal(RUN(p, "pathway", GIRL, "--hours", "-1"), 3);
}

static void what_is_asked_wrongly_is_told_in_one_line(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "pathway", "--need", "N3"), 2);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "--area"));
    assert_int_equal(RUN(p, "pathway", "--area", "0703"), 2);
    assert_int_equal(RUN(p, "pathway", "--need", "xyzzy", "--area", "0703"), 3);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", "07"), 3);
    assert_true(has(&p->err, "commune or a district"));
    assert_int_equal(RUN(p, "pathway", GIRL, "--tier", "4"), 3);
    assert_int_equal(RUN(p, "pathway", GIRL, "--open", "later"), 3);
}

static void bad_rules_are_told_and_the_built_in_ones_used(void **state)
{
    static const struct {
        const char *bytes, *says;
    } cases[] = {
        {"# code\ten\n", "step.tsv, line 1: the columns"},
        {"# code\ten\tkm\tdo_en\tdo_km\tsource\nSAFE\tA\t\tB\tC\tours\n",
         "step.tsv, line 2: \"km\" must not be empty"},
        {"# code\ten\tkm\tdo_en\tdo_km\tsource\nSAFE\tA\xFF\tB\tC\tD\tours\n",
         "step.tsv, line 2: there is something that is no readable text"},
    };
    struct program *p = *state;
    char folder[600], path[512];
    program_path(p, "rules", path);
    assert_int_equal(mkdir(path, 0755), 0);
    snprintf(folder, sizeof folder, "CPDIR_RULES=%s", path);
    p->extra[0] = folder;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        program_write(p, "rules/step.tsv", cases[i].bytes, strlen(cases[i].bytes));
        assert_int_equal(RUN(p, "pathway", GIRL, "--format", "json"), 0);
        assert_int_equal(count_lines(&p->out), 14);
        assert_one_line(&p->err);
        if (!has(&p->err, cases[i].says))
            fail_msg("%s", p->err.bytes);
        assert_true(has(&p->err, "The built-in rules are used."));
    }
    assert_int_equal(RUN(p, "--lang", "km", "pathway", GIRL), 0);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "បន្ទាត់ទី 2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)
        TEST(a_girl_of_14_is_led_step_by_step_in_both_languages),
        TEST(needs_are_known_by_code_name_and_what_happened),
        TEST(the_way_follows_the_shelter_of_the_district),
        TEST(tiers_1_and_2_stay_with_the_commune),
        TEST(the_hours_since_it_happened_set_the_clock),
        TEST(what_is_asked_wrongly_is_told_in_one_line),
        TEST(bad_rules_are_told_and_the_built_in_ones_used),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
