/* Finding by words on the born directory: the right office first however it is typed, every hit
 * with its reason, and the same answer each time. */
#include "finding.h"

enum { EVERYTHING = 5000 };

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "search");
    *state = seeded_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static size_t place_of(const struct result *result, struct uuid id)
{
    size_t i = 0;
    while (i < result->count && !uuid_equal(&result->rows[i].id, &id)) {
        i++;
    }
    return i;
}

/* --- the Chhuk office ----------------------------------------------------------------------------
 */

static void the_office_comes_first_however_it_is_typed(void **state)
{
    static const char *const words[] = {
        "ឈូក សង្គមកិច្ច",
        "សង្គមកិច្ច ឈូក",
        "ស្រុកឈូក សង្គមកិច្ច",
        "ការិយាល័យសង្គមកិច្ច ឈូក",
        "ការិយាល័យសង្គមកិច្ច ស្រុកឈូក",
        "ឈូក  សង្គមកិច្ច ",
        "ឈូក\u200Bសង្គមកិច្ច",
        "ឈូក សង្គម\u200Bកិច្ច",
        "ឈូ\u200Bក ស\u200Bង្គ\u200Bម\u200Bកិ\u200Bច្ច",
        "\u200Bឈូក\u200B \u200Bសង្គមកិច្ច\u200B",
        "ឈូក សង\u17D2\u200D\u1782មកិច្ច",
        "ឈូក សង្គមកិច្ច សុខុមាលភាព",
        "chhuk social affairs",
        "Chhuk Social Affairs",
        "CHHUK SOCIAL AFFAIRS",
        "social affairs chhuk",
        "chhuk district social affairs",
        "chhuk district office of social affairs",
        "  chhuk   social   affairs  ",
        "chhuk, social affairs",
        "chhuk social welfare",
        "chhuk សង្គមកិច្ច",
        "ឈូក social",
        "ឈូក osasw",
        "kampot chhuk social affairs",
        "កំពត ឈូក សង្គមកិច្ច",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_first(*state, words[i], office("social", "0703"));
    }
}

static void marks_in_another_order_find_the_same(void **state)
{
    static const char *const words[] = {
        "ឈូក ស\u17D2\u178F\u17D2\u179A\u17B8",
        "ឈូក ស\u17D2\u178A\u17D2\u179A\u17B8",
        "ឈូក ស\u17D2\u179A\u17D2\u178F\u17B8",
        "ឈូក ស\u17D2\u178F\u17B8\u17D2\u179A",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_first(*state, words[i], office("wccc", "0703"));
    }
}

static void both_ways_to_write_coeng_ta_are_one(void **state)
{
    static const char *const words[] = {"ឈូក ស្ត្រី", "បន្ទាយមានជ័យ ស្ត្រី", "ស្ត្រី និងកុមារស្រុកឈូក",
                                        "វត្តអង្គខាងជើង", "វត្ដអង្គខាងជើង"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct text da = TEXT_INIT, ta = TEXT_INIT;
        text_swap(&da, words[i], "\u17D2\u178F", "\u17D2\u178A");
        text_swap(&ta, words[i], "\u17D2\u178A", "\u17D2\u178F");
        struct result a = find(*state, da.bytes), b = find(*state, ta.bytes);
        assert_true(a.count > 0);
        assert_int_equal(a.count, b.count);
        for (size_t k = 0; k < a.count; k++) {
            assert_true(uuid_equal(&a.rows[k].id, &b.rows[k].id));
        }
        result_release(&a);
        result_release(&b);
        text_release(&da);
        text_release(&ta);
    }
}

/* While the second part is being typed, after the area is complete. */
static void the_office_is_first_while_it_is_half_typed(void **state)
{
    static const struct {
        const char *area, *rest;
        size_t from; /* bytes of rest from which on it must be first */
    } typed[] = {{"ឈូក ", "សង្គមកិច្ច", 3}, {"ស្រុកឈូក ", "សង្គមកិច្ច", 3}, {"chhuk ", "social affairs", 1}};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        size_t len = strlen(typed[i].rest);
        for (size_t n = typed[i].from; n <= len; n++) {
            if (((unsigned char)typed[i].rest[n] & 0xC0) == 0x80) {
                continue;
            }
            struct text words = TEXT_INIT;
            text_adds(&words, typed[i].area);
            text_add(&words, typed[i].rest, n);
            assert_first(*state, words.bytes, office("social", "0703"));
            text_release(&words);
        }
    }
}

