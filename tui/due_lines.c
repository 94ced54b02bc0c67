/* The work list in words; see due_lines.h. */
#include "tui/due_lines.h"

#include "i18n/number.h"
#include "tui/cli_work.h"
#include "tui/why.h"

void due_add_service(const struct format *f, struct text *out, const struct due_row *row,
                     const char *indent)
{
    struct text phone = TEXT_INIT;
    bool other;
    text_addf(out, "%s\n%s", format_pick(f->lang, row->name_km, row->name_en, &other), indent);
    cli_add_phones(&phone, row->phones);
    if (phone.len)
        text_addf(out, "%s" NAMES_DOT, phone.bytes);
    why_due_row(out, f->lang, row);
    if (row->verified >= 0) {
        text_adds(out, NAMES_DOT);
        format_confirmed(f, out, row->verified, row->actor);
    }
    text_addf(out, "\n%s", indent);
    names_path(f->names, out, f->lang, row->area);
    text_release(&phone);
}

void due_add_progress(const struct format *f, struct text *out, const struct due_list *list)
{
    struct text day = TEXT_INIT;
    struct text numbers[3];
    const int64_t counts[3] = {list->done, list->total, list->due};
    for (size_t i = 0; i < 3; i++) {
        text_init(&numbers[i]);
        number_format(&numbers[i], counts[i]);
    }
    format_day(&day, list->round_from);
    message_format(out, f->lang, MSG_SHEET_PROGRESS, "day", day.bytes, "done", numbers[0].bytes,
                   "total", numbers[1].bytes, "due", numbers[2].bytes, (char *)NULL);
    for (size_t i = 0; i < 3; i++)
        text_release(&numbers[i]);
    text_release(&day);
}

void due_add_more(const struct format *f, struct text *out, const struct due_list *list)
{
    struct text shown = TEXT_INIT, due = TEXT_INIT;
    number_format(&shown, (int64_t)list->count);
    number_format(&due, list->due);
    if (list->due > (int64_t)list->count)
        message_format(out, f->lang, MSG_DUE_MORE, "count", shown.bytes, "due", due.bytes,
                       (char *)NULL);
    text_release(&shown);
    text_release(&due);
}
