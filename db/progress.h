/* How long work tells how far it is, and is stopped. */
#ifndef DB_PROGRESS_H
#define DB_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/* tell is called now and then with how much is done of 1,000, at least every few tenths of a
 * second; false from it ends the work with STATUS_CANCELLED and nothing changed. */
struct progress {
    bool (*tell)(void *context, int done);
    void *context;
};

/* NULL, or one without a function, goes on for ever. */
static inline bool progress_tell(const struct progress *p, int done)
{
    return !p || !p->tell || p->tell(p->context, done);
}

#endif
