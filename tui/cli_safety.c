/* `cpdir backup`, `restore` and `check`: copies of the directory, and whether it is whole. They
 * tell how far they are (meter.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/backup.h"
#include "db/check.h"
#include "db/op.h"
#include "tui/cli_write.h"
#include "tui/identity.h"
#include "tui/meter.h"

/* --- backup
 * -----------------------------------------------------------------------------------------
 */

static const char *why_name(enum backup_why why)
{
    static const char *const names[] = {
        [BACKUP_DAILY] = "daily",
        [BACKUP_BY_HAND] = "hand",
        [BACKUP_BEFORE_MIGRATION] = "migration",
        [BACKUP_BEFORE_IMPORT] = "import",
        [BACKUP_BEFORE_RESTORE] = "restore",
    };
    return names[why];
}

static enum message why_label(enum backup_why why)
{
    static const enum message labels[] = {
        [BACKUP_DAILY] = MSG_BACKUP_WHY_DAILY,
        [BACKUP_BY_HAND] = MSG_BACKUP_WHY_HAND,
        [BACKUP_BEFORE_MIGRATION] = MSG_BACKUP_WHY_MIGRATION,
        [BACKUP_BEFORE_IMPORT] = MSG_BACKUP_WHY_IMPORT,
        [BACKUP_BEFORE_RESTORE] = MSG_BACKUP_WHY_RESTORE,
    };
    return labels[why];
}

static const struct column backup_columns[] = {
    {"path", CELL_TEXT}, {"time", CELL_TEXT}, {"bytes", CELL_NUMBER}, {"why", CELL_TEXT}};
enum { BACKUP_COLUMNS = sizeof backup_columns / sizeof *backup_columns };

static void print_backup(const struct cli *c, const struct backup *b)
{
    struct text time = TEXT_INIT;
    char bytes[24];
    snprintf(bytes, sizeof bytes, "%lld", (long long)b->size);
    cli_add_utc(&time, b->time * 1000);
    const char *cells[BACKUP_COLUMNS] = {b->path, time.bytes, bytes, why_name(b->why)};
    output_row(c->io->out, c->format, backup_columns, BACKUP_COLUMNS, cells);
    text_release(&time);
}

static void add_backup_row(const struct cli *c, struct table *table, const struct backup *b)
{
    struct text cell = TEXT_INIT;
    cli_add_time(&cell, b->time * 1000);
    table_add(table, cell.bytes);
    text_clear(&cell);
    text_addf(&cell, "%.1f MB", (double)b->size / (1024 * 1024));
    table_add(table, cell.bytes);
    table_add(table, b->path);
    table_add(table, message_get(c->io->lang, why_label(b->why)));
    text_release(&cell);
}

static int list_backups(const struct cli *c)
{
    struct backup_list list;
    struct table table = {.columns = 4, .right = 1 << 1};
    enum status status = backup_list_load(c->directory.path, &list);
    if (status != STATUS_OK)
        return cli_failed(c, status);
    output_head(c->io->out, c->format, backup_columns, BACKUP_COLUMNS);
    for (size_t i = 0; i < list.count; i++) {
        if (c->format == OUTPUT_TEXT)
            add_backup_row(c, &table, &list.rows[i]);
        else
            print_backup(c, &list.rows[i]);
    }
    table_print(&table, c->io->out);
    table_release(&table);
    int code =
        list.count ? EXIT_DONE : problem_tell(c->io, EXIT_NOTHING, MSG_BACKUP_NONE, PROBLEM_PLAIN);
    backup_list_release(&list);
    return code;
}

static void tell_line(const struct cli *c, enum message id, const char *name, const char *value,
                      const char *name2, const char *value2)
{
    struct text line = TEXT_INIT;
    message_format(&line, c->io->lang, id, name, value, name2, value2, (char *)NULL);
    output_lines(c->io->out, line.bytes);
    text_release(&line);
}

