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
/* Position of a field in its kind's list; SIZE_MAX: not of this kind. */
size_t record_field_index(enum record_kind kind, int field);

/* Makes the row of the record again from its ops. */
MUST_CHECK enum status fold_record(struct db *db, enum record_kind kind, const struct uuid *record);
/* The same without asking the log, for a record that has just been created by these fields. */
MUST_CHECK enum status fold_created(struct db *db, enum record_kind kind, const struct uuid *record,
                                    const struct field_value *fields, size_t count);
/* Hash of every folded table. */
MUST_CHECK enum status fold_hash(struct db *db, uint8_t ret_hash[SHA256_BYTES]);

#endif
