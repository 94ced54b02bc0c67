/* Filters of a search, alone and in pairs, against the same question asked in plain SQL, on the
 * born directory and a hundred invented services of every sort. */
#include "invented.h"

#include "db/search.h"
#include "i18n/sort.h"

enum { EVERYTHING = 5000 };

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "filter");
    *state = invented_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

/* --- the same in SQL ----------------------------------------------------------------------------
 */

#define PLACES                                                                                     \
    "service_at_location x JOIN location l ON l.id = x.location WHERE x.service = s.id AND "       \
    "x.status <> 4 AND l.status <> 4"
#define OWNERS "(SELECT s.id UNION ALL SELECT l.id FROM " PLACES " UNION ALL SELECT s.organization)"
#define IN_IT                                                                                      \
    "EXISTS (SELECT 1 FROM " PLACES " AND coalesce(l.confidentiality, 0) = 0 AND substr(l.area, "  \
    "1, length(%s)) = %s)"
#define FOR_IT                                                                                     \
    "EXISTS (SELECT 1 FROM service_area a WHERE a.service = s.id AND a.status <> 4 AND (a.area = " \
    "'KH' OR a.area = substr(%s, 1, length(a.area))))"
#define FOR_PART                                                                                   \
    "EXISTS (SELECT 1 FROM service_area a WHERE a.service = s.id AND a.status <> 4 AND "           \
    "substr(a.area, 1, length(%s)) = %s)"
#define KIND_IS(test)                                                                              \
    "EXISTS (SELECT 1 FROM term_link k JOIN term t ON t.code = k.term WHERE k.record = s.id AND "  \
    "k.status <> 4 AND coalesce(k.type, 1) = 1 AND " test ")"

#define HAS_NUMBER                                                                                 \
    "EXISTS (SELECT 1 FROM phone p WHERE p.owner IN " OWNERS                                       \
    " AND p.status <> 4 AND p.number IS NOT NULL)"
/* Nobody verified anything here; the number that counts is the first of the service, of its places,
 * of its organization. */
#define FIRST_OF(owner)                                                                            \
    "(SELECT coalesce(p.confidence, 1) FROM phone p WHERE p.owner = " owner                        \
    " AND p.status <> 4 AND p.number IS NOT NULL ORDER BY coalesce(p.kind, 0) = 4, p.id LIMIT 1)"
#define IS_DOUBTED                                                                                 \
    "(coalesce(s.confidence, 1) > 1 OR coalesce(" FIRST_OF("s.id") ", (SELECT " FIRST_OF(          \
        "l.id") " AS c FROM " PLACES                                                               \
                " AND c IS NOT NULL ORDER BY x.id LIMIT 1), " FIRST_OF(                            \
                    "s.organization") ", 1) > 1)"
/* 2026-07-01, a Wednesday, 09:00 in Cambodia. */
enum { THEN = 1782871200 };
#define OPEN_THEN                                                                                  \
    "EXISTS (SELECT 1 FROM schedule h WHERE h.owner IN " OWNERS                                    \
    " AND h.status <> 4 AND (coalesce(h.days, 127) >> 2 & 1) AND (coalesce(h.all_day, 0) = 1 OR "  \
    "(h.opens <= 540 AND h.closes > 540)) AND coalesce(h.valid_from, '') <= '2026-07-01' AND "     \
    "coalesce(h.valid_to, '9') >= '2026-07-01')"

/* An area inside another that is covered says nothing. */
static void add_level_sql(struct text *sql, const char *level)
{
    static const char *const names[] = {"nation", "province", "district", "commune"};
    int wanted = 0;
    while (strcmp(names[wanted], level) != 0) {
        wanted++;
    }
    text_addf(sql,
              "EXISTS (SELECT 1 FROM service_area a WHERE a.service = s.id AND a.status <> 4 AND "
              "CASE a.area WHEN 'KH' THEN 0 ELSE length(a.area) / 2 END = %d AND NOT EXISTS "
              "(SELECT 1 FROM service_area b WHERE b.service = s.id AND b.status <> 4 AND b.area "
              "<> a.area AND (b.area = 'KH' OR b.area = substr(a.area, 1, length(b.area)))))",
              wanted);
}

