#define _GNU_SOURCE /* pipe2, wait4 */
/* The engines we compare with, on the lines of the same CSV:
 *   rival build CSV FILE                  an SQLite file with the lines and an FTS5 trigram index
 *   rival like|trigram FILE QUERIES MOST  keystrokes against it
 *   rival rg CSV QUERIES MOST             one process of ripgrep a keystroke
 * Each is asked as well as it can be: words are joined with AND, the first 50 lines are enough, no
 * order is asked for. MOST keystrokes are taken at even distances, 0 = all. */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/bench.h"

enum { WORDS_MOST = 8, TRIGRAM = 3 };

extern char **environ;

struct words {
    char *rows[WORDS_MOST]; /* into text */
    size_t count;
    char text[1024];
};

static void split(const char *typed, struct words *w)
{
    char *rest = NULL;
    w->count = 0;
    snprintf(w->text, sizeof w->text, "%s", typed);
    for (char *word = strtok_r(w->text, " ", &rest); word && w->count < WORDS_MOST;
         word = strtok_r(NULL, " ", &rest))
        w->rows[w->count++] = word;
}

/* --- SQLite ---------------------------------------------------------------------------------- */

static sqlite3 *open_file(const char *path)
{
    sqlite3 *db = NULL;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        bench_die("%s: %s", path, sqlite3_errmsg(db));
    return db;
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        bench_die("%s: %s", sql, sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        bench_die("%s: %s", sql, sqlite3_errmsg(db));
    return s;
}

static void fill(sqlite3 *db, const char *csv)
{
    FILE *f = fopen(csv, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    if (!f)
        bench_die("%s: %s", csv, strerror(errno));
    sqlite3_stmt *s = prepare(db, "INSERT INTO plain (line) VALUES (?1)");
    while ((len = getline(&line, &room, f)) > 0) {
        sqlite3_bind_text(s, 1, line, (int)len - 1, SQLITE_STATIC);
        if (sqlite3_step(s) != SQLITE_DONE)
            bench_die("insert: %s", sqlite3_errmsg(db));
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
    free(line);
    fclose(f);
}

static void build(const char *csv, const char *path)
{
    unlink(path);
    sqlite3 *db = open_file(path);
    run(db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144");
    double start = bench_now_us();
    run(db, "BEGIN; CREATE TABLE plain (id INTEGER PRIMARY KEY, line TEXT)");
    fill(db, csv);
    run(db, "COMMIT");
    double filled = bench_now_us(), mb = bench_file_mb(path);
    run(db, "BEGIN; CREATE VIRTUAL TABLE tri USING fts5 (line, content = plain, content_rowid = id,"
            " tokenize = 'trigram'); INSERT INTO tri (tri) VALUES ('rebuild'); COMMIT");
    double indexed = bench_now_us();
    run(db, "PRAGMA journal_mode=WAL");
    sqlite3_close(db);
    printf("plain_s\t%.2f\nplain_mb\t%.1f\ntrigram_s\t%.2f\ntrigram_mb\t%.1f\n",
           (filled - start) / 1e6, mb, (indexed - filled) / 1e6, bench_file_mb(path) - mb);
}

/* Reads all rows, as a program that shows them would. */
static bool read_rows(sqlite3 *db, sqlite3_stmt *s)
{
    size_t rows = 0, bytes = 0;
    int rc;
    for (; (rc = sqlite3_step(s)) == SQLITE_ROW; rows++)
        bytes += strlen((const char *)sqlite3_column_text(s, 1));
    if (rc != SQLITE_DONE)
        bench_die("select: %s", sqlite3_errmsg(db));
    return rows > 0 && bytes > 0;
}

static bool ask_like(sqlite3 *db, const struct words *w)
{
    struct text sql = TEXT_INIT;
    text_adds(&sql, "SELECT id, line FROM plain WHERE 1");
    for (size_t i = 0; i < w->count; i++)
        text_addf(&sql, " AND line LIKE '%%' || ?%zu || '%%'", i + 1);
    text_addf(&sql, " LIMIT %d", BENCH_LIMIT);
    sqlite3_stmt *s = prepare(db, sql.bytes);
    for (size_t i = 0; i < w->count; i++)
        sqlite3_bind_text(s, (int)i + 1, w->rows[i], -1, SQLITE_STATIC);
    bool found = read_rows(db, s);
    sqlite3_finalize(s);
    text_release(&sql);
    return found;
}

static size_t letters(const char *word)
{
    size_t count = 0;
    for (; *word; word++)
        count += ((unsigned char)*word & 0xC0) != 0x80;
    return count;
}

/* Words too short for it are left out where there are others. */
static bool ask_trigram(sqlite3 *db, const struct words *w)
{
    static const char sql[] = "SELECT p.id, p.line FROM tri JOIN plain p ON p.id = tri.rowid"
                              " WHERE tri MATCH ?1 LIMIT ?2";
    struct text match = TEXT_INIT;
    for (size_t i = 0; i < w->count; i++)
        if (letters(w->rows[i]) >= TRIGRAM)
            text_addf(&match, "%s\"%s\"", match.len ? " AND " : "", w->rows[i]);
    bool found = false;
    if (match.len) {
        sqlite3_stmt *s = prepare(db, sql);
        sqlite3_bind_text(s, 1, match.bytes, -1, SQLITE_STATIC);
        sqlite3_bind_int(s, 2, BENCH_LIMIT);
        found = read_rows(db, s);
        sqlite3_finalize(s);
    }
    text_release(&match);
    return found;
}

static void ask_sqlite(const char *engine, const char *path, const struct keystrokes *keys)
{
    sqlite3 *db = open_file(path);
    struct figures figures = {0};
    bool trigram = !strcmp(engine, "trigram");
    for (size_t i = 0; i < keys->count; i++) {
        struct words words;
        split(keys->rows[i], &words);
        double start = bench_now_us(), start_cpu = bench_cpu_us();
        bool found = trigram ? ask_trigram(db, &words) : ask_like(db, &words);
        double us = bench_now_us() - start;
        bench_add(&figures, us, bench_cpu_us() - start_cpu, found);
    }
    bench_print(engine, &figures);
    sqlite3_close(db);
}

/* --- ripgrep -------------------------------------------------------------------------------------
 */

/* rg over csv (NULL: over `input`), its output to a new pipe. */
static pid_t start_rg(const char *word, const char *csv, int input, bool last, int *ret_output)
{
    char most[16];
    int ends[2];
    pid_t pid;
    posix_spawn_file_actions_t actions;
    snprintf(most, sizeof most, "-m%d", BENCH_LIMIT);
    const char *argv[] = {
        "rg", "--no-config", "--color=never", "-N", "-F", "-i", last ? most : "-I",
        "-e", word,          csv ? csv : "-", NULL};
    if (pipe2(ends, O_CLOEXEC))
        bench_die("pipe: %s", strerror(errno));
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    if (!csv)
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    int rc = posix_spawnp(&pid, "rg", &actions, NULL, (char *const *)(uintptr_t)argv, environ);
    if (rc)
        bench_die("rg: %s", strerror(rc));
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    *ret_output = ends[0];
    return pid;
}

static size_t longest(const struct words *w)
{
    size_t at = 0;
    for (size_t i = 1; i < w->count; i++)
        if (strlen(w->rows[i]) > strlen(w->rows[at]))
            at = i;
    return at;
}

static double microseconds(const struct timeval *t)
{
    return (double)t->tv_sec * 1e6 + (double)t->tv_usec;
}

/* The longest word over the file, each other one over what the one before lets through. */
static bool ask_rg(const char *csv, struct words *w, double *ret_us, double *ret_cpu)
{
    pid_t pids[WORDS_MOST];
    int output = -1;
    size_t first = longest(w), bytes = 0;
    char *word = w->rows[first], buffer[65536];
    w->rows[first] = w->rows[0];
    w->rows[0] = word;
    double start = bench_now_us();
    for (size_t i = 0; i < w->count; i++) {
        int input = output;
        pids[i] = start_rg(w->rows[i], i ? NULL : csv, input, i + 1 == w->count, &output);
        if (input >= 0)
            close(input);
    }
    for (ssize_t n; (n = read(output, buffer, sizeof buffer)) > 0;)
        bytes += (size_t)n;
    *ret_us = bench_now_us() - start;
    close(output);
    for (size_t i = 0; i < w->count; i++) {
        int state;
        struct rusage used;
        kill(pids[i], SIGTERM); /* a first one whose lines nobody reads any more */
        wait4(pids[i], &state, 0, &used);
        *ret_cpu += microseconds(&used.ru_utime) + microseconds(&used.ru_stime);
        if (WIFEXITED(state) && WEXITSTATUS(state) > 1)
            bench_die("rg failed");
    }
    return bytes > 0;
}

static void ask_rgs(const char *csv, const struct keystrokes *keys)
{
    struct figures figures = {0};
    for (size_t i = 0; i < keys->count; i++) {
        struct words words;
        double us = 0, cpu = 0;
        split(keys->rows[i], &words);
        bool found = words.count && ask_rg(csv, &words, &us, &cpu);
        bench_add(&figures, us, cpu, found);
    }
    bench_print("rg", &figures);
}

int main(int argc, char **argv)
{
    if (argc == 4 && !strcmp(argv[1], "build")) {
        build(argv[2], argv[3]);
        return EXIT_SUCCESS;
    }
    if (argc != 5) {
        fputs("usage: rival build CSV FILE | rival like|trigram|rg FILE QUERIES MOST\n", stderr);
        return 2;
    }
    struct keystrokes keys = bench_keystrokes(argv[3], (size_t)strtoull(argv[4], NULL, 10));
    if (!strcmp(argv[1], "rg"))
        ask_rgs(argv[2], &keys);
    else
        ask_sqlite(argv[1], argv[2], &keys);
    return EXIT_SUCCESS;
}
