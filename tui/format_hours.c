/* Days, hours and languages in words. Knows no screens. */
#include "tui/format_hours.h"

#include <string.h>

#include "i18n/number.h"

enum { WEEK = 7, EVERY_DAY = (1 << WEEK) - 1 };

const char *format_day_name(enum lang lang, int day)
{
    static const enum message names[WEEK] = {
        MSG_DETAIL_MON, MSG_DETAIL_TUE, MSG_DETAIL_WED, MSG_DETAIL_THU,
        MSG_DETAIL_FRI, MSG_DETAIL_SAT, MSG_DETAIL_SUN,
    };
    return message_get(lang, names[day]);
}

void format_days(struct text *out, enum lang lang, unsigned days)
{
    size_t start = out->len;
    if (days == EVERY_DAY) {
        text_adds(out, message_get(lang, MSG_DETAIL_EVERY_DAY));
        return;
    }
    for (int day = 0; day < WEEK; day++) {
        if (!(days >> day & 1U))
            continue;
        int last = day;
        while (last + 1 < WEEK && days >> (last + 1) & 1U)
            last++;
        text_adds(out, out->len > start ? ", " : "");
        text_adds(out, format_day_name(lang, day));
        if (last > day)
            text_addf(out, "%s%s", last > day + 1 ? " - " : ", ", format_day_name(lang, last));
        day = last;
    }
}

static void add_clock(struct text *out, int64_t minutes)
{
    text_addf(out, "%02d:%02d", (int)(minutes / 60 % 100), (int)(minutes % 60));
}

void format_schedule(const struct format *f, struct text *out, const struct record *schedule)
{
    int64_t opens = record_int(schedule, FIELD_ID(SCHEDULE, opens), -1);
    int64_t closes = record_int(schedule, FIELD_ID(SCHEDULE, closes), -1);
    int64_t days = record_int(schedule, FIELD_ID(SCHEDULE, days), 0);
    size_t start = out->len;
    format_days(out, f->lang, (unsigned)days & EVERY_DAY);
    if (record_int(schedule, FIELD_ID(SCHEDULE, all_day), 0) == VALUE_ANSWER_YES) {
        text_adds(out, out->len > start ? NAMES_DOT : "");
        text_adds(out, message_get(f->lang, MSG_DETAIL_OPEN_ALL_DAY));
    } else if (opens >= 0 && closes >= 0) {
        struct text from = TEXT_INIT, to = TEXT_INIT;
        add_clock(&from, opens);
        add_clock(&to, closes);
        text_adds(out, out->len > start ? " " : "");
        message_format(out, f->lang, MSG_DETAIL_HOURS_SPAN, "from", from.bytes, "to", to.bytes,
                       NULL);
        text_release(&from);
        text_release(&to);
    }
}

void format_partial_day(struct text *out, const char *stored)
{
    struct date day;
    size_t len = strlen(stored);
    if (date_parse(stored, len, &day) == STATUS_OK)
        date_short(out, day);
    else if (len == 7 && stored[4] == '-')
        text_addf(out, "%s/%.4s", stored + 5, stored);
    else
        text_adds(out, stored);
}

static const struct {
    const char *code;
    enum message name;
} languages[] = {
    {"km", MSG_LANGUAGE_KM},
    {"en", MSG_LANGUAGE_EN},
    {"zh", MSG_LANGUAGE_ZH},
    {"vi", MSG_LANGUAGE_VI},
};

const char *format_language(enum lang lang, const char *code)
{
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (strcmp(languages[i].code, code) == 0)
            return message_get(lang, languages[i].name);
    return code;
}

const char *format_language_code(size_t index)
{
    return index < sizeof languages / sizeof *languages ? languages[index].code : NULL;
}
