/* What is understood of typed words: each query with the filters it becomes and the text that is
 * left, for the three readings, in both languages, half typed and refused. */
#include "finding.h"

#include "db/search_plan.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "words");
    *state = seeded_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

/* "type:D3 area:07 | text" */
static void describe(const struct plan *plan, struct text *out)
{
    static const char *const names[FILTER_KIND_COUNT] = {
        [FILTER_AREA] = "area",
        [FILTER_TYPE] = "type",
        [FILTER_GROUP] = "group",
        [FILTER_TIER] = "tier",
        [FILTER_STATUS] = "status",
        [FILTER_AGE] = "age",
        [FILTER_SEX] = "sex",
        [FILTER_PHONE] = "phone",
        [FILTER_ALL_DAY] = "24h",
        [FILTER_NEED] = "need",
        [FILTER_ORGANIZATION] = "organization",
        [FILTER_SECTOR] = "sector",
        [FILTER_LEVEL] = "level",
        [FILTER_CONFIRMED] = "confirmed",
        [FILTER_DISABILITY] = "disability",
        [FILTER_OPEN_NOW] = "now",
        [FILTER_OUTPUT] = "output",
    };
    text_clear(out);
    for (size_t i = 0; i < plan->filter_count; i++) {
        const struct filter *f = &plan->filters[i];
        text_addf(out, "%s%s", i ? " " : "", names[f->kind]);
        if (*f->value)
            text_addf(out, ":%s", f->value);
    }
    text_addf(out, "%s|%s%s", out->len ? " " : "", *plan->text ? " " : "", plan->text);
}

static void assert_read(struct db *db, enum reading reading, const char *words, const char *wanted)
{
    struct query query = {.words = words, .lang = LANG_KM};
    struct plan plan;
    struct text got = TEXT_INIT;
    assert_int_equal(plan_make(db, &query, reading, false, &plan), STATUS_OK);
    describe(&plan, &got);
    if (strcmp(got.bytes, wanted) != 0)
        fail_msg("'%s' is read as '%s', not '%s'", words, got.bytes, wanted);
    plan_release(&plan);
    text_release(&got);
}

struct read {
    const char *words, *wanted;
};

static void assert_all(struct db *db, enum reading reading, const struct read *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_read(db, reading, rows[i].words, rows[i].wanted);
}

#define ASSERT_ALL(db, reading, rows) assert_all(db, reading, rows, sizeof(rows) / sizeof *(rows))

