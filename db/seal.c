/* libsodium behind seal.h. */
#include "db/seal.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

struct seal_key {
    uint8_t bytes[SEAL_KEY];
};

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    MEBIBYTE = 1024 * 1024,
    COST_PASSES = 3,
    COST_MIB = 64,
    COST_MOST_PASSES = 20,
    COST_MOST_MIB = 1024,
};

static struct seal_key *new_key(void)
{
    return sodium_init() < 0 ? NULL : sodium_malloc(sizeof(struct seal_key));
}

struct seal_key *seal_key_new(void)
{
    struct seal_key *key = new_key();
    if (key)
        randombytes_buf(key->bytes, sizeof key->bytes);
    return key;
}

void seal_key_free(struct seal_key *key)
{
    sodium_free(key); /* wipes */
}

struct seal_cost seal_cost_now(void)
{
    return (struct seal_cost){COST_PASSES, (int64_t)COST_MIB * MEBIBYTE};
}

void seal_salt(uint8_t ret_salt[SEAL_SALT])
{
    randombytes_buf(ret_salt, SEAL_SALT);
}

struct seal_key *seal_key_of_pin(const char *pin, size_t len, const uint8_t salt[SEAL_SALT],
                                 struct seal_cost cost)
{
    if (cost.passes < 1 || cost.passes > COST_MOST_PASSES ||
        cost.memory < (int64_t)crypto_pwhash_MEMLIMIT_MIN ||
        cost.memory > (int64_t)COST_MOST_MIB * MEBIBYTE)
        return NULL;
    struct seal_key *key = new_key();
    if (key && crypto_pwhash(key->bytes, sizeof key->bytes, pin, len, salt,
                             (unsigned long long)cost.passes, (size_t)cost.memory,
                             crypto_pwhash_ALG_ARGON2ID13)) {
        seal_key_free(key);
        key = NULL;
    }
    return key;
}

void seal_put(struct text *out, const struct seal_key *key, const void *beside, size_t beside_len,
              const void *bytes, size_t len)
{
    text_reserve(out, NONCE + len + TAG);
    unsigned char *nonce = (unsigned char *)out->bytes + out->len;
    unsigned long long made = 0;
    randombytes_buf(nonce, NONCE);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE, &made, bytes, len, beside,
                                                     beside_len, NULL, nonce, key->bytes);
    out->len += NONCE + (size_t)made;
    out->bytes[out->len] = '\0';
}

enum status seal_get(struct text *out, const struct seal_key *key, const void *beside,
                     size_t beside_len, const void *sealed, size_t len)
{
    const unsigned char *nonce = sealed;
    unsigned long long made = 0;
    if (len < NONCE + TAG)
        return STATUS_DENIED;
    text_reserve(out, len);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)out->bytes + out->len, &made,
                                                   NULL, nonce + NONCE, len - NONCE, beside,
                                                   beside_len, nonce, key->bytes))
        return STATUS_DENIED;
    out->len += (size_t)made;
    out->bytes[out->len] = '\0';
    return STATUS_OK;
}

void seal_put_key(struct text *out, const struct seal_key *under, const struct seal_key *key)
{
    seal_put(out, under, NULL, 0, key->bytes, sizeof key->bytes);
}

struct seal_key *seal_get_key(const struct seal_key *under, const void *sealed, size_t len)
{
    struct text opened = TEXT_INIT;
    struct seal_key *key = NULL;
    if (seal_get(&opened, under, NULL, 0, sealed, len) == STATUS_OK && opened.len == SEAL_KEY)
        key = new_key();
    if (key)
        memcpy(key->bytes, opened.bytes, sizeof key->bytes);
    seal_wipe_text(&opened);
    return key;
}

void seal_wipe(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}

void seal_wipe_text(struct text *t)
{
    if (t->room > 0)
        sodium_memzero(t->bytes, t->room);
    text_release(t);
}

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#endif

static void set_dumpable(int on)
{
#ifndef SANITIZED
    (void)prctl(PR_SET_DUMPABLE, on, 0, 0, 0);
#else
    (void)on;
#endif
}

/* The soft limit alone is moved: the hard one stays for seal_allow_dumps. */
static void limit_core(bool none)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit))
        return;
    limit.rlim_cur = none ? 0 : limit.rlim_max;
    (void)setrlimit(RLIMIT_CORE, &limit);
}

void seal_forbid_dumps(void)
{
    set_dumpable(0);
    limit_core(true);
}

void seal_allow_dumps(void)
{
    set_dumpable(1);
}
