/* Pairs of services that may be one; see duplicate.h. Names are compared within a place, numbers
 * wherever they are. */
#include "db/duplicate.h"

#include <stdlib.h>
#include <string.h>

#include "db/apart.h"
#include "db/area_services.h"
#include "db/duplicate_item.h"
#include "db/search.h"
#include "i18n/number.h"

enum { PHONE_ALONE = 60, SURE = 100, DISTRICT = 4, CANDIDATES = 20 };

/* --- the report ------------------------------------------------------------------------------ */

struct work {
    struct db *db;
    struct duplicate_item *items; /* by id, then by place */
    size_t count;
    struct duplicate_list list;
    size_t room;
    struct duplicate_place place;
    const struct duplicate_item *at; /* whose numbers are looked at */
};

static int by_place(const void *a, const void *b)
{
    const struct duplicate_item *x = a, *y = b;
    int order = strcmp(x->place, y->place);
    return order ? order : memcmp(&x->side.id, &y->side.id, UUID_BYTES);
}

static int by_id(const void *a, const void *b)
{
    return memcmp(&((const struct duplicate_item *)a)->side.id,
                  &((const struct duplicate_item *)b)->side.id, UUID_BYTES);
}

static int same_pairs(const void *a, const void *b)
{
    const struct duplicate_pair *x = a, *y = b;
    int order = memcmp(&x->a.id, &y->a.id, UUID_BYTES);
    return order ? order : memcmp(&x->b.id, &y->b.id, UUID_BYTES);
}

static int surest_first(const void *a, const void *b)
{
    const struct duplicate_pair *x = a, *y = b;
    return x->likeness != y->likeness ? y->likeness - x->likeness : same_pairs(a, b);
}

static void add_pair(struct work *w, const struct duplicate_item *a, const struct duplicate_item *b,
                     unsigned why, int likeness, const char *phone)
{
    struct duplicate_list *l = &w->list;
    if (memcmp(&a->side.id, &b->side.id, UUID_BYTES) > 0) {
        const struct duplicate_item *other = a;
        a = b;
        b = other;
    }
    l->rows = arena_grow(&l->arena, l->rows, l->count, &w->room, sizeof *l->rows);
    l->rows[l->count++] =
        (struct duplicate_pair){a->side, b->side, why, arena_strdup(&l->arena, phone), likeness};
}

static enum status load_items(struct work *w, const char *area, const struct uuid *ids,
                              size_t count)
{
    w->items = arena_alloc(&w->list.arena, (count + 1) * sizeof *w->items);
    for (size_t i = 0; i < count; i++) {
        enum status status =
            duplicate_item_load(w->db, &ids[i], &w->list.arena, &w->items[w->count]);
        if (status == STATUS_OK)
            w->count += area_services_keeps(area, w->items[w->count].located);
        else if (status != STATUS_NOT_FOUND)
            return status;
    }
    return STATUS_OK;
}

static enum status make_names(struct work *w)
{
    for (size_t i = 0; i < w->count; i++) {
        enum status status =
            duplicate_place_load(w->db, w->items[i].place, &w->list.arena, &w->place);
        if (status != STATUS_OK)
            return status;
        duplicate_item_make(&w->items[i], &w->place, &w->list.arena);
    }
    return STATUS_OK;
}

/* Each with those after it in its place; in a district those of the district itself come first, and
 * are compared with all of it. */
static void compare_names(struct work *w)
{
    for (size_t i = 0; i < w->count; i++) {
        const struct duplicate_item *a = &w->items[i];
        bool deep = strlen(a->place) >= DISTRICT;
        for (size_t j = i + 1; j < w->count; j++) {
            const struct duplicate_item *b = &w->items[j];
            int likeness = 0;
            if (strcmp(a->place, b->place) && !(deep && area_contains(a->place, b->place)))
                break;
            unsigned why = duplicate_compare(a, b, &likeness);
            if (why && !duplicate_are_two(a, b))
                add_pair(w, a, b, why, likeness, "");
        }
    }
}

/* The item of this id: one of the area, or another one, loaded now. */
static enum status other_item(struct work *w, const struct uuid *id,
                              struct duplicate_item *ret_item)
{
    struct duplicate_item key = {.side = {.id = *id}};
    const struct duplicate_item *found =
        w->count ? bsearch(&key, w->items, w->count, sizeof key, by_id) : NULL;
    if (found) {
        *ret_item = *found;
        return STATUS_OK;
    }
    enum status status = duplicate_item_load(w->db, id, &w->list.arena, ret_item);
    if (status == STATUS_OK)
        status = duplicate_place_load(w->db, ret_item->place, &w->list.arena, &w->place);
    if (status == STATUS_OK)
        duplicate_item_make(ret_item, &w->place, &w->list.arena);
    return status;
}

