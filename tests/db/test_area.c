/* Areas on the born directory: what people type for one finds it, the tree is whole, and the counts
 * are those of the records. */
#include "seeded.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "area");
    *state = seeded_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

/* The codes found, separated by spaces; "" when none is. */
static void find_codes(struct db *db, const char *typed, struct text *ret_codes)
{
    struct area_list list;
    enum status status = area_find(db, typed, &list);
    text_clear(ret_codes);
    if (status == STATUS_NOT_FOUND) {
        return;
    }
    assert_int_equal(status, STATUS_OK);
    assert_true(list.count > 0);
    for (size_t i = 0; i < list.count; i++) {
        text_addf(ret_codes, "%s%s", i ? " " : "", list.rows[i].code);
    }
    area_list_release(&list);
}

static void assert_finds(struct db *db, const char *typed, const char *codes)
{
    struct text found = TEXT_INIT;
    find_codes(db, typed, &found);
    if (strcmp(found.bytes, codes) != 0) {
        fail_msg("'%s' finds '%s', not '%s'", typed, found.bytes, codes);
    }
    text_release(&found);
}

/* --- what is typed ---------------------------------------------------------------------------- */

static void a_code_is_understood_without_its_zero(void **state)
{
    static const struct {
        const char *typed, *code;
    } codes[] = {
        {"07", "07"},
        {"7", "07"},
        {"0703", "0703"},
        {"703", "0703"},
        {"070303", "070303"},
        {"70303", "070303"},
        {"12", "12"},
        {"1203", "1203"},
        {"120301", "120301"},
        {" 07 ", "07"},
        {"1", "01"},
        {"25", "25"},
        {"០៧", "07"},
        {"៧", "07"},
        {"០៧០៣", "0703"},
        {"៧០៣", "0703"},
        {"៧០៣០៣", "070303"},
        {"0៧03", "0703"},
        {"\u200B7\u200B", "07"},
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_finds(*state, codes[i].typed, codes[i].code);
    }
}

static void a_code_that_is_none_finds_nothing(void **state)
{
    static const char *const codes[] = {"0",      "00",      "26",       "99",        "0700",
                                        "0799",   "070399",  "07030301", "123456789", "0703030",
                                        "-7",     "7.0",     "07 03",    "0x07",      "៩៩",
                                        "000007", "0000703", "KHM",      "07a"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_finds(*state, codes[i], "");
    }
}

static void a_name_is_understood_with_and_without_its_unit_word(void **state)
{
    static const struct {
        const char *typed, *codes;
    } names[] = {
        {"Kampot", "07 0708"},
        {"kampot", "07 0708"},
        {"KAMPOT", "07 0708"},
        {"  kampot  ", "07 0708"},
        {"កំពត", "07 0708"},
        {"ខេត្តកំពត", "07"},
        {"ខេត្ត កំពត", "07"},
        {"ខេត្ត\u200Bកំពត", "07"},
        {"ខេត្ដកំពត", "07"}, /* the other coeng */
        {"Kampot province", "07"},
        {"province Kampot", "07"},
        {"khet kampot", "07"},
        {"ក្រុងកំពត", "0708"},
        {"krong kampot", "0708"},
        {"Kampot municipality", "0708"},
        {"Kampot city", "0708"},
        {"Kampot commune", ""},
        {"ឃុំកំពត", ""},
        {"ឈូក", "0703 060501 070304 250201"},
        {"ស្រុកឈូក", "0703"},
        {"Chhuk district", "0703"},
        {"srok chhuk", "0703"},
        {"ភ្នំពេញ", "12 130404"},
        {"រាជធានីភ្នំពេញ", "12"},
        {"Phnom Penh capital", "12"},
        {"phnompenh", "12"},
        {"Phnom  Penh", "12"},
        {"Boeng Nimol commune", "070303"},
        {"ឃុំបឹងនិមល", "070303"},
        {"khum boengnimol", "070303"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_finds(*state, names[i].typed, names[i].codes);
    }
}

static void spellings_of_no_system_are_understood(void **state)
{
    static const struct {
        const char *typed, *first;
    } names[] = {{"Kompong Cham", "03"},  {"Kampong Cham", "03"}, {"Kompot", "07"},
                 {"Takeo", "21"},         {"Takaev", "21"},       {"Kratie", "10"},
                 {"Kracheh", "10"},       {"Pursat", "15"},       {"Pousat", "15"},
                 {"Sihanoukville", "18"}, {"Siem Reap", "17"},    {"Siemreab", "17"},
                 {"Stung Treng", "19"},   {"Battambang", "02"},   {"Mondulkiri", "11"},
                 {"Mondul Kiri", "11"},   {"Koh Kong", "09"},     {"Tboung Khmum", "25"},
                 {"Pailin", "24"},        {"Kep", "23"},          {"Preah Sihanouk", "18"},
                 {"Kandal", "08"},        {"Svay Rieng", "20"},   {"Oddar Meanchey", "22"},
                 {"Ratanakiri", "16"},    {"Ratanak Kiri", "16"}, {"Banteay Meanchey", "01"}};
    struct text found = TEXT_INIT;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        find_codes(*state, names[i].typed, &found);
        if (strncmp(found.bytes, names[i].first, 2) != 0 ||
            (found.bytes[2] != '\0' && found.bytes[2] != ' ')) {
            fail_msg("'%s' finds '%s', not %s first", names[i].typed, found.bytes, names[i].first);
        }
    }
    text_release(&found);
}

