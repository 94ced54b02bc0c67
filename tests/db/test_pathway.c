/* The referral pathway: every need in every commune, and what changes it. */
#include "seeded.h"

#include "db/need.h"
#include "db/op.h"
#include "db/pathway.h"

#define COMMUNE  "070303" /* Boeng Nimol in Chhuk, Kampot */
#define DISTRICT "0703"

static const struct pathway_child anybody = {.age = -1};
static const struct pathway_child girl_of_14 = {.age = 14, .sex = CHILD_GIRL};

static char path[FIXTURE_PATH];
static struct guide guide;

struct walk {
    struct catchment catchment;
    struct pathway pathway;
};

static struct walk walk(struct db *db, const char *need, const char *area,
                        const struct pathway_child *child, int tier)
{
    struct walk w;
    struct pathway_query q = {.need = need, .tier = tier};
    assert_int_equal(catchment_load(db, area, child, &w.catchment), STATUS_OK);
    assert_int_equal(pathway_make(&guide, &w.catchment, &q, &w.pathway), STATUS_OK);
    return w;
}

static void leave(struct walk *w)
{
    pathway_release(&w->pathway);
    catchment_release(&w->catchment);
}

static const struct pathway_step *step_of(const struct walk *w, const char *id)
{
    for (size_t i = 0; i < w->pathway.count; i++)
        if (strcmp(w->pathway.steps[i].rule->id, id) == 0)
            return &w->pathway.steps[i];
    return NULL;
}

/* --- the whole country ---------------------------------------------------------------------------
 */

static void check_step(const struct pathway *p, const struct pathway_step *s)
{
    bool told = s->service || s->why == PATH_GAP || s->why == PATH_COMMUNE;
    assert_true(told);
    assert_true(s->service ? s->nearness != NEAR_NONE : s->nearness == NEAR_NONE);
    for (size_t a = 0; a < s->after_count; a++)
        assert_true(s->after[a] < (size_t)(s - p->steps));
    assert_true(area_contains(s->area, p->area));
}

static void every_need_has_a_way_in_every_commune(void **state)
{
    struct need_list needs;
    sqlite3_stmt *communes = sql_prepare(*state, "SELECT code FROM area WHERE length(code) = 6");
    size_t walked = 0;
    assert_int_equal(need_all(*state, &needs), STATUS_OK);
    while (sqlite3_step(communes) == SQLITE_ROW) {
        char area[AREA_CODE];
        struct catchment c;
        snprintf(area, sizeof area, "%s", (const char *)sqlite3_column_text(communes, 0));
        assert_int_equal(catchment_load(*state, area, &anybody, &c), STATUS_OK);
        for (size_t n = 0; n < needs.count; n++, walked++) {
            struct pathway p;
            struct pathway_query q = {.need = needs.rows[n].code};
            assert_int_equal(pathway_make(&guide, &c, &q, &p), STATUS_OK);
            assert_true(p.count >= 5);
            bool levels[NEAR_NONE] = {false};
            for (size_t i = 0; i < p.count; i++) {
                check_step(&p, &p.steps[i]);
                if (p.steps[i].service && p.steps[i].nearness < NEAR_NONE)
                    levels[p.steps[i].nearness] = true;
            }
            /* the standing offices and the national lines: no level is left empty */
            for (int level = 0; level < NEAR_NONE; level++)
                assert_true(levels[level]);
            pathway_release(&p);
        }
        catchment_release(&c);
    }
    sqlite3_finalize(communes);
    need_list_release(&needs);
    assert_int_equal(walked, 14 * 1652);
}

/* --- a girl of 14, Boeng Nimol, sexual violence, this morning
 * -------------------------------------- */

