/* keys DIRECTORY.db PREFIX: types queries drawn from the directory key by key and prints how long
 * each way of searching takes for a key: ours, ripgrep on PREFIX.csv, SQLite's LIKE in
 * PREFIX.like.db and an FTS5 trigram index in PREFIX.trigram.db. The other three hold the same
 * texts and are made here. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "db/internal.h"
#include "db/search.h"
#include "i18n/khmer.h"
#include "i18n/utf8.h"
#include "i18n/wrap.h"

enum {
    QUERIES = 400,
    KEYS_OF_SLOW = 300, /* keys the slow ways are asked for */
    LIMIT = 50,
};

extern char **environ;

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "keys: %s: %s\n", what, why);
    exit(1);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void run_sql(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail(sql, error ? error : "");
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail(sql, sqlite3_errmsg(db));
    return s;
}

/* --- the queries
 * ----------------------------------------------------------------------------------- */

struct keys {
    char **rows; /* what stands in the box after each key */
    size_t count, room;
};

/* One key is one code point. */
static void type(struct keys *keys, const char *text)
{
    size_t len = strlen(text);
    for (size_t at = 0; at < len;) {
        char32_t cp;
        at += utf8_decode(text + at, len - at, &cp);
        if (text[at - 1] == ' ')
            continue; /* finds what the key before found */
        if (keys->count == keys->room) {
            keys->room = keys->room ? keys->room * 2 : 1024;
            keys->rows = mem_realloc(keys->rows, keys->room, sizeof *keys->rows);
        }
        keys->rows[keys->count++] = mem_strndup(text, at);
    }
}

/* Some words of a text that stand together. */
static void take_words(struct text *out, const char *text, size_t most, uint64_t *random)
{
    size_t count, len = strlen(text);
    size_t *at = wrap_words(text, len, &count);
    size_t from = count > 2 ? next(random) % (count - 1) : 0;
    while (from > 0 && text[at[from]] == ' ')
        from--;
    size_t end = from + 1 + 2 * (next(random) % most);
    if (end > count - 1)
        end = count - 1;
    if (count > 1)
        text_add(out, text + at[from], at[end] - at[from]);
    while (out->len && (out->bytes[out->len - 1] == ' ' || out->bytes[out->len - 1] == ','))
        text_truncate(out, out->len - 1);
    free(at);
}

/* Six kinds of queries in turn: Khmer and English names, an area and a name, a description, a
 * number. */
static void draw_query(struct text *out, sqlite3_stmt *row, size_t turn, uint64_t *random)
{
    const char *km = column_text(row, 0), *en = column_text(row, 1);
    switch (turn % 8) {
    case 0:
    case 1:
        take_words(out, km, 3, random);
        break;
    case 2:
    case 3:
        take_words(out, en, 2, random);
        break;
    case 4:
        text_addf(out, "%s ", column_text(row, 4));
        take_words(out, km, 2, random);
        break;
    case 5:
        text_addf(out, "%s ", column_text(row, 5));
        take_words(out, en, 2, random);
        break;
    case 6:
        take_words(out, column_text(row, 2), 2, random);
        break;
    default:
        take_words(out, column_text(row, 3), 2, random);
        break;
    }
}

static void draw(sqlite3 *db, struct keys *keys)
{
    uint64_t random = 7;
    sqlite3_stmt *count = prepare(db, "SELECT max(docid) FROM search_row");
    sqlite3_step(count);
    uint64_t most = (uint64_t)sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    sqlite3_stmt *s =
        prepare(db, "SELECT r.name_km, r.name_en, coalesce(s.description_km, ''), "
                    "coalesce(s.description_en, ''),"
                    " a.name_km, a.name_en FROM search_row r JOIN service s ON s.id = r.service"
                    " JOIN area a ON a.code = substr(r.located, 1, 4) WHERE r.docid >= ?1"
                    " ORDER BY r.docid LIMIT 1");
    for (size_t i = 0; i < QUERIES; i++) {
        sqlite3_bind_int64(s, 1, (sqlite3_int64)(next(&random) % most));
        struct text query = TEXT_INIT;
        if (sqlite3_step(s) == SQLITE_ROW)
            draw_query(&query, s, i, &random);
        sqlite3_reset(s);
        type(keys, query.bytes);
        text_release(&query);
    }
    sqlite3_finalize(s);
}

