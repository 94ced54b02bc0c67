/* The command line as people and scripts use it, run as the real program: find, show, area, help,
 * languages. */
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

/* The value of a JSON string key in the first line of the output. */
static void first_value(const struct program *p, const char *key, char value[300])
{
    char mark[64];
    snprintf(mark, sizeof mark, "\"%s\":\"", key);
    const char *at = strstr(p->out.bytes, mark);
    assert_non_null(at);
    at += strlen(mark);
    snprintf(value, 300, "%.*s", (int)strcspn(at, "\""), at);
}

static void without_an_area_the_25_provinces_are_listed(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "area", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 25);
    assert_true(
        has(&p->out, "{\"code\":\"01\",\"parent\":null,\"kind\":\"province\",\"name_km\":"));
    assert_true(has(&p->out, "\"kind\":\"capital\""));
    assert_int_equal(RUN(p, "area", "--format=tsv"), 0);
    assert_int_equal(count_lines(&p->out), 26);
    assert_int_equal(
        strncmp(p->out.bytes, "code\tparent\tkind\tname_km\tname_en\tlocated\tcovering\n", 49), 0);
    assert_int_equal(RUN(p, "area"), 0);
    assert_true(count_lines(&p->out) >= 25);
    assert_int_equal(p->err.len, 0);
}

static void every_way_to_write_kampot_gives_its_9_districts(void **state)
{
    static const char *const ways[] = {
        "07", "7", "០៧", "៧", "Kampot", "kampot", "កំពត", "ខេត្តកំពត", "Kampot Province"};
    struct program *p = *state;
    struct text first = TEXT_INIT;
    assert_int_equal(RUN(p, "area", "07", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 9);
    text_add(&first, p->out.bytes, p->out.len);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_int_equal(RUN(p, "area", ways[i], "--format", "json"), 0);
        assert_string_equal(p->out.bytes, first.bytes);
    }
    text_release(&first);
}

static void another_area_of_the_name_is_told_on_standard_output(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "area", "Kampot"), 0);
    assert_true(has(&p->out, "Kampot Municipality"));
    assert_true(has(&p->out, "Other areas have this name"));
    assert_int_equal(p->err.len, 0);
    assert_int_equal(RUN(p, "area", "07"), 0);
    assert_false(has(&p->out, "Other areas have this name"));
}

static void a_commune_is_listed_with_those_it_lies_in(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "area", "70303", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 3);
    assert_true(has(&p->out, "{\"code\":\"07\","));
    assert_true(has(&p->out, "{\"code\":\"070303\",\"parent\":\"0703\",\"kind\":\"commune\""));
    p->lang = "km";
    assert_int_equal(RUN(p, "area", "070303"), 0);
    assert_true(has(&p->out, "ខេត្តកំពត ▸ ស្រុកឈូក ▸ ឃុំបឹងនិមល"));
}

static void the_office_of_chhuk_is_found_first_in_both_scripts(void **state)
{
    static const char *const ways[] = {"ឈូក សង្គមកិច្ច", "chhuk social affairs", "ឈូក សង្គមកិ",
                                       "ឈូក\xE2\x80\x8Bសង្គម\xE2\x80\x8Bកិច្ច"};
    struct program *p = *state;
    char name[300];
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_int_equal(RUN(p, "find", ways[i], "--format", "json"), 0);
        first_value(p, "name_en", name);
        assert_string_equal(name, "Chhuk District Office of Social Affairs and Social Welfare");
    }
    assert_int_equal(RUN(p, "find", "chhuk", "social", "affairs", "--format", "json"), 0);
    first_value(p, "name_en", name);
    assert_string_equal(name, "Chhuk District Office of Social Affairs and Social Welfare");
}

static void the_helpline_is_found_by_its_number_from_any_area(void **state)
{
    static const char *const areas[] = {"12", "0703", "070303", "កំពត"};
    struct program *p = *state;
    char name[300];
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        assert_int_equal(RUN(p, "find", "1280", "--area", areas[i], "--format", "json"), 0);
        first_value(p, "name_en", name);
        assert_string_equal(name, "Child Helpline Cambodia (CHC)");
    }
}

