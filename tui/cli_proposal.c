/* `cpdir proposals [ID]`, `approve ID`, `reject ID`, `review [AREA on|off]`: changes that wait for
 * an approver. */
#include <string.h>

#include "db/record_find.h"
#include "tui/cli_write.h"
#include "tui/value.h"

static const struct column columns[] = {
    {"proposal", CELL_TEXT}, {"time", CELL_TEXT},   {"actor", CELL_TEXT},
    {"area", CELL_TEXT},     {"record", CELL_TEXT}, {"record_kind", CELL_TEXT},
    {"kind", CELL_TEXT},     {"field", CELL_TEXT},  {"old", CELL_TEXT},
    {"proposed", CELL_TEXT}, {"now", CELL_TEXT},    {"reason", CELL_TEXT},
    {"answer", CELL_TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *const answers[] = {
    [PROPOSAL_OPEN] = "open", [PROPOSAL_APPROVED] = "approved", [PROPOSAL_REJECTED] = "rejected"};

/* --- rows for programs ----------------------------------------------------------------------- */

static void print_field(const struct cli *c, const struct proposal *p,
                        const struct proposal_change *change, const struct proposal_field *f)
{
    static const struct proposal_field none = {0};
    struct text time = TEXT_INIT, was = TEXT_INIT, proposed = TEXT_INIT, now = TEXT_INIT;
    char id[UUID_TEXT], record[UUID_TEXT];
    f = f ? f : &none;
    uuid_format(&p->id, id);
    uuid_format(&change->record, record);
    cli_add_utc(&time, p->time_ms);
    bool had = cli_field_raw(&was, f->field, &f->was);
    bool wants = cli_field_raw(&proposed, f->field, &f->proposed);
    bool has = cli_field_raw(&now, f->field, &f->now);
    const char *cells[COLUMNS] = {id,
                                  time.bytes,
                                  p->actor,
                                  *p->area ? p->area : AREA_COUNTRY_CODE,
                                  record,
                                  kind_name(change->record_kind),
                                  cli_op_name(change->kind),
                                  cli_field_name(f->field),
                                  had ? was.bytes : NULL,
                                  wants ? proposed.bytes : NULL,
                                  has ? now.bytes : NULL,
                                  *p->reason ? p->reason : NULL,
                                  answers[p->answer]};
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&time);
    text_release(&was);
    text_release(&proposed);
    text_release(&now);
}

static void print_rows(const struct cli *c, const struct proposal_list *list)
{
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < list->rows[i].count; j++) {
            const struct proposal_change *change = &list->rows[i].changes[j];
            if (!change->count)
                print_field(c, &list->rows[i], change, NULL);
            for (size_t k = 0; k < change->count; k++)
                print_field(c, &list->rows[i], change, &change->fields[k]);
        }
}

/* --- text for people ------------------------------------------------------------------------- */

static void add_label(const struct cli *c, struct text *out, enum message label,
                      struct names *names, const struct proposal_field *f, const struct value *v)
{
    text_addf(out, "        %s: ", message_get(c->io->lang, label));
    cli_field_show(out, c->directory.db, names, c->io->lang, f->field, v);
    text_addc(out, '\n');
}

static void add_field(const struct cli *c, struct text *out, struct names *names,
                      const struct proposal_field *f)
{
    text_adds(out, "      ");
    cli_field_label(out, c->io->lang, f->field);
    text_addc(out, '\n');
    if (f->was.type != VALUE_NULL)
        add_label(c, out, MSG_REVIEW_WAS, names, f, &f->was);
    add_label(c, out, MSG_REVIEW_PROPOSED, names, f, &f->proposed);
    if (!f->moved)
        return;
    add_label(c, out, MSG_REVIEW_NOW, names, f, &f->now);
    text_addf(out, "        %s\n", message_get(c->io->lang, MSG_REVIEW_MOVED));
}

static void add_change(const struct cli *c, struct text *out, struct names *names,
                       const struct proposal *p, const struct proposal_change *change)
{
    enum lang lang = c->io->lang;
    text_addf(out, "    %s: ",
              kind_name(change->record_kind) ? value_kind_label(lang, change->record_kind) : "");
    if (change->kind == OP_CREATE)
        text_adds(out, message_get(lang, MSG_COMMAND_NEW));
    else
        value_record_name(out, c->directory.db, lang, &change->record);
    text_addc(out, '\n');
    for (size_t i = 0; i < change->count; i++) /* that its parts belong together needs no words */
        if (change->fields[i].proposed.type != VALUE_ID ||
            !proposal_makes(p, &change->fields[i].proposed.id))
            add_field(c, out, names, &change->fields[i]);
}

