/* Areas by how their names sound: the official spelling, with typing errors, and as people write
 * the provinces. Errors are drawn with a fixed seed; an area counts as found when one of its name
 * (the Khmer or the Latin one) is in the answer, for 117 names recur and the parent tells them
 * apart. */
#include <ctype.h>

#include "seeded.h"

#include "db/search_roman.h"
#include "i18n/roman.h"

enum { AREAS = 1887, LINE = 400 };

struct place {
    char code[AREA_CODE], km[160], en[160];
};

struct gazetteer {
    struct db *db;
    struct place places[AREAS + 1];
    size_t count;
};

static int setup(void **state)
{
    struct gazetteer *g = calloc(1, sizeof *g);
    if (!g)
        return -1;
    g->db = seeded_open("roman.db");
    sqlite3_stmt *s = sql_prepare(g->db, "SELECT code, name_km, name_en FROM area ORDER BY code");
    while (sqlite3_step(s) == SQLITE_ROW && g->count <= AREAS) {
        struct place *place = &g->places[g->count++];
        snprintf(place->code, sizeof place->code, "%s", (const char *)sqlite3_column_text(s, 0));
        snprintf(place->km, sizeof place->km, "%s", (const char *)sqlite3_column_text(s, 1));
        snprintf(place->en, sizeof place->en, "%s", (const char *)sqlite3_column_text(s, 2));
    }
    sqlite3_finalize(s);
    *state = g;
    return g->count == AREAS ? 0 : -1;
}

static int teardown(void **state)
{
    struct gazetteer *g = *state;
    db_close(g->db);
    fixture_remove("roman.db");
    free(g);
    return 0;
}

static const struct place *place_of(const struct gazetteer *g, const char *code)
{
    size_t low = 0, high = g->count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(g->places[middle].code, code) <= 0)
            low = middle;
        else
            high = middle;
    }
    return &g->places[low];
}

/* The rank (from 0) of the name of `want` among ten, or -1. */
static int rank_of(const struct gazetteer *g, const char *typed, const struct place *want)
{
    struct roman_list list;
    assert_int_equal(roman_areas(g->db, typed, strlen(typed), 10, 0, &list), STATUS_OK);
    int rank = -1;
    for (size_t i = 0; i < list.count && rank < 0; i++) {
        const struct place *found = place_of(g, list.rows[i].code);
        if (strcmp(found->km, want->km) == 0 || strcmp(found->en, want->en) == 0)
            rank = (int)list.rows[i].name;
    }
    roman_list_release(&list);
    return rank;
}

/* One typing error, each kind as likely as another: a letter left out, one put in, one replaced,
 * two neighbours swapped. Always another text than before. */
static void make_error(char *name, uint64_t *random)
{
    for (;;) {
        size_t len = strlen(name), at = random_below(random, len);
        char letter = (char)('a' + random_below(random, 26));
        if (!isalpha((unsigned char)name[at]))
            continue;
        switch (random_below(random, 4)) {
        case 0:
            memmove(name + at, name + at + 1, len - at);
            return;
        case 1:
            memmove(name + at + 1, name + at, len - at + 1);
            name[at] = letter;
            return;
        case 2:
            if (tolower((unsigned char)name[at]) == letter)
                continue;
            name[at] = letter;
            return;
        default:
            if (!isalpha((unsigned char)name[at + 1]) ||
                tolower((unsigned char)name[at]) == tolower((unsigned char)name[at + 1]))
                continue;
            letter = name[at];
            name[at] = name[at + 1];
            name[at + 1] = letter;
            return;
        }
    }
}

static size_t letters_in(const char *name)
{
    size_t n = 0;
    for (; *name; name++)
        n += isalpha((unsigned char)*name) != 0;
    return n;
}

struct share {
    double first, ten; /* of `count` */
    size_t count;
};

