/* A service on a few lines of plain text, to be pasted into a message. */
#include "db/record.h"
#include "i18n/number.h"
#include "tui/format.h"
#include "tui/format_hours.h"

const char *format_detail_area(const struct detail *d)
{
    const char *code = NULL;
    for (size_t i = 0; i < d->locations.count && !code; i++)
        if (d->locations.rows[i].level == 0)
            code = record_text(&d->locations.rows[i], FIELD_ID(LOCATION, area));
    if (!code && d->areas.count > 0)
        code = record_text(&d->areas.rows[0], FIELD_ID(SERVICE_AREA, area));
    return code ? code : "";
}

static void label(const struct format *f, struct text *out, enum message id)
{
    text_addf(out, "%s: ", message_get(f->lang, id));
}

static void add_phones(const struct format *f, struct text *out, const struct detail *d)
{
    label(f, out, MSG_DETAIL_PHONE);
    bool any = false;
    for (size_t i = 0; i < d->phones.count; i++) {
        const struct record *phone = &d->phones.rows[i];
        const char *stored = record_text(phone, FIELD_ID(PHONE, number));
        if (!stored || phone->level > 0)
            continue;
        text_adds(out, any ? ", " : "");
        phone_format(out, stored);
        if (detail_phone_unconfirmed(d, phone))
            text_addf(out, " (%s)", message_get(f->lang, MSG_MARK_UNCONFIRMED));
        any = true;
    }
    if (!any)
        text_adds(out, message_get(f->lang, MSG_MARK_CONTACT_NEEDED));
    text_addc(out, '\n');
}

static void add_hours(const struct format *f, struct text *out, const struct detail *d)
{
    for (size_t i = 0; i < d->schedules.count; i++) {
        if (d->schedules.rows[i].level > 0)
            continue;
        label(f, out, MSG_DETAIL_HOURS);
        format_schedule(f, out, &d->schedules.rows[i]);
        text_addc(out, '\n');
    }
}

void format_card(const struct format *f, struct text *out, const struct detail *d)
{
    bool other = false;
    if (d->service.count == 0)
        return;
    const char *name = record_text_lang(&d->service.rows[0], FIELD_ID(SERVICE, name_km),
                                        names_lang(f->names, f->lang), &other);
    text_addf(out, "%s\n", name ? name : "");
    add_phones(f, out, d);
    add_hours(f, out, d);
    label(f, out, MSG_DETAIL_LOCATED);
    names_path(f->names, out, f->lang, format_detail_area(d));
    text_addc(out, '\n');
    label(f, out, MSG_DETAIL_VERIFIED);
    if (d->verified.day < 0)
        text_adds(out, message_get(f->lang, MSG_MARK_NEVER_VERIFIED));
    else
        format_day(out, d->verified.day);
    text_addc(out, '\n');
}
