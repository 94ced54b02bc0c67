/* `cpdir history ID`, `undo [ID]`, `redo [ID]`: what was changed, and taking it back. */
#include <string.h>

#include "db/history.h"
#include "tui/change.h"
#include "tui/cli_write.h"
#include "tui/raw.h"
#include "tui/value.h"

static const struct column columns[] = {
    {"time", CELL_TEXT},
    {"actor", CELL_TEXT},
    {"kind", CELL_TEXT},
    {"field", CELL_TEXT},
    {"old", CELL_TEXT},
    {"new", CELL_TEXT},
    {"reason", CELL_TEXT},
    {"record", CELL_TEXT},
    {"record_kind", CELL_TEXT},
    {"undone", CELL_TEXT},
    {"confidentiality", CELL_TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const struct {
    const char *name;
    enum message label;
} kinds[] = {
    [OP_CREATE] = {"create", MSG_CHANGE_CREATED}, [OP_SET] = {"set", MSG_CHANGE_OTHER},
    [OP_CLOSE] = {"close", MSG_CHANGE_CLOSED},    [OP_REOPEN] = {"reopen", MSG_CHANGE_REOPENED},
    [OP_MERGE] = {"merge", MSG_CHANGE_MERGED},    [OP_VERIFY] = {"verify", MSG_CHANGE_VERIFIED},
    [OP_RESOLVE] = {"resolve", MSG_CHANGE_OTHER}, [OP_UNDO] = {"undo", MSG_CHANGE_UNDO},
};

static bool is_known(enum op_kind kind)
{
    return kind > 0 && (size_t)kind < sizeof kinds / sizeof *kinds && kinds[kind].name;
}

const char *cli_op_name(enum op_kind kind)
{
    return is_known(kind) ? kinds[kind].name : NULL;
}

/* --- fields of ops that are no field of a record -------------------------------------------- */

static const struct {
    int field;
    const char *name, *set;
    enum message label;
} others[] = {
    {FIELD_STATUS, "status", "STATUS", MSG_FIELD_STATUS},
    {VERIFY_METHOD, "method", "METHOD", MSG_VERIFY_METHOD},
    {VERIFY_RESULT, "result", "RESULT", MSG_VERIFY_RESULT},
    {VERIFY_NOTE, "note", NULL, MSG_VERIFY_NOTE},
    {MERGE_INTO, "merged_into", NULL, MSG_CHANGE_MERGED},
};
enum { OTHERS = sizeof others / sizeof *others };

static size_t find_other(int field)
{
    size_t i = 0;
    while (i < OTHERS && others[i].field != field)
        i++;
    return i;
}

const char *cli_field_name(int field)
{
    const struct field *f = field_by_number(field);
    size_t other = find_other(field);
    return f ? f->column : other < OTHERS ? others[other].name : NULL;
}

void cli_field_label(struct text *out, enum lang lang, int field)
{
    const struct field *f = field_by_number(field);
    size_t other = find_other(field);
    if (f)
        value_label(out, lang, f);
    else if (other < OTHERS)
        text_adds(out, message_get(lang, others[other].label));
}

bool cli_field_raw(struct text *out, int field, const struct value *v)
{
    static const struct field plain = {.type = FIELD_PROSE, .rule = "FREE", .lang = FIELD_NONE};
    const struct field *f = field_by_number(field);
    size_t other = find_other(field);
    const char *set = other < OTHERS ? others[other].set : NULL;
    if (set && v->type == VALUE_INT && enum_name(set, (int)v->integer)) {
        text_adds(out, enum_name(set, (int)v->integer));
        return true;
    }
    return raw_value(out, f ? f : &plain, v);
}

void cli_field_show(struct text *out, struct db *db, struct names *names, enum lang lang, int field,
                    const struct value *v)
{
    const struct field *f = field_by_number(field);
    size_t other = find_other(field);
    const char *set = other < OTHERS ? others[other].set : NULL;
    enum message label;
    if (v->type == VALUE_NULL)
        text_adds(out, message_get(lang, MSG_CHANGE_NOTHING));
    else if (f)
        value_show(out, db, names, lang, f, v);
    else if (set && v->type == VALUE_INT && enum_label(set, (int)v->integer, &label))
        text_adds(out, message_get(lang, label));
    else if (v->type == VALUE_ID)
        value_record_name(out, db, lang, &v->id);
    else
        (void)cli_field_raw(out, field, v);
}

/* --- rows for programs ----------------------------------------------------------------------- */

static void print_row(const struct cli *c, const struct history_save *save,
                      const struct history_change *change)
{
    struct text time = TEXT_INIT, was = TEXT_INIT, is = TEXT_INIT;
    char id[UUID_TEXT];
    cli_add_utc(&time, save->time_ms);
    uuid_format(&change->record, id);
    bool had = cli_field_raw(&was, change->field, &change->was);
    bool has = cli_field_raw(&is, change->field, &change->is);
    const char *cells[COLUMNS] = {time.bytes,
                                  *save->actor ? save->actor : NULL,
                                  cli_op_name(change->kind),
                                  cli_field_name(change->field),
                                  had ? was.bytes : NULL,
                                  has ? is.bytes : NULL,
                                  *save->reason ? save->reason : NULL,
                                  id,
                                  kind_name(change->record_kind),
                                  change->undone ? "yes" : NULL,
                                  change->level ? enum_name("CONFIDENTIALITY", change->level)
                                                : NULL};
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&time);
    text_release(&was);
    text_release(&is);
}

static void print_rows(const struct cli *c, const struct history *h)
{
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < h->count; i++)
        for (size_t j = 0; j < h->rows[i].count; j++)
            print_row(c, &h->rows[i], &h->rows[i].changes[j]);
}

