/* Steps of the guide with the services of a place; see pathway.h. */
#include "db/pathway.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/record.h"

enum { HITS_MOST = 4000 }; /* services looked at for a place */

/* --- services that can be asked
 * ---------------------------------------------------------------------- */

void catchment_release(struct catchment *c)
{
    for (size_t i = 0; i < sizeof c->results / sizeof *c->results; i++)
        result_release(&c->results[i]);
    arena_release(&c->arena);
    *c = (struct catchment){0};
}

static void add_filter(struct query *q, enum filter_kind kind, const char *value)
{
    struct filter *f = &q->filters[q->filter_count++];
    *f = (struct filter){.kind = kind};
    snprintf(f->value, sizeof f->value, "%s", value);
}

static struct query query_for(const char *area, enum filter_where where,
                              const struct pathway_child *child, char age[16])
{
    struct query q = {.words = "", .limit = HITS_MOST, .now = child->now};
    add_filter(&q, FILTER_AREA, area);
    q.filters[0].where = where;
    if (child->age >= 0) {
        snprintf(age, 16, "%d", child->age);
        add_filter(&q, FILTER_AGE, age);
    }
    if (child->sex != CHILD_ANY)
        add_filter(&q, FILTER_SEX, child->sex == CHILD_GIRL ? "female" : "male");
    if (child->disability)
        add_filter(&q, FILTER_DISABILITY, "");
    if (child->open_now)
        add_filter(&q, FILTER_OPEN_NOW, "");
    if (child->all_day)
        add_filter(&q, FILTER_ALL_DAY, "");
    return q;
}

/* What is being loaded: the services for the child, then all the others. */
struct loading {
    struct db *db;
    struct catchment *c;
    size_t room;
    struct result *results; /* the next ones, of c */
    struct uuid *suitable;  /* in order; NULL while these are loaded themselves */
    size_t suitable_count;
};

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct uuid));
}

static void add_reach(struct loading *l, const struct hit *hit, enum nearness nearness)
{
    struct catchment *c = l->c;
    if (l->suitable &&
        bsearch(&hit->id, l->suitable, l->suitable_count, sizeof *l->suitable, compare_ids))
        return;
    c->rows = arena_grow(&c->arena, c->rows, c->count, &l->room, sizeof *c->rows);
    c->rows[c->count++] = (struct reach){hit, nearness, l->suitable != NULL};
}

/* Services that say whom they cover, and those that stand in the place itself. Those that only
 * stand in the district or province around, and say nothing of whom they cover, come after. */
static enum status load(struct loading *l, const struct pathway_child *child)
{
    const struct catchment *c = l->c;
    size_t len = strlen(c->area);
    enum status status = STATUS_OK;
    char age[16], above[AREA_CODE];
    struct query q = query_for(c->area, WHERE_ANY, child, age);
    status = search_run(l->db, &q, l->results);
    for (size_t i = 0; status == STATUS_OK && i < l->results->count; i++)
        add_reach(l, &l->results->rows[i], l->results->rows[i].nearness);
    for (size_t level = 1; status == STATUS_OK && level < 3 && len > 2 * level; level++) {
        snprintf(above, sizeof above, "%.*s", (int)(len - 2 * level), c->area);
        q = query_for(above, WHERE_LOCATED, child, age);
        struct result *around = &l->results[level];
        status = search_run(l->db, &q, around);
        for (size_t i = 0; status == STATUS_OK && i < around->count; i++) {
            const struct hit *hit = &around->rows[i];
            if (!*hit->covers)
                add_reach(l, hit, area_level(above) == 2 ? NEAR_DISTRICT : NEAR_PROVINCE);
        }
    }
    return status;
}

static bool asks_nothing(const struct pathway_child *child)
{
    return child->age < 0 && child->sex == CHILD_ANY && !child->disability && !child->open_now &&
           !child->all_day;
}

/* The services for the child, then those that are not, marked. */
static enum status load_both(struct db *db, const struct pathway_child *child, struct catchment *c)
{
    const struct pathway_child anybody = {.age = -1, .now = child->now};
    struct loading l = {.db = db, .c = c, .results = c->results};
    enum status status = load(&l, child);
    if (status != STATUS_OK || asks_nothing(child))
        return status;
    l.results += 3;
    l.suitable_count = c->count;
    l.suitable = mem_zalloc(c->count + 1, sizeof *l.suitable);
    for (size_t i = 0; i < c->count; i++)
        l.suitable[i] = c->rows[i].hit->id;
    qsort(l.suitable, c->count, sizeof *l.suitable, compare_ids);
    status = load(&l, &anybody);
    free(l.suitable);
    return status;
}

