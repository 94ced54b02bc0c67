/* Services whose texts hold what was typed. The tokens of the words are sets; all of them together
 * are the hits, whatever their number. The best by what sets can say are then read and ranked, a
 * window of them after the other, so that pages join. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/search_plan.h"
#include "db/search_sound.h"
#include "i18n/khmer.h"

enum {
    WINDOW = 100,     /* documents that are read and ranked against each other */
    LOOSE_BELOW = 20, /* so few strict hits: look for other spellings too */
    CHECKS_MOST = 8,  /* texts read in a search to see whether a run stands in them */
};

/* What a token is of what was typed: a pair of syllables inside a run, the end of a run after which
 * more was typed, the end of a run that may go on. */
enum typed { TYPED_PAIR, TYPED_WORD, TYPED_PART };

struct finder {
    struct db *db;
    const struct plan *plan;
    bool counting; /* only how many: without those that need their rows read */
    const struct set *filter;
    struct set *texts;      /* hits */
    struct set *names;      /* all of it in the name */
    struct set *first;      /* at its beginning */
    struct set *whole;      /* what is half-typed is a whole word or syllable of the name */
    const struct set *word; /* one syllable that is a word of the name by itself; NULL: not asked */
    struct set *exact;      /* a name of it or of its organization */
    struct set *loose;      /* hits only without marks */
    struct set *sound;      /* hits only by how the words sound */
    struct set *heard;      /* those whose names were read and do sound like it */
    struct set *same;       /* those with the very consonants, and all that are no sound hits */
    const struct set *held[PLAN_RUNS]; /* of a Latin run: what has it as it is typed */
    struct set *hits;                  /* all */
    struct ranking ranking;
    struct candidates candidates;
    size_t dropped; /* hits that hold the tokens but not the run */
};

/* --- sets of the words ---------------------------------------------------------------------------
 */

static bool is_khmer(const char *token)
{
    return (unsigned char)*token >= 0x80;
}

static bool is_lone(const struct run *run)
{
    return run->token_count == 1 && is_khmer(run->tokens[0]) &&
           khmer_syllable(run->tokens[0], strlen(run->tokens[0])) == strlen(run->tokens[0]);
}

static enum typed typed_of(const struct run *run, size_t token)
{
    if (token + 1 < run->token_count)
        return TYPED_PAIR;
    return run->complete ? TYPED_WORD : TYPED_PART;
}

/* A word that is complete is looked for as it is; only where nothing has it, as a beginning. */
static enum status token_set(struct db *db, const char *spaces, const char *token, enum typed typed,
                             const struct set **ret_set)
{
    size_t len = strlen(token);
    enum status status = STATUS_OK;
    if (typed != TYPED_PART) {
        status = sets_word(db, spaces, token, len, ret_set);
        if (status != STATUS_OK || typed == TYPED_PAIR || !set_is_empty(*ret_set))
            return status;
    }
    return sets_begun(db, spaces, token, len, ret_set);
}

/* Narrows out to what has all tokens of the runs. */
static enum status keep_runs(const struct finder *f, const char *spaces, bool begun,
                             struct set *out)
{
    const struct plan *plan = f->plan;
    enum status status = STATUS_OK;
    for (size_t r = 0; status == STATUS_OK && r < plan->run_count; r++) {
        const struct run *run = &plan->runs[r];
        for (size_t i = 0; status == STATUS_OK && i < run->token_count; i++) {
            const struct set *set;
            enum typed typed = typed_of(run, i);
            if (begun && typed == TYPED_WORD)
                typed = TYPED_PART;
            status = token_set(f->db, spaces, run->tokens[i], typed, &set);
            if (status == STATUS_OK)
                set_and(out, set);
        }
        if (status == STATUS_OK)
            status = plan_go_on(f->db, plan);
    }
    return status;
}

/* Three syllables in a row: the token before with the last syllable of this one. False: too long.
 */
