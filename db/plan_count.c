/* Counting services along the plan; see plan_count.h. One pass over the services. */
#include "db/plan_count.h"

#include <stdlib.h>
#include <string.h>

#include "db/internal.h"
#include "db/plan_output.h"
#include "db/record.h"
#include "db/search_plan.h"
#include "db/term.h"
#include "i18n/number.h"

enum { OUTPUTS_MOST = 64, TIERS = 3 };

/* A service of a program that is made for an output. */
struct made {
    struct uuid service, program;
    size_t output; /* place in outputs */
    bool in_force;
};

struct counter {
    const char *area;
    struct term_list terms;
    struct plan_output_list outputs;
    uint64_t *term_outputs; /* [terms.count]: bits of outputs, of their programmes too */
    struct made *made;      /* in order of service */
    size_t made_count;
    struct plan_row all[OUTPUTS_MOST][TIERS + 1];
    unsigned tiers[OUTPUTS_MOST]; /* of the kinds made for it */
    unsigned char *counted;       /* of each of made: its service is counted */
    struct arena arena;
};

void plan_count_release(struct plan_count *p)
{
    arena_release(&p->arena);
    *p = (struct plan_count){0};
}

/* --- the plan --------------------------------------------------------------------------------- */

/* An output, and the programme it belongs to. */
static uint64_t bits_of(const struct counter *n, const char *outputs)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < n->outputs.count; i++)
        if (plan_output_any_within(outputs, n->outputs.rows[i].code))
            bits |= (uint64_t)1 << i;
    return bits;
}

static enum status load_plan(struct db *db, struct counter *n)
{
    enum status status = plan_output_all(db, &n->outputs);
    if (status == STATUS_OK)
        status = term_all(db, &n->terms);
    if (status != STATUS_OK)
        return status;
    if (n->outputs.count > OUTPUTS_MOST)
        n->outputs.count = OUTPUTS_MOST;
    n->term_outputs = arena_alloc(&n->arena, (n->terms.count + 1) * sizeof *n->term_outputs);
    for (size_t t = 0; t < n->terms.count; t++) {
        n->term_outputs[t] = bits_of(n, n->terms.rows[t].outputs);
        for (size_t i = 0; i < n->outputs.count; i++)
            if (n->term_outputs[t] >> i & 1)
                n->tiers[i] |= n->terms.rows[t].tiers;
    }
    return STATUS_OK;
}

static int by_service(const void *left, const void *right)
{
    const struct made *a = left, *b = right;
    return memcmp(&a->service, &b->service, sizeof a->service);
}

static size_t output_of(const struct counter *n, const char *code)
{
    for (size_t i = 0; i < n->outputs.count; i++)
        if (strcmp(n->outputs.rows[i].code, code) == 0)
            return i;
    return SIZE_MAX;
}

/* Programs made for an output; those without a service stand with a zero id. */
static enum status load_made(struct db *db, struct counter *n)
{
    sqlite3_stmt *s;
    size_t room = 0;
    bool row;
    struct text today = TEXT_INIT;
    enum status status = db_query(db, QUERY_PROGRAMS_OF_OUTPUTS, &s);
    date_iso(&today, date_from_time(db_now_ms(db) / 1000));
    while (status == STATUS_OK && (status = db_step(db, s, &row)) == STATUS_OK && row) {
        struct made made = {.output = output_of(n, column_text(s, 1))};
        const char *from = column_text(s, 2), *to = column_text(s, 3);
        (void)column_id(s, 0, &made.program);
        (void)column_id(s, 4, &made.service);
        made.in_force = strcmp(from, today.bytes) <= 0 && (!*to || strcmp(to, today.bytes) >= 0);
        if (made.output == SIZE_MAX)
            continue;
        n->made = arena_grow(&n->arena, n->made, n->made_count, &room, sizeof *n->made);
        n->made[n->made_count++] = made;
    }
    text_release(&today);
    if (n->made_count)
        qsort(n->made, n->made_count, sizeof *n->made, by_service);
    n->counted = arena_alloc(&n->arena, n->made_count + 1);
    return status;
}

/* --- services --------------------------------------------------------------------------------- */

/* Outputs and tiers of a service's kinds. */
static void add_kinds(const struct counter *n, const char *types, uint64_t *outputs,
                      unsigned *tiers)
{
    while (*types) {
        size_t len = strcspn(types, " ");
        for (size_t t = 0; t < n->terms.count; t++) {
            const struct term *term = &n->terms.rows[t];
            if (strlen(term->code) != len || memcmp(term->code, types, len) != 0)
                continue;
            *outputs |= n->term_outputs[t];
            *tiers |= term->tiers;
        }
        types += len + strspn(types + len, " ");
    }
}

