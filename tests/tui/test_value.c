/* Values as people type them: what is read, how it is written again, and that each refusal names
 * its field in both languages. */
#include "tests/tui/screen.h"

#include "db/op.h"
#include "db/rule.h"
#include "tests/bad_values.h"
#include "tui/value.h"

struct good {
    int field;
    const char *typed;
    const char *again; /* as value_write writes it */
};

static const struct good goods[] = {
    {FIELD_ID(ORGANIZATION, licence_until), "05/06/2026", "05/06/2026"},
    {FIELD_ID(ORGANIZATION, licence_until), "៥-៦-២០២៦", "05/06/2026"},
    {FIELD_ID(ORGANIZATION, licence_until), "2026-06-05", "05/06/2026"},
    {FIELD_ID(SERVICE, as_of), "06/2026", "06/2026"},
    {FIELD_ID(SERVICE, as_of), "2026-06", "06/2026"},
    {FIELD_ID(SERVICE, as_of), "២០២៦", "2026"},
    {FIELD_ID(SERVICE, minimum_age), " ១២ ", "12"},
    {FIELD_ID(SERVICE, sex), "FEMALE", "girls only"},
    {FIELD_ID(SERVICE, sex), "តែក្មេងប្រុស", "boys only"},
    {FIELD_ID(PHONE, number), "០១២ ៣១១ ១១២", "012 311 112"},
    {FIELD_ID(PHONE, number), "+855 12 311 112", "012 311 112"},
    {FIELD_ID(PHONE, language), "ខ្មែរ", "km"},
    {FIELD_ID(PHONE, language), "English", "en"},
    {FIELD_ID(PHONE, language), "fra", "fra"},
    {FIELD_ID(SCHEDULE, opens), "7:30", "07:30"},
    {FIELD_ID(SCHEDULE, opens), "7h30", "07:30"},
    {FIELD_ID(SCHEDULE, opens), "៨", "08:00"},
    {FIELD_ID(SCHEDULE, closes), "24:00", "24:00"},
    {FIELD_ID(SCHEDULE, days), "mon-fri", "Mon - Fri"},
    {FIELD_ID(SCHEDULE, days), "Monday, wed", "Mon, Wed"},
    {FIELD_ID(SCHEDULE, days), "sat-mon", "Mon, Sat, Sun"},
    {FIELD_ID(SCHEDULE, days), "ចន្ទ - សុក្រ", "Mon - Fri"},
    {FIELD_ID(SCHEDULE, days), "every day", "every day"},
    {FIELD_ID(SCHEDULE, days), "31", "Mon - Fri"},
    {FIELD_ID(LOCATION, latitude), "10.61", "10.61"},
    {FIELD_ID(LOCATION, longitude), "១០៤.១៨", "104.18"},
    {FIELD_ID(LOCATION, area), "7", "07"},
    {FIELD_ID(LOCATION, area), "070203", "070203"},
    {FIELD_ID(SERVICE_AREA, area), "KH", "KH"},
    {FIELD_ID(TERM_LINK, term), "a1", "A1"},
    {FIELD_ID(ORGANIZATION, email), "a.b@c.gov.kh", "a.b@c.gov.kh"},
    {FIELD_ID(ORGANIZATION, website), "https://www.cncc.gov.kh/a?b=c",
     "https://www.cncc.gov.kh/a?b=c"},
    {FIELD_ID(ORGANIZATION, website), "cncc.gov.kh", "cncc.gov.kh"},
    {FIELD_ID(SERVICE, description_en), " two\nlines ", "two\nlines"},
};

static int open_screen(void **state)
{
    static struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    *state = &s;
    return 0;
}

static int close_screen(void **state)
{
    screen_close(*state);
    return 0;
}

static void what_people_type_is_read_and_written_again(void **state)
{
    struct screen *s = *state;
    for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
        struct arena arena = {0};
        struct value v, again;
        struct fault fault;
        struct text out = TEXT_INIT;
        const struct field *f = field_by_number(goods[i].field);
        if (value_read(s->db, f, goods[i].typed, strlen(goods[i].typed), &arena, &v, &fault))
            fail_msg("%s: %s is refused", f->column, goods[i].typed);
        value_write(&out, LANG_EN, f, &v);
        assert_string_equal(out.bytes, goods[i].again);
        assert_int_equal(value_read(s->db, f, out.bytes, out.len, &arena, &again, &fault),
                         STATUS_OK);
        assert_true(value_equal(&v, &again));
        text_release(&out);
        arena_release(&arena);
    }
}

static void nothing_but_white_space_is_nothing(void **state)
{
    struct screen *s = *state;
    static const char *const blanks[] = {"", " ", "\n \t", "\u200B", "\u00A0 \u200B"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        struct arena arena = {0};
        struct value v = {.type = VALUE_INT};
        struct fault fault;
        assert_int_equal(value_read(s->db, field_by_number(FIELD_ID(SERVICE, minimum_age)),
                                    blanks[i], strlen(blanks[i]), &arena, &v, &fault),
                         STATUS_OK);
        assert_int_equal(v.type, VALUE_NULL);
        arena_release(&arena);
    }
}

