/* Reading records of any kind from the folded tables, and writing them there; see record.h. The
 * statements are made from field.def. */
#include "db/internal.h"

#include <string.h>
#include <strings.h>

#include "db/fold.h"
#include "db/restricted.h"

/* The column by which a kind hangs on another record; NULL for none. */
static const char *owner_column(enum record_kind kind)
{
    static const char *const column[RECORD_KIND_END] = {
        [RECORD_PROGRAM] = "organization",  [RECORD_SERVICE] = "organization",
        [RECORD_LOCATION] = "organization", [RECORD_SERVICE_AT_LOCATION] = "service",
        [RECORD_SERVICE_AREA] = "service",  [RECORD_PHONE] = "owner",
        [RECORD_CONTACT] = "owner",         [RECORD_SCHEDULE] = "owner",
        [RECORD_LANGUAGE] = "owner",        [RECORD_ACCESSIBILITY] = "owner",
        [RECORD_CAPACITY] = "service",      [RECORD_TERM_LINK] = "record",
    };
    return column[kind];
}

static void write_columns(struct text *sql, enum record_kind kind, const char *prefix)
{
    size_t count;
    const struct field *f = field_list(kind, &count);
    text_addf(sql, "%sid, %sstatus", prefix, prefix);
    for (size_t i = 0; i < count; i++)
        text_addf(sql, ", %s%s", prefix, f[i].column);
}

/* "REF_SERVICE" may point to a service, "REF_ANY" to anything. */
static bool may_point_to(const struct field *f, enum record_kind kind)
{
    return f->type == FIELD_RECORD &&
           (!strcmp(f->rule, "REF_ANY") || !strcasecmp(f->rule + strlen("REF_"), kind_name(kind)));
}

static void write_referrers(struct text *sql, enum record_kind kind)
{
    for (int from = 1; from < RECORD_KIND_END; from++) {
        size_t count;
        const struct field *f = field_list((enum record_kind)from, &count);
        for (size_t i = 0; i < count; i++)
            if (may_point_to(&f[i], kind))
                text_addf(sql, "%sSELECT id, %d, %d, status FROM %s WHERE %s = :id",
                          sql->len ? " UNION ALL " : "", from, f[i].number,
                          kind_name((enum record_kind)from), f[i].column);
    }
}

static void write_statement(struct text *sql, enum record_kind kind, enum record_statement which)
{
    const char *table = kind_name(kind);
    if (which == RECORD_REFERRERS) {
        write_referrers(sql, kind);
        return;
    }
    if (which == RECORD_DELETE) {
        text_addf(sql, "DELETE FROM %s WHERE id = :id", table);
        return;
    }
    if (which == RECORD_PUT || which == RECORD_ADD) {
        text_addf(sql, "INSERT %sINTO %s (", which == RECORD_PUT ? "OR REPLACE " : "", table);
        write_columns(sql, kind, "");
        text_adds(sql, ") VALUES (");
        write_columns(sql, kind, ":");
        text_adds(sql, ")");
        return;
    }
    text_adds(sql, "SELECT ");
    write_columns(sql, kind, "");
    text_addf(sql, " FROM %s", table);
    if (which == RECORD_SELECT)
        text_adds(sql, " WHERE id = :id");
    else if (which == RECORD_SELECT_OWNED)
        text_addf(sql, " WHERE %s = :id AND status <> %d ORDER BY id", owner_column(kind),
                  VALUE_STATUS_CLOSED);
    else
        text_adds(sql, " ORDER BY id");
}

