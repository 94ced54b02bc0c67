/* "Did you mean": corrected words, a wider area, other kinds, or less asked at once; see
 * search_suggest.h. Every way out is a query of its own, whose hits are counted. */
#include "db/search_suggest.h"

#include <stdlib.h>
#include <string.h>

#include "db/area_name.h"
#include "db/need.h"
#include "db/search_near.h"
#include "db/search_words.h"
#include "i18n/key.h"

enum {
    COUNTS_MOST = 16, /* queries counted for one result: some ten microseconds each */
    CORRECT_MOST = 3, /* words corrected in one query */
    NEAR_MOST = 4,    /* words tried for one that nothing is called */
    WORDS_MOST = 3,   /* suggestions of a sort */
    AREAS_MOST = 2,
    RELATED_MOST = 3,
    WITHOUT_MOST = 2,
    KINDS_MOST = 8, /* related kinds tried */
};

struct suggester {
    struct db *db;
    struct query own;
    const struct query *query; /* own */
    const char *typed;
    struct result *result;
    struct words words; /* as boldly as they can be understood */
    struct plan plan;
    size_t counts;
    size_t room;
};

/* --- trying
 * ------------------------------------------------------------------------------------------- */

/* Hits of a query, as a search for it would find them at first. */
static enum status count_hits(struct suggester *g, const struct query *query, int64_t *ret_count)
{
    static const enum reading readings[] = {READ_CERTAIN, READ_BOLD};
    int64_t count = 0;
    enum status status = STATUS_OK;
    g->counts++;
    for (size_t i = 0; status == STATUS_OK && count == 0 && i < 2; i++) {
        struct plan plan = {0};
        status = plan_make(g->db, query, readings[i], false, &plan);
        if (status == STATUS_OK)
            status = plan_count(g->db, &plan, &count);
        plan_release(&plan);
    }
    *ret_count = count;
    return status;
}

static bool is_there(const struct suggester *g, const char *words, const struct filter *filter)
{
    for (size_t i = 0; i < g->result->suggestion_count; i++) {
        const struct suggestion *s = &g->result->suggestions[i];
        bool by_hand = !s->filter.guessed || !filter->guessed;
        if (strcmp(s->words, words) == 0 &&
            (!by_hand ||
             (s->filter.kind == filter->kind && strcmp(s->filter.value, filter->value) == 0)))
            return true;
    }
    return strcmp(words, g->typed) == 0 && filter->guessed;
}

/* Nothing more is wanted, or it is there. */
static bool is_enough(const struct suggester *g, const char *words, const struct filter *filter)
{
    return g->result->suggestion_count == SUGGESTIONS || g->counts == COUNTS_MOST ||
           is_there(g, words, filter);
}

/* Suggests words or a filter that finds more than was found. */
static void add(struct suggester *g, int kind, const char *words, const struct filter *filter,
                int64_t count)
{
    struct result *r = g->result;
    if (count <= (r->widened ? 0 : (int64_t)r->count))
        return;
    r->suggestions = arena_grow(&r->arena, r->suggestions, r->suggestion_count, &g->room,
                                sizeof *r->suggestions);
    struct suggestion *s = &r->suggestions[r->suggestion_count++];
    *s = (struct suggestion){
        .words = arena_strdup(&r->arena, words), .filter = *filter, .count = count};
    memcpy(&s->kind, &kind, sizeof s->kind);
}

static enum status try(struct suggester *g, int kind, const struct query *query,
                       const struct filter *filter)
{
    int64_t count = 0;
    if (is_enough(g, query->words, filter))
        return STATUS_OK;
    enum status status = count_hits(g, query, &count);
    if (status == STATUS_OK)
        add(g, kind, query->words, filter, count);
    return status;
}

/* The plan with another filter in the place of one (NULL: without it). */
static enum status try_plan(struct suggester *g, int kind, const char *words, size_t filter,
                            const struct filter *instead, const struct filter *shown)
{
    struct plan plan = {0};
    int64_t count = 0;
    if (is_enough(g, words, shown))
        return STATUS_OK;
    g->counts++;
    enum status status = plan_change(g->db, &g->plan, filter, instead, &plan);
    if (status == STATUS_OK)
        status = plan_count(g->db, &plan, &count);
    plan_release(&plan);
    if (status == STATUS_OK)
        add(g, kind, words, shown, count);
    return status;
}

static size_t count_of(const struct suggester *g, int kind)
{
    size_t n = 0;
    for (size_t i = 0; i < g->result->suggestion_count; i++)
        n += (int)g->result->suggestions[i].kind == kind;
    return n;
}

