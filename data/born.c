/* From the checked tables to records. Knows how a standing office or a national line is made of
 * records, nothing of how they are stored. */
#include "data/born.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/born_reference.h"
#include "db/area.h"
#include "db/op.h"
#include "db/record.h"
#include "db/uuid.h"
#include "i18n/number.h"

/* The day all of it is from: that of the gazetteer. */
static const struct date born_day = {2026, 6, 30};
static const char born_month[] = "2026-06";

enum { FIELDS_MAX = 16, ALL_DAYS = 0x7F };

/* Makes one record after the other; after a failure it does nothing more. */
struct maker {
    struct db *db;
    const struct data *data;
    struct text *why;
    enum status status;
    const char *area; /* whose records these are; "" the country */
    struct field_value fields[FIELDS_MAX];
    size_t count;
    struct text name; /* of the id */
};

static void put(struct maker *maker, int field, struct value value)
{
    maker->fields[maker->count++] = (struct field_value){field, value};
}

static void put_text(struct maker *maker, int field, const char *text)
{
    if (text[0] != '\0') {
        put(maker, field, (struct value){.type = VALUE_TEXT, .text = {text, strlen(text)}});
    }
}

static void put_int(struct maker *maker, int field, int64_t value)
{
    put(maker, field, (struct value){.type = VALUE_INT, .integer = value});
}

static void put_id(struct maker *maker, int field, const struct uuid *id)
{
    put(maker, field, (struct value){.type = VALUE_ID, .id = *id});
}

static void put_enum(struct maker *maker, int field, const char *set, const char *name)
{
    int value = 0;
    if (name[0] == '\0') {
        return;
    }
    if (enum_parse(set, name, &value)) {
        put_int(maker, field, value);
    } else if (maker->status == STATUS_OK) {
        maker->status = STATUS_INVALID;
        text_addf(maker->why, "%s: %s is no value of %s", maker->name.bytes, name, set);
    }
}

/* Creates the record of the fields put since the last one. Its id is that of the name "of/part". */
static struct uuid create(struct maker *maker, enum record_kind kind, const char *of,
                          const char *part)
{
    text_clear(&maker->name);
    text_addf(&maker->name, "%s/%s", of, part);
    struct change change = {
        .kind = OP_CREATE,
        .record_kind = kind,
        .record = uuid_from_name(maker->name.bytes),
        .area = maker->area,
        .fields = maker->fields,
        .field_count = maker->count,
        .actor = "",
        .reason = "",
    };
    int bad = 0;
    if (maker->status == STATUS_OK) {
        maker->status = op_append(maker->db, &change, &bad);
        if (maker->status != STATUS_OK) {
            const struct field *field = field_by_number(bad);
            text_addf(maker->why, "%s: %s: %s", maker->name.bytes, field ? field->column : "",
                      db_error(maker->db));
        }
    }
    maker->count = 0;
    return change.record;
}

static const char *cell(const struct maker *maker, enum table_id table, size_t row, int column)
{
    return data_cell(maker->data, table, row, column);
}

/* The links from a service to its kinds. */
static void create_types(struct maker *maker, const struct uuid *service, const char *of,
                         const char *kinds)
{
    const char *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(kinds, &at, &item, &len)) {
        struct text part = TEXT_INIT;
        text_addf(&part, "type/%.*s", (int)len, item);
        put_id(maker, FIELD_ID(TERM_LINK, record), service);
        put_text(maker, FIELD_ID(TERM_LINK, term), part.bytes + strlen("type/"));
        put_int(maker, FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE);
        create(maker, RECORD_TERM_LINK, of, part.bytes);
        text_release(&part);
    }
}

static void create_cover(struct maker *maker, const struct uuid *service, const char *of,
                         const char *area)
{
    put_id(maker, FIELD_ID(SERVICE_AREA, service), service);
    put_text(maker, FIELD_ID(SERVICE_AREA, area), area);
    create(maker, RECORD_SERVICE_AREA, of, "area");
}

