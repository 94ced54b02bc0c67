/* The search index under change: whatever is appended to the log, in whatever order, the index and
 * the lists and counts made from it are those of an index made anew. */
#include "world.h"

#include "db/posting.h"

/* --- what the index says ------------------------------------------------------------------------
 */

static void dump_rows(struct db *db, const char *sql, struct text *out)
{
    sqlite3_stmt *s = sql_prepare(db, sql);
    text_addf(out, "-- %s\n", sql);
    while (sqlite3_step(s) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            const char *name = sqlite3_column_name(s, i);
            if (strcmp(name, "docid") == 0 || strncmp(name, "order_", 6) == 0) {
                continue; /* not the same in an index made anew; the order itself is asked below */
            }
            text_addf(out, "%s=", name);
            if (sqlite3_column_type(s, i) == SQLITE_BLOB) {
                const unsigned char *bytes = sqlite3_column_blob(s, i);
                for (int k = 0; k < sqlite3_column_bytes(s, i); k++) {
                    text_addf(out, "%02x", bytes[k]);
                }
            } else {
                text_adds(out, column_text(s, i));
            }
            text_addc(out, i + 1 < sqlite3_column_count(s) ? '|' : '\n');
        }
    }
    assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
    text_addc(out, '\n');
}

static void dump_search(struct db *db, const struct query *asked, struct text *out)
{
    struct result result;
    struct query with_facets = *asked, *query = &with_facets;
    query->want_facets = true;
    assert_int_equal(search_run(db, query, &result), STATUS_OK);
    text_addf(out, "'%s' %d: '%s' widened %d more %d of %d\n", query->words, (int)query->lang,
              result.text, result.widened, result.more, (int)result.total);
    for (size_t i = 0; i < result.filter_count; i++) {
        text_addf(out, " filter %d %s\n", (int)result.filters[i].kind, result.filters[i].value);
    }
    for (size_t i = 0; i < result.facet_count; i++) {
        text_addf(out, " facet %d %s %d\n", (int)result.facets[i].kind, result.facets[i].value,
                  (int)result.facets[i].count);
    }
    for (size_t i = 0; i < result.count; i++) {
        const struct hit *hit = &result.rows[i];
        char id[UUID_TEXT];
        uuid_format(&hit->id, id);
        text_addf(out, " %s %s|%s|%s|%s|%s|%d %d %d %d %d %d %d\n", id, hit->name_km,
                  hit->organization_en, hit->types, hit->located, hit->phones, hit->status,
                  (int)hit->verified, hit->needs_contact, hit->unconfirmed, (int)hit->reason,
                  (int)hit->nearness, hit->covers_asked);
    }
    result_release(&result);
}

static const struct query queries[] = {
    {.words = "", .lang = LANG_KM},
    {.words = "", .lang = LANG_EN},
    {.words = "child", .lang = LANG_EN},
    {.words = "ch", .lang = LANG_EN},
    {.words = "កុមារ", .lang = LANG_KM},
    {.words = "ការ", .lang = LANG_KM},
    {.words = "1280", .lang = LANG_KM},
    {.words = "0", .lang = LANG_KM},
    {.words = "chhuk social", .lang = LANG_EN},
    {.words = "prey tonle", .lang = LANG_EN},
    {.words = "police", .lang = LANG_EN},
    {.words = "ccwc", .lang = LANG_EN},
    {.words = "counsels parents", .lang = LANG_EN},
    {.words = "", .filter_count = 1, .filters = {{FILTER_AREA, "0702", WHERE_ANY, false, 0, 0}}},
    {.words = "", .filter_count = 1, .filters = {{FILTER_AREA, "08", WHERE_LOCATED, false, 0, 0}}},
    {.words = "", .filter_count = 1, .filters = {{FILTER_GROUP, "B", WHERE_ANY, false, 0, 0}}},
    {.words = "",
     .filter_count = 1,
     .filters = {{FILTER_STATUS, "closed", WHERE_ANY, false, 0, 0}}},
    {.words = "", .filter_count = 1, .filters = {{FILTER_STATUS, "all", WHERE_ANY, false, 0, 0}}},
};

/* Ids of services by docid. */
struct docs {
    struct uuid *ids;
    size_t count;
};

static struct docs read_docs(struct db *db)
{
    struct docs docs = {0};
    sqlite3_stmt *s = sql_prepare(db, "SELECT docid, service FROM search_row ORDER BY docid DESC");
    while (sqlite3_step(s) == SQLITE_ROW) {
        size_t docid = (size_t)sqlite3_column_int64(s, 0);
        if (!docs.ids) {
            docs.count = docid + 1;
            docs.ids = calloc(docs.count, sizeof *docs.ids);
        }
        assert_true(column_id(s, 1, &docs.ids[docid]));
    }
    assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
    return docs;
}

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, UUID_BYTES);
}

