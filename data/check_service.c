/* What must be true of the entries of the training set: service.tsv, phone.tsv, event.tsv. Knows
 * what their cells mean, not how they become records. */
#include <stdio.h>
#include <string.h>

#include "data/check_text.h"
#include "db/area.h"
#include "i18n/number.h"

enum { AGE_MAX = 120, DAY_MINUTES = 24 * 60, WEEKDAYS = 0x1F, ALL_DAYS = 0x7F };

/* No operator has an area code 059, and no subscriber's number begins with 0 (SOURCES.md). */
static const char training_phones[] = "+85559000";

/* --- cells ------------------------------------------------------------------------------------ */

/* A number of at most three digits; -1 for no digit. */
static bool read_count(const char *text, size_t len, int64_t *ret_value)
{
    *ret_value = -1;
    return len == 0 || (len <= 3 && strspn(text, "0123456789") >= len &&
                        number_parse(text, len, ret_value) == STATUS_OK);
}

bool data_ages(const char *cell, int64_t *ret_minimum, int64_t *ret_maximum)
{
    const char *dash = strchr(cell, '-');
    return dash && dash[0] != '\0' && strlen(cell) > 1 &&
           read_count(cell, (size_t)(dash - cell), ret_minimum) &&
           read_count(dash + 1, strlen(dash + 1), ret_maximum) && *ret_minimum <= AGE_MAX &&
           *ret_maximum <= AGE_MAX && (*ret_maximum < 0 || *ret_minimum <= *ret_maximum);
}

bool data_places(const char *cell, int64_t *ret_free, int64_t *ret_all)
{
    const char *stroke = strchr(cell, '/');
    return stroke && read_count(cell, (size_t)(stroke - cell), ret_free) &&
           read_count(stroke + 1, strlen(stroke + 1), ret_all) && *ret_free >= 0 &&
           *ret_free <= *ret_all;
}

/* "07:30" as minutes after midnight. */
static bool read_clock(const char *text, int *ret_minutes)
{
    int64_t hour = 0, minute = 0;
    if (text[2] != ':' || !read_count(text, 2, &hour) || !read_count(text + 3, 2, &minute)) {
        return false;
    }
    *ret_minutes = (int)(hour * 60 + minute);
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
}

bool data_hours(const char *cell, unsigned *ret_days, int *ret_opens, int *ret_closes)
{
    const char *clock = strchr(cell, ' ');
    *ret_days = strncmp(cell, "weekdays ", 9) == 0 ? WEEKDAYS : ALL_DAYS;
    *ret_opens = *ret_closes = 0;
    if (strcmp(cell, "24h") == 0) {
        return true;
    }
    return clock && (*ret_days == WEEKDAYS || strncmp(cell, "daily ", 6) == 0) &&
           strlen(clock) == strlen(" 07:30-17:00") && clock[6] == '-' &&
           read_clock(clock + 1, ret_opens) && read_clock(clock + 7, ret_closes) &&
           *ret_opens < *ret_closes;
}

/* --- what tables share ------------------------------------------------------------------------ */

static struct spot at(const struct data *data, enum table_id table, size_t row, int column,
                      struct report *report)
{
    return (struct spot){data, table, row, column, report};
}

static bool is_day(const char *cell)
{
    struct date date;
    return strlen(cell) == strlen("2026-07-01") &&
           date_parse(cell, strlen(cell), &date) == STATUS_OK;
}

static void check_day(const struct spot *spot)
{
    if (!is_day(spot_cell(spot))) {
        spot_report(spot, "'%s' is no day such as 2026-07-01", spot_cell(spot));
    }
}

/* Nobody may be called by mistake in a lesson. */
static void check_phone(const struct spot *spot, const char *number, size_t len)
{
    char stored[PHONE_MAX];
    if (phone_parse(number, len, stored) != STATUS_OK ||
        strncmp(stored, training_phones, strlen(training_phones)) != 0) {
        spot_report(spot, "'%.*s': a number that begins with 059 000 is wanted", (int)len, number);
    }
}

