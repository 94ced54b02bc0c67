/* How many of the hits lie where, are of which kind and so on: the set of hits against the set of
 * each tag. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/search_memory.h"
#include "db/search_plan.h"

enum { AREAS_MOST = 12 };

struct counter {
    struct db *db;
    const struct plan *plan;
    const struct set *hits;
    size_t *docs; /* the hits one by one, when they are few; NULL */
    size_t doc_count;
    struct facet *rows;
    size_t count, room;
    struct arena *arena;
};

enum { FEW = 1024 };

static size_t count_tag(const struct counter *c, const struct set *set)
{
    if (!c->docs)
        return set_count_meet(c->hits, set);
    size_t n = 0;
    for (size_t i = 0; i < c->doc_count; i++)
        n += set_has(set, c->docs[i]);
    return n;
}

static void put(struct counter *c, enum filter_kind kind, const char *value, size_t count)
{
    if (!count)
        return;
    c->rows = arena_grow(c->arena, c->rows, c->count, &c->room, sizeof *c->rows);
    struct facet *facet = &c->rows[c->count++];
    *facet = (struct facet){.kind = kind, .count = (int64_t)count};
    snprintf(facet->value, sizeof facet->value, "%s", value);
}

static enum status add(struct counter *c, enum filter_kind kind, const char *value, const char *tag,
                       size_t *ret_count)
{
    const struct set *set;
    enum status status = sets_tag(c->db, tag, &set);
    if (status != STATUS_OK)
        return status;
    size_t n = count_tag(c, set);
    if (ret_count)
        *ret_count = n;
    put(c, kind, value, n);
    return STATUS_OK;
}

static int compare(const void *left, const void *right)
{
    const struct facet *a = left, *b = right;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return strcmp(a->value, b->value);
}

/* Those from `from` on, most frequent first, at most `most`. */
static void put_in_order(struct counter *c, size_t from, size_t most)
{
    if (c->count > from)
        qsort(c->rows + from, c->count - from, sizeof *c->rows, compare);
    if (c->count > from + most)
        c->count = from + most;
}

/* --- areas ---------------------------------------------------------------------------------------
 */

/* Codes of the areas directly below one. */
struct below {
    size_t count;
    char codes[][AREA_CODE];
};

static enum status find_below(struct db *db, const char *parent, const struct below **ret_below)
{
    struct search *s = search_cache(db);
    struct area_list list = {0};
    *ret_below = memory_get(s, MEMORY_BELOW, parent, strlen(parent));
    if (*ret_below)
        return STATUS_OK;
    enum status status = area_children(db, parent, &list);
    if (status == STATUS_OK) {
        struct arena *arena;
        struct below *below = memory_put(s, MEMORY_BELOW, parent, strlen(parent),
                                         sizeof *below + list.count * sizeof *below->codes, &arena);
        for (; below->count < list.count; below->count++)
            memcpy(below->codes[below->count], list.rows[below->count].code, AREA_CODE);
        *ret_below = below;
    }
    area_list_release(&list);
    return status;
}

/* Areas directly below the ones asked for. */
static enum status count_below(struct counter *c, const char *parent)
{
    const struct below *below;
    enum status status = find_below(c->db, parent, &below);
    for (size_t i = 0; status == STATUS_OK && i < below->count; i++) {
        char tag[AREA_CODE + 1];
        snprintf(tag, sizeof tag, "%c%s", c->plan->where == WHERE_LOCATED ? 'b' : 'a',
                 below->codes[i]);
        status = add(c, FILTER_AREA, below->codes[i], tag, NULL);
    }
    return status;
}

static enum status count_areas(struct counter *c)
{
    enum status status = STATUS_OK;
    if (!c->plan->asked_count)
        status = count_below(c, "");
    for (size_t i = 0; status == STATUS_OK && i < c->plan->asked_count; i++)
        status = count_below(c, area_level(c->plan->asked[i]) ? c->plan->asked[i] : "");
    put_in_order(c, 0, AREAS_MOST);
    return status;
}

