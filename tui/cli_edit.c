/* `cpdir add`, `set`, `close`, `verify`, `merge`: editing from scripts, by the rules of the form.
 */
#include <stdlib.h>
#include <string.h>

#include "db/merge.h"
#include "db/record_find.h"
#include "db/restricted.h"
#include "tui/cli_write.h"
#include "tui/value.h"

/* The changes of one command; everything lives in the arena. */
struct draft {
    const struct cli *cli;
    struct arena arena;
    struct change *changes;
    size_t count, room;
};

/* --- FIELD=VALUE ----------------------------------------------------------------------------- */

static int tell_unknown(const struct draft *d, enum record_kind kind, const char *word, size_t len)
{
    size_t count;
    const struct field *fields = field_list(kind, &count);
    struct text name = TEXT_INIT, list = TEXT_INIT;
    text_add(&name, word, len);
    for (size_t i = 0; i < count; i++)
        text_addf(&list, "%s, ", fields[i].column);
    text_adds(&list, "status");
    int code = problem_tell(
        d->cli->io, EXIT_REFUSED, MSG_EDIT_FIELD,
        PROBLEM({"kind", kind_name(kind)}, {"word", name.bytes}, {"list", list.bytes}));
    text_release(&name);
    text_release(&list);
    return code;
}

static int tell_word(const struct draft *d, const char *word)
{
    struct text help = TEXT_INIT;
    text_addf(&help, "cpdir %s --help", d->cli->request->command->name);
    int code = problem_tell(d->cli->io, EXIT_USAGE, MSG_EDIT_FIELD_FORM,
                            PROBLEM({"word", word}, {"help", help.bytes}));
    text_release(&help);
    return code;
}

/* Which areas have the name, each with the code to type instead. */
static void add_areas(const struct draft *d, struct text *out, const char *typed)
{
    enum { MOST = 8 };
    struct area_list areas;
    if (area_find(d->cli->directory.db, typed, &areas) != STATUS_OK)
        return;
    struct names *names = names_new(d->cli->directory.db, NULL);
    for (size_t i = 0; i < areas.count && i < MOST; i++) {
        text_addf(out, "%s%s ", i ? ", " : " ", areas.rows[i].code);
        names_path(names, out, d->cli->io->lang, areas.rows[i].code);
    }
    if (areas.count > MOST)
        text_adds(out, ", \xE2\x80\xA6");
    names_free(names);
    area_list_release(&areas);
}

static int tell_fault(const struct draft *d, const struct field *field, const struct fault *fault,
                      const char *typed)
{
    struct text line = TEXT_INIT;
    value_complain(&line, d->cli->io->lang, field, fault);
    if (fault->kind == FAULT_MANY)
        add_areas(d, &line, typed);
    int code =
        problem_tell(d->cli->io, EXIT_REFUSED, MSG_PROBLEM_SENTENCE, PROBLEM({"text", line.bytes}));
    text_release(&line);
    return code;
}

static int read_status(struct draft *d, const char *typed, struct value *ret_value)
{
    int status;
    if (!enum_parse("STATUS", typed, &status))
        return problem_tell(d->cli->io, EXIT_REFUSED, MSG_PROBLEM_VALUE,
                            PROBLEM({"option", "status"}, {"value", typed},
                                    {"list", "active, inactive, temporarily_closed, closed"}));
    *ret_value = (struct value){.type = VALUE_INT, .integer = status};
    return EXIT_DONE;
}

/* A value of a field; records also by the beginning of their id. */
static int read_value(struct draft *d, const struct field *field, const char *typed,
                      struct value *ret_value)
{
    struct fault fault = {.kind = FAULT_RULE};
    struct db *db = d->cli->directory.db;
    enum record_kind kind;
    struct uuid id;
    if (field->type == FIELD_RECORD && *typed && record_find(db, typed, &kind, &id) == STATUS_OK) {
        *ret_value = (struct value){.type = VALUE_ID, .id = id};
        return EXIT_DONE;
    }
    enum status status = value_read(db, field, typed, strlen(typed), &d->arena, ret_value, &fault);
    if (status == STATUS_INVALID)
        return tell_fault(d, field, &fault, typed);
    return status ? cli_failed(d->cli, status) : EXIT_DONE;
}