/* --- the ways of searching
 * --------------------------------------------------------------------------- */

struct times {
    double *ms;
    size_t count, nothing;
};

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *name, struct times *t, double build_s, double megabytes)
{
    qsort(t->ms, t->count, sizeof *t->ms, by_value);
    printf("%-22s %9.3f %9.3f %7.2f %% %9.1f %9.1f %7zu\n", name, t->ms[t->count / 2],
           t->ms[(t->count * 99) / 100], 100.0 * (double)t->nothing / (double)t->count, build_s,
           megabytes, t->count);
    fflush(stdout);
    free(t->ms);
}

static size_t ask_ours(struct db *db, const char *words, enum lang lang)
{
    struct query query = {.words = words, .limit = LIMIT, .lang = lang};
    struct result result;
    if (search_run(db, &query, &result) != STATUS_OK)
        fail("search", db_error(db));
    size_t count = result.count;
    result_release(&result);
    return count;
}

static struct times time_ours(struct db *db, const struct keys *keys)
{
    struct times t = {.ms = mem_zalloc(keys->count, sizeof *t.ms)};
    const char *trace = getenv("CPDIR_BENCH_TRACE"); /* keys that take longer than so many ms */
    for (size_t i = 0; i < keys->count; i++) {
        double start = now_ms();
        size_t found = ask_ours(db, keys->rows[i], i % 2 ? LANG_EN : LANG_KM);
        t.ms[t.count] = now_ms() - start;
        if (trace && (t.ms[t.count] > atof(trace) || !found))
            fprintf(stderr, "%8.2f ms %4zu  %s\n", t.ms[t.count], found, keys->rows[i]);
        t.count++;
        t.nothing += !found;
    }
    return t;
}

/* LIKE asks for each word: '%a%' AND '%b%'; trigram the same with MATCH. */
static void sql_words(struct text *out, const char *words, bool like)
{
    while (*words) {
        size_t len = strcspn(words, " ");
        if (like)
            text_addf(out, "%s text LIKE '%%", out->len ? " AND" : "");
        else
            text_addf(out, "%s\"", out->len ? " AND " : "");
        for (size_t i = 0; i < len; i++) {
            if (words[i] == (like ? '\'' : '"'))
                text_addc(out, words[i]);
            text_addc(out, words[i]);
        }
        text_adds(out, like ? "%'" : "\"");
        words += len;
        words += strspn(words, " ");
    }
}

static size_t ask_like(sqlite3 *db, const char *words)
{
    struct text sql = TEXT_INIT, where = TEXT_INIT;
    sql_words(&where, words, true);
    text_addf(&sql, "SELECT rowid FROM t WHERE %s LIMIT %d", where.bytes, LIMIT);
    sqlite3_stmt *s = prepare(db, sql.bytes);
    size_t count = 0;
    while (sqlite3_step(s) == SQLITE_ROW)
        count++;
    sqlite3_finalize(s);
    text_release(&sql);
    text_release(&where);
    return count;
}

static size_t ask_trigram(sqlite3 *db, const char *words)
{
    struct text match = TEXT_INIT;
    sql_words(&match, words, false);
    sqlite3_stmt *s = prepare(db, "SELECT rowid FROM t WHERE t MATCH ?1 LIMIT 50");
    sqlite3_bind_text(s, 1, match.bytes, (int)match.len, SQLITE_STATIC);
    size_t count = 0;
    while (sqlite3_step(s) == SQLITE_ROW)
        count++;
    sqlite3_finalize(s);
    text_release(&match);
    return count;
}

