/* Bytes of the log; see codec.h. Reads what others may have written: every length is checked. */
#include "db/codec.h"

#include <stdlib.h>
#include <string.h>

static void put_varint(struct text *out, uint64_t v)
{
    while (v >= 0x80) {
        text_addc(out, (char)(v | 0x80));
        v >>= 7;
    }
    text_addc(out, (char)v);
}

static uint64_t zigzag(int64_t v)
{
    return (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0);
}

static int64_t unzigzag(uint64_t v)
{
    return (int64_t)(v >> 1 ^ (v & 1 ? UINT64_MAX : 0));
}

static int by_number(const void *a, const void *b)
{
    const struct field_value *x = *(const struct field_value *const *)a;
    const struct field_value *y = *(const struct field_value *const *)b;
    return (x->field > y->field) - (x->field < y->field);
}

static void put_value(struct text *out, const struct value *v)
{
    text_addc(out, (char)v->type);
    uint64_t bits;
    switch (v->type) {
    case VALUE_NULL:
        break;
    case VALUE_INT:
        put_varint(out, zigzag(v->integer));
        break;
    case VALUE_REAL:
        memcpy(&bits, &v->real, sizeof bits);
        for (int shift = 56; shift >= 0; shift -= 8)
            text_addc(out, (char)(bits >> shift));
        break;
    case VALUE_TEXT:
        put_varint(out, v->text.len);
        text_add(out, v->text.bytes, v->text.len);
        break;
    case VALUE_ID:
        text_add(out, (const char *)v->id.bytes, UUID_BYTES);
        break;
    }
}

void codec_put_fields(struct text *out, const struct field_value *fields, size_t count)
{
    const struct field_value **order = mem_alloc(count * sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = &fields[i];
    qsort(order, count, sizeof *order, by_number);
    for (size_t i = 0; i < count; i++) {
        put_varint(out, (uint64_t)order[i]->field);
        put_value(out, &order[i]->value);
    }
    free(order);
}

struct reader {
    const uint8_t *at, *end;
};

static bool get_varint(struct reader *r, uint64_t *ret_value)
{
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 64 && r->at < r->end; shift += 7) {
        uint8_t byte = *r->at++;
        if ((shift == 63 && byte > 1) || (shift && !byte))
            return false; /* too large, or not the shortest form */
        v |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            *ret_value = v;
            return true;
        }
    }
    return false;
}

static bool get_bytes(struct reader *r, size_t len, const uint8_t **ret_bytes)
{
    if ((size_t)(r->end - r->at) < len)
        return false;
    *ret_bytes = r->at;
    r->at += len;
    return true;
}

static bool get_value(struct reader *r, struct value *ret_value)
{
    const uint8_t *bytes;
    uint64_t n;
    if (!get_bytes(r, 1, &bytes))
        return false;
    *ret_value = (struct value){.type = (enum value_type) * bytes};
    switch (*bytes) {
    case VALUE_NULL:
        return true;
    case VALUE_INT:
        if (!get_varint(r, &n))
            return false;
        ret_value->integer = unzigzag(n);
        return true;
    case VALUE_REAL:
        if (!get_bytes(r, 8, &bytes))
            return false;
        n = 0;
        for (size_t i = 0; i < 8; i++)
            n = n << 8 | bytes[i];
        memcpy(&ret_value->real, &n, sizeof n);
        return true;
    case VALUE_TEXT:
        if (!get_varint(r, &n) || n > SIZE_MAX || !get_bytes(r, (size_t)n, &bytes))
            return false;
        ret_value->text.bytes = (const char *)bytes;
        ret_value->text.len = (size_t)n;
        return true;
    case VALUE_ID:
        if (!get_bytes(r, UUID_BYTES, &bytes))
            return false;
        memcpy(ret_value->id.bytes, bytes, UUID_BYTES);
        return true;
    default:
        return false;
    }
}

enum status codec_get_fields(const void *bytes, size_t len, struct arena *arena,
                             struct field_value **ret_fields, size_t *ret_count)
{
    struct reader r = {bytes, (const uint8_t *)bytes + len};
    struct field_value *rows = NULL;
    size_t count = 0, room = 0;
    uint64_t last = 0, number;
    while (r.at < r.end) {
        rows = arena_grow(arena, rows, count, &room, sizeof *rows);
        if (!get_varint(&r, &number) || number <= last || number > INT32_MAX ||
            !get_value(&r, &rows[count].value))
            return STATUS_CORRUPT;
        rows[count++].field = (int)number;
        last = number;
    }
    *ret_fields = rows;
    *ret_count = count;
    return STATUS_OK;
}

static int by_replica(const void *a, const void *b)
{
    return memcmp(a, b, UUID_BYTES);
}

void codec_put_seen(struct text *out, const struct seen *seen)
{
    struct seen sorted = *seen;
    qsort(sorted.rows, sorted.count, sizeof *sorted.rows, by_replica);
    for (size_t i = 0; i < sorted.count; i++) {
        text_add(out, (const char *)sorted.rows[i].replica.bytes, UUID_BYTES);
        put_varint(out, (uint64_t)sorted.rows[i].seq);
    }
}

enum status codec_get_seen(const void *bytes, size_t len, struct seen *ret_seen)
{
    struct reader r = {bytes, (const uint8_t *)bytes + len};
    struct seen seen = {0};
    while (r.at < r.end) {
        const uint8_t *id;
        uint64_t seq;
        if (seen.count == SEEN_MAX || !get_bytes(&r, UUID_BYTES, &id) || !get_varint(&r, &seq) ||
            seq == 0 || seq > INT64_MAX)
            return STATUS_CORRUPT;
        if (seen.count && memcmp(seen.rows[seen.count - 1].replica.bytes, id, UUID_BYTES) >= 0)
            return STATUS_CORRUPT;
        memcpy(seen.rows[seen.count].replica.bytes, id, UUID_BYTES);
        seen.rows[seen.count++].seq = (int64_t)seq;
    }
    *ret_seen = seen;
    return STATUS_OK;
}

static void hash_number(struct sha256 *s, int64_t v)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((uint64_t)v >> (56 - 8 * i));
    sha256_add(s, bytes, sizeof bytes);
}

static void hash_bytes(struct sha256 *s, const void *bytes, size_t len)
{
    hash_number(s, (int64_t)len);
    sha256_add(s, bytes, len);
}

void codec_hash(const struct op_bytes *op, uint8_t ret_hash[SHA256_BYTES])
{
    struct sha256 s;
    sha256_init(&s);
    sha256_add(&s, op->replica.bytes, UUID_BYTES);
    hash_number(&s, op->seq);
    sha256_add(&s, op->prev_hash, SHA256_BYTES);
    hash_number(&s, op->hlc);
    hash_number(&s, op->kind);
    sha256_add(&s, op->record.bytes, UUID_BYTES);
    hash_number(&s, op->record_kind);
    hash_bytes(&s, op->area, strlen(op->area));
    hash_bytes(&s, op->seen, op->seen_len);
    hash_bytes(&s, op->fields, op->fields_len);
    hash_bytes(&s, op->actor, strlen(op->actor));
    hash_bytes(&s, op->reason, strlen(op->reason));
    hash_number(&s, op->schema);
    sha256_end(&s, ret_hash);
}
