/* `cpdir alerts`, `alert`: the area alerts, and suspending, restoring, ending them from scripts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/emergency.h"
#include "db/suspend.h"
#include "i18n/number.h"
#include "tui/alert_words.h"
#include "tui/cli_work.h"
#include "tui/cli_write.h"
#include "tui/way.h"

void cli_print_alerts(const struct cli *c, const char *codes)
{
    struct text lines = TEXT_INIT;
    if (c->format != OUTPUT_TEXT || !c->alerts.count)
        return;
    struct format f = {.names = names_new(c->directory.db, NULL), .lang = c->io->lang};
    alert_add_list(&f, &lines, &c->alerts, codes);
    if (lines.len)
        output_lines(c->io->out, lines.bytes);
    names_free(f.names);
    text_release(&lines);
}

const char *cli_alerts_cell(const struct cli *c, const char *codes, struct text *room)
{
    text_clear(room);
    alert_add_ids(room, &c->alerts, codes);
    return room->bytes;
}

/* --- alerts ---------------------------------------------------------------------------------- */

static const struct column columns[] = {
    {"id", CELL_TEXT},       {"area", CELL_TEXT},    {"kind", CELL_TEXT},
    {"text_km", CELL_TEXT},  {"text_en", CELL_TEXT}, {"valid_from", CELL_TEXT},
    {"valid_to", CELL_TEXT}, {"state", CELL_TEXT},   {"suspended", CELL_NUMBER},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static int64_t today_of(struct cli *c)
{
    return date_days(date_from_time(directory_now(&c->directory)));
}

static const char *day_cell(struct text *out, int64_t day)
{
    if (day >= 0)
        date_iso(out, date_from_days(day));
    return out->len ? out->bytes : NULL;
}

static void print_alert_row(const struct cli *c, const struct alert *a, size_t suspended)
{
    char id[UUID_TEXT], number[24];
    struct text from = TEXT_INIT, to = TEXT_INIT;
    uuid_format(&a->id, id);
    snprintf(number, sizeof number, "%zu", suspended);
    const char *cells[COLUMNS] = {
        id,
        *a->area ? a->area : AREA_COUNTRY_CODE,
        enum_name("ALERT_KIND", a->kind),
        *a->text_km ? a->text_km : NULL,
        *a->text_en ? a->text_en : NULL,
        day_cell(&from, a->from),
        day_cell(&to, a->to),
        alert_state_name(a->state),
        number,
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&from);
    text_release(&to);
}

static void print_alert_text(const struct cli *c, const struct format *f, const struct alert *a,
                             size_t suspended)
{
    struct text out = TEXT_INIT;
    char id[UUID_TEXT];
    uuid_format(&a->id, id);
    alert_add_line(f, &out, a);
    text_adds(&out, "\n    ");
    alert_add_state(f, &out, a, suspended);
    text_addf(&out, "\n    %s", id);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
}

static int print_alerts(struct cli *c, const struct alert_list *list)
{
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    enum status status = STATUS_OK;
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < list->count && status == STATUS_OK; i++) {
        struct suspend_list services;
        status = suspend_suspended(c->directory.db, &list->rows[i], &services);
        if (status != STATUS_OK)
            break;
        if (c->format == OUTPUT_TEXT)
            print_alert_text(c, &f, &list->rows[i], services.count);
        else
            print_alert_row(c, &list->rows[i], services.count);
        suspend_list_release(&services);
    }
    names_free(f.names);
    return status ? cli_failed(c, status) : EXIT_DONE;
}

/* Those that are over only where they are asked for. */
static void keep_wanted(struct alert_list *list, const char *area, bool all)
{
    alert_keep_around(list, area);
    while (!all && list->count && list->rows[list->count - 1].state == ALERT_OVER)
        list->count--;
}

int cli_alerts(struct cli *c)
{
    struct alert_list list = {0};
    char area[AREA_CODE] = "";
    bool all = c->request->word_count > 0;
    if (all && strcmp(c->request->words[0], "all") != 0)
        return problem_tell(
            c->io, EXIT_USAGE, MSG_PROBLEM_VALUE,
            PROBLEM({"option", "alerts"}, {"value", c->request->words[0]}, {"list", "all"}));
    int code = cli_open(c);
    if (!code)
        code = cli_read_work_area(c, area);
    if (code)
        return code;
    enum status status = alert_load(c->directory.db, today_of(c), &list);
    if (status)
        return cli_failed(c, status);
    keep_wanted(&list, area, all);
    code = list.count ? print_alerts(c, &list)
                      : problem_tell(c->io, EXIT_NOTHING, MSG_ALERT_NO_ALERT, PROBLEM_PLAIN);
    alert_list_release(&list);
    return code;
}