enum status catchment_load(struct db *db, const char *area, const struct pathway_child *child,
                           struct catchment *ret_catchment)
{
    struct catchment c = {0};
    struct area_list path;
    size_t len = strlen(area);
    if (len < 4 || len >= AREA_CODE)
        return STATUS_INVALID;
    snprintf(c.area, sizeof c.area, "%.6s", area);
    enum status status = area_path(db, c.area, &path);
    if (status != STATUS_OK)
        return status;
    area_list_release(&path);
    status = load_both(db, child, &c);
    if (status == STATUS_OK)
        *ret_catchment = c;
    else
        catchment_release(&c);
    return status;
}

/* --- choosing
 * ---------------------------------------------------------------------------------------- */

static bool has_kind(const struct hit *hit, const char *kind)
{
    size_t len = strlen(kind);
    for (const char *at = hit->types; *at;) {
        size_t n = strcspn(at, " ");
        if (n == len && memcmp(at, kind, n) == 0)
            return true;
        at += n + (at[n] == ' ');
    }
    return false;
}

/* Place of the best kind of the rule that the service has; -1: none. */
static int kind_of(const struct guide_rule *rule, const struct hit *hit)
{
    for (size_t i = 0; i < rule->kind_count; i++)
        if (has_kind(hit, rule->kinds[i]))
            return (int)i;
    return -1;
}

static enum nearness wanted_nearness(enum guide_level level)
{
    static const enum nearness of[] = {
        [GUIDE_NEAREST] = NEAR_COMMUNE,   [GUIDE_COMMUNE] = NEAR_COMMUNE,
        [GUIDE_DISTRICT] = NEAR_DISTRICT, [GUIDE_PROVINCE] = NEAR_PROVINCE,
        [GUIDE_NATION] = NEAR_NATION,
    };
    return of[level];
}

/* A service that could do the step. What is smaller is better. */
struct option {
    const struct hit *hit;
    enum nearness nearness;
    int kind;
    int distance; /* levels wider than wanted; nearer ones come after all wider ones */
    int doubts;
    size_t order;
};

static int compare(const void *left, const void *right)
{
    const struct option *a = left, *b = right;
    if (a->distance != b->distance)
        return a->distance - b->distance;
    if (a->kind != b->kind)
        return a->kind - b->kind;
    if (a->doubts != b->doubts)
        return a->doubts - b->doubts;
    return (a->order > b->order) - (a->order < b->order);
}

static bool is_unavailable(const struct pathway_query *q, const struct hit *hit)
{
    for (size_t i = 0; i < q->unavailable_count; i++)
        if (uuid_equal(&q->unavailable[i], &hit->id))
            return true;
    return false;
}

static int distance_of(const struct guide_rule *rule, enum nearness nearness)
{
    int wider = (int)nearness - (int)wanted_nearness(rule->level);
    return wider >= 0 ? wider : NEAR_NONE - wider;
}

/* What cannot be asked: the best of those temporarily closed, and of those not for the child. */
struct passed_over {
    struct option suspended, unsuitable; /* hit NULL: none */
};

static void keep_better(struct option *best, const struct option *o)
{
    if (!best->hit || compare(o, best) < 0)
        *best = *o;
}

/* Everything that could do the step, best first. */
static struct option *options_of(const struct catchment *c, const struct pathway_query *q,
                                 const struct guide_rule *rule, size_t *ret_count,
                                 struct passed_over *ret_passed)
{
    struct option *rows = mem_zalloc(c->count + 1, sizeof *rows);
    struct passed_over passed = {0};
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const struct hit *hit = c->rows[i].hit;
        struct option o = {.hit = hit,
                           .nearness = c->rows[i].nearness,
                           .kind = kind_of(rule, hit),
                           .distance = distance_of(rule, c->rows[i].nearness),
                           .doubts = 2 * hit->needs_contact + hit->unconfirmed,
                           .order = i};
        if (o.kind < 0 || is_unavailable(q, hit))
            continue;
        if (hit->status == VALUE_STATUS_ACTIVE && c->rows[i].unsuitable)
            keep_better(&passed.unsuitable, &o);
        else if (hit->status == VALUE_STATUS_ACTIVE)
            rows[count++] = o;
        else if (hit->status == VALUE_STATUS_TEMPORARILY_CLOSED && !c->rows[i].unsuitable)
            keep_better(&passed.suspended, &o);
    }
    if (count)
        qsort(rows, count, sizeof *rows, compare);
    *ret_count = count;
    *ret_passed = passed;
    return rows;
}

