/* `cpdir alerts`, `alert`, `emergency`, run as the real program: an alert is told wherever its area
 * is, suspends services as one save, and its end restores every output to the same bytes. */
#include "tests/tui/program.h"

#define COMMUNE "070303" /* Boeng Nimol in Chhuk, Kampot */
#define SISTER  "070301"
#define NOW     "2026-07-01T02:00:00Z" /* 9:00 in Phnom Penh */

static int open_program(void **state)
{
    struct program *p = mem_zalloc(1, sizeof *p);
    program_open(p);
    assert_int_equal(
        RUN(p, "person", "--name", "Tester", "--role", "approver", "--area", "Kampot Province"), 0);
    *state = p;
    return 0;
}

static int close_program(void **state)
{
    program_close(*state);
    free(*state);
    return 0;
}

/* The id in the last line of the tsv of what was added: that of its row with `kind`. */
static void id_of(const struct program *p, const char *kind, char id[40])
{
    struct text wanted = TEXT_INIT;
    text_addf(&wanted, "\t%s\t", kind);
    const char *at = strstr(p->out.bytes, wanted.bytes);
    assert_non_null(at);
    snprintf(id, 37, "%.36s", at - 36);
    text_release(&wanted);
}

static void add_alert(struct program *p, const char *area, const char *from, const char *to,
                      char id[40])
{
    char place[32], first[32], last[32];
    snprintf(place, sizeof place, "area=%s", area);
    snprintf(first, sizeof first, "valid_from=%s", from);
    snprintf(last, sizeof last, "valid_to=%s", to);
    assert_int_equal(RUN(p, "add", "area_alert", place, "kind=flood", "text_en=Roads are cut.",
                         "text_km=ផ្លូវដាច់។", first, last, "--format", "tsv"),
                     0);
    id_of(p, "area_alert", id);
}

/* An invented service with a public place in an area. */
static void add_service(struct program *p, const char *name, const char *kind, const char *area,
                        char id[40])
{
    char named[80], term[32], place[32];
    snprintf(named, sizeof named, "name_en=%s", name);
    snprintf(term, sizeof term, "term=%s", kind);
    snprintf(place, sizeof place, "area=%s", area);
    assert_int_equal(RUN(p, "add", "organization", "name_en=Invented body", "sector=ngo", "+",
                         "service", named, "+", "term_link", term, "type=service_type", "+",
                         "location", place, "confidentiality=public", "+", "service_at_location",
                         "+", "service_area", "area=0703", "+", "phone", "number=099 000 111",
                         "confidentiality=public", "--format", "tsv"),
                     0);
    id_of(p, "service", id);
}

/* --- where and when --- */

static void assert_told(struct program *p, const char *area, bool told)
{
    static const char warning[] = "! Emergency: flood";
    assert_int_equal(RUN(p, "area", area), 0);
    assert_int_equal(has(&p->out, warning), told);
    assert_int_equal(RUN(p, "find", "--area", area, "--limit", "1"), 0);
    assert_int_equal(has(&p->out, warning), told);
    assert_int_equal(RUN(p, "coverage", "--area", area), 0);
    assert_int_equal(has(&p->out, warning), told);
    assert_int_equal(RUN(p, "coverage", "--area", area, "--format", "html"), 0);
    assert_int_equal(has(&p->out, warning), told);
    assert_int_equal(RUN(p, "due", "--area", area, "--sheet"), 0);
    assert_int_equal(has(&p->out, warning), told);
    assert_int_equal(RUN(p, "emergency", "--area", area), 0);
    assert_int_equal(has(&p->out, warning), told);
    assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", area), 0);
    assert_int_equal(has(&p->out, warning), told);
    assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", area, "--format", "json"), 0);
    assert_int_equal(!has(&p->out, "\"alerts\":[]"), told);
}

static void an_alert_is_told_in_its_area_and_below_and_not_beside(void **state)
{
    struct program *p = *state;
    char id[40];
    add_alert(p, COMMUNE, "2026-07-01", "2026-07-31", id);
    assert_told(p, COMMUNE, true);
    assert_told(p, SISTER, false);
    assert_told(p, "0703", false);
    assert_int_equal(RUN(p, "area", "0703", "--format", "json"), 0);
    const char *line = strstr(p->out.bytes, "{\"code\":\"" COMMUNE "\"");
    assert_non_null(line);
    assert_true(strstr(line, id) != NULL);
    assert_int_equal(RUN(p, "close", id, "--reason", "over"), 0);
    assert_told(p, COMMUNE, false);
}

