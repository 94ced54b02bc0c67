/* Inside db/: a query once it is understood, and the parts that answer it. */
#ifndef DB_SEARCH_PLAN_H
#define DB_SEARCH_PLAN_H

#include "db/internal.h"
#include "db/search.h"
#include "db/search_index.h"
#include "db/search_row.h"
#include "db/search_set.h"

enum {
    PLAN_AREAS = 12, /* areas asked for at once */
    PLAN_RUNS = 8,
    RUN_TOKENS = 24,
    PLAN_TOKENS = 64,
};

/* A piece of the words that stands together: a run of Khmer syllables or a Latin word. */
struct run {
    const char *bytes; /* of the search key */
    size_t len;
    const char *tokens[RUN_TOKENS]; /* strings; the last one may be the beginning of a word */
    size_t token_count;
    bool complete; /* more was typed after it */
};

struct plan {
    struct filter filters[QUERY_FILTERS];
    size_t filter_count;
    bool guessed;  /* some filter was */
    bool softened; /* something understood was left out (READ_SOFT) */
    const char *text;
    const char *key; /* search key of text */
    size_t key_len;
    struct run runs[PLAN_RUNS];
    size_t run_count;

    /* what the filters come down to */
    char asked[PLAN_AREAS][AREA_CODE];
    size_t asked_count;
    enum filter_where where;
    uint64_t kinds[2]; /* set by hand, guessed; 0: any */
    int64_t tiers;
    int status;           /* 0: all but closed; -1: all */
    int age_from, age_to; /* years, both in it; -1: any */
    bool female, male, all_day;
    unsigned sectors;   /* bit VALUE_SECTOR_...; 0: any */
    unsigned levels;    /* bit of area_level; 0: any */
    unsigned confirmed; /* 1 yes, 2 no; 0 and 3: any */
    bool disability, open_now;
    int64_t now;                              /* seconds since 1970 */
    const char *organizations[QUERY_FILTERS]; /* ids as text */
    size_t organization_count;
    const char *outputs[QUERY_FILTERS]; /* of the plan */
    size_t output_count;
    bool need;              /* one is asked for */
    uint8_t need_kinds[64]; /* bits of kinds that answer it, best first */
    size_t need_kind_count;
    const char *phone;
    bool relaxed; /* as plan_make was told */
    bool heard;   /* Latin words may also stand for what sounds like them */
    bool (*cancelled)(void *context);
    void *cancel_context;
    enum lang lang;
    size_t offset, limit;
    struct arena arena;
};

/* How much of the words is taken for what it may mean. */
enum reading {
    READ_TEXT,    /* all of it is text */
    READ_CERTAIN, /* what is called exactly so, and not half typed */
    READ_BOLD,    /* also what sounds like it, and pieces of what is written without spaces */
    READ_SOFT,    /* as bold, and without what a search can do without (age, hours ...) */
};

/* Understands the words. `relaxed`: the looser key, and the last syllable may be wrong. */
MUST_CHECK enum status plan_make(struct db *db, const struct query *query, enum reading reading,
                                 bool relaxed, struct plan *ret_plan);
/* The plan with another filter in the place of the one at `filter`, or (NULL) without it. Borrows
 * the text of the plan, which has to stay. */
MUST_CHECK enum status plan_change(struct db *db, const struct plan *plan, size_t filter,
                                   const struct filter *instead, struct plan *ret_plan);
void plan_release(struct plan *plan);

/* How a service belongs to an area: what is nearest comes first. */
enum how {
    HOW_OWN,     /* stands there and is for exactly this area */
    HOW_LOCATED, /* stands there */
    HOW_COVERS,  /* is for exactly this area */
    HOW_PART,    /* is for a part of it */
};

/* Where a service is in regard to one area. */
struct relation {
    bool any; /* it has to do with the area at all */
    enum nearness nearness;
    enum how how;
    bool covers;
};
/* Codes separated by spaces, as in search_row. The best over all areas asked for; without any:
 * NEAR_NONE, and `any` is true. */
struct relation plan_relation(const struct plan *plan, const char *located, const char *covers);

/* The same for one area, whatever is asked for. */
struct relation plan_relation_to(const char *area, const char *located, const char *covers);

/* What was found, in order. */
struct found_row {
    int64_t docid;
    enum reason reason;
};
struct found {
    struct found_row *rows; /* free */
    size_t count;           /* from plan.offset on */
    size_t total;           /* of all pages */
    bool exact;             /* total is; else a few of them may be none */
    const struct set *hits; /* all of them; the store's (search_set.h) */
};

/* STATUS_CANCELLED when the query no longer wants an answer; asked between the parts of a search.
 */
MUST_CHECK enum status plan_go_on(struct db *db, const struct plan *plan);
MUST_CHECK enum status find_listed(struct db *db, const struct plan *plan, struct found *ret_found);
MUST_CHECK enum status find_text(struct db *db, const struct plan *plan, struct found *ret_found);
MUST_CHECK enum status find_phone(struct db *db, const struct plan *plan, struct found *ret_found);
/* How many services a plan finds; reads no row, so that some of them may be none. Within a search.
 */
