/* Reads and checks the rules of the referral pathway; see guide.h. A set of files is right or wrong
 * as a whole, because they point to each other. */
#include "db/guide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/guide_read.h"
#include "db/guide_table.h" /* generated: the built-in files */
#include "db/need.h"
#include "db/term.h"

static const char *const names[GUIDE_FILES] = {"step.tsv", "referral.tsv", "advice.tsv"};

const char *guide_file_name(enum guide_file file)
{
    return names[file];
}

void guide_release(struct guide *guide)
{
    arena_release(&guide->arena);
    *guide = (struct guide){0};
}

/* What the rules may speak of. */
struct known {
    struct need_list needs;
    struct term_list terms;
};

struct reader {
    const struct known *known;
    struct guide *guide;
    struct guide_fault *fault;
    size_t step_room, rule_room, advice_room;
};

static bool refuse(struct reader *r, enum guide_wrong wrong, const struct guide_row *row,
                   const char *what)
{
    return guide_refuse(r->fault, wrong, row->line, what);
}

static int position(const char *const *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return (int)i;
    return -1;
}

static bool is_need(const struct known *known, const char *code)
{
    for (size_t i = 0; i < known->needs.count; i++)
        if (strcmp(known->needs.rows[i].code, code) == 0)
            return true;
    return false;
}

static bool is_kind(const struct known *known, const char *code)
{
    for (size_t i = 0; i < known->terms.count; i++)
        if (*known->terms.rows[i].parent && strcmp(known->terms.rows[i].code, code) == 0)
            return true;
    return false;
}

/* The first of these columns that is empty is refused. */
static bool is_filled(struct reader *r, const struct guide_row *row, const char *const *columns,
                      size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!*row->cells[i])
            return refuse(r, GUIDE_EMPTY, row, columns[i]);
    return true;
}

/* --- steps
 * ------------------------------------------------------------------------------------------- */

static const struct guide_step *find_step(const struct guide *g, const char *code)
{
    for (size_t i = 0; i < g->step_count; i++)
        if (strcmp(g->steps[i].code, code) == 0)
            return &g->steps[i];
    return NULL;
}

static const char *const step_columns[] = {"code", "en", "km", "do_en", "do_km", "source"};
enum { STEP_COLUMNS = sizeof step_columns / sizeof *step_columns };

static bool read_step(struct reader *r, const struct guide_row *row)
{
    struct guide *g = r->guide;
    if (!is_filled(r, row, step_columns, 0, STEP_COLUMNS))
        return false;
    if (find_step(g, row->cells[0]))
        return refuse(r, GUIDE_TWICE, row, row->cells[0]);
    g->steps = arena_grow(&g->arena, g->steps, g->step_count, &r->step_room, sizeof *g->steps);
    g->steps[g->step_count++] = (struct guide_step){
        .code = row->cells[0],
        .title = {[LANG_EN] = row->cells[1], [LANG_KM] = row->cells[2]},
        .text = {[LANG_EN] = row->cells[3], [LANG_KM] = row->cells[4]},
        .source = row->cells[5],
    };
    return true;
}

/* --- rules
 * ------------------------------------------------------------------------------------------- */

static const char *const rule_columns[] = {"need",  "id",      "after", "level",
                                           "tiers", "urgency", "kinds", "step"};
enum {
    RULE_NEED,
    RULE_ID,
    RULE_FOLLOWS,
    RULE_LEVEL,
    RULE_TIERS,
    RULE_URGENCY,
    RULE_KINDS,
    RULE_STEP,
    RULE_COLUMNS
};

static const char *const level_names[] = {"nearest", "commune", "district", "province", "nation"};
static const char *const urgency_names[] = {"now", "hours72", "days", "later"};

/* The rule of this need and id among those read so far. */
static const struct guide_rule *find_rule(const struct guide *g, const char *need, const char *id)
{
    for (size_t i = 0; i < g->rule_count; i++)
        if (strcmp(g->rules[i].need, need) == 0 && strcmp(g->rules[i].id, id) == 0)
            return &g->rules[i];
    return NULL;
}

static bool read_tiers(struct reader *r, const struct guide_row *row, struct guide_rule *rule)
{
    const char *list = row->cells[RULE_TIERS];
    char item[16];
    while (guide_item(&list, item, sizeof item)) {
        if (item[0] < '1' || item[0] > '3' || item[1])
            return refuse(r, GUIDE_UNKNOWN, row, item);
        rule->tiers |= 1U << (item[0] - '1');
    }
    return true;
}

