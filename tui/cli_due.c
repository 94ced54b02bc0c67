/* `cpdir due`: what is to be confirmed in an area, the most important first; --sheet prints the
 * call sheet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/call_sheet.h"
#include "tui/cli_work.h"
#include "tui/config.h"
#include "tui/due_lines.h"
#include "tui/identity.h"

static const struct column columns[] = {
    {"id", CELL_TEXT},       {"name_km", CELL_TEXT}, {"name_en", CELL_TEXT},
    {"area", CELL_TEXT},     {"due", CELL_TEXT},     {"why", CELL_TEXT},
    {"verified", CELL_TEXT}, {"asked", CELL_TEXT},   {"not_reached", CELL_NUMBER},
    {"types", CELL_WORDS},   {"phones", CELL_WORDS},
};
enum { COLUMNS = sizeof columns / sizeof *columns, SHEET_COLUMNS = 76, LIMIT = 50 };

static const char *day_cell(struct text *out, int64_t day)
{
    if (day >= 0)
        date_iso(out, date_from_days(day));
    return out->len ? out->bytes : NULL;
}

static void print_row(const struct cli *c, const struct due_row *row)
{
    char id[UUID_TEXT], times[16];
    struct text due = TEXT_INIT, verified = TEXT_INIT, asked = TEXT_INIT;
    uuid_format(&row->id, id);
    snprintf(times, sizeof times, "%d", row->not_reached);
    const char *cells[COLUMNS] = {
        id,
        *row->name_km ? row->name_km : NULL,
        *row->name_en ? row->name_en : NULL,
        *row->area ? row->area : AREA_COUNTRY_CODE,
        day_cell(&due, row->due),
        due_why_name(row->why),
        day_cell(&verified, row->verified),
        day_cell(&asked, row->asked),
        times,
        row->types,
        row->phones,
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&due);
    text_release(&verified);
    text_release(&asked);
}

static void print_rows(const struct cli *c, const struct due_list *list)
{
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < list->count; i++)
        print_row(c, &list->rows[i]);
}

static void print_text(const struct format *f, const struct cli *c, const struct due_list *list,
                       const char *area)
{
    struct text out = TEXT_INIT;
    names_path(f->names, &out, f->lang, area);
    text_addc(&out, '\n');
    due_add_progress(f, &out, list);
    text_adds(&out, "\n\n");
    for (size_t i = 0; i < list->count; i++) {
        char id[UUID_TEXT];
        uuid_format(&list->rows[i].id, id);
        due_add_service(f, &out, &list->rows[i], "    ");
        text_addf(&out, "\n    %s\n", id);
    }
    text_addc(&out, '\n');
    due_add_more(f, &out, list);
    while (out.len && out.bytes[out.len - 1] == '\n')
        text_truncate(&out, out.len - 1);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
}

static void print(struct cli *c, const struct due_list *list, const char *area)
{
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    struct text sheet = TEXT_INIT;
    cli_print_alerts(c, area);
    if (c->format != OUTPUT_TEXT) {
        print_rows(c, list);
    } else if (c->request->options[OPTION_SHEET]) {
        struct person person = cli_person_now(c);
        call_sheet(&f, &sheet, list, area, person.name, SHEET_COLUMNS);
        output_lines(c->io->out, sheet.bytes);
    } else {
        print_text(&f, c, list, area);
    }
    text_release(&sheet);
    names_free(f.names);
}

/* A wrong file of rules is told and left out: the list is still needed. */
static enum status read_rules(const struct cli *c, struct due_rules *rules)
{
    size_t line = 0;
    char number[24];
    enum status status = config_due_rules(c->directory.db, rules, &line);
    if (line) {
        char *path = config_path("due.tsv");
        snprintf(number, sizeof number, "%zu", line);
        (void)problem_tell(c->io, EXIT_DONE, MSG_DUE_RULES,
                           PROBLEM({"file", path}, {"line", number}));
        free(path);
    }
    return status;
}

int cli_due(struct cli *c)
{
    struct due_list list = {0};
    struct due_rules rules;
    char area[AREA_CODE] = "";
    bool whole = c->format != OUTPUT_TEXT || c->request->options[OPTION_SHEET];
    size_t limit = whole ? 0 : LIMIT;
    int code = cli_open(c);
    if (!code)
        code = cli_read_work_area(c, area);
    if (!code)
        code = cli_read_work_limit(c, &limit);
    if (code)
        return code;
    struct date today = date_from_time(directory_now(&c->directory));
    struct due_query query = {area, date_days(today), &rules, limit};
    enum status status = read_rules(c, &rules);
    if (!status)
        status = due_load(c->directory.db, &query, &list);
    if (status)
        return cli_failed(c, status);
    if (list.count)
        print(c, &list, area);
    else
        code = problem_tell(c->io, EXIT_NOTHING, MSG_DUE_NONE, PROBLEM_PLAIN);
    due_list_release(&list);
    return code;
}