/* Highest level first, then by code, none twice. */
static void assert_ordered(const char *typed, const struct area_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        const char *a = list->rows[i - 1].code, *b = list->rows[i].code;
        if (strlen(a) > strlen(b) || (strlen(a) == strlen(b) && strcmp(a, b) >= 0)) {
            fail_msg("'%s': %s before %s", typed, a, b);
        }
    }
}

static void assert_among(struct db *db, const char *typed, const struct area *area, bool of_kind)
{
    struct area_list list;
    bool there = false;
    if (area_find(db, typed, &list) != STATUS_OK) {
        fail_msg("'%s' does not find %s", typed, area->code);
    }
    assert_ordered(typed, &list);
    for (size_t i = 0; i < list.count; i++) {
        there |= strcmp(list.rows[i].code, area->code) == 0;
        if (of_kind && list.rows[i].kind != area->kind) {
            fail_msg("'%s' finds %s, which is no %s", typed, list.rows[i].code,
                     area_kind_name(area->kind));
        }
    }
    if (!there) {
        fail_msg("'%s' does not find %s", typed, area->code);
    }
    area_list_release(&list);
}

static bool is_digits(const char *name)
{
    struct text key = TEXT_INIT;
    khmer_normalize(&key, name, strlen(name), NORMAL_NAME);
    bool digits = true;
    for (size_t at = 0; at < key.len && digits;) {
        char32_t cp;
        at += utf8_decode(key.bytes + at, key.len - at, &cp);
        digits = khmer_is_digit(cp) || (cp >= '0' && cp <= '9');
    }
    text_release(&key);
    return digits;
}

/* Every way of typing one area's names that must find it. A name of digits alone is read as a code.
 */
static void check_names(struct db *db, const struct area *area)
{
    static const char *const km[AREA_KIND_COUNT] = {
        [AREA_PROVINCE] = "ខេត្ត",    [AREA_CAPITAL] = "រាជធានី", [AREA_DISTRICT] = "ស្រុក",
        [AREA_MUNICIPALITY] = "ក្រុង", [AREA_KHAN] = "ខណ្ឌ",       [AREA_COMMUNE] = "ឃុំ",
        [AREA_SANGKAT] = "សង្កាត់"};
    static const char *const en[AREA_KIND_COUNT] = {
        [AREA_PROVINCE] = "province",  [AREA_CAPITAL] = "capital", [AREA_DISTRICT] = "srok",
        [AREA_MUNICIPALITY] = "krong", [AREA_KHAN] = "khan",       [AREA_COMMUNE] = "khum",
        [AREA_SANGKAT] = "sangkat"};
    struct text typed = TEXT_INIT;
    assert_among(db, area->name_en, area, false);
    text_addf(&typed, "%s %s", en[area->kind], area->name_en);
    assert_among(db, typed.bytes, area, true);
    text_clear(&typed);
    text_addf(&typed, "%s %s", area->name_en, en[area->kind]);
    assert_among(db, typed.bytes, area, true);
    text_clear(&typed);
    text_addf(&typed, "%s%s", km[area->kind], area->name_km);
    assert_among(db, typed.bytes, area, true);
    text_clear(&typed);
    text_addf(&typed, "%s %s", km[area->kind], area->name_km);
    assert_among(db, typed.bytes, area, true);
    if (!is_digits(area->name_km)) {
        assert_among(db, area->name_km, area, false);
        text_clear(&typed);
        text_spread(&typed, area->name_km, "\u200B");
        assert_among(db, typed.bytes, area, false);
        text_clear(&typed);
        text_swap(&typed, area->name_km, "\u17D2\u178A", "\u17D2\u178F");
        assert_among(db, typed.bytes, area, false);
    }
    text_release(&typed);
}