static bool read_kinds(struct reader *r, const struct guide_row *row, struct guide_rule *rule)
{
    const char *list = row->cells[RULE_KINDS];
    char item[16];
    while (guide_item(&list, item, sizeof item)) {
        if (!is_kind(r->known, item) || rule->kind_count == GUIDE_KINDS)
            return refuse(r, GUIDE_UNKNOWN, row, item);
        memcpy(rule->kinds[rule->kind_count++], item, sizeof rule->kinds[0]);
    }
    return true;
}

static bool read_follows(struct reader *r, const struct guide_row *row, struct guide_rule *rule)
{
    const char *list = row->cells[RULE_FOLLOWS];
    char item[32];
    while (guide_item(&list, item, sizeof item)) {
        const struct guide_rule *before = find_rule(r->guide, rule->need, item);
        if (rule->after_count == GUIDE_AFTER)
            return refuse(r, GUIDE_UNKNOWN, row, item);
        rule->after[rule->after_count++] = (size_t)(before - r->guide->rules);
    }
    return true;
}

static bool read_rule(struct reader *r, const struct guide_row *row)
{
    struct guide *g = r->guide;
    struct guide_rule rule = {.need = row->cells[RULE_NEED], .id = row->cells[RULE_ID]};
    int level = position(level_names, 5, row->cells[RULE_LEVEL]);
    int urgency = position(urgency_names, 4, row->cells[RULE_URGENCY]);
    rule.step = find_step(g, row->cells[RULE_STEP]);
    if (level < 0)
        return refuse(r, GUIDE_UNKNOWN, row, row->cells[RULE_LEVEL]);
    if (urgency < 0)
        return refuse(r, GUIDE_UNKNOWN, row, row->cells[RULE_URGENCY]);
    if (!rule.step)
        return refuse(r, GUIDE_UNKNOWN, row, row->cells[RULE_STEP]);
    rule.level = (enum guide_level)level;
    rule.urgency = (enum guide_urgency)urgency;
    if (!read_tiers(r, row, &rule) || !read_kinds(r, row, &rule) || !read_follows(r, row, &rule))
        return false;
    g->rules = arena_grow(&g->arena, g->rules, g->rule_count, &r->rule_room, sizeof *g->rules);
    g->rules[g->rule_count++] = rule;
    return true;
}

/* Names a row of rules stands for: need and id, each once, the need known. */
static bool check_names(struct reader *r, const struct guide_table *t)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct guide_row *row = &t->rows[i];
        if (!is_filled(r, row, rule_columns, RULE_NEED, RULE_ID + 1) ||
            !is_filled(r, row, rule_columns, RULE_LEVEL, RULE_COLUMNS))
            return false;
        if (!is_need(r->known, row->cells[RULE_NEED]))
            return refuse(r, GUIDE_UNKNOWN, row, row->cells[RULE_NEED]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(t->rows[k].cells[RULE_NEED], row->cells[RULE_NEED]) == 0 &&
                strcmp(t->rows[k].cells[RULE_ID], row->cells[RULE_ID]) == 0)
                return refuse(r, GUIDE_TWICE, row, row->cells[RULE_ID]);
    }
    return true;
}

static bool is_row_of(const struct guide_table *t, const char *need, const char *id)
{
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(t->rows[i].cells[RULE_NEED], need) == 0 &&
            strcmp(t->rows[i].cells[RULE_ID], id) == 0)
            return true;
    return false;
}

static bool check_follows(struct reader *r, const struct guide_table *t)
{
    for (size_t i = 0; i < t->count; i++) {
        const char *list = t->rows[i].cells[RULE_FOLLOWS];
        char item[32];
        while (guide_item(&list, item, sizeof item))
            if (!is_row_of(t, t->rows[i].cells[RULE_NEED], item))
                return refuse(r, GUIDE_UNKNOWN, &t->rows[i], item);
    }
    return true;
}

/* All steps before it have been read. */
static bool is_ready(const struct reader *r, const struct guide_row *row)
{
    const char *list = row->cells[RULE_FOLLOWS];
    char item[32];
    while (guide_item(&list, item, sizeof item))
        if (!find_rule(r->guide, row->cells[RULE_NEED], item))
            return false;
    return true;
}