/* --- standing offices
 * -------------------------------------------------------------------------------- */

/* An office of one area: its first row in office.tsv and its names there. */
struct office {
    size_t row;
    const char *area;
    struct text of, km, en;
};

static void fill_name(struct text *out, const char *pattern, const char *name)
{
    const char *place = strstr(pattern, "{name}");
    text_clear(out);
    text_add(out, pattern, (size_t)(place - pattern));
    text_adds(out, name);
    text_adds(out, place + strlen("{name}"));
}

static struct uuid create_office_body(struct maker *maker, const struct office *office)
{
    put_text(maker, FIELD_ID(ORGANIZATION, name_km), office->km.bytes);
    put_text(maker, FIELD_ID(ORGANIZATION, name_en), office->en.bytes);
    put_text(maker, FIELD_ID(ORGANIZATION, abbreviation_km),
             cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_ABBR_KM));
    put_text(maker, FIELD_ID(ORGANIZATION, abbreviation_en),
             cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_ABBR_EN));
    put_int(maker, FIELD_ID(ORGANIZATION, sector), VALUE_SECTOR_GOVERNMENT);
    return create(maker, RECORD_ORGANIZATION, office->of.bytes, "organization");
}

static struct uuid create_office_service(struct maker *maker, const struct office *office,
                                         const struct uuid *body)
{
    put_text(maker, FIELD_ID(SERVICE, name_km), office->km.bytes);
    put_text(maker, FIELD_ID(SERVICE, name_en), office->en.bytes);
    put_id(maker, FIELD_ID(SERVICE, organization), body);
    put_text(maker, FIELD_ID(SERVICE, description_km),
             cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_WHAT_KM));
    put_text(maker, FIELD_ID(SERVICE, description_en),
             cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_WHAT_EN));
    put_text(maker, FIELD_ID(SERVICE, source),
             cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_SOURCE));
    put_enum(maker, FIELD_ID(SERVICE, confidence), "CONFIDENCE",
             cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_CONFIDENCE));
    put_text(maker, FIELD_ID(SERVICE, as_of), born_month);
    return create(maker, RECORD_SERVICE, office->of.bytes, "service");
}

/* An office stands in its area and serves it. No address and no telephone: nobody gave one. */
static void create_office(struct maker *maker, const struct office *office)
{
    const char *of = office->of.bytes;
    maker->area = office->area;
    struct uuid body = create_office_body(maker, office);
    struct uuid service = create_office_service(maker, office, &body);
    put_id(maker, FIELD_ID(LOCATION, organization), &body);
    put_text(maker, FIELD_ID(LOCATION, area), office->area);
    struct uuid location = create(maker, RECORD_LOCATION, of, "location");
    put_id(maker, FIELD_ID(SERVICE_AT_LOCATION, service), &service);
    put_id(maker, FIELD_ID(SERVICE_AT_LOCATION, location), &location);
    create(maker, RECORD_SERVICE_AT_LOCATION, of, "at");
    create_cover(maker, &service, of, office->area);
    create_types(maker, &service, of, cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_KINDS));
}

static void create_offices_of(struct maker *maker, size_t area_row)
{
    struct office office = {0, cell(maker, TABLE_AREA, area_row, AREA_COL_CODE), TEXT_INIT,
                            TEXT_INIT, TEXT_INIT};
    const char *kind = cell(maker, TABLE_AREA, area_row, AREA_COL_KIND);
    for (size_t row = 0; row < maker->data->tables[TABLE_OFFICE].count; row++) {
        if (!data_continues(maker->data, TABLE_OFFICE, row)) {
            office.row = row;
        }
        if (strcmp(cell(maker, TABLE_OFFICE, row, OFFICE_COL_UNIT), kind) != 0) {
            continue;
        }
        text_clear(&office.of);
        text_addf(&office.of, "office/%s/%s", cell(maker, TABLE_OFFICE, row, OFFICE_COL_KEY),
                  office.area);
        fill_name(&office.km, cell(maker, TABLE_OFFICE, row, OFFICE_COL_KM),
                  cell(maker, TABLE_AREA, area_row, AREA_COL_KM));
        fill_name(&office.en, cell(maker, TABLE_OFFICE, row, OFFICE_COL_EN),
                  cell(maker, TABLE_AREA, area_row, AREA_COL_EN));
        create_office(maker, &office);
    }
    text_release(&office.of);
    text_release(&office.km);
    text_release(&office.en);
}

