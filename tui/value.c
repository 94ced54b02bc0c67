/* Values as people type and read them; see value.h. Reading is in value_read.c. */
#include "tui/value.h"

#include <string.h>

#include "db/rule.h"
#include "i18n/message.h"
#include "i18n/number.h"
#include "tui/format.h"
#include "tui/format_hours.h"

struct rule_words {
    const char *rule;
    enum message hint, refusal;
};

static const struct rule_words rules[] = {
#define RULE(rule, hint, refusal) {rule, hint, refusal},
#include "tui/rule.def"
#undef RULE
};

/* The row of the field's rule; the last character of a shared row is '_'. */
static const struct rule_words *words_of(const struct field *field)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        size_t len = strlen(rules[i].rule);
        bool shared = rules[i].rule[len - 1] == '_';
        if (shared ? !strncmp(rules[i].rule, field->rule, len)
                   : !strcmp(rules[i].rule, field->rule))
            return &rules[i];
    }
    return &rules[0];
}

void value_label(struct text *out, enum lang lang, const struct field *field)
{
    text_adds(out, message_get(lang, field->label));
    if (field->lang == FIELD_NONE)
        return;
    enum message name = field->lang == FIELD_KM ? MSG_LANGUAGE_KM : MSG_LANGUAGE_EN;
    text_addf(out, " (%s)", message_get(lang, name));
}

/* The names of an enumeration's values: "girls and boys, girls only". */
static void list_values(struct text *out, enum lang lang, const struct field *field)
{
    enum { MOST = 10 };
    const char *set = field_enum_set(field);
    for (int value = 0; set && value < MOST; value++) {
        enum message label;
        if (!enum_label(set, value, &label))
            continue;
        text_adds(out, out->len ? ", " : "");
        text_adds(out, message_get(lang, label));
    }
}

static void complain_missing(struct text *out, enum lang lang, const struct field *field)
{
    bool pair = field->lang != FIELD_NONE;
    message_format(out, lang, pair ? MSG_FAULT_MISSING_NAME : MSG_FAULT_MISSING, "field",
                   message_get(lang, field->label), NULL);
}

void value_complain(struct text *out, enum lang lang, const struct field *field,
                    const struct fault *fault)
{
    struct text label = TEXT_INIT, more = TEXT_INIT, most = TEXT_INIT;
    const struct field *other = field_by_number(fault->other);
    value_label(&label, lang, field);
    switch (fault->kind) {
    case FAULT_NONE:
        break;
    case FAULT_UTF8:
        message_format(out, lang, MSG_FAULT_UTF8, "field", label.bytes, NULL);
        break;
    case FAULT_CHARACTER:
        text_addf(&more, "U+%04X", (unsigned)fault->character);
        message_format(out, lang, MSG_FAULT_CHARACTER, "field", label.bytes, "character",
                       more.bytes, NULL);
        break;
    case FAULT_LONG:
        number_format(&more, (int64_t)fault->count);
        number_format(&most, field->type == FIELD_PROSE ? PROSE_MAX_CHARS : LINE_MAX_CHARS);
        message_format(out, lang, MSG_FAULT_LONG, "field", label.bytes, "count", more.bytes, "most",
                       most.bytes, NULL);
        break;
    case FAULT_MANY:
        message_format(out, lang, MSG_FAULT_MANY, "field", label.bytes, NULL);
        break;
    case FAULT_MISSING:
        complain_missing(out, lang, field);
        break;
    case FAULT_ORDER:
        if (other)
            value_label(&more, lang, other);
        message_format(out, lang, MSG_FAULT_ORDER, "field", label.bytes, "other", more.bytes, NULL);
        break;
    case FAULT_RULE:
        list_values(&more, lang, field);
        message_format(out, lang, words_of(field)->refusal, "field", label.bytes, "list",
                       more.bytes, NULL);
        break;
    }
    text_release(&label);
    text_release(&more);
    text_release(&most);
}

void value_hint(struct text *out, enum lang lang, const struct field *field)
{
    const struct rule_words *words = words_of(field);
    bool prose = words->hint == MSG_HINT_FREE && field->type == FIELD_PROSE;
    text_adds(out, message_get(lang, prose ? MSG_HINT_PROSE : words->hint));
}

static void write_clock(struct text *out, int64_t minutes)
{
    text_addf(out, "%02d:%02d", (int)(minutes / 60 % 100), (int)(minutes % 60));
}

static void write_real(struct text *out, double real)
{
    size_t start = out->len;
    text_addf(out, "%.7f", real);
    while (out->len > start && out->bytes[out->len - 1] == '0')
        text_truncate(out, out->len - 1);
    if (out->len > start && out->bytes[out->len - 1] == '.')
        text_truncate(out, out->len - 1);
}

static void write_text(struct text *out, const struct field *field, const struct value *v)
{
    bool day = !strcmp(field->rule, "DAY") || !strcmp(field->rule, "PARTIAL_DAY");
    if (field->type == FIELD_PHONE)
        phone_format(out, v->text.bytes);
    else if (day)
        format_partial_day(out, v->text.bytes);
    else
        text_add(out, v->text.bytes, v->text.len);
}

