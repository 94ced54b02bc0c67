/* Which save "undo" and "redo" mean: the newest one that counts, over the directory's own log and,
 * while unlocked, the sealed ones; see undo.h. Takes nothing back itself. */
#include <string.h>

#include "db/chain.h"
#include "db/history.h"
#include "db/restricted_state.h"
#include "db/undo_op.h"

static bool same_op(const struct op_ref *a, const struct op_ref *b)
{
    return a->seq == b->seq && uuid_equal(&a->replica, &b->replica);
}

bool undo_is_of(const struct op_row *undo, const struct op_row *op)
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

bool undo_is_possible(const struct op_row *op)
{
    return kind_name(op->record_kind) &&
           (op->kind <= OP_RESOLVE || op->kind == OP_UNDO); /* proposals are decided instead */
}

/* What is looked for: a save, or an undo of one. */
static enum status is_wanted(struct db *db, const struct whole_save *save, bool redo,
                             const char *actor, bool *ret_wanted)
{
    const struct op_row *first = &save->rows[0];
    struct op_list ops;
    *ret_wanted = false;
    if ((actor && strcmp(actor, first->actor) != 0) || !undo_is_possible(first) ||
        (first->kind == OP_UNDO) != redo)
        return STATUS_OK;
    struct db *log = whole_save_log(db, &first->op.replica);
    enum status status = op_history(log, &first->record, &ops);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < ops.count; i++) {
        const struct op_row *op = &ops.rows[i];
        if (!same_op(&op->op, &first->op) || op->undone)
            continue;
        *ret_wanted = true;
        for (size_t j = 0; redo && j < i; j++) /* an undo of an undo is no undo */
            if (undo_is_of(op, &ops.rows[j]) && ops.rows[j].kind == OP_UNDO)
                *ret_wanted = false;
    }
    op_list_release(&ops);
    return STATUS_OK;
}

/* *ret_first: the first op of the save that `at` belongs to. */
static enum status look_at_save(struct db *db, struct op_ref at, bool redo, const char *actor,
                                struct op_ref *ret_first, bool *ret_wanted)
{
    struct whole_save save;
    enum status status = whole_save_load(db, &at, &save);
    if (status != STATUS_OK)
        return status;
    status = is_wanted(db, &save, redo, actor, ret_wanted);
    *ret_first = save.first;
    whole_save_release(&save);
    return status;
}

/* Where the walk back through one chain stands. */
struct walker {
    struct op_ref at; /* seq 0: at its beginning */
    int64_t hlc;      /* of that op */
};

static enum status look_under(struct db *db, struct walker *walker)
{
    struct op_list run;
    if (!walker->at.seq)
        return STATUS_OK;
    enum status status = op_of_save(whole_save_log(db, &walker->at.replica), &walker->at, &run);
    if (status != STATUS_OK)
        return status;
    walker->hlc = run.rows[run.count - 1].hlc;
    walker->at.seq = run.rows[0].op.seq;
    op_list_release(&run);
    return STATUS_OK;
}

/* The own chain and, while unlocked, the sealed ones, each at its end. */
static enum status start_walk(struct db *db, struct walker walkers[LEVEL_COUNT])
{
    enum status status = chain_last(db, &walkers[LEVEL_PUBLIC].at);
    for (int level = 1; status == STATUS_OK && level <= restricted_level(db); level++) {
        const struct sealed_chain *chain = &db->restricted->chains[level];
        walkers[level].at = (struct op_ref){chain->replica, chain->sealed};
    }
    for (int level = 0; status == STATUS_OK && level < LEVEL_COUNT; level++)
        status = look_under(db, &walkers[level]);
    return status;
}

static struct walker *newest(struct walker walkers[LEVEL_COUNT])
{
    struct walker *found = NULL;
    for (int level = 0; level < LEVEL_COUNT; level++)
        if (walkers[level].at.seq && (!found || walkers[level].hlc > found->hlc))
            found = &walkers[level];
    return found;
}

static enum status find_in_file(struct db *db, bool redo, const char *actor,
                                struct op_ref *ret_save)
{
    struct walker walkers[LEVEL_COUNT] = {0}, *walker;
    bool wanted = false;
    enum status status = restricted_refresh(db);
    if (status == STATUS_OK)
        status = start_walk(db, walkers);
    while (status == STATUS_OK && (walker = newest(walkers))) {
        status = look_at_save(db, walker->at, redo, actor, ret_save, &wanted);
        if (status != STATUS_OK || wanted)
            return status;
        walker->at.seq--;
        status = look_under(db, walker);
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