static void sexual_violence_goes_to_the_commune_the_district_and_health_care(void **state)
{
    struct walk w = walk(*state, "N3", COMMUNE, &girl_of_14, 0);
    const struct pathway_step *ccwc = step_of(&w, "ccwc"), *office = step_of(&w, "office");
    const struct pathway_step *health = step_of(&w, "health"), *nation = step_of(&w, "nation");
    assert_string_equal(w.pathway.steps[0].rule->id, "safe");
    assert_int_equal(ccwc->why, PATH_LEVEL);
    assert_string_equal(ccwc->service->covers, COMMUNE);
    assert_string_equal(office->service->covers, DISTRICT);
    assert_string_equal(office->kind, "B3");
    assert_int_equal(health->why,
                     PATH_WIDER); /* nobody but a national line in the born directory */
    assert_int_equal(health->nearness, NEAR_NATION);
    assert_int_equal(step_of(&w, "reunite")->why, PATH_GAP);
    assert_int_equal(health->rule->urgency, GUIDE_HOURS_72);
    assert_int_equal(nation->nearness, NEAR_NATION);
    leave(&w);
}

/* An invented shelter for girls of the district. */
static struct uuid add_shelter(struct db *db, int64_t least, int64_t greatest, int64_t sex)
{
    static int made;
    char name[40];
    snprintf(name, sizeof name, "shelter/%d", made++);
    struct uuid id = uuid_from_name(name), owner = uuid_from_name("shelter/owner");
    struct field_value body[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Invented body")};
    if (made == 1)
        assert_int_equal(fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, owner, body, 1, NULL),
                         STATUS_OK);
    struct field_value service[] = {fixture_id(FIELD_ID(SERVICE, organization), owner),
                                    fixture_text(FIELD_ID(SERVICE, name_en), "Invented shelter"),
                                    fixture_int(FIELD_ID(SERVICE, minimum_age), least),
                                    fixture_int(FIELD_ID(SERVICE, maximum_age), greatest),
                                    fixture_int(FIELD_ID(SERVICE, sex), sex)};
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_SERVICE, id, service, 5, NULL),
                     STATUS_OK);
    struct field_value area[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), id),
                                 fixture_text(FIELD_ID(SERVICE_AREA, area), DISTRICT)};
    struct field_value kind[] = {
        fixture_id(FIELD_ID(TERM_LINK, record), id), fixture_text(FIELD_ID(TERM_LINK, term), "A3"),
        fixture_int(FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE)};
    snprintf(name, sizeof name, "shelter/%d/area", made);
    assert_int_equal(
        fixture_change(db, OP_CREATE, RECORD_SERVICE_AREA, uuid_from_name(name), area, 2, NULL),
        STATUS_OK);
    snprintf(name, sizeof name, "shelter/%d/kind", made);
    assert_int_equal(
        fixture_change(db, OP_CREATE, RECORD_TERM_LINK, uuid_from_name(name), kind, 3, NULL),
        STATUS_OK);
    return id;
}

static void set_status(struct db *db, struct uuid id, int64_t status)
{
    struct field_value f[] = {fixture_int(FIELD_STATUS, status)};
    assert_int_equal(fixture_change(db, OP_SET, RECORD_SERVICE, id, f, 1, NULL), STATUS_OK);
}

static void assert_shelter(struct db *db, const struct pathway_child *child, enum pathway_why why,
                           bool suspended)
{
    struct walk w = walk(db, "N3", COMMUNE, child, 3);
    const struct pathway_step *s = step_of(&w, "shelter");
    assert_int_equal(s->why, why);
    assert_true(!s->suspended == !suspended);
    leave(&w);
}

/* The nearer shelter that the pathway names as not for the child; NULL none. */
static void assert_unsuitable(struct db *db, const struct pathway_child *child,
                              const struct uuid *id)
{
    struct walk w = walk(db, "N3", COMMUNE, child, 3);
    const struct pathway_step *s = step_of(&w, "shelter");
    assert_true(!s->unsuitable == !id);
    assert_true(!id || uuid_equal(&s->unsuitable->id, id));
    leave(&w);
}

