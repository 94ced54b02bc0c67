/* `cpdir pathway`: what to do next for a need in a place, step by step. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/number.h"
#include "tui/cli_write.h"
#include "tui/way.h"

enum { AGE_MOST = 120, TIERS = 3, HOURS_MOST = 9999, HOUR = 60 * 60 };

static const struct column columns[] = {
    {"step", CELL_NUMBER},   {"level", CELL_TEXT},      {"area", CELL_TEXT},
    {"need", CELL_TEXT},     {"type", CELL_TEXT},       {"service", CELL_TEXT},
    {"reason", CELL_TEXT},   {"after", CELL_WORDS},     {"urgency", CELL_TEXT},
    {"title_km", CELL_TEXT}, {"title_en", CELL_TEXT},   {"name_km", CELL_TEXT},
    {"name_en", CELL_TEXT},  {"phones", CELL_WORDS},    {"open", CELL_TEXT},
    {"others", CELL_WORDS},  {"suspended", CELL_TEXT},  {"unconfirmed", CELL_TEXT},
    {"deadline", CELL_TEXT}, {"unsuitable", CELL_TEXT}, {"suspended_by", CELL_TEXT},
    {"alerts", CELL_WORDS},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *option(const struct cli *c, enum option o)
{
    return c->request->options[o];
}

/* --- what is asked
 * ----------------------------------------------------------------------------------- */

static int missing(const struct cli *c, enum option o)
{
    return problem_tell(
        c->io, EXIT_USAGE, MSG_WAY_OPTION_MISSING,
        PROBLEM({"option", option_rule(o)->name}, {"help", "cpdir pathway --help"}));
}

static int read_number(const struct cli *c, enum option o, int64_t from, int64_t to,
                       const char *range, int *value)
{
    const char *typed = option(c, o);
    int64_t number;
    if (!typed)
        return EXIT_DONE;
    if (number_parse(typed, strlen(typed), &number) || number < from || number > to)
        return cli_refuse(c, o, range);
    *value = (int)number;
    return EXIT_DONE;
}

static int read_child(const struct cli *c, struct way_query *q)
{
    const char *sex = option(c, OPTION_SEX), *open = option(c, OPTION_OPEN);
    int code = read_number(c, OPTION_AGE, 0, AGE_MOST, "0-120", &q->child.age);
    if (!code)
        code = read_number(c, OPTION_TIER, 1, TIERS, "1, 2, 3", &q->tier);
    if (code)
        return code;
    if (sex) {
        bool girl = !strcmp(sex, "f") || !strcmp(sex, "female");
        if (!girl && strcmp(sex, "m") && strcmp(sex, "male"))
            return cli_refuse(c, OPTION_SEX, "f, m");
        q->child.sex = girl ? CHILD_GIRL : CHILD_BOY;
    }
    if (open) {
        q->child.open_now = !strcmp(open, "now");
        q->child.all_day = !strcmp(open, "24h");
        if (!q->child.open_now && !q->child.all_day)
            return cli_refuse(c, OPTION_OPEN, "now, 24h");
    }
    q->child.disability = option(c, OPTION_DISABILITY) != NULL;
    return EXIT_DONE;
}

/* The first area of that name that is a district, a commune or a village. */
static int read_area(const struct cli *c, struct way_query *q)
{
    const char *typed = option(c, OPTION_AREA);
    struct area_list areas = {0};
    int code = cli_find_area(c, typed, EXIT_REFUSED, &areas);
    if (code)
        return code;
    for (size_t i = 0; i < areas.count && !*q->area; i++)
        if (area_level(areas.rows[i].code) >= 2)
            memcpy(q->area, areas.rows[i].code, sizeof q->area);
    area_list_release(&areas);
    if (!*q->area)
        return problem_tell(c->io, EXIT_REFUSED, MSG_WAY_AREA_WIDE, PROBLEM({"area", typed}));
    return EXIT_DONE;
}

/* hours: since it happened; left as it is where not told. */
static int read_query(struct cli *c, struct way_query *q, int *hours)
{
    char need[FILTER_VALUE];
    int code = EXIT_DONE;
    if (!option(c, OPTION_NEED))
        return missing(c, OPTION_NEED);
    if (!option(c, OPTION_AREA))
        return missing(c, OPTION_AREA);
    code = read_child(c, q);
    if (!code)
        code = read_number(c, OPTION_HOURS, 0, HOURS_MOST, "0-9999", hours);
    if (!code)
        code = cli_open(c);
    if (!code)
        code = cli_find_need(c, option(c, OPTION_NEED), need);
    if (!code)
        code = read_area(c, q);
    if (!code)
        snprintf(q->need, sizeof q->need, "%.*s", (int)sizeof q->need - 1, need);
    return code;
}

