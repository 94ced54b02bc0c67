/* Appending to the log: one save of one or many changes; see op.h. */
#include "db/op.h"

#include <assert.h>
#include <string.h>

#include "db/chain.h"
#include "db/codec.h"
#include "db/fold.h"
#include "db/internal.h"
#include "db/restricted_state.h"
#include "db/rule.h"
#include "i18n/utf8.h"

/* A change on its way into the log. */
struct part {
    const struct change *change;
    struct field_value *fields; /* checked, in the save's arena; room for those of the save */
    struct seen seen;           /* what is stored */
    bool again;                 /* an earlier part of the save touches the same record */
};

struct save {
    struct part *parts;
    size_t count;
    const struct save_link *link; /* of its first op; NULL: none */
    struct arena arena;
    struct op_refusal refusal;
};

/* --- versions
 * --------------------------------------------------------------------------------------- */

static enum status stored_kind(struct db *db, const struct uuid *record, int64_t *ret_kind)
{
    sqlite3_stmt *s;
    bool row = false;
    enum status status = db_query(db, QUERY_OP_RECORD_KIND, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    status = db_step(db, s, &row);
    int64_t kind = row ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    if (status == STATUS_OK)
        *ret_kind = kind;
    return status;
}

enum status op_seen_in(struct db *db, const struct uuid *record, struct seen *ret_seen)
{
    sqlite3_stmt *s;
    struct seen seen = {0};
    enum status status = db_query(db, QUERY_OP_SEEN, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        if (seen.count == SEEN_MAX || !column_id(s, 0, &seen.rows[seen.count].replica)) {
            sqlite3_reset(s);
            return db_refuse(db, STATUS_CORRUPT, "too many replicas changed one record");
        }
        seen.rows[seen.count++].seq = sqlite3_column_int64(s, 1);
    }
    if (status == STATUS_OK)
        *ret_seen = seen;
    return status;
}

/* A confidential record has its ops in a log of its own. */
enum status op_seen(struct db *db, const struct uuid *record, struct seen *ret_seen)
{
    struct db *memory = restricted_records(db);
    int64_t kind = 0;
    int level = LEVEL_PUBLIC;
    enum status status = memory ? stored_kind(memory, record, &kind) : STATUS_OK;
    if (status == STATUS_OK && kind && kind_name((enum record_kind)kind))
        status = restricted_holds(db, (enum record_kind)kind, record, &level);
    if (status != STATUS_OK)
        return status;
    return op_seen_in(level == LEVEL_PUBLIC ? db : memory, record, ret_seen);
}

static bool seen_covers(const struct seen *seen, const struct seen *stored)
{
    for (size_t i = 0; i < stored->count; i++) {
        bool covered = false;
        for (size_t j = 0; j < seen->count; j++)
            if (uuid_equal(&seen->rows[j].replica, &stored->rows[i].replica))
                covered = seen->rows[j].seq >= stored->rows[i].seq;
        if (!covered)
            return false;
    }
    return true;
}

enum status op_check_seen(struct db *db, const struct uuid *record, const struct seen *seen)
{
    struct seen stored;
    enum status status = op_seen(db, record, &stored);
    if (status == STATUS_OK && !seen_covers(seen, &stored))
        status = db_refuse(db, STATUS_CONFLICT, "the record was changed meanwhile");
    return status;
}

/* A record that was created but is undone has its ops and no row: it cannot be changed. Where it
 * moves into or out of the confidential part (`moves`) it is created once more. */
static enum status check_there(struct db *db, const struct change *c, bool moves)
{
    bool there = false;
    int64_t kind = 0;
    enum status status = stored_kind(db, &c->record, &kind);
    if (status != STATUS_OK)
        return status;
    if (c->kind == OP_CREATE && moves && kind == (int64_t)c->record_kind) {
        status = record_exists(db, c->record_kind, &c->record, &there);
        kind = there;
    }
    if (status != STATUS_OK)
        return status;
    if (c->kind == OP_CREATE)
        return kind ? db_refuse(db, STATUS_CONFLICT, "the record is there already") : STATUS_OK;
    if (kind == (int64_t)c->record_kind)
        status = record_exists(db, c->record_kind, &c->record, &there);
    if (status == STATUS_OK && !there)
        status = db_refuse(db, STATUS_NOT_FOUND, "no such record to change");
    return status;
}

static enum status check_version(struct db *db, struct part *part, bool moves)
{
    const struct change *c = part->change;
    enum status status = check_there(db, c, moves);
    if (status != STATUS_OK || c->kind == OP_CREATE)
        return status;
    status = op_seen_in(db, &c->record, &part->seen);
    if (status == STATUS_OK && c->seen && !seen_covers(c->seen, &part->seen))
        status = db_refuse(db, STATUS_CONFLICT, "the record was changed meanwhile");
    return status;
}

/* The first part that touches a record answers for the others. */
static enum status check_versions(struct db *db, struct save *save)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < save->count; i++) {
        struct part *part = &save->parts[i];
        const struct change *c = part->change, *first = NULL;
        for (size_t j = 0; j < i && !first; j++)
            if (uuid_equal(&save->parts[j].change->record, &c->record))
                first = save->parts[j].change;
        part->again = first != NULL;
        save->refusal = (struct op_refusal){.change = i};
        if (!first)
            status = check_version(db, part, save->link && save->link->count > 0);
        else if (c->kind == OP_CREATE || c->record_kind != first->record_kind)
            status = db_refuse(db, STATUS_INVALID, "changes of one save do not fit together");
    }
    return status;
}

