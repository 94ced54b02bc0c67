/* Taking a save back; see undo.h. What stands in the way is worked out from the log before anything
 * is written: the records of the save are folded as they would be afterwards. */
#include "db/undo.h"

#include <string.h>

#include "db/chain.h"
#include "db/fold.h"
#include "db/history.h"
#include "db/internal.h"
#include "db/rule.h"

/* A record that the save touched: as it is, and as it would be. */
struct target {
    struct uuid id;
    enum record_kind kind;
    struct op_list now;  /* its ops */
    struct op_row *ops;  /* the same with the undos behind them */
    size_t count;        /* of ops */
    struct record after; /* without those */
    bool gone_now, gone_after;
};

struct work {
    struct op_list save;
    struct target *targets;
    size_t count;
    struct arena arena;
    struct undo_blocks blocks;
    size_t room;
};

void undo_blocks_release(struct undo_blocks *blocks)
{
    arena_release(&blocks->arena);
    *blocks = (struct undo_blocks){0};
}

static void work_release(struct work *w)
{
    for (size_t i = 0; i < w->count; i++)
        op_list_release(&w->targets[i].now);
    op_list_release(&w->save);
    arena_release(&w->arena);
    undo_blocks_release(&w->blocks);
}

static void add_block(struct work *w, enum undo_reason reason, const struct target *t, int field,
                      const struct op_row *op)
{
    struct undo_blocks *b = &w->blocks;
    b->rows = arena_grow(&b->arena, b->rows, b->count, &w->room, sizeof *b->rows);
    struct undo_block *row = &b->rows[b->count++];
    *row = (struct undo_block){
        .reason = reason, .record = t->id, .record_kind = t->kind, .field = field, .actor = ""};
    if (op) {
        row->op = op->op;
        row->time_ms = op->time_ms;
        row->actor = arena_strdup(&b->arena, op->actor);
    }
}

static bool same_op(const struct op_ref *a, const struct op_ref *b)
{
    return a->seq == b->seq && uuid_equal(&a->replica, &b->replica);
}

static bool in_save(const struct work *w, const struct op_row *op)
{
    for (size_t i = 0; i < w->save.count; i++)
        if (same_op(&w->save.rows[i].op, &op->op))
            return true;
    return false;
}

/* --- what an op touches
 * ----------------------------------------------------------------------------- */

static bool undoes(const struct op_row *undo, const struct op_row *op)
{
    struct op_ref target = {0};
    for (size_t i = 0; undo->kind == OP_UNDO && i < undo->field_count; i++) {
        const struct field_value *f = &undo->fields[i];
        if (f->field == UNDO_REPLICA && f->value.type == VALUE_ID)
            target.replica = f->value.id;
        if (f->field == UNDO_SEQ && f->value.type == VALUE_INT)
            target.seq = f->value.integer;
    }
    return target.seq && same_op(&target, &op->op);
}

/* The op whose effect this one has, or takes away: itself, or what an undo is about. */
static const struct op_row *root(const struct op_list *ops, const struct op_row *op)
{
    for (size_t i = (size_t)(op - ops->rows); op->kind == OP_UNDO && i-- > 0;)
        if (undoes(op, &ops->rows[i]))
            op = &ops->rows[i];
    return op;
}

static bool is_status_op(const struct op_row *op)
{
    return op->kind == OP_CLOSE || op->kind == OP_REOPEN || op->kind == OP_MERGE;
}

static bool touches(const struct op_row *op, int field)
{
    if (op->kind == OP_CREATE || (field == FIELD_STATUS && is_status_op(op)))
        return true;
    for (size_t i = 0; op->kind != OP_VERIFY && i < op->field_count; i++)
        if (op->fields[i].field == field)
            return true;
    return false;
}

/* A field that both touch; 0: none. */
static int common_field(const struct op_row *a, const struct op_row *b)
{
    if (is_status_op(a))
        return touches(b, FIELD_STATUS) ? FIELD_STATUS : 0;
    if (a->kind == OP_VERIFY || b->kind == OP_VERIFY)
        return 0;
    for (size_t i = 0; i < a->field_count; i++) {
        int field = a->fields[i].field;
        if ((field == FIELD_STATUS || field >= 100) && touches(b, field))
            return field;
    }
    return 0;
}

static bool confirms(const struct op_row *op)
{
    for (size_t i = 0; op->kind == OP_VERIFY && i < op->field_count; i++)
        if (op->fields[i].field == VERIFY_RESULT && op->fields[i].value.type == VALUE_INT)
            return op->fields[i].value.integer == VALUE_RESULT_STILL_RIGHT ||
                   op->fields[i].value.integer == VALUE_RESULT_CHANGED;
    return false;
}