static void add_area_sql(struct text *sql, const struct filter *f)
{
    char code[40];
    snprintf(code, sizeof code, "'%s'", f->value);
    switch (f->where) {
    case WHERE_LOCATED:
        text_addf(sql, IN_IT, code, code);
        break;
    case WHERE_COVERING:
        text_addf(sql, FOR_IT, code);
        break;
    case WHERE_ANY:
        text_addf(sql, "(" IN_IT " OR " FOR_IT " OR " FOR_PART ")", code, code, code, code, code);
        break;
    }
}

static void add_sql(struct text *sql, const struct filter *f)
{
    const char *v = f->value;
    switch (f->kind) {
    case FILTER_AREA:
        add_area_sql(sql, f);
        break;
    case FILTER_TYPE:
        text_addf(sql, KIND_IS("k.term = '%s'"), v);
        break;
    case FILTER_GROUP:
        text_addf(sql, KIND_IS("substr(k.term, 1, 1) = '%s'"), v);
        break;
    case FILTER_TIER:
        text_addf(sql, KIND_IS("(t.tiers >> (%s - 1) & 1)"), v);
        break;
    case FILTER_STATUS: {
        int status = 0;
        if (strcmp(v, "all") != 0) {
            assert_true(enum_parse("STATUS", v, &status));
        }
        text_addf(sql, "(%d = 0 OR s.status = %d)", status, status);
        break;
    }
    case FILTER_AGE:
        text_addf(sql,
                  "%s >= coalesce(s.minimum_age, 0) AND %.2s + 0 <= coalesce(s.maximum_age, 999)",
                  strchr(v, '-') ? strchr(v, '-') + 1 : v, strchr(v, '-') ? "0" : v);
        break;
    case FILTER_SEX:
        text_addf(sql, "coalesce(s.sex, 1) <> %d", *v == 'f' ? VALUE_SEX_MALE : VALUE_SEX_FEMALE);
        break;
    case FILTER_PHONE:
        text_addf(sql,
                  "EXISTS (SELECT 1 FROM phone p WHERE p.owner IN " OWNERS " AND p.status <> 4 AND "
                  "coalesce(p.confidentiality, 0) = 0 AND (p.number GLOB '%s*' OR p.number GLOB "
                  "'+%s*' OR p.number GLOB '+855%s*'))",
                  v, v, *v == '0' ? v + 1 : v);
        break;
    case FILTER_ALL_DAY:
        text_adds(sql, "EXISTS (SELECT 1 FROM schedule h WHERE h.owner IN " OWNERS
                       " AND h.status <> 4 AND h.all_day = 1)");
        break;
    case FILTER_NEED:
        text_addf(sql,
                  KIND_IS("instr((SELECT ' ' || n.kinds || ' ' FROM need n WHERE n.code = '%s'), "
                          "' ' || k.term || ' ') > 0"),
                  v);
        break;
    case FILTER_OUTPUT:
        text_addf(
            sql,
            "(" KIND_IS(
                "instr(replace(' ' || t.outputs || ' ', ' %s.', ' %s '), ' %s ') > 0") " OR EXISTS "
                                                                                       "(SELECT 1 "
                                                                                       "FROM "
                                                                                       "program p "
                                                                                       "WHERE p.id "
                                                                                       "= "
                                                                                       "s.program "
                                                                                       "AND "
                                                                                       "p.status "
                                                                                       "<> "
                                                                                       "4 AND "
                                                                                       "(p.plan_"
                                                                                       "output = "
                                                                                       "'%s' OR "
                                                                                       "p.plan_"
                                                                                       "output "
                                                                                       "LIKE "
                                                                                       "'%s.%%')))",
            v, v, v, v, v);
        break;
    case FILTER_ORGANIZATION:
        text_addf(sql, "lower(hex(s.organization)) = replace('%s', '-', '')", v);
        break;
    case FILTER_SECTOR: {
        int sector = 0;
        assert_true(enum_parse("SECTOR", v, &sector));
        text_addf(sql,
                  "EXISTS (SELECT 1 FROM organization o WHERE o.id = s.organization AND "
                  "o.sector = %d)",
                  sector);
        break;
    }
    case FILTER_LEVEL:
        add_level_sql(sql, v);
        break;
    case FILTER_CONFIRMED:
        text_addf(sql, "(%s(" HAS_NUMBER " AND NOT " IS_DOUBTED "))", *v == 'y' ? "" : "NOT ");
        break;
    case FILTER_DISABILITY:
        text_adds(sql, "(EXISTS (SELECT 1 FROM accessibility h WHERE h.owner IN " OWNERS
                       " AND h.status <> 4) OR " KIND_IS("substr(k.term, 1, 1) = 'E'") ")");
        break;
    case FILTER_OPEN_NOW:
        text_adds(sql, OPEN_THEN);
        break;
    case FILTER_KIND_COUNT:
        fail();
    }
}

