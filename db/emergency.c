/* The table of the emergency list, and what it finds for an area; see emergency.h. */
#include "db/emergency.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/emergency_table.h" /* generated: the built-in file */
#include "db/guide_read.h"
#include "db/package.h"
#include "db/record.h"

/* --- the table --- */

static const char *const part_names[] = {"duty", "receive"};
static const char *const columns[] = {"list", "kind", "level", "source"};
enum { LIST, KIND, LEVEL, SOURCE, COLUMNS, PARTS = 2 };

const char *emergency_part_name(enum emergency_part part)
{
    return part_names[part];
}

const char *emergency_level_name(int level)
{
    return level == EMERGENCY_NEAREST ? "nearest" : package_level_name(level);
}

void emergency_release(struct emergency *table)
{
    arena_release(&table->arena);
    *table = (struct emergency){0};
}

static bool read_level(const char *name, int *ret_level)
{
    for (int level = EMERGENCY_NEAREST; level < PACKAGE_LEVELS; level++)
        if (strcmp(emergency_level_name(level), name) == 0) {
            *ret_level = level;
            return true;
        }
    return false;
}

static bool is_there(const struct emergency *table, const struct emergency_item *item)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->items[i].part == item->part && table->items[i].level == item->level &&
            strcmp(table->items[i].kind, item->kind) == 0)
            return true;
    return false;
}

static bool read_row(const struct term_list *terms, const struct guide_row *row,
                     struct emergency *table, size_t *room, struct guide_fault *fault)
{
    struct emergency_item item = {.part = EMERGENCY_DUTY};
    for (size_t i = 0; i < COLUMNS; i++)
        if (!*row->cells[i])
            return guide_refuse(fault, GUIDE_EMPTY, row->line, columns[i]);
    if (strcmp(row->cells[LIST], part_names[EMERGENCY_RECEIVE]) == 0)
        item.part = EMERGENCY_RECEIVE;
    else if (strcmp(row->cells[LIST], part_names[EMERGENCY_DUTY]) != 0)
        return guide_refuse(fault, GUIDE_UNKNOWN, row->line, row->cells[LIST]);
    if (!guide_is_kind(terms, row->cells[KIND]) || strlen(row->cells[KIND]) >= sizeof item.kind)
        return guide_refuse(fault, GUIDE_UNKNOWN, row->line, row->cells[KIND]);
    memcpy(item.kind, row->cells[KIND], strlen(row->cells[KIND]));
    if (!read_level(row->cells[LEVEL], &item.level))
        return guide_refuse(fault, GUIDE_UNKNOWN, row->line, row->cells[LEVEL]);
    if (is_there(table, &item))
        return guide_refuse(fault, GUIDE_TWICE, row->line, item.kind);
    table->items = arena_grow(&table->arena, table->items, table->count, room, sizeof item);
    table->items[table->count++] = item;
    return true;
}

/* Without a part the list would say that nobody is there without anybody having meant it. */
static bool has_parts(const struct emergency *table, struct guide_fault *fault)
{
    for (int part = 0; part < PARTS; part++) {
        bool any = false;
        for (size_t i = 0; i < table->count; i++)
            any |= (int)table->items[i].part == part;
        if (!any)
            return guide_refuse(fault, GUIDE_EMPTY, 0, part_names[part]);
    }
    return true;
}

static bool read_table(const struct term_list *terms, const char *bytes, size_t len, void *into,
                       struct guide_fault *fault)
{
    struct emergency table = {0}, *ret_table = into;
    struct guide_table rows = {0};
    size_t room = 0;
    bool good = guide_read_table(bytes, len, columns, COLUMNS, &table.arena, &rows, fault);
    for (size_t i = 0; good && i < rows.count; i++)
        good = read_row(terms, &rows.rows[i], &table, &room, fault);
    good = good && has_parts(&table, fault);
    if (good)
        *ret_table = table;
    else
        emergency_release(&table);
    return good;
}

const char *emergency_built_in(size_t *ret_len)
{
    *ret_len = sizeof builtin_emergency - 1;
    return builtin_emergency;
}

