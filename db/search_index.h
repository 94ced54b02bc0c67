/* Inside db/: what the search index holds and the parts that keep and read it.
 *
 * search_text has one column of tokens separated by spaces; the first byte of a token says what it
 * is: ^  first token of a name          n  token of a name         t  token of any other text a
 * area (or one it lies in) where the service is or which it is for, "a0702" c  area the service is
 * for, exactly, "c0702", "cKH" k  kind of service, "kA1" Tokens of names are not repeated as t.
 * search_list keeps the lists (struct list below). */
#ifndef DB_SEARCH_INDEX_H
#define DB_SEARCH_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/term.h"
#include "db/uuid.h"
#include "i18n/sort.h"

/* Bits of `facets`. */
enum {
    FACET_TIERS = 7,       /* bit 0 tier 1, 1 tier 2, 2 tier 3 */
    FACET_FEMALE = 1 << 3, /* open to them */
    FACET_MALE = 1 << 4,
    FACET_ALL_DAY = 1 << 5,
    FACET_NEEDS_CONTACT = 1 << 6,
    FACET_UNCONFIRMED = 1 << 7,
    FACET_STATUS_SHIFT = 8,   /* 3 bits, VALUE_STATUS_... */
    FACET_AGE_SHIFT = 11,     /* 7 bits: least age */
    FACET_AGE_MAX_SHIFT = 18, /* 7 bits: greatest age, AGE_OPEN none */
    AGE_OPEN = 127,
};

/* Bits of a rank in search_list, most significant first: how, kind, doubts. */
enum {
    RANK_HOW_SHIFT = 16,
    RANK_KIND_SHIFT = 4,
    RANK_UNCONFIRMED = 2,
    RANK_UNVERIFIED = 1,
};

/* How a service belongs to an area: what is nearest comes first. */
enum how {
    HOW_OWN,     /* stands there and is for exactly this area */
    HOW_LOCATED, /* stands there */
    HOW_COVERS,  /* is for exactly this area */
    HOW_PART,    /* is for a part of it */
};

enum { LIST_ALL = 0, LIST_COUNTRY = 1, KIND_BITS = 63 };

int64_t list_of_area(const char *code); /* "" and "KH": LIST_COUNTRY */
int64_t list_of_type(const char *code); /* kind or group, "A1", "A" */
int64_t list_of_status(int status);     /* services that are in no other list: closed ones */

struct word_set; /* tokens seen in one document */
struct synonym_list;

/* A unit of the tree or a term, with the tokens of its names. */
struct named {
    char code[AREA_CODE];
    char *tokens; /* free; as word_set_tokens takes them */
};

struct search {
    struct term_list terms;
    char **term_tokens; /* of each term's names */
    char **term_keys;   /* [2 * terms.count]: km, en */
    bool terms_loaded;
    struct synonym_list *synonyms; /* free; NULL: not read yet */
    struct word_set *words;
    struct sorter *sorter;
    struct named *areas; /* all, in order of code; only for writing */
    size_t area_count;
    struct roman_names *roman; /* names of areas by how they sound (search_roman.c) */
    struct sounds *sounds; /* words of names by how they sound (search_sound.c) */
    bool order_checked;
    struct removed {
        struct uuid service;
        int64_t docid, order[LANG_COUNT];
        char *name[LANG_COUNT];
    } * removed;
    size_t removed_count, removed_room;
};

/* The cache, made when first asked for. */
struct search *search_cache(struct db *db);
MUST_CHECK enum status search_terms(struct db *db, struct search **ret_search);
MUST_CHECK enum status search_areas(struct db *db, struct search **ret_search);
MUST_CHECK enum status search_synonyms(struct db *db, const struct synonym_list **ret_list);
/* Bit number of a kind of service in `kinds`; -1 unknown. */
int search_kind_bit(const struct search *s, const char *code);
void search_forget(struct db *db); /* areas, terms: read again */
/* Makes the index again when it was made by another version of these rules or of the order. */
MUST_CHECK enum status search_refresh(struct db *db);
void search_removed_clear(struct search *s);

/* What the index says of one service. */
struct doc {
    int64_t docid; /* 0: new */
    struct uuid service, organization;
    bool has_organization;
    const char *name[LANG_COUNT]; /* "" missing */
    struct text types, phones, tokens;
    char (*located)[AREA_CODE];
    size_t located_count;
    char (*covers)[AREA_CODE]; /* none inside another */
    size_t cover_count;
    int status;
    int64_t verified;
    uint64_t kinds;
    int64_t facets;
    int64_t order[LANG_COUNT];
    struct arena arena;
};

/* STATUS_NOT_FOUND when there is no such service. doc_release takes a zeroed one. */
MUST_CHECK enum status doc_load(struct db *db, const struct uuid *service, struct doc *ret_doc);
void doc_release(struct doc *doc);
/* The name shown in a language: the other one where it is missing. */
const char *doc_name(const struct doc *doc, enum lang lang);

/* Tokens of a text, each once (word_set), appended to out with `space` before each. */
struct word_set *word_set_new(void);
void word_set_free(struct word_set *set);
void word_set_clear(struct word_set *set);
void word_set_add(struct word_set *set, struct text *out, char space, const char *token,
                  size_t len);
void word_set_text(struct word_set *set, struct text *out, char space, const char *words);
/* Tokens of word_set_text, their first byte taken off. */
void word_set_tokens(struct word_set *set, struct text *out, char space, const char *tokens);

/* Places among all names (search_order.c): finds those of a document not yet in the index. */
enum { ORDER_STEP_BITS = 20 }; /* distance of neighbours after search_rebuild */
MUST_CHECK enum status order_place(struct db *db, struct doc *doc);
struct sorter *search_sorter(struct db *db); /* opened when first asked for */

/* Puts one document into the index or takes it out (search_write.c). `bulk`: the vocabulary is
 * filled afterwards. */
MUST_CHECK enum status doc_put(struct db *db, const struct doc *doc, bool bulk);
MUST_CHECK enum status doc_take(struct db *db, const struct doc *doc);

#endif
