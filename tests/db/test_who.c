/* Who does what where: figures against plain SQL on the born directory with invented services; rows
 * by sector, offices of one sort together; parts of a province, a district, a commune. */
#include "invented.h"

#include "db/who.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "who");
    *state = invented_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static struct who load(struct db *db, const char *area)
{
    struct who w;
    assert_int_equal(who_load(db, area, LANG_EN, &w), STATUS_OK);
    return w;
}

/* An area inside another one that the same service is made for says nothing. */
#define OUTERMOST                                                                                  \
    "NOT EXISTS (SELECT 1 FROM service_area b WHERE b.service = s.id AND b.status <> 4 AND "       \
    "b.area <> a.area AND (b.area = 'KH' OR a.area LIKE b.area || '%%'))"
/* Active services of a kind with a public place in the part, or made for the area, the part or what
 * lies in the part (here), or for what lies around the area. */
#define OF_KIND                                                                                    \
    "SELECT count(DISTINCT s.id) FROM service s JOIN term_link k ON k.record = s.id WHERE "        \
    "s.status = 1 AND k.status <> 4 AND coalesce(k.type, 1) = 1 AND k.term = '%s' AND "
#define HERE                                                                                       \
    "(EXISTS (SELECT 1 FROM service_at_location x JOIN location l ON l.id = x.location WHERE "     \
    "x.service = s.id AND x.status <> 4 AND l.status <> 4 AND coalesce(l.confidentiality, 0) = 0 " \
    "AND l.area LIKE '%s%%') OR EXISTS (SELECT 1 FROM service_area a WHERE a.service = s.id AND "  \
    "a.status <> 4 AND (a.area = '%s' OR a.area LIKE '%s%%') AND " OUTERMOST "))"
#define AROUND                                                                                     \
    "EXISTS (SELECT 1 FROM service_area a WHERE a.service = s.id AND a.status <> 4 AND (a.area = " \
    "'KH' OR ('%s' LIKE a.area || '%%' AND a.area <> '%s')))"

static int64_t count_sql(struct db *db, const char *kind, const char *part, const char *area,
                         bool around)
{
    struct text sql = TEXT_INIT;
    text_addf(&sql, OF_KIND "(" HERE, kind, part, area, part);
    if (around) {
        text_addf(&sql, " OR " AROUND, area, area);
    }
    text_adds(&sql, ")");
    int64_t n = sql_one(db, sql.bytes, NULL);
    text_release(&sql);
    return n;
}

static void cells_hold_as_many_services_as_sql_counts(void **state)
{
    static const char *const areas[] = {"07", "0703", "070303", "12"};
    struct db *db = *state;
    int64_t in_all = 0;
    for (size_t a = 0; a < sizeof areas / sizeof *areas; a++) {
        struct who w = load(db, areas[a]);
        for (size_t k = 0; k < w.kind_count; k++) {
            for (size_t p = 0; p < w.part_count; p++) {
                int services = 0, here = 0;
                for (size_t i = 0; i < w.row_count; i++) {
                    services += who_at(&w, i, k, p).services;
                }
                for (size_t i = 0; i < w.service_count; i++) {
                    here += (int)(w.services[i].kinds >> k & w.services[i].parts >> p & 1);
                }
                assert_int_equal(services, count_sql(db, w.kinds[k], w.parts[p], areas[a], true));
                assert_int_equal(here, count_sql(db, w.kinds[k], w.parts[p], areas[a], false));
                in_all += here;
            }
        }
        who_release(&w);
    }
    assert_true(in_all > 100);
}

static void parts_are_the_areas_directly_inside(void **state)
{
    static const struct {
        const char *area;
        size_t parts;
        const char *first;
    } wanted[] = {
        {"KH", 25, "01"}, {"07", 9, "0701"}, {"0703", 15, "070301"}, {"070303", 1, "070303"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct who w = load(*state, wanted[i].area);
        assert_int_equal(w.part_count, wanted[i].parts);
        assert_string_equal(w.parts[0], wanted[i].first);
        who_release(&w);
    }
}

static const struct who_row *row_called(const struct who *w, const char *abbreviation)
{
    for (size_t i = 0; i < w->row_count; i++) {
        if (strcmp(w->rows[i].abbreviation_en, abbreviation) == 0) {
            return &w->rows[i];
        }
    }
    fail_msg("no row of %s", abbreviation);
    return NULL;
}

static void offices_of_one_sort_share_a_row(void **state)
{
    struct who w = load(*state, "07");
    const struct who_row *row = row_called(&w, "CCWC");
    size_t at = (size_t)(row - w.rows), kind = who_kind(&w, "B1");
    assert_int_equal(row->organizations,
                     sql_one(*state,
                             "SELECT count(*) FROM area WHERE length(code) = 6 AND "
                             "substr(code, 1, 2) = '07'",
                             NULL));
    assert_int_equal(who_at(&w, at, kind, SIZE_MAX).parts, 9);
    assert_int_equal(who_at(&w, at, kind, 0).parts, 1);
    assert_false(who_at(&w, at, kind, SIZE_MAX).around);
    assert_int_equal(row_called(&w, "CHC")->organizations, 1);
    assert_int_equal(who_at(&w, (size_t)(row_called(&w, "CHC") - w.rows), SIZE_MAX, 3).parts, 0);
    assert_true(who_at(&w, (size_t)(row_called(&w, "CHC") - w.rows), SIZE_MAX, 3).around);
    who_release(&w);
}

static void sectors_stand_together_and_every_service_in_one_row(void **state)
{
    struct who w = load(*state, "");
    bool seen[8] = {false};
    size_t services = 0;
    for (size_t i = 0; i < w.row_count; i++) {
        bool same = i > 0 && w.rows[i].sector == w.rows[i - 1].sector;
        assert_true(same || !seen[w.rows[i].sector]);
        seen[w.rows[i].sector] = true;
        services += w.rows[i].service_count;
        for (size_t k = 0; k < w.rows[i].service_count; k++) {
            assert_int_equal(w.rows[i].services[k].row, i);
        }
    }
    assert_int_equal(services, w.service_count);
    assert_int_equal(w.rows[0].sector, VALUE_SECTOR_GOVERNMENT);
    who_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_hold_as_many_services_as_sql_counts),
        cmocka_unit_test(parts_are_the_areas_directly_inside),
        cmocka_unit_test(offices_of_one_sort_share_a_row),
        cmocka_unit_test(sectors_stand_together_and_every_service_in_one_row),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
