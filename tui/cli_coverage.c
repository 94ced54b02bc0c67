/* `cpdir coverage`: the minimum package of an area and of what lies in it against the services
 * there are. tsv and json tell every cell; text draws the matrix of the areas directly inside;
 * --rank lists districts or communes, the greatest gaps first. */
#include <stdlib.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/alert_words.h"
#include "tui/cli.h"
#include "tui/coverage_matrix.h"
#include "tui/coverage_page.h"
#include "tui/way.h"

static const struct column columns[] = {
    {"area", CELL_TEXT},      {"type", CELL_TEXT},       {"required", CELL_NUMBER},
    {"located", CELL_NUMBER}, {"covering", CELL_NUMBER}, {"unconfirmed", CELL_NUMBER},
    {"state", CELL_TEXT},     {"nearest", CELL_TEXT},    {"before", CELL_TEXT},
    {"alerts", CELL_WORDS},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const struct column rank_columns[] = {
    {"area", CELL_TEXT},          {"required", CELL_NUMBER}, {"missing", CELL_NUMBER},
    {"unconfirmed", CELL_NUMBER}, {"covered", CELL_NUMBER},  {"present", CELL_NUMBER},
};
enum { RANK_COLUMNS = sizeof rank_columns / sizeof *rank_columns };

static const char *number_cell(char room[16], int number)
{
    snprintf(room, 16, "%d", number);
    return room;
}

/* --- for programs ----------------------------------------------------------------------------- */

static void print_cell(const struct cli *c, const struct coverage *now,
                       const struct coverage *before, const char *area, size_t kind)
{
    struct coverage_cell cell = coverage_at(now, area, kind);
    char numbers[4][16], id[UUID_TEXT];
    size_t count;
    if (!cell.required)
        return;
    struct coverage_service *services = coverage_services(now, area, kind, c->io->lang, &count);
    struct text alerts = TEXT_INIT;
    if (count)
        uuid_format(&services[0].row->id, id);
    const char *was = before ? coverage_state_name(coverage_at(before, area, kind).state) : "";
    const char *cells[COLUMNS] = {
        *area ? area : AREA_COUNTRY_CODE,
        now->kinds[kind],
        number_cell(numbers[0], cell.required),
        number_cell(numbers[1], cell.located),
        number_cell(numbers[2], cell.covering),
        number_cell(numbers[3], cell.unconfirmed),
        coverage_state_name(cell.state),
        count ? id : NULL,
        *was ? was : NULL,
        cli_alerts_cell(c, area, &alerts),
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&alerts);
    free(services);
}

static void print_cells(const struct cli *c, const struct coverage *now,
                        const struct coverage *before, const char *area)
{
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < now->area_count; i++)
        for (size_t k = 0; area_contains(area, now->areas[i]) && k < now->kind_count; k++)
            print_cell(c, now, before, now->areas[i], k);
}

static void print_ranks(const struct cli *c, const struct coverage_ranked *rows, size_t count)
{
    output_head(c->io->out, c->format, rank_columns, RANK_COLUMNS);
    for (size_t i = 0; i < count; i++) {
        const struct coverage_total *t = &rows[i].total;
        char numbers[5][16];
        const char *cells[RANK_COLUMNS] = {
            rows[i].code,
            number_cell(numbers[0], t->required),
            number_cell(numbers[1], t->states[COVERAGE_MISSING]),
            number_cell(numbers[2], t->states[COVERAGE_UNCONFIRMED]),
            number_cell(numbers[3], t->states[COVERAGE_COVERED]),
            number_cell(numbers[4], t->states[COVERAGE_PRESENT]),
        };
        output_row(c->io->out, c->format, rank_columns, RANK_COLUMNS, cells);
    }
}

/* --- for people ------------------------------------------------------------------------------- */

static void print_matrix(const struct cli *c, const struct coverage_matrix *m, struct names *names)
{
    struct text out = TEXT_INIT;
    matrix_write(m, names, c->io->lang, &out);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
}

static void print_ranking(const struct cli *c, struct names *names,
                          const struct coverage_ranked *rows, size_t count)
{
    struct table table = {.columns = 6, .right = 1 | 1 << 1 | 1 << 2 | 1 << 3};
    struct text name = TEXT_INIT;
    output_lines(c->io->out, message_get(c->io->lang, MSG_COVERAGE_RANK_LEGEND));
    for (size_t i = 0; i < count; i++) {
        const struct coverage_total *t = &rows[i].total;
        char numbers[4][16];
        table_add(&table, number_cell(numbers[0], (int)i + 1));
        table_add(&table, number_cell(numbers[1], t->states[COVERAGE_MISSING]));
        table_add(&table, number_cell(numbers[2], t->states[COVERAGE_UNCONFIRMED]));
        table_add(&table, number_cell(numbers[3], t->required));
        table_add(&table, rows[i].code);
        text_clear(&name);
        names_path(names, &name, c->io->lang, rows[i].code);
        table_add(&table, name.bytes);
    }
    table_print(&table, c->io->out);
    text_release(&name);
    table_release(&table);
}