static bool triple_of(const struct run *run, size_t token, char out[TOKEN_MAX + 1])
{
    const char *pair = run->tokens[token];
    size_t first = khmer_syllable(pair, strlen(pair));
    int len = snprintf(out, TOKEN_MAX + 1, "%s%s", run->tokens[token - 1], pair + first);
    return len > 0 && len <= TOKEN_MAX && pair[first];
}

/* Narrows out to what has every three neighbours of a run in a row: its pairs may stand apart. */
static enum status keep_triples(const struct finder *f, bool loose, struct set *out)
{
    const struct plan *plan = f->plan;
    enum status status = STATUS_OK;
    for (size_t r = 0; status == STATUS_OK && !plan->relaxed && r < plan->run_count; r++)
        for (size_t i = 1; status == STATUS_OK && i < plan->runs[r].token_count; i++) {
            const struct set *set;
            char triple[TOKEN_MAX + 1];
            if (!triple_of(&plan->runs[r], i, triple))
                continue;
            if (loose)
                triple[token_loosen(triple, strlen(triple), triple)] = '\0';
            status = token_set(f->db, "3", triple, typed_of(&plan->runs[r], i), &set);
            if (status == STATUS_OK)
                set_and(out, set);
        }
    return status;
}

/* The tokens without marks, which the index has beside those with them. */
static enum status keep_loose(const struct finder *f, struct set *out, bool *ret_other)
{
    const struct plan *plan = f->plan;
    enum status status = STATUS_OK;
    *ret_other = false;
    for (size_t r = 0; status == STATUS_OK && r < plan->run_count; r++) {
        const struct run *run = &plan->runs[r];
        for (size_t i = 0; status == STATUS_OK && i < run->token_count; i++) {
            const struct set *set;
            char loose[TOKEN_MAX + 1];
            size_t len = strlen(run->tokens[i]), n;
            n = token_loosen(run->tokens[i], len < TOKEN_MAX ? len : TOKEN_MAX, loose);
            loose[n] = '\0';
            *ret_other |= n < len;
            status = token_set(f->db, "nt", loose, typed_of(run, i), &set);
            if (status == STATUS_OK)
                set_and(out, set);
        }
    }
    return status == STATUS_OK ? keep_triples(f, true, out) : status;
}

static struct set *copy_of(struct db *db, const struct set *set)
{
    struct set *copy = sets_scratch(db);
    set_copy(copy, set);
    return copy;
}

/* Latin words that may be names of Khmer, or misspelt. */
static bool is_heard(const struct run *run)
{
    return run->token_count == 1 && !is_khmer(run->tokens[0]) &&
           !isdigit((unsigned char)*run->tokens[0]);
}

/* What has, in its names, words that sound like the run: all of them, and those with its very
 * consonants. Kept together: one word typed stands for dozens. */
static enum status heard_sets(struct db *db, const struct run *run, const struct set *ret_sets[2])
{
    struct text names[2] = {TEXT_INIT, TEXT_INIT};
    struct sound_list list;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < 2; i++) {
        text_addf(&names[i], "=%s %d ", i ? "same" : "sound", run->complete);
        text_add(&names[i], run->bytes, run->len);
        ret_sets[i] = sets_named(db, names[i].bytes);
    }
    if (!ret_sets[0] || !ret_sets[1])
        status = sound_words(db, run->bytes, run->len, !run->complete, &list);
    for (size_t i = 0; status == STATUS_OK && i < 2; i++) {
        if (ret_sets[i])
            continue;
        size_t mark = sets_mark(db);
        struct set *any = sets_scratch(db);
        for (size_t k = 0; status == STATUS_OK && k < list.count; k++) {
            const struct sound_word *word = &list.rows[k];
            if (i == 0 || word->cost == 0)
                status = sets_add_word(db, 'r', word->skeleton, strlen(word->skeleton), any);
        }
        if (status == STATUS_OK)
            ret_sets[i] = sets_keep(db, names[i].bytes, any);
        sets_release(db, mark);
    }
    text_release(&names[0]);
    text_release(&names[1]);
    return status;
}

