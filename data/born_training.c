/* The training directory's own records; see born_training.h. */
#include "data/born_training.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/area.h"
#include "db/uuid.h"
#include "i18n/number.h"

enum { DAY_SECONDS = 86400, MORNING_SECONDS = 2 * 3600 }; /* 9 o'clock in Cambodia, in UTC */

const char born_training_source[] = "invented for training";

static const char first_day[] = "2025-10-01";

static int64_t day_ms(const char *day)
{
    struct date date;
    if (date_parse(day, strlen(day), &date) != STATUS_OK) {
        return 0; /* never: check_services and check_events have read it */
    }
    return (date_days(date) * DAY_SECONDS + MORNING_SECONDS) * 1000;
}

int64_t born_training_ms(void)
{
    return day_ms(first_day);
}

/* --- services -------------------------------------------------------------------------------- */

static const char *service_cell(const struct maker *maker, size_t row, enum service_column column)
{
    return maker_cell(maker, TABLE_SERVICE, row, (int)column);
}

static void put_texts(struct maker *maker, size_t row)
{
    static const struct {
        int field;
        enum service_column column;
    } texts[] = {
        {FIELD_ID(SERVICE, name_km), SERVICE_COL_KM},
        {FIELD_ID(SERVICE, name_en), SERVICE_COL_EN},
        {FIELD_ID(SERVICE, description_km), SERVICE_COL_WHAT_KM},
        {FIELD_ID(SERVICE, description_en), SERVICE_COL_WHAT_EN},
        {FIELD_ID(SERVICE, fees_km), SERVICE_COL_COST_KM},
        {FIELD_ID(SERVICE, fees_en), SERVICE_COL_COST_EN},
        {FIELD_ID(SERVICE, bring_km), SERVICE_COL_BRING_KM},
        {FIELD_ID(SERVICE, bring_en), SERVICE_COL_BRING_EN},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        maker_put_text(maker, texts[i].field, service_cell(maker, row, texts[i].column));
    }
}

static struct uuid create_service_itself(struct maker *maker, size_t row, const char *of)
{
    struct uuid body = born_body_id(maker, service_cell(maker, row, SERVICE_COL_BODY));
    int64_t minimum = -1, maximum = -1;
    (void)data_ages(service_cell(maker, row, SERVICE_COL_AGES), &minimum, &maximum);
    put_texts(maker, row);
    maker_put_id(maker, FIELD_ID(SERVICE, organization), &body);
    if (minimum >= 0) {
        maker_put_int(maker, FIELD_ID(SERVICE, minimum_age), minimum);
    }
    if (maximum >= 0) {
        maker_put_int(maker, FIELD_ID(SERVICE, maximum_age), maximum);
    }
    maker_put_enum(maker, FIELD_ID(SERVICE, sex), "SEX", service_cell(maker, row, SERVICE_COL_SEX));
    maker_put_text(maker, FIELD_ID(SERVICE, source), born_training_source);
    maker_put_enum(maker, FIELD_ID(SERVICE, confidence), "CONFIDENCE", "high");
    return maker_create(maker, RECORD_SERVICE, of, "service");
}

static void create_place(struct maker *maker, size_t row, const struct uuid *service,
                         const char *of)
{
    const char *area = service_cell(maker, row, SERVICE_COL_AREA);
    if (area[0] == '\0') {
        return;
    }
    struct uuid body = born_body_id(maker, service_cell(maker, row, SERVICE_COL_BODY));
    maker_put_id(maker, FIELD_ID(LOCATION, organization), &body);
    maker_put_text(maker, FIELD_ID(LOCATION, area), area);
    struct uuid location = maker_create(maker, RECORD_LOCATION, of, "location");
    maker_put_id(maker, FIELD_ID(SERVICE_AT_LOCATION, service), service);
    maker_put_id(maker, FIELD_ID(SERVICE_AT_LOCATION, location), &location);
    maker_create(maker, RECORD_SERVICE_AT_LOCATION, of, "at");
}

static void create_covers(struct maker *maker, size_t row, const struct uuid *service,
                          const char *of)
{
    const char *covers = service_cell(maker, row, SERVICE_COL_COVERS), *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(covers, &at, &item, &len)) {
        char area[AREA_CODE], part[AREA_CODE + 8];
        snprintf(area, sizeof area, "%.*s", (int)len, item);
        snprintf(part, sizeof part, "area/%s", area);
        maker_create_cover(maker, service, of, part, area);
    }
}

