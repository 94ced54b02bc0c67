/* Which changes and records are confidential, and what a save does with them; see restricted.h.
 * Knows nothing of keys and sealing. */
#include "db/restricted.h"

#include <stdlib.h>
#include <string.h>

#include "db/fold.h"
#include "db/restricted_state.h"

struct restricted *restricted_of(struct db *db)
{
    if (!db->restricted)
        db->restricted = mem_zalloc(1, sizeof *db->restricted);
    return db->restricted;
}

int restricted_level(const struct db *db)
{
    return db && db->restricted && db->restricted->memory ? db->restricted->level : LEVEL_PUBLIC;
}

struct db *restricted_records(struct db *db)
{
    return db->restricted ? db->restricted->memory : NULL;
}

void restricted_lock(struct db *db)
{
    struct restricted *r = db->restricted;
    if (!r)
        return;
    db_close(r->memory);
    r->memory = NULL;
    for (int level = 1; level < LEVEL_COUNT; level++) {
        seal_key_free(r->chains[level].key);
        r->chains[level] = (struct sealed_chain){0};
    }
    if (r->level != LEVEL_PUBLIC)
        seal_allow_dumps();
    r->level = LEVEL_PUBLIC;
}

void restricted_close(struct db *db)
{
    if (!db->restricted)
        return;
    restricted_lock(db);
    db_close(db->restricted->file);
    free(db->restricted);
    db->restricted = NULL;
}

/* --- where a record lives
 * --------------------------------------------------------------------------- */

/* Its status in this directory; 0: no such record there. */
static enum status status_of(struct db *db, enum record_kind kind, const struct uuid *record,
                             int *ret_status)
{
    sqlite3_stmt *s;
    bool row = false;
    enum status status = record_statement(db, kind, RECORD_SELECT, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":id", record);
    status = db_step(db, s, &row);
    *ret_status = row ? sqlite3_column_int(s, 1) : 0;
    sqlite3_reset(s);
    return status;
}

enum status restricted_holds(struct db *db, enum record_kind kind, const struct uuid *record,
                             int *ret_level)
{
    int here = 0, open = 0;
    struct db *memory = restricted_records(db);
    *ret_level = LEVEL_PUBLIC;
    if (!memory)
        return STATUS_OK;
    enum status status = status_of(memory, kind, record, &here);
    if (status != STATUS_OK || !here)
        return status;
    status = status_of(db, kind, record, &open);
    bool moved_out = here == VALUE_STATUS_CLOSED && open && open != VALUE_STATUS_CLOSED;
    if (status != STATUS_OK || moved_out)
        return status;
    return restricted_home(db, record, ret_level);
}

/* The same for a record of whatever kind. */
static enum status level_of_any(struct db *db, const struct uuid *record, int *ret_level)
{
    struct db *memory = restricted_records(db);
    sqlite3_stmt *s;
    bool row = false;
    *ret_level = LEVEL_PUBLIC;
    if (!memory)
        return STATUS_OK;
    enum status status = db_query(memory, QUERY_OP_RECORD_KIND, &s);
    if (status != STATUS_OK)
        return status;
    bind_id(s, ":record", record);
    status = db_step(memory, s, &row);
    int kind = row ? sqlite3_column_int(s, 0) : 0;
    sqlite3_reset(s);
    if (status != STATUS_OK || !row || !kind_name((enum record_kind)kind))
        return status;
    return restricted_holds(db, (enum record_kind)kind, record, ret_level);
}

/* --- how confidential a change is
 * ------------------------------------------------------------------- */

static int confidentiality_field(enum record_kind kind)
{
    const struct field *f = field_by_column(kind, "confidentiality");
    return f ? f->number : 0;
}

static const struct value *value_in(const struct change *c, int field)
{
    for (size_t i = 0; i < c->field_count; i++)
        if (c->fields[i].field == field)
            return &c->fields[i].value;
    return NULL;
}

/* What the change itself says; -1: nothing. */
static int said_level(const struct change *c)
{
    int field = confidentiality_field(c->record_kind);
    const struct value *v = field ? value_in(c, field) : NULL;
    bool writes = c->kind == OP_CREATE || c->kind == OP_SET || c->kind == OP_RESOLVE;
    if (!v || !writes || (v->type != VALUE_INT && v->type != VALUE_NULL))
        return -1;
    int64_t level = v->type == VALUE_INT ? v->integer : LEVEL_PUBLIC;
    return level >= 0 && level < LEVEL_COUNT ? (int)level : LEVEL_PUBLIC;
}

