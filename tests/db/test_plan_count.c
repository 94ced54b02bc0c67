/* Services by programme, output and tier: the figures are those that a search with the same filters
 * finds, and those of plain SQL; programs made for an output count with their services. */
#include "invented.h"

#include "db/plan_count.h"
#include "db/plan_output.h"
#include "db/search.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "plan-count");
    *state = invented_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static struct plan_count count_in(struct db *db, const char *area)
{
    struct plan_count p;
    assert_int_equal(plan_count_load(db, area, &p), STATUS_OK);
    return p;
}

static const struct plan_row *row_of(const struct plan_count *p, const char *output, int tier)
{
    for (size_t i = 0; i < p->count; i++) {
        if (strcmp(p->rows[i].output, output) == 0 && p->rows[i].tier == tier) {
            return &p->rows[i];
        }
    }
    fail_msg("no row of %s, tier %d", output, tier);
    return NULL;
}

/* How many services a search finds; where >= 0: with the area so. */
static int64_t found(struct db *db, const char *area, int where, const struct plan_row *row,
                     bool confirmed)
{
    struct query query = {.words = "", .limit = 1};
    struct filter *f = query.filters;
    *f = (struct filter){.kind = FILTER_OUTPUT};
    snprintf(f++->value, FILTER_VALUE, "%s", row->output);
    if (row->tier) {
        *f = (struct filter){.kind = FILTER_TIER};
        snprintf(f++->value, FILTER_VALUE, "%d", row->tier);
    }
    if (*area) {
        *f = (struct filter){.kind = FILTER_AREA, .where = (enum filter_where)where};
        snprintf(f++->value, FILTER_VALUE, "%s", area);
    }
    if (confirmed) {
        *f++ = (struct filter){.kind = FILTER_CONFIRMED, .value = "yes"};
    }
    query.filter_count = (size_t)(f - query.filters);
    struct result result;
    assert_int_equal(search_run(db, &query, &result), STATUS_OK);
    assert_true(result.total_exact);
    int64_t total = result.total;
    result_release(&result);
    return total;
}

static void a_search_with_the_filters_of_a_row_finds_as_many(void **state)
{
    static const char *const areas[] = {"", "07", "0703", "070303", "12", "25"};
    struct db *db = *state;
    size_t compared = 0;
    for (size_t a = 0; a < sizeof areas / sizeof *areas; a++) {
        struct plan_count p = count_in(db, areas[a]);
        assert_true(p.count >= 28);
        for (size_t i = 0; i < p.count; i++) {
            const struct plan_row *row = &p.rows[i];
            assert_int_equal(row->services, found(db, areas[a], WHERE_ANY, row, false));
            assert_int_equal(row->confirmed, found(db, areas[a], WHERE_ANY, row, true));
            if (*areas[a]) {
                assert_int_equal(row->located, found(db, areas[a], WHERE_LOCATED, row, false));
                assert_int_equal(row->covering, found(db, areas[a], WHERE_COVERING, row, false));
            }
            compared += row->services > 0;
        }
        plan_count_release(&p);
    }
    assert_true(compared > 60);
}

static void figures_of_the_country_are_those_of_sql(void **state)
{
    static const struct {
        const char *output, *sql;
    } rows[] = {
        {"2.2", "SELECT count(*) FROM service s WHERE s.status <> 4 AND EXISTS (SELECT 1 FROM "
                "term_link k WHERE k.record = s.id AND k.status <> 4 AND coalesce(k.type, 1) = 1 "
                "AND k.term = 'B1')"},
        {"1.11", "SELECT count(*) FROM service s WHERE s.status <> 4 AND EXISTS (SELECT 1 FROM "
                 "term_link k WHERE k.record = s.id AND k.status <> 4 AND coalesce(k.type, 1) = 1 "
                 "AND k.term = 'A1')"},
        {"1", "SELECT count(DISTINCT s.id) FROM service s JOIN term_link k ON k.record = s.id JOIN "
              "term t ON t.code = k.term WHERE s.status <> 4 AND k.status <> 4 AND "
              "coalesce(k.type, 1) = 1 AND ' ' || t.outputs LIKE '% 1.%'"},
    };
    struct plan_count p = count_in(*state, "KH");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t wanted = sql_one(*state, rows[i].sql, NULL);
        assert_true(wanted > 0);
        assert_int_equal(row_of(&p, rows[i].output, 0)->services, wanted);
    }
    plan_count_release(&p);
}

static void rows_stand_in_the_order_of_the_plan(void **state)
{
    static const char *const order[] = {"1", "1.2", "1.9", "1.10", "1.11", "2", "5.2"};
    struct plan_count p = count_in(*state, "0703");
    size_t at = 0;
    for (size_t i = 0; i < p.count && at < sizeof order / sizeof *order; i++) {
        at += strcmp(p.rows[i].output, order[at]) == 0 && p.rows[i].tier == 0;
    }
    assert_int_equal(at, sizeof order / sizeof *order);
    plan_count_release(&p);
}

static struct uuid add_program(struct db *db, struct uuid organization, const char *to)
{
    struct field_value p[] = {fixture_text(FIELD_ID(PROGRAM, name_en), "Lantern plan"),
                              fixture_id(FIELD_ID(PROGRAM, organization), organization),
                              fixture_text(FIELD_ID(PROGRAM, plan_output), "1.4"),
                              fixture_text(FIELD_ID(PROGRAM, valid_from), "2020-01-01"),
                              fixture_text(FIELD_ID(PROGRAM, valid_to), to)};
    return invented_add(db, RECORD_PROGRAM, p, 5);
}

static void programs_in_force_count_once_where_their_services_are(void **state)
{
    struct db *db = *state;
    struct field_value of[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Lantern")};
    struct uuid organization = invented_add(db, RECORD_ORGANIZATION, of, 1);
    struct uuid program = add_program(db, organization, "2099-12-31");
    (void)add_program(db, organization, "2021-12-31"); /* is over */
    for (int i = 0; i < 2; i++) {
        struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Lantern planning"),
                                  fixture_id(FIELD_ID(SERVICE, organization), organization),
                                  fixture_id(FIELD_ID(SERVICE, program), program)};
        struct uuid service = invented_add(db, RECORD_SERVICE, f, 3);
        struct field_value a[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), service),
                                  fixture_text(FIELD_ID(SERVICE_AREA, area), "0703")};
        (void)invented_add(db, RECORD_SERVICE_AREA, a, 2);
    }
    static const struct {
        const char *area;
        int services, programs;
    } wanted[] = {{"", 2, 1}, {"07", 2, 1}, {"070303", 2, 1}, {"12", 0, 0}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct plan_count p = count_in(db, wanted[i].area);
        assert_int_equal(row_of(&p, "1.4", 0)->services, wanted[i].services);
        assert_int_equal(row_of(&p, "1.4", 0)->programs, wanted[i].programs);
        assert_int_equal(row_of(&p, "1", 0)->programs, wanted[i].programs);
        plan_count_release(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_with_the_filters_of_a_row_finds_as_many),
        cmocka_unit_test(figures_of_the_country_are_those_of_sql),
        cmocka_unit_test(rows_stand_in_the_order_of_the_plan),
        cmocka_unit_test(programs_in_force_count_once_where_their_services_are),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
