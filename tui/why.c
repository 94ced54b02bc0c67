/* Reasons of work lists; see why.h. */
#include "tui/why.h"

#include "i18n/number.h"
#include "tui/format.h"

void why_due_row(struct text *out, enum lang lang, const struct due_row *row)
{
    struct text times = TEXT_INIT;
    number_format(&times, row->not_reached);
    if (row->why != DUE_NOT_REACHED)
        text_adds(out, message_get(lang, format_due_why(row->why)));
    if (row->not_reached) {
        text_adds(out, row->why == DUE_NOT_REACHED ? "" : ", ");
        message_format(out, lang, MSG_WHY_NOT_REACHED, "count", times.bytes, (char *)NULL);
    }
    text_release(&times);
}

void why_duplicate(struct text *out, enum lang lang, unsigned why, const char *phone)
{
    static const struct {
        unsigned bit;
        enum message label;
    } rows[] = {
        {DUPLICATE_PHONE, MSG_WHY_SAME_PHONE},     {DUPLICATE_NAME_KM, MSG_WHY_SAME_NAME_KM},
        {DUPLICATE_NAME_EN, MSG_WHY_SAME_NAME_EN}, {DUPLICATE_SOUND, MSG_WHY_SAME_SOUND},
        {DUPLICATE_PLACE, MSG_WHY_SAME_PLACE},
    };
    struct text number = TEXT_INIT;
    size_t start = out->len;
    if (phone && *phone)
        phone_format(&number, phone);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!(why & rows[i].bit))
            continue;
        text_adds(out, out->len > start ? ", " : "");
        message_format(out, lang, rows[i].label, "phone", number.bytes, (char *)NULL);
    }
    text_release(&number);
}
