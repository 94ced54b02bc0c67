/* What stands beside the hits: totals, counts of what they have, the answer of a search that was
 * typed key by key, and giving up. */
#include "invented.h"

#include <limits.h>

#include "db/search.h"

enum { EVERYTHING = 5000 };

static char path[FIXTURE_PATH];

static int setup(void **state)
{
    fixture_path(path, "count");
    *state = invented_open(path);
    return 0;
}

static int teardown(void **state)
{
    db_close(*state);
    fixture_remove(path);
    return 0;
}

static struct result search(struct db *db, const struct query *query)
{
    struct result result;
    if (search_run(db, query, &result) != STATUS_OK) {
        fail_msg("'%s': %s", query->words, db_error(db));
    }
    return result;
}

static const char *const words[] = {
    "",       "lantern", "committee",         "ch",    "កុមារ", "ក",     "គណៈកម្មាធិការ",
    "kampot", "police",  "lantern service 1", "ស្រុកឈូក", "zzz",  "house", "1280"};
enum { WORDS = sizeof words / sizeof *words };

static struct query query_of(const char *typed, const char *area)
{
    struct query query = {.words = typed, .lang = LANG_EN, .want_facets = true};
    if (*area) {
        query.filters[0] = (struct filter){.kind = FILTER_AREA};
        snprintf(query.filters[0].value, FILTER_VALUE, "%s", area);
        query.filter_count = 1;
    }
    return query;
}

static void the_total_is_that_of_all_pages(void **state)
{
    for (size_t i = 0; i < WORDS; i++) {
        struct query page = query_of(words[i], ""), all = page;
        page.limit = 7;
        all.limit = EVERYTHING;
        struct result part = search(*state, &page), whole = search(*state, &all);
        assert_int_equal(part.total, whole.total);
        assert_int_equal(whole.total, whole.count);
        assert_true(whole.total_exact);
        assert_false(whole.more);
        assert_int_equal(part.more, whole.count > 7);
        result_release(&part);
        result_release(&whole);
    }
}

/* With a facet put as a filter, as many are found as it said. */
static void a_count_is_what_its_filter_finds(void **state)
{
    static const char *const areas[] = {"", "07", "0703"};
    size_t asked = 0;
    for (size_t i = 0; i < WORDS; i++) {
        for (size_t a = 0; a < 3; a++) {
            struct query query = query_of(words[i], areas[a]);
            struct result result = search(*state, &query);
            for (size_t f = 0; f < result.facet_count; f++) {
                const struct facet *facet = &result.facets[f];
                struct query narrow = query;
                narrow.limit = EVERYTHING;
                bool area = facet->kind == FILTER_AREA;
                struct filter *filter = &narrow.filters[area ? 0 : narrow.filter_count];
                narrow.filter_count += !(area && narrow.filter_count);
                *filter = (struct filter){.kind = facet->kind};
                snprintf(filter->value, FILTER_VALUE, "%s", facet->value);
                if (area) {
                    continue; /* what is for the areas around it is found with it, too */
                }
                struct result found = search(*state, &narrow);
                if (found.total != facet->count) {
                    fail_msg("'%s' in '%s': %d of %d '%s', found %d", words[i], areas[a],
                             (int)facet->count, (int)facet->kind, facet->value, (int)found.total);
                }
                result_release(&found);
                asked++;
            }
            result_release(&result);
        }
    }
    assert_true(asked > 200);
}

/* A code of a list that lies in the area or is it. */
static bool lies_in(const char *codes, const char *area)
{
    for (const char *p = codes; *p; p += strcspn(p, " "), p += *p == ' ') {
        if (strncmp(p, area, strlen(area)) == 0) {
            return true;
        }
    }
    return false;
}

static void areas_are_counted_one_level_below(void **state)
{
    static const char *const areas[] = {"", "07", "0703"};
    for (size_t i = 0; i < WORDS; i++) {
        for (size_t a = 0; a < 3; a++) {
            struct query query = query_of(words[i], areas[a]);
            query.limit = EVERYTHING;
            struct result result = search(*state, &query);
            size_t counted = 0;
            for (size_t f = 0; f < result.facet_count; f++) {
                const struct facet *facet = &result.facets[f];
                if (facet->kind != FILTER_AREA || result.filter_count > query.filter_count) {
                    continue;
                }
                int64_t there = 0;
                for (size_t k = 0; k < result.count; k++) {
                    there += lies_in(result.rows[k].located, facet->value) ||
                             lies_in(result.rows[k].covers, facet->value);
                }
                assert_int_equal(strlen(facet->value), strlen(areas[a]) + 2);
                assert_int_equal(there, facet->count);
                counted++;
            }
            assert_in_range(counted, 0, 12);
            result_release(&result);
        }
    }
}