/* Filters of one sort (kinds and groups are one) are alternatives; different sorts must all pass.
 */
static bool same_sort(const struct filter *a, const struct filter *b)
{
    bool a_kind = a->kind == FILTER_TYPE || a->kind == FILTER_GROUP;
    bool b_kind = b->kind == FILTER_TYPE || b->kind == FILTER_GROUP;
    return a->kind == b->kind || (a_kind && b_kind);
}

static void make_sql(const struct query *query, struct text *sql)
{
    bool status = false;
    text_adds(sql, "SELECT s.id FROM service s WHERE 1");
    for (size_t i = 0; i < query->filter_count; i++) {
        const struct filter *f = &query->filters[i];
        status |= f->kind == FILTER_STATUS;
        bool first = i == 0 || !same_sort(f, f - 1);
        bool last = i + 1 == query->filter_count || !same_sort(f, f + 1);
        text_adds(sql, first ? " AND (" : " OR ");
        add_sql(sql, f);
        text_adds(sql, last ? ")" : "");
    }
    text_adds(sql, status ? " ORDER BY 1" : " AND s.status <> 4 ORDER BY 1");
}

/* --- comparing ----------------------------------------------------------------------------------
 */

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, UUID_BYTES);
}

static struct uuid *sorted_ids(const struct result *result)
{
    struct uuid *ids = calloc(result->count + 1, sizeof *ids);
    for (size_t i = 0; i < result->count; i++) {
        ids[i] = result->rows[i].id;
    }
    qsort(ids, result->count, sizeof *ids, compare_ids);
    return ids;
}

static void describe(const struct query *query, struct text *out)
{
    text_addf(out, "'%s'", query->words);
    for (size_t i = 0; i < query->filter_count; i++) {
        text_addf(out, " filter %d '%s' %d", (int)query->filters[i].kind, query->filters[i].value,
                  (int)query->filters[i].where);
    }
}

static size_t assert_as_sql(struct db *db, const struct query *query)
{
    struct text sql = TEXT_INIT, what = TEXT_INIT;
    struct result result;
    describe(query, &what);
    make_sql(query, &sql);
    assert_int_equal(search_run(db, query, &result), STATUS_OK);
    struct uuid *ids = sorted_ids(&result);
    sqlite3_stmt *s = sql_prepare(db, sql.bytes);
    size_t n = 0;
    for (; sqlite3_step(s) == SQLITE_ROW; n++) {
        struct uuid id;
        char text[UUID_TEXT];
        assert_true(column_id(s, 0, &id));
        uuid_format(&id, text);
        if (n >= result.count || !uuid_equal(&id, &ids[n])) {
            fail_msg("%s: %s is not among %d hits, or one twice", what.bytes, text,
                     (int)result.count);
        }
    }
    if (n != result.count) {
        fail_msg("%s: %d hits, not %d", what.bytes, (int)result.count, (int)n);
    }
    assert_false(result.more);
    assert_int_equal(result.filter_count, query->filter_count);
    sqlite3_finalize(s);
    free(ids);
    result_release(&result);
    text_release(&sql);
    text_release(&what);
    return n;
}

