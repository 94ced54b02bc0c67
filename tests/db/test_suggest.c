/* "Did you mean": misspelt words are put right in both scripts, and no query, however odd, is a
 * dead end: it has hits, or suggestions that have. */
#include "finding.h"

#include "db/search_near.h"
#include "db/synonym.h"
#include "i18n/utf8.h"

enum { ODD_QUERIES = 500, SMALL = 3 };

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "suggest");
    *state = seeded_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static size_t hits_of(struct db *db, const struct query *query)
{
    struct result r;
    run(db, query, &r);
    size_t count = r.count;
    result_release(&r);
    return count;
}

/* What the screen asks when a suggestion is taken (search.h says how). */
static struct query taken(const struct query *query, const struct suggestion *s)
{
    struct query q = *query;
    q.words = s->words;
    if (s->filter.guessed)
        return q;
    q.filter_count = 0;
    for (size_t i = 0; i < query->filter_count && s->filter.kind != FILTER_KIND_COUNT; i++) {
        const struct filter *f = &query->filters[i];
        bool kinds = f->kind == FILTER_TYPE || f->kind == FILTER_GROUP || f->kind == FILTER_NEED;
        bool same = s->kind == SUGGEST_RELATED ? kinds : f->kind == s->filter.kind;
        if (!same)
            q.filters[q.filter_count++] = *f;
    }
    if (s->kind != SUGGEST_WITHOUT && s->filter.kind != FILTER_KIND_COUNT)
        q.filters[q.filter_count++] = s->filter;
    return q;
}

/* Hits, or ways on, each of which has hits. */
static bool leads_on(struct db *db, const struct query *query)
{
    struct result r;
    run(db, query, &r);
    bool on = r.count > 0 || r.suggestion_count > 0;
    for (size_t i = 0; i < r.suggestion_count; i++) {
        struct query next = taken(query, &r.suggestions[i]);
        assert_true(r.suggestions[i].count > 0);
        if (hits_of(db, &next) == 0)
            fail_msg("'%s': the suggestion '%s' (%d, filter %d '%s') finds nothing", query->words,
                     r.suggestions[i].words, (int)r.suggestions[i].kind,
                     (int)r.suggestions[i].filter.kind, r.suggestions[i].filter.value);
    }
    result_release(&r);
    return on;
}

static bool suggests(struct db *db, const char *words, const char *wanted, size_t among)
{
    struct result r = find(db, words);
    bool there = false;
    for (size_t i = 0; i < r.suggestion_count && i < among; i++)
        there |= strcmp(r.suggestions[i].words, wanted) == 0;
    result_release(&r);
    return there;
}

static void assert_suggests(struct db *db, const char *words, const char *wanted)
{
    if (!suggests(db, words, wanted, SMALL)) {
        struct result r = find(db, words);
        for (size_t i = 0; i < r.suggestion_count; i++)
            print_message("  %s (%d)\n", r.suggestions[i].words, (int)r.suggestions[i].count);
        fail_msg("'%s' finds %d and does not suggest '%s'", words, (int)r.count, wanted);
    }
}

