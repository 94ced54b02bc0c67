/* Whether what a step wants is done; see coach_state.h. */
#include <string.h>

#include "db/gap.h"
#include "db/op.h"
#include "i18n/key.h"
#include "tui/coach_state.h"
#include "tui/value.h"

static const struct uuid *service_of(const struct coach *k, const struct scenario_act *act)
{
    return &k->scenario->services[act->service].id;
}

/* --- counted in the directory
 * ------------------------------------------------------------------------ */

static bool is_verification(const struct op_row *op, const struct scenario_act *act,
                            const struct scenario_act *other)
{
    int64_t method = 0, result = 0;
    if (op->kind != OP_VERIFY)
        return false;
    for (size_t i = 0; i < op->field_count; i++) {
        if (op->fields[i].field == VERIFY_METHOD)
            method = op->fields[i].value.integer;
        if (op->fields[i].field == VERIFY_RESULT)
            result = op->fields[i].value.integer;
    }
    if (act->any_other)
        return result != other->result;
    return result == act->result && (!act->method || method == act->method);
}

static size_t count_verified(const struct coach *k, struct db *db, const struct scenario_act *act,
                             const struct scenario_act *other)
{
    struct op_list ops;
    size_t count = 0;
    if (op_history(db, service_of(k, act), &ops) != STATUS_OK)
        return 0;
    for (size_t i = 0; i < ops.count; i++)
        count += is_verification(&ops.rows[i], act, other);
    op_list_release(&ops);
    return count;
}

static size_t count_gaps(struct db *db, const struct scenario_act *act,
                         const struct scenario_act *other)
{
    struct gap_list gaps;
    size_t count = 0;
    if (gap_list(db, act->area, &gaps) != STATUS_OK)
        return 0;
    for (size_t i = 0; i < gaps.count; i++) {
        bool same = strcmp(gaps.rows[i].need, act->any_other ? other->need : act->need) == 0;
        count += same != act->any_other;
    }
    gap_list_release(&gaps);
    return count;
}

size_t coach_count(const struct coach *k, struct db *db, const struct scenario_act *act,
                   const struct scenario_act *other)
{
    return act->kind == ACT_VERIFIED ? count_verified(k, db, act, other)
           : act->kind == ACT_GAP    ? count_gaps(db, act, other)
                                     : 0;
}

/* --- stored in the directory
 * ------------------------------------------------------------------------- */

static bool any_has(const struct record_list *list, const struct scenario_act *act)
{
    for (size_t i = 0; i < list->count; i++)
        if (value_equal(record_value(&list->rows[i], act->field->number), &act->value))
            return true;
    return false;
}

/* In the entry itself, or in what hangs on it or on its organization. */
static bool is_saved(const struct coach *k, struct db *db, const struct scenario_act *act)
{
    struct record_list service = {0}, hanging = {0};
    enum record_kind kind = act->field->kind;
    bool saved = false;
    if (record_load(db, RECORD_SERVICE, service_of(k, act), &service) != STATUS_OK)
        return false;
    const struct value *owner = record_value(&service.rows[0], FIELD_ID(SERVICE, organization));
    if (kind == RECORD_SERVICE)
        saved = any_has(&service, act);
    else if (record_children(db, kind, service_of(k, act), &hanging) == STATUS_OK &&
             (owner->type != VALUE_ID ||
              record_children(db, kind, &owner->id, &hanging) == STATUS_OK))
        saved = any_has(&hanging, act);
    record_list_release(&service);
    record_list_release(&hanging);
    return saved;
}

bool coach_was_played(const struct scenario *s, struct db *db)
{
    const struct coach k = {.scenario = s};
    for (size_t i = 0; i < s->count; i++)
        if (s->steps[i].acts && s->steps[i].act.kind == ACT_SAVED &&
            is_saved(&k, db, &s->steps[i].act))
            return true;
    return false;
}

/* --- on the screen
 * ----------------------------------------------------------------------------------- */

static bool stands_on(const struct coach *k, const struct coach_sight *at,
                      const struct scenario_act *act, const struct scenario_act *other)
{
    struct uuid id;
    if (!at->top->ops->selected || !at->top->ops->selected(at->top, &id))
        return false;
    bool same = uuid_equal(&id, service_of(k, act->any_other ? other : act));
    return same != act->any_other;
}

/* Neither in the area nor on the way to it. */
static bool is_elsewhere(const char *code, const char *wanted)
{
    return !area_contains(wanted, code) && !area_contains(code, wanted);
}

static bool stands_in(const struct coach_sight *at, const struct scenario_act *act,
                      const struct scenario_act *other)
{
    const char *area = at->top->ops->area ? at->top->ops->area(at->top) : NULL;
    if (!area || !*area)
        return false;
    return act->any_other ? is_elsewhere(area, other->area) : area_contains(act->area, area);
}

static bool shows_need(const struct coach_sight *at, const struct scenario_act *act,
                       const struct scenario_act *other)
{
    const char *need = at->top->ops->need ? at->top->ops->need(at->top) : NULL;
    const char *wanted = act->any_other ? other->need : act->need;
    const char *area = at->top->ops->area ? at->top->ops->area(at->top) : "";
    if (!need || !*need || (strcmp(need, wanted) == 0) == act->any_other)
        return false;
    return !*act->area || (*area && area_contains(act->area, area));
}

/* One of the words that stand between " | " is in what was typed. */
static bool has_words(const struct coach_sight *at, const struct scenario_act *act)
{
    const char *typed = at->top->ops->typed ? at->top->ops->typed(at->top) : NULL;
    struct text box = TEXT_INIT, wanted = TEXT_INIT;
    bool found = false;
    key_make(&box, typed ? typed : "", typed ? strlen(typed) : 0, KEY_LOOSE);
    for (const char *words = act->words; words && !found;) {
        const char *end = strstr(words, " | ");
        text_clear(&wanted);
        key_make(&wanted, words, end ? (size_t)(end - words) : strlen(words), KEY_LOOSE);
        found = wanted.len && strstr(box.bytes, wanted.bytes);
        words = end ? end + 3 : NULL;
    }
    text_release(&box);
    text_release(&wanted);
    return found;
}

bool coach_holds(const struct coach *k, const struct coach_sight *at,
                 const struct scenario_act *act, const struct scenario_act *other, size_t before)
{
    switch (act->kind) {
    case ACT_COMMAND:
        return k->done == act->command;
    case ACT_AREA:
        return stands_in(at, act, other);
    case ACT_WORDS:
        return has_words(at, act);
    case ACT_SERVICE:
        return stands_on(k, at, act, other);
    case ACT_OPEN:
        return at->top->ops->keys == CONTEXT_DETAIL && stands_on(k, at, act, other);
    case ACT_NEED:
        return shows_need(at, act, other);
    case ACT_SAVED:
        return is_saved(k, at->x->db, act);
    case ACT_VERIFIED:
    case ACT_GAP:
        return coach_count(k, at->x->db, act, other) > before;
    case ACT_KINDS:
        break;
    }
    return false;
}
