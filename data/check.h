/* The tables of data/ and what must be true of them. Everything wrong is reported at once, by file,
 * line and column. Knows nothing of how the directory is stored. For the maker of the seed only. */
#ifndef DATA_CHECK_H
#define DATA_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include <stdint.h>

#include "data/table.h"
#include "db/db.h"

enum table_id {
    TABLE_AREA,
    TABLE_PLAN,
    TABLE_TERM,
    TABLE_BODY,
    TABLE_HOTLINE,
    TABLE_OFFICE,
    TABLE_SERVICE, /* the training directory alone has these three */
    TABLE_PHONE,
    TABLE_EVENT,
    TABLE_NEED, /* from here on: tables that make no records */
    TABLE_SYNONYM,
    TABLE_DUE,
    TABLE_COUNT,
    TABLE_RECORDS_END = TABLE_NEED
};

enum area_column { AREA_COL_CODE, AREA_COL_KIND, AREA_COL_KM, AREA_COL_EN };

enum plan_column { PLAN_COL_CODE, PLAN_COL_EN, PLAN_COL_KM };

enum term_column {
    TERM_COL_CODE,
    TERM_COL_RANK,
    TERM_COL_TIERS,
    TERM_COL_EN,
    TERM_COL_KM,
    TERM_COL_ATTESTED,
    TERM_COL_PRIMERO,
    TERM_COL_PRIMERO_KH,
    TERM_COL_OSCAR,
    TERM_COL_OUTPUTS
};

enum body_column {
    BODY_COL_KEY,
    BODY_COL_SECTOR,
    BODY_COL_SERVES,
    BODY_COL_ABBR_EN,
    BODY_COL_ABBR_KM,
    BODY_COL_EN,
    BODY_COL_KM,
    BODY_COL_WHAT_EN,
    BODY_COL_WHAT_KM,
    BODY_COL_WEBSITE,
    BODY_COL_EMAIL,
    BODY_COL_CONFIDENCE,
    BODY_COL_ASOF,
    BODY_COL_SOURCE
};

enum hotline_column {
    HOTLINE_COL_KEY,
    HOTLINE_COL_BODY,
    HOTLINE_COL_NUMBER,
    HOTLINE_COL_KIND,
    HOTLINE_COL_CONFIDENCE,
    HOTLINE_COL_ASOF,
    HOTLINE_COL_ALL_DAY,
    HOTLINE_COL_MAX_AGE,
    HOTLINE_COL_LANGUAGES,
    HOTLINE_COL_KINDS,
    HOTLINE_COL_EN,
    HOTLINE_COL_KM,
    HOTLINE_COL_HOURS_EN,
    HOTLINE_COL_HOURS_KM,
    HOTLINE_COL_COST_EN,
    HOTLINE_COL_COST_KM,
    HOTLINE_COL_NOTE_EN,
    HOTLINE_COL_NOTE_KM,
    HOTLINE_COL_SOURCE
};

enum office_column {
    OFFICE_COL_KEY,
    OFFICE_COL_UNIT,
    OFFICE_COL_KM,
    OFFICE_COL_EN,
    OFFICE_COL_KINDS,
    OFFICE_COL_TIERS,
    OFFICE_COL_ATTESTED,
    OFFICE_COL_CONFIDENCE,
    OFFICE_COL_ABBR_KM,
    OFFICE_COL_ABBR_EN,
    OFFICE_COL_WHAT_EN,
    OFFICE_COL_WHAT_KM,
    OFFICE_COL_SOURCE
};

enum need_column {
    NEED_COL_CODE,
    NEED_COL_URGENCY,
    NEED_COL_KINDS,
    NEED_COL_EN,
    NEED_COL_KM,
    NEED_COL_ATTESTED
};

enum synonym_column {
    SYNONYM_COL_WORDS,
    SYNONYM_COL_KIND,
    SYNONYM_COL_VALUE,
    SYNONYM_COL_REVIEW,
    SYNONYM_COL_SOURCE
};

enum service_column {
    SERVICE_COL_KEY,
    SERVICE_COL_BODY,
    SERVICE_COL_KINDS,
    SERVICE_COL_AREA,
    SERVICE_COL_COVERS,
    SERVICE_COL_AGES,
    SERVICE_COL_SEX,
    SERVICE_COL_HOURS,
    SERVICE_COL_SINCE,
    SERVICE_COL_PHONES,
    SERVICE_COL_EN,
    SERVICE_COL_KM,
    SERVICE_COL_WHAT_EN,
    SERVICE_COL_WHAT_KM,
    SERVICE_COL_COST_EN,
    SERVICE_COL_COST_KM,
    SERVICE_COL_BRING_EN,
    SERVICE_COL_BRING_KM,
    SERVICE_COL_ACCESS_EN,
    SERVICE_COL_ACCESS_KM,
    SERVICE_COL_PLACES
};

enum phone_column { PHONE_COL_OF, PHONE_COL_NUMBER, PHONE_COL_KIND };

enum event_column {
    EVENT_COL_DAY,
    EVENT_COL_OF,
    EVENT_COL_WHAT,
    EVENT_COL_METHOD,
    EVENT_COL_BY,
    EVENT_COL_NOTE
};

enum due_column { DUE_COL_KIND, DUE_COL_MONTHS, DUE_COL_DAYS };

struct data {
    enum db_set set;
    struct table tables[TABLE_COUNT];
};

/* Reads and checks all tables of a directory; for the training set the places, bodies, lines and
 * entries of its folder "training", the rest is shared. False when something was reported. Release
 * either way. */
bool data_load(const char *directory, enum db_set set, struct data *ret_data,
               struct report *report);
void data_release(struct data *data);

const char *data_cell(const struct data *data, enum table_id table, size_t row, int column);
/* Row whose first column is key; -1: none. The first one, where a key has several rows. */
long data_find(const struct data *data, enum table_id table, const char *key, size_t key_len);
/* True when the row goes on with the key of the row before it. */
bool data_continues(const struct data *data, enum table_id table, size_t row);

/* The items of a list written with one space between them: call with *at = 0 until it is false. */
bool data_item(const char *list, size_t *at, const char **ret_item, size_t *ret_len);

/* The checks of each table, called by data_load. */
void check_areas(const struct data *data, struct report *report);
void check_terms(const struct data *data, struct report *report);
void check_bodies(const struct data *data, struct report *report);
void check_hotlines(const struct data *data, struct report *report);
void check_offices(const struct data *data, struct report *report);
void check_needs(const struct data *data, struct report *report);
void check_synonyms(const struct data *data, struct report *report);
void check_due(const struct data *data, struct report *report);
void check_services(const struct data *data, struct report *report);
void check_phones(const struct data *data, struct report *report);
void check_events(const struct data *data, struct report *report);

/* What the cells of service.tsv say. "6-17", "-17", "12-": -1 where a bound is missing. False: it
 * is no range of ages. */
bool data_ages(const char *cell, int64_t *ret_minimum, int64_t *ret_maximum);
/* "24h", "weekdays 07:30-17:00", "daily 07:00-19:00"; minutes after midnight, bit 0 of the days is
 * Monday; 24h: from 0 to 0. */
bool data_hours(const char *cell, unsigned *ret_days, int *ret_opens, int *ret_closes);
/* "3/12": free, all. */
bool data_places(const char *cell, int64_t *ret_free, int64_t *ret_all);

#endif
