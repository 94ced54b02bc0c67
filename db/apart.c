/* Pairs that are two; see apart.h. */
#include "db/apart.h"

#include <string.h>

#include "db/duplicate_item.h"
#include "db/internal.h"
#include "db/proposal.h"

/* The lower id first. */
static void put_in_order(const struct uuid **a, const struct uuid **b)
{
    const struct uuid *first = *a;
    if (memcmp(*a, *b, UUID_BYTES) > 0) {
        *a = *b;
        *b = first;
    }
}

/* --- the table ------------------------------------------------------------------------------- */

static enum status put_row(struct db *db, const struct op_row *op, const struct uuid *a,
                           const struct uuid *b)
{
    sqlite3_stmt *s;
    bool on = proposal_op_value(op, APART_ON)->integer == VALUE_ANSWER_YES;
    enum status status = db_query(db, on ? QUERY_APART_PUT : QUERY_APART_DELETE, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":a", a);
    bind_id(s, ":b", b);
    if (on) {
        bind_int(s, ":time_ms", op->time_ms);
        bind_text(s, ":actor", op->actor);
    }
    return db_run(db, s);
}

enum status apart_fold(struct db *db, const struct uuid *record)
{
    struct op_list ops = {0};
    enum status status = op_history(db, record, &ops);
    if (status != STATUS_OK)
        return status;
    const struct op_row *last = &ops.rows[ops.count - 1];
    const struct value *a = proposal_op_value(last, APART_A);
    const struct value *b = proposal_op_value(last, APART_B);
    if (last->kind == OP_APART && a->type == VALUE_ID && b->type == VALUE_ID)
        status = put_row(db, last, &a->id, &b->id);
    op_list_release(&ops);
    return status;
}

enum status apart_holds(struct db *db, const struct uuid *a, const struct uuid *b, bool *ret_apart)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_APART_HOLDS, &s);
    if (status != STATUS_OK)
        return status;
    put_in_order(&a, &b);
    bind_id(s, ":a", a);
    bind_id(s, ":b", b);
    bool row = false;
    status = db_step(db, s, &row);
    sqlite3_reset(s);
    if (status == STATUS_OK)
        *ret_apart = row;
    return status;
}

enum status apart_load(struct db *db, struct apart_list *ret_list)
{
    sqlite3_stmt *s;
    struct apart_list list = {0};
    size_t room = 0;
    bool row;
    enum status status = db_query(db, QUERY_APART_LIST, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        struct apart one = {.time_ms = sqlite3_column_int64(s, 2)};
        if (!column_id(s, 0, &one.a) || !column_id(s, 1, &one.b))
            continue;
        one.actor = arena_strdup(&list.arena, column_text(s, 3));
        list.rows = arena_grow(&list.arena, list.rows, list.count, &room, sizeof *list.rows);
        list.rows[list.count++] = one;
    }
    if (status == STATUS_OK)
        *ret_list = list;
    else
        apart_list_release(&list);
    return status;
}

void apart_list_release(struct apart_list *list)
{
    arena_release(&list->arena);
    *list = (struct apart_list){0};
}

/* --- deciding -------------------------------------------------------------------------------- */

/* Where of the two the person may write. */
static enum status find_area(struct db *db, const struct person *person, const struct uuid *a,
                             const struct uuid *b, char ret_area[AREA_CODE])
{
    const struct uuid *both[] = {a, b};
    struct arena arena = {0};
    enum status status = STATUS_OK;
    bool allowed = false;
    for (size_t i = 0; i < 2 && status == STATUS_OK; i++) {
        struct duplicate_item item;
        status = duplicate_item_load(db, both[i], &arena, &item);
        if (status != STATUS_OK ||
            authority_of(person, OP_APART, item.side.area) != VERDICT_ALLOWED || allowed)
            continue;
        memcpy(ret_area, item.side.area, AREA_CODE);
        allowed = true;
    }
    arena_release(&arena);
    if (status == STATUS_OK && !allowed)
        status = db_refuse(db, STATUS_FORBIDDEN, "this person may not write at either of the two");
    return status;
}

static enum status write_decision(struct db *db, const struct person *person, const char *area,
                                  const struct uuid *a, const struct uuid *b, bool apart)
{
    struct text actor = TEXT_INIT, name = TEXT_INIT;
    char first[UUID_TEXT], second[UUID_TEXT];
    const struct field_value fields[] = {
        {APART_A, {.type = VALUE_ID, .id = *a}},
        {APART_B, {.type = VALUE_ID, .id = *b}},
        {APART_ON, {.type = VALUE_INT, .integer = apart ? VALUE_ANSWER_YES : VALUE_ANSWER_NO}},
    };
    uuid_format(a, first);
    uuid_format(b, second);
    text_addf(&name, "apart/%s/%s", first, second);
    person_actor(person, &actor);
    const struct change change = {
        .kind = OP_APART,
        .record_kind = (enum record_kind)RECORD_APART,
        .record = uuid_from_name(name.bytes),
        .area = area,
        .fields = fields,
        .field_count = sizeof fields / sizeof *fields,
        .actor = actor.bytes,
        .reason = "",
    };
    enum status status = proposal_write(db, &change);
    text_release(&actor);
    text_release(&name);
    return status;
}

enum status apart_set(struct db *db, const struct person *person, const struct uuid *a,
                      const struct uuid *b, bool apart)
{
    char area[AREA_CODE] = "";
    bool now = false;
    if (uuid_equal(a, b))
        return db_refuse(db, STATUS_INVALID, "one service, not two");
    put_in_order(&a, &b);
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    status = find_area(db, person, a, b, area);
    if (status == STATUS_OK)
        status = apart_holds(db, a, b, &now);
    if (status == STATUS_OK && now != apart)
        status = write_decision(db, person, area, a, b, apart);
    if (status == STATUS_OK)
        return db_commit(db);
    db_rollback(db);
    return status;
}