/* The rules of one need, each behind those it follows. */
static bool read_need(struct reader *r, const struct guide_table *t, const char *need)
{
    size_t left = 0, before = r->guide->rule_count;
    for (size_t i = 0; i < t->count; i++)
        left += strcmp(t->rows[i].cells[RULE_NEED], need) == 0;
    if (!left)
        return guide_refuse(r->fault, GUIDE_NO_STEPS, 0, need);
    for (size_t done = before; left > 0; done = r->guide->rule_count) {
        const struct guide_row *stuck = NULL;
        for (size_t i = 0; i < t->count; i++) {
            const struct guide_row *row = &t->rows[i];
            if (strcmp(row->cells[RULE_NEED], need) != 0 ||
                find_rule(r->guide, need, row->cells[RULE_ID]))
                continue;
            if (!is_ready(r, row)) {
                stuck = row;
                continue;
            }
            if (!read_rule(r, row))
                return false;
            left--;
        }
        if (left && r->guide->rule_count == done)
            return refuse(r, GUIDE_CYCLE, stuck, stuck->cells[RULE_ID]);
    }
    return true;
}

static bool read_rules(struct reader *r, const struct guide_table *t)
{
    if (!check_names(r, t) || !check_follows(r, t))
        return false;
    for (size_t i = 0; i < r->known->needs.count; i++)
        if (!read_need(r, t, r->known->needs.rows[i].code))
            return false;
    return true;
}

/* --- advice
 * ------------------------------------------------------------------------------------------ */

static const char *const advice_columns[] = {"needs", "topic", "en", "km", "source"};
static const char *const topic_names[] = {"say", "bring", "consent", "report", "secret"};
enum { ADVICE_COLUMNS = sizeof advice_columns / sizeof *advice_columns };

static bool read_advice(struct reader *r, const struct guide_row *row)
{
    struct guide *g = r->guide;
    const char *list = row->cells[0];
    char item[16];
    if (!is_filled(r, row, advice_columns, 0, ADVICE_COLUMNS))
        return false;
    while (strcmp(row->cells[0], "*") != 0 && guide_item(&list, item, sizeof item))
        if (!is_need(r->known, item))
            return refuse(r, GUIDE_UNKNOWN, row, item);
    int topic = position(topic_names, GUIDE_TOPICS, row->cells[1]);
    if (topic < 0)
        return refuse(r, GUIDE_UNKNOWN, row, row->cells[1]);
    g->advice =
        arena_grow(&g->arena, g->advice, g->advice_count, &r->advice_room, sizeof *g->advice);
    g->advice[g->advice_count++] = (struct guide_advice){
        .needs = row->cells[0],
        .topic = (enum guide_topic)topic,
        .text = {[LANG_EN] = row->cells[2], [LANG_KM] = row->cells[3]},
    };
    return true;
}

/* Every topic must have something to say for every need. */
static bool check_advice(struct reader *r)
{
    for (size_t i = 0; i < r->known->needs.count; i++)
        for (int topic = 0; topic < GUIDE_TOPICS; topic++)
            if (!guide_advice(r->guide, r->known->needs.rows[i].code, (enum guide_topic)topic))
                return guide_refuse(r->fault, GUIDE_EMPTY, 0, topic_names[topic]);
    return true;
}

/* --- the set of files
 * -------------------------------------------------------------------------------- */

struct source {
    const char *bytes;
    size_t len;
    char name[256]; /* for the fault */
};

static bool read_file(struct reader *r, enum guide_file file, const struct source *source)
{
    static const struct {
        const char *const *columns;
        size_t count;
    } forms[] = {{step_columns, STEP_COLUMNS},
                 {rule_columns, RULE_COLUMNS},
                 {advice_columns, ADVICE_COLUMNS}};
    struct guide_table table;
    bool good = guide_read_table(source->bytes, source->len, forms[file].columns, forms[file].count,
                                 &r->guide->arena, &table, r->fault);
    if (good && file == GUIDE_REFERRAL)
        good = read_rules(r, &table);
    for (size_t i = 0; good && file != GUIDE_REFERRAL && i < table.count; i++)
        good = file == GUIDE_STEPS ? read_step(r, &table.rows[i]) : read_advice(r, &table.rows[i]);
    if (good && file == GUIDE_ADVICE)
        good = check_advice(r);
    if (!good)
        snprintf(r->fault->file, sizeof r->fault->file, "%s", source->name);
    return good;
}