static void no_half_typed_beginning_finds_nothing(void **state)
{
    static const char *const words[] = {"ឈូក សង្គមកិច្ច",      "chhuk social affairs",
                                        "ស្រុកឈូក សង្គមកិច្ច",   "កំពត កុមារ",
                                        "kampot children", "child helpline 1280"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (size_t n = 1; n <= strlen(words[i]); n++) {
            if (((unsigned char)words[i][n] & 0xC0) == 0x80) {
                continue;
            }
            char *typed = mem_strndup(words[i], n);
            struct result result = find(*state, typed);
            if (!result.count) {
                fail_msg("'%s' finds nothing", typed);
            }
            result_release(&result);
            free(typed);
        }
    }
}

/* --- the helpline
 * --------------------------------------------------------------------------------- */

static void the_helpline_is_first_in_the_country(void **state)
{
    static const char *const words[] = {
        "1280",      "១២៨០",        " 1280 ",          "\u200B1280",  "1280\u200B",
        "023224841", "023 224 841", "+855 23 224 841", "០២៣ ២២៤ ៨៤១", "Child Helpline Cambodia"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_first(*state, words[i], line("chc"));
    }
}

static void the_helpline_is_first_from_any_area(void **state)
{
    struct db *db = *state;
    sqlite3_stmt *s = sql_prepare(db, "SELECT code FROM area ORDER BY code");
    size_t asked = 0;
    for (size_t i = 0; sqlite3_step(s) == SQLITE_ROW; i++) {
        if (i % 11 != 0 && sqlite3_column_bytes(s, 0) > 2) {
            continue;
        }
        for (int where = 0; where < 2; where++) {
            struct query query = {.words = "1280", .filter_count = 1};
            struct result result;
            query.filters[0] =
                (struct filter){.kind = FILTER_AREA, .where = where ? WHERE_COVERING : WHERE_ANY};
            snprintf(query.filters[0].value, sizeof query.filters[0].value, "%s",
                     column_text(s, 0));
            run(db, &query, &result);
            assert_true(result.count > 0);
            struct uuid id = line("chc");
            assert_true(uuid_equal(&result.rows[0].id, &id));
            assert_int_equal(result.rows[0].reason, REASON_PHONE);
            assert_int_equal(result.rows[0].nearness, NEAR_NATION);
            assert_true(result.rows[0].covers_asked);
            result_release(&result);
            asked++;
        }
    }
    sqlite3_finalize(s);
    assert_true(asked > 300);
}

static void a_number_half_typed_finds_whose_it_is(void **state)
{
    static const struct {
        const char *number, *key;
        size_t from;
    } numbers[] = {{"012311112", "childsafe", 3},
                   {"+85512311112", "childsafe", 6},
                   {"077455516", "lscw", 3},
                   {"1288", "ahtjpd", 3}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        for (size_t n = numbers[i].from; n <= strlen(numbers[i].number); n++) {
            char *typed = mem_strndup(numbers[i].number, n);
            struct result result = find(*state, typed);
            if (place_of(&result, line(numbers[i].key)) == result.count) {
                fail_msg("'%s' does not find %s", typed, numbers[i].key);
            }
            result_release(&result);
            free(typed);
        }
        assert_first(*state, numbers[i].number, line(numbers[i].key));
    }
}

/* --- what is understood
 * ---------------------------------------------------------------------------- */

static void words_become_filters_and_say_where_they_stood(void **state)
{
    static const struct {
        const char *words;
        enum filter_kind kind;
        const char *value, *from, *text;
    } understood[] = {
        {"kampot committee", FILTER_AREA, "07", "kampot", "committee"},
        {"committee kampot", FILTER_AREA, "07", "kampot", "committee"},
        {"chhuk district women", FILTER_AREA, "0703", "chhuk district", "women"},
        {"ស្រុកឈូក ស្ត្រី", FILTER_AREA, "0703", "ស្រុកឈូក", "ស្ត្រី"},
        {"ccwc", FILTER_TYPE, "B1", "ccwc", ""},
        {"WCCC", FILTER_TYPE, "B2", "WCCC", ""},
        {"dosvy", FILTER_TYPE, "B3", "dosvy", ""},
        {"ទូរស័ព្ទបន្ទាន់", FILTER_TYPE, "A1", "ទូរស័ព្ទបន្ទាន់", ""},
        {"1280", FILTER_PHONE, "1280", "1280", ""},
        {"១២៨០", FILTER_PHONE, "1280", "១២៨០", ""},
        {"24 hours", FILTER_ALL_DAY, "", "24 hours", ""},
        {"24 ម៉ោង", FILTER_ALL_DAY, "", "24 ម៉ោង", ""},
        {"girls", FILTER_SEX, "female", "girls", ""},
        {"14 years", FILTER_AGE, "14", "14 years", ""},
        {"អាយុ ១៤ ឆ្នាំ", FILTER_AGE, "14", "អាយុ ១៤ ឆ្នាំ", ""},
        {"tier 3", FILTER_TIER, "3", "tier 3", ""},
    };
    for (size_t i = 0; i < sizeof understood / sizeof *understood; i++) {
        struct result result = find(*state, understood[i].words);
        const struct filter *f = &result.filters[0];
        if (result.filter_count != 1 || f->kind != understood[i].kind ||
            strcmp(f->value, understood[i].value) != 0 || !f->guessed ||
            strcmp(result.text, understood[i].text) != 0) {
            fail_msg("'%s': %d filters, first %d '%s', text '%s'", understood[i].words,
                     (int)result.filter_count, (int)f->kind, f->value, result.text);
        }
        assert_int_equal(f->len, strlen(understood[i].from));
        assert_memory_equal(understood[i].words + f->at, understood[i].from, f->len);
        assert_false(result.widened);
        assert_true(result.count > 0);
        result_release(&result);
    }
}

