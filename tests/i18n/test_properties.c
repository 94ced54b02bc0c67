/* Random text, from a fixed seed, into every function of i18n/. */
#include "tests/i18n/support.h"

#include "tests/i18n/properties.h"
#include "tests/i18n/random_text.h"

static int set_up(void **state)
{
    *state = sorter_new();
    return width_init() ? 0 : -1;
}

static int tear_down(void **state)
{
    sorter_free(*state);
    return 0;
}

static void print_bytes(const struct text *t)
{
    for (size_t at = 0; at < t->len && t->len < 400;) {
        char32_t cp;
        at += utf8_decode(t->bytes + at, t->len - at, &cp);
        print_message("%04X ", (unsigned)cp);
    }
    print_message("\n");
}

static void run(struct sorter *sorter, uint64_t seed, int rounds, uint32_t max)
{
    struct random r = {seed};
    struct text t = TEXT_INIT;
    for (int i = 0; i < rounds; i++) {
        text_clear(&t);
        random_text(&r, &t, max);
        const char *broken = check_all(sorter, t.bytes, t.len, 1 + random_below(&r, 24));
        if (broken) {
            print_bytes(&t);
            fail_msg("round %d: %s", i, broken);
        }
    }
    text_release(&t);
}

static void short_texts_keep_every_property(void **state)
{
    run(*state, 1, 4000, 8);
}

static void longer_texts_keep_every_property(void **state)
{
    run(*state, 2, 600, 80);
}

static void long_texts_keep_every_property(void **state)
{
    run(*state, 3, 12, 3000);
}

/* Keys, normal form and width are cheap enough for many more. */
static void keys_and_normal_form_hold_over_many_short_texts(void **state)
{
    (void)state;
    struct random r = {4};
    struct text t = TEXT_INIT;
    for (int i = 0; i < 60000; i++) {
        text_clear(&t);
        random_text(&r, &t, 9);
        const char *broken = check_normal(t.bytes, t.len);
        broken = broken ? broken : check_key(t.bytes, t.len, KEY_STRICT);
        broken = broken ? broken : check_key(t.bytes, t.len, KEY_LOOSE);
        if (broken) {
            print_bytes(&t);
            fail_msg("round %d: %s", i, broken);
        }
    }
    text_release(&t);
}

static void every_character_by_itself_keeps_key_and_normal_form(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    for (char32_t cp = 0; cp <= 0x10FFFF; cp++) {
        if (cp == 0x20000)
            cp = 0xE0000; /* ideographs and nothing */
        if (cp == 0xE1000)
            cp = 0x10FF00;
        text_clear(&t);
        text_addcp(&t, cp);
        const char *broken = check_normal(t.bytes, t.len);
        broken = broken ? broken : check_key(t.bytes, t.len, KEY_STRICT);
        if (broken)
            fail_msg("U+%04X: %s", (unsigned)cp, broken);
    }
    text_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_texts_keep_every_property),
        cmocka_unit_test(longer_texts_keep_every_property),
        cmocka_unit_test(long_texts_keep_every_property),
        cmocka_unit_test(keys_and_normal_form_hold_over_many_short_texts),
        cmocka_unit_test(every_character_by_itself_keeps_key_and_normal_form),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
