/* Making the records of a born directory one after the other. Knows how a record, its id and its
 * values are made, not which there are (born.c, born_training.c). For the maker of the seed only.
 */
#ifndef DATA_BORN_MAKER_H
#define DATA_BORN_MAKER_H

#include "data/check.h"
#include "db/db.h"
#include "db/op.h"
#include "db/record.h"
#include "i18n/mem.h"
#include "i18n/number.h"

enum { MAKER_FIELDS = 24, MAKER_ALL_DAYS = 0x7F };

/* Makes one record after the other; after a failure it does nothing more. */
struct maker {
    struct db *db;
    const struct data *data;
    struct text *why; /* at which record it failed */
    enum status status;
    struct uuid replica; /* born_write's */
    const char *area;    /* whose records these are; "" the country */
    struct field_value fields[MAKER_FIELDS];
    size_t count;
    struct text name; /* of the id */
};

/* A field of the record that is made next. Nothing for an empty text or name. */
void maker_put_text(struct maker *maker, int field, const char *text);
void maker_put_int(struct maker *maker, int field, int64_t value);
void maker_put_id(struct maker *maker, int field, const struct uuid *id);
/* name: of a value of the set in enum.def. */
void maker_put_enum(struct maker *maker, int field, const char *set, const char *name);
/* A telephone number in any way of writing; *ret_stored gets its stored form. False: it is none. */
bool maker_read_phone(struct maker *maker, const char *number, char ret_stored[PHONE_MAX]);

/* The id of the record called "of/part"; in the training directory of "training/of/part". */
struct uuid maker_id(const struct maker *maker, const char *of, const char *part);
/* Creates the record of the fields put since the last one, under the id of its name. */
struct uuid maker_create(struct maker *maker, enum record_kind kind, const char *of,
                         const char *part);
/* The links from a service to its kinds, codes with one space between. */
void maker_create_types(struct maker *maker, const struct uuid *service, const char *of,
                        const char *kinds);
/* That a service serves an area. */
void maker_create_cover(struct maker *maker, const struct uuid *service, const char *of,
                        const char *part, const char *area);

/* data_cell and its like. */
const char *maker_cell(const struct maker *maker, enum table_id table, size_t row, int column);

#endif
