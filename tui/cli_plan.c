/* `cpdir plan`: services by programme, output and tier of the plan. */
#include <string.h>

#include "db/plan_output.h"
#include "tui/cli.h"
#include "tui/plan_table.h"

enum { TEXT_COLUMNS = 100 };

static const struct column columns[] = {
    {"output", CELL_TEXT},     {"tier", CELL_NUMBER},     {"services", CELL_NUMBER},
    {"located", CELL_NUMBER},  {"covering", CELL_NUMBER}, {"confirmed", CELL_NUMBER},
    {"programs", CELL_NUMBER}, {"title_km", CELL_TEXT},   {"title_en", CELL_TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const struct plan_output *output_of(const struct plan_output_list *list, const char *code)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->rows[i].code, code) == 0)
            return &list->rows[i];
    return NULL;
}

static void print_row(const struct cli *c, const struct plan_output_list *outputs,
                      const struct plan_row *row)
{
    int figures[PLAN_FIGURES];
    char numbers[PLAN_FIGURES][16], tier[16];
    const struct plan_output *o = output_of(outputs, row->output);
    plan_figures(row, figures);
    for (size_t i = 0; i < PLAN_FIGURES; i++)
        snprintf(numbers[i], sizeof numbers[i], "%d", figures[i]);
    snprintf(tier, sizeof tier, "%d", row->tier);
    const char *cells[COLUMNS] = {
        row->output,
        row->tier ? tier : NULL,
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        row->tier ? NULL : numbers[4],
        o && *o->title_km ? o->title_km : NULL,
        o && *o->title_en ? o->title_en : NULL,
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
}

static int print_rows(const struct cli *c, const struct plan_count *p)
{
    struct plan_output_list outputs;
    enum status status = plan_output_all(c->directory.db, &outputs);
    if (status != STATUS_OK)
        return cli_failed(c, status);
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < p->count; i++)
        print_row(c, &outputs, &p->rows[i]);
    plan_output_list_release(&outputs);
    return EXIT_DONE;
}

static void print_table(const struct cli *c, const struct plan_count *p)
{
    struct names *names = names_new(c->directory.db, NULL);
    struct text out = TEXT_INIT;
    plan_write(p, names, c->io->lang, TEXT_COLUMNS, &out);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
    names_free(names);
}

int cli_plan(struct cli *c)
{
    char area[AREA_CODE];
    struct plan_count p;
    int code = cli_open(c);
    if (!code)
        code = cli_read_area(c, area);
    if (code)
        return code;
    enum status status = plan_count_load(c->directory.db, area, &p);
    if (status != STATUS_OK)
        return cli_failed(c, status);
    cli_print_alerts(c, area);
    if (c->format == OUTPUT_TEXT)
        print_table(c, &p);
    else
        code = print_rows(c, &p);
    plan_count_release(&p);
    return code;
}