enum status emergency_load(struct db *db, const char *directory, struct emergency *ret_table,
                           struct guide_fault *ret_fault)
{
    static const struct guide_source source = {EMERGENCY_FILE, builtin_emergency,
                                               sizeof builtin_emergency - 1, read_table};
    struct emergency table = {0};
    bool own = false;
    enum status status = guide_load_table(db, directory, &source, &table, &own, ret_fault);
    table.own = own;
    if (status == STATUS_OK)
        *ret_table = table;
    return status;
}

static bool has_word(const char *words, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = words; *at;) {
        size_t n = strcspn(at, " ");
        if (n == len && memcmp(at, word, n) == 0)
            return true;
        at += n + strspn(at + n, " ");
    }
    return false;
}

bool emergency_is_duty(const struct emergency *table, const char *types)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->items[i].part == EMERGENCY_DUTY && has_word(types, table->items[i].kind))
            return true;
    return false;
}

bool emergency_suspends(const struct emergency *table, const struct suspend_row *row)
{
    return row->state == SUSPEND_ACTIVE && *row->located && !emergency_is_duty(table, row->types);
}

/* --- the list --- */

enum { HITS_MOST = 4000, SEARCHES_MOST = 3 }; /* a search for the area and for those around it */

struct making {
    struct db *db;
    int64_t now;
    struct emergency_list *list;
};

void emergency_list_release(struct emergency_list *list)
{
    for (size_t i = 0; i < list->result_count; i++)
        result_release(&list->results[i]);
    arena_release(&list->arena);
    *list = (struct emergency_list){0};
}

static enum status find(const struct making *m, const char *kind, const char *area,
                        enum filter_where where, const struct result **ret_result)
{
    struct query q = {.words = "", .limit = HITS_MOST, .now = m->now, .filter_count = 1};
    q.filters[0] = (struct filter){.kind = FILTER_TYPE};
    snprintf(q.filters[0].value, sizeof q.filters[0].value, "%s", kind);
    if (*area) {
        q.filters[1] = (struct filter){.kind = FILTER_AREA, .where = where};
        snprintf(q.filters[1].value, sizeof q.filters[1].value, "%s", area);
        q.filter_count = 2;
    }
    struct result *result = &m->list->results[m->list->result_count];
    enum status status = search_run(m->db, &q, result);
    if (status == STATUS_OK) {
        m->list->result_count++;
        *ret_result = result;
    }
    return status;
}

/* The level of the area a service is made for, or where nobody said that, of its place. */
static int level_of(const struct hit *hit)
{
    char code[AREA_CODE];
    const char *codes = *hit->covers ? hit->covers : hit->located;
    snprintf(code, sizeof code, "%.*s", (int)strcspn(codes, " "), codes);
    return strcmp(code, AREA_COUNTRY_CODE) == 0 || !*code ? 0 : area_level(code);
}

static enum status add_row(const struct making *m, struct emergency_group *g, size_t *room,
                           struct emergency_row row)
{
    struct detail detail;
    enum status status = STATUS_OK;
    row.order = g->count;
    row.suspended = row.hit->status == VALUE_STATUS_TEMPORARILY_CLOSED;
    if (!row.suspended && row.hit->status != VALUE_STATUS_ACTIVE)
        return STATUS_OK;
    if (row.suspended) {
        status = suspend_alert_of(m->db, &row.hit->id, &row.alert);
        row.has_alert = status == STATUS_OK;
        status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
    } else if ((status = detail_load(m->db, &row.hit->id, &detail)) == STATUS_OK) {
        detail_keep_public(&detail);
        row.open = detail_open(&detail, m->now);
        detail_release(&detail);
    }
    if (status != STATUS_OK)
        return status;
    g->rows = arena_grow(&m->list->arena, g->rows, g->count, room, sizeof *g->rows);
    g->rows[g->count++] = row;
    g->active += !row.suspended;
    return STATUS_OK;
}