enum status record_statement(struct db *db, enum record_kind kind, enum record_statement which,
                             sqlite3_stmt **ret_statement)
{
    sqlite3_stmt **s = &db->record_statements[kind][which];
    if (*s) {
        sqlite3_reset(*s);
        sqlite3_clear_bindings(*s);
        *ret_statement = *s;
        return STATUS_OK;
    }
    struct text sql;
    text_init(&sql);
    write_statement(&sql, kind, which);
    int rc = sqlite3_prepare_v3(db->sqlite, sql.bytes, -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
    text_release(&sql);
    if (rc != SQLITE_OK)
        return db_fail(db, rc);
    *ret_statement = *s;
    return STATUS_OK;
}

static struct value column_value(sqlite3_stmt *s, int column, struct arena *arena)
{
    struct value v = {.type = VALUE_NULL};
    switch (sqlite3_column_type(s, column)) {
    case SQLITE_INTEGER:
        v.type = VALUE_INT;
        v.integer = sqlite3_column_int64(s, column);
        break;
    case SQLITE_FLOAT:
        v.type = VALUE_REAL;
        v.real = sqlite3_column_double(s, column);
        break;
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(s, column);
        v.type = VALUE_TEXT;
        v.text.len = (size_t)sqlite3_column_bytes(s, column);
        v.text.bytes = arena_strndup(arena, text, v.text.len);
        break;
    }
    case SQLITE_BLOB:
        if (column_id(s, column, &v.id))
            v.type = VALUE_ID;
        break;
    default:
        break;
    }
    return v;
}

/* Confidential by what it says or by where it comes from. */
static int level_of(const struct db *db, const struct record *r)
{
    const struct field *f = field_by_column(r->kind, "confidentiality");
    int64_t said = f ? record_int(r, f->number, LEVEL_PUBLIC) : LEVEL_PUBLIC;
    return db->outer && said == LEVEL_PUBLIC ? LEVEL_OFFICIALS : (int)said;
}

static enum status read_rows(struct db *db, enum record_kind kind, sqlite3_stmt *s,
                             struct record_list *list)
{
    size_t fields, room = list->count;
    (void)field_list(kind, &fields);
    for (;;) {
        bool row;
        enum status status = db_step(db, s, &row);
        if (status != STATUS_OK || !row)
            return status;
        list->rows = arena_grow(&list->arena, list->rows, list->count, &room, sizeof *list->rows);
        struct record *r = &list->rows[list->count++];
        *r = (struct record){.kind = kind, .count = fields};
        (void)column_id(s, 0, &r->id);
        r->status = sqlite3_column_int(s, 1);
        r->values = arena_alloc(&list->arena, fields * sizeof *r->values);
        for (size_t i = 0; i < fields; i++)
            r->values[i] = column_value(s, (int)i + 2, &list->arena);
        r->level = level_of(db, r);
    }
}

