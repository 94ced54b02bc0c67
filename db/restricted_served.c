/* What a service with a confidential place says publicly about where it works; see restricted.h. It
 * is looked at in the tables as the save leaves them. While locked nobody can tell that a service
 * has such a place, so taking its area away is refused only while unlocked. */
#include <string.h>

#include "db/restricted_state.h"

enum { DISTRICT_DIGITS = 4 };

void restricted_served_area(const char *place, char ret_area[AREA_CODE])
{
    size_t len = strlen(place);
    bool inside = len >= DISTRICT_DIGITS && strcmp(place, AREA_COUNTRY_CODE) != 0;
    memset(ret_area, 0, AREA_CODE);
    if (inside)
        memcpy(ret_area, place, DISTRICT_DIGITS);
}

bool restricted_is_served_area(const char *code, size_t len)
{
    return len > 0 && len <= DISTRICT_DIGITS && code;
}

static enum status has_hidden_place(struct db *db, const struct uuid *service, bool *ret_has)
{
    struct record_list links = {0}, places = {0};
    enum status status = record_children(db, RECORD_SERVICE_AT_LOCATION, service, &links);
    bool has = false;
    for (size_t i = 0; status == STATUS_OK && !has && i < links.count; i++) {
        const struct value *to =
            record_value(&links.rows[i], FIELD_ID(SERVICE_AT_LOCATION, location));
        has = links.rows[i].level > LEVEL_PUBLIC;
        if (has || to->type != VALUE_ID)
            continue;
        status = record_load(db, RECORD_LOCATION, &to->id, &places);
        has = status == STATUS_OK && places.rows[places.count - 1].level > LEVEL_PUBLIC;
        status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
    }
    record_list_release(&links);
    record_list_release(&places);
    if (status == STATUS_OK)
        *ret_has = has;
    return status;
}

static enum status says_where(struct db *db, const struct uuid *service, bool *ret_says)
{
    struct record_list areas = {0};
    enum status status = record_children(db, RECORD_SERVICE_AREA, service, &areas);
    bool says = false;
    for (size_t i = 0; status == STATUS_OK && i < areas.count; i++) {
        const struct value *code = record_value(&areas.rows[i], FIELD_ID(SERVICE_AREA, area));
        if (areas.rows[i].level == LEVEL_PUBLIC && code->type == VALUE_TEXT &&
            restricted_is_served_area(code->text.bytes, code->text.len))
            says = true;
    }
    record_list_release(&areas);
    if (status == STATUS_OK)
        *ret_says = says;
    return status;
}

static enum status check_service(struct db *db, const struct uuid *service)
{
    bool hidden = false, says = true;
    enum status status = has_hidden_place(db, service, &hidden);
    if (status == STATUS_OK && hidden)
        status = says_where(db, service, &says);
    return status == STATUS_OK && !says
               ? db_refuse(db, STATUS_INVALID, "a service with a confidential place serves no area")
               : status;
}

/* The service that the record's field names. */
static enum status check_named(struct db *db, enum record_kind kind, const struct uuid *id,
                               int field)
{
    struct record_list list = {0};
    enum status status = record_load(db, kind, id, &list);
    const struct value *v = status == STATUS_OK ? record_value(&list.rows[0], field) : NULL;
    if (v && v->type == VALUE_ID && list.rows[0].status != VALUE_STATUS_CLOSED)
        status = check_service(db, &v->id);
    record_list_release(&list);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* A closed area served still names its service. */
static enum status check_area(struct db *db, const struct uuid *id)
{
    struct record_list list = {0};
    enum status status = record_load(db, RECORD_SERVICE_AREA, id, &list);
    const struct value *v =
        status == STATUS_OK ? record_value(&list.rows[0], FIELD_ID(SERVICE_AREA, service)) : NULL;
    if (v && v->type == VALUE_ID)
        status = check_service(db, &v->id);
    record_list_release(&list);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* Every service that is at the place. */
static enum status check_place(struct db *db, const struct uuid *place)
{
    struct arena arena = {0};
    struct referrer *rows = NULL;
    size_t count = 0;
    enum status status = record_referrers(db, RECORD_LOCATION, place, &arena, &rows, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (rows[i].kind == RECORD_SERVICE_AT_LOCATION && rows[i].status != VALUE_STATUS_CLOSED)
            status = check_named(db, RECORD_SERVICE_AT_LOCATION, &rows[i].id,
                                 FIELD_ID(SERVICE_AT_LOCATION, service));
    arena_release(&arena);
    return status;
}

enum status restricted_check_served(struct db *db, const struct change *change, int level,
                                    size_t at, struct op_refusal *ret_refusal)
{
    bool hidden = level > LEVEL_PUBLIC && change->kind != OP_CLOSE;
    enum status status = STATUS_OK;
    if (change->record_kind == RECORD_SERVICE_AT_LOCATION && hidden)
        status = check_named(db, RECORD_SERVICE_AT_LOCATION, &change->record,
                             FIELD_ID(SERVICE_AT_LOCATION, service));
    else if (change->record_kind == RECORD_LOCATION && hidden)
        status = check_place(db, &change->record);
    else if (change->record_kind == RECORD_SERVICE_AREA && change->kind != OP_CREATE)
        status = check_area(db, &change->record);
    if (status == STATUS_INVALID)
        *ret_refusal = (struct op_refusal){at, REFUSAL_SERVED_AREA};
    return status;
}
