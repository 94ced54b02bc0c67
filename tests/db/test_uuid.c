/* Ids and the hash they and the log stand on. */
#include "fixture.h"

static void check_hash(const char *message, size_t times, const char *hex)
{
    struct sha256 s;
    uint8_t hash[SHA256_BYTES];
    char text[2 * SHA256_BYTES + 1];
    sha256_init(&s);
    for (size_t i = 0; i < times; i++)
        sha256_add(&s, message, strlen(message));
    sha256_end(&s, hash);
    for (size_t i = 0; i < SHA256_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    assert_string_equal(text, hex);
}

static void sha256_gives_the_vectors_of_the_standard(void **state)
{
    (void)state;
    check_hash("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    check_hash("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
               "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    check_hash("aaaaaaaaaa", 100000,
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void new_ids_are_version_7_in_order_of_time(void **state)
{
    (void)state;
    struct uuid a, b;
    char text[UUID_TEXT], later[UUID_TEXT];
    assert_int_equal(uuid_new(1782000000000, &a), STATUS_OK);
    assert_int_equal(uuid_new(1782000000001, &b), STATUS_OK);
    uuid_format(&a, text);
    uuid_format(&b, later);
    assert_int_equal(text[14], '7');
    assert_non_null(strchr("89ab", text[19]));
    assert_true(strcmp(text, later) < 0);
}

static void named_ids_are_the_same_everywhere(void **state)
{
    (void)state;
    struct uuid a = uuid_from_name("office/ccwc/070203/service");
    struct uuid b = uuid_from_name("office/ccwc/070204/service");
    char text[UUID_TEXT];
    uuid_format(&a, text);
    assert_int_equal(text[14], '8');
    assert_string_equal(text, "658aca5e-cce7-8712-bd90-52084d2c8d80");
    assert_false(uuid_equal(&a, &b));
}

static void ids_parse_only_in_their_form(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "1",
                                      "0197a0b0-1111-7000-8000-00000000000",
                                      "0197a0b0-1111-7000-8000-0000000000000",
                                      "0197a0b0x1111-7000-8000-000000000000",
                                      "g197a0b0-1111-7000-8000-000000000000"};
    struct uuid id, again;
    char text[UUID_TEXT];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(uuid_parse(bad[i], &id), STATUS_INVALID);
    assert_int_equal(uuid_parse("0197A0B0-1111-7000-8000-0000000000ff", &id), STATUS_OK);
    uuid_format(&id, text);
    assert_string_equal(text, "0197a0b0-1111-7000-8000-0000000000ff");
    assert_int_equal(uuid_parse(text, &again), STATUS_OK);
    assert_true(uuid_equal(&id, &again));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_gives_the_vectors_of_the_standard),
        cmocka_unit_test(new_ids_are_version_7_in_order_of_time),
        cmocka_unit_test(named_ids_are_the_same_everywhere),
        cmocka_unit_test(ids_parse_only_in_their_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