/* Narrows sound and same to what has a run as it is typed, or, when it is Latin, in words of names
 * that sound like it. */
static enum status hear_run(struct finder *f, size_t at, bool *ret_any)
{
    const struct run *run = &f->plan->runs[at];
    const struct set *heard[2];
    enum status status = token_set(f->db, "nt", run->tokens[0], typed_of(run, 0), &f->held[at]);
    if (status == STATUS_OK)
        status = heard_sets(f->db, run, heard);
    if (status != STATUS_OK)
        return status;
    bool any = !set_is_empty(heard[0]);
    *ret_any |= any;
    if (!any && set_is_empty(f->held[at])) /* too short to be heard by itself */
        return STATUS_OK;
    set_and_either(f->sound, f->held[at], heard[0]);
    set_and_either(f->same, f->held[at], heard[1]);
    return STATUS_OK;
}

/* What sounds like the words, where some of them are Latin. */
static enum status keep_sound(struct finder *f)
{
    const struct plan *plan = f->plan;
    bool any = false;
    enum status status = STATUS_OK;
    set_part(f->sound, f->filter, f->hits);
    set_copy(f->same, f->sound);
    for (size_t i = 0; status == STATUS_OK && i < plan->run_count; i++) {
        if (set_is_empty(f->sound))
            return STATUS_OK;
        const struct run *run = &plan->runs[i];
        if (is_heard(run)) {
            status = hear_run(f, i, &any);
            continue;
        }
        for (size_t k = 0; status == STATUS_OK && k < run->token_count; k++) {
            const struct set *set;
            status = token_set(f->db, "nt", run->tokens[k], typed_of(run, k), &set);
            if (status == STATUS_OK)
                set_and(f->sound, set);
        }
        set_and(f->same, f->sound);
    }
    if (!any)
        set_clear(f->sound);
    set_or(f->same, f->hits);
    return status;
}

/* Where the first token begins a name. */
static enum status keep_first(const struct finder *f, struct set *out)
{
    const struct run *run = &f->plan->runs[0];
    const struct set *set;
    enum status status = token_set(f->db, "^", run->tokens[0], typed_of(run, 0), &set);
    if (status == STATUS_OK)
        set_and(out, set);
    return status;
}

/* Where what is half-typed is whole. */
static enum status keep_whole(struct finder *f, struct set *out)
{
    const struct run *run = &f->plan->runs[f->plan->run_count - 1];
    const char *token = run->tokens[run->token_count - 1];
    const struct set *set;
    bool lone = is_lone(run);
    enum status status = sets_word(f->db, lone ? "y" : "n", token, strlen(token), &set);
    if (status == STATUS_OK)
        set_and(out, set);
    if (status == STATUS_OK && lone)
        status = sets_word(f->db, "w", token, strlen(token), &f->word);
    return status;
}

static enum status keep_exact(const struct finder *f, struct set *out)
{
    const struct set *set;
    char key[EXACT_MOST];
    size_t len = f->plan->key_len;
    if (!len || len > sizeof key) {
        set_clear(out);
        return STATUS_OK;
    }
    for (size_t i = 0; i < len; i++)
        key[i] = f->plan->key[i] == ' ' ? '_' : f->plan->key[i];
    enum status status = sets_word(f->db, "x", key, len, &set);
    if (status == STATUS_OK)
        set_and(out, set);
    return status;
}

/* What holds the words as they were typed. */
static enum status find_texts(struct finder *f)
{
    f->texts = copy_of(f->db, f->filter);
    enum status status = keep_runs(f, "nt", false, f->texts);
    if (status == STATUS_OK && set_is_empty(f->texts)) { /* what seems complete may not be */
        set_copy(f->texts, f->filter);
        status = keep_runs(f, "nt", true, f->texts);
    }
    return status == STATUS_OK ? keep_triples(f, false, f->texts) : status;
}