static void an_alert_of_the_whole_country_is_told_everywhere(void **state)
{
    struct program *p = *state;
    char id[40];
    assert_int_equal(RUN(p, "person", "--name", "Tester", "--role", "approver", "--area", "KH"), 0);
    add_alert(p, "KH", "2026-07-01", "2026-07-31", id);
    assert_told(p, COMMUNE, true);
    assert_told(p, "240101", true);
    assert_int_equal(RUN(p, "area"), 0);
    assert_true(has(&p->out, "! Emergency: flood"));
    assert_int_equal(RUN(p, "find", "1280", "--format", "json"), 0);
    assert_true(has(&p->out, id));
    assert_int_equal(RUN(p, "close", id, "--reason", "over"), 0);
}

static void its_days_are_those_of_phnom_penh(void **state)
{
    static const struct {
        const char *now;
        bool told;
    } edges[] = {{"2026-07-09T16:59:59Z", false},
                 {"2026-07-09T17:00:00Z", true},
                 {"2026-07-11T16:59:59Z", true},
                 {"2026-07-11T17:00:00Z", false}};
    struct program *p = *state;
    char id[40];
    add_alert(p, COMMUNE, "2026-07-10", "2026-07-11", id);
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        assert_int_equal(setenv("CPDIR_NOW", edges[i].now, 1), 0);
        assert_int_equal(RUN(p, "area", COMMUNE), 0);
        assert_int_equal(has(&p->out, "! Emergency"), edges[i].told);
    }
    assert_int_equal(setenv("CPDIR_NOW", NOW, 1), 0);
}

/* --- suspending and restoring --- */

/* Everything that is told of the commune, behind each other. */
static void all_outputs(struct program *p, const char *service, struct text *out)
{
    static const char *const formats[] = {"text", "tsv", "json"};
    text_clear(out);
    for (size_t i = 0; i < 3; i++) {
        const char *f = formats[i];
        assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", COMMUNE, "--format", f), 0);
        text_add(out, p->out.bytes, p->out.len);
        assert_int_equal(RUN(p, "coverage", "--area", "0703", "--format", f), 0);
        text_add(out, p->out.bytes, p->out.len);
        assert_int_equal(RUN(p, "emergency", "--area", COMMUNE, "--format", f), 0);
        text_add(out, p->out.bytes, p->out.len);
        assert_int_equal(RUN(p, "find", "--area", COMMUNE, "--format", f), 0);
        text_add(out, p->out.bytes, p->out.len);
        assert_int_equal(RUN(p, "area", COMMUNE, "--format", f), 0);
        text_add(out, p->out.bytes, p->out.len);
        assert_int_equal(RUN(p, "due", "--area", COMMUNE, "--format", f), 0);
        text_add(out, p->out.bytes, p->out.len);
    }
    assert_int_equal(RUN(p, "show", service), 0);
    text_add(out, p->out.bytes, p->out.len);
    assert_int_equal(RUN(p, "coverage", "--area", "0703", "--format", "html"), 0);
    text_add(out, p->out.bytes, p->out.len);
    assert_int_equal(RUN(p, "--lang", "km", "pathway", "--need", "N1", "--area", COMMUNE), 0);
    text_add(out, p->out.bytes, p->out.len);
}

