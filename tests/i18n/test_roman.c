/* Khmer in Latin letters, skeletons and distances. */
#include "support.h"

#include "i18n/roman.h"

static void assert_latin(const char *khmer, const char *want)
{
    struct text latin = TEXT_INIT;
    roman_latin(&latin, khmer, strlen(khmer));
    assert_text(latin, want);
    text_release(&latin);
}

static void names_are_written_as_the_gazetteer_writes_them(void **state)
{
    (void)state;
    assert_latin("កំពត", "Kampot");
    assert_latin("កំពង់ចាម", "Kampong Cham");
    assert_latin("កណ្ដាល", "Kandal");
    assert_latin("ព្រៃវែង", "Prey Veaeng");
    assert_latin("ស្វាយរៀង", "Svay Rieng");
    assert_latin("ភ្នំពេញ", "Phnum Penh");
    assert_latin("បន្ទាយមានជ័យ", "Banteay Meanchey");
    assert_latin("ត្រពាំង", "Trapeang");
    assert_latin("ជ្រៅ", "Chrov");
    assert_latin("ស្ទឹង", "Stueng");
    assert_latin("អង្គ", "Angk");
    assert_latin("ពង្រ", "Pongro");
    assert_latin("ប៉ៃលិន", "Pailin");
}

static void silent_letters_are_left_out(void **state)
{
    (void)state;
    assert_latin("បារាយណ៍", "Baray");
    assert_latin("ពោធិ៍", "Pou");
    assert_latin("អូរ", "Ou");
    assert_latin("រាជ្យ", "Reach");
    assert_latin("ព្រហ្ម", "Prom");
    assert_latin("ភូមិ", "Phum");
}

static void what_is_not_khmer_stays(void **state)
{
    (void)state;
    assert_latin("", "");
    assert_latin("ABC (កំពត) 12", "ABC (Kampot) 12");
    assert_latin("ទី ២", "Ti 2");
    assert_latin("\xE1\x9F\x92", "");
    assert_latin("caf\xC3\xA9", "caf\xC3\xA9");
}

/* Letters and spaces aside, most official names are the derived ones letter for letter. */
static void most_official_names_are_derived(void **state)
{
    (void)state;
    FILE *f = open_source("data/area.tsv");
    char line[400];
    size_t count = 0, same = 0;
    while (fgets(line, sizeof line, f)) {
        char *km = *line == '#' ? NULL : strchr(line, '\t');
        km = km ? strchr(km + 1, '\t') : NULL;
        char *en = km ? strchr(km + 1, '\t') : NULL;
        if (!en)
            continue;
        *en++ = '\0';
        struct text derived = TEXT_INIT, official = TEXT_INIT;
        roman_letters(&derived, km + 1, strlen(km + 1));
        roman_letters(&official, en, strlen(en));
        same += strcmp(derived.bytes, official.bytes) == 0;
        count++;
        text_release(&derived);
        text_release(&official);
    }
    fclose(f);
    print_message("derived letter for letter: %zu of %zu\n", same, count);
    assert_int_equal(count, 1887);
    assert_true(same * 100 / count >= 78);
}

static void assert_skeleton(const char *name, const char *want)
{
    struct text skeleton = TEXT_INIT;
    roman_skeleton(&skeleton, name, strlen(name));
    assert_text(skeleton, want);
    text_release(&skeleton);
}

static void both_scripts_give_one_skeleton(void **state)
{
    (void)state;
    assert_skeleton("Siem Reap", "smrp");
    assert_skeleton("សៀមរាប", "smrp");
    assert_skeleton("siamriep", "smrp");
    assert_skeleton("Kampong Chhnang", "kmpgcng");
    assert_skeleton("Kompong Chnang", "kmpgcng");
    assert_skeleton("កំពង់ឆ្នាំង", "kmpgcng");
    assert_skeleton("Rattanakiri", "rtnkr");
    assert_skeleton("រតនគិរី", "rtnkr");
    assert_skeleton("Tépé", "tp");
    assert_skeleton("14", "14");
    assert_skeleton("aeiou", "");
}

static int add_word(void *context, const char *skeleton, size_t len)
{
    struct text *out = context;
    if (out->len)
        text_addc(out, ' ');
    text_add(out, skeleton, len);
    return 0;
}

