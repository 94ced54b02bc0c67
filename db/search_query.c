/* From a query to a plan: filters set by hand and guessed, what of the words is left as text, and
 * the runs and tokens of that text. */
#include <stdlib.h>
#include <string.h>

#include "db/need.h"
#include "db/search_plan.h"
#include "db/search_words.h"
#include "i18n/key.h"
#include "i18n/khmer.h"

enum { LIMIT_DEFAULT = 50 };

/* --- areas
 * --------------------------------------------------------------------------------------------- */

static bool is_inside_any(const char *code, char (*around)[AREA_CODE], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (area_contains(around[i], code) && strcmp(around[i], code) != 0)
            return true;
    return false;
}

static bool is_related(const struct plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->asked_count; i++)
        if (area_contains(plan->asked[i], code) || area_contains(code, plan->asked[i]))
            return true;
    return plan->asked_count == 0;
}

/* Keeps the areas that may be meant: of the highest level, inside another area named in the words
 * if there are such, and never elsewhere than where the filters set by hand look. */
static void choose_areas(const struct plan *plan, const struct words *w, struct guess *guess)
{
    size_t kept = 0;
    for (size_t i = 0; i < guess->area_count; i++)
        if (is_related(plan, guess->areas[i]))
            memmove(guess->areas[kept++], guess->areas[i], AREA_CODE);
    guess->area_count = kept;
    for (size_t g = 0; g < w->guess_count; g++) {
        const struct guess *other = &w->guesses[g];
        if (other == guess || other->kind != FILTER_AREA || !other->area_count)
            continue;
        char top[1][AREA_CODE];
        memcpy(top[0], other->areas[0], AREA_CODE);
        size_t inside = 0;
        for (size_t i = 0; i < guess->area_count; i++)
            inside += is_inside_any(guess->areas[i], top, 1);
        for (size_t i = kept = 0; inside && i < guess->area_count; i++)
            if (is_inside_any(guess->areas[i], top, 1))
                memmove(guess->areas[kept++], guess->areas[i], AREA_CODE);
        if (inside)
            guess->area_count = kept;
    }
    for (kept = 0; kept < guess->area_count; kept++)
        if (strlen(guess->areas[kept]) != strlen(guess->areas[0]))
            break;
    guess->area_count = kept;
}

static void ask_areas(struct plan *plan, char (*codes)[AREA_CODE], size_t count)
{
    plan->asked_count = 0;
    for (size_t i = 0; i < count && i < PLAN_AREAS; i++)
        memcpy(plan->asked[plan->asked_count++], codes[i], AREA_CODE);
}

struct area_set {
    char codes[PLAN_AREAS][AREA_CODE];
    size_t count;
};

static void add_area(struct area_set *set, const char *code)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->codes[i], code) == 0)
            return;
    if (set->count < PLAN_AREAS)
        memcpy(set->codes[set->count++], code, strlen(code) + 1);
}

static bool has_inside(const char *code, char (*codes)[AREA_CODE], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (area_contains(code, codes[i]) && strcmp(code, codes[i]) != 0)
            return true;
    return false;
}

/* The unit above: what lies around an area. */
static void area_above(const char *code, char ret_above[AREA_CODE])
{
    size_t len = strlen(code);
    len = len > 2 ? len - 2 : 0;
    memcpy(ret_above, code, len);
    ret_above[len] = '\0';
}

/* Of areas that lie in one another the inner one is meant; of others, all. "Near" adds what lies
 * around. */
static void ask_guessed_areas(struct plan *plan, const struct words *w)
{
    struct area_set set = {0}, around = {0};
    for (size_t g = 0; g < w->guess_count; g++) {
        const struct guess *guess = &w->guesses[g];
        for (size_t k = 0; guess->kind == FILTER_AREA && k < guess->area_count; k++) {
            char above[AREA_CODE];
            bool inner = has_inside(guess->areas[k], plan->asked, plan->asked_count);
            for (size_t o = 0; o < w->guess_count && !inner; o++)
                inner = o != g && w->guesses[o].kind == FILTER_AREA &&
                        has_inside(guess->areas[k], (char(*)[AREA_CODE])w->guesses[o].areas,
                                   w->guesses[o].area_count);
            if (inner)
                continue;
            add_area(&set, guess->areas[k]);
            area_above(guess->areas[k], above);
            if (guess->near && *above)
                add_area(&around, above);
        }
    }
    for (size_t i = 0; i < around.count; i++)
        add_area(&set, around.codes[i]);
    if (set.count)
        ask_areas(plan, set.codes, set.count);
}

/* --- filters
 * ------------------------------------------------------------------------------------------- */

#define KIND_UNKNOWN ((uint64_t)1 << 63) /* nothing has it */

