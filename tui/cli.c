/* The table of commands, dispatch and help; see cli.h. */
#include "tui/cli.h"

#include <stdint.h>
#include <string.h>

#include "db/need.h"
#include "i18n/number.h"
#include "i18n/width.h"
#include "tui/identity.h"
#include "tui/training.h"

#define FIND_OPTIONS                                                                               \
    (OPTION_BIT(AREA) | OPTION_BIT(LOCATED) | OPTION_BIT(COVERING) | OPTION_BIT(TYPE) |            \
     OPTION_BIT(NEED) | OPTION_BIT(TIER) | OPTION_BIT(OUTPUT) | OPTION_BIT(AGE) |                  \
     OPTION_BIT(SEX) | OPTION_BIT(STATUS) | OPTION_BIT(OPEN) | OPTION_BIT(SECTOR) |                \
     OPTION_BIT(LEVEL) | OPTION_BIT(CONFIRMED) | OPTION_BIT(DISABILITY) | OPTION_BIT(FACETS) |     \
     OPTION_BIT(LIMIT) | OPTION_BIT(AS_OF) | OPTION_BIT(FORMAT))

/* What is confidential, for one command. */
#define PIN_OPTIONS (OPTION_BIT(UNLOCK) | OPTION_BIT(PIN_FILE))

