/* How long confirmations last, and rounds; see due.h. */
#include <stdio.h>
#include <string.h>

#include "db/due.h"
#include "db/internal.h"
#include "i18n/number.h"

enum { DEFAULT_MONTHS = 6 };

static const struct due_rule *find_rule(const struct due_rules *rules, const char *term, size_t len)
{
    for (size_t i = 0; i < rules->count; i++)
        if (strlen(rules->rows[i].term) == len && !memcmp(rules->rows[i].term, term, len))
            return &rules->rows[i];
    return NULL;
}

static struct due_rule default_rule(const struct due_rules *rules)
{
    const struct due_rule *all = find_rule(rules, "", 0);
    return all ? *all : (struct due_rule){.months = DEFAULT_MONTHS};
}

/* --- reading --------------------------------------------------------------------------------- */

static bool set_rule(struct due_rules *rules, const struct due_rule *rule)
{
    struct due_rule *there =
        (struct due_rule *)(uintptr_t)find_rule(rules, rule->term, strlen(rule->term));
    if (!there && rules->count == DUE_RULES)
        return false;
    *(there ? there : &rules->rows[rules->count++]) = *rule;
    return true;
}

enum status due_rules_load(struct db *db, struct due_rules *ret_rules)
{
    struct due_rules rules = {0};
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_DUE_RULE_ALL, &s);
    if (status != STATUS_OK)
        return status;
    while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
        struct due_rule rule = {.months = sqlite3_column_int(s, 1),
                                .days = sqlite3_column_int(s, 2)};
        snprintf(rule.term, sizeof rule.term, "%s", column_text(s, 0));
        (void)set_rule(&rules, &rule);
    }
    if (status == STATUS_OK)
        *ret_rules = rules;
    return status;
}

enum status due_rule_put(struct db *db, const struct due_rule *rule)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_DUE_RULE_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_text(s, ":term", rule->term);
    bind_int(s, ":months", rule->months);
    bind_int(s, ":days", rule->days);
    return db_run(db, s);
}

static bool is_term(const char *s, size_t len)
{
    return len >= 1 && len <= 2 && s[0] >= 'A' && s[0] <= 'Z' &&
           (len == 1 || (s[1] >= '1' && s[1] <= '9'));
}

/* A cell up to the next tab; false when there is none left. */
static bool next_cell(const char **at, const char *end, const char **ret_cell, size_t *ret_len)
{
    if (*at > end)
        return false;
    const char *tab = memchr(*at, '\t', (size_t)(end - *at));
    *ret_cell = *at;
    *ret_len = (size_t)((tab ? tab : end) - *at);
    *at = tab ? tab + 1 : end + 1;
    return true;
}

static bool parse_count(const char *cell, size_t len, int64_t most, int *ret_count)
{
    int64_t n;
    if (!len || number_parse(cell, len, &n) != STATUS_OK || n < 0 || n > most)
        return false;
    *ret_count = (int)n;
    return true;
}

static bool parse_line(const char *line, const char *end, struct due_rule *ret_rule)
{
    const char *cell;
    size_t len;
    struct due_rule rule = {0};
    if (!next_cell(&line, end, &cell, &len) || !((len == 1 && *cell == '*') || is_term(cell, len)))
        return false;
    if (*cell != '*')
        memcpy(rule.term, cell, len);
    if (!next_cell(&line, end, &cell, &len) ||
        !parse_count(cell, len, DUE_MONTHS_MAX, &rule.months) ||
        !next_cell(&line, end, &cell, &len) || !parse_count(cell, len, DUE_DAYS_MAX, &rule.days) ||
        (!rule.months && !rule.days))
        return false;
    *ret_rule = rule;
    return true;
}

enum status due_rules_read(const char *text, size_t len, struct due_rules *rules, size_t *ret_line)
{
    struct due_rules set = *rules;
    const char *at = text, *stop = text + len;
    for (size_t line = 1; at < stop; line++) {
        const char *end = memchr(at, '\n', (size_t)(stop - at));
        struct due_rule rule;
        end = end ? end : stop;
        const char *last = end > at && end[-1] == '\r' ? end - 1 : end;
        bool empty = last == at || *at == '#';
        if (!empty && (!parse_line(at, last, &rule) || !set_rule(&set, &rule))) {
            *ret_line = line;
            return STATUS_INVALID;
        }
        at = end + 1;
    }
    *rules = set;
    return STATUS_OK;
}

/* --- days ------------------------------------------------------------------------------------ */

/* The rule of a kind: its own, its group's, the one for all. */
static struct due_rule rule_of(const struct due_rules *rules, const char *term, size_t len)
{
    const struct due_rule *own = find_rule(rules, term, len);
    if (!own && len > 1)
        own = find_rule(rules, term, 1);
    return own ? *own : default_rule(rules);
}

int64_t due_after(const struct due_rules *rules, const char *types, int64_t day)
{
    struct due_rule all = default_rule(rules);
    int64_t soonest = -1;
    for (const char *at = types; *at;) {
        size_t len = strcspn(at, " ");
        struct due_rule rule = rule_of(rules, at, len);
        int64_t one = date_add_months(day, rule.months) + rule.days;
        if (soonest < 0 || one < soonest)
            soonest = one;
        at += len + strspn(at + len, " ");
    }
    return soonest < 0 ? date_add_months(day, all.months) + all.days : soonest;
}

int64_t due_round_start(const struct due_rules *rules, int64_t today)
{
    struct due_rule all = default_rule(rules);
    struct date d = date_from_days(today);
    int step = all.months > 0 && all.months <= 12 ? all.months : 12;
    return date_days((struct date){d.year, (d.month - 1) / step * step + 1, 1});
}