static void write_enum(struct text *out, enum lang lang, const struct field *field, int64_t value)
{
    enum message label;
    if (enum_label(field_enum_set(field), (int)value, &label))
        text_adds(out, message_get(lang, label));
    else
        text_addf(out, "%lld", (long long)value);
}

void value_write(struct text *out, enum lang lang, const struct field *field, const struct value *v)
{
    char id[UUID_TEXT];
    switch (v->type) {
    case VALUE_NULL:
        break;
    case VALUE_INT:
        if (field->type == FIELD_CLOCK)
            write_clock(out, v->integer);
        else if (field->type == FIELD_DAYS)
            format_days(out, lang, (unsigned)v->integer);
        else if (field->type == FIELD_ENUM)
            write_enum(out, lang, field, v->integer);
        else
            text_addf(out, "%lld", (long long)v->integer);
        break;
    case VALUE_REAL:
        write_real(out, v->real);
        break;
    case VALUE_TEXT:
        write_text(out, field, v);
        break;
    case VALUE_ID:
        uuid_format(&v->id, id);
        text_adds(out, id);
        break;
    }
}

void value_record_name(struct text *out, struct db *db, enum lang lang, const struct uuid *id)
{
    static const struct {
        enum record_kind kind;
        int name;
    } named[] = {{RECORD_ORGANIZATION, FIELD_ID(ORGANIZATION, name_km)},
                 {RECORD_SERVICE, FIELD_ID(SERVICE, name_km)},
                 {RECORD_PROGRAM, FIELD_ID(PROGRAM, name_km)},
                 {RECORD_LOCATION, FIELD_ID(LOCATION, name_km)},
                 {RECORD_AREA_ALERT, FIELD_ID(AREA_ALERT, text_km)}};
    struct record_list list = {0};
    const char *name = NULL;
    for (size_t i = 0; i < sizeof named / sizeof *named && !list.count; i++) {
        bool other;
        if (record_load(db, named[i].kind, id, &list) == STATUS_OK)
            name = record_text_lang(&list.rows[0], named[i].name, lang, &other);
    }
    if (name) {
        text_adds(out, name);
    } else {
        char text[UUID_TEXT];
        uuid_format(id, text);
        text_adds(out, text);
    }
    record_list_release(&list);
}

/* A place that has no name of its own is told by its area; false when it is no such place. */
static bool show_place(struct text *out, struct db *db, struct names *names, enum lang lang,
                       const struct uuid *id)
{
    struct record_list list = {0};
    bool other, shown = false;
    if (!names || record_load(db, RECORD_LOCATION, id, &list) != STATUS_OK)
        return false;
    const struct value *area = record_value(&list.rows[0], FIELD_ID(LOCATION, area));
    const char *name = record_text_lang(&list.rows[0], FIELD_ID(LOCATION, name_km), lang, &other);
    if (!name && area && area->type == VALUE_TEXT) {
        names_path(names, out, lang, area->text.bytes);
        shown = true;
    }
    record_list_release(&list);
    return shown;
}

void value_show(struct text *out, struct db *db, struct names *names, enum lang lang,
                const struct field *field, const struct value *v)
{
    if (v->type == VALUE_TEXT && field->type == FIELD_AREA && names)
        names_path(names, out, lang, v->text.bytes);
    else if (v->type == VALUE_TEXT && field->type == FIELD_TERM && names)
        text_adds(out, names_term(names, lang, v->text.bytes));
    else if (v->type == VALUE_ID && !show_place(out, db, names, lang, &v->id))
        value_record_name(out, db, lang, &v->id);
    else if (v->type == VALUE_ID)
        return;
    else if (v->type == VALUE_TEXT && !strcmp(field->rule, "LANGUAGE"))
        text_adds(out, format_language(lang, v->text.bytes));
    else
        value_write(out, lang, field, v);
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case VALUE_NULL:
        return true;
    case VALUE_INT:
        return a->integer == b->integer;
    case VALUE_REAL:
        return a->real >= b->real && a->real <= b->real;
    case VALUE_TEXT:
        return a->text.len == b->text.len && !memcmp(a->text.bytes, b->text.bytes, a->text.len);
    case VALUE_ID:
        return uuid_equal(&a->id, &b->id);
    }
    return false;
}

struct value value_copy(struct arena *arena, const struct value *v)
{
    struct value copy = *v;
    if (v->type == VALUE_TEXT)
        copy.text.bytes = arena_strndup(arena, v->text.bytes, v->text.len);
    return copy;
}

const char *value_kind_label(enum lang lang, enum record_kind kind)
{
    static const enum message labels[RECORD_KIND_END] = {
#define KIND(constant, number, table) [number] = MSG_RECORD_##constant,
#include "db/kind.def"
#undef KIND
    };
    return message_get(lang, labels[kind]);
}