/* --- national bodies and lines
 * ----------------------------------------------------------------------- */

static struct uuid body_id(const char *key)
{
    struct text name = TEXT_INIT;
    text_addf(&name, "body/%s/organization", key);
    struct uuid id = uuid_from_name(name.bytes);
    text_release(&name);
    return id;
}

static void create_body_service(struct maker *maker, size_t row, const char *of)
{
    struct uuid body = body_id(cell(maker, TABLE_BODY, row, BODY_COL_KEY));
    put_text(maker, FIELD_ID(SERVICE, name_km), cell(maker, TABLE_BODY, row, BODY_COL_KM));
    put_text(maker, FIELD_ID(SERVICE, name_en), cell(maker, TABLE_BODY, row, BODY_COL_EN));
    put_id(maker, FIELD_ID(SERVICE, organization), &body);
    put_text(maker, FIELD_ID(SERVICE, description_km),
             cell(maker, TABLE_BODY, row, BODY_COL_WHAT_KM));
    put_text(maker, FIELD_ID(SERVICE, description_en),
             cell(maker, TABLE_BODY, row, BODY_COL_WHAT_EN));
    put_text(maker, FIELD_ID(SERVICE, source), cell(maker, TABLE_BODY, row, BODY_COL_SOURCE));
    put_enum(maker, FIELD_ID(SERVICE, confidence), "CONFIDENCE",
             cell(maker, TABLE_BODY, row, BODY_COL_CONFIDENCE));
    put_text(maker, FIELD_ID(SERVICE, as_of), cell(maker, TABLE_BODY, row, BODY_COL_ASOF));
    struct uuid service = create(maker, RECORD_SERVICE, of, "service");
    create_cover(maker, &service, of, AREA_COUNTRY_CODE);
    create_types(maker, &service, of, cell(maker, TABLE_BODY, row, BODY_COL_SERVES));
}

static void create_body(struct maker *maker, size_t row)
{
    static const struct {
        int field, column;
    } texts[] = {
        {FIELD_ID(ORGANIZATION, name_km), BODY_COL_KM},
        {FIELD_ID(ORGANIZATION, name_en), BODY_COL_EN},
        {FIELD_ID(ORGANIZATION, abbreviation_km), BODY_COL_ABBR_KM},
        {FIELD_ID(ORGANIZATION, abbreviation_en), BODY_COL_ABBR_EN},
        {FIELD_ID(ORGANIZATION, description_km), BODY_COL_WHAT_KM},
        {FIELD_ID(ORGANIZATION, description_en), BODY_COL_WHAT_EN},
        {FIELD_ID(ORGANIZATION, email), BODY_COL_EMAIL},
        {FIELD_ID(ORGANIZATION, website), BODY_COL_WEBSITE},
        {FIELD_ID(ORGANIZATION, source), BODY_COL_SOURCE},
        {FIELD_ID(ORGANIZATION, as_of), BODY_COL_ASOF},
    };
    struct text of = TEXT_INIT;
    text_addf(&of, "body/%s", cell(maker, TABLE_BODY, row, BODY_COL_KEY));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put_text(maker, texts[i].field, cell(maker, TABLE_BODY, row, texts[i].column));
    }
    put_enum(maker, FIELD_ID(ORGANIZATION, sector), "SECTOR",
             cell(maker, TABLE_BODY, row, BODY_COL_SECTOR));
    put_enum(maker, FIELD_ID(ORGANIZATION, confidence), "CONFIDENCE",
             cell(maker, TABLE_BODY, row, BODY_COL_CONFIDENCE));
    create(maker, RECORD_ORGANIZATION, of.bytes, "organization");
    if (cell(maker, TABLE_BODY, row, BODY_COL_SERVES)[0] != '\0') {
        create_body_service(maker, row, of.bytes);
    }
    text_release(&of);
}