/* Every name of at least 3 letters for each error (and at least one). */
static struct share with_errors(const struct gazetteer *g, size_t errors)
{
    uint64_t random = 20260630 + errors;
    size_t first = 0, ten = 0, count = 0;
    for (size_t i = 0; i < g->count; i++) {
        char typed[200];
        snprintf(typed, sizeof typed, "%s", g->places[i].en);
        if (letters_in(typed) < 3 * errors)
            continue;
        for (size_t n = 0; n < errors; n++)
            make_error(typed, &random);
        int rank = rank_of(g, typed, &g->places[i]);
        count++;
        first += rank == 0;
        ten += rank >= 0;
    }
    struct share share = {(double)first / (double)count, (double)ten / (double)count, count};
    print_message("%zu errors: %zu names, first %.4f, in ten %.4f\n", errors, count, share.first,
                  share.ten);
    return share;
}

static void every_area_is_found_by_its_official_spelling(void **state)
{
    struct share share = with_errors(*state, 0);
    assert_int_equal(share.count, AREAS);
    assert_true(share.first >= .99);
}

static void an_area_is_found_with_one_typing_error(void **state)
{
    struct share share = with_errors(*state, 1);
    assert_true(share.count >= 1880);
    assert_true(share.ten >= .99);
    assert_true(share.first >= .95);
}

static void an_area_is_found_with_two_typing_errors(void **state)
{
    struct share share = with_errors(*state, 2);
    assert_true(share.count >= 1600);
    assert_true(share.ten >= .99);
}

static void an_area_is_found_with_three_typing_errors(void **state)
{
    struct share share = with_errors(*state, 3);
    assert_true(share.count >= 950);
    assert_true(share.ten >= .97);
}

static void an_area_is_found_by_its_derived_latin(void **state)
{
    struct gazetteer *g = *state;
    size_t first = 0;
    for (size_t i = 0; i < g->count; i++) {
        struct text derived = TEXT_INIT;
        roman_latin(&derived, g->places[i].km, strlen(g->places[i].km));
        first += rank_of(g, derived.bytes, &g->places[i]) == 0;
        text_release(&derived);
    }
    print_message("derived: first %.4f\n", (double)first / AREAS);
    assert_true((double)first / AREAS >= .99);
}

static void provinces_are_found_as_people_write_them(void **state)
{
    struct gazetteer *g = *state;
    char line[LINE], path[LINE];
    const char *top = getenv("CPDIR_TOP");
    snprintf(path, sizeof path, "%s/tests/db/spellings.tsv", top ? top : ".");
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t count = 0, first = 0, ten = 0, sure = 0;
    while (fgets(line, sizeof line, f)) {
        char *code = strchr(line, '\t');
        if (*line == '#' || !code)
            continue;
        *code++ = '\0';
        code[2] = '\0';
        struct roman_list list;
        assert_int_equal(roman_areas(g->db, line, strlen(line), 10, 0, &list), STATUS_OK);
        int rank = -1;
        for (size_t i = 0; i < list.count && rank < 0; i++)
            if (strcmp(list.rows[i].code, code) == 0)
                rank = (int)list.rows[i].name;
        sure += rank == 0 && list.rows[0].score >= ROMAN_SURE;
        count++;
        first += rank == 0;
        ten += rank >= 0;
        if (rank != 0)
            print_message("%s: %s is at %d\n", line, code, rank);
        roman_list_release(&list);
    }
    fclose(f);
    print_message("provinces: %zu spellings, first %zu, in ten %zu, sure %zu\n", count, first, ten,
                  sure);
    assert_true(count >= 60);
    assert_true((double)first / (double)count >= .93);
    assert_int_equal(ten, count);
    assert_true((double)sure / (double)count >= .93);
}

static void first_is(const struct gazetteer *g, const char *typed, const char *code)
{
    struct roman_list list;
    assert_int_equal(roman_areas(g->db, typed, strlen(typed), 5, 0, &list), STATUS_OK);
    assert_true(list.count > 0);
    if (strcmp(list.rows[0].code, code) != 0)
        fail_msg("%s: first is %s, not %s", typed, list.rows[0].code, code);
    roman_list_release(&list);
}

static void half_a_name_is_enough(void **state)
{
    first_is(*state, "rattanakir", "16");
    first_is(*state, "battamb", "02");
    first_is(*state, "kompong chhn", "04");
    first_is(*state, "mondul", "11");
}

static void a_unit_word_tells_the_level(void **state)
{
    first_is(*state, "siemreab province", "17");
    first_is(*state, "khet siemreab", "17");
    first_is(*state, "krong siemreab", "1710");
    first_is(*state, "phum thmei", "010703");
}

