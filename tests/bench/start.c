/* start CPDIR FILE RUNS [keep]: how long the program takes to its first complete screen in a
 * pseudo-terminal, against sqlite3 counting the services of the same file, both as whole processes
 * and in turn; and how much memory the program takes. FILE is born anew, unless "keep" is said.
 * Prints key and value. */
#define _GNU_SOURCE /* pipe2 */
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/area.h"
#include "tests/bench/bench.h"
#include "tests/e2e/pty.h"

enum { RUNS_MOST = 1000, SEARCHES = 50 };

#define KEYS_CTRL_U "\025"

extern char **environ;

static void open_program(struct pty *p, const char *program, const char *file)
{
    struct text variable = TEXT_INIT;
    text_addf(&variable, "CPDIR_DB=%s", file);
    struct pty_start start = {.argv = (const char *const[]){program, "--lang", "km", NULL},
                              .environment = (const char *const[]){variable.bytes, NULL}};
    if (!pty_open(p, &start) || !pty_settle(p))
        bench_die("%s does not come to its first screen:\n%.2000s", program, p->output.bytes);
    text_release(&variable);
}

static void quit_program(struct pty *p)
{
    pty_send(p, KEYS_F10, strlen(KEYS_F10), 1);
    if (!pty_wait_end(p))
        bench_die("the program does not end");
    pty_close(p);
}

static double time_program(const char *program, const char *file)
{
    struct pty p;
    double start = bench_now_us();
    open_program(&p, program, file);
    double us = bench_now_us() - start;
    quit_program(&p);
    return us;
}

static double time_sqlite(const char *file)
{
    const char *argv[] = {"sqlite3", file, "select count(*) from service", NULL};
    char buffer[64];
    int ends[2], state;
    pid_t pid;
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC))
        bench_die("pipe: %s", strerror(errno));
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    double start = bench_now_us();
    int rc = posix_spawnp(&pid, "sqlite3", &actions, NULL, (char *const *)(uintptr_t)argv, environ);
    close(ends[1]);
    ssize_t n = rc ? 0 : read(ends[0], buffer, sizeof buffer);
    if (rc || waitpid(pid, &state, 0) != pid || state || n <= 0)
        bench_die("sqlite3 %s failed", file);
    double us = bench_now_us() - start;
    close(ends[0]);
    posix_spawn_file_actions_destroy(&actions);
    return us;
}

static double memory_of(const struct pty *p)
{
    char pid[16];
    snprintf(pid, sizeof pid, "%ld", (long)p->pid);
    return bench_memory_mb(pid, "VmHWM");
}

/* Each province in both languages with a word that its offices have. */
static void search_provinces(struct pty *p, const char *file)
{
    struct db *db = NULL;
    struct text typed = TEXT_INIT;
    struct area_list areas = {0};
    if (db_open(file, DB_READ_WRITE, &db, NULL) || area_children(db, "", &areas) || !areas.count)
        bench_die("%s: no provinces", file);
    for (size_t i = 0; i < SEARCHES; i++) {
        const struct area *a = &areas.rows[i / 2 % areas.count];
        text_clear(&typed);
        if (i % 2)
            text_addf(&typed, "%s social", a->name_en);
        else
            text_addf(&typed, "%s សង្គមកិច្ច", a->name_km);
        if (!pty_press(p, KEYS_CTRL_U) || !pty_type(p, typed.bytes))
            bench_die("searching for %s did not end", typed.bytes);
    }
    area_list_release(&areas);
    text_release(&typed);
    db_close(db);
}

static void measure_memory(const char *program, const char *file)
{
    struct pty p;
    open_program(&p, program, file);
    printf("first_mb\t%.1f\n", memory_of(&p));
    if (!pty_press(&p, KEYS_F3))
        bench_die("F3 opens no search");
    search_provinces(&p, file);
    printf("searched_mb\t%.1f\n", memory_of(&p));
    quit_program(&p);
}

int main(int argc, char **argv)
{
    size_t runs = argc >= 4 ? (size_t)strtoull(argv[3], NULL, 10) : 0;
    if (!runs || runs > RUNS_MOST) {
        fputs("usage: start CPDIR FILE RUNS [keep]\n", stderr);
        return 2;
    }
    static double ours[RUNS_MOST], theirs[RUNS_MOST];
    if (argc == 4) {
        unlink(argv[2]);
        printf("birth_ms\t%.2f\n", time_program(argv[1], argv[2]) / 1e3);
    }
    for (size_t i = 0; i < runs; i++) {
        ours[i] = time_program(argv[1], argv[2]);
        theirs[i] = time_sqlite(argv[2]);
    }
    double our_ms = bench_quantile(ours, runs, 0.5) / 1e3;
    double their_ms = bench_quantile(theirs, runs, 0.5) / 1e3;
    printf("start_ms\t%.2f\nsqlite_ms\t%.2f\nratio\t%.2f\n", our_ms, their_ms, our_ms / their_ms);
    measure_memory(argv[1], argv[2]);
    return EXIT_SUCCESS;
}
