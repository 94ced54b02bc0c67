/* What changed in an area; see area_change.h. The ops since the time are led back to the services
 * and organizations they are about. */
#include "db/area_change.h"

#include <stdlib.h>
#include <string.h>

#include "db/area_services.h"
#include "db/internal.h"
#include "db/record.h"

void area_change_list_release(struct area_change_list *list)
{
    arena_release(&list->arena);
    *list = (struct area_change_list){0};
}

const char *area_change_name(enum area_change_what what)
{
    static const char *const names[] = {"new",     "closed",    "suspended",  "reopened",
                                        "changed", "confirmed", "not_reached"};
    return names[what];
}

struct gatherer {
    struct db *db;
    const char *area;
    const struct uuid *services; /* of the area, in order of id */
    size_t service_count;
    struct area_change_list list;
    size_t room;
    size_t *slots; /* place in list.rows + 1, by id; free */
    size_t slot_count;
};

/* --- entries ---------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct uuid));
}

static bool is_of_area(const struct gatherer *g, const struct uuid *service)
{
    return g->service_count &&
           bsearch(service, g->services, g->service_count, sizeof *g->services, by_id);
}

static enum status organization_is_of_area(const struct gatherer *g, const struct uuid *id,
                                           bool *ret_is)
{
    sqlite3_stmt *s;
    bool row, is = false;
    struct uuid service;
    enum status status = db_query(g->db, QUERY_SERVICES_OF_ORGANIZATION, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    while (!is && (status = db_step(g->db, s, &row)) == STATUS_OK && row)
        is = column_id(s, 0, &service) && is_of_area(g, &service);
    sqlite3_reset(s);
    *ret_is = is;
    return status;
}

static size_t slot_of(const struct gatherer *g, const struct uuid *id)
{
    uint64_t hash;
    memcpy(&hash, id->bytes + 8, sizeof hash);
    size_t at = (size_t)(hash % g->slot_count);
    while (g->slots[at] && !uuid_equal(&g->list.rows[g->slots[at] - 1].id, id))
        at = (at + 1) % g->slot_count;
    return at;
}

static struct area_change *entry_of(struct gatherer *g, enum record_kind kind,
                                    const struct uuid *id)
{
    size_t at = slot_of(g, id);
    if (!g->slots[at]) {
        struct area_change_list *list = &g->list;
        list->rows =
            arena_grow(&list->arena, list->rows, list->count, &g->room, sizeof *list->rows);
        list->rows[list->count] =
            (struct area_change){.kind = kind, .id = *id, .what = AREA_WHAT_COUNT, .actor = ""};
        g->slots[at] = ++list->count;
    }
    return &g->list.rows[g->slots[at] - 1];
}

/* --- what an op says of an entry -------------------------------------------------------------- */

static void add_field(struct area_change *c, const struct op_row *op, int field)
{
    for (size_t i = 0; i < c->field_count; i++)
        if (c->fields[i].kind == op->record_kind && c->fields[i].field == field)
            return;
    if (c->field_count == AREA_CHANGE_FIELDS)
        return;
    c->fields[c->field_count].kind = op->record_kind;
    c->fields[c->field_count].op = op->kind;
    c->fields[c->field_count++].field = field;
}

static enum area_change_what asked(const struct op_row *op)
{
    for (size_t i = 0; i < op->field_count; i++)
        if (op->fields[i].field == VERIFY_RESULT &&
            op->fields[i].value.integer == VALUE_RESULT_NOT_REACHED)
            return AREA_NOT_REACHED;
    return AREA_CONFIRMED;
}

/* Fields that a person changed, not those of the log itself. */
static void add_fields(struct area_change *c, const struct op_row *op)
{
    bool own = op->record_kind == c->kind && uuid_equal(&op->record, &c->id);
    if (!own && op->kind != OP_SET) {
        add_field(c, op, 0);
        return;
    }
    for (size_t i = 0; i < op->field_count && op->kind == OP_SET; i++)
        if (op->fields[i].field >= 100 || op->fields[i].field == FIELD_STATUS)
            add_field(c, op, op->fields[i].field);
}

static void note(struct area_change *c, const struct op_row *op)
{
    bool own = op->record_kind == c->kind && uuid_equal(&op->record, &c->id);
    bool later = op->time_ms >= c->time_ms;
    enum area_change_what what = op->kind == OP_VERIFY          ? asked(op)
                                 : own && op->kind == OP_CREATE ? AREA_NEW
                                                                : AREA_CHANGED;
    bool both_asked = c->what >= AREA_CONFIRMED && what >= AREA_CONFIRMED;
    if (both_asked ? later : what < c->what)
        c->what = what;
    if (later) {
        c->time_ms = op->time_ms;
        c->actor = op->actor;
    }
    if (op->kind != OP_VERIFY)
        add_fields(c, op);
    for (size_t i = 0; own && i < op->field_count; i++)
        if (op->fields[i].field == FIELD_STATUS && op->kind == OP_SET && c->what > AREA_REOPENED)
            c->what = AREA_REOPENED; /* which way it went is read from the entry */
    if (own && (op->kind == OP_CLOSE || op->kind == OP_MERGE || op->kind == OP_REOPEN) &&
        c->what > AREA_REOPENED)
        c->what = AREA_REOPENED;
}

