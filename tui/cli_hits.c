/* What `cpdir find` prints: hits, counts, and what else may be asked. */
#include <stdio.h>
#include <string.h>

#include "db/record.h"
#include "db/search.h"
#include "i18n/number.h"
#include "tui/cli.h"
#include "tui/format.h"
#include "tui/names.h"

static const struct column columns[] = {
    {"id", CELL_TEXT},           {"name_km", CELL_TEXT}, {"name_en", CELL_TEXT},
    {"name_derived", CELL_TEXT}, {"types", CELL_WORDS},  {"area", CELL_TEXT},
    {"covers", CELL_WORDS},      {"phones", CELL_WORDS}, {"status", CELL_TEXT},
    {"verified", CELL_TEXT},     {"reason", CELL_TEXT},  {"alerts", CELL_WORDS},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *const reasons[] = {
    [REASON_PHONE] = "phone",
    [REASON_NAME_EXACT] = "name_exact",
    [REASON_NAME_PREFIX] = "name_prefix",
    [REASON_NAME_WORD] = "name_word",
    [REASON_NAME] = "name",
    [REASON_ORGANIZATION] = "organization",
    [REASON_TYPE] = "type",
    [REASON_AREA] = "area",
    [REASON_SOUND] = "sound",
    [REASON_TEXT] = "text",
    [REASON_LOOSE] = "loose",
    [REASON_LIST] = "list",
};

static void print_hit(const struct cli *c, const struct hit *h)
{
    char id[UUID_TEXT], area[AREA_CODE] = "";
    struct text day = TEXT_INIT, derived = TEXT_INIT, alerts = TEXT_INIT;
    uuid_format(&h->id, id);
    snprintf(area, sizeof area, "%.*s", (int)strcspn(h->located, " "), h->located);
    if (h->verified >= 0)
        date_iso(&day, date_from_days(h->verified));
    const char *cells[COLUMNS] = {
        id,
        *h->name_km ? h->name_km : NULL,
        *h->name_en ? h->name_en : NULL,
        !*h->name_en && format_derived(&derived, h->name_km) ? derived.bytes : NULL,
        h->types,
        *area ? area : NULL,
        h->covers,
        h->phones,
        enum_name("STATUS", h->status),
        day.len ? day.bytes : NULL,
        reasons[h->reason],
        cli_alerts_cell(c, *h->located ? h->located : h->covers, &alerts),
    };
    output_row(c->io->out, c->format, columns, COLUMNS, cells);
    text_release(&day);
    text_release(&derived);
    text_release(&alerts);
}

/* A hit for people: its name, the line of what matters, the id that `show` takes. */
static void print_card(const struct cli *c, const struct format *f, const struct hit *h)
{
    struct text card = TEXT_INIT;
    char id[UUID_TEXT];
    uuid_format(&h->id, id);
    format_hit_name(f, &card, h);
    text_adds(&card, "\n    ");
    format_hit_line(f, &card, h);
    text_addf(&card, "\n    %s", id);
    output_lines(c->io->out, card.bytes);
    text_release(&card);
}

/* "Understood: Siem Reap Province · Hotline": what the words were taken for. */
static void add_understood(const struct cli *c, const struct format *f, const struct result *r,
                           struct text *out)
{
    struct text list = TEXT_INIT;
    for (size_t i = 0; i < r->filter_count; i++) {
        if (!r->filters[i].guessed)
            continue;
        text_adds(&list, list.len ? NAMES_DOT : "");
        format_filter(f, &list, &r->filters[i]);
    }
    if (list.len) {
        message_format(out, c->io->lang, MSG_CLI_FIND_UNDERSTOOD, "filters", list.bytes,
                       (char *)NULL);
        text_addc(out, '\n');
    }
    text_release(&list);
}

/* What the search made of the words, below the hits. */
static void print_remarks(const struct cli *c, const struct format *f, const struct result *r)
{
    struct text line = TEXT_INIT;
    struct text shown = TEXT_INIT, all = TEXT_INIT;
    number_format(&shown, (int64_t)r->count);
    number_format(&all, r->total);
    add_understood(c, f, r, &line);
    if (r->widened)
        text_addf(&line, "%s\n", message_get(c->io->lang, MSG_SEARCH_WIDENED));
    if (r->more) {
        message_format(&line, c->io->lang, r->total_exact ? MSG_CLI_FIND_OF : MSG_CLI_FIND_MORE,
                       "count", shown.bytes, "all", all.bytes, (char *)NULL);
        text_addc(&line, '\n');
    }
    if (line.len)
        fprintf(c->io->out, "\n%s", line.bytes);
    text_release(&line);
    text_release(&shown);
    text_release(&all);
}

void cli_print_hits(struct cli *c, const struct result *r)
{
    output_head(c->io->out, c->format, columns, COLUMNS);
    if (c->format != OUTPUT_TEXT) {
        for (size_t i = 0; i < r->count; i++)
            print_hit(c, &r->rows[i]);
        return;
    }
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    for (size_t i = 0; i < r->filter_count; i++)
        if (r->filters[i].kind == FILTER_AREA)
            cli_print_alerts(c, r->filters[i].value);
    for (size_t i = 0; i < r->count; i++)
        print_card(c, &f, &r->rows[i]);
    print_remarks(c, &f, r);
    names_free(f.names);
}

/* --- counts
 * ------------------------------------------------------------------------------------------ */

static const char *const facet_names[FILTER_KIND_COUNT] = {
    [FILTER_AREA] = "area",           [FILTER_TYPE] = "type",     [FILTER_GROUP] = "group",
    [FILTER_TIER] = "tier",           [FILTER_SECTOR] = "sector", [FILTER_LEVEL] = "level",
    [FILTER_CONFIRMED] = "confirmed",
};

static void print_facet(const struct cli *c, const struct format *f, const struct facet *facet)
{
    static const struct column facet_columns[] = {
        {"facet", CELL_TEXT}, {"value", CELL_TEXT}, {"count", CELL_NUMBER}};
    struct filter filter = {.kind = facet->kind};
    struct text label = TEXT_INIT, number = TEXT_INIT;
    char count[24];
    snprintf(count, sizeof count, "%lld", (long long)facet->count);
    const char *cells[] = {facet_names[facet->kind], facet->value, count};
    if (c->format != OUTPUT_TEXT) {
        output_row(c->io->out, c->format, facet_columns, 3, cells);
        return;
    }
    memcpy(filter.value, facet->value, sizeof filter.value);
    format_filter(f, &label, &filter);
    number_format(&number, facet->count);
    text_addf(&label, "  %s", number.bytes);
    output_lines(c->io->out, label.bytes);
    text_release(&label);
    text_release(&number);
}

void cli_print_facets(struct cli *c, const struct result *r)
{
    static const struct column facet_columns[] = {
        {"facet", CELL_TEXT}, {"value", CELL_TEXT}, {"count", CELL_NUMBER}};
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    output_head(c->io->out, c->format, facet_columns, 3);
    for (size_t i = 0; i < r->facet_count; i++)
        print_facet(c, &f, &r->facets[i]);
    names_free(f.names);
}

int cli_tell_nothing(struct cli *c, const struct result *r)
{
    int code = problem_tell(c->io, EXIT_NOTHING, MSG_CLI_FIND_NOTHING, PROBLEM_PLAIN);
    struct format f = {names_new(c->directory.db, NULL), c->io->lang, directory_now(&c->directory)};
    struct text line = TEXT_INIT;
    add_understood(c, &f, r, &line);
    if (line.len) {
        text_truncate(&line, line.len - 1);
        output_lines(c->io->err, line.bytes);
    }
    if (r->suggestion_count)
        output_lines(c->io->err, message_get(c->io->lang, MSG_CLI_FIND_INSTEAD));
    for (size_t i = 0; i < r->suggestion_count; i++) {
        text_clear(&line);
        text_adds(&line, "    ");
        format_suggestion(&f, &line, &r->suggestions[i]);
        output_lines(c->io->err, line.bytes);
    }
    text_release(&line);
    names_free(f.names);
    return code;
}
