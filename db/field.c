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

enum { FIELD_TOTAL = sizeof fields / sizeof *fields, KIND_NUMBERS = 100 };

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

/* The first field whose number is at least this. field.def is in order of kind and, inside, of
 * number (a test holds it to that), and a kind's numbers begin with the kind's own. */
static size_t first_from(int number)
{
    size_t low = 0, high = FIELD_TOTAL;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (fields[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct field *field_list(enum record_kind kind, size_t *ret_count)
{
    size_t first = first_from((int)kind * KIND_NUMBERS);
    *ret_count = first_from(((int)kind + 1) * KIND_NUMBERS) - first;
    return *ret_count ? &fields[first] : NULL;
}

const struct field *field_by_number(int number)
{
    size_t at = first_from(number);
    return at < FIELD_TOTAL && fields[at].number == number ? &fields[at] : NULL;
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
