/* Coverage of the minimum package: figures against a count in plain SQL, what makes a cell better
 * or worse, the directory as it was, and an office's own package. */
#include "invented.h"

#include <sys/stat.h>

#include "db/as_of.h"
#include "db/coverage.h"

#define COMMUNE  "070303" /* of Chhuk in Kampot */
#define DISTRICT "0703"
#define PROVINCE "07"

static char path[FIXTURE_PATH], directory[FIXTURE_PATH + 8];

static struct package built_in(struct db *db)
{
    struct package package;
    struct guide_fault fault;
    assert_int_equal(package_load(db, NULL, &package, &fault), STATUS_OK);
    assert_int_equal(fault.wrong, GUIDE_FINE);
    return package;
}

/* --- figures ---------------------------------------------------------------------------------- */

/* Active services of each kind: here (area, service, term) where they are present, around where
 * they are made for a wider area. */
#define SQL_SETS                                                                                   \
    "WITH areas (code) AS (SELECT '' UNION ALL SELECT code FROM area WHERE length(code) <= 6), "   \
    "made (service, area) AS (SELECT x.service, CASE x.area WHEN 'KH' THEN '' ELSE x.area END "    \
    "FROM service_area x WHERE x.status <> 4 AND NOT EXISTS (SELECT 1 FROM service_area b WHERE "  \
    "b.service = x.service AND b.status <> 4 AND b.area <> x.area AND (b.area = 'KH' OR "          \
    "x.area LIKE b.area || '%'))), "                                                               \
    "kinds (service, term) AS (SELECT s.id, t.term FROM service s JOIN term_link t ON "            \
    "t.record = s.id WHERE s.status = 1 AND t.status <> 4 AND t.type = 1), "                       \
    "here (area, service) AS (SELECT a.code, x.service FROM areas a JOIN location l ON "           \
    "l.area >= a.code AND l.area < a.code || ':' JOIN service_at_location x ON x.location = l.id " \
    "WHERE a.code <> '' AND l.status <> 4 AND x.status <> 4 AND "                                  \
    "coalesce(l.confidentiality, 0) = 0 UNION SELECT area, service FROM made), "                   \
    "around (area, service) AS (SELECT a.code, m.service FROM areas a JOIN made m ON "             \
    "m.area IN (SELECT substr(a.code, 1, n) FROM (SELECT 0 n UNION SELECT 2 UNION SELECT 4) "      \
    "WHERE n < length(a.code)) EXCEPT SELECT area, service FROM here) "

static void assert_figures(struct db *db, const struct coverage *c, const char *sql, bool here)
{
    sqlite3_stmt *s = sql_prepare(db, sql);
    int64_t asked = 0, counted = 0;
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *area = (const char *)sqlite3_column_text(s, 0);
        size_t kind = coverage_kind(c, (const char *)sqlite3_column_text(s, 1));
        if (kind == SIZE_MAX)
            continue;
        struct coverage_cell cell = coverage_at(c, area, kind);
        assert_int_equal(here ? cell.located : cell.covering, sqlite3_column_int(s, 2));
        asked += sqlite3_column_int(s, 2);
    }
    sqlite3_finalize(s);
    for (size_t i = 0; i < c->area_count; i++)
        for (size_t k = 0; k < c->kind_count; k++) {
            struct coverage_cell cell = coverage_at(c, c->areas[i], k);
            counted += here ? cell.located : cell.covering;
        }
    assert_true(asked > 1000);
    assert_int_equal(counted, asked);
}

