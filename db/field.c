/* The tables of kinds, fields and enumerations as data; see record.h. */
#include "db/record.h"

#include <string.h>

static const struct field fields[] = {
#define FIELD(kind_, number_, column_, type_, lang_, label_, rule_, confidentiality_, hsds_)       \
    {.kind = RECORD_##kind_,                                                                       \
     .number = number_,                                                                            \
     .column = #column_,                                                                           \
     .type = FIELD_##type_,                                                                        \
     .lang = FIELD_##lang_,                                                                        \
     .label = MSG_FIELD_##label_,                                                                  \
     .rule = #rule_,                                                                               \
     .confidentiality = confidentiality_,                                                          \
     .hsds = hsds_},
#include "db/field.def"
#undef FIELD
};

enum { FIELD_TOTAL = sizeof fields / sizeof *fields };

static const struct {
    const char *set;
    int value;
    const char *name;
    enum message label;
} values[] = {
#define VALUE(set_, constant_, number_, name_) {#set_, number_, #name_, MSG_##set_##_##constant_},
#include "db/enum.def"
#undef VALUE
};

static const char *const kinds[] = {
#define KIND(constant_, number_, table_) [number_] = #table_,
#include "db/kind.def"
#undef KIND
};

const struct field *field_list(enum record_kind kind, size_t *ret_count)
{
    const struct field *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < FIELD_TOTAL; i++) {
        if (fields[i].kind != kind)
            continue;
        if (!first)
            first = &fields[i];
        count++;
    }
    *ret_count = count;
    return first;
}

const struct field *field_by_number(int number)
{
    for (size_t i = 0; i < FIELD_TOTAL; i++)
        if (fields[i].number == number)
            return &fields[i];
    return NULL;
}

const struct field *field_by_column(enum record_kind kind, const char *column)
{
    for (size_t i = 0; i < FIELD_TOTAL; i++)
        if (fields[i].kind == kind && !strcmp(fields[i].column, column))
            return &fields[i];
    return NULL;
}

const char *kind_name(enum record_kind kind)
{
    return (size_t)kind < sizeof kinds / sizeof *kinds ? kinds[kind] : NULL;
}

bool kind_parse(const char *name, enum record_kind *ret_kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i] && !strcmp(kinds[i], name)) {
            *ret_kind = (enum record_kind)i;
            return true;
        }
    return false;
}

const char *enum_name(const char *set, int value)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (values[i].value == value && !strcmp(values[i].set, set))
            return values[i].name;
    return NULL;
}

bool enum_parse(const char *set, const char *name, int *ret_value)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (!strcmp(values[i].set, set) && !strcmp(values[i].name, name)) {
            *ret_value = values[i].value;
            return true;
        }
    return false;
}

bool enum_label(const char *set, int value, enum message *ret_label)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (values[i].value == value && !strcmp(values[i].set, set)) {
            *ret_label = values[i].label;
            return true;
        }
    return false;
}

const char *field_enum_set(const struct field *field)
{
    return field->type == FIELD_ENUM ? field->rule + strlen("ENUM_") : NULL;
}
