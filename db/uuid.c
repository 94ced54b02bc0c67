/* Ids; see uuid.h. */
#include "db/uuid.h"

#include <string.h>
#include <sys/random.h>

static void set_version(struct uuid *id, unsigned version)
{
    id->bytes[6] = (uint8_t)((id->bytes[6] & 0x0f) | version << 4);
    id->bytes[8] = (uint8_t)((id->bytes[8] & 0x3f) | 0x80);
}

enum status uuid_new(int64_t now_ms, struct uuid *ret_id)
{
    struct uuid id;
    if (getrandom(id.bytes, sizeof id.bytes, 0) != (ssize_t)sizeof id.bytes)
        return STATUS_IO;
    for (size_t i = 0; i < 6; i++)
        id.bytes[i] = (uint8_t)((uint64_t)now_ms >> (40 - 8 * i));
    set_version(&id, 7);
    *ret_id = id;
    return STATUS_OK;
}

struct uuid uuid_from_name(const char *name)
{
    struct sha256 s;
    uint8_t hash[SHA256_BYTES];
    sha256_init(&s);
    sha256_add(&s, "cpdir:", 6);
    sha256_add(&s, name, strlen(name));
    sha256_end(&s, hash);
    struct uuid id;
    memcpy(id.bytes, hash, sizeof id.bytes);
    set_version(&id, 8);
    return id;
}

bool uuid_is_named(const struct uuid *id)
{
    return id->bytes[6] >> 4 == 8;
}

bool uuid_equal(const struct uuid *a, const struct uuid *b)
{
    return !memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

bool uuid_is_nil(const struct uuid *id)
{
    return uuid_equal(id, &(struct uuid){{0}});
}

static bool dash_before(size_t byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

void uuid_format(const struct uuid *id, char ret_text[UUID_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    char *p = ret_text;
    for (size_t i = 0; i < UUID_BYTES; i++) {
        if (dash_before(i))
            *p++ = '-';
        *p++ = digits[id->bytes[i] >> 4];
        *p++ = digits[id->bytes[i] & 15];
    }
    *p = '\0';
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

enum status uuid_parse(const char *text, struct uuid *ret_id)
{
    struct uuid id;
    for (size_t i = 0; i < UUID_BYTES; i++) {
        if (dash_before(i) && *text++ != '-')
            return STATUS_INVALID;
        int high = hex_digit(text[0]);
        int low = high < 0 ? -1 : hex_digit(text[1]);
        if (low < 0)
            return STATUS_INVALID;
        id.bytes[i] = (uint8_t)(high << 4 | low);
        text += 2;
    }
    if (*text)
        return STATUS_INVALID;
    *ret_id = id;
    return STATUS_OK;
}