MUST_CHECK enum status plan_count(struct db *db, const struct plan *plan, int64_t *ret_count);
/* The same where no telephone number is asked for. */
MUST_CHECK enum status count_text(struct db *db, const struct plan *plan, int64_t *ret_count);

/* Services that pass the filters of a plan (search_filter.c). */
MUST_CHECK enum status filter_set(struct db *db, const struct plan *plan,
                                  const struct set **ret_set);

/* The order of documents in steps (search_pick.c): of two documents that one stands first which is
 * in the earlier part of the first step that tells them apart; then by number. A document is in the
 * first part that has it, or behind all of them. */
enum { STEP_PARTS = 68, PICK_STEPS = 16 };
struct step {
    const struct set *parts[STEP_PARTS];
    size_t count;
};
struct picker {
    struct step steps[PICK_STEPS];
    size_t step_count;
    size_t skip, want; /* documents */
    /* Puts equals in order, when they are few (PICK_GROUP); NULL: by number. */
    enum status (*order)(void *context, size_t *docs, size_t count);
    void *context;
    size_t *docs; /* found; free */
    size_t count, room;
};
enum { PICK_GROUP = 256 };
MUST_CHECK enum status pick(struct db *db, struct picker *p, const struct set *set);
/* Steps for where, for which kind and how certain, as lists have them (search_filter.c). */
MUST_CHECK enum status steps_level(struct db *db, const struct plan *plan, struct picker *p);
MUST_CHECK enum status steps_need(struct db *db, const struct plan *plan, struct picker *p);
MUST_CHECK enum status steps_how(struct db *db, const struct plan *plan, struct picker *p);
MUST_CHECK enum status steps_kind(struct db *db, struct picker *p);
void step_add(struct picker *p, const struct set *first);

/* Candidates and their order (search_rank.c). */
struct candidate {
    int64_t docid;
    enum reason reason;
    uint8_t loose; /* 1: found only without marks and shifters; 2: only by its sound */
    bool exact;    /* a name is what was typed */
    uint8_t part;  /* 0: ends where a word ends; 1: inside a word; 2: inside a syllable */
    uint8_t level; /* nearness */
    uint8_t need;  /* place of its best kind among those that answer the need */
    uint8_t how, kind, doubts;
    bool text_only; /* not in the name */
    int64_t order;
};
struct candidates {
    struct candidate *rows;
    size_t count, room;
    int64_t *seen; /* open hash of docids */
    size_t seen_room, seen_count;
};
void candidates_release(struct candidates *c);
bool candidates_know(struct candidates *c, int64_t docid); /* false the first time */

/* Areas in whose name a run of the plan stands (search_place.c); looked at when asked for. */
struct place_names {
    const struct search *search;
    const struct plan *plan;
    const struct text *bare; /* of each run, squeezed; borrowed */
    uint8_t *asked, *named;  /* of each area, a bit a run; free */
    uint8_t country;         /* named, of the country */
};
MUST_CHECK enum status places_find(struct db *db, const struct plan *plan, const struct text bare[],
                                   struct place_names *ret_places);
void places_release(struct place_names *places);
/* Does one of the codes (separated by spaces), or an area around it, have the run in its name? */
bool places_have(struct place_names *places, const char *codes, size_t run);
void places_forget(struct search *s);

/* What the sets say of a row, and what ranking keeps from row to row. */
struct ranking {
    const struct plan *plan;
    const struct search *search;
    struct place_names places;
    struct text bare[PLAN_RUNS]; /* of each run */
    struct text work;
    size_t checks; /* texts that may still be read to see whether a run stands in them */
};
struct mark {
    bool exact, loose;
    const char *heard; /* Latin words it only has as they sound, "" none */
};
void ranking_init(struct ranking *r, const struct plan *plan, const struct search *search);
void ranking_release(struct ranking *r);
/* The candidate of a row; *ret_holds false when it has the tokens but not the run, or sounds
 * otherwise. */
MUST_CHECK enum status rank_row(struct db *db, struct ranking *r, const struct row *row,
                                struct mark mark, struct candidates *out, bool *ret_holds);
void rank_phone(const struct plan *plan, const struct row *row, bool whole, struct candidates *out);
/* Puts the rows from `from` on in order. */
void rank_sort(struct candidates *c, size_t from);

/* Does a text of the service that is no name hold the run, marks and spaces left out of account?
 */
MUST_CHECK enum status doc_holds(struct db *db, const struct uuid *service, const struct run *run,
                                 const struct text *bare, bool *ret_holds);
/* Without spaces and the marks that the looser key drops. */
void text_squeeze(const char *key, size_t len, struct text *out);
/* Is the squeezed run in the key? work is for the squeezed key. */
bool text_holds(const char *key, size_t len, const struct text *bare, struct text *work);

/* search_facet.c; the counts of the last hits are kept, until facets_forget. */
void facets_forget(struct search *s);
MUST_CHECK enum status facets_count(struct db *db, const struct plan *plan,
                                    const struct found *found, struct result *result);

#endif
