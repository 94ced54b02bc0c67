/* `cpdir gaps`: services that were not available, as noted in pathways. */
#include "db/gap.h"
#include "i18n/number.h"
#include "tui/cli_work.h"
#include "tui/format.h"

static const struct column columns[] = {
    {"day", CELL_TEXT},     {"need", CELL_TEXT},    {"area", CELL_TEXT},    {"type", CELL_TEXT},
    {"service", CELL_TEXT}, {"name_km", CELL_TEXT}, {"name_en", CELL_TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void print_row(const struct cli *c, const struct gap *gap)
{
    char id[UUID_TEXT];
    struct text day = TEXT_INIT;
    uuid_format(&gap->service, id);
    date_iso(&day, date_from_days(gap->day));
    const char *cells[COLUMNS] = {
        day.bytes,
        gap->need,
        gap->area,
        gap->kind,
        id,
        *gap->name_km ? gap->name_km : NULL,
        *gap->name_en ? gap->name_en : NULL,
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&day);
}

/* For people: the day and what was needed, where, who was not available. */
static void print_card(const struct cli *c, const struct format *f, const struct gap *gap)
{
    struct text out = TEXT_INIT;
    format_day(&out, gap->day);
    text_addf(&out, NAMES_DOT "%s" NAMES_DOT "%s\n    ", names_need(f->names, f->lang, gap->need),
              names_term(f->names, f->lang, gap->kind));
    names_path(f->names, &out, f->lang, gap->area);
    text_adds(&out, "\n    ");
    format_name(f, &out, gap->name_km, gap->name_en);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
}

static void print(struct cli *c, const struct gap_list *list, const char *area)
{
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    cli_print_alerts(c, area);
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < list->count; i++)
        if (c->format == OUTPUT_TEXT)
            print_card(c, &f, &list->rows[i]);
        else
            print_row(c, &list->rows[i]);
    names_free(f.names);
}

int cli_gaps(struct cli *c)
{
    struct gap_list list = {0};
    char area[AREA_CODE] = "";
    int code = cli_open(c);
    if (!code && c->request->options[OPTION_AREA])
        code = cli_read_work_area(c, area);
    if (code)
        return code;
    enum status status = gap_list(c->directory.db, area, &list);
    if (status)
        return cli_failed(c, status);
    if (list.count)
        print(c, &list, area);
    else
        code = problem_tell(c->io, EXIT_NOTHING, MSG_GAPS_NONE, PROBLEM_PLAIN);
    gap_list_release(&list);
    return code;
}
