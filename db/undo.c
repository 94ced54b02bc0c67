/* Taking a save back; see undo.h. What stands in the way is worked out from the log before anything
 * is written: the records of the save are folded as they would be afterwards. */
#include "db/undo_op.h"

#include <string.h>

#include "db/chain.h"
#include "db/fold.h"
#include "db/restricted_state.h"
#include "db/rule.h"

/* A record that the save touched: as it is, and as it would be. One that became confidential by it
 * is two of them, one in each log. */
struct target {
    struct uuid id;
    enum record_kind kind;
    struct db *log;      /* that it is folded from */
    struct op_list now;  /* its ops */
    struct op_row *ops;  /* the same with the undos behind them */
    size_t count;        /* of ops */
    struct record after; /* without those */
    bool gone_now, gone_after;
};

struct work {
    struct whole_save save;
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
    whole_save_release(&w->save);
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

/* The op whose effect this one has, or takes away: itself, or what an undo is about. */
static const struct op_row *root(const struct op_list *ops, const struct op_row *op)
{
    for (size_t i = (size_t)(op - ops->rows); op->kind == OP_UNDO && i-- > 0;)
        if (undo_is_of(op, &ops->rows[i]))
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
        if (undo_is_of(op, target))
            return true;
    return false;
}

/* `moved`: the save took the record into the confidential part or out of it. What was said of it
 * since would stay behind. */
static void look_at_later(struct work *w, const struct target *t, bool moved, size_t at)
{
    const struct op_list *ops = &t->now;
    const struct op_row *own = &ops->rows[at], *mine = root(ops, own);
    for (size_t i = at + 1; i < ops->count; i++) {
        const struct op_row *later = &ops->rows[i];
        if (later->undone)
            continue;
        if (undo_is_of(later, own))
            add_block(w, UNDO_DONE_ALREADY, t, 0, later);
        if (own->undone || in_save(w, later) || is_of_later(ops, later, at))
            continue;
        const struct op_row *theirs = root(ops, later);
        int field = common_field(mine, theirs);
        if (!field && moved)
            field = FIELD_STATUS;
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
    if (status == STATUS_NOT_FOUND && restricted_records(db))
        status = op_history(restricted_records(db), &owner->id, &ops);
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

static struct target *find_target(const struct work *w, const struct db *log, const struct uuid *id)
{
    for (size_t i = 0; i < w->count; i++)
        if (w->targets[i].log == log && uuid_equal(&w->targets[i].id, id))
            return &w->targets[i];
    return NULL;
}

/* Whether the record would be there afterwards, in that log. */
static enum status stays(const struct work *w, struct db *log, enum record_kind kind,
                         const struct uuid *id, bool *ret_stays)
{
    const struct target *t = find_target(w, log, id);
    *ret_stays = t && !t->gone_after;
    return t ? STATUS_OK : record_exists(log, kind, id, ret_stays);
}

/* Those of one log that point to what would be gone. */
static enum status look_at_referrers_in(struct db *log, struct work *w, const struct target *t)
{
    struct referrer *rows = NULL;
    size_t count = 0;
    enum status status = record_referrers(log, t->kind, &t->id, &w->arena, &rows, &count);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct target *other = find_target(w, log, &rows[i].id);
        const struct value *v = other ? record_value(&other->after, rows[i].field) : NULL;
        if (other && (other->gone_after || v->type != VALUE_ID || !uuid_equal(&v->id, &t->id)))
            continue;
        struct target of = {.id = rows[i].id, .kind = rows[i].kind};
        struct op_list ops;
        status = op_history(log, &rows[i].id, &ops);
        if (status != STATUS_OK)
            break;
        add_block(w, UNDO_REFERRED, &of, rows[i].field, &ops.rows[ops.count - 1]);
        op_list_release(&ops);
    }
    return status;
}

/* Others point to what would be gone. A confidential one may point to either log. */
static enum status look_at_referrers(struct db *db, struct work *w, const struct target *t)
{
    struct db *memory = restricted_records(db);
    bool other = false;
    if (!t->gone_after || t->gone_now)
        return STATUS_OK;
    enum status status = STATUS_OK;
    if (t->log == memory) /* what is sealed may as well point to the public one that comes back */
        status = stays(w, db, t->kind, &t->id, &other);
    if (status == STATUS_OK && !other)
        status = look_at_referrers_in(t->log, w, t);
    if (status != STATUS_OK || !memory || t->log == memory)
        return status;
    status = stays(w, memory, t->kind, &t->id, &other);
    return status == STATUS_OK && !other ? look_at_referrers_in(memory, w, t) : status;
}

/* The time of the record's last op in this log; 0: none. */
static enum status last_hlc(struct db *log, const struct uuid *id, int64_t *ret_hlc)
{
    struct op_list ops;
    enum status status = op_history(log, id, &ops);
    *ret_hlc = 0;
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    *ret_hlc = ops.rows[ops.count - 1].hlc;
    op_list_release(&ops);
    return STATUS_OK;
}

/* Of the last op that this save has of the target. */
static int64_t own_hlc(struct db *db, const struct work *w, const struct target *t)
{
    int64_t hlc = 0;
    for (size_t i = 0; i < w->save.count; i++) {
        const struct op_row *op = &w->save.rows[i];
        if (uuid_equal(&op->record, &t->id) && op->hlc > hlc &&
            whole_save_log(db, &op->op.replica) == t->log)
            hlc = op->hlc;
    }
    return hlc;
}

/* The record goes on in the other log since, by a later save: what this one says of it counts no
 * more. A later one here may have been written by somebody who was locked and did not know. */
static enum status look_at_home(struct db *db, struct work *w, const struct target *t)
{
    int level = LEVEL_PUBLIC;
    enum status status = restricted_holds(db, t->kind, &t->id, &level);
    struct db *home = level ? restricted_records(db) : db;
    struct record_list there = {0};
    int64_t there_hlc = 0;
    if (status != STATUS_OK || home == t->log || t->gone_now || find_target(w, home, &t->id))
        return status;
    status = last_hlc(home, &t->id, &there_hlc);
    if (status != STATUS_OK || there_hlc < own_hlc(db, w, t))
        return status;
    status = record_load(home, t->kind, &t->id, &there);
    if (status == STATUS_OK && there.rows[0].status != VALUE_STATUS_CLOSED)
        add_block(w, UNDO_CHANGED, t, FIELD_STATUS, &t->now.rows[t->now.count - 1]);
    record_list_release(&there);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status look_at_reference(struct db *db, struct work *w, const struct target *t,
                                     const struct field *field, const struct value *v)
{
    const struct target *near = find_target(w, t->log, &v->id), *open = find_target(w, db, &v->id);
    bool stays = (near && !near->gone_after) || (open && !open->gone_after);
    bool goes = (near || open) && !stays;
    enum status status = stays || goes ? STATUS_OK : rule_check(t->log, field, v);
    if (goes || status == STATUS_INVALID)
        add_block(w, UNDO_RULE, t, field->number, &t->now.rows[t->now.count - 1]);
    return status == STATUS_INVALID ? STATUS_OK : status;
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
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (t->after.values[i].type == VALUE_ID)
            status = look_at_reference(db, w, t, &f[i], &t->after.values[i]);
    return status;
}

/* --- working it out
 * --------------------------------------------------------------------------------- */

/* An undo of `op` as it would stand in the log. */
static void undo_fields(const struct op_row *op, struct field_value fields[2])
{
    fields[0] = (struct field_value){UNDO_REPLICA, {.type = VALUE_ID, .id = op->op.replica}};
    fields[1] = (struct field_value){UNDO_SEQ, {.type = VALUE_INT, .integer = op->op.seq}};
}

/* Folds the record with an undo of each of the save's ops behind its own. */
static void imagine(struct db *db, struct work *w, struct target *t)
{
    t->ops = arena_alloc(&w->arena, (t->now.count + w->save.count) * sizeof *t->ops);
    memcpy(t->ops, t->now.rows, t->now.count * sizeof *t->ops);
    t->count = t->now.count;
    for (size_t i = 0; i < t->count; i++)
        t->ops[i].undone = false;
    for (size_t i = 0; i < w->save.count; i++) {
        const struct op_row *op = &w->save.rows[i];
        if (!uuid_equal(&op->record, &t->id) || whole_save_log(db, &op->op.replica) != t->log)
            continue;
        struct field_value *fields = arena_alloc(&w->arena, 2 * sizeof *fields);
        undo_fields(op, fields);
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
        struct db *log = whole_save_log(db, &op->op.replica);
        if (find_target(w, log, &op->record))
            continue;
        struct target *t = &w->targets[w->count];
        *t = (struct target){.id = op->record, .kind = op->record_kind, .log = log};
        enum status status = op_history(log, &op->record, &t->now);
        if (status != STATUS_OK)
            return status;
        w->count++;
        if (undo_is_possible(op))
            imagine(db, w, t);
        else
            add_block(w, UNDO_HIDDEN, t, 0, op);
    }
    return STATUS_OK;
}

static enum status look_at_target(struct db *db, struct work *w, const struct target *t)
{
    enum status status = STATUS_OK;
    const struct db *other = t->log == db ? restricted_records(db) : db;
    bool moved = other && find_target(w, other, &t->id);
    for (size_t i = 0; status == STATUS_OK && i < t->now.count; i++) {
        if (!in_save(w, &t->now.rows[i]))
            continue;
        look_at_later(w, t, moved, i);
        status = look_at_owner(db, w, t, &t->now.rows[i]);
    }
    if (status == STATUS_OK)
        status = look_at_home(db, w, t);
    if (status == STATUS_OK)
        status = look_at_referrers(db, w, t);
    return status == STATUS_OK ? look_at_rules(db, w, t) : status;
}

static enum status work_out(struct db *db, const struct op_ref *save, struct work *w)
{
    *w = (struct work){0};
    enum status status = whole_save_load(db, save, &w->save);
    if (status == STATUS_OK)
        status = load_targets(db, w);
    if (status == STATUS_OK && w->save.locked) {
        add_block(w, UNDO_LOCKED, &w->targets[0], 0, &w->save.rows[0]);
        w->blocks.rows[w->blocks.count - 1].level = w->save.locked;
    }
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

/* Part `part` of a run of the undo: takes back one op of the log. */
static enum status undo_op(struct db *log, const struct op_row *op, size_t part,
                           const struct save_link *link, const struct change *model,
                           struct op_ref *ret_op)
{
    struct field_value fields[2 + 1 + SAVE_LINK_FIELDS] = {0};
    struct seen seen;
    struct change c = *model;
    undo_fields(op, fields);
    c.record = op->record;
    c.record_kind = op->record_kind;
    c.area = op->area;
    c.fields = fields;
    c.field_count = 2;
    if (part)
        fields[c.field_count++] =
            (struct field_value){SAVE_PART, {.type = VALUE_INT, .integer = (int64_t)part}};
    for (size_t i = 0; !part && i < link->count; i++)
        fields[c.field_count++] = link->fields[i];
    enum status status = op_seen_in(log, &op->record, &seen);
    if (status == STATUS_OK)
        status = chain_write(log, &c, &seen, ret_op);
    return status == STATUS_OK ? fold_change(log, &c) : status;
}

/* What of the save lies at that level, the last op first: what was made last goes first. */
static enum status undo_part(struct db *db, const struct work *w, int level,
                             const struct change *model, struct save_parts *parts)
{
    struct db *log = level ? restricted_records(db) : db;
    struct save_link link = save_parts_link(parts, level);
    enum status status = STATUS_OK;
    size_t part = 0;
    for (size_t i = w->save.count; status == STATUS_OK && i-- > 0;) {
        const struct op_row *row = &w->save.rows[i];
        struct op_ref op;
        if (whole_save_level(db, &row->op.replica) != level)
            continue;
        if (level && !part)
            status = restricted_use_chain(db, level);
        if (status == STATUS_OK)
            status = undo_op(log, row, part, &link, model, &op);
        if (status == STATUS_OK && !part)
            save_parts_note(parts, &op);
        part++;
    }
    return status;
}

static enum status undo_ops(struct db *db, const struct work *w, const struct change *model,
                            struct op_ref *ret_save)
{
    struct save_parts parts = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < w->save.count; i++) {
        int level = whole_save_level(db, &w->save.rows[i].op.replica);
        if (!level || parts.begins[level].seq)
            continue;
        status = restricted_begin(db);
        if (status == STATUS_OK)
            status = restricted_next(db, level, &parts.begins[level]);
    }
    for (int level = LEVEL_PUBLIC; status == STATUS_OK && level < LEVEL_COUNT; level++)
        status = undo_part(db, w, level, model, &parts);
    *ret_save = parts.first;
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
    w = (struct work){0};
    if (restricted_records(db) && !db->restricted->writing)
        status = restricted_refresh(db);
    if (status == STATUS_OK)
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
    if (status == STATUS_OK && !db->depth && restricted_refresh(db) != STATUS_OK)
        restricted_lock(db); /* merges may have gone or come */
    return status;
}