static size_t check_below(struct db *db, const char *code)
{
    struct area_list list;
    assert_int_equal(area_children(db, code, &list), STATUS_OK);
    size_t count = list.count;
    assert_ordered(code, &list);
    for (size_t i = 0; i < list.count; i++) {
        assert_string_equal(list.rows[i].parent, code);
        assert_true(area_contains(code, list.rows[i].code));
        check_names(db, &list.rows[i]);
        count += area_level(list.rows[i].code) < 3 ? check_below(db, list.rows[i].code) : 0;
    }
    area_list_release(&list);
    return count;
}

static void every_area_is_found_by_its_names(void **state)
{
    assert_int_equal(check_below(*state, ""), 1887);
}

static void names_that_recur_are_all_found(void **state)
{
    static const char *const names[] = {"Samraong", "Mean Chey", "Sambuor", "Prasat",
                                        "Baray",    "សំរោង",      "មានជ័យ",   "បារាយណ៍"};
    struct db *db = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct area_list list;
        int64_t stored = sql_one(
            db, "SELECT count(*) FROM area WHERE name_en = ?1 COLLATE NOCASE OR name_km = ?1",
            names[i]);
        assert_true(stored > 1);
        assert_int_equal(area_find(db, names[i], &list), STATUS_OK);
        assert_int_equal(list.count, stored);
        assert_ordered(names[i], &list);
        area_list_release(&list);
    }
}

static void check_hostile(void *context, const char *typed)
{
    struct area_list list;
    enum status status = area_find(context, typed, &list);
    if (status == STATUS_OK) {
        assert_true(list.count > 0);
        area_list_release(&list);
    } else if (status != STATUS_NOT_FOUND) {
        fail_msg("'%.60s' gives status %d: %s", typed, (int)status, db_error(context));
    }
    status = area_path(context, typed, &list);
    assert_int_equal(status, STATUS_NOT_FOUND);
    if (strlen(typed) > 0) {
        assert_int_equal(area_children(context, typed, &list), STATUS_OK);
        assert_int_equal(list.count, 0);
        area_list_release(&list);
    }
}

static void hostile_words_are_only_not_found(void **state)
{
    struct db *db = *state;
    hostile_each(check_hostile, db);
    assert_finds(db, "", "");
    assert_finds(db, "no such place", "");
    assert_finds(db, "ខេត្ត", "");
    assert_finds(db, "province", "");
    assert_finds(db, "ឃុំឃុំ", "");
    assert_int_equal(sql_one(db, "SELECT count(*) FROM area", NULL), 1887);
}

/* --- the tree ----------------------------------------------------------------------------------
 */

static void levels_and_containment_follow_the_code(void **state)
{
    (void)state;
    assert_int_equal(area_level(""), 0);
    assert_int_equal(area_level("KH"), 0);
    assert_int_equal(area_level("07"), 1);
    assert_int_equal(area_level("0703"), 2);
    assert_int_equal(area_level("070303"), 3);
    assert_int_equal(area_level("07030301"), 4);
    assert_true(area_contains("", "07"));
    assert_true(area_contains("KH", "070303"));
    assert_true(area_contains("KH", "KH"));
    assert_true(area_contains("07", "07"));
    assert_true(area_contains("07", "070303"));
    assert_false(area_contains("070303", "07"));
    assert_false(area_contains("08", "070303"));
    assert_false(area_contains("07", "KH"));
}

static void kinds_have_names_of_their_own(void **state)
{
    (void)state;
    for (int a = 1; a < AREA_KIND_COUNT; a++) {
        assert_true(area_kind_name((enum area_kind)a)[0] != '\0');
        for (int b = 1; b < a; b++) {
            assert_string_not_equal(area_kind_name((enum area_kind)a),
                                    area_kind_name((enum area_kind)b));
        }
    }
    assert_string_equal(area_kind_name(AREA_PROVINCE), "province");
    assert_string_equal(area_kind_name(AREA_SANGKAT), "sangkat");
}

