/* Rules of fields: what is refused, and which field is blamed; and that field.def, the tables and
 * the enumerations agree. */
#include "fixture.h"

#include "db/rule.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "rule");
    *state = fixture_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

struct attempt {
    int field;
    const char *text;
    bool good;
};

static const struct attempt attempts[] = {
    {FIELD_ID(ORGANIZATION, name_en), "Office 1", true},
    {FIELD_ID(ORGANIZATION, name_en), "\xff\xfe", false},
    {FIELD_ID(ORGANIZATION, name_en), "a\x1b[31m", false},
    {FIELD_ID(ORGANIZATION, name_en), "two\nlines", false},
    {FIELD_ID(ORGANIZATION, name_en), "a\u202Eb", false},
    {FIELD_ID(ORGANIZATION, name_en), "a\u2066b", false},
    {FIELD_ID(ORGANIZATION, name_en),
     "a\xc2\x85"
     "b",
     false},
    {FIELD_ID(ORGANIZATION, description_en), "two\nlines", true},
    {FIELD_ID(ORGANIZATION, description_en), "bell\a", false},
    {FIELD_ID(ORGANIZATION, email), "a.b@c.kh", true},
    {FIELD_ID(ORGANIZATION, email), "a.b", false},
    {FIELD_ID(ORGANIZATION, email), "a@b@c.kh", false},
    {FIELD_ID(ORGANIZATION, email), "a b@c.kh", false},
    {FIELD_ID(ORGANIZATION, website), "https://cncc.gov.kh", true},
    {FIELD_ID(ORGANIZATION, website), "cncc.gov.kh", true},
    {FIELD_ID(ORGANIZATION, website), "somewhere", false},
    {FIELD_ID(ORGANIZATION, licence_until), "2026-02-28", true},
    {FIELD_ID(ORGANIZATION, licence_until), "2026-02-30", false},
    {FIELD_ID(ORGANIZATION, licence_until), "28/02/2026", false},
    {FIELD_ID(ORGANIZATION, as_of), "2023", true},
    {FIELD_ID(ORGANIZATION, as_of), "2023-11", true},
    {FIELD_ID(ORGANIZATION, as_of), "2023-13", false},
    {FIELD_ID(ORGANIZATION, as_of), "23", false},
};

static void texts_are_judged_by_their_field(void **state)
{
    struct db *db = *state;
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
        struct uuid id;
        int bad = 0;
        struct field_value f[] = {fixture_text(attempts[i].field, attempts[i].text),
                                  fixture_text(FIELD_ID(ORGANIZATION, name_km), "ក")};
        assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
        enum status status = fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, id, f, 2, &bad);
        if (status != (attempts[i].good ? STATUS_OK : STATUS_INVALID))
            fail_msg("row %zu: %s", i, attempts[i].text);
        if (!attempts[i].good)
            assert_int_equal(bad, attempts[i].field);
    }
}

static struct uuid make(struct db *db, enum record_kind kind, const struct field_value *f,
                        size_t count)
{
    struct uuid id;
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    if (fixture_change(db, OP_CREATE, kind, id, f, count, NULL) != STATUS_OK)
        fail_msg("%s: %s", kind_name(kind), db_error(db));
    return id;
}

static void refuse(struct db *db, enum record_kind kind, const struct field_value *f, size_t count,
                   int blamed)
{
    struct uuid id;
    int bad = 0;
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, kind, id, f, count, &bad), STATUS_INVALID);
    assert_int_equal(bad, blamed);
}

