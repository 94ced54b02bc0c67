/* The directory as it is born: every area has its standing offices, every line its number, nothing
 * is invented, and two builds give the same file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/born.h"
#include "db/area.h"
#include "db/detail.h"
#include "db/op.h"
#include "db/search.h"
#include "db/term.h"
#include "i18n/number.h"

extern const unsigned char seed_start[], seed_end[];

enum { AREAS = 1887, OFFICES = 1652 + 2 * 210 + 2 * 25 };

struct born {
    char directory[200];
    struct db *db;
    struct area areas[AREAS]; /* names not kept: they lie in `names` */
    size_t count;
    struct arena names;
};

static void path_in(const struct born *born, const char *file, char ret_path[256])
{
    snprintf(ret_path, 256, "%s/%s", born->directory, file);
}

static int collect_areas(struct born *born, const char *code)
{
    struct area_list list;
    if (area_children(born->db, code, &list) != STATUS_OK) {
        return -1;
    }
    int status = 0;
    for (size_t i = 0; i < list.count && status == 0; i++) {
        if (born->count == AREAS) {
            status = -1;
            break;
        }
        struct area *area = &born->areas[born->count++];
        *area = list.rows[i];
        area->name_km = arena_strdup(&born->names, area->name_km);
        area->name_en = arena_strdup(&born->names, area->name_en);
        status = area_level(area->code) < 3 ? collect_areas(born, area->code) : 0;
    }
    area_list_release(&list);
    return status;
}

static int set_up(void **state)
{
    struct born *born = calloc(1, sizeof *born);
    const char *temporary = getenv("TMPDIR");
    char path[256];
    *state = born;
    snprintf(born->directory, sizeof born->directory, "%.150s/seed-XXXXXX",
             temporary ? temporary : "/tmp");
    if (!mkdtemp(born->directory)) {
        return -1;
    }
    path_in(born, "directory.db", path);
    struct seed seed = {seed_start, (size_t)(seed_end - seed_start)};
    if (db_create(path, seed, NULL) != STATUS_OK ||
        db_open(path, DB_READ_WRITE, &born->db, NULL) != STATUS_OK) {
        return -1;
    }
    return collect_areas(born, "");
}

static int tear_down(void **state)
{
    static const char *const files[] = {
        "directory.db", "directory.db-wal", "directory.db-shm", "a.db", "a.work", "b.db", "b.work"};
    struct born *born = *state;
    db_close(born->db);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[256];
        path_in(born, files[i], path);
        unlink(path);
    }
    rmdir(born->directory);
    arena_release(&born->names);
    free(born);
    return 0;
}

/* --- areas and classification
 * ------------------------------------------------------------------------ */

static void the_whole_country_is_there(void **state)
{
    const struct born *born = *state;
    static const size_t wanted[AREA_KIND_COUNT] = {
        [AREA_PROVINCE] = 24,     [AREA_CAPITAL] = 1, [AREA_DISTRICT] = 163,
        [AREA_MUNICIPALITY] = 33, [AREA_KHAN] = 14,   [AREA_COMMUNE] = 1378,
        [AREA_SANGKAT] = 274,
    };
    size_t counts[AREA_KIND_COUNT] = {0};
    int64_t levels[5] = {0};
    for (size_t i = 0; i < born->count; i++) {
        counts[born->areas[i].kind]++;
    }
    for (int kind = 0; kind < AREA_KIND_COUNT; kind++) {
        assert_int_equal(counts[kind], wanted[kind]);
    }
    assert_int_equal(area_counts(born->db, levels), STATUS_OK);
    assert_int_equal(levels[1], 25);
    assert_int_equal(levels[2], 210);
    assert_int_equal(levels[3], 1652);
}

