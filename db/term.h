/* The classification: groups (A..H) and kinds of service (A1..H5). */
#ifndef DB_TERM_H
#define DB_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "db/db.h"
#include "i18n/mem.h"

struct term {
    const char *code;
    const char *parent; /* "" for a group */
    const char *name_km;
    const char *name_en;
    unsigned tiers;              /* bit 0 = tier 1 promotive, 1 = 2 preventive, 2 = 3 response */
    bool attested_km;            /* false: the Khmer wording is ours and wants a native reviewer */
    const char *primero_generic; /* codes of the case systems, space separated, "" none */
    const char *primero_kh;
    const char *oscar;
    const char *outputs; /* plan outputs, space separated */
    int rank;            /* place of a kind among others in a list, 1 first; 0: a group */
};

struct term_list {
    struct term *rows;
    size_t count;
    struct arena arena;
};

void term_list_release(struct term_list *list);
/* All of them in order of code, groups before their kinds. */
MUST_CHECK enum status term_all(struct db *db, struct term_list *ret_terms);
/* A code ("a1") or an exact name in either language. */
MUST_CHECK enum status term_find(struct db *db, const char *typed, struct term_list *ret_terms);
/* Is key (key_make, KEY_STRICT) that of the name? */
bool term_has_key(const char *name, const struct text *key);
/* For the maker of the seed. */
MUST_CHECK enum status term_put(struct db *db, const struct term *term);

#endif