static const struct filter samples[] = {
    {.kind = FILTER_AREA, .value = "07"},
    {.kind = FILTER_AREA, .value = "0703"},
    {.kind = FILTER_AREA, .value = "070303", .where = WHERE_COVERING},
    {.kind = FILTER_AREA, .value = "12", .where = WHERE_LOCATED},
    {.kind = FILTER_AREA, .value = "120301"},
    {.kind = FILTER_TYPE, .value = "A1"},
    {.kind = FILTER_TYPE, .value = "B3"},
    {.kind = FILTER_GROUP, .value = "C"},
    {.kind = FILTER_GROUP, .value = "D"},
    {.kind = FILTER_TIER, .value = "1"},
    {.kind = FILTER_TIER, .value = "3"},
    {.kind = FILTER_STATUS, .value = "active"},
    {.kind = FILTER_STATUS, .value = "inactive"},
    {.kind = FILTER_STATUS, .value = "temporarily_closed"},
    {.kind = FILTER_STATUS, .value = "closed"},
    {.kind = FILTER_STATUS, .value = "all"},
    {.kind = FILTER_AGE, .value = "0"},
    {.kind = FILTER_AGE, .value = "14"},
    {.kind = FILTER_AGE, .value = "24"},
    {.kind = FILTER_SEX, .value = "female"},
    {.kind = FILTER_SEX, .value = "male"},
    {.kind = FILTER_PHONE, .value = "12"},
    {.kind = FILTER_PHONE, .value = "023"},
    {.kind = FILTER_PHONE, .value = "1280"},
    {.kind = FILTER_ALL_DAY, .value = ""},
    {.kind = FILTER_NEED, .value = "N3"},
    {.kind = FILTER_NEED, .value = "N5"},
    {.kind = FILTER_SECTOR, .value = "government"},
    {.kind = FILTER_SECTOR, .value = "ngo"},
    {.kind = FILTER_LEVEL, .value = "commune"},
    {.kind = FILTER_LEVEL, .value = "province"},
    {.kind = FILTER_LEVEL, .value = "nation"},
    {.kind = FILTER_CONFIRMED, .value = "yes"},
    {.kind = FILTER_CONFIRMED, .value = "no"},
    {.kind = FILTER_DISABILITY, .value = ""},
    {.kind = FILTER_OPEN_NOW, .value = ""},
    {.kind = FILTER_AGE, .value = "0-4"},
    {.kind = FILTER_OUTPUT, .value = "2.1"},
    {.kind = FILTER_OUTPUT, .value = "1"},
};
enum { SAMPLES = sizeof samples / sizeof *samples };

static struct query query_of(const struct filter *a, const struct filter *b)
{
    struct query query = {.words = "", .limit = EVERYTHING, .lang = LANG_KM, .now = THEN};
    query.filters[query.filter_count++] = *a;
    if (b) {
        query.filters[query.filter_count++] = *b;
    }
    return query;
}

static void nothing_asked_lists_everything_but_the_closed(void **state)
{
    struct query query = {.words = "", .limit = EVERYTHING};
    assert_true(assert_as_sql(*state, &query) > 2122);
}

static void each_filter_alone_gives_what_sql_gives(void **state)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        struct query query = query_of(&samples[i], NULL);
        if (assert_as_sql(*state, &query) == 0) {
            fail_msg("filter %d '%s' tests nothing", (int)samples[i].kind, samples[i].value);
        }
    }
}

static void each_pair_of_filters_gives_what_sql_gives(void **state)
{
    size_t pairs = 0, with_hits = 0;
    for (size_t i = 0; i < SAMPLES; i++) {
        for (size_t k = i + 1; k < SAMPLES; k++) {
            bool one_sort = samples[i].kind == samples[k].kind;
            if (one_sort) {
                continue;
            }
            struct query query = query_of(&samples[i], &samples[k]);
            with_hits += assert_as_sql(*state, &query) > 0;
            pairs++;
        }
    }
    assert_true(pairs > 200 && with_hits * 2 > pairs);
}

/* One organization, by its id. */
static void an_organization_has_its_services(void **state)
{
    struct filter own = {.kind = FILTER_ORGANIZATION};
    struct uuid id;
    sqlite3_stmt *s = sql_prepare(*state, "SELECT organization FROM service WHERE organization IS "
                                          "NOT NULL ORDER BY id DESC LIMIT 5");
    size_t asked = 0;
    for (; sqlite3_step(s) == SQLITE_ROW; asked++) {
        assert_true(column_id(s, 0, &id));
        uuid_format(&id, own.value);
        struct query query = query_of(&own, NULL);
        (void)assert_as_sql(*state, &query);
    }
    assert_int_equal(asked, 5);
    sqlite3_finalize(s);
}

