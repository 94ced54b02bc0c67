/* The call sheet; see call_sheet.h. Must not ask the directory anything but names of areas. */
#include "tui/call_sheet.h"

#include <stdio.h>
#include <string.h>

#include "db/record.h"
#include "i18n/number.h"
#include "tui/why.h"

enum { INDENT = 4, LINE_SHORT = 18 };

static const char *say(const struct format *f, enum message id)
{
    return message_get(f->lang, id);
}

/* A label and a line to write on, up to the column. */
static void add_blank(const struct format *f, struct text *out, enum message label, int columns)
{
    text_addf(out, "%s ", say(f, label));
    for (int i = names_measure(f->names, say(f, label)) + 1; i < columns; i++)
        text_addc(out, '_');
}

static void add_head(const struct format *f, struct sheet *s, const struct due_list *list,
                     const char *area)
{
    struct text line = TEXT_INIT, day = TEXT_INIT;
    struct text numbers[3];
    const int64_t counts[3] = {list->done, list->total, list->due};
    for (size_t i = 0; i < 3; i++) {
        text_init(&numbers[i]);
        number_format(&numbers[i], counts[i]);
    }
    sheet_text(s, 0, STYLE_NORMAL, say(f, MSG_SHEET_TITLE));
    names_path(f->names, &line, f->lang, area);
    sheet_text(s, 0, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    format_day(&day, list->round_from);
    message_format(&line, f->lang, MSG_SHEET_PROGRESS, "day", day.bytes, "done", numbers[0].bytes,
                   "total", numbers[1].bytes, "due", numbers[2].bytes, (char *)NULL);
    for (size_t i = 0; i < 3; i++)
        text_release(&numbers[i]);
    sheet_text(s, 0, STYLE_NORMAL, line.bytes);
    text_release(&line);
    text_release(&day);
}

static void add_phones(const struct format *f, struct text *line, const char *phones)
{
    if (!*phones)
        text_adds(line, say(f, MSG_SHEET_PHONE_UNKNOWN));
    else
        text_addf(line, "%s:", say(f, MSG_SHEET_PHONE));
    for (const char *at = phones; *at;) {
        char stored[PHONE_MAX] = "";
        size_t len = strcspn(at, " ");
        memcpy(stored, at, len < sizeof stored ? len : sizeof stored - 1);
        text_adds(line, at == phones ? " " : ", ");
        phone_format(line, stored);
        at += len + strspn(at + len, " ");
    }
}

static void add_why(const struct format *f, struct text *line, const struct due_row *row)
{
    struct text day = TEXT_INIT;
    why_due_row(line, f->lang, row);
    if (row->verified >= 0) {
        format_day(&day, row->verified);
        text_adds(line, NAMES_DOT);
        message_format(line, f->lang, MSG_SHEET_CONFIRMED, "day", day.bytes, "actor", row->actor,
                       (char *)NULL);
    } else if (row->why != DUE_NEVER) {
        text_addf(line, NAMES_DOT "%s", say(f, MSG_SHEET_NEVER));
    }
    text_release(&day);
}

/* A box to tick for each result there is. */
static void add_boxes(const struct format *f, struct text *line)
{
    enum message label;
    for (int result = 1; enum_label("RESULT", result, &label); result++)
        text_addf(line, "%s[ ] %s", result > 1 ? "   " : "", say(f, label));
}

static void add_row(const struct format *f, struct sheet *s, const struct due_row *row, size_t n)
{
    struct text line = TEXT_INIT;
    bool other;
    int inner = s->columns - INDENT;
    text_addf(&line, "%zu. %s", n, format_pick(f->lang, row->name_km, row->name_en, &other));
    sheet_gap(s);
    sheet_text(s, 0, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    names_path(f->names, &line, f->lang, row->area);
    sheet_text(s, INDENT, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    add_phones(f, &line, row->phones);
    sheet_text(s, INDENT, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    add_why(f, &line, row);
    sheet_text(s, INDENT, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    add_boxes(f, &line);
    sheet_text(s, INDENT, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    add_blank(f, &line, MSG_SHEET_NEW_PHONE, inner / 2 - 1);
    text_addc(&line, ' ');
    add_blank(f, &line, MSG_SHEET_SPOKE, inner / 2);
    sheet_text(s, INDENT, STYLE_NORMAL, line.bytes);
    text_clear(&line);
    add_blank(f, &line, MSG_SHEET_NOTE, inner);
    sheet_text(s, INDENT, STYLE_NORMAL, line.bytes);
    text_release(&line);
}

void call_sheet(const struct format *f, struct text *out, const struct due_list *list,
                const char *area, const char *who, int columns)
{
    struct sheet sheet;
    struct text line = TEXT_INIT;
    sheet_init(&sheet, columns);
    add_head(f, &sheet, list, area);
    add_blank(f, &line, MSG_SHEET_DAY, LINE_SHORT);
    if (*who)
        text_addf(&line, "  %s %s", say(f, MSG_SHEET_BY), who);
    else
        add_blank(f, &line, MSG_SHEET_BY, 2 * LINE_SHORT);
    sheet_text(&sheet, 0, STYLE_NORMAL, line.bytes);
    for (size_t i = 0; i < list->count; i++)
        add_row(f, &sheet, &list->rows[i], i + 1);
    sheet_write(&sheet, out);
    text_release(&line);
    sheet_release(&sheet);
}
