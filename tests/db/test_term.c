/* The classification on the born directory: all of it in order, and each term by its code and by
 * its names. */
#include "seeded.h"

#include "db/plan_output.h"

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "term");
    *state = seeded_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static void assert_finds(struct db *db, const char *typed, const char *code)
{
    struct term_list list;
    bool there = false;
    if (term_find(db, typed, &list) != STATUS_OK) {
        fail_msg("'%s' does not find %s", typed, code);
    }
    for (size_t i = 0; i < list.count; i++) {
        there |= strcmp(list.rows[i].code, code) == 0;
    }
    if (!there) {
        fail_msg("'%s' does not find %s", typed, code);
    }
    term_list_release(&list);
}

static void all_come_in_order_of_code_and_groups_before_their_kinds(void **state)
{
    struct term_list list;
    size_t groups = 0;
    const char *group = "";
    assert_int_equal(term_all(*state, &list), STATUS_OK);
    assert_int_equal(list.count, 50);
    for (size_t i = 0; i < list.count; i++) {
        const struct term *term = &list.rows[i];
        assert_true(i == 0 || strcmp(list.rows[i - 1].code, term->code) < 0);
        if (term->parent[0] == '\0') {
            groups++;
            group = term->code;
            assert_int_equal(strlen(term->code), 1);
            assert_int_equal(term->tiers, 0);
        } else {
            assert_string_equal(term->parent, group);
            assert_int_equal(term->code[0], group[0]);
            assert_in_range(term->tiers, 1, 7);
        }
    }
    assert_int_equal(groups, 8);
    term_list_release(&list);
}

/* As data/term.tsv has it. */
static void a_term_carries_what_the_table_says(void **state)
{
    struct term_list list;
    assert_int_equal(term_find(*state, "B1", &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].parent, "B");
    assert_string_equal(list.rows[0].name_en, "Commune committee for women and children (CCWC)");
    assert_int_equal(list.rows[0].tiers, 7);
    assert_true(list.rows[0].attested_km);
    assert_non_null(strstr(list.rows[0].outputs, "2.2"));
    term_list_release(&list);
    assert_int_equal(term_find(*state, "A3", &list), STATUS_OK);
    assert_int_equal(list.rows[0].tiers, 4);
    assert_false(list.rows[0].attested_km);
    assert_string_equal(list.rows[0].primero_generic, "safehouse_service");
    term_list_release(&list);
}

static int rank_of(struct db *db, const char *code)
{
    struct term_list list;
    assert_int_equal(term_find(db, code, &list), STATUS_OK);
    int rank = list.rows[0].rank;
    term_list_release(&list);
    return rank;
}

/* In a district the social-affairs office is the main provider, the committee supports it. */
static void the_social_affairs_office_stands_before_the_committees_that_support_it(void **state)
{
    assert_true(rank_of(*state, "B3") < rank_of(*state, "B2"));
    assert_true(rank_of(*state, "A1") < rank_of(*state, "B1"));
    assert_int_equal(rank_of(*state, "A"), 0);
}

static void every_term_is_found_by_its_code_and_both_names(void **state)
{
    struct term_list list;
    assert_int_equal(term_all(*state, &list), STATUS_OK);
    for (size_t i = 0; i < list.count; i++) {
        const struct term *term = &list.rows[i];
        struct text typed = TEXT_INIT;
        assert_finds(*state, term->code, term->code);
        assert_finds(*state, term->name_km, term->code);
        assert_finds(*state, term->name_en, term->code);
        text_addf(&typed, "  %s ", term->code);
        typed.bytes[2] = (char)(typed.bytes[2] + ('a' - 'A'));
        assert_finds(*state, typed.bytes, term->code);
        text_clear(&typed);
        text_spread(&typed, term->name_km, "\u200B");
        assert_finds(*state, typed.bytes, term->code);
        text_clear(&typed);
        text_swap(&typed, term->name_km, "\u17D2\u178F", "\u17D2\u178A");
        assert_finds(*state, typed.bytes, term->code);
        text_clear(&typed);
        for (const char *p = term->name_en; *p; p++) {
            text_addc(&typed, *p >= 'a' && *p <= 'z' ? (char)(*p - ('a' - 'A')) : *p);
        }
        assert_finds(*state, typed.bytes, term->code);
        text_release(&typed);
    }
    term_list_release(&list);
}

static void a_code_in_khmer_digits_is_understood(void **state)
{
    assert_finds(*state, "A១", "A1");
    assert_finds(*state, "b៣", "B3");
}

static void what_is_no_term_is_not_found(void **state)
{
    static const char *const typed[] = {"",   " ",    "A0",   "A9",      "Z1",      "I", "A11",
                                        "1A", "A1 B", "A 1 ", "Hotline", "no name", "ទូរ"};
    struct term_list list;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        assert_int_equal(term_find(*state, typed[i], &list), STATUS_NOT_FOUND);
    }
}

