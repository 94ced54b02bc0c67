/* Inside db/: the row that the index has of each service, and the names of its organization. Read
 * from the file once while a person types (search_memory.h): the same services stand on top key
 * after key. Knows nothing of what was typed. */
#ifndef DB_SEARCH_ROW_H
#define DB_SEARCH_ROW_H

#include "db/search_index.h"
#include "db/search_sound.h"

/* A name of a service as a search key: its own, or the lower case of what is shown. */
struct row_key {
    const char *bytes;
    size_t len;
    bool fold; /* it is what is shown: capitals count as small letters */
};

struct row {
    int64_t docid;
    struct uuid service, organization;
    bool has_organization;
    const char *name[LANG_COUNT]; /* "" missing */
    struct row_key key[LANG_COUNT];
    const unsigned char *starts; /* of words in key[LANG_KM], as distances */
    size_t start_count;
    const char *types, *located, *covers, *phones; /* codes and numbers, space separated */
    int64_t verified;
    uint64_t kinds;
    int64_t facets;
    int64_t order[LANG_COUNT];
};

/* The row of a document; NULL: there is none. Valid until the next row_get. */
MUST_CHECK enum status row_get(struct db *db, int64_t docid, const struct row **ret_row);
/* How its names sound, [LANG_COUNT]. Valid until the next row_sounds. */
const struct sound_text *row_sounds(struct db *db, const struct row *row);

struct owner {
    const char *name[LANG_COUNT]; /* "" missing, as is an organization that is not there */
    const char *abbreviation[LANG_COUNT];
    const char *keys; /* search keys of them all, a line each */
};

/* The organization of that id. Valid until the next owner_get. */
MUST_CHECK enum status owner_get(struct db *db, const struct uuid *id,
                                 const struct owner **ret_owner);
/* How all its names sound together. Valid until the next owner_sound. */
const struct sound_text *owner_sound(struct db *db, const struct uuid *id,
                                     const struct owner *owner);

#endif
