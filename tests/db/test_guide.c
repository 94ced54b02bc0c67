/* The rules of the referral pathway: those built in, an office's own, and bad ones. */
#include "seeded.h"

#include <sys/stat.h>

#include "db/guide.h"
#include "db/need.h"
#include "db/term.h"

static char path[FIXTURE_PATH], directory[FIXTURE_PATH + 8];

static void the_built_in_rules_lead_every_need_somewhere(void **state)
{
    struct guide g;
    struct guide_fault fault;
    struct need_list needs;
    assert_int_equal(guide_load(*state, NULL, &g, &fault), STATUS_OK);
    assert_int_equal(fault.wrong, GUIDE_FINE);
    assert_int_equal(need_all(*state, &needs), STATUS_OK);
    assert_int_equal(needs.count, 14);
    for (size_t i = 0; i < needs.count; i++) {
        size_t count;
        const struct guide_rule *rules = guide_rules(&g, needs.rows[i].code, &count);
        assert_non_null(rules);
        assert_true(count >= 5);
        for (size_t k = 0; k < count; k++) {
            assert_string_equal(rules[k].need, needs.rows[i].code);
            assert_true(rules[k].kind_count > 0 && rules[k].tiers);
            for (size_t a = 0; a < rules[k].after_count; a++)
                assert_true(g.rules + rules[k].after[a] < &rules[k]);
        }
        for (int topic = 0; topic < GUIDE_TOPICS; topic++) {
            const struct guide_advice *a =
                guide_advice(&g, needs.rows[i].code, (enum guide_topic)topic);
            assert_non_null(a);
            assert_true(*a->text[LANG_KM] && *a->text[LANG_EN]);
        }
    }
    need_list_release(&needs);
    guide_release(&g);
}

static void sexual_abuse_has_health_care_within_72_hours(void **state)
{
    struct guide g;
    struct guide_fault fault;
    size_t count, found = 0;
    assert_int_equal(guide_load(*state, NULL, &g, &fault), STATUS_OK);
    const struct guide_rule *rules = guide_rules(&g, "N3", &count);
    for (size_t i = 0; i < count; i++)
        found += rules[i].urgency == GUIDE_HOURS_72 && strcmp(rules[i].kinds[0], "D2") == 0;
    assert_int_equal(found, 1);
    assert_null(guide_rules(&g, "N99", &count));
    assert_string_equal(guide_advice(&g, "N9", GUIDE_SAY)->needs,
                        "N9"); /* its own before that of all */
    guide_release(&g);
}

/* --- an office's own files -----------------------------------------------------------------------
 */

