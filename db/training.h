/* What is particular to the training directory: making it fresh again. */
#ifndef DB_TRAINING_H
#define DB_TRAINING_H

#include "db/db.h"

/* The morning on which every lesson takes place: Wednesday 1 July 2026, 9 o'clock in Cambodia, in
 * milliseconds since 1970, UTC. The seed's dates are told to it. */
#define TRAINING_START_MS INT64_C(1782871200000)

/* The file at path becomes the seed's bytes again; what was written in it since, and what was
 * sealed beside it, is gone. Where another program has it open, the same records are written over
 * it in one transaction: that program goes on with them, and only SQLite's own counters in the
 * header differ from the seed. Must not be open here. Makes the file where there is none.
 * A damaged one is replaced. STATUS_NOT_TRAINING, _NOT_DB (it is something else and stays),
 * _DENIED, _FULL, _BUSY, _IO. */
MUST_CHECK enum status training_reset(const char *path, struct seed seed, struct text *detail);

#endif