/* --- other words
 * -------------------------------------------------------------------------------------- */

/* A byte of it: all but ASCII is taken for Khmer. */
static bool is_khmer(const char *s)
{
    return (unsigned char)*s >= 0x80;
}

/* The words with others in the place of some of them; without: and no two spaces in a row. */
static void replace(struct text *out, const char *words, size_t at, size_t len, const char *with)
{
    text_add(out, words, at);
    const char *rest = words + at + len;
    bool joined = at > 0 && words[at - 1] != ' ';
    if (*with && joined && is_khmer(words + at - 1) != is_khmer(with))
        text_addc(out, ' ');
    text_adds(out, with);
    if (*with && *rest && *rest != ' ' && is_khmer(rest) != is_khmer(with))
        text_addc(out, ' ');
    if (!*with && !joined)
        rest += *rest == ' ';
    text_adds(out, rest);
    while (out->len && out->bytes[out->len - 1] == ' ')
        text_remove(out, out->len - 1, 1);
}

static enum status try_words(struct suggester *g, int kind, size_t at, size_t len, const char *with,
                             const struct filter *filter)
{
    struct text words = TEXT_INIT;
    struct query query = *g->query;
    replace(&words, g->query->words, at, len, with);
    query.words = words.bytes;
    enum status status = try(g, kind, &query, filter);
    text_release(&words);
    return status;
}

static bool is_text(const struct segment *s)
{
    return !s->used && !s->filler;
}

static const struct filter no_filter = {.kind = FILTER_KIND_COUNT, .guessed = true};

static enum status understand(struct suggester *g)
{
    words_split(g->query->words, &g->words);
    plan_release(&g->plan);
    enum status status = words_understand(g->db, g->query, READ_BOLD, &g->words);
    return status == STATUS_OK ? plan_make(g->db, g->query, READ_BOLD, false, &g->plan) : status;
}

/* The words from one segment to another, corrected: suggested, the others as they are.
 * *ret_nearest: the nearest words, NULL none. */
static enum status correct_span(struct suggester *g, size_t first, size_t last,
                                const char **ret_nearest)
{
    const struct near_list *near = NULL;
    const struct segment *from = &g->words.segments[first], *to = &g->words.segments[last];
    size_t len = to->at + to->len - from->at;
    enum status status = near_words(g->db, g->query->words + from->at, len, NEAR_MOST, &near);
    *ret_nearest = status == STATUS_OK && near->count ? near->rows[0].words : NULL;
    for (size_t k = 0; status == STATUS_OK && k < near->count; k++)
        if (count_of(g, SUGGEST_WORDS) < WORDS_MOST)
            status = try_words(g, SUGGEST_WORDS, from->at, len, near->rows[k].words, &no_filter);
    return status;
}

/* Corrected words so far, and how far what was typed is in them. */
struct corrected {
    struct text words;
    size_t end; /* bytes of what was typed */
    size_t count;
};

static void put_corrected(struct suggester *g, struct corrected *c, size_t first, size_t last,
                          const char *with)
{
    const struct segment *from = &g->words.segments[first], *to = &g->words.segments[last];
    if (from->at < c->end)
        return;
    text_add(&c->words, g->query->words + c->end, from->at - c->end);
    text_adds(&c->words, with);
    c->end = to->at + to->len;
    c->count++;
}

/* A word that is text: alone, with the one before, with the one after. */
static enum status correct_word(struct suggester *g, size_t i, struct corrected *c)
{
    enum status status = STATUS_OK;
    bool done = false;
    for (size_t way = 0; status == STATUS_OK && way < 3; way++) {
        const char *nearest;
        size_t first = way == 1 ? i - 1 : i, last = way == 2 ? i + 1 : i;
        if ((way == 1 && i == 0) || last >= g->words.segment_count)
            continue;
        status = correct_span(g, first, last, &nearest);
        if (status == STATUS_OK && nearest && !done) {
            put_corrected(g, c, first, last, nearest);
            done = true;
        }
    }
    return status;
}

/* Each word that is text corrected; and when several are wrong, all of them with their nearest.
 * What follows goes on from the corrected words when they find nothing. */