static void every_area_has_both_names_and_a_parent(void **state)
{
    const struct born *born = *state;
    assert_int_equal(born->count, AREAS);
    for (size_t i = 0; i < born->count; i++) {
        const struct area *area = &born->areas[i];
        assert_true(area->name_km[0] != '\0' && area->name_en[0] != '\0');
        assert_int_equal(strlen(area->parent), strlen(area->code) - 2);
        assert_true(area->parent[0] == '\0' || area_contains(area->parent, area->code));
    }
}

static void the_classification_is_there(void **state)
{
    const struct born *born = *state;
    struct term_list terms;
    size_t groups = 0, ours = 0;
    assert_int_equal(term_all(born->db, &terms), STATUS_OK);
    for (size_t i = 0; i < terms.count; i++) {
        groups += terms.rows[i].parent[0] == '\0';
        ours += !terms.rows[i].attested_km;
        assert_true(terms.rows[i].name_km[0] != '\0' && terms.rows[i].name_en[0] != '\0');
        assert_true(terms.rows[i].parent[0] == '\0' || terms.rows[i].tiers != 0);
    }
    assert_int_equal(terms.count, 50);
    assert_int_equal(groups, 8);
    assert_int_equal(ours, 29);
    term_list_release(&terms);
}

/* --- standing offices
 * -------------------------------------------------------------------------------- */

static struct uuid office_id(const char *office, const char *code)
{
    char name[64];
    snprintf(name, sizeof name, "office/%s/%s/service", office, code);
    return uuid_from_name(name);
}

static void load_office(const struct born *born, const char *office, const char *code,
                        struct detail *ret_detail)
{
    struct uuid id = office_id(office, code);
    if (detail_load(born->db, &id, ret_detail) != STATUS_OK) {
        fail_msg("no %s in %s", office, code);
    }
}

static void assert_names(const struct born *born, const char *office, const char *code,
                         const char *km, const char *en)
{
    struct detail detail;
    load_office(born, office, code, &detail);
    const struct record *service = &detail.service.rows[0];
    const struct record *body = &detail.organization.rows[0];
    assert_string_equal(record_text(service, FIELD_ID(SERVICE, name_km)), km);
    assert_string_equal(record_text(service, FIELD_ID(SERVICE, name_en)), en);
    assert_string_equal(record_text(body, FIELD_ID(ORGANIZATION, name_km)), km);
    assert_string_equal(record_text(body, FIELD_ID(ORGANIZATION, name_en)), en);
    detail_release(&detail);
}

static void offices_are_named_by_rule(void **state)
{
    const struct born *born = *state;
    assert_names(born, "ccwc", "070303", "គណៈកម្មាធិការទទួលបន្ទុកកិច្ចការនារី និងកុមារឃុំបឹងនិមល",
                 "Boeng Nimol Commune Committee for Women and Children (CCWC)");
    assert_names(born, "ccwc", "070801", "គណៈកម្មាធិការទទួលបន្ទុកកិច្ចការនារី និងកុមារសង្កាត់កំពង់កណ្ដាល",
                 "Kampong Kandal Sangkat Committee for Women and Children (CCWC)");
    assert_names(born, "ccwc", "180102", "គណៈកម្មាធិការទទួលបន្ទុកកិច្ចការនារី និងកុមារសង្កាត់២",
                 "Pir Sangkat Committee for Women and Children (CCWC)");
    assert_names(born, "social", "0703", "ការិយាល័យសង្គមកិច្ច និងសុខុមាលភាពសង្គមស្រុកឈូក",
                 "Chhuk District Office of Social Affairs and Social Welfare");
    assert_names(born, "social", "0708", "ការិយាល័យសង្គមកិច្ច និងសុខុមាលភាពសង្គមក្រុងកំពត",
                 "Kampot Municipality Office of Social Affairs and Social Welfare");
    assert_names(born, "wccc", "1203", "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមារខណ្ឌ៧មករា",
                 "Prampir Meakkakra Khan Women and Children Consultative Committee (WCCC)");
    assert_names(born, "wccc", "12", "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមាររាជធានីភ្នំពេញ",
                 "Phnom Penh Capital Women and Children Consultative Committee (WCCC)");
    assert_names(born, "dosvy", "07", "មន្ទីរសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទាខេត្តកំពត",
                 "Kampot Provincial Department of Social Affairs, Veterans and Youth "
                 "Rehabilitation (DoSVY)");
    assert_names(born, "dosvy", "12", "មន្ទីរសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទារាជធានីភ្នំពេញ",
                 "Phnom Penh Municipal Department of Social Affairs, Veterans and Youth "
                 "Rehabilitation (DoSVY)");
}

