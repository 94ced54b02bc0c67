/* Merging two records into one; see merge.h. Makes changes of the ordinary kinds; only op.c writes.
 */
#include "db/merge.h"

#include <string.h>

#include "db/internal.h"

static bool is_mergeable(enum record_kind kind)
{
    return kind == RECORD_SERVICE || kind == RECORD_ORGANIZATION || kind == RECORD_PROGRAM ||
           kind == RECORD_LOCATION;
}

/* What makes two records of a kind say the same about their owner; 0 ends, none: never. */
static const int *telling_fields(enum record_kind kind)
{
    static const int fields[RECORD_KIND_END][3] = {
        [RECORD_PHONE] = {FIELD_ID(PHONE, number)},
        [RECORD_SERVICE_AREA] = {FIELD_ID(SERVICE_AREA, area)},
        [RECORD_TERM_LINK] = {FIELD_ID(TERM_LINK, term), FIELD_ID(TERM_LINK, type)},
        [RECORD_LANGUAGE] = {FIELD_ID(LANGUAGE, code)},
        [RECORD_SERVICE_AT_LOCATION] = {FIELD_ID(SERVICE_AT_LOCATION, location)},
    };
    return fields[kind];
}

static bool same_value(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return false;
    if (a->type == VALUE_TEXT)
        return a->text.len == b->text.len && !memcmp(a->text.bytes, b->text.bytes, a->text.len);
    if (a->type == VALUE_ID)
        return uuid_equal(&a->id, &b->id);
    return a->type != VALUE_INT || a->integer == b->integer;
}

/* Does one of theirs say what this record says? */
static bool is_said(const struct record *r, const struct record_list *theirs)
{
    const int *fields = telling_fields(r->kind);
    for (size_t i = 0; *fields && i < theirs->count; i++) {
        bool same = true;
        for (size_t k = 0; k < 3 && fields[k]; k++)
            same = same && same_value(record_value(r, fields[k]),
                                      record_value(&theirs->rows[i], fields[k]));
        if (same)
            return true;
    }
    return false;
}

struct plan {
    const struct merge *merge;
    struct arena *arena;
    struct change *changes;
    size_t count, room;
};

static struct change *add_change(struct plan *p, enum op_kind kind, enum record_kind record_kind,
                                 const struct uuid *record)
{
    p->changes = arena_grow(p->arena, p->changes, p->count, &p->room, sizeof *p->changes);
    struct change *c = &p->changes[p->count++];
    *c = (struct change){.kind = kind,
                         .record_kind = record_kind,
                         .record = *record,
                         .area = p->merge->area,
                         .actor = p->merge->actor,
                         .reason = p->merge->reason};
    return c;
}

static void add_reference(struct plan *p, struct change *c, int field)
{
    struct field_value *f = arena_alloc(p->arena, sizeof *f);
    *f = (struct field_value){field, {.type = VALUE_ID, .id = p->merge->into}};
    c->fields = f;
    c->field_count = 1;
}

/* One record that points to `from`: moved, or closed where `into` has the same already. */
static enum status move(struct db *db, struct plan *p, const struct referrer *r)
{
    struct record_list own = {0}, theirs = {0};
    enum status status = STATUS_OK;
    bool owned = r->field == record_owner_field(r->kind);
    if (uuid_equal(&r->id, &p->merge->into) || r->status == VALUE_STATUS_CLOSED)
        return STATUS_OK;
    if (owned) {
        status = record_load(db, r->kind, &r->id, &own);
        if (status == STATUS_OK)
            status = record_children(db, r->kind, &p->merge->into, &theirs);
    }
    if (status == STATUS_OK && owned && is_said(&own.rows[0], &theirs))
        (void)add_change(p, OP_CLOSE, r->kind, &r->id);
    else if (status == STATUS_OK)
        add_reference(p, add_change(p, OP_SET, r->kind, &r->id), r->field);
    record_list_release(&own);
    record_list_release(&theirs);
    return status;
}

static enum status check(struct db *db, const struct merge *m)
{
    const struct uuid *both[] = {&m->from, &m->into};
    struct uuid now;
    if (!is_mergeable(m->kind) || uuid_equal(&m->from, &m->into))
        return db_refuse(db, STATUS_INVALID, "these two cannot be merged");
    for (size_t i = 0; i < 2; i++) {
        bool there;
        enum status status = record_exists(db, m->kind, both[i], &there);
        if (status == STATUS_OK && !there)
            status = db_refuse(db, STATUS_NOT_FOUND, "no such record to merge");
        if (status == STATUS_OK)
            status = op_merged_into(db, both[i], &now);
        if (status != STATUS_OK)
            return status;
        if (!uuid_equal(&now, both[i]))
            return db_refuse(db, STATUS_INVALID, "one of the two is merged already");
    }
    return STATUS_OK;
}

enum status merge_changes(struct db *db, const struct merge *merge, struct arena *arena,
                          struct change **ret_changes, size_t *ret_count)
{
    struct plan p = {.merge = merge, .arena = arena};
    struct referrer *rows = NULL;
    size_t count = 0;
    enum status status = check(db, merge);
    if (status == STATUS_OK)
        status = record_referrers(db, merge->kind, &merge->from, arena, &rows, &count);
    if (status != STATUS_OK)
        return status;
    if (merge->field_count) {
        struct change *c = add_change(&p, OP_SET, merge->kind, &merge->into);
        c->fields = merge->fields;
        c->field_count = merge->field_count;
        c->seen = merge->into_seen;
    }
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = move(db, &p, &rows[i]);
    if (status != STATUS_OK)
        return status;
    struct change *c = add_change(&p, OP_MERGE, merge->kind, &merge->from);
    c->seen = merge->from_seen;
    add_reference(&p, c, MERGE_INTO);
    *ret_changes = p.changes;
    *ret_count = p.count;
    return STATUS_OK;
}

/* Without fields of its own `into` has no part in the save that would look at its version. */
static enum status check_seen(struct db *db, const struct merge *m)
{
    return m->field_count || !m->into_seen ? STATUS_OK : op_check_seen(db, &m->into, m->into_seen);
}

static enum status merge_in_transaction(struct db *db, const struct merge *merge, int *ret_bad,
                                        struct op_ref *ret_save)
{
    struct arena arena = {0};
    struct change *changes = NULL;
    struct op_refusal refusal = {0};
    size_t count = 0;
    enum status status = check_seen(db, merge);
    if (status == STATUS_OK)
        status = merge_changes(db, merge, &arena, &changes, &count);
    if (status == STATUS_OK)
        status = op_append_all(db, changes, count, &refusal, ret_save);
    if (status == STATUS_INVALID && ret_bad)
        *ret_bad = refusal.field;
    arena_release(&arena);
    return status;
}

enum status merge_records(struct db *db, const struct merge *merge, int *ret_bad,
                          struct op_ref *ret_save)
{
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = merge_in_transaction(db, merge, ret_bad, ret_save);
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db);
}
