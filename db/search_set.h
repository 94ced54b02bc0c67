/* Inside db/: sets of documents by token, read from the file and kept between searches as long as
 * nobody changes it (search_set.c). */
#ifndef DB_SEARCH_SET_H
#define DB_SEARCH_SET_H

#include "db/search_index.h"

/* Before the sets of one search are asked for: forgets them where the directory was changed, and
 * the oldest where they are many. Sets handed out before are gone. */
MUST_CHECK enum status sets_begin(struct db *db);
/* A search has begun, so that sets can be asked for. */
bool sets_are_ready(struct db *db);
void sets_forget(struct search *s);
void sets_free(struct search *s);

/* Documents that have the token in one of the spaces ("n", "nt"): as it is, or in words beginning
 * with it. Valid until sets_begin. */
MUST_CHECK enum status sets_word(struct db *db, const char *spaces, const char *token, size_t len,
                                 const struct set **ret_set);
MUST_CHECK enum status sets_begun(struct db *db, const char *spaces, const char *token, size_t len,
                                  const struct set **ret_set);
/* A tag, "kA1". */
MUST_CHECK enum status sets_tag(struct db *db, const char *tag, const struct set **ret_set);
/* Adds documents that have the token in one space, which is not kept: for words by the dozen. */
MUST_CHECK enum status sets_add_word(struct db *db, char space, const char *token, size_t len,
                                     struct set *out);
/* Those of a space whose word (without the space) is wanted; for spaces with few words. */
MUST_CHECK enum status sets_where(struct db *db, char space,
                                  bool (*wanted)(void *context, const char *word), void *context,
                                  struct set *out);
/* A set made of others, kept under a name that begins with "=" until the next change: NULL, not
 * there yet; and put there. */
const struct set *sets_named(struct db *db, const char *name);
const struct set *sets_keep(struct db *db, const char *name, const struct set *set);
/* All documents, and an empty set. */
MUST_CHECK enum status sets_all(struct db *db, const struct set **ret_set);
const struct set *sets_none(struct db *db);

/* A set to work with, zeroed; it is the store's and goes back to it with sets_begin. */
struct set *sets_scratch(struct db *db);
/* Gives back those taken since. */
size_t sets_mark(struct db *db);
void sets_release(struct db *db, size_t mark);

#endif
