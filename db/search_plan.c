/* Where a service is in regard to the areas a plan asks for, read from its row. */
#include "db/search_plan.h"

#include <stdlib.h>
#include <string.h>

void plan_release(struct plan *plan)
{
    arena_release(&plan->arena);
    *plan = (struct plan){0};
}

static enum nearness nearness_of_level(int level)
{
    static const enum nearness of[] = {NEAR_NATION, NEAR_PROVINCE, NEAR_DISTRICT, NEAR_COMMUNE,
                                       NEAR_COMMUNE};
    return of[level];
}

/* The next code of a list separated by spaces; false at the end. */
static bool next_code(const char **list, char ret_code[AREA_CODE])
{
    size_t len = strcspn(*list, " ");
    if (!len || len >= AREA_CODE)
        return false;
    memcpy(ret_code, *list, len);
    ret_code[len] = '\0';
    *list += len + ((*list)[len] == ' ');
    return true;
}

struct relation plan_relation_to(const char *area, const char *located, const char *covers)
{
    bool country = area_level(area) == 0;
    bool in = false, exact = false, part = false;
    int above = -1; /* level of the smallest area around that is covered */
    char code[AREA_CODE];
    while (next_code(&located, code))
        in |= !country && area_contains(area, code);
    while (next_code(&covers, code)) {
        if (strcmp(code, area) == 0 || (country && area_level(code) == 0))
            exact = true;
        else if (area_contains(code, area))
            above = area_level(code) > above ? area_level(code) : above;
        else if (!country && area_contains(area, code))
            part = true;
    }
    struct relation r = {.any = in || exact || part || above >= 0, .covers = exact || above >= 0};
    r.how = in ? (exact ? HOW_OWN : HOW_LOCATED) : r.covers ? HOW_COVERS : HOW_PART;
    r.nearness = nearness_of_level(in || exact || part || above < 0 ? area_level(area) : above);
    return r;
}

static bool is_wanted(const struct relation *r, enum filter_where where)
{
    if (where == WHERE_LOCATED)
        return r->how == HOW_OWN || r->how == HOW_LOCATED;
    return where == WHERE_COVERING ? r->covers : r->any;
}

struct relation plan_relation(const struct plan *plan, const char *located, const char *covers)
{
    if (!plan->asked_count)
        return (struct relation){.any = true, .nearness = NEAR_NONE, .how = HOW_COVERS};
    struct relation best = {.nearness = NEAR_NONE};
    for (size_t i = 0; i < plan->asked_count; i++) {
        struct relation r = plan_relation_to(plan->asked[i], located, covers);
        if (!r.any || !is_wanted(&r, plan->where))
            continue;
        bool nearer =
            r.nearness < best.nearness || (r.nearness == best.nearness && r.how < best.how);
        if (!best.any || nearer) {
            bool covers_one = best.covers || r.covers;
            best = r;
            best.covers = covers_one;
        }
    }
    return best;
}