static void kinds_are_known_by_what_people_call_them(void **state)
{
    static const struct read rows[] = {
        {"safe house", "type:A3 |"},
        {"safe-houses", "type:A3 |"},
        {"SAFEHOUSE", "type:A3 |"},
        {"ផ្ទះសុវត្ថិភាព", "type:A3 |"},
        {"hotline", "type:A1 |"},
        {"helplines", "type:A1 |"},
        {"Hotline / helpline", "type:A1 |"},
        {"ទូរស័ព្ទបន្ទាន់", "type:A1 |"},
        {"counselling", "type:D3 |"},
        {"counseling", "type:D3 |"},
        {"counsellors", "type:D3 |"},
        {"health centre", "type:D1 |"},
        {"health centers", "type:D1 |"},
        {"orphanage", "type:C8 |"},
        {"មណ្ឌលកុមារកំព្រា", "type:C8 |"},
        {"ID Poor", "type:G4 |"},
        {"IDPoor", "type:G4 |"},
        {"ប័ណ្ណក្រីក្រ", "type:G4 |"},
        {"lawyers", "type:F1 |"},
        {"មេធាវី", "type:F1 |"},
        {"CCWC", "type:B1 |"},
        {"គ.ក.ន.ក", "type:B1 |"},
        {"គកនក", "type:B1 |"},
        {"sangkumkech", "type:B3 |"},
        {"vocational training", "type:G2 |"},
        {"disability", "disability |"},
        {"Family and alternative care", "group:C |"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
}

static void needs_are_known_by_what_happened(void **state)
{
    static const struct read rows[] = {
        {"rape", "need:N3 |"},
        {"raped", "need:N3 |"},
        {"រំលោភ", "need:N3 |"},
        {"beaten", "need:N2 |"},
        {"domestic violence", "need:N2 |"},
        {"អំពើហិង្សា", "need:N2 |"},
        {"school drop-out", "need:N12 |"},
        {"school dropouts", "need:N12 |"},
        {"បោះបង់ការសិក្សា", "need:N12 |"},
        {"trafficked", "need:N6 |"},
        {"child marriage", "need:N8 |"},
        {"suicide", "need:N9 |"},
        {"homeless", "need:N5 |"},
        {"Sexual abuse", "need:N3 |"},
        {"arrested", "need:N14 |"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
}

static void ages_are_read_in_every_usual_form(void **state)
{
    static const struct read rows[] = {
        {"14 years", "age:14 |"},
        {"age 14", "age:14 |"},
        {"aged 14", "age:14 |"},
        {"14yo", "age:14 |"},
        {"14 years old", "age:14 |"},
        {"អាយុ 14", "age:14 |"},
        {"អាយុ ១៤ ឆ្នាំ", "age:14 |"},
        {"១៤ឆ្នាំ", "age:14 |"},
        {"under 5", "age:0-4 |"},
        {"under 5 years", "age:0-4 |"},
        {"below 12", "age:0-11 |"},
        {"ក្រោម 5 ឆ្នាំ", "age:0-4 |"},
        {"up to 6", "age:0-6 |"},
        {"over 15", "age:16-99 |"},
        {"10-14 years", "age:10-14 |"},
        {"6 to 11 years", "age:6-11 |"},
        {"8 months", "age:0 |"},
        {"baby", "age:0-1 |"},
        {"teenagers", "age:13-17 |"},
        {"ទារក", "age:0-1 |"},
        {"14 girl", "age:14 sex:female |"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
}

static void a_number_that_is_no_age_is_none(void **state)
{
    static const struct read rows[] = {
        {"14", "| 14"},
        {"kampot 14", "area:07 | 14"},
        {"99 girls", "sex:female | 99"},
        {"0 girl", "sex:female | 0"},
        {"12-5 years", "| 12-5 years"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
    assert_read(*state, READ_BOLD, "kampot 14", "area:07 age:14 |");
}

static void telephone_numbers_are_read_however_they_are_parted(void **state)
{
    static const struct read rows[] = {
        {"012 311 112", "phone:012311112 |"},
        {"012-311-112", "phone:012311112 |"},
        {"(012) 311 112", "phone:012311112 |"},
        {"+855 12 311 112", "phone:+85512311112 |"},
        {"០១២ ៣១១ ១១២", "phone:012311112 |"},
        {"1280", "phone:1280 |"},
        {"012 3", "phone:0123 |"},
        {"kampot 1280", "area:07 phone:1280 |"},
        {"0", "|"},
        {"01", "|"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
}

static void other_filters_are_known_in_both_languages(void **state)
{
    static const struct read rows[] = {
        {"girl", "sex:female |"},
        {"ក្មេងស្រី", "sex:female |"},
        {"boys", "sex:male |"},
        {"24h", "24h |"},
        {"24/7", "24h |"},
        {"24 hours", "24h |"},
        {"24 ម៉ោង", "24h |"},
        {"open now", "now |"},
        {"បើកឥឡូវ", "now |"},
        {"tier 3", "tier:3 |"},
        {"preventive", "tier:2 |"},
        {"government", "sector:government |"},
        {"NGOs", "sector:ngo |"},
        {"អង្គការ", "sector:ngo |"},
        {"national level", "level:nation |"},
        {"ថ្នាក់ស្រុក", "level:district |"},
        {"confirmed", "confirmed:yes |"},
        {"unconfirmed", "confirmed:no |"},
        {"temporarily closed", "status:temporarily_closed |"},
        {"output 2.6", "output:2.6 |"},
        {"Outputs 1.10", "output:1.10 |"},
        {"\u179B\u1791\u17D2\u1792\u1795\u179B 1.1", "output:1.1 |"},
        {"programme 2", "output:2 |"},
        {"disabled", "disability |"},
        {"ជនមានពិការភាព", "disability |"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
}

static void what_officers_type_is_read_as_they_mean_it(void **state)
{
    static const struct read rows[] = {
        {"rattanakiri shelter", "area:16 type:A3 |"},
        {"siemreap hotline", "area:17 type:A1 |"},
        {"14 girl counselling kampot 24h", "age:14 sex:female type:D3 area:07 24h |"},
        {"chhuk kampot social affairs", "area:0703 area:07 type:B3 |"},
        {"lawyer in kampot", "type:F1 area:07 |"},
        {"i need a lawyer for a girl in kep", "type:F1 sex:female area:23 |"},
        {"rape, girl 12 years, takeo", "need:N3 sex:female age:12 area:21 |"},
        {"wheelchair for boy kratie", "type:E2 sex:male area:10 |"},
        {"kampot province hospital", "area:07 type:D1 |"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
}

/* Khmer is mostly written without spaces. */
static void khmer_without_spaces_is_parted_when_all_of_it_is_explained(void **state)
{
    static const struct read rows[] = {
        {"ជម្រកសៀមរាប", "type:A3 area:17 |"},
        {"មន្ទីរពេទ្យខេត្តកំពត", "type:D1 area:07 |"},
        {"ក្មេងស្រីអាយុ14ឆ្នាំកំពត", "sex:female age:14 area:07 |"},
        {"ខ្ញុំត្រូវការមេធាវីនៅកំពត", "type:F1 area:07 |"},
        {"ប្រឹក្សាយោបល់24ម៉ោង", "type:D3 24h |"},
        {"ជម្រក\u200Bសៀមរាប", "type:A3 area:17 |"},
        {"ចំការជម្រកកខគ", "| ចំការជម្រកកខគ"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
    assert_read(*state, READ_BOLD, "កខគជម្រកសៀមរាប", "type:A3 area:17 | កខគ");
}

static void misspelt_areas_are_heard(void **state)
{
    static const struct read rows[] = {
        {"siamreap hotline", "area:17 type:A1 |"},
        {"batambang police", "area:02 type:A2 |"},
        {"rotanak kiri police", "area:16 type:A2 |"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
    assert_read(*state, READ_BOLD, "police batambang", "type:A2 area:02 |");
}

/* Only where nothing else is found, and where some of it stands in no text. */
static void misspelt_khmer_areas_are_heard_when_read_boldly(void **state)
{
    static const struct read bold[] = {
        {"រតនគីរ", "area:16 |"},
        {"រតនះគីរី", "area:16 |"},
        {"ជម្រករតនគីរ", "type:A3 area:16 |"},
        {"ប៉ូលិស បាត់ដំប៉ង", "type:A2 area:02 |"},
        {"កខគឃ", "| កខគឃ"},
    };
    ASSERT_ALL(*state, READ_BOLD, bold);
    assert_read(*state, READ_CERTAIN, "រតនគីរ", "| រតនគីរ");
}

/* While a word is typed nothing is guessed that the next key may make something else. */
static void a_word_under_the_cursor_is_guessed_only_when_certain(void **state)
{
    static const struct read rows[] = {
        {"kampot boy", "area:07 | boy"},
        {"kampot boy ", "area:07 sex:male |"},
        {"kampot 1", "area:07 | 1"},
        {"kampot siamrea", "area:07 | siamrea"},
        {"shelter in", "type:A3 | in"},
        {"shelter in ", "type:A3 |"},
        {"shelt", "| shelt"},
        {"kampo", "| kampo"},
        {"kampot", "area:07 |"},
        {"ក្រ", "| ក្រ"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
}

static void words_that_only_join_stay_when_they_may_be_part_of_a_name(void **state)
{
    static const struct read rows[] = {
        {"friends of the river", "| friends of the river"},
        {"house of lanterns kampot", "area:07 | house of lanterns"},
        {"for the", "| for the"},
    };
    ASSERT_ALL(*state, READ_CERTAIN, rows);
    assert_read(*state, READ_BOLD, "lanterns for the kampot", "area:07 | lanterns");
    assert_read(*state, READ_BOLD, "for the", "| for the");
}

static void without_what_a_search_can_do_without_what_and_where_stay(void **state)
{
    assert_read(*state, READ_SOFT, "14 girl counselling kampot 24h open now", "type:D3 area:07 |");
}

static void several_areas_are_all_asked_and_of_nested_ones_the_inner(void **state)
{
    struct query query = {.words = "kampot kep", .lang = LANG_EN};
    struct plan plan;
    assert_int_equal(plan_make(*state, &query, READ_CERTAIN, false, &plan), STATUS_OK);
    assert_int_equal(plan.asked_count, 2);
    assert_string_equal(plan.asked[0], "07");
    assert_string_equal(plan.asked[1], "23");
    plan_release(&plan);
    query.words = "kampot chhuk";
    assert_int_equal(plan_make(*state, &query, READ_CERTAIN, false, &plan), STATUS_OK);
    assert_int_equal(plan.asked_count, 1);
    assert_string_equal(plan.asked[0], "0703");
    plan_release(&plan);
}

static void near_an_area_is_also_what_lies_around_it(void **state)
{
    static const char *const typed[] = {"near chhuk police", "police close to chhuk ",
                                        "នគរបាល ជិត ស្រុកឈូក"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct query query = {.words = typed[i], .lang = LANG_EN};
        struct plan plan;
        assert_int_equal(plan_make(*state, &query, READ_CERTAIN, false, &plan), STATUS_OK);
        if (plan.asked_count != 2 || strcmp(plan.asked[0], "0703") != 0 ||
            strcmp(plan.asked[1], "07") != 0)
            fail_msg("'%s' asks %d areas, first '%s'", typed[i], (int)plan.asked_count,
                     plan.asked[0]);
        plan_release(&plan);
    }
}

static void a_need_stands_for_its_kinds_in_their_order(void **state)
{
    struct search *search;
    struct query query = {.words = "rape", .lang = LANG_EN};
    struct plan plan;
    assert_int_equal(search_terms(*state, &search), STATUS_OK);
    assert_int_equal(plan_make(*state, &query, READ_CERTAIN, false, &plan), STATUS_OK);
    assert_true(plan.need && plan.need_kind_count > 5);
    assert_int_equal(plan.need_kinds[0], search_kind_bit(search, "D2"));
    assert_int_equal(plan.need_kinds[1], search_kind_bit(search, "D1"));
    plan_release(&plan);
    query.words = "rape shelter "; /* kinds asked for beside it stand for themselves */
    assert_int_equal(plan_make(*state, &query, READ_CERTAIN, false, &plan), STATUS_OK);
    assert_false(plan.need);
    assert_int_equal(plan.kinds[1], (uint64_t)1 << search_kind_bit(search, "A3"));
    plan_release(&plan);
}

static void what_the_person_refused_is_text(void **state)
{
    struct query query = {.words = "kampot counselling girl", .lang = LANG_EN};
    struct plan plan;
    struct text got = TEXT_INIT;
    query.refused[query.refused_count++] = (struct filter){.kind = FILTER_TYPE, .value = "D3"};
    query.refused[query.refused_count++] = (struct filter){.kind = FILTER_AREA, .value = "07"};
    assert_int_equal(plan_make(*state, &query, READ_CERTAIN, false, &plan), STATUS_OK);
    describe(&plan, &got);
    assert_string_equal(got.bytes, "sex:female | kampot counselling");
    plan_release(&plan);
    text_release(&got);
}

static void each_guess_says_where_it_stood(void **state)
{
    static const char words[] = "a shelter in  kampot for girls";
    struct query query = {.words = words, .lang = LANG_EN};
    struct plan plan;
    static const char *const parts[] = {"shelter", "kampot", "girls"};
    assert_int_equal(plan_make(*state, &query, READ_CERTAIN, false, &plan), STATUS_OK);
    assert_int_equal(plan.filter_count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct filter *f = &plan.filters[i];
        assert_true(f->guessed);
        assert_int_equal(f->len, strlen(parts[i]));
        assert_memory_equal(words + f->at, parts[i], f->len);
    }
    plan_release(&plan);
}

/* The last key of a whole word decides; the keys before it never make a filter come and go. */
static void filters_do_not_flicker_while_a_query_is_typed(void **state)
{
    static const char *const typed[] = {"kampot social affairs", "siemreap hotline",
                                        "takeo health centre", "girl kratie"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        size_t last = 0, drops = 0, len = strlen(typed[i]);
        for (size_t n = 1; n <= len; n++) {
            char words[64];
            struct plan plan;
            struct query query = {.words = words, .lang = LANG_EN};
            snprintf(words, sizeof words, "%.*s", (int)n, typed[i]);
            assert_int_equal(plan_make(*state, &query, READ_CERTAIN, false, &plan), STATUS_OK);
            drops += plan.filter_count < last;
            last = plan.filter_count;
            plan_release(&plan);
        }
        if (drops)
            fail_msg("'%s': filters go %d times while it is typed", typed[i], (int)drops);
        assert_true(last >= 1);
    }
}

static void visit_hostile(void *context, const char *words)
{
    static const enum reading readings[] = {READ_TEXT, READ_CERTAIN, READ_BOLD, READ_SOFT};
    for (size_t i = 0; i < 4; i++) {
        struct query query = {.words = words, .lang = LANG_KM};
        struct plan plan;
        assert_int_equal(plan_make(context, &query, readings[i], i % 2, &plan), STATUS_OK);
        assert_true(plan.filter_count <= QUERY_FILTERS);
        plan_release(&plan);
    }
}

static void hostile_words_are_read_without_harm(void **state)
{
    hostile_each(visit_hostile, *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_known_by_what_people_call_them),
        cmocka_unit_test(needs_are_known_by_what_happened),
        cmocka_unit_test(ages_are_read_in_every_usual_form),
        cmocka_unit_test(a_number_that_is_no_age_is_none),
        cmocka_unit_test(telephone_numbers_are_read_however_they_are_parted),
        cmocka_unit_test(other_filters_are_known_in_both_languages),
        cmocka_unit_test(what_officers_type_is_read_as_they_mean_it),
        cmocka_unit_test(khmer_without_spaces_is_parted_when_all_of_it_is_explained),
        cmocka_unit_test(misspelt_areas_are_heard),
        cmocka_unit_test(misspelt_khmer_areas_are_heard_when_read_boldly),
        cmocka_unit_test(a_word_under_the_cursor_is_guessed_only_when_certain),
        cmocka_unit_test(words_that_only_join_stay_when_they_may_be_part_of_a_name),
        cmocka_unit_test(without_what_a_search_can_do_without_what_and_where_stay),
        cmocka_unit_test(several_areas_are_all_asked_and_of_nested_ones_the_inner),
        cmocka_unit_test(near_an_area_is_also_what_lies_around_it),
        cmocka_unit_test(a_need_stands_for_its_kinds_in_their_order),
        cmocka_unit_test(what_the_person_refused_is_text),
        cmocka_unit_test(each_guess_says_where_it_stood),
        cmocka_unit_test(filters_do_not_flicker_while_a_query_is_typed),
        cmocka_unit_test(hostile_words_are_read_without_harm),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
