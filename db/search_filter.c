/* The filters of a plan as sets of documents, and where documents stand in regard to them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/plan_output.h"
#include "db/search_plan.h"

__attribute__((format(printf, 3, 4))) static enum status
tag(struct db *db, const struct set **ret_set, const char *format, ...)
{
    char name[64];
    va_list args;
    va_start(args, format);
    vsnprintf(name, sizeof name, format, args);
    va_end(args);
    return sets_tag(db, name, ret_set);
}

/* --- areas ---------------------------------------------------------------------------------------
 */

static bool is_country(const char *code)
{
    return area_level(code) == 0;
}

/* Adds services made for exactly an area around this one, the country with it. */
static enum status add_around(struct db *db, const char *code, struct set *out)
{
    const struct set *set;
    enum status status = STATUS_OK;
    for (int len = 2; status == STATUS_OK && !is_country(code) && len < (int)strlen(code);
         len += 2) {
        status = tag(db, &set, "c%.*s", len, code);
        if (status == STATUS_OK)
            set_or(out, set);
    }
    if (status == STATUS_OK && !is_country(code))
        status = tag(db, &set, "c" AREA_COUNTRY_CODE);
    if (status == STATUS_OK && !is_country(code))
        set_or(out, set);
    return status;
}

static enum status own_set(struct db *db, const char *code, enum filter_where where,
                           const struct set **ret_set)
{
    char space = where == WHERE_LOCATED ? 'b' : where == WHERE_COVERING ? 'c' : 'a';
    if (!is_country(code))
        return tag(db, ret_set, "%c%s", space, code);
    if (where != WHERE_LOCATED)
        return tag(db, ret_set, "c" AREA_COUNTRY_CODE);
    *ret_set = sets_none(db);
    return STATUS_OK;
}

static enum status keep_areas(struct db *db, const struct plan *plan, struct set *out)
{
    struct set *in = sets_scratch(db);
    const struct set *set;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < plan->asked_count; i++) {
        status = own_set(db, plan->asked[i], plan->where, &set);
        if (status != STATUS_OK)
            break;
        set_or(in, set);
        if (plan->where != WHERE_LOCATED)
            status = add_around(db, plan->asked[i], in);
    }
    if (status == STATUS_OK && plan->asked_count)
        set_and(out, in);
    return status;
}

static enum nearness nearness_of_level(int level)
{
    static const enum nearness of[] = {NEAR_NATION, NEAR_PROVINCE, NEAR_DISTRICT, NEAR_COMMUNE,
                                       NEAR_COMMUNE};
    return of[level];
}

void step_add(struct picker *p, const struct set *first)
{
    if (p->step_count < PICK_STEPS) {
        struct step *step = &p->steps[p->step_count++];
        step->parts[0] = first;
        step->count = 1;
    }
}

enum status steps_level(struct db *db, const struct plan *plan, struct picker *p)
{
    struct set *near[NEAR_NONE];
    const struct set *set;
    enum status status = STATUS_OK;
    if (!plan->asked_count || p->step_count == PICK_STEPS)
        return status;
    for (int i = 0; i < NEAR_NONE; i++)
        near[i] = sets_scratch(db);
    for (size_t i = 0; status == STATUS_OK && i < plan->asked_count; i++) {
        const char *code = plan->asked[i];
        status = own_set(db, code, WHERE_ANY, &set);
        if (status == STATUS_OK)
            set_or(near[nearness_of_level(area_level(code))], set);
        for (int len = 2; status == STATUS_OK && !is_country(code) && len < (int)strlen(code);
             len += 2) {
            status = tag(db, &set, "c%.*s", len, code);
            if (status == STATUS_OK)
                set_or(near[nearness_of_level(len / 2)], set);
        }
    }
    struct step *step = &p->steps[p->step_count++];
    step->count = 0;
    for (int i = 0; i < NEAR_NATION; i++)
        step->parts[step->count++] = near[i];
    return status;
}