/* No kind of service is made for output 1.4, so only programs can be. */
static void a_program_made_for_an_output_brings_its_services_with_it(void **state)
{
    static const struct filter own = {.kind = FILTER_OUTPUT, .value = "1.4"},
                               other = {.kind = FILTER_OUTPUT, .value = "1.1"};
    struct query query = query_of(&own, NULL), of_other = query_of(&other, NULL);
    size_t before = assert_as_sql(*state, &of_other);
    assert_int_equal(assert_as_sql(*state, &query), 0);
    struct field_value of[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Lantern")};
    struct uuid organization = invented_add(*state, RECORD_ORGANIZATION, of, 1);
    struct field_value p[] = {fixture_text(FIELD_ID(PROGRAM, name_en), "Lantern plan"),
                              fixture_id(FIELD_ID(PROGRAM, organization), organization),
                              fixture_text(FIELD_ID(PROGRAM, plan_output), "1.4")};
    struct uuid program = invented_add(*state, RECORD_PROGRAM, p, 3);
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Lantern planning"),
                              fixture_id(FIELD_ID(SERVICE, organization), organization),
                              fixture_id(FIELD_ID(SERVICE, program), program)};
    (void)invented_add(*state, RECORD_SERVICE, f, 3);
    assert_int_equal(assert_as_sql(*state, &query), 1);
    assert_int_equal(assert_as_sql(*state, &of_other), before);
    int bad = 0;
    assert_int_equal(fixture_change(*state, OP_CLOSE, RECORD_PROGRAM, program, NULL, 0, &bad),
                     STATUS_OK);
    assert_int_equal(assert_as_sql(*state, &query), 0);
}

static void several_kinds_or_tiers_are_alternatives(void **state)
{
    static const struct filter a1 = {.kind = FILTER_TYPE, .value = "A1"},
                               d1 = {.kind = FILTER_TYPE, .value = "D1"},
                               one = {.kind = FILTER_TIER, .value = "1"},
                               two = {.kind = FILTER_TIER, .value = "2"},
                               kampot = {.kind = FILTER_AREA, .value = "0703"},
                               khan = {.kind = FILTER_AREA, .value = "1203"};
    struct query query = query_of(&a1, &d1);
    assert_true(assert_as_sql(*state, &query) > 0);
    query = query_of(&one, &two);
    assert_true(assert_as_sql(*state, &query) > 0);
    query = query_of(&kampot, &khan);
    assert_true(assert_as_sql(*state, &query) > 0);
}

static void a_value_that_is_none_finds_nothing(void **state)
{
    static const struct filter wrong[] = {
        {.kind = FILTER_TYPE, .value = "Z9"},
        {.kind = FILTER_OUTPUT, .value = "9.9"},
        {.kind = FILTER_OUTPUT, .value = ""},
        {.kind = FILTER_OUTPUT, .value = "1.1%"},
        {.kind = FILTER_GROUP, .value = "Z"},
        {.kind = FILTER_STATUS, .value = "open"},
        {.kind = FILTER_PHONE, .value = "99999999"},
        {.kind = FILTER_AREA, .value = "99", .where = WHERE_LOCATED},
        {.kind = FILTER_TYPE, .value = "\" OR \""}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct result result;
        struct query query = query_of(&wrong[i], NULL);
        assert_int_equal(search_run(*state, &query, &result), STATUS_OK);
        assert_int_equal(result.count, 0);
        assert_false(result.more);
        result_release(&result);
    }
}

/* With words, filters take away from what the words find, and add nothing. */
static void filters_and_words_meet(void **state)
{
    static const char *const words[] = {"lantern", "service", "committee"};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        struct query plain = {.words = words[w], .limit = EVERYTHING};
        plain.filters[plain.filter_count++] =
            (struct filter){.kind = FILTER_STATUS, .value = "all"};
        struct result all;
        assert_int_equal(search_run(*state, &plain, &all), STATUS_OK);
        assert_int_equal(all.filter_count, 1);
        struct uuid *all_ids = sorted_ids(&all);
        for (size_t i = 0; i < SAMPLES; i++) {
            if (samples[i].kind == FILTER_PHONE) {
                continue;
            }
            struct query query = query_of(&samples[i], NULL);
            struct text sql = TEXT_INIT;
            struct result result;
            make_sql(&query, &sql);
            query.words = words[w];
            assert_int_equal(search_run(*state, &query, &result), STATUS_OK);
            struct uuid *ids = sorted_ids(&result);
            size_t wanted = 0;
            sqlite3_stmt *s = sql_prepare(*state, sql.bytes);
            struct uuid id;
            while (sqlite3_step(s) == SQLITE_ROW && column_id(s, 0, &id)) {
                if (!bsearch(&id, all_ids, all.count, sizeof id, compare_ids)) {
                    continue;
                }
                wanted++;
                if (!bsearch(&id, ids, result.count, sizeof id, compare_ids)) {
                    fail_msg("'%s' with filter %d '%s' misses one", words[w], (int)samples[i].kind,
                             samples[i].value);
                }
            }
            if (result.count != wanted) {
                fail_msg("'%s' with filter %d '%s': %d hits, not %d", words[w],
                         (int)samples[i].kind, samples[i].value, (int)result.count, (int)wanted);
            }
            sqlite3_finalize(s);
            free(ids);
            result_release(&result);
            text_release(&sql);
        }
        free(all_ids);
        result_release(&all);
    }
}