static void json_of_find_has_the_keys_in_order(void **state)
{
    static const char *const keys[] = {"{\"id\":",
                                       ",\"name_km\":",
                                       ",\"name_en\":",
                                       ",\"name_derived\":null",
                                       ",\"types\":[",
                                       ",\"area\":",
                                       ",\"covers\":[\"KH\"]",
                                       ",\"phones\":[\"1280\"",
                                       ",\"status\":\"active\"",
                                       ",\"verified\":null",
                                       ",\"reason\":\"phone\"",
                                       ",\"alerts\":[]}\n"};
    struct program *p = *state;
    assert_int_equal(RUN(p, "find", "1280", "--limit", "1", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 1);
    const char *at = p->out.bytes;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        at = strstr(at, keys[i]);
        if (!at)
            print_error("missing %s in %s", keys[i], p->out.bytes);
        assert_non_null(at);
    }
    assert_int_equal(RUN(p, "find", "1280", "--limit", "1", "--format", "tsv"), 0);
    assert_int_equal(count_lines(&p->out), 2);
    assert_int_equal(
        strncmp(p->out.bytes, "id\tname_km\tname_en\tname_derived\ttypes\tarea\tcovers\t", 49), 0);
}

static void options_filter_and_may_stand_anywhere(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "find", "--area", "070303", "--located", "--format", "json"), 0);
    size_t located = count_lines(&p->out);
    assert_true(has(&p->out, "\"types\":[\"B1\"]"));
    assert_int_equal(RUN(p, "find", "--covering", "--format", "json", "--area", "070303"), 0);
    assert_true(count_lines(&p->out) > located);
    assert_int_equal(RUN(p, "find", "--type", "b1", "--area", "0703", "--format", "json"), 0);
    assert_false(has(&p->out, "\"types\":[\"B3\"]"));
    assert_int_equal(RUN(p, "--lang", "km", "find", "--type", "A1", "--", "1280"), 0);
    assert_true(has(&p->out, "បណ្តាញទូរស័ព្ទជំនួយកុមារកម្ពុជា"));
    assert_int_equal(RUN(p, "find", "--open", "24h", "--tier", "3", "--age", "12", "--sex", "f",
                         "--status", "all", "--format", "json"),
                     0);
    assert_true(has(&p->out, "Child Helpline Cambodia"));
    assert_int_equal(RUN(p, "find", "--area", "07", "--limit", "3", "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 3);
}

/* What the box understands in words, the options say by themselves. */
static void needs_hours_sectors_and_levels_are_options(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "find", "--need", "n9", "--format", "json", "--limit", "1"), 0);
    assert_true(has(&p->out, "\"A1\""));
    assert_int_equal(RUN(p, "find", "--need", "suicidal", "--format", "json", "--limit", "1"), 0);
    assert_true(has(&p->out, "\"A1\""));
    assert_int_equal(RUN(p, "find", "--need", "ធ្វើអត្តឃាត", "--format", "json"), 0);
    assert_int_equal(RUN(p, "find", "--type", "helplines", "--format", "json"), 0);
    assert_true(has(&p->out, "Child Helpline Cambodia"));
    assert_int_equal(RUN(p, "find", "--open", "now", "--format", "json"), 0);
    assert_true(has(&p->out, "Child Helpline Cambodia"));
    assert_int_equal(RUN(p, "find", "--sector", "ngo", "--level", "nation", "--format", "json"), 0);
    assert_true(has(&p->out, "ADHOC"));
    assert_false(has(&p->out, "Ministry of Social Affairs"));
    assert_int_equal(RUN(p, "find", "--level", "commune", "--area", "070303", "--format", "json"),
                     0);
    assert_true(has(&p->out, "\"types\":[\"B1\"]"));
    assert_false(has(&p->out, "\"types\":[\"B3\"]"));
    assert_int_equal(RUN(p, "find", "--age", "26-30", "--type", "A1", "--format", "json"), 0);
    assert_false(has(&p->out, "Child Helpline Cambodia"));
    assert_int_equal(RUN(p, "find", "--age", "20-30", "--type", "A1", "--format", "json"), 0);
    assert_true(has(&p->out, "Child Helpline Cambodia"));
    int yes = RUN(p, "find", "--confirmed", "yes", "--type", "A1", "--format", "json");
    assert_int_equal(yes, 0);
    assert_int_equal(RUN(p, "find", "--confirmed", "no", "--type", "B1", "--format", "json"), 0);
}