/* Everything that fits. */
static enum status find_hits(struct finder *f)
{
    enum status status = find_texts(f);
    f->hits = copy_of(f->db, f->texts);
    f->loose = sets_scratch(f->db);
    f->sound = sets_scratch(f->db);
    f->heard = sets_scratch(f->db);
    f->same = copy_of(f->db, f->hits);
    if (status != STATUS_OK || set_count(f->texts) >= LOOSE_BELOW)
        return status;
    bool other;
    set_copy(f->loose, f->filter);
    status = keep_loose(f, f->loose, &other);
    if (!other)
        set_clear(f->loose);
    set_and_not(f->loose, f->texts);
    set_or(f->hits, f->loose);
    bool heard = f->plan->heard || !set_is_empty(f->hits);
    if (status == STATUS_OK && heard && !f->counting)
        status = keep_sound(f);
    set_or(f->hits, f->sound);
    return status;
}

/* What of the hits fits better. */
static enum status find_better(struct finder *f)
{
    f->names = copy_of(f->db, f->texts);
    enum status status = keep_runs(f, "n", false, f->names);
    f->first = copy_of(f->db, f->names);
    f->whole = copy_of(f->db, f->names);
    f->exact = copy_of(f->db, f->texts);
    if (status == STATUS_OK)
        status = keep_first(f, f->first);
    if (status == STATUS_OK)
        status = keep_whole(f, f->whole);
    return status == STATUS_OK ? keep_exact(f, f->exact) : status;
}

/* --- ranking -------------------------------------------------------------------------------------
 */

/* The same order as that of rank_sort, as far as sets can tell. */
static enum status make_steps(const struct finder *f, struct picker *p)
{
    step_add(p, f->texts); /* loose ones and what sounds alike behind all */
    if (!set_is_empty(f->sound)) {
        step_add(p, f->loose);
        step_add(p, f->same);
    }
    enum status status = steps_level(f->db, f->plan, p);
    if (status == STATUS_OK)
        status = steps_need(f->db, f->plan, p);
    step_add(p, f->names);
    step_add(p, f->exact);
    if (f->word)
        step_add(p, f->word);
    step_add(p, f->whole);
    if (status == STATUS_OK)
        status = steps_how(f->db, f->plan, p);
    step_add(p, f->first);
    return status == STATUS_OK ? steps_kind(f->db, p) : status;
}

/* The Latin words that a document has only as they sound. */
static void add_unheld(const struct finder *f, size_t doc, struct text *out)
{
    for (size_t i = 0; i < f->plan->run_count; i++) {
        const struct run *run = &f->plan->runs[i];
        if (f->held[i] && !set_has(f->held[i], doc)) {
            text_add(out, run->bytes, run->len);
            text_addc(out, ' ');
        }
    }
}

static enum status read_row(struct finder *f, size_t doc)
{
    const struct row *row;
    bool holds = true;
    enum status status = row_get(f->db, (int64_t)doc, &row);
    if (status == STATUS_OK && row) {
        struct text heard = TEXT_INIT;
        if (set_has(f->sound, doc))
            add_unheld(f, doc, &heard);
        struct mark mark = {set_has(f->exact, doc), set_has(f->loose, doc), heard.bytes};
        status = rank_row(f->db, &f->ranking, row, mark, &f->candidates, &holds);
        text_release(&heard);
    }
    if (status == STATUS_OK && holds && set_has(f->sound, doc))
        set_put(f->heard, doc);
    if (status == STATUS_OK && !holds) {
        set_drop(f->hits, doc);
        f->dropped++;
    }
    return status;
}

/* Runs of four syllables and more: their parts may stand apart. */
static bool may_be_apart(const struct plan *plan)
{
    bool apart = false;
    for (size_t i = 0; !plan->relaxed && i < plan->run_count; i++)
        apart |= plan->runs[i].token_count > 2;
    return apart;
}

