/* The emergency list in words; see emergency_words.h. */
#include "tui/emergency_words.h"

#include <stdio.h>

#include "tui/alert_words.h"
#include "tui/cli_work.h"
#include "tui/way.h"

enum { INDENT = 2, SHOWN_MOST = 40 }; /* services of a kind; the others are counted */

static const char *say(const struct format *f, enum message id)
{
    return message_get(f->lang, id);
}

static void add_part(struct text *out, const char *part)
{
    if (*part)
        text_addf(out, "%s%s", out->len ? NAMES_DOT : "", part);
}

/* "Social affairs department or office: Kampot Province": what, and of which area where the row
 * means an office of a level. */
static void add_heading(const struct format *f, struct sheet *s, const struct emergency_list *list,
                        const struct emergency_group *g)
{
    struct text line = TEXT_INIT;
    char area[AREA_CODE];
    text_adds(&line, names_term(f->names, f->lang, g->item->kind));
    if (g->item->level >= 0 && g->item->level <= area_level(list->area)) {
        snprintf(area, sizeof area, "%.*s", 2 * g->item->level, list->area);
        text_adds(&line, NAMES_DOT);
        names_area(f->names, &line, f->lang, area);
    }
    sheet_text(s, 0, STYLE_TITLE, line.bytes);
    text_release(&line);
}

static void add_row(const struct format *f, struct sheet *s, const struct emergency_row *row)
{
    const struct hit *hit = row->hit;
    struct text line = TEXT_INIT, part = TEXT_INIT;
    format_hit_name(f, &line, hit);
    sheet_text(s, INDENT, STYLE_STRONG, line.bytes);
    text_clear(&line);
    cli_add_phones(&part, hit->phones);
    add_part(&line, part.bytes);
    text_clear(&part);
    way_add_open(f, &part, row->open);
    add_part(&line, part.bytes);
    text_clear(&part);
    format_hit_place(f, &part, hit, SHEET_NARROW);
    add_part(&line, part.bytes);
    text_clear(&part);
    format_hit_marks(f, &part, hit);
    add_part(&line, part.bytes);
    sheet_text(s, 2 * INDENT, hit->needs_contact || hit->unconfirmed ? STYLE_WARNING : STYLE_NORMAL,
               line.bytes);
    if (row->outside)
        sheet_text(s, 2 * INDENT, STYLE_DIM, say(f, MSG_EMERGENCY_OUTSIDE));
    text_release(&part);
    text_release(&line);
}

static void add_more(const struct format *f, struct sheet *s, size_t more)
{
    struct text line = TEXT_INIT;
    char number[24];
    snprintf(number, sizeof number, "%zu", more);
    message_format(&line, f->lang, MSG_COVERAGE_MORE, "count", number, (char *)NULL);
    sheet_text(s, INDENT, STYLE_DIM, line.bytes);
    text_release(&line);
}

static void add_group(const struct format *f, struct sheet *s, const struct emergency_list *list,
                      const struct emergency_group *g)
{
    add_heading(f, s, list, g);
    for (size_t i = 0; i < g->active && i < SHOWN_MOST; i++)
        add_row(f, s, &g->rows[i]);
    if (g->active > SHOWN_MOST)
        add_more(f, s, g->active - SHOWN_MOST);
    if (g->below)
        sheet_text(s, INDENT, STYLE_DIM, say(f, MSG_EMERGENCY_BELOW));
    else if (!g->active)
        sheet_text(s, INDENT, STYLE_WARNING,
                   say(f, g->count ? MSG_EMERGENCY_ALL_SUSPENDED : MSG_EMERGENCY_GAP));
}

static void add_part_of_list(const struct format *f, struct sheet *s,
                             const struct emergency_list *list, enum emergency_part part,
                             enum message heading)
{
    sheet_gap(s);
    sheet_text(s, 0, STYLE_FILTER, say(f, heading));
    for (size_t i = 0; i < list->count; i++)
        if (list->groups[i].item->part == part)
            add_group(f, s, list, &list->groups[i]);
}

static bool is_told(const struct emergency_list *list, size_t group, const struct hit *hit)
{
    for (size_t i = 0; i < group; i++)
        for (size_t k = list->groups[i].active; k < list->groups[i].count; k++)
            if (uuid_equal(&list->groups[i].rows[k].hit->id, &hit->id))
                return true;
    return false;
}

/* Each of them once, whatever kinds it has. */
static void add_suspended(const struct format *f, struct sheet *s, struct db *db,
                          const struct emergency_list *list)
{
    struct text line = TEXT_INIT, alert = TEXT_INIT;
    bool any = false;
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = list->groups[i].active; k < list->groups[i].count; k++) {
            const struct emergency_row *row = &list->groups[i].rows[k];
            if (is_told(list, i, row->hit))
                continue;
            sheet_gap(s);
            if (!any)
                sheet_text(s, 0, STYLE_FILTER, say(f, MSG_EMERGENCY_SUSPENDED));
            any = true;
            text_clear(&line);
            text_clear(&alert);
            format_hit_name(f, &line, row->hit);
            sheet_text(s, INDENT, STYLE_NORMAL, line.bytes);
            if (row->has_alert)
                alert_add_name_of(f, &alert, db, &row->alert);
            text_clear(&line);
            if (alert.len)
                text_addf(&line, "%s: %s", say(f, MSG_FIELD_SUSPENDED_BY), alert.bytes);
            else
                format_hit_marks(f, &line, row->hit);
            sheet_text(s, 2 * INDENT, STYLE_WARNING, line.bytes);
        }
    text_release(&line);
    text_release(&alert);
}

void emergency_write(const struct format *f, struct sheet *s, struct db *db,
                     const struct emergency_list *list)
{
    struct text line = TEXT_INIT;
    names_path(f->names, &line, f->lang, list->area);
    sheet_text(s, 0, STYLE_TITLE, say(f, MSG_COMMAND_EMERGENCY_HELP));
    sheet_text(s, 0, STYLE_NORMAL, line.bytes);
    add_part_of_list(f, s, list, EMERGENCY_DUTY, MSG_EMERGENCY_DUTY);
    add_part_of_list(f, s, list, EMERGENCY_RECEIVE, MSG_EMERGENCY_RECEIVE);
    add_suspended(f, s, db, list);
    sheet_gap(s);
    sheet_text(s, 0, STYLE_DIM, say(f, MSG_EMERGENCY_OURS));
    text_release(&line);
}
