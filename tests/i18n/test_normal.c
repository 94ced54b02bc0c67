/* The normal form, case by case from normal_pairs.tsv, and what it does outside Khmer. */
#include "tests/i18n/support.h"

#include "i18n/khmer.h"

static void add_named(struct text *t, const char *word)
{
    if (!strcmp(word, "zwsp"))
        text_addcp(t, ZWSP);
    else if (!strcmp(word, "zwnj"))
        text_addcp(t, ZWNJ);
    else if (!strcmp(word, "zwj"))
        text_addcp(t, ZWJ);
    else
        text_addcp(t, 0x1700 + (char32_t)strtoul(word, NULL, 16));
}

static void add_field(struct text *t, const char *field)
{
    char copy[200];
    snprintf(copy, sizeof copy, "%s", field);
    char *rest = copy;
    for (char *word; (word = strtok_r(rest, " ", &rest));)
        add_named(t, word);
}

static void every_pair_of_the_table_holds(void **state)
{
    (void)state;
    FILE *f = open_source("tests/i18n/normal_pairs.tsv");
    char row[400];
    int count = 0;
    while (fgets(row, sizeof row, f)) {
        if (row[0] == '#')
            continue;
        char *rest = row;
        strtok_r(rest, "\t", &rest);
        const char *typed = strtok_r(rest, "\t", &rest);
        const char *stored = strtok_r(rest, "\t", &rest);
        assert_non_null(stored);
        struct text in = TEXT_INIT, want = TEXT_INIT, got = TEXT_INIT;
        add_field(&in, typed);
        add_field(&want, strcmp(stored, "=") != 0 ? stored : typed);
        khmer_normalize(&got, in.bytes, in.len, NORMAL_PROSE);
        if (strcmp(got.bytes, want.bytes) != 0)
            print_message("%s\n", typed);
        assert_string_equal(got.bytes, want.bytes);
        text_release(&in);
        text_release(&want);
        text_release(&got);
        count++;
    }
    fclose(f);
    assert_true(count >= 90);
}

static void assert_normal(const char *typed, enum normal_flags flags, const char *want)
{
    struct text t = TEXT_INIT;
    khmer_normalize(&t, typed, strlen(typed), flags);
    assert_text(t, want);
    text_release(&t);
}

static void zero_width_spaces_stay_in_prose_and_go_in_names(void **state)
{
    (void)state;
    assert_normal("ស្រុក\u200Bឈូក", NORMAL_PROSE, "ស្រុក\u200Bឈូក");
    assert_normal("ស្រុក\u200Bឈូក", NORMAL_NAME, "ស្រុកឈូក");
    assert_normal("a\u200Bb", NORMAL_NAME, "ab");
}

static void other_scripts_become_nfc(void **state)
{
    (void)state;
    assert_normal("e\u0301te\u0301", NORMAL_PROSE, "\u00E9t\u00E9");
    assert_normal("\u212B", NORMAL_PROSE, "\u00C5");
    assert_normal("Chhuk, 24h", NORMAL_PROSE, "Chhuk, 24h");
    assert_normal("កe\u0301ខ", NORMAL_PROSE, "កéខ");
}

static void ill_formed_bytes_become_replacements(void **state)
{
    (void)state;
    assert_normal("ក\xFFខ\xE1\x9E", NORMAL_PROSE, "ក\uFFFDខ\uFFFD");
}

static void text_is_appended(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    text_adds(&t, "x");
    khmer_normalize(&t, "ក", 3, NORMAL_PROSE);
    khmer_normalize(&t, "", 0, NORMAL_PROSE);
    assert_text(t, "xក");
    text_release(&t);
}

static void da_and_ta_under_a_letter_stay_apart(void **state)
{
    (void)state;
    assert_normal("កណ្ដាល", NORMAL_NAME, "កណ្ដាល");
    assert_normal("កណ្តាល", NORMAL_NAME, "កណ្តាល");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_the_table_holds),
        cmocka_unit_test(zero_width_spaces_stay_in_prose_and_go_in_names),
        cmocka_unit_test(other_scripts_become_nfc),
        cmocka_unit_test(ill_formed_bytes_become_replacements),
        cmocka_unit_test(text_is_appended),
        cmocka_unit_test(da_and_ta_under_a_letter_stay_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
