/* Packing bytes as RFC 1950 says (zlib). deflate.c is the only file that knows zlib;
 * deflate_none.c stands in for it in a build without. */
#ifndef TUI_DEFLATE_H
#define TUI_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "i18n/mem.h"

/* Appends the packed bytes. False, and nothing appended, where this build cannot pack. */
bool deflate_add(struct text *out, const unsigned char *bytes, size_t len);

#endif
