/* Services that may be the same: what is found, why, and what is not. */
#include "seeded.h"

#include "db/apart.h"
#include "db/duplicate.h"
#include "db/name_like.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "duplicate");
    struct db *db = fixture_open(path);
    assert_int_equal(area_put(db, "070204", AREA_COMMUNE, "តាកែន", "Takaen"), STATUS_OK);
    assert_int_equal(area_put(db, "08", AREA_PROVINCE, "កណ្ដាល", "Kandal"), STATUS_OK);
    assert_int_equal(area_put(db, "0801", AREA_DISTRICT, "កណ្ដាលស្ទឹង", "Kandal Stueng"), STATUS_OK);
    struct term a3 = {"A3", "A", "ជម្រក", "Shelter", 4, true, "", "", "", "", 0};
    assert_int_equal(term_put(db, &a3), STATUS_OK);
    *state = db;
    return 0;
}

static int setup_seeded(void **state)
{
    fixture_path(path, "duplicate_seed");
    *state = seeded_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static struct uuid create(struct db *db, enum record_kind kind, const struct field_value *fields,
                          size_t count)
{
    struct uuid id;
    int bad = 0;
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    if (fixture_change(db, OP_CREATE, kind, id, fields, count, &bad) != STATUS_OK)
        fail_msg("kind %d field %d: %s", (int)kind, bad, db_error(db));
    return id;
}

static struct uuid organization(struct db *db)
{
    struct field_value f[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Org")};
    return create(db, RECORD_ORGANIZATION, f, 1);
}

struct made {
    const char *km, *en, *area, *phone, *kind;
};

static struct uuid service_of(struct db *db, struct uuid owner, struct made m)
{
    struct field_value f[3] = {fixture_id(FIELD_ID(SERVICE, organization), owner)};
    size_t n = 1;
    if (m.km)
        f[n++] = fixture_text(FIELD_ID(SERVICE, name_km), m.km);
    if (m.en)
        f[n++] = fixture_text(FIELD_ID(SERVICE, name_en), m.en);
    struct uuid id = create(db, RECORD_SERVICE, f, n);
    if (m.area) {
        struct field_value at[] = {fixture_text(FIELD_ID(LOCATION, area), m.area)};
        struct uuid place = create(db, RECORD_LOCATION, at, 1);
        struct field_value x[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), id),
                                  fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), place)};
        create(db, RECORD_SERVICE_AT_LOCATION, x, 2);
    }
    if (m.phone) {
        struct field_value p[] = {fixture_id(FIELD_ID(PHONE, owner), id),
                                  fixture_text(FIELD_ID(PHONE, number), m.phone)};
        create(db, RECORD_PHONE, p, 2);
    }
    if (m.kind) {
        struct field_value t[] = {
            fixture_id(FIELD_ID(TERM_LINK, record), id),
            fixture_text(FIELD_ID(TERM_LINK, term), m.kind),
            fixture_int(FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE)};
        create(db, RECORD_TERM_LINK, t, 3);
    }
    return id;
}

static struct uuid service(struct db *db, struct made m)
{
    return service_of(db, organization(db), m);
}

static struct duplicate_list load(struct db *db, const char *area)
{
    struct duplicate_list list;
    assert_int_equal(duplicate_load(db, area, 0, &list), STATUS_OK);
    return list;
}

/* The one pair of the directory has these reasons (0: there is none). */
static void assert_pair(struct db *db, unsigned why)
{
    struct duplicate_list list = load(db, "");
    assert_int_equal(list.count, why ? 1 : 0);
    if (why)
        assert_int_equal(list.rows[0].why, why);
    duplicate_list_release(&list);
}

static void the_same_number_is_found_wherever_it_is(void **state)
{
    struct db *db = *state;
    service(db, (struct made){NULL, "Friends", "070203", "012 345 678", NULL});
    service(db, (struct made){NULL, "Quite another", "0801", "+855 12 345 678", NULL});
    assert_pair(db, DUPLICATE_PHONE);
    struct duplicate_list list = load(db, "0702");
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].phone, "+85512345678");
    duplicate_list_release(&list);
    list = load(db, "070204");
    assert_int_equal(list.count, 0);
    duplicate_list_release(&list);
}

