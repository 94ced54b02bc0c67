/* A hundred invented services of every sort beside the born directory: ages, sexes, statuses,
 * places, areas, kinds, numbers and hours drawn from a fixed sequence. */
#ifndef TESTS_DB_INVENTED_H
#define TESTS_DB_INVENTED_H

#include "seeded.h"

enum { INVENTED = 100 };

static const char *const invented_areas[] = {"07",   "0703",   "070303", "12",
                                             "1203", "120301", "010203", "25"};
static const char *const invented_terms[] = {"A2", "A1", "A3", "C4", "D1", "D3", "F1", "H2"};
static const char *const invented_numbers[] = {"1299", "012 311 999", "023 218 111",
                                               "+66 2 123 4567"};

static uint64_t invented_randomness = 0x2545F4914F6CDD1D;

static inline size_t invented_below(size_t n)
{
    return random_below(&invented_randomness, n);
}

static inline struct uuid invented_add(struct db *db, enum record_kind kind,
                                       const struct field_value *f, size_t n)
{
    static int made;
    char name[32];
    snprintf(name, sizeof name, "invented/%d", made++);
    struct uuid id = uuid_from_name(name);
    int bad = 0;
    db->keeps_open = true; /* as older versions stored what is confidential */
    if (fixture_change(db, OP_CREATE, kind, id, f, n, &bad) != STATUS_OK) {
        fail_msg("%s: field %d: %s", kind_name(kind), bad, db_error(db));
    }
    return id;
}

static inline void invented_add_phone_and_hours(struct db *db, struct uuid owner)
{
    struct field_value phone[] = {
        fixture_id(FIELD_ID(PHONE, owner), owner),
        fixture_text(FIELD_ID(PHONE, number), invented_numbers[invented_below(4)]),
        fixture_int(FIELD_ID(PHONE, confidentiality), invented_below(4) ? 0 : 1),
    };
    struct field_value hours[6] = {
        fixture_id(FIELD_ID(SCHEDULE, owner), owner),
        fixture_int(FIELD_ID(SCHEDULE, days), 127),
        fixture_int(FIELD_ID(SCHEDULE, all_day),
                    invented_below(2) ? VALUE_ANSWER_YES : VALUE_ANSWER_NO),
    };
    struct field_value access[] = {
        fixture_id(FIELD_ID(ACCESSIBILITY, owner), owner),
        fixture_text(FIELD_ID(ACCESSIBILITY, description_en), "A ramp leads to the door."),
    };
    size_t count = 3;
    if (invented_below(2)) {
        (void)invented_add(db, RECORD_PHONE, phone, 3);
    }
    if (invented_below(2)) {
        (void)invented_add(db, RECORD_SCHEDULE, hours, count);
    }
    if (invented_below(2)) { /* Wednesday is day 2 */
        hours[1] = fixture_int(FIELD_ID(SCHEDULE, days), invented_below(2) ? 31 : 27);
        hours[2] = fixture_int(FIELD_ID(SCHEDULE, opens), 450 + 120 * (int64_t)invented_below(3));
        hours[count++] = fixture_int(FIELD_ID(SCHEDULE, closes), 720);
        if (invented_below(3) == 0) {
            hours[count++] = fixture_text(FIELD_ID(SCHEDULE, valid_from),
                                          invented_below(2) ? "2026-01-01" : "2026-08-01");
        }
        (void)invented_add(db, RECORD_SCHEDULE, hours, count);
    }
    if (invented_below(4) == 0) {
        (void)invented_add(db, RECORD_ACCESSIBILITY, access, 2);
    }
}

static inline void invented_add_service(struct db *db, size_t n)
{
    char name[64], body[64];
    snprintf(name, sizeof name, "Lantern service %d", (int)n);
    snprintf(body, sizeof body, "Lantern house %d", (int)n);
    struct field_value of[] = {
        fixture_text(FIELD_ID(ORGANIZATION, name_en), body),
        fixture_int(FIELD_ID(ORGANIZATION, sector), 1 + (int64_t)invented_below(5)),
    };
    struct uuid organization = invented_add(db, RECORD_ORGANIZATION, of, 2);
    struct field_value f[8] = {
        fixture_text(FIELD_ID(SERVICE, name_en), name),
        fixture_id(FIELD_ID(SERVICE, organization), organization),
        fixture_int(FIELD_STATUS,
                    invented_below(2) ? VALUE_STATUS_ACTIVE : 1 + (int64_t)invented_below(4)),
    };
    size_t count = 3;
    if (invented_below(2)) {
        f[count++] = fixture_int(FIELD_ID(SERVICE, minimum_age), (int64_t)invented_below(12));
    }
    if (invented_below(2)) {
        f[count++] = fixture_int(FIELD_ID(SERVICE, maximum_age), 12 + (int64_t)invented_below(12));
    }
    if (invented_below(2)) {
        f[count++] = fixture_int(FIELD_ID(SERVICE, sex), 1 + (int64_t)invented_below(3));
    }
    struct uuid service = invented_add(db, RECORD_SERVICE, f, count);
    struct uuid owners[3] = {service, organization, service};
    for (size_t i = invented_below(3); i > 0; i--) {
        struct field_value l[] = {
            fixture_text(FIELD_ID(LOCATION, name_en), body),
            fixture_text(FIELD_ID(LOCATION, area), invented_areas[invented_below(8)]),
            fixture_int(FIELD_ID(LOCATION, confidentiality), invented_below(4) ? 0 : 2)};
        struct uuid location = invented_add(db, RECORD_LOCATION, l, 3);
        struct field_value at[] = {fixture_id(FIELD_ID(SERVICE_AT_LOCATION, service), service),
                                   fixture_id(FIELD_ID(SERVICE_AT_LOCATION, location), location)};
        (void)invented_add(db, RECORD_SERVICE_AT_LOCATION, at, 2);
        owners[2] = location;
    }
    for (size_t i = invented_below(3); i > 0; i--) {
        struct field_value a[] = {
            fixture_id(FIELD_ID(SERVICE_AREA, service), service),
            fixture_text(FIELD_ID(SERVICE_AREA, area),
                         invented_below(6) ? invented_areas[invented_below(8)] : "KH")};
        (void)invented_add(db, RECORD_SERVICE_AREA, a, 2);
    }
    for (size_t i = invented_below(3); i > 0; i--) {
        struct field_value t[] = {
            fixture_id(FIELD_ID(TERM_LINK, record), service),
            fixture_text(FIELD_ID(TERM_LINK, term), invented_terms[invented_below(8)]),
            fixture_int(FIELD_ID(TERM_LINK, type),
                        invented_below(5) ? VALUE_LINK_TYPE_SERVICE_TYPE : VALUE_LINK_TYPE_NEED)};
        (void)invented_add(db, RECORD_TERM_LINK, t, 3);
    }
    invented_add_phone_and_hours(db, owners[invented_below(3)]);
}

static inline struct db *invented_open(const char *path)
{
    struct db *db = seeded_open(path);
    assert_int_equal(db_begin(db), STATUS_OK);
    for (size_t i = 0; i < INVENTED; i++) {
        invented_add_service(db, i);
    }
    assert_int_equal(db_commit(db), STATUS_OK);
    return db;
}

#endif
