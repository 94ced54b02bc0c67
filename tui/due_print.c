/* The due list on paper: why each entry is due, its numbers, and lines to write the answers on. */
#include <stdio.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/due_view.h"
#include "tui/print.h"

#define WRITE_LINE "______________________________________"

static void add_phones(struct sheet *s, const struct context *x, const char *phones)
{
    struct text line = TEXT_INIT;
    while (*phones) {
        char number[PHONE_MAX];
        size_t len = strcspn(phones, " ");
        snprintf(number, sizeof number, "%.*s", (int)len, phones);
        text_adds(&line, line.len > 0 ? "  /  " : "");
        phone_format(&line, number);
        phones += len + (phones[len] == ' ');
    }
    sheet_field(s, message_get(x->lang, MSG_DETAIL_PHONE), STYLE_STRONG,
                line.len > 0 ? line.bytes : WRITE_LINE);
    text_release(&line);
}

/* "[ ] still right  [ ] changed ..." */
static void add_boxes(struct sheet *s, const struct context *x)
{
    struct text line = TEXT_INIT;
    for (int result = VALUE_RESULT_STILL_RIGHT; result <= VALUE_RESULT_CLOSED; result++) {
        enum message label;
        if (enum_label("RESULT", result, &label))
            text_addf(&line, "[ ] %s   ", message_get(x->lang, label));
    }
    sheet_text(s, 2, STYLE_NORMAL, line.bytes);
    text_release(&line);
}

static void add_item(const struct due_view *v, struct sheet *s, const struct context *x,
                     size_t number, const struct due_item *i)
{
    struct text line = TEXT_INIT;
    struct format f = {v->names, x->lang, x->now(x->clock)};
    bool other;
    text_addf(&line, "%zu. %s", number,
              format_pick(names_lang(v->names, x->lang), i->row.name_km, i->row.name_en, &other));
    sheet_text(s, 0, STYLE_TITLE, line.bytes);
    add_phones(s, x, i->row.phones);
    sheet_field(s, message_get(x->lang, MSG_DUE_WHY_LABEL), STYLE_NORMAL,
                message_get(x->lang, format_due_why(i->row.why)));
    text_clear(&line);
    format_confirmed(&f, &line, i->row.verified, i->row.actor);
    sheet_field(s, message_get(x->lang, MSG_DETAIL_VERIFIED), STYLE_NORMAL, line.bytes);
    add_boxes(s, x);
    sheet_field(s, message_get(x->lang, MSG_VERIFY_NOTE), STYLE_NORMAL, WRITE_LINE);
    sheet_gap(s);
    text_release(&line);
}

bool due_print(const struct view *view, const struct context *x, struct text *out)
{
    const struct due_view *v = (const struct due_view *)view;
    struct sheet s;
    size_t number = 0;
    sheet_init(&s, PRINT_COLUMNS);
    for (size_t i = 0; i < v->count; i++)
        if (!v->items[i].done)
            add_item(v, &s, x, ++number, &v->items[i]);
    sheet_write(&s, out);
    sheet_release(&s);
    return number > 0;
}
