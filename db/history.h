/* What happened to a record and to all that belongs to it: who, when, what was, what is, why. */
#ifndef DB_HISTORY_H
#define DB_HISTORY_H

#include "db/op.h"

/* One field (or the status, or a verification) that an op changed. */
struct history_change {
    struct uuid record;
    enum record_kind record_kind;
    enum op_kind kind;
    bool undone; /* taken back since */
    int field;   /* FIELD_STATUS, VERIFY_RESULT, MERGE_INTO or a field of the record; 0: nothing to
                    name */
    struct value was, is; /* VALUE_NULL: nothing; a text may end in no NUL */
    int level;            /* who it is for, as record.level: 0 everybody */
};

/* One save, oldest op first; of its changes only those of this record and what belongs to it. */
struct history_save {
    struct op_ref save;
    int64_t time_ms; /* since 1970, UTC */
    const char *actor, *reason;
    bool is_undo; /* takes back `undoes` */
    struct op_ref undoes;
    bool undone; /* all of it is taken back */
    struct history_change *changes;
    size_t count;
};

struct history {
    struct history_save *rows; /* oldest first */
    size_t count;
    struct arena arena;
};

/* Of a service: with its telephones, contacts, hours, places, areas, kinds, languages, capacities
 * and the places themselves; of an organization: with its telephones, contacts and so on, not its
 * services. What once belonged to it stays in it. While unlocked also what is confidential, with
 * its level; one save that has both is one row. STATUS_NOT_FOUND: no such record. */
MUST_CHECK enum status history_load(struct db *db, const struct uuid *record,
                                    struct history *ret_history);
void history_release(struct history *history);

/* The record as it was at that time (ms since 1970): added to list, as record_load does.
 * STATUS_NOT_FOUND: it was not there yet. */
MUST_CHECK enum status history_record(struct db *db, enum record_kind kind,
                                      const struct uuid *record, int64_t time_ms,
                                      struct record_list *list);

#endif
