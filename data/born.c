/* From the checked tables to records. Knows how a standing office or a national line is made of
 * records, nothing of how they are stored. */
#include "data/born.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/born_maker.h"
#include "data/born_reference.h"
#include "data/born_training.h"
#include "db/area.h"
#include "db/op.h"
#include "db/record.h"
#include "db/uuid.h"
#include "i18n/number.h"

/* The day all of it is from: that of the gazetteer. */
static const struct date born_day = {2026, 6, 30};
static const char born_month[] = "2026-06";

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
    maker_put_text(maker, FIELD_ID(ORGANIZATION, name_km), office->km.bytes);
    maker_put_text(maker, FIELD_ID(ORGANIZATION, name_en), office->en.bytes);
    maker_put_text(maker, FIELD_ID(ORGANIZATION, abbreviation_km),
                   maker_cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_ABBR_KM));
    maker_put_text(maker, FIELD_ID(ORGANIZATION, abbreviation_en),
                   maker_cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_ABBR_EN));
    maker_put_int(maker, FIELD_ID(ORGANIZATION, sector), VALUE_SECTOR_GOVERNMENT);
    return maker_create(maker, RECORD_ORGANIZATION, office->of.bytes, "organization");
}

static struct uuid create_office_service(struct maker *maker, const struct office *office,
                                         const struct uuid *body)
{
    maker_put_text(maker, FIELD_ID(SERVICE, name_km), office->km.bytes);
    maker_put_text(maker, FIELD_ID(SERVICE, name_en), office->en.bytes);
    maker_put_id(maker, FIELD_ID(SERVICE, organization), body);
    maker_put_text(maker, FIELD_ID(SERVICE, description_km),
                   maker_cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_WHAT_KM));
    maker_put_text(maker, FIELD_ID(SERVICE, description_en),
                   maker_cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_WHAT_EN));
    maker_put_text(maker, FIELD_ID(SERVICE, source),
                   maker->data->set == DB_TRAINING
                       ? born_training_source
                       : maker_cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_SOURCE));
    maker_put_enum(maker, FIELD_ID(SERVICE, confidence), "CONFIDENCE",
                   maker_cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_CONFIDENCE));
    maker_put_text(maker, FIELD_ID(SERVICE, as_of), born_month);
    return maker_create(maker, RECORD_SERVICE, office->of.bytes, "service");
}

/* An office stands in its area and serves it. No address and no telephone: nobody gave one. */
static void create_office(struct maker *maker, const struct office *office)
{
    const char *of = office->of.bytes;
    maker->area = office->area;
    struct uuid body = create_office_body(maker, office);
    struct uuid service = create_office_service(maker, office, &body);
    maker_put_id(maker, FIELD_ID(LOCATION, organization), &body);
    maker_put_text(maker, FIELD_ID(LOCATION, area), office->area);
    struct uuid location = maker_create(maker, RECORD_LOCATION, of, "location");
    maker_put_id(maker, FIELD_ID(SERVICE_AT_LOCATION, service), &service);
    maker_put_id(maker, FIELD_ID(SERVICE_AT_LOCATION, location), &location);
    maker_create(maker, RECORD_SERVICE_AT_LOCATION, of, "at");
    maker_create_cover(maker, &service, of, "area", office->area);
    maker_create_types(maker, &service, of,
                       maker_cell(maker, TABLE_OFFICE, office->row, OFFICE_COL_KINDS));
}

static void create_offices_of(struct maker *maker, size_t area_row)
{
    struct office office = {0, maker_cell(maker, TABLE_AREA, area_row, AREA_COL_CODE), TEXT_INIT,
                            TEXT_INIT, TEXT_INIT};
    const char *kind = maker_cell(maker, TABLE_AREA, area_row, AREA_COL_KIND);
    for (size_t row = 0; row < maker->data->tables[TABLE_OFFICE].count; row++) {
        if (!data_continues(maker->data, TABLE_OFFICE, row)) {
            office.row = row;
        }
        if (strcmp(maker_cell(maker, TABLE_OFFICE, row, OFFICE_COL_UNIT), kind) != 0) {
            continue;
        }
        text_clear(&office.of);
        text_addf(&office.of, "office/%s/%s", maker_cell(maker, TABLE_OFFICE, row, OFFICE_COL_KEY),
                  office.area);
        fill_name(&office.km, maker_cell(maker, TABLE_OFFICE, row, OFFICE_COL_KM),
                  maker_cell(maker, TABLE_AREA, area_row, AREA_COL_KM));
        fill_name(&office.en, maker_cell(maker, TABLE_OFFICE, row, OFFICE_COL_EN),
                  maker_cell(maker, TABLE_AREA, area_row, AREA_COL_EN));
        create_office(maker, &office);
    }
    text_release(&office.of);
    text_release(&office.km);
    text_release(&office.en);
}

