/* Areas under review; see propose.h. The record of the ops is named after the area, so that two
 * offices that switch it mean the same one. */
#include <stdio.h>
#include <string.h>

#include "db/internal.h"
#include "db/proposal.h"

static enum status put_area(struct db *db, const char *area, const struct op_row *op)
{
    sqlite3_stmt *s;
    bool on = proposal_op_value(op, REVIEW_ON)->integer == VALUE_ANSWER_YES;
    enum status status = db_query(db, on ? QUERY_REVIEW_AREA_PUT : QUERY_REVIEW_AREA_DELETE, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":area", area);
    if (on) {
        bind_int(s, ":time_ms", op->time_ms);
        bind_text(s, ":actor", op->actor);
    }
    return db_run(db, s);
}

enum status review_fold(struct db *db, const struct uuid *record)
{
    struct op_list ops = {0};
    enum status status = op_history(db, record, &ops);
    if (status != STATUS_OK)
        return status;
    const struct op_row *last = &ops.rows[ops.count - 1];
    const struct value *area = proposal_op_value(last, REVIEW_AREA);
    if (last->kind == OP_REVIEW && area->type == VALUE_TEXT)
        status = put_area(db, area->text.bytes, last);
    op_list_release(&ops);
    return status;
}

static enum status write_review(struct db *db, const struct person *person, const char *area,
                                bool on)
{
    struct text actor = TEXT_INIT;
    const char *code = *area ? area : AREA_COUNTRY_CODE;
    char name[32];
    snprintf(name, sizeof name, "review/%s", code);
    const struct field_value fields[] = {
        {REVIEW_AREA, {.type = VALUE_TEXT, .text = {code, strlen(code)}}},
        {REVIEW_ON, {.type = VALUE_INT, .integer = on ? VALUE_ANSWER_YES : VALUE_ANSWER_NO}},
    };
    person_actor(person, &actor);
    const struct change change = {
        .kind = OP_REVIEW,
        .record_kind = (enum record_kind)RECORD_REVIEW,
        .record = uuid_from_name(name),
        .area = area,
        .fields = fields,
        .field_count = sizeof fields / sizeof *fields,
        .actor = actor.bytes,
        .reason = "",
    };
    enum status status = proposal_write(db, &change);
    text_release(&actor);
    return status;
}

enum status review_set(struct db *db, const struct person *person, const char *area, bool on)
{
    struct area_list path = {0};
    if (!strcmp(area, AREA_COUNTRY_CODE))
        area = "";
    if (authority_of(person, OP_REVIEW, area) != VERDICT_ALLOWED)
        return db_refuse(db, STATUS_FORBIDDEN, "no approver of the area");
    enum status status = *area ? area_path(db, area, &path) : STATUS_OK;
    area_list_release(&path);
    if (status == STATUS_OK)
        status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = write_review(db, person, area, on);
    if (status == STATUS_OK)
        return db_commit(db);
    db_rollback(db);
    return status;
}

enum status review_list(struct db *db, struct review_list *ret_list)
{
    sqlite3_stmt *s;
    struct review_list list = {0};
    size_t room = 0;
    bool row;
    enum status status = db_query(db, QUERY_REVIEW_AREA_SCAN, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        list.rows = arena_grow(&list.arena, list.rows, list.count, &room, sizeof *list.rows);
        struct review_area *a = &list.rows[list.count++];
        const char *code = column_text(s, 0);
        if (strcmp(code, AREA_COUNTRY_CODE))
            memcpy(a->area, code, strnlen(code, AREA_CODE - 1));
        a->time_ms = sqlite3_column_int64(s, 1);
        a->actor = arena_strdup(&list.arena, column_text(s, 2));
    }
    if (status == STATUS_OK)
        *ret_list = list;
    else
        review_list_release(&list);
    return status;
}

void review_list_release(struct review_list *list)
{
    arena_release(&list->arena);
    *list = (struct review_list){0};
}