static void khmer_with_a_wrong_letter_meets_its_area(void **state)
{
    first_is(*state, "សៀមរាម", "17");
    first_is(*state, "បាត់តំបង", "02");
    first_is(*state, "កំពង់ឆ្នំាង", "04");
}

static void higher_levels_come_first(void **state)
{
    struct gazetteer *g = *state;
    struct roman_list list;
    assert_int_equal(roman_areas(g->db, "kampot", 6, 3, 0, &list), STATUS_OK);
    assert_string_equal(list.rows[0].code, "07");
    assert_int_equal(list.rows[0].score, 100);
    for (size_t i = 1; i < list.count; i++)
        if (list.rows[i].name == list.rows[i - 1].name)
            assert_true(strlen(list.rows[i].code) >= strlen(list.rows[i - 1].code));
    roman_list_release(&list);
}

/* Words of services that look like places must not be taken for them. */
static void words_of_services_are_no_places(void **state)
{
    static const char *const words[] = {
        "shelter", "hotline", "counselling", "police",    "school",     "hospital", "children",
        "women",   "legal",   "training",    "committee", "centre",     "drop",     "health",
        "rights",  "family",  "social",      "affairs",   "disability", "orphanage"};
    struct gazetteer *g = *state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct roman_list list;
        assert_int_equal(roman_areas(g->db, words[i], strlen(words[i]), 3, 0, &list), STATUS_OK);
        if (list.count && list.rows[0].score >= ROMAN_MAYBE)
            fail_msg("%s is taken for %s", words[i], list.rows[0].code);
        roman_list_release(&list);
    }
}

static void ask(void *context, const char *text)
{
    struct roman_list list;
    assert_int_equal(roman_areas(context, text, strlen(text), 5, 0, &list), STATUS_OK);
    roman_list_release(&list);
}

static void nothing_typed_breaks_it(void **state)
{
    struct gazetteer *g = *state;
    hostile_each(ask, g->db);
    ask(g->db, "");
}

/* Every other spelling leads to an area, and hides none. */
static void every_alias_names_an_area(void **state)
{
    struct gazetteer *g = *state;
    char line[LINE], path[LINE];
    const char *top = getenv("CPDIR_TOP");
    snprintf(path, sizeof path, "%s/data/alias.tsv", top ? top : ".");
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t count = 0;
    while (fgets(line, sizeof line, f)) {
        char *official = strchr(line, '\t');
        if (*line == '#' || !official)
            continue;
        *official++ = '\0';
        char *part = strchr(official, '\t');
        assert_non_null(part);
        *part++ = '\0';
        bool whole = strncmp(part, "name", 4) == 0;
        struct area_list list = {0};
        bool named = false;
        for (size_t i = 0; i < g->count && !named; i++) {
            struct text letters = TEXT_INIT;
            roman_letters(&letters, g->places[i].en, strlen(g->places[i].en));
            named =
                strncmp(letters.bytes, official, whole ? letters.len + 1 : strlen(official)) == 0;
            text_release(&letters);
        }
        if (!named)
            fail_msg("no area is called %s", official);
        if (whole) {
            assert_int_equal(area_find(g->db, line, &list), STATUS_OK);
            area_list_release(&list);
        }
        count++;
    }
    fclose(f);
    assert_true(count >= 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_area_is_found_by_its_official_spelling),
        cmocka_unit_test(an_area_is_found_with_one_typing_error),
        cmocka_unit_test(an_area_is_found_with_two_typing_errors),
        cmocka_unit_test(an_area_is_found_with_three_typing_errors),
        cmocka_unit_test(an_area_is_found_by_its_derived_latin),
        cmocka_unit_test(provinces_are_found_as_people_write_them),
        cmocka_unit_test(half_a_name_is_enough),
        cmocka_unit_test(a_unit_word_tells_the_level),
        cmocka_unit_test(khmer_with_a_wrong_letter_meets_its_area),
        cmocka_unit_test(higher_levels_come_first),
        cmocka_unit_test(words_of_services_are_no_places),
        cmocka_unit_test(nothing_typed_breaks_it),
        cmocka_unit_test(every_alias_names_an_area),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
