/* The rules of the referral pathway: which steps a need leads to, what is done in each, what to
 * say. They are tables (data/step.tsv, referral.tsv, advice.tsv), built into the program; an office
 * may put its own beside its directory. Knows no services. */
#ifndef DB_GUIDE_H
#define DB_GUIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "db/db.h"
#include "i18n/lang.h"
#include "i18n/mem.h"

enum guide_file { GUIDE_STEPS, GUIDE_REFERRAL, GUIDE_ADVICE, GUIDE_FILES };

enum guide_level { GUIDE_NEAREST, GUIDE_COMMUNE, GUIDE_DISTRICT, GUIDE_PROVINCE, GUIDE_NATION };
enum guide_urgency { GUIDE_NOW, GUIDE_HOURS_72, GUIDE_DAYS, GUIDE_LATER };
enum guide_topic {
    GUIDE_SAY,
    GUIDE_BRING,
    GUIDE_CONSENT,
    GUIDE_REPORT,
    GUIDE_SECRET,
    GUIDE_TOPICS
};

enum { GUIDE_FILE_MAX = 1 << 20, GUIDE_AFTER = 6, GUIDE_KINDS = 8 }; /* bytes of a file */

/* What is done in a step, whatever the need. */
struct guide_step {
    const char *code;
    const char *title[LANG_COUNT];
    const char *text[LANG_COUNT];
    const char *source;
};

struct guide_rule {
    const char *need; /* "N3" */
    const char *id;   /* within its need */
    const struct guide_step *step;
    enum guide_level level;
    enum guide_urgency urgency;
    unsigned tiers; /* bit 0 = tier 1 */
    char kinds[GUIDE_KINDS][4];
    size_t kind_count;
    size_t after[GUIDE_AFTER]; /* rules of the same need, before this one in `rules` */
    size_t after_count;
};

struct guide_advice {
    const char *needs; /* codes separated by a space; "*" */
    enum guide_topic topic;
    const char *text[LANG_COUNT];
};

struct guide {
    struct guide_step *steps;
    size_t step_count;
    struct guide_rule *rules; /* need by need, each after those it follows */
    size_t rule_count;
    struct guide_advice *advice;
    size_t advice_count;
    struct arena arena;
};

/* What is wrong with a file of rules. */
enum guide_wrong {
    GUIDE_FINE,
    GUIDE_UNREADABLE, /* the file is there but cannot be read */
    GUIDE_BIG,        /* more than GUIDE_FILE_MAX */
    GUIDE_BYTES,      /* no UTF-8, or control or bidi characters */
    GUIDE_HEADING,    /* what: the columns wanted */
    GUIDE_CELLS,      /* too few or too many cells */
    GUIDE_EMPTY,      /* what: the column that must not be empty (a language is missing) */
    GUIDE_UNKNOWN,    /* what: a code, level, need ... nobody knows */
    GUIDE_TWICE,      /* what: stands there already */
    GUIDE_CYCLE,      /* what: the step that follows itself */
    GUIDE_NO_STEPS,   /* what: a need without any */
    /* of scenarios only (tui/scenario.h) */
    GUIDE_LINE,     /* what: the beginning of a line that may not stand there */
    GUIDE_MANY,     /* what: there are too many of it */
    GUIDE_NO_RIGHT, /* what: the step whose question has no right answer, or only one answer */
    GUIDE_BACK,     /* what: the step that a jump goes back to */
};

struct guide_fault {
    enum guide_wrong wrong;
    char file[256];
    size_t line; /* from 1; 0: the file as a whole */
    char what[80];
};

/* The built-in rules, or those of `directory` (NULL: none) for every file that lies there and is
 * right as a whole set; otherwise the built-in ones stay in use and *ret_fault says why.
 * STATUS_OK, or what reading the classification from db gave. */
MUST_CHECK enum status guide_load(struct db *db, const char *directory, struct guide *ret_guide,
                                  struct guide_fault *ret_fault);
void guide_release(struct guide *guide);

/* "step.tsv" ... */
const char *guide_file_name(enum guide_file file);
/* The built-in table as it is written, *ret_len bytes; borrowed. */
const char *guide_built_in(enum guide_file file, size_t *ret_len);
/* The rules of a need: *ret_count of them, from the returned one on. NULL: unknown need. */
const struct guide_rule *guide_rules(const struct guide *guide, const char *need,
                                     size_t *ret_count);
/* The advice for a need, its own or that for all. NULL: none. */
const struct guide_advice *guide_advice(const struct guide *guide, const char *need,
                                        enum guide_topic topic);

#endif