static void check_both(const struct data *data, size_t row, int en, int km, struct report *report)
{
    struct spot english = at(data, TABLE_SERVICE, row, en, report);
    struct spot khmer = at(data, TABLE_SERVICE, row, km, report);
    if (spot_cell(&english)[0] != '\0') {
        check_latin(&english);
    }
    if (spot_cell(&khmer)[0] != '\0') {
        check_khmer_text(&khmer);
    }
    check_pair(&english, km);
    check_pair(&khmer, en);
}

/* --- services --------------------------------------------------------------------------------- */

static void check_cells(const struct data *data, size_t row, struct report *report)
{
    int64_t from = 0, to = 0;
    unsigned days = 0;
    int opens = 0, closes = 0;
    struct spot ages = at(data, TABLE_SERVICE, row, SERVICE_COL_AGES, report);
    struct spot hours = at(data, TABLE_SERVICE, row, SERVICE_COL_HOURS, report);
    struct spot places = at(data, TABLE_SERVICE, row, SERVICE_COL_PLACES, report);
    struct spot sex = at(data, TABLE_SERVICE, row, SERVICE_COL_SEX, report);
    if (spot_cell(&ages)[0] != '\0' && !data_ages(spot_cell(&ages), &from, &to)) {
        spot_report(&ages, "'%s' is no range of ages", spot_cell(&ages));
    }
    if (spot_cell(&hours)[0] != '\0' && !data_hours(spot_cell(&hours), &days, &opens, &closes)) {
        spot_report(&hours, "'%s': 24h, weekdays 07:30-17:00 or daily 07:30-17:00 is wanted",
                    spot_cell(&hours));
    }
    if (spot_cell(&places)[0] != '\0' && !data_places(spot_cell(&places), &from, &to)) {
        spot_report(&places, "'%s': free places/all places is wanted", spot_cell(&places));
    }
    if (spot_cell(&sex)[0] != '\0') {
        check_word(&sex, "female male");
    }
}

static void check_service_phones(const struct spot *spot)
{
    const char *item = NULL;
    size_t from = 0, len = 0;
    while (data_item(spot_cell(spot), &from, &item, &len)) {
        check_phone(spot, item, len);
    }
}

static void check_service_places(const struct data *data, size_t row, struct report *report)
{
    struct spot area = at(data, TABLE_SERVICE, row, SERVICE_COL_AREA, report);
    struct spot covers = at(data, TABLE_SERVICE, row, SERVICE_COL_COVERS, report);
    check_codes(&area, TABLE_AREA);
    if (strchr(spot_cell(&area), ' ')) {
        spot_report(&area, "one area is wanted");
    }
    check_filled(&covers);
    check_codes(&covers, TABLE_AREA);
}

void check_services(const struct data *data, struct report *report)
{
    for (size_t row = 0; row < data->tables[TABLE_SERVICE].count; row++) {
        struct spot key = at(data, TABLE_SERVICE, row, SERVICE_COL_KEY, report);
        struct spot body = at(data, TABLE_SERVICE, row, SERVICE_COL_BODY, report);
        struct spot kinds = at(data, TABLE_SERVICE, row, SERVICE_COL_KINDS, report);
        struct spot since = at(data, TABLE_SERVICE, row, SERVICE_COL_SINCE, report);
        struct spot phones = at(data, TABLE_SERVICE, row, SERVICE_COL_PHONES, report);
        check_key(&key);
        if (data_find(data, TABLE_SERVICE, spot_cell(&key), strlen(spot_cell(&key))) < (long)row) {
            spot_report(&key, "%s stands twice", spot_cell(&key));
        }
        check_filled(&body);
        check_codes(&body, TABLE_BODY);
        check_filled(&kinds);
        check_codes(&kinds, TABLE_TERM);
        check_service_places(data, row, report);
        check_cells(data, row, report);
        check_day(&since);
        check_service_phones(&phones);
        check_latin(&(struct spot){data, TABLE_SERVICE, row, SERVICE_COL_EN, report});
        check_khmer_text(&(struct spot){data, TABLE_SERVICE, row, SERVICE_COL_KM, report});
        for (int column = SERVICE_COL_WHAT_EN; column < SERVICE_COL_PLACES; column += 2) {
            check_both(data, row, column, column + 1, report);
        }
    }
}

