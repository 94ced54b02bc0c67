/* What of a record somebody had on screen, as a text that scripts can keep and hand back. */
#ifndef DB_VERSION_H
#define DB_VERSION_H

#include "db/op.h"

/* Appends the version: "<replica>:<seq>" in order of replica, a comma between several. */
void version_format(struct text *out, const struct seen *seen);
/* STATUS_INVALID: not such a text. */
MUST_CHECK enum status version_parse(const char *text, size_t len, struct seen *ret_seen);

#endif
