/* Record and replica ids (RFC 9562): version 7 for new ones, version 8 from a name (SHA-256) for
 * those that must be the same on every machine. */
#ifndef DB_UUID_H
#define DB_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "i18n/status.h"

enum { UUID_BYTES = 16, UUID_TEXT = 37 }; /* UUID_TEXT with its NUL */

struct uuid {
    uint8_t bytes[UUID_BYTES];
};

/* A new version 7 id at this time (milliseconds since 1970); random part from the kernel. */
MUST_CHECK enum status uuid_new(int64_t now_ms, struct uuid *ret_id);

/* The version 8 id of a name, the same everywhere: the first 16 bytes of SHA-256 over
 * "cpdir:" and the name. Names in use: "office/<office>/<area>/<part>", "body/<key>/<part>",
 * "line/<key>/<part>", "born/<hash>" (data/SOURCES.md). */
struct uuid uuid_from_name(const char *name);

/* Made by uuid_from_name. */
bool uuid_is_named(const struct uuid *id);
bool uuid_equal(const struct uuid *a, const struct uuid *b);
bool uuid_is_nil(const struct uuid *id);
void uuid_format(const struct uuid *id, char ret_text[UUID_TEXT]); /* lower case */
MUST_CHECK enum status uuid_parse(const char *text, struct uuid *ret_id);

enum { SHA256_BYTES = 32 };

struct sha256 {
    uint32_t h[8];
    uint64_t bytes;
    uint8_t block[64];
};

/* FIPS 180-4. */
void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t len);
void sha256_end(struct sha256 *s, uint8_t ret_hash[SHA256_BYTES]);

#endif
