/* What tests of db/ share: a small directory of their own in TMPDIR, with a fixed clock. */
#ifndef TESTS_DB_FIXTURE_H
#define TESTS_DB_FIXTURE_H

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/area.h"
#include "db/db.h"
#include "db/internal.h"
#include "db/op.h"
#include "db/term.h"

enum { FIXTURE_PATH = 512 };

static int64_t fixture_now(void *context)
{
    return *(int64_t *)context;
}

static int64_t fixture_ms = 1782000000000; /* 2026-06-21 */

static inline void fixture_path(char path[FIXTURE_PATH], const char *name)
{
    const char *dir = getenv("TMPDIR");
    snprintf(path, FIXTURE_PATH, "%s/%s-%ld.db", dir ? dir : "/tmp", name, (long)getpid());
}

static inline void fixture_remove(const char *path)
{
    char other[2 * FIXTURE_PATH];
    unlink(path);
    snprintf(other, sizeof other, "%s-wal", path);
    unlink(other);
    snprintf(other, sizeof other, "%s-shm", path);
    unlink(other);
}

/* An empty directory with a province, a district, a commune, two kinds of service and a replica. */
static inline struct db *fixture_open(const char *path)
{
    struct db *db;
    fixture_remove(path);
    assert_int_equal(db_make_empty(path, &db, NULL), STATUS_OK);
    db_set_clock(db, fixture_now, &fixture_ms);
    assert_int_equal(area_put(db, "07", AREA_PROVINCE, "កំពត", "Kampot"), STATUS_OK);
    assert_int_equal(area_put(db, "0702", AREA_DISTRICT, "ឈូក", "Chhuk"), STATUS_OK);
    assert_int_equal(area_put(db, "070203", AREA_COMMUNE, "បឹងនិមល", "Boeng Nimol"), STATUS_OK);
    struct term a = {"A", "", "ក", "Emergency", 7, true, "", "", "", "", 0};
    struct term a1 = {"A1", "A", "ទូរស័ព្ទបន្ទាន់", "Hotline", 7, true, "", "", "", "", 1};
    assert_int_equal(term_put(db, &a), STATUS_OK);
    assert_int_equal(term_put(db, &a1), STATUS_OK);
    assert_int_equal(op_new_replica(db), STATUS_OK);
    return db;
}

static inline struct field_value fixture_text(int field, const char *text)
{
    return (struct field_value){field,
                                {.type = VALUE_TEXT, .text = {.bytes = text, .len = strlen(text)}}};
}

static inline struct field_value fixture_int(int field, int64_t n)
{
    return (struct field_value){field, {.type = VALUE_INT, .integer = n}};
}

static inline struct field_value fixture_id(int field, struct uuid id)
{
    return (struct field_value){field, {.type = VALUE_ID, .id = id}};
}

static inline enum status fixture_change(struct db *db, enum op_kind kind,
                                         enum record_kind record_kind, struct uuid id,
                                         const struct field_value *fields, size_t count,
                                         int *ret_bad)
{
    struct change c = {.kind = kind,
                       .record_kind = record_kind,
                       .record = id,
                       .area = "07",
                       .fields = fields,
                       .field_count = count,
                       .actor = "test",
                       .reason = ""};
    return op_append(db, &c, ret_bad);
}

#endif
