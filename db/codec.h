/* How an op's fields, what its author had seen, and the op itself are written as bytes: one form
 * only, because the chain hashes them. Inside db/.
 *
 * fields: for each field in ascending number: varint number, type byte (enum value_type), then
 *         INT varint of the zigzag value, REAL 8 bytes IEEE big endian, TEXT varint length and
 * bytes, ID 16 bytes, NULL nothing. seen:   for each replica in ascending id: 16 bytes id, varint
 * seq. varint: 7 bits a byte, low ones first, high bit = more; the shortest form only. */
#ifndef DB_CODEC_H
#define DB_CODEC_H

#include "db/op.h"

/* fields in any order; appends to out. */
void codec_put_fields(struct text *out, const struct field_value *fields, size_t count);
/* Values point into bytes, texts are not NUL-terminated; *ret_fields is in the arena.
 * STATUS_CORRUPT on anything but the one form. */
MUST_CHECK enum status codec_get_fields(const void *bytes, size_t len, struct arena *arena,
                                        struct field_value **ret_fields, size_t *ret_count);
void codec_put_seen(struct text *out, const struct seen *seen);
MUST_CHECK enum status codec_get_seen(const void *bytes, size_t len, struct seen *ret_seen);

/* The columns of an op that the chain covers. */
struct op_bytes {
    struct uuid replica;
    int64_t seq;
    uint8_t prev_hash[SHA256_BYTES];
    int64_t hlc;
    int64_t kind;
    struct uuid record;
    int64_t record_kind;
    const char *area, *actor, *reason;
    const void *seen, *fields;
    size_t seen_len, fields_len;
    int64_t schema;
};

void codec_hash(const struct op_bytes *op, uint8_t ret_hash[SHA256_BYTES]);

#endif