static enum pathway_why why_of(const struct guide_rule *rule, const struct option *o)
{
    if (rule->level != GUIDE_NEAREST)
        return o->distance == 0 ? PATH_LEVEL : PATH_WIDER;
    return o->nearness <= NEAR_DISTRICT ? PATH_NEAREST : PATH_WIDER;
}

static void set_area(const struct catchment *c, struct pathway_step *step)
{
    static const int lengths[] = {[NEAR_COMMUNE] = 6,
                                  [NEAR_DISTRICT] = 4,
                                  [NEAR_PROVINCE] = 2,
                                  [NEAR_NATION] = 0,
                                  [NEAR_NONE] = 0};
    enum nearness nearness =
        step->rule->level == GUIDE_NEAREST ? step->nearness : wanted_nearness(step->rule->level);
    if (nearness == NEAR_NONE) /* a gap: nobody anywhere around */
        nearness = NEAR_DISTRICT;
    snprintf(step->area, sizeof step->area, "%.*s", lengths[nearness], c->area);
}

static void choose(const struct catchment *c, const struct pathway_query *q,
                   struct pathway_step *step)
{
    size_t count;
    struct passed_over passed;
    struct option *options = options_of(c, q, step->rule, &count, &passed);
    bool unknown_commune = step->rule->level == GUIDE_COMMUNE && strlen(c->area) < 6;
    step->nearness = NEAR_NONE;
    step->kind = step->rule->kind_count ? step->rule->kinds[0] : "";
    step->why = unknown_commune ? PATH_COMMUNE : PATH_GAP;
    if (count && !unknown_commune) {
        step->service = options[0].hit;
        step->nearness = options[0].nearness;
        step->kind = step->rule->kinds[options[0].kind];
        step->why = why_of(step->rule, &options[0]);
    }
    for (size_t i = 1; !unknown_commune && i < count && step->other_count < PATH_OTHERS; i++)
        step->others[step->other_count++] = options[i].hit;
    if (passed.suspended.hit && (!count || compare(&passed.suspended, &options[0]) < 0))
        step->suspended = passed.suspended.hit;
    if (passed.unsuitable.hit && !unknown_commune &&
        (!count || passed.unsuitable.distance < options[0].distance))
        step->unsuitable = passed.unsuitable.hit;
    set_area(c, step);
    free(options);
}

/* --- the pathway
 * ------------------------------------------------------------------------------------- */

/* Steps this one follows: where a step is left out for the tier, those that one followed. */
static void add_after(const struct guide *guide, const size_t *place_of,
                      const struct guide_rule *rule, const struct guide_rule *first,
                      struct pathway_step *step)
{
    for (size_t i = 0; i < rule->after_count; i++) {
        size_t at = rule->after[i] - (size_t)(first - guide->rules);
        bool known = place_of[at] == SIZE_MAX;
        if (known)
            add_after(guide, place_of, &first[at], first, step);
        for (size_t k = 0; k < step->after_count; k++)
            known |= step->after[k] == place_of[at];
        if (!known && step->after_count < GUIDE_AFTER)
            step->after[step->after_count++] = place_of[at];
    }
}

enum status pathway_make(const struct guide *guide, const struct catchment *catchment,
                         const struct pathway_query *query, struct pathway *ret_pathway)
{
    size_t count;
    const struct guide_rule *rules = guide_rules(guide, query->need, &count);
    if (!rules)
        return STATUS_NOT_FOUND;
    struct pathway p = {.need = rules->need};
    memcpy(p.area, catchment->area, sizeof p.area);
    p.steps = arena_alloc(&p.arena, count * sizeof *p.steps);
    size_t *place_of = mem_zalloc(count, sizeof *place_of);
    for (size_t i = 0; i < count; i++) {
        place_of[i] = SIZE_MAX;
        if (query->tier && !(rules[i].tiers >> (query->tier - 1) & 1))
            continue;
        struct pathway_step *step = &p.steps[p.count];
        step->rule = &rules[i];
        choose(catchment, query, step);
        add_after(guide, place_of, &rules[i], rules, step);
        place_of[i] = p.count++;
    }
    free(place_of);
    *ret_pathway = p;
    return STATUS_OK;
}

void pathway_release(struct pathway *p)
{
    arena_release(&p->arena);
    *p = (struct pathway){0};
}