/* The complaint has the field's label in it, in that language. */
static void assert_names_field(const struct field *f, const struct fault *fault, enum lang lang)
{
    struct text says = TEXT_INIT;
    value_complain(&says, lang, f, fault);
    if (!strstr(says.bytes, message_get(lang, f->label)))
        fail_msg("%s is not named: %s", f->column, says.bytes);
    assert_null(strchr(says.bytes, '{'));
    assert_true(utf8_valid(says.bytes, says.len, NULL));
    assert_true(says.len < 400);
    text_release(&says);
}

static void every_bad_value_is_refused_with_a_sentence_naming_its_field(void **state)
{
    struct screen *s = *state;
    assert_true(BAD_VALUES >= 120);
    for (size_t i = 0; i < BAD_VALUES; i++) {
        const struct bad_value *b = &bad_values[i];
        const struct field *f = field_by_number(b->field);
        struct arena arena = {0};
        struct value v = {.type = VALUE_INT, .integer = 42};
        struct fault fault;
        size_t len;
        char *bytes = bad_bytes(b, &len);
        assert_non_null(f);
        enum status status = value_read(s->db, f, bytes, len, &arena, &v, &fault);
        if (status != STATUS_INVALID)
            fail_msg("row %zu: %s takes %.60s", i, f->column, b->text);
        assert_int_equal(v.integer, 42);
        if (b->why == BAD_CHARACTER)
            assert_int_equal(fault.kind, FAULT_CHARACTER);
        if (b->why == BAD_UTF8)
            assert_int_equal(fault.kind, FAULT_UTF8);
        assert_names_field(f, &fault, LANG_KM);
        assert_names_field(f, &fault, LANG_EN);
        free(bytes);
        arena_release(&arena);
    }
}

/* A new record of the kind with this field, as a careless caller would make it. */
static enum status append(struct db *db, const struct field *f, const struct value *v, int *ret_bad)
{
    struct field_value fields[] = {{f->number, *v}};
    struct change c = {.kind = OP_CREATE,
                       .record_kind = f->kind,
                       .area = "",
                       .fields = fields,
                       .field_count = 1,
                       .actor = "test",
                       .reason = ""};
    assert_int_equal(uuid_new((int64_t)TEST_NOW * 1000, &c.record), STATUS_OK);
    return op_append(db, &c, ret_bad);
}

static void the_log_refuses_every_bad_value_too(void **state)
{
    struct screen *s = *state;
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    assert_int_equal(op_state_hash(s->db, before), STATUS_OK);
    for (size_t i = 0; i < BAD_VALUES; i++) {
        const struct field *f = field_by_number(bad_values[i].field);
        size_t len;
        int bad = 0;
        char *bytes = bad_bytes(&bad_values[i], &len);
        struct value v = {.type = VALUE_TEXT, .text = {.bytes = bytes, .len = len}};
        if (append(s->db, f, &v, &bad) != STATUS_INVALID)
            fail_msg("row %zu: the log takes %.60s for %s", i, bad_values[i].text, f->column);
        assert_int_equal(bad, f->number);
        free(bytes);
    }
    assert_int_equal(op_state_hash(s->db, after), STATUS_OK);
    assert_memory_equal(before, after, sizeof before);
}

static void every_field_has_a_hint_and_a_label_in_both_languages(void **state)
{
    (void)state;
    for (int kind = 1; kind < RECORD_KIND_END; kind++) {
        size_t count;
        const struct field *f = field_list((enum record_kind)kind, &count);
        for (size_t i = 0; i < count; i++)
            for (int lang = 0; lang < LANG_COUNT; lang++) {
                struct text out = TEXT_INIT;
                value_label(&out, (enum lang)lang, &f[i]);
                assert_true(out.len > 0);
                text_clear(&out);
                value_hint(&out, (enum lang)lang, &f[i]);
                assert_true(out.len > 0);
                text_release(&out);
            }
    }
}

static void rules_over_several_fields_blame_one_and_name_the_other(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct record r = {.kind = RECORD_SCHEDULE};
    int field = 0;
    struct fault fault;
    struct text says = TEXT_INIT;
    (void)field_list(r.kind, &r.count);
    r.values = arena_alloc(&arena, r.count * sizeof *r.values);
    r.values[0].type = VALUE_ID;
    r.values[2] = (struct value){.type = VALUE_INT, .integer = 17 * 60};
    r.values[3] = (struct value){.type = VALUE_INT, .integer = 8 * 60};
    assert_int_equal(value_check_record(&r, &field, &fault), STATUS_INVALID);
    assert_int_equal(field, FIELD_ID(SCHEDULE, closes));
    assert_int_equal(fault.kind, FAULT_ORDER);
    value_complain(&says, LANG_EN, field_by_number(field), &fault);
    assert_non_null(strstr(says.bytes, "Closes at"));
    assert_non_null(strstr(says.bytes, "Opens at"));
    text_release(&says);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_type_is_read_and_written_again),
        cmocka_unit_test(nothing_but_white_space_is_nothing),
        cmocka_unit_test(every_bad_value_is_refused_with_a_sentence_naming_its_field),
        cmocka_unit_test(the_log_refuses_every_bad_value_too),
        cmocka_unit_test(every_field_has_a_hint_and_a_label_in_both_languages),
        cmocka_unit_test(rules_over_several_fields_blame_one_and_name_the_other),
    };
    return cmocka_run_group_tests(tests, open_screen, close_screen);
}