static bool read_set(const struct known *known, const struct source sources[GUIDE_FILES],
                     struct guide *ret_guide, struct guide_fault *fault)
{
    struct guide guide = {0};
    struct reader r = {.known = known, .guide = &guide, .fault = fault};
    bool good = true;
    for (int file = 0; good && file < GUIDE_FILES; file++)
        good = read_file(&r, (enum guide_file)file, &sources[file]);
    if (good)
        *ret_guide = guide;
    else
        guide_release(&guide);
    return good;
}

const char *guide_built_in(enum guide_file file, size_t *ret_len)
{
    static const struct {
        const char *bytes;
        size_t len;
    } files[GUIDE_FILES] = {{builtin_step, sizeof builtin_step - 1},
                            {builtin_referral, sizeof builtin_referral - 1},
                            {builtin_advice, sizeof builtin_advice - 1}};
    *ret_len = files[file].len;
    return files[file].bytes;
}

static void built_in(struct source sources[GUIDE_FILES])
{
    for (int i = 0; i < GUIDE_FILES; i++) {
        sources[i] = (struct source){0};
        sources[i].bytes = guide_built_in((enum guide_file)i, &sources[i].len);
        snprintf(sources[i].name, sizeof sources[i].name, "%s", names[i]);
    }
}

/* The office's own file in the place of the built-in one, where it is there. */
static bool take_own(const char *directory, enum guide_file file, struct source *source,
                     struct text *bytes, bool *ret_own, struct guide_fault *fault)
{
    char path[sizeof source->name];
    bool good = guide_read_own(directory, names[file], bytes, ret_own, path, fault);
    if (*ret_own)
        *source = (struct source){.bytes = bytes->bytes, .len = bytes->len};
    if (*ret_own)
        memcpy(source->name, path, sizeof path);
    if (!good)
        memcpy(fault->file, path, sizeof path);
    return good;
}

static bool read_own(const struct known *known, const char *directory, struct guide *ret_guide,
                     struct guide_fault *fault)
{
    struct source sources[GUIDE_FILES];
    struct text bytes[GUIDE_FILES] = {TEXT_INIT, TEXT_INIT, TEXT_INIT};
    bool good = true, any = false;
    built_in(sources);
    for (int i = 0; good && i < GUIDE_FILES; i++) {
        bool own = false;
        good = take_own(directory, (enum guide_file)i, &sources[i], &bytes[i], &own, fault);
        any |= own;
    }
    good = good && any && read_set(known, sources, ret_guide, fault);
    for (int i = 0; i < GUIDE_FILES; i++)
        text_release(&bytes[i]);
    return good;
}

enum status guide_load(struct db *db, const char *directory, struct guide *ret_guide,
                       struct guide_fault *ret_fault)
{
    struct known known = {0};
    struct source sources[GUIDE_FILES];
    struct guide_fault fault = {0}, own = {0};
    enum status status = need_all(db, &known.needs);
    if (status == STATUS_OK)
        status = term_all(db, &known.terms);
    bool done = status == STATUS_OK && directory && read_own(&known, directory, ret_guide, &own);
    built_in(sources);
    if (status == STATUS_OK && !done && !read_set(&known, sources, ret_guide, &fault)) {
        own = fault; /* the data was checked when the program was built: another classification */
        status = STATUS_CORRUPT;
    }
    *ret_fault = own;
    need_list_release(&known.needs);
    term_list_release(&known.terms);
    return status;
}

const struct guide_rule *guide_rules(const struct guide *guide, const char *need, size_t *ret_count)
{
    const struct guide_rule *first = NULL;
    *ret_count = 0;
    for (size_t i = 0; i < guide->rule_count; i++)
        if (strcmp(guide->rules[i].need, need) == 0) {
            first = first ? first : &guide->rules[i];
            ++*ret_count;
        }
    return first;
}

static bool is_for(const struct guide_advice *a, const char *need)
{
    const char *list = a->needs;
    char item[16];
    while (guide_item(&list, item, sizeof item))
        if (strcmp(item, need) == 0)
            return true;
    return false;
}

const struct guide_advice *guide_advice(const struct guide *guide, const char *need,
                                        enum guide_topic topic)
{
    const struct guide_advice *all = NULL;
    for (size_t i = 0; i < guide->advice_count; i++) {
        const struct guide_advice *a = &guide->advice[i];
        if (a->topic == topic && is_for(a, need))
            return a;
        if (a->topic == topic && strcmp(a->needs, "*") == 0)
            all = a;
    }
    return all;
}