/* --- from a record to its entries ------------------------------------------------------------- */

static enum status spread(struct gatherer *g, enum record_kind kind, const struct uuid *record,
                          const struct op_row *ops, size_t count, int depth);

/* Written by the maker of the directory, not by a person. */
static bool is_birth(const struct op_row *op)
{
    return !*op->actor && uuid_is_named(&op->op.replica);
}

/* Takes back one of these ops: then nothing is left of both. */
static bool undoes_one(const struct op_row *undo, const struct op_row *ops, size_t count)
{
    struct op_ref of = {.seq = 0};
    for (size_t i = 0; i < undo->field_count; i++) {
        if (undo->fields[i].field == UNDO_REPLICA && undo->fields[i].value.type == VALUE_ID)
            of.replica = undo->fields[i].value.id;
        if (undo->fields[i].field == UNDO_SEQ && undo->fields[i].value.type == VALUE_INT)
            of.seq = undo->fields[i].value.integer;
    }
    for (size_t i = 0; i < count && undo->kind == OP_UNDO; i++)
        if (ops[i].op.seq == of.seq && uuid_equal(&ops[i].op.replica, &of.replica))
            return true;
    return false;
}

static enum status note_entry(struct gatherer *g, enum record_kind kind, const struct uuid *id,
                              const struct op_row *ops, size_t count)
{
    bool is = kind == RECORD_SERVICE && is_of_area(g, id);
    enum status status = STATUS_OK;
    if (kind == RECORD_ORGANIZATION)
        status = organization_is_of_area(g, id, &is);
    struct area_change *c = NULL;
    for (size_t i = 0; status == STATUS_OK && is && i < count; i++) {
        if (ops[i].undone || is_birth(&ops[i]) || undoes_one(&ops[i], ops, count))
            continue;
        c = c ? c : entry_of(g, kind, id);
        note(c, &ops[i]);
    }
    return status;
}

