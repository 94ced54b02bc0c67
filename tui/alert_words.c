/* Alerts in words; see alert_words.h. */
#include "tui/alert_words.h"

#include <stdio.h>

#include "db/record.h"
#include "i18n/number.h"

void alert_add_name(const struct format *f, struct text *out, const struct alert *a)
{
    enum message kind;
    if (enum_label("ALERT_KIND", a->kind, &kind))
        text_addf(out, "%s" NAMES_DOT, message_get(f->lang, kind));
    names_area(f->names, out, f->lang, a->area);
}

void alert_add_days(const struct format *f, struct text *out, const struct alert *a)
{
    struct text from = TEXT_INIT, to = TEXT_INIT;
    enum message words = a->state == ALERT_NOW && a->to >= 0 ? MSG_ALERT_UNTIL
                         : a->from >= 0 && a->to >= 0        ? MSG_ALERT_BETWEEN
                         : a->to >= 0                        ? MSG_ALERT_UNTIL
                                                             : MSG_ALERT_SINCE;
    if (a->from >= 0)
        format_day(&from, a->from);
    if (a->to >= 0)
        format_day(&to, a->to);
    if (from.len || to.len)
        message_format(out, f->lang, words, "from", from.bytes, "to", to.bytes, (char *)NULL);
    text_release(&from);
    text_release(&to);
}

void alert_add_line(const struct format *f, struct text *out, const struct alert *a)
{
    struct text days = TEXT_INIT;
    bool other;
    const char *says = format_pick(names_lang(f->names, f->lang), a->text_km, a->text_en, &other);
    alert_add_name(f, out, a);
    alert_add_days(f, &days, a);
    if (days.len)
        text_addf(out, NAMES_DOT "%s", days.bytes);
    if (*says)
        text_adds(out, NAMES_DOT);
    for (; *says; says++)
        text_addc(out, *says == '\n' ? ' ' : *says);
    text_release(&days);
}

void alert_add_warning(const struct format *f, struct text *out, const struct alert *a)
{
    struct text line = TEXT_INIT;
    alert_add_line(f, &line, a);
    message_format(out, f->lang, MSG_ALERT_WARNING, "alert", line.bytes, (char *)NULL);
    text_release(&line);
}

void alert_add_state(const struct format *f, struct text *out, const struct alert *a,
                     size_t suspended)
{
    static const enum message words[] = {[ALERT_NOW] = MSG_ALERT_STATE_NOW,
                                         [ALERT_COMING] = MSG_ALERT_STATE_COMING,
                                         [ALERT_OVER] = MSG_ALERT_STATE_OVER};
    char count[24];
    text_adds(out, message_get(f->lang, words[a->state]));
    if (!suspended)
        return;
    snprintf(count, sizeof count, "%zu", suspended);
    text_adds(out, NAMES_DOT);
    message_format(out, f->lang, MSG_ALERT_SUSPENDED, "count", count, (char *)NULL);
}

void alert_add_name_of(const struct format *f, struct text *out, struct db *db,
                       const struct uuid *id)
{
    struct alert_list list = {0};
    if (alert_get(db, id, date_days(date_from_time(f->now)), &list) == STATUS_OK)
        alert_add_name(f, out, &list.rows[0]);
    alert_list_release(&list);
}

void alert_add_list(const struct format *f, struct text *out, const struct alert_list *list,
                    const char *codes)
{
    bool any = false;
    for (size_t i = 0; i < list->count; i++) {
        if (!alert_holds_any(&list->rows[i], codes))
            continue;
        alert_add_warning(f, out, &list->rows[i]);
        text_addc(out, '\n');
        any = true;
    }
    if (any)
        text_addc(out, '\n');
}

void alert_add_lines(const struct format *f, struct text *out, struct db *db, const char *codes)
{
    struct alert_list list;
    if (alert_load_now(db, date_days(date_from_time(f->now)), &list) != STATUS_OK)
        return;
    alert_add_list(f, out, &list, codes);
    alert_list_release(&list);
}

void alert_add_ids(struct text *out, const struct alert_list *list, const char *codes)
{
    bool any = false;
    for (size_t i = 0; i < list->count; i++) {
        char id[UUID_TEXT];
        if (!alert_holds_any(&list->rows[i], codes))
            continue;
        uuid_format(&list->rows[i].id, id);
        text_addf(out, "%s%s", any ? " " : "", id);
        any = true;
    }
}