static enum status correct_words(struct suggester *g)
{
    struct corrected c = {.words = TEXT_INIT};
    struct query query = *g->query;
    enum status status = STATUS_OK;
    size_t tried = 0;
    for (size_t i = 0; status == STATUS_OK && i < g->words.segment_count; i++)
        if (is_text(&g->words.segments[i]) && tried++ < CORRECT_MOST)
            status = correct_word(g, i, &c);
    text_adds(&c.words, g->query->words + c.end);
    query.words = c.words.bytes;
    if (status == STATUS_OK && c.count > 1 && count_of(g, SUGGEST_WORDS) < WORDS_MOST)
        status = try(g, SUGGEST_WORDS, &query, &no_filter);
    if (status == STATUS_OK && c.count && !g->result->count && !g->result->suggestion_count) {
        g->own.words = arena_strdup(&g->result->arena, c.words.bytes);
        status = understand(g);
    }
    text_release(&c.words);
    return status;
}

/* Without a word that is text; then without all of them: what follows goes on from there. */
static enum status leave_out_words(struct suggester *g)
{
    struct text rest = TEXT_INIT;
    size_t texts = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < g->words.segment_count; i++)
        texts += is_text(&g->words.segments[i]);
    for (size_t i = 0; status == STATUS_OK && texts > 1 && i < g->words.segment_count; i++) {
        const struct segment *s = &g->words.segments[i];
        if (is_text(s) && count_of(g, SUGGEST_WORDS) < WORDS_MOST)
            status = try_words(g, SUGGEST_WORDS, s->at, s->len, "", &no_filter);
    }
    for (size_t i = 0; i < g->words.guess_count; i++) {
        text_adds(&rest, rest.len ? " " : "");
        text_add(&rest, g->query->words + g->words.guesses[i].at, g->words.guesses[i].len);
    }
    if (status == STATUS_OK && texts && !g->result->count) {
        struct query query = *g->query;
        query.words = rest.bytes;
        if (rest.len)
            status = try(g, SUGGEST_WORDS, &query, &no_filter);
        g->own.words = arena_strdup(&g->result->arena, rest.bytes);
        if (status == STATUS_OK)
            status = understand(g);
    }
    text_release(&rest);
    return status;
}

/* --- what stands for a filter in the words
 * ------------------------------------------------------------ */

static bool means(const struct synonym_list *list, const char *words, size_t len, int kind,
                  const char *value)
{
    struct text strict = TEXT_INIT, key = TEXT_INIT;
    key_make(&strict, words, len, KEY_STRICT);
    synonym_key(&key, strict.bytes, strict.len);
    const struct synonym *s = synonym_find(list, key.bytes);
    text_release(&strict);
    text_release(&key);
    return s && s->kind == kind && strcmp(s->value, value) == 0;
}

/* Words that are understood as a kind of service, its name if that is short enough. */
static void words_of_kind(const struct synonym_list *list, const struct term *term, enum lang lang,
                          struct text *out)
{
    const char *name = lang == LANG_KM ? term->name_km : term->name_en;
    size_t len = strcspn(name, "/(:,");
    int kind = *term->parent ? FILTER_TYPE : FILTER_GROUP;
    while (len && name[len - 1] == ' ')
        len--;
    if (means(list, name, len, kind, term->code)) {
        synonym_plain(out, name, len);
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct synonym *s = &list->rows[i];
        bool khmer = (unsigned char)*s->words >= 0x80;
        if (s->kind == kind && khmer == (lang == LANG_KM) && strcmp(s->value, term->code) == 0) {
            text_adds(out, s->words);
            return;
        }
    }
}

/* The language in which a filter was typed, or else that of the screen. */
static enum lang lang_of(const struct suggester *g, const struct filter *filter)
{
    if (!filter->guessed)
        return g->query->lang;
    return is_khmer(g->query->words + filter->at) ? LANG_KM : LANG_EN;
}

