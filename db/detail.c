/* Everything about one service; see detail.h. */
#include "db/detail.h"

#include <string.h>

#include "db/internal.h"
#include "db/op.h"
#include "db/restricted.h"
#include "db/suspend.h"
#include "i18n/number.h"

enum { UTC_PLUS_7 = 7 * 60 * 60, MINUTES = 24 * 60 };

static enum status last_verification(struct db *db, const struct uuid *id, struct arena *arena,
                                     struct verification *ret_verification)
{
    sqlite3_stmt *s;
    bool row = false;
    struct verification v = {.day = -1, .actor = "", .note = ""};
    enum status status = db_query(db, QUERY_VERIFICATION_LAST, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", id);
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row) {
        v.day = op_day(sqlite3_column_int64(s, 0));
        v.method = sqlite3_column_int(s, 1);
        v.result = sqlite3_column_int(s, 2);
        v.actor = arena_strdup(arena, column_text(s, 3));
        v.note = arena_strdup(arena, column_text(s, 4));
    }
    sqlite3_reset(s);
    if (status == STATUS_OK)
        *ret_verification = v;
    return status;
}

static enum status service_of(struct db *db, const struct uuid *organization, struct uuid *ret_id)
{
    sqlite3_stmt *s;
    bool row = false;
    enum status status = db_query(db, QUERY_SERVICE_OF_ORGANIZATION, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":organization", organization);
    status = db_step(db, s, &row);
    bool found = status == STATUS_OK && row && column_id(s, 0, ret_id);
    sqlite3_reset(s);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

/* The records of one kind that belong to the service, its places or its organization. */
static enum status load_owned(struct db *db, const struct detail *d, enum record_kind kind,
                              struct record_list *list)
{
    const struct record_list *owners[] = {&d->service, &d->locations, &d->organization};
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        for (size_t j = 0; j < owners[i]->count; j++) {
            enum status status = record_children(db, kind, &owners[i]->rows[j].id, list);
            if (status != STATUS_OK)
                return status;
        }
    return STATUS_OK;
}

static enum status load_locations(struct db *db, const struct uuid *service,
                                  struct record_list *locations)
{
    struct record_list links = {0};
    enum status status = record_children(db, RECORD_SERVICE_AT_LOCATION, service, &links);
    for (size_t i = 0; i < links.count && status == STATUS_OK; i++) {
        const struct value *v =
            record_value(&links.rows[i], FIELD_ID(SERVICE_AT_LOCATION, location));
        if (v->type != VALUE_ID)
            continue;
        status = record_load(db, RECORD_LOCATION, &v->id, locations);
        if (status == STATUS_OK &&
            locations->rows[locations->count - 1].status == VALUE_STATUS_CLOSED)
            locations->count--;
        if (status == STATUS_NOT_FOUND)
            status = STATUS_OK;
    }
    record_list_release(&links);
    return status;
}

static enum status load_parts(struct db *db, struct detail *d)
{
    const struct record *service = &d->service.rows[0];
    const struct value *organization = record_value(service, FIELD_ID(SERVICE, organization));
    enum status status = STATUS_OK;
    if (organization->type == VALUE_ID) {
        status = record_load(db, RECORD_ORGANIZATION, &organization->id, &d->organization);
        if (status == STATUS_NOT_FOUND)
            status = STATUS_OK;
    }
    if (status == STATUS_OK)
        status = load_locations(db, &service->id, &d->locations);
    const struct {
        enum record_kind kind;
        struct record_list *list;
    } owned[] = {{RECORD_PHONE, &d->phones},
                 {RECORD_CONTACT, &d->contacts},
                 {RECORD_SCHEDULE, &d->schedules},
                 {RECORD_LANGUAGE, &d->languages},
                 {RECORD_ACCESSIBILITY, &d->accessibility}};
    for (size_t i = 0; i < sizeof owned / sizeof *owned && status == STATUS_OK; i++)
        status = load_owned(db, d, owned[i].kind, owned[i].list);
    const struct {
        enum record_kind kind;
        struct record_list *list;
    } direct[] = {{RECORD_SERVICE_AREA, &d->areas},
                  {RECORD_TERM_LINK, &d->terms},
                  {RECORD_CAPACITY, &d->capacities}};
    for (size_t i = 0; i < sizeof direct / sizeof *direct && status == STATUS_OK; i++)
        status = record_children(db, direct[i].kind, &service->id, direct[i].list);
    return status;
}

static bool was_confirmed(const struct detail *d)
{
    return d->verified.day >= 0 && d->verified.result == VALUE_RESULT_STILL_RIGHT;
}

bool detail_phone_unconfirmed(const struct detail *d, const struct record *phone)
{
    int64_t confidence = record_int(phone, FIELD_ID(PHONE, confidence), VALUE_CONFIDENCE_HIGH);
    return confidence > VALUE_CONFIDENCE_HIGH && !was_confirmed(d);
}

static void judge(struct detail *d)
{
    const struct record *service = &d->service.rows[0];
    int64_t confidence = record_int(service, FIELD_ID(SERVICE, confidence), VALUE_CONFIDENCE_HIGH);
    d->needs_contact = d->phones.count == 0;
    d->unconfirmed = confidence > VALUE_CONFIDENCE_HIGH && !was_confirmed(d);
    if (d->phones.count && detail_phone_unconfirmed(d, &d->phones.rows[0]))
        d->unconfirmed = true;
}

/* What was merged answers with what it became. */
static enum status load_service(struct db *db, const struct uuid *id, struct record_list *list)
{
    struct uuid now = *id, service;
    enum status status = op_merged_into(db, id, &now);
    if (status == STATUS_OK)
        status = record_load(db, RECORD_SERVICE, &now, list);
    if (status != STATUS_NOT_FOUND)
        return status;
    status = service_of(db, &now, &service);
    return status == STATUS_OK ? record_load(db, RECORD_SERVICE, &service, list) : status;
}

static enum status load_alert(struct db *db, struct detail *d)
{
    const struct record *service = &d->service.rows[0];
    struct uuid alert;
    if (record_value(service, FIELD_ID(SERVICE, suspended_by))->type != VALUE_ID)
        return STATUS_OK;
    enum status status = suspend_alert_of(db, &service->id, &alert);
    if (status == STATUS_OK) {
        int64_t today = date_days(date_from_time(db_now_ms(db) / 1000));
        status = alert_get(db, &alert, today, &d->suspended_by);
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status detail_load(struct db *db, const struct uuid *id, struct detail *ret_detail)
{
    struct detail d = {0};
    enum status status = load_service(db, id, &d.service);
    if (status == STATUS_OK)
        status = load_parts(db, &d);
    if (status == STATUS_OK)
        status = last_verification(db, &d.service.rows[0].id, &d.arena, &d.verified);
    if (status == STATUS_OK)
        status = load_alert(db, &d);
    if (status != STATUS_OK) {
        detail_release(&d);
        return status;
    }
    judge(&d);
    d.level = restricted_level(db);
    *ret_detail = d;
    return STATUS_OK;
}

enum { LISTS = 11 };

static void list_all(struct detail *d, struct record_list *ret_lists[LISTS])
{
    struct record_list *lists[LISTS] = {&d->service,       &d->organization, &d->phones,
                                        &d->contacts,      &d->schedules,    &d->locations,
                                        &d->areas,         &d->terms,        &d->languages,
                                        &d->accessibility, &d->capacities};
    memcpy(ret_lists, lists, sizeof lists);
}

void detail_keep_public(struct detail *d)
{
    struct record_list *lists[LISTS];
    list_all(d, lists);
    for (size_t i = 0; i < LISTS; i++) {
        size_t kept = 0;
        for (size_t k = 0; k < lists[i]->count; k++)
            if (lists[i]->rows[k].level == LEVEL_PUBLIC)
                lists[i]->rows[kept++] = lists[i]->rows[k];
        lists[i]->count = kept;
    }
    judge(d);
    d->level = LEVEL_PUBLIC;
}

void detail_release(struct detail *d)
{
    struct record_list *lists[LISTS];
    list_all(d, lists);
    for (size_t i = 0; i < LISTS; i++)
        record_list_release(lists[i]);
    alert_list_release(&d->suspended_by);
    arena_release(&d->arena);
    *d = (struct detail){0};
}

/* --- hours
 * ------------------------------------------------------------------------------------------ */

static bool in_season(const struct record *schedule, const char *today)
{
    const char *from = record_text(schedule, FIELD_ID(SCHEDULE, valid_from));
    const char *to = record_text(schedule, FIELD_ID(SCHEDULE, valid_to));
    return (!from || strcmp(from, today) <= 0) && (!to || strcmp(today, to) <= 0);
}

static enum open_state schedule_open(const struct record *schedule, int weekday, int minute)
{
    int64_t days = record_int(schedule, FIELD_ID(SCHEDULE, days), 127);
    if (record_int(schedule, FIELD_ID(SCHEDULE, all_day), VALUE_ANSWER_UNKNOWN) == VALUE_ANSWER_YES)
        return days >> weekday & 1 ? OPEN_ALL_DAY : CLOSED_NOW;
    int64_t opens = record_int(schedule, FIELD_ID(SCHEDULE, opens), -1);
    int64_t closes = record_int(schedule, FIELD_ID(SCHEDULE, closes), -1);
    if (opens < 0 || closes < 0)
        return OPEN_UNKNOWN;
    return (days >> weekday & 1) && minute >= opens && minute < closes ? OPEN_NOW : CLOSED_NOW;
}

enum open_state detail_open(const struct detail *d, int64_t unix_seconds)
{
    int64_t local = unix_seconds + UTC_PLUS_7;
    int64_t day = local / 86400;
    int weekday = (int)((day + 3) % 7); /* 1970-01-01 was a Thursday; 0 = Monday */
    int minute = (int)(local / 60 % MINUTES);
    struct date date = date_from_days(day);
    struct text today;
    text_init(&today);
    date_iso(&today, date);
    enum open_state state = OPEN_UNKNOWN;
    for (size_t i = 0; i < d->schedules.count; i++) {
        if (!in_season(&d->schedules.rows[i], today.bytes))
            continue;
        enum open_state one = schedule_open(&d->schedules.rows[i], weekday, minute);
        if (one == OPEN_ALL_DAY || one == OPEN_NOW) {
            state = one;
            break;
        }
        if (one == CLOSED_NOW)
            state = CLOSED_NOW;
    }
    text_release(&today);
    return state;
}