static void create_phone(struct maker *maker, const struct uuid *service, const char *of,
                         const char *number, const char *kind)
{
    char stored[PHONE_MAX] = "", part[PHONE_MAX + 8];
    if (!maker_read_phone(maker, number, stored)) {
        return;
    }
    snprintf(part, sizeof part, "phone/%s", stored);
    maker_put_id(maker, FIELD_ID(PHONE, owner), service);
    maker_put_text(maker, FIELD_ID(PHONE, number), stored);
    maker_put_enum(maker, FIELD_ID(PHONE, kind), "PHONE_KIND", kind);
    maker_put_text(maker, FIELD_ID(PHONE, source), born_training_source);
    maker_put_enum(maker, FIELD_ID(PHONE, confidence), "CONFIDENCE", "high");
    maker_create(maker, RECORD_PHONE, of, part);
}

static void create_phones(struct maker *maker, size_t row, const struct uuid *service,
                          const char *of)
{
    const char *phones = service_cell(maker, row, SERVICE_COL_PHONES), *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(phones, &at, &item, &len)) {
        char number[PHONE_MAX];
        snprintf(number, sizeof number, "%.*s", (int)len, item);
        create_phone(maker, service, of, number, "mobile");
    }
}

static void create_hours(struct maker *maker, size_t row, const struct uuid *service,
                         const char *of)
{
    unsigned days = 0;
    int opens = 0, closes = 0;
    if (!data_hours(service_cell(maker, row, SERVICE_COL_HOURS), &days, &opens, &closes)) {
        return;
    }
    maker_put_id(maker, FIELD_ID(SCHEDULE, owner), service);
    maker_put_int(maker, FIELD_ID(SCHEDULE, days), days);
    if (opens == closes) {
        maker_put_int(maker, FIELD_ID(SCHEDULE, all_day), VALUE_ANSWER_YES);
    } else {
        maker_put_int(maker, FIELD_ID(SCHEDULE, opens), opens);
        maker_put_int(maker, FIELD_ID(SCHEDULE, closes), closes);
    }
    maker_create(maker, RECORD_SCHEDULE, of, "schedule");
}

static void create_rest(struct maker *maker, size_t row, const struct uuid *service, const char *of)
{
    const char *access = service_cell(maker, row, SERVICE_COL_ACCESS_EN);
    int64_t available = 0, all = 0;
    if (access[0] != '\0') {
        maker_put_id(maker, FIELD_ID(ACCESSIBILITY, owner), service);
        maker_put_text(maker, FIELD_ID(ACCESSIBILITY, description_en), access);
        maker_put_text(maker, FIELD_ID(ACCESSIBILITY, description_km),
                       service_cell(maker, row, SERVICE_COL_ACCESS_KM));
        maker_create(maker, RECORD_ACCESSIBILITY, of, "accessibility");
    }
    if (data_places(service_cell(maker, row, SERVICE_COL_PLACES), &available, &all)) {
        maker_put_id(maker, FIELD_ID(CAPACITY, service), service);
        maker_put_int(maker, FIELD_ID(CAPACITY, available), available);
        maker_put_int(maker, FIELD_ID(CAPACITY, maximum), all);
        maker_create(maker, RECORD_CAPACITY, of, "capacity");
    }
}

/* The area it stands in, else the first one it serves. */
static void area_of_service(const struct maker *maker, size_t row, char ret_area[AREA_CODE])
{
    const char *area = service_cell(maker, row, SERVICE_COL_AREA);
    const char *covers = service_cell(maker, row, SERVICE_COL_COVERS);
    const char *of = area[0] != '\0' ? area : covers;
    snprintf(ret_area, AREA_CODE, "%.*s", (int)strcspn(of, " "), of);
}

static void create_service(struct maker *maker, size_t row)
{
    char area[AREA_CODE];
    struct text of = TEXT_INIT;
    text_addf(&of, "service/%s", service_cell(maker, row, SERVICE_COL_KEY));
    area_of_service(maker, row, area);
    maker->area = area;
    struct uuid service = create_service_itself(maker, row, of.bytes);
    create_place(maker, row, &service, of.bytes);
    create_covers(maker, row, &service, of.bytes);
    maker_create_types(maker, &service, of.bytes, service_cell(maker, row, SERVICE_COL_KINDS));
    create_phones(maker, row, &service, of.bytes);
    create_hours(maker, row, &service, of.bytes);
    create_rest(maker, row, &service, of.bytes);
    maker->area = "";
    text_release(&of);
}

static void create_office_phones(struct maker *maker)
{
    for (size_t row = 0; row < maker->data->tables[TABLE_PHONE].count; row++) {
        const char *of = maker_cell(maker, TABLE_PHONE, row, PHONE_COL_OF);
        struct uuid service = maker_id(maker, of, "service");
        maker->area = strrchr(of, '/') + 1;
        create_phone(maker, &service, of, maker_cell(maker, TABLE_PHONE, row, PHONE_COL_NUMBER),
                     maker_cell(maker, TABLE_PHONE, row, PHONE_COL_KIND));
        maker->area = "";
    }
}