/* Ranks the documents window by window. Those before the page are passed over where nothing can
 * drop out of them. */
static enum status rank_windows(struct finder *f, size_t *ret_before)
{
    const struct plan *plan = f->plan;
    struct picker *p = mem_zalloc(1, sizeof *p);
    bool apart = may_be_apart(plan) || !set_is_empty(f->sound);
    size_t skip = apart ? 0 : plan->offset / WINDOW * WINDOW;
    size_t end = plan->offset + plan->limit;
    p->skip = skip;
    p->want = (end + (apart ? CHECKS_MOST : 0) + WINDOW - 1) / WINDOW * WINDOW - skip;
    enum status status = make_steps(f, p);
    if (status == STATUS_OK)
        status = pick(f->db, p, f->hits);
    for (size_t at = 0; status == STATUS_OK && at < p->count; at += WINDOW) {
        size_t from = f->candidates.count;
        for (size_t i = at; status == STATUS_OK && i < p->count && i < at + WINDOW; i++)
            status = read_row(f, p->docs[i]);
        rank_sort(&f->candidates, from);
        if (status == STATUS_OK)
            status = plan_go_on(f->db, plan);
    }
    set_and_not(f->hits, f->sound); /* what was not read may sound otherwise */
    set_or(f->hits, f->heard);
    free(p->docs);
    free(p);
    *ret_before = skip;
    return status;
}

/* Where one hit held the tokens only, others that were not read may do so too. */
static bool is_exact(const struct finder *f, size_t before, size_t total)
{
    bool sure = !f->dropped && set_is_empty(f->sound);
    return sure || before + f->candidates.count >= total;
}

static void take_page(const struct finder *f, size_t before, struct found *ret_found)
{
    const struct plan *plan = f->plan;
    const struct candidates *c = &f->candidates;
    struct found found = {.total = set_count(f->hits), .hits = f->hits};
    size_t from = plan->offset - before;
    size_t end = from < c->count && c->count - from > plan->limit ? from + plan->limit : c->count;
    found.exact = is_exact(f, before, found.total);
    found.rows = mem_zalloc((from < end ? end - from : 0) + 1, sizeof *found.rows);
    for (size_t i = from; i < end; i++)
        found.rows[found.count++] = (struct found_row){c->rows[i].docid, c->rows[i].reason};
    *ret_found = found;
}

static enum status start(struct finder *f)
{
    struct search *search;
    enum status status = search_terms(f->db, &search);
    if (status != STATUS_OK)
        return status;
    ranking_init(&f->ranking, f->plan, search);
    f->ranking.checks = CHECKS_MOST;
    return filter_set(f->db, f->plan, &f->filter);
}

enum status find_text(struct db *db, const struct plan *plan, struct found *ret_found)
{
    struct finder f = {.db = db, .plan = plan};
    size_t before = 0;
    enum status status = start(&f);
    if (status == STATUS_OK)
        status = find_hits(&f);
    if (status == STATUS_OK && !set_is_empty(f.hits)) {
        status = find_better(&f);
        if (status == STATUS_OK)
            status = places_find(db, plan, f.ranking.bare, &f.ranking.places);
        if (status == STATUS_OK)
            status = rank_windows(&f, &before);
    }
    if (status == STATUS_OK)
        take_page(&f, before, ret_found);
    candidates_release(&f.candidates);
    ranking_release(&f.ranking);
    return status;
}

enum status count_text(struct db *db, const struct plan *plan, int64_t *ret_count)
{
    struct finder f = {.db = db, .plan = plan, .counting = true};
    enum status status = start(&f);
    if (status == STATUS_OK && plan->run_count)
        status = find_hits(&f);
    if (status == STATUS_OK)
        *ret_count = (int64_t)set_count(plan->run_count ? f.hits : f.filter);
    ranking_release(&f.ranking);
    return status;
}