/* Adds what stands in the area and is for exactly it, but not what is in `but`. */
static enum status add_standing(struct db *db, const char *code, int len, const struct set *but,
                                struct set *out)
{
    const struct set *in, *for_it;
    enum status status = tag(db, &in, "b%.*s", len, code);
    if (status == STATUS_OK)
        status = tag(db, &for_it, "c%.*s", len, code);
    if (status != STATUS_OK)
        return status;
    struct set *both = sets_scratch(db);
    set_meet(both, in, for_it);
    if (but)
        set_and_not(both, but);
    set_or(out, both);
    return STATUS_OK;
}

enum status steps_how(struct db *db, const struct plan *plan, struct picker *p)
{
    const struct set *set;
    enum status status = STATUS_OK;
    if (!plan->asked_count || p->step_count == PICK_STEPS)
        return status;
    struct set *own = sets_scratch(db), *located = sets_scratch(db), *covers = sets_scratch(db),
               *inside = sets_scratch(db);
    for (size_t i = 0; status == STATUS_OK && i < plan->asked_count; i++) {
        const char *code = plan->asked[i];
        if (is_country(code))
            continue;
        status = tag(db, &set, "a%s", code);
        if (status == STATUS_OK)
            set_or(inside, set);
        if (status == STATUS_OK)
            status = add_standing(db, code, (int)strlen(code), NULL, own);
        if (status == STATUS_OK)
            status = tag(db, &set, "b%s", code);
        if (status == STATUS_OK)
            set_or(located, set);
        if (status == STATUS_OK)
            status = tag(db, &set, "c%s", code);
        if (status == STATUS_OK)
            set_or(covers, set);
        if (status == STATUS_OK)
            status = add_around(db, code, covers);
    }
    for (size_t i = 0; status == STATUS_OK && i < plan->asked_count; i++)
        for (int len = 2; status == STATUS_OK && len < (int)strlen(plan->asked[i]); len += 2)
            status = add_standing(db, plan->asked[i], len, inside, own);
    struct step *step = &p->steps[p->step_count++];
    *step = (struct step){.parts = {own, located, covers}, .count = 3};
    return status;
}

/* --- kinds and certainty -------------------------------------------------------------------------
 */

static enum status add_kind(struct db *db, const struct search *s, size_t bit, struct step *step)
{
    if (bit >= KIND_BITS || !*s->kind_code[bit] || step->count == STEP_PARTS)
        return STATUS_OK;
    enum status status = tag(db, &step->parts[step->count], "k%s", s->kind_code[bit]);
    step->count += status == STATUS_OK;
    return status;
}

enum status steps_need(struct db *db, const struct plan *plan, struct picker *p)
{
    struct search *s;
    enum status status = search_terms(db, &s);
    if (status != STATUS_OK || !plan->need || p->step_count == PICK_STEPS)
        return status;
    struct step *step = &p->steps[p->step_count++];
    step->count = 0;
    for (size_t i = 0; status == STATUS_OK && i < plan->need_kind_count; i++)
        status = add_kind(db, s, plan->need_kinds[i], step);
    return status;
}

enum status steps_kind(struct db *db, struct picker *p)
{
    struct search *s;
    const struct set *all, *mark;
    enum status status = search_terms(db, &s);
    if (status != STATUS_OK || p->step_count + 3 > PICK_STEPS)
        return status;
    struct step *step = &p->steps[p->step_count++];
    step->count = 0;
    for (size_t bit = 0; status == STATUS_OK && bit < KIND_BITS; bit++)
        status = add_kind(db, s, bit, step);
    static const char *const doubts[] = {"qu", "qv"};
    for (size_t i = 0; status == STATUS_OK && i < 2; i++) {
        status = sets_all(db, &all);
        if (status == STATUS_OK)
            status = sets_tag(db, doubts[i], &mark);
        if (status != STATUS_OK)
            break;
        struct set *sure = sets_scratch(db);
        set_part(sure, all, mark);
        step_add(p, sure);
    }
    return status;
}

/* --- filters -------------------------------------------------------------------------------------
 */