/* --- what depends on the save
 * ----------------------------------------------------------------------- */

/* An undo of something still later: both together change nothing for this one. */
static bool is_of_later(const struct op_list *ops, const struct op_row *op, size_t at)
{
    for (const struct op_row *target = &ops->rows[at + 1]; target < op; target++)
        if (undoes(op, target))
            return true;
    return false;
}

static void look_at_later(struct work *w, const struct target *t, size_t at)
{
    const struct op_list *ops = &t->now;
    const struct op_row *own = &ops->rows[at], *mine = root(ops, own);
    for (size_t i = at + 1; i < ops->count; i++) {
        const struct op_row *later = &ops->rows[i];
        if (later->undone)
            continue;
        if (undoes(later, own))
            add_block(w, UNDO_DONE_ALREADY, t, 0, later);
        if (own->undone || in_save(w, later) || is_of_later(ops, later, at))
            continue;
        const struct op_row *theirs = root(ops, later);
        int field = common_field(mine, theirs);
        if (mine->kind == OP_CREATE && !t->gone_now)
            add_block(w, confirms(theirs) ? UNDO_VERIFIED : UNDO_CHANGED, t, field, later);
        else if (field)
            add_block(w, UNDO_CHANGED, t, field, later);
        else if (mine->kind != OP_VERIFY && confirms(later))
            add_block(w, UNDO_VERIFIED, t, 0, later);
    }
}

/* Whoever confirmed the owner confirmed its telephones too. */
static enum status look_at_owner(struct db *db, struct work *w, const struct target *t,
                                 const struct op_row *mine)
{
    int field = record_owner_field(t->kind);
    const struct value *owner = field ? record_value(&t->after, field) : NULL;
    struct op_list ops;
    if (!owner || owner->type != VALUE_ID || mine->kind == OP_VERIFY)
        return STATUS_OK;
    enum status status = op_history(db, &owner->id, &ops);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    struct target of = {.id = owner->id, .kind = ops.rows[0].record_kind};
    for (size_t i = 0; i < ops.count; i++)
        if (ops.rows[i].hlc > mine->hlc && !ops.rows[i].undone && confirms(&ops.rows[i]) &&
            !in_save(w, &ops.rows[i]))
            add_block(w, UNDO_VERIFIED, &of, 0, &ops.rows[i]);
    op_list_release(&ops);
    return STATUS_OK;
}

static const struct target *find_target(const struct work *w, const struct uuid *id)
{
    for (size_t i = 0; i < w->count; i++)
        if (uuid_equal(&w->targets[i].id, id))
            return &w->targets[i];
    return NULL;
}

/* Others point to what would be gone. */
static enum status look_at_referrers(struct db *db, struct work *w, const struct target *t)
{
    struct referrer *rows = NULL;
    size_t count = 0;
    if (!t->gone_after || t->gone_now)
        return STATUS_OK;
    enum status status = record_referrers(db, t->kind, &t->id, &w->arena, &rows, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct target *other = find_target(w, &rows[i].id);
        const struct value *v = other ? record_value(&other->after, rows[i].field) : NULL;
        if (other && (other->gone_after || v->type != VALUE_ID || !uuid_equal(&v->id, &t->id)))
            continue;
        struct target of = {.id = rows[i].id, .kind = rows[i].kind};
        struct op_list ops;
        status = op_history(db, &rows[i].id, &ops);
        if (status != STATUS_OK)
            break;
        add_block(w, UNDO_REFERRED, &of, rows[i].field, &ops.rows[ops.count - 1]);
        op_list_release(&ops);
    }
    return status;
}

/* What would be left must be a record by the rules, and point to what is there. */
static enum status look_at_rules(struct db *db, struct work *w, const struct target *t)
{
    size_t count;
    int bad = 0;
    const struct field *f = field_list(t->kind, &count);
    const struct op_row *last = &t->now.rows[t->now.count - 1];
    if (t->gone_after)
        return STATUS_OK;
    if (rule_check_record(&t->after, &bad) != STATUS_OK)
        add_block(w, UNDO_RULE, t, bad, last);
    for (size_t i = 0; i < count; i++) {
        const struct value *v = &t->after.values[i];
        if (v->type != VALUE_ID)
            continue;
        const struct target *other = find_target(w, &v->id);
        enum status status = other && !other->gone_after ? STATUS_OK : rule_check(db, &f[i], v);
        if (status != STATUS_OK && status != STATUS_INVALID)
            return status;
        if (status == STATUS_INVALID || (other && other->gone_after))
            add_block(w, UNDO_RULE, t, f[i].number, last);
    }
    return STATUS_OK;
}

/* --- working it out
 * --------------------------------------------------------------------------------- */

