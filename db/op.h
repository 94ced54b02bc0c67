/* The log: every change is an op, appended and never altered; the readable tables are its fold.
 * (design: happened-before comes from `seen`, never from clocks.) */
#ifndef DB_OP_H
#define DB_OP_H

#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "db/record.h"
#include "db/uuid.h"

/* The hybrid clock of an op: milliseconds since 1970 above, a counter in the lowest bits. */
enum { HLC_SHIFT = 16 };
/* Its day in Cambodia, in days since 1970. */
int64_t op_day(int64_t hlc);

enum op_kind {
    OP_CREATE = 1,
    OP_SET = 2,
    OP_CLOSE = 3,  /* fields: none; the record's status becomes closed */
    OP_REOPEN = 4, /* the record's status becomes active */
    OP_MERGE = 5,
    OP_VERIFY = 6, /* fields: VERIFY_METHOD, VERIFY_RESULT, VERIFY_NOTE */
    OP_RESOLVE = 7,
};

/* Field numbers that belong to ops of any record kind. */
enum {
    FIELD_STATUS = 1, /* VALUE_STATUS_...; may be set by OP_SET and OP_CREATE */
    VERIFY_METHOD = 11,
    VERIFY_RESULT = 12,
    VERIFY_NOTE = 13,
    MERGE_INTO = 21, /* id of the record that stays */
};

struct field_value {
    int field;
    struct value value;
};

/* What of a record somebody had on screen: the last op of each replica that touched it. */
enum { SEEN_MAX = 64 };

struct seen {
    size_t count;
    struct {
        struct uuid replica;
        int64_t seq;
    } rows[SEEN_MAX];
};

struct change {
    enum op_kind kind;
    enum record_kind record_kind;
    struct uuid record;
    const char *area;                 /* area of authority, "" = the country */
    const struct field_value *fields; /* any order; no number twice */
    size_t field_count;
    const struct seen *seen; /* NULL: whatever is stored now */
    const char *actor;       /* who, as the person set it; "" unknown */
    const char *reason;      /* "" none */
};

/* Checks every value (texts are brought to normal form first) against its field's rule, appends the
 * op and folds the record, in one transaction. STATUS_INVALID: *ret_bad (may be NULL) is the number
 * of the offending field; STATUS_CONFLICT: the record changed since `seen`; STATUS_NOT_FOUND: no
 * such record to change. */
MUST_CHECK enum status op_append(struct db *db, const struct change *change, int *ret_bad);

/* What the stored record looks like now, to hand back with a change. */
MUST_CHECK enum status op_seen(struct db *db, const struct uuid *record, struct seen *ret_seen);

/* Folds every record and the search index again from the log. The tables come out byte-equal. */
MUST_CHECK enum status op_fold_all(struct db *db);

/* Walks each replica's chain: sequence without gaps, previous hashes right. STATUS_CORRUPT and the
 * place in db_error() otherwise. */
MUST_CHECK enum status op_check_chain(struct db *db);

/* SHA-256 over the folded tables and over nothing else: two files with the same ops give the same.
 */
MUST_CHECK enum status op_state_hash(struct db *db, uint8_t ret_hash[SHA256_BYTES]);

/* One op as the history shows it. Strings live in the list's arena. */
struct op_row {
    int64_t time_ms; /* from the hybrid clock */
    const char *actor;
    const char *reason;
    enum op_kind kind;
    struct field_value *fields; /* in order of number, unknown numbers left out */
    size_t field_count;
};

struct op_list {
    struct op_row *rows;
    size_t count;
    struct arena arena;
};

/* A record's ops, oldest first. */
MUST_CHECK enum status op_history(struct db *db, const struct uuid *record,
                                  struct op_list *ret_ops);
void op_list_release(struct op_list *list);

/* For the maker of the seed: while a born replica is set, ops are appended under its id with the
 * time born_ms, and the search index waits for search_rebuild. NULL ends it. */
MUST_CHECK enum status op_set_born(struct db *db, const struct uuid *replica, int64_t born_ms);

#endif