/* --- national bodies and lines
 * ----------------------------------------------------------------------- */

struct uuid born_body_id(const struct maker *maker, const char *key)
{
    struct text of = TEXT_INIT;
    text_addf(&of, "body/%s", key);
    struct uuid id = maker_id(maker, of.bytes, "organization");
    text_release(&of);
    return id;
}

static void create_body_service(struct maker *maker, size_t row, const char *of)
{
    struct uuid body = born_body_id(maker, maker_cell(maker, TABLE_BODY, row, BODY_COL_KEY));
    maker_put_text(maker, FIELD_ID(SERVICE, name_km),
                   maker_cell(maker, TABLE_BODY, row, BODY_COL_KM));
    maker_put_text(maker, FIELD_ID(SERVICE, name_en),
                   maker_cell(maker, TABLE_BODY, row, BODY_COL_EN));
    maker_put_id(maker, FIELD_ID(SERVICE, organization), &body);
    maker_put_text(maker, FIELD_ID(SERVICE, description_km),
                   maker_cell(maker, TABLE_BODY, row, BODY_COL_WHAT_KM));
    maker_put_text(maker, FIELD_ID(SERVICE, description_en),
                   maker_cell(maker, TABLE_BODY, row, BODY_COL_WHAT_EN));
    maker_put_text(maker, FIELD_ID(SERVICE, source),
                   maker_cell(maker, TABLE_BODY, row, BODY_COL_SOURCE));
    maker_put_enum(maker, FIELD_ID(SERVICE, confidence), "CONFIDENCE",
                   maker_cell(maker, TABLE_BODY, row, BODY_COL_CONFIDENCE));
    maker_put_text(maker, FIELD_ID(SERVICE, as_of),
                   maker_cell(maker, TABLE_BODY, row, BODY_COL_ASOF));
    struct uuid service = maker_create(maker, RECORD_SERVICE, of, "service");
    maker_create_cover(maker, &service, of, "area", AREA_COUNTRY_CODE);
    maker_create_types(maker, &service, of, maker_cell(maker, TABLE_BODY, row, BODY_COL_SERVES));
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
    text_addf(&of, "body/%s", maker_cell(maker, TABLE_BODY, row, BODY_COL_KEY));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        maker_put_text(maker, texts[i].field, maker_cell(maker, TABLE_BODY, row, texts[i].column));
    }
    maker_put_enum(maker, FIELD_ID(ORGANIZATION, sector), "SECTOR",
                   maker_cell(maker, TABLE_BODY, row, BODY_COL_SECTOR));
    maker_put_enum(maker, FIELD_ID(ORGANIZATION, confidence), "CONFIDENCE",
                   maker_cell(maker, TABLE_BODY, row, BODY_COL_CONFIDENCE));
    maker_create(maker, RECORD_ORGANIZATION, of.bytes, "organization");
    if (maker_cell(maker, TABLE_BODY, row, BODY_COL_SERVES)[0] != '\0') {
        create_body_service(maker, row, of.bytes);
    }
    text_release(&of);
}