static const struct command_rule commands[] = {
    {"find", "[WORDS...]", 0, SIZE_MAX, FIND_OPTIONS, MSG_CLI_FIND, cli_find},
    {"show", "ID", 1, 1, PIN_OPTIONS | OPTION_BIT(AS_OF) | OPTION_BIT(FORMAT), MSG_CLI_SHOW,
     cli_show},
    {"area", "[AREA...]", 0, SIZE_MAX, OPTION_BIT(AS_OF) | OPTION_BIT(FORMAT), MSG_CLI_AREA,
     cli_area},
    {"text", "normalize|key|syllables|words|romanize|wrap N|width|sort", 1, 2, 0, MSG_CLI_TEXT,
     cli_text},
    {"add", "KIND FIELD=VALUE... [+ KIND FIELD=VALUE...]", 1, SIZE_MAX,
     PIN_OPTIONS | OPTION_BIT(REASON) | OPTION_BIT(DRY_RUN) | OPTION_BIT(FORMAT), MSG_CLI_ADD,
     cli_add},
    {"set", "ID FIELD=VALUE...", 2, SIZE_MAX,
     PIN_OPTIONS | OPTION_BIT(SEEN) | OPTION_BIT(REASON) | OPTION_BIT(DRY_RUN) | OPTION_BIT(FORMAT),
     MSG_CLI_SET, cli_set},
    {"close", "ID", 1, 1, PIN_OPTIONS | OPTION_BIT(SEEN) | OPTION_BIT(REASON) | OPTION_BIT(FORMAT),
     MSG_CLI_CLOSE, cli_close},
    {"verify", "ID", 1, 1,
     PIN_OPTIONS | OPTION_BIT(METHOD) | OPTION_BIT(RESULT) | OPTION_BIT(NOTE) | OPTION_BIT(SEEN) |
         OPTION_BIT(REASON) | OPTION_BIT(FORMAT),
     MSG_CLI_VERIFY, cli_verify},
    {"merge", "ID INTO [FIELD=VALUE...]", 2, SIZE_MAX,
     OPTION_BIT(REASON) | OPTION_BIT(DRY_RUN) | OPTION_BIT(FORMAT), MSG_CLI_MERGE, cli_merge},
    {"undo", "[ID]", 0, 1, OPTION_BIT(REASON) | OPTION_BIT(FORMAT), MSG_CLI_UNDO, cli_undo},
    {"redo", "[ID]", 0, 1, OPTION_BIT(REASON) | OPTION_BIT(FORMAT), MSG_CLI_REDO, cli_redo},
    {"history", "ID", 1, 1, PIN_OPTIONS | OPTION_BIT(FORMAT), MSG_CLI_HISTORY, cli_history},
    {"due", "", 0, 0, OPTION_BIT(AREA) | OPTION_BIT(LIMIT) | OPTION_BIT(SHEET) | OPTION_BIT(FORMAT),
     MSG_CLI_DUE, cli_due},
    {"pathway", "", 0, 0,
     OPTION_BIT(NEED) | OPTION_BIT(AREA) | OPTION_BIT(AGE) | OPTION_BIT(SEX) |
         OPTION_BIT(DISABILITY) | OPTION_BIT(HOURS) | OPTION_BIT(OPEN) | OPTION_BIT(TIER) |
         OPTION_BIT(RULES) | OPTION_BIT(AS_OF) | OPTION_BIT(FORMAT),
     MSG_CLI_PATHWAY, cli_pathway},
    {"gaps", "", 0, 0, OPTION_BIT(AREA) | OPTION_BIT(FORMAT), MSG_CLI_GAPS, cli_gaps},
    {"duplicates", "[off | ID ID on|off]", 0, 3,
     OPTION_BIT(AREA) | OPTION_BIT(LIMIT) | OPTION_BIT(FORMAT), MSG_CLI_DUPLICATES, cli_duplicates},
    {"coverage", "", 0, 0,
     OPTION_BIT(AREA) | OPTION_BIT(AS_OF) | OPTION_BIT(AGAINST) | OPTION_BIT(RANK) |
         OPTION_BIT(RULES) | OPTION_BIT(FORMAT),
     MSG_CLI_COVERAGE, cli_coverage},
    {"plan", "", 0, 0, OPTION_BIT(AREA) | OPTION_BIT(AS_OF) | OPTION_BIT(FORMAT), MSG_CLI_PLAN,
     cli_plan},
    {"who", "", 0, 0, OPTION_BIT(AREA) | OPTION_BIT(TYPE) | OPTION_BIT(AS_OF) | OPTION_BIT(FORMAT),
     MSG_CLI_WHO, cli_who},
    {"scenarios", "", 0, 0, OPTION_BIT(CHECK) | OPTION_BIT(FORMAT), MSG_CLI_SCENARIOS,
     cli_scenarios},
    {"scenario", "NAME|NUMBER", 1, 1, 0, MSG_CLI_SCENARIO, cli_scenario},
    {"alerts", "[all]", 0, 1, OPTION_BIT(AREA) | OPTION_BIT(AS_OF) | OPTION_BIT(FORMAT),
     MSG_CLI_ALERTS, cli_alerts},
    {"alert", "suspend|restore|end ID [SERVICE...]", 2, SIZE_MAX,
     OPTION_BIT(REASON) | OPTION_BIT(DRY_RUN) | OPTION_BIT(FORMAT), MSG_CLI_ALERT, cli_alert},
    {"emergency", "", 0, 0,
     OPTION_BIT(AREA) | OPTION_BIT(RULES) | OPTION_BIT(AS_OF) | OPTION_BIT(FORMAT),
     MSG_CLI_EMERGENCY, cli_emergency},
    {"rules", "[copy]", 0, 1, OPTION_BIT(RULES) | OPTION_BIT(FORMAT), MSG_CLI_RULES, cli_rules},
    {"group", "", 0, 0, OPTION_BIT(AREA) | OPTION_BIT(AS_OF) | OPTION_BIT(FORMAT), MSG_CLI_GROUP,
     cli_group},
    {"meeting", "", 0, 0,
     OPTION_BIT(AREA) | OPTION_BIT(SINCE) | OPTION_BIT(RULES) | OPTION_BIT(FORMAT), MSG_CLI_MEETING,
     cli_meeting},
    {"proposals", "[ID]", 0, 1, OPTION_BIT(AREA) | OPTION_BIT(FORMAT), MSG_CLI_PROPOSALS,
     cli_proposals},
    {"approve", "ID", 1, 1, OPTION_BIT(REASON) | OPTION_BIT(ANYWAY) | OPTION_BIT(FORMAT),
     MSG_CLI_APPROVE, cli_approve},
    {"reject", "ID", 1, 1, OPTION_BIT(REASON) | OPTION_BIT(FORMAT), MSG_CLI_REJECT, cli_reject},
    {"review", "[AREA on|off]", 0, 2, OPTION_BIT(FORMAT), MSG_CLI_REVIEW, cli_review},
    {"person", "[NAME]", 0, SIZE_MAX,
     OPTION_BIT(NAME) | OPTION_BIT(OFFICE) | OPTION_BIT(ROLE) | OPTION_BIT(AREA) |
         OPTION_BIT(FORMAT),
     MSG_CLI_PERSON, cli_person},
    {"backup", "[FILE]", 0, 1, OPTION_BIT(LIST) | OPTION_BIT(FORMAT), MSG_CLI_BACKUP, cli_backup},
    {"restore", "FILE", 1, 1, 0, MSG_CLI_RESTORE, cli_restore},
    {"check", "", 0, 0, OPTION_BIT(REPAIR) | OPTION_BIT(FORMAT), MSG_CLI_CHECK, cli_check},
    {"reset", "", 0, 0, 0, MSG_CLI_RESET, cli_reset},
    {"pin", "officials|focal_person", 1, 1, OPTION_BIT(PIN_FILE) | OPTION_BIT(NEW_PIN_FILE),
     MSG_CLI_PIN, cli_pin},
    {"terminal", "", 0, 0, 0, MSG_CLI_TERMINAL, cli_terminal},
};

