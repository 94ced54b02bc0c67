/* The commands of the command line: what cpdir(1) lists. Each reads its request, asks db/, and
 * writes rows through output.h; a problem is told by problem.h and becomes the exit code. */
#ifndef TUI_CLI_H
#define TUI_CLI_H

#include <stddef.h>

#include "db/alert.h"
#include "db/area.h"
#include "db/person.h"
#include "db/search.h"
#include "tui/directory.h"
#include "tui/output.h"
#include "tui/problem.h"
#include "tui/request.h"

/* One command being carried out. */
struct cli {
    const struct console *io;
    const struct request *request;
    struct directory directory; /* zeroed until cli_open */
    enum output_format format;
    struct alert_list alerts; /* in force now; loaded by cli_open */
};

/* Every command, in the order of the help. */
const struct command_rule *cli_commands(size_t *ret_count);

/* Carries out request->command. Exit code. */
int cli_run(const struct console *io, const struct request *request);
/* Writes the help of request->command, or of the program. */
void cli_help(const struct console *io, const struct request *request);

/* For the commands. */
int cli_find(struct cli *c);
int cli_show(struct cli *c);
int cli_area(struct cli *c);
int cli_text(struct cli *c);
int cli_terminal(struct cli *c);
/* What `find` prints of a result: its hits, its counts. */
void cli_print_hits(struct cli *c, const struct result *r);
void cli_print_facets(struct cli *c, const struct result *r);
/* Tells that nothing was found and what else may be asked. EXIT_NOTHING. */
int cli_tell_nothing(struct cli *c, const struct result *r);
int cli_add(struct cli *c);
int cli_set(struct cli *c);
int cli_close(struct cli *c);
int cli_verify(struct cli *c);
int cli_merge(struct cli *c);
int cli_undo(struct cli *c);
int cli_redo(struct cli *c);
int cli_history(struct cli *c);
int cli_due(struct cli *c);
int cli_pathway(struct cli *c);
int cli_gaps(struct cli *c);
int cli_rules(struct cli *c);
int cli_duplicates(struct cli *c);
int cli_proposals(struct cli *c);
int cli_approve(struct cli *c);
int cli_reject(struct cli *c);
int cli_review(struct cli *c);
int cli_person(struct cli *c);
int cli_backup(struct cli *c);
int cli_restore(struct cli *c);
int cli_check(struct cli *c);
int cli_reset(struct cli *c);
int cli_pin(struct cli *c);
int cli_coverage(struct cli *c);
int cli_plan(struct cli *c);
int cli_who(struct cli *c);
int cli_scenarios(struct cli *c);
int cli_scenario(struct cli *c);
int cli_alerts(struct cli *c);
int cli_alert(struct cli *c);
int cli_emergency(struct cli *c);
/* For people: a line for each alert in force where one of the codes is (areas, a space between; ""
 * the country), and an empty one behind. For programs nothing. */
void cli_print_alerts(const struct cli *c, const char *codes);
/* For programs: the ids of those, CELL_WORDS; room is the caller's, emptied first. */
const char *cli_alerts_cell(const struct cli *c, const char *codes, struct text *room);
int cli_group(struct cli *c);
int cli_meeting(struct cli *c);
/* Unlocks what is confidential where --unlock or --pin-file says so; for cli_open. Exit code. */
int cli_unlock(const struct cli *c);
/* Appends the words of the request, one space between them. */
void cli_join_words(const struct request *q, struct text *out);
/* Opens the directory, with --as-of as it was then; called once what can be refused without it has
 * been. Exit code. */
int cli_open(struct cli *c);
/* Which directory the request means: --training. */
enum db_set cli_set_wanted(const struct request *request);
/* The person at the keyboard; in training the ready-made one (identity.h). */
struct person cli_person_now(const struct cli *c);
/* Tells that the directory failed; the exit code. */
int cli_failed(const struct cli *c, enum status status);
/* Tells that an option's value is refused; list says what would do. EXIT_REFUSED. */
int cli_refuse(const struct cli *c, enum option option, const char *list);
/* The code of a need: a code, a name or what people call it. The problem is told. */
int cli_find_need(const struct cli *c, const char *typed, char ret_need[FILTER_VALUE]);
/* --area as a code of at most a commune; "" the country. The problem is told. */
int cli_read_area(const struct cli *c, char ret_area[AREA_CODE]);
/* The areas of that code or name; tells with code `missing` when there is none. */
int cli_find_area(const struct cli *c, const char *typed, enum exit_code missing,
                  struct area_list *ret_areas);

#endif