static void check_hostile(void *context, const char *typed)
{
    struct term_list list;
    enum status status = term_find(context, typed, &list);
    if (status == STATUS_OK) {
        term_list_release(&list); /* an accented code is one */
    } else if (status != STATUS_NOT_FOUND) {
        fail_msg("'%.60s' gives status %d: %s", typed, (int)status, db_error(context));
    }
}

static void hostile_words_do_not_fail(void **state)
{
    hostile_each(check_hostile, *state);
    assert_int_equal(sql_one(*state, "SELECT count(*) FROM term", NULL), 50);
}

static void a_term_put_again_is_replaced_and_normal(void **state)
{
    struct db *db = *state;
    struct term_list list;
    struct term term = {"H6",      "H", "\u1781\u17C2\u17D2\u1798\u179A\u200B\u1780",
                        "Lantern", 3,   false,
                        "a b",     "",  "c",
                        "1.1",     43};
    assert_int_equal(db_begin(db), STATUS_OK);
    assert_int_equal(term_put(db, &term), STATUS_OK);
    assert_int_equal(term_find(db, "lantern", &list), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].name_km, "\u1781\u17D2\u1798\u17C2\u179A\u1780");
    assert_int_equal(list.rows[0].tiers, 3);
    assert_false(list.rows[0].attested_km);
    assert_string_equal(list.rows[0].primero_generic, "a b");
    assert_string_equal(list.rows[0].primero_kh, "");
    assert_string_equal(list.rows[0].oscar, "c");
    assert_string_equal(list.rows[0].outputs, "1.1");
    assert_int_equal(list.rows[0].rank, 43);
    term_list_release(&list);
    term.name_en = "Lamp";
    assert_int_equal(term_put(db, &term), STATUS_OK);
    assert_int_equal(term_find(db, "lantern", &list), STATUS_NOT_FOUND);
    assert_finds(db, "lamp", "H6");
    assert_int_equal(term_all(db, &list), STATUS_OK);
    assert_int_equal(list.count, 51);
    assert_string_equal(list.rows[50].code, "H6");
    term_list_release(&list);
    db_rollback(db);
}

static void an_output_of_the_plan_put_again_is_replaced(void **state)
{
    struct db *db = *state;
    assert_int_equal(db_begin(db), STATUS_OK);
    int64_t before = sql_one(db, "SELECT count(*) FROM plan_output", NULL);
    assert_true(before > 10);
    assert_int_equal(plan_output_put(db, "9.9", "First", "\u1781\u17C2\u17D2\u1798\u179A"),
                     STATUS_OK);
    assert_int_equal(plan_output_put(db, "9.9", "Second", "\u1781\u17C2\u17D2\u1798\u179A"),
                     STATUS_OK);
    assert_int_equal(sql_one(db, "SELECT count(*) FROM plan_output", NULL), before + 1);
    assert_int_equal(sql_one(db,
                             "SELECT count(*) FROM plan_output WHERE code = '9.9' AND title_en = "
                             "'Second' AND title_km = ?1",
                             "\u1781\u17D2\u1798\u17C2\u179A"),
                     1);
    db_rollback(db);
}

/* What a kind of service points to is there. */
static void outputs_of_the_terms_are_those_of_the_plan(void **state)
{
    struct term_list list;
    assert_int_equal(term_all(*state, &list), STATUS_OK);
    for (size_t i = 0; i < list.count; i++) {
        for (const char *p = list.rows[i].outputs; *p;) {
            char code[16] = "";
            size_t len = strcspn(p, " ");
            assert_in_range(len, 1, sizeof code - 1);
            memcpy(code, p, len);
            assert_int_equal(
                sql_one(*state, "SELECT count(*) FROM plan_output WHERE code = ?1", code), 1);
            p += len + (p[len] == ' ');
        }
    }
    term_list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_come_in_order_of_code_and_groups_before_their_kinds),
        cmocka_unit_test(a_term_carries_what_the_table_says),
        cmocka_unit_test(the_social_affairs_office_stands_before_the_committees_that_support_it),
        cmocka_unit_test(every_term_is_found_by_its_code_and_both_names),
        cmocka_unit_test(a_code_in_khmer_digits_is_understood),
        cmocka_unit_test(what_is_no_term_is_not_found),
        cmocka_unit_test(hostile_words_do_not_fail),
        cmocka_unit_test(a_term_put_again_is_replaced_and_normal),
        cmocka_unit_test(an_output_of_the_plan_put_again_is_replaced),
        cmocka_unit_test(outputs_of_the_terms_are_those_of_the_plan),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
