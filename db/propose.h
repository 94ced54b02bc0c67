/* Saving as a person: what the person may write is written, what lies outside of the own area or
 * under review becomes a proposal. Proposals wait in the log, apart from the records they are
 * about, until an approver of the area writes them or turns them down. */
#ifndef DB_PROPOSE_H
#define DB_PROPOSE_H

#include "db/person.h"
#include "db/undo.h"

/* record_kind of the ops below; kinds of the log alone, no record of a directory has them. */
enum { RECORD_PROPOSAL = 101, RECORD_REVIEW = 102 };

enum save_outcome { SAVE_WRITTEN, SAVE_PROPOSED };

struct save_result {
    enum save_outcome outcome;
    struct op_ref save;   /* SAVE_WRITTEN: where it stands in the log */
    struct uuid proposal; /* SAVE_PROPOSED */
    char area[AREA_CODE]; /* SAVE_PROPOSED: whose approver decides */
};

/* Writes a save, or proposes it. Area and actor of the changes are filled in here. Checks
 * and refusals are those of op_append_all for a proposal too; STATUS_FORBIDDEN: this person may
 * not do it at all. */
MUST_CHECK enum status person_save(struct db *db, const struct person *person,
                                   const struct change *changes, size_t count,
                                   struct op_refusal *ret_refusal, struct save_result *ret_result);
/* The same answer, and nothing is written. */
MUST_CHECK enum status person_try(struct db *db, const struct person *person,
                                  const struct change *changes, size_t count,
                                  struct op_refusal *ret_refusal, struct save_result *ret_result);

/* Takes a save back (undo.h) when the person may write everywhere it wrote; an undo is never
 * proposed. STATUS_FORBIDDEN; else as undo_save. */
MUST_CHECK enum status person_undo(struct db *db, const struct person *person,
                                   const struct op_ref *save, const char *reason,
                                   struct undo_blocks *ret_blocks, struct op_ref *ret_save);

struct proposal_field {
    int field; /* FIELD_STATUS, VERIFY_... or a field of the record */
    struct value was, proposed, now;
    bool moved; /* somebody else changed it since: now is neither was nor proposed */
};

struct proposal_change {
    enum op_kind kind;
    enum record_kind record_kind;
    struct uuid record;
    struct proposal_field *fields; /* in order of number */
    size_t count;
};

enum proposal_answer { PROPOSAL_OPEN, PROPOSAL_APPROVED, PROPOSAL_REJECTED };

struct proposal {
    struct uuid id;
    int64_t time_ms; /* since 1970, UTC */
    char area[AREA_CODE];
    const char *actor, *reason;
    enum proposal_answer answer;
    int64_t decided_ms; /* 0: open */
    const char *decided_by, *decided_why;
    struct proposal_change *changes;
    size_t count;
};

struct proposal_list {
    struct proposal *rows;
    size_t count;
    struct arena arena;
};
void proposal_list_release(struct proposal_list *list);

/* Whether the record is one that the proposal would make: nothing knows its name yet. */
bool proposal_makes(const struct proposal *p, const struct uuid *record);

/* Those that wait for an approver of the area or of an area in it ("" all), oldest first, with all
 * of their changes. */
MUST_CHECK enum status proposal_open(struct db *db, const char *area,
                                     struct proposal_list *ret_list);
/* All proposals about a record, oldest first, decided ones too. */
MUST_CHECK enum status proposal_about(struct db *db, const struct uuid *record,
                                      struct proposal_list *ret_list);
/* One of them, added to list. STATUS_NOT_FOUND. */
MUST_CHECK enum status proposal_load(struct db *db, const struct uuid *id,
                                     struct proposal_list *list);

/* Writes the proposed changes in one save under both names and closes the proposal with it.
 * STATUS_FORBIDDEN: the person is no approver of its area; STATUS_CONFLICT: it is decided already,
 * or (unless `anyway`) a field has moved; STATUS_INVALID as op_append_all. */
MUST_CHECK enum status proposal_approve(struct db *db, const struct person *person,
                                        const struct uuid *id, const char *reason, bool anyway,
                                        struct op_refusal *ret_refusal);
MUST_CHECK enum status proposal_reject(struct db *db, const struct person *person,
                                       const struct uuid *id, const char *reason);

/* Areas whose approver wants to see the changes of editors first. on = false ends it.
 * STATUS_FORBIDDEN: the person is no approver of the area. STATUS_NOT_FOUND: no such area. */
MUST_CHECK enum status review_set(struct db *db, const struct person *person, const char *area,
                                  bool on);

struct review_area {
    char area[AREA_CODE];
    int64_t time_ms;
    const char *actor;
};

struct review_list {
    struct review_area *rows;
    size_t count;
    struct arena arena;
};
void review_list_release(struct review_list *list);
MUST_CHECK enum status review_list(struct db *db, struct review_list *ret_list);

#endif
