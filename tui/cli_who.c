/* `cpdir who`: who does what where. tsv and json have a line for each organization, kind of service
 * and part of the area; text draws the table. */
#include <stdio.h>
#include <string.h>

#include "db/record.h"
#include "db/term.h"
#include "tui/cli.h"
#include "tui/who_table.h"

enum { TEXT_COLUMNS = 100 };

static const struct column columns[] = {
    {"organization", CELL_TEXT}, {"name_km", CELL_TEXT},   {"name_en", CELL_TEXT},
    {"sector", CELL_TEXT},       {"type", CELL_TEXT},      {"area", CELL_TEXT},
    {"reach", CELL_TEXT},        {"services", CELL_WORDS},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* The services of one organization: those of a row may be of several. */
struct group {
    const struct who_service *services;
    size_t count;
    const struct record *organization; /* NULL: none */
};

static const char *text_of(const struct record *r, int field)
{
    const char *s = r ? record_text(r, field) : NULL;
    return s && *s ? s : NULL;
}

/* Whether a service is of the part; behind the last one: of an unknown part of the area. */
static bool is_in(const struct who *w, const struct who_service *s, size_t part)
{
    return part < w->part_count ? s->parts >> part & 1 : s->in_area && !s->parts;
}

/* Services of a kind in a part. */
static void print_cell(const struct cli *c, const struct who *w, const struct group *g, size_t kind,
                       size_t part)
{
    struct text ids = TEXT_INIT;
    char id[UUID_TEXT], of[UUID_TEXT];
    bool here = false;
    const char *area = part < w->part_count ? w->parts[part] : w->area;
    for (size_t i = 0; i < g->count; i++) {
        const struct who_service *s = &g->services[i];
        bool in = is_in(w, s, part), around = s->from_around && part < w->part_count;
        if (!(s->kinds >> kind & 1) || (!in && !around))
            continue;
        here |= in;
        uuid_format(&s->id, id);
        text_addf(&ids, "%s%s", ids.len ? " " : "", id);
    }
    if (g->organization)
        uuid_format(&g->organization->id, of);
    const char *cells[COLUMNS] = {
        g->organization ? of : NULL,
        text_of(g->organization, FIELD_ID(ORGANIZATION, name_km)),
        text_of(g->organization, FIELD_ID(ORGANIZATION, name_en)),
        g->organization ? enum_name("SECTOR", (int)record_int(g->organization,
                                                              FIELD_ID(ORGANIZATION, sector), 0))
                        : NULL,
        w->kinds[kind],
        *area ? area : AREA_COUNTRY_CODE,
        here ? "area" : "wider",
        ids.bytes,
    };
    if (ids.len)
        output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&ids);
}

static int print_group(const struct cli *c, const struct who *w, const struct group *of,
                       size_t kind)
{
    struct record_list list = {0};
    struct group g = *of;
    enum status status =
        record_load(c->directory.db, RECORD_ORGANIZATION, &g.services[0].organization, &list);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return cli_failed(c, status);
    g.organization = status == STATUS_OK ? &list.rows[0] : NULL;
    for (size_t k = 0; k < w->kind_count; k++)
        for (size_t part = 0; part <= w->part_count && (kind == SIZE_MAX || k == kind); part++)
            print_cell(c, w, &g, k, part);
    record_list_release(&list);
    return EXIT_DONE;
}

static int print_rows(const struct cli *c, const struct who *w, size_t kind)
{
    int code = EXIT_DONE;
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < w->service_count && !code;) {
        struct group g = {.services = &w->services[i]};
        while (i + g.count < w->service_count &&
               uuid_equal(&g.services[g.count].organization, &g.services[0].organization))
            g.count++;
        code = print_group(c, w, &g, kind);
        i += g.count;
    }
    return code;
}

static void print_table(const struct cli *c, const struct who *w, size_t kind)
{
    struct names *names = names_new(c->directory.db, NULL);
    struct who_across across = {kind != SIZE_MAX, kind};
    struct text out = TEXT_INIT;
    who_write(w, &across, names, c->io->lang, TEXT_COLUMNS, &out);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
    names_free(names);
}

/* The code of --type, one kind of service; the problem is told. */
static int read_kind(const struct cli *c, char ret_code[FILTER_VALUE])
{
    const char *typed = c->request->options[OPTION_TYPE];
    struct term_list terms = {0};
    *ret_code = '\0';
    if (!typed)
        return EXIT_DONE;
    enum status status = term_find(c->directory.db, typed, &terms);
    bool kind = status == STATUS_OK && *terms.rows[0].parent;
    if (kind)
        snprintf(ret_code, FILTER_VALUE, "%s", terms.rows[0].code);
    term_list_release(&terms);
    if (status == STATUS_NOT_FOUND)
        status = search_value_of(c->directory.db, FILTER_TYPE, typed, ret_code);
    if (kind || (status == STATUS_OK && *ret_code))
        return EXIT_DONE;
    if (status == STATUS_OK || status == STATUS_NOT_FOUND || status == STATUS_INVALID)
        return problem_tell(c->io, EXIT_REFUSED, MSG_PROBLEM_TYPE, PROBLEM({"type", typed}));
    return cli_failed(c, status);
}

int cli_who(struct cli *c)
{
    char area[AREA_CODE], kind[FILTER_VALUE];
    struct who w;
    int code = cli_open(c);
    if (!code)
        code = cli_read_area(c, area);
    if (!code)
        code = read_kind(c, kind);
    if (code)
        return code;
    enum status status = who_load(c->directory.db, area, c->io->lang, &w);
    if (status != STATUS_OK)
        return cli_failed(c, status);
    size_t at = *kind ? who_kind(&w, kind) : SIZE_MAX;
    if (*kind && at == SIZE_MAX) {
        code = problem_tell(c->io, EXIT_NOTHING, MSG_WHO_NOBODY, PROBLEM({"type", kind}));
    } else if (c->format == OUTPUT_TEXT) {
        cli_print_alerts(c, area);
        print_table(c, &w, at);
    } else {
        code = print_rows(c, &w, at);
    }
    who_release(&w);
    return code;
}
