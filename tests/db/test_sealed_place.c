/* A shelter whose place is sealed: it says publicly which district it serves, so that the
 * district's own people may confirm it and the pathway finds it, and nothing public comes closer
 * than that. */
#include "seeded.h"

#include "db/op.h"
#include "db/pathway.h"
#include "db/propose.h"
#include "db/restricted.h"

#define PIN      "48 27 19"
#define COMMUNE  "070303" /* Boeng Nimol in Chhuk, Kampot: where it is */
#define DISTRICT "0703"

enum { CHANGES = 5 };

struct world {
    char path[FIXTURE_PATH];
    struct db *db;
    struct person wccc;
    struct uuid organization, service, place, link, area, kind;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    enum pin_answer answer;
    fixture_path(w->path, "sealed-place");
    w->db = seeded_open(w->path);
    w->wccc = (struct person){
        .name = "Sok Dara", .office = "WCCC", .role = VALUE_ROLE_EDITOR, .area = DISTRICT};
    assert_int_equal(restricted_set_pin(w->db, LEVEL_OFFICIALS, PIN, strlen(PIN), &answer),
                     STATUS_OK);
    assert_int_equal(answer, PIN_RIGHT);
    struct uuid *const ids[] = {&w->organization, &w->service, &w->place,
                                &w->link,         &w->area,    &w->kind};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_int_equal(uuid_new(fixture_ms++, ids[i]), STATUS_OK);
    struct field_value name[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "House of care")};
    assert_int_equal(
        fixture_change(w->db, OP_CREATE, RECORD_ORGANIZATION, w->organization, name, 1, NULL),
        STATUS_OK);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    struct text sealed = TEXT_INIT;
    bool has = restricted_path(w->db, &sealed);
    db_close(w->db);
    fixture_remove(w->path);
    if (has)
        remove(sealed.bytes);
    text_release(&sealed);
    free(w);
    return 0;
}

/* One save that makes the shelter, its sealed place and what it serves (NULL: it does not say). */
static enum status make_shelter(struct world *w, const char *serves, struct op_refusal *refusal,
                                struct save_result *result)
{
    struct field_value service[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Invented shelter"),
                                    fixture_id(FIELD_ID(SERVICE, organization), w->organization)};
    struct field_value kind[] = {
        fixture_id(FIELD_ID(TERM_LINK, record), w->service),
        fixture_text(FIELD_ID(TERM_LINK, term), "A3"),
        fixture_int(FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE)};
    struct field_value place[] = {
        fixture_text(FIELD_ID(LOCATION, area), COMMUNE),
        fixture_text(FIELD_ID(LOCATION, address_en), "behind the mill"),
        fixture_int(FIELD_ID(LOCATION, confidentiality), LEVEL_OFFICIALS)};
    struct field_value link[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), w->service),
                                 fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), w->place)};
    struct field_value area[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), w->service),
                                 fixture_text(FIELD_ID(SERVICE_AREA, area), serves ? serves : "")};
    const struct change changes[CHANGES] = {
        {OP_CREATE, RECORD_SERVICE, w->service, "", service, 2, NULL, "", ""},
        {OP_CREATE, RECORD_TERM_LINK, w->kind, "", kind, 3, NULL, "", ""},
        {OP_CREATE, RECORD_LOCATION, w->place, "", place, 3, NULL, "", ""},
        {OP_CREATE, RECORD_SERVICE_AT_LOCATION, w->link, "", link, 2, NULL, "", ""},
        {OP_CREATE, RECORD_SERVICE_AREA, w->area, "", area, 2, NULL, "", ""}};
    return person_save(w->db, &w->wccc, changes, serves ? CHANGES : CHANGES - 1, refusal, result);
}