/* One change of a save on its way. */
struct way {
    int home; /* where the record lives now */
    int want; /* where it is going to live */
};

struct ways {
    const struct change *changes;
    struct way *rows;
    size_t count;
};

/* What a record must be at least because of what it points to: nothing that leads to a confidential
 * record is public. */
static enum status level_of_target(struct db *db, const struct ways *w, const struct uuid *target,
                                   int *ret_level)
{
    for (size_t i = 0; i < w->count; i++)
        if (uuid_equal(&w->changes[i].record, target)) {
            *ret_level = w->rows[i].want;
            return STATUS_OK;
        }
    return level_of_any(db, target, ret_level);
}

/* References that the record has already and the change leaves as they are. */
static enum status raise_by_stored(struct db *db, const struct ways *w, size_t at, int *level)
{
    const struct change *c = &w->changes[at];
    struct record_list list = {0};
    size_t count;
    const struct field *f = field_list(c->record_kind, &count);
    enum status status = record_load(db, c->record_kind, &c->record, &list);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        int target = LEVEL_PUBLIC;
        const struct value *v = record_value(&list.rows[0], f[i].number);
        if (v->type != VALUE_ID || value_in(c, f[i].number))
            continue;
        status = level_of_target(db, w, &v->id, &target);
        *level = target > *level ? target : *level;
    }
    record_list_release(&list);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status raise_by_values(struct db *db, const struct ways *w, size_t at, int *level)
{
    const struct change *c = &w->changes[at];
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < c->field_count; i++) {
        int target = LEVEL_PUBLIC;
        if (c->fields[i].value.type != VALUE_ID || c->fields[i].field == MERGE_INTO)
            continue;
        status = level_of_target(db, w, &c->fields[i].value.id, &target);
        *level = target > *level ? target : *level;
    }
    return status;
}

static enum status find_want(struct db *db, const struct ways *w, size_t at, int *ret_want)
{
    const struct change *c = &w->changes[at];
    int said = said_level(c), level = said >= 0 ? said : w->rows[at].home;
    enum status status = raise_by_values(db, w, at, &level);
    if (status == STATUS_OK && said >= 0 && w->rows[at].home > LEVEL_PUBLIC)
        status = raise_by_stored(db, w, at, &level);
    /* Another change of the same save may move the record. */
    for (size_t i = 0; i < at; i++)
        if (uuid_equal(&w->changes[i].record, &c->record) && said < 0)
            level = w->rows[i].want;
    if (status == STATUS_OK)
        *ret_want = level;
    return status;
}

/* Homes, then wants until nothing is raised any more: what points to what stands in any order. */
static enum status find_ways(struct db *db, struct ways *w)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < w->count; i++) {
        const struct change *c = &w->changes[i];
        status = restricted_holds(db, c->record_kind, &c->record, &w->rows[i].home);
        int said = said_level(c);
        w->rows[i].want = said >= 0 ? said : w->rows[i].home;
    }
    bool moved = true;
    for (size_t pass = 0; status == STATUS_OK && moved && pass <= w->count; pass++) {
        moved = false;
        for (size_t i = 0; status == STATUS_OK && i < w->count; i++) {
            int want = LEVEL_PUBLIC;
            status = find_want(db, w, i, &want);
            moved = moved || want != w->rows[i].want;
            w->rows[i].want = want;
        }
    }
    return status;
}

bool restricted_concerns(struct db *db, const struct change *changes, size_t count)
{
    if (db->outer || db->born || db->keeps_open)
        return false;
    if (restricted_records(db))
        return true;
    for (size_t i = 0; i < count; i++)
        if (said_level(&changes[i]) > LEVEL_PUBLIC)
            return true;
    return false;
}