static void a_path_goes_from_the_province_down(void **state)
{
    static const char *const unknown[] = {"", "KH", "7", "99", "0799", "070399", "07030399", "x"};
    struct area_list list;
    assert_int_equal(area_path(*state, "070303", &list), STATUS_OK);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.rows[0].name_en, "Kampot");
    assert_string_equal(list.rows[1].name_en, "Chhuk");
    assert_string_equal(list.rows[2].name_km, "បឹងនិមល");
    area_list_release(&list);
    assert_int_equal(area_path(*state, "12", &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.rows[0].kind, AREA_CAPITAL);
    area_list_release(&list);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_int_equal(area_path(*state, unknown[i], &list), STATUS_NOT_FOUND);
    }
}

static void children_are_those_directly_inside(void **state)
{
    struct area_list list;
    assert_int_equal(area_children(*state, "", &list), STATUS_OK);
    assert_int_equal(list.count, 25);
    area_list_release(&list);
    assert_int_equal(area_children(*state, "KH", &list), STATUS_OK);
    assert_int_equal(list.count, 25);
    area_list_release(&list);
    assert_int_equal(area_children(*state, "07", &list), STATUS_OK);
    assert_int_equal(list.count, 9);
    assert_string_equal(list.rows[2].code, "0703");
    area_list_release(&list);
    static const char *const empty[] = {"070303", "99", "7", "' OR 1"};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        assert_int_equal(area_children(*state, empty[i], &list), STATUS_OK);
        assert_int_equal(list.count, 0);
        area_list_release(&list);
    }
}

static void areas_are_counted_by_level(void **state)
{
    int64_t counts[5];
    assert_int_equal(area_counts(*state, counts), STATUS_OK);
    assert_int_equal(counts[1], 25);
    assert_int_equal(counts[2], 210);
    assert_int_equal(counts[3], 1652);
    assert_int_equal(counts[4], 0);
}

static void what_is_no_longer_valid_is_not_shown(void **state)
{
    struct db *db = *state;
    struct area_list list;
    int64_t counts[5];
    assert_int_equal(db_begin(db), STATUS_OK);
    assert_int_equal(db_exec(db, "UPDATE area SET valid_to = '2026-06-20' WHERE code = '0703';"
                                 "UPDATE area SET valid_to = '2026-06-21' WHERE code = '0702'"),
                     STATUS_OK);
    assert_int_equal(area_children(db, "07", &list), STATUS_OK);
    assert_int_equal(list.count, 8);
    area_list_release(&list);
    assert_finds(db, "Chhuk district", "");
    assert_finds(db, "Banteay Meas district", "0702"); /* today is its last day */
    assert_int_equal(area_counts(db, counts), STATUS_OK);
    assert_int_equal(counts[2], 209);
    assert_int_equal(area_path(db, "070303", &list), STATUS_OK); /* old records still say where */
    assert_int_equal(list.count, 3);
    area_list_release(&list);
    db_rollback(db);
    assert_finds(db, "Chhuk district", "0703");
}

/* --- counts ------------------------------------------------------------------------------------
 */

struct counters {
    sqlite3_stmt *located, *covering;
};

static size_t check_counts(struct db *db, const struct counters *c, const char *code)
{
    struct area_list list;
    assert_int_equal(area_children(db, code, &list), STATUS_OK);
    size_t count = list.count;
    for (size_t i = 0; i < list.count; i++) {
        const struct area *area = &list.rows[i];
        if (area->located != sql_count(c->located, area->code) ||
            area->covering != sql_count(c->covering, area->code)) {
            fail_msg("%s: %d located, %d covering", area->code, (int)area->located,
                     (int)area->covering);
        }
        count += area_level(area->code) < 3 ? check_counts(db, c, area->code) : 0;
    }
    area_list_release(&list);
    return count;
}

static void counts_are_those_of_the_records(void **state)
{
    struct db *db = *state;
    int64_t national;
    struct counters c = {sql_prepare(db, SQL_LOCATED), sql_prepare(db, SQL_COVERING)};
    assert_int_equal(check_counts(db, &c, ""), 1887);
    assert_int_equal(area_national(db, &national), STATUS_OK);
    assert_int_equal(national, sql_count(c.covering, "KH"));
    assert_true(national > 10);
    sqlite3_finalize(c.located);
    sqlite3_finalize(c.covering);
}