static void put_file(const char *name, const char *bytes, size_t len)
{
    char file[FIXTURE_PATH + 64];
    snprintf(file, sizeof file, "%s/%s", directory, name);
    FILE *f = fopen(file, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    fclose(f);
}

static void remove_files(void)
{
    for (int i = 0; i < GUIDE_FILES; i++) {
        char file[FIXTURE_PATH + 64];
        snprintf(file, sizeof file, "%s/%s", directory, guide_file_name((enum guide_file)i));
        unlink(file);
    }
}

/* The built-in file as text. */
static void read_built_in(const char *name, struct text *out)
{
    const char *top = getenv("CPDIR_TOP");
    char file[600], bytes[4096];
    snprintf(file, sizeof file, "%s/data/%s", top ? top : ".", name);
    FILE *f = fopen(file, "rb");
    assert_non_null(f);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        text_add(out, bytes, n);
    fclose(f);
}

/* One place of a built-in file changed. */
static void put_changed(const char *name, const char *from, const char *to)
{
    struct text t = TEXT_INIT;
    read_built_in(name, &t);
    char *at = strstr(t.bytes, from);
    assert_non_null(at);
    size_t place = (size_t)(at - t.bytes);
    text_remove(&t, place, strlen(from));
    text_insert(&t, place, to, strlen(to));
    put_file(name, t.bytes, t.len);
    text_release(&t);
}

static void an_own_file_takes_the_place_of_the_built_in_one(void **state)
{
    struct guide g;
    struct guide_fault fault;
    put_changed("step.tsv", "Legal aid", "A lawyer from the bar");
    assert_int_equal(guide_load(*state, directory, &g, &fault), STATUS_OK);
    assert_int_equal(fault.wrong, GUIDE_FINE);
    bool found = false;
    for (size_t i = 0; i < g.step_count; i++)
        found |= strcmp(g.steps[i].title[LANG_EN], "A lawyer from the bar") == 0;
    assert_true(found);
    guide_release(&g);
    remove_files();
}

/* The file is refused for that, at that line where told, and the built-in rules stay. */
static void assert_refused(struct db *db, enum guide_wrong wrong, const char *file, size_t line,
                           const char *what)
{
    struct guide g;
    struct guide_fault fault;
    size_t count;
    assert_int_equal(guide_load(db, directory, &g, &fault), STATUS_OK);
    assert_int_equal(fault.wrong, wrong);
    assert_non_null(strstr(fault.file, file));
    if (line)
        assert_int_equal(fault.line, line);
    if (what)
        assert_string_equal(fault.what, what);
    assert_non_null(guide_rules(&g, "N3", &count));
    guide_release(&g);
    remove_files();
}

static void bad_files_are_refused_by_name_line_and_reason(void **state)
{
    static const struct {
        const char *file, *from, *to;
        enum guide_wrong wrong;
        size_t line;
        const char *what;
    } bad[] = {
        {"referral.tsv", "\tA2 A1\tSAFE", "\tA2 Z9\tSAFE", GUIDE_UNKNOWN, 5, "Z9"},
        {"referral.tsv", "\tA2 A1\tSAFE", "\tA\tSAFE", GUIDE_UNKNOWN, 5, "A"}, /* a group */
        {"referral.tsv", "\tA2 A1\tSAFE", "\tA2 A1\tNOTHING", GUIDE_UNKNOWN, 5, "NOTHING"},
        {"referral.tsv", "\tnearest\t", "\tsomewhere\t", GUIDE_UNKNOWN, 5, "somewhere"},
        {"referral.tsv", "\tnow\t", "\tsoon\t", GUIDE_UNKNOWN, 5, "soon"},
        {"referral.tsv", "\t1 2 3\t", "\t1 4\t", GUIDE_UNKNOWN, 5, "4"},
        {"referral.tsv", "N1\tccwc\tsafe", "N1\tccwc\tnobody", GUIDE_UNKNOWN, 6, "nobody"},
        {"referral.tsv", "N1\tccwc", "N15\tccwc", GUIDE_UNKNOWN, 6, "N15"},
        {"referral.tsv", "N1\tccwc", "N1\tsafe", GUIDE_TWICE, 6, "safe"},
        {"referral.tsv", "N1\tsafe\t\t", "N1\tsafe\twccc\t", GUIDE_CYCLE, 0, NULL},
        {"referral.tsv", "N1\tsafe\t\t", "N1\tsafe\tsafe\t", GUIDE_CYCLE, 0, NULL},
        {"referral.tsv", "\tSAFE\n", "\tSAFE\tmore\n", GUIDE_CELLS, 5, NULL},
        {"referral.tsv", "\tSAFE\n", "\n", GUIDE_CELLS, 5, NULL},
        {"referral.tsv", "# need\t", "# needs\t", GUIDE_HEADING, 4, NULL},
        {"step.tsv", "Legal aid\t", "\t", GUIDE_EMPTY, 0, "en"},
        {"step.tsv", "\tជំនួយផ្នែកច្បាប់\t", "\t\t", GUIDE_EMPTY, 0, "km"},
        {"step.tsv", "LEGAL\t", "SAFE\t", GUIDE_TWICE, 0, "SAFE"},
        {"step.tsv", "Legal aid", "Legal\x1b[2J aid", GUIDE_BYTES, 0, NULL},
        {"step.tsv", "Legal aid", "Legal \xC3\x28 aid", GUIDE_BYTES, 0, NULL},
        {"step.tsv", "Legal aid", "Legal \xE2\x80\xAE aid", GUIDE_BYTES, 0, NULL},
        {"advice.tsv", "N4\tsay", "N44\tsay", GUIDE_UNKNOWN, 0, "N44"},
        {"advice.tsv", "N4\tsay", "N4\tsing", GUIDE_UNKNOWN, 0, "sing"},
        {"advice.tsv", "*\tsecret", "N1\tsecret", GUIDE_EMPTY, 0, "secret"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        put_changed(bad[i].file, bad[i].from, bad[i].to);
        assert_refused(*state, bad[i].wrong, bad[i].file, bad[i].line, bad[i].what);
    }
}

static void files_too_big_or_empty_are_refused(void **state)
{
    char *big = mem_alloc(10 << 20);
    memset(big, 'x', 10 << 20);
    put_file("step.tsv", big, 10 << 20);
    assert_refused(*state, GUIDE_BIG, "step.tsv", 0, NULL);
    free(big);
    put_file("step.tsv", "", 0);
    assert_refused(*state, GUIDE_HEADING, "step.tsv", 0, NULL);
    const char *head = "# need\tid\tafter\tlevel\ttiers\turgency\tkinds\tstep\n";
    put_file("referral.tsv", head, strlen(head));
    assert_refused(*state, GUIDE_NO_STEPS, "referral.tsv", 0, "N1");
}

static void any_bytes_are_either_read_or_refused(void **state)
{
    uint64_t random = 6;
    for (int round = 0; round < 200; round++) {
        struct text t = TEXT_INIT;
        read_built_in("referral.tsv", &t);
        for (size_t k = 0; k < 5; k++)
            t.bytes[random_below(&random, t.len)] = "\t\n\x80 #N9"[random_below(&random, 7)];
        put_file("referral.tsv", t.bytes, random_below(&random, t.len));
        struct guide g;
        struct guide_fault fault;
        assert_int_equal(guide_load(*state, directory, &g, &fault), STATUS_OK);
        size_t count;
        assert_non_null(guide_rules(&g, "N14", &count));
        guide_release(&g);
        text_release(&t);
    }
    remove_files();
}

static int set_up(void **state)
{
    fixture_path(path, "guide");
    snprintf(directory, sizeof directory, "%s.rules", path);
    *state = seeded_open(path);
    return mkdir(directory, 0700);
}

static int tear_down(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return rmdir(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_built_in_rules_lead_every_need_somewhere),
        cmocka_unit_test(sexual_abuse_has_health_care_within_72_hours),
        cmocka_unit_test(an_own_file_takes_the_place_of_the_built_in_one),
        cmocka_unit_test(bad_files_are_refused_by_name_line_and_reason),
        cmocka_unit_test(files_too_big_or_empty_are_refused),
        cmocka_unit_test(any_bytes_are_either_read_or_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