static void figures_of_the_whole_nation_equal_a_count_in_sql(void **state)
{
    struct package package = built_in(*state);
    struct coverage c;
    assert_int_equal(coverage_load(*state, &package, &c), STATUS_OK);
    assert_int_equal(c.area_count, 1 + 1887);
    assert_figures(*state, &c,
                   SQL_SETS "SELECT h.area, k.term, count(DISTINCT h.service) FROM here h JOIN "
                            "kinds k ON k.service = h.service GROUP BY 1, 2",
                   true);
    assert_figures(*state, &c,
                   SQL_SETS "SELECT o.area, k.term, count(DISTINCT o.service) FROM around o JOIN "
                            "kinds k ON k.service = o.service GROUP BY 1, 2",
                   false);
    coverage_release(&c);
    package_release(&package);
}

static void a_cell_has_as_many_services_behind_it_as_it_counts(void **state)
{
    static const char *const areas[] = {"", PROVINCE, DISTRICT, COMMUNE, "12", "1203", "120301"};
    struct package package = built_in(*state);
    struct coverage c;
    assert_int_equal(coverage_load(*state, &package, &c), STATUS_OK);
    for (size_t a = 0; a < sizeof areas / sizeof *areas; a++)
        for (size_t k = 0; k < c.kind_count; k++) {
            struct coverage_cell cell = coverage_at(&c, areas[a], k);
            size_t count;
            int here = 0, unsure = 0;
            struct coverage_service *s = coverage_services(&c, areas[a], k, LANG_EN, &count);
            for (size_t i = 0; i < count; i++) {
                here += s[i].present;
                unsure += !s[i].row->sure;
                assert_true(i == 0 || s[i - 1].present >= s[i].present);
                assert_true(s[i].present || strlen(s[i].from) < strlen(areas[a]));
            }
            assert_int_equal(here, cell.located);
            assert_int_equal((int)count - here, cell.covering);
            assert_int_equal(unsure, cell.unconfirmed);
            free(s);
        }
    coverage_release(&c);
    package_release(&package);
}

/* --- states ----------------------------------------------------------------------------------- */

static struct coverage_cell cell_of(struct db *db, const char *area, const char *kind)
{
    struct package package = built_in(db);
    struct coverage c;
    assert_int_equal(coverage_load(db, &package, &c), STATUS_OK);
    struct coverage_cell cell = coverage_at(&c, area, coverage_kind(&c, kind));
    coverage_release(&c);
    package_release(&package);
    return cell;
}

static struct uuid add_service(struct db *db, const char *kind, const char *area)
{
    struct field_value of[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Lamp")};
    struct uuid organization = invented_add(db, RECORD_ORGANIZATION, of, 1);
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Lamp"),
                              fixture_id(FIELD_ID(SERVICE, organization), organization)};
    struct uuid service = invented_add(db, RECORD_SERVICE, f, 2);
    struct field_value t[] = {fixture_id(FIELD_ID(TERM_LINK, record), service),
                              fixture_text(FIELD_ID(TERM_LINK, term), kind),
                              fixture_int(FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE)};
    (void)invented_add(db, RECORD_TERM_LINK, t, 3);
    struct field_value a[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), service),
                              fixture_text(FIELD_ID(SERVICE_AREA, area), area)};
    (void)invented_add(db, RECORD_SERVICE_AREA, a, 2);
    return service;
}

static void add_phone(struct db *db, struct uuid service)
{
    struct field_value p[] = {fixture_id(FIELD_ID(PHONE, owner), service),
                              fixture_text(FIELD_ID(PHONE, number), "012 311 999"),
                              fixture_int(FIELD_ID(PHONE, confidentiality), 0)};
    (void)invented_add(db, RECORD_PHONE, p, 3);
}

static void set_status(struct db *db, struct uuid service, int status)
{
    struct field_value f[] = {fixture_int(FIELD_STATUS, status)};
    int bad = 0;
    fixture_ms += 1000;
    assert_int_equal(fixture_change(db, OP_SET, RECORD_SERVICE, service, f, 1, &bad), STATUS_OK);
}

