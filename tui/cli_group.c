/* `cpdir group`: working groups of an area, their members and meetings. */
#include <stdlib.h>

#include "i18n/number.h"
#include "tui/cli.h"
#include "tui/group_page.h"
#include "tui/print.h"

static const struct column columns[] = {
    {"area", CELL_TEXT},         {"organization", CELL_TEXT}, {"committee_km", CELL_TEXT},
    {"committee_en", CELL_TEXT}, {"next_meeting", CELL_TEXT}, {"last_meeting", CELL_TEXT},
    {"state", CELL_TEXT},        {"contact", CELL_TEXT},      {"name_km", CELL_TEXT},
    {"name_en", CELL_TEXT},      {"title_km", CELL_TEXT},     {"title_en", CELL_TEXT},
    {"role_km", CELL_TEXT},      {"role_en", CELL_TEXT},      {"phones", CELL_WORDS},
    {"email", CELL_TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *filled(const char *s)
{
    return s && *s ? s : NULL;
}

static void add_day(struct text *out, int64_t day)
{
    if (day >= 0)
        date_iso(out, date_from_days(day));
}

/* m: NULL, a committee of which no member is known. */
static void print_row(const struct cli *c, const struct working_group *g,
                      const struct group_member *m)
{
    static const struct group_member nobody = {0};
    char organization[UUID_TEXT], contact[UUID_TEXT];
    struct text next = TEXT_INIT, last = TEXT_INIT;
    const struct group_member *of = m ? m : &nobody;
    uuid_format(&g->organization, organization);
    uuid_format(&of->id, contact);
    add_day(&next, g->next);
    add_day(&last, g->last);
    const char *cells[COLUMNS] = {
        g->area,
        organization,
        filled(g->name_km),
        filled(g->name_en),
        filled(next.bytes),
        filled(last.bytes),
        group_state_name(g->state),
        m ? contact : NULL,
        filled(of->name_km),
        filled(of->name_en),
        filled(of->title_km),
        filled(of->title_en),
        filled(of->role_km),
        filled(of->role_en),
        filled(of->phones),
        filled(of->email),
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&next);
    text_release(&last);
}

static void print_rows(const struct cli *c, const struct group_list *list)
{
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < list->count; i++) {
        const struct working_group *g = &list->rows[i];
        for (size_t k = 0; k < g->member_count; k++)
            print_row(c, g, &g->members[k]);
        if (!g->member_count)
            print_row(c, g, NULL);
    }
}

static void print_page(const struct cli *c, struct directory *d, const struct group_list *list)
{
    struct format f = {names_new(d->db, NULL), c->io->lang, directory_now(d)};
    struct text out = TEXT_INIT;
    struct sheet page;
    sheet_init(&page, PRINT_COLUMNS);
    group_sheets(&f, &page, list);
    sheet_write(&page, &out);
    output_lines(c->io->out, out.bytes);
    sheet_release(&page);
    text_release(&out);
    names_free(f.names);
}

int cli_group(struct cli *c)
{
    char area[AREA_CODE];
    struct group_list list;
    int code = cli_open(c);
    if (!code)
        code = cli_read_area(c, area);
    if (code)
        return code;
    int64_t today = date_days(date_from_time(directory_now(&c->directory)));
    enum status status = group_load(c->directory.db, area, today, &list);
    if (status != STATUS_OK)
        return cli_failed(c, status);
    cli_print_alerts(c, area);
    if (c->format == OUTPUT_TEXT)
        print_page(c, &c->directory, &list);
    else
        print_rows(c, &list);
    code = list.count ? EXIT_DONE : EXIT_NOTHING;
    group_list_release(&list);
    return code;
}