/* --- kinds ---------------------------------------------------------------------------------------
 */

/* The groups of the kinds asked for, as a string of their letters. */
static void asked_groups(const struct counter *c, char out[32])
{
    size_t n = 0;
    for (size_t i = 0; i < c->plan->filter_count; i++) {
        const struct filter *f = &c->plan->filters[i];
        bool kind = f->kind == FILTER_TYPE || f->kind == FILTER_GROUP;
        if (kind && *f->value && n < 31 && !memchr(out, *f->value, n))
            out[n++] = *f->value;
    }
    out[n] = '\0';
}

/* Services of a group or of one of its kinds. */
static enum status group_set(struct db *db, const struct search *s, const char *group,
                             const struct set **ret_set)
{
    char name[16];
    snprintf(name, sizeof name, "=group %s", group);
    *ret_set = sets_named(db, name);
    if (*ret_set)
        return STATUS_OK;
    size_t mark = sets_mark(db);
    struct set *any = sets_scratch(db);
    const struct set *set;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < s->terms.count; i++) {
        const struct term *term = &s->terms.rows[i];
        char tag[16];
        if (strcmp(term->code, group) != 0 && strcmp(term->parent, group) != 0)
            continue;
        snprintf(tag, sizeof tag, "k%s", term->code);
        status = sets_tag(db, tag, &set);
        if (status == STATUS_OK)
            set_or(any, set);
    }
    if (status == STATUS_OK)
        *ret_set = sets_keep(db, name, any);
    sets_release(db, mark);
    return status;
}

/* Groups; the kinds of a group once it was chosen. */
static enum status count_kinds(struct counter *c)
{
    struct search *s;
    char groups[32];
    size_t from = c->count;
    enum status status = search_terms(c->db, &s);
    asked_groups(c, groups);
    for (size_t i = 0; status == STATUS_OK && i < s->terms.count; i++) {
        const struct term *term = &s->terms.rows[i];
        char tag[16];
        const struct set *set;
        snprintf(tag, sizeof tag, "k%s", term->code);
        if (*groups && *term->parent && strchr(groups, *term->parent)) {
            status = add(c, FILTER_TYPE, term->code, tag, NULL);
        } else if (!*groups && !*term->parent) {
            status = group_set(c->db, s, term->code, &set);
            if (status == STATUS_OK)
                put(c, FILTER_GROUP, term->code, count_tag(c, set));
        }
    }
    put_in_order(c, from, SIZE_MAX - from);
    return status;
}

/* --- the others ----------------------------------------------------------------------------------
 */

static enum status count_tiers(struct counter *c)
{
    size_t from = c->count;
    static const char *const tiers[] = {"l1", "l2", "l3"};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < 3; i++)
        status = add(c, FILTER_TIER, tiers[i] + 1, tiers[i], NULL);
    put_in_order(c, from, 3);
    return status;
}

static enum status count_sectors(struct counter *c)
{
    enum { MOST = 8 };
    size_t from = c->count;
    enum status status = STATUS_OK;
    for (int value = 1; status == STATUS_OK && value < MOST; value++) {
        const char *name = enum_name("SECTOR", value);
        char tag[4] = {'g', (char)('0' + value)};
        if (name)
            status = add(c, FILTER_SECTOR, name, tag, NULL);
    }
    put_in_order(c, from, MOST);
    return status;
}

static enum status count_levels(struct counter *c)
{
    static const char *const names[] = {"nation", "province", "district", "commune"};
    size_t from = c->count;
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < 4; i++) {
        const char tag[3] = {'v', (char)('0' + i)};
        status = add(c, FILTER_LEVEL, names[i], tag, NULL);
    }
    put_in_order(c, from, 4);
    return status;
}

static enum status count_confirmed(struct counter *c, size_t total)
{
    size_t from = c->count, yes = 0;
    enum status status = add(c, FILTER_CONFIRMED, "yes", "qy", &yes);
    if (status == STATUS_OK)
        put(c, FILTER_CONFIRMED, "no", total - yes);
    put_in_order(c, from, 2);
    return status;
}

