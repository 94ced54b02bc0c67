/* What tests of saves share: entries made in one save, and state hashes. */
#ifndef TESTS_DB_SAVING_H
#define TESTS_DB_SAVING_H

#include "fixture.h"

#include "db/detail.h"
#include "db/history.h"
#include "db/merge.h"
#include "db/undo.h"

static inline struct uuid saving_id(void)
{
    struct uuid id;
    assert_int_equal(uuid_new(fixture_ms, &id), STATUS_OK);
    return id;
}

static inline struct change saving_change(enum op_kind kind, enum record_kind record_kind,
                                          struct uuid id, const struct field_value *fields,
                                          size_t count)
{
    return (struct change){kind, record_kind, id, "0702", fields, count, NULL, "Sok", ""};
}

static inline struct op_ref saving_save(struct db *db, const struct change *changes, size_t count)
{
    struct op_refusal refusal = {0};
    struct op_ref save = {0};
    fixture_ms += 1000;
    enum status status = op_append_all(db, changes, count, &refusal, &save);
    if (status != STATUS_OK)
        fail_msg("refused: %d change %d field %d: %s", (int)status, (int)refusal.change,
                 refusal.field, db_error(db));
    return save;
}

static inline struct op_ref saving_one(struct db *db, enum op_kind kind,
                                       enum record_kind record_kind, struct uuid id,
                                       const struct field_value *fields, size_t count)
{
    struct change c = saving_change(kind, record_kind, id, fields, count);
    return saving_save(db, &c, 1);
}

static inline void saving_hash(struct db *db, uint8_t hash[SHA256_BYTES])
{
    if (op_state_hash(db, hash) != STATUS_OK)
        fail_msg("state hash: %s", db_error(db));
}

/* An organization, its service and a telephone of the service. */
struct entry {
    struct uuid organization, service, phone, area;
};

/* The service before what it points to: the order of a save's parts does not matter. */
static inline struct op_ref saving_entry(struct db *db, const char *name, const char *number,
                                         struct entry *ret_entry)
{
    struct entry e = {saving_id(), saving_id(), saving_id(), saving_id()};
    struct field_value service[] = {fixture_text(FIELD_ID(SERVICE, name_en), name),
                                    fixture_id(FIELD_ID(SERVICE, organization), e.organization)};
    struct field_value organization[] = {fixture_text(FIELD_ID(ORGANIZATION, name_en), name)};
    struct field_value phone[] = {fixture_text(FIELD_ID(PHONE, number), number),
                                  fixture_id(FIELD_ID(PHONE, owner), e.service)};
    struct field_value area[] = {fixture_text(FIELD_ID(SERVICE_AREA, area), "070203"),
                                 fixture_id(FIELD_ID(SERVICE_AREA, service), e.service)};
    struct change changes[] = {
        saving_change(OP_CREATE, RECORD_SERVICE, e.service, service, 2),
        saving_change(OP_CREATE, RECORD_PHONE, e.phone, phone, 2),
        saving_change(OP_CREATE, RECORD_SERVICE_AREA, e.area, area, 2),
        saving_change(OP_CREATE, RECORD_ORGANIZATION, e.organization, organization, 1),
    };
    *ret_entry = e;
    return saving_save(db, changes, 4);
}

static inline void saving_set_text(struct db *db, enum record_kind kind, struct uuid id, int field,
                                   const char *text, struct op_ref *ret_save)
{
    struct field_value f[] = {fixture_text(field, text)};
    struct op_ref save = saving_one(db, OP_SET, kind, id, f, 1);
    if (ret_save)
        *ret_save = save;
}

static inline struct op_ref saving_verify(struct db *db, struct uuid service, int result)
{
    struct field_value f[] = {fixture_int(VERIFY_METHOD, VALUE_METHOD_PHONE),
                              fixture_int(VERIFY_RESULT, result)};
    return saving_one(db, OP_VERIFY, RECORD_SERVICE, service, f, 2);
}

static inline enum status saving_undo(struct db *db, struct op_ref save, enum undo_reason *ret_why)
{
    struct undo_blocks blocks = {0};
    fixture_ms += 1000;
    enum status status = undo_save(db, &save, "Dara", "", &blocks, NULL);
    if (status == STATUS_CONFLICT && ret_why)
        *ret_why = blocks.rows[0].reason;
    undo_blocks_release(&blocks);
    return status;
}

#endif
