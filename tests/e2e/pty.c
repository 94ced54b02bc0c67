/* The pseudo-terminal; see pty.h. */
#define _GNU_SOURCE /* pipe2 */
#include "tests/e2e/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "i18n/utf8.h"

extern char **environ;

enum { VARIABLES = 32 };

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Only what a test says, plus what belongs to the run as a whole. */
static void set_environment(const char *const *extra)
{
    static const char *const kept[] = {"PATH",   "HOME",      "TMPDIR",
                                       "TZ",     "CPDIR_NOW", "ASAN_OPTIONS",
                                       "LC_ALL", "LANG",      "UBSAN_OPTIONS"};
    char *all[VARIABLES];
    size_t count = 0;
    all[count++] = strdup("TERM=xterm-256color");
    all[count++] = strdup("CPDIR_IDLE=1");
    all[count++] = strdup("CPDIR_SCRIPT=km");
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        const char *value = getenv(kept[i]);
        struct text line;
        text_init(&line);
        text_addf(&line, "%s=%s", kept[i], value ? value : "");
        if (value)
            all[count++] = strdup(line.bytes);
        text_release(&line);
    }
    environ = NULL;
    clearenv();
    for (size_t i = 0; i < count; i++)
        putenv(all[i]);
    for (size_t i = 0; extra && extra[i]; i++)
        putenv(strdup(extra[i]));
}

static void become(const struct pty_start *start, int slave)
{
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    dup2(slave, STDIN_FILENO);
    dup2(slave, STDOUT_FILENO);
    dup2(slave, STDERR_FILENO);
    if (slave > STDERR_FILENO)
        close(slave);
    set_environment(start->environment);
    execv(start->argv[0], (char *const *)(uintptr_t)start->argv);
    _exit(127);
}

bool pty_open(struct pty *p, const struct pty_start *start)
{
    *p = (struct pty){.master = -1, .slave = -1, .alive = -1, .pid = -1};
    struct winsize size = {.ws_row = (unsigned short)(start->rows ? start->rows : 24),
                           .ws_col = (unsigned short)(start->columns ? start->columns : 80)};
    int alive[2];
    emulator_init(&p->screen, size.ws_row, size.ws_col, start->rule);
    p->screen.kind = start->kind;
    p->mute = start->mute;
    text_init(&p->output);
    if (openpty(&p->master, &p->slave, NULL, NULL, &size) != 0 || pipe(alive) != 0)
        return false;
    fcntl(p->master, F_SETFD, FD_CLOEXEC);
    fcntl(p->slave, F_SETFD, FD_CLOEXEC);
    fcntl(alive[0], F_SETFD, FD_CLOEXEC);
    fcntl(p->master, F_SETFL, O_NONBLOCK);
    tcgetattr(p->slave, &p->before);
    p->pid = fork();
    if (p->pid == 0)
        become(start, p->slave);
    close(alive[1]); /* the program holds the other one until it is gone */
    p->alive = alive[0];
    return p->pid > 0;
}

static void close_once(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void pty_close(struct pty *p)
{
    if (p->pid > 0 && !p->ended) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, &p->state, 0);
    }
    close_once(&p->master);
    close_once(&p->slave);
    close_once(&p->alive);
    emulator_release(&p->screen);
    text_release(&p->output);
}

/* What the terminal answers; `mute` ones do not. */
static void answer(struct pty *p)
{
    struct text *reply = &p->screen.reply;
    if (reply->len > 0 && !p->mute && write(p->master, reply->bytes, reply->len) < 0)
        p->mute = true; /* nobody listens any more */
    text_clear(reply);
}

static void read_output(struct pty *p)
{
    char buffer[65536];
    ssize_t n;
    while (p->master >= 0 && (n = read(p->master, buffer, sizeof buffer)) > 0) {
        emulator_feed(&p->screen, buffer, (size_t)n);
        text_add(&p->output, buffer, (size_t)n);
        answer(p);
    }
}

/* One turn: waits for output, the program's end, or the deadline (false). */
static bool wait_some(struct pty *p, int64_t deadline)
{
    int64_t left = deadline - now_ms();
    if (left <= 0 || p->ended)
        return false;
    struct pollfd polled[2] = {{.fd = p->master, .events = POLLIN},
                               {.fd = p->alive, .events = POLLIN}};
    poll(polled, 2, (int)left);
    read_output(p);
    if (polled[1].revents) {
        waitpid(p->pid, &p->state, 0);
        p->ended = true;
        read_output(p);
    }
    return true;
}

bool pty_read(struct pty *p)
{
    return wait_some(p, now_ms() + PTY_DEADLINE_MS);
}

static bool is_settled(const struct pty *p)
{
    const struct emulator *e = &p->screen;
    return e->markers > 0 && e->keys == p->keys_sent && e->marker_rows == e->rows &&
           e->marker_columns == e->columns;
}

bool pty_settle(struct pty *p)
{
    int64_t deadline = now_ms() + PTY_DEADLINE_MS;
    while (!is_settled(p))
        if (!wait_some(p, deadline))
            return false;
    return true;
}

void pty_send(struct pty *p, const char *bytes, size_t len, unsigned long keys)
{
    int64_t deadline = now_ms() + PTY_DEADLINE_MS;
    p->keys_sent += keys;
    while (len > 0 && now_ms() < deadline) {
        ssize_t n = write(p->master, bytes, len);
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        } else {
            struct pollfd room = {.fd = p->master, .events = POLLOUT | POLLIN};
            poll(&room, 1, PTY_DEADLINE_MS);
            read_output(p);
        }
    }
}

bool pty_press(struct pty *p, const char *key)
{
    pty_send(p, key, strlen(key), 1);
    return pty_settle(p);
}

bool pty_type(struct pty *p, const char *text)
{
    unsigned long keys = 0;
    size_t len = strlen(text);
    for (size_t i = 0; i < len; keys++) {
        char32_t cp;
        i += utf8_decode(text + i, len - i, &cp);
    }
    pty_send(p, text, len, keys);
    return pty_settle(p);
}

bool pty_resize(struct pty *p, int rows, int columns)
{
    read_output(p);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    emulator_resize(&p->screen, rows, columns);
    if (ioctl(p->master, TIOCSWINSZ, &size) != 0)
        return false;
    return pty_settle(p);
}

bool pty_shows(const struct pty *p, const char *text)
{
    struct text screen;
    text_init(&screen);
    emulator_text(&p->screen, &screen);
    bool found = strstr(screen.bytes, text) != NULL;
    text_release(&screen);
    return found;
}

long pty_expect(struct pty *p, const char *text, int deadline_ms)
{
    int64_t start = now_ms();
    while (!pty_shows(p, text))
        if (!wait_some(p, start + deadline_ms))
            return -1;
    return (long)(now_ms() - start);
}

bool pty_wait_end(struct pty *p)
{
    int64_t deadline = now_ms() + PTY_DEADLINE_MS;
    while (!p->ended)
        if (!wait_some(p, deadline))
            return false;
    return true;
}

bool pty_is_restored(const struct pty *p)
{
    struct termios now;
    if (tcgetattr(p->slave, &now) != 0)
        return false;
    const struct emulator *e = &p->screen;
    return now.c_iflag == p->before.c_iflag && now.c_oflag == p->before.c_oflag &&
           now.c_cflag == p->before.c_cflag && now.c_lflag == p->before.c_lflag &&
           memcmp(now.c_cc, p->before.c_cc, sizeof now.c_cc) == 0 && !e->alternate &&
           e->cursor_shown && !e->application_keys && !e->keypad && e->autowrap && !e->insert &&
           !e->word_mode && e->left_over == 0;
}
