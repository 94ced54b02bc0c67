/* The tree of administrative areas; see area.h. Counts are kept by the search index. */
#include "db/area.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "db/area_name.h"
#include "db/internal.h"
#include "i18n/key.h"
#include "i18n/khmer.h"
#include "i18n/number.h"

static const struct {
    const char *name;
    enum message label;
} kinds[AREA_KIND_COUNT] = {
    [AREA_PROVINCE] = {"province", MSG_AREA_PROVINCE},
    [AREA_CAPITAL] = {"capital", MSG_AREA_CAPITAL},
    [AREA_DISTRICT] = {"district", MSG_AREA_DISTRICT},
    [AREA_MUNICIPALITY] = {"municipality", MSG_AREA_MUNICIPALITY},
    [AREA_KHAN] = {"khan", MSG_AREA_KHAN},
    [AREA_COMMUNE] = {"commune", MSG_AREA_COMMUNE},
    [AREA_SANGKAT] = {"sangkat", MSG_AREA_SANGKAT},
    [AREA_VILLAGE] = {"village", MSG_AREA_VILLAGE},
};

int area_level(const char *code)
{
    return strcmp(code, AREA_COUNTRY_CODE) == 0 ? 0 : (int)strlen(code) / 2;
}

bool area_contains(const char *code, const char *inside)
{
    if (strcmp(code, AREA_COUNTRY_CODE) == 0)
        return true;
    return strncmp(code, inside, strlen(code)) == 0;
}

struct area_range area_range(const char *code)
{
    struct area_range range;
    bool country = strcmp(code, AREA_COUNTRY_CODE) == 0;
    snprintf(range.low, sizeof range.low, "%s", country ? "" : code);
    snprintf(range.high, sizeof range.high, "%s:", range.low); /* ':' follows '9' */
    return range;
}

const char *area_kind_name(enum area_kind kind)
{
    assert(kind > 0 && kind < AREA_KIND_COUNT);
    return kinds[kind].name;
}

enum message area_kind_label(enum area_kind kind)
{
    assert(kind > 0 && kind < AREA_KIND_COUNT);
    return kinds[kind].label;
}

void area_list_release(struct area_list *list)
{
    arena_release(&list->arena);
    *list = (struct area_list){0};
}

static void today(struct db *db, struct text *out)
{
    int64_t ms = db_now_ms(db);
    date_iso(out, date_from_time((ms - (ms < 0 ? 999 : 0)) / 1000));
}

static void copy_code(char to[AREA_CODE], const char *from)
{
    size_t len = strlen(from);
    if (len >= AREA_CODE)
        len = AREA_CODE - 1;
    memcpy(to, from, len);
    to[len] = '\0';
}

static bool is_listed(const struct area_list *list, const char *code)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->rows[i].code, code) == 0)
            return true;
    return false;
}

/* Services made for one area alone. */
static enum status exact_covering(struct db *db, const char *code, int64_t *ret_count)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_AREA_COUNT_GET, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":area", code);
    bool row;
    status = db_step(db, s, &row);
    if (status != STATUS_OK)
        return status;
    *ret_count = row ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_reset(s);
    return STATUS_OK;
}

enum status area_national(struct db *db, int64_t *ret_count)
{
    return exact_covering(db, AREA_COUNTRY_CODE, ret_count);
}

/* Services made for an area that holds code, the country among them. */
static enum status covering_above(struct db *db, const char *code, int64_t *ret_count)
{
    int64_t sum;
    enum status status = exact_covering(db, AREA_COUNTRY_CODE, &sum);
    for (size_t len = 2; status == STATUS_OK && len < strlen(code); len += 2) {
        char above[AREA_CODE] = "";
        memcpy(above, code, len);
        int64_t count;
        status = exact_covering(db, above, &count);
        if (status == STATUS_OK)
            sum += count;
    }
    if (status == STATUS_OK)
        *ret_count = sum;
    return status;
}

struct found {
    struct area_list *list;
    unsigned kinds; /* bits wanted; 0 all */
    size_t room;
};