static void counts_do_not_depend_on_how_an_area_is_asked_for(void **state)
{
    struct area_list found, path_of, children;
    assert_int_equal(area_find(*state, "0703", &found), STATUS_OK);
    assert_int_equal(area_path(*state, "0703", &path_of), STATUS_OK);
    assert_int_equal(area_children(*state, "07", &children), STATUS_OK);
    assert_int_equal(found.rows[0].located, path_of.rows[1].located);
    assert_int_equal(found.rows[0].covering, path_of.rows[1].covering);
    assert_int_equal(found.rows[0].located, children.rows[2].located);
    assert_int_equal(found.rows[0].covering, children.rows[2].covering);
    area_list_release(&found);
    area_list_release(&path_of);
    area_list_release(&children);
}

/* --- the gazetteer's own changes ----------------------------------------------------------------
 */

static void a_unit_put_again_has_its_new_names_only(void **state)
{
    struct db *db = *state;
    struct area_list list;
    assert_int_equal(db_begin(db), STATUS_OK);
    assert_int_equal(area_put(db, "07030301", AREA_VILLAGE, "ភូមិ\u200Bចាស់", "Old Lantern"),
                     STATUS_OK);
    assert_finds(db, "old lantern", "07030301");
    assert_int_equal(area_put(db, "07030301", AREA_VILLAGE, "អំពូល", "New Lantern"), STATUS_OK);
    assert_finds(db, "old lantern", "");
    assert_finds(db, "newlantern", "07030301");
    assert_finds(db, "phum new lantern", "07030301");
    assert_finds(db, "7030301", "07030301");
    assert_int_equal(area_children(db, "070303", &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].parent, "070303");
    assert_int_equal(list.rows[0].covering, sql_one(db, SQL_COVERING, "07030301"));
    area_list_release(&list);
    db_rollback(db);
    assert_finds(db, "newlantern", "");
}

static void names_are_stored_in_normal_form(void **state)
{
    struct db *db = *state;
    struct area_list list;
    assert_int_equal(db_begin(db), STATUS_OK);
    assert_int_equal(area_put(db, "07030301", AREA_VILLAGE,
                              "\u1781\u17C2\u17D2\u1798\u179A\u200B\u1780", "Cafe\u0301"),
                     STATUS_OK);
    assert_int_equal(area_find(db, "07030301", &list), STATUS_OK);
    assert_string_equal(list.rows[0].name_km, "\u1781\u17D2\u1798\u17C2\u179A\u1780");
    assert_string_equal(list.rows[0].name_en, "Caf\u00E9");
    area_list_release(&list);
    assert_finds(db, "cafe", "07030301");
    db_rollback(db);
}

static void a_bad_code_or_kind_is_refused(void **state)
{
    static const char *const codes[] = {"", "7", "070", "0x", "0703030101", "KH", "07030", "-7"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_int_equal(area_put(*state, codes[i], AREA_VILLAGE, "ក", "A"), STATUS_INVALID);
    }
    assert_int_equal(area_put(*state, "26", (enum area_kind)0, "ក", "A"), STATUS_INVALID);
    assert_int_equal(area_put(*state, "26", AREA_KIND_COUNT, "ក", "A"), STATUS_INVALID);
    assert_int_equal(sql_one(*state, "SELECT count(*) FROM area", NULL), 1887);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_understood_without_its_zero),
        cmocka_unit_test(a_code_that_is_none_finds_nothing),
        cmocka_unit_test(a_name_is_understood_with_and_without_its_unit_word),
        cmocka_unit_test(spellings_of_no_system_are_understood),
        cmocka_unit_test(every_area_is_found_by_its_names),
        cmocka_unit_test(names_that_recur_are_all_found),
        cmocka_unit_test(hostile_words_are_only_not_found),
        cmocka_unit_test(levels_and_containment_follow_the_code),
        cmocka_unit_test(kinds_have_names_of_their_own),
        cmocka_unit_test(a_path_goes_from_the_province_down),
        cmocka_unit_test(children_are_those_directly_inside),
        cmocka_unit_test(areas_are_counted_by_level),
        cmocka_unit_test(what_is_no_longer_valid_is_not_shown),
        cmocka_unit_test(counts_are_those_of_the_records),
        cmocka_unit_test(counts_do_not_depend_on_how_an_area_is_asked_for),
        cmocka_unit_test(a_unit_put_again_has_its_new_names_only),
        cmocka_unit_test(names_are_stored_in_normal_form),
        cmocka_unit_test(a_bad_code_or_kind_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
