/* How good search is: questions made from the directory's own data by fixed rules, the right
 * answers known, asked of cpdir and of three others. Shared by the parts of `make eval`. */
#ifndef EVAL_EVAL_H
#define EVAL_EVAL_H

#include "db/area.h"
#include "db/internal.h"
#include "i18n/lang.h"
#include "tests/bench/bench.h"

/* --- the directory (corpus.c) -------------------------------------------------------------------
 */

/* A text of a service and where its words begin and end (ICU; byte offsets). */
struct passage {
    const char *text;
    const size_t *words;
    size_t word_count;
};

enum { FIELD_NAME, FIELD_ORGANIZATION, FIELD_OTHER, EVAL_FIELDS = 24, EVAL_KINDS = 6 };

struct item {
    struct uuid id;
    struct passage fields[EVAL_FIELDS]; /* Khmer: name, organization, then the others */
    size_t field_count;
    const char *name[LANG_COUNT];
    char kinds[EVAL_KINDS][4];
    size_t kind_count;
    char areas[EVAL_KINDS][AREA_CODE]; /* where it is and which it is for */
    size_t area_count;
    char *line; /* all its texts, for the others */
};

struct corpus {
    struct db *db;
    struct item *items;
    size_t count;
    struct arena arena;
};

/* Services that are not closed, in order of id. Dies when it cannot. */
void corpus_load(struct db *db, struct corpus *ret_corpus);
void corpus_release(struct corpus *c);
size_t corpus_find(const struct corpus *c, const struct uuid *id); /* SIZE_MAX: not there */

/* One bit a service. */
struct right {
    uint64_t *bits; /* free */
    size_t count;
};
bool right_has(const struct right *right, size_t item);
/* Services one of whose Khmer texts has the term between syllables; `whole`: as whole ICU words. */
struct right corpus_holding(const struct corpus *c, const char *term, bool whole);
/* Services of the kind that are in the area, or made for it or a part of it. */
struct right corpus_of_kind_in(const struct corpus *c, const char *kind, const char *area);

/* --- questions (questions.c)
 * ----------------------------------------------------------------------
 */

struct question {
    char *typed;
    struct right right;
};

struct set {
    const char *name;
    bool as_text;   /* cpdir is told to take no word for a filter */
    bool recall;    /* all hits are asked for; else ten */
    bool precision; /* every hit of the first ten has to be right */
    double wanted;  /* target of recall, of the share found in ten, or of precision; 0 none */
    struct question *questions;
    size_t count;
};

struct set *questions_make(const struct corpus *c, size_t *ret_count);
void questions_free(struct set *sets, size_t count);

/* --- engines (engines.c)
 * --------------------------------------------------------------------------
 */

enum { EVAL_TEN = 10, EVAL_ALL = 1000000 };

struct hits {
    size_t *items;
    size_t count, room;
};

struct engine {
    const char *name;
    void (*ask)(void *context, const struct corpus *c, const struct set *set, const char *typed,
                size_t limit, struct hits *out);
    void *context;
};

/* cpdir, then the others on a file of their own. */
size_t engines_open(const struct corpus *c, const char *path, struct engine engines[4]);
void engines_close(struct engine engines[4]);

#endif
