/* Services whose texts hold what was typed. The tokens of the words are looked for with AND;
 * half-typed ones stand for the words they may become, most frequent first. Never more than some
 * hundreds of rows are looked at: names first, the nearest level first. */
#include <stdlib.h>
#include <string.h>

#include "db/area_name.h"
#include "db/search_plan.h"

enum {
    TAIL_CHARACTERS = 2, /* a last word that short is looked for in the rows */
    STAGE_ROWS = 120,    /* candidates of a stage */
    STAGE_READ = 2000,   /* rows read to find them, when filters refuse many */
    WORDS_FEW = 16,      /* what a half-typed word may become, at first */
    WORDS_MANY = 400,    /* and when that finds nothing */
    RUN_PAIRS = 4,       /* tokens of a run that are looked for, besides the first and the last */
};

/* What a token is of what was typed: a pair of syllables inside a run, the end of a run after which
 * more was typed, the end of a run that may go on. */
enum typed { TYPED_PAIR, TYPED_WORD, TYPED_PART };

/* A stage: where the tokens are looked for, and the areas it is about. */
struct stage {
    const char *spaces;       /* first bytes of the tokens: "n", "nt" */
    const char *first_spaces; /* of the first token of all, "^" for the beginning of a name */
    enum { AREAS_ANY, AREAS_OWN, AREAS_ALL } areas; /* inside; or also made for those around */
    int words;                                      /* WORDS_FEW, WORDS_MANY */
    bool looks_at_tail; /* the last run is looked for in the rows, not in the index */
};

/* --- words a token may become
 * ---------------------------------------------------------------------- */

struct word_list {
    struct text match; /* "a" OR "b" */
    size_t count;
    int64_t services; /* that have one of the words, at most */
};

static void add_word(struct word_list *list, const char *word, size_t len)
{
    if (list->count++)
        text_adds(&list->match, " OR ");
    text_addc(&list->match, '"');
    for (size_t i = 0; i < len; i++) {
        if (word[i] == '"')
            text_addc(&list->match, '"');
        text_addc(&list->match, word[i]);
    }
    text_addc(&list->match, '"');
}

static enum status add_exact(struct db *db, char space, const char *token, struct word_list *list)
{
    sqlite3_stmt *s;
    enum status status = db_query(db, QUERY_WORD_GET, &s);
    if (status != STATUS_OK)
        return status;
    struct text word = TEXT_INIT;
    text_addc(&word, space);
    text_adds(&word, token);
    bind_text_len(s, ":word", word.bytes, word.len);
    bool row;
    status = db_step(db, s, &row);
    if (status == STATUS_OK && row) {
        add_word(list, word.bytes, word.len);
        list->services += sqlite3_column_int64(s, 0);
    }
    sqlite3_reset(s);
    text_release(&word);
    return status;
}

static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

/* One and two characters have an index of their own, by how many services have the word. */
static enum status begin_words(struct db *db, const struct text *low, struct text *high,
                               size_t length, sqlite3_stmt **ret_statement)
{
    enum query_id query = length == 1   ? QUERY_WORDS_2
                          : length == 2 ? QUERY_WORDS_3
                                        : QUERY_WORDS_RANGE;
    enum status status = db_query(db, query, ret_statement);
    if (status != STATUS_OK)
        return status;
    if (query != QUERY_WORDS_RANGE) {
        bind_text_len(*ret_statement, ":prefix", low->bytes, low->len);
        return STATUS_OK;
    }
    text_add(high, low->bytes, low->len);
    text_adds(high, "\xF4\x8F\xBF\xBF");
    bind_text_len(*ret_statement, ":low", low->bytes, low->len);
    bind_text_len(*ret_statement, ":high", high->bytes, high->len);
    return STATUS_OK;
}

static enum status add_begun(struct db *db, char space, const char *token, int limit,
                             struct word_list *list)
{
    sqlite3_stmt *s;
    struct text low = TEXT_INIT, high = TEXT_INIT;
    text_addc(&low, space);
    text_adds(&low, token);
    enum status status = begin_words(db, &low, &high, characters(token), &s);
    if (status == STATUS_OK) {
        bind_int(s, ":limit", limit);
        bool row, exact = false;
        while ((status = db_step(db, s, &row)) == STATUS_OK && row) {
            const char *word = column_text(s, 0);
            exact |= strcmp(word, low.bytes) == 0;
            add_word(list, word, strlen(word));
            list->services += sqlite3_column_int64(s, 1);
        }
        sqlite3_clear_bindings(s);
        if (status == STATUS_OK && !exact && list->count)
            status = add_exact(db, space, token, list);
    }
    text_release(&low);
    text_release(&high);
    return status;
}

/* --- the match
 * ------------------------------------------------------------------------------------- */