static bool can_be_undone(const struct op_row *op)
{
    return kind_name(op->record_kind) &&
           (op->kind <= OP_RESOLVE || op->kind == OP_UNDO); /* proposals are decided instead */
}

/* An undo of `op` as it would stand in the log. */
static void undo_fields(const struct op_row *op, struct field_value fields[2])
{
    fields[0] = (struct field_value){UNDO_REPLICA, {.type = VALUE_ID, .id = op->op.replica}};
    fields[1] = (struct field_value){UNDO_SEQ, {.type = VALUE_INT, .integer = op->op.seq}};
}

/* Folds the record with an undo of each of the save's ops behind its own. */
static void imagine(struct work *w, struct target *t)
{
    t->ops = arena_alloc(&w->arena, (t->now.count + w->save.count) * sizeof *t->ops);
    memcpy(t->ops, t->now.rows, t->now.count * sizeof *t->ops);
    t->count = t->now.count;
    for (size_t i = 0; i < t->count; i++)
        t->ops[i].undone = false;
    for (size_t i = 0; i < w->save.count; i++) {
        if (!uuid_equal(&w->save.rows[i].record, &t->id))
            continue;
        struct field_value *fields = arena_alloc(&w->arena, 2 * sizeof *fields);
        undo_fields(&w->save.rows[i], fields);
        t->ops[t->count++] = (struct op_row){.kind = OP_UNDO, .fields = fields, .field_count = 2};
    }
    fold_mark_undone(t->ops, t->count);
    t->gone_now = fold_is_dropped(t->now.rows, t->now.count);
    t->gone_after = fold_is_dropped(t->ops, t->count);
    t->after = fold_new(t->kind, &t->id, &w->arena);
    for (size_t i = 0; i < t->count; i++)
        fold_apply(&t->after, &t->ops[i]);
}

static enum status load_targets(struct db *db, struct work *w)
{
    w->targets = arena_alloc(&w->arena, w->save.count * sizeof *w->targets);
    for (size_t i = 0; i < w->save.count; i++) {
        const struct op_row *op = &w->save.rows[i];
        if (find_target(w, &op->record))
            continue;
        struct target *t = &w->targets[w->count];
        *t = (struct target){.id = op->record, .kind = op->record_kind};
        enum status status = op_history(db, &op->record, &t->now);
        if (status != STATUS_OK)
            return status;
        w->count++;
        if (can_be_undone(op))
            imagine(w, t);
        else
            add_block(w, UNDO_HIDDEN, t, 0, op);
    }
    return STATUS_OK;
}

static enum status look_at_target(struct db *db, struct work *w, const struct target *t)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < t->now.count; i++) {
        if (!in_save(w, &t->now.rows[i]))
            continue;
        look_at_later(w, t, i);
        status = look_at_owner(db, w, t, &t->now.rows[i]);
    }
    if (status == STATUS_OK)
        status = look_at_referrers(db, w, t);
    return status == STATUS_OK ? look_at_rules(db, w, t) : status;
}

static enum status work_out(struct db *db, const struct op_ref *save, struct work *w)
{
    *w = (struct work){0};
    enum status status = op_of_save(db, save, &w->save);
    if (status == STATUS_OK)
        status = load_targets(db, w);
    for (size_t i = 0; status == STATUS_OK && !w->blocks.count && i < w->count; i++)
        status = look_at_target(db, w, &w->targets[i]);
    return status;
}

static struct undo_blocks take_blocks(struct work *w)
{
    struct undo_blocks blocks = w->blocks;
    w->blocks = (struct undo_blocks){0};
    return blocks;
}

enum status undo_check(struct db *db, const struct op_ref *save, struct undo_blocks *ret_blocks)
{
    struct work w;
    enum status status = work_out(db, save, &w);
    if (status == STATUS_OK)
        *ret_blocks = take_blocks(&w);
    work_release(&w);
    return status;
}

/* --- doing it
 * --------------------------------------------------------------------------------------- */

/* Part `part` of the undo: takes back one op. */
static enum status undo_op(struct db *db, const struct op_row *op, size_t part,
                           const struct change *model, struct op_ref *ret_op)
{
    struct field_value fields[3] = {0};
    struct seen seen;
    undo_fields(op, fields);
    fields[2] = (struct field_value){SAVE_PART, {.type = VALUE_INT, .integer = (int64_t)part}};
    struct change c = *model;
    c.record = op->record;
    c.record_kind = op->record_kind;
    c.area = op->area;
    c.fields = fields;
    c.field_count = part ? 3 : 2;
    enum status status = op_seen(db, &op->record, &seen);
    if (status == STATUS_OK)
        status = chain_write(db, &c, &seen, ret_op);
    return status == STATUS_OK ? fold_change(db, &c) : status;
}

