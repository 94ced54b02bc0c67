/* `cpdir find`: the search with its filters as options. */
#include <stdio.h>
#include <string.h>

#include "db/plan_output.h"
#include "db/record.h"
#include "db/search.h"
#include "db/term.h"
#include "i18n/number.h"
#include "tui/cli.h"
#include "tui/format.h"
#include "tui/names.h"

enum { LIMIT = 50, LIMIT_MOST = 1000000, AGE_MOST = 120, TIERS = 3 };

static void add_filter(struct query *query, enum filter_kind kind, const char *value)
{
    struct filter *f = &query->filters[query->filter_count++];
    *f = (struct filter){.kind = kind};
    snprintf(f->value, sizeof f->value, "%s", value);
}

static const char *option(const struct cli *c, enum option o)
{
    return c->request->options[o];
}

/* A whole number from..to given to an option; refuses anything else. */
static int read_number(const struct cli *c, enum option o, int64_t from, int64_t to,
                       int64_t *ret_value)
{
    const char *typed = option(c, o);
    int64_t value;
    if (!number_parse(typed, strlen(typed), &value) && value >= from && value <= to) {
        *ret_value = value;
        return EXIT_DONE;
    }
    char range[48];
    snprintf(range, sizeof range, "%lld-%lld", (long long)from, (long long)to);
    return cli_refuse(c, o, range);
}

static int read_number_filter(const struct cli *c, enum option o, enum filter_kind kind,
                              int64_t from, int64_t to, struct query *query)
{
    int64_t value;
    char text[24];
    int code = option(c, o) ? read_number(c, o, from, to, &value) : EXIT_DONE;
    if (code || !option(c, o))
        return code;
    snprintf(text, sizeof text, "%lld", (long long)value);
    add_filter(query, kind, text);
    return EXIT_DONE;
}

static int read_area(const struct cli *c, struct query *query)
{
    const char *typed = option(c, OPTION_AREA);
    bool located = option(c, OPTION_LOCATED), covering = option(c, OPTION_COVERING);
    if (!typed)
        return EXIT_DONE;
    struct area_list areas = {0};
    int code = cli_find_area(c, typed, EXIT_REFUSED, &areas);
    if (code)
        return code;
    add_filter(query, FILTER_AREA, areas.rows[0].code);
    query->filters[query->filter_count - 1].where = located    ? WHERE_LOCATED
                                                    : covering ? WHERE_COVERING
                                                               : WHERE_ANY;
    area_list_release(&areas);
    return EXIT_DONE;
}

/* A code or a name, or what people call it. */
static int read_type(const struct cli *c, struct query *query)
{
    const char *typed = option(c, OPTION_TYPE);
    char value[FILTER_VALUE];
    struct term_list terms = {0};
    if (!typed)
        return EXIT_DONE;
    enum status status = term_find(c->directory.db, typed, &terms);
    if (status == STATUS_OK) {
        const struct term *term = &terms.rows[0];
        add_filter(query, *term->parent ? FILTER_TYPE : FILTER_GROUP, term->code);
        term_list_release(&terms);
        return EXIT_DONE;
    }
    if (status == STATUS_NOT_FOUND)
        status = search_value_of(c->directory.db, FILTER_TYPE, typed, value);
    if (status == STATUS_OK)
        add_filter(query, FILTER_TYPE, value);
    else if (status == STATUS_NOT_FOUND || status == STATUS_INVALID)
        return problem_tell(c->io, EXIT_REFUSED, MSG_PROBLEM_TYPE, PROBLEM({"type", typed}));
    return status == STATUS_OK ? EXIT_DONE : cli_failed(c, status);
}

static int read_need(const struct cli *c, struct query *query)
{
    const char *typed = option(c, OPTION_NEED);
    char value[FILTER_VALUE];
    int code = typed ? cli_find_need(c, typed, value) : EXIT_DONE;
    if (typed && !code)
        add_filter(query, FILTER_NEED, value);
    return code;
}