/* Of one organization a number that two services share says little: it is the organization's. */
static bool says_nothing(const struct duplicate_item *a, const struct duplicate_item *b)
{
    bool one = uuid_equal(&a->organization, &b->organization) && !uuid_is_nil(&a->organization);
    return one && (duplicate_are_two(a, b) || !duplicate_same_place(a, b));
}

static enum status visit_phone(void *context, const struct uuid *other, const char *phone)
{
    struct work *w = context;
    struct duplicate_item item;
    int likeness = 0;
    enum status status = other_item(w, other, &item);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK; /* closed, or no service */
    if (status != STATUS_OK || says_nothing(w->at, &item))
        return status;
    unsigned names = duplicate_compare(w->at, &item, &likeness);
    unsigned place = duplicate_same_place(w->at, &item) ? DUPLICATE_PLACE : 0U;
    add_pair(w, w->at, &item, names | place | DUPLICATE_PHONE, names ? SURE : PHONE_ALONE, phone);
    return STATUS_OK;
}

static enum status compare_phones(struct work *w)
{
    enum status status = STATUS_OK;
    if (w->count)
        qsort(w->items, w->count, sizeof *w->items, by_id);
    for (size_t i = 0; i < w->count && status == STATUS_OK; i++) {
        w->at = &w->items[i];
        status = duplicate_by_phone(w->db, &w->at->side.id, w->at->side.phones, visit_phone, w);
    }
    return status;
}

/* Leaves out the pairs of which somebody said that they are two. */
static enum status drop_apart(struct work *w)
{
    struct duplicate_list *l = &w->list;
    size_t kept = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < l->count && status == STATUS_OK; i++) {
        bool apart = false;
        status = apart_holds(w->db, &l->rows[i].a.id, &l->rows[i].b.id, &apart);
        if (!apart)
            l->rows[kept++] = l->rows[i];
    }
    l->count = kept;
    return status;
}

/* A pair found twice becomes one with all its reasons. */
static void finish(struct work *w, size_t limit)
{
    struct duplicate_list *l = &w->list;
    size_t kept = 0;
    if (l->count)
        qsort(l->rows, l->count, sizeof *l->rows, same_pairs);
    for (size_t i = 0; i < l->count; i++) {
        if (kept && !same_pairs(&l->rows[i], &l->rows[kept - 1])) {
            struct duplicate_pair *same = &l->rows[kept - 1];
            same->why |= l->rows[i].why;
            if (l->rows[i].likeness > same->likeness)
                same->likeness = l->rows[i].likeness;
            if (!*same->phone)
                same->phone = l->rows[i].phone;
        } else {
            l->rows[kept++] = l->rows[i];
        }
    }
    if (kept)
        qsort(l->rows, kept, sizeof *l->rows, surest_first);
    l->found = kept;
    l->count = limit && limit < kept ? limit : kept;
}

enum status duplicate_load(struct db *db, const char *area, size_t limit,
                           struct duplicate_list *ret_list)
{
    struct work w = {.db = db};
    struct uuid *ids = NULL;
    size_t count = 0;
    bool own = false;
    enum status status = reading_begin(db, &own);
    if (status == STATUS_OK)
        status = area_services(db, area, &w.list.arena, &ids, &count);
    if (status == STATUS_OK)
        status = load_items(&w, area, ids, count);
    if (w.count)
        qsort(w.items, w.count, sizeof *w.items, by_place);
    if (status == STATUS_OK)
        status = make_names(&w);
    if (status == STATUS_OK) {
        compare_names(&w);
        status = compare_phones(&w);
    }
    if (status == STATUS_OK)
        status = drop_apart(&w);
    status = reading_end(db, own, status);
    if (status != STATUS_OK) {
        duplicate_list_release(&w.list);
        return status;
    }
    finish(&w, limit);
    *ret_list = w.list;
    return STATUS_OK;
}

void duplicate_list_release(struct duplicate_list *list)
{
    arena_release(&list->arena);
    *list = (struct duplicate_list){0};
}

/* --- while typing ---------------------------------------------------------------------------- */

struct near_work {
    struct db *db;
    struct duplicate_item draft;
    const struct uuid *self;
    struct duplicate_near_list list;
    size_t room;
    struct duplicate_place place, other_place;
};

static void add_near(struct near_work *w, const struct duplicate_item *item, unsigned why,
                     int likeness)
{
    struct duplicate_near_list *l = &w->list;
    for (size_t i = 0; i < l->count; i++)
        if (uuid_equal(&l->rows[i].side.id, &item->side.id)) {
            l->rows[i].why |= why;
            if (likeness > l->rows[i].likeness)
                l->rows[i].likeness = likeness;
            return;
        }
    l->rows = arena_grow(&l->arena, l->rows, l->count, &w->room, sizeof *l->rows);
    l->rows[l->count++] = (struct duplicate_near){item->side, why, likeness};
}