static int make_backup(const struct cli *c, const char *named)
{
    struct text made = TEXT_INIT;
    struct meter meter;
    struct progress progress = meter_start(&meter, c->io);
    enum status status = named ? backup_to(c->directory.db, named, &progress)
                               : backup_make(c->directory.db, BACKUP_BY_HAND, &progress, &made);
    meter_stop(&meter);
    int code = EXIT_DONE;
    if (status == STATUS_OK)
        tell_line(c, MSG_BACKUP_MADE, "file", named ? named : made.bytes, NULL, NULL);
    else if (status == STATUS_CONFLICT && named)
        code = problem_tell(c->io, EXIT_CONFLICT, MSG_BACKUP_EXISTS, PROBLEM({"file", named}));
    else
        code = problem_status(c->io, status, named ? named : c->directory.path,
                              db_error(c->directory.db));
    text_release(&made);
    return code;
}

int cli_backup(struct cli *c)
{
    const struct request *q = c->request;
    bool list = q->options[OPTION_LIST];
    if (list && q->word_count)
        return problem_tell(c->io, EXIT_USAGE, MSG_PROBLEM_WORD_TOO_MANY,
                            PROBLEM({"word", q->words[0]}, {"help", "cpdir backup --help"}));
    int code = cli_open(c);
    if (code)
        return code;
    return list ? list_backups(c) : make_backup(c, q->word_count ? q->words[0] : NULL);
}

/* --- restore
 * ----------------------------------------------------------------------------------------
 */

/* Opens nothing: the directory may be too damaged for that. */
int cli_restore(struct cli *c)
{
    struct person person = cli_person_now(c);
    enum message refusal = identity_refusal(&person);
    const char *from = c->request->words[0];
    enum db_set set = cli_set_wanted(c->request);
    if (refusal != MSG_COUNT)
        return problem_tell(c->io, EXIT_REFUSED, refusal, PROBLEM_PLAIN);
    char *path = directory_path(c->request->options[OPTION_DB], set);
    if (!path)
        return problem_tell(c->io, EXIT_DATABASE, MSG_PROBLEM_NO_HOME, PROBLEM_PLAIN);
    struct text kept = TEXT_INIT, detail = TEXT_INIT;
    struct meter meter;
    struct progress progress = meter_start(&meter, c->io);
    enum status status = backup_restore(path, set, from, &progress, &kept, &detail);
    meter_stop(&meter);
    int code = EXIT_DONE;
    if (status == STATUS_OK)
        tell_line(c, kept.len ? MSG_RESTORE_DONE : MSG_RESTORE_DONE_NEW, "file", from, "kept",
                  kept.bytes);
    else
        code = problem_status(c->io, status, from, detail.bytes);
    text_release(&kept);
    text_release(&detail);
    free(path);
    return code;
}

/* --- fresh again
 * ------------------------------------------------------------------------------------
 */

/* Only of the training directory: the real one is never thrown away. */
int cli_reset(struct cli *c)
{
    if (cli_set_wanted(c->request) != DB_TRAINING)
        return problem_tell(c->io, EXIT_REFUSED, MSG_TRAINING_ONLY, PROBLEM_PLAIN);
    char *path = directory_path(c->request->options[OPTION_DB], DB_TRAINING);
    if (!path)
        return problem_tell(c->io, EXIT_DATABASE, MSG_PROBLEM_NO_HOME, PROBLEM_PLAIN);
    struct text detail = TEXT_INIT;
    int code = EXIT_DONE;
    enum status status = directory_reset(path, &detail);
    if (status == STATUS_OK)
        tell_line(c, MSG_TRAINING_FRESH, "file", path, NULL, NULL);
    else
        code = problem_status(c->io, status, path, detail.bytes);
    text_release(&detail);
    free(path);
    return code;
}

/* --- check
 * ------------------------------------------------------------------------------------------
 */

