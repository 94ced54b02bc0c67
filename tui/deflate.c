/* zlib with a small window: pictures of words are a few kilobytes, and setting up its usual tables
 * takes longer than packing them. Knows nothing of pictures. */
#include "tui/deflate.h"

#include <limits.h>
#include <zlib.h>

enum { LEVEL = 3, WINDOW_BITS = 13, MEMORY = 6 };

bool deflate_add(struct text *out, const unsigned char *bytes, size_t len)
{
    z_stream z = {0};
    if (len > UINT_MAX ||
        deflateInit2(&z, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t start = out->len, room = deflateBound(&z, (uLong)len);
    text_reserve(out, room);
    z.next_in = (Bytef *)(size_t)bytes; /* zlib takes a pointer to what it does not change */
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)out->bytes + start;
    z.avail_out = (uInt)room;
    bool done = deflate(&z, Z_FINISH) == Z_STREAM_END;
    if (done)
        out->len = start + z.total_out;
    out->bytes[out->len] = '\0';
    deflateEnd(&z);
    return done;
}
