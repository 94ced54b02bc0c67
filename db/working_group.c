/* Committees, their members and meetings; see working_group.h. */
#include "db/working_group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/op.h"
#include "db/record.h"
#include "db/search_index.h"
#include "i18n/number.h"

void group_list_release(struct group_list *list)
{
    arena_release(&list->arena);
    *list = (struct group_list){0};
}

const char *group_state_name(enum group_state state)
{
    static const char *const names[] = {"no_date", "over", "soon", "later"};
    return names[state];
}

/* --- which committees ------------------------------------------------------------------------- */

/* The first code of the list that is a province or a district in the area. */
static bool own_area(const char *covers, const char *area, char ret_code[AREA_CODE])
{
    while (*covers) {
        size_t len = strcspn(covers, " ");
        if ((len == 2 || len == 4) && memcmp(covers, AREA_COUNTRY_CODE, 2) != 0) {
            snprintf(ret_code, AREA_CODE, "%.*s", (int)len, covers);
            if (area_contains(area, ret_code))
                return true;
        }
        covers += len + strspn(covers + len, " ");
    }
    return false;
}

static bool has_kind(const char *types, const char *kind)
{
    const char *at = strstr(types, kind);
    return at && (at == types || at[-1] == ' ') && (!at[2] || at[2] == ' ');
}

