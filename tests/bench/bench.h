/* What the programs of the benchmark share: a clock, a random sequence that is the same on every
 * machine, the queries typed key by key, and the line of figures each engine prints. Knows nothing
 * of any engine. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "i18n/mem.h"
#include "i18n/utf8.h"

enum { BENCH_LIMIT = 50 }; /* hits a keystroke asks for, in every engine */

static inline void __attribute__((format(printf, 1, 2), noreturn))
bench_die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("bench: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(EXIT_FAILURE);
}

/* Microseconds of a clock that never goes back. */
static inline double bench_now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* The same of the processor time this process has used, for a machine that others use too. */
static inline double bench_cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* splitmix64: public domain, Sebastiano Vigna. */
static inline uint64_t bench_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static inline size_t bench_below(uint64_t *state, size_t n)
{
    return (size_t)(bench_random(state) % n);
}

static inline double bench_file_mb(const char *path)
{
    struct stat st;
    if (stat(path, &st))
        bench_die("%s: %s", path, strerror(errno));
    return (double)st.st_size / 1e6;
}

/* A line "Name:  N kB" of /proc/PID/status, in MB; pid NULL = this process. */
static inline double bench_memory_mb(const char *pid, const char *name)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%s/status", pid ? pid : "self");
    FILE *f = fopen(path, "r");
    double kib = 0;
    while (f && fgets(line, sizeof line, f))
        if (!strncmp(line, name, strlen(name)) && line[strlen(name)] == ':')
            kib = strtod(line + strlen(name) + 1, NULL);
    if (f)
        fclose(f);
    return kib * 1024 / 1e6;
}

/* --- what is typed --------------------------------------------------------------------------- */

struct keystrokes {
    char **rows; /* what stands in the field after each key */
    size_t count;
};

/* path holds a query a line; each is typed code point by code point. At most `most` keystrokes,
 * taken at even distances (0 = all). Lives as long as the process. */
static inline struct keystrokes bench_keystrokes(const char *path, size_t most)
{
    struct keystrokes all = {0};
    size_t room = 0;
    char line[1024];
    FILE *f = fopen(path, "r");
    if (!f)
        bench_die("%s: %s", path, strerror(errno));
    while (fgets(line, sizeof line, f)) {
        size_t len = strcspn(line, "\n");
        for (size_t at = 0; at < len;) {
            char32_t cp;
            at += utf8_decode(line + at, len - at, &cp);
            if (all.count == room)
                all.rows = mem_realloc(all.rows, room = room ? 2 * room : 1024, sizeof *all.rows);
            all.rows[all.count++] = mem_strndup(line, at);
        }
    }
    fclose(f);
    if (!all.count)
        bench_die("%s: no queries", path);
    if (!most || most >= all.count)
        return all;
    for (size_t i = 0; i < most; i++)
        all.rows[i] = all.rows[(2 * i + 1) * all.count / (2 * most)];
    all.count = most;
    return all;
}

/* --- figures -----------------------------------------------------------------------------------
 */

struct figures {
    double *us;  /* of each keystroke */
    double *cpu; /* processor time of each, us */
    size_t count;
    size_t nothing; /* keystrokes without a hit */
};

static inline void bench_add(struct figures *f, double us, double cpu_us, bool found)
{
    if ((f->count & (f->count - 1)) == 0) {
        size_t room = f->count ? 2 * f->count : 1;
        f->us = mem_realloc(f->us, room, sizeof *f->us);
        f->cpu = mem_realloc(f->cpu, room, sizeof *f->cpu);
    }
    f->us[f->count] = us;
    f->cpu[f->count++] = cpu_us;
    f->nothing += !found;
}

static inline int bench_by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The value below which a share (0..1) of them lies; they are sorted by it. */
static inline double bench_quantile(double *values, size_t count, double share)
{
    qsort(values, count, sizeof *values, bench_by_value);
    size_t at = (size_t)(share * (double)count);
    return values[at < count ? at : count - 1];
}

/* engine, keystrokes, p50, p99, max and p99 of the processor time in ms, % without a hit, MB of
 * memory: separated by tabs. */
static inline void bench_print(const char *engine, struct figures *f)
{
    printf("%s\t%zu\t%.3f\t%.3f\t%.3f\t%.3f\t%.2f\t%.1f\n", engine, f->count,
           bench_quantile(f->us, f->count, 0.5) / 1e3, bench_quantile(f->us, f->count, 0.99) / 1e3,
           bench_quantile(f->us, f->count, 1) / 1e3, bench_quantile(f->cpu, f->count, 0.99) / 1e3,
           100.0 * (double)f->nothing / (double)f->count, bench_memory_mb(NULL, "VmHWM"));
    free(f->us);
    free(f->cpu);
}

#endif