enum status restricted_level_of(struct db *db, const struct change *changes, size_t count,
                                int *ret_level)
{
    struct arena arena = {0};
    struct ways w = {changes, arena_alloc(&arena, (count + 1) * sizeof *w.rows), count};
    int level = LEVEL_PUBLIC;
    enum status status = find_ways(db, &w);
    for (size_t i = 0; i < count; i++) {
        level = w.rows[i].want > level ? w.rows[i].want : level;
        level = w.rows[i].home > level ? w.rows[i].home : level;
    }
    arena_release(&arena);
    if (status == STATUS_OK)
        *ret_level = level;
    return status;
}

enum status restricted_levels_of(struct db *db, const struct change *changes, size_t count,
                                 int *ret_levels)
{
    struct arena arena = {0};
    struct ways w = {changes, arena_alloc(&arena, (count + 1) * sizeof *w.rows), count};
    bool concerns = restricted_concerns(db, changes, count);
    enum status status = concerns ? find_ways(db, &w) : STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        ret_levels[i] = concerns ? w.rows[i].want : LEVEL_PUBLIC;
    arena_release(&arena);
    return status;
}

enum status restricted_leaves_past(struct db *db, const struct change *changes, size_t count,
                                   bool *ret_leaves)
{
    struct arena arena = {0};
    struct ways w = {changes, arena_alloc(&arena, (count + 1) * sizeof *w.rows), count};
    enum status status = find_ways(db, &w);
    bool leaves = false;
    for (size_t i = 0; i < count; i++)
        leaves = leaves || (w.rows[i].home == LEVEL_PUBLIC && w.rows[i].want > LEVEL_PUBLIC &&
                            changes[i].kind != OP_CREATE);
    arena_release(&arena);
    if (status == STATUS_OK)
        *ret_leaves = leaves;
    return status;
}

/* --- splitting a save
 * ------------------------------------------------------------------------------- */

/* A save in two: what goes into the directory's own log, and what is sealed. */
struct split {
    struct arena arena;
    struct change *open, *sealed;
    size_t *open_of, *sealed_of; /* which change of the save each comes from */
    int *level;                  /* of each sealed one */
    size_t open_count, sealed_count;
};

static void add_open(struct split *s, const struct change *c, size_t of)
{
    s->open[s->open_count] = *c;
    s->open_of[s->open_count++] = of;
}

static void add_sealed(struct split *s, const struct change *c, size_t of, int level)
{
    s->sealed[s->sealed_count] = *c;
    s->level[s->sealed_count] = level;
    s->sealed_of[s->sealed_count++] = of;
}

static struct change bare(const struct change *c, enum op_kind kind, const struct seen *seen)
{
    struct change b = *c;
    b.kind = kind;
    b.fields = NULL;
    b.field_count = 0;
    b.seen = seen;
    return b;
}

/* Everything the record says, with what the change says instead. */
static enum status whole_fields(struct db *db, const struct change *c, struct arena *arena,
                                struct change *ret_change)
{
    struct record_list list = {0};
    size_t count, n = 0;
    const struct field *f = field_list(c->record_kind, &count);
    enum status status = record_load(db, c->record_kind, &c->record, &list);
    struct field_value *fields = arena_alloc(arena, (count + 1) * sizeof *fields);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct value *said = value_in(c, f[i].number);
        struct value v = said ? *said : *record_value(&list.rows[0], f[i].number);
        if (!said && v.type == VALUE_TEXT)
            v.text.bytes = arena_strndup(arena, v.text.bytes, v.text.len);
        fields[n++] = (struct field_value){f[i].number, v};
    }
    const struct value *state = value_in(c, FIELD_STATUS);
    if (state)
        fields[n++] = (struct field_value){FIELD_STATUS, *state};
    record_list_release(&list);
    ret_change->fields = fields;
    ret_change->field_count = n;
    return status;
}

/* The record goes on with all it says in `to` (NULL: the directory itself): created there, or,
 * where it has been before, opened again. */
static enum status continue_in(struct db *db, struct split *s, const struct change *c, size_t of,
                               int level)
{
    struct change whole = *c;
    int known = 0;
    enum status status = whole_fields(db, c, &s->arena, &whole);
    if (status == STATUS_OK)
        status = status_of(level ? restricted_records(db) : db, c->record_kind, &c->record, &known);
    if (status != STATUS_OK)
        return status;
    whole.seen = NULL;
    whole.kind = known ? OP_SET : OP_CREATE;
    struct change reopen = bare(c, OP_REOPEN, NULL);
    if (level) {
        if (known)
            add_sealed(s, &reopen, of, level);
        add_sealed(s, &whole, of, level);
    } else {
        if (known)
            add_open(s, &reopen, of);
        add_open(s, &whole, of);
    }
    return STATUS_OK;
}