static void list_docs(struct counter *c, size_t total)
{
    if (total > FEW)
        return;
    c->docs = mem_alloc((total + 1) * sizeof *c->docs);
    for (size_t doc = set_next(c->hits, 0); doc != SIZE_MAX && c->doc_count < total;
         doc = set_next(c->hits, doc + 1))
        c->docs[c->doc_count++] = doc;
}

static enum status count_all(struct counter *c)
{
    enum status (*const counts[])(struct counter *) = {count_areas,   count_kinds,  count_tiers,
                                                       count_sectors, count_levels, NULL};
    size_t total = set_count(c->hits), mark = sets_mark(c->db);
    enum status status = STATUS_OK;
    list_docs(c, total);
    for (size_t i = 0; status == STATUS_OK && counts[i]; i++) {
        status = counts[i](c);
        if (status == STATUS_OK)
            status = plan_go_on(c->db, c->plan);
    }
    if (status == STATUS_OK)
        status = count_confirmed(c, total);
    free(c->docs);
    sets_release(c->db, mark);
    return status;
}

/* --- what was counted last -----------------------------------------------------------------------
 */

/* A word typed on mostly has the hits it had. */
struct counted {
    struct set hits;
    struct text what; /* is counted of them */
    struct facet *rows;
    size_t count;
    struct arena arena;
};

void facets_forget(struct search *s)
{
    if (!s->counted)
        return;
    set_release(&s->counted->hits);
    text_release(&s->counted->what);
    arena_release(&s->counted->arena);
    free(s->counted);
    s->counted = NULL;
}

/* What of a plan decides which facets are counted. */
static void add_what(const struct counter *c, struct text *out)
{
    char groups[32];
    asked_groups(c, groups);
    text_addf(out, "%d %s", (int)c->plan->where, groups);
    for (size_t i = 0; i < c->plan->asked_count; i++)
        text_addf(out, " %s", c->plan->asked[i]);
}

static struct facet *copy_facets(struct arena *arena, const struct facet *rows, size_t count)
{
    struct facet *copy = arena_alloc(arena, (count + 1) * sizeof *copy);
    if (count)
        memcpy(copy, rows, count * sizeof *copy);
    return copy;
}

/* Takes what over. */
static void keep_counted(struct search *s, const struct counter *c, struct text *what)
{
    bool same = s->counted && s->counted->hits.chunks == c->hits->chunks;
    if (!same) {
        facets_forget(s);
        s->counted = mem_zalloc(1, sizeof *s->counted);
        s->counted->hits = set_new(c->hits->chunks);
        text_init(&s->counted->what);
    }
    struct counted *kept = s->counted;
    arena_release(&kept->arena);
    text_release(&kept->what);
    set_copy(&kept->hits, c->hits);
    kept->what = *what;
    text_init(what);
    kept->rows = copy_facets(&kept->arena, c->rows, c->count);
    kept->count = c->count;
}

enum status facets_count(struct db *db, const struct plan *plan, const struct found *found,
                         struct result *result)
{
    struct search *s = search_cache(db);
    struct counter c = {.db = db, .plan = plan, .hits = found->hits, .arena = &result->arena};
    struct text what = TEXT_INIT;
    enum status status = plan_go_on(db, plan);
    if (status != STATUS_OK)
        return status;
    add_what(&c, &what);
    const struct counted *last = s->counted;
    if (last && last->hits.chunks == c.hits->chunks && strcmp(last->what.bytes, what.bytes) == 0 &&
        set_equal(&last->hits, c.hits)) {
        c.rows = copy_facets(c.arena, last->rows, last->count);
        c.count = last->count;
    } else {
        status = count_all(&c);
        if (status == STATUS_OK)
            keep_counted(s, &c, &what);
    }
    text_release(&what);
    result->facets = c.rows;
    result->facet_count = c.count;
    return status;
}
