/* The keys of the confidential part and the PINs that open them; see restricted.h. Knows nothing of
 * what is sealed. */
#include <string.h>

#include "db/restricted_state.h"
#include "i18n/khmer.h"
#include "i18n/number.h"
#include "i18n/utf8.h"

/* --- keys in the file
 * ------------------------------------------------------------------------------- */

/* A row of sealed_key. */
struct key_row {
    bool there;
    struct uuid replica;
    uint8_t salt[SEAL_SALT];
    struct seal_cost cost;
    struct text by_pin, by_above; /* empty: none */
};

static void release_row(struct key_row *row)
{
    text_release(&row->by_pin);
    text_release(&row->by_above);
}

static enum status read_row(struct db *file, int level, struct key_row *ret_row)
{
    sqlite3_stmt *s;
    bool row = false;
    struct key_row k = {.by_pin = TEXT_INIT, .by_above = TEXT_INIT};
    enum status status = db_query(file, QUERY_SEALED_KEY_GET, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":level", level);
    status = db_step(file, s, &row);
    if (status == STATUS_OK && row) {
        k.there = column_id(s, 0, &k.replica) && sqlite3_column_bytes(s, 1) == SEAL_SALT;
        if (k.there)
            memcpy(k.salt, sqlite3_column_blob(s, 1), SEAL_SALT);
        k.cost.passes = sqlite3_column_int64(s, 2);
        k.cost.memory = sqlite3_column_int64(s, 3);
        if (sqlite3_column_bytes(s, 4) > 0)
            text_add(&k.by_pin, sqlite3_column_blob(s, 4), (size_t)sqlite3_column_bytes(s, 4));
        if (sqlite3_column_bytes(s, 5) > 0)
            text_add(&k.by_above, sqlite3_column_blob(s, 5), (size_t)sqlite3_column_bytes(s, 5));
    }
    sqlite3_reset(s);
    if (status == STATUS_OK)
        *ret_row = k;
    else
        release_row(&k);
    return status;
}

static void bind_some(sqlite3_stmt *s, const char *name, const struct text *bytes)
{
    if (bytes->len > 0)
        bind_blob(s, name, bytes->bytes, bytes->len);
}

static enum status write_row(struct db *file, int level, const struct key_row *k)
{
    sqlite3_stmt *s;
    enum status status = db_query(file, QUERY_SEALED_KEY_PUT, &s);
    if (status != STATUS_OK)
        return status;
    bind_int(s, ":level", level);
    bind_id(s, ":replica", &k->replica);
    bind_blob(s, ":salt", k->salt, SEAL_SALT);
    bind_int(s, ":passes", k->cost.passes);
    bind_int(s, ":memory", k->cost.memory);
    bind_some(s, ":by_pin", &k->by_pin);
    bind_some(s, ":by_above", &k->by_above);
    return db_run(file, s);
}

struct rows {
    struct key_row level[LEVEL_COUNT];
};

static void release_rows(struct rows *rows)
{
    for (int level = 1; level < LEVEL_COUNT; level++)
        release_row(&rows->level[level]);
}

static enum status read_rows(struct db *file, struct rows *ret_rows)
{
    *ret_rows = (struct rows){0};
    for (int level = 1; level < LEVEL_COUNT; level++)
        ret_rows->level[level] = (struct key_row){.by_pin = TEXT_INIT, .by_above = TEXT_INIT};
    enum status status = STATUS_OK;
    for (int level = 1; level < LEVEL_COUNT && status == STATUS_OK; level++)
        status = read_row(file, level, &ret_rows->level[level]);
    if (status != STATUS_OK)
        release_rows(ret_rows);
    return status;
}

/* --- wrong PINs
 * ------------------------------------------------------------------------------------- */

/* ms still to wait after so many failures, the last at failed_at. A clock that was set back does
 * not shorten it. */
static int64_t wait_left(int64_t failures, int64_t failed_at, int64_t now)
{
    if (failures < PIN_FREE_TRIES)
        return 0;
    int64_t wait = PIN_WAIT_MS;
    for (int64_t i = PIN_FREE_TRIES; i < failures && wait < PIN_WAIT_MAX_MS; i++)
        wait *= 2;
    if (wait > PIN_WAIT_MAX_MS)
        wait = PIN_WAIT_MAX_MS;
    int64_t passed = now - failed_at;
    if (passed < 0)
        return wait;
    return passed < wait ? wait - passed : 0;
}

