/* Sealing bytes so that only who has the key reads them, and making a key of a PIN. The only module
 * that knows libsodium; knows nothing of records and files. */
#ifndef DB_SEAL_H
#define DB_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "i18n/mem.h"
#include "i18n/status.h"

enum { SEAL_KEY = 32, SEAL_SALT = 16 }; /* bytes */

/* A key in memory that is locked against swapping and left out of core dumps where the system can.
 * NULL: the system refused or has no source of randomness. seal_key_free wipes it and takes NULL.
 */
struct seal_key;
struct seal_key *seal_key_new(void); /* a random one */
void seal_key_free(struct seal_key *key);

/* What making a key of a PIN costs (argon2id, RFC 9106): passes over so many bytes of memory. Kept
 * beside the salt, so that later versions may ask for more. */
struct seal_cost {
    int64_t passes;
    int64_t memory;
};

/* 3 passes over 64 MiB: above libsodium's interactive cost, about 0.1 s on a machine of 2020. */
struct seal_cost seal_cost_now(void);
void seal_salt(uint8_t ret_salt[SEAL_SALT]);
/* NULL: not enough memory, or a cost outside of what is sane (a file made to stop the program). */
struct seal_key *seal_key_of_pin(const char *pin, size_t len, const uint8_t salt[SEAL_SALT],
                                 struct seal_cost cost);

/* Appends nonce and XChaCha20-Poly1305 of the bytes; `beside` is not stored but must be the same
 * when it is opened. */
void seal_put(struct text *out, const struct seal_key *key, const void *beside, size_t beside_len,
              const void *bytes, size_t len);
/* STATUS_DENIED: another key, another beside, or changed bytes. Whoever takes the text wipes it. */
MUST_CHECK enum status seal_get(struct text *out, const struct seal_key *key, const void *beside,
                                size_t beside_len, const void *sealed, size_t len);
/* A key inside another's seal. */
void seal_put_key(struct text *out, const struct seal_key *under, const struct seal_key *key);
/* NULL: does not open. */
struct seal_key *seal_get_key(const struct seal_key *under, const void *sealed, size_t len);

/* Overwrites what was secret, in a way no compiler leaves out. */
void seal_wipe(void *bytes, size_t len);
void seal_wipe_text(struct text *t); /* and releases it */

/* While secrets are in memory no core dump is written (nor under sanitizers: they need to be
 * traced, so there only the size is held at 0). */
void seal_forbid_dumps(void);
void seal_allow_dumps(void);

#endif