static uint64_t outputs_of_program(struct counter *n, const struct uuid *service)
{
    struct made key = {.service = *service};
    struct made *found =
        n->made_count ? bsearch(&key, n->made, n->made_count, sizeof key, by_service) : NULL;
    if (!found)
        return 0;
    n->counted[found - n->made] = 1; /* a service has one program */
    return bits_of(n, n->outputs.rows[found->output].code);
}

static void add_figures(struct plan_row *row, bool located, bool covering, bool confirmed)
{
    row->services++;
    row->located += located;
    row->covering += covering;
    row->confirmed += confirmed;
}

static bool is_closed(int64_t facets)
{
    return (facets >> FACET_STATUS_SHIFT & 7) == VALUE_STATUS_CLOSED;
}

static void count_row(struct counter *n, sqlite3_stmt *s)
{
    const char *located = column_text(s, 2), *covers = column_text(s, 3);
    int64_t facets = sqlite3_column_int64(s, 4);
    bool country = area_level(n->area) == 0;
    struct relation r = plan_relation_to(n->area, located, covers);
    struct uuid id;
    uint64_t outputs = 0;
    unsigned tiers = 0;
    if (is_closed(facets) || (!country && !r.any) || !column_id(s, 0, &id))
        return;
    bool in = country ? *located != '\0' : r.how == HOW_OWN || r.how == HOW_LOCATED;
    bool confirmed = !(facets & (FACET_NEEDS_CONTACT | FACET_UNCONFIRMED));
    add_kinds(n, column_text(s, 1), &outputs, &tiers);
    outputs |= outputs_of_program(n, &id);
    for (size_t i = 0; i < n->outputs.count; i++)
        for (int tier = 0; tier <= TIERS && outputs >> i & 1; tier++)
            if (tier == 0 || tiers >> (tier - 1) & 1)
                add_figures(&n->all[i][tier], in, r.covers, confirmed);
}

static enum status count_services(struct db *db, struct counter *n)
{
    sqlite3_stmt *s;
    bool row;
    enum status status = db_query(db, QUERY_COVERAGE_SERVICES, &s);
    while (status == STATUS_OK && (status = db_step(db, s, &row)) == STATUS_OK && row)
        count_row(n, s);
    return status;
}

static int by_program(const void *left, const void *right)
{
    const struct made *a = left, *b = right;
    return memcmp(&a->program, &b->program, sizeof a->program);
}

/* Each program once. */
static void count_programs(struct counter *n)
{
    bool country = area_level(n->area) == 0;
    size_t kept = 0;
    for (size_t i = 0; i < n->made_count; i++)
        if (n->made[i].in_force && (country || n->counted[i]))
            n->made[kept++] = n->made[i];
    if (kept)
        qsort(n->made, kept, sizeof *n->made, by_program);
    for (size_t i = 0; i < kept; i++) {
        uint64_t outputs = bits_of(n, n->outputs.rows[n->made[i].output].code);
        bool again = i > 0 && by_program(&n->made[i], &n->made[i - 1]) == 0;
        for (size_t k = 0; k < n->outputs.count && !again; k++)
            n->all[k][0].programs += (int)(outputs >> k & 1);
    }
}

/* --- the table -------------------------------------------------------------------------------- */

/* An output that has services is parted by the tiers of its kinds. */
static bool has_row(const struct counter *n, size_t output, int tier)
{
    if (tier == 0)
        return true;
    return n->all[output][0].services && n->tiers[output] >> (tier - 1) & 1 &&
           !plan_output_is_programme(n->outputs.rows[output].code);
}

static void make_rows(const struct counter *n, struct plan_count *p)
{
    size_t room = 0;
    for (size_t i = 0; i < n->outputs.count; i++)
        for (int tier = 0; tier <= TIERS; tier++) {
            const char *code = n->outputs.rows[i].code;
            if (!has_row(n, i, tier) || strlen(code) >= PLAN_CODE)
                continue;
            p->rows = arena_grow(&p->arena, p->rows, p->count, &room, sizeof *p->rows);
            struct plan_row *row = &p->rows[p->count++];
            *row = n->all[i][tier];
            row->tier = tier;
            memcpy(row->output, code, strlen(code) + 1);
        }
}

enum status plan_count_load(struct db *db, const char *area, struct plan_count *ret_count)
{
    struct counter *n = mem_zalloc(1, sizeof *n);
    struct plan_count p = {0};
    if (strcmp(area, AREA_COUNTRY_CODE) != 0)
        memcpy(p.area, area, strlen(area) + 1);
    n->area = p.area;
    enum status status = load_plan(db, n);
    if (status == STATUS_OK)
        status = load_made(db, n);
    if (status == STATUS_OK)
        status = count_services(db, n);
    if (status == STATUS_OK) {
        count_programs(n);
        make_rows(n, &p);
        *ret_count = p;
    }
    term_list_release(&n->terms);
    plan_output_list_release(&n->outputs);
    arena_release(&n->arena);
    free(n);
    return status;
}
