/* Search and lists of services: what was typed is understood (areas, kinds of service, telephone
 * numbers become filters), matched by the syllable index, ranked, and each hit says why it is
 * there. */
#ifndef DB_SEARCH_H
#define DB_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/area.h"
#include "db/db.h"
#include "db/uuid.h"
#include "i18n/lang.h"
#include "i18n/mem.h"

enum filter_kind {
    FILTER_AREA,    /* area code: services located in it, covering it or covering a part of it */
    FILTER_TYPE,    /* kind of service, "A1" */
    FILTER_GROUP,   /* group, "A" */
    FILTER_TIER,    /* "1".."3" */
    FILTER_STATUS,  /* name of the status, or "all"; without one: all but closed */
    FILTER_AGE,     /* years, "14", or "0-4": open to some of them */
    FILTER_SEX,     /* "female", "male": services open to them */
    FILTER_PHONE,   /* digits as typed: prefix of a number with or without its 0 */
    FILTER_ALL_DAY, /* value "": open 24 hours */
    FILTER_NEED,    /* what a child needs, "N3": services of its kinds, best kind first */
    FILTER_ORGANIZATION, /* id of an organization as text: its services */
    FILTER_SECTOR,       /* name of the sector of its organization, "government" */
    FILTER_LEVEL,        /* "commune", "district", "province", "nation": of an area it is for */
    FILTER_CONFIRMED,    /* "yes": somebody confirmed it and its number; "no": the others */
    FILTER_DISABILITY,   /* value "": accessible to, or made for, children with a disability */
    FILTER_OPEN_NOW,     /* value "": open at query.now, Cambodian time */
    FILTER_OUTPUT,       /* of the plan, "2.6", or a programme, "2": services of its kinds, and
                            those of a program made for it */
    FILTER_KIND_COUNT
};

enum filter_where { WHERE_ANY, WHERE_LOCATED, WHERE_COVERING };

enum { FILTER_VALUE = 40 }; /* bytes with the NUL */

struct filter {
    enum filter_kind kind;
    char value[FILTER_VALUE];
    enum filter_where where; /* of FILTER_AREA */
    bool guessed;            /* recognised in the typed words, not set by hand */
    size_t at, len;          /* bytes of the words it came from, when guessed */
};

enum { QUERY_FILTERS = 16 };

struct query {
    const char *words;                    /* as typed; "" lists everything */
    struct filter filters[QUERY_FILTERS]; /* set by hand (menus, options) */
    size_t filter_count;
    /* Words not to be understood as a filter of that kind and value (the person removed it):
     * matched as text instead. */
    struct filter refused[QUERY_FILTERS];
    size_t refused_count;
    size_t limit;   /* hits wanted; 0 = 50 */
    size_t offset;  /* hits to skip */
    enum lang lang; /* whose names decide the order of equals */
    bool want_facets;
    int64_t now; /* seconds since 1970 for FILTER_OPEN_NOW; 0: the clock of db */
    /* Asked now and then; true ends the search with STATUS_CANCELLED. NULL: nobody. */
    bool (*cancelled)(void *context);
    void *cancel_context;
};

/* Why a hit is there, strongest first. */
enum reason {
    REASON_PHONE,        /* the telephone number */
    REASON_NAME_EXACT,   /* the name is what was typed */
    REASON_NAME_PREFIX,  /* the name begins with it */
    REASON_NAME_WORD,    /* a word of the name begins with it */
    REASON_NAME,         /* it stands in the name */
    REASON_ORGANIZATION, /* the organization or its abbreviation */
    REASON_TYPE,         /* the kind of service */
    REASON_AREA,         /* the place */
    REASON_SOUND,        /* a name sounds like it, in the other script or another spelling */
    REASON_TEXT,         /* the description */
    REASON_LOOSE,        /* only when marks and shifters are left out of account */
    REASON_LIST,         /* nothing was typed: it passes the filters */
};

/* Where it is in regard to the area asked for, nearest first. */
enum nearness {
    NEAR_COMMUNE, /* located in, or made for, the commune or village asked for */
    NEAR_DISTRICT,
    NEAR_PROVINCE,
    NEAR_NATION,
    NEAR_NONE, /* no area was asked for */
};

struct hit {
    struct uuid id;
    const char *name_km; /* "" where missing */
    const char *name_en;
    const char *organization_km;
    const char *organization_en;
    const char
        *abbreviation_km; /* of the organization, "" none: long names are shortened with it */
    const char *abbreviation_en;
    const char *types;   /* codes, space separated */
    const char *located; /* area codes, space separated, "" none */
    const char *covers;  /* area codes, space separated; "KH" the country */
    const char *phones;  /* stored form, space separated, public ones; first is the one to call */
    int status;          /* VALUE_STATUS_... */
    int64_t verified;    /* days since 1970 of the last confirmation, or -1 */
    bool needs_contact;  /* no telephone number is known */
    bool unconfirmed;    /* its number or itself is not of high confidence and nobody verified it */
    enum reason reason;
    enum nearness nearness;
    bool covers_asked; /* covers the area asked for (else: lies in it, or covers a part) */
};

/* How many of the hits, all pages together, have one more property. */
struct facet {
    enum filter_kind kind; /* _AREA (the next level below), _TYPE, _GROUP, _TIER, _SECTOR, _LEVEL,
                              _CONFIRMED: as a filter for it */
    char value[FILTER_VALUE];
    int64_t count; /* never 0 */
};

/* What may be asked instead when nothing or little was found; it leads to count hits. */
struct suggestion {
    enum {
        SUGGEST_WORDS,      /* other words: words */
        SUGGEST_WIDER_AREA, /* filter in the place of the area asked for */
        SUGGEST_RELATED,    /* filter (a kind) in the place of the kind asked for */
        SUGGEST_WITHOUT,    /* everything but filter */
    } kind;
    const char *words;    /* the whole box with it */
    struct filter filter; /* what it changes. guessed: the words say it. Else it takes the place of
                             the filter set by hand of its sort (SUGGEST_WITHOUT: that one goes);
                             kind FILTER_KIND_COUNT: all filters set by hand go */
    int64_t count;
};

struct result {
    struct hit *rows;
    size_t count;
    int64_t total;        /* hits of all pages */
    bool total_exact;     /* else at least that many */
    bool more;            /* there are hits beyond limit */
    struct facet *facets; /* in order of kind; most frequent first */
    size_t facet_count;
    struct suggestion *suggestions; /* best first */
    size_t suggestion_count;
    struct filter filters[QUERY_FILTERS]; /* in force: those by hand, then the guessed ones */
    size_t filter_count;
    const char *text; /* what was left to match as text, "" nothing */
    bool widened;     /* guessed filters were dropped because nothing passed them */
    struct arena arena;
};

/* STATUS_OK with count 0 when nothing is found. Never longer than a few ms; may be called per key.
 * STATUS_CANCELLED. */
MUST_CHECK enum status search_run(struct db *db, const struct query *query,
                                  struct result *ret_result);
void result_release(struct result *r);

/* What people call a kind of service, a group, a need ... ("shelter", "rape") as the value of a
 * filter of that kind; its code and its names too. STATUS_NOT_FOUND. */
MUST_CHECK enum status search_value_of(struct db *db, enum filter_kind kind, const char *typed,
                                       char ret_value[FILTER_VALUE]);

/* Makes the whole index again (areas, terms or sorting changed). */
MUST_CHECK enum status search_rebuild(struct db *db);

#endif