/* --- what is written
 * --------------------------------------------------------------------------------- */

static const char *filled(const char *s)
{
    return *s ? s : NULL;
}

static void print_step(const struct cli *c, const struct way *w, size_t at)
{
    const struct pathway_step *step = &w->pathway.steps[at];
    const struct guide_rule *rule = step->rule;
    const struct hit *h = step->service;
    char number[24], id[UUID_TEXT] = "", suspended[UUID_TEXT] = "", unsuitable[UUID_TEXT] = "",
                     by[UUID_TEXT] = "";
    struct text after = TEXT_INIT, others = TEXT_INIT, deadline = TEXT_INIT, alerts = TEXT_INIT;
    snprintf(number, sizeof number, "%zu", at + 1);
    if (h)
        uuid_format(&h->id, id);
    if (step->suspended)
        uuid_format(&step->suspended->id, suspended);
    if (step->unsuitable)
        uuid_format(&step->unsuitable->id, unsuitable);
    if (way_suspended_by(w, at))
        uuid_format(&way_suspended_by(w, at)->id, by);
    for (size_t i = 0; i < step->after_count; i++)
        text_addf(&after, "%s%zu", i ? " " : "", step->after[i] + 1);
    for (size_t i = 0; i < step->other_count; i++) {
        char other[UUID_TEXT];
        uuid_format(&step->others[i]->id, other);
        text_addf(&others, "%s%s", i ? " " : "", other);
    }
    if (way_deadline(w, rule))
        cli_add_utc(&deadline, way_deadline(w, rule) * 1000);
    const char *cells[COLUMNS] = {
        number,
        way_level_name(rule->level),
        *step->area ? step->area : AREA_COUNTRY_CODE,
        w->pathway.need,
        filled(step->kind),
        filled(id),
        way_why_name(step->why),
        after.bytes,
        way_urgency_name(rule->urgency),
        rule->step->title[LANG_KM],
        rule->step->title[LANG_EN],
        h ? filled(h->name_km) : NULL,
        h ? filled(h->name_en) : NULL,
        h ? h->phones : NULL,
        h ? way_open_name(w->open[at]) : NULL,
        others.bytes,
        filled(suspended),
        h ? h->unconfirmed || h->needs_contact ? "yes" : "no" : NULL,
        filled(deadline.bytes),
        filled(unsuitable),
        filled(by),
        cli_alerts_cell(c, w->pathway.area, &alerts),
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&after);
    text_release(&others);
    text_release(&deadline);
    text_release(&alerts);
}

static void print_text(const struct cli *c, struct way *w)
{
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, w->query.child.now};
    struct sheet sheet;
    struct text out = TEXT_INIT;
    cli_print_alerts(c, w->pathway.area);
    sheet_init(&sheet, SHEET_UNBOUNDED);
    way_list(&f, &sheet, w, NULL);
    sheet_write(&sheet, &out);
    output_lines(c->io->out, out.bytes);
    text_release(&out);
    sheet_release(&sheet);
    names_free(f.names);
}

static void print(const struct cli *c, struct way *w)
{
    if (c->format == OUTPUT_TEXT) {
        print_text(c, w);
        return;
    }
    output_head(c->io->out, c->format, columns, COLUMNS);
    for (size_t i = 0; i < w->pathway.count; i++)
        print_step(c, w, i);
}

int cli_pathway(struct cli *c)
{
    struct way_query query = {.child = {.age = -1}};
    struct way way;
    int hours = -1, code = read_query(c, &query, &hours);
    if (code)
        return code;
    char *rules = way_rules(option(c, OPTION_RULES));
    query.child.now = directory_now(&c->directory);
    if (hours >= 0)
        query.happened = query.child.now - (int64_t)hours * HOUR;
    enum status status = way_load(c->directory.db, rules, &query, &way);
    free(rules);
    if (status)
        return cli_failed(c, status);
    if (way.fault.wrong != GUIDE_FINE) {
        struct text fault = TEXT_INIT;
        way_add_fault(&fault, c->io->lang, &way.fault);
        (void)problem_tell(c->io, EXIT_DONE, MSG_WAY_FAULT, PROBLEM({"fault", fault.bytes}));
        text_release(&fault);
    }
    print(c, &way);
    way_release(&way);
    return EXIT_DONE;
}