/* Compares the draft with one service; phone: it has the typed number. */
static enum status look_at(struct near_work *w, const struct uuid *id, bool phone)
{
    struct duplicate_item item;
    int likeness = 0;
    bool apart = w->self && uuid_equal(w->self, id);
    enum status status = w->self && !apart ? apart_holds(w->db, w->self, id, &apart) : STATUS_OK;
    if (status != STATUS_OK || apart)
        return status;
    status = duplicate_item_load(w->db, id, &w->list.arena, &item);
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (status == STATUS_OK && !phone && *w->draft.place && !duplicate_same_place(&w->draft, &item))
        return STATUS_OK;
    if (status == STATUS_OK)
        status = duplicate_place_load(w->db, item.place, &w->list.arena, &w->other_place);
    if (status != STATUS_OK)
        return status;
    duplicate_item_make(&item, &w->other_place, &w->list.arena);
    unsigned why = duplicate_compare(&w->draft, &item, &likeness);
    if (phone) {
        likeness = why ? SURE : PHONE_ALONE;
        why |= DUPLICATE_PHONE;
    }
    if (why)
        add_near(w, &item, why, likeness);
    return STATUS_OK;
}

static enum status visit_near(void *context, const struct uuid *other, const char *phone)
{
    (void)phone;
    return look_at(context, other, true);
}

static enum status near_phones(struct near_work *w, const char *typed)
{
    char stored[PHONE_MAX];
    if (phone_parse(typed, strlen(typed), stored) != STATUS_OK)
        return STATUS_OK; /* not a whole number yet */
    return duplicate_by_phone(w->db, NULL, stored, visit_near, w);
}

/* Everything in the district of the draft. */
static enum status near_names(struct near_work *w)
{
    char district[AREA_CODE] = "";
    struct arena arena = {0};
    struct uuid *ids = NULL;
    size_t count = 0;
    memcpy(district, w->draft.place, DISTRICT);
    enum status status = area_services(w->db, district, &arena, &ids, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = look_at(w, &ids[i], false);
    arena_release(&arena);
    return status;
}

/* Without a place: what the search finds under the name. */
static enum status near_anywhere(struct near_work *w, const char *name, enum lang lang)
{
    struct result result = {0};
    struct query query = {.words = name, .lang = lang, .limit = CANDIDATES};
    enum status status = *name ? search_run(w->db, &query, &result) : STATUS_OK;
    for (size_t i = 0; i < result.count && status == STATUS_OK; i++)
        status = look_at(w, &result.rows[i].id, false);
    result_release(&result);
    return status;
}

static int nearest_first(const void *a, const void *b)
{
    const struct duplicate_near *x = a, *y = b;
    return x->likeness != y->likeness ? y->likeness - x->likeness
                                      : memcmp(&x->side.id, &y->side.id, UUID_BYTES);
}

static void read_draft(struct near_work *w, const struct duplicate_draft *draft)
{
    const char *area = draft->area ? draft->area : "";
    w->self = draft->self;
    w->draft.side.name_km = draft->name_km ? draft->name_km : "";
    w->draft.side.name_en = draft->name_en ? draft->name_en : "";
    w->draft.side.types = w->draft.side.phones = "";
    if (strcmp(area, AREA_COUNTRY_CODE))
        memcpy(w->draft.place, area, strnlen(area, 6));
}

enum status duplicate_near(struct db *db, const struct duplicate_draft *draft, size_t limit,
                           struct duplicate_near_list *ret_list)
{
    struct near_work w = {.db = db};
    struct duplicate_near_list *l = &w.list;
    read_draft(&w, draft);
    bool placed = strlen(w.draft.place) >= DISTRICT;
    const struct duplicate_side *typed = &w.draft.side;
    bool own = false;
    enum status status = reading_begin(db, &own);
    if (status == STATUS_OK)
        status = duplicate_place_load(db, w.draft.place, &l->arena, &w.place);
    if (status == STATUS_OK) {
        duplicate_item_make(&w.draft, &w.place, &l->arena);
        status = near_phones(&w, draft->phone ? draft->phone : "");
    }
    bool named = w.draft.km.weight || w.draft.en.weight;
    if (status == STATUS_OK && placed && named)
        status = near_names(&w);
    status = reading_end(db, own, status); /* the search begins its own */
    if (status == STATUS_OK && !placed && named)
        status = near_anywhere(&w, *typed->name_km ? typed->name_km : typed->name_en,
                               *typed->name_km ? LANG_KM : LANG_EN);
    if (status != STATUS_OK) {
        duplicate_near_list_release(l);
        return status;
    }
    if (l->count)
        qsort(l->rows, l->count, sizeof *l->rows, nearest_first);
    l->count = limit && limit < l->count ? limit : l->count;
    *ret_list = *l;
    return STATUS_OK;
}

void duplicate_near_list_release(struct duplicate_near_list *list)
{
    arena_release(&list->arena);
    *list = (struct duplicate_near_list){0};
}