static void the_end_of_an_alert_restores_every_output_to_the_same_bytes(void **state)
{
    struct program *p = *state;
    struct text before = TEXT_INIT, during = TEXT_INIT, after = TEXT_INIT;
    char health[40], foster[40], id[40];
    add_service(p, "Invented health post", "D1", COMMUNE, health);
    add_service(p, "Invented foster care", "C6", SISTER, foster);
    all_outputs(p, health, &before);
    add_alert(p, "0703", "2026-07-01", "2026-07-31", id);
    assert_int_equal(RUN(p, "alert", "suspend", id), 0);
    assert_true(has(&p->out, health) && has(&p->out, foster));
    assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", COMMUNE), 0);
    assert_true(has(&p->out, "Passed over: Invented health post is suspended (flood"));
    assert_int_equal(RUN(p, "pathway", "--need", "N3", "--area", COMMUNE, "--format", "json"), 0);
    assert_true(has(&p->out, "\"suspended_by\":\""));
    assert_int_equal(RUN(p, "emergency", "--area", COMMUNE), 0);
    assert_true(has(&p->out, "Suspended by: flood"));
    assert_int_equal(RUN(p, "show", health), 0);
    assert_true(has(&p->out, "Suspended by: flood"));
    assert_int_equal(RUN(p, "alerts", "--area", COMMUNE), 0);
    assert_true(has(&p->out, "services suspended: 2"));
    all_outputs(p, health, &during);
    assert_string_not_equal(before.bytes, during.bytes);
    assert_int_equal(RUN(p, "alert", "end", id, "--reason", "the water is gone"), 0);
    all_outputs(p, health, &after);
    assert_string_equal(before.bytes, after.bytes);
    assert_int_equal(RUN(p, "alert", "end", id), 3);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "alerts", "--area", COMMUNE), 1);
    assert_int_equal(RUN(p, "alerts", "all", "--area", COMMUNE, "--format", "json"), 0);
    assert_true(has(&p->out, "\"valid_to\":\"2026-07-01\",\"state\":\"over\",\"suspended\":0"));
    text_release(&before);
    text_release(&during);
    text_release(&after);
}

static void restoring_leaves_what_somebody_changed_since(void **state)
{
    struct program *p = *state;
    char kept[40], changed[40], id[40];
    add_service(p, "Invented health post", "D1", COMMUNE, kept);
    add_service(p, "Invented clinic", "D1", COMMUNE, changed);
    add_alert(p, "0703", "2026-07-01", "2026-07-31", id);
    assert_int_equal(RUN(p, "alert", "suspend", id, "--dry-run"), 0);
    assert_int_equal(RUN(p, "alert", "restore", id), 1); /* nothing was written */
    assert_int_equal(RUN(p, "alert", "suspend", id, "--format", "tsv"), 0);
    assert_int_equal(count_lines(&p->out), 3);
    assert_int_equal(RUN(p, "set", changed, "status=inactive"), 0);
    assert_int_equal(RUN(p, "alert", "restore", id, "--format", "tsv"), 0);
    assert_true(has(&p->out, "\trestored\t") && has(&p->out, "\tleft\t"));
    assert_int_equal(RUN(p, "show", changed, "--format", "json"), 0);
    assert_true(has(&p->out, "\"status\":\"inactive\""));
    assert_int_equal(RUN(p, "show", kept, "--format", "json"), 0);
    assert_true(has(&p->out, "\"status\":\"active\""));
    assert_true(has(&p->out, "\"suspended_by\":null"));
}

static void services_can_be_named_offices_on_duty_too(void **state)
{
    struct program *p = *state;
    char health[40], far[40], id[40];
    add_service(p, "Invented health post", "D1", COMMUNE, health);
    add_service(p, "Invented clinic", "D1", "070201", far);
    add_alert(p, COMMUNE, "2026-07-01", "2026-07-31", id);
    assert_int_equal(RUN(p, "alert", "suspend", id, far), 3);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "find", "committee", "--area", COMMUNE, "--located", "--type", "B1",
                         "--format", "tsv"),
                     0);
    char office[40];
    snprintf(office, 37, "%s", strchr(p->out.bytes, '\n') + 1);
    assert_int_equal(RUN(p, "alert", "suspend", id, office), 0);
    assert_true(has(&p->out, office) && !has(&p->out, health));
    assert_int_equal(RUN(p, "undo", "--reason", "by mistake"), 0);
    assert_int_equal(RUN(p, "alert", "restore", id), 1);
}

static void what_lies_outside_of_the_own_area_is_proposed(void **state)
{
    struct program *p = *state;
    char health[40], id[40];
    add_service(p, "Invented health post", "D1", COMMUNE, health);
    add_alert(p, COMMUNE, "2026-07-01", "2026-07-31", id);
    assert_int_equal(
        RUN(p, "person", "--name", "Other", "--role", "editor", "--area", "Takeo Province"), 0);
    assert_int_equal(RUN(p, "alert", "suspend", id), 0);
    assert_true(has(&p->out, "Kampot"));
    assert_int_equal(RUN(p, "show", health, "--format", "json"), 0);
    assert_true(has(&p->out, "\"status\":\"active\""));
    assert_int_equal(RUN(p, "person", "--name", "Viewer", "--role", "viewer"), 0);
    assert_int_equal(RUN(p, "alert", "suspend", id), 3);
    assert_one_line(&p->err);
}