/* --- the command ------------------------------------------------------------------------------ */

static void print_rank(const struct cli *c, const struct coverage *now, const char *area)
{
    size_t count;
    struct coverage_ranked *rows = coverage_rank(now, area, &count);
    struct names *names = names_new(c->directory.db, NULL);
    if (c->format == OUTPUT_TEXT)
        print_ranking(c, names, rows, count);
    else
        print_ranks(c, rows, count);
    names_free(names);
    free(rows);
}

static int64_t day_of(struct directory *d)
{
    return date_days(date_from_time(directory_now(d)));
}

static void print_page(struct cli *c, const struct coverage_matrix *m, struct names *names,
                       struct directory *past)
{
    struct text out = TEXT_INIT, alerts = TEXT_INIT;
    struct format f = {names, c->io->lang, directory_now(&c->directory)};
    alert_add_list(&f, &alerts, &c->alerts, m->area);
    coverage_page(m, names, c->io->lang, day_of(&c->directory), m->before ? day_of(past) : 0,
                  directory_is_training(&c->directory), alerts.bytes, &out);
    text_release(&alerts);
    fwrite(out.bytes, 1, out.len, c->io->out);
    text_release(&out);
}

/* past: the directory of `before`, where there is one. */
static void print(struct cli *c, const struct coverage *now, const struct coverage *before,
                  struct directory *past, const char *area)
{
    const char *format = c->request->options[OPTION_FORMAT];
    bool page = format && !strcmp(format, "html");
    if (!page)
        cli_print_alerts(c, area);
    if (!page && c->request->options[OPTION_RANK]) {
        print_rank(c, now, area);
        return;
    }
    if (c->format != OUTPUT_TEXT) {
        print_cells(c, now, before, area);
        return;
    }
    struct names *names = names_new(c->directory.db, NULL);
    struct coverage_matrix m;
    matrix_make(now, before, area, &m);
    if (page)
        print_page(c, &m, names, past);
    else
        print_matrix(c, &m, names);
    matrix_release(&m);
    names_free(names);
}

/* The coverage of another day; the directory of that day stays open as long as it. */
static int load_before(const struct cli *c, const struct package *package,
                       struct directory *ret_directory, struct coverage *ret_before)
{
    const char *date = c->request->options[OPTION_AGAINST];
    int code = directory_open(c->io, c->request->options[OPTION_DB], cli_set_wanted(c->request),
                              ret_directory);
    if (!code)
        code = directory_go_back(c->io, date, ret_directory);
    if (code)
        return code;
    enum status status = coverage_load(ret_directory->db, package, ret_before);
    return status ? problem_status(c->io, status, ret_directory->path, db_error(ret_directory->db))
                  : EXIT_DONE;
}

static int load_package(const struct cli *c, struct package *ret_package)
{
    struct guide_fault fault;
    char *rules = way_rules(c->request->options[OPTION_RULES]);
    enum status status = package_load(c->directory.db, rules, ret_package, &fault);
    free(rules);
    if (fault.wrong != GUIDE_FINE) {
        struct text line = TEXT_INIT;
        way_add_fault(&line, c->io->lang, &fault);
        (void)problem_tell(c->io, EXIT_DONE, MSG_WAY_FAULT, PROBLEM({"fault", line.bytes}));
        text_release(&line);
    }
    return status ? cli_failed(c, status) : EXIT_DONE;
}

int cli_coverage(struct cli *c)
{
    struct package package = {0};
    struct coverage now = {0}, before = {0};
    struct directory past = {0};
    char area[AREA_CODE];
    bool against = c->request->options[OPTION_AGAINST];
    int code = cli_open(c);
    if (!code)
        code = cli_read_area(c, area);
    if (!code)
        code = load_package(c, &package);
    if (!code && against)
        code = load_before(c, &package, &past, &before);
    if (!code) {
        enum status status = coverage_load(c->directory.db, &package, &now);
        if (status)
            code = cli_failed(c, status);
        else
            print(c, &now, against ? &before : NULL, &past, area);
    }
    coverage_release(&now);
    coverage_release(&before);
    package_release(&package);
    directory_close(&past);
    return code;
}
