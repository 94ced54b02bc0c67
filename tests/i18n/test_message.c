/* The message table in both languages, and filling placeholders. */
#include "tests/i18n/support.h"

#include "i18n/khmer.h"
#include "i18n/message.h"
#include "i18n/utf8.h"

/* Stops the test naming the message. */
static void demand(bool good, enum message id, const char *what)
{
    if (!good)
        fail_msg("%s: %s", message_name(id), what);
}

static void every_message_is_there_in_both_languages(void **state)
{
    (void)state;
    assert_true(MSG_COUNT > 0);
    for (int i = 0; i < MSG_COUNT; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const char *s = message_get((enum lang)lang, (enum message)i);
            demand(s && *s, (enum message)i, "empty");
            size_t len = strlen(s);
            demand(s[0] != ' ' && s[len - 1] != ' ', (enum message)i, "space at an end");
        }
}

/* Appends the names of the placeholders of s that t lacks. */
static bool has_all_of(const char *s, const char *t)
{
    for (; (s = strchr(s, '{')); s++) {
        const char *close = strchr(s, '}');
        if (!close)
            return false;
        char *name = mem_strndup(s, (size_t)(close - s) + 1);
        bool found = strstr(t, name);
        free(name);
        if (!found)
            return false;
    }
    return true;
}

static void placeholders_agree(void **state)
{
    (void)state;
    for (int i = 0; i < MSG_COUNT; i++) {
        const char *en = message_get(LANG_EN, (enum message)i);
        const char *km = message_get(LANG_KM, (enum message)i);
        demand(has_all_of(en, km) && has_all_of(km, en), (enum message)i, "placeholders differ");
    }
}

static bool is_invisible(char32_t cp)
{
    return utf8_is_forbidden(cp) || (cp >= 0x2000 && cp <= 0x200F) || cp == 0xAD || cp == 0xA0 ||
           cp == 0x2060 || cp == 0xFEFF || cp == 0x17B4 || cp == 0x17B5 || cp == 0xFFFD;
}

static void nothing_invisible_hides_in_messages(void **state)
{
    (void)state;
    for (int i = 0; i < MSG_COUNT; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const char *s = message_get((enum lang)lang, (enum message)i);
            demand(utf8_valid(s, strlen(s), NULL), (enum message)i, "bad UTF-8");
            for (size_t at = 0, len = strlen(s); at < len;) {
                char32_t cp;
                at += utf8_decode(s + at, len - at, &cp);
                demand(!is_invisible(cp), (enum message)i, "invisible character");
            }
        }
}

static bool has_khmer(const char *s)
{
    for (size_t at = 0, len = strlen(s); at < len;) {
        char32_t cp;
        at += utf8_decode(s + at, len - at, &cp);
        if (khmer_is_char(cp))
            return true;
    }
    return false;
}

static void khmer_is_khmer_and_english_is_not(void **state)
{
    (void)state;
    for (int i = 0; i < MSG_COUNT; i++) {
        const char *en = message_get(LANG_EN, (enum message)i);
        const char *km = message_get(LANG_KM, (enum message)i);
        if (!strcmp(en, km))
            continue; /* the same on purpose: a format, a name, "ខ្មែរ" in a list of languages */
        demand(has_khmer(km), (enum message)i, "Khmer text without Khmer");
        demand(!has_khmer(en), (enum message)i, "English text with Khmer");
    }
}

static void khmer_is_in_normal_form(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    for (int i = 0; i < MSG_COUNT; i++) {
        const char *km = message_get(LANG_KM, (enum message)i);
        text_clear(&t);
        khmer_normalize(&t, km, strlen(km), NORMAL_PROSE);
        demand(!strcmp(t.bytes, km), (enum message)i, "Khmer not in normal form");
    }
    text_release(&t);
}

static void names_are_found_in_the_table(void **state)
{
    (void)state;
    assert_string_equal(message_name(MSG_DATE_LONG), "date.long");
    assert_string_equal(message_get(LANG_EN, MSG_MONTH_12), "December");
    assert_string_equal(message_get(LANG_KM, MSG_MONTH_12), "ធ្នូ");
}

static void placeholders_are_filled_by_name(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    message_format(&t, LANG_EN, MSG_DATE_LONG, "year", "2026", "day", "{month}", "month", "May",
                   NULL);
    assert_text(t, "{month} May 2026");
    text_clear(&t);
    message_format(&t, LANG_EN, MSG_DATE_LONG, "day", "1", NULL);
    assert_text(t, "1 {month} {year}");
    text_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_is_there_in_both_languages),
        cmocka_unit_test(placeholders_agree),
        cmocka_unit_test(nothing_invisible_hides_in_messages),
        cmocka_unit_test(khmer_is_khmer_and_english_is_not),
        cmocka_unit_test(khmer_is_in_normal_form),
        cmocka_unit_test(names_are_found_in_the_table),
        cmocka_unit_test(placeholders_are_filled_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