/* An office of the wanted level, or whoever is near. */
static bool is_wanted(const struct making *m, const struct emergency_item *item,
                      const struct hit *hit)
{
    if (item->level == EMERGENCY_NEAREST)
        return *m->list->area || level_of(hit) == 0; /* of a whole country nobody is near */
    return level_of(hit) == item->level;
}

static enum status add_found(const struct making *m, struct emergency_group *g, size_t *room)
{
    const struct result *found = NULL;
    enum status status = find(m, g->item->kind, m->list->area, WHERE_ANY, &found);
    for (size_t i = 0; status == STATUS_OK && i < found->count; i++) {
        const struct hit *hit = &found->rows[i];
        if (is_wanted(m, g->item, hit))
            status =
                add_row(m, g, room, (struct emergency_row){.hit = hit, .nearness = hit->nearness});
    }
    return status;
}

/* Those that stand in the district or province around and say nothing of whom they serve. */
static enum status add_around(const struct making *m, struct emergency_group *g, size_t *room)
{
    enum status status = STATUS_OK;
    size_t len = strlen(m->list->area);
    for (size_t n = 2; n < len && status == STATUS_OK; n += 2) {
        const struct result *found = NULL;
        char above[AREA_CODE];
        snprintf(above, sizeof above, "%.*s", (int)(len - n), m->list->area);
        status = find(m, g->item->kind, above, WHERE_LOCATED, &found);
        for (size_t i = 0; status == STATUS_OK && i < found->count; i++) {
            const struct hit *hit = &found->rows[i];
            enum nearness near = area_level(above) == 2 ? NEAR_DISTRICT : NEAR_PROVINCE;
            bool known = false;
            for (size_t k = 0; k < g->count; k++)
                known |= uuid_equal(&g->rows[k].hit->id, &hit->id);
            if (!known && !*hit->covers)
                status =
                    add_row(m, g, room,
                            (struct emergency_row){.hit = hit, .nearness = near, .outside = true});
        }
    }
    return status;
}

static int by_use(const void *left, const void *right)
{
    const struct emergency_row *a = left, *b = right;
    if (a->suspended != b->suspended)
        return a->suspended - b->suspended;
    if (a->nearness != b->nearness)
        return (int)a->nearness - (int)b->nearness;
    return (a->order > b->order) - (a->order < b->order);
}

static enum status make_group(const struct making *m, struct emergency_group *g)
{
    size_t room = 0;
    int level = area_level(m->list->area);
    g->below = g->item->level > level + 1;
    enum status status = g->below ? STATUS_OK : add_found(m, g, &room);
    if (status == STATUS_OK && g->item->level == EMERGENCY_NEAREST)
        status = add_around(m, g, &room);
    if (g->count)
        qsort(g->rows, g->count, sizeof *g->rows, by_use);
    return status;
}

static enum status check_area(struct db *db, const char *area)
{
    struct area_list path;
    if (!*area)
        return STATUS_OK;
    enum status status = area_path(db, area, &path);
    if (status == STATUS_OK)
        area_list_release(&path);
    return status;
}

enum status emergency_make(struct db *db, const struct emergency *table, const char *area,
                           int64_t now, struct emergency_list *ret_list)
{
    struct emergency_list list = {.count = table->count};
    const struct making m = {db, now, &list};
    snprintf(list.area, sizeof list.area, "%.6s", strcmp(area, AREA_COUNTRY_CODE) ? area : "");
    enum status status = check_area(db, list.area);
    list.groups = arena_alloc(&list.arena, (table->count + 1) * sizeof *list.groups);
    list.results =
        arena_alloc(&list.arena, (table->count + 1) * SEARCHES_MOST * sizeof *list.results);
    for (size_t i = 0; i < table->count && status == STATUS_OK; i++) {
        list.groups[i] = (struct emergency_group){.item = &table->items[i]};
        status = make_group(&m, &list.groups[i]);
    }
    if (status == STATUS_OK)
        *ret_list = list;
    else
        emergency_list_release(&list);
    return status;
}