/* "Kampot Province", "ខេត្តកំពត"; the country is no words at all. */
static enum status words_of_area(struct suggester *g, enum lang lang, const char *code,
                                 struct text *out)
{
    struct area_list list = {0};
    if (!*code)
        return STATUS_OK;
    enum status status = area_add(g->db, code, &list);
    if (status == STATUS_OK && lang == LANG_KM)
        text_addf(out, "%s%s", message_get(LANG_KM, area_kind_label(list.rows[0].kind)),
                  list.rows[0].name_km);
    else if (status == STATUS_OK)
        text_addf(out, "%s %s", list.rows[0].name_en,
                  message_get(LANG_EN, area_kind_label(list.rows[0].kind)));
    area_list_release(&list);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* Another value in the place of a filter's: in the words it came from, or by hand. with: the words
 * for it, "" none. */
static enum status try_instead(struct suggester *g, int kind, size_t at, enum filter_kind of,
                               const char *value, const char *with)
{
    const struct filter *filter = &g->plan.filters[at];
    struct filter other = *filter;
    struct text words = TEXT_INIT;
    other.kind = of;
    memset(other.value, 0, sizeof other.value);
    memcpy(other.value, value, strlen(value));
    if (filter->guessed)
        replace(&words, g->query->words, filter->at, filter->len, with);
    else
        text_adds(&words, g->query->words);
    enum status status = try_plan(g, kind, words.bytes, at, &other, &other);
    text_release(&words);
    return status;
}

static enum status try_without(struct suggester *g, size_t at)
{
    const struct filter *filter = &g->plan.filters[at];
    struct text words = TEXT_INIT;
    if (filter->guessed)
        replace(&words, g->query->words, filter->at, filter->len, "");
    else
        text_adds(&words, g->query->words);
    enum status status = try_plan(g, SUGGEST_WITHOUT, words.bytes, at, NULL, filter);
    text_release(&words);
    return status;
}

/* --- ways out
 * ----------------------------------------------------------------------------------------- */

/* From each area asked for to the units around it, until one has more. */
static enum status widen_area(struct suggester *g)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < g->plan.filter_count; i++) {
        const struct filter *f = &g->plan.filters[i];
        char code[AREA_CODE] = "";
        size_t before = count_of(g, SUGGEST_WIDER_AREA), len = strlen(f->value);
        bool same = i > 0 && f[-1].kind == f->kind && f->guessed && f[-1].at == f->at;
        if (f->kind != FILTER_AREA || len >= AREA_CODE || len < 2 || same || before >= AREAS_MOST)
            continue;
        memcpy(code, f->value, len);
        while (status == STATUS_OK && len && count_of(g, SUGGEST_WIDER_AREA) == before) {
            struct text words = TEXT_INIT;
            len -= 2;
            code[len] = '\0';
            status = words_of_area(g, lang_of(g, f), code, &words);
            if (status == STATUS_OK)
                status = try_instead(g, SUGGEST_WIDER_AREA, i, FILTER_AREA, code, words.bytes);
            text_release(&words);
        }
    }
    return status;
}

struct kinds {
    const struct term *rows[KINDS_MOST];
    size_t count;
};

static void add_kind(struct kinds *kinds, const struct search *search, const char *code, size_t len)
{
    for (size_t i = 0; i < kinds->count; i++)
        if (strlen(kinds->rows[i]->code) == len && memcmp(kinds->rows[i]->code, code, len) == 0)
            return;
    for (size_t i = 0; i < search->terms.count && kinds->count < KINDS_MOST; i++)
        if (strlen(search->terms.rows[i].code) == len &&
            memcmp(search->terms.rows[i].code, code, len) == 0)
            kinds->rows[kinds->count++] = &search->terms.rows[i];
}

static const char *find_code(const char *kinds, const char *code)
{
    for (const char *at = strstr(kinds, code); at; at = strstr(at + 1, code))
        if ((at == kinds || at[-1] == ' ') && (at[strlen(code)] == ' ' || !at[strlen(code)]))
            return at;
    return NULL;
}

/* What helps with the same needs: kinds that stand near to this one where it is among the first. */
static void add_kinds_of_needs(struct kinds *kinds, const struct search *search,
                               const struct need_list *needs, const char *code)
{
    enum { AMONG_FIRST = 2 * 3, NEXT = 5 * 3 }; /* bytes: "A1 " each */
    for (size_t i = 0; i < needs->count; i++) {
        const char *list = needs->rows[i].kinds, *at = find_code(list, code);
        if (!at || at - list > AMONG_FIRST)
            continue;
        for (const char *p = list; *p && p - list < NEXT; p += p[2] ? 3 : 2)
            if (p != at)
                add_kind(kinds, search, p, 2);
    }
}

static enum status related_kinds(struct suggester *g, const struct filter *filter,
                                 struct kinds *kinds, const struct search *search)
{
    struct need_list needs = {0};
    enum status status = need_all(g->db, &needs);
    if (status != STATUS_OK)
        return status;
    if (filter->kind == FILTER_TYPE)
        add_kinds_of_needs(kinds, search, &needs, filter->value);
    for (size_t i = 0; i < needs.count && filter->kind == FILTER_NEED; i++)
        for (const char *p = needs.rows[i].kinds;
             *p && strcmp(needs.rows[i].code, filter->value) == 0; p += p[2] ? 3 : 2)
            add_kind(kinds, search, p, 2);
    for (size_t i = 0; i < search->terms.count && filter->kind == FILTER_TYPE; i++) {
        const struct term *term = &search->terms.rows[i];
        if (*term->parent == *filter->value && strcmp(term->code, filter->value) != 0)
            add_kind(kinds, search, term->code, strlen(term->code));
    }
    add_kind(kinds, search, "B3", 2); /* the main provider, for whatever has no other */
    need_list_release(&needs);
    return STATUS_OK;
}