static void what_was_refused_is_matched_as_text(void **state)
{
    static const struct {
        const char *words;
        struct filter filter;
    } refused[] = {{"chhuk", {.kind = FILTER_AREA, .value = "0703"}},
                   {"ឈូក", {.kind = FILTER_AREA, .value = "0703"}},
                   {"ccwc", {.kind = FILTER_TYPE, .value = "B1"}},
                   {"chhuk ccwc", {.kind = FILTER_TYPE, .value = "B1"}}};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct query query = {.words = refused[i].words, .refused_count = 1};
        struct result before, after;
        run(*state, &query, &before); /* an empty refusal refuses nothing */
        query.refused[0] = refused[i].filter;
        run(*state, &query, &after);
        assert_int_equal(after.filter_count, before.filter_count - 1);
        assert_true(strlen(after.text) > strlen(before.text));
        assert_true(after.count > 0);
        for (size_t k = 0; k < after.filter_count; k++) {
            assert_false(after.filters[k].kind == refused[i].filter.kind &&
                         strcmp(after.filters[k].value, refused[i].filter.value) == 0);
        }
        result_release(&before);
        result_release(&after);
    }
}

/* "police" with an area in which nothing of it lies: the place becomes a word like others. */
static struct uuid add_named(struct db *db, const char *name, const char *area)
{
    struct uuid organization = uuid_from_name("invented/body"), service = uuid_from_name(name);
    char key[64];
    snprintf(key, sizeof key, "%s/area", name);
    struct uuid link = uuid_from_name(key);
    struct field_value o[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Lantern Trust")};
    struct field_value s[] = {fixture_text(FIELD_ID(SERVICE, name_en), name),
                              fixture_text(FIELD_ID(SERVICE, name_km), "គោមភ្លើង"),
                              fixture_text(FIELD_ID(SERVICE, description_en), "Mends kites."),
                              fixture_id(FIELD_ID(SERVICE, organization), organization)};
    struct field_value a[] = {fixture_id(FIELD_ID(SERVICE_AREA, service), service),
                              fixture_text(FIELD_ID(SERVICE_AREA, area), area)};
    (void)fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, organization, o, 1, NULL);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_SERVICE, service, s, 4, NULL), STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_SERVICE_AREA, link, a, 2, NULL),
                     STATUS_OK);
    return service;
}

static void a_guess_that_finds_nothing_is_dropped(void **state)
{
    struct db *db = *state;
    assert_int_equal(db_begin(db), STATUS_OK);
    struct uuid id = add_named(db, "Kampot Lantern", "0801");
    struct result result = find(db, "kampot lantern");
    assert_true(result.widened);
    assert_int_equal(result.filter_count, 0);
    assert_int_equal(place_of(&result, id), 0);
    assert_int_equal(result.rows[0].reason, REASON_NAME_EXACT);
    result_release(&result);
    result = find(db, "kandal lantern");
    assert_false(result.widened);
    assert_int_equal(result.filter_count, 1);
    assert_int_equal(place_of(&result, id), 0);
    result_release(&result);
    struct query query = {.words = "kampot lantern", .filter_count = 1};
    query.filters[0] = (struct filter){.kind = FILTER_AREA, .value = "07"};
    run(db, &query, &result); /* what was set by hand stays */
    assert_int_equal(place_of(&result, id), result.count);
    assert_int_equal(result.filters[0].kind, FILTER_AREA);
    result_release(&result);
    db_rollback(db);
}

