/* Services that have only Khmer names, found by what they sound like in Latin letters. */
#include "finding.h"
#include "invented.h"

#include "db/search_sound.h"

enum { NAMES = 6 };

static const char *const names[NAMES] = {
    "មណ្ឌលកុមារភ្នំស្រួច", "ផ្ទះសន្តិភាព",      "សាលារៀនបុប្ផា",
    "អង្គការរស្មីសង្ឃឹម", "ក្រុមគ្រួសារសុភមង្គល", "មជ្ឈមណ្ឌលចំរើនចិត្ត",
};

struct place {
    struct db *db;
    struct uuid organization;
    struct uuid ids[NAMES];
};

static char path[FIXTURE_PATH];

static struct uuid add_service(const struct place *p, int field, const char *name)
{
    struct field_value fields[] = {
        fixture_text(field, name),
        fixture_id(FIELD_ID(SERVICE, organization), p->organization),
    };
    return invented_add(p->db, RECORD_SERVICE, fields, 2);
}

static int setup(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    fixture_path(path, "sound");
    p->db = seeded_open(path);
    struct field_value organization[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Zz")};
    p->organization = invented_add(p->db, RECORD_ORGANIZATION, organization, 1);
    for (size_t i = 0; i < NAMES; i++)
        p->ids[i] = add_service(p, FIELD_ID(SERVICE, name_km), names[i]);
    *state = p;
    return 0;
}

static int teardown(void **state)
{
    struct place *p = *state;
    db_close(p->db);
    fixture_remove(path);
    free(p);
    return 0;
}

static void first_sounds_like(const struct place *p, const char *words, size_t name)
{
    struct result result = find(p->db, words);
    if (!result.count || !uuid_equal(&result.rows[0].id, &p->ids[name]))
        fail_msg("'%s' finds '%s' first of %zu (%zu filters)", words,
                 result.count ? result.rows[0].name_km : "", result.count, result.filter_count);
    assert_int_equal(result.rows[0].reason, REASON_SOUND);
    result_release(&result);
}

static void a_khmer_name_is_found_by_its_sound(void **state)
{
    first_sounds_like(*state, "mondol komar phnom sruoch", 0);
    first_sounds_like(*state, "phteah santepheap", 1);
    first_sounds_like(*state, "bopha", 2);
    first_sounds_like(*state, "sophamongkol", 4);
}

static void other_vowels_and_a_wrong_letter_are_heard(void **state)
{
    first_sounds_like(*state, "mundul kumar phnum sruoch", 0);
    first_sounds_like(*state, "phtea sontipheap", 1);
    first_sounds_like(*state, "sopheamongkul", 4);
}

static void words_are_heard_while_they_are_typed(void **state)
{
    first_sounds_like(*state, "sophamong", 4);
    first_sounds_like(*state, "mondolkomar phnom sru", 0);
}

static void words_join_with_filters_and_with_khmer(void **state)
{
    first_sounds_like(*state, "rosmei សង្ឃឹម", 3);
    first_sounds_like(*state, "ផ្ទះ santepheap", 1);
}

/* What is written so stands before what only sounds so. */
static void what_is_written_comes_before_what_is_heard(void **state)
{
    struct place *p = *state;
    struct uuid written = add_service(p, FIELD_ID(SERVICE, name_en), "Bopha Restaurant Training");
    struct result result = find(p->db, "bopha");
    assert_true(result.count >= 2);
    assert_true(uuid_equal(&result.rows[0].id, &written));
    assert_true(result.rows[0].reason < REASON_SOUND);
    assert_int_equal(result.rows[result.count - 1].reason, REASON_SOUND);
    result_release(&result);
}

static void what_sounds_otherwise_is_not_found(void **state)
{
    static const char *const words[] = {"xylophone", "bppptk", "mrkvstl", "zzzz"};
    struct place *p = *state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct result result = find(p->db, words[i]);
        for (size_t k = 0; k < result.count; k++)
            if (result.rows[k].reason == REASON_SOUND)
                fail_msg("'%s' sounds like '%s'", words[i], result.rows[k].name_km);
        result_release(&result);
    }
}

static void a_new_name_is_heard_at_once(void **state)
{
    struct place *p = *state;
    struct result result = find(p->db, "thyrak vatanak");
    assert_true(result.count == 0 || result.rows[0].reason != REASON_SOUND);
    result_release(&result);
    struct uuid id = add_service(p, FIELD_ID(SERVICE, name_km), "ធីរៈវឌ្ឍនៈ");
    result = find(p->db, "thireak voatthaneak");
    assert_true(result.count > 0);
    assert_true(uuid_equal(&result.rows[0].id, &id));
    result_release(&result);
}

static void a_typed_word_stands_for_words_of_names(void **state)
{
    struct place *p = *state;
    struct sound_list list;
    assert_int_equal(sound_words(p->db, "bopha", 5, false, &list), STATUS_OK);
    assert_true(list.count > 0);
    for (size_t i = 1; i < list.count; i++)
        assert_true(list.rows[i - 1].cost <= list.rows[i].cost);
    assert_int_equal(sound_words(p->db, "a", 1, true, &list), STATUS_OK);
    assert_int_equal(list.count, 0);
    assert_int_equal(sound_words(p->db, "បុប្ផា", strlen("បុប្ផា"), true, &list), STATUS_OK);
    assert_int_equal(list.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_khmer_name_is_found_by_its_sound),
        cmocka_unit_test(other_vowels_and_a_wrong_letter_are_heard),
        cmocka_unit_test(words_are_heard_while_they_are_typed),
        cmocka_unit_test(words_join_with_filters_and_with_khmer),
        cmocka_unit_test(what_sounds_otherwise_is_not_found),
        cmocka_unit_test(a_new_name_is_heard_at_once),
        cmocka_unit_test(a_typed_word_stands_for_words_of_names),
        cmocka_unit_test(what_is_written_comes_before_what_is_heard),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