static void whole_records_are_judged(void **state)
{
    struct db *db = *state;
    struct field_value name[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "NGO")};
    struct uuid org = make(db, RECORD_ORGANIZATION, name, 1);
    refuse(db, RECORD_ORGANIZATION, NULL, 0, FIELD_ID(ORGANIZATION, name_km));

    struct field_value ages[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Shelter"),
                                 fixture_id(FIELD_ID(SERVICE, organization), org),
                                 fixture_int(FIELD_ID(SERVICE, minimum_age), 18),
                                 fixture_int(FIELD_ID(SERVICE, maximum_age), 3)};
    refuse(db, RECORD_SERVICE, ages, 4, FIELD_ID(SERVICE, maximum_age));
    refuse(db, RECORD_SERVICE, ages, 1, FIELD_ID(SERVICE, organization));
    ages[3] = fixture_int(FIELD_ID(SERVICE, maximum_age), 18);
    struct uuid service = make(db, RECORD_SERVICE, ages, 4);
    ages[3] = fixture_int(FIELD_ID(SERVICE, maximum_age), 121);
    refuse(db, RECORD_SERVICE, ages, 4, FIELD_ID(SERVICE, maximum_age));

    struct field_value hours[] = {fixture_id(FIELD_ID(SCHEDULE, owner), service),
                                  fixture_int(FIELD_ID(SCHEDULE, days), 31),
                                  fixture_int(FIELD_ID(SCHEDULE, opens), 17 * 60),
                                  fixture_int(FIELD_ID(SCHEDULE, closes), 8 * 60)};
    refuse(db, RECORD_SCHEDULE, hours, 4, FIELD_ID(SCHEDULE, closes));
    hours[1] = fixture_int(FIELD_ID(SCHEDULE, days), 128);
    refuse(db, RECORD_SCHEDULE, hours, 4, FIELD_ID(SCHEDULE, days));

    struct field_value area[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), service),
                                 fixture_text(FIELD_ID(SERVICE_AREA, area), "99")};
    refuse(db, RECORD_SERVICE_AREA, area, 2, FIELD_ID(SERVICE_AREA, area));
    area[1] = fixture_text(FIELD_ID(SERVICE_AREA, area), "KH");
    (void)make(db, RECORD_SERVICE_AREA, area, 2);
    area[0] = fixture_id(FIELD_ID(SERVICE_AREA, service), org);
    refuse(db, RECORD_SERVICE_AREA, area, 2, FIELD_ID(SERVICE_AREA, service));

    struct field_value place[] = {fixture_text(FIELD_ID(LOCATION, area), "KH")};
    refuse(db, RECORD_LOCATION, place, 1, FIELD_ID(LOCATION, area));

    struct field_value link[] = {
        fixture_id(FIELD_ID(TERM_LINK, record), service),
        fixture_text(FIELD_ID(TERM_LINK, term), "Z9"),
        fixture_int(FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE)};
    refuse(db, RECORD_TERM_LINK, link, 3, FIELD_ID(TERM_LINK, term));
    link[1] = fixture_text(FIELD_ID(TERM_LINK, term), "A1");
    (void)make(db, RECORD_TERM_LINK, link, 3);
    link[2] = fixture_int(FIELD_ID(TERM_LINK, type), 9);
    refuse(db, RECORD_TERM_LINK, link, 3, FIELD_ID(TERM_LINK, type));
}

static void telephone_numbers_are_stored_in_one_form(void **state)
{
    struct db *db = *state;
    struct field_value name[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "NGO")};
    struct uuid org = make(db, RECORD_ORGANIZATION, name, 1);
    struct field_value f[] = {fixture_id(FIELD_ID(PHONE, owner), org),
                              fixture_text(FIELD_ID(PHONE, number), "០១២ ៣១១ ១១២")};
    struct uuid id = make(db, RECORD_PHONE, f, 2);
    struct record_list list = {0};
    assert_int_equal(record_load(db, RECORD_PHONE, &id, &list), STATUS_OK);
    assert_string_equal(record_text(&list.rows[0], FIELD_ID(PHONE, number)), "+85512311112");
    record_list_release(&list);
    f[1] = fixture_text(FIELD_ID(PHONE, number), "call me");
    refuse(db, RECORD_PHONE, f, 2, FIELD_ID(PHONE, number));
}

static void long_text_is_refused_and_short_enough_is_kept(void **state)
{
    struct db *db = *state;
    char *text = malloc(3 * (PROSE_MAX_CHARS + 1) + 1);
    for (int i = 0; i <= PROSE_MAX_CHARS; i++)
        memcpy(text + (size_t)i * 3, "ក", 3);
    text[3 * (PROSE_MAX_CHARS + 1)] = '\0';
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "NGO"),
                              fixture_text(FIELD_ID(ORGANIZATION, description_km), text)};
    refuse(db, RECORD_ORGANIZATION, f, 2, FIELD_ID(ORGANIZATION, description_km));
    f[1] = fixture_text(FIELD_ID(ORGANIZATION, description_km), text + 3);
    (void)make(db, RECORD_ORGANIZATION, f, 2);
    free(text);
}

