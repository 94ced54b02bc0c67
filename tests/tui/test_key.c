/* The key and command tables as facts: no clash in either layout, the Khmer column is the NiDA
 * layout, every command has a key and words in both languages. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "i18n/khmer.h"
#include "i18n/utf8.h"
#include "i18n/width.h"
#include "tui/key.h"

/* What each key of the US layout sends on the NiDA layout, plain and with Shift (0: no single
 * character). */
static const struct {
    char latin[2];
    char32_t khmer[2];
} nida[] = {
    {"qQ", {0x1786, 0x1788}},
    {"wW", {0x17B9, 0x17BA}},
    {"eE", {0x17C1, 0x17C2}},
    {"rR", {0x179A, 0x17AC}},
    {"tT", {0x178F, 0x1791}},
    {"yY", {0x1799, 0x17BD}},
    {"uU", {0x17BB, 0x17BC}},
    {"iI", {0x17B7, 0x17B8}},
    {"oO", {0x17C4, 0x17C5}},
    {"pP", {0x1795, 0x1797}},
    {"[{", {0x17C0, 0x17BF}},
    {"]}", {0x17AA, 0x17A7}},
    {"aA", {0x17B6, 0}},
    {"sS", {0x179F, 0x17C3}},
    {"dD", {0x178A, 0x178C}},
    {"fF", {0x1790, 0x1792}},
    {"gG", {0x1784, 0x17A2}},
    {"hH", {0x17A0, 0x17C7}},
    {"jJ", {0x17D2, 0x1789}},
    {"kK", {0x1780, 0x1782}},
    {"lL", {0x179B, 0x17A1}},
    {";:", {0x17BE, 0}},
    {"'\"", {0x17CB, 0x17C9}},
    {"zZ", {0x178B, 0x178D}},
    {"xX", {0x1781, 0x1783}},
    {"cC", {0x1785, 0x1787}},
    {"vV", {0x179C, 0}},
    {"bB", {0x1794, 0x1796}},
    {"nN", {0x1793, 0x178E}},
    {"mM", {0x1798, 0x17C6}},
    {",<", {0, 0}},
    {".>", {0x17D4, 0x17D5}},
    {"/?", {0x17CA, '?'}},
    {"1!", {0x17E1, '!'}},
    {"2@", {0x17E2, 0x17D7}},
    {"3#", {0x17E3, '"'}},
    {"4$", {0x17E4, 0x17DB}},
    {"5%", {0x17E5, '%'}},
    {"6^", {0x17E6, 0x17CD}},
    {"7&", {0x17E7, 0x17D0}},
    {"8*", {0x17E8, 0x17CF}},
    {"9(", {0x17E9, '('}},
    {"0)", {0x17E0, ')'}},
    {"-_", {0x17A5, 0x17CC}},
    {"=+", {0x17B2, '='}},
    {"\\|", {0x17AE, 0x17AD}},
    {"  ", {ZWSP, ' '}},
};

static bool is_nida(char32_t latin, char32_t khmer)
{
    for (size_t i = 0; i < sizeof nida / sizeof nida[0]; i++)
        for (size_t shift = 0; shift < 2; shift++)
            if ((char32_t)nida[i].latin[shift] == latin && nida[i].khmer[shift] == khmer)
                return true;
    return false;
}

static void khmer_column_is_the_same_physical_key(void **state)
{
    (void)state;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].special == SPECIAL_NONE && !is_nida(rows[i].latin, rows[i].khmer))
            fail_msg("key '%c' is not U+%04X on the Khmer layout", (int)rows[i].latin,
                     (unsigned)rows[i].khmer);
}

static bool sends(const struct key_row *row, char32_t cp)
{
    return row->special == SPECIAL_NONE && (row->latin == cp || row->khmer == cp);
}

static void no_key_means_two_things_in_a_context(void **state)
{
    (void)state;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (rows[i].context != rows[k].context || rows[i].special != rows[k].special)
                continue;
            bool clash = rows[i].special != SPECIAL_NONE || sends(&rows[k], rows[i].latin) ||
                         sends(&rows[k], rows[i].khmer);
            assert_false(clash);
        }
    }
}

/* Whether it stands in a menu: everywhere, or where it has a key. */
static bool in_menu(enum command command)
{
    size_t count;
    enum offer offered = OFFER_NEVER;
    const struct command_order *order = command_order(&count);
    for (size_t i = 0; i < count; i++) {
        if (order[i].command == COMMAND_NONE)
            offered = order[i].offered;
        else if (order[i].command == command)
            return offered != OFFER_NEVER;
    }
    return false;
}

static void every_command_has_a_key_or_a_line_of_the_menu_and_words(void **state)
{
    (void)state;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (int c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++) {
        enum command command = (enum command)c;
        bool bound = in_menu(command);
        for (size_t i = 0; i < count; i++)
            bound = bound || rows[i].command == command;
        if (!bound)
            fail_msg("no key for %s", command_name(command));
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            assert_true(*message_get((enum lang)lang, command_label(command)));
            assert_true(*message_get((enum lang)lang, command_help(command)));
        }
        assert_int_not_equal(command_label(command), command_help(command));
    }
}