static void what_is_asked_wrongly_is_told_in_one_line(void **state)
{
    struct program *p = *state;
    char health[40];
    add_service(p, "Invented health post", "D1", COMMUNE, health);
    assert_int_equal(RUN(p, "alert", "suspend", health), 3);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "alert", "pause", health), 2);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "alert", "suspend"), 2);
    assert_int_equal(RUN(p, "alerts", "some"), 2);
    assert_one_line(&p->err);
    assert_int_equal(RUN(p, "alerts"), 1);
    assert_int_equal(RUN(p, "emergency", "--area", "xyzzy"), 3);
    assert_one_line(&p->err);
}

static void a_notice_of_a_service_goes_with_its_last_day(void **state)
{
    struct program *p = *state;
    char health[40];
    add_service(p, "Invented health post", "D1", COMMUNE, health);
    assert_int_equal(RUN(p, "set", health, "alert_en=Moved next door.", "alert_until=2026-07-01"),
                     0);
    assert_int_equal(RUN(p, "show", health), 0);
    assert_true(has(&p->out, "Moved next door."));
    assert_int_equal(RUN(p, "set", health, "alert_until=2026-06-30"), 0);
    assert_int_equal(RUN(p, "show", health), 0);
    assert_false(has(&p->out, "Moved next door."));
}

/* --- the emergency list --- */

static void the_emergency_list_tells_gaps_and_never_a_confidential_place(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "emergency", "--area", COMMUNE), 0);
    assert_true(has(&p->out, "Boeng Nimol Commune Committee for Women and Children (CCWC)"));
    assert_true(has(&p->out, "1280"));
    assert_true(has(&p->out, "! Nobody is known here."));
    char one[512], two[512];
    program_write(p, "pin1", "482719\n", 7);
    program_write(p, "pin2", "trapeang seven\n", 15);
    program_path(p, "pin1", one);
    program_path(p, "pin2", two);
    assert_int_equal(chmod(one, 0600) | chmod(two, 0600), 0);
    assert_int_equal(RUN(p, "pin", "officials", "--new-pin-file", one), 0);
    assert_int_equal(RUN(p, "pin", "focal_person", "--pin-file", one, "--new-pin-file", two), 0);
    assert_int_equal(
        RUN(p, "add", "organization", "name_en=Invented body", "sector=ngo", "+", "service",
            "name_en=Invented shelter", "+", "term_link", "term=A3", "type=service_type", "+",
            "location", "area=" COMMUNE, "name_en=Hidden house", "address_en=Hidden street", "+",
            "service_at_location", "+", "service_area", "area=0703", "--pin-file", two),
        0);
    assert_int_equal(RUN(p, "emergency", "--area", COMMUNE), 0);
    assert_true(has(&p->out, "Invented shelter"));
    assert_false(has(&p->out, "Hidden"));
    assert_int_equal(RUN(p, "emergency", "--area", COMMUNE, "--format", "json"), 0);
    assert_true(has(&p->out, "\"result\":\"gap\""));
    assert_false(has(&p->out, "Hidden"));
    assert_int_equal(RUN(p, "emergency", "--area", "07", "--format", "json"), 0);
    assert_true(has(&p->out, "\"type\":\"B1\",\"level\":\"commune\",\"id\":null"));
    assert_true(has(&p->out, "\"result\":\"below\""));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)

int main(void)
{
    setenv("CPDIR_NOW", NOW, 1);
    const struct CMUnitTest tests[] = {
        TEST(an_alert_is_told_in_its_area_and_below_and_not_beside),
        TEST(an_alert_of_the_whole_country_is_told_everywhere),
        TEST(its_days_are_those_of_phnom_penh),
        TEST(the_end_of_an_alert_restores_every_output_to_the_same_bytes),
        TEST(restoring_leaves_what_somebody_changed_since),
        TEST(services_can_be_named_offices_on_duty_too),
        TEST(what_lies_outside_of_the_own_area_is_proposed),
        TEST(what_is_asked_wrongly_is_told_in_one_line),
        TEST(a_notice_of_a_service_goes_with_its_last_day),
        TEST(the_emergency_list_tells_gaps_and_never_a_confidential_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