/* From where it lives to where it is going to live. */
static enum status move(struct db *db, struct split *s, const struct ways *w, size_t at)
{
    const struct change *c = &w->changes[at];
    const struct way *way = &w->rows[at];
    struct change close = bare(c, OP_CLOSE, c->seen);
    if (way->home == LEVEL_PUBLIC)
        add_open(s, &close, at);
    else
        add_sealed(s, &close, at, way->home);
    return continue_in(db, s, c, at, way->want);
}

static bool first_of_record(const struct ways *w, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (uuid_equal(&w->changes[i].record, &w->changes[at].record))
            return false;
    return true;
}

static enum status split_change(struct db *db, struct split *s, const struct ways *w, size_t at)
{
    const struct change *c = &w->changes[at];
    const struct way *way = &w->rows[at];
    bool created = c->kind == OP_CREATE, moves = way->home != way->want && !created;
    if (moves && first_of_record(w, at))
        return move(db, s, w, at);
    if (way->want > LEVEL_PUBLIC)
        add_sealed(s, c, at, way->want);
    else
        add_open(s, c, at);
    return STATUS_OK;
}

/* Closings of what leaves a level come first; then lower levels before higher ones, because nothing
 * points to a higher level than its own. */
static enum status append_sealed(struct db *db, const struct split *s, bool closings, int level,
                                 struct save_parts *parts, struct op_refusal *refusal)
{
    struct db *memory = restricted_records(db);
    struct change *run = mem_alloc((s->sealed_count + 1) * sizeof *run);
    size_t *of = mem_alloc((s->sealed_count + 1) * sizeof *of), count = 0;
    struct op_refusal inner = {0};
    struct op_ref first;
    for (size_t i = 0; i < s->sealed_count; i++) {
        bool closing = s->sealed[i].kind == OP_CLOSE && i + 1 < s->sealed_count &&
                       s->sealed_of[i + 1] == s->sealed_of[i];
        if (s->level[i] != level || closing != closings)
            continue;
        of[count] = s->sealed_of[i];
        run[count++] = s->sealed[i];
    }
    enum status status = STATUS_OK;
    if (count > 0)
        status = restricted_use_chain(db, level);
    if (count > 0 && status == STATUS_OK) {
        struct save_link link = save_parts_link(parts, level);
        status = op_append_open(memory, run, count, &link, &inner, &first);
        if (status != STATUS_OK) {
            *refusal = (struct op_refusal){of[inner.change], inner.field};
            (void)db_refuse(db, status, "%s", db_error(memory));
        } else {
            save_parts_note(parts, &first);
        }
    }
    free(run);
    free(of);
    return status;
}

static enum status append_split(struct db *db, const struct split *s, struct op_refusal *refusal,
                                struct op_ref *ret_save)
{
    enum status status = STATUS_OK;
    struct op_refusal inner = {0};
    struct save_parts parts = {0};
    struct op_ref first;
    if (s->sealed_count > 0)
        status = restricted_begin(db);
    for (size_t i = 0; status == STATUS_OK && i < s->sealed_count; i++)
        status = restricted_next(db, s->level[i], &parts.begins[s->level[i]]);
    if (status == STATUS_OK && s->open_count > 0) {
        struct save_link link = save_parts_link(&parts, LEVEL_PUBLIC);
        status = op_append_open(db, s->open, s->open_count, &link, &inner, &first);
        if (status != STATUS_OK)
            *refusal = (struct op_refusal){s->open_of[inner.change], inner.field};
        else
            save_parts_note(&parts, &first);
    }
    for (int pass = 0; pass < 2; pass++)
        for (int level = 1; level < LEVEL_COUNT; level++)
            if (status == STATUS_OK && s->sealed_count > 0)
                status = append_sealed(db, s, pass == 0, level, &parts, refusal);
    *ret_save = parts.first;
    return status;
}