/* Both names hold the area's, it stands in and serves its area, and nobody's number is on it. */
static void check_office(const struct born *born, const char *office, const struct area *area,
                         const char *kind)
{
    struct detail detail;
    load_office(born, office, area->code, &detail);
    const struct record *service = &detail.service.rows[0];
    assert_non_null(strstr(record_text(service, FIELD_ID(SERVICE, name_km)), area->name_km));
    assert_true(strncmp(record_text(service, FIELD_ID(SERVICE, name_en)), area->name_en,
                        strlen(area->name_en)) == 0);
    assert_non_null(record_text(service, FIELD_ID(SERVICE, description_km)));
    assert_non_null(record_text(service, FIELD_ID(SERVICE, description_en)));
    assert_non_null(record_text(service, FIELD_ID(SERVICE, source)));
    assert_int_equal(detail.organization.count, 1);
    assert_int_equal(detail.phones.count, 0);
    assert_int_equal(detail.contacts.count, 0);
    assert_true(detail.needs_contact);
    assert_int_equal(detail.locations.count, 1);
    assert_string_equal(record_text(&detail.locations.rows[0], FIELD_ID(LOCATION, area)),
                        area->code);
    assert_null(record_text(&detail.locations.rows[0], FIELD_ID(LOCATION, address_en)));
    assert_int_equal(detail.areas.count, 1);
    assert_string_equal(record_text(&detail.areas.rows[0], FIELD_ID(SERVICE_AREA, area)),
                        area->code);
    assert_int_equal(detail.terms.count, 1);
    assert_string_equal(record_text(&detail.terms.rows[0], FIELD_ID(TERM_LINK, term)), kind);
    detail_release(&detail);
}

static void every_office_has_both_names_and_no_contact(void **state)
{
    const struct born *born = *state;
    size_t offices = 0;
    for (size_t i = 0; i < born->count; i++) {
        const struct area *area = &born->areas[i];
        int level = area_level(area->code);
        if (level == 3) {
            check_office(born, "ccwc", area, "B1");
        } else {
            check_office(born, "wccc", area, "B2");
            check_office(born, level == 2 ? "social" : "dosvy", area, "B3");
        }
        offices += level == 3 ? 1 : 2;
    }
    assert_int_equal(offices, OFFICES);
}

/* --- what covers a commune
 * ---------------------------------------------------------------------------- */

static bool has_word(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = strstr(list, word); at; at = strstr(at + 1, word)) {
        if ((at == list || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0')) {
            return true;
        }
    }
    return false;
}

/* Hits of this kind that cover exactly this area. */
static size_t count_hits(const struct result *result, const char *kind, const char *covers,
                         bool with_phone)
{
    size_t count = 0;
    for (size_t i = 0; i < result->count; i++) {
        const struct hit *hit = &result->rows[i];
        count += has_word(hit->types, kind) && strcmp(hit->covers, covers) == 0 &&
                 (!with_phone || hit->phones[0] != '\0');
    }
    return count;
}

