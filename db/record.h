/* Records as values: the kinds, their fields (field.def), their enumerations (enum.def), and
 * reading a record of any kind from the folded tables. */
#ifndef DB_RECORD_H
#define DB_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "db/uuid.h"
#include "i18n/lang.h"
#include "i18n/mem.h"
#include "i18n/message.h"

enum record_kind {
#define KIND(constant, number, table) RECORD_##constant = number,
#include "db/kind.def"
#undef KIND
    RECORD_KIND_END
};

enum field_type {
    FIELD_LINE,
    FIELD_PROSE,
    FIELD_COUNT,
    FIELD_REAL,
    FIELD_DAY,
    FIELD_CLOCK,
    FIELD_DAYS,
    FIELD_ENUM,
    FIELD_AREA,
    FIELD_PHONE,
    FIELD_TERM,
    FIELD_RECORD,
};

enum field_lang { FIELD_KM = LANG_KM, FIELD_EN = LANG_EN, FIELD_NONE = LANG_COUNT };

/* Enumerations of enum.def: <SET>_<CONSTANT>, e.g. SECTOR_NGO, STATUS... as VALUE_STATUS_ACTIVE. */
enum enum_value {
#define VALUE(set, constant, number, name) VALUE_##set##_##constant = number,
#include "db/enum.def"
#undef VALUE
};

/* FIELD_ID(SERVICE, name_km) is 301: a field's stable number by kind and column. */
enum field_id {
#define FIELD(kind, number, column, ...) FIELD_##kind##_##column = number,
#include "db/field.def"
#undef FIELD
};
#define FIELD_ID(kind, column) FIELD_##kind##_##column

struct field {
    enum record_kind kind;
    int number;
    const char *column;
    enum field_type type;
    enum field_lang lang;
    enum message label;
    const char *rule; /* as in field.def; "ENUM_SEX" names the set SEX */
    int confidentiality;
    const char *hsds;
};

/* All fields of a kind in field.def's order; *ret_count of them. */
const struct field *field_list(enum record_kind kind, size_t *ret_count);
const struct field *field_by_number(int number);                                /* NULL: unknown */
const struct field *field_by_column(enum record_kind kind, const char *column); /* NULL: unknown */

const char *kind_name(enum record_kind kind); /* table name; NULL for no kind */
bool kind_parse(const char *name, enum record_kind *ret_kind);

/* Name, label and number of an enumeration's values; set as in enum.def ("SEX"). */
const char *enum_name(const char *set, int value); /* NULL: unknown */
bool enum_parse(const char *set, const char *name, int *ret_value);
bool enum_label(const char *set, int value, enum message *ret_label);
const char *field_enum_set(const struct field *field); /* NULL: not an ENUM field */

enum value_type { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_ID };

struct value {
    enum value_type type;
    union {
        int64_t integer;
        double real;
        struct {
            const char *bytes; /* NUL-terminated as well */
            size_t len;
        } text;
        struct uuid id;
    };
};

/* One record with all fields of its kind in field.def's order; rows of a list share its arena. */
struct record {
    struct uuid id;
    enum record_kind kind;
    int status; /* VALUE_STATUS_... */
    int level;  /* who may see it, VALUE_CONFIDENTIALITY_...: above PUBLIC it is shown only while
                   unlocked, and never printed, exported, copied or searched */
    size_t count;
    struct value *values;
};

struct record_list {
    struct record *rows;
    size_t count;
    struct arena arena;
};

void record_list_release(struct record_list *list);

/* Value of a field by number; a shared VALUE_NULL when the record is not of that kind. */
const struct value *record_value(const struct record *r, int field);
/* Text of a field or NULL. */
const char *record_text(const struct record *r, int field);
/* The km/en pair of a field in the wanted language (km_field's number; the English one is the
 * next): falls back to the other language and says so in *ret_other. NULL when both are missing. */
const char *record_text_lang(const struct record *r, int km_field, enum lang lang, bool *ret_other);
/* Number of an INT value, or otherwise `none`. */
int64_t record_int(const struct record *r, int field, int64_t none);

/* Adds the record with this id to list (rows must start zeroed). STATUS_NOT_FOUND. */
MUST_CHECK enum status record_load(struct db *db, enum record_kind kind, const struct uuid *id,
                                   struct record_list *list);
/* Is there a record with this id? */
MUST_CHECK enum status record_exists(struct db *db, enum record_kind kind, const struct uuid *id,
                                     bool *ret_there);
/* The field by which a kind hangs on another record (phone.owner, service.organization ...); 0:
 * none. */
int record_owner_field(enum record_kind kind);
/* Records that point to this one, by any field; closed ones too. */
struct referrer {
    struct uuid id;
    enum record_kind kind;
    int field;
    int status;
};
/* Those that point to the record of `kind`, in the arena. */
MUST_CHECK enum status record_referrers(struct db *db, enum record_kind kind, const struct uuid *id,
                                        struct arena *arena, struct referrer **ret_rows,
                                        size_t *ret_count);
/* Adds the records of `kind` that point to owner by the kind's owning field (phone.owner,
 * schedule.owner, contact.owner, service_area.service, service_at_location.service,
 * term_link.record, location.organization, service.organization ...), closed ones left out, in id
 * order; while unlocked the confidential ones behind them. */
MUST_CHECK enum status record_children(struct db *db, enum record_kind kind,
                                       const struct uuid *owner, struct record_list *list);

#endif
