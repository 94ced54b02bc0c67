/* The relay; see relay.h. */
#define _GNU_SOURCE /* ppoll is not needed, openpty is */
#include "tests/shots/relay.h"

#include <errno.h>
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

enum { TICK_MS = 100 };

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

/* --- streams -------------------------------------------------------------------------------------
 */

typedef void found_fn(struct relay *r, const char *sequence);

static void idle_found(struct relay *r, const char *sequence)
{
    unsigned long frames, keys;
    int rows, columns;
    if (sscanf(sequence, "\033]7117;%lu;%lu;%d;%d", &frames, &keys, &rows, &columns) != 4)
        return;
    r->keys = keys;
    r->rows = rows;
    r->columns = columns;
    r->marked = true;
}

static void answer_found(struct relay *r, const char *sequence)
{
    (void)sequence;
    r->answered = true;
}

/* One more character: true when it was kept back because it may belong to the sequence. */
static bool hold(struct relay *r, struct relay_filter *f, char c, found_fn *found)
{
    size_t start = strlen(f->start);
    if (f->len + 1 >= sizeof f->held || (f->len < start && c != f->start[f->len]))
        return false;
    f->held[f->len++] = c;
    if (f->len > start && strchr(f->ends, c)) {
        f->held[f->len] = '\0';
        f->len = 0;
        found(r, f->held);
    }
    return true;
}

/* Hands on all that does not belong to the sequence. */
static void filter(struct relay *r, struct relay_filter *f, int to, const char *bytes, size_t len,
                   found_fn *found)
{
    char out[8192];
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        if (n + sizeof f->held + 1 > sizeof out) {
            write_all(to, out, n);
            n = 0;
        }
        if (hold(r, f, bytes[i], found))
            continue;
        memcpy(out + n, f->held, f->len);
        n += f->len;
        f->len = 0;
        if (!hold(r, f, bytes[i], found))
            out[n++] = bytes[i];
    }
    write_all(to, out, n);
}

/* What is kept back and was no sequence after all, as an escape key alone. */
static void let_go(struct relay_filter *f, int to)
{
    write_all(to, f->held, f->len);
    f->len = 0;
}

/* --- moving bytes --------------------------------------------------------------------------------
 */

static void reap(struct relay *r)
{
    if (r->pid > 0 && !r->ended && waitpid(r->pid, &r->state, WNOHANG) == r->pid)
        r->ended = true;
}

static void follow_size(struct relay *r)
{
    struct winsize outer, inner;
    if (r->master < 0 || ioctl(STDIN_FILENO, TIOCGWINSZ, &outer) != 0 ||
        ioctl(r->master, TIOCGWINSZ, &inner) != 0)
        return;
    if (memcmp(&outer, &inner, sizeof outer) != 0)
        ioctl(r->master, TIOCSWINSZ, &outer);
}

static void move_output(struct relay *r)
{
    char bytes[4096];
    ssize_t n = read(r->master, bytes, sizeof bytes);
    if (n <= 0)
        return;
    r->bytes += (unsigned long long)n;
    filter(r, &r->idle, STDOUT_FILENO, bytes, (size_t)n, idle_found);
}

static void move_input(struct relay *r)
{
    char bytes[4096];
    ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
    if (n > 0)
        filter(r, &r->answer, r->master < 0 ? STDERR_FILENO : r->master, bytes, (size_t)n,
               answer_found);
}

/* Moves what there is; false when nothing came in time. */
static bool pump(struct relay *r, int timeout_ms)
{
    struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                            {.fd = r->master, .events = POLLIN}};
    int n = poll(fds, 2, timeout_ms);
    if (n > 0 && fds[1].revents & POLLIN)
        move_output(r);
    if (n > 0 && fds[0].revents & POLLIN)
        move_input(r);
    if (n == 0 && r->master >= 0)
        let_go(&r->answer, r->master);
    follow_size(r);
    reap(r);
    return n > 0;
}

/* --- what others use -----------------------------------------------------------------------------
 */

static void become(struct relay *r, char **argv)
{
    setsid();
    ioctl(r->slave, TIOCSCTTY, 0);
    dup2(r->slave, STDIN_FILENO);
    dup2(r->slave, STDOUT_FILENO);
    dup2(r->slave, STDERR_FILENO);
    close(r->slave);
    close(r->master);
    setenv("CPDIR_IDLE", "1", 1);
    execvp(argv[0], argv);
    _exit(127);
}

bool relay_open(struct relay *r, char **argv)
{
    *r = (struct relay){.master = -1,
                        .slave = -1,
                        .idle = {.start = "\033]7117;", .ends = "\a"},
                        .answer = {.start = "\033[0", .ends = "n"}};
    struct winsize size;
    if (tcgetattr(STDIN_FILENO, &r->outer) != 0 || ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0)
        return false;
    if (argv && openpty(&r->master, &r->slave, NULL, &r->outer, &size) != 0)
        return false;
    struct termios raw = r->outer;
    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    if (!argv)
        return true;
    tcgetattr(r->slave, &r->before);
    r->pid = fork();
    if (r->pid == 0)
        become(r, argv);
    return r->pid > 0;
}

void relay_close(struct relay *r)
{
    if (r->pid > 0 && !r->ended) {
        kill(r->pid, SIGKILL);
        waitpid(r->pid, &r->state, 0);
    }
    if (r->slave >= 0)
        close(r->slave);
    if (r->master >= 0)
        close(r->master);
    tcsetattr(STDIN_FILENO, TCSANOW, &r->outer);
}

bool relay_press(struct relay *r, const char *bytes, size_t len, unsigned long keys)
{
    int64_t end = now_ms() + RELAY_DEADLINE_MS;
    r->marked = false;
    r->wanted = r->keys + keys;
    if (!write_all(r->master, bytes, len))
        return false;
    while (!r->marked || r->keys < r->wanted) {
        pump(r, TICK_MS);
        if (r->ended || now_ms() > end)
            return false;
    }
    return true;
}

bool relay_sync(struct relay *r)
{
    int64_t end = now_ms() + RELAY_DEADLINE_MS;
    r->answered = false;
    if (!write_all(STDOUT_FILENO, "\033[5n", 4))
        return false;
    while (!r->answered) {
        pump(r, TICK_MS);
        if (now_ms() > end)
            return false;
    }
    return true;
}

bool relay_wait_end(struct relay *r)
{
    int64_t end = now_ms() + RELAY_DEADLINE_MS;
    while (!r->ended) {
        pump(r, TICK_MS);
        if (now_ms() > end)
            return false;
    }
    while (pump(r, 0)) /* what it wrote last */
        ;
    return true;
}

bool relay_modes_restored(const struct relay *r)
{
    struct termios now;
    return tcgetattr(r->slave, &now) == 0 && now.c_iflag == r->before.c_iflag &&
           now.c_oflag == r->before.c_oflag && now.c_cflag == r->before.c_cflag &&
           now.c_lflag == r->before.c_lflag &&
           memcmp(now.c_cc, r->before.c_cc, sizeof now.c_cc) == 0;
}