/* Services of each token, in order of their ids; every posting is of a word, and of rows. */
static void dump_word(const char *word, const struct set *set, const struct docs *docs,
                      struct text *out)
{
    size_t count = set_count(set), n = 0;
    struct uuid *ids = calloc(count + 1, sizeof *ids);
    for (size_t doc = set_next(set, 0); doc != SIZE_MAX; doc = set_next(set, doc + 1)) {
        assert_true(doc < docs->count);
        ids[n++] = docs->ids[doc];
    }
    qsort(ids, n, sizeof *ids, compare_ids);
    text_addf(out, "%s %d:", word, (int)n);
    for (size_t i = 0; i < n; i++) {
        char id[UUID_TEXT];
        uuid_format(&ids[i], id);
        text_addf(out, " %s", id);
    }
    text_addc(out, '\n');
    free(ids);
}

static void dump_postings(struct db *db, struct text *out)
{
    struct docs docs = read_docs(db);
    struct set set = set_new(docs.count / CHUNK_DOCS + 1);
    char word[512] = "";
    sqlite3_stmt *s = sql_prepare(db, "SELECT w.word, p.key, p.docs FROM search_posting p LEFT "
                                      "JOIN search_word w ON w.id = p.key >> 16 ORDER BY 1, 2");
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *of = column_text(s, 0);
        assert_true(*of != '\0' && strlen(of) < sizeof word);
        if (strcmp(of, word) != 0 && *word) {
            dump_word(word, &set, &docs, out);
            set_clear(&set);
        }
        strcpy(word, of);
        assert_true(posting_or(&set, (size_t)(sqlite3_column_int64(s, 1) & (CHUNK_DOCS - 1)),
                               sqlite3_column_blob(s, 2), (size_t)sqlite3_column_bytes(s, 2)));
    }
    dump_word(word, &set, &docs, out);
    assert_int_equal(sqlite3_finalize(s), SQLITE_OK);
    set_release(&set);
    free(docs.ids);
}

static void dump_index(struct db *db, struct text *out)
{
    dump_rows(db, "SELECT * FROM search_row ORDER BY service", out);
    dump_rows(db, "SELECT service FROM search_row ORDER BY order_km, service", out);
    dump_rows(db, "SELECT service FROM search_row ORDER BY order_en, service", out);
    dump_rows(db, "SELECT * FROM area_count ORDER BY area", out);
    dump_rows(db, "SELECT word, n FROM search_word ORDER BY word", out);
    dump_postings(db, out);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        dump_search(db, &queries[i], out);
    }
}

static void assert_same(const struct world *w, const struct text *a, const struct text *b)
{
    size_t at = 0, line = 0;
    while (at < a->len && a->bytes[at] == b->bytes[at]) {
        line = a->bytes[at++] == '\n' ? at : line;
    }
    if (at < a->len || at < b->len) {
        fail_msg("after %d changes: kept '%.200s' made anew '%.200s'", (int)w->done,
                 a->bytes + line, b->bytes + line);
    }
}

/* The index as it was kept, and as it would be made anew; the file keeps the first. */
static void check_index(const struct world *w)
{
    struct text kept = TEXT_INIT, anew = TEXT_INIT;
    dump_index(w->db, &kept);
    assert_int_equal(db_begin(w->db), STATUS_OK);
    assert_int_equal(search_rebuild(w->db), STATUS_OK);
    dump_index(w->db, &anew);
    db_rollback(w->db);
    assert_same(w, &kept, &anew);
    text_release(&kept);
    text_release(&anew);
}

static void check_counts(const struct world *w)
{
    sqlite3_stmt *located = sql_prepare(w->db, SQL_LOCATED),
                 *covering = sql_prepare(w->db, SQL_COVERING);
    for (size_t i = 0; i + 1 < AREAS; i++) {
        struct area_list list;
        assert_int_equal(area_find(w->db, areas[i], &list), STATUS_OK);
        assert_int_equal(list.rows[0].located, sql_count(located, areas[i]));
        assert_int_equal(list.rows[0].covering, sql_count(covering, areas[i]));
        area_list_release(&list);
    }
    int64_t national;
    assert_int_equal(area_national(w->db, &national), STATUS_OK);
    assert_int_equal(national, sql_count(covering, "KH"));
    sqlite3_finalize(located);
    sqlite3_finalize(covering);
}

/* Folding the log again changes nothing, neither in the tables nor in the index. */
static void check_fold(const struct world *w)
{
    struct text kept = TEXT_INIT, folded = TEXT_INIT;
    uint8_t before[SHA256_BYTES], after[SHA256_BYTES];
    dump_index(w->db, &kept);
    assert_int_equal(op_state_hash(w->db, before), STATUS_OK);
    assert_int_equal(op_fold_all(w->db), STATUS_OK);
    assert_int_equal(op_state_hash(w->db, after), STATUS_OK);
    assert_memory_equal(before, after, SHA256_BYTES);
    dump_index(w->db, &folded);
    assert_same(w, &kept, &folded);
    text_release(&kept);
    text_release(&folded);
}

