/* What a learner does in a scenario; see coach.h. */
#include <stdlib.h>
#include <string.h>

#include "tui/coach_state.h"

static const struct scenario_step *step_of(const struct coach *k)
{
    return &k->scenario->steps[k->step];
}

/* --- from step to step
 * ------------------------------------------------------------------------------- */

static void begin_step(struct coach *k, const struct coach_sight *at, size_t step)
{
    k->step = step;
    k->spoiled = k->hinted = k->whole_way = k->answered = false;
    k->key_at = k->chosen = 0;
    k->top = 0;
    k->follow = false;
    k->done = COMMAND_NONE;
    text_clear(&k->heard);
    memset(k->tried, 0, sizeof k->tried);
    if (coach_is_over(k))
        return;
    const struct scenario_step *now = step_of(k);
    k->focus = !now->acts;
    for (size_t i = 0; i < now->not_count; i++) {
        k->nots_before[i] = coach_count(k, at->x->db, &now->nots[i], &now->act);
        k->nots_held[i] = coach_holds(k, at, &now->nots[i], &now->act, k->nots_before[i]);
    }
}

/* Notes how the step went. */
static void note(struct coach *k, enum step_result result, int points)
{
    k->play->results[k->step] = result;
    k->play->points[k->step] = points;
}

static int halved(const struct coach *k, int points)
{
    return k->hinted ? points / 2 : points;
}

static void pass_act(struct coach *k, const struct coach_sight *at)
{
    const struct scenario_step *step = step_of(k);
    k->earned = k->spoiled ? 0 : halved(k, step->points);
    note(k, k->spoiled ? STEP_LATER : k->hinted ? STEP_HINTED : STEP_AT_ONCE, k->earned);
    k->says = SAYS_RIGHT;
    k->why = &step->act.why;
    begin_step(k, at, step->next);
}

/* From an answer that was tried to one that was not. */
static void leave_tried(struct coach *k, const struct scenario_step *step)
{
    for (size_t i = 0; k->tried[k->chosen] && i < step->choice_count; i++)
        k->chosen = (k->chosen + 1) % step->choice_count;
}

/* Strikes out a wrong answer, as long as one is left to choose from. */
static void strike_out(struct coach *k, const struct scenario_step *step)
{
    size_t left = 0, wrong = SIZE_MAX;
    for (size_t i = 0; i < step->choice_count; i++) {
        left += !k->tried[i];
        if (!k->tried[i] && !step->choices[i].right)
            wrong = i;
    }
    if (wrong != SIZE_MAX && left > 1)
        k->tried[wrong] = true;
    leave_tried(k, step);
}

/* The first choice counts; a wrong one may be followed by others. */
static void choose(struct coach *k)
{
    const struct scenario_step *step = step_of(k);
    const struct scenario_choice *choice = &step->choices[k->chosen];
    bool first = k->play->results[k->step] == STEP_OPEN;
    int points = halved(k, choice->points);
    if (first)
        note(k, !choice->right ? STEP_LATER : k->hinted ? STEP_HINTED : STEP_AT_ONCE, points);
    k->earned = first ? points : 0;
    k->tried[k->chosen] = true;
    k->says = choice->right ? SAYS_RIGHT : SAYS_WRONG;
    k->why = &choice->why;
    k->answered = choice->right || choice->next != SIZE_MAX;
    k->next = choice->next != SIZE_MAX ? choice->next : step->next;
    k->top = 0;
    k->follow = false; /* the explanation stands above */
    if (!k->answered)
        leave_tried(k, step);
}

static void go_on(struct coach *k, const struct coach_sight *at)
{
    const struct scenario_step *step = step_of(k);
    if (step->acts) {
        k->focus = false;
    } else if (k->answered) {
        k->says = SAYS_NOTHING;
        begin_step(k, at, k->next);
    } else if (step->choice_count) {
        choose(k);
    } else {
        note(k, STEP_PASSED, 0);
        k->says = SAYS_NOTHING;
        begin_step(k, at, step->next);
    }
}

static void skip(struct coach *k, const struct coach_sight *at)
{
    const struct scenario_step *step = step_of(k);
    size_t next = k->answered ? k->next : scenario_next(k->scenario, k->step);
    if (k->play->results[k->step] == STEP_OPEN)
        note(k, step->acts || step->choice_count ? STEP_SKIPPED : STEP_PASSED, 0);
    k->says = SAYS_NOTHING;
    begin_step(k, at, next);
}

/* --- hints
 * ------------------------------------------------------------------------------------------- */

static void hint(struct coach *k)
{
    const struct scenario_step *step = step_of(k);
    if (k->answered || (!step->acts && !step->choice_count))
        return;
    k->play->hints++;
    k->whole_way = k->hinted;
    k->hinted = true;
    k->says = k->says == SAYS_RIGHT ? SAYS_NOTHING : k->says;
    k->top = 0;
    if (step->choice_count)
        strike_out(k, step);
}

/* --- keys of the box
 * --------------------------------------------------------------------------------- */

/* To the next answer that way that was not tried yet. */
static void move(struct coach *k, int by)
{
    const struct scenario_step *step = step_of(k);
    if (k->answered || !step->choice_count) {
        k->top += by;
        return;
    }
    for (size_t at = k->chosen + (size_t)by; at < step->choice_count; at += (size_t)by)
        if (!k->tried[at]) {
            k->chosen = at;
            k->follow = true;
            return;
        }
}