static const struct {
    const char *name;
    enum message label, advice;
} steps[CHECK_STEPS] = {
    [CHECK_FILE] = {"file", MSG_CHECK_FILE, MSG_CHECK_ADVICE_RESTORE},
    [CHECK_REFERENCES] = {"references", MSG_CHECK_REFERENCES, MSG_CHECK_ADVICE_RESTORE},
    [CHECK_LOG] = {"log", MSG_CHECK_LOG, MSG_CHECK_ADVICE_RESTORE},
    [CHECK_FOLD] = {"fold", MSG_CHECK_FOLD, MSG_CHECK_ADVICE_REPAIR},
    [CHECK_INDEX] = {"index", MSG_CHECK_INDEX, MSG_CHECK_ADVICE_REPAIR},
    [CHECK_ACCESS] = {"access", MSG_CHECK_ACCESS, MSG_CHECK_ADVICE_ACCESS},
    [CHECK_BACKUP] = {"backup", MSG_CHECK_BACKUP, MSG_CHECK_ADVICE_BACKUP},
};

static const struct {
    const char *name;
    enum message label;
} verdicts[] = {
    [CHECK_NOT_DONE] = {"not_done", MSG_CHECK_NOT_DONE},
    [CHECK_GOOD] = {"good", MSG_CHECK_GOOD},
    [CHECK_ADVICE] = {"advice", MSG_CHECK_ADVICE},
    [CHECK_WRONG] = {"wrong", MSG_CHECK_WRONG},
};

static const struct column check_columns[] = {
    {"step", CELL_TEXT}, {"verdict", CELL_TEXT}, {"detail", CELL_TEXT}};
enum { CHECK_COLUMNS = sizeof check_columns / sizeof *check_columns };

static void print_step(const struct cli *c, const struct check_report *report, int step)
{
    const char *detail = report->steps[step].detail;
    enum check_verdict verdict = report->steps[step].verdict;
    if (c->format != OUTPUT_TEXT) {
        const char *cells[CHECK_COLUMNS] = {steps[step].name, verdicts[verdict].name,
                                            *detail ? detail : NULL};
        output_row(c->io->out, c->format, check_columns, CHECK_COLUMNS, cells);
        return;
    }
    enum lang lang = c->io->lang;
    struct text line = TEXT_INIT;
    text_addf(&line, "%s: %s", message_get(lang, steps[step].label),
              message_get(lang, verdicts[verdict].label));
    if (verdict == CHECK_WRONG && *detail)
        text_addf(&line, " (%s)", detail);
    if (verdict == CHECK_WRONG || verdict == CHECK_ADVICE) {
        text_adds(&line, "\n    ");
        message_format(&line, lang, steps[step].advice, "file", detail, (char *)NULL);
    }
    output_lines(c->io->out, line.bytes);
    text_release(&line);
}

static enum status look(const struct cli *c, struct check_report *ret_report)
{
    struct meter meter;
    struct progress progress = meter_start(&meter, c->io);
    enum status status = check_run(c->directory.db, &progress, ret_report);
    meter_stop(&meter);
    return status;
}

/* Tables and index can be made again as long as the log itself is whole. */
static bool can_be_repaired(const struct check_report *r)
{
    return r->steps[CHECK_FILE].verdict == CHECK_GOOD &&
           r->steps[CHECK_LOG].verdict == CHECK_GOOD &&
           (r->steps[CHECK_FOLD].verdict == CHECK_WRONG ||
            r->steps[CHECK_INDEX].verdict == CHECK_WRONG);
}

static enum status repair(const struct cli *c, struct check_report *report)
{
    enum status status = backup_make(c->directory.db, BACKUP_BEFORE_RESTORE, NULL, NULL);
    if (status == STATUS_OK)
        status = op_fold_all(c->directory.db);
    return status == STATUS_OK ? look(c, report) : status;
}

int cli_check(struct cli *c)
{
    struct check_report report;
    struct person person;
    bool wanted = c->request->options[OPTION_REPAIR];
    int code = wanted ? cli_open_writer(c, &person) : cli_open(c);
    if (code)
        return code;
    enum status status = look(c, &report);
    if (status == STATUS_OK && wanted && can_be_repaired(&report))
        status = repair(c, &report);
    if (status != STATUS_OK)
        return cli_failed(c, status);
    output_head(c->io->out, c->format, check_columns, CHECK_COLUMNS);
    for (int i = 0; i < CHECK_STEPS; i++)
        print_step(c, &report, i);
    return check_is_wrong(&report) ? EXIT_DATABASE : EXIT_DONE;
}