static bool reachable(enum command command)
{
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].command == command && rows[i].special != SPECIAL_NONE)
            return true;
    return in_menu(command);
}

static void every_command_is_reached_without_letters(void **state)
{
    (void)state;
    for (int c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++)
        assert_true(reachable((enum command)c));
}

static void keys_are_looked_up_through_the_parents(void **state)
{
    (void)state;
    assert_int_equal(key_lookup(CONTEXT_LIST, SPECIAL_NONE, 'j', false), COMMAND_DOWN);
    assert_int_equal(key_lookup(CONTEXT_DETAIL, SPECIAL_NONE, 'j', false), COMMAND_DOWN);
    assert_int_equal(key_lookup(CONTEXT_DETAIL, SPECIAL_F2, 0, false), COMMAND_LANGUAGE);
    assert_int_equal(key_lookup(CONTEXT_GLOBAL, SPECIAL_NONE, 'j', false), COMMAND_NONE);
    assert_int_equal(key_lookup(CONTEXT_HELP, SPECIAL_BACKSPACE, 0, false), COMMAND_BACK);
    assert_int_equal(key_lookup(CONTEXT_SEARCH, SPECIAL_BACKSPACE, 0, true), COMMAND_DELETE_BACK);
    assert_int_equal(key_lookup(CONTEXT_LIST, SPECIAL_CTRL_A, 0, false), COMMAND_NONE);
    assert_int_equal(key_lookup(CONTEXT_DUE, SPECIAL_NONE, 0x17E1, false), COMMAND_STILL_RIGHT);
    assert_int_equal(key_lookup(CONTEXT_LIST, SPECIAL_NONE, 0, false), COMMAND_NONE);
}

static void the_khmer_layout_does_the_same(void **state)
{
    (void)state;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].special == SPECIAL_NONE)
            assert_int_equal(key_lookup(rows[i].context, SPECIAL_NONE, rows[i].khmer, false),
                             key_lookup(rows[i].context, SPECIAL_NONE, rows[i].latin, false));
    /* The space bar of that layout sends ZWSP. */
    assert_int_equal(key_lookup(CONTEXT_LIST, SPECIAL_NONE, ZWSP, false), COMMAND_PAGE_DOWN);
    assert_int_equal(key_lookup(CONTEXT_LIST, SPECIAL_NONE, ' ', false), COMMAND_PAGE_DOWN);
}

static void where_text_is_typed_characters_are_no_commands(void **state)
{
    (void)state;
    for (char32_t cp = 1; cp < 0x2000; cp++)
        assert_int_equal(key_lookup(CONTEXT_SEARCH, SPECIAL_NONE, cp, true), COMMAND_NONE);
}

static void the_keys_that_were_promised_are_there(void **state)
{
    (void)state;
    static const struct {
        enum special key;
        enum command command;
    } promised[] = {
        {SPECIAL_F1, COMMAND_HELP},    {SPECIAL_F2, COMMAND_LANGUAGE},
        {SPECIAL_F3, COMMAND_SEARCH},  {SPECIAL_F4, COMMAND_EDIT},
        {SPECIAL_F5, COMMAND_VERIFY},  {SPECIAL_F6, COMMAND_PATHWAY},
        {SPECIAL_F7, COMMAND_REPORTS}, {SPECIAL_F8, COMMAND_PRINT},
        {SPECIAL_F9, COMMAND_MENU},    {SPECIAL_F10, COMMAND_QUIT},
    };
    static const enum key_context views[] = {CONTEXT_LIST, CONTEXT_SEARCH, CONTEXT_DETAIL,
                                             CONTEXT_DUE, CONTEXT_HISTORY};
    for (size_t i = 0; i < sizeof promised / sizeof *promised; i++)
        for (size_t v = 0; v < sizeof views / sizeof *views; v++)
            assert_int_equal(key_lookup(views[v], promised[i].key, 0, false), promised[i].command);
}

static void key_names_show_both_layouts(void **state)
{
    (void)state;
    size_t count;
    const struct key_row *rows = key_rows(&count);
    struct text name;
    text_init(&name);
    for (size_t i = 0; i < count; i++) {
        text_clear(&name);
        key_say(&name, &rows[i]);
        assert_true(name.len > 0);
        assert_true(utf8_valid(name.bytes, name.len, NULL));
        if (rows[i].latin == 'j')
            assert_string_equal(name.bytes, "j \u25CC\u17D2");
        if (rows[i].special == SPECIAL_F10)
            assert_string_equal(name.bytes, "F10");
    }
    text_release(&name);
}

int main(void)
{
    if (!width_init())
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(khmer_column_is_the_same_physical_key),
        cmocka_unit_test(no_key_means_two_things_in_a_context),
        cmocka_unit_test(every_command_has_a_key_or_a_line_of_the_menu_and_words),
        cmocka_unit_test(every_command_is_reached_without_letters),
        cmocka_unit_test(keys_are_looked_up_through_the_parents),
        cmocka_unit_test(the_khmer_layout_does_the_same),
        cmocka_unit_test(where_text_is_typed_characters_are_no_commands),
        cmocka_unit_test(the_keys_that_were_promised_are_there),
        cmocka_unit_test(key_names_show_both_layouts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