/* --- alert suspend, restore, end ------------------------------------------------------------- */

enum act { DEED_SUSPEND, DEED_RESTORE, DEED_END };

/* One save on its way: which services, what becomes of the others. */
struct deed {
    struct cli *cli;
    enum act act;
    const struct alert *alert;
    struct emergency table;
    struct suspend_list list;
    bool *taken; /* of each row; in the list's arena */
    size_t taken_count;
};

static bool can_take(const struct deed *d, const struct suspend_row *row)
{
    if (d->act == DEED_SUSPEND)
        return row->state == SUSPEND_ACTIVE;
    return row->state == SUSPEND_BY_THIS || row->state == SUSPEND_CHANGED;
}

static void take(struct deed *d, size_t at)
{
    d->taken_count += !d->taken[at];
    d->taken[at] = true;
}

static void take_meant(struct deed *d)
{
    for (size_t i = 0; i < d->list.count; i++) {
        const struct suspend_row *row = &d->list.rows[i];
        if (d->act == DEED_SUSPEND ? emergency_suspends(&d->table, row)
                                   : row->state == SUSPEND_BY_THIS)
            take(d, i);
    }
}

/* The services that are named: all of them must be ones it can be done with. */
static int take_named(struct deed *d)
{
    const struct request *q = d->cli->request;
    for (size_t i = 2; i < q->word_count; i++) {
        enum record_kind kind;
        struct uuid id;
        bool found = false;
        int code = cli_find_record(d->cli, q->words[i], &kind, &id);
        if (code)
            return code;
        for (size_t k = 0; k < d->list.count; k++)
            if (uuid_equal(&d->list.rows[k].id, &id) && can_take(d, &d->list.rows[k])) {
                take(d, k);
                found = true;
            }
        if (!found)
            return problem_tell(d->cli->io, EXIT_REFUSED, MSG_SUSPEND_NOT_THERE,
                                PROBLEM({"id", q->words[i]}));
    }
    return EXIT_DONE;
}

static int load_services(struct deed *d)
{
    struct db *db = d->cli->directory.db;
    struct guide_fault fault;
    char *rules = way_rules(NULL);
    enum status status = emergency_load(db, rules, &d->table, &fault);
    free(rules);
    if (status == STATUS_OK)
        status = d->act == DEED_SUSPEND ? suspend_candidates(db, d->alert, &d->list)
                                        : suspend_suspended(db, d->alert, &d->list);
    if (status != STATUS_OK)
        return cli_failed(d->cli, status);
    d->taken = arena_alloc(&d->list.arena, d->list.count + 1);
    if (d->cli->request->word_count > 2)
        return take_named(d);
    take_meant(d);
    return EXIT_DONE;
}

static const char *outcome_of(const struct deed *d, size_t at)
{
    if (!d->taken[at])
        return "left";
    return d->act == DEED_SUSPEND ? "suspended" : "restored";
}

static void print_service_text(const struct deed *d, const struct format *f, size_t at)
{
    const struct suspend_row *row = &d->list.rows[at];
    struct text out = TEXT_INIT, time = TEXT_INIT;
    char id[UUID_TEXT];
    uuid_format(&row->id, id);
    text_addf(&out, "%s ", d->taken[at] ? "[x]" : "[ ]");
    format_name(f, &out, row->name_km, row->name_en);
    if (row->state == SUSPEND_CHANGED && d->act != DEED_SUSPEND) {
        if (row->changed_ms)
            cli_add_time(&time, row->changed_ms);
        text_adds(&out, NAMES_DOT);
        message_format(&out, f->lang, MSG_SUSPEND_CHANGED, "name", row->changed_by, "time",
                       time.bytes, (char *)NULL);
    }
    text_addf(&out, "\n    %s", id);
    output_lines(d->cli->io->out, out.bytes);
    text_release(&out);
    text_release(&time);
}

/* What is done with each; services that an alert leaves alone are told only where it had suspended
 * them. */
