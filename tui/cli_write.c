/* What the writing commands share; see cli_write.h. */
#include "tui/cli_write.h"

#include <stdlib.h>
#include <string.h>

#include "db/record_find.h"
#include "db/restricted.h"
#include "db/rule.h"
#include "db/version.h"
#include "i18n/number.h"
#include "tui/identity.h"
#include "tui/names.h"
#include "tui/value.h"

int cli_open_writer(struct cli *c, struct person *ret_person)
{
    struct person person = cli_person_now(c);
    enum message refusal = identity_refusal(&person);
    if (refusal != MSG_COUNT)
        return problem_tell(c->io, EXIT_REFUSED, refusal, PROBLEM_PLAIN);
    int code = cli_open(c);
    if (!code && c->directory.read_only)
        code = cli_failed(c, STATUS_READONLY);
    if (!code)
        *ret_person = person;
    return code;
}

int cli_find_record(const struct cli *c, const char *typed, enum record_kind *ret_kind,
                    struct uuid *ret_id)
{
    struct uuid found;
    enum status status = record_find(c->directory.db, typed, ret_kind, &found);
    if (status == STATUS_INVALID)
        return problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_ID, PROBLEM({"id", typed}));
    if (status == STATUS_CONFLICT)
        return problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_ID_MANY, PROBLEM({"id", typed}));
    if (status == STATUS_NOT_FOUND)
        return problem_tell(c->io, EXIT_NOTHING, MSG_EDIT_ID_NOTHING, PROBLEM({"id", typed}));
    if (status == STATUS_OK)
        status = op_merged_into(c->directory.db, &found, ret_id);
    return status ? cli_failed(c, status) : EXIT_DONE;
}

int cli_read_seen(const struct cli *c, struct seen *room, const struct seen **ret_seen)
{
    const char *typed = c->request->options[OPTION_SEEN];
    *ret_seen = NULL;
    if (!typed)
        return EXIT_DONE;
    if (version_parse(typed, strlen(typed), room) != STATUS_OK)
        return problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_VERSION, PROBLEM({"value", typed}));
    *ret_seen = room;
    return EXIT_DONE;
}

int cli_need(const struct cli *c, enum option option)
{
    const char *value = c->request->options[option];
    if (value && *value)
        return EXIT_DONE;
    struct text help = TEXT_INIT;
    text_addf(&help, "cpdir %s --help", c->request->command->name);
    int code = problem_tell(c->io, EXIT_USAGE, MSG_EDIT_NEEDS,
                            PROBLEM({"option", option_rule(option)->name}, {"help", help.bytes}));
    text_release(&help);
    return code;
}

int cli_need_enum(const struct cli *c, enum option option, const char *set, int *ret_value)
{
    enum { MOST = 20 };
    int code = cli_need(c, option);
    if (code || enum_parse(set, c->request->options[option], ret_value))
        return code;
    struct text list = TEXT_INIT;
    for (int i = 0; i < MOST; i++)
        if (enum_name(set, i))
            text_addf(&list, "%s%s", list.len ? ", " : "", enum_name(set, i));
    code = cli_refuse(c, option, list.bytes);
    text_release(&list);
    return code;
}

const char *cli_reason(const struct cli *c)
{
    const char *reason = c->request->options[OPTION_REASON];
    return reason ? reason : "";
}

/* --- times ----------------------------------------------------------------------------------- */

enum { MINUTE = 60, DAY = 24 * 60 * MINUTE, CAMBODIA = 7 * 60 * MINUTE };

void cli_add_time(struct text *out, int64_t time_ms)
{
    int64_t seconds = time_ms / 1000, local = seconds + CAMBODIA;
    date_short(out, date_from_time(seconds));
    text_addf(out, " %02d:%02d", (int)(local % DAY / 3600), (int)(local % 3600 / MINUTE));
}

void cli_add_utc(struct text *out, int64_t time_ms)
{
    int64_t seconds = time_ms / 1000;
    date_iso(out, date_from_days(seconds / DAY));
    text_addf(out, "T%02d:%02d:%02dZ", (int)(seconds % DAY / 3600), (int)(seconds % 3600 / MINUTE),
              (int)(seconds % MINUTE));
}

/* --- refusals -------------------------------------------------------------------------------- */

/* Who changed the record last, and when. */
static int tell_stale(const struct cli *c, const struct uuid *record)
{
    struct op_list ops = {0};
    struct text time = TEXT_INIT;
    char id[UUID_TEXT];
    enum status status = op_history(c->directory.db, record, &ops);
    if (status)
        return cli_failed(c, STATUS_CONFLICT);
    const struct op_row *last = &ops.rows[ops.count - 1];
    const char *actor = *last->actor ? last->actor : message_get(c->io->lang, MSG_EDIT_SOMEONE);
    cli_add_time(&time, last->time_ms);
    uuid_format(record, id);
    int code = problem_tell(c->io, EXIT_CONFLICT, MSG_EDIT_STALE,
                            PROBLEM({"actor", actor}, {"time", time.bytes}, {"id", id}));
    text_release(&time);
    op_list_release(&ops);
    return code;
}

static bool has_value(const struct change *c, int field)
{
    for (size_t i = 0; i < c->field_count; i++)
        if (c->fields[i].field == field)
            return c->fields[i].value.type != VALUE_NULL;
    return false;
}