const struct command_rule *cli_commands(size_t *ret_count)
{
    *ret_count = sizeof commands / sizeof *commands;
    return commands;
}

void cli_join_words(const struct request *q, struct text *out)
{
    for (size_t i = 0; i < q->word_count; i++)
        text_addf(out, "%s%s", i ? " " : "", q->words[i]);
}

enum db_set cli_set_wanted(const struct request *request)
{
    return request->options[OPTION_TRAINING] ? DB_TRAINING : DB_REAL;
}

struct person cli_person_now(const struct cli *c)
{
    return cli_set_wanted(c->request) == DB_TRAINING ? identity_trainee(c->io->lang)
                                                     : identity_now();
}

static int load_alerts(struct cli *c)
{
    int64_t today = date_days(date_from_time(directory_now(&c->directory)));
    enum status status = alert_load_now(c->directory.db, today, &c->alerts);
    return status ? cli_failed(c, status) : EXIT_DONE;
}

static int open_directory(struct cli *c)
{
    const char *as_of = c->request->options[OPTION_AS_OF];
    int code = directory_open(c->io, c->request->options[OPTION_DB], cli_set_wanted(c->request),
                              &c->directory);
    if (!code && as_of)
        return directory_go_back(c->io, as_of, &c->directory);
    return code || c->request->command->run == cli_pin ? code : cli_unlock(c);
}

int cli_open(struct cli *c)
{
    int code = open_directory(c);
    return code ? code : load_alerts(c);
}

int cli_failed(const struct cli *c, enum status status)
{
    return problem_status(c->io, status, c->directory.path, db_error(c->directory.db));
}

int cli_refuse(const struct cli *c, enum option option, const char *list)
{
    return problem_tell(c->io, EXIT_REFUSED, MSG_PROBLEM_VALUE,
                        PROBLEM({"option", option_rule(option)->name},
                                {"value", c->request->options[option]}, {"list", list}));
}

int cli_find_area(const struct cli *c, const char *typed, enum exit_code missing,
                  struct area_list *ret_areas)
{
    enum status status = area_find(c->directory.db, typed, ret_areas);
    if (status == STATUS_NOT_FOUND || status == STATUS_INVALID)
        return problem_tell(c->io, missing, MSG_PROBLEM_AREA, PROBLEM({"area", typed}));
    return status ? cli_failed(c, status) : EXIT_DONE;
}

