/* Loading a pathway and what is shown beside it; see way.h. */
#include "tui/way.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "db/suspend.h"
#include "i18n/number.h"

char *way_rules(const char *given)
{
    const char *chosen = given ? given : getenv("CPDIR_RULES");
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    struct text path = TEXT_INIT;
    if (chosen && *chosen)
        return mem_strdup(chosen);
    if (data && *data == '/') /* a relative one is to be ignored, says the XDG specification */
        text_addf(&path, "%s/cpdir/rules", data);
    else if (home && *home)
        text_addf(&path, "%s/.local/share/cpdir/rules", home);
    return path.len ? text_take(&path) : NULL;
}

/* The state a step before it already has for the same service. */
static bool known_open(const struct way *w, size_t at, enum open_state *ret_state)
{
    const struct hit *service = w->pathway.steps[at].service;
    for (size_t i = 0; i < at; i++) {
        const struct hit *other = w->pathway.steps[i].service;
        if (other && uuid_equal(&other->id, &service->id)) {
            *ret_state = w->open[i];
            return true;
        }
    }
    return false;
}

static enum status load_open(struct db *db, struct way *w)
{
    w->open = mem_zalloc(w->pathway.count + 1, sizeof *w->open);
    for (size_t i = 0; i < w->pathway.count; i++) {
        const struct hit *service = w->pathway.steps[i].service;
        struct detail detail;
        if (!service || known_open(w, i, &w->open[i]))
            continue;
        enum status status = detail_load(db, &service->id, &detail);
        if (status != STATUS_OK)
            return status;
        detail_keep_public(&detail);
        w->open[i] = detail_open(&detail, w->query.child.now);
        detail_release(&detail);
    }
    return STATUS_OK;
}

/* The alerts behind the services that were passed over. */
static enum status load_suspending(struct db *db, struct way *w)
{
    int64_t today = date_days(date_from_time(w->query.child.now));
    w->suspended_by = mem_zalloc(w->pathway.count + 1, sizeof *w->suspended_by);
    for (size_t i = 0; i < w->pathway.count; i++) {
        const struct hit *service = w->pathway.steps[i].suspended;
        struct uuid id;
        w->suspended_by[i] = SIZE_MAX;
        if (!service)
            continue;
        enum status status = suspend_alert_of(db, &service->id, &id);
        if (status == STATUS_OK)
            status = alert_get(db, &id, today, &w->suspending);
        if (status == STATUS_OK)
            w->suspended_by[i] = w->suspending.count - 1;
        else if (status != STATUS_NOT_FOUND)
            return status;
    }
    return STATUS_OK;
}

const struct alert *way_suspended_by(const struct way *w, size_t step)
{
    size_t at = w->suspended_by[step];
    return at == SIZE_MAX ? NULL : &w->suspending.rows[at];
}

enum status way_load(struct db *db, const char *rules, const struct way_query *query,
                     struct way *ret_way)
{
    struct way w = {.query = *query};
    const struct pathway_query asked = {
        .need = w.query.need,
        .tier = query->tier,
        .unavailable = query->unavailable,
        .unavailable_count = query->unavailable_count,
    };
    enum status status = guide_load(db, rules, &w.guide, &w.fault);
    if (status == STATUS_OK)
        status = catchment_load(db, query->area, &w.query.child, &w.catchment);
    if (status == STATUS_OK)
        status = pathway_make(&w.guide, &w.catchment, &asked, &w.pathway);
    if (status == STATUS_OK)
        status = load_open(db, &w);
    if (status == STATUS_OK)
        status = load_suspending(db, &w);
    if (status == STATUS_OK)
        *ret_way = w;
    else
        way_release(&w);
    return status;
}

void way_release(struct way *w)
{
    free(w->open);
    free(w->suspended_by);
    alert_list_release(&w->suspending);
    pathway_release(&w->pathway);
    catchment_release(&w->catchment);
    guide_release(&w->guide);
    *w = (struct way){0};
}
