/* Search keys and their tokens. */
#include "tests/i18n/support.h"

#include "i18n/key.h"

static void assert_key(const char *s, enum key_mode mode, const char *want)
{
    struct text t = TEXT_INIT;
    key_make(&t, s, strlen(s), mode);
    assert_text(t, want);
    text_release(&t);
}

static void assert_meet(const char *a, const char *b, enum key_mode mode)
{
    struct text t = TEXT_INIT;
    key_make(&t, a, strlen(a), mode);
    assert_key(b, mode, t.bytes);
    text_release(&t);
}

static void assert_differ(const char *a, const char *b, enum key_mode mode)
{
    struct text left = TEXT_INIT, right = TEXT_INIT;
    key_make(&left, a, strlen(a), mode);
    key_make(&right, b, strlen(b), mode);
    assert_string_not_equal(left.bytes, right.bytes);
    text_release(&left);
    text_release(&right);
}

static void spellings_that_look_alike_meet(void **state)
{
    (void)state;
    assert_meet("ឈូក", "ឈ\u200Bូក", KEY_STRICT);
    assert_meet("កណ្ដាល", "កណ្តាល", KEY_STRICT);
    assert_meet("ស្ត្រី", "ស្រ្ដី", KEY_STRICT);
    assert_meet("ឱ្យ", "ឲ្យ", KEY_STRICT);
    assert_meet("ប៉ី", "ប៉\u200Cី", KEY_STRICT);
    assert_meet("ស្រុក\u2060ឈូក\uFEFF", "ស្រុក\u00ADឈូក", KEY_STRICT);
    assert_meet("១២៣", "123", KEY_STRICT);
    assert_meet("ក្រុង\u00A0ឈូក", "ក្រុង ឈូក", KEY_STRICT);
    assert_meet("ក\u17D3", "ក", KEY_STRICT);
}

static void words_that_differ_stay_apart_in_the_strict_key(void **state)
{
    (void)state;
    assert_differ("ដា", "តា", KEY_STRICT); /* letters that are no coengs */
    assert_differ("ប៉ា", "បា", KEY_STRICT);
    assert_differ("ការ", "ការ់", KEY_STRICT);
}

static void the_loose_key_drops_shifters_and_signs(void **state)
{
    (void)state;
    assert_key("ប៉ាន់", KEY_LOOSE, "បាន");
    assert_key("ជ័យ", KEY_LOOSE, "ជយ");
    assert_key("គណៈ", KEY_LOOSE, "គណ");
    assert_key("ធម៌", KEY_LOOSE, "ធម");
    assert_meet("ស៊ី", "សុី", KEY_LOOSE);
    assert_key("ភ្នំពេញ ប៉ះ", KEY_LOOSE, "ភ្នំពេញ បះ"); /* nikahit and reahmuk stay */
}

static void latin_is_folded_without_accents(void **state)
{
    (void)state;
    assert_key("Préah SIHANOUK", KEY_STRICT, "preah sihanouk");
    assert_key("Pre\u0301ah", KEY_STRICT, "preah");
    assert_key("ＵＮＩＣＥＦ", KEY_STRICT, "unicef");
    assert_key("Straße", KEY_STRICT, "strasse");
    assert_key("\u1FB3", KEY_STRICT, "\u03B1");
}

static void white_space_is_single_and_inside(void **state)
{
    (void)state;
    assert_key("  a \t\n b  ", KEY_STRICT, "a b");
    assert_key("  ក \u00A0\u3000 ខ  ", KEY_STRICT, "ក ខ");
    assert_key(" \u200B ", KEY_STRICT, "");
    assert_key("", KEY_STRICT, "");
    assert_key("é\u2003é", KEY_STRICT, "e e");
}

static void keys_are_appended_and_survive_growing(void **state)
{
    (void)state;
    struct text t = TEXT_INIT;
    text_adds(&t, "before ");
    for (int i = 0; i < 40; i++)
        key_make(&t, "កÉក Ü ខ", strlen("កÉក Ü ខ"), KEY_STRICT);
    assert_int_equal(t.len, 7 + 40 * strlen("កeក u ខ"));
    for (size_t i = 0; i < 40; i++)
        assert_memory_equal(t.bytes + 7 + i * strlen("កeក u ខ"), "កeក u ខ", strlen("កeក u ខ"));
    text_release(&t);
}

static int collect(void *context, const struct token *token)
{
    struct text *t = context;
    text_addc(t, token->starts_run ? '^' : ' ');
    text_addc(t, token->khmer ? 'k' : 'o');
    text_add(t, token->bytes, token->len);
    return 0;
}

static void assert_tokens(const char *key, enum token_mode mode, const char *want)
{
    struct text t = TEXT_INIT;
    assert_int_equal(key_tokens(key, strlen(key), mode, collect, &t), 0);
    assert_text(t, want);
    text_release(&t);
}

static void a_khmer_run_gives_pairs_and_for_an_index_its_last(void **state)
{
    (void)state;
    assert_tokens("ស្រុកឈូក", TOKEN_INDEX, "^kស្រុក kកឈូ kឈូក kក");
    assert_tokens("ស្រុកឈូក", TOKEN_QUERY, "^kស្រុក kកឈូ kឈូក");
    assert_tokens("ឈូ", TOKEN_INDEX, "^kឈូ");
    assert_tokens("ឈូ", TOKEN_QUERY, "^kឈូ");
    assert_tokens("ឈូស្", TOKEN_QUERY, "^kឈូស្");
}

static void runs_part_at_spaces_punctuation_and_script(void **state)
{
    (void)state;
    assert_tokens("ឈូក ខ", TOKEN_QUERY, "^kឈូក^kខ");
    assert_tokens("ឈូ12ក", TOKEN_QUERY, "^kឈូ^o12^kក");
    assert_tokens("ក។ខ", TOKEN_QUERY, "^kក^kខ");
    assert_tokens("chhuk social-affairs 24h", TOKEN_INDEX, "^ochhuk^osocial^oaffairs^o24h");
    assert_tokens("(ក)", TOKEN_INDEX, "^kក");
    assert_tokens(" ", TOKEN_INDEX, "");
    assert_tokens("", TOKEN_INDEX, "");
    assert_tokens("តេស្ត日本", TOKEN_QUERY, "^kតេស្ត^o日本");
}

static int stop(void *context, const struct token *token)
{
    (void)token;
    return --*(int *)context == 0 ? 7 : 0;
}

static void a_visitor_can_stop(void **state)
{
    (void)state;
    int left = 2;
    assert_int_equal(key_tokens("a b c", 5, TOKEN_INDEX, stop, &left), 7);
    assert_int_equal(left, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_that_look_alike_meet),
        cmocka_unit_test(words_that_differ_stay_apart_in_the_strict_key),
        cmocka_unit_test(the_loose_key_drops_shifters_and_signs),
        cmocka_unit_test(latin_is_folded_without_accents),
        cmocka_unit_test(white_space_is_single_and_inside),
        cmocka_unit_test(keys_are_appended_and_survive_growing),
        cmocka_unit_test(a_khmer_run_gives_pairs_and_for_an_index_its_last),
        cmocka_unit_test(runs_part_at_spaces_punctuation_and_script),
        cmocka_unit_test(a_visitor_can_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
