/* Saving as a person, proposing, approving and rejecting; see propose.h. */
#include "db/propose.h"

#include <string.h>

#include "db/chain.h"
#include "db/fold.h"
#include "db/internal.h"
#include "db/proposal.h"
#include "db/restricted.h"
#include "db/rule.h"
#include "db/version.h"

/* --- saving ---------------------------------------------------------------------------------- */

/* Copies of the changes with the person's actor and the area of each. */
static enum status fill(struct db *db, const struct person *person, const struct change *changes,
                        size_t count, struct arena *arena, struct change **ret_filled)
{
    struct text actor = TEXT_INIT;
    struct change *filled = arena_alloc(arena, count * sizeof *filled);
    enum status status = STATUS_OK;
    person_actor(person, &actor);
    const char *name = arena_strdup(arena, actor.bytes);
    text_release(&actor);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        char *area = arena_alloc(arena, AREA_CODE);
        status = authority_area(db, changes, count, i, area);
        filled[i] = changes[i];
        filled[i].area = area;
        filled[i].actor = name;
    }
    *ret_filled = filled;
    return status;
}

/* One transaction; only with `keep` does it stay. */
static enum status append(struct db *db, const struct change *changes, size_t count, bool keep,
                          struct op_refusal *ret_refusal, struct op_ref *ret_save)
{
    struct op_ref save = {0};
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = op_append_all(db, changes, count, ret_refusal, &save);
    if (status != STATUS_OK || !keep) {
        db_rollback(db);
        return status;
    }
    status = db_commit(db);
    if (status == STATUS_OK)
        *ret_save = save;
    return status;
}

/* The change's fields in the form in which they are stored, and room for `more`. */
static enum status stored_fields(const struct change *c, size_t more, struct arena *arena,
                                 struct field_value **ret_fields)
{
    static const struct field note = {.type = FIELD_PROSE, .rule = "FREE", .lang = FIELD_NONE};
    struct field_value *fields = arena_alloc(arena, (c->field_count + more) * sizeof *fields);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < c->field_count && status == STATUS_OK; i++) {
        const struct field *f = field_by_number(c->fields[i].field);
        fields[i] = c->fields[i];
        status = rule_normalize(f ? f : &note, &fields[i].value, arena);
    }
    *ret_fields = fields;
    return status;
}

static struct value text_value(struct arena *arena, const struct text *t)
{
    return (struct value){.type = VALUE_TEXT,
                          .text = {arena_strndup(arena, t->bytes, t->len), t->len}};
}

static enum status write_part(struct db *db, const struct uuid *id, const char *area,
                              const struct change *c)
{
    enum { OWN = 4 };
    struct arena arena = {0};
    struct field_value *fields = NULL;
    struct seen seen = {0};
    struct text version = TEXT_INIT;
    enum status status = stored_fields(c, OWN, &arena, &fields);
    if (status == STATUS_OK && c->seen)
        seen = *c->seen;
    else if (status == STATUS_OK && c->kind != OP_CREATE)
        status = op_seen(db, &c->record, &seen);
    if (status == STATUS_OK) {
        version_format(&version, &seen);
        struct field_value own[OWN] = {
            {PROPOSE_RECORD, {.type = VALUE_ID, .id = c->record}},
            {PROPOSE_RECORD_KIND, {.type = VALUE_INT, .integer = (int64_t)c->record_kind}},
            {PROPOSE_OP, {.type = VALUE_INT, .integer = (int64_t)c->kind}},
            {PROPOSE_SEEN, text_value(&arena, &version)},
        };
        memcpy(fields + c->field_count, own, sizeof own);
        struct change part = *c;
        part.kind = OP_PROPOSE;
        part.record_kind = (enum record_kind)RECORD_PROPOSAL;
        part.record = *id;
        part.area = area;
        part.fields = fields;
        part.field_count = c->field_count + OWN;
        status = proposal_write(db, &part);
    }
    text_release(&version);
    arena_release(&arena);
    return status;
}

enum status proposal_write(struct db *db, const struct change *change)
{
    struct seen seen;
    struct op_ref op;
    enum status status = op_seen(db, &change->record, &seen);
    if (status == STATUS_OK)
        status = chain_write(db, change, &seen, &op);
    if (status != STATUS_OK)
        return status;
    return fold_record(db, change->record_kind, &change->record);
}