static void check_commune(struct db *db, const char *commune)
{
    struct query query = {.words = "", .filter_count = 1, .limit = 100, .lang = LANG_KM};
    struct result result;
    char district[5] = "", province[3] = "";
    query.filters[0] = (struct filter){.kind = FILTER_AREA, .where = WHERE_COVERING};
    snprintf(query.filters[0].value, sizeof query.filters[0].value, "%s", commune);
    memcpy(district, commune, 4);
    memcpy(province, commune, 2);
    assert_int_equal(search_run(db, &query, &result), STATUS_OK);
    bool complete = count_hits(&result, "B1", commune, false) == 1 &&
                    count_hits(&result, "B2", district, false) == 1 &&
                    count_hits(&result, "B3", district, false) == 1 &&
                    count_hits(&result, "B2", province, false) == 1 &&
                    count_hits(&result, "B3", province, false) == 1 &&
                    count_hits(&result, "A1", AREA_COUNTRY_CODE, true) >= 1;
    if (!complete) {
        fail_msg("commune %s is not covered by all its offices and a national hotline", commune);
    }
    result_release(&result);
}

static void every_commune_is_covered(void **state)
{
    const struct born *born = *state;
    size_t communes = 0;
    for (size_t i = 0; i < born->count; i++) {
        if (area_level(born->areas[i].code) == 3) {
            check_commune(born->db, born->areas[i].code);
            communes++;
        }
    }
    assert_int_equal(communes, 1652);
}

/* --- national lines
 * ----------------------------------------------------------------------------------- */

static void load_line(const struct born *born, const char *key, struct detail *ret_detail)
{
    char name[64];
    snprintf(name, sizeof name, "line/%s/service", key);
    struct uuid id = uuid_from_name(name);
    assert_int_equal(detail_load(born->db, &id, ret_detail), STATUS_OK);
}

/* Every number of the tables is in the directory, with the confidence and source it has there, and
 * no other number is. */
static void only_the_numbers_of_the_tables_are_there(void **state)
{
    const struct born *born = *state;
    static const struct {
        const char *key;
        size_t phones;
        const char *number;
        int confidence;
        bool unconfirmed;
    } lines[] = {
        {"chc", 2, "1280", VALUE_CONFIDENCE_HIGH, false},
        {"ahtjpd", 2, "1288", VALUE_CONFIDENCE_MEDIUM_HIGH, true},
        {"police", 1, "117", VALUE_CONFIDENCE_HIGH, false},
        {"ambulance", 1, "119", VALUE_CONFIDENCE_MEDIUM_HIGH, true},
        {"fire", 1, "118", VALUE_CONFIDENCE_LOW, true},
        {"childsafe", 1, "+85512311112", VALUE_CONFIDENCE_MEDIUM, true},
        {"adhoc", 1, "+85523218653", VALUE_CONFIDENCE_MEDIUM, true},
        {"licadho", 2, "+85523727102", VALUE_CONFIDENCE_MEDIUM, true},
        {"lscw", 1, "+85577455516", VALUE_CONFIDENCE_MEDIUM_LOW, true},
        {"iom", 1, "+85523216532", VALUE_CONFIDENCE_MEDIUM, true},
        {"cncc", 1, "+85523213004", VALUE_CONFIDENCE_HIGH, false},
        {"aple", 1, "+85523996351", VALUE_CONFIDENCE_MEDIUM, true},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct detail detail;
        bool found = false;
        load_line(born, lines[i].key, &detail);
        assert_int_equal(detail.phones.count, lines[i].phones);
        for (size_t j = 0; j < detail.phones.count; j++) {
            const struct record *phone = &detail.phones.rows[j];
            assert_non_null(record_text(phone, FIELD_ID(PHONE, source)));
            if (strcmp(record_text(phone, FIELD_ID(PHONE, number)), lines[i].number) == 0) {
                found = true;
                assert_int_equal(record_int(phone, FIELD_ID(PHONE, confidence), 0),
                                 lines[i].confidence);
                assert_int_equal(detail_phone_unconfirmed(&detail, phone), lines[i].unconfirmed);
            }
        }
        assert_true(found);
        assert_string_equal(record_text(&detail.areas.rows[0], FIELD_ID(SERVICE_AREA, area)),
                            AREA_COUNTRY_CODE);
        detail_release(&detail);
    }
}