static enum status try_related(struct suggester *g)
{
    struct search *search;
    const struct synonym_list *list;
    enum status status = search_terms(g->db, &search);
    if (status == STATUS_OK)
        status = search_synonyms(g->db, &list);
    for (size_t i = 0; status == STATUS_OK && i < g->plan.filter_count; i++) {
        const struct filter *f = &g->plan.filters[i];
        struct kinds kinds = {.count = 0};
        if (f->kind != FILTER_TYPE && f->kind != FILTER_GROUP && f->kind != FILTER_NEED)
            continue;
        status = related_kinds(g, f, &kinds, search);
        for (size_t k = 0;
             status == STATUS_OK && k < kinds.count && count_of(g, SUGGEST_RELATED) < RELATED_MOST;
             k++) {
            struct text words = TEXT_INIT;
            words_of_kind(list, kinds.rows[k], lang_of(g, f), &words);
            if (words.len)
                status = try_instead(g, SUGGEST_RELATED, i, FILTER_TYPE, kinds.rows[k]->code,
                                     words.bytes);
            text_release(&words);
        }
    }
    return status;
}

/* One thing less asked: first what a search can best do without. */
static enum status ask_less(struct suggester *g)
{
    static const enum filter_kind order[] = {
        FILTER_OPEN_NOW,     FILTER_CONFIRMED,  FILTER_ALL_DAY, FILTER_TIER, FILTER_LEVEL,
        FILTER_SECTOR,       FILTER_DISABILITY, FILTER_SEX,     FILTER_AGE,  FILTER_STATUS,
        FILTER_PHONE,        FILTER_OUTPUT,     FILTER_TYPE,    FILTER_NEED, FILTER_GROUP,
        FILTER_ORGANIZATION, FILTER_AREA};
    enum status status = STATUS_OK;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; status == STATUS_OK && i < g->plan.filter_count; i++)
            if (g->plan.filters[i].kind == order[k] && count_of(g, SUGGEST_WITHOUT) < WITHOUT_MOST)
                status = try_without(g, i);
    return status;
}

/* Nothing else leads anywhere: the lines that answer everybody, or the whole directory. */
static enum status ask_anything(struct suggester *g)
{
    static const char helpline[] = "A1";
    struct search *search;
    const struct synonym_list *list;
    struct text words = TEXT_INIT;
    struct kinds kinds = {.count = 0};
    enum status status = search_terms(g->db, &search);
    if (status == STATUS_OK)
        status = search_synonyms(g->db, &list);
    if (status != STATUS_OK || g->result->suggestion_count || g->result->count)
        return status;
    g->counts = 0;
    add_kind(&kinds, search, helpline, strlen(helpline));
    if (kinds.count)
        words_of_kind(list, kinds.rows[0], g->query->lang, &words);
    struct query query = {.words = words.bytes, .lang = g->query->lang, .now = g->query->now};
    struct filter filter = {.kind = FILTER_KIND_COUNT, .guessed = g->query->filter_count == 0};
    if (words.len)
        status = try(g, SUGGEST_WORDS, &query, &filter);
    query.words = "";
    if (status == STATUS_OK && !g->result->suggestion_count)
        status = try(g, SUGGEST_WORDS, &query, &filter);
    text_release(&words);
    return status;
}

static bool is_answered(const struct result *r, const struct plan *plan)
{
    if (r->widened || !r->count || r->rows[0].reason == REASON_SOUND)
        return false;
    return r->count >= SUGGEST_BELOW || r->more || plan->phone ||
           r->rows[0].reason <= REASON_NAME_PREFIX;
}

enum status search_suggest(struct db *db, const struct query *query, const struct plan *plan,
                           struct result *result)
{
    static enum status (*const ways[])(struct suggester *) = {
        correct_words, leave_out_words, widen_area, try_related, ask_less, ask_anything};
    if (query->offset || is_answered(result, plan))
        return STATUS_OK;
    struct suggester *g = mem_zalloc(1, sizeof *g);
    *g = (struct suggester){.db = db, .own = *query, .result = result};
    g->query = &g->own;
    g->typed = g->own.words = query->words ? query->words : "";
    enum status status = understand(g);
    for (size_t i = 0; status == STATUS_OK && i < sizeof ways / sizeof *ways; i++)
        status = ways[i](g);
    plan_release(&g->plan);
    free(g);
    return status;
}
