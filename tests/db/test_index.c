/* The search index under change: whatever is appended to the log, in whatever order, the index and
 * the lists and counts made from it are those of an index made anew. */
#include "seeded.h"

#include "db/search.h"

enum { KINDS_USED = 8, POOL = 16, FIELDS_MOST = 12 };

static const enum record_kind kinds_used[KINDS_USED] = {
    RECORD_ORGANIZATION, RECORD_SERVICE, RECORD_LOCATION, RECORD_SERVICE_AT_LOCATION,
    RECORD_SERVICE_AREA, RECORD_PHONE,   RECORD_SCHEDULE, RECORD_TERM_LINK};

/* A directory and what is known of it, enough to make changes that are mostly allowed. */
struct world {
    char path[FIXTURE_PATH];
    struct db *db;
    uint64_t random;
    struct uuid pool[KINDS_USED][POOL];
    size_t count[KINDS_USED];
    size_t done, refused;
};

static const char *const areas[] = {"07",     "0702", "070203", "070204", "0703",
                                    "070301", "08",   "0801",   "080101", "KH"};
enum { AREAS = sizeof areas / sizeof *areas };
static const char *const terms[] = {"A", "A1", "A2", "B1", "B2"};
enum { TERMS = sizeof terms / sizeof *terms };

static void add_reference_tables(struct db *db)
{
    static const struct {
        const char *code;
        enum area_kind kind;
        const char *km, *en;
    } units[] = {
        {"070204", AREA_COMMUNE, "ព្រៃទន្លេ", "Prey Tonle"},
        {"0703", AREA_DISTRICT, "ដងទង់", "Dang Tong"},
        {"070301", AREA_COMMUNE, "ដំណាក់សុក្រំ", "Damnak Sokram"},
        {"08", AREA_PROVINCE, "កណ្តាល", "Kandal"},
        {"0801", AREA_DISTRICT, "កណ្តាលស្ទឹង", "Kandal Stueng"},
        {"080101", AREA_COMMUNE, "អំពៅព្រៃ", "Ampov Prey"},
    };
    static const struct term more[] = {
        {"A2", "A", "នគរបាល", "Police", 4, true, "", "", "", ""},
        {"B", "", "អាជ្ញាធរដែនដី", "Local authority", 0, true, "", "", "", ""},
        {"B1", "B", "គណៈកម្មាធិការ", "Committee for children", 7, true, "", "", "", ""},
        {"B2", "B", "ការិយាល័យសង្គមកិច្ច", "Social affairs office", 6, true, "", "", "", ""},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        assert_int_equal(area_put(db, units[i].code, units[i].kind, units[i].km, units[i].en),
                         STATUS_OK);
    }
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        assert_int_equal(term_put(db, &more[i]), STATUS_OK);
    }
    assert_int_equal(search_rebuild(db), STATUS_OK); /* as when the gazetteer changes */
}

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    fixture_path(w->path, "index");
    w->db = fixture_open(w->path);
    add_reference_tables(w->db);
    assert_int_equal(db_exec(w->db, "PRAGMA synchronous = OFF"), STATUS_OK); /* no power cut here */
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    db_close(w->db);
    fixture_remove(w->path);
    free(w);
    return 0;
}

/* --- random changes ----------------------------------------------------------------------------
 */

static size_t below(struct world *w, size_t n)
{
    return random_below(&w->random, n);
}

static size_t slot_of(enum record_kind kind)
{
    for (size_t i = 0; i < KINDS_USED; i++) {
        if (kinds_used[i] == kind) {
            return i;
        }
    }
    fail_msg("kind %d is not used here", (int)kind);
    return 0;
}

struct fields {
    struct field_value rows[FIELDS_MOST];
    size_t count;
    bool whole; /* a new record: all that is needed must be there */
};

/* Needed fields always when whole, others every other time. */
static bool wants(struct world *w, const struct fields *f, bool needed)
{
    return f->whole && needed ? true : below(w, 2) == 0;
}

static void put_null(struct fields *f, int field)
{
    f->rows[f->count++] = (struct field_value){field, {.type = VALUE_NULL}};
}

static void put_text(struct world *w, struct fields *f, int field, bool needed,
                     const char *const *choices, size_t count)
{
    if (!wants(w, f, needed)) {
        return;
    }
    size_t choice = below(w, needed ? count : count + 1);
    if (choice == count) {
        put_null(f, field);
    } else {
        f->rows[f->count++] = fixture_text(field, choices[choice]);
    }
}

static void put_number(struct world *w, struct fields *f, int field, bool needed, int64_t low,
                       size_t count)
{
    if (!wants(w, f, needed)) {
        return;
    }
    if (!needed && below(w, 4) == 0) {
        put_null(f, field);
    } else {
        f->rows[f->count++] = fixture_int(field, low + (int64_t)below(w, count));
    }
}