static void a_body_without_a_number_needs_one(void **state)
{
    const struct born *born = *state;
    static const char *const names[] = {"body/mosvy/service", "body/cpd/service"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct detail detail;
        struct uuid id = uuid_from_name(names[i]);
        assert_int_equal(detail_load(born->db, &id, &detail), STATUS_OK);
        assert_int_equal(detail.phones.count, 0);
        assert_true(detail.needs_contact);
        detail_release(&detail);
    }
}

static void the_helpline_says_whom_it_serves_and_when(void **state)
{
    struct detail detail;
    load_line(*state, "chc", &detail);
    const struct record *service = &detail.service.rows[0];
    assert_int_equal(record_int(service, FIELD_ID(SERVICE, maximum_age), -1), 25);
    assert_string_equal(record_text(service, FIELD_ID(SERVICE, fees_en)), "Free");
    assert_string_equal(record_text(service, FIELD_ID(SERVICE, as_of)), "2023-11");
    assert_int_equal(detail_open(&detail, 1782871200), OPEN_ALL_DAY);
    detail_release(&detail);
    load_line(*state, "ahtjpd", &detail);
    assert_int_equal(detail_open(&detail, 1782871200), OPEN_UNKNOWN);
    detail_release(&detail);
}

/* --- two builds
 * ---------------------------------------------------------------------------------------- */

static void build(const struct born *born, const char *name, struct text *ret_bytes)
{
    const char *top = getenv("CPDIR_TOP");
    char data_path[300], file[32], work[256], out[256];
    struct report report = REPORT_INIT;
    struct text why = TEXT_INIT;
    struct data data;
    struct db *db = NULL;
    snprintf(data_path, sizeof data_path, "%.250s/data", top ? top : ".");
    snprintf(file, sizeof file, "%s.work", name);
    path_in(born, file, work);
    snprintf(file, sizeof file, "%s.db", name);
    path_in(born, file, out);
    assert_true(data_load(data_path, DB_REAL, &data, &report));
    assert_int_equal(db_make_empty(work, &db, NULL), STATUS_OK);
    assert_int_equal(born_write(db, &data, &why), STATUS_OK);
    assert_string_equal(why.bytes, "");
    assert_int_equal(op_check_chain(db), STATUS_OK);
    assert_int_equal(db_finish(db, out), STATUS_OK);
    db_close(db);
    data_release(&data);
    report_release(&report);
    char block[4096];
    size_t got = 0;
    FILE *made = fopen(out, "rb");
    assert_non_null(made);
    while ((got = fread(block, 1, sizeof block, made)) > 0) {
        text_add(ret_bytes, block, got);
    }
    fclose(made);
}

static void two_builds_give_the_same_bytes(void **state)
{
    struct text a = TEXT_INIT, b = TEXT_INIT;
    build(*state, "a", &a);
    build(*state, "b", &b);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.bytes, b.bytes, a.len);
    assert_int_equal(a.len, seed_end - seed_start);
    assert_memory_equal(a.bytes, seed_start, a.len);
    text_release(&a);
    text_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_country_is_there),
        cmocka_unit_test(every_area_has_both_names_and_a_parent),
        cmocka_unit_test(the_classification_is_there),
        cmocka_unit_test(offices_are_named_by_rule),
        cmocka_unit_test(every_office_has_both_names_and_no_contact),
        cmocka_unit_test(every_commune_is_covered),
        cmocka_unit_test(only_the_numbers_of_the_tables_are_there),
        cmocka_unit_test(a_body_without_a_number_needs_one),
        cmocka_unit_test(the_helpline_says_whom_it_serves_and_when),
        cmocka_unit_test(two_builds_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