static enum status write_proposal(struct db *db, const struct change *changes, size_t count,
                                  const char *area, struct uuid *ret_id)
{
    struct uuid id;
    int level;
    enum status status = restricted_level_of(db, changes, count, &level);
    if (status == STATUS_OK && level != LEVEL_PUBLIC) /* it would stand in the log in clear */
        status = db_refuse(db, STATUS_FORBIDDEN, "a proposal may hold nothing confidential");
    if (status == STATUS_OK)
        status = uuid_new(db_now_ms(db), &id);
    if (status == STATUS_OK)
        status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = write_part(db, &id, area, &changes[i]);
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    status = db_commit(db);
    if (status == STATUS_OK)
        *ret_id = id;
    return status;
}

static enum status save(struct db *db, const struct person *person, const struct change *changes,
                        size_t count, bool keep, struct op_refusal *ret_refusal,
                        struct save_result *ret_result)
{
    struct arena arena = {0};
    struct change *filled = NULL;
    struct save_result result = {0};
    enum verdict verdict = VERDICT_REFUSED;
    enum status status = authority_over(db, person, changes, count, &verdict, result.area);
    if (status == STATUS_OK && verdict == VERDICT_REFUSED)
        status = db_refuse(db, STATUS_FORBIDDEN, "this person may not write here");
    if (status == STATUS_OK)
        status = fill(db, person, changes, count, &arena, &filled);
    bool written = verdict == VERDICT_ALLOWED;
    result.outcome = written ? SAVE_WRITTEN : SAVE_PROPOSED;
    if (status == STATUS_OK)
        status = append(db, filled, count, keep && written, ret_refusal, &result.save);
    if (status == STATUS_OK && keep && !written)
        status = write_proposal(db, filled, count, result.area, &result.proposal);
    arena_release(&arena);
    if (status == STATUS_OK)
        *ret_result = result;
    return status;
}

enum status person_save(struct db *db, const struct person *person, const struct change *changes,
                        size_t count, struct op_refusal *ret_refusal,
                        struct save_result *ret_result)
{
    return save(db, person, changes, count, true, ret_refusal, ret_result);
}

enum status person_try(struct db *db, const struct person *person, const struct change *changes,
                       size_t count, struct op_refusal *ret_refusal, struct save_result *ret_result)
{
    return save(db, person, changes, count, false, ret_refusal, ret_result);
}

/* --- taking back ----------------------------------------------------------------------------- */

/* May the person write everywhere this save wrote? */
static enum status may_undo(struct db *db, const struct person *person, const struct op_ref *save)
{
    struct op_list ops = {0};
    struct arena arena = {0};
    enum verdict verdict = VERDICT_REFUSED;
    enum status status = op_of_save(db, save, &ops);
    if (status != STATUS_OK)
        return status;
    struct change *changes = arena_alloc(&arena, (ops.count + 1) * sizeof *changes);
    for (size_t i = 0; i < ops.count; i++)
        changes[i] = (struct change){
            .kind = OP_SET, .record_kind = ops.rows[i].record_kind, .record = ops.rows[i].record};
    status = authority_over(db, person, changes, ops.count, &verdict, NULL);
    if (status == STATUS_OK && verdict != VERDICT_ALLOWED)
        status = db_refuse(db, STATUS_FORBIDDEN, "the save wrote outside of the person's area");
    arena_release(&arena);
    op_list_release(&ops);
    return status;
}

enum status person_undo(struct db *db, const struct person *person, const struct op_ref *save,
                        const char *reason, struct undo_blocks *ret_blocks, struct op_ref *ret_save)
{
    struct text actor = TEXT_INIT;
    enum status status = may_undo(db, person, save);
    person_actor(person, &actor);
    if (status == STATUS_OK)
        status = undo_save(db, save, actor.bytes, reason, ret_blocks, ret_save);
    text_release(&actor);
    return status;
}

/* --- deciding -------------------------------------------------------------------------------- */

/* Both names, as the applied changes carry them: "who proposed / who approved". */
static const char *both_names(struct arena *arena, const char *proposer, const char *approver)
{
    struct text names = TEXT_INIT;
    text_addf(&names, "%s / %s", proposer, approver);
    const char *copy = arena_strdup(arena, names.bytes);
    text_release(&names);
    return copy;
}

