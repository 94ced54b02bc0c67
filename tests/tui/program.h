/* Runs the real program, $CPDIR_BUILD/san/cpdir, with a clean environment and its input and output
 * in files of a directory of its own; for the tests of the command line. */
#ifndef TESTS_TUI_PROGRAM_H
#define TESTS_TUI_PROGRAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "i18n/mem.h"

struct program {
    char folder[256];     /* temporary; HOME is home in it */
    const char *lang;     /* CPDIR_LANG, NULL none */
    const char *extra[4]; /* "NAME=value", NULL-ended */
    const char *output;   /* file for standard output, NULL: the folder's */
    long file_limit;      /* bytes a file may grow to, 0 none */
    bool nobody;          /* without the rights of root */
    bool no_home;         /* HOME is empty */
    /* Results of the last run. */
    struct text out, err;
    int code; /* exit code, or 128 and the signal */
};

static inline void program_path(const struct program *p, const char *name, char path[512])
{
    snprintf(path, 512, "%s/%s", p->folder, name);
}

static inline void program_write(const struct program *p, const char *name, const void *bytes,
                                 size_t len)
{
    char path[512];
    program_path(p, name, path);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* The bytes of a file; empty when there is none. */
static inline void program_read(const struct program *p, const char *name, struct text *out)
{
    char path[512], buffer[65536];
    size_t got;
    text_clear(out);
    program_path(p, name, path);
    FILE *f = fopen(path, "rb");
    if (!f)
        return;
    while ((got = fread(buffer, 1, sizeof buffer, f)))
        text_add(out, buffer, got);
    fclose(f);
}

static inline bool program_exists(const struct program *p, const char *name)
{
    char path[512];
    program_path(p, name, path);
    return !access(path, F_OK);
}

static inline void program_open(struct program *p)
{
    const char *tmp = getenv("TMPDIR");
    *p = (struct program){.lang = "en"};
    text_init(&p->out);
    text_init(&p->err);
    snprintf(p->folder, sizeof p->folder, "%s/cli.XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(p->folder));
    assert_int_equal(chmod(p->folder, 0755), 0);
    program_write(p, "in", "", 0);
}

static inline void program_close(struct program *p)
{
    char command[300];
    text_release(&p->out);
    text_release(&p->err);
    snprintf(command, sizeof command, "rm -rf '%s'", p->folder);
    assert_int_equal(system(command), 0);
}

/* In the child: files in place of the terminal, limits, then the program. */
static inline void program_become(const struct program *p, int program, char *const argv[])
{
    static const char *const kept[] = {"ASAN_OPTIONS", "UBSAN_OPTIONS", "CPDIR_NOW", "TZ"};
    char in[512], out[512], err[512], home[512], lang[32], values[4][256];
    char *environment[16] = {home};
    size_t count = 1;
    snprintf(home, sizeof home, "HOME=%s%s", p->no_home ? "" : p->folder,
             p->no_home ? "" : "/home");
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (getenv(kept[i])) {
            snprintf(values[i], sizeof values[i], "%s=%s", kept[i], getenv(kept[i]));
            environment[count++] = values[i];
        }
    if (p->lang) {
        snprintf(lang, sizeof lang, "CPDIR_LANG=%s", p->lang);
        environment[count++] = lang;
    }
    for (size_t i = 0; i < 4 && p->extra[i]; i++)
        environment[count++] = (char *)(uintptr_t)p->extra[i];
    program_path(p, "in", in);
    program_path(p, "out", out);
    program_path(p, "err", err);
    if (dup2(open(in, O_RDONLY), 0) < 0 ||
        dup2(open(p->output ? p->output : out, O_WRONLY | O_CREAT | O_TRUNC, 0644), 1) < 0 ||
        dup2(open(err, O_WRONLY | O_CREAT | O_TRUNC, 0644), 2) < 0)
        _exit(126);
    if (p->nobody && !geteuid() && (setgid(65534) || setuid(65534)))
        _exit(126);
    fexecve(program, argv, environment);
    _exit(127);
}

/* Runs cpdir with these arguments, NULL-ended; `file_limit` goes through the shell's ulimit. */
static inline int program_run(struct program *p, const char *const arguments[])
{
    char path[512], *argv[32];
    const char *build = getenv("CPDIR_BUILD");
    int argc = 0, state = 0;
    snprintf(path, sizeof path, "%s/san/cpdir", build ? build : "build");
    int program = open(p->file_limit ? "/bin/sh" : path, O_RDONLY | O_CLOEXEC);
    assert_true(program >= 0);
    char script[64];
    if (p->file_limit) {
        snprintf(script, sizeof script, "ulimit -f %ld; exec \"$0\" \"$@\"", p->file_limit / 512);
        argv[argc++] = (char *)(uintptr_t) "sh";
        argv[argc++] = (char *)(uintptr_t) "-c";
        argv[argc++] = script;
    }
    argv[argc++] = path;
    for (size_t i = 0; arguments[i]; i++)
        argv[argc++] = (char *)(uintptr_t)arguments[i];
    argv[argc] = NULL;
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child)
        program_become(p, program, argv);
    close(program);
    assert_int_equal(waitpid(child, &state, 0), child);
    p->code = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    program_read(p, "out", &p->out);
    program_read(p, "err", &p->err);
    return p->code;
}

#define RUN(p, ...) program_run(p, (const char *const[]){__VA_ARGS__, NULL})

static inline size_t count_lines(const struct text *t)
{
    size_t lines = 0;
    for (size_t i = 0; i < t->len; i++)
        lines += t->bytes[i] == '\n';
    return lines;
}

static inline bool has(const struct text *t, const char *part)
{
    return strstr(t->bytes, part) != NULL;
}

/* One line of error, which names the program; nothing else. */
static inline void assert_one_line(const struct text *err)
{
    assert_int_equal(count_lines(err), 1);
    assert_int_equal(strncmp(err->bytes, "cpdir: ", 7), 0);
}

#endif
