/* Changes in words; see change.h. */
#include "tui/change.h"

#include "i18n/number.h"
#include "tui/value.h"

static const struct {
    int field;
    enum message label;
    const char *set; /* of enum.def, NULL: no enumeration */
} others[] = {
    {FIELD_STATUS, MSG_FIELD_STATUS, "STATUS"},     {VERIFY_METHOD, MSG_VERIFY_METHOD, "METHOD"},
    {VERIFY_RESULT, MSG_CHANGE_VERIFIED, "RESULT"}, {VERIFY_NOTE, MSG_VERIFY_NOTE, NULL},
    {MERGE_INTO, MSG_CHANGE_MERGED, NULL},
};
enum { OTHERS = sizeof others / sizeof *others };

static size_t other_of(int field)
{
    size_t i = 0;
    while (i < OTHERS && others[i].field != field)
        i++;
    return i;
}

static enum message op_words(enum op_kind op)
{
    switch (op) {
    case OP_CREATE:
        return MSG_CHANGE_CREATED;
    case OP_CLOSE:
        return MSG_CHANGE_CLOSED;
    case OP_REOPEN:
        return MSG_CHANGE_REOPENED;
    case OP_MERGE:
        return MSG_CHANGE_MERGED;
    case OP_VERIFY:
        return MSG_CHANGE_VERIFIED;
    default:
        return MSG_CHANGE_OTHER;
    }
}

void change_label(struct text *out, enum lang lang, enum record_kind own, enum record_kind kind,
                  enum op_kind op, int field)
{
    const struct field *f = field_by_number(field);
    size_t other = other_of(field);
    if (kind != own && kind > 0 && kind < RECORD_KIND_END)
        text_addf(out, "%s" NAMES_DOT, value_kind_label(lang, kind));
    if (f)
        value_label(out, lang, f);
    else
        text_adds(out, message_get(lang, other < OTHERS ? others[other].label : op_words(op)));
}

void change_value(struct text *out, struct db *db, struct names *names, enum lang lang, int field,
                  const struct value *value)
{
    const struct field *f = field_by_number(field);
    size_t other = other_of(field);
    enum message label;
    if (f)
        value_show(out, db, names, lang, f, value);
    else if (value->type == VALUE_TEXT)
        text_add(out, value->text.bytes, value->text.len);
    else if (value->type == VALUE_ID)
        value_record_name(out, db, lang, &value->id);
    else if (value->type == VALUE_INT && other < OTHERS && others[other].set &&
             enum_label(others[other].set, (int)value->integer, &label))
        text_adds(out, message_get(lang, label));
}

void change_time(struct text *out, int64_t time_ms)
{
    enum { UTC_PLUS_7 = 7 * 60 * 60, DAY = 24 * 60 * 60 };
    int64_t seconds = time_ms / 1000;
    int64_t minutes = (seconds + UTC_PLUS_7) % DAY / 60;
    date_short(out, date_from_time(seconds));
    text_addf(out, " %02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
}

void change_mark(struct text *out, enum lang lang, const struct history_change *change)
{
    enum message label;
    if (change->level > 0 && enum_label("CONFIDENTIALITY", change->level, &label))
        text_addf(out, " [%s]", message_get(lang, label));
}
