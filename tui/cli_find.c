/* `cpdir find`: the search with its filters as options. */
#include <stdio.h>
#include <string.h>

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

static int read_type(const struct cli *c, struct query *query)
{
    const char *typed = option(c, OPTION_TYPE);
    if (!typed)
        return EXIT_DONE;
    struct term_list terms = {0};
    enum status status = term_find(c->directory.db, typed, &terms);
    if (status == STATUS_NOT_FOUND || status == STATUS_INVALID)
        return problem_tell(c->io, EXIT_REFUSED, MSG_PROBLEM_TYPE, PROBLEM({"type", typed}));
    if (status)
        return cli_failed(c, status);
    const struct term *term = &terms.rows[0];
    add_filter(query, *term->parent ? FILTER_TYPE : FILTER_GROUP, term->code);
    term_list_release(&terms);
    return EXIT_DONE;
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
    if (strcmp(typed, "24h"))
        return cli_refuse(c, OPTION_OPEN, "24h");
    add_filter(query, FILTER_ALL_DAY, "");
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
    const unsigned filters = OPTION_BIT(AREA) | OPTION_BIT(TYPE) | OPTION_BIT(TIER) |
                             OPTION_BIT(AGE) | OPTION_BIT(SEX) | OPTION_BIT(STATUS) |
                             OPTION_BIT(OPEN);
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

/* The options as filters, each set by hand; the directory is opened for those that ask it. */
static int read_filters(struct cli *c, struct query *query)
{
    int code = check_usage(c);
    if (!code)
        code = read_number_filter(c, OPTION_TIER, FILTER_TIER, 1, TIERS, query);
    if (!code)
        code = read_number_filter(c, OPTION_AGE, FILTER_AGE, 0, AGE_MOST, query);
    if (!code)
        code = read_sex(c, query);
    if (!code)
        code = read_status(c, query);
    if (!code)
        code = read_open(c, query);
    if (!code)
        code = read_limit(c, query);
    if (!code)
        code = cli_open(c);
    if (!code)
        code = read_area(c, query);
    return code ? code : read_type(c, query);
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