/* A record of the kind, NULL now and then where it need not be there. */
static void put_record(struct world *w, struct fields *f, int field, bool needed,
                       enum record_kind kind)
{
    size_t slot = slot_of(kind);
    if (!wants(w, f, needed) || !w->count[slot]) {
        return;
    }
    if (!needed && below(w, 4) == 0) {
        put_null(f, field);
    } else {
        f->rows[f->count++] = fixture_id(field, w->pool[slot][below(w, w->count[slot])]);
    }
}

static void put_owner(struct world *w, struct fields *f, int field)
{
    static const enum record_kind owners[] = {RECORD_SERVICE, RECORD_LOCATION, RECORD_ORGANIZATION};
    put_record(w, f, field, true, owners[below(w, 3)]);
}

static const char *const names_km[] = {
    "មជ្ឈមណ្ឌលកុមារ", "ការិយាល័យសង្គមកិច្ច ឈូក", "បណ្តាញទូរស័ព្ទ", "ស្ត្រី និងកុមារ", "កុមារ", "ផ្ទះសុវត្ថិភាព"};
static const char *const names_en[] = {"Child Centre", "Chhuk Social Affairs",
                                       "Helpline",     "Women and Children",
                                       "child centre", "Safe House 7"};
static const char *const prose[] = {"Counsels children and their parents.", "ជួយកុមារ និងគ្រួសារ",
                                    "Kandal and Kampot \"only\" (by letter)", "a"};
static const char *const numbers[] = {"1280", "012 311 112", "023 218 653", "117", "077455516"};
static const char *const short_names[] = {"C.C.W.C", "គ.ក.ន.ក", "NGO"};

#define LIST(name) name, sizeof name / sizeof *name

static void fill(struct world *w, enum record_kind kind, struct fields *f)
{
    switch (kind) {
    case RECORD_ORGANIZATION:
        put_text(w, f, FIELD_ID(ORGANIZATION, name_km), true, LIST(names_km));
        put_text(w, f, FIELD_ID(ORGANIZATION, name_en), false, LIST(names_en));
        put_text(w, f, FIELD_ID(ORGANIZATION, abbreviation_en), false, LIST(short_names));
        break;
    case RECORD_SERVICE:
        put_text(w, f, FIELD_ID(SERVICE, name_km), false, LIST(names_km));
        put_text(w, f, FIELD_ID(SERVICE, name_en), true, LIST(names_en));
        put_record(w, f, FIELD_ID(SERVICE, organization), true, RECORD_ORGANIZATION);
        put_text(w, f, FIELD_ID(SERVICE, description_en), false, LIST(prose));
        put_text(w, f, FIELD_ID(SERVICE, eligibility_km), false, LIST(prose));
        put_number(w, f, FIELD_ID(SERVICE, minimum_age), false, 0, 12);
        put_number(w, f, FIELD_ID(SERVICE, maximum_age), false, 10, 15);
        put_number(w, f, FIELD_ID(SERVICE, sex), false, 1, 3);
        put_number(w, f, FIELD_ID(SERVICE, confidence), false, 1, 5);
        break;
    case RECORD_LOCATION:
        put_record(w, f, FIELD_ID(LOCATION, organization), false, RECORD_ORGANIZATION);
        put_text(w, f, FIELD_ID(LOCATION, area), true, areas, AREAS - 1);
        put_text(w, f, FIELD_ID(LOCATION, name_en), true, LIST(names_en));
        put_text(w, f, FIELD_ID(LOCATION, address_en), false, LIST(prose));
        put_number(w, f, FIELD_ID(LOCATION, confidentiality), false, 0, 3);
        break;
    case RECORD_SERVICE_AT_LOCATION:
        put_record(w, f, FIELD_ID(SERVICE_AT_LOCATION, service), true, RECORD_SERVICE);
        put_record(w, f, FIELD_ID(SERVICE_AT_LOCATION, location), true, RECORD_LOCATION);
        break;
    case RECORD_SERVICE_AREA:
        put_record(w, f, FIELD_ID(SERVICE_AREA, service), true, RECORD_SERVICE);
        put_text(w, f, FIELD_ID(SERVICE_AREA, area), true, areas, AREAS);
        break;
    case RECORD_PHONE:
        put_owner(w, f, FIELD_ID(PHONE, owner));
        put_text(w, f, FIELD_ID(PHONE, number), true, LIST(numbers));
        put_number(w, f, FIELD_ID(PHONE, kind), false, 1, 5);
        put_number(w, f, FIELD_ID(PHONE, confidentiality), false, 0, 3);
        put_number(w, f, FIELD_ID(PHONE, confidence), false, 1, 5);
        break;
    case RECORD_SCHEDULE:
        put_owner(w, f, FIELD_ID(SCHEDULE, owner));
        put_number(w, f, FIELD_ID(SCHEDULE, days), true, 1, 127);
        put_number(w, f, FIELD_ID(SCHEDULE, all_day), false, 1, 3);
        break;
    case RECORD_TERM_LINK:
        put_record(w, f, FIELD_ID(TERM_LINK, record), true, RECORD_SERVICE);
        put_text(w, f, FIELD_ID(TERM_LINK, term), true, terms, TERMS);
        put_number(w, f, FIELD_ID(TERM_LINK, type), true, 1, 2);
        break;
    default:
        fail();
    }
    if (below(w, 6) == 0) {
        f->rows[f->count++] = fixture_int(FIELD_STATUS, 1 + (int64_t)below(w, 4));
    }
}

