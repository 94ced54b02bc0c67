/* From the log to the readable tables: a record's row is a function of its ops alone, so that any
 * order of arrival gives the same bytes. Inside db/. */
#ifndef DB_FOLD_H
#define DB_FOLD_H

#include "db/internal.h"
#include "db/op.h"

/* A statement of field.def's, reset and unbound (record.c). */
MUST_CHECK enum status record_statement(struct db *db, enum record_kind kind,
                                        enum record_statement which, sqlite3_stmt **ret_statement);
/* Writes the typed row of a record; record_add where there is none yet. */
MUST_CHECK enum status record_put(struct db *db, const struct record *r);
MUST_CHECK enum status record_add(struct db *db, const struct record *r);
MUST_CHECK enum status record_delete(struct db *db, enum record_kind kind, const struct uuid *id);
/* Position of a field in its kind's list; SIZE_MAX: not of this kind. */
size_t record_field_index(enum record_kind kind, int field);

/* Says of each op of one record, in their order, whether it is undone. */
void fold_mark_undone(struct op_row *ops, size_t count);
/* Its creation is undone: it is in no table. */
bool fold_is_dropped(const struct op_row *ops, size_t count);
/* A record before its first op, and after one more (which counts unless it is undone). Values point
 * into the op. */
struct record fold_new(enum record_kind kind, const struct uuid *id, struct arena *arena);
void fold_apply(struct record *r, const struct op_row *op);

/* Makes the row of the record again from its ops; no row where its creation is undone. */
MUST_CHECK enum status fold_record(struct db *db, enum record_kind kind, const struct uuid *record);
/* The same without asking the log, for a record that has just been created by these fields. */
MUST_CHECK enum status fold_created(struct db *db, enum record_kind kind, const struct uuid *record,
                                    const struct field_value *fields, size_t count);
/* After a change was written: its record's row, and the search index with it. */
MUST_CHECK enum status fold_change(struct db *db, const struct change *change);
/* Hash of every folded table. */
MUST_CHECK enum status fold_hash(struct db *db, uint8_t ret_hash[SHA256_BYTES]);

#endif