/* rg, its first 50 lines; of several words one pattern: the first, filtered by a second rg. */
static size_t ask_ripgrep(const char *csv, const char *words)
{
    struct text command = TEXT_INIT;
    size_t parts = 0;
    for (const char *p = words; *p; parts++) {
        size_t len = strcspn(p, " ");
        text_adds(&command, parts ? " | rg -F -i -- '" : "rg -F -i -- '");
        for (size_t i = 0; i < len; i++) {
            if (p[i] == '\'')
                text_adds(&command, "'\\'");
            text_addc(&command, p[i]);
        }
        text_adds(&command, "'");
        if (!parts)
            text_addf(&command, " '%s'", csv);
        p += len;
        p += strspn(p, " ");
    }
    text_adds(&command, " | head -n 50");
    /* a single pattern needs no shell, and stops by itself */
    char *single[] = {
        "rg", "-F", "-i", "-m", "50", "--", (char *)(uintptr_t)words, (char *)(uintptr_t)csv, NULL};
    char *piped[] = {"sh", "-c", command.bytes, NULL};
    int ends[2];
    if (pipe(ends))
        fail("pipe", "");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    pid_t pid;
    if (posix_spawnp(&pid, parts > 1 ? "sh" : "rg", &actions, NULL, parts > 1 ? piped : single,
                     environ))
        fail("rg", "cannot be started");
    close(ends[1]);
    size_t count = 0;
    char block[65536];
    for (ssize_t n; (n = read(ends[0], block, sizeof block)) > 0;)
        for (ssize_t i = 0; i < n; i++)
            count += block[i] == '\n';
    close(ends[0]);
    waitpid(pid, NULL, 0);
    posix_spawn_file_actions_destroy(&actions);
    text_release(&command);
    return count;
}

/* --- the same texts for the others
 * ------------------------------------------------------------------- */

static void add_areas(struct text *out, sqlite3_stmt *area, const char *codes)
{
    for (const char *p = codes; *p;) {
        size_t len = strcspn(p, " ");
        for (size_t part = 2; *p != 'K' && part <= len; part += 2) {
            sqlite3_bind_text(area, 1, p, (int)part, SQLITE_STATIC);
            if (sqlite3_step(area) == SQLITE_ROW)
                text_addf(out, ",%s,%s", column_text(area, 0), column_text(area, 1));
            sqlite3_reset(area);
        }
        p += len + (p[len] == ' ');
    }
}

static const char texts_sql[] =
    "SELECT r.docid, coalesce(s.name_km, '') || ',' || coalesce(s.name_en, '') || ',' ||"
    " coalesce(s.description_km, '') || ',' || coalesce(s.description_en, '') || ',' ||"
    " coalesce(o.name_km, '') || ',' || coalesce(o.name_en, '') || ',' ||"
    " coalesce((SELECT group_concat(t.name_km || ',' || t.name_en) FROM term t"
    " WHERE instr(' ' || r.types || ' ', ' ' || t.code || ' ')), '') || ',' || r.phones,"
    " r.located || ' ' || r.covers FROM search_row r JOIN service s ON s.id = r.service"
    " LEFT JOIN organization o ON o.id = s.organization ORDER BY r.docid";

struct others {
    char csv[512], like[512], trigram[512];
    double csv_s, like_s, trigram_s;
};

static void write_csv(sqlite3 *db, const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f)
        fail(path, "cannot be written");
    sqlite3_stmt *s = prepare(db, texts_sql);
    sqlite3_stmt *area = prepare(db, "SELECT name_km, name_en FROM area WHERE code = ?1");
    struct text line = TEXT_INIT;
    while (sqlite3_step(s) == SQLITE_ROW) {
        text_clear(&line);
        text_adds(&line, column_text(s, 1));
        add_areas(&line, area, column_text(s, 2));
        fprintf(f, "%s\n", line.bytes);
    }
    text_release(&line);
    sqlite3_finalize(s);
    sqlite3_finalize(area);
    fclose(f);
}

/* A table t of the CSV's lines; returns the seconds it took. */
static double fill(const char *csv, const char *path, const char *create)
{
    sqlite3 *db;
    unlink(path);
    double start = now_ms();
    if (sqlite3_open(path, &db) != SQLITE_OK)
        fail(path, "cannot be made");
    run_sql(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000");
    run_sql(db, create);
    run_sql(db, "BEGIN");
    sqlite3_stmt *s = prepare(db, "INSERT INTO t (text) VALUES (?1)");
    FILE *f = fopen(csv, "r");
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; f && (n = getline(&line, &room, f)) > 0;) {
        sqlite3_bind_text(s, 1, line, (int)n - 1, SQLITE_STATIC);
        sqlite3_step(s);
        sqlite3_reset(s);
    }
    free(line);
    if (f)
        fclose(f);
    sqlite3_finalize(s);
    run_sql(db, "COMMIT");
    sqlite3_close(db);
    return (now_ms() - start) / 1e3;
}