static enum status spread_location(struct gatherer *g, const struct uuid *id,
                                   const struct op_row *ops, size_t count)
{
    sqlite3_stmt *s;
    bool row;
    struct uuid service;
    enum status status = db_query(g->db, QUERY_SERVICES_OF_LOCATION, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    while ((status = db_step(g->db, s, &row)) == STATUS_OK && row) {
        if (!column_id(s, 0, &service))
            continue;
        status = note_entry(g, RECORD_SERVICE, &service, ops, count);
        if (status != STATUS_OK)
            break;
    }
    sqlite3_reset(s);
    return status;
}

static enum status kind_of(struct db *db, const struct uuid *record, enum record_kind *ret_kind)
{
    sqlite3_stmt *s;
    bool there;
    enum status status = db_query(db, QUERY_OP_RECORD_KIND, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    status = db_step(db, s, &there);
    if (status == STATUS_OK)
        *ret_kind = there ? (enum record_kind)sqlite3_column_int(s, 0) : (enum record_kind)0;
    sqlite3_reset(s);
    return status;
}

/* To whom the record belongs; what is in no table any more belongs to nobody. */
static enum status spread_owned(struct gatherer *g, enum record_kind kind,
                                const struct uuid *record, const struct op_row *ops, size_t count,
                                int depth)
{
    struct record_list list = {0};
    enum record_kind owner_kind = (enum record_kind)0;
    enum status status = record_load(g->db, kind, record, &list);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    const struct value *owner =
        status == STATUS_OK ? record_value(&list.rows[0], record_owner_field(kind)) : NULL;
    if (owner && owner->type == VALUE_ID && list.rows[0].level == VALUE_CONFIDENTIALITY_PUBLIC) {
        struct uuid id = owner->id;
        status = kind_of(g->db, &id, &owner_kind);
        if (status == STATUS_OK && owner_kind)
            status = spread(g, owner_kind, &id, ops, count, depth + 1);
    }
    record_list_release(&list);
    return status;
}

static enum status spread(struct gatherer *g, enum record_kind kind, const struct uuid *record,
                          const struct op_row *ops, size_t count, int depth)
{
    enum { DEEPEST = 3 }; /* a number of a contact of a place */
    if (kind == RECORD_SERVICE || kind == RECORD_ORGANIZATION)
        return note_entry(g, kind, record, ops, count);
    if (kind == RECORD_LOCATION)
        return spread_location(g, record, ops, count);
    if (depth > DEEPEST || kind == RECORD_PROGRAM || !kind_name(kind) || !record_owner_field(kind))
        return STATUS_OK;
    return spread_owned(g, kind, record, ops, count, depth);
}

/* --- the entries as they are now -------------------------------------------------------------- */

static enum status load_service(struct gatherer *g, struct area_change *c)
{
    sqlite3_stmt *s;
    bool there;
    enum status status = db_query(g->db, QUERY_DUE_SERVICE, &s);
    c->name_km = c->name_en = c->located = c->covers = "";
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", &c->id);
    status = db_step(g->db, s, &there);
    if (status == STATUS_OK && there) {
        struct arena *a = &g->list.arena;
        int now = sqlite3_column_int(s, 6);
        c->name_km = arena_strdup(a, column_text(s, 0));
        c->name_en = arena_strdup(a, column_text(s, 1));
        c->located = arena_strdup(a, column_text(s, 3));
        c->covers = arena_strdup(a, column_text(s, 4));
        if (now == VALUE_STATUS_CLOSED && c->what <= AREA_REOPENED)
            c->what = AREA_CLOSED;
        else if (now != VALUE_STATUS_ACTIVE && c->what == AREA_REOPENED)
            c->what = AREA_SUSPENDED;
    }
    sqlite3_reset(s);
    return status;
}

static enum status load_organization(struct gatherer *g, struct area_change *c)
{
    sqlite3_stmt *s;
    bool there;
    enum status status = db_query(g->db, QUERY_ORGANIZATION_NAMES, &s);
    c->name_km = c->name_en = c->located = c->covers = "";
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", &c->id);
    status = db_step(g->db, s, &there);
    if (status == STATUS_OK && there) {
        c->name_km = arena_strdup(&g->list.arena, column_text(s, 0));
        c->name_en = arena_strdup(&g->list.arena, column_text(s, 1));
    }
    if (c->what == AREA_REOPENED)
        c->what = AREA_CHANGED; /* whether it is closed does not matter while its services go on */
    sqlite3_reset(s);
    return status;
}

/* An entry that is in no table, or stands in another area, is left out. */
static enum status complete(struct gatherer *g)
{
    size_t kept = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < g->list.count; i++) {
        struct area_change *c = &g->list.rows[i];
        status = c->kind == RECORD_SERVICE ? load_service(g, c) : load_organization(g, c);
        bool named = *c->name_km || *c->name_en;
        bool country = area_level(g->area) == 0;
        bool there =
            c->kind != RECORD_SERVICE || country || area_services_keeps(g->area, c->located);
        c->actor = arena_strdup(&g->list.arena, c->actor);
        /* A new organization is told by its service. */
        bool told = c->kind == RECORD_SERVICE || c->what != AREA_NEW;
        if (named && there && told && c->what < AREA_WHAT_COUNT)
            g->list.rows[kept++] = *c;
    }
    g->list.count = kept;
    return status;
}

static int by_what(const void *left, const void *right)
{
    const struct area_change *a = left, *b = right;
    if (a->what != b->what)
        return a->what < b->what ? -1 : 1;
    if (a->time_ms != b->time_ms)
        return a->time_ms > b->time_ms ? -1 : 1;
    return memcmp(&a->id, &b->id, sizeof a->id);
}

/* --- loading ---------------------------------------------------------------------------------- */

static enum status gather(struct gatherer *g, const struct op_list *ops)
{
    enum status status = STATUS_OK;
    g->slot_count = 2 * (ops->count + g->service_count) + 3;
    g->slots = mem_zalloc(g->slot_count, sizeof *g->slots);
    for (size_t i = 0, n; status == STATUS_OK && i < ops->count; i += n) {
        n = 1;
        while (i + n < ops->count && uuid_equal(&ops->rows[i].record, &ops->rows[i + n].record))
            n++;
        status = spread(g, ops->rows[i].record_kind, &ops->rows[i].record, &ops->rows[i], n, 0);
    }
    if (status == STATUS_OK)
        status = complete(g);
    free(g->slots);
    return status;
}

enum status area_change_load(struct db *db, const char *area, int64_t since_ms,
                             struct area_change_list *ret_list)
{
    struct gatherer g = {.db = db, .area = area};
    struct op_list ops = {0};
    struct arena arena = {0};
    struct uuid *services = NULL;
    bool own = false;
    enum status status = op_since(db, since_ms, &ops);
    if (status == STATUS_OK)
        status = reading_begin(db, &own);
    if (status == STATUS_OK) {
        status = area_services(db, area, &arena, &services, &g.service_count);
        g.services = services;
        if (status == STATUS_OK)
            status = gather(&g, &ops);
        status = reading_end(db, own, status);
    }
    arena_release(&arena);
    op_list_release(&ops);
    if (status != STATUS_OK) {
        area_change_list_release(&g.list);
        return status;
    }
    if (g.list.count)
        qsort(g.list.rows, g.list.count, sizeof *g.list.rows, by_what);
    *ret_list = g.list;
    return STATUS_OK;
}
