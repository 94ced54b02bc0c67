/* Inside db/: sets of documents as they lie in the file. A posting is the set of one chunk of
 * 65,536 documents: up to 4,095 numbers of 16 bits in order, least byte first, or a map of 65,536
 * bits (8,192 bytes; the length tells them apart). The two forms are those of Chambi, Lemire,
 * Kaser, Godin: Better bitmap performance with Roaring bitmaps (2016). Knows nothing of SQL, words
 * or services. */
#ifndef DB_POSTING_H
#define DB_POSTING_H

#include "db/set.h"

enum {
    POSTING_MAP = CHUNK_DOCS / 8,      /* bytes of a posting that is a map */
    POSTING_FEW = POSTING_MAP / 2 - 1, /* most documents of one that is a list */
};

/* Adds the documents of a posting. False: the bytes are none, or of a chunk the set does not have.
 */
bool posting_or(struct set *out, size_t chunk, const unsigned char *bytes, size_t len);

/* A document put in or taken out, by its number inside the chunk. */
struct posting_step {
    uint16_t doc;
    bool put;
};
/* The posting after steps in order of doc, each doc once; out is cleared first, and empty where no
 * document is left. ret_change: documents more or fewer. False: the bytes are none. */
bool posting_change(const unsigned char *bytes, size_t len, const struct posting_step *steps,
                    size_t count, struct text *out, int *ret_change);
/* A posting of documents in order. */
void posting_make(const uint16_t *docs, size_t count, struct text *out);
/* How many documents; 0 when the bytes are none. */
size_t posting_count(const unsigned char *bytes, size_t len);

#endif