static void need_shelter(struct world *w)
{
    struct op_refusal refusal;
    struct save_result result;
    enum status status = make_shelter(w, DISTRICT, &refusal, &result);
    if (status != STATUS_OK)
        fail_msg("%d: %s", (int)status, db_error(w->db));
    assert_int_equal(result.outcome, SAVE_WRITTEN);
    fixture_ms += 1000;
}

static void without_a_public_area_it_is_refused(void **state)
{
    static const char *const too_little[] = {NULL, COMMUNE};
    struct world *w = *state;
    struct op_refusal refusal = {0};
    struct save_result result;
    for (size_t i = 0; i < sizeof too_little / sizeof *too_little; i++) {
        assert_int_equal(make_shelter(w, too_little[i], &refusal, &result), STATUS_INVALID);
        assert_int_equal(refusal.field, REFUSAL_SERVED_AREA);
    }
    assert_int_equal(make_shelter(w, DISTRICT, &refusal, &result), STATUS_OK);
}

static void the_area_cannot_be_taken_away_again(void **state)
{
    struct world *w = *state;
    struct field_value closer[] = {fixture_text(FIELD_ID(SERVICE_AREA, area), COMMUNE)};
    struct field_value wider[] = {fixture_text(FIELD_ID(SERVICE_AREA, area), "07")};
    need_shelter(w);
    assert_int_equal(fixture_change(w->db, OP_CLOSE, RECORD_SERVICE_AREA, w->area, NULL, 0, NULL),
                     STATUS_INVALID);
    assert_int_equal(fixture_change(w->db, OP_SET, RECORD_SERVICE_AREA, w->area, closer, 1, NULL),
                     STATUS_INVALID);
    assert_int_equal(fixture_change(w->db, OP_SET, RECORD_SERVICE_AREA, w->area, wider, 1, NULL),
                     STATUS_OK);
    /* with the place gone nobody has to say it */
    assert_int_equal(
        fixture_change(w->db, OP_CLOSE, RECORD_SERVICE_AT_LOCATION, w->link, NULL, 0, NULL),
        STATUS_OK);
    assert_int_equal(fixture_change(w->db, OP_CLOSE, RECORD_SERVICE_AREA, w->area, NULL, 0, NULL),
                     STATUS_OK);
}

static void a_place_that_becomes_confidential_asks_for_it_too(void **state)
{
    struct world *w = *state;
    struct field_value service[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Invented house"),
                                    fixture_id(FIELD_ID(SERVICE, organization), w->organization)};
    struct field_value place[] = {fixture_text(FIELD_ID(LOCATION, area), COMMUNE)};
    struct field_value link[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), w->service),
                                 fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), w->place)};
    struct field_value hide[] = {fixture_int(FIELD_ID(LOCATION, confidentiality), LEVEL_OFFICIALS)};
    assert_int_equal(fixture_change(w->db, OP_CREATE, RECORD_SERVICE, w->service, service, 2, NULL),
                     STATUS_OK);
    assert_int_equal(fixture_change(w->db, OP_CREATE, RECORD_LOCATION, w->place, place, 1, NULL),
                     STATUS_OK);
    assert_int_equal(
        fixture_change(w->db, OP_CREATE, RECORD_SERVICE_AT_LOCATION, w->link, link, 2, NULL),
        STATUS_OK);
    assert_int_equal(fixture_change(w->db, OP_SET, RECORD_LOCATION, w->place, hide, 1, NULL),
                     STATUS_INVALID);
    struct field_value area[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), w->service),
                                 fixture_text(FIELD_ID(SERVICE_AREA, area), DISTRICT)};
    assert_int_equal(fixture_change(w->db, OP_CREATE, RECORD_SERVICE_AREA, w->area, area, 2, NULL),
                     STATUS_OK);
    assert_int_equal(fixture_change(w->db, OP_SET, RECORD_LOCATION, w->place, hide, 1, NULL),
                     STATUS_OK);
}

