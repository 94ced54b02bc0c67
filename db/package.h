/* The minimum package: which kinds of service an area of each level should have. A table
 * (data/package.tsv) built into the program; an office may put its own beside its directory. Knows
 * no services. */
#ifndef DB_PACKAGE_H
#define DB_PACKAGE_H

#include "db/db.h"
#include "db/guide.h"

#define PACKAGE_FILE "package.tsv"

enum { PACKAGE_LEVELS = 4, PACKAGE_LEAST_MOST = 99 }; /* levels as area_level: 0 the nation */

struct package_item {
    int level; /* as area_level */
    char kind[4];
    int least; /* services there should be, 1.. */
};

struct package {
    struct package_item *items; /* in order of the file */
    size_t count;
    bool own; /* an office's own file */
    struct arena arena;
};

/* The built-in package, or that of `directory` (NULL: none) where its file is there and right;
 * otherwise the built-in one stays in use and *ret_fault says why. STATUS_OK, or what reading the
 * classification from db gave. */
MUST_CHECK enum status package_load(struct db *db, const char *directory,
                                    struct package *ret_package, struct guide_fault *ret_fault);
void package_release(struct package *package);

/* The built-in table as it is written, *ret_len bytes; borrowed. */
const char *package_built_in(size_t *ret_len);

/* "nation", "province", "district", "commune". */
const char *package_level_name(int level);
/* How many services of a kind an area of the level should have; 0: it is not in its package. */
int package_least(const struct package *package, int level, const char *kind);

#endif
