/* `cpdir emergency`: who is on duty in an area in an emergency, where children can be received. */
#include <stdlib.h>

#include "db/package.h"
#include "tui/cli_work.h"
#include "tui/emergency_words.h"
#include "tui/way.h"

static const struct column columns[] = {
    {"list", CELL_TEXT},    {"type", CELL_TEXT},    {"level", CELL_TEXT},
    {"id", CELL_TEXT},      {"name_km", CELL_TEXT}, {"name_en", CELL_TEXT},
    {"phones", CELL_WORDS}, {"open", CELL_TEXT},    {"area", CELL_WORDS},
    {"covers", CELL_WORDS}, {"result", CELL_TEXT},  {"suspended_by", CELL_TEXT},
    {"alerts", CELL_WORDS},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *filled(const char *s)
{
    return *s ? s : NULL;
}

/* row NULL: nobody was found. */
static void print_row(const struct cli *c, const struct emergency_list *list,
                      const struct emergency_group *g, const struct emergency_row *row)
{
    const struct hit *hit = row ? row->hit : NULL;
    struct text alerts = TEXT_INIT;
    char id[UUID_TEXT] = "", by[UUID_TEXT] = "";
    if (row)
        uuid_format(&hit->id, id);
    if (row && row->has_alert)
        uuid_format(&row->alert, by);
    const char *cells[COLUMNS] = {
        emergency_part_name(g->item->part),
        g->item->kind,
        emergency_level_name(g->item->level),
        filled(id),
        hit ? filled(hit->name_km) : NULL,
        hit ? filled(hit->name_en) : NULL,
        hit ? hit->phones : NULL,
        row ? way_open_name(row->open) : NULL,
        hit ? hit->located : NULL,
        hit ? hit->covers : NULL,
        !row             ? g->below ? "below" : "gap"
        : row->suspended ? "suspended"
        : row->outside   ? "outside"
                         : "active",
        filled(by),
        cli_alerts_cell(c, list->area, &alerts),
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&alerts);
}

static void print_rows(const struct cli *c, const struct emergency_list *list)
{
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < list->count; i++) {
        const struct emergency_group *g = &list->groups[i];
        if (!g->active)
            print_row(c, list, g, NULL);
        for (size_t k = 0; k < g->count; k++)
            print_row(c, list, g, &g->rows[k]);
    }
}

static void print_text(struct cli *c, const struct emergency_list *list)
{
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    struct sheet sheet;
    struct text out = TEXT_INIT;
    cli_print_alerts(c, list->area);
    sheet_init(&sheet, SHEET_UNBOUNDED);
    emergency_write(&f, &sheet, c->directory.db, list);
    sheet_write(&sheet, &out);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
    sheet_release(&sheet);
    names_free(f.names);
}

static int load_table(const struct cli *c, struct emergency *ret_table)
{
    struct guide_fault fault;
    char *rules = way_rules(c->request->options[OPTION_RULES]);
    enum status status = emergency_load(c->directory.db, rules, ret_table, &fault);
    free(rules);
    if (fault.wrong != GUIDE_FINE) {
        struct text line = TEXT_INIT;
        way_add_fault(&line, c->io->lang, &fault);
        (void)problem_tell(c->io, EXIT_DONE, MSG_WAY_FAULT, PROBLEM({"fault", line.bytes}));
        text_release(&line);
    }
    return status ? cli_failed(c, status) : EXIT_DONE;
}

int cli_emergency(struct cli *c)
{
    struct emergency table = {0};
    struct emergency_list list = {0};
    char area[AREA_CODE] = "";
    int code = cli_open(c);
    if (!code)
        code = cli_read_work_area(c, area);
    if (!code)
        code = load_table(c, &table);
    if (code)
        return code;
    enum status status =
        emergency_make(c->directory.db, &table, area, directory_now(&c->directory), &list);
    if (status)
        code = cli_failed(c, status);
    else if (c->format == OUTPUT_TEXT)
        print_text(c, &list);
    else
        print_rows(c, &list);
    emergency_list_release(&list);
    emergency_release(&table);
    return code;
}