static bool looks_only(enum command command)
{
    return command == COMMAND_LANGUAGE || command == COMMAND_THEME || command == COMMAND_SCRIPT ||
           command == COMMAND_PAINTER || command == COMMAND_REDRAW || command == COMMAND_QUIT;
}

static unsigned command_with_keys(struct coach *k, const struct coach_sight *at,
                                  enum command command)
{
    enum { PAGE = 4 };
    switch (command) {
    case COMMAND_UP:
        move(k, -1);
        break;
    case COMMAND_DOWN:
        move(k, 1);
        break;
    case COMMAND_PAGE_UP:
        k->follow = false;
        k->top -= PAGE;
        break;
    case COMMAND_PAGE_DOWN:
        k->follow = false;
        k->top += PAGE;
        break;
    case COMMAND_GO_ON:
        go_on(k, at);
        break;
    case COMMAND_BACK:
        k->focus = false;
        break;
    default:
        k->focus = k->focus && looks_only(command);
        return OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

unsigned coach_command(struct coach *k, const struct coach_sight *at, enum command command)
{
    switch (command) {
    case COMMAND_BOX:
        k->focus = !k->focus;
        k->top = 0;
        break;
    case COMMAND_HINT:
        hint(k);
        break;
    case COMMAND_SKIP_STEP:
        skip(k, at);
        break;
    default:
        return k->focus ? command_with_keys(k, at, command) : OUTCOME_IGNORED;
    }
    return OUTCOME_HANDLED;
}

/* --- what is done in the views
 * ----------------------------------------------------------------------- */

void coach_saw_command(struct coach *k, enum command command)
{
    const struct scenario_step *step = step_of(k);
    k->done = command;
    const struct scenario_key *key = k->key_at < step->key_count ? &step->keys[k->key_at] : NULL;
    if (key && !key->words && !key->service && key->command == command)
        k->key_at++;
    text_clear(&k->heard);
}

void coach_saw_text(struct coach *k, const char *s, size_t len)
{
    const struct scenario_step *step = step_of(k);
    if (k->key_at >= step->key_count || !step->keys[k->key_at].words)
        return;
    text_add(&k->heard, s, len);
    if (!strstr(k->heard.bytes, step->keys[k->key_at].words))
        return;
    k->key_at++;
    text_clear(&k->heard);
}

/* An act that is known to be wrong, once each time it comes about. */
static void look_for_wrong(struct coach *k, const struct coach_sight *at)
{
    const struct scenario_step *step = step_of(k);
    for (size_t i = 0; i < step->not_count; i++) {
        const struct scenario_act *act = &step->nots[i];
        bool holds = coach_holds(k, at, act, &step->act, k->nots_before[i]);
        if (holds && !k->nots_held[i]) {
            k->spoiled = true;
            k->says = SAYS_WRONG;
            k->why = &act->why;
            k->top = 0;
        }
        k->nots_held[i] = holds && act->kind != ACT_COMMAND;
        k->nots_before[i] = coach_count(k, at->x->db, act, &step->act);
    }
}

/* The arrows of the way on have arrived. */
static void look_for_row(struct coach *k, const struct coach_sight *at)
{
    const struct scenario_step *step = step_of(k);
    struct uuid id;
    while (k->key_at < step->key_count && step->keys[k->key_at].service && at->top->ops->selected &&
           at->top->ops->selected(at->top, &id) &&
           uuid_equal(&id, &step->keys[k->key_at].service->id))
        k->key_at++;
}

void coach_look(struct coach *k, const struct coach_sight *at)
{
    look_for_row(k, at);
    /* What is on the screen already may be what several steps want. */
    while (!coach_is_over(k) && step_of(k)->acts) {
        if (!coach_holds(k, at, &step_of(k)->act, NULL, k->before[k->step])) {
            look_for_wrong(k, at);
            break;
        }
        pass_act(k, at);
    }
    k->done = COMMAND_NONE;
}

/* ------------------------------------------------------------------------------------------------
 */

struct coach *coach_new(struct course_entry *entry, const struct coach_sight *at)
{
    struct coach *k = mem_zalloc(1, sizeof *k);
    k->entry = entry;
    k->scenario = &entry->scenario;
    k->play = &entry->last;
    k->before = mem_zalloc(k->scenario->count, sizeof *k->before);
    text_init(&k->heard);
    play_begin(k->play, k->scenario);
    for (size_t i = 0; i < k->scenario->count; i++)
        k->before[i] = coach_count(k, at->x->db, &k->scenario->steps[i].act, NULL);
    begin_step(k, at, 0);
    return k;
}

void coach_free(struct coach *k)
{
    if (!k)
        return;
    free(k->before);
    text_release(&k->heard);
    free(k);
}

bool coach_is_over(const struct coach *k)
{
    return k->step >= k->scenario->count;
}

struct course_entry *coach_entry(const struct coach *k)
{
    return k->entry;
}

bool coach_has_keys(const struct coach *k)
{
    return k->focus;
}

const struct scenario_step *coach_step(const struct coach *k)
{
    return coach_is_over(k) ? NULL : step_of(k);
}

const struct scenario_key *coach_next_key(const struct coach *k)
{
    return k->key_at < step_of(k)->key_count ? &step_of(k)->keys[k->key_at] : NULL;
}