/* --- nearness -----------------------------------------------------------------------------------
 */

/* By the hit's own codes: at the level asked for when it lies in the area, is made for it or for a
 * part of it, else at the level of the smallest area around it that it covers. */
static enum nearness nearness_of(const struct hit *hit, const char *area)
{
    static const enum nearness of[] = {NEAR_NATION, NEAR_PROVINCE, NEAR_DISTRICT, NEAR_COMMUNE};
    int level = -1;
    const char *lists[] = {hit->located, hit->covers};
    for (size_t i = 0; i < 2; i++) {
        for (const char *p = lists[i]; *p; p += strcspn(p, " "), p += *p == ' ') {
            char code[AREA_CODE] = "";
            memcpy(code, p, strcspn(p, " "));
            if (area_contains(area, code)) {
                level = area_level(area);
            } else if (i == 1 && area_contains(code, area) && area_level(code) > level) {
                level = area_level(code);
            }
        }
    }
    assert_true(level >= 0);
    return of[level];
}

static bool covers(const struct hit *hit, const char *area)
{
    for (const char *p = hit->covers; *p; p += strcspn(p, " "), p += *p == ' ') {
        char code[AREA_CODE] = "";
        memcpy(code, p, strcspn(p, " "));
        if (area_contains(code, area)) {
            return true;
        }
    }
    return false;
}

static void what_is_nearest_comes_first(void **state)
{
    static const char *const words[] = {"", "committee", "lantern", "កុមារ"};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        for (size_t i = 0; i < sizeof invented_areas / sizeof *invented_areas; i++) {
            struct filter area = {.kind = FILTER_AREA};
            snprintf(area.value, sizeof area.value, "%s", invented_areas[i]);
            struct query query = query_of(&area, NULL);
            struct result result;
            query.words = words[w];
            query.limit = 300;
            assert_int_equal(search_run(*state, &query, &result), STATUS_OK);
            assert_true(result.count > 0);
            for (size_t k = 0; k < result.count; k++) {
                const struct hit *hit = &result.rows[k];
                assert_int_equal(hit->nearness, nearness_of(hit, invented_areas[i]));
                assert_int_equal(hit->covers_asked, covers(hit, invented_areas[i]));
                assert_true(k == 0 || hit[-1].nearness <= hit->nearness);
            }
            result_release(&result);
        }
    }
}

static void without_an_area_nothing_is_near(void **state)
{
    struct query query = {.words = ""};
    struct result result;
    assert_int_equal(search_run(*state, &query, &result), STATUS_OK);
    assert_int_equal(result.count, 50); /* the default page */
    assert_true(result.more);
    for (size_t i = 0; i < result.count; i++) {
        assert_int_equal(result.rows[i].nearness, NEAR_NONE);
        assert_int_equal(result.rows[i].reason, REASON_LIST);
    }
    result_release(&result);
}

/* --- order and pages ----------------------------------------------------------------------------
 */

static void equals_stand_in_the_order_of_the_language(void **state)
{
    struct sorter *sorter = sorter_new();
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        static const struct filter type = {.kind = FILTER_TYPE, .value = "B3"};
        struct query query = query_of(&type, NULL);
        struct result result;
        size_t compared = 0;
        query.lang = (enum lang)lang;
        assert_int_equal(search_run(*state, &query, &result), STATUS_OK);
        for (size_t i = 1; i < result.count; i++) {
            const struct hit *a = &result.rows[i - 1], *b = &result.rows[i];
            if (strcmp(a->types, b->types) != 0 || a->unconfirmed != b->unconfirmed ||
                (a->verified < 0) != (b->verified < 0)) {
                continue;
            }
            const char *x = lang == LANG_KM ? a->name_km : a->name_en;
            const char *y = lang == LANG_KM ? b->name_km : b->name_en;
            if (sorter_compare(sorter, x, strlen(x), y, strlen(y)) > 0) {
                fail_msg("'%s' before '%s'", x, y);
            }
            compared++;
        }
        assert_true(compared > 200);
        result_release(&result);
    }
    sorter_free(sorter);
}