/* --- what happened later --------------------------------------------------------------------- */

static const char *event_cell(const struct maker *maker, size_t row, enum event_column column)
{
    return maker_cell(maker, TABLE_EVENT, row, (int)column);
}

/* The area of what an event is of: "office/ccwc/990101", "service/KEY", "line/KEY". */
static void area_of_event(const struct maker *maker, const char *of, char ret_area[AREA_CODE])
{
    const char *name = strrchr(of, '/') + 1;
    long row = strncmp(of, "service/", strlen("service/")) == 0
                   ? data_find(maker->data, TABLE_SERVICE, name, strlen(name))
                   : -1;
    if (row >= 0) {
        area_of_service(maker, (size_t)row, ret_area);
    } else {
        snprintf(ret_area, AREA_CODE, "%s", of[0] == 'o' ? name : "");
    }
}

/* The changes of a verification, or of a house that is shut for a while. */
static size_t event_changes(struct maker *maker, size_t row, const struct change *model,
                            struct change ret_changes[2])
{
    const char *what = event_cell(maker, row, EVENT_COL_WHAT);
    const char *note = event_cell(maker, row, EVENT_COL_NOTE);
    bool suspended = strcmp(what, "suspended") == 0, closed = strcmp(what, "closed") == 0;
    ret_changes[0] = *model;
    ret_changes[0].kind = suspended ? OP_SET : OP_VERIFY;
    ret_changes[0].reason = suspended || closed ? note : "";
    if (suspended) {
        maker_put_int(maker, FIELD_STATUS, VALUE_STATUS_TEMPORARILY_CLOSED);
    } else {
        maker_put_enum(maker, VERIFY_METHOD, "METHOD", event_cell(maker, row, EVENT_COL_METHOD));
        maker_put_enum(maker, VERIFY_RESULT, "RESULT", what);
        if (!closed) {
            maker_put_text(maker, VERIFY_NOTE, note);
        }
    }
    ret_changes[0].fields = maker->fields;
    ret_changes[0].field_count = maker->count;
    ret_changes[1] = *model;
    ret_changes[1].kind = OP_CLOSE;
    ret_changes[1].reason = note;
    return closed ? 2 : 1;
}

static void write_event(struct maker *maker, size_t row)
{
    char area[AREA_CODE];
    const char *of = event_cell(maker, row, EVENT_COL_OF);
    area_of_event(maker, of, area);
    const struct change model = {
        .record_kind = RECORD_SERVICE,
        .record = maker_id(maker, of, "service"),
        .area = area,
        .actor = event_cell(maker, row, EVENT_COL_BY),
        .reason = "",
    };
    struct change changes[2];
    size_t count = event_changes(maker, row, &model, changes);
    if (maker->status == STATUS_OK) {
        maker->status = op_append_all(maker->db, changes, count, NULL, NULL);
        if (maker->status != STATUS_OK) {
            text_addf(maker->why, "event of %s: %s", of, db_error(maker->db));
        }
    }
    maker->count = 0;
}

/* Both columns hold days as 2026-07-01: their order is that of the letters. */
static const char *next_day(const struct maker *maker, const char *after)
{
    const char *next = NULL;
    for (int table = TABLE_SERVICE; table <= TABLE_EVENT; table += TABLE_EVENT - TABLE_SERVICE) {
        int column = table == TABLE_SERVICE ? SERVICE_COL_SINCE : EVENT_COL_DAY;
        for (size_t row = 0; row < maker->data->tables[table].count; row++) {
            const char *day = maker_cell(maker, (enum table_id)table, row, column);
            if (strcmp(day, after) > 0 && (!next || strcmp(day, next) < 0)) {
                next = day;
            }
        }
    }
    return next;
}

static void write_day(struct maker *maker, const char *day)
{
    if (maker->status == STATUS_OK) {
        maker->status = op_set_born(maker->db, &maker->replica, day_ms(day));
    }
    for (size_t row = 0; row < maker->data->tables[TABLE_SERVICE].count; row++) {
        if (strcmp(service_cell(maker, row, SERVICE_COL_SINCE), day) == 0) {
            create_service(maker, row);
        }
    }
    for (size_t row = 0; row < maker->data->tables[TABLE_EVENT].count; row++) {
        if (strcmp(event_cell(maker, row, EVENT_COL_DAY), day) == 0) {
            write_event(maker, row);
        }
    }
}

void born_training_write(struct maker *maker)
{
    create_office_phones(maker);
    for (const char *day = first_day; day; day = next_day(maker, day)) {
        write_day(maker, day);
    }
}