static void add_row(struct found *found, sqlite3_stmt *s)
{
    struct area_list *list = found->list;
    const char *code = column_text(s, 0);
    int kind = sqlite3_column_int(s, 2);
    if (kind <= 0 || kind >= AREA_KIND_COUNT || is_listed(list, code))
        return;
    if (found->kinds && !(found->kinds & 1U << kind))
        return;
    list->rows =
        arena_grow(&list->arena, list->rows, list->count, &found->room, sizeof *list->rows);
    struct area *area = &list->rows[list->count++];
    copy_code(area->code, code);
    copy_code(area->parent, column_text(s, 1));
    area->kind = (enum area_kind)kind;
    area->name_km = arena_strdup(&list->arena, column_text(s, 3));
    area->name_en = arena_strdup(&list->arena, column_text(s, 4));
    area->located = sqlite3_column_int64(s, 5);
    area->covering = sqlite3_column_int64(s, 6);
}

static enum status add_rows(struct db *db, sqlite3_stmt *s, struct found *found)
{
    size_t first = found->list->count;
    bool row;
    enum status status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row)
        add_row(found, s);
    for (size_t i = first; status == STATUS_OK && i < found->list->count; i++) {
        int64_t above;
        status = covering_above(db, found->list->rows[i].code, &above);
        if (status == STATUS_OK)
            found->list->rows[i].covering += above;
    }
    return status;
}

enum status area_add(struct db *db, const char *code, struct area_list *list)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_AREA_GET, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":code", code);
    struct found found = {list, AREA_ANY_KIND, list->count};
    size_t before = list->count;
    status = add_rows(db, s, &found);
    return status == STATUS_OK && list->count == before ? STATUS_NOT_FOUND : status;
}

/* Runs a statement that is ready but for :today. */
static enum status add_valid(struct db *db, sqlite3_stmt *s, struct found *found)
{
    struct text day = TEXT_INIT;
    today(db, &day);
    bind_text(s, ":today", day.bytes);
    enum status status = add_rows(db, s, found);
    sqlite3_clear_bindings(s);
    text_release(&day);
    return status;
}

enum status area_children(struct db *db, const char *code, struct area_list *ret_areas)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_AREA_CHILDREN, &s);
    if (status != STATUS_OK)
        return status;
    struct area_list list = {0};
    struct found found = {&list, AREA_ANY_KIND, 0};
    bind_text(s, ":parent", strcmp(code, AREA_COUNTRY_CODE) == 0 ? "" : code);
    status = add_valid(db, s, &found);
    if (status == STATUS_OK)
        *ret_areas = list;
    else
        area_list_release(&list);
    return status;
}

enum status area_path(struct db *db, const char *code, struct area_list *ret_path)
{
    struct area_list list = {0};
    size_t len = strlen(code);
    enum status status = len == 0 || len % 2 || len >= AREA_CODE ? STATUS_NOT_FOUND : STATUS_OK;
    for (size_t part = 2; status == STATUS_OK && part <= len; part += 2) {
        char above[AREA_CODE] = "";
        memcpy(above, code, part);
        status = area_add(db, above, &list);
    }
    if (status == STATUS_OK)
        *ret_path = list;
    else
        area_list_release(&list);
    return status;
}

static enum status find_named(struct db *db, const char *key, size_t len, struct found *found)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_AREA_BY_KEY, &s);
    if (status != STATUS_OK || len == 0)
        return status;
    struct text name = TEXT_INIT;
    area_name_key(&name, key, len);
    bind_text_len(s, ":key", name.bytes, name.len);
    status = add_valid(db, s, found);
    text_release(&name);
    return status;
}

/* Highest level first, then by code; few rows. */
static void sort_areas(struct area *rows, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct area row = rows[i];
        size_t at = i;
        while (at > 0 && (strlen(rows[at - 1].code) > strlen(row.code) ||
                          (strlen(rows[at - 1].code) == strlen(row.code) &&
                           strcmp(rows[at - 1].code, row.code) > 0))) {
            rows[at] = rows[at - 1];
            at--;
        }
        rows[at] = row;
    }
}

enum status area_find_key(struct db *db, const char *key, size_t len, struct area_list *list)
{
    struct found found = {list, AREA_ANY_KIND, list->count};
    enum status status = find_named(db, key, len, &found);
    for (size_t nth = 0; status == STATUS_OK; nth++) {
        size_t at = 0, rest = len;
        if (!area_unit_strip(key, nth, &at, &rest, &found.kinds))
            break;
        status = find_named(db, key + at, rest, &found);
    }
    sort_areas(list->rows, list->count);
    return status;
}