/* --- text for people ------------------------------------------------------------------------- */

static void add_head(struct text *out, enum lang lang, const struct history_save *save)
{
    cli_add_time(out, save->time_ms);
    text_addf(out, "  %s", *save->actor ? save->actor : message_get(lang, MSG_CHANGE_NOBODY));
    if (save->is_undo)
        text_addf(out, NAMES_DOT "%s", message_get(lang, MSG_CHANGE_UNDO));
    if (save->undone)
        text_addf(out, NAMES_DOT "%s", message_get(lang, MSG_CHANGE_UNDONE));
    if (*save->reason)
        text_addf(out, NAMES_DOT "%s", save->reason);
    text_addc(out, '\n');
}

/* One more change of the op before it. */
static bool goes_on(const struct history_change *change, const struct history_change *before)
{
    return before && before->kind == change->kind && uuid_equal(&before->record, &change->record);
}

/* What is done to the record as a whole, in a word; NULL: the fields tell it, or the head. */
static const char *whole_word(enum lang lang, const struct history_change *change,
                              const struct history_change *before)
{
    bool told = change->kind == OP_SET || change->kind == OP_UNDO || !is_known(change->kind);
    return told || goes_on(change, before) ? NULL : message_get(lang, kinds[change->kind].label);
}

static void add_change(const struct cli *c, struct names *names, struct text *out,
                       const struct history_change *change, const struct history_change *before,
                       enum record_kind subject)
{
    enum lang lang = c->io->lang;
    const char *word = whole_word(lang, change, before);
    bool of = change->record_kind != subject && kind_name(change->record_kind);
    if (!of && !word && !change->field) /* an undo or redo of what has no field: the head says it */
        return;
    text_adds(out, "    ");
    if (of)
        text_addf(out, "%s%s", value_kind_label(lang, change->record_kind),
                  word || change->field ? NAMES_DOT : "");
    if (word)
        text_addf(out, "%s%s", word, change->field ? NAMES_DOT : "");
    if (change->field) {
        cli_field_label(out, lang, change->field);
        text_adds(out, ": ");
        if (change->was.type != VALUE_NULL) {
            cli_field_show(out, c->directory.db, names, lang, change->field, &change->was);
            text_adds(out, " \xE2\x86\x92 ");
        }
        cli_field_show(out, c->directory.db, names, lang, change->field, &change->is);
    }
    change_mark(out, lang, change);
    text_addc(out, '\n');
}

/* Saves of one author at one moment, as the directory was made, stand under one head. */
static bool same_moment(const struct history_save *a, const struct history_save *b)
{
    return a->time_ms == b->time_ms && !strcmp(a->actor, b->actor) &&
           !strcmp(a->reason, b->reason) && a->is_undo == b->is_undo && a->undone == b->undone;
}

static void print_text(const struct cli *c, const struct history *h, enum record_kind subject)
{
    struct names *names = names_new(c->directory.db, NULL);
    struct text out = TEXT_INIT;
    for (size_t i = 0; i < h->count; i++) {
        const struct history_save *save = &h->rows[i];
        if (!i || !same_moment(save, &h->rows[i - 1]))
            add_head(&out, c->io->lang, save);
        for (size_t j = 0; j < save->count; j++)
            add_change(c, names, &out, &save->changes[j], j ? &save->changes[j - 1] : NULL,
                       subject);
    }
    if (out.len)
        text_truncate(&out, out.len - 1);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
    names_free(names);
}

int cli_history(struct cli *c)
{
    struct history history = {0};
    enum record_kind kind = 0;
    struct uuid id;
    int code = cli_open(c);
    if (!code)
        code = cli_find_record(c, c->request->words[0], &kind, &id);
    if (code)
        return code;
    enum status status = history_load(c->directory.db, &id, &history);
    if (status)
        return cli_failed(c, status);
    if (c->format == OUTPUT_TEXT)
        print_text(c, &history, kind);
    else
        print_rows(c, &history);
    history_release(&history);
    return EXIT_DONE;
}