static int stop_at_once(void *context, const char *skeleton, size_t len)
{
    (void)context;
    (void)skeleton;
    (void)len;
    return 7;
}

static void a_name_is_parted_into_words(void **state)
{
    (void)state;
    struct text words = TEXT_INIT;
    const char *name = "មណ្ឌលកុមារ Kampot 12";
    assert_int_equal(roman_words(name, strlen(name), add_word, &words), 0);
    assert_text(words, "mntl kmr kmpt 12");
    assert_int_equal(roman_words(name, strlen(name), stop_at_once, NULL), 7);
    text_release(&words);
}

static unsigned distance(const char *typed, const char *name, unsigned *ret_beginning)
{
    return roman_distance(typed, strlen(typed), name, strlen(name), 1000, ret_beginning);
}

static void vowels_and_classes_weigh_less_than_letters(void **state)
{
    (void)state;
    unsigned beginning;
    assert_int_equal(distance("kampot", "kampot", &beginning), 0);
    unsigned vowel = distance("kompot", "kampot", &beginning);
    unsigned class = distance("gampot", "kampot", &beginning);
    unsigned letter = distance("lampot", "kampot", &beginning);
    unsigned doubled = distance("kamppot", "kampot", &beginning);
    assert_true(doubled > 0 && doubled < vowel);
    assert_true(vowel <= class && class < letter);
    assert_true(distance("akmpot", "kampot", &beginning) < 2 * letter);
}

static void half_a_name_is_near_to_its_beginning(void **state)
{
    (void)state;
    unsigned beginning;
    unsigned whole = distance("kamp", "kampot", &beginning);
    assert_true(whole > 0);
    assert_int_equal(beginning, 0);
}

static void a_distance_above_the_bound_is_far(void **state)
{
    (void)state;
    unsigned beginning;
    assert_int_equal(roman_distance("xyz", 3, "kampot", 6, 50, &beginning), ROMAN_FAR);
    assert_int_equal(beginning, ROMAN_FAR);
}

/* The bound that spares measuring never says more than what is measured. */
static void the_least_distance_is_no_more_than_the_distance(void **state)
{
    (void)state;
    static const char letters[] = "aeiouhkgngtdpbfmnyrlvsczx";
    uint64_t random = 7;
    for (int round = 0; round < 20000; round++) {
        char a[24], b[24];
        size_t lens[2];
        char *words[2] = {a, b};
        for (int w = 0; w < 2; w++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            lens[w] = 1 + random % 10;
            for (size_t i = 0; i < lens[w]; i++) {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                words[w][i] = letters[random % (sizeof letters - 1)];
            }
        }
        struct roman_count in_a, in_b;
        roman_count(a, lens[0], &in_a);
        roman_count(b, lens[1], &in_b);
        unsigned beginning,
            whole = roman_distance(a, lens[0], b, lens[1], ROMAN_FAR - 1, &beginning);
        unsigned skips[ROMAN_LETTERS + 1], again;
        roman_skips(a, lens[0], skips);
        assert_true(lens[0] <= lens[1] || skips[lens[0] - lens[1]] <= whole);
        assert_int_equal(roman_distance(a, lens[0], b, lens[1], whole, &again), whole);
        assert_int_equal(again, beginning <= whole ? beginning : ROMAN_FAR);
        if (roman_least(&in_a, &in_b) > whole || roman_least(&in_b, &in_a) > whole ||
            roman_least(&in_a, &in_b) > beginning)
            fail_msg("%.*s %.*s: %u %u, least %u %u", (int)lens[0], a, (int)lens[1], b, whole,
                     beginning, roman_least(&in_a, &in_b), roman_least(&in_b, &in_a));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_written_as_the_gazetteer_writes_them),
        cmocka_unit_test(silent_letters_are_left_out),
        cmocka_unit_test(what_is_not_khmer_stays),
        cmocka_unit_test(most_official_names_are_derived),
        cmocka_unit_test(both_scripts_give_one_skeleton),
        cmocka_unit_test(a_name_is_parted_into_words),
        cmocka_unit_test(vowels_and_classes_weigh_less_than_letters),
        cmocka_unit_test(half_a_name_is_near_to_its_beginning),
        cmocka_unit_test(a_distance_above_the_bound_is_far),
        cmocka_unit_test(the_least_distance_is_no_more_than_the_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