static void append(struct world *w, enum op_kind op, enum record_kind kind, const struct uuid *id,
                   const struct fields *f)
{
    int bad = 0;
    enum status status = fixture_change(w->db, op, kind, *id, f->rows, f->count, &bad);
    if (status == STATUS_INVALID) {
        w->refused++;
    } else if (status != STATUS_OK) {
        fail_msg("op %d on %s: status %d: %s", (int)op, kind_name(kind), (int)status,
                 db_error(w->db));
    }
    w->done++;
}

static void create(struct world *w, size_t slot)
{
    struct fields f = {.whole = true};
    struct uuid id;
    char name[64];
    snprintf(name, sizeof name, "test/%d/%d", (int)slot, (int)w->count[slot]);
    id = uuid_from_name(name);
    fill(w, kinds_used[slot], &f);
    size_t refused = w->refused;
    append(w, OP_CREATE, kinds_used[slot], &id, &f);
    if (w->refused == refused) {
        w->pool[slot][w->count[slot]++] = id;
    }
}

static void verify(struct world *w, enum record_kind kind, const struct uuid *id)
{
    struct fields f = {.count = 2};
    f.rows[0] = fixture_int(VERIFY_METHOD, 1 + (int64_t)below(w, 4));
    f.rows[1] = fixture_int(VERIFY_RESULT, 1 + (int64_t)below(w, 4));
    append(w, OP_VERIFY, kind, id, &f);
}

static void change_something(struct world *w)
{
    size_t slot = below(w, KINDS_USED + 2);
    if (slot >= KINDS_USED) {
        slot = slot_of(RECORD_SERVICE);
    }
    if (!w->count[slot] || (w->count[slot] < POOL && below(w, 3) == 0)) {
        create(w, slot);
        return;
    }
    enum record_kind kind = kinds_used[slot];
    const struct uuid *id = &w->pool[slot][below(w, w->count[slot])];
    struct fields f = {0};
    switch (below(w, 8)) {
    case 0:
        append(w, OP_CLOSE, kind, id, &f);
        break;
    case 1:
    case 2:
        append(w, OP_REOPEN, kind, id, &f);
        break;
    case 3:
        verify(w, kind, id);
        break;
    default:
        fill(w, kind, &f);
        if (f.count) {
            append(w, OP_SET, kind, id, &f);
        }
    }
}

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

static void dump_search(struct db *db, const struct query *query, struct text *out)
{
    struct result result;
    assert_int_equal(search_run(db, query, &result), STATUS_OK);
    text_addf(out, "'%s' %d: '%s' widened %d more %d\n", query->words, (int)query->lang,
              result.text, result.widened, result.more);
    for (size_t i = 0; i < result.filter_count; i++) {
        text_addf(out, " filter %d %s\n", (int)result.filters[i].kind, result.filters[i].value);
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

static void dump_index(struct db *db, struct text *out)
{
    dump_rows(db, "SELECT * FROM search_row ORDER BY service", out);
    dump_rows(db, "SELECT service FROM search_row ORDER BY order_km, service", out);
    dump_rows(db, "SELECT service FROM search_row ORDER BY order_en, service", out);
    dump_rows(db,
              "SELECT l.list, l.rank, r.service, l.kinds, l.facets FROM search_list l "
              "LEFT JOIN search_row r ON r.docid = l.docid ORDER BY 1, 2, 3",
              out);
    dump_rows(db, "SELECT * FROM area_count ORDER BY area", out);
    dump_rows(db, "SELECT * FROM search_word ORDER BY word", out);
    dump_rows(db,
              "SELECT t.term, r.service FROM token t LEFT JOIN search_row r ON r.docid = t.doc "
              "ORDER BY 1, 2",
              out);
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
    if (db_exec(w->db, "INSERT INTO search_text (search_text) VALUES ('integrity-check')") !=
        STATUS_OK) {
        fail_msg("after %d changes: %s", (int)w->done, db_error(w->db));
    }
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

static void watch_tokens(struct world *w)
{
    assert_int_equal(
        db_exec(w->db,
                "CREATE VIRTUAL TABLE temp.token USING fts5vocab(main, search_text, instance)"),
        STATUS_OK);
}

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
    watch_tokens(w);
    run_changes(w, 0x2545F4914F6CDD1D, 180);
}

static void the_index_follows_every_change_in_another_order(void **state)
{
    struct world *w = *state;
    watch_tokens(w);
    run_changes(w, 0x9E3779B97F4A7C15, 120);
}

/* Several changes in one transaction, some of them undone. */
static void a_change_undone_leaves_the_index_as_it_was(void **state)
{
    struct world *w = *state;
    watch_tokens(w);
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
    watch_tokens(w);
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
    watch_tokens(w);
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
