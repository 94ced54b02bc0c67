/* The browse view over the born directory. */
#include "db/op.h"
#include "tests/tui/screen.h"

static void stay(struct screen *s)
{
    (void)s;
}

/* Kampot is the seventh province, Chhuk its third district, Boeng Nimol its third commune. */
static void go_kampot(struct screen *s)
{
    screen_press(s, SPECIAL_DOWN, 7);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_chhuk(struct screen *s)
{
    go_kampot(s);
    screen_press(s, SPECIAL_DOWN, 3);
    screen_press(s, SPECIAL_RIGHT, 1);
}

static void go_commune(struct screen *s)
{
    go_chhuk(s);
    screen_press(s, SPECIAL_DOWN, 3);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_district_services(struct screen *s)
{
    go_chhuk(s);
    screen_press(s, SPECIAL_ENTER, 1);
}

static void go_country_services(struct screen *s)
{
    screen_press(s, SPECIAL_TAB, 1);
}

static void the_start_lists_the_provinces(void **state)
{
    (void)state;
    golden_everywhere("browse_start", stay);
}

static void a_district_lists_its_communes(void **state)
{
    (void)state;
    golden_everywhere("browse_chhuk", go_chhuk);
}

static void a_commune_shows_what_is_nearest_first(void **state)
{
    (void)state;
    golden_everywhere("browse_commune", go_commune);
}

static void a_district_shows_services_of_its_parts_too(void **state)
{
    (void)state;
    golden_everywhere("browse_district", go_district_services);
}

static void the_country_shows_national_services(void **state)
{
    (void)state;
    golden_everywhere("browse_country", go_country_services);
}

static void going_up_selects_where_one_came_from(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_chhuk(&s);
    char *before = screen_text(&s);
    screen_press(&s, SPECIAL_DOWN, 3);
    char *third = screen_text(&s);
    screen_press(&s, SPECIAL_RIGHT, 1);
    screen_press(&s, SPECIAL_LEFT, 1);
    char *again = screen_text(&s);
    assert_string_equal(third, again);
    screen_press(&s, SPECIAL_LEFT, 1);
    screen_press(&s, SPECIAL_RIGHT, 1);
    char *chhuk = screen_text(&s);
    assert_string_equal(before, chhuk);
    free(before);
    free(third);
    free(again);
    free(chhuk);
    screen_close(&s);
}

static void detail_comes_back_to_the_same_row(void **state)
{
    (void)state;
    static const enum special ways_back[] = {SPECIAL_ESCAPE, SPECIAL_BACKSPACE, SPECIAL_LEFT};
    struct screen s;
    screen_open(&s, LANG_KM, 24, 80);
    go_commune(&s);
    screen_press(&s, SPECIAL_DOWN, 2);
    char *before = screen_text(&s);
    for (size_t i = 0; i < sizeof ways_back / sizeof *ways_back; i++) {
        screen_press(&s, SPECIAL_ENTER, 1);
        assert_shows(&s, "មិនដែលបានផ្ទៀងផ្ទាត់");
        screen_press(&s, ways_back[i], 1);
        char *after = screen_text(&s);
        assert_string_equal(before, after);
        free(after);
    }
    free(before);
    screen_close(&s);
}

static void the_place_is_kept_over_language_size_and_reload(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_commune(&s);
    screen_press(&s, SPECIAL_DOWN, 2);
    char *before = screen_text(&s);
    screen_press(&s, SPECIAL_F2, 1);
    assert_shows(&s, "ឃុំ");
    screen_resize(&s, 60, 200);
    assert_shows(&s, "ឃុំ");
    screen_resize(&s, 12, 40);
    app_data_changed(s.app);
    screen_press(&s, SPECIAL_F2, 1);
    screen_resize(&s, 24, 80);
    char *after = screen_text(&s);
    assert_string_equal(before, after);
    free(before);
    free(after);
    screen_close(&s);
}

static struct field_value text_value(int field, const char *text)
{
    struct value v = {.type = VALUE_TEXT, .text = {text, strlen(text)}};
    return (struct field_value){field, v};
}

static void append(struct db *db, enum op_kind kind, enum record_kind record_kind,
                   const struct uuid *record, const struct field_value *fields, size_t count)
{
    struct change change = {
        .kind = kind,
        .record_kind = record_kind,
        .record = *record,
        .area = "",
        .fields = fields,
        .field_count = count,
        .actor = "",
        .reason = "",
    };
    if (op_append(db, &change, NULL) != STATUS_OK)
        fail_msg("%s", db_error(db));
}

/* A service for the commune, with an English name only. */
static struct uuid add_service(struct db *db, const char *name, const char *area)
{
    struct uuid owner = uuid_from_name("owner"), service = uuid_from_name(name);
    struct uuid covers = uuid_from_name(area);
    struct field_value organization[] = {text_value(FIELD_ID(ORGANIZATION, name_en), "Owner")};
    struct field_value named[] = {
        text_value(FIELD_ID(SERVICE, name_en), name),
        {FIELD_ID(SERVICE, organization), {.type = VALUE_ID, .id = owner}},
    };
    struct field_value covering[] = {
        {FIELD_ID(SERVICE_AREA, service), {.type = VALUE_ID, .id = service}},
        text_value(FIELD_ID(SERVICE_AREA, area), area),
    };
    append(db, OP_CREATE, RECORD_ORGANIZATION, &owner, organization, 1);
    append(db, OP_CREATE, RECORD_SERVICE, &service, named, 2);
    append(db, OP_CREATE, RECORD_SERVICE_AREA, &covers, covering, 2);
    return service;
}

static void a_change_by_others_keeps_the_chosen_service(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_KM, 24, 80);
    go_commune(&s);
    screen_press(&s, SPECIAL_DOWN, 5);
    assert_shows(&s, "▸ បណ្តាញទូរស័ព្ទជំនួយកុមារកម្ពុជា");
    struct uuid id = add_service(s.db, "Home for a night", "070303");
    app_data_changed(s.app);
    assert_shows(&s, "▸ បណ្តាញទូរស័ព្ទជំនួយកុមារកម្ពុជា");
    assert_shows(&s, "Home for a night · ជាអង់គ្លេស");
    struct field_value closed = {FIELD_STATUS,
                                 {.type = VALUE_INT, .integer = VALUE_STATUS_TEMPORARILY_CLOSED}};
    append(s.db, OP_SET, RECORD_SERVICE, &id, &closed, 1);
    app_data_changed(s.app);
    assert_shows(&s, "បិទបណ្តោះអាសន្ន");
    append(s.db, OP_CLOSE, RECORD_SERVICE, &id, NULL, 0);
    app_data_changed(s.app);
    assert_hides(&s, "Home for a night");
    assert_shows(&s, "▸ បណ្តាញទូរស័ព្ទជំនួយកុមារកម្ពុជា");
    screen_close(&s);
}

static void the_whole_list_of_a_province_can_be_walked(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    go_kampot(&s);
    screen_press(&s, SPECIAL_ENTER, 1);
    screen_press(&s, SPECIAL_END, 1);
    char *last = screen_text(&s);
    screen_press(&s, SPECIAL_HOME, 1);
    screen_press(&s, SPECIAL_DOWN, 2000);
    char *walked = screen_text(&s);
    assert_string_equal(last, walked);
    free(last);
    free(walked);
    screen_close(&s);
}

static void the_start_stays_at_the_start(void **state)
{
    (void)state;
    struct screen s;
    screen_open(&s, LANG_EN, 24, 80);
    assert_int_equal(app_key(s.app, SPECIAL_BACKSPACE, 0) & OUTCOME_QUIT, 0);
    assert_int_equal(app_key(s.app, SPECIAL_LEFT, 0) & OUTCOME_QUIT, 0);
    screen_press(&s, SPECIAL_DOWN, 1);
    assert_shows(&s, "Banteay Meanchey");
    screen_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_start_lists_the_provinces),
        cmocka_unit_test(a_district_lists_its_communes),
        cmocka_unit_test(a_commune_shows_what_is_nearest_first),
        cmocka_unit_test(a_district_shows_services_of_its_parts_too),
        cmocka_unit_test(the_country_shows_national_services),
        cmocka_unit_test(going_up_selects_where_one_came_from),
        cmocka_unit_test(detail_comes_back_to_the_same_row),
        cmocka_unit_test(the_place_is_kept_over_language_size_and_reload),
        cmocka_unit_test(a_change_by_others_keeps_the_chosen_service),
        cmocka_unit_test(the_whole_list_of_a_province_can_be_walked),
        cmocka_unit_test(the_start_stays_at_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