static bool is_given(const struct change *c, int field)
{
    for (size_t i = 0; i < c->field_count; i++)
        if (c->fields[i].field == field)
            return true;
    return false;
}

static int read_word(struct draft *d, struct change *c, struct field_value *fields,
                     const char *word)
{
    const char *equals = strchr(word, '=');
    if (!equals || equals == word)
        return tell_word(d, word);
    char *name = arena_strndup(&d->arena, word, (size_t)(equals - word));
    bool is_status = !strcmp(name, "status");
    const struct field *field = field_by_column(c->record_kind, name);
    if (!field && !is_status)
        return tell_unknown(d, c->record_kind, name, strlen(name));
    struct field_value *f = &fields[c->field_count];
    f->field = is_status ? FIELD_STATUS : field->number;
    if (is_given(c, f->field))
        return problem_tell(d->cli->io, EXIT_USAGE, MSG_EDIT_FIELD_TWICE, PROBLEM({"word", name}));
    int code = is_status ? read_status(d, equals + 1, &f->value)
                         : read_value(d, field, equals + 1, &f->value);
    if (!code)
        c->field_count++;
    return code;
}

/* Adds a change and reads its words; *at ends behind them, at the end or at a "+". */
static int read_change(struct draft *d, struct change change, size_t *at)
{
    const struct request *q = d->cli->request;
    enum { DEFAULTS = 5 }; /* references that are filled in, and who may see it */
    struct field_value *fields =
        arena_alloc(&d->arena, (q->word_count + DEFAULTS) * sizeof *fields);
    int code = EXIT_DONE;
    change.fields = fields;
    for (; *at < q->word_count && strcmp(q->words[*at], "+") && !code; ++*at)
        code = read_word(d, &change, fields, q->words[*at]);
    d->changes = arena_grow(&d->arena, d->changes, d->count, &d->room, sizeof *d->changes);
    d->changes[d->count++] = change;
    return code;
}

/* --- add ------------------------------------------------------------------------------------- */

static int read_kind(struct draft *d, const char *word, enum record_kind *ret_kind)
{
    struct text list = TEXT_INIT;
    if (kind_parse(word, ret_kind))
        return EXIT_DONE;
    for (int kind = 1; kind < RECORD_KIND_END; kind++)
        text_addf(&list, "%s%s", kind > 1 ? ", " : "", kind_name((enum record_kind)kind));
    int code = problem_tell(d->cli->io, EXIT_REFUSED, MSG_EDIT_KIND,
                            PROBLEM({"word", word}, {"list", list.bytes}));
    text_release(&list);
    return code;
}

/* The record of this command that a reference left out means: the last one of its kind, or, where
 * any kind will do, the last service, else the first one of all. */
static const struct change *meant(const struct draft *d, const struct field *field)
{
    bool any = !strcmp(field->rule, "REF_ANY");
    for (size_t i = d->count - 1; i-- > 0;) {
        const char *name = kind_name(d->changes[i].record_kind),
                   *rule = any ? "SERVICE" : field->rule + 4;
        size_t len = strlen(name);
        bool same = strlen(rule) == len;
        for (size_t j = 0; same && j < len; j++)
            same = name[j] == '_' ? rule[j] == '_' : name[j] - 'a' + 'A' == rule[j];
        if (same)
            return &d->changes[i];
    }
    return any && d->count > 1 ? &d->changes[0] : NULL;
}

static void fill_references(struct draft *d)
{
    struct change *c = &d->changes[d->count - 1];
    struct field_value *fields = (struct field_value *)(uintptr_t)c->fields;
    size_t count;
    const struct field *all = field_list(c->record_kind, &count);
    for (size_t i = 0; i < count; i++) {
        const struct change *target;
        if (all[i].type != FIELD_RECORD || all[i].number == FIELD_ID(SERVICE, suspended_by) ||
            is_given(c, all[i].number) || !(target = meant(d, &all[i])))
            continue;
        fields[c->field_count++] =
            (struct field_value){all[i].number, {.type = VALUE_ID, .id = target->record}};
    }
}