/* The words of one token in these spaces. A word that is complete is looked for as it is first. */
static enum status list_words(struct db *db, const struct stage *stage, const char *spaces,
                              const char *token, enum typed typed, struct word_list *ret_list)
{
    struct word_list list = {.match = TEXT_INIT};
    enum status status = STATUS_OK;
    for (const char *space = spaces; status == STATUS_OK && typed != TYPED_PART && *space; space++)
        status = add_exact(db, *space, token, &list);
    bool begun = typed == TYPED_PART || (typed == TYPED_WORD && !list.count);
    for (const char *space = spaces; status == STATUS_OK && begun && *space; space++)
        status = add_begun(db, *space, token, stage->words, &list);
    *ret_list = list;
    return status;
}

/* Appends AND (...) for a run; *ret_possible false when no service has one of its tokens. Of a long
 * run the rarest pairs of syllables say enough. */
static enum status add_run(struct db *db, const struct plan *plan, const struct stage *stage,
                           size_t at, struct text *match, bool *ret_possible)
{
    const struct run *run = &plan->runs[at];
    struct word_list lists[RUN_TOKENS];
    bool possible = true;
    enum status status = STATUS_OK;
    size_t count = 0;
    for (; status == STATUS_OK && possible && count < run->token_count; count++) {
        const char *spaces = at == 0 && count == 0 ? stage->first_spaces : stage->spaces;
        enum typed typed = count + 1 < run->token_count ? TYPED_PAIR
                           : run->complete              ? TYPED_WORD
                                                        : TYPED_PART;
        status = list_words(db, stage, spaces, run->tokens[count], typed, &lists[count]);
        possible = lists[count].count > 0;
    }
    for (size_t kept = 0; possible && kept < RUN_PAIRS && kept < count; kept++) {
        size_t best = count;
        for (size_t i = 0; i < count; i++)
            if (lists[i].count && (best == count || lists[i].services < lists[best].services))
                best = i;
        text_addf(match, "%s(%s)", match->len ? " AND " : "", lists[best].match.bytes);
        lists[best].count = 0;
    }
    /* where a name begins and what is typed now always count */
    for (size_t i = 0; possible && i<count; i += count> 1 ? count - 1 : 1)
        if (lists[i].count)
            text_addf(match, " AND (%s)", lists[i].match.bytes);
    for (size_t i = 0; i < count; i++)
        text_release(&lists[i].match);
    *ret_possible = possible;
    return status;
}

/* One or two letters behind other words: they begin so many words that reading what has the others,
 * and looking there, is far quicker than asking the index. */
static bool has_short_tail(const struct plan *plan)
{
    const struct run *last = plan->run_count ? &plan->runs[plan->run_count - 1] : NULL;
    return plan->run_count > 1 && last->token_count == 1 &&
           characters(last->tokens[0]) <= TAIL_CHARACTERS;
}

static enum status add_runs(struct db *db, const struct plan *plan, const struct stage *stage,
                            struct text *match, bool *ret_possible)
{
    enum status status = STATUS_OK;
    size_t runs = plan->run_count - (stage->looks_at_tail ? 1 : 0);
    *ret_possible = true;
    for (size_t i = 0; status == STATUS_OK && *ret_possible && i < runs; i++)
        status = add_run(db, plan, stage, i, match, ret_possible);
    return status;
}

static void add_tag(struct text *tags, char space, const char *code)
{
    text_addf(tags, "%s\"%c%s\"", tags->len ? " OR " : "", space, code);
}

static void add_area_tags(const struct plan *plan, const struct stage *stage, struct text *match)
{
    struct text tags = TEXT_INIT;
    for (size_t i = 0; stage->areas != AREAS_ANY && i < plan->asked_count; i++) {
        const char *code = plan->asked[i];
        bool country = area_level(code) == 0;
        if (!country)
            add_tag(&tags, 'a', code);
        if (stage->areas == AREAS_OWN && !country)
            continue;
        for (size_t len = 2; !country && len < strlen(code); len += 2) {
            char above[AREA_CODE] = "";
            memcpy(above, code, len);
            add_tag(&tags, 'c', above);
        }
        add_tag(&tags, 'c', AREA_COUNTRY_CODE);
    }
    if (tags.len)
        text_addf(match, " AND (%s)", tags.bytes);
    text_release(&tags);
}

/* Kinds asked for, unless it is a whole group: many tags cost more than they save. */
static void add_type_tags(const struct plan *plan, struct text *match)
{
    struct text tags = TEXT_INIT;
    bool group = false;
    for (size_t i = 0; i < plan->type_count; i++) {
        group |= strlen(plan->types[i]) == 1 || strchr(plan->types[i], '"');
        if (!group)
            add_tag(&tags, 'k', plan->types[i]);
    }
    if (tags.len && !group)
        text_addf(match, " AND (%s)", tags.bytes);
    text_release(&tags);
}

/* --- stages
 * ---------------------------------------------------------------------------------------- */

