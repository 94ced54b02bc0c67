/* Inside db/: a query once it is understood, and the parts that answer it. */
#ifndef DB_SEARCH_PLAN_H
#define DB_SEARCH_PLAN_H

#include "db/internal.h"
#include "db/search.h"
#include "db/search_index.h"

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
    const char *types[QUERY_FILTERS];
    size_t type_count; /* kinds and groups that the smaller set names */
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
    bool need;              /* one is asked for */
    uint8_t need_kinds[64]; /* bits of kinds that answer it, best first */
    size_t need_kind_count;
    const char *phone;
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
void plan_release(struct plan *plan);
/* How many services pass; no row is read for it where that can be helped. */
MUST_CHECK enum status plan_count(struct db *db, const struct plan *plan, int64_t *ret_count);
bool plan_passes(const struct plan *plan, uint64_t kinds, int64_t facets);

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

/* What was found, in order. */
struct found_row {
    int64_t docid;
    enum reason reason;
};
struct found {
    struct found_row *rows; /* free */
    size_t count;           /* from plan.offset on */
    size_t total;           /* looked at, from the first on: 0 says nothing was found */
    bool more;
};

MUST_CHECK enum status find_listed(struct db *db, const struct plan *plan, struct found *ret_found);
MUST_CHECK enum status find_text(struct db *db, const struct plan *plan, struct found *ret_found);
MUST_CHECK enum status find_phone(struct db *db, const struct plan *plan, struct found *ret_found);

/* Candidates and their order (search_rank.c). */
struct candidate {
    int64_t docid;
    enum reason reason;
    uint8_t part;  /* 1: only the beginning of a syllable or word fits */
    uint8_t level; /* nearness */
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

/* Areas whose name begins with a run (bit per run); for the reason. */
struct place_names {
    struct {
        char code[AREA_CODE];
        unsigned runs;
    } rows[256];
    size_t count;
};

/* Columns of the row queries (rows_of_text, row_of_docid). */
enum {
    ROW_DOCID,
    ROW_SERVICE,
    ROW_ORGANIZATION,
    ROW_NAME_KM,
    ROW_NAME_EN,
    ROW_KEY_KM,
    ROW_KEY_EN,
    ROW_WORDS,
    ROW_TYPES,
    ROW_LOCATED,
    ROW_COVERS,
    ROW_PHONES,
    ROW_VERIFIED,
    ROW_KINDS,
    ROW_FACETS,
    ROW_ORDER_KM,
    ROW_ORDER_EN,
};

/* Columns of doc_service with text that is neither a name nor a place. */
enum { DOC_FIRST_TEXT = 8, DOC_TEXTS_END = 16 };

/* Runs (bits) that the index was not asked for: they are looked for in the rows; shallow: not in
 * descriptions and the like. */
struct doubt {
    unsigned runs, shallow;
    size_t texts; /* descriptions that may still be read for it */
};

/* Adds the row the statement is at when it passes the filters and has the runs in doubt; ret_added
 * says so. */
MUST_CHECK enum status rank_row(struct db *db, const struct plan *plan,
                                const struct place_names *places, struct doubt *doubt,
                                sqlite3_stmt *s, struct candidates *out, bool *ret_added);
void rank_phone(const struct plan *plan, sqlite3_stmt *s, bool whole, struct candidates *out);
void rank_sort(struct candidates *c);
/* The page of plan: offset, limit. */
void rank_page(const struct plan *plan, const struct candidates *c, bool full,
               struct found *ret_found);

#endif