/* An output of the plan, or a programme for all of its outputs. */
static int read_output(const struct cli *c, struct query *query)
{
    const char *typed = option(c, OPTION_OUTPUT);
    struct plan_output_list list;
    bool known = false;
    if (!typed)
        return EXIT_DONE;
    enum status status = plan_output_all(c->directory.db, &list);
    if (status != STATUS_OK)
        return cli_failed(c, status);
    for (size_t i = 0; i < list.count; i++)
        known = known || strcmp(list.rows[i].code, typed) == 0;
    plan_output_list_release(&list);
    if (!known)
        return problem_tell(c->io, EXIT_REFUSED, MSG_PROBLEM_PLAN_OUTPUT,
                            PROBLEM({"output", typed}));
    add_filter(query, FILTER_OUTPUT, typed);
    return EXIT_DONE;
}

/* Years, or years from-to. */
static int read_age(const struct cli *c, struct query *query)
{
    const char *typed = option(c, OPTION_AGE), *dash = typed ? strchr(typed, '-') : NULL;
    int64_t from, to;
    char text[24];
    if (!typed)
        return EXIT_DONE;
    size_t len = dash ? (size_t)(dash - typed) : strlen(typed);
    bool fits = !number_parse(typed, len, &from) && from >= 0 && from <= AGE_MOST;
    if (fits && dash)
        fits = !number_parse(dash + 1, strlen(dash + 1), &to) && to >= from && to <= AGE_MOST;
    if (!fits)
        return cli_refuse(c, OPTION_AGE, "0-120");
    if (dash)
        snprintf(text, sizeof text, "%d-%d", (int)from, (int)to);
    else
        snprintf(text, sizeof text, "%d", (int)from);
    add_filter(query, FILTER_AGE, text);
    return EXIT_DONE;
}

/* One of a few words, told apart by commas in `known`. */
static int read_word(const struct cli *c, enum option o, enum filter_kind kind, const char *known,
                     struct query *query)
{
    const char *typed = option(c, o);
    size_t len = typed ? strlen(typed) : 0;
    if (!typed)
        return EXIT_DONE;
    for (const char *p = known; *p; p += strcspn(p, ","), p += strspn(p, ", "))
        if (len && strcspn(p, ",") == len && memcmp(p, typed, len) == 0) {
            add_filter(query, kind, typed);
            return EXIT_DONE;
        }
    return cli_refuse(c, o, known);
}

static int read_sex(const struct cli *c, struct query *query)
{
    const char *typed = option(c, OPTION_SEX);
    if (!typed)
        return EXIT_DONE;
    bool female = !strcmp(typed, "f") || !strcmp(typed, "female");
    if (!female && strcmp(typed, "m") && strcmp(typed, "male"))
        return cli_refuse(c, OPTION_SEX, "f, m");
    add_filter(query, FILTER_SEX, female ? "female" : "male");
    return EXIT_DONE;
}

static int read_status(const struct cli *c, struct query *query)
{
    const char *typed = option(c, OPTION_STATUS);
    int value;
    if (!typed)
        return EXIT_DONE;
    if (strcmp(typed, "all") && !enum_parse("STATUS", typed, &value))
        return cli_refuse(c, OPTION_STATUS, "active, inactive, temporarily_closed, closed, all");
    add_filter(query, FILTER_STATUS, typed);
    return EXIT_DONE;
}

static int read_open(const struct cli *c, struct query *query)
{
    const char *typed = option(c, OPTION_OPEN);
    if (!typed)
        return EXIT_DONE;
    bool now = !strcmp(typed, "now");
    if (!now && strcmp(typed, "24h"))
        return cli_refuse(c, OPTION_OPEN, "now, 24h");
    add_filter(query, now ? FILTER_OPEN_NOW : FILTER_ALL_DAY, "");
    return EXIT_DONE;
}

