/* What is due in an area; see due.h. Facts of a service come from the row that lists read
 * (search_row), its confirmations from what verify ops say; order and reasons are made here. */
#include "db/due.h"

#include <stdlib.h>
#include <string.h>

#include "db/area_services.h"
#include "db/internal.h"
#include "db/op.h"
#include "i18n/number.h"

const char *due_why_name(enum due_why why)
{
    static const char *const names[DUE_WHY_COUNT] = {
        [DUE_NOT] = "",
        [DUE_URGENT] = "urgent",
        [DUE_NOT_REACHED] = "not_reached",
        [DUE_NO_PHONE] = "no_phone",
        [DUE_NEVER] = "never",
        [DUE_CHECK] = "next_check",
        [DUE_OLD] = "old",
    };
    return names[why];
}

struct work {
    struct db *db;
    struct due_query query;
    struct due_rules rules;
    struct due_list list;
    size_t room;
};

/* --- one service ----------------------------------------------------------------------------- */

/* What its verifications say, the newest first. */
struct asked {
    int64_t last;      /* day; -1 never */
    int64_t confirmed; /* day; -1 never */
    bool closed;       /* the last one found it closed */
    int not_reached;
    const char *actor;
};

static enum status read_asked(struct work *w, const struct uuid *id, struct asked *ret_asked)
{
    struct asked asked = {.last = -1, .confirmed = -1, .actor = ""};
    sqlite3_stmt *s;
    bool row, streak = true;
    enum status status = db_query(w->db, QUERY_VERIFICATIONS_OF, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", id);
    while ((status = db_step(w->db, s, &row)) == STATUS_OK && row && asked.confirmed < 0) {
        int64_t day = op_day(sqlite3_column_int64(s, 0));
        int result = sqlite3_column_int(s, 1);
        if (asked.last < 0) {
            asked.last = day;
            asked.closed = result == VALUE_RESULT_CLOSED;
        }
        streak = streak && result == VALUE_RESULT_NOT_REACHED;
        asked.not_reached += streak;
        if (result == VALUE_RESULT_STILL_RIGHT || result == VALUE_RESULT_CHANGED) {
            asked.confirmed = day;
            asked.actor = arena_strdup(&w->list.arena, column_text(s, 2));
        }
    }
    sqlite3_reset(s);
    if (status == STATUS_OK)
        *ret_asked = asked;
    return status;
}

/* The first of a list of codes; "" none or the country. */
static void first_code(char out[AREA_CODE], const char *codes)
{
    size_t len = strcspn(codes, " ");
    if (len < AREA_CODE && strncmp(codes, AREA_COUNTRY_CODE, 2) != 0) {
        memcpy(out, codes, len);
        out[len] = '\0';
    }
}

/* When it is due, and why; DUE_NOT: it is not. */
static enum due_why judge(const struct work *w, const struct asked *asked, int64_t next_check,
                          const struct due_row *row, int64_t *ret_due)
{
    const struct due_rules *rules = &w->rules;
    int64_t today = w->query.today, since = row->verified < 0 ? today : row->verified;
    bool never = row->verified < 0;
    bool urgent = due_after(rules, row->types, since) < due_after(rules, "", since);
    int64_t due = never ? today : due_after(rules, row->types, row->verified);
    bool check = next_check >= 0 && next_check > row->verified && next_check <= today;
    bool over = never || due <= today;
    if (check && (!over || next_check < due))
        due = next_check;
    *ret_due = due;
    if (asked->not_reached >= NOT_REACHED_ALERT && over && !urgent)
        return DUE_NOT_REACHED;
    if (over && urgent)
        return DUE_URGENT;
    if (!*row->phones && row->verified < w->list.round_from)
        return DUE_NO_PHONE;
    if (never)
        return DUE_NEVER;
    return check ? DUE_CHECK : over ? DUE_OLD : DUE_NOT;
}

/* s is at a row of due_service. */
static enum status add_service(struct work *w, const struct uuid *id, sqlite3_stmt *s)
{
    struct asked asked = {0};
    struct arena *arena = &w->list.arena;
    struct due_row row = {.id = *id, .types = column_text(s, 2), .phones = column_text(s, 5)};
    bool closed = sqlite3_column_int(s, 6) == VALUE_STATUS_CLOSED;
    struct date date;
    const char *check = column_text(s, 7);
    int64_t next_check =
        *check && date_parse(check, strlen(check), &date) == STATUS_OK ? date_days(date) : -1;
    if (!area_services_keeps(w->query.area, column_text(s, 3)))
        return STATUS_OK;
    enum status status = read_asked(w, id, &asked);
    if (status != STATUS_OK)
        return status;
    bool done = (closed ? asked.closed : true) &&
                (asked.closed ? asked.last : asked.confirmed) >= w->list.round_from;
    if (closed) {
        w->list.done += done;
        return STATUS_OK;
    }
    row.verified = asked.confirmed;
    row.asked = asked.last;
    row.actor = asked.actor;
    row.not_reached = asked.not_reached;
    row.why = judge(w, &asked, next_check, &row, &row.due);
    if (row.why == DUE_NOT) {
        w->list.done += done;
        return STATUS_OK;
    }
    row.name_km = arena_strdup(arena, column_text(s, 0));
    row.name_en = arena_strdup(arena, column_text(s, 1));
    row.types = arena_strdup(arena, row.types);
    row.phones = arena_strdup(arena, row.phones);
    const char *located = column_text(s, 3);
    first_code(row.area, *located ? located : column_text(s, 4));
    w->list.rows = arena_grow(arena, w->list.rows, w->list.count, &w->room, sizeof row);
    w->list.rows[w->list.count++] = row;
    return STATUS_OK;
}

static enum status read_service(struct work *w, const struct uuid *id, bool *ret_found)
{
    sqlite3_stmt *s;
    bool row = false;
    enum status status = db_query(w->db, QUERY_DUE_SERVICE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", id);
    status = db_step(w->db, s, &row);
    if (status == STATUS_OK && row)
        status = add_service(w, id, s);
    sqlite3_reset(s);
    *ret_found = row;
    return status;
}

/* --- order ----------------------------------------------------------------------------------- */

static int by_need(const void *a, const void *b)
{
    const struct due_row *x = a, *y = b;
    if (x->why != y->why)
        return (int)x->why - (int)y->why;
    if ((x->verified < 0) != (y->verified < 0))
        return x->verified < 0 ? -1 : 1;
    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    int order = strcmp(x->area, y->area);
    if (!order)
        order = strcmp(x->types, y->types);
    return order ? order : memcmp(&x->id, &y->id, sizeof x->id);
}

/* What stands for the organization's name in lists; asked only for the rows that are shown. */
static enum status add_abbreviation(struct work *w, struct due_row *row)
{
    sqlite3_stmt *s;
    bool found = false;
    row->abbreviation_km = row->abbreviation_en = "";
    enum status status = db_query(w->db, QUERY_DUE_ABBREVIATION, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":service", &row->id);
    status = db_step(w->db, s, &found);
    if (status == STATUS_OK && found) {
        row->abbreviation_km = arena_strdup(&w->list.arena, column_text(s, 0));
        row->abbreviation_en = arena_strdup(&w->list.arena, column_text(s, 1));
    }
    sqlite3_reset(s);
    return status;
}

static enum status finish(struct work *w)
{
    struct due_list *list = &w->list;
    enum status status = STATUS_OK;
    if (list->count)
        qsort(list->rows, list->count, sizeof *list->rows, by_need);
    list->due = (int64_t)list->count;
    list->total = list->done + list->due;
    if (w->query.limit && list->count > w->query.limit)
        list->count = w->query.limit;
    for (size_t i = 0; i < list->count && status == STATUS_OK; i++)
        status = add_abbreviation(w, &list->rows[i]);
    return status;
}

/* --- asking ---------------------------------------------------------------------------------- */

static enum status begin(struct db *db, const struct due_query *query, struct work *ret_work)
{
    struct work w = {.db = db, .query = *query};
    enum status status = STATUS_OK;
    if (query->rules)
        w.rules = *query->rules;
    else
        status = due_rules_load(db, &w.rules);
    w.list.round_from = due_round_start(&w.rules, query->today);
    *ret_work = w;
    return status;
}

static enum status end(struct work *w, enum status status, struct due_list *ret_list)
{
    if (status == STATUS_OK)
        status = finish(w);
    if (status == STATUS_OK)
        *ret_list = w->list;
    else
        due_list_release(&w->list);
    return status;
}

enum status due_load(struct db *db, const struct due_query *query, struct due_list *ret_list)
{
    struct work w;
    struct arena arena = {0};
    struct uuid *ids = NULL;
    size_t count = 0;
    bool found, own = false;
    enum status status = begin(db, query, &w);
    if (status == STATUS_OK)
        status = reading_begin(db, &own);
    if (status == STATUS_OK)
        status = area_services(db, query->area, &arena, &ids, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = read_service(&w, &ids[i], &found);
    arena_release(&arena);
    return end(&w, reading_end(db, own, status), ret_list);
}

enum status due_of(struct db *db, const struct due_query *query, const struct uuid *id,
                   struct due_list *ret_list)
{
    struct work w;
    bool found = false;
    enum status status = begin(db, query, &w);
    w.query.area = "";
    if (status == STATUS_OK)
        status = read_service(&w, id, &found);
    if (status == STATUS_OK && !found)
        status = STATUS_NOT_FOUND;
    return end(&w, status, ret_list);
}

void due_list_release(struct due_list *list)
{
    arena_release(&list->arena);
    *list = (struct due_list){0};
}
