/* Stands in for deflate.c in a build without zlib (make PIXELS=0). */
#include "tui/deflate.h"

bool deflate_add(struct text *out, const unsigned char *bytes, size_t len)
{
    (void)out, (void)bytes, (void)len;
    return false;
}