static struct uuid create_line_service(struct maker *maker, size_t row, const char *of)
{
    const char *body = cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_BODY);
    long body_row = data_find(maker->data, TABLE_BODY, body, strlen(body));
    put_text(maker, FIELD_ID(SERVICE, name_km), cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_KM));
    put_text(maker, FIELD_ID(SERVICE, name_en), cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_EN));
    if (body_row >= 0) {
        struct uuid id = body_id(body);
        put_id(maker, FIELD_ID(SERVICE, organization), &id);
        put_text(maker, FIELD_ID(SERVICE, description_km),
                 cell(maker, TABLE_BODY, (size_t)body_row, BODY_COL_WHAT_KM));
        put_text(maker, FIELD_ID(SERVICE, description_en),
                 cell(maker, TABLE_BODY, (size_t)body_row, BODY_COL_WHAT_EN));
    }
    const char *age = cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_MAX_AGE);
    int64_t years = 0;
    if (number_parse(age, strlen(age), &years) == STATUS_OK) {
        put_int(maker, FIELD_ID(SERVICE, maximum_age), years);
    }
    put_text(maker, FIELD_ID(SERVICE, fees_km),
             cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_COST_KM));
    put_text(maker, FIELD_ID(SERVICE, fees_en),
             cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_COST_EN));
    put_text(maker, FIELD_ID(SERVICE, source), cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_SOURCE));
    put_enum(maker, FIELD_ID(SERVICE, confidence), "CONFIDENCE",
             cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_CONFIDENCE));
    put_text(maker, FIELD_ID(SERVICE, as_of), cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_ASOF));
    return create(maker, RECORD_SERVICE, of, "service");
}

static void create_phone(struct maker *maker, size_t row, const struct uuid *service,
                         const char *of)
{
    static const struct {
        int field, column;
    } texts[] = {
        {FIELD_ID(PHONE, hours_km), HOTLINE_COL_HOURS_KM},
        {FIELD_ID(PHONE, hours_en), HOTLINE_COL_HOURS_EN},
        {FIELD_ID(PHONE, note_km), HOTLINE_COL_NOTE_KM},
        {FIELD_ID(PHONE, note_en), HOTLINE_COL_NOTE_EN},
        {FIELD_ID(PHONE, source), HOTLINE_COL_SOURCE},
        {FIELD_ID(PHONE, as_of), HOTLINE_COL_ASOF},
    };
    const char *number = cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_NUMBER);
    char stored[PHONE_MAX] = "";
    if (phone_parse(number, strlen(number), stored) != STATUS_OK) {
        maker->status = STATUS_INVALID;
        text_addf(maker->why, "%s: no telephone number", number);
        return;
    }
    struct text part = TEXT_INIT;
    text_addf(&part, "phone/%s", stored);
    put_id(maker, FIELD_ID(PHONE, owner), service);
    put_text(maker, FIELD_ID(PHONE, number), stored);
    put_enum(maker, FIELD_ID(PHONE, kind), "PHONE_KIND",
             cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_KIND));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put_text(maker, texts[i].field, cell(maker, TABLE_HOTLINE, row, texts[i].column));
    }
    put_enum(maker, FIELD_ID(PHONE, confidence), "CONFIDENCE",
             cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_CONFIDENCE));
    create(maker, RECORD_PHONE, of, part.bytes);
    text_release(&part);
}

