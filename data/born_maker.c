/* One record after the other; see born_maker.h. */
#include "data/born_maker.h"

#include <stdlib.h>
#include <string.h>

#include "db/uuid.h"
#include "i18n/number.h"

static void put(struct maker *maker, int field, struct value value)
{
    maker->fields[maker->count++] = (struct field_value){field, value};
}

void maker_put_text(struct maker *maker, int field, const char *text)
{
    if (text[0] != '\0') {
        put(maker, field, (struct value){.type = VALUE_TEXT, .text = {text, strlen(text)}});
    }
}

void maker_put_int(struct maker *maker, int field, int64_t value)
{
    put(maker, field, (struct value){.type = VALUE_INT, .integer = value});
}

void maker_put_id(struct maker *maker, int field, const struct uuid *id)
{
    put(maker, field, (struct value){.type = VALUE_ID, .id = *id});
}

void maker_put_enum(struct maker *maker, int field, const char *set, const char *name)
{
    int value = 0;
    if (name[0] == '\0') {
        return;
    }
    if (enum_parse(set, name, &value)) {
        maker_put_int(maker, field, value);
    } else if (maker->status == STATUS_OK) {
        maker->status = STATUS_INVALID;
        text_addf(maker->why, "%s: %s is no value of %s", maker->name.bytes, name, set);
    }
}

static void add_name(const struct maker *maker, const char *of, const char *part, struct text *out)
{
    text_addf(out, "%s%s/%s", maker->data->set == DB_TRAINING ? "training/" : "", of, part);
}

struct uuid maker_id(const struct maker *maker, const char *of, const char *part)
{
    struct text name = TEXT_INIT;
    add_name(maker, of, part, &name);
    struct uuid id = uuid_from_name(name.bytes);
    text_release(&name);
    return id;
}

struct uuid maker_create(struct maker *maker, enum record_kind kind, const char *of,
                         const char *part)
{
    text_clear(&maker->name);
    add_name(maker, of, part, &maker->name);
    struct change change = {
        .kind = OP_CREATE,
        .record_kind = kind,
        .record = uuid_from_name(maker->name.bytes),
        .area = maker->area,
        .fields = maker->fields,
        .field_count = maker->count,
        .actor = "",
        .reason = "",
    };
    int bad = 0;
    if (maker->status == STATUS_OK) {
        maker->status = op_append(maker->db, &change, &bad);
        if (maker->status != STATUS_OK) {
            const struct field *field = field_by_number(bad);
            text_addf(maker->why, "%s: %s: %s", maker->name.bytes, field ? field->column : "",
                      db_error(maker->db));
        }
    }
    maker->count = 0;
    return change.record;
}

const char *maker_cell(const struct maker *maker, enum table_id table, size_t row, int column)
{
    return data_cell(maker->data, table, row, column);
}

void maker_create_types(struct maker *maker, const struct uuid *service, const char *of,
                        const char *kinds)
{
    const char *item = NULL;
    size_t at = 0, len = 0;
    while (data_item(kinds, &at, &item, &len)) {
        struct text part = TEXT_INIT;
        text_addf(&part, "type/%.*s", (int)len, item);
        maker_put_id(maker, FIELD_ID(TERM_LINK, record), service);
        maker_put_text(maker, FIELD_ID(TERM_LINK, term), part.bytes + strlen("type/"));
        maker_put_int(maker, FIELD_ID(TERM_LINK, type), VALUE_LINK_TYPE_SERVICE_TYPE);
        maker_create(maker, RECORD_TERM_LINK, of, part.bytes);
        text_release(&part);
    }
}

void maker_create_cover(struct maker *maker, const struct uuid *service, const char *of,
                        const char *part, const char *area)
{
    maker_put_id(maker, FIELD_ID(SERVICE_AREA, service), service);
    maker_put_text(maker, FIELD_ID(SERVICE_AREA, area), area);
    maker_create(maker, RECORD_SERVICE_AREA, of, part);
}

bool maker_read_phone(struct maker *maker, const char *number, char ret_stored[PHONE_MAX])
{
    if (phone_parse(number, strlen(number), ret_stored) == STATUS_OK)
        return true;
    if (maker->status == STATUS_OK) {
        maker->status = STATUS_INVALID;
        text_addf(maker->why, "%s: no telephone number", number);
    }
    return false;
}
