/* Services whose texts hold what was typed. The tokens of the words are looked for with AND;
 * half-typed ones stand for the words they may become, most frequent first. Never more than some
 * hundreds of rows are looked at: names first, the nearest level first. */
#include <stdlib.h>
#include <string.h>

#include "db/area_name.h"
#include "db/search_plan.h"

enum {
    TAIL_CHARACTERS = 2, /* a last word that short is looked for in the rows */
    FEWEST_ROWS = 150,   /* so many candidates are looked at */
    STAGE_READ = 2000,   /* rows read to find them, when filters refuse many */
    WORDS_FEW = 16,      /* what a half-typed word may become, at first */
    WORDS_MANY = 400,    /* and when that finds nothing */
    PIECES_KEPT = 4,     /* complete tokens that the index is asked for */
    TEXTS_READ = 100,    /* descriptions read in a stage to find what is in doubt */
    FEW_SERVICES = 300,  /* so many are looked at one by one for what is half-typed */
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
    bool sure;          /* every token is asked of the index */
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

/* The words of one token, and what it is for the match. */
struct piece {
    struct word_list list;
    size_t run;
    enum typed typed;
    bool first; /* of all */
    bool kept;
};

struct pieces {
    struct piece rows[PLAN_TOKENS];
    size_t count;
    bool possible; /* every token is in some service */
};

static enum status list_run(struct db *db, const struct plan *plan, const struct stage *stage,
                            size_t at, struct pieces *pieces)
{
    const struct run *run = &plan->runs[at];
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && pieces->possible && i < run->token_count; i++) {
        if (pieces->count == PLAN_TOKENS)
            break;
        struct piece *piece = &pieces->rows[pieces->count++];
        *piece = (struct piece){.run = at, .first = at == 0 && i == 0};
        piece->typed = i + 1 < run->token_count ? TYPED_PAIR
                       : run->complete          ? TYPED_WORD
                                                : TYPED_PART;
        status = list_words(db, stage, piece->first ? stage->first_spaces : stage->spaces,
                            run->tokens[i], piece->typed, &piece->list);
        pieces->possible = piece->list.count > 0;
    }
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

/* Keeps the rarest complete token, of runs that have none yet while there are such. */
static void keep_rarest(struct pieces *pieces, bool new_runs, unsigned *runs)
{
    struct piece *best = NULL;
    for (size_t i = 0; i < pieces->count; i++) {
        struct piece *piece = &pieces->rows[i];
        if (!piece->kept && piece->typed != TYPED_PART && !(new_runs && *runs >> piece->run & 1) &&
            (!best || piece->list.services < best->list.services))
            best = piece;
    }
    if (best) {
        best->kept = true;
        *runs |= 1U << best->run;
    }
}

static bool is_needed(const struct plan *plan, const struct piece *piece, const struct stage *stage,
                      int64_t fewest)
{
    if (piece->first && *stage->first_spaces == '^')
        return true; /* where a name begins */
    bool tail = stage->looks_at_tail && piece->run + 1 == plan->run_count;
    return piece->typed == TYPED_PART && fewest > FEW_SERVICES && !tail;
}

/* Asks the index for a few of the tokens only, because each costs something for every service that
 * has the rarest: the rarest complete ones, and what is half-typed unless few services are left
 * anyhow. The other runs are in doubt: looked for in the rows found. */
static struct doubt choose_pieces(const struct plan *plan, struct pieces *pieces,
                                  const struct stage *stage, int64_t in_areas)
{
    struct doubt doubt = {.texts = TEXTS_READ};
    unsigned sure = 0;
    int64_t fewest = in_areas;
    for (size_t i = 0; i < pieces->count; i++)
        if (pieces->rows[i].typed != TYPED_PART && pieces->rows[i].list.services < fewest)
            fewest = pieces->rows[i].list.services;
    for (size_t i = 0; i < PIECES_KEPT; i++)
        keep_rarest(pieces, i < plan->run_count, &sure);
    for (size_t i = 0; i < pieces->count; i++) {
        struct piece *piece = &pieces->rows[i];
        piece->kept |= stage->sure || pieces->count == 1 || is_needed(plan, piece, stage, fewest);
        if (piece->kept)
            sure |= 1U << piece->run;
        else if (piece->typed == TYPED_PART)
            doubt.runs |= 1U << piece->run;
    }
    for (size_t i = 0; i < pieces->count; i++) /* no token of a run was kept */
        doubt.runs |= 1U << pieces->rows[i].run & ~sure;
    if (stage->looks_at_tail)
        doubt.shallow = 1U << (plan->run_count - 1);
    return doubt;
}

static void add_tag(struct text *tags, char space, const char *code)
{
    text_addf(tags, "%s\"%c%s\"", tags->len ? " OR " : "", space, code);
}

static enum status count_in_areas(struct db *db, const struct plan *plan, int64_t *ret_count)
{
    struct word_list list = {.match = TEXT_INIT};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < plan->asked_count; i++)
        status = add_exact(db, 'a', plan->asked[i], &list);
    *ret_count = list.services;
    text_release(&list.match);
    return status;
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
        text_addf(match, "%s(%s)", match->len ? " AND " : "", tags.bytes);
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
        text_addf(match, "%s(%s)", match->len ? " AND " : "", tags.bytes);
    text_release(&tags);
}