/* A schedule only where the source says day and night: other hours are not known. */
static void create_hours(struct maker *maker, size_t row, const struct uuid *service,
                         const char *of)
{
    if (strcmp(cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_ALL_DAY), "yes") != 0) {
        return;
    }
    put_id(maker, FIELD_ID(SCHEDULE, owner), service);
    put_int(maker, FIELD_ID(SCHEDULE, days), ALL_DAYS);
    put_int(maker, FIELD_ID(SCHEDULE, all_day), VALUE_ANSWER_YES);
    create(maker, RECORD_SCHEDULE, of, "schedule");
}

static void create_languages(struct maker *maker, size_t row, const struct uuid *service,
                             const char *of)
{
    const char *languages = cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_LANGUAGES), *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(languages, &at, &item, &len)) {
        struct text part = TEXT_INIT;
        text_addf(&part, "language/%.*s", (int)len, item);
        put_id(maker, FIELD_ID(LANGUAGE, owner), service);
        put_text(maker, FIELD_ID(LANGUAGE, code), part.bytes + strlen("language/"));
        create(maker, RECORD_LANGUAGE, of, part.bytes);
        text_release(&part);
    }
}

static void create_lines(struct maker *maker)
{
    struct text of = TEXT_INIT;
    struct uuid service = {{0}};
    for (size_t row = 0; row < maker->data->tables[TABLE_HOTLINE].count; row++) {
        if (!data_continues(maker->data, TABLE_HOTLINE, row)) {
            text_clear(&of);
            text_addf(&of, "line/%s", cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_KEY));
            service = create_line_service(maker, row, of.bytes);
            create_cover(maker, &service, of.bytes, AREA_COUNTRY_CODE);
            create_types(maker, &service, of.bytes,
                         cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_KINDS));
            create_hours(maker, row, &service, of.bytes);
            create_languages(maker, row, &service, of.bytes);
        }
        create_phone(maker, row, &service, of.bytes);
    }
    text_release(&of);
}

/* --- all of it
 * --------------------------------------------------------------------------------------- */

/* The replica is named after the rows its records are made of: other rows, another replica. */
static struct uuid born_replica(const struct data *data)
{
    struct text name = TEXT_INIT;
    text_adds(&name, "born/");
    born_name_rows(data, 0, TABLE_RECORDS_END, &name);
    struct uuid id = uuid_from_name(name.bytes);
    text_release(&name);
    return id;
}

static void write_records(struct maker *maker)
{
    const struct data *data = maker->data;
    maker->status = born_reference_write(maker->db, data, maker->why);
    for (size_t row = 0; row < data->tables[TABLE_BODY].count; row++) {
        create_body(maker, row);
    }
    create_lines(maker);
    for (size_t row = 0; row < data->tables[TABLE_AREA].count; row++) {
        create_offices_of(maker, row);
    }
}

/* In one transaction: nothing is written half. */
static enum status write_all(struct maker *maker)
{
    struct uuid replica = born_replica(maker->data);
    enum status status = db_begin(maker->db);
    if (status != STATUS_OK) {
        return status;
    }
    status = op_set_born(maker->db, &replica, date_days(born_day) * 86400 * 1000);
    if (status == STATUS_OK) {
        write_records(maker);
        status = maker->status;
    }
    if (status == STATUS_OK) {
        status = op_set_born(maker->db, NULL, 0);
    }
    if (status != STATUS_OK) {
        db_rollback(maker->db);
        return status;
    }
    return db_commit(maker->db);
}

enum status born_write(struct db *db, const struct data *data, struct text *why)
{
    struct maker maker = {
        .db = db, .data = data, .why = why, .status = STATUS_OK, .area = "", .name = TEXT_INIT};
    enum status status = write_all(&maker);
    text_release(&maker.name);
    if (status == STATUS_OK) {
        status = op_fold_all(db);
    }
    if (status != STATUS_OK && why->len == 0) {
        text_adds(why, db_error(db));
    }
    return status;
}
