/* Working groups in words; see group_page.h. */
#include "tui/group_page.h"

#include <stdio.h>
#include <string.h>

#include "i18n/number.h"

enum { INDENT = 2 };

static const char *say(const struct format *f, enum message id)
{
    return message_get(f->lang, id);
}

void group_add_next(const struct format *f, struct text *out, const struct working_group *g)
{
    static const enum message words[] = {
        [GROUP_NO_DATE] = MSG_GROUP_NO_DATE,
        [GROUP_OVER] = MSG_GROUP_OVER,
        [GROUP_SOON] = MSG_GROUP_SOON,
        [GROUP_LATER] = MSG_GROUP_NEXT,
    };
    struct text day = TEXT_INIT;
    if (g->next >= 0)
        format_day(&day, g->next);
    message_format(out, f->lang, words[g->state], "day", day.bytes, (char *)NULL);
    text_release(&day);
}

void group_add_last(const struct format *f, struct text *out, const struct working_group *g)
{
    struct text day = TEXT_INIT;
    if (g->last >= 0) {
        format_day(&day, g->last);
        message_format(out, f->lang, g->long_ago ? MSG_GROUP_LONG_AGO : MSG_GROUP_LAST, "day",
                       day.bytes, (char *)NULL);
    }
    text_release(&day);
}

enum style group_style(const struct working_group *g)
{
    return g->state == GROUP_LATER && !g->long_ago ? STYLE_NORMAL
           : g->state == GROUP_SOON                ? STYLE_STRONG
                                                   : STYLE_WARNING;
}

static void add_part(const struct format *f, struct text *out, const char *km, const char *en)
{
    bool other;
    const char *s = format_pick(names_lang(f->names, f->lang), km, en, &other);
    if (*s)
        text_addf(out, "%s%s", out->len ? NAMES_DOT : "", s);
}

static void add_phones(struct text *out, const char *phones)
{
    while (*phones) {
        char stored[PHONE_MAX] = "";
        size_t len = strcspn(phones, " ");
        memcpy(stored, phones, len < sizeof stored ? len : sizeof stored - 1);
        text_adds(out, out->len ? NAMES_DOT : "");
        phone_format(out, stored);
        phones += len + strspn(phones + len, " ");
    }
}

void group_add_member(const struct format *f, struct text *out, const struct group_member *m)
{
    struct text line = TEXT_INIT;
    add_part(f, &line, m->name_km, m->name_en);
    add_part(f, &line, m->title_km, m->title_en);
    add_part(f, &line, m->role_km, m->role_en);
    add_phones(&line, m->phones);
    if (*m->email)
        text_addf(&line, NAMES_DOT "%s", m->email);
    text_adds(out, line.bytes);
    text_release(&line);
}

void group_sheet(const struct format *f, struct sheet *s, const struct working_group *g)
{
    struct text line = TEXT_INIT;
    bool other;
    sheet_text(s, 0, STYLE_TITLE,
               format_pick(names_lang(f->names, f->lang), g->name_km, g->name_en, &other));
    names_path(f->names, &line, f->lang, g->area);
    add_phones(&line, g->phones);
    sheet_text(s, INDENT, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    group_add_next(f, &line, g);
    sheet_text(s, INDENT, g->state == GROUP_LATER ? STYLE_NORMAL : STYLE_WARNING, line.bytes);
    text_clear(&line);
    group_add_last(f, &line, g);
    sheet_text(s, INDENT, g->long_ago ? STYLE_WARNING : STYLE_NORMAL, line.bytes);
    for (size_t i = 0; i < g->member_count; i++) {
        text_clear(&line);
        text_addf(&line, "%zu. ", i + 1);
        group_add_member(f, &line, &g->members[i]);
        sheet_text(s, INDENT, STYLE_NORMAL, line.bytes);
    }
    if (!g->member_count)
        sheet_text(s, INDENT, STYLE_WARNING, say(f, MSG_GROUP_NO_MEMBERS));
    text_release(&line);
}

void group_sheets(const struct format *f, struct sheet *s, const struct group_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        sheet_gap(s);
        group_sheet(f, s, &list->rows[i]);
    }
    if (!list->count)
        sheet_text(s, 0, STYLE_WARNING, say(f, MSG_GROUP_NONE));
}