static enum status keep_status(struct db *db, const struct plan *plan, struct set *out)
{
    const struct set *set;
    enum status status = sets_all(db, &set);
    if (status != STATUS_OK)
        return status;
    set_copy(out, set);
    if (plan->status < 0)
        return STATUS_OK;
    status = tag(db, &set, "s%d", plan->status ? plan->status : VALUE_STATUS_CLOSED);
    if (status == STATUS_OK && plan->status)
        set_and(out, set);
    else if (status == STATUS_OK)
        set_and_not(out, set);
    return status;
}

/* One of the kinds of a mask; nothing has an unknown one. */
static enum status keep_kinds(struct db *db, uint64_t kinds, struct set *out)
{
    struct search *s;
    const struct set *set;
    enum status status = search_terms(db, &s);
    struct set *any = kinds ? sets_scratch(db) : NULL;
    for (size_t bit = 0; status == STATUS_OK && kinds && bit < KIND_BITS; bit++) {
        if (!(kinds >> bit & 1) || !*s->kind_code[bit])
            continue;
        status = tag(db, &set, "k%s", s->kind_code[bit]);
        if (status == STATUS_OK)
            set_or(any, set);
    }
    if (status == STATUS_OK && kinds)
        set_and(out, any);
    return status;
}

/* One of the tags "<space><number>" whose bit is set, from `first` on. */
static enum status keep_numbers(struct db *db, char space, unsigned bits, int first,
                                struct set *out)
{
    const struct set *set;
    enum status status = STATUS_OK;
    if (!bits)
        return status;
    struct set *any = sets_scratch(db);
    for (int i = 0; status == STATUS_OK && i < 8; i++)
        if (bits >> i & 1) {
            status = tag(db, &set, "%c%d", space, i + first);
            if (status == STATUS_OK)
                set_or(any, set);
        }
    if (status == STATUS_OK)
        set_and(out, any);
    return status;
}

static enum status keep_tag(struct db *db, const char *name, bool wanted, struct set *out)
{
    const struct set *set;
    enum status status = wanted ? sets_tag(db, name, &set) : STATUS_OK;
    if (status == STATUS_OK && wanted)
        set_and(out, set);
    return status;
}

static bool takes_age(void *context, const char *word)
{
    const struct plan *plan = context;
    int least, most;
    if (sscanf(word, "%d-%d", &least, &most) != 2)
        return false;
    return plan->age_to >= least && (most == AGE_OPEN || plan->age_from <= most);
}

static bool is_open(void *context, const char *word)
{
    const struct plan *plan = context;
    return hours_open(word, plan->now);
}

static enum status keep_where(struct db *db, char space, bool (*wanted)(void *, const char *),
                              const struct plan *plan, struct set *out)
{
    struct set *any = sets_scratch(db);
    struct plan copy = *plan;
    enum status status = sets_where(db, space, wanted, &copy, any);
    if (status == STATUS_OK)
        set_and(out, any);
    return status;
}

static enum status keep_organizations(struct db *db, const struct plan *plan, struct set *out)
{
    const struct set *set;
    enum status status = STATUS_OK;
    if (!plan->organization_count)
        return status;
    struct set *any = sets_scratch(db);
    for (size_t i = 0; status == STATUS_OK && i < plan->organization_count; i++) {
        status = tag(db, &set, "o%s", plan->organizations[i]);
        if (status == STATUS_OK)
            set_or(any, set);
    }
    if (status == STATUS_OK)
        set_and(out, any);
    return status;
}

/* Services of a program made for the output. */
static enum status add_programs(struct db *db, const char *output, struct set *out)
{
    sqlite3_stmt *s;
    bool row;
    char high[FILTER_VALUE + 1];
    enum status status = db_query(db, QUERY_DOCS_OF_OUTPUT, &s);
    if (status != STATUS_OK)
        return status;
    snprintf(high, sizeof high, "%s/", output); /* what comes after the dot */
    bind_text(s, ":low", output);
    bind_text(s, ":high", high);
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        size_t doc = (size_t)sqlite3_column_int64(s, 0);
        if (doc >> CHUNK_BITS < out->chunks)
            set_put(out, doc);
    }
    return status;
}