static uint64_t kinds_of(const struct search *search, const char *code)
{
    uint64_t kinds = 0;
    for (size_t i = 0; i < search->terms.count; i++) {
        const struct term *term = &search->terms.rows[i];
        if (strcmp(term->code, code) != 0 && strcmp(term->parent, code) != 0)
            continue;
        int bit = search_kind_bit(search, term->code);
        if (bit >= 0)
            kinds |= (uint64_t)1 << bit;
    }
    return kinds ? kinds : KIND_UNKNOWN;
}

static int status_of(const char *name)
{
    int value;
    if (strcmp(name, "all") == 0)
        return -1;
    return enum_parse("STATUS", name, &value) ? value : 7; /* 7: none has it */
}

/* "14", or "0-4": either end may fit. */
static void set_age(struct plan *plan, const char *value)
{
    const char *dash = strchr(value, '-');
    plan->age_from = atoi(value);
    plan->age_to = dash ? atoi(dash + 1) : plan->age_from;
}

enum { BIT_UNKNOWN = 1 << 30 }; /* nothing has it */

static unsigned sector_of(const char *name)
{
    int value;
    return enum_parse("SECTOR", name, &value) ? 1U << value : BIT_UNKNOWN;
}

static unsigned level_of(const char *name)
{
    static const char *const names[] = {"nation", "province", "district", "commune"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return 1U << i;
    return BIT_UNKNOWN;
}

static void apply(struct plan *plan, const struct search *search, const struct filter *f)
{
    switch (f->kind) {
    case FILTER_TYPE:
    case FILTER_GROUP:
        plan->kinds[f->guessed] |= kinds_of(search, f->value);
        break;
    case FILTER_TIER:
        plan->tiers |= 1 << (f->value[0] - '1') & FACET_TIERS;
        break;
    case FILTER_STATUS:
        plan->status = status_of(f->value);
        break;
    case FILTER_AGE:
        set_age(plan, f->value);
        break;
    case FILTER_SEX:
        plan->female |= f->value[0] == 'f';
        plan->male |= f->value[0] == 'm';
        break;
    case FILTER_PHONE:
        plan->phone = arena_strdup(&plan->arena, f->value);
        break;
    case FILTER_ALL_DAY:
        plan->all_day = true;
        break;
    case FILTER_ORGANIZATION:
        if (plan->organization_count < QUERY_FILTERS)
            plan->organizations[plan->organization_count++] = arena_strdup(&plan->arena, f->value);
        break;
    case FILTER_OUTPUT:
        if (plan->output_count < QUERY_FILTERS)
            plan->outputs[plan->output_count++] = arena_strdup(&plan->arena, f->value);
        break;
    case FILTER_SECTOR:
        plan->sectors |= sector_of(f->value);
        break;
    case FILTER_LEVEL:
        plan->levels |= level_of(f->value);
        break;
    case FILTER_CONFIRMED:
        plan->confirmed |= *f->value == 'y' ? 1 : 2;
        break;
    case FILTER_DISABILITY:
        plan->disability = true;
        break;
    case FILTER_OPEN_NOW:
        plan->open_now = true;
        break;
    case FILTER_AREA:
    case FILTER_NEED:
    case FILTER_KIND_COUNT:
        break;
    }
}

static void add_filter(struct plan *plan, const struct search *search, const struct filter *f)
{
    if (plan->filter_count < QUERY_FILTERS)
        plan->filters[plan->filter_count++] = *f;
    apply(plan, search, f);
}

static void set_by_hand(struct plan *plan, const struct search *search, const struct query *query)
{
    char codes[PLAN_AREAS][AREA_CODE];
    size_t count = 0;
    for (size_t i = 0; i < query->filter_count && i < QUERY_FILTERS; i++) {
        const struct filter *f = &query->filters[i];
        struct filter copy = *f;
        copy.guessed = false;
        add_filter(plan, search, &copy);
        if (f->kind != FILTER_AREA || count == PLAN_AREAS || strlen(f->value) >= AREA_CODE)
            continue;
        if (!*f->value)
            continue; /* everywhere */
        memcpy(codes[count++], f->value, strlen(f->value) + 1);
        plan->where = f->where;
    }
    ask_areas(plan, codes, count);
}

static struct filter filter_of(const struct guess *guess, const char *value)
{
    struct filter f = {.kind = guess->kind, .guessed = true, .at = guess->at, .len = guess->len};
    memcpy(f.value, value, strlen(value) + 1);
    return f;
}

/* Of several things understood a telephone number alone may be right. */
static void keep_number(struct words *w)
{
    for (size_t i = 0; i < w->guess_count; i++)
        if (w->guesses[i].kind == FILTER_PHONE) {
            w->guesses[0] = w->guesses[i];
            w->guess_count = 1;
        }
}

/* What a search can do without before it finds nothing: who it is for, when, how sure; not what and
 * where. */
static bool is_soft(enum filter_kind kind)
{
    static const enum filter_kind soft[] = {
        FILTER_AGE,    FILTER_SEX,   FILTER_ALL_DAY,   FILTER_TIER,       FILTER_STATUS,
        FILTER_SECTOR, FILTER_LEVEL, FILTER_CONFIRMED, FILTER_DISABILITY, FILTER_OPEN_NOW};
    for (size_t i = 0; i < sizeof soft / sizeof *soft; i++)
        if (soft[i] == kind)
            return true;
    return false;
}

static void drop_soft(struct plan *plan, struct words *w)
{
    size_t kept = 0;
    for (size_t i = 0; i < w->guess_count; i++)
        if (!is_soft(w->guesses[i].kind))
            w->guesses[kept++] = w->guesses[i];
    plan->softened = kept < w->guess_count;
    w->guess_count = kept;
}

static void set_guessed_area(struct plan *plan, const struct search *search, struct words *w,
                             const struct guess *guess)
{
    for (size_t k = 0; k < guess->area_count && k < PLAN_AREAS; k++) {
        struct filter f = filter_of(guess, guess->areas[k]);
        add_filter(plan, search, &f);
    }
    if (guess->area_count)
        return;
    for (size_t k = 0; k < w->segment_count; k++) /* only elsewhere: text after all */
        if (w->segments[k].at >= guess->at && w->segments[k].at < guess->at + guess->len)
            w->segments[k].used = false;
}

static void set_guessed(struct plan *plan, const struct search *search, struct words *w)
{
    for (size_t i = 0; i < w->guess_count; i++)
        if (w->guesses[i].kind == FILTER_AREA)
            choose_areas(plan, w, &w->guesses[i]);
    for (size_t i = 0; i < w->guess_count; i++) {
        struct guess *guess = &w->guesses[i];
        struct filter f = filter_of(guess, guess->value);
        if (guess->kind == FILTER_AREA)
            set_guessed_area(plan, search, w, guess);
        else
            add_filter(plan, search, &f);
    }
    ask_guessed_areas(plan, w);
}

/* --- needs
 * ------------------------------------------------------------------------------------------- */

static void add_need_kinds(struct plan *plan, const struct search *search, const char *kinds)
{
    while (*kinds) {
        char code[4] = "";
        size_t len = strcspn(kinds, " ");
        memcpy(code, kinds, len < sizeof code ? len : sizeof code - 1);
        int bit = search_kind_bit(search, code);
        bool there = bit < 0;
        for (size_t i = 0; i < plan->need_kind_count && !there; i++)
            there = plan->need_kinds[i] == bit;
        if (!there && plan->need_kind_count < sizeof plan->need_kinds)
            plan->need_kinds[plan->need_kind_count++] = (uint8_t)bit;
        kinds += len + (kinds[len] == ' ');
    }
}

/* A need stands for its kinds, best first. */
static enum status set_needs(struct db *db, struct plan *plan, const struct search *search)
{
    struct need_list needs = {0};
    bool any = false, by_hand = false;
    for (size_t i = 0; i < plan->filter_count; i++)
        if (plan->filters[i].kind == FILTER_NEED) {
            any = true;
            by_hand |= !plan->filters[i].guessed;
        }
    if (!any || (!by_hand && plan->kinds[1])) /* words that name a kind say more than the need */
        return STATUS_OK;
    enum status status = need_all(db, &needs);
    for (size_t i = 0; status == STATUS_OK && i < plan->filter_count; i++)
        for (size_t k = 0; plan->filters[i].kind == FILTER_NEED && k < needs.count; k++)
            if (strcmp(plan->filters[i].value, needs.rows[k].code) == 0)
                add_need_kinds(plan, search, needs.rows[k].kinds);
    plan->need = status == STATUS_OK;
    if (!plan->need_kind_count)
        plan->kinds[1] = KIND_UNKNOWN;
    need_list_release(&needs);
    return status;
}

/* --- text
 * ---------------------------------------------------------------------------------------------- */

static void add_token(struct plan *plan, const struct token *token)
{
    if (token->starts_run) {
        if (plan->run_count == PLAN_RUNS)
            return;
        plan->runs[plan->run_count++] = (struct run){.bytes = token->bytes};
    }
    if (!plan->run_count)
        return;
    struct run *run = &plan->runs[plan->run_count - 1];
    run->len = (size_t)(token->bytes + token->len - run->bytes);
    if (run->token_count < RUN_TOKENS)
        run->tokens[run->token_count++] = arena_strndup(
            &plan->arena, token->bytes, token->len < TOKEN_MAX ? token->len : TOKEN_MAX);
}

static int visit(void *context, const struct token *token)
{
    struct plan *plan = context;
    if (token->starts_run && plan->run_count == PLAN_RUNS)
        return 1;
    add_token(plan, token);
    return 0;
}

/* The pieces that were not understood; a zero width space between two of them joins. */
static void set_text(struct plan *plan, const struct words *w, bool relaxed)
{
    struct text text = TEXT_INIT, key = TEXT_INIT;
    for (size_t i = 0; i < w->segment_count; i++) {
        const struct segment *s = &w->segments[i];
        if (s->used)
            continue;
        if (text.len && !(s->weak_start && !w->segments[i - 1].used))
            text_addc(&text, ' ');
        else if (text.len && relaxed)
            text_addc(&text, ' ');
        text_add(&text, w->typed + s->at, s->len);
    }
    key_make(&key, text.bytes, text.len, relaxed ? KEY_LOOSE : KEY_STRICT);
    plan->text = arena_strndup(&plan->arena, text.bytes, text.len);
    plan->key = arena_strndup(&plan->arena, key.bytes, key.len);
    plan->key_len = key.len;
    key_tokens(plan->key, plan->key_len, TOKEN_QUERY, visit, plan);
    for (size_t i = 0; i < plan->run_count; i++) {
        const struct run *run = &plan->runs[i];
        bool lone = run->token_count == 1 && (unsigned char)*run->bytes >= 0x80;
        plan->runs[i].complete = !lone && (i + 1 < plan->run_count || !w->typing);
    }
    for (size_t i = 0; i < plan->run_count; i++)
        plan->runs[i].bytes = arena_strndup(&plan->arena, plan->runs[i].bytes, plan->runs[i].len);
    /* what is typed now may not yet be the syllable it will be */
    if (relaxed && plan->run_count && plan->runs[plan->run_count - 1].token_count > 1)
        plan->runs[plan->run_count - 1].token_count--;
    text_release(&text);
    text_release(&key);
}

enum status plan_make(struct db *db, const struct query *query, enum reading reading, bool relaxed,
                      struct plan *ret_plan)
{
    struct search *search;
    struct plan plan = {.age_from = -1, .age_to = -1, .lang = query->lang, .offset = query->offset};
    struct words words;
    plan.now = query->now ? query->now : db_now_ms(db) / 1000;
    plan.cancelled = query->cancelled;
    plan.cancel_context = query->cancel_context;
    plan.relaxed = relaxed;
    plan.limit = query->limit ? query->limit : LIMIT_DEFAULT;
    enum status status = search_terms(db, &search);
    if (status != STATUS_OK)
        return status;
    words_split(query->words ? query->words : "", &words);
    if (reading != READ_TEXT)
        status = words_understand(db, query, reading, &words);
    if (status != STATUS_OK)
        return status;
    if (relaxed)
        keep_number(&words);
    if (reading == READ_SOFT)
        drop_soft(&plan, &words);
    set_by_hand(&plan, search, query);
    size_t by_hand = plan.filter_count;
    set_guessed(&plan, search, &words);
    plan.guessed = plan.filter_count > by_hand;
    set_text(&plan, &words, relaxed);
    status = set_needs(db, &plan, search);
    if (status == STATUS_OK)
        *ret_plan = plan;
    else
        plan_release(&plan);
    return status;
}

/* The plan without what its filters come down to. */
static struct plan plan_of_text(const struct plan *plan)
{
    struct plan bare = *plan;
    bare.arena = (struct arena){0};
    bare.filter_count = bare.asked_count = bare.organization_count = bare.need_kind_count = 0;
    bare.kinds[0] = bare.kinds[1] = 0;
    bare.tiers = 0;
    bare.status = 0;
    bare.age_from = bare.age_to = -1;
    bare.female = bare.male = bare.all_day = bare.disability = bare.open_now = bare.need = false;
    bare.sectors = bare.levels = bare.confirmed = 0;
    bare.phone = NULL;
    return bare;
}

enum status plan_change(struct db *db, const struct plan *plan, size_t filter,
                        const struct filter *instead, struct plan *ret_plan)
{
    struct search *search;
    struct area_set areas = {0};
    enum status status = search_terms(db, &search);
    if (status != STATUS_OK)
        return status;
    struct plan changed = plan_of_text(plan);
    for (size_t i = 0; i < plan->filter_count; i++) {
        const struct filter *f = i == filter ? instead : &plan->filters[i];
        if (!f)
            continue;
        add_filter(&changed, search, f);
        if (f->kind == FILTER_AREA && *f->value && strlen(f->value) < AREA_CODE)
            add_area(&areas, f->value);
    }
    for (size_t i = 0; i < areas.count; i++) /* the inner of nested areas, as ever */
        if (!has_inside(areas.codes[i], areas.codes, areas.count))
            memcpy(changed.asked[changed.asked_count++], areas.codes[i], AREA_CODE);
    status = set_needs(db, &changed, search);
    if (status == STATUS_OK)
        *ret_plan = changed;
    else
        plan_release(&changed);
    return status;
}