static void fields_of_another_kind_or_none_are_refused(void **state)
{
    struct db *db = *state;
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "NGO"),
                              fixture_text(FIELD_ID(SERVICE, name_en), "x")};
    refuse(db, RECORD_ORGANIZATION, f, 2, FIELD_ID(SERVICE, name_en));
    f[1] = fixture_text(9999, "x");
    refuse(db, RECORD_ORGANIZATION, f, 2, 9999);
    f[1] = fixture_text(FIELD_ID(ORGANIZATION, name_en), "y");
    refuse(db, RECORD_ORGANIZATION, f, 2, FIELD_ID(ORGANIZATION, name_en));
    f[1] = fixture_int(FIELD_STATUS, 77);
    refuse(db, RECORD_ORGANIZATION, f, 2, FIELD_STATUS);
}

/* --- the tables agree with each other
 * --------------------------------------------------------------- */

static const char *sql_type(enum field_type type)
{
    static const char *const types[] = {
        [FIELD_LINE] = "TEXT",    [FIELD_PROSE] = "TEXT",   [FIELD_COUNT] = "INTEGER",
        [FIELD_REAL] = "REAL",    [FIELD_DAY] = "TEXT",     [FIELD_CLOCK] = "INTEGER",
        [FIELD_DAYS] = "INTEGER", [FIELD_ENUM] = "INTEGER", [FIELD_AREA] = "TEXT",
        [FIELD_PHONE] = "TEXT",   [FIELD_TERM] = "TEXT",    [FIELD_RECORD] = "BLOB"};
    return types[type];
}

static void every_field_has_its_column(void **state)
{
    struct db *db = *state;
    for (int kind = 1; kind < RECORD_KIND_END; kind++) {
        size_t count, at = 0;
        const struct field *f = field_list((enum record_kind)kind, &count);
        sqlite3_stmt *s;
        char sql[96];
        assert_non_null(f);
        snprintf(sql, sizeof sql, "SELECT name, type FROM pragma_table_info('%s') ORDER BY cid",
                 kind_name((enum record_kind)kind));
        assert_int_equal(sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL), SQLITE_OK);
        while (sqlite3_step(s) == SQLITE_ROW) {
            const char *name = column_text(s, 0);
            if (!strcmp(name, "id") || !strcmp(name, "status"))
                continue;
            assert_true(at < count);
            assert_string_equal(name, f[at].column);
            assert_string_equal(column_text(s, 1), sql_type(f[at].type));
            at++;
        }
        assert_int_equal(at, count);
        sqlite3_finalize(s);
    }
}

static void field_numbers_are_unique_and_languages_come_in_pairs(void **state)
{
    (void)state;
    for (int kind = 1; kind < RECORD_KIND_END; kind++) {
        size_t count;
        const struct field *f = field_list((enum record_kind)kind, &count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(f[i].kind, kind);
            assert_ptr_equal(field_by_number(f[i].number), &f[i]);
            assert_ptr_equal(field_by_column((enum record_kind)kind, f[i].column), &f[i]);
            if (f[i].lang == FIELD_KM) {
                assert_true(i + 1 < count && f[i + 1].lang == FIELD_EN);
                assert_int_equal(f[i + 1].number, f[i].number + 1);
                assert_int_equal(f[i + 1].label, f[i].label);
            }
            if (f[i].type == FIELD_ENUM)
                assert_non_null(enum_name(field_enum_set(&f[i]),
                                          !strcmp(f[i].rule, "ENUM_CONFIDENTIALITY") ? 0 : 1));
        }
    }
}

static void enumerations_go_there_and_back(void **state)
{
    (void)state;
    static const char *const sets[] = {"SECTOR",          "CONFIDENCE", "SEX",        "ANSWER",
                                       "CONFIDENTIALITY", "PHONE_KIND", "ALERT_KIND", "LINK_TYPE",
                                       "STATUS",          "METHOD",     "RESULT"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        for (int v = 0; v < 10; v++) {
            int back;
            enum message label;
            if (!enum_name(sets[i], v))
                continue;
            assert_true(enum_parse(sets[i], enum_name(sets[i], v), &back));
            assert_int_equal(back, v);
            assert_true(enum_label(sets[i], v, &label));
        }
    int none;
    assert_false(enum_parse("SEX", "both", &none));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_are_judged_by_their_field),
        TEST(whole_records_are_judged),
        TEST(telephone_numbers_are_stored_in_one_form),
        TEST(long_text_is_refused_and_short_enough_is_kept),
        TEST(fields_of_another_kind_or_none_are_refused),
        TEST(every_field_has_its_column),
        cmocka_unit_test(field_numbers_are_unique_and_languages_come_in_pairs),
        cmocka_unit_test(enumerations_go_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