struct finder {
    struct db *db;
    const struct search *search;
    const struct plan *plan;
    struct place_names places;
    struct candidates candidates;
    bool full; /* a stage had more than it was allowed */
};

static enum status read_rows(struct finder *f, const struct stage *stage, const struct text *match)
{
    sqlite3_stmt *s;
    enum status status = db_query(f->db, QUERY_ROWS_OF_TEXT, &s);
    if (status != STATUS_OK)
        return status;
    bind_text_len(s, ":match", match->bytes, match->len);
    size_t page = f->plan->offset + f->plan->limit + 1;
    size_t wanted = page > STAGE_ROWS ? page : STAGE_ROWS, added = 0, read = 0;
    bool row;
    while ((status = db_step(f->db, s, &row)) == STATUS_OK && row) {
        bool is_new;
        rank_row(f->search, f->plan, &f->places, stage->looks_at_tail, s, &f->candidates, &is_new);
        added += is_new;
        if (added == wanted || ++read == wanted + STAGE_READ) {
            f->full = true;
            break;
        }
    }
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return status;
}

static enum status run_stage(struct finder *f, const struct stage *stage)
{
    struct text match = TEXT_INIT;
    bool possible;
    enum status status = add_runs(f->db, f->plan, stage, &match, &possible);
    if (status == STATUS_OK && possible) {
        add_area_tags(f->plan, stage, &match);
        add_type_tags(f->plan, &match);
        status = read_rows(f, stage, &match);
    }
    text_release(&match);
    return status;
}

/* Areas whose name a run begins. */
static enum status find_places(struct finder *f)
{
    enum status status = STATUS_OK;
    struct place_names *places = &f->places;
    enum { MOST = sizeof places->rows / sizeof *places->rows };
    for (size_t i = 0; status == STATUS_OK && i < f->plan->run_count; i++) {
        sqlite3_stmt *s;
        struct text low = TEXT_INIT, high = TEXT_INIT;
        area_name_key(&low, f->plan->runs[i].bytes, f->plan->runs[i].len);
        text_addf(&high, "%s\xF4\x8F\xBF\xBF", low.bytes);
        status = db_query(f->db, QUERY_AREAS_BEGIN, &s);
        if (status == STATUS_OK) {
            bind_text_len(s, ":low", low.bytes, low.len);
            bind_text_len(s, ":high", high.bytes, high.len);
            bind_int(s, ":limit", 64);
            bool row;
            while ((status = db_step(f->db, s, &row)) == STATUS_OK && row)
                if (places->count < MOST && strlen(column_text(s, 0)) < AREA_CODE) {
                    strcpy(places->rows[places->count].code, column_text(s, 0));
                    places->rows[places->count++].runs = 1U << i;
                }
            sqlite3_clear_bindings(s);
        }
        text_release(&low);
        text_release(&high);
    }
    return status;
}

/* Names, then all texts; where an area is asked for, what belongs to it before what is made for the
 * areas around it. */
static enum status run_stages(struct finder *f, int words, bool looks_at_tail)
{
    static const struct stage anywhere[] = {
        {.spaces = "n", .first_spaces = "^", .areas = AREAS_ANY},
        {.spaces = "n", .first_spaces = "n", .areas = AREAS_ANY},
        {.spaces = "nt", .first_spaces = "nt", .areas = AREAS_ANY}};
    static const struct stage in_area[] = {
        {.spaces = "n", .first_spaces = "n", .areas = AREAS_OWN},
        {.spaces = "nt", .first_spaces = "nt", .areas = AREAS_ALL}};
    const struct stage *stages = f->plan->asked_count ? in_area : anywhere;
    size_t count = f->plan->asked_count ? 2 : 3;
    size_t enough = f->plan->offset + f->plan->limit + 1; /* later stages only rank behind */
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count && f->candidates.count < enough; i++) {
        struct stage stage = stages[i];
        stage.words = words;
        stage.looks_at_tail = looks_at_tail;
        status = run_stage(f, &stage);
    }
    return status;
}

enum status find_text(struct db *db, const struct plan *plan, struct found *ret_found)
{
    struct finder f = {.db = db, .plan = plan};
    struct search *search;
    enum status status = search_terms(db, &search);
    f.search = search;
    if (status == STATUS_OK)
        status = find_places(&f);
    if (status == STATUS_OK && has_short_tail(plan))
        status = run_stages(&f, WORDS_FEW, true);
    if (status == STATUS_OK && !f.candidates.count)
        status = run_stages(&f, WORDS_FEW, false);
    if (status == STATUS_OK && !f.candidates.count)
        status = run_stages(&f, WORDS_MANY, false);
    if (status == STATUS_OK) {
        rank_sort(&f.candidates);
        rank_page(plan, &f.candidates, f.full, ret_found);
    }
    candidates_release(&f.candidates);
    return status;
}