/* --- undo, redo ------------------------------------------------------------------------------ */

/* The first thing that stands in the way. */
static int tell_block(const struct cli *c, const struct undo_blocks *blocks)
{
    static const enum message reasons[] = {
        [UNDO_DONE_ALREADY] = MSG_UNDO_DONE_ALREADY,
        [UNDO_CHANGED] = MSG_UNDO_CHANGED,
        [UNDO_VERIFIED] = MSG_UNDO_VERIFIED,
        [UNDO_REFERRED] = MSG_UNDO_REFERRED,
        [UNDO_RULE] = MSG_UNDO_RULE,
        [UNDO_HIDDEN] = MSG_UNDO_HIDDEN,
        [UNDO_LOCKED] = MSG_UNDO_LOCKED,
    };
    const struct undo_block *b = &blocks->rows[0];
    struct text field = TEXT_INIT, time = TEXT_INIT, name = TEXT_INIT;
    value_record_name(&name, c->directory.db, c->io->lang, &b->record);
    cli_field_label(&field, c->io->lang, b->field);
    if (!field.len && kind_name(b->record_kind))
        text_adds(&field, value_kind_label(c->io->lang, b->record_kind));
    cli_add_time(&time, b->time_ms);
    const char *actor = *b->actor ? b->actor : message_get(c->io->lang, MSG_EDIT_SOMEONE);
    int code = problem_tell(c->io, EXIT_CONFLICT, reasons[b->reason],
                            PROBLEM({"actor", actor}, {"day", time.bytes}, {"field", field.bytes},
                                    {"name", name.bytes}));
    text_release(&name);
    text_release(&field);
    text_release(&time);
    return code;
}

static void print_undone(const struct cli *c, const struct op_ref *save, enum message said)
{
    struct op_list ops = {0};
    struct text line = TEXT_INIT, time = TEXT_INIT;
    static const struct column undo_columns[] = {{"outcome", CELL_TEXT}, {"time", CELL_TEXT}};
    if (op_of_save(c->directory.db, save, &ops) != STATUS_OK)
        return;
    if (c->format == OUTPUT_TEXT) {
        cli_add_time(&time, ops.rows[0].time_ms);
        message_format(&line, c->io->lang, said, "time", time.bytes, (char *)NULL);
        output_lines(c->io->out, line.bytes);
    } else {
        cli_add_utc(&time, ops.rows[0].time_ms);
        const char *cells[] = {"written", time.bytes};
        output_head(c->io->out, c->format, undo_columns, 2);
        output_row(c->io->out, c->format, undo_columns, 2, cells);
    }
    op_list_release(&ops);
    text_release(&line);
    text_release(&time);
}

/* The save meant: of the record, or the person's own last one. */
static enum status find_save(const struct cli *c, const struct person *person,
                             const struct uuid *record, bool redo, struct op_ref *ret_save)
{
    struct text actor = TEXT_INIT;
    person_actor(person, &actor);
    const char *whose = record ? NULL : actor.bytes;
    enum status status =
        (redo ? undo_find_redo : undo_find)(c->directory.db, record, whose, ret_save);
    text_release(&actor);
    return status;
}

static int take_back(struct cli *c, bool redo)
{
    struct person person;
    enum record_kind kind;
    struct uuid id;
    struct op_ref save, undo;
    struct undo_blocks blocks = {0};
    bool one = c->request->word_count > 0;
    int code = cli_open_writer(c, &person);
    if (!code && one)
        code = cli_find_record(c, c->request->words[0], &kind, &id);
    if (code)
        return code;
    enum status status = find_save(c, &person, one ? &id : NULL, redo, &save);
    if (status == STATUS_NOT_FOUND)
        return problem_tell(c->io, EXIT_NOTHING, redo ? MSG_REDO_NOTHING : MSG_UNDO_NOTHING,
                            PROBLEM_PLAIN);
    if (status == STATUS_OK)
        status = person_undo(c->directory.db, &person, &save, cli_reason(c), &blocks, &undo);
    if (status == STATUS_CONFLICT && blocks.count)
        code = tell_block(c, &blocks);
    else if (status)
        code = cli_failed(c, status);
    else
        print_undone(c, &save, redo ? MSG_REDO_DONE : MSG_UNDO_DONE);
    undo_blocks_release(&blocks);
    return code;
}

int cli_undo(struct cli *c)
{
    return take_back(c, false);
}

int cli_redo(struct cli *c)
{
    return take_back(c, true);
}