static void counts_stand_most_frequent_first(void **state)
{
    struct query query = query_of("", "");
    struct result result = search(*state, &query);
    bool seen[FILTER_KIND_COUNT] = {false};
    for (size_t f = 0; f < result.facet_count; f++) {
        const struct facet *facet = &result.facets[f];
        assert_true(facet->count > 0);
        assert_false(seen[facet->kind] && result.facets[f - 1].kind != facet->kind);
        assert_true(!seen[facet->kind] || result.facets[f - 1].count >= facet->count);
        seen[facet->kind] = true;
    }
    assert_true(seen[FILTER_AREA] && seen[FILTER_GROUP] && seen[FILTER_TIER] &&
                seen[FILTER_SECTOR] && seen[FILTER_LEVEL] && seen[FILTER_CONFIRMED]);
    assert_false(seen[FILTER_TYPE]);
    result_release(&result);
    query.filters[query.filter_count++] = (struct filter){.kind = FILTER_GROUP, .value = "B"};
    result = search(*state, &query);
    for (size_t f = 0; f < result.facet_count; f++) {
        assert_int_not_equal(result.facets[f].kind, FILTER_GROUP);
        assert_true(result.facets[f].kind != FILTER_TYPE || result.facets[f].value[0] == 'B');
    }
    result_release(&result);
}

/* --- typed key by key ---------------------------------------------------------------------------
 */

static void assert_same_hits(const struct result *a, const struct result *b, const char *typed)
{
    if (a->count != b->count || a->total != b->total || a->facet_count != b->facet_count) {
        fail_msg("'%s': %d of %d hits, not %d of %d", typed, (int)a->count, (int)a->total,
                 (int)b->count, (int)b->total);
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!uuid_equal(&a->rows[i].id, &b->rows[i].id) || a->rows[i].reason != b->rows[i].reason) {
            fail_msg("'%s': hit %d differs", typed, (int)i);
        }
    }
    for (size_t i = 0; i < a->facet_count; i++) {
        assert_int_equal(a->facets[i].count, b->facets[i].count);
        assert_string_equal(a->facets[i].value, b->facets[i].value);
    }
}

/* What was kept of the keys before changes nothing: a connection that never searched says the same.
 */
static void typing_on_finds_what_asking_at_once_finds(void **state)
{
    static const char *const typed[] = {"kampot lantern house 3", "គណៈកម្មាធិការ ឈូក",
                                        "chhuk social affairs", "ការិយាល័យសង្គមកិច្ច"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        for (size_t n = 1; n <= strlen(typed[i]); n++) {
            if (((unsigned char)typed[i][n] & 0xC0) == 0x80) {
                continue;
            }
            struct db *fresh;
            char *begun = mem_strndup(typed[i], n);
            struct query query = query_of(begun, "");
            assert_int_equal(db_open(path, DB_READ_ONLY, &fresh, NULL), STATUS_OK);
            struct result kept = search(*state, &query), anew = search(fresh, &query);
            assert_same_hits(&kept, &anew, begun);
            result_release(&kept);
            result_release(&anew);
            db_close(fresh);
            free(begun);
        }
    }
}

static bool finds(struct db *db, const char *typed, struct uuid id)
{
    struct query query = query_of(typed, "");
    struct result result = search(db, &query);
    bool found = false;
    for (size_t i = 0; i < result.count; i++) {
        found |= uuid_equal(&result.rows[i].id, &id);
    }
    result_release(&result);
    return found;
}

