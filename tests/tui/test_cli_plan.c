/* `cpdir plan`, `who`, `group` and `meeting`, run as the real program. */
#include "tests/tui/program.h"

#include "i18n/width.h"

static int open_program(void **state)
{
    struct program *p = mem_zalloc(1, sizeof *p);
    setenv("CPDIR_NOW", "2026-07-01T02:00:00Z", 1);
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

/* Id of the committee of Chhuk, in `id`. */
static void committee(struct program *p, char id[64])
{
    assert_int_equal(RUN(p, "group", "--area", "0703", "--format", "json"), 0);
    const char *at = strstr(p->out.bytes, "\"organization\":\"");
    assert_non_null(at);
    snprintf(id, 64, "%.36s", at + strlen("\"organization\":\""));
}

static void a_committee_gets_members_and_a_meeting_by_the_ordinary_commands(void **state)
{
    struct program *p = *state;
    char id[64], owner[80];
    committee(p, id);
    assert_true(has(&p->out, "\"next_meeting\":null,\"last_meeting\":null,\"state\":\"no_date\","
                             "\"contact\":null"));
    snprintf(owner, sizeof owner, "owner=%s", id);
    assert_int_equal(RUN(p, "person", "--name", "Sok Dara", "--role", "approver", "--area", "07"),
                     0);
    assert_int_equal(RUN(p, "set", id, "next_meeting=20/7/2026"), 0);
    assert_int_equal(RUN(p, "add", "contact", owner, "name_en=Chea Sophal", "title_en=Chair"), 0);
    assert_int_equal(RUN(p, "group", "--area", "0703", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 1);
    assert_true(has(&p->out, "\"next_meeting\":\"2026-07-20\",\"last_meeting\":null,\"state\":"
                             "\"soon\",\"contact\":\""));
    assert_true(has(&p->out, "\"name_en\":\"Chea Sophal\""));
    setenv("CPDIR_NOW", "2026-08-01T02:00:00Z", 1);
    assert_int_equal(RUN(p, "group", "--area", "0703"), 0);
    assert_true(has(&p->out, "the day 20/07/2026 is over"));
    assert_true(has(&p->out, "last meeting 20/07/2026"));
    assert_true(has(&p->out, "Chea Sophal"));
    assert_int_equal(RUN(p, "group", "--area", "07", "--format", "tsv"), 0);
    assert_int_equal(count_lines(&p->out), 1 + 10);
}

static void the_pack_tells_what_happened_since_the_last_meeting(void **state)
{
    struct program *p = *state;
    char id[64];
    committee(p, id);
    assert_int_equal(RUN(p, "person", "--name", "Sok Dara", "--role", "approver", "--area", "07"),
                     0);
    assert_int_equal(RUN(p, "set", id, "next_meeting=20/7/2026"), 0);
    setenv("CPDIR_NOW", "2026-08-01T02:00:00Z", 1);
    assert_int_equal(RUN(p, "add", "organization", "name_en=Lamp", "sector=ngo", "+", "service",
                         "name_en=Lamp for children", "+", "service_area", "area=0703", "+",
                         "term_link", "term=C1", "type=service_type", "+", "phone",
                         "number=012 999 111"),
                     0);
    assert_int_equal(RUN(p, "meeting", "--area", "Chhuk"), 0);
    assert_true(has(&p->out, "Changes since the last meeting on 20/07/2026"));
    assert_true(has(&p->out, "New: 1"));
    assert_true(has(&p->out, "Lamp for children"));
    assert_true(has(&p->out, "F4 Birth registration"));
    assert_true(has(&p->out, "By when: ____"));
    for (const char *line = p->out.bytes; line && *line;) {
        const char *end = strchr(line, '\n');
        size_t len = end ? (size_t)(end - line) : strlen(line);
        assert_true(width_columns(line, len) <= 76);
        line = end ? end + 1 : NULL;
    }
    assert_int_equal(RUN(p, "meeting", "--area", "0703", "--format", "tsv"), 0);
    assert_true(has(&p->out, "\nchange\tnew\t0703\t"));
    assert_true(has(&p->out, "\nmissing\tF4\t070303\t"));
    assert_true(has(&p->out, "\nmeeting\tover\t0703\t"));
    assert_true(has(&p->out, "\ndue\tno_phone\t0703\t"));
    assert_int_equal(RUN(p, "meeting", "--area", "0703", "--since", "2/8/2026"), 0);
    assert_true(has(&p->out, "Changes since 02/08/2026"));
    assert_false(has(&p->out, "New: 1"));
    assert_int_equal(RUN(p, "meeting", "--since", "soon"), 3);
    assert_int_equal(RUN(p, "add", "area_alert", "area=070303", "kind=flood", "text_en=Deep water"),
                     0);
    assert_int_equal(RUN(p, "meeting", "--area", "0703"), 0);
    assert_true(has(&p->out, "Emergencies in force (1)"));
    assert_true(has(&p->out, "Deep water"));
    assert_int_equal(RUN(p, "meeting", "--area", "0703", "--format", "tsv"), 0);
    assert_true(has(&p->out, "\nalert\tflood\t070303\t"));
    assert_int_equal(RUN(p, "meeting", "--area", "0702"), 0);
    assert_false(has(&p->out, "Deep water"));
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
        TEST(a_committee_gets_members_and_a_meeting_by_the_ordinary_commands),
        TEST(the_pack_tells_what_happened_since_the_last_meeting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
