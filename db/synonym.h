/* Inside db/: what people say for the things a directory is searched by ("safe house", "drop-out",
 * "24/7"): words of a table (data/synonym.tsv) and the names of the classification and the needs.
 */
#ifndef DB_SYNONYM_H
#define DB_SYNONYM_H

#include <stddef.h>

#include "db/db.h"
#include "db/search.h"
#include "i18n/mem.h"

/* Words that are no filter: those that only join others, and "near". */
enum { SYNONYM_FILLER = FILTER_KIND_COUNT, SYNONYM_NEAR, SYNONYM_KINDS };

struct synonym {
    const char *key;
    int kind; /* enum filter_kind, or one of those above */
    const char *value;
    const char *words; /* as people write it */
};

struct synonym_list {
    struct synonym *rows; /* in order of key */
    size_t count;
    struct arena arena;
};

/* "type", "need", "filler" ...: how the table names a kind; -1 unknown. */
int synonym_kind(const char *name);

/* Appends the key under which a synonym is known: of a search key (key_make, KEY_STRICT) without
 * spaces and marks, English words in their form (english.h). So "Safe-houses" is "safehouse". */
void synonym_key(struct text *out, const char *key, size_t len);

/* Appends a name as it stands among other words: its capital is small, unless it is an
 * abbreviation.
 */
void synonym_plain(struct text *out, const char *name, size_t len);

/* All of the table, of the terms and of the needs. */
MUST_CHECK enum status synonym_load(struct db *db, struct synonym_list *ret_list);
void synonym_list_release(struct synonym_list *list);
/* The one of exactly this key; NULL. */
const struct synonym *synonym_find(const struct synonym_list *list, const char *key);

/* For the maker of the seed; the key is made from the words. STATUS_CONFLICT: it is there. */
MUST_CHECK enum status synonym_put(struct db *db, const char *words, const char *kind,
                                   const char *value);

#endif
