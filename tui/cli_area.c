/* `cpdir area [A]`: an area's path and what is directly inside it, with counts. An area with
 * nothing inside is listed with those it lies in. */
#include <stdio.h>
#include <string.h>

#include "tui/cli.h"
#include "tui/names.h"

static const struct column columns[] = {
    {"code", CELL_TEXT},       {"parent", CELL_TEXT},  {"kind", CELL_TEXT},
    {"name_km", CELL_TEXT},    {"name_en", CELL_TEXT}, {"located", CELL_NUMBER},
    {"covering", CELL_NUMBER}, {"alerts", CELL_WORDS},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void print_row(const struct cli *c, const struct area *a)
{
    char located[24], covering[24];
    struct text alerts = TEXT_INIT;
    snprintf(located, sizeof located, "%lld", (long long)a->located);
    snprintf(covering, sizeof covering, "%lld", (long long)a->covering);
    const char *cells[COLUMNS] = {a->code,
                                  *a->parent ? a->parent : NULL,
                                  area_kind_name(a->kind),
                                  a->name_km,
                                  a->name_en,
                                  located,
                                  covering,
                                  cli_alerts_cell(c, a->code, &alerts)};
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&alerts);
}

static void add_text_row(const struct cli *c, struct names *names, struct table *table,
                         const struct area *a)
{
    struct text cell = TEXT_INIT;
    table_add(table, a->code);
    text_addf(&cell, "%lld", (long long)a->located);
    table_add(table, cell.bytes);
    text_clear(&cell);
    text_addf(&cell, "%lld", (long long)a->covering);
    table_add(table, cell.bytes);
    text_clear(&cell);
    names_area(names, &cell, c->io->lang, a->code);
    bool km = c->io->lang == LANG_KM;
    table_add(table, km ? a->name_en : cell.bytes);
    table_add(table, km ? cell.bytes : a->name_km);
    text_release(&cell);
}

static void print_text(const struct cli *c, struct names *names, const struct area_list *areas)
{
    struct table table = {.columns = 5, .right = 1 << 1 | 1 << 2};
    for (size_t i = 0; i < areas->count; i++)
        add_text_row(c, names, &table, &areas->rows[i]);
    output_lines(c->io->out, message_get(c->io->lang, MSG_BROWSE_LEGEND));
    table_print(&table, c->io->out);
    table_release(&table);
}

/* The line above the table: where the area lies. */
static void print_path(const struct cli *c, struct names *names, const char *code)
{
    struct text line = TEXT_INIT;
    text_addf(&line, "%s  ", code);
    names_path(names, &line, c->io->lang, code);
    output_lines(c->io->out, line.bytes);
    text_release(&line);
}

/* The line below it: other areas of the same name. */
static void print_others(const struct cli *c, struct names *names, const struct area_list *found)
{
    if (found->count < 2)
        return;
    struct text list = TEXT_INIT, line = TEXT_INIT;
    for (size_t i = 1; i < found->count; i++) {
        text_addf(&list, "%s%s ", i > 1 ? ", " : "", found->rows[i].code);
        names_path(names, &list, c->io->lang, found->rows[i].code);
    }
    text_addc(&line, '\n');
    message_format(&line, c->io->lang, MSG_CLI_AREA_OTHERS, "list", list.bytes, (char *)NULL);
    output_lines(c->io->out, line.bytes);
    text_release(&list);
    text_release(&line);
}

static void print(const struct cli *c, const struct area_list *found, const struct area_list *rows)
{
    if (c->format != OUTPUT_TEXT) {
        output_head(c->io->out, c->format, columns, COLUMNS);
        for (size_t i = 0; i < rows->count; i++)
            print_row(c, &rows->rows[i]);
        return;
    }
    struct names *names = names_new(c->directory.db, NULL);
    cli_print_alerts(c, found->count ? found->rows[0].code : "");
    if (found->count)
        print_path(c, names, found->rows[0].code);
    print_text(c, names, rows);
    print_others(c, names, found);
    names_free(names);
}

int cli_area(struct cli *c)
{
    struct area_list found = {0}, rows = {0};
    struct text typed = TEXT_INIT;
    int code = cli_open(c);
    cli_join_words(c->request, &typed);
    if (!code && c->request->word_count)
        code = cli_find_area(c, typed.bytes, EXIT_NOTHING, &found);
    text_release(&typed);
    if (code)
        return code;
    const char *area = found.count ? found.rows[0].code : "";
    enum status status = area_children(c->directory.db, area, &rows);
    if (!status && !rows.count && *area) {
        area_list_release(&rows);
        status = area_path(c->directory.db, area, &rows);
    }
    if (status)
        code = cli_failed(c, status);
    else
        print(c, &found, &rows);
    area_list_release(&rows);
    area_list_release(&found);
    return code;
}
