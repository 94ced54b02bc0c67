/* Inside db/: what the search index holds and the parts that keep it.
 *
 * A service is a document with a number and a set of tokens; each token has the set of documents
 * that have it (db/posting.h). The first byte of a token, its space, says what it is: n  token of a
 * name (i18n/key.h)         t  token of any other text, unless it is one of a name N  beginning of
 * a token n, 1 to 3       T  the same of a token t, unless it is one of a name characters ^  first
 * token of a name                y  a whole Khmer syllable of a name w  a word of a name that is
 * one         x  a whole key, "_" for a space: short names of services, Khmer syllable (ICU) names
 * and abbreviations of organizations a  area in or below which it is or      b  area in which it
 * is, "b07" which it is for, "a0702"             c  area it is for, exactly, "c0702", "cKH" k  kind
 * of service or group, "kA1"      o  organization, its id s  status, "s1"        l  tier, "l3" g
 * sector, "g2"        v  level of an area it is for, "v3" f  open to, "ff" "fm"  i  ages, "i5-17"
 * h  hours (search_hours.c) q  "qc" contact needed, "qu" unconfirmed, "qv" never verified, "qy"
 * confirmed, "qd" disability, "qh" open day and night r  skeleton of a word of a name (roman_words)
 */
#ifndef DB_SEARCH_INDEX_H
#define DB_SEARCH_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/posting.h"
#include "db/term.h"
#include "db/uuid.h"
#include "i18n/sort.h"

/* Bits of `facets`, which say of a row what its tokens say. */
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

enum {
    KIND_BITS = 63,
    PREFIX_MOST = 3, /* characters of the longest N and T */
    EXACT_MOST = 48, /* bytes of the longest x */
    TOKEN_MAX =
        64, /* bytes of a token of text; longer ones are cut, here and in what is looked for */
};

/* meta: the least docid of a new document, so that the full postings of many services need not be
 * written again for one more. */
#define SEARCH_DOCID "search_docid"

struct word_set; /* tokens seen in one document */
struct synonym_list;

/* A unit of the tree or a term, with the tokens of its names. */
struct named {
    char code[AREA_CODE];
    char *tokens; /* free; as word_set_tokens takes them */
};

struct search {
    struct term_list terms;
    char **term_tokens;               /* of each term's names */
    char **term_keys;                 /* [2 * terms.count]: km, en */
    const char *kind_code[KIND_BITS]; /* of each bit of `kinds`, "" none */
    bool terms_loaded;
    struct synonym_list *synonyms; /* free; NULL: not read yet */
    struct word_set *words;
    struct sorter *sorter;
    struct named *areas; /* all, in order of code; only for writing */
    size_t area_count;
    uint64_t *nothing;         /* pieces of Khmer that mean nothing (search_run.c) */
    struct roman_names *roman; /* names of areas by how they sound (search_roman.c) */
    struct sounds *sounds;     /* words of names by how they sound (search_sound.c) */
    bool order_checked;
    struct removed {
        struct uuid service;
        int64_t docid, order[LANG_COUNT];
        char *name[LANG_COUNT];
    } * removed;
    size_t removed_count, removed_room;
    struct place_text *places; /* names of all areas, in order of code (search_place.c) */
    size_t place_count;
    struct pending *pending; /* changes of postings not yet written (search_change.c) */
    struct set_store *sets;  /* sets read from the file (search_set.c) */
    struct memory *memory;   /* what else searches found out (search_memory.c) */
    struct counted *counted; /* the facets counted last (search_facet.c) */
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
    struct text key[LANG_COUNT];  /* of the names */
    struct text starts;           /* of words in key[LANG_KM], as distances, a byte each */
    struct text types, phones, tokens;
    char (*located)[AREA_CODE];
    size_t located_count;
    char (*covers)[AREA_CODE]; /* none inside another */
    size_t cover_count;
    int status;
    int sector; /* of the organization, 0 unknown */
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
/* space n (with its ^, N and y) or t (with T). */
void word_set_text(struct word_set *set, struct text *out, char space, const char *words);
/* x of a search key, unless it is long. */
void word_set_exact(struct word_set *set, struct text *out, const char *key, size_t len);
/* Tokens of word_set_text. */
void word_set_tokens(struct word_set *set, struct text *out, const char *tokens);
/* A token as the looser key has it; out has room for len bytes. Returns its length. */
size_t token_loosen(const char *token, size_t len, char *out);
/* Bytes of the first `count` characters, at most len. */
size_t token_beginning(const char *token, size_t len, size_t count);

/* Hours as a token says them (search_hours.c): appended, and read. */
MUST_CHECK enum status hours_token(struct db *db, const struct uuid *owner, struct text *out);
bool hours_open(const char *token, int64_t unix_seconds);

/* Places among all names (search_order.c): finds those of a document not yet in the index. */
enum { ORDER_STEP_BITS = 20 }; /* distance of neighbours after search_rebuild */
MUST_CHECK enum status order_place(struct db *db, struct doc *doc);
struct sorter *search_sorter(struct db *db); /* opened when first asked for */

/* Puts one document into the index or takes it out (search_write.c). The row and the counts change
 * at once, the postings with change_flush. */
MUST_CHECK enum status doc_put(struct db *db, const struct doc *doc);
MUST_CHECK enum status doc_take(struct db *db, const struct doc *doc);
/* doc_put without its postings. */
MUST_CHECK enum status doc_put_row(struct db *db, const struct doc *doc);

/* Changes of postings, collected while a transaction lasts (search_change.c). */
MUST_CHECK enum status change_tokens(struct db *db, const struct doc *doc, bool put);
MUST_CHECK enum status change_flush(struct db *db);
void change_forget(struct search *s);
void change_free(struct search *s);

/* All postings at once, for search_rebuild (search_bulk.c): documents in rising order of docid. */
struct bulk;
struct bulk *bulk_new(void);
MUST_CHECK enum status bulk_add(struct db *db, struct bulk *bulk, const struct doc *doc);
MUST_CHECK enum status bulk_write(struct db *db, struct bulk *bulk);
void bulk_free(struct bulk *bulk);

#endif