static void print_services(const struct deed *d, const struct save_result *saved)
{
    static const struct column service_columns[] = {{"service", CELL_TEXT},
                                                    {"name_km", CELL_TEXT},
                                                    {"name_en", CELL_TEXT},
                                                    {"result", CELL_TEXT},
                                                    {"proposal", CELL_TEXT}};
    struct cli *c = d->cli;
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    bool proposed = saved->outcome == SAVE_PROPOSED && !c->request->options[OPTION_DRY_RUN];
    char id[UUID_TEXT], proposal[UUID_TEXT] = "";
    output_head(c->io->out, c->format, service_columns, 5);
    if (proposed)
        uuid_format(&saved->proposal, proposal);
    for (size_t i = 0; i < d->list.count; i++) {
        const struct suspend_row *row = &d->list.rows[i];
        if (!d->taken[i] && d->act == DEED_SUSPEND)
            continue;
        if (c->format == OUTPUT_TEXT) {
            print_service_text(d, &f, i);
            continue;
        }
        uuid_format(&row->id, id);
        const char *cells[] = {id, *row->name_km ? row->name_km : NULL,
                               *row->name_en ? row->name_en : NULL, outcome_of(d, i),
                               proposed ? proposal : NULL};
        output_row(c->io->out, c->format, service_columns, 5, cells);
    }
    names_free(f.names);
}

static int save(struct deed *d, const struct person *person)
{
    struct cli *c = d->cli;
    struct arena arena = {0};
    struct op_refusal refusal = {0};
    struct save_result saved = {0};
    struct change *changes =
        arena_alloc(&arena, (d->taken_count + SUSPEND_END_CHANGES) * sizeof *changes);
    size_t count = d->act == DEED_END
                       ? suspend_end_changes(d->alert, today_of(c), cli_reason(c), &arena, changes)
                       : 0;
    for (size_t i = 0; i < d->list.count; i++)
        if (d->taken[i])
            changes[count++] =
                suspend_change(&d->list.rows[i].id, d->act == DEED_SUSPEND ? &d->alert->id : NULL,
                               cli_reason(c), &arena);
    bool dry = c->request->options[OPTION_DRY_RUN] != NULL;
    enum status status =
        (dry ? person_try : person_save)(c->directory.db, person, changes, count, &refusal, &saved);
    int code = status ? cli_save_refused(c, status, changes, count, &refusal) : EXIT_DONE;
    if (!code) {
        print_services(d, &saved);
        if (c->format == OUTPUT_TEXT)
            cli_tell_saved(c, &saved, &d->alert->id);
    }
    arena_release(&arena);
    return code;
}

static int run_deed(struct deed *d, const struct person *person)
{
    int code = load_services(d);
    if (!code && !d->taken_count && d->act != DEED_END)
        code = problem_tell(d->cli->io, EXIT_NOTHING,
                            d->act == DEED_SUSPEND ? MSG_SUSPEND_NOTHING : MSG_SUSPEND_NONE,
                            PROBLEM_PLAIN);
    if (!code)
        code = save(d, person);
    suspend_list_release(&d->list);
    emergency_release(&d->table);
    return code;
}

static int find_alert(struct cli *c, const char *typed, struct alert_list *ret_alert)
{
    enum record_kind kind;
    struct uuid id;
    int code = cli_find_record(c, typed, &kind, &id);
    if (!code && kind != RECORD_AREA_ALERT)
        return problem_tell(c->io, EXIT_REFUSED, MSG_ALERT_NOT_ONE, PROBLEM({"id", typed}));
    if (code)
        return code;
    enum status status = alert_get(c->directory.db, &id, today_of(c), ret_alert);
    return status ? cli_failed(c, status) : EXIT_DONE;
}

int cli_alert(struct cli *c)
{
    static const char *const acts[] = {
        [DEED_SUSPEND] = "suspend", [DEED_RESTORE] = "restore", [DEED_END] = "end"};
    struct deed d = {.cli = c};
    struct alert_list alert = {0};
    struct person person;
    const char *act = c->request->words[0];
    int at = 0;
    while (at <= DEED_END && strcmp(act, acts[at]) != 0)
        at++;
    if (at > DEED_END)
        return problem_tell(
            c->io, EXIT_USAGE, MSG_PROBLEM_VALUE,
            PROBLEM({"option", "alert"}, {"value", act}, {"list", "suspend, restore, end"}));
    int code = cli_open_writer(c, &person);
    if (!code)
        code = find_alert(c, c->request->words[1], &alert);
    if (!code && at == DEED_END && alert.rows[0].state == ALERT_OVER)
        code = problem_tell(c->io, EXIT_REFUSED, MSG_ALERT_OVER, PROBLEM_PLAIN);
    if (!code) {
        d.act = (enum act)at;
        d.alert = &alert.rows[0];
        code = run_deed(&d, &person);
    }
    alert_list_release(&alert);
    return code;
}