/* --- values
 * ----------------------------------------------------------------------------------------- */

static bool is_op_field(int number)
{
    return number == FIELD_STATUS || number == VERIFY_METHOD || number == VERIFY_RESULT ||
           number == VERIFY_NOTE || number == MERGE_INTO;
}

static bool op_field_is_good(const struct field_value *f)
{
    const struct value *v = &f->value;
    switch (f->field) {
    case FIELD_STATUS:
        return v->type == VALUE_INT && enum_name("STATUS", (int)v->integer);
    case VERIFY_METHOD:
        return v->type == VALUE_INT && enum_name("METHOD", (int)v->integer);
    case VERIFY_RESULT:
        return v->type == VALUE_INT && enum_name("RESULT", (int)v->integer);
    case MERGE_INTO:
        return v->type == VALUE_ID;
    default:
        return v->type == VALUE_TEXT || v->type == VALUE_NULL;
    }
}

/* One value alone; what it points to is looked at when the whole save is written. */
static enum status check_field(struct db *db, enum record_kind kind, struct field_value *f,
                               struct arena *arena)
{
    static const struct field note = {.type = FIELD_PROSE, .rule = "FREE", .lang = FIELD_NONE};
    const struct field *field = field_by_number(f->field);
    if (is_op_field(f->field)) {
        if (!op_field_is_good(f))
            return STATUS_INVALID;
        field = &note;
        if (f->field != VERIFY_NOTE)
            return STATUS_OK;
    } else if (!field || field->kind != kind) {
        return STATUS_INVALID;
    }
    if (f->value.type == VALUE_ID)
        return field->type == FIELD_RECORD ? STATUS_OK : STATUS_INVALID;
    enum status status = rule_normalize(field, &f->value, arena);
    return status == STATUS_OK ? rule_check(db, field, &f->value) : status;
}

/* Copies the change's fields, normalized and checked. */
static enum status check_fields(struct db *db, struct part *part, struct arena *arena, int *ret_bad)
{
    const struct change *c = part->change;
    part->fields =
        arena_alloc(arena, (c->field_count + 1 + SAVE_LINK_FIELDS) * sizeof *part->fields);
    for (size_t i = 0; i < c->field_count; i++) {
        part->fields[i] = c->fields[i];
        enum status status = check_field(db, c->record_kind, &part->fields[i], arena);
        for (size_t j = 0; j < i && status == STATUS_OK; j++)
            if (part->fields[j].field == part->fields[i].field)
                status = STATUS_INVALID;
        if (status != STATUS_OK) {
            *ret_bad = c->fields[i].field;
            return status;
        }
    }
    return STATUS_OK;
}

/* The record as it will be, against the rules over several fields. */
static enum status check_whole(struct db *db, const struct change *c,
                               const struct field_value *fields, int *ret_bad)
{
    if (c->kind != OP_CREATE && c->kind != OP_SET && c->kind != OP_RESOLVE)
        return STATUS_OK;
    struct record_list list = {0};
    enum status status = STATUS_OK;
    if (c->kind == OP_CREATE) {
        list.rows = arena_alloc(&list.arena, sizeof *list.rows);
        list.rows[0].kind = c->record_kind;
        (void)field_list(c->record_kind, &list.rows[0].count);
        list.rows[0].values =
            arena_alloc(&list.arena, list.rows[0].count * sizeof *list.rows[0].values);
    } else {
        status = record_load(db, c->record_kind, &c->record, &list);
    }
    for (size_t i = 0; i < c->field_count && status == STATUS_OK; i++) {
        size_t at = record_field_index(c->record_kind, fields[i].field);
        if (at != SIZE_MAX)
            list.rows[0].values[at] = fields[i].value;
    }
    if (status == STATUS_OK)
        status = rule_check_record(&list.rows[0], ret_bad);
    record_list_release(&list);
    return status;
}

/* What the values point to must be there once all parts are. */
static enum status check_references(struct db *db, const struct part *part, int *ret_bad)
{
    const struct change *c = part->change;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < c->field_count; i++) {
        const struct field_value *f = &part->fields[i];
        bool there = true;
        if (f->value.type != VALUE_ID)
            continue;
        *ret_bad = f->field;
        if (f->field == MERGE_INTO) {
            status = record_exists(db, c->record_kind, &f->value.id, &there);
            there = there && !uuid_equal(&f->value.id, &c->record);
        } else {
            status = rule_check(db, field_by_number(f->field), &f->value);
        }
        if (status == STATUS_OK && !there)
            status = STATUS_INVALID;
    }
    return status;
}