static void near_names_in_one_commune_are_found(void **state)
{
    static const struct {
        struct made a, b;
        unsigned why;
    } rows[] = {
        {{NULL, "Safe Haven Shelter", "070203", NULL, NULL},
         {NULL, "Safe Heaven shelter", "070203", NULL, NULL},
         DUPLICATE_NAME_EN | DUPLICATE_PLACE},
        {{NULL, "The Safe Haven Shelter of Boeng Nimol", "070203", NULL, NULL},
         {NULL, "Shelter Safe Haven", "070203", NULL, NULL},
         DUPLICATE_NAME_EN | DUPLICATE_PLACE},
        {{"ជម្រកសុវត្ថិភាពកុមារ", NULL, "070203", NULL, NULL},
         {"ជម្រកសុវត្ថិភាពសម្រាប់កុមារ", NULL, "070203", NULL, NULL},
         DUPLICATE_NAME_KM | DUPLICATE_PLACE},
        {{"ផ្ទះសុវត្ថិភាពមិត្តកុមារ", NULL, "070203", NULL, NULL},
         {"ផ្ទះសុវត្ថិភាពមិត្តកុមារ ឃុំបឹងនិមល", NULL, "070203", NULL, NULL},
         DUPLICATE_NAME_KM | DUPLICATE_PLACE},
        {{"ផ្ទះមិត្តកុមារ", "Children's Friends House", "070203", NULL, NULL},
         {"ផ្ទះមិត្តកុមារ", "Childrens Friend House", "070203", NULL, NULL},
         DUPLICATE_NAME_KM | DUPLICATE_NAME_EN | DUPLICATE_PLACE},
        {{NULL, "Boeng Nimol Health Centre", "070203", NULL, NULL},
         {NULL, "Boeng Nimol Primary School", "070203", NULL, NULL},
         0},
        {{NULL, "Safe Haven Shelter", "070203", NULL, NULL},
         {NULL, "Safe Haven Shelter branch", "070204", NULL, NULL},
         0},
        {{NULL, "Safe Haven Shelter", "070203", NULL, NULL},
         {NULL, "Safe Haven Shelter", "0702", NULL, NULL},
         DUPLICATE_NAME_EN | DUPLICATE_PLACE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (i)
            setup(state);
        service(*state, rows[i].a);
        service(*state, rows[i].b);
        struct duplicate_list list = load(*state, "");
        if (list.count != (rows[i].why != 0) || (list.count && list.rows[0].why != rows[i].why))
            fail_msg("row %zu: %zu pairs, why %u", i, list.count,
                     list.count ? list.rows[0].why : 0);
        duplicate_list_release(&list);
        if (i + 1 < sizeof rows / sizeof *rows)
            teardown(state);
    }
}

/* Two offices wrote down one organization, each in its own letters. */
static void names_that_sound_alike_are_found_across_scripts(void **state)
{
    static const struct {
        struct made a, b;
        unsigned why;
    } rows[] = {
        {{"អង្គការមិត្តសំឡាញ់", NULL, "070203", NULL, NULL},
         {NULL, "Mith Samlanh", "070203", NULL, NULL},
         DUPLICATE_SOUND | DUPLICATE_PLACE},
        {{"អង្គការផ្ទះមិត្តកុមារ ឃុំបឹងនិមល", NULL, "070203", NULL, NULL},
         {NULL, "Pteah Mit Komar Organization", "0702", NULL, NULL},
         DUPLICATE_SOUND | DUPLICATE_PLACE},
        {{NULL, "Phteah Mitt Komar", "070203", NULL, NULL},
         {NULL, "Pteas Mith Kumar", "070203", NULL, NULL},
         0},
        {{NULL, "Kumar Rikreay", "070203", NULL, NULL},
         {NULL, "Komar Rik Reay", "070203", NULL, NULL},
         DUPLICATE_SOUND | DUPLICATE_PLACE},
        {{"អង្គការមិត្តសំឡាញ់", NULL, "070203", NULL, NULL},
         {NULL, "Mith Samlanh", "070204", NULL, NULL},
         0},
        {{"អង្គការមិត្តសំឡាញ់", NULL, "070203", NULL, NULL},
         {NULL, "Organization", "070203", NULL, NULL},
         0},
        {{"អង្គការមិត្តសំឡាញ់", NULL, "070203", NULL, NULL},
         {"ជម្រកកុមារ", "Mith Samlanh", "070203", NULL, NULL},
         0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (i)
            setup(state);
        service(*state, rows[i].a);
        service(*state, rows[i].b);
        struct duplicate_list list = load(*state, "");
        if (list.count != (rows[i].why != 0) || (list.count && list.rows[0].why != rows[i].why))
            fail_msg("row %zu: %zu pairs, why %u", i, list.count,
                     list.count ? list.rows[0].why : 0);
        duplicate_list_release(&list);
        if (i + 1 < sizeof rows / sizeof *rows)
            teardown(state);
    }
}

static void a_pair_found_twice_tells_all_its_reasons_and_comes_first(void **state)
{
    struct db *db = *state;
    service(db, (struct made){NULL, "Safe Haven", "070203", "012345678", NULL});
    service(db, (struct made){NULL, "Safe Haven", "070203", "012345678", NULL});
    service(db, (struct made){NULL, "Other", "0801", "012345678", NULL});
    struct duplicate_list list = load(db, "");
    assert_int_equal(list.count, 3);
    assert_int_equal(list.rows[0].why, DUPLICATE_PHONE | DUPLICATE_NAME_EN | DUPLICATE_PLACE);
    assert_int_equal(list.rows[0].likeness, 100);
    assert_int_equal(list.rows[1].why, DUPLICATE_PHONE);
    duplicate_list_release(&list);
    assert_int_equal(duplicate_load(db, "", 1, &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.found, 3);
    duplicate_list_release(&list);
}

static void two_services_of_one_organization_are_two(void **state)
{
    struct db *db = *state;
    struct uuid owner = organization(db);
    service_of(db, owner, (struct made){NULL, "Friends hotline", "070203", "012345678", "A1"});
    service_of(db, owner, (struct made){NULL, "Friends hotline", "070203", "012345678", "A3"});
    assert_pair(db, 0);
    service_of(db, owner, (struct made){NULL, "Friends hotline", "070203", "012345678", "A1"});
    assert_pair(db, DUPLICATE_PHONE | DUPLICATE_NAME_EN | DUPLICATE_PLACE);
}

static void closed_services_and_confidential_numbers_are_no_pair(void **state)
{
    struct db *db = *state;
    service(db, (struct made){NULL, "Safe Haven", "070203", "012345678", NULL});
    struct uuid other = service(db, (struct made){NULL, "Safe Haven", "070203", "012345678", NULL});
    assert_int_equal(fixture_change(db, OP_CLOSE, RECORD_SERVICE, other, NULL, 0, NULL), STATUS_OK);
    assert_pair(db, 0);
}

static const struct person editor = {
    .name = "Sok", .office = "WCCC", .role = VALUE_ROLE_EDITOR, .area = "0702"};

/* A pair of two, decided on and not: in the report, while typing, as of before, from the log. */
static void what_somebody_said_is_two_is_asked_no_more(void **state)
{
    struct db *db = *state;
    struct made made = {NULL, "Safe Haven", "070203", "012345678", NULL};
    struct uuid a = service(db, made), b = service(db, made);
    struct duplicate_draft typed = {.self = &a, .name_en = "Safe Haven", .area = "070203"};
    struct duplicate_near_list near_list;
    struct apart_list list;
    assert_pair(db, DUPLICATE_PHONE | DUPLICATE_NAME_EN | DUPLICATE_PLACE);
    assert_int_equal(apart_set(db, &editor, &b, &a, true), STATUS_OK);
    assert_pair(db, 0);
    assert_int_equal(duplicate_near(db, &typed, 5, &near_list), STATUS_OK);
    assert_int_equal(near_list.count, 0);
    duplicate_near_list_release(&near_list);
    assert_int_equal(apart_load(db, &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].actor, "Sok, WCCC");
    assert_int_equal(list.rows[0].time_ms, fixture_ms);
    apart_list_release(&list);
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    assert_int_equal(op_state_hash(db, before), STATUS_OK);
    assert_int_equal(op_fold_all(db), STATUS_OK);
    assert_int_equal(op_state_hash(db, after), STATUS_OK);
    assert_memory_equal(before, after, SHA256_BYTES);
    assert_pair(db, 0);
    assert_int_equal(apart_set(db, &editor, &a, &b, false), STATUS_OK);
    assert_pair(db, DUPLICATE_PHONE | DUPLICATE_NAME_EN | DUPLICATE_PLACE);
    assert_int_equal(op_check_chain(db), STATUS_OK);
}

static void a_decision_is_written_once_and_by_who_may(void **state)
{
    struct db *db = *state;
    struct made made = {NULL, "Safe Haven", "070203", NULL, NULL};
    struct uuid a = service(db, made), b = service(db, made), none = uuid_from_name("none");
    struct person other = editor, viewer = editor;
    memcpy(other.area, "0801", 5);
    viewer.role = VALUE_ROLE_VIEWER;
    int64_t ops = sql_one(db, "SELECT count(*) FROM op", NULL);
    assert_int_equal(apart_set(db, &other, &a, &b, true), STATUS_FORBIDDEN);
    assert_int_equal(apart_set(db, &viewer, &a, &b, true), STATUS_FORBIDDEN);
    assert_int_equal(apart_set(db, &editor, &a, &none, true), STATUS_NOT_FOUND);
    assert_int_equal(apart_set(db, &editor, &a, &a, true), STATUS_INVALID);
    assert_int_equal(apart_set(db, &editor, &a, &b, false), STATUS_OK);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM op", NULL), ops);
    assert_int_equal(apart_set(db, &editor, &a, &b, true), STATUS_OK);
    assert_int_equal(apart_set(db, &editor, &b, &a, true), STATUS_OK);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM op", NULL), ops + 1);
}

static void the_born_directory_has_no_pairs(void **state)
{
    struct duplicate_list list = load(*state, "");
    for (size_t i = 0; i < list.count; i++)
        print_error("%s | %s | %u %d\n", list.rows[i].a.name_en, list.rows[i].b.name_en,
                    list.rows[i].why, list.rows[i].likeness);
    assert_int_equal(list.count, 0);
    duplicate_list_release(&list);
}

static size_t near(struct db *db, struct duplicate_draft draft, unsigned *ret_why)
{
    struct duplicate_near_list list;
    assert_int_equal(duplicate_near(db, &draft, 5, &list), STATUS_OK);
    size_t count = list.count;
    *ret_why = count ? list.rows[0].why : 0;
    duplicate_near_list_release(&list);
    return count;
}

static void what_is_typed_is_compared_at_once(void **state)
{
    struct db *db = *state;
    unsigned why;
    struct uuid id =
        service(db, (struct made){"ផ្ទះមិត្តកុមារ", "Friends House", "070203", "012345678", NULL});
    struct duplicate_draft typed = {.phone = "០១២ ៣៤៥ ៦៧៨"};
    assert_int_equal(near(db, typed, &why), 1);
    assert_int_equal(why, DUPLICATE_PHONE);
    typed = (struct duplicate_draft){.phone = "012 345"};
    assert_int_equal(near(db, typed, &why), 0);
    typed = (struct duplicate_draft){.name_en = "friend house", .area = "070203"};
    assert_int_equal(near(db, typed, &why), 1);
    assert_int_equal(why, DUPLICATE_NAME_EN | DUPLICATE_PLACE);
    typed = (struct duplicate_draft){.name_km = "ផ្ទះមិត្តកុមារ", .area = "0702"};
    assert_int_equal(near(db, typed, &why), 1);
    typed = (struct duplicate_draft){.name_km = "ផ្ទះមិត្តកុមារ", .area = "070204"};
    assert_int_equal(near(db, typed, &why), 0);
    typed = (struct duplicate_draft){.name_en = "Friends House"};
    assert_int_equal(near(db, typed, &why), 1);
    assert_int_equal(why, DUPLICATE_NAME_EN);
    typed = (struct duplicate_draft){.name_en = "Friends"};
    assert_int_equal(near(db, typed, &why), 0);
    typed = (struct duplicate_draft){
        .self = &id, .name_en = "Friends House", .area = "070203", .phone = "012345678"};
    assert_int_equal(near(db, typed, &why), 0);
    typed = (struct duplicate_draft){0};
    assert_int_equal(near(db, typed, &why), 0);
}

static void names_are_like_by_what_is_theirs_alone(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int low, high;
    } rows[] = {
        {"Friends House", "friends house", 100, 100},
        {"Friends House", "House of Friends", 100, 100},
        {"Friends House", "Freinds House", 70, 100},
        {"Friends House", "Mercy House", 0, 60},
        {"Cat", "Car", 0, 0},
        {"", "Friends", 0, 0},
        {"ជម្រកកុមារ", "ជម្រកកុមារ", 100, 100},
        {"ជម្រកកុមារ", "សាលារៀន", 0, 0},
        {"កុមារ\xE2\x80\x8Bសុខ", "កុមារសុខ", 100, 100},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena arena = {0};
        struct name_like a = name_like_make(rows[i].a, NULL, 0, &arena);
        struct name_like b = name_like_make(rows[i].b, NULL, 0, &arena);
        int like = name_like(&a, &b);
        if (like < rows[i].low || like > rows[i].high || like != name_like(&b, &a))
            fail_msg("%s | %s: %d", rows[i].a, rows[i].b, like);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(the_same_number_is_found_wherever_it_is),
        TEST(near_names_in_one_commune_are_found),
        TEST(names_that_sound_alike_are_found_across_scripts),
        TEST(what_somebody_said_is_two_is_asked_no_more),
        TEST(a_decision_is_written_once_and_by_who_may),
        TEST(a_pair_found_twice_tells_all_its_reasons_and_comes_first),
        TEST(two_services_of_one_organization_are_two),
        TEST(closed_services_and_confidential_numbers_are_no_pair),
        cmocka_unit_test_setup_teardown(the_born_directory_has_no_pairs, setup_seeded, teardown),
        TEST(what_is_typed_is_compared_at_once),
        cmocka_unit_test(names_are_like_by_what_is_theirs_alone),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
