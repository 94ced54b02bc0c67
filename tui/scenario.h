/* A scenario of the training mode: what is told, what the learner has to do or to answer, what is
 * said to right and wrong. Read from a text file (cpdir.5) and checked against the directory it is
 * played on. Knows no screens. */
#ifndef TUI_SCENARIO_H
#define TUI_SCENARIO_H

#include "db/area.h"
#include "db/guide.h"
#include "db/pathway.h"
#include "db/record.h"
#include "tui/key.h"

enum act_kind {
    ACT_COMMAND,  /* a command is done */
    ACT_AREA,     /* stands in the area or below it */
    ACT_WORDS,    /* the search box holds the words */
    ACT_SERVICE,  /* stands on the service */
    ACT_OPEN,     /* has its page open */
    ACT_NEED,     /* has the pathway of that need open */
    ACT_SAVED,    /* the entry, or what hangs on it, has the value */
    ACT_VERIFIED, /* wrote a verification of it */
    ACT_GAP,      /* noted that it was not available */
    ACT_KINDS
};

/* A text in both languages. */
struct said {
    const char *text[LANG_COUNT];
};

struct scenario_act {
    enum act_kind kind;
    size_t line;
    bool any_other; /* "*": any but that of the step's own act */
    enum command command;
    char need[8], area[AREA_CODE];
    size_t service; /* of scenario.services */
    const char *words;
    const struct field *field;
    struct value value;
    int result, method; /* VALUE_RESULT_..., VALUE_METHOD_...; 0 any */
    struct said why;
};

struct scenario_choice {
    size_t line;
    bool right;
    int points;
    size_t next; /* index of a step; SIZE_MAX: not told */
    struct said text, why;
};

/* One part of the way to go: a command by its key in a context (by the menu where it has none),
 * words to type, or the arrows to a service. */
struct scenario_key {
    enum key_context context; /* CONTEXT_COUNT: whichever has it where the learner is */
    enum command command;
    const char *words;                      /* NULL: none to type */
    const struct scenario_service *service; /* to stand on; NULL none */
};

enum { SCENARIO_SERVICES = 24, SCENARIO_CHOICES = 6, SCENARIO_NOTS = 6, SCENARIO_POINTS = 9 };

struct scenario_step {
    const char *id;
    size_t line;
    struct said tell, ask;
    bool acts; /* `act` is to be done; else choices, or nothing but going on */
    struct scenario_act act, nots[SCENARIO_NOTS];
    size_t not_count;
    struct scenario_choice choices[SCENARIO_CHOICES];
    size_t choice_count;
    struct scenario_key *keys;
    size_t key_count;
    int points;
    size_t next; /* index; scenario.count is the end */
};

struct scenario_service {
    const char *alias;
    struct uuid id;
    const char *name[LANG_COUNT]; /* "" where missing */
};

struct scenario {
    const char *name; /* of its file, without ".scenario" */
    struct said title, about;
    struct {
        char need[8], area[AREA_CODE]; /* "" none is given */
        struct pathway_child child;
    } given;
    struct scenario_service *services; /* room for SCENARIO_SERVICES */
    size_t service_count;
    struct scenario_step *steps;
    size_t count;
    struct arena arena;
};

/* Reads a file's bytes; name and file are for telling. STATUS_INVALID: *fault says what is wrong
 * (its file is set); else a problem of the directory file. */
MUST_CHECK enum status scenario_read(struct db *db, const char *file, const char *bytes, size_t len,
                                     struct scenario *ret_scenario, struct guide_fault *fault);
void scenario_release(struct scenario *s);

/* Appends the letter of an answer, 0 the first: "a", "ក". */
void scenario_add_letter(struct text *out, enum lang lang, size_t at);
/* Points of a step, at most. */
int scenario_points(const struct scenario_step *step);
/* The step after one whose right answer was given. */
size_t scenario_next(const struct scenario *s, size_t step);

/* Appends "FILE, line N: why." */
void scenario_add_fault(struct text *out, enum lang lang, const struct guide_fault *fault);
/* Appends how the key or the words numbered `at` are given: "F6 (Pathway)" or, typed, in quotes;
 * key names are those of both layouts. `in`: the context the learner is in. Returns how many of the
 * keys that is: the same one several times in a row is said once. */
size_t scenario_add_key(struct text *out, enum lang lang, const struct scenario_step *step,
                        size_t at, enum key_context in);
/* Appends the scenario as text for paper; columns wide. */
void scenario_write(const struct scenario *s, enum lang lang, int columns, struct text *out);

/* The key that does it there: that of the context named, of `at` and those it falls through to, or
 * any. NULL: it is in the menu. */
const struct key_row *scenario_key_row(const struct scenario_key *key, enum key_context at);

#endif