static void add_proposal(const struct cli *c, struct text *out, struct names *names,
                         const struct proposal *p)
{
    char id[UUID_TEXT];
    uuid_format(&p->id, id);
    text_addf(out, "%s\n    ", id);
    cli_add_time(out, p->time_ms);
    text_addf(out, NAMES_DOT "%s" NAMES_DOT, p->actor);
    names_path(names, out, c->io->lang, p->area);
    text_addc(out, '\n');
    if (*p->reason)
        text_addf(out, "    %s\n", p->reason);
    if (p->answer != PROPOSAL_OPEN) {
        bool yes = p->answer == PROPOSAL_APPROVED;
        text_addf(out, "    %s ",
                  message_get(c->io->lang, yes ? MSG_REVIEW_APPROVED : MSG_REVIEW_REJECTED));
        cli_add_time(out, p->decided_ms);
        text_addf(out, NAMES_DOT "%s%s%s\n", p->decided_by, *p->decided_why ? NAMES_DOT : "",
                  p->decided_why);
    }
    for (size_t i = 0; i < p->count; i++)
        add_change(c, out, names, p, &p->changes[i]);
}

static void print_text(const struct cli *c, const struct proposal_list *list)
{
    struct names *names = names_new(c->directory.db, NULL);
    struct text out = TEXT_INIT;
    for (size_t i = 0; i < list->count; i++)
        add_proposal(c, &out, names, &list->rows[i]);
    if (out.len)
        text_truncate(&out, out.len - 1);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
    names_free(names);
}

/* --- commands -------------------------------------------------------------------------------- */

static int find_proposal(const struct cli *c, const char *typed, struct uuid *ret_id)
{
    enum status status = record_find_proposal(c->directory.db, typed, ret_id);
    if (status == STATUS_INVALID)
        return problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_ID, PROBLEM({"id", typed}));
    if (status == STATUS_CONFLICT)
        return problem_tell(c->io, EXIT_REFUSED, MSG_EDIT_ID_MANY, PROBLEM({"id", typed}));
    if (status == STATUS_NOT_FOUND)
        return problem_tell(c->io, EXIT_NOTHING, MSG_PROPOSAL_NOTHING, PROBLEM({"id", typed}));
    return status ? cli_failed(c, status) : EXIT_DONE;
}

static int load(const struct cli *c, struct proposal_list *ret_list)
{
    const char *typed = c->request->options[OPTION_AREA];
    struct area_list areas = {0};
    struct uuid id;
    enum status status = STATUS_OK;
    int code = EXIT_DONE;
    if (c->request->word_count) {
        code = find_proposal(c, c->request->words[0], &id);
        if (!code)
            status = proposal_load(c->directory.db, &id, ret_list);
    } else {
        if (typed)
            code = cli_find_area(c, typed, EXIT_REFUSED, &areas);
        if (!code)
            status =
                proposal_open(c->directory.db, areas.count ? areas.rows[0].code : "", ret_list);
    }
    area_list_release(&areas);
    return !code && status ? cli_failed(c, status) : code;
}

int cli_proposals(struct cli *c)
{
    struct proposal_list list = {0};
    int code = cli_open(c);
    if (!code)
        code = load(c, &list);
    if (!code && c->format != OUTPUT_TEXT)
        print_rows(c, &list);
    if (!code && !list.count)
        code = problem_tell(c->io, EXIT_NOTHING, MSG_REVIEW_NONE, PROBLEM_PLAIN);
    else if (!code && c->format == OUTPUT_TEXT)
        print_text(c, &list);
    proposal_list_release(&list);
    return code;
}

/* Why a proposal could not be decided. */
static int tell_refused(const struct cli *c, const struct uuid *id, enum status status,
                        const struct op_refusal *refusal)
{
    struct proposal_list list = {0};
    const struct change none = {.record = *id};
    int code;
    if (status == STATUS_FORBIDDEN)
        return problem_tell(c->io, EXIT_REFUSED, MSG_REVIEW_NOT_YOURS, PROBLEM_PLAIN);
    if (status != STATUS_CONFLICT)
        return cli_save_refused(c, status, &none, 1, refusal);
    if (proposal_load(c->directory.db, id, &list) == STATUS_OK &&
        list.rows[0].answer == PROPOSAL_OPEN)
        code = problem_tell(c->io, EXIT_CONFLICT, MSG_PROPOSAL_MOVED, PROBLEM_PLAIN);
    else
        code = problem_tell(c->io, EXIT_CONFLICT, MSG_PROPOSAL_DECIDED, PROBLEM_PLAIN);
    proposal_list_release(&list);
    return code;
}