static enum status split_save(struct db *db, const struct ways *w, struct split *s,
                              struct op_refusal *refusal)
{
    size_t room = 3 * w->count;
    enum status status = STATUS_OK;
    s->open = arena_alloc(&s->arena, room * sizeof *s->open);
    s->sealed = arena_alloc(&s->arena, room * sizeof *s->sealed);
    s->open_of = arena_alloc(&s->arena, room * sizeof *s->open_of);
    s->sealed_of = arena_alloc(&s->arena, room * sizeof *s->sealed_of);
    s->level = arena_alloc(&s->arena, room * sizeof *s->level);
    for (size_t i = 0; status == STATUS_OK && i < w->count; i++) {
        *refusal = (struct op_refusal){.change = i};
        if (w->rows[i].want > restricted_level(db) || w->rows[i].home > restricted_level(db))
            status = db_refuse(db, STATUS_LOCKED, "level %d is locked", w->rows[i].want);
        else
            status = split_change(db, s, w, i);
    }
    return status;
}

/* Sealed records go with what they hang on when it is merged, and a sealed one that was written now
 * is folded by its own log alone, which may still name the record from before a merge. */
static enum status follow(struct db *db, const struct ways *w, const struct split *s)
{
    bool concerns = s->sealed_count > 0;
    for (size_t i = 0; i < w->count; i++)
        concerns = concerns || w->changes[i].kind == OP_MERGE;
    if (!concerns || !restricted_records(db))
        return STATUS_OK;
    enum status status = restricted_begin(db);
    return status == STATUS_OK ? restricted_follow_merges(db) : status;
}

static enum status append_in_transaction(struct db *db, struct ways *w, struct split *s,
                                         struct op_refusal *refusal, struct op_ref *ret_save)
{
    enum status status = db_begin(db);
    if (status != STATUS_OK)
        return status;
    if (restricted_records(db) && !db->restricted->writing)
        status = restricted_refresh(db);
    if (status == STATUS_OK)
        status = find_ways(db, w);
    if (status == STATUS_OK)
        status = split_save(db, w, s, refusal);
    if (status == STATUS_OK)
        status = append_split(db, s, refusal, ret_save);
    if (status == STATUS_OK)
        status = follow(db, w, s);
    for (size_t i = 0; status == STATUS_OK && i < w->count; i++)
        status = restricted_check_served(db, &w->changes[i], w->rows[i].want, i, refusal);
    if (status != STATUS_OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db);
}

enum status restricted_append_all(struct db *db, const struct change *changes, size_t count,
                                  struct op_refusal *ret_refusal, struct op_ref *ret_save)
{
    struct split s = {0};
    struct ways w = {changes, arena_alloc(&s.arena, count * sizeof *w.rows), count};
    struct op_refusal refusal = {0};
    struct op_ref save = {0};
    enum status status = append_in_transaction(db, &w, &s, &refusal, &save);
    arena_release(&s.arena);
    if (status == STATUS_OK && ret_save)
        *ret_save = save;
    if (status != STATUS_OK && ret_refusal)
        *ret_refusal = refusal;
    return status;
}

/* --- drafts
 * ----------------------------------------------------------------------------------------- */

static const char draft_place[] = "cpdir draft";

enum status restricted_seal(struct db *db, int level, const void *bytes, size_t len,
                            struct text *out)
{
    if (level < 1 || level >= LEVEL_COUNT || level > restricted_level(db))
        return db_refuse(db, STATUS_LOCKED, "level %d is locked", level);
    text_addc(out, (char)('0' + level));
    seal_put(out, db->restricted->chains[level].key, draft_place, sizeof draft_place, bytes, len);
    return STATUS_OK;
}

enum status restricted_unseal(struct db *db, const void *sealed, size_t len, struct text *out)
{
    const char *bytes = sealed;
    int level = len > 0 ? bytes[0] - '0' : 0;
    if (level < 1 || level >= LEVEL_COUNT)
        return STATUS_DENIED;
    if (level > restricted_level(db))
        return db_refuse(db, STATUS_LOCKED, "level %d is locked", level);
    return seal_get(out, db->restricted->chains[level].key, draft_place, sizeof draft_place,
                    bytes + 1, len - 1);
}