static void a_cell_goes_from_missing_to_present_and_back(void **state)
{
    struct db *db = *state;
    const char *far = "0901", *farther = "09"; /* nobody has C1 there */
    assert_int_equal(cell_of(db, far, "C1").state, COVERAGE_MISSING);
    struct uuid wide = add_service(db, "C1", farther);
    struct coverage_cell cell = cell_of(db, far, "C1");
    assert_int_equal(cell.state, COVERAGE_UNCONFIRMED); /* nobody knows its number */
    assert_int_equal(cell.unconfirmed, 1);
    add_phone(db, wide);
    cell = cell_of(db, far, "C1");
    assert_int_equal(cell.state, COVERAGE_COVERED);
    assert_int_equal(cell.covering, 1);
    assert_int_equal(cell_of(db, farther, "C1").state, COVERAGE_PRESENT);
    add_phone(db, add_service(db, "C1", far));
    assert_int_equal(cell_of(db, far, "C1").state, COVERAGE_PRESENT);
    set_status(db, wide, VALUE_STATUS_TEMPORARILY_CLOSED);
    assert_int_equal(cell_of(db, far, "C1").covering, 0);
    assert_int_equal(cell_of(db, farther, "C1").state, COVERAGE_MISSING);
    set_status(db, wide, VALUE_STATUS_ACTIVE);
    assert_int_equal(cell_of(db, farther, "C1").state, COVERAGE_PRESENT);
    assert_int_equal(cell_of(db, far, "H5").state, COVERAGE_NOT_ASKED); /* of communes only */
}

static void another_day_has_another_coverage(void **state)
{
    struct db *db = *state, *past;
    int64_t before = fixture_ms;
    fixture_ms += 86400000;
    add_phone(db, add_service(db, "D4", "10"));
    assert_int_equal(cell_of(db, "10", "D4").state, COVERAGE_PRESENT);
    assert_int_equal(db_as_of(db, before, NULL, &past), STATUS_OK);
    assert_int_equal(cell_of(past, "10", "D4").state, COVERAGE_MISSING);
    db_close(past);
}

static void the_greatest_gaps_are_ranked_first(void **state)
{
    struct package package = built_in(*state);
    struct coverage c;
    size_t count;
    assert_int_equal(coverage_load(*state, &package, &c), STATUS_OK);
    struct coverage_ranked *rows = coverage_rank(&c, "", &count);
    assert_int_equal(count, 210);
    for (size_t i = 1; i < count; i++) {
        const struct coverage_total *a = &rows[i - 1].total, *b = &rows[i].total;
        assert_true(a->states[COVERAGE_MISSING] * b->required >=
                    b->states[COVERAGE_MISSING] * a->required);
    }
    free(rows);
    rows = coverage_rank(&c, DISTRICT, &count);
    assert_true(count > 5);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(area_level(rows[i].code), 3);
    free(rows);
    coverage_release(&c);
    package_release(&package);
}

/* --- an office's own package ------------------------------------------------------------------ */