static void an_area_inside_the_one_set_by_hand_is_meant(void **state)
{
    struct query query = {.words = "samraong", .filter_count = 1};
    struct result result;
    query.filters[0] = (struct filter){.kind = FILTER_AREA, .value = "07"};
    run(*state, &query, &result);
    assert_true(result.count > 0);
    for (size_t i = 0; i < result.filter_count; i++) {
        if (result.filters[i].kind == FILTER_AREA) {
            assert_true(area_contains("07", result.filters[i].value));
        }
    }
    result_release(&result);
}

/* --- reasons
 * --------------------------------------------------------------------------------------- */

static void assert_reason(struct db *db, const char *words, struct uuid id, enum reason reason)
{
    struct query query = {.words = words, .limit = EVERYTHING};
    struct result result;
    run(db, &query, &result);
    size_t at = place_of(&result, id);
    if (at == result.count || result.rows[at].reason != reason) {
        fail_msg("'%s': %s, reason %d, not %d", words, at == result.count ? "missing" : "there",
                 at == result.count ? -1 : (int)result.rows[at].reason, (int)reason);
    }
    result_release(&result);
}

static void each_hit_says_why_it_is_there(void **state)
{
    struct db *db = *state;
    assert_int_equal(db_begin(db), STATUS_OK);
    struct uuid id = add_named(db, "Quartz Lantern House", "070303");
    assert_reason(db, "quartz lantern house", id, REASON_NAME_EXACT);
    assert_reason(db, "Quartz  LANTERN house", id, REASON_NAME_EXACT);
    assert_reason(db, "គោមភ្លើង", id, REASON_NAME_EXACT);
    assert_reason(db, "quartz", id, REASON_NAME_PREFIX);
    assert_reason(db, "quar", id, REASON_NAME_PREFIX);
    assert_reason(db, "quartz lan", id, REASON_NAME_PREFIX);
    assert_reason(db, "lantern", id, REASON_NAME_WORD);
    assert_reason(db, "house quartz", id, REASON_NAME_WORD);
    assert_reason(db, "kites", id, REASON_TEXT);
    assert_reason(db, "quartz kites", id, REASON_TEXT);
    assert_reason(db, "trust", id, REASON_ORGANIZATION);
    assert_reason(db, "បឹងនិ", id, REASON_AREA);
    assert_reason(db, "", id, REASON_LIST);
    assert_reason(db, "1280", line("chc"), REASON_PHONE);
    assert_reason(db, "chhuk", office("social", "0703"), REASON_LIST); /* the filter says it all */
    db_rollback(db);
}

/* Whoever left a place, or whose place was closed, does not answer its telephone. */
static void the_number_of_a_place_that_was_left_finds_nobody(void **state)
{
    struct db *db = *state;
    assert_int_equal(db_begin(db), STATUS_OK);
    struct uuid id = add_named(db, "Zinc House", "0703"), place = uuid_from_name("invented/place"),
                link = uuid_from_name("invented/link"), phone = uuid_from_name("invented/phone");
    struct field_value l[] = {fixture_text(FIELD_ID(LOCATION, name_en), "Zinc yard"),
                              fixture_text(FIELD_ID(LOCATION, area), "0703")};
    struct field_value x[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), id),
                              fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), place)};
    struct field_value p[] = {fixture_id(FIELD_ID(PHONE, owner), place),
                              fixture_text(FIELD_ID(PHONE, number), "012 777 888")};
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_LOCATION, place, l, 2, NULL), STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_SERVICE_AT_LOCATION, link, x, 2, NULL),
                     STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_PHONE, phone, p, 2, NULL), STATUS_OK);
    assert_first(db, "012 777 888", id);
    assert_int_equal(fixture_change(db, OP_CLOSE, RECORD_SERVICE_AT_LOCATION, link, NULL, 0, NULL),
                     STATUS_OK);
    struct result result = find(db, "012 777 888");
    assert_int_equal(result.count, 0);
    result_release(&result);
    assert_int_equal(fixture_change(db, OP_REOPEN, RECORD_SERVICE_AT_LOCATION, link, NULL, 0, NULL),
                     STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CLOSE, RECORD_LOCATION, place, NULL, 0, NULL),
                     STATUS_OK);
    result = find(db, "012 777 888");
    assert_int_equal(result.count, 0);
    result_release(&result);
    db_rollback(db);
}

