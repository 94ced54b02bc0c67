/* Saves with parts in several logs; see whole_save.h. */
#include "db/whole_save.h"

#include "db/restricted_state.h"

/* --- writing one
 * ------------------------------------------------------------------------------------ */

static void add_id(struct save_link *link, int field, const struct uuid *id)
{
    link->fields[link->count++] = (struct field_value){field, {.type = VALUE_ID, .id = *id}};
}

static void add_number(struct save_link *link, int field, int64_t n)
{
    link->fields[link->count++] = (struct field_value){field, {.type = VALUE_INT, .integer = n}};
}

struct save_link save_parts_link(const struct save_parts *parts, int level)
{
    struct save_link link = {0};
    if (parts->first.seq) {
        add_id(&link, SAVE_OF_REPLICA, &parts->first.replica);
        add_number(&link, SAVE_OF_SEQ, parts->first.seq);
        return link;
    }
    for (int other = 1; other < LEVEL_COUNT; other++)
        if (other != level && parts->begins[other].seq)
            add_number(&link, SAVE_OFFICIALS + other - 1, parts->begins[other].seq);
    return link;
}

void save_parts_note(struct save_parts *parts, const struct op_ref *first)
{
    if (!parts->first.seq)
        parts->first = *first;
}

/* --- reading one
 * ------------------------------------------------------------------------------------ */

int whole_save_level(struct db *db, const struct uuid *replica)
{
    for (int level = 1; level <= restricted_level(db); level++)
        if (uuid_equal(&db->restricted->chains[level].replica, replica))
            return level;
    return LEVEL_PUBLIC;
}

struct db *whole_save_log(struct db *db, const struct uuid *replica)
{
    return whole_save_level(db, replica) ? restricted_records(db) : db;
}

static const struct value *find_value(const struct op_row *op, int field)
{
    for (size_t i = 0; i < op->field_count; i++)
        if (op->fields[i].field == field)
            return &op->fields[i].value;
    return NULL;
}

static int64_t find_number(const struct op_row *op, int field)
{
    const struct value *v = find_value(op, field);
    return v && v->type == VALUE_INT ? v->integer : 0;
}

struct op_ref whole_save_first(const struct op_row *first)
{
    const struct value *replica = find_value(first, SAVE_OF_REPLICA);
    int64_t seq = find_number(first, SAVE_OF_SEQ);
    return replica && replica->type == VALUE_ID && seq > 0 ? (struct op_ref){replica->id, seq}
                                                           : first->op;
}

static bool same_op(const struct op_ref *a, const struct op_ref *b)
{
    return a->seq == b->seq && uuid_equal(&a->replica, &b->replica);
}

enum { RUNS_MOST = 2 * LEVEL_COUNT };

static enum status read_run(struct db *db, struct whole_save *save, const struct op_ref *at)
{
    struct op_list *run = &save->runs[save->run_count];
    enum status status = op_of_save(whole_save_log(db, &at->replica), at, run);
    save->run_count += status == STATUS_OK;
    return status;
}

static void drop_last_run(struct whole_save *save)
{
    op_list_release(&save->runs[--save->run_count]);
}

/* The runs of one chain from `at` on, as long as they are of this save. */
static enum status read_part(struct db *db, struct whole_save *save, struct op_ref at)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && save->run_count < RUNS_MOST) {
        status = read_run(db, save, &at);
        if (status != STATUS_OK)
            break;
        const struct op_list *run = &save->runs[save->run_count - 1];
        struct op_ref first = whole_save_first(&run->rows[0]);
        if (!same_op(&first, &save->first) || run->rows[0].op.seq != at.seq) {
            drop_last_run(save);
            break;
        }
        at.seq += (int64_t)run->count;
    }
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* The sealed parts that the first op names. */
static enum status read_others(struct db *db, struct whole_save *save)
{
    enum status status = STATUS_OK;
    for (int level = 1; status == STATUS_OK && level < LEVEL_COUNT; level++) {
        int64_t seq = find_number(&save->runs[0].rows[0], SAVE_OFFICIALS + level - 1);
        if (seq > 0 && level > restricted_level(db))
            save->locked = level;
        else if (seq > 0)
            status =
                read_part(db, save, (struct op_ref){db->restricted->chains[level].replica, seq});
    }
    return status;
}

static void join_runs(struct whole_save *save)
{
    size_t count = 0;
    for (size_t i = 0; i < save->run_count; i++)
        count += save->runs[i].count;
    save->rows = arena_alloc(&save->arena, count * sizeof *save->rows);
    for (size_t i = 0; i < save->run_count; i++)
        for (size_t j = 0; j < save->runs[i].count; j++)
            save->rows[save->count++] = save->runs[i].rows[j];
}

/* Only a level that is locked can hide where the save begins: then the part alone is told. */
static enum status read_whole(struct db *db, const struct op_ref *op, struct whole_save *save)
{
    enum status status = read_run(db, save, op);
    if (status != STATUS_OK)
        return status;
    save->first = whole_save_first(&save->runs[0].rows[0]);
    bool begins_here = same_op(&save->first, &save->runs[0].rows[0].op);
    struct op_list part = save->runs[0];
    save->run_count = 0;
    status = read_part(db, save, save->first);
    if (status == STATUS_OK && !save->run_count && !begins_here) {
        save->runs[save->run_count++] = part;
        save->locked = LEVEL_FOCAL_PERSON;
        return STATUS_OK;
    }
    op_list_release(&part);
    return status == STATUS_OK ? read_others(db, save) : status;
}

enum status whole_save_load(struct db *db, const struct op_ref *op, struct whole_save *ret_save)
{
    struct whole_save save = {0};
    save.runs = arena_alloc(&save.arena, RUNS_MOST * sizeof *save.runs);
    enum status status = read_whole(db, op, &save);
    if (status == STATUS_OK) {
        join_runs(&save);
        *ret_save = save;
    } else {
        whole_save_release(&save);
    }
    return status;
}

void whole_save_release(struct whole_save *save)
{
    for (size_t i = 0; i < save->run_count; i++)
        op_list_release(&save->runs[i]);
    arena_release(&save->arena);
    *save = (struct whole_save){0};
}
