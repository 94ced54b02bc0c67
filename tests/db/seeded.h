/* What tests on the born directory share: a file of their own made from the linked seed, and
 * answers asked of its tables in plain SQL, apart from the code that is tested. */
#ifndef TESTS_DB_SEEDED_H
#define TESTS_DB_SEEDED_H

#include "fixture.h"

#include "i18n/khmer.h"
#include "i18n/utf8.h"

extern const unsigned char seed_start[], seed_end[];

static inline struct db *seeded_open(const char *path)
{
    struct seed seed = {seed_start, (size_t)(seed_end - seed_start)};
    struct db *db = NULL;
    fixture_remove(path);
    assert_int_equal(db_create(path, seed, NULL), STATUS_OK);
    assert_int_equal(db_open(path, DB_READ_WRITE, &db, NULL), STATUS_OK);
    db_set_clock(db, fixture_now, &fixture_ms);
    return db;
}

/* --- SQL ------------------------------------------------------------------------------------- */

static inline sqlite3_stmt *sql_prepare(struct db *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db->sqlite, sql, -1, &s, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sqlite3_errmsg(db->sqlite), sql);
    }
    return s;
}

/* First column of the first row, with ?1 bound to text (NULL: nothing to bind); the statement
 * stays. */
static inline int64_t sql_count(sqlite3_stmt *s, const char *text)
{
    sqlite3_reset(s);
    if (text) {
        assert_int_equal(sqlite3_bind_text(s, 1, text, -1, SQLITE_TRANSIENT), SQLITE_OK);
    }
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_reset(s);
    return n;
}

static inline int64_t sql_one(struct db *db, const char *sql, const char *text)
{
    sqlite3_stmt *s = sql_prepare(db, sql);
    int64_t n = sql_count(s, text);
    sqlite3_finalize(s);
    return n;
}

/* Services not closed that have a public place in the area ?1 or below it. */
#define SQL_LOCATED                                                                                \
    "SELECT count(DISTINCT s.id) FROM location l JOIN service_at_location x ON x.location = l.id " \
    "JOIN service s ON s.id = x.service WHERE s.status <> 4 AND x.status <> 4 AND l.status <> 4 "  \
    "AND coalesce(l.confidentiality, 0) = 0 AND l.area >= ?1 AND l.area < ?1 || ':'"
/* Services not closed whose area includes all of the area ?1. */
#define SQL_COVERING                                                                               \
    "SELECT count(DISTINCT s.id) FROM service_area a JOIN service s ON s.id = a.service WHERE "    \
    "s.status <> 4 AND a.status <> 4 AND a.area IN ('KH', substr(?1, 1, 2), substr(?1, 1, 4), "    \
    "substr(?1, 1, 6), substr(?1, 1, 8))"

/* --- texts ------------------------------------------------------------------------------------ */

/* A copy of text with what is put between its syllables (a zero width space). */
static inline void text_spread(struct text *out, const char *text, const char *between)
{
    size_t len = strlen(text);
    for (size_t at = 0; at < len;) {
        size_t n = khmer_syllable(text + at, len - at);
        text_add(out, text + at, n);
        at += n;
        if (at < len) {
            text_adds(out, between);
        }
    }
}

/* A copy of text where every `from` is `to`. */
static inline void text_swap(struct text *out, const char *text, const char *from, const char *to)
{
    size_t n = strlen(from);
    while (*text) {
        bool here = strncmp(text, from, n) == 0;
        text_add(out, here ? to : text, here ? strlen(to) : 1);
        text += here ? n : 1;
    }
}

static inline uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static inline size_t random_below(uint64_t *state, size_t n)
{
    return (size_t)(random_next(state) >> 11) % n;
}

/* What nobody should type and somebody will: syntax of the index, bytes that are no UTF-8, nothing
 * to see, far too much. `visit` gets each. */
static inline void hostile_each(void (*visit)(void *context, const char *text), void *context)
{
    static const char *const texts[] = {
        "\"",
        "'",
        "''",
        "\"\"",
        "\"kampot",
        "'; DROP TABLE area; --",
        "%",
        "_",
        "*",
        "kampot*",
        "(",
        ")",
        "(kampot",
        "kampot)",
        "NEAR(a b)",
        "a NEAR/2 b",
        "AND",
        "OR",
        "NOT",
        "kampot AND",
        "NOT kampot",
        "a OR b",
        "tokens:kampot",
        "tokens : \"n",
        "{tokens} : a",
        "^kampot",
        "-kampot",
        "+",
        "- -",
        "\\",
        "\\\"",
        "`",
        "[area]",
        ":",
        ";",
        "a:b:c",
        "n\"a\" OR \"",
        "..",
        "/",
        "0",
        "00",
        "000000000000000000000000000000000000000000",
        "99999999999999999999999999999999999999999999999",
        "-1",
        "+855",
        "++++",
        "7.5",
        " ",
        "      ",
        "\t\n\r",
        "\xE2\x80\x8B",
        "\xE2\x80\x8B\xE2\x80\x8B\xE2\x80\x8B",
        " \xE2\x80\x8B ",
        "\xC2\xA0",
        "\xEF\xBB\xBF",
        "\xE2\x80\xAE",
        "\xE2\x80\x8D\xE2\x80\x8C",
        "\x01\x02\x1B[2J",
        "\x7F",
        "\xFF",
        "\xC0\x80",
        "\xE1",
        "\xE1\x9E",
        "\xE1\x9E\x80\xE1\x9E",
        "\xED\xA0\x80",
        "\xF4\x90\x80\x80",
        "kampot\xFF",
        "\xFFkampot",
        "\xE1\x9F\x92",
        "\xE1\x9F\x92\xE1\x9F\x92\xE1\x9F\x92",
        "\xE1\x9E\xB6",
        "\xE1\x9F\x8A\xE1\x9F\x8A",
        "\xE1\x9E\x80\xE1\x9F\x92",
        "\xF0\x9F\x98\x80",
        "a\xCC\x81\xCC\x81\xCC\x81\xCC\x81",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        visit(context, texts[i]);
    }
    static const char *const parts[] = {
        "a",
        "a ",
        "\" ",
        "(",
        "1",
        "1 ",
        " ",
        "*",
        "AND ",
        "kampot ",
        "\xFF",
        "\xE1\x9E\x80",
        "\xE1\x9E\x80 ",
        "\xE1\x9E\x80\xE2\x80\x8B",
        "\xE1\x9E\x80\xE1\x9F\x92",
        "\xE1\x9F\x92",
        "\xE1\x9E\xB6",
        "\xE2\x80\x8B",
        "committee ",
        "\xE1\x9E\x80\xE1\x9E\xBB\xE1\x9E\x98\xE1\x9E\xB6\xE1\x9E\x9A"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct text text = TEXT_INIT;
        for (size_t n = 0; n < 4000; n++) {
            text_adds(&text, parts[i]);
        }
        visit(context, text.bytes);
        text_release(&text);
    }
}

#endif