/* Those of its kinds, and of its programs: a program is not part of the index. */
static enum status add_output(struct db *db, const char *output, struct set *out)
{
    struct search *s;
    const struct set *set;
    enum status status = search_terms(db, &s);
    for (size_t i = 0; status == STATUS_OK && i < s->terms.count; i++) {
        const struct term *term = &s->terms.rows[i];
        if (!plan_output_any_within(term->outputs, output))
            continue;
        status = tag(db, &set, "k%s", term->code);
        if (status == STATUS_OK)
            set_or(out, set);
    }
    return status == STATUS_OK ? add_programs(db, output, out) : status;
}

static enum status keep_outputs(struct db *db, const struct plan *plan, struct set *out)
{
    enum status status = STATUS_OK;
    if (!plan->output_count)
        return status;
    struct set *any = sets_scratch(db);
    for (size_t i = 0; status == STATUS_OK && i < plan->output_count; i++)
        status = add_output(db, plan->outputs[i], any);
    if (status == STATUS_OK)
        set_and(out, any);
    return status;
}

static enum status keep_need(struct db *db, const struct plan *plan, struct set *out)
{
    uint64_t kinds = (uint64_t)1 << KIND_BITS; /* none, when the need is unknown */
    for (size_t i = 0; i < plan->need_kind_count; i++)
        kinds |= (uint64_t)1 << plan->need_kinds[i];
    return plan->need ? keep_kinds(db, kinds, out) : STATUS_OK;
}

static enum status keep_confirmed(struct db *db, const struct plan *plan, struct set *out)
{
    const struct set *set;
    if (plan->confirmed == 0 || plan->confirmed == 3)
        return STATUS_OK;
    enum status status = sets_tag(db, "qy", &set);
    if (status == STATUS_OK && plan->confirmed == 1)
        set_and(out, set);
    else if (status == STATUS_OK)
        set_and_not(out, set);
    return status;
}

static enum status keep_served(struct db *db, const struct plan *plan, struct set *out)
{
    enum status status = keep_tag(db, "ff", plan->female, out);
    if (status == STATUS_OK)
        status = keep_tag(db, "fm", plan->male, out);
    if (status == STATUS_OK)
        status = keep_tag(db, "qh", plan->all_day, out);
    if (status == STATUS_OK)
        status = keep_tag(db, "qd", plan->disability, out);
    if (status == STATUS_OK && plan->age_from >= 0)
        status = keep_where(db, 'i', takes_age, plan, out);
    if (status == STATUS_OK && plan->open_now)
        status = keep_where(db, 'h', is_open, plan, out);
    return status;
}

enum status filter_set(struct db *db, const struct plan *plan, const struct set **ret_set)
{
    struct set *out = sets_scratch(db);
    enum status status = keep_status(db, plan, out);
    if (status == STATUS_OK)
        status = keep_areas(db, plan, out);
    for (size_t i = 0; status == STATUS_OK && i < 2; i++)
        status = keep_kinds(db, plan->kinds[i], out);
    if (status == STATUS_OK)
        status = keep_numbers(db, 'l', (unsigned)plan->tiers, 1, out);
    if (status == STATUS_OK)
        status = keep_numbers(db, 'g', plan->sectors, 0, out);
    if (status == STATUS_OK)
        status = keep_numbers(db, 'v', plan->levels, 0, out);
    if (status == STATUS_OK)
        status = keep_organizations(db, plan, out);
    if (status == STATUS_OK)
        status = keep_outputs(db, plan, out);
    if (status == STATUS_OK)
        status = keep_need(db, plan, out);
    if (status == STATUS_OK)
        status = keep_confirmed(db, plan, out);
    if (status == STATUS_OK)
        status = keep_served(db, plan, out);
    *ret_set = out;
    return status;
}

enum status plan_go_on(struct db *db, const struct plan *plan)
{
    if (plan->cancelled && plan->cancelled(plan->cancel_context))
        return db_refuse(db, STATUS_CANCELLED, "the search was cancelled");
    return STATUS_OK;
}