/* The proposed changes as a save of both. */
static struct change *proposed_changes(const struct proposal *p, const char *actor,
                                       struct arena *arena)
{
    struct change *changes = arena_alloc(arena, (p->count + 1) * sizeof *changes);
    for (size_t i = 0; i < p->count; i++) {
        const struct proposal_change *from = &p->changes[i];
        struct field_value *fields = arena_alloc(arena, (from->count + 1) * sizeof *fields);
        size_t count = 0;
        bool implied = from->kind != OP_SET && from->kind != OP_CREATE;
        for (size_t j = 0; j < from->count; j++)
            if (!implied || from->fields[j].field != FIELD_STATUS)
                fields[count++] =
                    (struct field_value){from->fields[j].field, from->fields[j].proposed};
        changes[i] = (struct change){.kind = from->kind,
                                     .record_kind = from->record_kind,
                                     .record = from->record,
                                     .area = p->area,
                                     .fields = fields,
                                     .field_count = count,
                                     .actor = actor,
                                     .reason = p->reason};
    }
    return changes;
}

static bool has_moved(const struct proposal *p)
{
    for (size_t i = 0; i < p->count; i++)
        for (size_t j = 0; j < p->changes[i].count; j++)
            if (p->changes[i].fields[j].moved)
                return true;
    return false;
}

static enum status write_answer(struct db *db, const struct proposal *p, const char *actor,
                                const char *reason, int answer)
{
    const struct field_value field = {DECIDE_ANSWER, {.type = VALUE_INT, .integer = answer}};
    const struct change change = {
        .kind = OP_DECIDE,
        .record_kind = (enum record_kind)RECORD_PROPOSAL,
        .record = p->id,
        .area = p->area,
        .fields = &field,
        .field_count = 1,
        .actor = actor,
        .reason = reason,
    };
    return proposal_write(db, &change);
}

struct decision {
    const struct person *person;
    const char *reason;
    bool approve, anyway;
    struct op_refusal *refusal;
};

static enum status decide_loaded(struct db *db, const struct proposal *p,
                                 const struct decision *decision)
{
    struct arena arena = {0};
    struct text actor = TEXT_INIT;
    enum status status = STATUS_OK;
    person_actor(decision->person, &actor);
    if (authority_of(decision->person, OP_DECIDE, p->area) != VERDICT_ALLOWED)
        status = db_refuse(db, STATUS_FORBIDDEN, "no approver of the area");
    else if (p->answer != PROPOSAL_OPEN)
        status = db_refuse(db, STATUS_CONFLICT, "the proposal is decided already");
    else if (decision->approve && !decision->anyway && has_moved(p))
        status = db_refuse(db, STATUS_CONFLICT, "a field was changed since it was proposed");
    if (status == STATUS_OK && decision->approve) {
        const char *names = both_names(&arena, p->actor, actor.bytes);
        struct change *changes = proposed_changes(p, names, &arena);
        status = op_append_all(db, changes, p->count, decision->refusal, NULL);
    }
    if (status == STATUS_OK)
        status = write_answer(db, p, actor.bytes, decision->reason,
                              decision->approve ? VALUE_ANSWER_YES : VALUE_ANSWER_NO);
    text_release(&actor);
    arena_release(&arena);
    return status;
}

/* Reads and decides under one lock: nobody decides between. */
static enum status decide(struct db *db, const struct uuid *id, const struct decision *decision)
{
    struct proposal_list list = {0};
    static const struct field line = {.type = FIELD_PROSE, .rule = "FREE", .lang = FIELD_NONE};
    struct value reason = {.type = VALUE_TEXT,
                           .text = {decision->reason, strlen(decision->reason)}};
    enum status status = rule_check(db, &line, &reason);
    if (status == STATUS_OK)
        status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = proposal_load(db, id, &list);
    if (status == STATUS_OK)
        status = decide_loaded(db, &list.rows[0], decision);
    proposal_list_release(&list);
    if (status == STATUS_OK)
        return db_commit(db);
    db_rollback(db);
    return status;
}

enum status proposal_approve(struct db *db, const struct person *person, const struct uuid *id,
                             const char *reason, bool anyway, struct op_refusal *ret_refusal)
{
    return decide(db, id, &(struct decision){person, reason, true, anyway, ret_refusal});
}

enum status proposal_reject(struct db *db, const struct person *person, const struct uuid *id,
                            const char *reason)
{
    return decide(db, id, &(struct decision){person, reason, false, false, NULL});
}