static void the_way_follows_the_districts_shelter(void **state)
{
    const struct pathway_child boy = {.age = 14, .sex = CHILD_BOY}, baby = {.age = 2};
    assert_shelter(*state, &girl_of_14, PATH_GAP, false);
    struct uuid id = add_shelter(*state, 6, 17, VALUE_SEX_FEMALE);
    assert_shelter(*state, &girl_of_14, PATH_NEAREST, false);
    assert_shelter(*state, &anybody, PATH_NEAREST, false);
    assert_shelter(*state, &boy, PATH_GAP, false);
    assert_shelter(*state, &baby, PATH_GAP, false);
    assert_unsuitable(*state, &girl_of_14, NULL);
    assert_unsuitable(*state, &anybody, NULL);
    assert_unsuitable(*state, &boy, &id);
    assert_unsuitable(*state, &baby, &id);
    set_status(*state, id, VALUE_STATUS_TEMPORARILY_CLOSED);
    assert_shelter(*state, &girl_of_14, PATH_GAP, true);
    set_status(*state, id, VALUE_STATUS_ACTIVE);
    assert_shelter(*state, &girl_of_14, PATH_NEAREST, false);
    assert_int_equal(fixture_change(*state, OP_CLOSE, RECORD_SERVICE, id, NULL, 0, NULL),
                     STATUS_OK);
    assert_shelter(*state, &girl_of_14, PATH_GAP, false);
}

static void what_was_not_available_is_passed_over(void **state)
{
    struct uuid first = add_shelter(*state, 0, 18, VALUE_SEX_ANY);
    struct uuid second = add_shelter(*state, 0, 18, VALUE_SEX_ANY);
    struct walk w = walk(*state, "N3", COMMUNE, &girl_of_14, 3);
    const struct pathway_step *s = step_of(&w, "shelter");
    struct uuid chosen = s->service->id;
    assert_int_equal(s->other_count, 1);
    pathway_release(&w.pathway);
    struct pathway_query q = {
        .need = "N3", .tier = 3, .unavailable = &chosen, .unavailable_count = 1};
    assert_int_equal(pathway_make(&guide, &w.catchment, &q, &w.pathway), STATUS_OK);
    s = step_of(&w, "shelter");
    assert_false(uuid_equal(&s->service->id, &chosen));
    assert_true(uuid_equal(&s->service->id, &first) || uuid_equal(&s->service->id, &second));
    leave(&w);
    (void)fixture_change(*state, OP_CLOSE, RECORD_SERVICE, first, NULL, 0, NULL);
    (void)fixture_change(*state, OP_CLOSE, RECORD_SERVICE, second, NULL, 0, NULL);
}

static void lower_tiers_stay_with_the_commune(void **state)
{
    struct walk low = walk(*state, "N12", COMMUNE, &anybody, 1);
    assert_non_null(step_of(&low, "keep"));
    assert_null(step_of(&low, "office"));
    const struct pathway_step *nation = step_of(&low, "nation");
    assert_true(nation && nation->after_count > 0); /* past the steps left out */
    leave(&low);
    struct walk high = walk(*state, "N12", COMMUNE, &anybody, 3);
    assert_null(step_of(&high, "keep"));
    assert_non_null(step_of(&high, "office"));
    leave(&high);
}

static void a_district_leaves_the_commune_open(void **state)
{
    struct walk w = walk(*state, "N3", DISTRICT, &anybody, 0);
    assert_int_equal(step_of(&w, "ccwc")->why, PATH_COMMUNE);
    assert_null(step_of(&w, "ccwc")->service);
    assert_int_equal(step_of(&w, "office")->why, PATH_LEVEL);
    leave(&w);
    struct catchment c;
    assert_int_equal(catchment_load(*state, "07", &anybody, &c), STATUS_INVALID);
    assert_int_equal(catchment_load(*state, "079999", &anybody, &c), STATUS_NOT_FOUND);
}

static int set_up(void **state)
{
    struct guide_fault fault;
    fixture_path(path, "pathway");
    *state = seeded_open(path);
    return guide_load(*state, NULL, &guide, &fault) == STATUS_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    guide_release(&guide);
    db_close(*state);
    fixture_remove(path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_need_has_a_way_in_every_commune),
        cmocka_unit_test(sexual_violence_goes_to_the_commune_the_district_and_health_care),
        cmocka_unit_test(the_way_follows_the_districts_shelter),
        cmocka_unit_test(what_was_not_available_is_passed_over),
        cmocka_unit_test(lower_tiers_stay_with_the_commune),
        cmocka_unit_test(a_district_leaves_the_commune_open),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