static int read_limit(const struct cli *c, struct query *query)
{
    int64_t limit = LIMIT;
    int code = EXIT_DONE;
    if (option(c, OPTION_LIMIT))
        code = read_number(c, OPTION_LIMIT, 1, LIMIT_MOST, &limit);
    query->limit = (size_t)limit;
    return code;
}

/* What can be said without the directory: is anything asked for, and does it go together? */
static int check_usage(const struct cli *c)
{
    const uint64_t filters = OPTION_BIT(AREA) | OPTION_BIT(TYPE) | OPTION_BIT(NEED) |
                             OPTION_BIT(TIER) | OPTION_BIT(OUTPUT) | OPTION_BIT(AGE) |
                             OPTION_BIT(SEX) | OPTION_BIT(STATUS) | OPTION_BIT(OPEN) |
                             OPTION_BIT(SECTOR) | OPTION_BIT(LEVEL) | OPTION_BIT(CONFIRMED) |
                             OPTION_BIT(DISABILITY);
    bool located = option(c, OPTION_LOCATED), covering = option(c, OPTION_COVERING);
    bool asked = c->request->word_count > 0;
    for (unsigned i = 0; i < OPTION_COUNT; i++)
        asked = asked || (filters >> i & 1 && option(c, (enum option)i));
    if ((located || covering) && (!option(c, OPTION_AREA) || (located && covering)))
        return problem_tell(c->io, EXIT_USAGE, MSG_PROBLEM_WHERE,
                            PROBLEM({"help", "cpdir find --help"}));
    if (!asked)
        return problem_tell(c->io, EXIT_USAGE, MSG_PROBLEM_WORD_MISSING,
                            PROBLEM({"word", "find"}, {"help", "cpdir find --help"}));
    return EXIT_DONE;
}

/* The options that need no directory. */
static int read_plain_filters(const struct cli *c, struct query *query)
{
    static const char sectors[] = "government, ngo, international, community, working_group";
    int code = read_number_filter(c, OPTION_TIER, FILTER_TIER, 1, TIERS, query);
    if (!code)
        code = read_age(c, query);
    if (!code)
        code = read_sex(c, query);
    if (!code)
        code = read_status(c, query);
    if (!code)
        code = read_open(c, query);
    if (!code)
        code = read_word(c, OPTION_SECTOR, FILTER_SECTOR, sectors, query);
    if (!code)
        code =
            read_word(c, OPTION_LEVEL, FILTER_LEVEL, "commune, district, province, nation", query);
    if (!code)
        code = read_word(c, OPTION_CONFIRMED, FILTER_CONFIRMED, "yes, no", query);
    if (!code && option(c, OPTION_DISABILITY))
        add_filter(query, FILTER_DISABILITY, "");
    return code;
}

/* The options as filters, each set by hand; the directory is opened for those that ask it. */
static int read_filters(struct cli *c, struct query *query)
{
    int code = check_usage(c);
    if (!code)
        code = read_plain_filters(c, query);
    if (!code)
        code = read_limit(c, query);
    if (!code)
        code = cli_open(c);
    if (!code)
        code = read_area(c, query);
    if (!code)
        code = read_type(c, query);
    if (!code)
        code = read_output(c, query);
    return code ? code : read_need(c, query);
}

static int run(struct cli *c, struct query *query)
{
    struct result result = {0};
    int code = read_filters(c, query);
    if (code)
        return code;
    query->want_facets = option(c, OPTION_FACETS) != NULL;
    query->now = directory_now(&c->directory);
    enum status status = search_run(c->directory.db, query, &result);
    if (status)
        return cli_failed(c, status);
    if (option(c, OPTION_FACETS))
        cli_print_facets(c, &result);
    else if (result.count)
        cli_print_hits(c, &result);
    if (!result.count)
        code = cli_tell_nothing(c, &result);
    result_release(&result);
    return code;
}

int cli_find(struct cli *c)
{
    struct text words = TEXT_INIT;
    cli_join_words(c->request, &words);
    struct query query = {.words = words.bytes, .lang = c->io->lang};
    int code = run(c, &query);
    text_release(&words);
    return code;
}