static enum status meta_or_zero(struct db *file, const char *key, int64_t *ret_value)
{
    *ret_value = 0;
    enum status status = db_meta_int(file, key, ret_value);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status restricted_wait(struct db *db, int64_t *ret_ms)
{
    struct db *file;
    int64_t failures, failed_at;
    enum status status = restricted_file(db, false, &file);
    if (status == STATUS_NOT_FOUND) {
        *ret_ms = 0;
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = meta_or_zero(file, "pin_failures", &failures);
    if (status == STATUS_OK)
        status = meta_or_zero(file, "pin_failed_at", &failed_at);
    if (status == STATUS_OK)
        *ret_ms = wait_left(failures, failed_at, db_now_ms(db));
    return status;
}

static enum status write_failures(struct db *file, int64_t failures, int64_t at)
{
    enum status status = db_meta_put_int(file, "pin_failures", failures);
    return status == STATUS_OK ? db_meta_put_int(file, "pin_failed_at", at) : status;
}

/* Counts a try as wrong before the PIN is looked at: a program that is killed, or many at once, win
 * nothing. */
static enum status count_try(struct db *db, struct db *file, int64_t *ret_wait)
{
    int64_t failures = 0, now = db_now_ms(db);
    if (file->read_only)
        return restricted_wait(db, ret_wait);
    enum status status = db_begin(file);
    if (status != STATUS_OK)
        return status;
    status = restricted_wait(db, ret_wait);
    if (status == STATUS_OK && !*ret_wait)
        status = meta_or_zero(file, "pin_failures", &failures);
    if (status == STATUS_OK && !*ret_wait)
        status = write_failures(file, failures + 1, now);
    if (status != STATUS_OK) {
        db_rollback(file);
        return status;
    }
    return db_commit(file);
}

static enum status forget_failures(struct db *file)
{
    if (file->read_only)
        return STATUS_OK;
    enum status status = db_begin(file);
    if (status != STATUS_OK)
        return status;
    status = write_failures(file, 0, 0);
    if (status != STATUS_OK) {
        db_rollback(file);
        return status;
    }
    return db_commit(file);
}

/* --- PINs
 * ------------------------------------------------------------------------------------------- */

/* What was typed, with ASCII digits and without what cannot be seen. */
static void plain_pin(struct text *out, const char *pin, size_t len)
{
    struct text digits = TEXT_INIT;
    number_ascii_digits(&digits, pin, len);
    for (size_t i = 0; i < digits.len;) {
        char32_t cp;
        size_t n = utf8_decode(digits.bytes + i, digits.len - i, &cp);
        if (cp != ZWSP && cp != ' ' && cp != '\r' && cp != '\n')
            text_add(out, digits.bytes + i, n);
        i += n;
    }
    seal_wipe_text(&digits);
}

/* Each character the same distance from the one before: 111111, 123456, 654321, abcdef. */
static enum pin_answer judge_pin(const struct text *pin)
{
    size_t count = 0;
    long last = 0, step = 0;
    bool even = true;
    for (size_t i = 0; i < pin->len; count++) {
        char32_t cp;
        i += utf8_decode(pin->bytes + i, pin->len - i, &cp);
        long by = (long)cp - last;
        if (count == 1 && (by < -1 || by > 1))
            even = false;
        if (count > 1 && by != step)
            even = false;
        step = by;
        last = (long)cp;
    }
    if (count < PIN_MIN_CHARACTERS)
        return PIN_SHORT;
    return even ? PIN_SIMPLE : PIN_RIGHT;
}

enum pin_answer restricted_judge_pin(const char *pin, size_t len)
{
    struct text plain = TEXT_INIT;
    plain_pin(&plain, pin, len);
    enum pin_answer answer = judge_pin(&plain);
    seal_wipe_text(&plain);
    return answer;
}

static bool same_lock(const struct key_row *a, const struct key_row *b)
{
    return a->there && b->there && !memcmp(a->salt, b->salt, SEAL_SALT) &&
           a->cost.passes == b->cost.passes && a->cost.memory == b->cost.memory;
}

/* The key of the highest level that the PIN opens; *ret_level is LEVEL_PUBLIC when there is none.
 */
static enum status try_pin(struct db *db, const struct rows *rows, const struct text *pin,
                           int *ret_level, struct seal_key **ret_key)
{
    struct seal_key *of_pin = NULL;
    const struct key_row *made_for = NULL;
    enum status status = STATUS_OK;
    *ret_level = LEVEL_PUBLIC;
    for (int level = LEVEL_COUNT - 1; level > 0 && *ret_level == LEVEL_PUBLIC; level--) {
        const struct key_row *k = &rows->level[level];
        if (!k->there || k->by_pin.len == 0)
            continue;
        if (!made_for || !same_lock(made_for, k)) {
            seal_key_free(of_pin);
            of_pin = seal_key_of_pin(pin->bytes, pin->len, k->salt, k->cost);
            made_for = k;
        }
        if (!of_pin) {
            status = db_refuse(db, STATUS_IO, "no memory to check the PIN");
            break;
        }
        *ret_key = seal_get_key(of_pin, k->by_pin.bytes, k->by_pin.len);
        if (*ret_key)
            *ret_level = level;
    }
    seal_key_free(of_pin);
    return status;
}

/* Takes the key of a level and those below it. */
static enum status take_keys(struct db *db, const struct rows *rows, int level,
                             struct seal_key *key)
{
    struct restricted *r = restricted_of(db);
    for (int at = level; at > 0; at--) {
        const struct key_row *k = &rows->level[at];
        if (at < level)
            key = seal_get_key(key, k->by_above.bytes, k->by_above.len);
        if (!key)
            return db_refuse(db, STATUS_CORRUPT, "a key of the confidential part is damaged");
        r->chains[at].key = key;
        r->chains[at].replica = k->replica;
    }
    r->level = level;
    seal_forbid_dumps();
    return STATUS_OK;
}

static enum status open_keys(struct db *db, struct db *file, const struct rows *rows,
                             const struct text *pin, enum pin_answer *ret_answer)
{
    int level;
    int64_t wait;
    struct seal_key *key = NULL;
    enum status status = count_try(db, file, &wait);
    if (status == STATUS_OK && wait > 0) {
        *ret_answer = PIN_WAIT;
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = try_pin(db, rows, pin, &level, &key);
    if (status != STATUS_OK)
        return status;
    *ret_answer = level == LEVEL_PUBLIC ? PIN_WRONG : PIN_RIGHT;
    if (level == LEVEL_PUBLIC)
        return STATUS_OK;
    restricted_lock(db);
    status = forget_failures(file);
    if (status != STATUS_OK) {
        seal_key_free(key);
        return status;
    }
    status = take_keys(db, rows, level, key);
    if (status == STATUS_OK)
        status = restricted_load(db);
    if (status != STATUS_OK)
        restricted_lock(db);
    return status;
}

enum status restricted_unlock(struct db *db, const char *pin, size_t len,
                              enum pin_answer *ret_answer)
{
    struct db *file;
    struct rows rows;
    enum status status = restricted_file(db, false, &file);
    if (status == STATUS_OK)
        status = read_rows(file, &rows);
    if (status == STATUS_NOT_FOUND) {
        *ret_answer = PIN_NONE;
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    struct text plain = TEXT_INIT;
    plain_pin(&plain, pin, len);
    bool any = rows.level[LEVEL_OFFICIALS].by_pin.len || rows.level[LEVEL_FOCAL_PERSON].by_pin.len;
    *ret_answer = PIN_NONE;
    if (any)
        status = open_keys(db, file, &rows, &plain, ret_answer);
    seal_wipe_text(&plain);
    release_rows(&rows);
    return status;
}

enum status restricted_has_pin(struct db *db, int level, bool *ret_has)
{
    struct db *file;
    struct key_row row;
    enum status status = restricted_file(db, false, &file);
    *ret_has = false;
    if (status == STATUS_OK)
        status = read_row(file, level, &row);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    *ret_has = row.there && row.by_pin.len > 0;
    release_row(&row);
    return STATUS_OK;
}

/* --- setting one
 * ------------------------------------------------------------------------------------ */

/* A new key for a level that has none yet, in memory and in its row. */
static enum status make_level(struct db *db, struct key_row *k, int level)
{
    struct sealed_chain *chain = &restricted_of(db)->chains[level];
    enum status status = uuid_new(db_now_ms(db), &k->replica);
    if (status != STATUS_OK)
        return status;
    seal_key_free(chain->key);
    chain->key = seal_key_new();
    chain->replica = k->replica;
    k->there = true;
    return chain->key ? STATUS_OK : db_refuse(db, STATUS_IO, "no memory for a key");
}

static enum status make_missing(struct db *db, struct rows *rows, int level)
{
    enum status status = STATUS_OK;
    for (int at = 1; at <= level && status == STATUS_OK; at++)
        if (!rows->level[at].there)
            status = make_level(db, &rows->level[at], at);
    return status;
}

/* Seals the level's key under the new PIN, and the keys below under that above. */
static enum status seal_level(struct db *db, struct rows *rows, int level, const struct text *pin)
{
    struct restricted *r = restricted_of(db);
    struct key_row *k = &rows->level[level], *other = &rows->level[LEVEL_COUNT - level];
    if (other->by_pin.len > 0) { /* one salt, so that one PIN is tried on both at one cost */
        memcpy(k->salt, other->salt, SEAL_SALT);
        k->cost = other->cost;
    } else {
        seal_salt(k->salt);
        k->cost = seal_cost_now();
    }
    struct seal_key *of_pin = seal_key_of_pin(pin->bytes, pin->len, k->salt, k->cost);
    if (!of_pin)
        return db_refuse(db, STATUS_IO, "no memory to keep the PIN");
    text_clear(&k->by_pin);
    seal_put_key(&k->by_pin, of_pin, r->chains[level].key);
    seal_key_free(of_pin);
    if (level == LEVEL_FOCAL_PERSON) {
        struct key_row *below = &rows->level[level - 1];
        text_clear(&below->by_above);
        seal_put_key(&below->by_above, r->chains[level].key, r->chains[level - 1].key);
    }
    return STATUS_OK;
}

static enum status write_rows(struct db *file, const struct rows *rows)
{
    enum status status = db_begin(file);
    if (status != STATUS_OK)
        return status;
    for (int level = 1; level < LEVEL_COUNT && status == STATUS_OK; level++)
        if (rows->level[level].there)
            status = write_row(file, level, &rows->level[level]);
    if (status != STATUS_OK) {
        db_rollback(file);
        return status;
    }
    return db_commit(file);
}

/* May whoever sits here set this level's PIN? */
static bool is_allowed(const struct restricted *r, const struct rows *rows, int level)
{
    bool first = !rows->level[LEVEL_OFFICIALS].there && !rows->level[LEVEL_FOCAL_PERSON].there;
    if (first)
        return true;
    if (rows->level[level].there)
        return r->level >= level;
    return r->level >= level - 1;
}

static enum status set_pin(struct db *db, struct db *file, struct rows *rows, int level,
                           const struct text *pin, enum pin_answer *ret_answer)
{
    struct restricted *r = restricted_of(db);
    int opened;
    struct seal_key *key = NULL;
    if (!is_allowed(r, rows, level)) {
        *ret_answer = PIN_NOT_YOURS;
        return STATUS_OK;
    }
    enum status status = try_pin(db, rows, pin, &opened, &key);
    seal_key_free(key);
    if (status == STATUS_OK && opened != LEVEL_PUBLIC && opened != level) {
        *ret_answer = PIN_TAKEN;
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = make_missing(db, rows, level);
    if (status == STATUS_OK)
        status = seal_level(db, rows, level, pin);
    if (status == STATUS_OK)
        status = write_rows(file, rows);
    if (status == STATUS_OK && r->level < level)
        r->level = level;
    if (status == STATUS_OK)
        status = restricted_load(db);
    if (status != STATUS_OK)
        restricted_lock(db);
    else
        seal_forbid_dumps();
    *ret_answer = PIN_RIGHT;
    return status;
}

enum status restricted_set_pin(struct db *db, int level, const char *pin, size_t len,
                               enum pin_answer *ret_answer)
{
    struct db *file;
    struct rows rows;
    struct text plain = TEXT_INIT;
    plain_pin(&plain, pin, len);
    *ret_answer = judge_pin(&plain);
    enum status status = STATUS_OK;
    if (*ret_answer == PIN_RIGHT && db->read_only)
        status = db_refuse(db, STATUS_READONLY, "the directory was opened for reading only");
    if (*ret_answer == PIN_RIGHT && status == STATUS_OK)
        status = restricted_file(db, true, &file);
    if (*ret_answer == PIN_RIGHT && status == STATUS_OK) {
        status = read_rows(file, &rows);
        if (status == STATUS_OK) {
            status = set_pin(db, file, &rows, level, &plain, ret_answer);
            release_rows(&rows);
        }
    }
    seal_wipe_text(&plain);
    return status;
}