/* KIND FIELD=VALUE... up to the end or a "+". */
static int read_new(struct draft *d, size_t *at)
{
    const struct request *q = d->cli->request;
    struct change c = {.kind = OP_CREATE, .reason = cli_reason(d->cli)};
    if (*at == q->word_count)
        return tell_word(d, "+");
    int code = read_kind(d, q->words[*at], &c.record_kind);
    if (!code && uuid_new(db_now_ms(d->cli->directory.db), &c.record))
        code = cli_failed(d->cli, STATUS_IO);
    ++*at;
    if (!code)
        code = read_change(d, c, at);
    if (!code)
        fill_references(d);
    return code;
}

/* What nobody said of a shelter's places and people: they are confidential. */
static int fill_levels(struct draft *d)
{
    for (size_t i = 0; i < d->count; i++) {
        struct change *c = &d->changes[i];
        const struct field *f = field_by_column(c->record_kind, "confidentiality");
        int level = LEVEL_PUBLIC;
        if (!f || is_given(c, f->number))
            continue;
        enum status status =
            restricted_default_of(d->cli->directory.db, d->changes, d->count, i, &level);
        if (status)
            return cli_failed(d->cli, status);
        if (level == LEVEL_PUBLIC)
            continue;
        struct field_value *fields = (struct field_value *)(uintptr_t)c->fields;
        fields[c->field_count++] =
            (struct field_value){f->number, {.type = VALUE_INT, .integer = level}};
        (void)problem_tell(d->cli->io, EXIT_DONE, MSG_UNLOCK_DEFAULT, PROBLEM_PLAIN);
    }
    return EXIT_DONE;
}

int cli_add(struct cli *c)
{
    struct draft d = {.cli = c};
    struct person person;
    size_t at = 0;
    int code = cli_open_writer(c, &person);
    while (!code) {
        code = read_new(&d, &at);
        if (code || at == c->request->word_count)
            break;
        at++; /* the "+" */
    }
    if (!code)
        code = fill_levels(&d);
    if (!code)
        code = cli_save(c, &person, d.changes, d.count, &d.changes[0].record);
    arena_release(&d.arena);
    return code;
}

/* --- set ------------------------------------------------------------------------------------- */

/* Drops the fields that say already what is asked; false when none is left. */
static int drop_same(struct draft *d, bool *ret_left)
{
    struct change *c = &d->changes[0];
    struct field_value *fields = (struct field_value *)(uintptr_t)c->fields;
    struct record_list list = {0};
    size_t kept = 0;
    enum status status = record_load(d->cli->directory.db, c->record_kind, &c->record, &list);
    if (status)
        return cli_failed(d->cli, status);
    for (size_t i = 0; i < c->field_count; i++) {
        struct value now = {.type = VALUE_INT, .integer = list.rows[0].status};
        if (fields[i].field != FIELD_STATUS)
            now = *record_value(&list.rows[0], fields[i].field);
        if (!value_equal(&now, &fields[i].value))
            fields[kept++] = fields[i];
    }
    c->field_count = kept;
    *ret_left = kept > 0;
    record_list_release(&list);
    return EXIT_DONE;
}

int cli_set(struct cli *c)
{
    struct draft d = {.cli = c};
    struct change change = {.kind = OP_SET, .reason = cli_reason(c)};
    struct person person;
    struct seen seen;
    size_t at = 1;
    bool left = false;
    int code = cli_read_seen(c, &seen, &change.seen);
    if (!code)
        code = cli_open_writer(c, &person);
    if (!code)
        code = cli_find_record(c, c->request->words[0], &change.record_kind, &change.record);
    if (!code)
        code = read_change(&d, change, &at);
    if (!code && at < c->request->word_count)
        code = tell_word(&d, c->request->words[at]);
    if (!code && !change.seen)
        code = drop_same(&d, &left);
    if (!code && (left || change.seen))
        code = cli_save(c, &person, d.changes, d.count, &change.record);
    else if (!code)
        output_lines(c->io->out, message_get(c->io->lang, MSG_EDIT_SAME));
    arena_release(&d.arena);
    return code;
}

