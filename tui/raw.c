/* Values as programs read them; see raw.h. */
#include "tui/raw.h"

static void add_clock(struct text *out, int64_t minutes)
{
    text_addf(out, "%02d:%02d", (int)(minutes / 60 % 100), (int)(minutes % 60));
}

/* iCalendar's two letters, comma separated, as HSDS writes byday. */
static void add_days(struct text *out, int64_t days)
{
    static const char names[] = "MOTUWETHFRSASU";
    size_t start = out->len;
    for (int i = 0; i < 7; i++)
        if (days >> i & 1)
            text_addf(out, "%s%.2s", out->len > start ? "," : "", names + 2 * i);
}

static void add_integer(struct text *out, const struct field *field, int64_t value)
{
    const char *set = field_enum_set(field);
    const char *name = set ? enum_name(set, (int)value) : NULL;
    if (name)
        text_adds(out, name);
    else if (field->type == FIELD_CLOCK)
        add_clock(out, value);
    else if (field->type == FIELD_DAYS)
        add_days(out, value);
    else
        text_addf(out, "%lld", (long long)value);
}

bool raw_value(struct text *out, const struct field *field, const struct value *value)
{
    char id[UUID_TEXT];
    switch (value->type) {
    case VALUE_NULL:
        return false;
    case VALUE_INT:
        add_integer(out, field, value->integer);
        return true;
    case VALUE_REAL:
        text_addf(out, "%.7g", value->real);
        return true;
    case VALUE_TEXT:
        text_add(out, value->text.bytes, value->text.len);
        return true;
    case VALUE_ID:
        uuid_format(&value->id, id);
        text_adds(out, id);
        return true;
    }
    return false;
}