/* A body that is put under a group as a whole belongs to the group. */
static void a_service_of_a_whole_group_is_in_the_group(void **state)
{
    static const struct {
        const char *group, *key;
    } lines[] = {{"A", "aple"}, {"F", "licadho"}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct query query = {.words = "", .filter_count = 1, .limit = EVERYTHING};
        struct result result;
        query.filters[0].kind = FILTER_GROUP;
        snprintf(query.filters[0].value, sizeof query.filters[0].value, "%s", lines[i].group);
        run(*state, &query, &result);
        assert_true(place_of(&result, line(lines[i].key)) < result.count);
        result_release(&result);
    }
}

/* --- order and pages
 * ------------------------------------------------------------------------------- */

static void the_same_words_have_the_same_answer(void **state)
{
    static const char *const words[] = {"កុមារ", "committee", "kampot", "ch", "ក", "women phnom"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct result a = find(*state, words[i]), b = find(*state, words[i]);
        assert_int_equal(a.count, b.count);
        for (size_t k = 0; k < a.count; k++) {
            assert_true(uuid_equal(&a.rows[k].id, &b.rows[k].id));
            assert_int_equal(a.rows[k].reason, b.rows[k].reason);
        }
        result_release(&a);
        result_release(&b);
    }
}

static void a_better_reason_stands_before_a_worse(void **state)
{
    struct db *db = *state;
    assert_int_equal(db_begin(db), STATUS_OK);
    struct uuid worse = add_named(db, "House of the Quartz", "070303");
    struct uuid better = add_named(db, "Quartz House", "070303");
    struct uuid exact = add_named(db, "Quartz", "070303");
    struct result result = find(db, "quartz");
    assert_int_equal(result.count, 3);
    assert_int_equal(place_of(&result, exact), 0);
    assert_int_equal(place_of(&result, better), 1);
    assert_int_equal(place_of(&result, worse), 2);
    result_release(&result);
    db_rollback(db);
}

/* Within what one page may show, pages joined are the one list. */
static void a_list_that_was_cut_says_so(void **state)
{
    for (size_t limit = 149; limit <= 152; limit++) {
        struct query query = {.words = "district", .limit = limit};
        struct result result;
        run(*state, &query, &result);
        assert_int_equal(result.count, limit);
        assert_true(result.more);
        result_release(&result);
    }
}

static void pages_of_found_words_join(void **state)
{
    static const char *const words[] = {"chhuk",
                                        "kampot committee",
                                        "ឈូក កុមារ",
                                        "sangkat kep",
                                        "phnom penh women",
                                        "social affairs kampot",
                                        "ch",
                                        "district",
                                        "sa",
                                        "កុ"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct query query = {.words = words[i],
                              .limit = 149}; /* pages below 150 look at the same */
        struct result whole, part;
        run(*state, &query, &whole);
        for (query.limit = 11; query.offset < whole.count; query.offset += 11) {
            run(*state, &query, &part);
            size_t left = whole.count - query.offset;
            assert_in_range(part.count, left < 11 ? left : 11, 11);
            for (size_t k = 0; k < part.count && k < left; k++) {
                if (!uuid_equal(&part.rows[k].id, &whole.rows[query.offset + k].id)) {
                    fail_msg("'%s': hit %d differs", words[i], (int)(query.offset + k));
                }
            }
            result_release(&part);
        }
        result_release(&whole);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_office_comes_first_however_it_is_typed),
        cmocka_unit_test(marks_in_another_order_find_the_same),
        cmocka_unit_test(both_ways_to_write_coeng_ta_are_one),
        cmocka_unit_test(the_office_is_first_while_it_is_half_typed),
        cmocka_unit_test(no_half_typed_beginning_finds_nothing),
        cmocka_unit_test(the_helpline_is_first_in_the_country),
        cmocka_unit_test(the_helpline_is_first_from_any_area),
        cmocka_unit_test(a_number_half_typed_finds_whose_it_is),
        cmocka_unit_test(words_become_filters_and_say_where_they_stood),
        cmocka_unit_test(what_was_refused_is_matched_as_text),
        cmocka_unit_test(a_guess_that_finds_nothing_is_dropped),
        cmocka_unit_test(an_area_inside_the_one_set_by_hand_is_meant),
        cmocka_unit_test(each_hit_says_why_it_is_there),
        cmocka_unit_test(the_number_of_a_place_that_was_left_finds_nobody),
        cmocka_unit_test(a_service_of_a_whole_group_is_in_the_group),
        cmocka_unit_test(the_same_words_have_the_same_answer),
        cmocka_unit_test(a_better_reason_stands_before_a_worse),
        cmocka_unit_test(a_list_that_was_cut_says_so),
        cmocka_unit_test(pages_of_found_words_join),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