/* The field's own sentence. */
static int tell_field(const struct cli *c, const struct change *change, int number)
{
    struct text line = TEXT_INIT, most = TEXT_INIT;
    const struct field *field = field_by_number(number);
    int code;
    if (!field) { /* actor, reason or a note: no field of a record */
        number_format(&most, PROSE_MAX_CHARS);
        code = problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_REASON, PROBLEM({"most", most.bytes}));
        text_release(&most);
        return code;
    }
    int lower = rule_lower(number);
    struct fault fault = {.kind = FAULT_RULE};
    if (change->kind == OP_CREATE && !has_value(change, number))
        fault.kind = FAULT_MISSING;
    else if (lower)
        fault = (struct fault){.kind = FAULT_ORDER, .other = lower};
    else if (!has_value(change, number))
        fault.kind = FAULT_MISSING;
    value_complain(&line, c->io->lang, field, &fault);
    code = problem_tell(c->io, EXIT_REFUSED, MSG_PROBLEM_SENTENCE, PROBLEM({"text", line.bytes}));
    text_release(&line);
    return code;
}

int cli_save_refused(const struct cli *c, enum status status, const struct change *changes,
                     size_t count, const struct op_refusal *refusal)
{
    const struct change *change = refusal->change < count ? &changes[refusal->change] : &changes[0];
    if (status == STATUS_CONFLICT)
        return tell_stale(c, &change->record);
    if (status == STATUS_INVALID && refusal->field == REFUSAL_SERVED_AREA)
        return problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_SERVED, PROBLEM_PLAIN);
    if (status == STATUS_INVALID)
        return tell_field(c, change, refusal->field);
    return cli_failed(c, status);
}

/* --- saving ---------------------------------------------------------------------------------- */

static const struct column columns[] = {{"outcome", CELL_TEXT},     {"id", CELL_TEXT},
                                        {"record_kind", CELL_TEXT}, {"version", CELL_TEXT},
                                        {"proposal", CELL_TEXT},    {"area", CELL_TEXT}};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void print_row(const struct cli *c, const struct save_result *result, enum record_kind kind,
                      const struct uuid *record)
{
    bool proposed = result->outcome == SAVE_PROPOSED;
    bool dry = c->request->options[OPTION_DRY_RUN] != NULL;
    const char *outcome =
        dry ? (proposed ? "would_propose" : "would_write") : (proposed ? "proposed" : "written");
    const char *area = *result->area ? result->area : AREA_COUNTRY_CODE;
    char id[UUID_TEXT], proposal[UUID_TEXT];
    struct seen seen = {0};
    struct text version = TEXT_INIT;
    uuid_format(record, id);
    uuid_format(&result->proposal, proposal);
    if (op_seen(c->directory.db, record, &seen) == STATUS_OK)
        version_format(&version, &seen);
    const char *cells[COLUMNS] = {outcome,
                                  id,
                                  kind_name(kind),
                                  version.len ? version.bytes : NULL,
                                  proposed && !dry ? proposal : NULL,
                                  proposed ? area : NULL};
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&version);
}

void cli_tell_saved(const struct cli *c, const struct save_result *result,
                    const struct uuid *record)
{
    bool dry = c->request->options[OPTION_DRY_RUN] != NULL;
    struct text line = TEXT_INIT, area = TEXT_INIT;
    char id[UUID_TEXT], proposal[UUID_TEXT];
    uuid_format(record, id);
    uuid_format(&result->proposal, proposal);
    struct names *names = names_new(c->directory.db, NULL);
    names_path(names, &area, c->io->lang, result->area);
    names_free(names);
    if (result->outcome == SAVE_PROPOSED)
        message_format(&line, c->io->lang, dry ? MSG_EDIT_WOULD_PROPOSE : MSG_EDIT_PROPOSED, "area",
                       area.bytes, "id", proposal, (char *)NULL);
    else
        message_format(&line, c->io->lang, dry ? MSG_EDIT_WOULD_WRITE : MSG_EDIT_WRITTEN, "id", id,
                       (char *)NULL);
    output_lines(c->io->out, line.bytes);
    text_release(&line);
    text_release(&area);
}

/* What became of it: of every new record, else of the one meant. */
static void print_saved(const struct cli *c, const struct save_result *result,
                        const struct change *changes, size_t count, const struct uuid *record)
{
    bool some = false;
    if (c->format == OUTPUT_TEXT) {
        cli_tell_saved(c, result, record);
        return;
    }
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < count; i++)
        if (changes[i].kind == OP_CREATE) {
            print_row(c, result, changes[i].record_kind, &changes[i].record);
            some = true;
        }
    if (!some)
        print_row(c, result, changes[0].record_kind, record);
}

int cli_save(const struct cli *c, const struct person *person, const struct change *changes,
             size_t count, const struct uuid *id)
{
    struct op_refusal refusal = {0};
    struct save_result result;
    bool dry = c->request->options[OPTION_DRY_RUN] != NULL, past = false;
    enum status status = restricted_leaves_past(c->directory.db, changes, count, &past);
    if (status)
        return cli_failed(c, status);
    status = (dry ? person_try : person_save)(c->directory.db, person, changes, count, &refusal,
                                              &result);
    if (status)
        return cli_save_refused(c, status, changes, count, &refusal);
    print_saved(c, &result, changes, count, id);
    if (past)
        (void)problem_tell(c->io, EXIT_DONE, MSG_UNLOCK_PAST, PROBLEM_PLAIN);
    return EXIT_DONE;
}