/* The last op of the save first: what was made last goes first. */
static enum status undo_ops(struct db *db, const struct work *w, const struct change *model,
                            struct op_ref *ret_save)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < w->save.count; i++) {
        struct op_ref op;
        status = undo_op(db, &w->save.rows[w->save.count - 1 - i], i, model, &op);
        if (status == STATUS_OK && i == 0)
            *ret_save = op;
    }
    return status;
}

enum status undo_save(struct db *db, const struct op_ref *save, const char *actor,
                      const char *reason, struct undo_blocks *ret_blocks, struct op_ref *ret_save)
{
    struct change model = {.kind = OP_UNDO, .actor = actor, .reason = reason};
    struct op_ref made = {0};
    struct work w;
    enum status status = op_check_words(db, actor, reason);
    if (status == STATUS_OK)
        status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = work_out(db, save, &w);
    if (status == STATUS_OK && w.blocks.count) {
        status = db_refuse(db, STATUS_CONFLICT, "something depends on the change");
        if (ret_blocks)
            *ret_blocks = take_blocks(&w);
    } else if (status == STATUS_OK) {
        status = undo_ops(db, &w, &model, &made);
    }
    work_release(&w);
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    status = db_commit(db);
    if (status == STATUS_OK && ret_save)
        *ret_save = made;
    return status;
}

/* --- which one
 * -------------------------------------------------------------------------------------- */

/* What is looked for: a save, or an undo of one. */
static enum status is_wanted(struct db *db, const struct op_list *save, bool redo,
                             const char *actor, bool *ret_wanted)
{
    const struct op_row *first = &save->rows[0];
    struct op_list ops;
    *ret_wanted = false;
    if ((actor && strcmp(actor, first->actor) != 0) || !can_be_undone(first) ||
        (first->kind == OP_UNDO) != redo)
        return STATUS_OK;
    enum status status = op_history(db, &first->record, &ops);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < ops.count; i++) {
        const struct op_row *op = &ops.rows[i];
        if (!same_op(&op->op, &first->op) || op->undone)
            continue;
        *ret_wanted = true;
        for (size_t j = 0; redo && j < i; j++) /* an undo of an undo is no undo */
            if (undoes(op, &ops.rows[j]) && ops.rows[j].kind == OP_UNDO)
                *ret_wanted = false;
    }
    op_list_release(&ops);
    return STATUS_OK;
}

static enum status look_at_save(struct db *db, struct op_ref at, bool redo, const char *actor,
                                struct op_ref *ret_first, bool *ret_wanted)
{
    struct op_list save;
    enum status status = op_of_save(db, &at, &save);
    if (status != STATUS_OK)
        return status;
    status = is_wanted(db, &save, redo, actor, ret_wanted);
    *ret_first = save.rows[0].op;
    op_list_release(&save);
    return status;
}

static enum status find_in_file(struct db *db, bool redo, const char *actor,
                                struct op_ref *ret_save)
{
    struct op_ref at;
    bool wanted = false;
    enum status status = chain_last(db, &at);
    while (status == STATUS_OK && at.seq > 0) {
        status = look_at_save(db, at, redo, actor, &at, &wanted);
        if (status == STATUS_OK && wanted) {
            *ret_save = at;
            return STATUS_OK;
        }
        at.seq--;
    }
    return status == STATUS_OK ? STATUS_NOT_FOUND : status;
}

static enum status find_in_history(struct db *db, const struct uuid *record, bool redo,
                                   const char *actor, struct op_ref *ret_save)
{
    struct history h;
    struct op_ref first;
    bool wanted = false;
    enum status status = history_load(db, record, &h);
    if (status != STATUS_OK)
        return status;
    for (size_t i = h.count; status == STATUS_OK && !wanted && i-- > 0;) {
        status = look_at_save(db, h.rows[i].save, redo, actor, &first, &wanted);
        if (wanted)
            *ret_save = first;
    }
    history_release(&h);
    return status == STATUS_OK && !wanted ? STATUS_NOT_FOUND : status;
}

static enum status find(struct db *db, const struct uuid *record, bool redo, const char *actor,
                        struct op_ref *ret_save)
{
    return record ? find_in_history(db, record, redo, actor, ret_save)
                  : find_in_file(db, redo, actor, ret_save);
}

enum status undo_find(struct db *db, const struct uuid *record, const char *actor,
                      struct op_ref *ret_save)
{
    return find(db, record, false, actor, ret_save);
}

enum status undo_find_redo(struct db *db, const struct uuid *record, const char *actor,
                           struct op_ref *ret_save)
{
    return find(db, record, true, actor, ret_save);
}