/* --- close, verify --------------------------------------------------------------------------- */

int cli_close(struct cli *c)
{
    struct change change = {.kind = OP_CLOSE, .reason = cli_reason(c)};
    struct person person;
    struct seen seen;
    int code = cli_need(c, OPTION_REASON);
    if (!code)
        code = cli_read_seen(c, &seen, &change.seen);
    if (!code)
        code = cli_open_writer(c, &person);
    if (!code)
        code = cli_find_record(c, c->request->words[0], &change.record_kind, &change.record);
    return code ? code : cli_save(c, &person, &change, 1, &change.record);
}

/* What came out; "closed" closes the service in the same save. */
static int save_verification(struct cli *c, const struct person *person, const struct change *base,
                             int method, int result)
{
    const char *note = c->request->options[OPTION_NOTE];
    const struct field_value fields[] = {
        {VERIFY_METHOD, {.type = VALUE_INT, .integer = method}},
        {VERIFY_RESULT, {.type = VALUE_INT, .integer = result}},
        {VERIFY_NOTE, {.type = VALUE_TEXT, .text = {note ? note : "", note ? strlen(note) : 0}}},
    };
    struct change changes[2] = {*base, *base};
    changes[0].fields = fields;
    changes[0].field_count = note && *note ? 3 : 2;
    changes[1].kind = OP_CLOSE;
    changes[1].seen = NULL;
    if (!*changes[1].reason && note)
        changes[1].reason = note;
    size_t count = result == VALUE_RESULT_CLOSED ? 2 : 1;
    return cli_save(c, person, changes, count, &base->record);
}

int cli_verify(struct cli *c)
{
    struct change change = {.kind = OP_VERIFY, .reason = cli_reason(c)};
    struct person person;
    struct seen seen;
    int method = 0, result = 0;
    int code = cli_need_enum(c, OPTION_METHOD, "METHOD", &method);
    if (!code)
        code = cli_need_enum(c, OPTION_RESULT, "RESULT", &result);
    if (!code)
        code = cli_read_seen(c, &seen, &change.seen);
    if (!code)
        code = cli_open_writer(c, &person);
    if (!code)
        code = cli_find_record(c, c->request->words[0], &change.record_kind, &change.record);
    if (!code && change.record_kind != RECORD_SERVICE)
        code = problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_NO_SERVICE,
                            PROBLEM({"id", c->request->words[0]}));
    return code ? code : save_verification(c, &person, &change, method, result);
}

/* --- merge ----------------------------------------------------------------------------------- */

static int save_merge(struct draft *d, const struct person *person, struct merge *merge)
{
    struct change *changes = NULL;
    size_t count = 0;
    merge->fields = d->changes[0].fields;
    merge->field_count = d->changes[0].field_count;
    enum status status = merge_changes(d->cli->directory.db, merge, &d->arena, &changes, &count);
    if (status == STATUS_INVALID)
        return problem_tell(d->cli->io, EXIT_REFUSED, MSG_EDIT_MERGE, PROBLEM_PLAIN);
    if (status)
        return cli_failed(d->cli, status);
    return cli_save(d->cli, person, changes, count, &merge->into);
}

int cli_merge(struct cli *c)
{
    struct draft d = {.cli = c};
    struct person person;
    enum record_kind other = 0;
    struct merge merge = {.area = "", .actor = "", .reason = cli_reason(c)};
    size_t at = 2;
    int code = cli_open_writer(c, &person);
    if (!code)
        code = cli_find_record(c, c->request->words[0], &merge.kind, &merge.from);
    if (!code)
        code = cli_find_record(c, c->request->words[1], &other, &merge.into);
    if (!code && other != merge.kind)
        code = problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_MERGE, PROBLEM_PLAIN);
    struct change change = {.kind = OP_SET, .record_kind = merge.kind, .record = merge.into};
    if (!code)
        code = read_change(&d, change, &at);
    if (!code && at < c->request->word_count)
        code = tell_word(&d, c->request->words[at]);
    if (!code)
        code = save_merge(&d, &person, &merge);
    arena_release(&d.arena);
    return code;
}