static enum save_outcome verify(struct world *w)
{
    struct field_value found[] = {fixture_int(VERIFY_METHOD, VALUE_METHOD_PHONE),
                                  fixture_int(VERIFY_RESULT, VALUE_RESULT_STILL_RIGHT)};
    struct change c = {OP_VERIFY, RECORD_SERVICE, w->service, "", found, 2, NULL, "", ""};
    struct op_refusal refusal;
    struct save_result result;
    assert_int_equal(person_save(w->db, &w->wccc, &c, 1, &refusal, &result), STATUS_OK);
    fixture_ms += 1000;
    return result.outcome;
}

static void its_own_committee_confirms_it(void **state)
{
    struct world *w = *state;
    need_shelter(w);
    assert_int_equal(verify(w), SAVE_WRITTEN); /* unlocked */
    restricted_lock(w->db);
    assert_int_equal(verify(w), SAVE_WRITTEN);
    snprintf(w->wccc.area, sizeof w->wccc.area, "0702"); /* the neighbours' */
    assert_int_equal(verify(w), SAVE_PROPOSED);
}

static void the_log_comes_no_closer_than_the_district(void **state)
{
    struct world *w = *state;
    need_shelter(w);
    (void)verify(w);
#define SQL_HERS "SELECT count(*) FROM op WHERE actor LIKE 'Sok Dara%' AND "
    assert_int_equal(sql_one(w->db, SQL_HERS "area = ?1", DISTRICT),
                     4); /* three made, one verified */
    assert_int_equal(sql_one(w->db, SQL_HERS "length(area) > length(?1)", DISTRICT), 0);
}

static void the_pathway_finds_it_and_shows_no_place(void **state)
{
    struct world *w = *state;
    static const struct pathway_child girl_of_14 = {.age = 14, .sex = CHILD_GIRL};
    struct guide guide;
    struct guide_fault fault;
    struct catchment c;
    struct pathway p;
    struct pathway_query q = {.need = "N3"};
    bool found = false;
    need_shelter(w);
    assert_int_equal(guide_load(w->db, NULL, &guide, &fault), STATUS_OK);
    for (int locked = 0; locked < 2; locked++) {
        assert_int_equal(catchment_load(w->db, COMMUNE, &girl_of_14, &c), STATUS_OK);
        assert_int_equal(pathway_make(&guide, &c, &q, &p), STATUS_OK);
        for (size_t i = 0; i < p.count; i++) {
            const struct pathway_step *s = &p.steps[i];
            if (!s->service || !uuid_equal(&s->service->id, &w->service))
                continue;
            found = true;
            assert_string_equal(s->kind, "A3");
            assert_int_equal(s->nearness, NEAR_DISTRICT);
            assert_string_equal(s->service->located, "");
            assert_string_equal(s->service->covers, DISTRICT);
        }
        assert_true(found);
        found = false;
        pathway_release(&p);
        catchment_release(&c);
        restricted_lock(w->db);
    }
    guide_release(&guide);
}

static void a_place_proposes_its_district(void **state)
{
    static const struct {
        const char *place, *area;
    } rows[] = {{"07030301", "0703"}, {"070303", "0703"}, {"0703", "0703"},
                {"07", ""},           {"KH", ""},         {"", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char area[AREA_CODE];
        restricted_served_area(rows[i].place, area);
        assert_string_equal(area, rows[i].area);
    }
    assert_true(restricted_is_served_area("KH", 2));
    assert_true(restricted_is_served_area("0703", 4));
    assert_false(restricted_is_served_area("070303", 6));
    assert_false(restricted_is_served_area("", 0));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_a_public_area_it_is_refused),
        TEST(the_area_cannot_be_taken_away_again),
        TEST(a_place_that_becomes_confidential_asks_for_it_too),
        TEST(its_own_committee_confirms_it),
        TEST(the_log_comes_no_closer_than_the_district),
        TEST(the_pathway_finds_it_and_shows_no_place),
        cmocka_unit_test(a_place_proposes_its_district),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