static enum status is_working_group(struct db *db, const struct uuid *organization, bool *ret_is)
{
    sqlite3_stmt *s;
    bool there;
    enum status status = db_query(db, QUERY_ORGANIZATION_NAMES, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", organization);
    status = db_step(db, s, &there);
    *ret_is =
        status == STATUS_OK && there && sqlite3_column_int(s, 4) == VALUE_SECTOR_WORKING_GROUP;
    sqlite3_reset(s);
    return status;
}

/* s: a row of coverage_services. */
static enum status read_row(struct db *db, sqlite3_stmt *s, const char *area,
                            struct working_group *g, bool *ret_is)
{
    int64_t facets = sqlite3_column_int64(s, 4);
    *g = (struct working_group){.next = -1, .last = -1};
    *ret_is = (facets >> FACET_STATUS_SHIFT & 7) != VALUE_STATUS_CLOSED &&
              own_area(column_text(s, 3), area, g->area) && column_id(s, 0, &g->service) &&
              column_id(s, 10, &g->organization);
    g->wccc = has_kind(column_text(s, 1), "B2");
    if (!*ret_is || g->wccc)
        return STATUS_OK;
    return is_working_group(db, &g->organization, ret_is);
}

static enum status find_groups(struct db *db, const char *area, struct group_list *list)
{
    sqlite3_stmt *s;
    size_t room = 0;
    bool row, is;
    enum status status = db_query(db, QUERY_COVERAGE_SERVICES, &s);
    while (status == STATUS_OK && (status = db_step(db, s, &row)) == STATUS_OK && row) {
        list->rows = arena_grow(&list->arena, list->rows, list->count, &room, sizeof *list->rows);
        status = read_row(db, s, area, &list->rows[list->count], &is);
        list->count += status == STATUS_OK && is;
    }
    return status;
}

static int by_area(const void *left, const void *right)
{
    const struct working_group *a = left, *b = right;
    int order = strcmp(a->area, b->area);
    if (!order)
        order = b->wccc - a->wccc;
    if (!order)
        order = memcmp(&a->organization, &b->organization, sizeof a->organization);
    return order ? order : memcmp(&a->service, &b->service, sizeof a->service);
}

/* An organization with several services is one committee. */
static void keep_once(struct group_list *list)
{
    size_t kept = 0;
    if (list->count)
        qsort(list->rows, list->count, sizeof *list->rows, by_area);
    for (size_t i = 0; i < list->count; i++) {
        const struct working_group *g = &list->rows[i];
        bool same = kept && strcmp(list->rows[kept - 1].area, g->area) == 0 &&
                    uuid_equal(&list->rows[kept - 1].organization, &g->organization);
        if (!same)
            list->rows[kept++] = *g;
    }
    list->count = kept;
}

/* --- its members ------------------------------------------------------------------------------ */

static const char *text_of(struct arena *arena, const struct record *r, int field)
{
    const char *s = record_text(r, field);
    return s ? arena_strdup(arena, s) : "";
}

static enum status load_phones(struct db *db, const struct uuid *owner, struct arena *arena,
                               const char **ret_phones)
{
    struct record_list list = {0};
    struct text phones = TEXT_INIT;
    enum status status = record_children(db, RECORD_PHONE, owner, &list);
    for (size_t i = 0; status == STATUS_OK && i < list.count; i++) {
        const char *number = record_text(&list.rows[i], FIELD_ID(PHONE, number));
        if (number && list.rows[i].level == VALUE_CONFIDENTIALITY_PUBLIC)
            text_addf(&phones, "%s%s", phones.len ? " " : "", number);
    }
    *ret_phones = arena_strdup(arena, phones.bytes);
    text_release(&phones);
    record_list_release(&list);
    return status;
}

static enum status add_members(struct db *db, struct arena *arena, const struct uuid *owner,
                               struct working_group *g, size_t *room)
{
    struct record_list list = {0};
    enum status status = record_children(db, RECORD_CONTACT, owner, &list);
    for (size_t i = 0; status == STATUS_OK && i < list.count; i++) {
        const struct record *r = &list.rows[i];
        if (r->level > VALUE_CONFIDENTIALITY_PUBLIC)
            continue;
        g->members = arena_grow(arena, g->members, g->member_count, room, sizeof *g->members);
        struct group_member *m = &g->members[g->member_count++];
        *m = (struct group_member){
            .id = r->id,
            .name_km = text_of(arena, r, FIELD_ID(CONTACT, name_km)),
            .name_en = text_of(arena, r, FIELD_ID(CONTACT, name_en)),
            .title_km = text_of(arena, r, FIELD_ID(CONTACT, title_km)),
            .title_en = text_of(arena, r, FIELD_ID(CONTACT, title_en)),
            .role_km = text_of(arena, r, FIELD_ID(CONTACT, role_km)),
            .role_en = text_of(arena, r, FIELD_ID(CONTACT, role_en)),
            .email = text_of(arena, r, FIELD_ID(CONTACT, email)),
        };
        status = load_phones(db, &r->id, arena, &m->phones);
    }
    record_list_release(&list);
    return status;
}

/* --- its meetings ----------------------------------------------------------------------------- */

static int64_t day_of(const struct value *v)
{
    struct date d;
    if (v->type != VALUE_TEXT || date_parse(v->text.bytes, v->text.len, &d) != STATUS_OK)
        return -1;
    return date_days(d);
}

/* A day counts as a meeting when it came before another one was set in its place. */
static enum status load_last(struct db *db, struct working_group *g, int64_t today)
{
    struct op_list ops;
    int64_t set = -1;
    enum status status = op_history(db, &g->organization, &ops);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    for (size_t i = 0; i < ops.count; i++)
        for (size_t k = 0; k < ops.rows[i].field_count && !ops.rows[i].undone; k++) {
            if (ops.rows[i].fields[k].field != FIELD_ID(ORGANIZATION, next_meeting))
                continue;
            if (set >= 0 && set <= op_day(ops.rows[i].hlc) && set > g->last)
                g->last = set;
            set = day_of(&ops.rows[i].fields[k].value);
        }
    if (set >= 0 && set < today && set > g->last)
        g->last = set;
    op_list_release(&ops);
    return STATUS_OK;
}

static void judge(struct working_group *g, int64_t today)
{
    g->state = g->next < 0                          ? GROUP_NO_DATE
               : g->next < today                    ? GROUP_OVER
               : g->next <= today + GROUP_SOON_DAYS ? GROUP_SOON
                                                    : GROUP_LATER;
    g->long_ago = g->last >= 0 && g->last < date_add_months(today, -GROUP_MONTHS);
}

static enum status load_group(struct db *db, struct arena *arena, int64_t today,
                              struct working_group *g)
{
    struct record_list list = {0};
    size_t room = 0;
    enum status status = record_load(db, RECORD_ORGANIZATION, &g->organization, &list);
    g->name_km = g->name_en = "";
    if (status == STATUS_OK) {
        g->name_km = text_of(arena, &list.rows[0], FIELD_ID(ORGANIZATION, name_km));
        g->name_en = text_of(arena, &list.rows[0], FIELD_ID(ORGANIZATION, name_en));
        g->next = day_of(record_value(&list.rows[0], FIELD_ID(ORGANIZATION, next_meeting)));
    }
    record_list_release(&list);
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = load_phones(db, &g->organization, arena, &g->phones);
    if (status == STATUS_OK)
        status = add_members(db, arena, &g->organization, g, &room);
    if (status == STATUS_OK)
        status = add_members(db, arena, &g->service, g, &room);
    if (status == STATUS_OK)
        status = load_last(db, g, today);
    judge(g, today);
    return status;
}

enum status group_load(struct db *db, const char *area, int64_t today, struct group_list *ret_list)
{
    struct group_list list = {0};
    char of[AREA_CODE] = "";
    if (strcmp(area, AREA_COUNTRY_CODE) != 0)
        snprintf(of, sizeof of, "%.4s", area);
    enum status status = find_groups(db, of, &list);
    keep_once(&list);
    for (size_t i = 0; status == STATUS_OK && i < list.count; i++)
        status = load_group(db, &list.arena, today, &list.rows[i]);
    if (status == STATUS_OK)
        *ret_list = list;
    else
        group_list_release(&list);
    return status;
}