int cli_read_area(const struct cli *c, char ret_area[AREA_CODE])
{
    const char *typed = c->request->options[OPTION_AREA];
    struct area_list areas = {0};
    *ret_area = '\0';
    if (!typed || !strcmp(typed, AREA_COUNTRY_CODE))
        return EXIT_DONE;
    int code = cli_find_area(c, typed, EXIT_REFUSED, &areas);
    if (!code)
        snprintf(ret_area, AREA_CODE, "%.6s", areas.rows[0].code);
    area_list_release(&areas);
    return code;
}

int cli_find_need(const struct cli *c, const char *typed, char ret_need[FILTER_VALUE])
{
    struct need_list needs;
    enum status status = need_find(c->directory.db, typed, &needs);
    if (status == STATUS_OK) {
        snprintf(ret_need, FILTER_VALUE, "%s", needs.rows[0].code);
        need_list_release(&needs);
        return EXIT_DONE;
    }
    if (status == STATUS_NOT_FOUND)
        status = search_value_of(c->directory.db, FILTER_NEED, typed, ret_need);
    if (status == STATUS_NOT_FOUND || status == STATUS_INVALID)
        return problem_tell(c->io, EXIT_REFUSED, MSG_PROBLEM_NEED, PROBLEM({"need", typed}));
    return status ? cli_failed(c, status) : EXIT_DONE;
}

static int read_format(struct cli *c)
{
    const char *format = c->request->options[OPTION_FORMAT];
    if (format && c->request->command->run == cli_coverage && !strcmp(format, "html"))
        return EXIT_DONE; /* a page, which only this command makes */
    if (format && !output_format_parse(format, &c->format))
        return cli_refuse(c, OPTION_FORMAT, "text, tsv, json");
    return EXIT_DONE;
}

int cli_run(const struct console *io, const struct request *request)
{
    struct cli c = {.io = io, .request = request, .format = OUTPUT_TEXT};
    struct training_output output;
    int code = read_format(&c);
    struct console marked = training_begin_output(&output, io, request);
    c.io = &marked;
    if (!code)
        code = request->command->run(&c);
    if (c.directory.db)
        directory_tell_trouble(io, &c.directory);
    training_end_output(&output, &c);
    alert_list_release(&c.alerts);
    directory_close(&c.directory);
    return code;
}

static void add_options(struct text *out, enum lang lang, uint64_t options)
{
    struct text name = TEXT_INIT;
    for (unsigned i = 0; i < OPTION_COUNT; i++) {
        const struct option_rule *rule = option_rule((enum option)i);
        if (!(options >> i & 1))
            continue;
        text_clear(&name);
        text_addf(&name, "  %s %s", rule->name, rule->value);
        width_fit(out, name.bytes, name.len, 26);
        text_addf(out, "%s\n", message_get(lang, rule->help));
    }
    text_release(&name);
}

static void add_commands(struct text *out, enum lang lang)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        text_addf(out, "  %-10s%s\n", commands[i].name, message_get(lang, commands[i].help));
}

void cli_help(const struct console *io, const struct request *request)
{
    struct text out = TEXT_INIT;
    const struct command_rule *command = request->command;
    if (command) {
        text_addf(&out, "cpdir %s%s%s%s\n\n%s\n\n", command->name, *command->words ? " " : "",
                  command->words, command->options ? " [OPTION...]" : "",
                  message_get(io->lang, command->help));
        add_options(&out, io->lang, command->options | OPTIONS_GLOBAL);
    } else {
        text_addf(&out, "cpdir [OPTION...] [COMMAND ...]\n\n%s\n\n",
                  message_get(io->lang, MSG_CLI_PROGRAM));
        add_commands(&out, io->lang);
        text_addc(&out, '\n');
        add_options(&out, io->lang, OPTIONS_GLOBAL);
        text_addf(&out, "\n%s\n", message_get(io->lang, MSG_CLI_PROGRAM_MORE));
    }
    fwrite(out.bytes, 1, out.len, io->out);
    text_release(&out);
}
