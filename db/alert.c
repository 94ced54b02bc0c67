/* Reading area alerts; see alert.h. There are few of them, so each question reads all. */
#include "db/alert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "i18n/number.h"

const char *alert_state_name(enum alert_state state)
{
    static const char *const names[] = {"now", "coming", "over"};
    return names[state];
}

void alert_list_release(struct alert_list *list)
{
    arena_release(&list->arena);
    *list = (struct alert_list){0};
}

static const char *country_as_empty(const char *code)
{
    return strcmp(code, AREA_COUNTRY_CODE) == 0 ? "" : code;
}

static int64_t day_of(const char *iso)
{
    struct date date;
    return date_parse(iso, strlen(iso), &date) == STATUS_OK ? date_days(date) : -1;
}

static enum alert_state state_of(const struct alert *a, int status, int64_t today)
{
    if (status != VALUE_STATUS_ACTIVE || (a->to >= 0 && a->to < today))
        return ALERT_OVER;
    return a->from > today ? ALERT_COMING : ALERT_NOW;
}

static struct alert read_row(sqlite3_stmt *s, int64_t today, struct arena *arena)
{
    struct alert a = {.kind = sqlite3_column_int(s, 2),
                      .text_km = arena_strdup(arena, column_text(s, 3)),
                      .text_en = arena_strdup(arena, column_text(s, 4)),
                      .from = day_of(column_text(s, 5)),
                      .to = day_of(column_text(s, 6))};
    (void)column_id(s, 0, &a.id);
    snprintf(a.area, sizeof a.area, "%s", country_as_empty(column_text(s, 1)));
    a.state = state_of(&a, sqlite3_column_int(s, 7), today);
    return a;
}

static int by_state_and_day(const void *left, const void *right)
{
    const struct alert *a = left, *b = right;
    if (a->state != b->state)
        return a->state < b->state ? -1 : 1;
    if (a->from != b->from)
        return a->from > b->from ? -1 : 1;
    return memcmp(&a->id, &b->id, sizeof a->id);
}

enum status alert_load(struct db *db, int64_t today, struct alert_list *ret_list)
{
    sqlite3_stmt *s;
    struct alert_list list = {0};
    size_t room = 0;
    bool row;
    enum status status = db_query(db, QUERY_ALERT_ALL, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        list.rows = arena_grow(&list.arena, list.rows, list.count, &room, sizeof *list.rows);
        list.rows[list.count++] = read_row(s, today, &list.arena);
    }
    if (status != STATUS_OK) {
        alert_list_release(&list);
        return status;
    }
    if (list.count)
        qsort(list.rows, list.count, sizeof *list.rows, by_state_and_day);
    *ret_list = list;
    return STATUS_OK;
}

enum status alert_load_now(struct db *db, int64_t today, struct alert_list *ret_list)
{
    enum status status = alert_load(db, today, ret_list);
    while (status == STATUS_OK && ret_list->count &&
           ret_list->rows[ret_list->count - 1].state != ALERT_NOW)
        ret_list->count--;
    return status;
}

bool alert_holds(const struct alert *alert, const char *code)
{
    return area_contains(alert->area, country_as_empty(code));
}

bool alert_holds_any(const struct alert *alert, const char *codes)
{
    char code[AREA_CODE];
    for (const char *at = codes; *at;) {
        size_t len = strcspn(at, " ");
        snprintf(code, sizeof code, "%.*s", (int)len, at);
        if (alert_holds(alert, code))
            return true;
        at += len + strspn(at + len, " ");
    }
    return !*alert->area;
}

void alert_keep(struct alert_list *list, const char *codes)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (alert_holds_any(&list->rows[i], codes))
            list->rows[kept++] = list->rows[i];
    list->count = kept;
}

void alert_keep_around(struct alert_list *list, const char *area)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (alert_holds(&list->rows[i], area) ||
            area_contains(country_as_empty(area), list->rows[i].area))
            list->rows[kept++] = list->rows[i];
    list->count = kept;
}

enum status alert_get(struct db *db, const struct uuid *id, int64_t today, struct alert_list *list)
{
    struct alert_list all;
    enum status status = alert_load(db, today, &all);
    if (status != STATUS_OK)
        return status;
    status = STATUS_NOT_FOUND;
    for (size_t i = 0; i < all.count; i++) {
        if (!uuid_equal(&all.rows[i].id, id))
            continue;
        struct alert found = all.rows[i];
        found.text_km = arena_strdup(&list->arena, found.text_km);
        found.text_en = arena_strdup(&list->arena, found.text_en);
        size_t room = list->count; /* grows by one */
        list->rows = arena_grow(&list->arena, list->rows, list->count, &room, sizeof *list->rows);
        list->rows[list->count++] = found;
        status = STATUS_OK;
    }
    alert_list_release(&all);
    return status;
}

enum status alert_places_of(struct db *db, const struct uuid *service, struct text *ret_codes)
{
    sqlite3_stmt *s;
    bool row = false;
    enum status status = db_query(db, QUERY_ALERT_SERVICE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", service);
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row)
        text_adds(ret_codes, *column_text(s, 4) ? column_text(s, 4) : column_text(s, 5));
    sqlite3_reset(s);
    return status;
}
