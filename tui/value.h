/* Values of fields as people type and read them: the one way from typed text to what is stored, and
 * the sentence for each rule that refuses it. The form and the command line share it. db/rule.c
 * decides what is refused; here it is only told. Knows no screens. */
#ifndef TUI_VALUE_H
#define TUI_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "db/db.h"
#include "db/record.h"
#include "i18n/lang.h"
#include "i18n/mem.h"
#include "tui/names.h"

enum fault_kind {
    FAULT_NONE,
    FAULT_UTF8,      /* no well-formed UTF-8 */
    FAULT_CHARACTER, /* a control or bidi character is in it */
    FAULT_LONG,      /* more characters than the field takes */
    FAULT_MANY,      /* several areas have the typed name */
    FAULT_MISSING,   /* nothing is there, but something must be */
    FAULT_ORDER,     /* below or before the field it belongs to */
    FAULT_RULE,      /* against the field's own rule */
};

/* Why a value is refused. */
struct fault {
    enum fault_kind kind;
    char32_t character; /* FAULT_CHARACTER: which one */
    size_t count;       /* FAULT_LONG: characters that are there */
    int other;          /* FAULT_ORDER: number of the lower field */
};

/* Reads what a person typed for a field, either digit set, and brings it to the form in which it is
 * stored: dates as dd/mm/yyyy or ISO, partial dates also mm/yyyy or a year, times as 8, 8:30 or
 * 08:30, days as "mon-fri, sun" in either language, enumerations, areas and kinds by code or by
 * name in either language, records by id. White space alone is VALUE_NULL. Text lives in the arena.
 * STATUS_INVALID: *ret_fault says why; else a problem of the directory file. */
MUST_CHECK enum status value_read(struct db *db, const struct field *field, const char *typed,
                                  size_t len, struct arena *arena, struct value *ret_value,
                                  struct fault *ret_fault);

/* The rules over several fields of a record. STATUS_INVALID: *ret_field and *ret_fault. */
MUST_CHECK enum status value_check_record(const struct record *r, int *ret_field,
                                          struct fault *ret_fault);

/* Appends a value as it would be typed again: value_read gives the same value back. */
void value_write(struct text *out, enum lang lang, const struct field *field,
                 const struct value *value);

/* Appends a value as people read it: areas with their path, kinds and records by name. Nothing for
 * VALUE_NULL. names NULL: areas and kinds stay codes. */
void value_show(struct text *out, struct db *db, struct names *names, enum lang lang,
                const struct field *field, const struct value *value);

/* Appends the field's label; with its language where it is one of a pair: "Name (Khmer)". */
void value_label(struct text *out, enum lang lang, const struct field *field);

/* Appends the sentence that names the field and says what is wrong. */
void value_complain(struct text *out, enum lang lang, const struct field *field,
                    const struct fault *fault);

/* Appends how the field is to be filled in. */
void value_hint(struct text *out, enum lang lang, const struct field *field);

/* Appends the name of a record of any of the kinds that others point to; its id where it is
 * unknown. */
void value_record_name(struct text *out, struct db *db, enum lang lang, const struct uuid *id);

/* Same type and content. */
bool value_equal(const struct value *a, const struct value *b);

/* A copy whose text lives in the arena. */
struct value value_copy(struct arena *arena, const struct value *v);

/* Name of a kind of record: "Service". */
const char *value_kind_label(enum lang lang, enum record_kind kind);

#endif