static void find_says_what_the_words_were_taken_for(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "find", "siemreap", "hotline"), 0);
    assert_true(has(&p->out, "Understood: Siem Reap Province · Hotline / helpline\n"));
    assert_int_equal(RUN(p, "find", "siemreap", "hotline", "--format", "tsv"), 0);
    assert_false(has(&p->out, "Understood"));
    assert_int_equal(RUN(p, "find", "rattanakiri", "shelter"), 1);
    assert_true(has(&p->err, "Understood: Ratanakiri Province · Safe or transit shelter\n"));
}

static void finding_nothing_is_exit_1_and_says_what_to_ask_instead(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "find", "qqqqqqqqqqqq"), 1);
    assert_int_equal(p->out.len, 0);
    assert_int_equal(strncmp(p->err.bytes, "cpdir: Nothing was found.", 25), 0);
    assert_true(count_lines(&p->err) > 1);
    assert_true(has(&p->err, "hotline"));
    assert_int_equal(RUN(p, "find", "lawyr kampot"), 1);
    assert_true(has(&p->err, "lawyer kampot"));
    assert_int_equal(RUN(p, "find", "--status", "closed"), 1);
    assert_int_equal(RUN(p, "area", "Atlantis"), 1);
    assert_one_line(&p->err);
    assert_true(has(&p->err, "Atlantis"));
    assert_int_equal(RUN(p, "area", "9999"), 1);
    assert_int_equal(RUN(p, "show", "00000000-0000-7000-8000-000000000000"), 1);
    assert_one_line(&p->err);
}

static void show_has_every_field_and_the_children(void **state)
{
    static const char *const keys[] = {
        "\"status\":\"active\"",   "\"name_km\":",         "\"maximum_age\":25",
        "\"confidence\":\"high\"", "\"organizations\":[{", "\"number\":\"1280\"",
        "\"service_areas\":[{",    "\"area\":\"KH\"",      "\"term_links\":[{",
        "\"term\":\"A1\"",         "\"verified\":null"};
    struct program *p = *state;
    char id[300], known[400];
    assert_int_equal(RUN(p, "find", "1280", "--limit", "1", "--format", "json"), 0);
    first_value(p, "id", id);
    assert_int_equal(RUN(p, "show", id, "--format", "json"), 0);
    assert_int_equal(count_lines(&p->out), 1);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!has(&p->out, keys[i]))
            print_error("missing %s in %s", keys[i], p->out.bytes);
        assert_true(has(&p->out, keys[i]));
    }
    assert_int_equal(RUN(p, "show", id, "--format", "tsv"), 0);
    assert_int_equal(strncmp(p->out.bytes, "kind\tid\tfield\tvalue\n", 20), 0);
    snprintf(known, sizeof known, "service\t%s\tstatus\tactive\n", id);
    assert_true(has(&p->out, known));
    assert_true(has(&p->out, "\tnumber\t1280\n"));
    p->lang = "km";
    assert_int_equal(RUN(p, "show", id), 0);
    assert_true(has(&p->out, "1280"));
    assert_true(has(&p->out, "បណ្តាញទូរស័ព្ទជំនួយកុមារកម្ពុជា"));
}

static void an_id_that_is_none_is_refused(void **state)
{
    struct program *p = *state;
    assert_int_equal(RUN(p, "show", "12z0"), 3);
    assert_one_line(&p->err);
}