enum status record_load(struct db *db, enum record_kind kind, const struct uuid *id,
                        struct record_list *list)
{
    sqlite3_stmt *s;
    int level;
    enum status status = restricted_holds(db, kind, id, &level);
    if (status == STATUS_OK && level != LEVEL_PUBLIC)
        db = restricted_records(db);
    if (status == STATUS_OK)
        status = record_statement(db, kind, RECORD_SELECT, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    size_t before = list->count;
    status = read_rows(db, kind, s, list);
    if (status != STATUS_OK)
        return status;
    return list->count > before ? STATUS_OK : STATUS_NOT_FOUND;
}

enum status record_exists(struct db *db, enum record_kind kind, const struct uuid *id,
                          bool *ret_there)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = record_statement(db, kind, RECORD_SELECT, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    status = db_step(db, s, &row);
    sqlite3_reset(s);
    if (status == STATUS_OK)
        *ret_there = row;
    return status;
}

enum status record_referrers(struct db *db, enum record_kind kind, const struct uuid *id,
                             struct arena *arena, struct referrer **ret_rows, size_t *ret_count)
{
    sqlite3_stmt *s;
    struct referrer *rows = NULL;
    size_t count = 0, room = 0;
    bool row;
    enum status status = record_statement(db, kind, RECORD_REFERRERS, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        rows = arena_grow(arena, rows, count, &room, sizeof *rows);
        struct referrer *r = &rows[count++];
        (void)column_id(s, 0, &r->id);
        r->kind = (enum record_kind)sqlite3_column_int(s, 1);
        r->field = sqlite3_column_int(s, 2);
        r->status = sqlite3_column_int(s, 3);
    }
    if (status == STATUS_OK) {
        *ret_rows = rows;
        *ret_count = count;
    }
    return status;
}

int record_owner_field(enum record_kind kind)
{
    const char *column = owner_column(kind);
    return column ? field_by_column(kind, column)->number : 0;
}

static enum status own_children(struct db *db, enum record_kind kind, const struct uuid *owner,
                                struct record_list *list)
{
    sqlite3_stmt *s;
    enum status status = record_statement(db, kind, RECORD_SELECT_OWNED, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", owner);
    return read_rows(db, kind, s, list);
}

enum status record_children(struct db *db, enum record_kind kind, const struct uuid *owner,
                            struct record_list *list)
{
    if (!owner_column(kind))
        return STATUS_NOT_FOUND;
    enum status status = own_children(db, kind, owner, list);
    if (status == STATUS_OK && restricted_records(db))
        status = own_children(restricted_records(db), kind, owner, list);
    return status;
}

void record_list_release(struct record_list *list)
{
    arena_release(&list->arena);
    *list = (struct record_list){0};
}

static void bind_value(sqlite3_stmt *s, int index, const struct value *v)
{
    switch (v->type) {
    case VALUE_NULL:
        (void)sqlite3_bind_null(s, index);
        break;
    case VALUE_INT:
        (void)sqlite3_bind_int64(s, index, v->integer);
        break;
    case VALUE_REAL:
        (void)sqlite3_bind_double(s, index, v->real);
        break;
    case VALUE_TEXT:
        (void)sqlite3_bind_text64(s, index, v->text.bytes, v->text.len, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case VALUE_ID:
        (void)sqlite3_bind_blob64(s, index, v->id.bytes, UUID_BYTES, SQLITE_STATIC);
        break;
    }
}

static enum status write_row(struct db *db, const struct record *r, enum record_statement how)
{
    sqlite3_stmt *s;
    enum status status = record_statement(db, r->kind, how, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", &r->id);
    bind_int(s, ":status", r->status);
    for (size_t i = 0; i < r->count; i++)
        bind_value(s, (int)i + 3, &r->values[i]);
    return db_run(db, s);
}

enum status record_put(struct db *db, const struct record *r)
{
    return write_row(db, r, RECORD_PUT);
}

enum status record_add(struct db *db, const struct record *r)
{
    return write_row(db, r, RECORD_ADD);
}

enum status record_delete(struct db *db, enum record_kind kind, const struct uuid *id)
{
    sqlite3_stmt *s;
    enum status status = record_statement(db, kind, RECORD_DELETE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", id);
    return db_run(db, s);
}

size_t record_field_index(enum record_kind kind, int field)
{
    size_t count;
    const struct field *first = field_list(kind, &count), *found = field_by_number(field);
    return found && found->kind == kind ? (size_t)(found - first) : SIZE_MAX;
}

const struct value *record_value(const struct record *r, int field)
{
    static const struct value nothing = {.type = VALUE_NULL};
    size_t i = record_field_index(r->kind, field);
    return i == SIZE_MAX ? &nothing : &r->values[i];
}

const char *record_text(const struct record *r, int field)
{
    const struct value *v = record_value(r, field);
    return v->type == VALUE_TEXT ? v->text.bytes : NULL;
}

const char *record_text_lang(const struct record *r, int km_field, enum lang lang, bool *ret_other)
{
    const char *own = record_text(r, lang == LANG_KM ? km_field : km_field + 1);
    const char *other = record_text(r, lang == LANG_KM ? km_field + 1 : km_field);
    *ret_other = !own && other;
    return own ? own : other;
}

int64_t record_int(const struct record *r, int field, int64_t none)
{
    const struct value *v = record_value(r, field);
    return v->type == VALUE_INT ? v->integer : none;
}