static double megabytes(const char *path)
{
    struct stat st;
    return stat(path, &st) ? 0 : (double)st.st_size / 1e6;
}

static void make_others(sqlite3 *db, const char *prefix, struct others *o)
{
    snprintf(o->csv, sizeof o->csv, "%s.csv", prefix);
    snprintf(o->like, sizeof o->like, "%s.like.db", prefix);
    snprintf(o->trigram, sizeof o->trigram, "%s.trigram.db", prefix);
    double start = now_ms();
    write_csv(db, o->csv);
    o->csv_s = (now_ms() - start) / 1e3;
    o->like_s = fill(o->csv, o->like, "CREATE TABLE t (text TEXT)");
    o->trigram_s =
        fill(o->csv, o->trigram,
             "CREATE VIRTUAL TABLE t USING fts5 (text, content = '', tokenize = 'trigram')");
}

/* --- one way after the other
 * --------------------------------------------------------------------------- */

enum way { WAY_RIPGREP, WAY_LIKE, WAY_TRIGRAM };

static struct times time_other(enum way way, const struct others *o, const struct keys *keys)
{
    sqlite3 *db = NULL;
    size_t step = way == WAY_TRIGRAM ? 1 : keys->count / KEYS_OF_SLOW + 1;
    struct times t = {.ms = mem_zalloc(keys->count, sizeof *t.ms)};
    if (way != WAY_RIPGREP &&
        sqlite3_open(way == WAY_LIKE ? o->like : o->trigram, &db) != SQLITE_OK)
        fail("open", "");
    for (size_t i = 0; i < keys->count; i += step) {
        double start = now_ms();
        size_t found = way == WAY_RIPGREP ? ask_ripgrep(o->csv, keys->rows[i])
                       : way == WAY_LIKE  ? ask_like(db, keys->rows[i])
                                          : ask_trigram(db, keys->rows[i]);
        t.ms[t.count++] = now_ms() - start;
        t.nothing += !found;
    }
    sqlite3_close(db);
    return t;
}

/* What of the file is there only to search and list. */
static double index_megabytes(sqlite3 *db)
{
    sqlite3_stmt *s =
        prepare(db, "SELECT sum(pgsize) / 1e6 FROM dbstat WHERE aggregate"
                    " AND (name LIKE 'search%' OR name LIKE 'sqlite_autoindex_search%')");
    double size = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_double(s, 0) : 0;
    sqlite3_finalize(s);
    return size;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fputs("usage: keys DIRECTORY.db PREFIX INDEX_SECONDS\n", stderr);
        return 2;
    }
    struct db *db;
    struct text detail = TEXT_INIT;
    if (db_open(argv[1], DB_READ_ONLY, &db, &detail) != STATUS_OK)
        fail(argv[1], detail.bytes);
    text_release(&detail);
    struct keys keys = {0};
    struct others others;
    draw(db->sqlite, &keys);
    struct times ours = time_ours(db, &keys);
    printf("%-22s %9s %9s %9s %9s %9s %7s\n", "a key, LIMIT 50", "p50 ms", "p99 ms", "nothing",
           "build s", "MB", "keys");
    report("cpdir", &ours, atof(argv[3]), index_megabytes(db->sqlite));
    if (getenv("CPDIR_BENCH_ONLY_OURS"))
        return 0;
    make_others(db->sqlite, argv[2], &others);
    struct times t = time_other(WAY_RIPGREP, &others, &keys);
    report("rg on a CSV", &t, others.csv_s, megabytes(others.csv));
    t = time_other(WAY_LIKE, &others, &keys);
    report("SQLite LIKE", &t, others.like_s, megabytes(others.like));
    t = time_other(WAY_TRIGRAM, &others, &keys);
    report("FTS5 trigram", &t, others.trigram_s, megabytes(others.trigram));
    for (size_t i = 0; i < keys.count; i++)
        free(keys.rows[i]);
    free(keys.rows);
    db_close(db);
    return 0;
}
