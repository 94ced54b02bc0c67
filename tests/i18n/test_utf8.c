/* UTF-8: what is well formed, and how what is not is read. */
#include "tests/i18n/support.h"

#include "i18n/utf8.h"

static void every_scalar_value_comes_back(void **state)
{
    (void)state;
    for (char32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp == 0xD800)
            cp = 0xE000;
        char bytes[UTF8_MAX];
        char32_t back;
        size_t n = utf8_encode(cp, bytes);
        assert_int_equal(utf8_decode(bytes, n, &back), n);
        assert_int_equal(back, cp);
        assert_true(utf8_valid(bytes, n, NULL));
    }
}

static void what_is_no_scalar_value_is_written_as_replacement(void **state)
{
    (void)state;
    static const char32_t bad[] = {0xD800, 0xDFFF, 0x110000, 0xFFFFFFFF};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char bytes[UTF8_MAX];
        assert_int_equal(utf8_encode(bad[i], bytes), 3);
        assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    }
}

static void ill_formed_parts_are_one_replacement_each(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len, part;
    } cases[] = {
        {"\x80", 1, 1},             /* a tail alone */
        {"\xC0\xAF", 2, 1},         /* overlong */
        {"\xC3", 1, 1},             /* cut off */
        {"\xC3x", 2, 1},            /* not followed by a tail */
        {"\xE0\x9F\xBF", 3, 1},     /* overlong */
        {"\xE1\x9E", 2, 2},         /* a Khmer letter cut off */
        {"\xE1\x9Ex", 3, 2},        /* and interrupted */
        {"\xED\xA0\x80", 3, 1},     /* a surrogate */
        {"\xF0\x90\xBDx", 4, 3},    /* three of four bytes */
        {"\xF4\x90\x80\x80", 4, 1}, /* above U+10FFFF */
        {"\xFF", 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char32_t cp = 0;
        assert_int_equal(utf8_decode(cases[i].bytes, cases[i].len, &cp), cases[i].part);
        assert_int_equal(cp, 0xFFFD);
        assert_false(utf8_valid(cases[i].bytes, cases[i].len, NULL));
    }
}

static void the_first_bad_byte_is_told(void **state)
{
    (void)state;
    size_t bad = 99;
    assert_false(utf8_valid("\xE1\x9E\x80 \xFF", 5, &bad));
    assert_int_equal(bad, 4);
    assert_true(utf8_valid("\xEF\xBF\xBD", 3, &bad));
    assert_true(utf8_valid("", 0, NULL));
}

static void controls_and_bidi_are_forbidden_but_not_khmer_helpers(void **state)
{
    (void)state;
    static const char32_t bad[] = {0,      '\t',   '\n',   0x1F,    0x7F,    0x9F,
                                   0x61C,  0x200E, 0x202A, 0x202E,  0x2066,  0x2069,
                                   0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF};
    static const char32_t good[] = {' ', 'a', 0xA0, 0x1780, 0x17D2, 0x200B, 0x200C, 0x200D, 0xFFFD};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_true(utf8_is_forbidden(bad[i]));
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_false(utf8_is_forbidden(good[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_value_comes_back),
        cmocka_unit_test(what_is_no_scalar_value_is_written_as_replacement),
        cmocka_unit_test(ill_formed_parts_are_one_replacement_each),
        cmocka_unit_test(the_first_bad_byte_is_told),
        cmocka_unit_test(controls_and_bidi_are_forbidden_but_not_khmer_helpers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