static struct uuid create_line_service(struct maker *maker, size_t row, const char *of)
{
    const char *body = maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_BODY);
    long body_row = data_find(maker->data, TABLE_BODY, body, strlen(body));
    maker_put_text(maker, FIELD_ID(SERVICE, name_km),
                   maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_KM));
    maker_put_text(maker, FIELD_ID(SERVICE, name_en),
                   maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_EN));
    if (body_row >= 0) {
        struct uuid id = born_body_id(maker, body);
        maker_put_id(maker, FIELD_ID(SERVICE, organization), &id);
        maker_put_text(maker, FIELD_ID(SERVICE, description_km),
                       maker_cell(maker, TABLE_BODY, (size_t)body_row, BODY_COL_WHAT_KM));
        maker_put_text(maker, FIELD_ID(SERVICE, description_en),
                       maker_cell(maker, TABLE_BODY, (size_t)body_row, BODY_COL_WHAT_EN));
    }
    const char *age = maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_MAX_AGE);
    int64_t years = 0;
    if (number_parse(age, strlen(age), &years) == STATUS_OK) {
        maker_put_int(maker, FIELD_ID(SERVICE, maximum_age), years);
    }
    maker_put_text(maker, FIELD_ID(SERVICE, fees_km),
                   maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_COST_KM));
    maker_put_text(maker, FIELD_ID(SERVICE, fees_en),
                   maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_COST_EN));
    maker_put_text(maker, FIELD_ID(SERVICE, source),
                   maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_SOURCE));
    maker_put_enum(maker, FIELD_ID(SERVICE, confidence), "CONFIDENCE",
                   maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_CONFIDENCE));
    maker_put_text(maker, FIELD_ID(SERVICE, as_of),
                   maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_ASOF));
    return maker_create(maker, RECORD_SERVICE, of, "service");
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
    const char *number = maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_NUMBER);
    char stored[PHONE_MAX] = "";
    if (!maker_read_phone(maker, number, stored)) {
        return;
    }
    struct text part = TEXT_INIT;
    text_addf(&part, "phone/%s", stored);
    maker_put_id(maker, FIELD_ID(PHONE, owner), service);
    maker_put_text(maker, FIELD_ID(PHONE, number), stored);
    maker_put_enum(maker, FIELD_ID(PHONE, kind), "PHONE_KIND",
                   maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_KIND));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        maker_put_text(maker, texts[i].field,
                       maker_cell(maker, TABLE_HOTLINE, row, texts[i].column));
    }
    maker_put_enum(maker, FIELD_ID(PHONE, confidence), "CONFIDENCE",
                   maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_CONFIDENCE));
    maker_create(maker, RECORD_PHONE, of, part.bytes);
    text_release(&part);
}

/* A schedule only where the source says day and night: other hours are not known. */
static void create_hours(struct maker *maker, size_t row, const struct uuid *service,
                         const char *of)
{
    if (strcmp(maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_ALL_DAY), "yes") != 0) {
        return;
    }
    maker_put_id(maker, FIELD_ID(SCHEDULE, owner), service);
    maker_put_int(maker, FIELD_ID(SCHEDULE, days), MAKER_ALL_DAYS);
    maker_put_int(maker, FIELD_ID(SCHEDULE, all_day), VALUE_ANSWER_YES);
    maker_create(maker, RECORD_SCHEDULE, of, "schedule");
}

static void create_languages(struct maker *maker, size_t row, const struct uuid *service,
                             const char *of)
{
    const char *languages = maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_LANGUAGES),
               *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(languages, &at, &item, &len)) {
        struct text part = TEXT_INIT;
        text_addf(&part, "language/%.*s", (int)len, item);
        maker_put_id(maker, FIELD_ID(LANGUAGE, owner), service);
        maker_put_text(maker, FIELD_ID(LANGUAGE, code), part.bytes + strlen("language/"));
        maker_create(maker, RECORD_LANGUAGE, of, part.bytes);
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
            text_addf(&of, "line/%s", maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_KEY));
            service = create_line_service(maker, row, of.bytes);
            maker_create_cover(maker, &service, of.bytes, "area", AREA_COUNTRY_CODE);
            maker_create_types(maker, &service, of.bytes,
                               maker_cell(maker, TABLE_HOTLINE, row, HOTLINE_COL_KINDS));
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
    if (data->set == DB_TRAINING) {
        born_training_write(maker);
    }
}

/* The replica of the changes that the person at the keyboard makes: a new one in every file of the
 * real directory, always the same one in the training directory, which is fresh again and again. */
static enum status give_own_replica(struct maker *maker)
{
    struct uuid own = maker_id(maker, "own", "replica");
    return maker->data->set == DB_TRAINING ? op_set_replica(maker->db, &own) : STATUS_OK;
}

/* In one transaction: nothing is written half. */
static enum status write_all(struct maker *maker)
{
    bool training = maker->data->set == DB_TRAINING;
    maker->replica = born_replica(maker->data);
    enum status status = db_begin(maker->db);
    if (status != STATUS_OK) {
        return status;
    }
    status = op_set_born(maker->db, &maker->replica,
                         training ? born_training_ms() : date_days(born_day) * 86400 * 1000);
    if (status == STATUS_OK) {
        write_records(maker);
        status = maker->status;
    }
    if (status == STATUS_OK) {
        status = op_set_born(maker->db, NULL, 0);
    }
    if (status == STATUS_OK) {
        status = give_own_replica(maker);
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