/* --- offices' phones and events --------------------------------------------------------------- */

/* "office/KEY/AREA" of an office that this kind of area has. */
static bool is_office(const struct data *data, const char *of)
{
    const char *key = of + strlen("office/"), *stroke = strchr(key, '/');
    long area = stroke ? data_find(data, TABLE_AREA, stroke + 1, strlen(stroke + 1)) : -1;
    if (area < 0) {
        return false;
    }
    const char *kind = data_cell(data, TABLE_AREA, (size_t)area, AREA_COL_KIND);
    for (size_t row = 0; row < data->tables[TABLE_OFFICE].count; row++) {
        const char *office = data_cell(data, TABLE_OFFICE, row, OFFICE_COL_KEY);
        if (strlen(office) == (size_t)(stroke - key) && strncmp(office, key, strlen(office)) == 0 &&
            strcmp(data_cell(data, TABLE_OFFICE, row, OFFICE_COL_UNIT), kind) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_entry(const struct data *data, const char *of)
{
    const char *stroke = strchr(of, '/'), *key = stroke ? stroke + 1 : of;
    if (strncmp(of, "office/", 7) == 0) {
        return is_office(data, of);
    }
    return (strncmp(of, "service/", 8) == 0 &&
            data_find(data, TABLE_SERVICE, key, strlen(key)) >= 0) ||
           (strncmp(of, "line/", 5) == 0 && data_find(data, TABLE_HOTLINE, key, strlen(key)) >= 0);
}

void check_phones(const struct data *data, struct report *report)
{
    for (size_t row = 0; row < data->tables[TABLE_PHONE].count; row++) {
        struct spot of = at(data, TABLE_PHONE, row, PHONE_COL_OF, report);
        struct spot number = at(data, TABLE_PHONE, row, PHONE_COL_NUMBER, report);
        struct spot kind = at(data, TABLE_PHONE, row, PHONE_COL_KIND, report);
        if (strncmp(spot_cell(&of), "office/", 7) != 0 || !is_office(data, spot_cell(&of))) {
            spot_report(&of, "'%s' is no office", spot_cell(&of));
        }
        check_phone(&number, spot_cell(&number), strlen(spot_cell(&number)));
        check_word(&kind, "hotline voice mobile");
    }
    for (size_t row = 0; data->set == DB_TRAINING && row < data->tables[TABLE_HOTLINE].count;
         row++) {
        struct spot number = at(data, TABLE_HOTLINE, row, HOTLINE_COL_NUMBER, report);
        check_phone(&number, spot_cell(&number), strlen(spot_cell(&number)));
    }
}

void check_events(const struct data *data, struct report *report)
{
    for (size_t row = 0; row < data->tables[TABLE_EVENT].count; row++) {
        struct spot day = at(data, TABLE_EVENT, row, EVENT_COL_DAY, report);
        struct spot of = at(data, TABLE_EVENT, row, EVENT_COL_OF, report);
        struct spot by = at(data, TABLE_EVENT, row, EVENT_COL_BY, report);
        check_day(&day);
        if (row > 0 &&
            strcmp(data_cell(data, TABLE_EVENT, row - 1, EVENT_COL_DAY), spot_cell(&day)) > 0) {
            spot_report(&day, "%s is out of order", spot_cell(&day));
        }
        if (!is_entry(data, spot_cell(&of))) {
            spot_report(&of, "'%s' is no entry", spot_cell(&of));
        }
        check_word(&(struct spot){data, TABLE_EVENT, row, EVENT_COL_WHAT, report},
                   "still_right not_reached closed suspended");
        check_word(&(struct spot){data, TABLE_EVENT, row, EVENT_COL_METHOD, report},
                   "phone visit letter message");
        check_filled(&by);
    }
}