/* A code as people write it: digits only, perhaps without its leading zero. */
static bool read_code(const char *key, size_t len, char ret_code[AREA_CODE])
{
    size_t zero = len % 2;
    if (len == 0 || len + zero >= AREA_CODE || strspn(key, "0123456789") != len)
        return false;
    memcpy(ret_code, "0", zero);
    memcpy(ret_code + zero, key, len);
    ret_code[len + zero] = '\0';
    return true;
}

enum status area_find(struct db *db, const char *typed, struct area_list *ret_areas)
{
    struct text key = TEXT_INIT;
    key_make(&key, typed, strlen(typed), KEY_STRICT);
    struct area_list list = {0};
    char code[AREA_CODE];
    enum status status = STATUS_OK;
    if (read_code(key.bytes, key.len, code))
        status = area_add(db, code, &list);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && list.count == 0))
        status = area_find_key(db, key.bytes, key.len, &list);
    if (status == STATUS_OK && list.count == 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        *ret_areas = list;
    else
        area_list_release(&list);
    text_release(&key);
    return status;
}

enum status area_counts(struct db *db, int64_t ret_counts[5])
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_AREA_LEVELS, &s);
    if (status != STATUS_OK)
        return status;
    struct text day = TEXT_INIT;
    today(db, &day);
    bind_text(s, ":today", day.bytes);
    int64_t counts[5] = {1};
    bool row;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        int level = sqlite3_column_int(s, 0);
        if (level >= 1 && level <= 4)
            counts[level] = sqlite3_column_int64(s, 1);
    }
    sqlite3_clear_bindings(s);
    text_release(&day);
    if (status == STATUS_OK)
        memcpy(ret_counts, counts, sizeof counts);
    return status;
}

static enum status put_name(struct db *db, const char *code, const char *name)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_AREA_NAME_PUT, &s);
    if (status != STATUS_OK)
        return status;
    struct text key = TEXT_INIT, stored = TEXT_INIT;
    key_make(&key, name, strlen(name), KEY_STRICT);
    area_name_key(&stored, key.bytes, key.len);
    bind_text_len(s, ":key", stored.bytes, stored.len);
    bind_text(s, ":area", code);
    if (stored.len)
        status = db_run(db, s);
    sqlite3_clear_bindings(s);
    text_release(&key);
    text_release(&stored);
    return status;
}

static enum status put_row(struct db *db, const char *code, enum area_kind kind,
                           const char *name_km, const char *name_en)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_AREA_PUT, &s);
    if (status != STATUS_OK)
        return status;
    char parent[AREA_CODE] = "";
    memcpy(parent, code, strlen(code) - 2);
    bind_text(s, ":code", code);
    bind_text(s, ":parent", parent);
    bind_int(s, ":kind", kind);
    bind_text(s, ":name_km", name_km);
    bind_text(s, ":name_en", name_en);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    return status;
}

static enum status put_in_transaction(struct db *db, const char *code, enum area_kind kind,
                                      const char *name_km, const char *name_en)
{
    enum status status = put_row(db, code, kind, name_km, name_en);
    sqlite3_stmt *s;
    if (status == STATUS_OK)
        status = db_query(db, QUERY_AREA_NAME_CLEAR, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":area", code);
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    if (status == STATUS_OK)
        status = put_name(db, code, name_km);
    return status == STATUS_OK ? put_name(db, code, name_en) : status;
}

enum status area_put(struct db *db, const char *code, enum area_kind kind, const char *name_km,
                     const char *name_en)
{
    size_t len = strlen(code);
    if (len < 2 || len % 2 || len >= AREA_CODE || strspn(code, "0123456789") != len)
        return db_refuse(db, STATUS_INVALID, "area code %s", code);
    if (kind <= 0 || kind >= AREA_KIND_COUNT)
        return db_refuse(db, STATUS_INVALID, "area kind %d", (int)kind);
    struct text km = TEXT_INIT, en = TEXT_INIT;
    khmer_normalize(&km, name_km, strlen(name_km), NORMAL_NAME);
    khmer_normalize(&en, name_en, strlen(name_en), NORMAL_NAME);
    enum status status = db_begin(db);
    if (status == STATUS_OK) {
        status = put_in_transaction(db, code, kind, km.bytes, en.bytes);
        if (status == STATUS_OK)
            status = db_commit(db);
        else
            db_rollback(db);
    }
    text_release(&km);
    text_release(&en);
    return status;
}
