/* How long ago something was confirmed, in words. */
#include <stdio.h>

#include "i18n/number.h"
#include "tui/format.h"

enum { MONTH_FROM = 30, YEAR_FROM = 24 }; /* days; months */

/* Whole months between two days of the calendar. */
static int64_t months_between(int64_t from, int64_t to)
{
    struct date a = date_from_days(from), b = date_from_days(to);
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day);
}

void format_age(const struct format *f, struct text *out, int64_t day)
{
    int64_t today = date_days(date_from_time(f->now)), days = today - day;
    int64_t months = months_between(day, today), count = days;
    enum message words = MSG_AGE_DAYS;
    if (days <= 0) {
        words = MSG_AGE_TODAY;
    } else if (days == 1) {
        words = MSG_AGE_YESTERDAY;
    } else if (months >= YEAR_FROM) {
        words = MSG_AGE_YEARS;
        count = months / 12;
    } else if (days >= MONTH_FROM && months <= 1) {
        words = MSG_AGE_MONTH;
    } else if (days >= MONTH_FROM) {
        words = MSG_AGE_MONTHS;
        count = months;
    }
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)count);
    message_format(out, f->lang, words, "count", number, NULL);
}

void format_confirmed(const struct format *f, struct text *out, int64_t day, const char *actor)
{
    if (day < 0) {
        text_adds(out, message_get(f->lang, MSG_MARK_NEVER_VERIFIED));
        return;
    }
    struct text age = TEXT_INIT;
    format_age(f, &age, day);
    bool known = actor && *actor;
    message_format(out, f->lang, known ? MSG_AGE_CONFIRMED_BY : MSG_AGE_CONFIRMED, "age", age.bytes,
                   "actor", known ? actor : "", NULL);
    text_release(&age);
}

void format_hit_age(const struct format *f, struct text *out, const struct hit *h, bool *ret_due)
{
    int64_t today = date_days(date_from_time(f->now));
    struct text age = TEXT_INIT;
    *ret_due = names_is_due(f->names, h->types, h->verified, today);
    if (h->verified >= 0) {
        format_age(f, &age, h->verified);
        message_format(out, f->lang, *ret_due ? MSG_AGE_DUE : MSG_AGE_FRESH, "age", age.bytes,
                       NULL);
    } else if (!h->needs_contact && !h->unconfirmed && h->status == VALUE_STATUS_ACTIVE) {
        text_adds(out, message_get(f->lang, MSG_MARK_NEVER_VERIFIED));
    }
    text_release(&age);
}

enum message format_due_why(enum due_why why)
{
    static const enum message words[DUE_WHY_COUNT] = {
        [DUE_NOT] = MSG_DUE_DONE,
        [DUE_URGENT] = MSG_DUE_WHY_URGENT,
        [DUE_NOT_REACHED] = MSG_DUE_WHY_NOT_REACHED,
        [DUE_NO_PHONE] = MSG_MARK_CONTACT_NEEDED,
        [DUE_NEVER] = MSG_MARK_NEVER_VERIFIED,
        [DUE_CHECK] = MSG_DUE_WHY_CHECK,
        [DUE_OLD] = MSG_DUE_WHY_OLD,
    };
    return words[why];
}