/* --- stages
 * ---------------------------------------------------------------------------------------- */

struct finder {
    struct db *db;
    const struct plan *plan;
    struct place_names places;
    struct doubt doubt; /* of the present stage */
    struct candidates candidates;
};

/* How many candidates are looked at, whatever page is asked for: so the pages join. A longer page
 * looks at more, and at one beyond its end to tell that there is more. */
static size_t rows_wanted(const struct plan *plan)
{
    return plan->limit >= FEWEST_ROWS ? plan->limit + 1 : FEWEST_ROWS;
}

static enum status read_rows(struct finder *f, const struct text *match)
{
    sqlite3_stmt *s;
    enum status status = db_query(f->db, QUERY_ROWS_OF_TEXT, &s);
    if (status != STATUS_OK)
        return status;
    bind_text_len(s, ":match", match->bytes, match->len);
    size_t wanted = rows_wanted(f->plan), added = 0, read = 0;
    bool row;
    while ((status = db_step(f->db, s, &row)) == STATUS_OK && row) {
        bool is_new;
        status = rank_row(f->db, f->plan, &f->places, &f->doubt, s, &f->candidates, &is_new);
        if (status != STATUS_OK)
            break;
        added += is_new;
        if (added == wanted || ++read == wanted + STAGE_READ)
            break;
    }
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return status;
}

/* The match of a stage, and the runs that it does not look for. */
static enum status make_match(struct finder *f, const struct stage *stage, struct text *match,
                              bool *ret_possible)
{
    struct pieces pieces = {.possible = true};
    int64_t in_areas = INT64_MAX;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && pieces.possible && i < f->plan->run_count; i++)
        status = list_run(f->db, f->plan, stage, i, &pieces);
    if (status == STATUS_OK && pieces.possible && stage->areas == AREAS_OWN)
        status = count_in_areas(f->db, f->plan, &in_areas);
    if (status == STATUS_OK && pieces.possible) {
        f->doubt = choose_pieces(f->plan, &pieces, stage, in_areas);
        for (size_t i = 0; i < pieces.count; i++)
            if (pieces.rows[i].kept)
                text_addf(match, "%s(%s)", match->len ? " AND " : "",
                          pieces.rows[i].list.match.bytes);
        add_area_tags(f->plan, stage, match);
        add_type_tags(f->plan, match);
    }
    for (size_t i = 0; i < pieces.count; i++)
        text_release(&pieces.rows[i].list.match);
    *ret_possible = pieces.possible;
    return status;
}

static enum status run_stage(struct finder *f, const struct stage *stage)
{
    struct text match = TEXT_INIT;
    bool possible;
    enum status status = make_match(f, stage, &match, &possible);
    if (status == STATUS_OK && possible)
        status = read_rows(f, &match);
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
static enum status run_stages(struct finder *f, int words, bool looks_at_tail, bool sure)
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
    size_t enough = rows_wanted(f->plan); /* later stages only rank behind */
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count && f->candidates.count < enough; i++) {
        struct stage stage = stages[i];
        stage.words = words;
        stage.looks_at_tail = looks_at_tail;
        stage.sure = sure;
        status = run_stage(f, &stage);
    }
    return status;
}

enum status find_text(struct db *db, const struct plan *plan, struct found *ret_found)
{
    struct finder f = {.db = db, .plan = plan};
    enum status status = find_places(&f);
    if (status == STATUS_OK && has_short_tail(plan))
        status = run_stages(&f, WORDS_FEW, true, false);
    if (status == STATUS_OK && !f.candidates.count)
        status = run_stages(&f, WORDS_FEW, false, false);
    if (status == STATUS_OK && !f.candidates.count) /* the second word of a place, half-typed */
        status = run_stages(&f, WORDS_FEW, false, true);
    if (status == STATUS_OK && !f.candidates.count)
        status = run_stages(&f, WORDS_MANY, false, true);
    if (status == STATUS_OK) {
        rank_sort(&f.candidates);
        rank_page(plan, &f.candidates, false, ret_found);
    }
    candidates_release(&f.candidates);
    return status;
}