static void put_own(const char *bytes, size_t len)
{
    char file[FIXTURE_PATH + 64];
    snprintf(file, sizeof file, "%s/%s", directory, PACKAGE_FILE);
    FILE *f = fopen(file, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    fclose(f);
}

#define HEAD "# level\tkind\tleast\tsource\n"
#define REST "nation\tA1\t1\tx\nprovince\tA3\t1\tx\ndistrict\tB2\t1\tx\n"

static void an_own_package_asks_for_what_it_says(void **state)
{
    struct package package;
    struct guide_fault fault;
    struct coverage c;
    const char *own = HEAD REST "commune\tB1\t2\tministry\n";
    put_own(own, strlen(own));
    assert_int_equal(package_load(*state, directory, &package, &fault), STATUS_OK);
    assert_int_equal(fault.wrong, GUIDE_FINE);
    assert_true(package.own);
    assert_int_equal(package_least(&package, 3, "B1"), 2);
    assert_int_equal(coverage_load(*state, &package, &c), STATUS_OK);
    assert_int_equal(c.kind_count, 4);
    struct coverage_cell cell = coverage_at(&c, COMMUNE, coverage_kind(&c, "B1"));
    assert_int_equal(cell.located, 1);
    assert_int_equal(cell.state, COVERAGE_MISSING); /* one of two */
    coverage_release(&c);
    package_release(&package);
}

static void bad_packages_are_refused_by_line_and_reason(void **state)
{
    static const struct {
        const char *bytes;
        enum guide_wrong wrong;
        size_t line;
        const char *what;
    } bad[] = {
        {"", GUIDE_HEADING, 0, NULL},
        {HEAD, GUIDE_EMPTY, 0, "nation"},
        {HEAD REST, GUIDE_EMPTY, 0, "commune"},
        {HEAD REST "commune\tZ9\t1\tx\n", GUIDE_UNKNOWN, 5, "Z9"},
        {HEAD REST "commune\tB\t1\tx\n", GUIDE_UNKNOWN, 5, "B"},
        {HEAD REST "village\tB1\t1\tx\n", GUIDE_UNKNOWN, 5, "village"},
        {HEAD REST "commune\tB1\t0\tx\n", GUIDE_UNKNOWN, 5, "0"},
        {HEAD REST "commune\tB1\tone\tx\n", GUIDE_UNKNOWN, 5, "one"},
        {HEAD REST "commune\tB1\t1\t\n", GUIDE_EMPTY, 5, "source"},
        {HEAD REST "commune\tB1\t1\n", GUIDE_CELLS, 5, NULL},
        {HEAD REST "commune\tB1\t1\tx\ncommune\tB1\t1\tx\n", GUIDE_TWICE, 6, "B1"},
        {HEAD REST "commune\tB1\t1\t\xC3\x28\n", GUIDE_BYTES, 5, NULL},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct package package;
        struct guide_fault fault;
        put_own(bad[i].bytes, strlen(bad[i].bytes));
        assert_int_equal(package_load(*state, directory, &package, &fault), STATUS_OK);
        assert_int_equal(fault.wrong, bad[i].wrong);
        assert_int_equal(fault.line, bad[i].line);
        assert_non_null(strstr(fault.file, PACKAGE_FILE));
        if (bad[i].what)
            assert_string_equal(fault.what, bad[i].what);
        assert_false(package.own);
        assert_int_equal(package_least(&package, 3, "H5"), 1); /* the built-in one */
        package_release(&package);
    }
}

static void a_package_of_10_mb_is_refused(void **state)
{
    struct package package;
    struct guide_fault fault;
    char *big = mem_alloc(10 << 20);
    memset(big, 'x', 10 << 20);
    put_own(big, 10 << 20);
    free(big);
    assert_int_equal(package_load(*state, directory, &package, &fault), STATUS_OK);
    assert_int_equal(fault.wrong, GUIDE_BIG);
    package_release(&package);
}

static int setup(void **state)
{
    fixture_path(path, "coverage");
    snprintf(directory, sizeof directory, "%s.rules", path);
    mkdir(directory, 0700);
    *state = invented_open(path);
    return 0;
}

static int teardown(void **state)
{
    char file[FIXTURE_PATH + 64];
    snprintf(file, sizeof file, "%s/%s", directory, PACKAGE_FILE);
    unlink(file);
    rmdir(directory);
    db_close(*state);
    fixture_remove(path);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_the_whole_nation_equal_a_count_in_sql),
        cmocka_unit_test(a_cell_has_as_many_services_behind_it_as_it_counts),
        cmocka_unit_test(a_cell_goes_from_missing_to_present_and_back),
        cmocka_unit_test(another_day_has_another_coverage),
        cmocka_unit_test(the_greatest_gaps_are_ranked_first),
        cmocka_unit_test(an_own_package_asks_for_what_it_says),
        cmocka_unit_test(bad_packages_are_refused_by_line_and_reason),
        cmocka_unit_test(a_package_of_10_mb_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