/* What this and another connection change is seen at once, and gone when it is rolled back. */
static void what_was_kept_ends_with_a_change(void **state)
{
    struct db *db = *state, *other;
    assert_int_equal(db_open(path, DB_READ_WRITE, &other, NULL), STATUS_OK);
    struct uuid id = uuid_from_name("count/xylophone"), of = uuid_from_name("invented/0");
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Xylophone house"),
                              fixture_id(FIELD_ID(SERVICE, organization), of)};
    assert_false(finds(db, "xylophone", id));
    assert_false(finds(other, "xylophone", id));
    assert_int_equal(db_begin(db), STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_SERVICE, id, f, 2, NULL), STATUS_OK);
    assert_true(finds(db, "xylophone", id));
    db_rollback(db);
    assert_false(finds(db, "xylophone", id));
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_SERVICE, id, f, 2, NULL), STATUS_OK);
    assert_true(finds(db, "xylophone", id));
    assert_true(finds(other, "xylophone", id));
    assert_int_equal(fixture_change(other, OP_CLOSE, RECORD_SERVICE, id, NULL, 0, NULL), STATUS_OK);
    assert_false(finds(other, "xylophone", id));
    assert_false(finds(db, "xylophone", id));
    db_close(other);
}

static void assert_shown(struct db *db, const char *typed, struct uuid id, const char *name,
                         const char *organization)
{
    struct query query = query_of(typed, "");
    struct result result = search(db, &query);
    assert_true(result.count > 0);
    assert_true(uuid_equal(&result.rows[0].id, &id));
    assert_string_equal(result.rows[0].name_en, name);
    assert_string_equal(result.rows[0].organization_en, organization);
    result_release(&result);
}

/* The rows and names kept between keys are those of now. */
static void a_changed_name_is_shown_at_once(void **state)
{
    struct db *db = *state, *other;
    assert_int_equal(db_open(path, DB_READ_WRITE, &other, NULL), STATUS_OK);
    struct uuid id = uuid_from_name("count/zither"), of = uuid_from_name("count/players");
    struct field_value o[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), "Zither players")};
    struct field_value f[] = {fixture_text(FIELD_ID(SERVICE, name_en), "Zither room"),
                              fixture_id(FIELD_ID(SERVICE, organization), of)};
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_ORGANIZATION, of, o, 1, NULL), STATUS_OK);
    assert_int_equal(fixture_change(db, OP_CREATE, RECORD_SERVICE, id, f, 2, NULL), STATUS_OK);
    assert_shown(db, "zither", id, "Zither room", "Zither players");
    assert_shown(other, "zither", id, "Zither room", "Zither players");
    f[0] = fixture_text(FIELD_ID(SERVICE, name_en), "Zither hall");
    o[0] = fixture_text(FIELD_ID(ORGANIZATION, name_en), "Lute players");
    assert_int_equal(fixture_change(other, OP_SET, RECORD_SERVICE, id, f, 1, NULL), STATUS_OK);
    assert_shown(other, "zither", id, "Zither hall", "Zither players");
    assert_int_equal(fixture_change(db, OP_SET, RECORD_ORGANIZATION, of, o, 1, NULL), STATUS_OK);
    assert_shown(db, "zither", id, "Zither hall", "Lute players");
    assert_shown(other, "zither", id, "Zither hall", "Lute players");
    assert_int_equal(fixture_change(db, OP_CLOSE, RECORD_SERVICE, id, NULL, 0, NULL), STATUS_OK);
    db_close(other);
}

/* --- giving up ----------------------------------------------------------------------------------
 */

static bool stop_after(void *context)
{
    int *asked = context;
    return --*asked < 0;
}

static void a_search_nobody_waits_for_ends(void **state)
{
    for (size_t i = 0; i < WORDS; i++) {
        struct query query = query_of(words[i], "07");
        int patience = INT_MAX;
        struct result first = search(*state, &query); /* from here on the same is kept each time */
        result_release(&first);
        query.cancelled = stop_after;
        query.cancel_context = &patience;
        struct result result = search(*state, &query);
        result_release(&result);
        int asked = INT_MAX - patience;
        assert_true(asked > 0);
        for (int n = 0; n < asked; n++) {
            struct result none = {0};
            patience = n;
            assert_int_equal(search_run(*state, &query, &none), STATUS_CANCELLED);
            assert_null(none.rows);
        }
        query.cancelled = NULL;
        struct result again = search(*state, &query); /* and nothing is left of it */
        result_release(&again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_total_is_that_of_all_pages),
        cmocka_unit_test(a_count_is_what_its_filter_finds),
        cmocka_unit_test(areas_are_counted_one_level_below),
        cmocka_unit_test(counts_stand_most_frequent_first),
        cmocka_unit_test(typing_on_finds_what_asking_at_once_finds),
        cmocka_unit_test(what_was_kept_ends_with_a_change),
        cmocka_unit_test(a_changed_name_is_shown_at_once),
        cmocka_unit_test(a_search_nobody_waits_for_ends),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
