/* Inside db/: what searches found out and the next ones may use again, as long as nobody changes
 * the file: rows that were read, what spans of words mean, words near to misspelt ones. Typing asks
 * for the same things key after key. Knows nothing of what is kept. */
#ifndef DB_SEARCH_MEMORY_H
#define DB_SEARCH_MEMORY_H

#include "db/search_index.h"

/* The sorts of things kept, each with keys of its own. */
enum memory_sort {
    MEMORY_ROW,     /* docid: struct row */
    MEMORY_OWNER,   /* id: struct owner */
    MEMORY_SOUND,   /* docid: struct sound_text [LANG_COUNT] */
    MEMORY_CALLED,  /* id of an organization: struct sound_text */
    MEMORY_MEANING, /* how a span stands, its key: struct meaning, cut */
    MEMORY_HEARD,   /* least score, key of a span: struct meaning, cut */
    MEMORY_NEAR,    /* words: struct near_list without an arena */
    MEMORY_NUMBER,  /* beginning of a number: struct numbers */
    MEMORY_BELOW,   /* code of an area: struct below */
    MEMORY_SORTS
};

/* What is kept under a key; NULL: nothing. Valid until the next sets_begin; of a sort of which one
 * search put thousands, until the next is put. */
void *memory_get(const struct search *s, enum memory_sort sort, const void *key, size_t len);
/* Keeps `size` zeroed bytes under a key that has nothing; what belongs to them goes into the arena.
 */
void *memory_put(struct search *s, enum memory_sort sort, const void *key, size_t len, size_t size,
                 struct arena **ret_arena);

/* Between two searches: drops what was not put lately, when much is there. */
void memory_trim(struct search *s);
void memory_forget(struct search *s);

#endif
