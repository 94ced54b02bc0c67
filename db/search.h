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
    FILTER_AGE,     /* years */
    FILTER_SEX,     /* "female", "male": services open to them */
    FILTER_PHONE,   /* digits as typed: prefix of a number with or without its 0 */
    FILTER_ALL_DAY, /* value "": open 24 hours */
    FILTER_KIND_COUNT
};

enum filter_where { WHERE_ANY, WHERE_LOCATED, WHERE_COVERING };

struct filter {
    enum filter_kind kind;
    char value[32];
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
};

/* Why a hit is there, strongest first. */
enum reason {
    REASON_PHONE,       /* the telephone number */
    REASON_NAME_EXACT,  /* the name is what was typed */
    REASON_NAME_PREFIX, /* the name begins with it */
    REASON_NAME_WORD,   /* a word of the name begins with it */
    REASON_NAME,        /* it stands in the name */
    REASON_TYPE,        /* the kind of service */
    REASON_AREA,        /* the place */
    REASON_TEXT,        /* the description */
    REASON_LIST,        /* nothing was typed: it passes the filters */
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

struct result {
    struct hit *rows;
    size_t count;
    bool more;                            /* there are hits beyond limit; of words: looked at */
    struct filter filters[QUERY_FILTERS]; /* in force: those by hand, then the guessed ones */
    size_t filter_count;
    const char *text; /* what was left to match as text, "" nothing */
    bool widened;     /* guessed filters were dropped because nothing passed them */
    struct arena arena;
};

/* STATUS_OK with count 0 when nothing is found. Never longer than a few ms; may be called per key.
 */
MUST_CHECK enum status search_run(struct db *db, const struct query *query,
                                  struct result *ret_result);
void result_release(struct result *r);

/* Makes the whole index again (areas, terms or sorting changed). */
MUST_CHECK enum status search_rebuild(struct db *db);

#endif
