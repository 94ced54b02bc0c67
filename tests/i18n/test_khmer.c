/* Syllables and character classes of Khmer. */
#include "tests/i18n/support.h"

#include "i18n/khmer.h"
#include "i18n/utf8.h"

/* The syllables of s, each followed by a bar. */
static void split(struct text *out, const char *s)
{
    text_clear(out);
    for (size_t at = 0, len = strlen(s); at < len;) {
        size_t n = khmer_syllable(s + at, len - at);
        text_add(out, s + at, n);
        text_addc(out, '|');
        at += n;
    }
}

static void syllables_are_base_with_coengs_and_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"ក", "ក|"},
        {"កម្ពុជា", "ក|ម្ពុ|ជា|"},
        {"ស្ត្រី", "ស្ត្រី|"},
        {"ស្រុកឈូក", "ស្រុ|ក|ឈូ|ក|"},
        {"ភ្នំពេញ", "ភ្នំ|ពេ|ញ|"},
        {"គណៈកម្មាធិការ", "គ|ណៈ|ក|ម្មា|ធិ|កា|រ|"},
        {"ប៉ុស្តិ៍", "ប៉ុ|ស្តិ៍|"},
        {"ធម៌", "ធ|ម៌|"},
        {"ឱ្យ", "ឱ្យ|"},
        {"ឧត្តរមានជ័យ", "ឧ|ត្ត|រ|មា|ន|ជ័|យ|"},
        {"ស្", "ស្|"},              /* unfinished coeng */
        {"ស្ ក", "ស្| |ក|"},        /* it does not reach over a space */
        {"ផ្សេងៗ។", "ផ្សេ|ង|ៗ|។|"}, /* punctuation */
        {"១២ខែ", "១|២|ខែ|"},
        {"ា", "ា|"}, /* a mark without a base */
        {"ាក", "ា|ក|"},
    };
    struct text t = TEXT_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        split(&t, cases[i].text);
        assert_text(t, cases[i].want);
    }
    text_release(&t);
}

static void invisible_characters_are_units_unless_inside(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    split(&t, "ក\u200Bក");
    assert_text(t, "ក|\u200B|ក|");
    split(&t, "ប៉\u200Cី");
    assert_text(t, "ប៉\u200Cី|");
    split(&t, "ក\u200D្ម");
    assert_text(t, "ក\u200D្ម|");
    split(&t, "ក\u200Cក");
    assert_text(t, "ក|\u200C|ក|");
    text_release(&t);
}

static void other_scripts_keep_their_combining_marks(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    split(&t, "ae\u0301b");
    assert_text(t, "a|e\u0301|b|");
    split(&t, "a \u0301");
    assert_text(t, "a| |\u0301|");
    split(&t, "\xE1\x9E\x80\xFFk");
    assert_text(t, "ក|\xFF|k|");
    text_release(&t);
}

static void backspace_goes_to_the_start_of_the_syllable(void **state)
{
    (void)state;
    const char *s = "កស្ត្រី";
    size_t len = strlen(s);
    assert_int_equal(khmer_syllable_before(s, len, len), 3);
    assert_int_equal(khmer_syllable_before(s, len, 9), 3); /* from the middle */
    assert_int_equal(khmer_syllable_before(s, len, 3), 0);
    assert_int_equal(khmer_syllable_before(s, len, 1), 0);
}

static void boundaries_are_between_syllables(void **state)
{
    (void)state;
    const char *s = "កស្ត្រី";
    size_t len = strlen(s);
    for (size_t at = 0; at <= len; at++)
        assert_int_equal(khmer_is_boundary(s, len, at), at == 0 || at == 3 || at == len);
    assert_true(khmer_is_boundary("", 0, 0));
}

static void characters_have_their_classes(void **state)
{
    (void)state;
    for (char32_t cp = 0x1700; cp < 0x1A10; cp++) {
        bool base = cp >= 0x1780 && cp <= 0x17B3;
        bool mark = (cp >= 0x17B4 && cp <= 0x17D3) || cp == 0x17DD;
        assert_int_equal(khmer_is_base(cp), base);
        assert_int_equal(khmer_is_mark(cp), mark);
        assert_int_equal(khmer_is_digit(cp), cp >= 0x17E0 && cp <= 0x17E9);
        assert_int_equal(khmer_is_char(cp),
                         (cp >= 0x1780 && cp <= 0x17FF) || (cp >= 0x19E0 && cp <= 0x19FF));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syllables_are_base_with_coengs_and_marks),
        cmocka_unit_test(invisible_characters_are_units_unless_inside),
        cmocka_unit_test(other_scripts_keep_their_combining_marks),
        cmocka_unit_test(backspace_goes_to_the_start_of_the_syllable),
        cmocka_unit_test(boundaries_are_between_syllables),
        cmocka_unit_test(characters_have_their_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