/* Pages joined are the one long list: nothing twice, nothing left out. */
static void assert_pages(struct db *db, struct query query, size_t page, size_t most)
{
    struct result whole, part;
    struct text what = TEXT_INIT;
    describe(&query, &what);
    query.limit = most;
    assert_int_equal(search_run(db, &query, &whole), STATUS_OK);
    for (size_t at = 0; at < whole.count; at += page) {
        query.limit = at + page <= most ? page : most - at;
        query.offset = at;
        assert_int_equal(search_run(db, &query, &part), STATUS_OK);
        size_t left = whole.count - at < query.limit ? whole.count - at : query.limit;
        if (part.count != left || part.more != (at + left < whole.count || whole.more)) {
            fail_msg("%s at %d: %d hits, more %d", what.bytes, (int)at, (int)part.count, part.more);
        }
        for (size_t i = 0; i < part.count; i++) {
            if (!uuid_equal(&part.rows[i].id, &whole.rows[at + i].id)) {
                fail_msg("%s: hit %d differs", what.bytes, (int)(at + i));
            }
        }
        result_release(&part);
    }
    query.offset = whole.count + 10;
    if (!whole.more) {
        assert_int_equal(search_run(db, &query, &part), STATUS_OK);
        assert_int_equal(part.count, 0);
        assert_false(part.more);
        result_release(&part);
    }
    text_release(&what);
    result_release(&whole);
}

static void pages_of_a_list_join_to_the_list(void **state)
{
    struct query all = {.words = "", .lang = LANG_EN};
    assert_pages(*state, all, 97, EVERYTHING);
    all.lang = LANG_KM;
    assert_pages(*state, all, 250, EVERYTHING);
    for (size_t i = 0; i < SAMPLES; i++) {
        struct query query = query_of(&samples[i], NULL);
        assert_pages(*state, query, 37, 400);
    }
}

static void the_same_question_has_the_same_answer(void **state)
{
    struct db *other;
    assert_int_equal(db_open(path, DB_READ_ONLY, &other, NULL), STATUS_OK);
    for (size_t i = 0; i < SAMPLES; i++) {
        struct query query = query_of(&samples[i], &samples[(i + 7) % SAMPLES]);
        struct result a, b, c;
        query.words = i % 2 ? "committee" : "";
        assert_int_equal(search_run(*state, &query, &a), STATUS_OK);
        assert_int_equal(search_run(*state, &query, &b), STATUS_OK);
        assert_int_equal(search_run(other, &query, &c), STATUS_OK);
        assert_int_equal(a.count, b.count);
        assert_int_equal(a.count, c.count);
        for (size_t k = 0; k < a.count; k++) {
            assert_true(uuid_equal(&a.rows[k].id, &b.rows[k].id));
            assert_true(uuid_equal(&a.rows[k].id, &c.rows[k].id));
        }
        result_release(&a);
        result_release(&b);
        result_release(&c);
    }
    db_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_asked_lists_everything_but_the_closed),
        cmocka_unit_test(each_filter_alone_gives_what_sql_gives),
        cmocka_unit_test(each_pair_of_filters_gives_what_sql_gives),
        cmocka_unit_test(an_organization_has_its_services),
        cmocka_unit_test(a_program_made_for_an_output_brings_its_services_with_it),
        cmocka_unit_test(several_kinds_or_tiers_are_alternatives),
        cmocka_unit_test(a_value_that_is_none_finds_nothing),
        cmocka_unit_test(filters_and_words_meet),
        cmocka_unit_test(what_is_nearest_comes_first),
        cmocka_unit_test(without_an_area_nothing_is_near),
        cmocka_unit_test(equals_stand_in_the_order_of_the_language),
        cmocka_unit_test(pages_of_a_list_join_to_the_list),
        cmocka_unit_test(the_same_question_has_the_same_answer),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