/* One line of text that may go into the log as it is. */
static bool is_clean_line(const char *s)
{
    size_t len = strlen(s), chars = 0;
    if (!utf8_valid(s, len, NULL))
        return false;
    for (size_t i = 0; i < len; chars++) {
        char32_t cp;
        i += utf8_decode(s + i, len - i, &cp);
        if (utf8_is_forbidden(cp))
            return false;
    }
    return chars <= PROSE_MAX_CHARS;
}

enum status op_check_words(struct db *db, const char *actor, const char *reason)
{
    return is_clean_line(actor) && is_clean_line(reason)
               ? STATUS_OK
               : db_refuse(db, STATUS_INVALID, "actor or reason of the change");
}

static enum status check_change(struct db *db, const struct change *c)
{
    /* undo.c writes undos */
    return kind_name(c->record_kind) && c->kind != OP_UNDO
               ? op_check_words(db, c->actor, c->reason)
               : db_refuse(db, STATUS_INVALID, "kind of the change");
}

/* --- one save
 * --------------------------------------------------------------------------------------- */

static enum status write_part(struct db *db, struct save *save, size_t at, struct op_ref *ret_op)
{
    struct part *part = &save->parts[at];
    const struct change *c = part->change;
    size_t count = c->field_count;
    save->refusal = (struct op_refusal){.change = at};
    enum status status = check_fields(db, part, &save->arena, &save->refusal.field);
    if (status == STATUS_OK)
        status = check_whole(db, c, part->fields, &save->refusal.field);
    if (status == STATUS_OK && part->again)
        status = op_seen_in(db, &c->record, &part->seen);
    if (status != STATUS_OK)
        return status;
    if (at)
        part->fields[count++] =
            (struct field_value){SAVE_PART, {.type = VALUE_INT, .integer = (int64_t)at}};
    for (size_t i = 0; !at && save->link && i < save->link->count; i++)
        part->fields[count++] = save->link->fields[i];
    struct change written = *c;
    written.fields = part->fields;
    written.field_count = count;
    status = chain_write(db, &written, &part->seen, ret_op);
    return status == STATUS_OK ? fold_change(db, &written) : status;
}

static enum status write_parts(struct db *db, struct save *save, struct op_ref *ret_save)
{
    struct op_ref op;
    enum status status = check_versions(db, save);
    for (size_t i = 0; status == STATUS_OK && i < save->count; i++) {
        status = write_part(db, save, i, &op);
        if (status == STATUS_OK && i == 0)
            *ret_save = op;
    }
    for (size_t i = 0; status == STATUS_OK && i < save->count; i++) {
        save->refusal = (struct op_refusal){.change = i};
        status = check_references(db, &save->parts[i], &save->refusal.field);
    }
    return status;
}

static enum status append_in_transaction(struct db *db, struct save *save, struct op_ref *ret_save)
{
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = write_parts(db, save, ret_save);
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db);
}

enum status op_append_open(struct db *db, const struct change *changes, size_t count,
                           const struct save_link *link, struct op_refusal *ret_refusal,
                           struct op_ref *ret_save)
{
    struct save save = {.count = count, .link = link};
    struct op_ref first = {0};
    enum status status = STATUS_OK;
    assert(count > 0);
    save.parts = arena_alloc(&save.arena, count * sizeof *save.parts);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        save.parts[i].change = &changes[i];
        save.refusal = (struct op_refusal){.change = i};
        status = check_change(db, &changes[i]);
    }
    if (status == STATUS_OK)
        status = append_in_transaction(db, &save, &first);
    arena_release(&save.arena);
    if (status == STATUS_OK && ret_save)
        *ret_save = first;
    bool refused =
        status == STATUS_INVALID || status == STATUS_CONFLICT || status == STATUS_NOT_FOUND;
    if (refused && ret_refusal)
        *ret_refusal = save.refusal;
    return status;
}

enum status op_append_all(struct db *db, const struct change *changes, size_t count,
                          struct op_refusal *ret_refusal, struct op_ref *ret_save)
{
    return restricted_concerns(db, changes, count)
               ? restricted_append_all(db, changes, count, ret_refusal, ret_save)
               : op_append_open(db, changes, count, NULL, ret_refusal, ret_save);
}

enum status op_append(struct db *db, const struct change *change, int *ret_bad)
{
    struct op_refusal refusal = {0};
    enum status status = op_append_all(db, change, 1, &refusal, NULL);
    if (status == STATUS_INVALID && ret_bad)
        *ret_bad = refusal.field;
    return status;
}