static void print_decided(const struct cli *c, const struct uuid *id, bool approve)
{
    static const struct column decided[] = {{"proposal", CELL_TEXT}, {"answer", CELL_TEXT}};
    char text[UUID_TEXT];
    uuid_format(id, text);
    if (c->format == OUTPUT_TEXT) {
        output_lines(c->io->out,
                     message_get(c->io->lang, approve ? MSG_REVIEW_APPROVED : MSG_REVIEW_REJECTED));
        return;
    }
    const char *cells[] = {text, answers[approve ? PROPOSAL_APPROVED : PROPOSAL_REJECTED]};
    output_head(c->io->out, c->format, decided, 2);
    output_row(c->io->out, c->format, decided, 2, cells);
}

static int decide(struct cli *c, bool approve)
{
    struct person person;
    struct uuid id;
    struct op_refusal refusal = {0};
    bool anyway = c->request->options[OPTION_ANYWAY] != NULL;
    int code = cli_open_writer(c, &person);
    if (!code)
        code = find_proposal(c, c->request->words[0], &id);
    if (code)
        return code;
    struct db *db = c->directory.db;
    enum status status = approve
                             ? proposal_approve(db, &person, &id, cli_reason(c), anyway, &refusal)
                             : proposal_reject(db, &person, &id, cli_reason(c));
    if (status)
        return tell_refused(c, &id, status, &refusal);
    print_decided(c, &id, approve);
    return EXIT_DONE;
}

int cli_approve(struct cli *c)
{
    return decide(c, true);
}

int cli_reject(struct cli *c)
{
    int code = cli_need(c, OPTION_REASON);
    return code ? code : decide(c, false);
}

/* --- review ---------------------------------------------------------------------------------- */

static int print_areas(const struct cli *c)
{
    static const struct column reviewed[] = {
        {"area", CELL_TEXT}, {"time", CELL_TEXT}, {"actor", CELL_TEXT}};
    struct review_list list = {0};
    struct text cell = TEXT_INIT;
    struct names *names = names_new(c->directory.db, NULL);
    enum status status = review_list(c->directory.db, &list);
    output_head(c->io->out, c->format, reviewed, 3);
    for (size_t i = 0; i < list.count; i++) {
        const struct review_area *a = &list.rows[i];
        text_clear(&cell);
        if (c->format == OUTPUT_TEXT) {
            names_path(names, &cell, c->io->lang, a->area);
            text_addf(&cell, NAMES_DOT "%s", a->actor);
            output_lines(c->io->out, cell.bytes);
            continue;
        }
        cli_add_utc(&cell, a->time_ms);
        const char *cells[] = {*a->area ? a->area : AREA_COUNTRY_CODE, cell.bytes, a->actor};
        output_row(c->io->out, c->format, reviewed, 3, cells);
    }
    names_free(names);
    text_release(&cell);
    bool none = !status && !list.count;
    review_list_release(&list);
    if (none)
        return problem_tell(c->io, EXIT_NOTHING, MSG_PROPOSAL_NO_REVIEW, PROBLEM_PLAIN);
    return status ? cli_failed(c, status) : EXIT_DONE;
}

static int switch_review(struct cli *c)
{
    struct person person;
    struct area_list areas = {0};
    const char *area = c->request->words[0];
    const char *word = c->request->word_count > 1 ? c->request->words[1] : "";
    bool on = !strcmp(word, "on");
    if (!on && strcmp(word, "off"))
        return problem_tell(
            c->io, EXIT_USAGE, MSG_PROBLEM_VALUE,
            PROBLEM({"option", "review AREA"}, {"value", word}, {"list", "on, off"}));
    int code = cli_open_writer(c, &person);
    bool country = !strcmp(area, AREA_COUNTRY_CODE);
    if (!code && !country)
        code = cli_find_area(c, area, EXIT_REFUSED, &areas);
    if (!code) {
        enum status status =
            review_set(c->directory.db, &person, country ? "" : areas.rows[0].code, on);
        if (status == STATUS_FORBIDDEN)
            code = problem_tell(c->io, EXIT_REFUSED, MSG_REVIEW_NOT_YOURS, PROBLEM_PLAIN);
        else if (status)
            code = cli_failed(c, status);
        else
            output_lines(c->io->out, message_get(c->io->lang, on ? MSG_PROPOSAL_REVIEW_ON
                                                                 : MSG_PROPOSAL_REVIEW_OFF));
    }
    area_list_release(&areas);
    return code;
}

int cli_review(struct cli *c)
{
    if (c->request->word_count)
        return switch_review(c);
    int code = cli_open(c);
    return code ? code : print_areas(c);
}