/* --- tests --------------------------------------------------------------------------------------
 */

static void run_changes(struct world *w, uint64_t seed, size_t changes)
{
    w->random = seed;
    while (w->done < changes) {
        change_something(w);
        check_index(w);
        if (w->done % 10 == 0) {
            check_counts(w);
        }
        if (w->done % 60 == 0) {
            check_fold(w);
        }
    }
    check_fold(w);
    assert_int_equal(op_check_chain(w->db), STATUS_OK);
    assert_true(w->refused * 4 < w->done); /* most changes were changes */
    assert_in_range(w->count[slot_of(RECORD_SERVICE)], POOL / 3, POOL);
}

static void the_index_follows_every_change(void **state)
{
    struct world *w = *state;
    run_changes(w, 0x2545F4914F6CDD1D, 180);
}

static void the_index_follows_every_change_in_another_order(void **state)
{
    struct world *w = *state;
    run_changes(w, 0x9E3779B97F4A7C15, 120);
}

/* Several changes in one transaction, some of them undone. */
static void a_change_undone_leaves_the_index_as_it_was(void **state)
{
    struct world *w = *state;
    w->random = 0xD1B54A32D192ED03;
    while (w->done < 80) {
        change_something(w);
    }
    for (size_t round = 0; round < 25; round++) {
        struct text before = TEXT_INIT, after = TEXT_INIT;
        size_t count[KINDS_USED];
        memcpy(count, w->count, sizeof count);
        dump_index(w->db, &before);
        assert_int_equal(db_begin(w->db), STATUS_OK);
        for (size_t i = 0; i < 6; i++) {
            change_something(w);
        }
        db_rollback(w->db);
        memcpy(w->count, count, sizeof count);
        dump_index(w->db, &after);
        assert_same(w, &before, &after);
        check_index(w);
        assert_int_equal(db_begin(w->db), STATUS_OK);
        for (size_t i = 0; i < 6; i++) {
            change_something(w);
        }
        assert_int_equal(db_commit(w->db), STATUS_OK);
        check_index(w);
        text_release(&before);
        text_release(&after);
    }
    check_counts(w);
}

/* A refused change leaves no trace in the index. */
static void a_refused_change_leaves_the_index_as_it_was(void **state)
{
    struct world *w = *state;
    w->random = 7;
    while (w->done < 60) {
        change_something(w);
    }
    struct text before = TEXT_INIT, after = TEXT_INIT;
    const struct uuid *service = &w->pool[slot_of(RECORD_SERVICE)][0];
    const struct uuid *phone = &w->pool[slot_of(RECORD_PHONE)][0];
    struct field_value ages[] = {fixture_int(FIELD_ID(SERVICE, minimum_age), 20),
                                 fixture_int(FIELD_ID(SERVICE, maximum_age), 10)};
    struct field_value number[] = {fixture_text(FIELD_ID(PHONE, number), "not a number")};
    struct field_value owner[] = {fixture_id(FIELD_ID(PHONE, owner), uuid_from_name("nobody"))};
    dump_index(w->db, &before);
    assert_int_equal(fixture_change(w->db, OP_SET, RECORD_SERVICE, *service, ages, 2, NULL),
                     STATUS_INVALID);
    assert_int_equal(fixture_change(w->db, OP_SET, RECORD_PHONE, *phone, number, 1, NULL),
                     STATUS_INVALID);
    assert_int_equal(fixture_change(w->db, OP_SET, RECORD_PHONE, *phone, owner, 1, NULL),
                     STATUS_INVALID);
    dump_index(w->db, &after);
    assert_same(w, &before, &after);
    check_index(w);
    text_release(&before);
    text_release(&after);
}

/* Another process's index is used as it is; a second connection sees the same. */
static void a_second_connection_sees_the_same_index(void **state)
{
    struct world *w = *state;
    struct db *other;
    w->random = 11;
    while (w->done < 60) {
        change_something(w);
    }
    assert_int_equal(db_open(w->path, DB_READ_WRITE, &other, NULL), STATUS_OK);
    for (size_t i = 0; i < 20; i++) {
        change_something(w);
        for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
            struct text a = TEXT_INIT, b = TEXT_INIT;
            dump_search(w->db, &queries[q], &a);
            dump_search(other, &queries[q], &b);
            assert_same(w, &a, &b);
            text_release(&a);
            text_release(&b);
        }
    }
    db_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_index_follows_every_change, setup, teardown),
        cmocka_unit_test_setup_teardown(the_index_follows_every_change_in_another_order, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_change_undone_leaves_the_index_as_it_was, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_refused_change_leaves_the_index_as_it_was, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_second_connection_sees_the_same_index, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
