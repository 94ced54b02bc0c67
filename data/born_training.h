/* The entries of the training directory and what happened to them before the lessons, from its own
 * tables. For the maker of the seed only. */
#ifndef DATA_BORN_TRAINING_H
#define DATA_BORN_TRAINING_H

#include "data/born_maker.h"

/* The source that every entry of training names. */
extern const char born_training_source[];

/* When the first of its changes were made, in milliseconds since 1970. */
int64_t born_training_ms(void);

/* The invented services, the telephones of the offices, then day by day what came later. The
 * offices, bodies and lines are there already. Leaves the clock of the maker at the last day. */
void born_training_write(struct maker *maker);

/* born.c's: the id of a body of body.tsv. */
struct uuid born_body_id(const struct maker *maker, const char *key);

#endif
