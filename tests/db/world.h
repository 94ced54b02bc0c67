/* A small directory that changes at random: records of every kind the search index reads are made,
 * changed, moved, closed, reopened and verified, mostly in ways that are allowed. */
#ifndef TESTS_DB_WORLD_H
#define TESTS_DB_WORLD_H

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

static inline void add_reference_tables(struct db *db)
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
        {"A2", "A", "នគរបាល", "Police", 4, true, "", "", "", "", 2},
        {"B", "", "អាជ្ញាធរដែនដី", "Local authority", 0, true, "", "", "", "", 0},
        {"B1", "B", "គណៈកម្មាធិការ", "Committee for children", 7, true, "", "", "", "", 3},
        {"B2", "B", "ការិយាល័យសង្គមកិច្ច", "Social affairs office", 6, true, "", "", "", "", 4},
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

static inline int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    fixture_path(w->path, "index");
    w->db = fixture_open(w->path);
    w->db->keeps_open = true; /* as older versions stored what is confidential */
    add_reference_tables(w->db);
    assert_int_equal(db_exec(w->db, "PRAGMA synchronous = OFF"), STATUS_OK); /* no power cut here */
    *state = w;
    return 0;
}

static inline int teardown(void **state)
{
    struct world *w = *state;
    db_close(w->db);
    fixture_remove(w->path);
    free(w);
    return 0;
}

/* --- random changes ----------------------------------------------------------------------------
 */

static inline size_t below(struct world *w, size_t n)
{
    return random_below(&w->random, n);
}

static inline size_t slot_of(enum record_kind kind)
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
static inline bool wants(struct world *w, const struct fields *f, bool needed)
{
    return f->whole && needed ? true : below(w, 2) == 0;
}

static inline void put_null(struct fields *f, int field)
{
    f->rows[f->count++] = (struct field_value){field, {.type = VALUE_NULL}};
}

static inline void put_text(struct world *w, struct fields *f, int field, bool needed,
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

static inline void put_number(struct world *w, struct fields *f, int field, bool needed,
                              int64_t low, size_t count)
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
static inline void put_record(struct world *w, struct fields *f, int field, bool needed,
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

static inline void put_owner(struct world *w, struct fields *f, int field)
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

static inline void fill(struct world *w, enum record_kind kind, struct fields *f)
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

static inline void append(struct world *w, enum op_kind op, enum record_kind kind,
                          const struct uuid *id, const struct fields *f)
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

static inline void create(struct world *w, size_t slot)
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

static inline void verify(struct world *w, enum record_kind kind, const struct uuid *id)
{
    struct fields f = {.count = 2};
    f.rows[0] = fixture_int(VERIFY_METHOD, 1 + (int64_t)below(w, 4));
    f.rows[1] = fixture_int(VERIFY_RESULT, 1 + (int64_t)below(w, 4));
    append(w, OP_VERIFY, kind, id, &f);
}

static inline void change_something(struct world *w)
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

#endif
