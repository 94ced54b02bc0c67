/* `cpdir meeting`: the pack for a working group's meeting as a page for paper, or its lists as rows
 * for programs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/cli.h"
#include "tui/meeting.h"
#include "tui/print.h"
#include "tui/way.h"

static const struct column columns[] = {
    {"list", CELL_TEXT}, {"what", CELL_TEXT},    {"area", CELL_TEXT},
    {"id", CELL_TEXT},   {"name_km", CELL_TEXT}, {"name_en", CELL_TEXT},
    {"day", CELL_TEXT},  {"actor", CELL_TEXT},   {"detail", CELL_TEXT},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct row {
    const char *list, *what, *area;
    const struct uuid *id;
    const char *name_km, *name_en;
    int64_t day; /* since 1970; -1 none */
    const char *actor, *detail;
};

static const char *filled(const char *s)
{
    return s && *s ? s : NULL;
}

static void print_row(const struct cli *c, const struct row *r)
{
    char id[UUID_TEXT];
    struct text day = TEXT_INIT;
    if (r->id)
        uuid_format(r->id, id);
    if (r->day >= 0)
        date_iso(&day, date_from_days(r->day));
    const char *cells[COLUMNS] = {
        r->list,
        filled(r->what),
        r->area ? (*r->area ? r->area : AREA_COUNTRY_CODE) : NULL,
        r->id ? id : NULL,
        filled(r->name_km),
        filled(r->name_en),
        filled(day.bytes),
        filled(r->actor),
        filled(r->detail),
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&day);
}

static void print_groups(const struct cli *c, const struct meeting *m)
{
    for (size_t i = 0; i < m->groups.count; i++) {
        const struct working_group *g = &m->groups.rows[i];
        print_row(c, &(struct row){"meeting", group_state_name(g->state), g->area, &g->organization,
                                   g->name_km, g->name_en, g->next, NULL, NULL});
        for (size_t k = 0; k < g->member_count; k++) {
            const struct group_member *p = &g->members[k];
            print_row(c, &(struct row){"member", NULL, g->area, &p->id, p->name_km, p->name_en, -1,
                                       NULL, p->phones});
        }
    }
}

/* Where a service is, else what it is made for: the first of them. */
static void first_area(const struct area_change *change, char ret_area[AREA_CODE])
{
    const char *codes = *change->located ? change->located : change->covers;
    snprintf(ret_area, AREA_CODE, "%.*s", (int)strcspn(codes, " "), codes);
}

static void print_changes(const struct cli *c, const struct meeting *m)
{
    struct text fields = TEXT_INIT;
    for (size_t i = 0; i < m->changes.count; i++) {
        const struct area_change *a = &m->changes.rows[i];
        char area[AREA_CODE];
        first_area(a, area);
        text_clear(&fields);
        for (size_t k = 0; k < a->field_count; k++) {
            const struct field *f = field_by_number(a->fields[k].field);
            text_addf(&fields, "%s%s%s%s", k ? " " : "", kind_name(a->fields[k].kind), f ? "." : "",
                      f ? f->column : "");
        }
        print_row(c, &(struct row){"change", area_change_name(a->what), *area ? area : NULL, &a->id,
                                   a->name_km, a->name_en, op_day(a->time_ms << HLC_SHIFT),
                                   a->actor, fields.bytes});
    }
    text_release(&fields);
}

struct told {
    const struct cli *c;
    const struct meeting *m;
};

static void print_missing(void *context, const char *area, size_t kind)
{
    const struct told *of = context;
    print_row(of->c, &(struct row){"missing", of->m->coverage.kinds[kind], area, NULL, NULL, NULL,
                                   -1, NULL, NULL});
}

static void print_rows(const struct cli *c, const struct meeting *m)
{
    output_head(c->io->out, c->format, columns, COLUMNS);
    print_groups(c, m);
    print_changes(c, m);
    for (size_t i = 0; i < m->due.count; i++) {
        const struct due_row *d = &m->due.rows[i];
        print_row(c, &(struct row){"due", due_why_name(d->why), d->area, &d->id, d->name_km,
                                   d->name_en, d->due, d->actor, d->phones});
    }
    struct told of = {c, m};
    meeting_each_missing(m, print_missing, &of);
    for (size_t i = 0; i < m->gaps.count; i++) {
        const struct gap *g = &m->gaps.rows[i];
        print_row(c, &(struct row){"gap", g->kind, g->area, &g->service, g->name_km, g->name_en,
                                   g->day, NULL, g->need});
    }
    for (size_t i = 0; i < m->proposals.count; i++) {
        const struct proposal *p = &m->proposals.rows[i];
        print_row(c, &(struct row){"proposal", "waiting", p->area, &p->id, NULL, NULL,
                                   op_day(p->time_ms << HLC_SHIFT), p->actor, p->reason});
    }
    for (size_t i = 0; i < m->alerts.count; i++) {
        const struct alert *a = &m->alerts.rows[i];
        print_row(c, &(struct row){"alert", enum_name("ALERT_KIND", a->kind), a->area, &a->id,
                                   a->text_km, a->text_en, a->from, NULL, NULL});
    }
}

static void print_page(struct cli *c, const struct meeting *m)
{
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    struct text out = TEXT_INIT;
    struct sheet page;
    sheet_init(&page, PRINT_COLUMNS);
    meeting_sheet(&f, c->directory.db, &page, m);
    sheet_write(&page, &out);
    output_lines(c->io->out, out.bytes);
    sheet_release(&page);
    text_release(&out);
    names_free(f.names);
}

/* --since as a day; -1 not given. */
static int read_since(const struct cli *c, int64_t *ret_day)
{
    const char *typed = c->request->options[OPTION_SINCE];
    struct date date;
    *ret_day = -1;
    if (!typed)
        return EXIT_DONE;
    if (date_parse(typed, strlen(typed), &date) != STATUS_OK)
        return cli_refuse(c, OPTION_SINCE, "30/6/2026, 2026-06-30");
    *ret_day = date_days(date);
    return EXIT_DONE;
}

int cli_meeting(struct cli *c)
{
    char area[AREA_CODE];
    int64_t since;
    struct meeting m;
    int code = read_since(c, &since);
    if (!code)
        code = cli_open(c);
    if (!code)
        code = cli_read_area(c, area);
    if (code)
        return code;
    char *rules = way_rules(c->request->options[OPTION_RULES]);
    int64_t today = date_days(date_from_time(directory_now(&c->directory)));
    enum status status = meeting_load(c->directory.db, area, today, since, rules, &m);
    free(rules);
    if (status != STATUS_OK)
        return cli_failed(c, status);
    if (c->format == OUTPUT_TEXT)
        print_page(c, &m);
    else
        print_rows(c, &m);
    meeting_release(&m);
    return EXIT_DONE;
}
