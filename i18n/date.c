/* Calendar days; see number.h. Knows nothing of the clock. */
#include <stdio.h>
#include <string.h>

#include "i18n/message.h"
#include "i18n/number.h"
#include "i18n/number_scan.h"

enum {
    YEAR_FIRST = 1900,
    YEAR_LAST = 2999,
    SECONDS_A_DAY = 86400,
    CAMBODIA_AHEAD = 7 * 3600,
};

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static bool is_valid(struct date d)
{
    return d.year >= YEAR_FIRST && d.year <= YEAR_LAST && d.month >= 1 && d.month <= 12 &&
           d.day >= 1 && d.day <= month_days(d.year, d.month);
}

/* Up to four digits at *s, which moves behind them. *ret_digits: how many. */
static int scan_part(const char **s, int *ret_digits)
{
    int value = 0, n = 0;
    for (; **s >= '0' && **s <= '9' && n < 5; (*s)++, n++)
        value = value * 10 + (**s - '0');
    *ret_digits = n;
    return value;
}

enum status date_parse(const char *s, size_t len, struct date *ret_date)
{
    char typed[32];
    if (!scan_ascii(s, len, typed, sizeof typed))
        return STATUS_INVALID;
    const char *at = typed;
    int digits[3];
    int first = scan_part(&at, &digits[0]);
    char separator = *at;
    if (separator == '\0' || !strchr("-/.", separator))
        return STATUS_INVALID;
    at++;
    int second = scan_part(&at, &digits[1]);
    if (*at != separator)
        return STATUS_INVALID;
    at++;
    int third = scan_part(&at, &digits[2]);
    if (*at || digits[1] < 1 || digits[1] > 2)
        return STATUS_INVALID;
    bool iso = digits[0] == 4 && separator == '-';
    int year_digits = iso ? digits[0] : digits[2];
    int day_digits = iso ? digits[2] : digits[0];
    if (year_digits != 4 || day_digits < 1 || day_digits > 2)
        return STATUS_INVALID;
    struct date d = {iso ? first : third, second, iso ? third : first};
    if (!is_valid(d))
        return STATUS_INVALID;
    *ret_date = d;
    return STATUS_OK;
}

void date_iso(struct text *out, struct date d)
{
    text_addf(out, "%04d-%02d-%02d", d.year, d.month, d.day);
}

void date_short(struct text *out, struct date d)
{
    text_addf(out, "%02d/%02d/%04d", d.day, d.month, d.year);
}

void date_long(struct text *out, enum lang lang, struct date d)
{
    char day[16], year[16];
    snprintf(day, sizeof day, "%d", d.day);
    snprintf(year, sizeof year, "%d", d.year);
    int month = d.month >= 1 && d.month <= 12 ? d.month : 1;
    const char *name = message_get(lang, (enum message)(MSG_MONTH_1 + month - 1));
    message_format(out, lang, MSG_DATE_LONG, "day", day, "month", name, "year", year, NULL);
}

/* Days from 0000-01-01 to the first of January of a year from 1 on. */
static int64_t days_before_year(int year)
{
    int last = year - 1;
    return (int64_t)year * 365 + last / 4 - last / 100 + last / 400;
}

int64_t date_days(struct date d)
{
    int64_t days = days_before_year(d.year) - days_before_year(1970);
    for (int month = 1; month < d.month; month++)
        days += month_days(d.year, month);
    return days + d.day - 1;
}

struct date date_from_days(int64_t days)
{
    const struct date first = {YEAR_FIRST, 1, 1}, last = {YEAR_LAST, 12, 31};
    if (days <= date_days(first))
        return first;
    if (days >= date_days(last))
        return last;
    /* Never too late a year, and a few too early at most. */
    struct date d = {1970 + (int)(days < 0 ? days / 365 - 1 : days / 366), 1, 1};
    while (days_before_year(d.year + 1) - days_before_year(1970) <= days)
        d.year++;
    days -= date_days(d);
    for (; days >= month_days(d.year, d.month); d.month++)
        days -= month_days(d.year, d.month);
    d.day += (int)days;
    return d;
}

struct date date_from_time(int64_t unix_seconds)
{
    int64_t days = unix_seconds / SECONDS_A_DAY;
    int64_t rest = unix_seconds % SECONDS_A_DAY + CAMBODIA_AHEAD;
    if (rest < 0)
        days--;
    else if (rest >= SECONDS_A_DAY)
        days++;
    return date_from_days(days);
}

int64_t date_add_months(int64_t day, int months)
{
    struct date d = date_from_days(day);
    int month = 12 * d.year + d.month - 1 + months;
    struct date first = {month / 12, month % 12 + 1, 1};
    struct date after = {(month + 1) / 12, (month + 1) % 12 + 1, 1};
    int64_t length = date_days(after) - date_days(first);
    return date_days(first) + (d.day < length ? d.day : length) - 1;
}