static void misspelt_words_are_put_right(void **state)
{
    static const char *const pairs[][2] = {
        {"conselling", "counselling"},
        {"lawer", "lawyer"},
        {"hotlnie", "hotline"},
        {"lawyr kampot", "lawyer kampot"},
        {"kampot polise", "kampot police"},
        {"socail affiars", "social affairs"},
        {"girl counceling", "girl counselling"},
        {"comittee chhuk", "committee chhuk"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_suggests(*state, pairs[i][0], pairs[i][1]);
}

static void misspelt_khmer_is_put_right(void **state)
{
    static const char *const pairs[][2] = {
        {"ទូរស័ព្ទបន្ទន់", "ទូរស័ព្ទបន្ទាន់"},
        {"មេធាវ", "មេធាវី"},
        {"នគបាល", "នគរបាល"},
        {"សង្គមកិច", "សង្គមកិច្ច"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct result r = find(*state, pairs[i][0]);
        if (!r.count || r.widened)
            assert_suggests(*state, pairs[i][0], pairs[i][1]);
        result_release(&r);
    }
}

static bool has_kind(const struct result *r, int kind)
{
    for (size_t i = 0; i < r->suggestion_count; i++)
        if ((int)r->suggestions[i].kind == kind)
            return true;
    return false;
}

/* The born directory knows no shelter: what helps with the same needs is offered. */
static void a_kind_that_is_nowhere_leads_to_related_kinds(void **state)
{
    struct result r = find(*state, "rattanakiri shelter");
    assert_int_equal(r.count, 0);
    assert_true(has_kind(&r, SUGGEST_RELATED));
    assert_true(has_kind(&r, SUGGEST_WITHOUT));
    result_release(&r);
}

/* "shelter" itself finds nothing in the born directory: what helps in its place is offered. */
static void a_misspelt_word_that_would_find_nothing_leads_on_as_the_right_one_does(void **state)
{
    struct result r = find(*state, "shleter kampot");
    assert_int_equal(r.count, 0);
    assert_true(has_kind(&r, SUGGEST_RELATED));
    result_release(&r);
    r = find(*state, "birth certificat");
    assert_true(r.suggestion_count > 1);
    result_release(&r);
}

static void an_area_without_it_leads_to_a_wider_one(void **state)
{
    struct query query = {.words = "", .lang = LANG_EN};
    struct result r;
    query.filters[query.filter_count++] =
        (struct filter){.kind = FILTER_AREA, .value = "070303", .where = WHERE_LOCATED};
    query.filters[query.filter_count++] = (struct filter){.kind = FILTER_TYPE, .value = "B3"};
    run(*state, &query, &r);
    assert_int_equal(r.count, 0);
    assert_true(has_kind(&r, SUGGEST_WIDER_AREA));
    for (size_t i = 0; i < r.suggestion_count; i++)
        if (r.suggestions[i].kind == SUGGEST_WIDER_AREA) {
            assert_false(r.suggestions[i].filter.guessed);
            assert_string_equal(r.suggestions[i].filter.value, "0703");
            assert_int_equal(r.suggestions[i].filter.where, WHERE_LOCATED);
            assert_int_equal(r.suggestions[i].count, 1);
        }
    result_release(&r);
    assert_true(leads_on(*state, &query));
}

static void what_is_found_as_it_is_gets_no_suggestions(void **state)
{
    static const char *const typed[] = {"012 311 112", "adhoc", "kampot", "committee", "hotline"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct result r = find(*state, typed[i]);
        assert_true(r.count > 0);
        if (r.suggestion_count)
            fail_msg("'%s' is found and yet '%s' is suggested", typed[i], r.suggestions[0].words);
        result_release(&r);
    }
}

static void suggestions_are_each_once_and_never_what_was_typed(void **state)
{
    static const char *const typed[] = {"shelter xyzzy kampot", "14 girl shelter chhuk 24h",
                                        "lawer", "ជម្រកឈូក", "wheelchair kratie boy"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct result r = find(*state, typed[i]);
        assert_true(r.suggestion_count > 0);
        for (size_t k = 0; k < r.suggestion_count; k++) {
            assert_string_not_equal(r.suggestions[k].words, typed[i]);
            for (size_t n = 0; n < k; n++)
                assert_string_not_equal(r.suggestions[k].words, r.suggestions[n].words);
        }
        result_release(&r);
    }
}

/* --- odd queries
 * ------------------------------------------------------------------------------------- */

static uint64_t randomness = 0x9E3779B97F4A7C15;

static size_t below(size_t n)
{
    return random_below(&randomness, n);
}

/* Takes out, doubles or swaps one code point. */
static void misspell(struct text *out, const char *word)
{
    size_t at[64], n = 0, len = strlen(word);
    char32_t cp;
    for (size_t i = 0; i < len && n < 63; i += utf8_decode(word + i, len - i, &cp))
        at[n++] = i;
    at[n] = len;
    if (n < 3) {
        text_adds(out, word);
        return;
    }
    size_t k = 1 + below(n - 2);
    size_t how = below(3);
    text_add(out, word, at[k]);
    if (how == 1)
        text_add(out, word + at[k], at[k + 1] - at[k]);
    if (how == 2) {
        text_add(out, word + at[k + 1], (k + 2 <= n ? at[k + 2] : len) - at[k + 1]);
        text_add(out, word + at[k], at[k + 1] - at[k]);
        text_adds(out, word + (k + 2 <= n ? at[k + 2] : len));
        return;
    }
    text_adds(out, word + at[k + 1]);
}

static const char *const places[] = {"kampot",      "siem reap", "rattanakiri", "chhuk",
                                     "ឈូក",          "កំពត",       "kep",         "takeo",
                                     "boeng nimol", "ភ្នំពេញ",     "svay reing",  ""};
static const char *const who[] = {"14",        "girl",     "boy",    "under 5", "disabled",
                                  "24h",       "open now", "ក្មេងស្រី", "tier 1",  "ngo",
                                  "confirmed", "baby",     ""};
static const char *const nonsense[] = {"xyzzy",         "qwerty asdf", "ខឡឈញ", "!!!",
                                       "zzzz 77",       "កកកកកក",      "....", "\U0001F600",
                                       "a b c d e f g", "ឡឡឡ"};

static void odd_query(const struct synonym_list *list, struct text *out)
{
    const struct synonym *s = &list->rows[below(list->count)];
    text_clear(out);
    switch (below(6)) {
    case 0:
        misspell(out, s->words);
        break;
    case 1:
        text_addf(out, "%s %s", s->words, places[below(12)]);
        break;
    case 2:
        text_addf(out, "%s %s %s", s->words, who[below(13)], places[below(12)]);
        break;
    case 3:
        misspell(out, s->words);
        text_addf(out, " %s", places[below(12)]);
        break;
    case 4:
        text_addf(out, "%s %s", s->words, nonsense[below(10)]);
        break;
    default:
        text_addf(out, "%s %s %s", who[below(13)], nonsense[below(10)], places[below(12)]);
    }
}

static void no_odd_query_is_a_dead_end(void **state)
{
    struct synonym_list list;
    struct text words = TEXT_INIT;
    size_t empty = 0;
    assert_int_equal(synonym_load(*state, &list), STATUS_OK);
    for (size_t i = 0; i < ODD_QUERIES; i++) {
        odd_query(&list, &words);
        struct query query = {.words = words.bytes, .lang = i % 2 ? LANG_KM : LANG_EN};
        if (i % 7 == 0)
            query.filters[query.filter_count++] =
                (struct filter){.kind = FILTER_AREA, .value = "0703"};
        if (i % 11 == 0)
            query.filters[query.filter_count++] =
                (struct filter){.kind = FILTER_SECTOR, .value = "international"};
        if (!leads_on(*state, &query))
            fail_msg("'%s' is a dead end", words.bytes);
        empty += hits_of(*state, &query) == 0;
    }
    print_message("%d of %d odd queries find nothing at first\n", (int)empty, ODD_QUERIES);
    assert_true(empty > ODD_QUERIES / 10);
    synonym_list_release(&list);
    text_release(&words);
}

/* --- distance
 * ----------------------------------------------------------------------------------------- */

static void distance_counts_letters_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        unsigned most, wanted;
    } rows[] = {
        {"", "", 2, 0},       {"abc", "abc", 2, 0}, {"abc", "abd", 2, 1},
        {"abc", "acb", 2, 1}, {"abc", "ab", 2, 1},  {"abc", "xabc", 2, 1},
        {"abc", "xyz", 2, 3}, {"abc", "xyz", 3, 3}, {"shelter", "sheltre", 2, 1},
        {"កំពត", "កពត", 2, 1}, {"កំពត", "កំពប", 2, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned wanted = rows[i].wanted > rows[i].most ? rows[i].most + 1 : rows[i].wanted;
        assert_int_equal(
            near_distance(rows[i].a, strlen(rows[i].a), rows[i].b, strlen(rows[i].b), rows[i].most),
            wanted);
        assert_int_equal(
            near_distance(rows[i].b, strlen(rows[i].b), rows[i].a, strlen(rows[i].a), rows[i].most),
            wanted);
    }
}

static void visit_hostile(void *context, const char *words)
{
    struct query query = {.words = words, .lang = LANG_KM};
    if (!leads_on(context, &query) && *words)
        fail_msg("'%.40s' is a dead end", words);
}

static void hostile_words_lead_on(void **state)
{
    hostile_each(visit_hostile, *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misspelt_words_are_put_right),
        cmocka_unit_test(misspelt_khmer_is_put_right),
        cmocka_unit_test(a_kind_that_is_nowhere_leads_to_related_kinds),
        cmocka_unit_test(a_misspelt_word_that_would_find_nothing_leads_on_as_the_right_one_does),
        cmocka_unit_test(an_area_without_it_leads_to_a_wider_one),
        cmocka_unit_test(what_is_found_as_it_is_gets_no_suggestions),
        cmocka_unit_test(suggestions_are_each_once_and_never_what_was_typed),
        cmocka_unit_test(no_odd_query_is_a_dead_end),
        cmocka_unit_test(distance_counts_letters_wrong),
        cmocka_unit_test(hostile_words_lead_on),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
