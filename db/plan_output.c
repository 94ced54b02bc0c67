/* The plan's outputs: some twenty rows, read whole; see plan_output.h. */
#include "db/plan_output.h"

#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "i18n/khmer.h"

void plan_output_list_release(struct plan_output_list *list)
{
    arena_release(&list->arena);
    *list = (struct plan_output_list){0};
}

/* 1.2 before 1.10: by the numbers between the dots. */
static int by_code(const void *left, const void *right)
{
    const struct plan_output *rows[] = {left, right};
    const char *a = rows[0]->code, *b = rows[1]->code;
    for (;;) {
        char *after_a, *after_b;
        unsigned long x = strtoul(a, &after_a, 10), y = strtoul(b, &after_b, 10);
        if (x != y)
            return x < y ? -1 : 1;
        if (*after_a != '.' || *after_b != '.')
            return (*after_a == '.') - (*after_b == '.');
        a = after_a + 1;
        b = after_b + 1;
    }
}

enum status plan_output_all(struct db *db, struct plan_output_list *ret_list)
{
    struct plan_output_list list = {0};
    sqlite3_stmt *s;
    size_t room = 0;
    bool row;
    enum status status = db_query(db, QUERY_PLAN_OUTPUT_ALL, &s);
    while (status == STATUS_OK && (status = db_step(db, s, &row)) == STATUS_OK && row) {
        list.rows = arena_grow(&list.arena, list.rows, list.count, &room, sizeof *list.rows);
        list.rows[list.count++] = (struct plan_output){
            .code = arena_strdup(&list.arena, column_text(s, 0)),
            .title_km = arena_strdup(&list.arena, column_text(s, 1)),
            .title_en = arena_strdup(&list.arena, column_text(s, 2)),
        };
    }
    if (status != STATUS_OK) {
        plan_output_list_release(&list);
        return status;
    }
    if (list.count)
        qsort(list.rows, list.count, sizeof *list.rows, by_code);
    *ret_list = list;
    return STATUS_OK;
}

bool plan_output_within(const char *code, size_t len, const char *asked)
{
    size_t wanted = strlen(asked);
    return wanted && len >= wanted && memcmp(code, asked, wanted) == 0 &&
           (len == wanted || code[wanted] == '.');
}

bool plan_output_is_programme(const char *code)
{
    return !strchr(code, '.');
}

bool plan_output_any_within(const char *outputs, const char *asked)
{
    for (const char *at = outputs; *at;) {
        size_t len = strcspn(at, " ");
        if (plan_output_within(at, len, asked))
            return true;
        at += len + strspn(at + len, " ");
    }
    return false;
}

enum status plan_output_put(struct db *db, const char *code, const char *title_en,
                            const char *title_km)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_PLAN_OUTPUT_PUT, &s);
    if (status != STATUS_OK)
        return status;
    struct text km = TEXT_INIT;
    khmer_normalize(&km, title_km ? title_km : "", title_km ? strlen(title_km) : 0, NORMAL_NAME);
    bind_text(s, ":code", code);
    bind_text(s, ":title_km", km.bytes);
    bind_text(s, ":title_en", title_en ? title_en : "");
    status = db_run(db, s);
    sqlite3_clear_bindings(s);
    text_release(&km);
    return status;
}
