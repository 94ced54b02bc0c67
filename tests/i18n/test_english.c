/* Word forms that people use for one another meet, and different words stay apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "i18n/english.h"

static void form(struct text *out, const char *word)
{
    text_clear(out);
    english_form(out, word, strlen(word));
}

static void assert_meet(const char *a, const char *b, bool meet)
{
    struct text x = TEXT_INIT, y = TEXT_INIT;
    form(&x, a);
    form(&y, b);
    if ((strcmp(x.bytes, y.bytes) == 0) != meet)
        fail_msg("%s is %s, %s is %s", a, x.bytes, b, y.bytes);
    text_release(&x);
    text_release(&y);
}

static void plurals_are_their_singular(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"girls", "girl"},         {"houses", "house"},     {"cities", "city"},
        {"classes", "class"},      {"churches", "church"},  {"boxes", "box"},
        {"hospitals", "hospital"}, {"pathways", "pathway"}, {"disabilities", "disability"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_meet(pairs[i][0], pairs[i][1], true);
}

static void both_spellings_of_english_are_one(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"counselling", "counseling"}, {"centre", "center"},       {"centres", "centers"},
        {"labour", "labor"},           {"behaviour", "behavior"},  {"organisation", "organization"},
        {"programme", "program"},      {"programmes", "programs"}, {"licence", "license"},
        {"counsellor", "counselor"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_meet(pairs[i][0], pairs[i][1], true);
}

static void other_words_stay_apart(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"bus", "bu"},   {"crisis", "crisi"}, {"abuse", "abus"}, {"house", "hose"},
        {"rape", "rap"}, {"need", "ned"},     {"us", "u"},       {"school", "schol"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_meet(pairs[i][0], pairs[i][1], false);
}

static void what_is_no_english_word_stays_as_it_is(void **state)
{
    (void)state;
    struct text out = TEXT_INIT;
    static const char *const words[] = {"", "24", "24h", "ការងារ", "n3s"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        form(&out, words[i]);
        assert_string_equal(out.bytes, words[i]);
    }
    char lengthy[200];
    memset(lengthy, 's', sizeof lengthy - 1);
    lengthy[sizeof lengthy - 1] = '\0';
    form(&out, lengthy);
    assert_string_equal(out.bytes, lengthy);
    text_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plurals_are_their_singular),
        cmocka_unit_test(both_spellings_of_english_are_one),
        cmocka_unit_test(other_words_stay_apart),
        cmocka_unit_test(what_is_no_english_word_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