static void the_language_follows_option_then_environment(void **state)
{
    static const struct {
        const char *cpdir, *all, *messages, *lang, *option;
        bool khmer;
    } rows[] = {
        {NULL, NULL, NULL, NULL, NULL, true},
        {NULL, NULL, NULL, "LANG=en_US.UTF-8", NULL, false},
        {NULL, NULL, "LC_MESSAGES=km_KH.UTF-8", "LANG=en_US.UTF-8", NULL, true},
        {NULL, "LC_ALL=en_GB.UTF-8", "LC_MESSAGES=km_KH.UTF-8", NULL, NULL, false},
        {NULL, "LC_ALL=C.UTF-8", NULL, NULL, NULL, true},
        {NULL, NULL, NULL, "LANG=fr_FR.UTF-8", NULL, true},
        {"en", "LC_ALL=km_KH.UTF-8", NULL, NULL, NULL, false},
        {"km", "LC_ALL=en_US.UTF-8", NULL, NULL, NULL, true},
        {"en", NULL, NULL, NULL, "km", true},
        {"km", NULL, NULL, NULL, "en", false},
    };
    struct program *p = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t count = 0;
        memset(p->extra, 0, sizeof p->extra);
        const char *const set[] = {rows[i].all, rows[i].messages, rows[i].lang};
        for (size_t n = 0; n < 3; n++)
            if (set[n])
                p->extra[count++] = set[n];
        p->lang = rows[i].cpdir;
        if (rows[i].option)
            RUN(p, "--lang", rows[i].option, "--help");
        else
            RUN(p, "--help");
        assert_int_equal(has(&p->out, "បញ្ជីសេវាកិច្ចការពារកុមារ"), rows[i].khmer);
    }
}

static void help_and_version_need_no_directory(void **state)
{
    static const char *const commands[] = {"find", "show", "area", "text"};
    static const char *const langs[] = {"km", "en"};
    struct program *p = *state;
    for (size_t n = 0; n < 2; n++) {
        p->lang = langs[n];
        assert_int_equal(RUN(p, "--help"), 0);
        for (size_t i = 0; i < 4; i++)
            assert_true(has(&p->out, commands[i]));
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(RUN(p, commands[i], "--help"), 0);
            assert_true(has(&p->out, commands[i]));
            assert_true(has(&p->out, "--lang"));
            assert_int_equal(has(&p->out, "ភាសា"), n == 0);
        }
    }
    assert_int_equal(RUN(p, "--version"), 0);
    assert_int_equal(strncmp(p->out.bytes, "cpdir ", 6), 0);
    assert_false(program_exists(p, "home"));
}

static void the_directory_is_made_where_the_environment_says(void **state)
{
    struct program *p = *state;
    char data[300], db[300], option[300];
    assert_int_equal(RUN(p, "area"), 0);
    assert_true(program_exists(p, "home/.local/share/cpdir/directory.db"));
    snprintf(data, sizeof data, "XDG_DATA_HOME=%s/data", p->folder);
    p->extra[0] = data;
    assert_int_equal(RUN(p, "area"), 0);
    assert_true(program_exists(p, "data/cpdir/directory.db"));
    snprintf(db, sizeof db, "CPDIR_DB=%s/one.db", p->folder);
    p->extra[1] = db;
    assert_int_equal(RUN(p, "area"), 0);
    assert_true(program_exists(p, "one.db"));
    snprintf(option, sizeof option, "%s/two.db", p->folder);
    assert_int_equal(RUN(p, "--db", option, "area"), 0);
    assert_true(program_exists(p, "two.db"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_program, close_program)
        TEST(without_an_area_the_25_provinces_are_listed),
        TEST(every_way_to_write_kampot_gives_its_9_districts),
        TEST(another_area_of_the_name_is_told_on_standard_output),
        TEST(a_commune_is_listed_with_those_it_lies_in),
        TEST(the_office_of_chhuk_is_found_first_in_both_scripts),
        TEST(the_helpline_is_found_by_its_number_from_any_area),
        TEST(json_of_find_has_the_keys_in_order),
        TEST(options_filter_and_may_stand_anywhere),
        TEST(needs_hours_sectors_and_levels_are_options),
        TEST(find_says_what_the_words_were_taken_for),
        TEST(finding_nothing_is_exit_1_and_says_what_to_ask_instead),
        TEST(show_has_every_field_and_the_children),
        TEST(an_id_that_is_none_is_refused),
        TEST(the_language_follows_option_then_environment),
        TEST(help_and_version_need_no_directory),
        TEST(the_directory_is_made_where_the_environment_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
