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
    OP_PROPOSE = 8, /* one change of a proposal; record is the proposal (propose.h) */
    OP_DECIDE = 9,  /* fields: DECIDE_ANSWER; record is the proposal */
    OP_REVIEW = 10, /* fields: REVIEW_AREA, REVIEW_ON; record is named after the area */
    OP_UNDO = 11,   /* fields: UNDO_REPLICA, UNDO_SEQ; that op of the record counts no more */
    OP_APART =
        12, /* fields: APART_A, APART_B, APART_ON; record is named after the pair (apart.h) */
};

/* Field numbers that belong to ops of any record kind. */
enum {
    FIELD_STATUS = 1, /* VALUE_STATUS_...; may be set by OP_SET and OP_CREATE */
    VERIFY_METHOD = 11,
    VERIFY_RESULT = 12,
    VERIFY_NOTE = 13,
    MERGE_INTO = 21,     /* id of the record that stays */
    PROPOSE_RECORD = 31, /* what is to be changed, how, and from which version (bytes of `seen`) */
    PROPOSE_RECORD_KIND = 32,
    PROPOSE_OP = 33,
    PROPOSE_SEEN = 34,
    DECIDE_ANSWER = 41,  /* VALUE_ANSWER_YES, VALUE_ANSWER_NO */
    REVIEW_AREA = 51,    /* code; "KH" the whole country */
    REVIEW_ON = 52,      /* VALUE_ANSWER_YES, VALUE_ANSWER_NO */
    SAVE_PART = 61,      /* n > 0: this op belongs to the save whose first op is n before it */
    SAVE_OFFICIALS = 62, /* in the first op of a save with confidential parts: where that of the */
    SAVE_FOCAL_PERSON = 63, /* level begins, a seq of its chain (whole_save.h) */
    SAVE_OF_REPLICA = 64,   /* in the first op of each other part: the first op of the save */
    SAVE_OF_SEQ = 65,
    UNDO_REPLICA = 71, /* the op that an OP_UNDO takes back */
    UNDO_SEQ = 72,
    APART_A = 81, /* two services, the lower id first */
    APART_B = 82,
    APART_ON = 83, /* VALUE_ANSWER_YES: they are two; VALUE_ANSWER_NO takes it back */
};

/* Where an op stands: the file that made it, and its number there. Of a save: its first op. */
struct op_ref {
    struct uuid replica;
    int64_t seq;
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

/* Why a save was refused: which of its changes, and the number of the field (0: none), or
 * REFUSAL_SERVED_AREA: a service with a confidential place would say publicly nowhere where it
 * works (restricted_served_area). */
enum { REFUSAL_SERVED_AREA = 2 };

struct op_refusal {
    size_t change;
    int field;
};

/* One save: all changes in one transaction, or none. Every value is checked against its field's
 * rule (texts are brought to normal form first); created records may point to each other whatever
 * their order. Closing a record leaves what belongs to it as it is: the detail of a closed entry
 * still tells it, and opening it again brings back all of it. A verification with the result
 * "closed" does not close by itself: the same save carries OP_CLOSE. STATUS_INVALID,
 * STATUS_CONFLICT (a record changed since its `seen`, or is there already), STATUS_NOT_FOUND (no
 * such record to change): *ret_refusal (may be NULL) tells where. *ret_save (may be NULL): where
 * the save stands in the log. count > 0. */
MUST_CHECK enum status op_append_all(struct db *db, const struct change *changes, size_t count,
                                     struct op_refusal *ret_refusal, struct op_ref *ret_save);

/* A save of one change. STATUS_INVALID: *ret_bad (may be NULL) is the number of the offending
 * field. */
MUST_CHECK enum status op_append(struct db *db, const struct change *change, int *ret_bad);

/* What the stored record looks like now, to hand back with a change. */
MUST_CHECK enum status op_seen(struct db *db, const struct uuid *record, struct seen *ret_seen);

/* STATUS_CONFLICT when the record was changed since it was seen so. */
MUST_CHECK enum status op_check_seen(struct db *db, const struct uuid *record,
                                     const struct seen *seen);

/* Folds every record and the search index again from the log. The tables come out byte-equal. */
MUST_CHECK enum status op_fold_all(struct db *db);

/* Walks each replica's chain: sequence without gaps, previous hashes right. STATUS_CORRUPT and the
 * place in db_error() otherwise. */
MUST_CHECK enum status op_check_chain(struct db *db);

/* SHA-256 over the folded tables and over nothing else: two files with the same ops give the same.
 */
MUST_CHECK enum status op_state_hash(struct db *db, uint8_t ret_hash[SHA256_BYTES]);

/* The record that answers for this one: itself, or the one it was merged into (and that one's, and
 * so on). */
MUST_CHECK enum status op_merged_into(struct db *db, const struct uuid *record,
                                      struct uuid *ret_record);

/* How often in a row, up to now, the people of this record could not be reached: three times is an
 * alert. */
enum { NOT_REACHED_ALERT = 3 };
MUST_CHECK enum status op_not_reached(struct db *db, const struct uuid *record, int *ret_times);

/* One op as the history shows it. Strings live in the list's arena. */
struct op_row {
    struct op_ref op;
    struct uuid record;
    enum record_kind record_kind; /* 0: a kind this program does not know */
    const char *area;
    int64_t part; /* SAVE_PART, 0: the first of its save */
    bool undone;  /* an OP_UNDO that counts takes it back */
    int64_t hlc;
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

/* A record's ops, oldest first. STATUS_NOT_FOUND: no such record. */
MUST_CHECK enum status op_history(struct db *db, const struct uuid *record,
                                  struct op_list *ret_ops);
/* The ops of the save that this op belongs to, in their order; what is undone is not marked.
 * STATUS_NOT_FOUND: no such op. */
MUST_CHECK enum status op_of_save(struct db *db, const struct op_ref *save,
                                  struct op_list *ret_ops);
/* All ops of every chain from that time on (ms since 1970), those of one record together in their
 * order; what one of them undoes is marked. No op: STATUS_OK and an empty list. What is
 * confidential stays out. */
MUST_CHECK enum status op_since(struct db *db, int64_t time_ms, struct op_list *ret_ops);
void op_list_release(struct op_list *list);

/* For the maker of the seed: while a born replica is set, ops are appended under its id with the
 * time born_ms, and the search index waits for search_rebuild. NULL ends it. */
MUST_CHECK enum status op_set_born(struct db *db, const struct uuid *replica, int64_t born_ms);
/* From now on the file's own changes go under this id, which nothing here has yet. */
MUST_CHECK enum status op_set_replica(struct db *db, const struct uuid *id);

#endif
